"""Reads files of user rules, TOML or TSV, and refuses what does not do what its own lines say.

A rule is a table ``[[rule]]``, or a row under a header with the same names; in a row, what is a list may
stand in several columns of one name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from analyzer.errors import ShupingError, error
from analyzer.keys import Keys, read_keys
from analyzer.language.folding import fold
from analyzer.reading.encoding import decode
from analyzer.result import Dimension, SectionType, Severity
from analyzer.rules.base import Family, Level, Rule, Status
from analyzer.rules.local.finder import Finder, Unsafe

CODE = "user-rule"
_LISTS = ("words", "sections", "must_fire", "must_not_fire")
_KEYS = ("id", "title", "pattern", "unless", "severity", "dimension", "message", "suggestion", *_LISTS)
_SECTIONS = tuple(kind.value for kind in SectionType)
_MOST_RULES = 1000
_MOST_BYTES = 4 << 20
_BETWEEN = re.compile(r"\s*[,，、]\s*")
_ID = "abcdefghijklmnopqrstuvwxyz0123456789-"


def read_rules(paths: Iterable[Path], known: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return the rules of some files in order.

    Parameters
    ----------
    paths : iterable of Path
    known : sequence of Rule
        Whose ids are taken.

    Raises
    ------
    ShupingError
        Code ``user-rule`` for a file that cannot be read, and for a rule that is incomplete, cannot be
        searched for in bounded time, or does not keep to its own ``must_fire`` and ``must_not_fire``.
    """
    taken = {rule.id: "随软件安装的规则" for rule in known}
    made: list[Rule] = []
    for path in paths:
        for table in _tables(path):
            rule = _rule(table)
            if rule.id in taken:
                raise table.wrong("id", f"{rule.id} 已是{taken[rule.id]}的编号，请换一个")
            taken[rule.id] = f" {path.name} 里"
            made.append(rule)
            if len(made) > _MOST_RULES:
                raise error(CODE, path, detail=f"规则多于 {_MOST_RULES} 条")
    return tuple(made)


def _tables(path: Path) -> Iterator[Keys]:
    suffix = path.suffix.lower()
    if suffix == ".toml":
        tables = list(read_keys(path, CODE).only("rule").tables("rule"))
    elif suffix == ".tsv":
        tables = list(_rows(path))
    else:
        raise error(CODE, path, detail="规则文件应是 .toml 或 .tsv")
    if not tables:
        raise error(CODE, path, detail="里面没有一条规则")
    yield from tables


def _rows(path: Path) -> Iterator[Keys]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise error(CODE, path, detail="文件过大")
        lines = decode(path.read_bytes()).splitlines()
    except FileNotFoundError:
        raise error(CODE, path, detail="没有这个文件") from None
    except ShupingError as failure:
        raise error(CODE, path, detail=failure.values.get("detail", failure.message)) from None
    except OSError as reason:
        raise error(CODE, path, detail=f"无法打开（{reason.strerror}）") from None
    rows = csv.reader(lines, "excel-tab")
    header: list[str] = []
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#"):
            continue
        if not header:
            header = cells
            Keys(path, dict.fromkeys(filter(None, header)), CODE, "表头").only(*_KEYS)
            continue
        yield Keys(path, _cells(header, cells, path, number), CODE, f"第 {number} 行")


def _cells(header: Sequence[str], cells: Sequence[str], path: Path, number: int) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if len(cells) > len(header) and any(cells[len(header) :]):
        raise error(CODE, path, detail=f"第 {number} 行比表头多出 {len(cells) - len(header)} 格")
    for name, cell in zip(header, cells, strict=False):
        if not cell or not name:
            continue
        if name in _LISTS:
            given.setdefault(name, []).extend(_BETWEEN.split(cell) if name == "sections" else [cell])
        elif name in given:
            raise error(CODE, path, detail=f"表头里 {name} 有两列，只有 {'、'.join(_LISTS)} 可以")
        else:
            given[name] = cell
    return given


def _rule(table: Keys) -> Rule:
    table.only(*_KEYS)
    identity = table.needed("id")
    table = Keys(table.path, table.given, table.code, f"{table.where}（{identity}）")
    if not set(identity) <= set(_ID) or "--" in identity or identity.strip("-") != identity:
        raise table.wrong("id", f"“{identity}”应由小写字母、数字和中间的连字符组成，如 own-short-name")
    finder = _finder(table)
    message, suggestion = table.needed("message"), table.text("suggestion") or ""
    _try_out(table, finder)
    return Rule(
        id=identity,
        family=Family.LOCAL,
        dimension=Dimension(
            table.choice("dimension", tuple(kind.value for kind in Dimension), Dimension.LANGUAGE.value)
        ),
        severity=Severity(
            table.choice("severity", tuple(grade.value for grade in Severity), Severity.WARNING.value)
        ),
        status=Status.STABLE,
        since="",
        level=Level.LOCAL,
        title=table.text("title") or identity,
        what="",
        why=message,
        fix=suggestion,
        basis=f"自定规则，见 {table.path.name}",
        check=finder.hits(message, suggestion),
        must_fire=(),
        must_not_fire=(),
    )


def _finder(table: Keys) -> Finder:
    pattern, words = table.text("pattern"), table.texts("words")
    if (pattern is None) == (not words):
        raise table.wrong("pattern", "pattern（正则）和 words（词语）要写一样，也只能写一样")
    sections = table.texts("sections")
    for name in sections:
        if name not in _SECTIONS:
            raise table.wrong("sections", f"没有 {name} 这一部分，可用的有 {'、'.join(_SECTIONS)}")
    try:
        return Finder(pattern, words, table.text("unless"), tuple(map(SectionType, sections)))
    except Unsafe as reason:
        raise table.wrong(reason.key, reason.detail) from None


def _try_out(table: Keys, finder: Finder) -> None:
    """Refuse a rule that does not do what its own lines say."""
    for name, fires in (("must_fire", True), ("must_not_fire", False)):
        lines = table.texts(name)
        if not lines:
            raise table.wrong(name, "至少要有一句" + ("应当报出的" if fires else "不应报出的"))
        for line in lines:
            if any(finder.spans(fold(line))) is not fires:
                raise table.wrong(name, f"“{line}”{'应当报出，却没有' if fires else '不应报出，却报了'}")
