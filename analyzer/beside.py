"""What stands beside a report in a file of its own: findings that somebody lets stand, gates that are lifted.

The file of ``报告.docx`` is ``报告.docx.shuping.toml``, or ``报告.shuping.toml``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analyzer.config import TRUSTS, Settings, Suppression, release, suppression
from analyzer.keys import read_keys
from analyzer.result import Release

SUFFIX: Final = ".shuping.toml"


@dataclass(frozen=True, slots=True)
class Beside:
    """What a file beside a report says.

    Parameters
    ----------
    suppressions : tuple of Suppression
    releases : tuple of (str, Release)
        By the gate's id.
    """

    suppressions: tuple[Suppression, ...] = ()
    releases: tuple[tuple[str, Release], ...] = ()


def read_beside(report: Path) -> Beside:
    """Return what stands beside a report, nothing where there is no such file.

    Raises
    ------
    ShupingError
        Code ``beside`` where the file cannot be read or holds anything unknown.
    """
    for name in (report.name, report.stem):
        path = report.with_name(name + SUFFIX)
        if os.path.isfile(path):  # noqa: PTH113 - never raises
            return _read(path)
    return Beside()


def beside_of(report: Path, settings: Settings) -> Beside:
    """Return what stands beside a report, where the settings let that count, and what they say themselves.

    Raises
    ------
    ShupingError
        Code ``beside``, as `read_beside`.
    """
    beside = read_beside(report) if settings.trust == TRUSTS[0] else Beside()
    own = os.path.abspath(report)  # noqa: PTH100 - unlike resolve, keeps links
    said = (said for path, said in settings.suppressions if str(path) == own)
    lifted = (lifted for path, lifted in settings.releases if str(path) == own)
    return Beside((*beside.suppressions, *said), (*beside.releases, *lifted))


def _read(path: Path) -> Beside:
    keys = read_keys(path, "beside").only("suppress", "release")
    return Beside(
        tuple(map(suppression, keys.tables("suppress"))),
        tuple(map(release, keys.tables("release"))),
    )
