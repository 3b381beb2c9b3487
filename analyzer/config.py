"""Settings of a run: what a user chooses, from ``shuping.toml`` or the command line.

What names rules and thresholds is checked where these are known, in `analyzer.rules`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from analyzer.choices import Policy, Release, Severity
from analyzer.errors import error
from analyzer.keys import Keys, read_keys

AUTO = "auto"
DEFAULT = "party-duty"
PROFILES = (AUTO, DEFAULT, "integrity-duty", "self-examination", "personal-duty")
BACKENDS = ("jieba", "hanlp")
TRUSTS = ("reports", "settings")
FILE_NAME: Final = "shuping.toml"
_SHORTEST_QUOTE: Final = 2


@dataclass(frozen=True, slots=True)
class Suppression:
    """A finding that somebody has looked at and lets stand.

    Parameters
    ----------
    rule : str
        Of which rule.
    evidence : str
        Words of its quotation, empty for one that quotes nothing.
    reason : str
    by : str
        Where the suppression stands, in words.
    inside : bool
        Whether that is inside the report.
    """

    rule: str
    evidence: str
    reason: str
    by: str
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user chooses.

    Parameters
    ----------
    profile : str
        Name of the rubric, or ``auto``: the one that the text itself asks for.
    placeholders : Policy
        How stand-ins are read.
    backend : str
        What cuts the text into words.
    hanlp_model : str or None
        A folder with a saved HanLP component, or a name of HanLP's list; our own components where None.
    select, ignore : tuple of str
        Rules that are on and off, by id or family; without `select` all are on.
    preview : bool
        Whether rules on trial are asked.
    severities : tuple of (str, Severity)
        By rule id.
    thresholds : tuple of ((str, ...), value)
        By the path of names in ``lexicons/thresholds.toml``.
    units, slogans : tuple of str
        Local names and sayings, which are no fault.
    rule_files : tuple of Path
        Files of the user's own rules.
    trust : str
        Whose suppressions and releases hold: also those in and beside the reports, or the settings' own only.
    suppressions : tuple of (Path, Suppression)
        By the report's file.
    releases : tuple of (Path, (str, Release))
        By the report's file; the gate's id and who lifted it.
    prices : Path or None
        A file of ``shuping calibrate``, whose prices take the place of the shipped ones.
    path : Path or None
        The file that all this was read from.
    """

    profile: str = PROFILES[0]
    placeholders: Policy = Policy.STRICT
    backend: str = BACKENDS[0]
    hanlp_model: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = True
    severities: tuple[tuple[str, Severity], ...] = ()
    thresholds: tuple[tuple[tuple[str, ...], object], ...] = ()
    units: tuple[str, ...] = ()
    slogans: tuple[str, ...] = ()
    rule_files: tuple[Path, ...] = ()
    trust: str = TRUSTS[0]
    suppressions: tuple[tuple[Path, Suppression], ...] = ()
    releases: tuple[tuple[Path, tuple[str, Release]], ...] = ()
    prices: Path | None = None
    path: Path | None = None


def load_settings(path: Path) -> Settings:
    """Return the settings of a TOML file; files that it names are looked for beside it.

    Raises
    ------
    ShupingError
        Code ``config`` where the file cannot be read or holds anything unknown.
    """
    keys = read_keys(path).only(
        "profile",
        "placeholders",
        "backend",
        "hanlp_model",
        "prices",
        "rules",
        "thresholds",
        "lexicon",
        "trust",
        "suppress",
        "release",
    )
    rules = keys.table("rules").only("select", "ignore", "preview", "severity", "files")
    severity = rules.table("severity")
    lexicon = keys.table("lexicon").only("units", "slogans")
    grades = tuple(grade.value for grade in Severity)
    return Settings(
        profile=keys.choice("profile", PROFILES, PROFILES[0]),
        placeholders=Policy(
            keys.choice("placeholders", tuple(policy.value for policy in Policy), Policy.STRICT.value)
        ),
        backend=keys.choice("backend", BACKENDS, BACKENDS[0]),
        hanlp_model=keys.text("hanlp_model"),
        select=rules.texts("select"),
        ignore=rules.texts("ignore"),
        preview=rules.flag("preview", default=True),
        severities=tuple((name, Severity(severity.choice(name, grades, ""))) for name in severity.given),
        thresholds=tuple(_leaves(keys.table("thresholds"))),
        units=lexicon.texts("units"),
        slogans=lexicon.texts("slogans"),
        rule_files=tuple(_beside(path, name) for name in rules.texts("files")),
        trust=keys.choice("trust", TRUSTS, TRUSTS[0]),
        suppressions=tuple(
            (_beside(path, table.needed("file")), suppression(table, "file"))
            for table in keys.tables("suppress")
        ),
        releases=tuple(
            (_beside(path, table.needed("file")), release(table, "file")) for table in keys.tables("release")
        ),
        prices=_beside(path, prices) if (prices := keys.text("prices")) else None,
        path=path,
    )


