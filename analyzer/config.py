"""Settings of a run: what a user chooses, from ``shuping.toml`` or the command line."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from analyzer.errors import error
from analyzer.result import Policy

AUTO = "auto"
PROFILES = (AUTO, "party-duty", "integrity-duty", "self-examination", "personal-duty")
BACKENDS = ("jieba", "hanlp")


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
    """

    profile: str = PROFILES[0]
    placeholders: Policy = Policy.STRICT
    backend: str = BACKENDS[0]
    hanlp_model: str | None = None


def load_settings(path: Path) -> Settings:
    """Return the settings of a TOML file.

    Raises
    ------
    ShupingError
        Code ``config`` where the file cannot be read or holds anything unknown.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as reason:
        raise error("config", path, detail=str(reason)) from reason
    unknown = sorted(given.keys() - {field.name for field in fields(Settings)})
    if unknown:
        raise error("config", path, detail="不认识的设置项 " + "、".join(unknown))
    return Settings(
        _choice(path, given, "profile", PROFILES),
        Policy(_choice(path, given, "placeholders", tuple(policy.value for policy in Policy))),
        _choice(path, given, "backend", BACKENDS),
        _text(path, given, "hanlp_model"),
    )


def models_folder() -> Path:
    """Return where the trained models are: inside the installed package, or beside it in the source tree."""
    package = Path(__file__).parent
    installed = package / "models"
    return installed if installed.is_dir() else package.parent / "models"


def _choice(path: Path, given: dict[str, Any], name: str, allowed: tuple[str, ...]) -> str:
    """Return a setting, the first allowed value where it is absent."""
    value = given.get(name, allowed[0])
    if value not in allowed:
        raise error("config", path, detail=f"{name} = {value!r}，只能是 " + "、".join(allowed))
    return str(value)


def _text(path: Path, given: dict[str, Any], name: str) -> str | None:
    """Return a setting that is any text, None where it is absent."""
    value = given.get(name)
    if value is not None and (not isinstance(value, str) or not value):
        raise error("config", path, detail=f"{name} = {value!r}，应是一段文字")
    return value
