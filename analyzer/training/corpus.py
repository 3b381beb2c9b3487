"""Annotated reports: text, Doc, and gold annotation mapped onto the units that models see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analyzer.errors import error
from analyzer.language import blank
from analyzer.language.laid_out import AnyDoc
from analyzer.training.sentences import split
from analyzer.understanding.linear import Ints
from analyzer.understanding.structure import Context, contextualise

AUTHORS = tuple(f"w{number}" for number in range(1, 46))
CORPORA = Path("corpora")


@dataclass(frozen=True, eq=False)
class GoldReport:
    """One annotated report, equal to itself alone, so that what is made of it can be kept by it.

    ``gold`` is the annotation as ANNOTATION.md defines it; its sentence numbers count `raw`, from 1.
    """

    id: str
    author: str
    text: str
    gold: dict[str, Any]

    @cached_property
    def doc(self) -> AnyDoc:
        """The repaired text with its layout."""
        return blank()(self.text)

    @cached_property
    def context(self) -> Context:
        """What the models see of the Doc."""
        return contextualise(self.doc)

    @cached_property
    def raw(self) -> list[tuple[int, int]]:
        """The annotation's sentences: code-point spans of `text`."""
        return [(start, end) for start, end, _ in split(self.text)]

    def source(self, spans: npt.NDArray[np.int32]) -> Ints:
        """Return where repaired spans, shape (n, 2), stand in `text`, shape (n, 2)."""
        offsets = self.doc._.repaired.offsets.astype(np.int64)
        return np.column_stack([offsets[spans[:, 0]], offsets[spans[:, 1] - 1] + 1])

    def raw_numbers(self, spans: npt.NDArray[np.int32]) -> tuple[Ints, Ints]:
        """Return the numbers (from 1) of the first and last raw sentence that each repaired span touches."""
        starts = np.array([start for start, _ in self.raw])
        source = self.source(spans)
        first = np.searchsorted(starts, source[:, 0], side="right")
        last = np.searchsorted(starts, source[:, 1] - 1, side="right")
        return np.maximum(first, 1), np.maximum(last, 1)

    @cached_property
    def sentence_numbers(self) -> tuple[Ints, Ints]:
        """`raw_numbers` of the layout's sentences."""
        return self.raw_numbers(self.context.layout.sentences)

    @cached_property
    def sentence_types(self) -> list[str]:
        """The gold section type of each of the layout's sentences."""
        return [kind for kind, _ in self._sentence_sections]

    @cached_property
    def sentence_tags(self) -> list[str]:
        """The gold type of each of the layout's sentences, ``B-`` where its section begins, else ``I-``."""
        tags, seen = [], -1
        for kind, number in self._sentence_sections:
            tags.append(f"{'B' if number != seen else 'I'}-{kind}")
            seen = number
        return tags

    @cached_property
    def _sentence_sections(self) -> list[tuple[str, int]]:
        owner = [
            (section["type"], number)
            for number, section in enumerate(self.gold["sections"])
            for _ in range(section["first"], section["last"] + 1)
        ]
        return [owner[first - 1] for first in self.sentence_numbers[0]]

    def quote_span(self, sentence: int, quote: str, nth: int = 1) -> tuple[int, int] | None:
        """Return the span in `text` of a quote's nth occurrence in a raw sentence; None where absent."""
        start, end = self.raw[sentence - 1]
        at = start - 1
        for _ in range(nth):
            at = self.text.find(quote, at + 1, end)
            if at < 0:
                return None
        return at, at + len(quote)


def read_text(path: Path) -> str:
    """Return an annotated report's text exactly as the annotation counts it."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return handle.read()


def load(folder: Path) -> Iterator[GoldReport]:
    """Yield the annotated reports of a folder, by name.

    Raises
    ------
    ShupingError
        Code ``gold`` where an annotation or its text cannot be read.
    """
    for path in sorted(folder.glob("*.json")):
        yield load_annotation(path, path.with_suffix(".txt"))


def load_annotation(path: Path, text: Path) -> GoldReport:
    """Return one annotated report; its author is the name of the annotation's folder.

    Raises
    ------
    ShupingError
        Code ``gold`` where the annotation or its text cannot be read.
    """
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        return GoldReport(gold["id"], path.parent.name, read_text(text), gold)
    except (OSError, ValueError, KeyError) as reason:
        raise error("gold", path, detail=repr(reason)) from reason


def corpus(root: Path = CORPORA) -> list[GoldReport]:
    """Return the annotated reports of all authors."""
    return [report for author in AUTHORS for report in load(root / author)]


def unmarked(line: str) -> tuple[str, list[bool]]:
    """Return a line of examples without its ⟦ and ⟧, and whether each character stands between them."""
    text, inside, between = "", [], False
    for char in line:
        if char in "⟦⟧":
            between = char == "⟦"
        else:
            text += char
            inside.append(between)
    return text, inside


def negatives(root: Path = CORPORA) -> list[str]:
    """Return the texts of the documents that are no duty reports."""
    return [read_text(path) for path in sorted((root / "negatives").glob("*.txt"))]
