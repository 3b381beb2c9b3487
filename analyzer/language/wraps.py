"""Hard wraps: how the lines of a text were broken, and which of them go on in the next.

Lines were cut after so many characters, filled to a width on a page, or broken anywhere; in the last case
only indents tell where a paragraph begins.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from unicodedata import east_asian_width

from analyzer.reading.assembly import UNBROKEN

_OPENS = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+(?:部分|[、，])|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）"
    r"|\d{1,2}[、.．](?!\d)|[（(]\d{1,2}[）)])"
)
# How an item may begin that as often stands inside a paragraph.
_ITEM = re.compile(
    r"\s{0,40}(?:问题之|其?[一二三四五六七八九十]{1,2}[是要来，]|第[一二三四五六七八九十][^一-鿿]|首先|其次|再次|最后|另外"
    r"|[●○■□◆◇▲△★☆※•·*|-])"
)
_ENDS = frozenset("。！？；：…”’）》】")
_STOPS = re.compile(r"[。！？；：](?<![。！？；：].)[。！？；：]*+[”’」』）》】\"']*+$")
_NEVER_FIRST = frozenset("，。；、！？”’》】")
_PROSE = re.compile("[，。；]")
_TITLE = re.compile(r"[^，。；]*(?:报告|材料|总结|汇报)(?:（[^（）]*）)?\s*$")
_LEAST_WRAPS = 4  # fewer open lines of one width are chance
_NARROWEST, _WIDEST = 12, 60  # em of a line that may be wrapped
_SLACK = 2.5  # em that a line may fall short, where marks are set closer
_NEAR = 3.0  # em between lines of about one width
_FAR = 8.0  # em by which a line ends early only at the end of a paragraph
_NEARLY = 0.9  # of the open lines that any width explains
_LONGER = 0.1  # share of the lines that may be longer, such as titles
_COUNTED = 0.3  # share of the lines that are cut where lines were cut by count
_INDENT = 2  # blanks before the first line of a paragraph
_PARTING, _ENDED = 0.04, 0.6  # so many lines are indented, and of those before them so many are an end


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How lines were hard-wrapped.

    Parameters
    ----------
    width : float
        What lines were filled to, characters or em as printed; infinite where they were broken anywhere, or
        not at all.
    counted : bool
        Whether it is an exact number of characters.
    margin : int
        Blanks before lines that go on.
    indents : bool
        Whether more of them tell where a paragraph begins.
    """

    width: float = math.inf
    counted: bool = False
    margin: int = 0
    indents: bool = False

    @property
    def is_known(self) -> bool:
        """Whether lines were wrapped at all."""
        return self.indents or self.width < math.inf

    def continues(self, line: str, following: str, *, turned: bool = False) -> bool:
        """Whether a line goes on in the following one; `turned` where a page ends between them."""
        if following.lstrip()[0] in _NEVER_FIRST:
            return True
        if not (self.is_known or turned) or _TITLE.fullmatch(line) or self._begins(following):
            return False
        full = self._excess(line, following) > 0
        if _OPENS.match(following):
            return full and _is_open(line)
        if not _STOPS.search(line):
            return self._is_broken(line, following) or (turned and _is_open(line))
        # The last line of a paragraph is seldom just full, and a short one without a mark is a heading.
        heads = self._size(following) < self.width - _NEAR and not _STOPS.search(following)
        return full and not heads and (self.indents or not _ITEM.match(following))

    def measured(self, pairs: Sequence[tuple[str, str]]) -> Wrapping:
        """Return the same with what indents tell, given each line with the following one."""
        going_on = Counter(
            _blanks(following)
            for line, following in pairs
            if not _is_ended(line) and not _OPENS.match(following) and self._is_broken(line, following)
        )
        least = min((_blanks(line) for pair in pairs for line in pair), default=0)
        margin = min(going_on, key=lambda blanks: (-going_on[blanks], blanks), default=least)
        found = replace(self, margin=margin)
        before = [pair for pair in pairs if found._begins(pair[1])]
        ended = sum(_is_ended(line) or self._excess(line, following) < -_FAR for line, following in before)
        parting = len(before) >= _PARTING * len(pairs) and ended >= _ENDED * len(before)
        return replace(found, indents=parting and len(before) > 0)

    def _size(self, line: str) -> float:
        return len(line) if self.counted else _em(line)

    def _excess(self, line: str, following: str) -> float:
        """Return how far a line would have been too long with what the following one begins with."""
        if self.width == math.inf:
            return -math.inf
        unit = None if self.counted else UNBROKEN.match(following.lstrip())
        return self._size(line) + (_em(unit[0]) if unit else 1) - self.width

    def _is_broken(self, line: str, following: str) -> bool:
        """Whether a line without a mark at its end was broken there."""
        if self.indents and _PROSE.search(line):
            return True
        if self.counted:  # the first line of a paragraph may have lost its indent
            return self.width - _INDENT <= len(line) <= self.width
        return self._excess(line, following) > -_SLACK

    def _begins(self, line: str) -> bool:
        return _blanks(line) >= self.margin + _INDENT


