"""How well the analyzer answers each question, held against annotated reports.

Each question turns one report and its result into pairs (gold, predicted); the pairs of many reports add
up to a `Tally`, and every figure is read off it.  So any set of reports, such as one author's or a
resampled corpus, is measured without looking at a report twice.  Reliability of confidences is counted
the same way, as pairs (confidence, whether right).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.errors import ShupingError, error
from analyzer.result import CauseStatus, Dimension, RemedyStatus, Severity, Siloed, Stance
from analyzer.training.agreement import (
    Agreement,
    adjacent,
    exact,
    f1,
    hits,
    macro_f1,
    mean_difference,
    mean_error,
    precision,
    qwk,
    ratio,
    recall,
    spearman,
    standardised_difference,
    total_hits,
)
from analyzer.training.corpus import GoldReport, load

if TYPE_CHECKING:
    from analyzer.pipeline import Analyzer

Figures = dict[str, float | int | None]
Row = tuple[str, Any, Any]  # table, gold, predicted
Tally = defaultdict[str, Agreement]

STANDARD = ("duties", "problems", "plans")
CONFIDENCES = ("sections", "problems", "causes", "remedies", "two_skins", "placeholders", "vague")
COARSE = {
    "title": "front",
    "preface": "front",
    "duties": "duties",
    "rectification": "duties",
    "problems": "problems",
    "causes": "problems",
    "plans": "plans",
    "closing": "closing",
}
_GRADES = ("D", "C", "B", "A")
_BEST_GRADE = "A"
_LEVELS = range(6)
_LONGEST_STAND_IN = 16  # characters; 20XX年X月X日 with its unit is 12
_LEAST_OVERLAP = 0.5  # Jaccard index of sentences from which a found problem is the annotated one


def tally(report: GoldReport, result: Mapping[str, Any] | None) -> Tally:
    """Return the counts of one report.

    Parameters
    ----------
    report : GoldReport
    result : mapping or None
        As `Result.to_dict` gives it, offsets into ``report.text``; None counts as nothing found.

    Raises
    ------
    ShupingError
        Code ``gold`` where a quote of the annotation is not in its sentence.
    """
    analysis = result["analysis"] if result else {}
    sentences = _Sentences(report)
    counts: Tally = defaultdict(Agreement)
    for question in (_sections, _problems, _two_skins, _placeholders, _vagueness):
        _count(counts, question(report, sentences, analysis))
    _count(counts, _judgement(report, result))
    return counts


def tally_of_negative(result: Mapping[str, Any]) -> Tally:
    """Return the counts of a document that is no duty report."""
    counts: Tally = defaultdict(Agreement)
    _count(counts, [("verdict", "negative", _verdict(result))])
    return counts


def combine(tallies: Iterable[Tally]) -> Tally:
    """Return the counts of all reports together."""
    together: Tally = defaultdict(Agreement)
    for counts in tallies:
        for name, pairs in counts.items():
            together[name].update(pairs)
    return together


def _count(counts: Tally, rows: Iterable[Row]) -> None:
    for name, gold, predicted in rows:
        counts[name][gold, predicted] += 1


class _Sentences:
    """The annotation's sentences, found by offset; numbers start at 1."""

    def __init__(self, report: GoldReport) -> None:
        self.starts = [start for start, _ in report.raw]
        self.ends = [end for _, end in report.raw]

    def touched(self, span: Mapping[str, Any]) -> range:
        """Return the numbers of the sentences that a span of the result touches."""
        first, stop = bisect_right(self.ends, span["start"]), bisect_left(self.starts, span["end"])
        return range(first + 1, stop + 1)


def _quoted(report: GoldReport, sentence: int, quote: str, nth: int = 1) -> tuple[int, int]:
    span = report.quote_span(sentence, quote, nth)
    if span is None:
        raise error("gold", Path(f"{report.id}.json"), detail=f"第 {sentence} 句里没有“{quote}”")
    return span


