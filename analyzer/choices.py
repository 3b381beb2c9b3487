"""What settings and results share: few and small, so that a command that scores nothing starts at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters; ``INFO`` never fails a run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Policy(StrEnum):
    """How stand-ins are read: as blanks left in a draft, or as the masks of a published copy."""

    STRICT = "strict"
    DESENSITIZED = "desensitized"


@dataclass(frozen=True, slots=True)
class Release:
    """Who lifted a gate, and why."""

    by: str
    reason: str