def wrapping(lines: Sequence[str]) -> Wrapping:
    """Return how lines were hard-wrapped; none is blank, nor ends in blanks."""
    pairs = list(pairwise(lines))
    if counted := cut_width(lines):
        return Wrapping(counted, counted=True).measured(pairs)
    if width := _printed(lines, pairs):
        return Wrapping(width).measured(pairs)
    if sum(map(_is_open, lines)) < _LEAST_WRAPS:
        return Wrapping(margin=min(map(_blanks, lines), default=0))
    found = Wrapping().measured(pairs)
    inside = [line for line, following in pairs if not (found._begins(following) or _OPENS.match(following))]
    torn = found.indents and sum(map(_is_open, inside)) >= max(_LEAST_WRAPS, len(inside) / 2)
    return replace(found, indents=torn)


def cut_width(lines: Sequence[str]) -> int:
    """Return the number of characters after which lines were cut, whatever they are; 0 where not so."""
    sizes = Counter(map(len, lines))
    usual = max(sizes, key=lambda size: (sizes[size], size), default=0)
    # Among short lines, few may have been cut; that several are as long as the longest is no chance.
    for size, share in ((usual, _COUNTED), (max(sizes, default=0), 0.0)):
        if _NARROWEST <= size <= 2 * _WIDEST:
            cut = [line for line in lines if len(line) == size]
            open_ended = sum(not _is_ended(line) for line in cut)
            longer = sum(sizes[other] for other in sizes if other > size)
            if open_ended >= max(_LEAST_WRAPS, len(cut) / 2, share * len(lines)) and _are_cut(cut, longer):
                return size
    return 0


def _are_cut(lines: Sequence[str], longer: int) -> bool:
    """Whether lines of as many characters were cut, not filled to a width, given how many are longer.

    Of filled lines, those of many digits have the most characters.
    """
    widths = [_em(line) for line in lines]
    size = len(lines[0])
    return max(widths) > size - 1 and longer <= _LONGER * sum(width < size - 1 for width in widths)


def _printed(lines: Sequence[str], pairs: Sequence[tuple[str, str]]) -> float:
    """Return the printed width in em that lines were filled to, 0 where they were not."""
    widths = [
        round(_em(line))
        for line, following in pairs
        # A character is half an em to an em wide: most lines need not be measured.
        if _NARROWEST <= len(line) <= 2 * _WIDEST and not _is_ended(line) and not _OPENS.match(following)
    ]
    counts = Counter(width for width in widths if _NARROWEST <= width <= _WIDEST)
    if counts.total() < _LEAST_WRAPS:
        return 0.0
    explained = {width: sum(counts[width - lack] for lack in (0, 1, 2)) for width in counts}
    width = min(width for width in explained if explained[width] >= _NEARLY * max(explained.values()))
    near = sum(count for other, count in counts.items() if abs(other - width) <= _NEAR)
    if near < max(_LEAST_WRAPS, 0.6 * counts.total()):
        return 0.0
    longest = width + _NEAR
    longer = sum(len(line) > 2 * longest or (len(line) > longest and _em(line) > longest) for line in lines)
    return float(width) if longer <= _LONGER * len(lines) else 0.0


def _is_open(line: str) -> bool:
    """Whether a line is prose that does not end with it."""
    return not _is_ended(line) and _PROSE.search(line) is not None


def _is_ended(line: str) -> bool:
    return line[-1] in _ENDS


def _blanks(line: str) -> int:
    """Return how many blanks a line begins with; a tab is as wide as two."""
    if not line[0].isspace():
        return 0
    return sum(2 if char == "\t" else 1 for char in line[: len(line) - len(line.lstrip())])


class _Widths(dict[str, float]):
    """The printed width of characters in em: half of the East Asian display width."""

    def __missing__(self, char: str) -> float:
        width = self[char] = 1.0 if east_asian_width(char) in "WFA" else 0.5
        return width


_width = _Widths().__getitem__


@lru_cache(2048)  # a line is measured several times, and comes again with the draft
def _em(text: str) -> float:
    return sum(map(_width, text))
