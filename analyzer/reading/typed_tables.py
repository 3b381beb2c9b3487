r"""Tables in plain text: cells pasted from Word or Excel, parted by tabs, and tables of Markdown.

A tab may also indent a paragraph or part a signature from its date.  So a table needs a row of nothing but
heads, problems and what answers them among them, and rows below it of as many cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from analyzer.lexicons import pattern
from analyzer.reading.ledgers import Cell, counts, is_head

_pattern = partial(pattern, "tables.toml", "patterns")
_BREAK = r"\r?\n"
_PAD = " \u3000\xa0\r"
_LINE = re.compile(r"([^\n]*+)\n?")
# A number, such as begins a row of a table that counts them.
_NUMBER = re.compile(rf"[{_PAD}]{{0,9}}\d{{1,3}}[.．、]?[{_PAD}]{{0,9}}\t")
# A further line of a cell: not the next row, blank, or what comes after a table.
_NO_LINE = rf"[{_PAD}]*+(?:{_BREAK}|\t|\Z)|\d{{1,3}}[.．、]?\t|{_pattern('ends').pattern}"
_GOES_ON = rf"{_BREAK}(?!{_NO_LINE})[^\t\r\n]*+"
_LONGEST = 12  # lines of a cell
_NAME = 20  # characters of a name, or of an office, at most
_MARKS = re.compile("[，。；：、]")  # never in one
# As Excel gives a cell with line breaks, tabs or quotation marks in it.
_QUOTED = re.compile(r'"((?:[^"]|""){1,600}+)"(?=[\t\r\n]|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_BROKEN = re.compile(rf"[^\t\r\n]*+(?:(?:{_GOES_ON}){{1,{_LONGEST}}}(?=\t))?")
_LAST = re.compile(rf"[^\t\r\n]*+(?:(?:{_GOES_ON}){{1,{_LONGEST}}}(?={_BREAK}\d{{1,3}}[.．、]?\t))?")
_EXCEL_ONLY = re.compile('[\t\r\n]|""')
_BETWEEN = re.compile(rf"(?:{_BREAK}[{_PAD}\x1f]*+)+")

_RULE = rf"[{_PAD}]*+:?-++:?[{_PAD}]*+"
_DELIMITERS = re.compile(rf"[{_PAD}]*+\|?{_RULE}(?:\|{_RULE})+\|?[{_PAD}]*+")
_PIPED = re.compile(r"(?:[^|\\\r\n]|\\.)*")
_EMPHASIS = re.compile(r"(\*\*|__)((?:(?!\1).)+)\1")
# What stands for something else in a cell of Excel's, in one of Markdown.
_DOUBLED = re.compile('"(")')
_MARKED = re.compile(r"\\([|*_\\])|<br ?/?>", re.IGNORECASE)


class Piece(NamedTuple):
    """A stretch of the text that is told otherwise: what is said for it or, where it is kept, before it."""

    start: int
    end: int
    said: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell: its stretch of the text without what stands around it, and what in it is told otherwise."""

    start: int
    end: int
    inside: tuple[Piece, ...] = ()

    def text(self, text: str) -> str:
        """Return its words."""
        return text[self.start : self.end].strip()


_Row = list[Typed]


@dataclass(frozen=True, slots=True)
class Table:
    """A table in ``text[start:end]``; its first row is that of the heads."""

    start: int
    end: int
    rows: list[_Row]


def tables(text: str) -> Iterator[Table]:
    """Yield, in order, what may be tables of problems in a text."""
    done = 0
    for line in _LINE.finditer(text):
        if line.start() >= done:
            found = _piped(text, line) if "|" in line[1] else None
            if found is None and ("\t" in line[1] or line[1].startswith('"')):
                head, done = _row(text, line.start())  # a cell in quotation marks may take several lines
                found = _tabbed(text, line.start(), head, done)
            if found:
                yield found
                done = found.end


def cells(text: str, row: Sequence[Typed]) -> list[Cell]:
    """Return a row as one of any table; the place of a cell is its offset."""
    return [Cell(range(k, k + 1), [(str(cell.start), cell.text(text))]) for k, cell in enumerate(row)]


# --- tabs -------------------------------------------------------------------------------------------------


def _tabbed(text: str, at: int, head: _Row, end: int) -> Table | None:
    """Return the table whose heads are the row from a place to its end."""
    head = _without_empty(text, head)
    if len(head) < 2 or not is_head(cells(text, head)):
        return None
    rows, stop, width = [head], end, len(head)
    counted = counts("".join(head[0].text(text).split()))
    while (begin := _next_line(text, stop)) is not None:
        numbered = counted and _NUMBER.match(text, begin) is not None
        row, end = _row(text, begin, width if numbered else 0)
        if numbered and len(row) > width:  # its last cell does not go on, but the row was cut off
            row, end = _row(text, begin)
        filled = _without_empty(text, row)
        if numbered:  # an editor may have cut off empty cells at its end, but a list is numbered, too
            fits = len(row) >= width or len(filled) > 2
        elif len(row) == 1:
            fits = counted and _names_rows(text, row[0], end)
        else:
            apart = text.count("\n", stop, begin) > 1
            fits = _fits(text, row, rows) and not (apart and _signs(text, row, rows))
        if not fits or len(filled) > width:
            break
        rows.append(filled)
        stop = end
    return Table(at, stop, rows) if _answers(text, rows) else None


