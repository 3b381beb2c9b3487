"""Reports that share wording: a page for two of them side by side, a table, and JSON.

What is shown is what stands in both texts, and where; what it means is for people to find out.
"""

from __future__ import annotations

import io
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup, escape
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analyzer.duplicates.normal import LEXICON
from analyzer.duplicates.pairs import Pair, Passage, Stretch
from analyzer.errors import printable
from analyzer.lexicons import table
from analyzer.rendering.assets import asset, content_hash, page
from analyzer.rendering.markup import clean
from analyzer.rendering.places import LINE_BREAK, Places, shorten
from analyzer.rendering.segments import segments

_TINTS: Final = 6
_SWAPS: Final = 24  # of the differences between two texts, so many of the most frequent are listed
_SWAPPED: Final = 14  # characters of a difference beyond which it is no swapped word
BASIS: Final = (
    "重合率＝较短一份的自有文字里，另一份也有的占多少；官方提法、常用套语、引文和书名号里的文件名不算自有文字，"
    "年份、数字、会议、单位和人名的替换按相同看待。"
)
CAUTION: Final = (
    "只显示哪些文字相同，不判断谁抄了谁，也不等于有问题："
    "同一单位的两年报告、统一下发的模板、共同起草的段落都会相同。"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A shared passage in the list: where it stands, how long it is, how it begins."""

    number: int
    place_a: str
    place_b: str
    letters: int
    words: str
    differences: int


def share(overlap: float) -> str:
    """Return an overlap as a percentage to one place, never rounded up to a level that it does not reach."""
    return f"{math.floor(overlap * 1000 + 1e-9) / 10:g}%"


def remark(pair: Pair) -> str:
    """Return in one sentence how much two reports share."""
    words = f"较短一份的自有文字有 {share(pair.overlap)} 在另一份里也有"
    level = f"，达到 {share(pair.level)} 这一档" if pair.level else ""
    return f"{words}{level}。{table(LEXICON)['levels']['remark']}。"


def render_pair(pair: Pair, text_a: str, text_b: str, form_a: str = "txt", form_b: str = "txt") -> str:
    """Return the page of two reports side by side.

    It needs neither network nor script.  The elements ``#text-a`` and ``#text-b`` hold the texts, character
    for character, line breaks as line feeds; passage ``N`` begins at ``#a-N`` and ``#b-N``, which lead to
    each other.
    """
    style = asset("page.css") + asset("duplicates.css")
    return page(
        "duplicates.html",
        **pair_values(pair, text_a, text_b, form_a, form_b),
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=content_hash(style),
    )


def pair_values(pair: Pair, text_a: str, text_b: str, form_a: str, form_b: str) -> dict[str, Any]:
    """Return what ``duplicates.html`` shows of two reports."""
    places_a, places_b = Places(text_a, form_a), Places(text_b, form_b)
    return {
        "pair": pair,
        "remark": remark(pair),
        "share": share,
        "levels": table(LEXICON)["levels"]["named"],
        "rows": [
            _Row(
                number,
                places_a.name(*passage.a),
                places_b.name(*passage.b),
                len("".join(text_a[slice(*passage.a)].split())),
                shorten(text_a[slice(*passage.a)], 44),
                len(passage.differences),
            )
            for number, passage in enumerate(pair.passages, 1)
        ],
        "swaps": _swaps(pair.passages, text_a, text_b),
        "text_a": _text(
            text_a, [p.a for p in pair.passages], [x for p in pair.passages for x, _ in p.differences], "a"
        ),
        "text_b": _text(
            text_b, [p.b for p in pair.passages], [y for p in pair.passages for _, y in p.differences], "b"
        ),
        "basis": BASIS,
        "caution": CAUTION,
    }


def _swaps(passages: Sequence[Passage], text_a: str, text_b: str) -> list[tuple[str, str, int]]:
    """Return what stands for what inside the passages, the most frequent first, and how often."""
    found = Counter(
        (text_a[slice(*one)], text_b[slice(*two)])
        for passage in passages
        for one, two in passage.differences
        if one[0] < one[1] and two[0] < two[1] and max(one[1] - one[0], two[1] - two[0]) <= _SWAPPED
    )
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [(shorten(one, 16), shorten(two, 16), count) for (one, two), count in ordered[:_SWAPS]]


def _text(text: str, passages: Sequence[Stretch], differences: Sequence[Stretch], side: str) -> Markup:
    """Return a text with its passages coloured and linked, and what differs in them marked."""
    spans = [(start, end, number) for number, (start, end) in enumerate(passages, 1)]
    spans += [(start, end, 0) for start, end in differences]
    opening: dict[int, list[int]] = {}
    for number, (start, _) in enumerate(passages, 1):
        opening.setdefault(start, []).append(number)
    out = []
    for segment in segments(len(text), spans):
        out += [_chip(side, number) for number in opening.get(segment.start, ())]
        out.append(_marked(clean(text[segment.start : segment.end]), segment.marks))
    return Markup("").join(out)


def _chip(side: str, number: int) -> Markup:
    """Return the number of a passage, which leads to where the other text has it."""
    other, name = ("b", "乙") if side == "a" else ("a", "甲")
    return Markup(
        '<a class="chip tint{}" id="{}-{}" href="#{}-{}" data-label="{}" '
        'aria-label="相同段落 {}，到{}文"></a>'
    ).format(number % _TINTS, side, number, other, number, number, number, name)


def _marked(text: str, marks: tuple[int, ...]) -> Markup:
    piece = escape(LINE_BREAK.sub("\n", text))
    if 0 in marks:
        piece = Markup('<span class="differs">{}</span>').format(piece)
    number = next(filter(None, marks), None)
    return (
        piece
        if number is None
        else Markup('<span class="same tint{}">{}</span>').format(number % _TINTS, piece)
    )


def pairs_json(pairs: Iterable[Pair]) -> str:
    """Return pairs as the contract has them, with levels and what differs inside passages."""
    lines = ",\n".join(json.dumps(_plain(pair), ensure_ascii=False) for pair in pairs)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _plain(pair: Pair) -> dict[str, Any]:
    return {
        "a": pair.a,
        "b": pair.b,
        "overlap": round(pair.overlap, 4),
        "level": pair.level,
        "passages": [
            {"a": p.a, "b": p.b, "differences": [{"a": x, "b": y} for x, y in p.differences]}
            for p in pair.passages
        ],
    }


def pairs_text(
    pairs: Sequence[Pair],
    reports: int,
    left: Sequence[tuple[str, str, str, str]] = (),
    width: int | None = None,
) -> str:
    """Return a table of pairs, the most alike first.

    Parameters
    ----------
    pairs : sequence of Pair
    reports : int
        How many were compared.
    left : sequence of (str, str, str, str)
        Where a report names another unit as its own: its name, its unit, the other, the place.
    width : int, optional
        In columns; by default that of the terminal.
    """
    buffer = io.StringIO()
    console = Console(file=buffer, width=width, color_system=None)
    if pairs:
        console.print(_table(pairs), Text(""), sep="\n")
        console.print(f"{reports} 份报告里，有 {len(pairs)} 对{table(LEXICON)['levels']['remark']}。")
        console.print(Text(BASIS))
    else:
        console.print(f"{reports} 份报告里，没有发现相同文字较多的。")
    console.print(Text(CAUTION))
    if left:
        console.print(Text("\n文中以别的单位自称，可能是改稿时漏改，也可能确有缘故，请核对："))
    for name, own, other, place in left:
        console.print(Text(printable(f"· {name} {place}：写的是“{other}”，报告的单位是“{own}”")))
    return buffer.getvalue()


def _table(pairs: Sequence[Pair]) -> Table:
    shown = Table(box=None, expand=True, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    shown.add_column("", justify="right", no_wrap=True, style="dim")
    shown.add_column("重合", justify="right", no_wrap=True)
    shown.add_column("档", no_wrap=True)
    shown.add_column("甲", overflow="fold", ratio=1)
    shown.add_column("乙", overflow="fold", ratio=1)
    shown.add_column("相同段落", justify="right", no_wrap=True)
    for number, pair in enumerate(by_overlap(pairs), 1):
        level = f"{share(pair.level)} 以上" if pair.level else ""
        names = [Text(printable(name)) for name in (pair.a, pair.b)]
        shown.add_row(str(number), share(pair.overlap), level, *names, str(len(pair.passages)))
    return shown


def by_overlap(pairs: Iterable[Pair]) -> list[Pair]:
    """Return pairs, the most alike first."""
    return sorted(pairs, key=lambda pair: (-pair.overlap, pair.a, pair.b))


def page_names(pairs: Iterable[Pair]) -> dict[tuple[str, str], str]:
    """Return the file of each pair's page: numbers, the most alike first, no words of reports."""
    return {
        (pair.a, pair.b): f"duplicates-{number:03}.html" for number, pair in enumerate(by_overlap(pairs), 1)
    }
