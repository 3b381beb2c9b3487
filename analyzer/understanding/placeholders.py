"""Stand-ins: places where a fact, a name or a number was never filled in.

Patterns propose candidates, linear models judge them by their surroundings.  A number that went missing
without a mark (组织学习次) is judged by a second model over the places where a measure word stands bare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analyzer.language.layout import LOOSE_NUMBER
from analyzer.language.memory import by_line, each, rows, stretches
from analyzer.lexicons import lines, table
from analyzer.reading.document import blanked
from analyzer.understanding.encoder import Encoded, LazyGrams
from analyzer.understanding.linear import Block, Floats, LinearModel, prefixed
from analyzer.understanding.structure import Context

LONGEST = 16
LONGEST_HEAD = 3  # characters of a word before the measure word that it ends in
YES, NO = "yes", "no"
_LEXICON = "stand-ins.toml"
_WINDOW = 6
_SIDES = (
    "edge",
    "space",
    "digit",
    "numeral",
    "letter",
    "mark",
    "plus",
    "quote",
    "bracket",
    "stop",
    "han",
    "other",
)
_CASE_WINDOW = 6
_REACH = 30  # characters before and after a mark that say what it is
_LEAST = 0.5
_SURELY = 0.9  # of a lone number that went missing: reports that nobody filled in lack more than one
_STOP = re.compile("[。；！？\n]")
_NAMED_BEFORE = tuple("姓名人记长员：")
_ACROSS = ("empty", "instruction", "ellipsis")  # shapes that may go on beyond a line
_NUMBER = re.compile(LOOSE_NUMBER)
_SAID = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]")
_LATIN = "\u024f"  # the last letter with a mark; pinyin is written with them
_MASKED_COPY = 3  # so many 某县, 某镇, so many N次, N户 are masks; one alone is ordinary speech
_SEVERAL = ("sign",)  # shapes that count only where a text has so many


class StandIn(StrEnum):
    """What is missing."""

    DATA = "data"
    ENTITY = "entity"
    INSTRUCTION = "instruction"
    GAP = "gap"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A stand-in with the unit it measures; offsets into the repaired text, at most `LONGEST` apart."""

    start: int
    end: int
    kind: StandIn
    confidence: float


class Candidate(NamedTuple):
    """What may be a stand-in: ``form`` is the mark's kind or the pattern's name."""

    start: int
    end: int
    form: str


@dataclass(frozen=True)
class _Patterns:
    forms: tuple[str, ...]
    any_mark: str
    lead: re.Pattern[str]
    marks: re.Pattern[str]
    shapes: tuple[tuple[str, re.Pattern[str]], ...]
    named: tuple[re.Pattern[str], ...]
    masked_place: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    unit: re.Pattern[str]
    entity: re.Pattern[str]
    case: re.Pattern[str]
    proper: re.Pattern[str]
    gap: re.Pattern[str]
    bare: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lexicon = table(_LEXICON)
    marks: dict[str, str] = lexicon["marks"]
    shapes: dict[str, str] = lexicon["patterns"]
    any_mark = "".join(re.escape(chars) for chars in marks.values())
    unit, entity, gaps = lexicon["units"]["pattern"], lexicon["entities"]["pattern"], lexicon["gaps"]
    return _Patterns(
        (*marks, "certain", *shapes),
        any_mark,
        re.compile(f"[{any_mark}某]"),
        re.compile(
            "|".join(
                [
                    *(f"(?P<{name}>[{re.escape(chars)}]+)" for name, chars in marks.items()),
                    "(?P<certain>某{2,})",
                ]
            )
        ),
        tuple(
            (name, re.compile(pattern.replace("{unit}", unit), re.MULTILINE))
            for name, pattern in shapes.items()
        ),
        tuple(re.compile(pattern) for pattern in lexicon["named"]["patterns"]),
        re.compile(rf"某(?=(?:{entity})(?![民长]))(?<!某某)"),
        re.compile(r"(?:第|[A-Z]?[0-9][0-9.,]{0,6})$"),
        re.compile(
            rf"[0-9.,—－-]*(?:[{any_mark}][0-9.,—－{any_mark}-]*|[万千百十亿](?=[{any_mark}]))*[万千百十亿]?[余多]?"
        ),
        re.compile(rf"\s?(?:{unit})"),
        re.compile(rf"[一-鿿]{{0,5}}?(?:{entity})"),
        re.compile(lexicon["cases"]["after"]),
        re.compile(lexicon["cases"]["proper"]),
        re.compile(rf"(?:{gaps['unit']})(?=[，。；、]|$)", re.MULTILINE),
        re.compile(rf"[\u4e00-\u9fff](?<![{gaps['before']}])"),
    )


