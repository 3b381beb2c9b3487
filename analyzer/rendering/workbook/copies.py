"""雷同: pairs of reports that share wording, the most alike first. It shows; it accuses nobody."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from analyzer.duplicates.normal import LEXICON
from analyzer.duplicates.pairs import Pair, Passage
from analyzer.lexicons import table
from analyzer.rendering.places import shorten
from analyzer.rendering.workbook.book import Book
from analyzer.rendering.workbook.overview import row_of
from analyzer.rendering.workbook.reports import Report, title_of
from analyzer.rendering.workbook.sheets import RANKED, Cell, Column, Link, Sheet, Style, Tone, page, place

_QUOTED: Final = 160
_OUTSIDE: Final = "（不在这一批）"

COLUMNS: Final = (
    Column("序", 6, "重合多的在前。", Style.COUNT),
    Column(
        "级别",
        12,
        "■ 98% 以上、■ 95% 以上、■ 80% 以上、▲ 80% 以下；前三档是公开的处分案例里见过的程度。",
        Style.CENTRED,
    ),
    Column(
        "重合", 8, "较短一份的自有文字里，另一份也有的占多少；公文提法和全行通用的套话不算。", Style.SHARE
    ),
    Column("甲 单位", 20, "点开到总表的那一行；不在这一批的是往年存档。"),
    Column("乙 单位", 20, "同上。"),
    Column("甲 年度", 7, "同总表。", Style.COUNT),
    Column("乙 年度", 7, "同总表。", Style.COUNT),
    Column("相同段", 8, "相同的文字有几段。", Style.COUNT),
    Column("相同字", 8, "这些段落在甲里共多少字。", Style.COUNT),
    Column("最长一段", 64, "最长的一段相同文字，照甲的写法，过长的略去中间。"),
    Column("对照", 8, "点开是两份并排的对照页。", Style.CENTRED),
    Column("甲 文件", 30, "报送材料里的路径。"),
    Column("乙 文件", 30, "报送材料里的路径。"),
)


class Wanted(NamedTuple):
    """The longest shared passage of a pair, in the text of one of the two."""

    number: int
    start: int
    end: int


def wanted(pairs: Sequence[Pair], reports: Container[str]) -> dict[str, list[Wanted]]:
    """Return what is wanted of the text of each report: of a pair the first one's that is at hand."""
    found: dict[str, list[Wanted]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        longest = _longest(pair)
        if longest is not None:
            path, place = (pair.a, longest.a) if pair.a in reports else (pair.b, longest.b)
            found[path].append(Wanted(number, *place))
    return dict(found)


def quotes(text: str, places: Iterable[Wanted]) -> dict[int, str]:
    """Return the wanted passages of a report by the numbers of their pairs."""
    return {number: shorten(text[start:end], _QUOTED) for number, start, end in places}


def write(
    sheet: Sheet,
    pairs: Sequence[Pair],
    quoted: Mapping[int, str],
    reports: Mapping[str, Report],
    book: Book,
) -> None:
    """Write the sheet, the longest passage of each pair quoted as far as it is known."""
    sheet.open(
        f"共 {len(pairs)} 对。只列出相同的文字，不判断谁抄谁，"
        "也不等于抄袭：也许同出一份上级文件，请对照后再说。"
    )
    for number, pair in enumerate(pairs):
        sheet.add(_row(number, pair, quoted.get(number, ""), reports, book))
    if sheet.is_empty:
        sheet.say("没有发现雷同。")
    grave = table("risk.toml")["copies"]["grave"]
    sheet.paint("级别", Tone.BAD, "begins with", "■", words=True)
    sheet.paint("级别", Tone.WARN, "begins with", "▲", words=True)
    sheet.paint("重合", Tone.BAD, ">=", grave)
    sheet.close()


def _row(number: int, pair: Pair, quote: str, reports: Mapping[str, Report], book: Book) -> tuple[Cell, ...]:
    a, b = reports.get(pair.a), reports.get(pair.b)
    shown = book.duplicate_pages.get((pair.a, pair.b))
    return (
        number + 1,
        _level(pair),
        math.floor(pair.overlap * 100 + 1e-9) / 100,  # shown without a fraction: never as a level not reached
        _who(a, pair.a),
        _who(b, pair.b),
        a.source.year if a else None,
        b.source.year if b else None,
        len(pair.passages),
        sum(passage.a[1] - passage.a[0] for passage in pair.passages),
        quote,
        Link("对照", page(shown)) if shown else None,
        pair.a,
        pair.b,
    )


def _level(pair: Pair) -> str:
    if pair.level is None:
        return f"▲ {min(table(LEXICON)['levels']['named']):.0%} 以下"
    return f"■ {pair.level:.0%} 以上"


def _who(report: Report | None, path: str) -> Cell:
    if report is None:
        return title_of(None, path) + _OUTSIDE
    return Link(report.title, place(RANKED, row_of(report)))


def _longest(pair: Pair) -> Passage | None:
    return max(pair.passages, key=lambda passage: passage.a[1] - passage.a[0], default=None)
