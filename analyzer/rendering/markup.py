"""The report's own text as HTML, every mark in its place and not one character added or lost.

What is added for the eye (numbers of findings, labels of problems) stands in attributes, from which the
style sheet draws it; so the text of the page is the text of the report, also when it is copied.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from analyzer.rendering import labels, summary
from analyzer.rendering.places import LINE_BREAK, Places
from analyzer.rendering.segments import segments
from analyzer.result import Analysis, Result, SectionType

_HEADING = re.compile(r"\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、)[^。！？；]{1,32}\s*")
_SUBHEADING = re.compile(r"\s*[（(][一二三四五六七八九十]+[）)][^。！？；]{1,28}[。：]?\s*")
_SENTENCE_CLOSED = re.compile(r"[。！？；：”）〕】.!?;:]\s*$")
# A line of this length that stops within a sentence was broken by hand, not by its writer's meaning.
_FULL_LINE: Final = 15
# A finding on more than this is shown at its beginning; underlining a whole section would hide the rest.
_LONG: Final = 160
# Outermost first: what covers most comes first.
_KINDS: Final = ("problem", "remedy", "cause", "two-skins", "vague", "placeholder")
# Not allowed in HTML.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as the text shows it.

    Parameters
    ----------
    number : int
        Its number on the page.
    start, end : int
        Its stretch in code points.
    severity : str
        Decides the look of its number.
    label : str
        What a screen reader says of its number.
    """

    number: int
    start: int
    end: int
    severity: str
    label: str


def clean(text: str) -> str:
    """Return text with characters that HTML does not allow replaced, one for one."""
    return _UNFIT.sub("\ufffd", text)


def report(result: Result, places: Places, notes: Sequence[Note]) -> Markup:
    """Return the whole report with its sections, lines, marks and links.

    Parameters
    ----------
    result : Result
        The report.
    places : Places
        Its lines.
    notes : sequence of Note
        The findings, in the order of their numbers.

    Returns
    -------
    Markup
        ``<section>`` elements whose text is ``result.text`` with line feeds for breaks.  Each note has
        an element ``#at-NUMBER``; problem ``N`` has ``#problem-N-at``, its cause ``#cause-N-at`` and its
        measures ``#remedy-N-M-at``.
    """
    text = result.text
    spans: list[tuple[int, int, str | int]] = []
    before: defaultdict[int, list[str]] = defaultdict(list)
    after: defaultdict[int, list[str]] = defaultdict(list)
    for kind, start, end, label in _layers(result.analysis):
        start, end = _trim(text, start, end)
        spans.append((start, end, kind))
        if label is not None:
            before[start].append(label)
    for note in notes:
        start, end = _trim(text, note.start, note.end)
        if start == end or end - start > _LONG:
            before[start].append(_reference(note, places, start, end))
        else:
            spans.append((start, end, note.number))
            after[end].append(_reference(note, places, start, end))

    parts = _parts(result)
    page = _Page(places, parts, _looks(places, result))
    cuts = {*before, *after, *parts, *(cut for line in places.lines for cut in (line.start, line.end))}
    for segment in segments(len(text), spans, cuts):
        page.add(after.pop(segment.start, ()))
        page.turn_to(segment.start)
        page.add(before.pop(segment.start, ()))
        page.add([_marked(text[segment.start : segment.end], segment.marks)])
    page.turn_to(len(text))
    page.add([*after.pop(len(text), ()), *before.pop(len(text), ())])
    return page.close()


class _Page:
    """Sections and lines, opened and closed as the text goes on."""

    def __init__(self, places: Places, parts: dict[int, str], looks: Sequence[str]) -> None:
        self._places = places
        self._parts = parts
        self._looks = looks
        self._starts = {line.start for line in places.lines}
        self._out: list[str] = []
        self._in_part = self._in_line = False

    def add(self, pieces: Iterable[str]) -> None:
        """Add to the line that is open."""
        self._out.extend(pieces)

    def turn_to(self, position: int) -> None:
        """Close and open what ends and begins at ``position``."""
        if position in self._parts:
            self._end()
            self._out.append(self._parts[position])
            self._in_part = True
        if position in self._starts or not self._in_line:
            self._end_line()
            index = self._places.line_index(position)
            line = self._places.lines[index]
            look, begun = self._looks[index], "" if position == line.start else " joined"
            number = "" if begun or look == "blank" else line.number
            self._out.append(f'<p class="line {look}{begun}" data-line="{index}" data-n="{number}">')
            self._in_line = True

    def close(self) -> Markup:
        """Return all that was written."""
        self._end()
        return Markup("".join(self._out))  # noqa: S704 - put together of what is escaped or our own

    def _end(self) -> None:
        self._end_line()
        if self._in_part:
            self._out.append("</section>")
        self._in_part = False

    def _end_line(self) -> None:
        if self._in_line:
            self._out.append("</p>")
        self._in_line = False


