"""The analyzer: read, understand, judge, score one report."""

from __future__ import annotations

import analyzer.language.lean  # noqa: F401 - before anything else of spaCy

# isort: split
import re
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from analyzer.config import AUTO, Settings
from analyzer.language import blank
from analyzer.lexicons import table
from analyzer.reading import Document, read, read_text
from analyzer.result import Abstained, Analysis, Result, Source
from analyzer.rules.base import Report
from analyzer.rules.catalogue import catalogue, judge
from analyzer.rules.places import letters
from analyzer.scoring.advice import advise
from analyzer.scoring.rubric import Rubric, rubric
from analyzer.scoring.score import score, unscored
from analyzer.understanding.analysis import analysis_of
from analyzer.understanding.components import answer_all, understanding
from analyzer.understanding.models import Models, versions
from analyzer.understanding.profile import Guess, guess

_YEAR = re.compile(r"(20\d{2})年?(?:度|上半年|抓|述|履|党|基层|个人|工作)")
_HEAD = 400  # characters in which a report says its year


class Analyzer:
    """Scores reports under one set of settings.

    Parameters
    ----------
    settings : Settings, optional
        Defaults where left out.
    models : Models, optional
        Other models than the shipped ones, such as those of cross-validation.
    """

    def __init__(self, settings: Settings | None = None, models: Models | None = None) -> None:
        self.settings = settings or Settings()
        words = self.settings.backend, self.settings.hanlp_model
        self._understand = (
            understanding(*words) if models is None else _understanding_with(models, blank(*words))
        )
        self._versions = versions() if models is None else {}

    def analyze(self, document: Document) -> Result:
        """Return what is known of a document."""
        return self._result(document, self._understand(document.text))

    def analyze_text(self, text: str) -> Result:
        """Return what is known of a text."""
        return self.analyze(read_text(text))

    def analyze_file(self, path: Path) -> Result:
        """Return what is known of a file.

        Raises
        ------
        ShupingError
            Where the file cannot be read.
        """
        return self.analyze(read(path))

    def _result(self, document: Document, doc: Doc) -> Result:
        analysis = analysis_of(doc, document.text)
        guessed = guess(doc._.draft)
        by = self._rubric(guessed)
        report = Report(document, doc, analysis, self.settings.placeholders, by.thresholds)
        judgements = judge(report, (rule for rule in catalogue() if rule.id not in by.off))
        abstained = _abstention(document, doc, analysis, self._is_given() and by.trusts_choice)
        if abstained is None:
            findings, scorecard = score(report, judgements, by)
        else:
            findings, scorecard = unscored(report, judgements), None
        return Result(
            source=Source(
                str(document.path) if document.path else None,
                document.format,
                document.sha256,
                year=_year(document.text),
            ),
            analyzer=self._about(by, guessed),
            text=document.text,
            analysis=analysis,
            findings=findings,
            scorecard=scorecard,
            abstained=abstained,
            advice=advise(report, findings, scorecard) if scorecard else None,
        )

    def _is_given(self) -> bool:
        return self.settings.profile != AUTO

    def _rubric(self, guessed: Guess) -> Rubric:
        """Return the rubric asked for, else that of the kind the text surely is, else the default."""
        if self._is_given():
            return rubric(self.settings.profile)
        return rubric(guessed.id) if guessed.sure else rubric()

    def _about(self, by: Rubric, guessed: Guess) -> dict[str, Any]:
        return {
            "version": _version(),
            "models": dict(self._versions),
            "rubric": by.id,
            "profile": self._profile(by, guessed),
            "placeholders": str(self.settings.placeholders),
            "backend": self.settings.backend,
        }

    def _profile(self, by: Rubric, guessed: Guess) -> dict[str, Any]:
        """Return which profile the report was judged by, who chose it, how surely, and why."""
        given = self._is_given()
        return {
            "id": by.id.split("/")[0],
            "name": by.name,
            "chosen": "given" if given else "detected" if guessed.sure else "default",
            "confidence": None if given else guessed.confidence,
            "why": [] if given or not guessed.sure else list(guessed.why),
            "note": by.note,
        }


def _understanding_with(models: Models, words: Callable[[str], Doc]) -> Callable[[str], Doc]:
    return lambda text: answer_all(models, words(text))


@cache
def _version() -> str:
    return version("shuping")


def _abstention(document: Document, doc: Doc, analysis: Analysis, vouched: bool) -> Abstained | None:
    """Return why the report cannot be scored, None where it can; `vouched` for by who chose its profile."""
    limits = table("abstention.toml")
    size = letters(document.text)
    if size < limits["least_letters"]:
        return Abstained(
            "too-short", f"正文只有 {size} 字，不足以评判一篇述职报告，只列出看到的问题，不打分。"
        )
    if not vouched and doc._.draft.is_report < limits["least_report"]:
        return Abstained(
            "not-a-report",
            "这份材料看上去不是述职报告，只列出看到的问题，不打分；如确是述职报告，请人工评阅；"
            "如是民主生活会对照检查或个人述职，可用 --profile 指明后再评。",
        )
    total = sum(section.end - section.start for section in analysis.sections) or 1
    certainty = (
        sum(section.confidence * (section.end - section.start) for section in analysis.sections) / total
    )
    if certainty < limits["least_certainty"]:
        return Abstained(
            "uncertain-sections",
            "各部分的界限不清，程序没有把握分清履职、问题与打算，只列出看到的问题，不打分。",
        )
    return None


def _year(text: str) -> int | None:
    """Return the year that the report's head names, None where it names none."""
    found = _YEAR.search(text[:_HEAD])
    return int(found.group(1)) if found else None