def candidates(text: str) -> list[Candidate]:
    """Return what may be a marked stand-in, in order of place; names that own a mark are left out."""
    known = _patterns()
    spans: dict[str, list[tuple[int, int]]] = {form: [] for form, _ in known.shapes}
    found = []
    for begin, some in by_line("stand-ins", text, _in_line):
        for one in some:
            span = begin + one.start, begin + one.end
            if one.form in spans:
                spans[one.form].append(span)
            else:
                found.append(Candidate(*span, one.form))
    for form, pattern in known.shapes:
        if form in _ACROSS:
            spans[form] = [match.span() for match in pattern.finditer(text)]
        if form not in _SEVERAL or len(spans[form]) >= _MASKED_COPY:
            found += [Candidate(*span, form) for span in spans[form]]
    certain = [match.span() for match in known.masked_place.finditer(text)]
    if len(certain) >= _MASKED_COPY:
        found += [Candidate(start, end, "certain") for start, end in certain]
    found = [one for one in found if one.form != "latin" or not _inside_word(text, one.start, one.end)]
    owned = _owned(text, found)
    free = [one for one in found if not any(start < one.end and one.start < end for start, end in owned)]
    return sorted(free, key=lambda one: (one.start, -one.end))


def unfilled(text: str) -> bool:
    """Whether a stretch asks to be filled in, and holds nothing else but numbers of items and stops."""
    marks = [(mark.start, mark.end) for mark in candidates(text)]
    return bool(marks) and not _SAID.search(_NUMBER.sub("", blanked(text, marks, " ")))


def _in_line(text: str) -> list[Candidate]:
    """Return the marks of a text, and the shapes that stay within a line."""
    shapes = [shape for shape in _patterns().shapes if shape[0] not in _ACROSS]
    within = (Candidate(*match.span(), form) for form, pattern in shapes for match in pattern.finditer(text))
    return [*_marks(text), *within]


def _marks(text: str) -> Iterator[Candidate]:
    """Yield the marks; one set of characters is found faster than any of several groups."""
    known, stop = _patterns(), 0
    for lead in known.lead.finditer(text):
        if lead.start() >= stop and (match := known.marks.match(text, lead.start())):
            stop = match.end()
            yield Candidate(*match.span(), str(match.lastgroup))