def _sections(report: GoldReport, sentences: _Sentences, analysis: Mapping[str, Any]) -> Iterator[Row]:
    truth: dict[int, str] = {}
    guess: dict[int, Mapping[str, Any]] = {}
    starts_truth: dict[str, int] = {}
    starts_guess: dict[str, int] = {}
    for section in report.gold["sections"]:
        starts_truth.setdefault(COARSE[section["type"]], section["first"])
        truth.update(dict.fromkeys(range(section["first"], section["last"] + 1), section["type"]))
    for section in sorted(analysis.get("sections", []), key=lambda each: each["start"]):
        for number in sentences.touched(section):
            guess[number] = section
            starts_guess.setdefault(COARSE[section["type"]], number)
    for number, kind in truth.items():
        found = guess.get(number)
        yield "sections", COARSE[kind], COARSE[found["type"]] if found else None
        if found:
            yield "confidence_sections", found["confidence"], found["type"] == kind
    for kind in STANDARD:
        yield "starts", starts_truth.get(kind), starts_guess.get(kind)
    yield "all_starts", True, all(starts_truth.get(kind) == starts_guess.get(kind) for kind in STANDARD)


def _problems(report: GoldReport, sentences: _Sentences, analysis: Mapping[str, Any]) -> Iterator[Row]:
    gold, guess = report.gold["problems"], analysis.get("problems", [])
    matched = pair_up(
        [set(range(problem["first"], problem["last"] + 1)) for problem in gold],
        [set(sentences.touched(problem)) for problem in guess],
    )
    for i, problem in enumerate(gold):
        lacking = _flag(problem["cause"] != CauseStatus.EXPLICIT)
        if i not in matched:
            yield "items", True, None
            yield "no_cause", lacking, None
            continue
        found = guess[matched[i]]
        cause, remedy = found["cause"], found["remedy"]
        yield "items", True, True
        yield "no_cause", lacking, _flag(cause["status"] != CauseStatus.EXPLICIT)
        yield "cause", problem["cause"], cause["status"]
        yield "remedy", problem["remedy"], remedy["status"]
        yield "confidence_causes", cause["confidence"], cause["status"] == problem["cause"]
        yield "confidence_remedies", remedy["confidence"], remedy["status"] == problem["remedy"]
        if problem["cause"] != CauseStatus.NONE:
            yield "cause_kind", problem["cause_kind"], cause["kind"]
            if cause["start"] is not None:
                yield "cause_span", True, _is_quoted_cause(report, problem, cause)
    for j, found in enumerate(guess):
        known = j in matched.values()
        yield "confidence_problems", found["confidence"], known
        if not known:
            yield "items", None, True
            yield "no_cause", None, _flag(found["cause"]["status"] != CauseStatus.EXPLICIT)


def _flag(raised: bool) -> bool | None:
    """Return True or nothing, so that only what is raised counts as found, invented or missed."""
    return True if raised else None


def pair_up(gold: list[set[int]], guess: list[set[int]]) -> dict[int, int]:
    """Return which guess is which gold problem, the likest first."""
    likeness = sorted(
        ((ratio(len(a & b), len(a | b)), i, j) for i, a in enumerate(gold) for j, b in enumerate(guess)),
        reverse=True,
    )
    matched: dict[int, int] = {}
    for overlap, i, j in likeness:
        if overlap >= _LEAST_OVERLAP and i not in matched and j not in matched.values():
            matched[i] = j
    return matched


def _is_quoted_cause(report: GoldReport, problem: Mapping[str, Any], cause: Mapping[str, Any]) -> bool:
    """Whether the place given for a cause touches the annotated wording."""
    spans = (report.quote_span(sentence, problem["cause_quote"]) for sentence in problem["cause_sents"])
    return any(span and span[0] < cause["end"] and cause["start"] < span[1] for span in spans)


