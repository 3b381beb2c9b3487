"""A text as its tables tell it: each cell of a table of problems in its own line, after its column's head.

The text as read stays what it is, tabs and all.  Beside it stands the text that a .docx of the same table
gives; what is found there has its place in the text as read by way of `Told.back`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from analyzer.reading.document import Document, Note

if TYPE_CHECKING:
    from analyzer.moving import Moved
    from analyzer.reading.typed_tables import Piece, Table, Typed


@dataclass(frozen=True, slots=True)
class Told:
    """A document as its tables tell it.

    Parameters
    ----------
    document : Document
    back : Moved
        From the places of its text to those of the document as read.
    """

    document: Document
    back: Moved


def told(document: Document) -> Told | None:
    """Return a document as its tables of problems tell it; None where its text has none."""
    moved = _moved(document.text, document.prose)
    if moved is None:
        return None
    paragraphs = tuple(
        each._replace(start=moved.start(each.start), end=moved.end(each.end)) for each in document.paragraphs
    )
    notes = tuple(_note(moved, note) for note in document.notes)
    return Told(
        replace(document, text=moved.text, paragraphs=paragraphs, notes=notes), moved.back(document.text)
    )


def told_text(text: str) -> Moved | None:
    """Return a text as its tables of problems tell it; None where it has none."""
    return _moved(text, text)


def _moved(text: str, prose: str) -> Moved | None:
    """Return a text told anew, its tables found in it without its notes."""
    if "\t" not in prose and "|" not in prose:
        return None
    from analyzer.moving import Moved  # only loaded, with all patterns of tables, where there may be one
    from analyzer.reading.typed_tables import tables

    pieces = [piece for table in tables(prose) for piece in _pieces(prose, table)]
    if not pieces:
        return None
    return Moved(
        text,
        [
            (piece.start, piece.end, piece.said + (text[piece.start : piece.end] if piece.kept else ""))
            for piece in pieces
        ],
    )


def _note(moved: Moved, note: Note) -> Note:
    hidden = note.hidden
    if hidden is not None:  # it may begin a cell, but not the words that are said before that
        low, high = moved.end(hidden[0] + 1) - 1, moved.end(hidden[1])
        hidden = (low, high) if high - low == hidden[1] - hidden[0] else None  # else not told at all
    return replace(note, start=moved.start(note.start), end=moved.end(note.end), hidden=hidden)


def _pieces(text: str, table: Table) -> Iterator[Piece]:
    """Yield what is told otherwise of a table, nothing where it is none of problems."""
    from analyzer.reading.ledgers import column_heads
    from analyzer.reading.typed_tables import cells

    heads, spoken = column_heads([[cells(text, row) for row in table.rows]])
    if heads:
        shown = (cell for cell in chain.from_iterable(table.rows) if cell.text(text))
        yield from _said(table, [cell for cell in shown if str(cell.start) not in spoken], heads)


def _said(table: Table, shown: Sequence[Typed], heads: Mapping[str, str]) -> Iterator[Piece]:
    """Yield what is told otherwise where these cells are told in lines of their own."""
    from analyzer.reading.typed_tables import Piece

    at = table.start
    for cell in shown:
        if at < cell.start:
            yield Piece(at, cell.start, "\n")
        inside = list(cell.inside)
        if head := heads.get(str(cell.start)):
            # Held together with the first character, so that what is found in the head alone is found there.
            first = Piece(cell.start, cell.start + 1, head, kept=True)
            if inside and inside[0].start == cell.start:
                first = inside.pop(0)._replace(said=head + cell.inside[0].said)
            inside.insert(0, first)
        yield from inside
        at = cell.end
    if at < table.end:
        yield Piece(at, table.end, "")