def _owned(text: str, found: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Return the marks that belong to a name, in the lines that have candidates."""
    places = {(text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)) for one in found}
    parts = [text[start : end if end >= 0 else len(text)] for start, end in places]
    owned = each("owned marks", parts, lambda some: (_owned_in(parts[place]) for place in some))
    return [
        (begin + start, begin + end)
        for (begin, _), marks in zip(places, owned, strict=True)
        for start, end in marks
    ]


def _owned_in(line: str) -> list[tuple[int, int]]:
    return [
        match.span(group)
        for pattern in _patterns().named
        for match in pattern.finditer(line)
        for group in (range(1, pattern.groups + 1) if pattern.groups else (0,))
    ]


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether an x stands in a Latin word; a count right after an abbreviation (DRXX台) does not."""
    left, right = text[max(0, start - 1) : start], text[end : end + 1]
    if right.isalpha() and right <= _LATIN:
        return True
    if not (left.isalpha() and left <= _LATIN):
        return False
    return not (left.isupper() and _patterns().unit.match(text, end))


def bare_measures(text: str) -> list[tuple[int, int]]:
    """Return the measure words at the end of a clause that no number precedes and that end no word."""
    return stretches("bare measures", text, _bare_measures)


def _bare_measures(text: str) -> list[tuple[int, int]]:
    known = _patterns()
    spans = [match.span() for match in known.gap.finditer(text)]
    return [
        (start, end)
        for start, end in spans
        if start > 0 and known.bare.match(text, start - 1) and not _ends_word(text, start, end)
    ]


@cache
def _ending_words() -> frozenset[str]:
    # A list of its own: the segmenter would take 0.2 s to load.
    return frozenset(lines("measure-endings.txt"))


def _ends_word(text: str, start: int, end: int) -> bool:
    heads = range(1, min(LONGEST_HEAD, start) + 1)
    return any(text[start - length : end] in _ending_words() for length in heads)


def _side(text: str, position: int) -> int:
    """Return the index in `_SIDES` of the character at a position."""
    if not 0 <= position < len(text) or text[position] == "\n":
        return 0
    return _SIDES.index(_class_of(text[position]))


@cache
def _class_of(char: str) -> str:
    if re.match(f"[{_patterns().any_mark}]", char):
        return "mark"
    classes = (
        ("space", char.isspace()),
        ("digit", char.isdigit()),
        ("numeral", char in "一二三四五六七八九零十百千万亿"),
        ("letter", char.isascii() and char.isalpha()),
        ("plus", char in "+＋"),
        ("quote", char in "“”‘’《》"),
        ("bracket", char in "（）()【】〔〕〖〗[]"),
        ("stop", char in "，。；：、！？|｜"),
        ("han", "\u4e00" <= char <= "\u9fff"),
    )
    return next((name for name, holds in classes if holds), "other")


def _around(before: str, after: str) -> str:
    """Return what the sentence says of what stands before and after a place."""
    return _STOP.split(before)[-1] + _STOP.split(after, maxsplit=1)[0]


def mark_columns(text: str, found: Sequence[Candidate]) -> Floats:
    """Return the dense columns of candidates, shape (n_candidates, n_columns).

    The mark's form, and by form its length, what stands on either side, and whether a unit or a name's
    ending follows, whether it fills its line, and how many candidates the text has.
    """
    known = _patterns()
    said = []
    for one in found:
        line_start, line_end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)
        line = text[line_start : line_end if line_end >= 0 else len(text)].strip()
        before, after = text[max(0, one.start - _REACH) : one.start], text[one.end : one.end + _REACH]
        said.append((before, text[one.start : one.end], after, len(line)))
    own = rows("marks", said, lambda some: _mark_columns([said[place] for place in some]))
    own = np.hstack([own, np.full((len(said), 1), np.log1p(len(said)) / 4, dtype=np.float32)])
    every = np.arange(len(said))
    columns = np.zeros((len(said), len(known.forms) + 1, own.shape[1]), dtype=np.float32)
    columns[:, 0] = own
    columns[every, [known.forms.index(one.form) + 1 for one in found]] = own
    return columns.reshape(len(said), -1)


def _mark_columns(said: Sequence[tuple[str, str, str, int]]) -> Floats:
    """Return the columns of marks: (what stands before, mark, what stands after, length of the line)."""
    known, sides = _patterns(), len(_SIDES)
    columns = np.zeros((len(said), 4 + 2 * sides + 9), dtype=np.float32)
    for row, (before, mark, after, length) in zip(columns, said, strict=True):
        text, start, end = before + mark + after, len(before), len(before + mark)
        row[min(len(mark), 4) - 1] = 1
        row[4 + _side(text, start - 1)] = 1
        row[4 + sides + _side(text, end)] = 1
        row[4 + 2 * sides :] = (
            1,
            known.unit.match(text, end) is not None,
            known.entity.match(text, end) is not None,
            length == len(mark),
            length <= 24,
            mark.islower(),
            "名" in mark or "额" in mark,
            before[-3:].rstrip().endswith(_NAMED_BEFORE),
            known.proper.search(_around(before, after)) is not None,
        )
    return columns


def _windows(context: Context, spans: npt.NDArray[np.int32], width: int) -> list[Block]:
    """Return the characters before, after and around each span."""
    size = len(context.text)
    before = np.column_stack([np.maximum(spans[:, 0] - width, 0), spans[:, 0]])
    after = np.column_stack([spans[:, 1], np.minimum(spans[:, 1] + width, size)])
    around = np.column_stack([np.maximum(spans[:, 0] - 1, 0), np.minimum(spans[:, 1] + 2, size)])
    parts = np.concatenate([before, after, around]).astype(np.int32)
    grams, order = LazyGrams(Encoded(context.codes, parts)), np.arange(len(spans), dtype=np.int64)
    return [Block(grams, order + part * len(spans)) for part in range(3)]