def _two_skins(report: GoldReport, sentences: _Sentences, analysis: Mapping[str, Any]) -> Iterator[Row]:
    guess = analysis.get("two_skins", [])
    places = [sentences.touched(mention) for mention in guess]
    left = list(range(len(guess)))
    for mention in report.gold["two_skins"]:
        here = [k for k in left if mention["sent"] in places[k]]
        found = next((k for k in here if guess[k]["stance"] == mention["stance"]), here[0] if here else None)
        if found is None:
            yield "stance", mention["stance"], None
            continue
        left.remove(found)
        stance = guess[found]["stance"]
        yield "stance", mention["stance"], stance
        yield "confidence_two_skins", guess[found]["confidence"], stance == mention["stance"]
    for k in left:
        yield "stance", None, guess[k]["stance"]
        yield "confidence_two_skins", guess[k]["confidence"], False
    if analysis.get("siloed") is not None:
        yield "siloed", report.gold["siloed"], analysis["siloed"]


def _placeholders(report: GoldReport, sentences: _Sentences, analysis: Mapping[str, Any]) -> Iterator[Row]:
    """Count stand-ins; any short guess that touches one finds it, as a date may be marked in parts."""
    gold = [
        _quoted(report, item["sent"], item["quote"], item.get("nth", 1))
        for item in report.gold["placeholders"]
    ]
    guess = analysis.get("placeholders", [])
    short = [each for each in guess if each["end"] - each["start"] <= _LONGEST_STAND_IN]
    for start, end in gold:
        yield "placeholders", True, _flag(any(each["start"] < end and start < each["end"] for each in short))
    for each in guess:
        touches = any(each["start"] < end and start < each["end"] for start, end in gold)
        right = touches and each in short
        yield "confidence_placeholders", each["confidence"], right
        if not right:
            yield "placeholders", None, True


def _vagueness(report: GoldReport, sentences: _Sentences, analysis: Mapping[str, Any]) -> Iterator[Row]:
    truth, guess = set(report.gold["vague"]), set()
    for claim in analysis.get("vague", []):
        where = set(sentences.touched(claim))
        guess |= where
        yield "confidence_vague", claim["confidence"], not where.isdisjoint(truth)
    for number in truth | guess:
        yield "vague", _flag(number in truth), _flag(number in guess)


def _judgement(report: GoldReport, result: Mapping[str, Any] | None) -> Iterator[Row]:
    gold = report.gold
    yield "verdict", "report", _verdict(result)
    if result is None:
        return
    if gold["grade"] == _BEST_GRADE:
        yield "clean", True, True
        for finding in result["findings"]:
            yield "clean_findings", None, str(finding["severity"])
    card = result["scorecard"]
    if card is None:
        return
    yield "grade", gold["grade"], card["grade"]
    yield "overall", gold["scores"]["overall"], card["overall"]
    for entry in card["dimensions"]:
        level = min(5, max(0, round(5 * entry["score"] / entry["max"])))
        yield f"dimension_{entry['id']}", round(gold["scores"][entry["id"]]), level


def _verdict(result: Mapping[str, Any] | None) -> str | None:
    if result is None:
        return None
    return "scored" if result["scorecard"] else "declined"


