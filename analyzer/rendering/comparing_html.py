"""A comparison as one self-contained page: no network, no script."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from analyzer.comparing.comparison import Comparison, Outcome, Part, Passage, Return, Span, Wording
from analyzer.rendering import comparing, labels, summary
from analyzer.rendering.assets import asset, content_hash, page
from analyzer.rendering.places import Places, merged, shorten

_SHOWN: Final = (Wording.SAME, Wording.SWAPPED, Wording.EDITED, Wording.NEW, Wording.GONE)


@dataclass(frozen=True, slots=True)
class _Bit:
    """A part of a sentence, and whether something was swapped there."""

    text: str
    swapped: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A sentence beside what it was; `where_last` and `where_this` are in words."""

    id: str
    passage: Passage
    last: tuple[_Bit, ...]
    this: tuple[_Bit, ...]
    where_last: str
    where_this: str
    swaps: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A quotation that leads to its sentence."""

    id: str
    words: str
    where: str


class _Page:
    """What the template asks for."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._places_last = Places(comparison.last.text, comparison.last.format)
        self._places_this = Places(comparison.this.text, comparison.this.format)
        self.parts = [(part, self._rows(part)) for part in comparison.parts]
        rows = [row for _, found in self.parts for row in found]
        self._ids_last = sorted((row.passage.last[0], row.id) for row in rows if row.passage.last)
        self._ids_this = sorted((row.passage.this[0], row.id) for row in rows if row.passage.this)

    def in_last(self, span: Span, limit: int = 80) -> _Place:
        """Return a stretch of the last report as a quotation."""
        words = shorten(self._comparison.last.text[span[0] : span[1]], limit)
        return _Place(_at(self._ids_last, span[0]), words, self._places_last.name(*span))

    def in_this(self, span: Span, limit: int = 110) -> _Place:
        """Return a stretch of this report as a quotation."""
        words = shorten(self._comparison.this.text[span[0] : span[1]], limit)
        return _Place(_at(self._ids_this, span[0]), words, self._places_this.name(*span))

    def bar(self, part: Part) -> list[tuple[str, float, float]]:
        """Return the parts of a bar of a hundred: class, begin, width."""
        counts = {wording: getattr(part.counts, wording.value) for wording in _SHOWN[:-1]}
        total = sum(counts.values()) or 1
        begin = 0.0
        bars = []
        for wording, number in counts.items():
            bars.append((wording.value, round(begin, 2), round(100 * number / total, 2)))
            begin += 100 * number / total
        return bars

    def _rows(self, part: Part) -> list[_Row]:
        last, this = self._comparison.last.text, self._comparison.this.text
        return [
            _Row(
                f"{part.section.value}-{number}",
                passage,
                _bits(last, passage.last, [swap.last for swap in passage.swaps]),
                _bits(this, passage.this, [swap.this for swap in passage.swaps]),
                self._places_last.name(*passage.last) if passage.last else "",
                self._places_this.name(*passage.this) if passage.this else "",
                "、".join(dict.fromkeys(comparing.SWAP[swap.kind] for swap in passage.swaps)),
            )
            for number, passage in enumerate(part.passages, 1)
        ]


def _bits(text: str, span: Span | None, swapped: Iterable[Span]) -> tuple[_Bit, ...]:
    if span is None:
        return ()
    bits = []
    begin = span[0]
    for start, end in merged(each for each in swapped if each[0] < each[1]):
        bits += [_Bit(text[begin:start], swapped=False), _Bit(text[start:end], swapped=True)]
        begin = end
    return tuple(bit for bit in (*bits, _Bit(text[begin : span[1]], swapped=False)) if bit.text)


def _at(ids: list[tuple[int, str]], position: int) -> str:
    return ids[max(0, bisect_right(ids, position, key=lambda entry: entry[0]) - 1)][1] if ids else ""


def comparison_page(comparison: Comparison) -> str:
    """Return the page of a comparison."""
    style = asset("page.css") + asset("comparing.css")
    return page(
        "comparing.html",
        **comparison_values(comparison),
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=content_hash(style),
    )


def comparison_values(comparison: Comparison) -> dict[str, Any]:
    """Return what ``comparing.html`` shows of a comparison."""
    return {
        "c": comparison,
        "page": _Page(comparison),
        "words": comparing,
        "labels": labels,
        "summary": summary,
        "Wording": Wording,
        "Return": Return,
        "Outcome": Outcome,
        "last": comparing.SIDES[comparison.kind][0],
        "this": comparing.SIDES[comparison.kind][1],
    }