def _layers(analysis: Analysis) -> Iterable[tuple[str, int, int, str | None]]:
    """Yield kind, stretch and label of everything that the analysis marks."""
    for order, problem in enumerate(analysis.problems, 1):
        yield (
            "problem",
            problem.start,
            problem.end,
            _link(f"problem-{order}", order, "problem", f"问题 {order}"),
        )
        if problem.cause.start is not None and problem.cause.end is not None:
            label = _link(f"cause-{order}", order, "cause", f"原因 {order}")
            yield "cause", problem.cause.start, problem.cause.end, label
        for measure, (start, end) in enumerate(problem.remedy.spans, 1):
            label = _link(f"remedy-{order}-{measure}", order, "remedy", f"措施 {order}")
            yield "remedy", start, end, label
    for mention in analysis.two_skins:
        stance = escape(labels.STANCE[mention.stance])
        label = f'<span class="chip two-skins" data-label="两张皮·{stance}"></span>'
        yield "two-skins", mention.start, mention.end, label
    for span in analysis.vague:
        yield "vague", span.start, span.end, None
    for span in analysis.placeholders:
        yield "placeholder", span.start, span.end, None


def _link(anchor: str, order: int, kind: str, label: str) -> str:
    attributes = f'id="{anchor}-at" href="#problem-{order}" data-label="{label}" aria-label="{label}"'
    return f'<a class="chip {kind}" {attributes}></a>'


def _reference(note: Note, places: Places, start: int, end: int) -> str:
    lines = (
        f"{places.line_index(start)}-{places.line_index(max(start, end - 1))}" if end - start > _LONG else ""
    )
    number, label = note.number, escape(note.label)
    attributes = f'href="#finding-{number}" data-n="{number}" data-lines="{lines}" aria-label="{label}"'
    return f'<a class="ref {note.severity}" id="at-{number}" {attributes}></a>'


def _parts(result: Result) -> dict[int, str]:
    """Return where each section begins on the page, and its opening tag.

    A section takes the blanks before it up to the line break, and those after it up to the next one.
    """
    parts: dict[int, str] = {}
    for order, share in enumerate(summary.shares(result), 1):
        section, part = share.section, escape(summary.percent(share.share))
        name = escape(labels.SECTION[section.type])
        start = _outside_break(result.text, section.start)
        while start and result.text[start - 1] in " \t\u3000":
            start -= 1
        start = 0 if order == 1 and not result.text[:start].strip() else start
        opening = (
            f'<section class="part {section.type.value}" id="section-{order}" aria-label="{name}，占 {part}">'
            f'<span class="band" aria-hidden="true"><i data-label="{name}" data-share="{part}"></i></span>'
        )
        # A section of blanks alone may begin where another does; it stays as an empty one.
        parts[start] = f"{parts[start]}</section>{opening}" if start in parts else opening
    return parts


def _looks(places: Places, result: Result) -> list[str]:
    """Return for each line how it is set: title, heading, subheading, body, blank, or as it was broken."""
    paragraph = "broken" if _hard_wrapped(places) else "body"
    looks = [_look(places.text[line.start : line.end], paragraph) for line in places.lines]
    for section in result.analysis.sections:
        first, last = places.line_index(section.start), places.line_index(max(section.start, section.end - 1))
        line = places.lines[first]
        if section.type is SectionType.TITLE:
            looks[first : last + 1] = [
                "title" if first == index else "byline" for index in range(first, last + 1)
            ]
        elif section.heading and len(places.text[line.start : line.end].strip()) <= len(section.heading) + 4:
            looks[first] = "heading"
    return looks


def _look(words: str, paragraph: str) -> str:
    if not words.strip():
        return "blank"
    if _HEADING.fullmatch(words):
        return "heading"
    if _SUBHEADING.fullmatch(words):
        return "subheading"
    return "indented" if words[0].isspace() and paragraph == "body" else paragraph


def _hard_wrapped(places: Places) -> bool:
    """Tell whether most lines were broken at a fixed width instead of at the end of a paragraph."""
    lines = [words for line in places.lines if (words := places.text[line.start : line.end]).strip()]
    cut = sum(len(words) >= _FULL_LINE and not _SENTENCE_CLOSED.search(words) for words in lines)
    return len(lines) > 4 and cut > len(lines) / 2


def _marked(text: str, marks: tuple[str | int, ...]) -> str:
    """Return one segment inside an element for each kind of mark, and one for the findings on it."""
    piece = str(escape(LINE_BREAK.sub("\n", text)))
    for kind in reversed(_KINDS):
        if kind in marks:
            piece = f'<span class="mark {kind}">{piece}</span>'
    numbers = " ".join(str(mark) for mark in marks if isinstance(mark, int))
    return f'<span class="noted" data-notes="{numbers}">{piece}</span>' if numbers else piece


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without white space at its ends; an empty one stays where it begins."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    words = text[start:end]
    if not words.strip():
        start = _outside_break(text, start)
        return start, start
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _outside_break(text: str, position: int) -> int:
    """Return ``position``, or the one before it where it would part a carriage return from its line feed."""
    return position - (text[max(0, position - 1) : position + 1] == "\r\n")