def _next_line(text: str, at: int) -> int | None:
    """Return where the next line that is not blank begins, one that ends at a place given."""
    gap = _BETWEEN.match(text, at)
    return gap.end() if gap and gap.end() < len(text) else None


def _row(text: str, at: int, broken: int = 0) -> tuple[_Row, int]:
    """Return the cells of the row at a place, and its end; of so many, some may go on in further lines."""
    row: _Row = []
    while True:
        number = len(row)
        quoted = _QUOTED.match(text, at)
        if quoted and _EXCEL_ONLY.search(quoted[1]):
            row.append(_typed(text, *quoted.span(1), _DOUBLED))
            at = quoted.end()
        else:
            ways = _BROKEN if number < broken - 1 else _LAST
            end = _reach(ways if 0 < number < broken else _PLAIN, text, at, len(text))
            row.append(_typed(text, at, end))
            at = end
        if not text.startswith("\t", at):
            return row, at
        at += 1


def _reach(words: re.Pattern[str], text: str, at: int, end: int) -> int:
    """Return where words that begin at a place, if any do, end."""
    found = words.match(text, at, end)
    return found.end() if found else at


def _typed(text: str, start: int, end: int, other: re.Pattern[str] | None = None) -> Typed:
    """Return a cell without the blanks around it."""
    while start < end and text[start] in _PAD + "\n":
        start += 1
    while start < end and text[end - 1] in _PAD + "\n":
        end -= 1
    found = other.finditer(text, start, end) if other else ()
    return Typed(start, end, tuple(Piece(*match.span(), match[1] or "\n") for match in found))


def _without_empty(text: str, row: _Row) -> _Row:
    """Return a row without the empty cells at its end."""
    stop = len(row)
    while stop and not row[stop - 1].text(text):
        stop -= 1
    return row[:stop]


def _names_rows(text: str, cell: Typed, end: int) -> bool:
    """Whether a line without tabs stands over numbered rows, as a cell merged across all columns does."""
    below = _next_line(text, end)
    return (
        below is not None and bool(_NUMBER.match(text, below)) and not _pattern("ends").match(cell.text(text))
    )


def _fits(text: str, row: _Row, above: Sequence[_Row]) -> bool:
    """Whether a row that is not numbered goes on with a table, its heads and rows given."""
    filled = [words for cell in row if (words := cell.text(text))]
    width = len(above[0])
    if len(row) < width or not filled:
        return False
    heads = [cell.text(text) for cell in above[0]]
    if filled == heads:
        return True
    first = row[0].text(text)
    if all(map(_pattern("signed").match, filled)):
        return False
    if len(filled) == 1:  # across all columns, or beside merged cells; else a paragraph that tabs indent
        return bool(first) or (width > 2 and not _pattern("ends").match(filled[0]))
    number = _pattern("number")
    if (
        first
        and not number.fullmatch(first)
        and any(number.fullmatch(one[0].text(text)) for one in above[1:2])
    ):
        return False  # of another table, as are other heads
    signed = _pattern("signed")
    dated = any(map(signed.match, filled)) and all(
        signed.match(words) or (len(words) <= _NAME and not _MARKS.search(words)) for words in filled
    )
    return not (dated or is_head(cells(text, row)))


def _signs(text: str, row: _Row, above: Sequence[_Row]) -> bool:
    """Whether a row after a blank line signs the report, all of it shorter than what the rows above say."""
    words = [cell.text(text) for cell in row]
    longest = max((len(cell.text(text)) for one in above[1:] for cell in one), default=0)
    return not any(map(_MARKS.search, words)) and max(map(len, words)) <= min(_NAME, longest // 2)


def _answers(text: str, rows: Sequence[_Row]) -> bool:
    """Whether a row gives two words at least to heads that count nothing."""
    told = {k for k, cell in enumerate(rows[0]) if not counts("".join(cell.text(text).split()))}
    return any(sum(k in told and cell.text(text) != "" for k, cell in enumerate(row)) > 1 for row in rows[1:])


# --- Markdown ---------------------------------------------------------------------------------------------


def _piped(text: str, line: re.Match[str]) -> Table | None:
    """Return the table of Markdown whose heads stand in a line."""
    under = _LINE.match(text, line.end())
    if under is None or not _DELIMITERS.fullmatch(under[1]):
        return None
    head = _between_pipes(text, *line.span(1))
    if len(head) != len(_between_pipes(text, *under.span(1))) or not is_head(cells(text, head)):
        return None
    rows, stop = [head], under.end(1)
    while (below := _LINE.match(text, under.end())) and below.end() > under.end():
        if "|" in below[1]:
            rows.append(_between_pipes(text, *below.span(1)))
            stop = below.end(1)
        elif not below[1].strip("\r") or below[1].strip("\r\x1f"):
            break
        under = below
    return Table(line.start(), stop, rows) if _answers(text, rows) else None


def _between_pipes(text: str, start: int, end: int) -> _Row:
    row = []
    line = _typed(text, start, end)
    at, end = line.start, line.end
    at += text.startswith("|", at)
    while at < end:
        stop = _reach(_PIPED, text, at, end)
        cell = _typed(text, at, stop)
        bold = _EMPHASIS.fullmatch(text, cell.start, cell.end)
        row.append(_typed(text, *(bold.span(2) if bold else (cell.start, cell.end)), _MARKED))
        at = stop + 1
    return row
