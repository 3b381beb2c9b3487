"""The trained models as one set: loading, saving, versions."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np

from analyzer.config import models_folder
from analyzer.errors import error
from analyzer.understanding.causes import CauseModel
from analyzer.understanding.genre import GenreModel
from analyzer.understanding.integration import IntegrationModel
from analyzer.understanding.left_open import LeftOpenModel
from analyzer.understanding.placeholders import PlaceholderModel
from analyzer.understanding.problems import ProblemModel
from analyzer.understanding.remedies import RemedyModel
from analyzer.understanding.sections import SectionModel
from analyzer.understanding.two_skins import TwoSkinsModel
from analyzer.understanding.vagueness import VaguenessModel

FORMAT = 8  # of the files: raised when arrays are added, renamed or dropped


@dataclass(frozen=True)
class Models:
    """One model a question."""

    sections: SectionModel
    problems: ProblemModel
    left_open: LeftOpenModel
    causes: CauseModel
    remedies: RemedyModel
    two_skins: TwoSkinsModel
    placeholders: PlaceholderModel
    vagueness: VaguenessModel
    integration: IntegrationModel
    genre: GenreModel


@cache
def versions() -> dict[str, str]:
    """Return the version of each shipped model."""
    return {str(name): str(version) for name, version in _manifest(models_folder())["models"].items()}


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as reason:
        raise error("models", path, detail=type(reason).__name__) from reason
    if manifest.get("format") != FORMAT:
        raise error("models", path, detail=f"format {manifest.get('format')!r}")
    return manifest


@cache
def load_models(folder: Path | None = None) -> Models:
    """Return the models of a folder, of the shipped one by default.

    Raises
    ------
    ShupingError
        Code ``models`` where a file is missing, damaged or of another format.
    """
    folder = folder or models_folder()
    _manifest(folder)
    kinds = get_type_hints(Models)
    with ThreadPoolExecutor() as threads:  # most of it is copying, which waits for no other thread
        loaded = threads.map(_load, (folder / f"{name}.npz" for name in kinds), kinds.values())
        return Models(*loaded)


def _load(path: Path, kind: Any) -> Any:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return kind.from_arrays(dict(arrays))
    except (OSError, ValueError, KeyError, EOFError) as reason:
        raise error("models", path, detail=type(reason).__name__) from reason


def save_models(models: Models, folder: Path, version: str) -> None:
    """Write the models and their manifest; the same models give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    names = list(get_type_hints(Models))
    for name in names:
        # Not compressed: every cold start would pay for it, and a wheel or an archive compresses them anyway.
        np.savez(folder / f"{name}.npz", **getattr(models, name).arrays())
    manifest = {"format": FORMAT, "models": dict.fromkeys(names, version)}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