def find_settings(start: Path) -> Path | None:
    """Return the ``shuping.toml`` of a folder or of the nearest folder above it, None where there is none."""
    folder = Path(os.path.abspath(start))  # noqa: PTH100 - unlike resolve, keeps links
    for place in (folder, *folder.parents):
        found = place / FILE_NAME
        if os.path.isfile(found):  # noqa: PTH113 - never raises
            return found
    return None


def settings_by_folder(config: Path | None = None) -> Callable[[Path], Settings]:
    """Return what gives the settings of a folder: of the file given, or of the nearest one in or above it.

    Each file is read once, the given one at once: what is wrong with it stands before all else.

    Raises
    ------
    ShupingError
        Code ``config`` where a file cannot be read; also what is returned raises it.
    """
    read = cache(load_settings)
    if config is not None:
        read(config)

    @cache
    def of_folder(folder: Path) -> Settings:
        path = config or find_settings(folder)
        return read(path) if path else Settings()

    return of_folder


def suppression(keys: Keys, *more: str) -> Suppression:
    """Return the suppression that a table of a file describes; `more` are keys that others read."""
    keys.only("rule", "evidence", "reason", *more)
    evidence = keys.given.get("evidence")
    if not isinstance(evidence, str):
        raise keys.wrong("evidence", '应引该条意见的原文；没有引文的意见写 evidence = ""')
    evidence = "".join(evidence.split())
    if 0 < len(evidence) < _SHORTEST_QUOTE:
        raise keys.wrong("evidence", f"引文“{evidence}”太短，请多引几个字")
    return Suppression(keys.needed("rule"), evidence, keys.text("reason") or "", place(keys))


def release(keys: Keys, *more: str) -> tuple[str, Release]:
    """Return the gate that a table of a file lifts, and who lifts it; `more` are keys that others read."""
    keys.only("gate", "by", "reason", *more)
    return keys.needed("gate"), Release(keys.needed("by"), keys.needed("reason"))


def place(keys: Keys) -> str:
    """Return in words where a table stands."""
    return f"{keys.path.name} 的 {keys.where}"


def models_folder() -> Path:
    """Return where the trained models are: inside the installed package, or beside it in the source tree."""
    package = Path(__file__).parent
    installed = package / "models"
    return installed if installed.is_dir() else package.parent / "models"


def _leaves(keys: Keys) -> list[tuple[tuple[str, ...], object]]:
    """Return the values of a table of tables with the path of names that leads to each."""
    found: list[tuple[tuple[str, ...], object]] = []
    for name, value in keys.given.items():
        if isinstance(value, dict):
            found += [((name, *rest), leaf) for rest, leaf in _leaves(keys.table(name))]
        elif isinstance(value, list):
            raise keys.wrong(name, "应是一个数")
        else:
            found.append(((name,), value))
    return found


def _beside(path: Path, name: str) -> Path:
    """Return the path of a file that a settings file names."""
    if "\0" in name:
        raise error("config", path, detail="文件名不合规")
    return Path(os.path.abspath(path.parent / name))  # noqa: PTH100 - unlike resolve, keeps links
