"""What the HanLP backend changes: agreement with the annotation and with jieba, results, time, causes."""

from __future__ import annotations

import copy
import platform
import time
from collections.abc import Sequence
from typing import Any

from analyzer.config import Settings
from analyzer.pipeline import Analyzer
from analyzer.training.corpus import GoldReport
from analyzer.training.crossval import HeldOut
from analyzer.training.evaluation import figures
from analyzer.training.hanlp_agreement import StretchAgreement
from analyzer.training.hanlp_crossval import Found
from analyzer.training.hanlp_data import cause_and_measure, words
from analyzer.understanding.wording import content

_CAUSE_FIGURE = "cause_span_hit_rate"


def of_spans(reports: Sequence[GoldReport], found: Found) -> dict[str, dict[str, float]]:
    """Return how well CAUSE and MEASURE were found, by label."""
    agreement = StretchAgreement()
    for report in reports:
        agreement.add(cause_and_measure(report), found.spans[report.id])
    return agreement.figures()


def of_words(reports: Sequence[GoldReport], found: Found) -> dict[str, float]:
    """Return how often words, and words with their tags, are those of jieba (F1), where words were read."""
    bare, tagged = StretchAgreement(), StretchAgreement()
    read = [report for report in reports if report.id in found.words]
    for report in read:
        ours, jieba = found.words[report.id], words(report)
        tagged.add(jieba, ours)
        bare.add([s._replace(label="") for s in jieba], [s._replace(label="") for s in ours])
    return {
        "words_reports": len(read),
        "words": bare.figures()["all"]["marked"],
        "word_f1": bare.figures()["all"]["exact_f1"],
        "word_and_tag_f1": tagged.figures()["all"]["exact_f1"],
    }


def of_causes(held: HeldOut, found: Found) -> dict[str, float | None]:
    """Return how often the place given for a cause touches the annotated one, by who gives the place.

    What is asked is the same for all: the problems that the linear models, trained without the author, found
    and gave a cause.

    Returns
    -------
    dict
        ``linear``: the linear model's place.  ``hanlp``: a CAUSE that HanLP found inside the problem, else
        the CAUSE outside of all problems that shares most with the problem's words.
        ``hanlp_inside_else_linear``: a CAUSE inside the problem, else the linear model's place.
    """
    changed: dict[str, list[tuple[GoldReport, dict[str, Any]]]] = {
        "hanlp": [],
        "hanlp_inside_else_linear": [],
    }
    for report, result in held.reports:
        source = report.doc._.repaired.source
        causes = [source(s.start, s.end) for s in found.spans[report.id] if s.label == "CAUSE"]
        for name, pairs in changed.items():
            pairs.append((report, _with_causes(report.text, result, causes, alone=name == "hanlp")))
    measured = {"linear": held.reports, **changed}
    return {name: figures(pairs)[_CAUSE_FIGURE] for name, pairs in measured.items()}


def _with_causes(
    text: str, result: dict[str, Any], causes: Sequence[tuple[int, int]], *, alone: bool
) -> dict[str, Any]:
    """Return a result whose causes, where it gives any, stand where HanLP found them."""
    result = copy.deepcopy(result)
    problems = result["analysis"]["problems"]
    outside = [c for c in causes if not any(_touch(c, (p["start"], p["end"])) for p in problems)]
    for problem in problems:
        if problem["cause"]["start"] is None:
            continue
        inside = [c for c in causes if _touch(c, (problem["start"], problem["end"]))]
        said = content(text[problem["start"] : problem["end"]])
        if inside:
            place = max(inside, key=lambda c: c[1] - c[0])
        elif not alone:
            continue
        elif outside:
            place = max(outside, key=lambda c: len(content(text[c[0] : c[1]]) & said))
        else:
            place = (0, 0)  # touches nothing
        problem["cause"]["start"], problem["cause"]["end"] = place
    return result


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def of_backends(reports: Sequence[GoldReport]) -> dict[str, Any]:
    """Return what the shipped models say with either backend, and how long it takes.

    The models have seen these reports: the figures tell the backends apart, not how good the models are.
    """
    results: dict[str, list[dict[str, Any]]] = {}
    seconds = {}
    for backend in ("jieba", "hanlp"):
        analyzer = Analyzer(Settings(backend=backend))
        analyzer.analyze_text(reports[0].text)  # what is loaded at the first report is not a report's time
        start = time.perf_counter()
        results[backend] = [analyzer.analyze_text(report.text).to_dict() for report in reports]
        seconds[backend] = (time.perf_counter() - start) / len(reports)
        for result in results[backend]:
            del result["analyzer"]
    measured = {name: figures(zip(reports, each, strict=True)) for name, each in results.items()}
    return {
        "reports": len(reports),
        "same_results": sum(a == b for a, b in zip(*results.values(), strict=True)),
        "differing_figures": sorted(
            n for n, value in measured["jieba"].items() if measured["hanlp"][n] != value
        ),
        "seconds_per_report": seconds,
        "machine": f"Python {platform.python_version()}, {platform.machine()}, one process",
    }
