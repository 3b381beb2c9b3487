"""What is done for a request, in a process apart from the server's: text or file in, finished answer out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from analyzer.batch.engine import analyzer_for
from analyzer.batch.isolation import Bounds
from analyzer.collecting import keep_remembered
from analyzer.config import Settings
from analyzer.errors import error
from analyzer.language.memory import remember
from analyzer.reading import Document, Limits, read_bytes, read_text
from analyzer.reading.document import Note
from analyzer.reading.notes import taken_out
from analyzer.rendering.json import escaped, render_jsonl
from analyzer.result import Result
from analyzer.rules.catalogue import catalogue
from analyzer.web.view import view

# A real report has some 4,000 characters; a book is no duty report.
MOST_CHARACTERS: Final = 200_000
MOST_SAID: Final = f"{MOST_CHARACTERS // 10_000} 万字"
LARGEST_FILE: Final = 20 << 20
_LIMITS: Final = replace(
    Limits(), file_bytes=LARGEST_FILE, text_bytes=4 * MOST_CHARACTERS, lines=20_000, pages=200
)
# What a report may take, sent alone or in a batch.
BOUNDS: Final = Bounds(seconds=60.0, megabytes=1024)


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for.

    Parameters
    ----------
    settings : Settings
    form : str
        ``json``, ``html``, ``docx`` or, for the page, ``view``.
    text : str or None
        A text, or
    data : bytes
        a file of the name `name`.
    scorecard : bool
        Whether a ``docx`` ends with a page that has the scorecard.
    noted : str
        The file's text as the page has it, with notes that let findings stand; empty where it has none.
    """

    settings: Settings
    form: str
    text: str | None = None
    data: bytes = b""
    name: str = ""
    scorecard: bool = False
    noted: str = ""


def warm(settings: Settings) -> None:
    """Load what every job needs; a draft comes again after every edit, so what is found is remembered.

    What the rules are shown to fire at is read once, for a process compiles each pattern when it first looks
    for it: else who comes first would wait for all of them.
    """
    examples = "\n".join(rule.must_fire[0].text for rule in catalogue())
    analyzer_for(settings).analyze_text(examples)
    remember()


def do(job: Job) -> bytes:
    """Return the answer to a request.

    Raises
    ------
    ShupingError
        Where the text or file cannot be analysed.
    """
    document = _document(job)
    if job.form == "view" and "\r" in document.text:
        # The editor of a browser knows line feeds only, and counts by them.
        document = read_text(document.text.replace("\r\n", "\n").replace("\r", "\n"), _LIMITS)
    if len(document.text) > MOST_CHARACTERS:
        raise error("too-large", found=f"{len(document.text)} 字", limit=MOST_SAID)
    notes = _notes(job, document)
    result = analyzer_for(job.settings).analyze(replace(document, notes=document.notes + notes))
    return _FORMS[job.form](result, job, notes)


def answer(job: Job) -> bytes:
    """Return what `do` returns, in a process that does nothing else."""
    made = do(job)
    keep_remembered()
    return made


def _document(job: Job) -> Document:
    return read_bytes(job.data, job.name, _LIMITS) if job.text is None else read_text(job.text, _LIMITS)


def _notes(job: Job, document: Document) -> tuple[Note, ...]:
    """Return the notes that a file's text has got on the page, where they are in the text of the file."""
    if not job.noted:
        return ()
    text, notes = taken_out(read_text(job.noted, _LIMITS))
    if text != document.text:
        raise error("request", detail="正文与文件不同")
    return notes


def _as_json(result: Result, *_: object) -> bytes:
    return next(render_jsonl([result])).encode()


def _as_view(result: Result, job: Job, _: object) -> bytes:
    shown = view(result)
    if job.data:
        shown |= {"text": result.text}
    return escaped(json.dumps(shown, ensure_ascii=False, allow_nan=False)).encode()


def _as_html(result: Result, *_: object) -> bytes:
    from analyzer.rendering.html import render_html

    return render_html(result).encode()


def _as_docx(result: Result, job: Job, notes: tuple[Note, ...]) -> bytes:
    from analyzer.rendering.docx import annotate, render_docx

    if result.source.format == "docx":
        return annotate(job.data, result, notes, scorecard=job.scorecard)
    return render_docx(result, scorecard=job.scorecard)


_FORMS: Final[dict[str, Callable[[Result, Job, tuple[Note, ...]], bytes]]] = {
    "json": _as_json,
    "view": _as_view,
    "html": _as_html,
    "docx": _as_docx,
}
