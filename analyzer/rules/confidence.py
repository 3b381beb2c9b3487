"""The least confidence at which a finding is raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.rules.thresholds import Thresholds

if TYPE_CHECKING:
    from analyzer.rules.base import Report


def is_sure(report: Report, rule: str, confidence: float) -> bool:
    """Whether a rule may speak at this confidence."""
    return confidence >= least(report.thresholds, rule)


def least(thresholds: Thresholds, rule: str | None) -> float:
    """Return the confidence that a rule needs to speak; that of rules in general where None is named."""
    limits = thresholds["confidence"]
    return float(limits["rules"].get(rule, limits["default"]))
