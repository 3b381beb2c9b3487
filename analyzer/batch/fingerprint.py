"""Which program this is: rules, rubrics, words and models decide on a result, so all of them count."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from analyzer.config import models_folder

_COUNTED: Final = (".py", ".toml", ".txt", ".tsv", ".json", ".html", ".css", ".js", ".npz")


@cache
def program() -> str:
    """Return a hash of the program's version and of all of its files; the same on every machine."""
    digest = hashlib.sha256(version("shuping").encode())
    package = Path(__file__).parents[1]
    models = models_folder()
    for name, path in sorted((*_files("analyzer", package, models), *_files("models", models, None))):
        digest.update(f"\0{name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(prefix: str, folder: Path, without: Path | None) -> list[tuple[str, Path]]:
    return [
        (f"{prefix}/{path.relative_to(folder).as_posix()}", path)
        for path in folder.rglob("*")
        if path.suffix in _COUNTED and (without is None or without not in path.parents) and path.is_file()
    ]