def owners_figures(counts: Tally) -> Figures:
    """Return the figures that the project is judged by; a figure that nothing speaks of is None."""
    verdicts, starts = counts["verdict"], counts["all_starts"]
    reports = sum(count for (gold, _), count in verdicts.items() if gold == "report")
    mentions = Agreement()
    for (gold, predicted), count in counts["stance"].items():
        mentions[_flag(gold is not None), _flag(predicted is not None)] += count
    placeholders = hits(counts["placeholders"], True)
    return {
        "reports": reports,
        "reports_without_result": verdicts["report", None],
        "section_sentence_accuracy": exact(counts["sections"]) or 0.0,
        "section_macro_f1": sum(f1(*hits(counts["sections"], kind)) for kind in STANDARD) / len(STANDARD),
        "section_start_f1": f1(*total_hits(counts["starts"])),
        "reports_with_all_starts_exact": exact(starts) or 0.0,
        "placeholder_f1": f1(*placeholders),
        "placeholder_precision": precision(*placeholders),
        "placeholder_recall": recall(*placeholders),
        "problem_item_f1": f1(*hits(counts["items"], True)),
        "missing_root_cause_f1": f1(*hits(counts["no_cause"], True)),
        "cause_macro_f1_on_matched": macro_f1(counts["cause"], CauseStatus),
        "remedy_macro_f1_on_matched": macro_f1(counts["remedy"], RemedyStatus),
        "two_skins_mention_f1": f1(*hits(mentions, True)),
        "two_skins_stance_macro_f1": macro_f1(counts["stance"], Stance),
        "siloed_qwk": qwk(counts["siloed"], tuple(Siloed)),
        "vague_f1": f1(*hits(counts["vague"], True)),
        "grade_qwk": qwk(counts["grade"], _GRADES),
        "overall_spearman": spearman(counts["overall"]),
        "overall_mae": mean_error(counts["overall"]),
        **{
            f"dimension_qwk_{name}": qwk(counts[f"dimension_{name}"], _LEVELS)
            for name in sorted(Dimension)
            if counts[f"dimension_{name}"]
        },
    }


def further_figures(counts: Tally) -> Figures:
    """Return what the gate watches besides: place and kind of causes, false alarms, bias, refusals."""
    verdicts, clean = counts["verdict"], counts["clean"].total()
    return {
        "cause_kind_accuracy_on_matched": exact(counts["cause_kind"]),
        "cause_span_hit_rate": exact(counts["cause_span"]),
        "grade_exact_agreement": exact(counts["grade"]),
        "grade_adjacent_agreement": adjacent(counts["grade"], _GRADES),
        "overall_mean_difference": mean_difference(counts["overall"]),
        "overall_standardised_difference": standardised_difference(counts["overall"]),
        **{
            f"clean_report_{severity}_findings": counts["clean_findings"][None, severity.value] / clean
            if clean
            else None
            for severity in Severity
        },
        **{f"declined_{of}s": _share(verdicts, of, "declined") for of in ("report", "negative")},
    }


def _share(pairs: Agreement, gold: str, predicted: str) -> float | None:
    """Return the share of one gold label that got one answer, None where the label does not occur."""
    size = sum(count for (each, _), count in pairs.items() if each == gold)
    return pairs[gold, predicted] / size if size else None


def figures_of(counts: Tally) -> Figures:
    """Return every figure of some counts."""
    return {**owners_figures(counts), **further_figures(counts)}


def figures(pairs: Iterable[tuple[GoldReport, Mapping[str, Any] | None]]) -> Figures:
    """Return every figure of some reports and their results; see `tally`."""
    return figures_of(combine(tally(report, result) for report, result in pairs))


def evaluate(folder: Path, analyzer: Analyzer) -> Figures:
    """Return every figure of a folder of annotated reports, NAME.txt with NAME.json.

    A report that cannot be read counts as one without a result.

    Raises
    ------
    ShupingError
        Code ``gold`` where there are no annotations or one is broken.
    """
    reports = list(load(folder))
    if not reports:
        raise error("gold", folder, detail="没有标注文件 NAME.json")
    return figures((report, _result(analyzer, folder / f"{report.id}.txt")) for report in reports)


def _result(analyzer: Analyzer, path: Path) -> dict[str, Any] | None:
    try:
        return analyzer.analyze_file(path).to_dict()
    except ShupingError:
        return None


def render(measured: Figures) -> str:
    """Return the figures as a table for the terminal, one a line."""
    return "\n".join(f"{name:32} {shown(value)}" for name, value in measured.items())


def shown(value: float | None) -> str:
    """Return a figure as text: three decimals, a count as it is, ``-`` for nothing."""
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"