def mark_blocks(context: Context, found: Sequence[Candidate]) -> list[Block]:
    """Return the n-grams that marked candidates are judged by: both sides, the mark, its sentence."""
    spans = np.array([(one.start, one.end) for one in found], dtype=np.int32).reshape(-1, 2)
    sentences = np.searchsorted(context.layout.sentences[:, 0], spans[:, 0], side="right") - 1
    return [*_windows(context, spans, _WINDOW), Block(context.short, sentences.astype(np.int64))]


def gap_blocks(context: Context, spans: Sequence[tuple[int, int]]) -> list[Block]:
    """Return the n-grams that bare measure words are judged by."""
    return _windows(context, np.array(spans, dtype=np.int32).reshape(-1, 2), 4)


def _extent(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """Return the stand-in with its digits and unit or ending, and whether it measures."""
    known = _patterns()
    if match := known.before.search(text, max(0, start - 8), start):
        start = match.start()
    if match := known.after.match(text, end):
        end = match.end()
    if match := known.unit.match(text, end):
        return start, match.end(), True
    if match := known.entity.match(text, end):
        return start, match.end(), False
    return start, end, any(char.isdigit() for char in text[start:end])


def _place(text: str, one: Candidate, confidence: float) -> Placeholder:
    known = _patterns()
    if one.form in ("instruction", "bare"):
        return Placeholder(one.start, min(one.end, one.start + LONGEST), StandIn.INSTRUCTION, confidence)
    start, end, measures = _extent(text, one.start, one.end)
    if known.case.search(text[one.end : one.end + _CASE_WINDOW]):
        kind = StandIn.CASE
    elif measures or one.form in ("date", "ellipsis"):
        kind = StandIn.DATA
    else:
        kind = StandIn.ENTITY
    if end - start > LONGEST:
        start, end = one.start, min(one.end, one.start + LONGEST)
    return Placeholder(start, end, kind, confidence)


def _merged(found: Sequence[Placeholder]) -> list[Placeholder]:
    """Join overlapping stand-ins that stay short enough together; else the surer one stays."""
    out: list[Placeholder] = []
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        if not out or out[-1].end <= one.start:
            out.append(one)
            continue
        last = out[-1]
        surer = max(last, one, key=lambda each: each.confidence)
        end = max(last.end, one.end)
        if end - last.start <= LONGEST:
            out[-1] = Placeholder(last.start, end, last.kind, surer.confidence)
        else:
            out[-1] = surer
    return out


@dataclass(frozen=True)
class PlaceholderModel:
    """Judges of marked candidates and of bare measure words.

    Parameters
    ----------
    marks, gaps : LinearModel
        Classes are ``no`` and ``yes``.
    """

    marks: LinearModel
    gaps: LinearModel

    def predict(self, context: Context, types: Sequence[str]) -> list[Placeholder]:
        """Return the stand-ins, in order of place.

        Parameters
        ----------
        context : Context
        types : sequence of str
            Not needed: a stand-in is one wherever it stands.
        """
        text, out = context.text, []
        if found := candidates(text):
            for one, sure in zip(found, self.judge_marks(context, found), strict=True):
                if sure >= _LEAST:
                    out.append(_place(text, one, float(sure)))
        if spans := bare_measures(text):
            for (start, end), sure in zip(spans, self.judge_gaps(context, spans), strict=True):
                if sure >= _LEAST:
                    out.append(Placeholder(start - 1, end, StandIn.GAP, float(sure)))
        if len(out) == 1 and out[0].kind is StandIn.GAP and out[0].confidence < _SURELY:
            return []
        return _merged(out)

    def judge_marks(self, context: Context, found: Sequence[Candidate]) -> Floats:
        """Return the probability of each marked candidate, shape (n,)."""
        blocks, columns = mark_blocks(context, found), mark_columns(context.text, found)
        return self.marks.chances(YES, blocks, columns)

    def judge_gaps(self, context: Context, spans: Sequence[tuple[int, int]]) -> Floats:
        """Return the probability of each bare measure word, shape (n,)."""
        columns = np.zeros((len(spans), 0), dtype=np.float32)
        return self.gaps.chances(YES, gap_blocks(context, spans), columns)

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return prefixed(marks=self.marks, gaps=self.gaps)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> PlaceholderModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        return cls(LinearModel.from_prefixed(arrays, "marks"), LinearModel.from_prefixed(arrays, "gaps"))
