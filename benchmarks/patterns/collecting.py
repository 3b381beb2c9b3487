"""Every regular expression of the package: those that its own work compiles, and where the code made none."""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import json
import pkgutil
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypedDict

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "analyzer"
# Not loaded where it is not installed, or sees only what developers wrote or what we have drawn ourselves.
LEFT_OUT = (
    "hanlp",
    "analyzer.training",
    "analyzer.trends",
    "analyzer.__main__",
    "analyzer.store.migrations.env",
)
_REPORTS = 12
_WIDTH = 30  # characters of a hard-wrapped line


class Pattern(TypedDict):
    """A pattern as JSON holds it: `bytes` says that it is one for bytes, as Latin-1 here."""

    pattern: str
    bytes: bool
    flags: int
    where: str
    used: list[str]


class Collected(TypedDict):
    """The patterns, and the calls in the code that made none."""

    patterns: list[Pattern]
    idle: list[str]


def collected() -> Collected:
    """Return the patterns of the package."""
    found: dict[tuple[str | bytes, int], tuple[str, set[str]]] = {}
    places = set()
    plain = re._compile  # type: ignore[attr-defined]

    def watched(pattern: Any, flags: int) -> Any:
        made = plain(pattern.made if isinstance(pattern, _Watched) else pattern, flags)
        caller = sys._getframe(2)
        name = caller.f_code.co_filename
        if name.startswith(str(PACKAGE)):
            place = f"{Path(name).relative_to(ROOT).as_posix()}:{caller.f_lineno}"
            places.add(place)
            used = found.setdefault((made.pattern, made.flags), (place, set()))[1]
            return _Watched(made, used)
        return made

    re.purge()
    re._compile = watched  # type: ignore[attr-defined]
    try:
        _work()
    finally:
        re._compile = plain  # type: ignore[attr-defined]
    idle = [
        f"{path}:{first}"
        for path, first, last in calls()
        if not any(f"{path}:{line}" in places for line in range(first, last + 1))
    ]
    patterns: list[Pattern] = [
        {
            "pattern": pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern,
            "bytes": isinstance(pattern, bytes),
            "flags": flags,
            "where": where,
            "used": sorted(used),
        }
        for (pattern, flags), (where, used) in found.items()
    ]
    return {"patterns": patterns, "idle": idle}


class _Watched:
    """A pattern of which it is known what it is asked: to match a whole text, or to look for places in it."""

    def __init__(self, made: re.Pattern[Any], used: set[str]) -> None:
        self.made = made
        self._used = used

    def __getattr__(self, name: str) -> object:
        value = getattr(self.made, name)
        if not callable(value):
            return value

        def method(*args: Any, **options: Any) -> Any:
            # Those who match from a place do so once a line or item.
            self._used.add(name if name in ("match", "fullmatch") else "finditer")
            return value(*args, **options)

        return method


def calls() -> Iterator[tuple[str, int, int]]:
    """Yield file, first and last line of each call of ``re`` that takes a pattern."""
    takes = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if any(left in name.replace("/", ".") for left in LEFT_OUT):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=attr)) if attr in takes:
                    yield name, node.lineno, node.end_lineno or node.lineno
                # map(re.compile, …)
                case ast.Call(args=[ast.Attribute(value=ast.Name(id="re"), attr="compile"), *_]):
                    yield name, node.lineno, node.end_lineno or node.lineno


def _work() -> None:
    """Load all modules and do all kinds of work."""
    import analyzer

    for module in pkgutil.walk_packages(analyzer.__path__, "analyzer."):
        if not any(left in module.name for left in LEFT_OUT):
            importlib.import_module(module.name)

    from click.testing import CliRunner

    from analyzer.cli import main
    from analyzer.config import PROFILES
    from analyzer.masking import Masker, key_of
    from analyzer.reading import read_bytes
    from analyzer.reading.telling import told_text
    from analyzer.rules.catalogue import catalogue
    from tests.reading import ledgers, making

    reports = sorted((ROOT / "corpora").rglob("*.txt"))
    chosen = [str(path) for path in reports[:: len(reports) // _REPORTS]]
    for rule in catalogue():
        for example in (*rule.must_fire, *rule.must_not_fire):
            list(rule.check(example.report()))
    masker = Masker(key_of([b"one"]), units=["沱源县羊角垭乡党委"], persons=["王桂香"])
    masker.mask(analyzer.load().analyze_file(Path(chosen[0])))
    read_bytes(making.set_in_type(making.REPORT), "报告.pdf")
    for form in (ledgers.pasted, ledgers.copied, ledgers.markdown):
        told_text(form(ledgers.TABLES["hard"]))
    with tempfile.TemporaryDirectory() as scratch:

        def run(*args: str) -> None:
            with contextlib.redirect_stdout(io.StringIO()):
                ended = CliRunner().invoke(main, list(args))
            if ended.exit_code not in (0, 3):
                raise RuntimeError(f"{args}: {ended.output}") from ended.exception

        wrapped = Path(scratch) / "wrapped.txt"
        lines = Path(chosen[0]).read_text("utf-8").split("\n")
        cut = [line[at : at + _WIDTH] for line in lines for at in range(0, len(line), _WIDTH)]
        wrapped.write_text("\n".join(cut), "utf-8")
        run("score", *chosen, str(wrapped), "--format", "html", "--output", scratch + "/pages")
        for profile in PROFILES:
            run("score", *chosen[:2], "--format", "json", "--profile", profile, "--output", scratch + "/json")
        batch = "batch", str(ROOT / "corpora" / "w1"), "--output", scratch + "/batch"
        run(*batch, "--store", scratch + "/a.db")
        run("duplicates", *chosen, "--output", scratch + "/duplicates.json", "--format", "json")
        run(
            "compare",
            chosen[0],
            chosen[1],
            "--as",
            "years",
            "--format",
            "html",
            "--output",
            scratch + "/a.html",
        )
        run(
            "compare",
            chosen[0],
            chosen[0],
            "--as",
            "drafts",
            "--format",
            "html",
            "--output",
            scratch + "/b.html",
        )


if __name__ == "__main__":
    print(json.dumps(collected()))
