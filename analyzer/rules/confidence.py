"""The least confidence at which a finding is raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.rules.base import Report


def is_sure(report: Report, rule: str, confidence: float) -> bool:
    """Whether a rule may speak at this confidence."""
    thresholds = report.thresholds["confidence"]
    return bool(confidence >= thresholds["rules"].get(rule, thresholds["default"]))
