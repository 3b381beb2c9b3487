"""The analyzer: read, understand, judge, score one report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analyzer.beside import Beside, beside_of
from analyzer.config import AUTO, DEFAULT, TRUSTS, Settings
from analyzer.keys import near
from analyzer.language import blank
from analyzer.language.laid_out import AnyDoc
from analyzer.lexicons import table
from analyzer.reading import Document, read, read_text
from analyzer.reading.document import Note, blanked
from analyzer.reading.limits import check_length
from analyzer.reading.telling import told
from analyzer.result import (
    NOT_A_REPORT,
    Abstained,
    Finding,
    Origin,
    Result,
    Scorecard,
    Source,
    Suppressed,
    UnusedSuppression,
)
from analyzer.rules.base import Family, Report
from analyzer.rules.catalogue import Judgement, catalogue, judge
from analyzer.rules.local.files import read_rules
from analyzer.rules.order import disorder, second_report
from analyzer.rules.places import unread
from analyzer.rules.reporting_year import reporting_year
from analyzer.rules.selection import chosen
from analyzer.rules.suppression import sift
from analyzer.rules.thresholds import Thresholds, adjusted
from analyzer.scoring.advice import advise
from analyzer.scoring.calibration import rubric
from analyzer.scoring.ledger import Ledger, ledger
from analyzer.scoring.rubric import Rubric
from analyzer.scoring.score import score, uncounted, unscored
from analyzer.understanding.analysis import analysis_of
from analyzer.understanding.genre import calls_itself_report
from analyzer.understanding.identity import identify
from analyzer.understanding.models import Models, load_models, versions
from analyzer.understanding.padding import find_padding
from analyzer.understanding.profile import Guess, guess
from analyzer.understanding.questions import answer_all


@dataclass(frozen=True, slots=True)
class _Judged:
    """A report with all that was found against it, before what is let stand is taken out."""

    report: Report
    guessed: Guess
    by: Rubric
    judgements: list[Judgement]
    abstained: Abstained | None


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
        self._understand = _understanding_with(models or load_models(), blank(*words))
        self._versions = versions() if models is None else {}
        chosen_by = self.settings
        self._all = (*catalogue(), *read_rules(chosen_by.rule_files, catalogue()))
        self._rules = chosen(chosen_by, self._all)
        self._trusts_reports = chosen_by.trust == TRUSTS[0]
        self._by_profile: dict[str, Thresholds] = {}
        # A mistake in the settings is told before the first report.
        self._thresholds(rubric(prices=self.settings.prices))

    def analyze(self, document: Document, beside: Beside | None = None) -> Result:
        """Return what is known of a document.

        Parameters
        ----------
        document : Document
        beside : Beside, optional
            What stands beside it: findings that somebody lets stand, gates that somebody lifts.
        """
        check_length(document.text)
        in_tables = told(document)
        if in_tables is None:
            return self._result(document, beside or Beside())
        from analyzer.moving import move  # loaded by then

        result: Result = move(self._result(in_tables.document, beside or Beside()), in_tables.back, str)
        return replace(result, text=document.text)

    def analyze_text(self, text: str) -> Result:
        """Return what is known of a text."""
        return self.analyze(read_text(text))

    def analyze_file(self, path: Path) -> Result:
        """Return what is known of a file.

        Raises
        ------
        ShupingError
            Where the file cannot be read, or is far too long for a report.
        """
        return self.analyze(read(path), beside_of(path, self.settings))

    def ledger(self, document: Document) -> tuple[Ledger, str] | None:
        """Return what a report loses before it is priced, and its profile; None where it is not scored."""
        check_length(document.text)
        in_tables = told(document)
        judged = self._judge(in_tables.document if in_tables else document)
        if judged.abstained is not None:
            return None
        return ledger(judged.report, judged.judgements, judged.by), judged.by.profile

    def _judge(self, document: Document) -> _Judged:
        prose = document.prose
        doc = self._understand(prose)
        if padding := find_padding(doc):
            prose = blanked(prose, (place for entry in padding for place in entry.places))
            doc = self._understand(prose)
        analysis = analysis_of(doc, prose)
        guessed = guess(doc._.draft)
        by = self._rubric(guessed)
        report = Report(
            replace(document, text=prose, notes=()),
            doc,
            analysis,
            self.settings.placeholders,
            self._thresholds(by),
            self.settings.units + self.settings.slogans,
            padding,
        )
        judgements = judge(report, (rule for rule in self._rules if rule.id not in by.off))
        abstained = _abstention(report, self._is_given() and by.trusts_choice)
        return _Judged(report, guessed, by, judgements, abstained)

    def _result(self, document: Document, beside: Beside) -> Result:
        judged = self._judge(document)
        report, by, judgements, abstained = judged.report, judged.by, judged.judgements, judged.abstained
        notes = document.notes if self._trusts_reports else ()
        sifted = sift(judgements, notes, beside.suppressions, document.prose, self._all)
        if abstained is None:
            findings, scorecard = self._score(report, judgements, sifted.kept, by, beside)
        else:
            findings, scorecard = unscored(report, sifted.kept), None
        if document.notes or report.padding:  # quotations are of the text as read
            findings = tuple(_quoting(document.text, finding) for finding in findings)
        return Result(
            source=_source(document, report),
            analyzer=self._about(by, judged.guessed),
            text=document.text,
            analysis=report.analysis,
            findings=findings,
            scorecard=scorecard,
            abstained=abstained,
            advice=advise(report, findings, scorecard) if scorecard else None,
            suppressed=tuple(
                Suppressed(
                    _quoting(document.text, uncounted(report, judgement)), said.reason, said.by, said.inside
                )
                for judgement, said in sifted.suppressed
            ),
            unused_suppressions=(
                *sifted.unused,
                *(_untrusted(note) for note in document.notes if not self._trusts_reports),
                *_idle_releases(beside, sifted.kept),
            ),
        )

    def _score(
        self, report: Report, judgements: list[Judgement], kept: list[Judgement], by: Rubric, beside: Beside
    ) -> tuple[tuple[Finding, ...], Scorecard]:
        """Score what is left of the judgements; the scorecard says what the others would have cost."""
        releases = dict(beside.releases)
        findings, card = score(report, kept, by, releases)
        if len(kept) < len(judgements):
            whole = score(report, judgements, by, releases)[1]
            spared = round(card.overall - whole.overall, 1)
            card = replace(card, suppressed=len(judgements) - len(kept), spared=spared)
        return findings, card

    def _is_given(self) -> bool:
        return self.settings.profile != AUTO

    def _rubric(self, guessed: Guess) -> Rubric:
        """Return the rubric asked for, else that of the kind the text surely is, else the default."""
        if self._is_given():
            return rubric(self.settings.profile, self.settings.prices)
        return rubric(guessed.id if guessed.sure else DEFAULT, self.settings.prices)

    def _thresholds(self, by: Rubric) -> Thresholds:
        """Return the thresholds of a profile, as the user has changed them."""
        if by.id not in self._by_profile:
            ids = [rule.id for rule in self._all]
            settings = self.settings
            self._by_profile[by.id] = adjusted(by.thresholds, settings.thresholds, ids, settings.path)
        return self._by_profile[by.id]

    def _about(self, by: Rubric, guessed: Guess) -> dict[str, Any]:
        about = {
            "version": _version(),
            "models": dict(self._versions),
            "rubric": by.id,
            "profile": self._profile(by, guessed),
            "placeholders": str(self.settings.placeholders),
            "backend": self.settings.backend,
        }
        return about if self.settings.path is None else {**about, "settings": self._changes()}

    def _profile(self, by: Rubric, guessed: Guess) -> dict[str, Any]:
        """Return which profile the report was judged by, who chose it, how surely, and why."""
        given = self._is_given()
        return {
            "id": by.profile,
            "name": by.name,
            "chosen": "given" if given else "detected" if guessed.sure else "default",
            "confidence": None if given else guessed.confidence,
            "why": [] if given or not guessed.sure else list(guessed.why),
            "note": by.note,
        }

    def _changes(self) -> dict[str, Any]:
        """Return what the settings file changes of the judging, so that a score can be told from others."""
        on = {rule.id for rule in self._rules}
        return {
            "path": str(self.settings.path),
            "off": [rule.id for rule in self._all if rule.id not in on],
            "severities": {name: str(severity) for name, severity in self.settings.severities},
            "thresholds": {".".join(names): value for names, value in self.settings.thresholds},
            "prices": str(self.settings.prices) if self.settings.prices else None,
            "own_rules": [rule.id for rule in self._all if rule.family is Family.LOCAL],
            "local_terms": len(self.settings.units) + len(self.settings.slogans),
        }


def _quoting(text: str, finding: Finding) -> Finding:
    return replace(finding, evidence=text[finding.start : finding.end])


def _untrusted(note: Note) -> UnusedSuppression:
    return UnusedSuppression("", note.words, note.place, "按设置，报告自带的免计不算数。")


def _idle_releases(beside: Beside, kept: list[Judgement]) -> Iterator[UnusedSuppression]:
    """Yield the releases of gates that are not closed."""
    if not beside.releases:
        return
    closed = {judgement.rule.id for judgement in kept if judgement.rule.family is Family.GATES}
    gates = [rule.id for rule in catalogue() if rule.family is Family.GATES]
    for gate, release in beside.releases:
        if gate not in closed:
            why = (
                "这份报告没有触及这个封顶条件，可以删去。"
                if gate in gates
                else f"没有 {gate} 这个封顶条件{near(gate, gates)}。"
            )
            yield UnusedSuppression(gate, release.reason, f"{release.by}的解除", why)


def _understanding_with(models: Models, words: Callable[[str], AnyDoc]) -> Callable[[str], AnyDoc]:
    """Return the whole pipeline; `components.understanding` is the same to spaCy, but slower to set up."""
    return lambda text: answer_all(models, words(text))


@cache
def _version() -> str:
    return version("shuping")


def _abstention(report: Report, vouched: bool) -> Abstained | None:
    """Return why the report cannot be scored, None where it can; `vouched` for by who chose its profile."""
    limits = table("abstention.toml")
    doc, analysis, size = report.doc, report.analysis, report.letters.all
    if size < limits["least_letters"]:
        if not vouched and not calls_itself_report(report.repaired.text):
            return Abstained(
                NOT_A_REPORT,
                f"正文只有 {size} 字，看上去也不是述职报告，只列出看到的问题，不打分。",
            )
        return Abstained(
            "too-short",
            f"正文只有 {size} 字{'（重复的部分不算）' if report.padding else ''}，不足以评判一篇述职报告，"
            "只列出看到的问题，不打分。",
        )
    if not vouched and doc._.draft.is_report < limits["least_report"]:
        return Abstained(
            NOT_A_REPORT,
            "这份材料看上去不是述职报告，只列出看到的问题，不打分；如确是述职报告，请人工评阅；"
            "如是民主生活会对照检查或个人述职，请选定口径后再评。",
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
    content = analysis.content
    if (
        content is not None
        and content.density >= limits["most_stock"]
        and content.specificity < limits["least_specific"]
    ):
        return Abstained(
            "only-slogans",
            "通篇是套话口号，没有可以核对的事，无从评判履职和问题，只列出看到的问题，不打分。",
        )
    if said := unread(report):
        return Abstained(
            "unread-problems",
            f"{said}，但程序没有认出是哪几个问题，没有把握评判问题和原因，只列出看到的问题，不打分；"
            "请人工评阅，或把问题单列一部分、逐条写明后再评。",
        )
    if heading := second_report(report):
        return Abstained(
            "several-reports",
            f"正文里像是有两篇报告，第二篇从“{heading}”前后起，放在一起评对哪一篇都不公平，"
            "只列出看到的问题，不打分；请分成两个文件后再评。",
        )
    if sign := disorder(report):
        return Abstained(
            "disorder",
            f"{sign}，段落的先后像是乱的，只列出看到的问题，不打分；请核对原稿的次序后再评。",
        )
    return None


def _source(document: Document, report: Report) -> Source:
    """Return where a report came from, and what it says itself of unit, author and year."""
    who, year = identify(report.document.text, report.repaired.text), reporting_year(report)
    said = {"unit": who.unit, "author": who.author, "year": year.year if year else None}
    return Source(
        str(document.path) if document.path else None,
        document.format,
        document.sha256,
        unit=who.unit,
        author=who.author,
        year=year.year if year else None,
        origins={name: Origin.REPORT for name, value in said.items() if value is not None},
    )
