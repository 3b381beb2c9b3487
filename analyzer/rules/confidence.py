"""The least confidence at which a finding is raised."""

from __future__ import annotations

from analyzer.lexicons import table


def is_sure(rule: str, confidence: float) -> bool:
    """Whether a rule may speak at this confidence."""
    thresholds = table("thresholds.toml")["confidence"]
    return bool(confidence >= thresholds["rules"].get(rule, thresholds["default"]))
