"""Results with the look of real ones, made from annotated reports and invented findings."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from analyzer.rendering import labels
from analyzer.result import (
    Abstained,
    Analysis,
    Cause,
    CauseStatus,
    Dimension,
    DimensionScore,
    Finding,
    Remedy,
    RemedyStatus,
    Result,
    Scorecard,
    Section,
    SectionType,
    Severity,
    Siloed,
    Source,
    Stance,
    Veto,
)

from ..gold import gold_analysis

CORPORA = Path(__file__).parents[2] / "corpora"
_WEIGHTS = {
    Dimension.STRUCTURE: 12,
    Dimension.FACTS: 14,
    Dimension.PROBLEMS: 18,
    Dimension.CAUSES: 20,
    Dimension.REMEDIES: 16,
    Dimension.INTEGRATION: 8,
    Dimension.LANGUAGE: 12,
}
_RULES = {
    "placeholder": (
        Severity.ERROR,
        Dimension.LANGUAGE,
        1.0,
        "“{}”是没有填上的数据，读者无从核对，按规定应退回补正。",
        "查实后填上准确的数字；查不到的，删去这一句。",
    ),
    "vague-claim": (
        Severity.WARNING,
        Dimension.FACTS,
        1.0,
        "只说了效果，没有数字、时间、事例或文件可以核对，读者无法判断是否属实。",
        "补上一个能核对的事实：做了哪件事、涉及多少、何时完成、有什么变化。",
    ),
    "missing-root-cause": (
        Severity.ERROR,
        Dimension.CAUSES,
        4.0,
        "“{}”只写了现象，没有说明为什么会这样；没有原因，后面的整改就没有着力点。",
        "从自己的认识、责任、方法和制度机制上找一条具体原因，写清当时怎么想、怎么做的。",
    ),
    "shallow-root-cause": (
        Severity.WARNING,
        Dimension.CAUSES,
        3.0,
        "这句原因换个说法重复了问题，放在哪个单位都说得通。",
        "再追问一层“为什么”：是哪项工作没有研究、哪个环节没有人管、自己当时怎样取舍。",
    ),
    "problem-without-remedy": (
        Severity.ERROR,
        Dimension.REMEDIES,
        3.0,
        "“{}”在下步打算中没有对应的措施。",
        "在打算里逐条回应：由谁、何时、做到什么程度、靠什么制度。",
    ),
    "empty-remedy": (
        Severity.WARNING,
        Dimension.REMEDIES,
        2.0,
        "措施只有方向，没有责任人、期限、数量或办法，明年无从检查。",
        "写明谁负责、哪个月完成、达到什么数、用什么制度管住。",
    ),
    "missing-section": (
        Severity.ERROR,
        Dimension.STRUCTURE,
        6.0,
        "没有找到“{}”这一部分。",
        "补写这一部分，单独设标题。",
    ),
    "siloed": (
        Severity.WARNING,
        Dimension.INTEGRATION,
        4.0,
        "履职部分党建与业务各写各的，看不出党建工作怎样推动了中心任务。",
        "选一两件中心工作，写清党组织做了什么、带来什么结果。",
    ),
    "two-skins-admitted": (
        Severity.INFO,
        Dimension.INTEGRATION,
        0.0,
        "这里如实承认了党建与业务“两张皮”，不扣分。",
        "请在打算里写出破解它的具体机制。",
    ),
}


def gold_names() -> list[str]:
    """The annotated reports of the corpus, such as ``w7/w7-02``."""
    return sorted(
        f"{p.parent.name}/{p.stem}" for p in CORPORA.glob("w*/*.json") if p.with_suffix(".txt").exists()
    )


def gold_result(name: str, form: str = "docx") -> Result:
    """Turn an annotated report into a result whose findings carry every lost point."""
    text = (CORPORA / f"{name}.txt").read_bytes().decode("utf-8-sig")
    gold = json.loads((CORPORA / f"{name}.json").read_text("utf-8"))
    analysis = gold_analysis(text, gold)
    overall = float(gold["scores"]["overall"])
    findings = _priced(_judgements(text, analysis), 100 - overall)
    vetoes = ()
    if analysis.placeholders and overall < 75:
        vetoes = (
            Veto("placeholder", 74, f"有 {len(analysis.placeholders)} 处数据没有填写，退回补正后再评。"),
        )
    dimensions = tuple(
        DimensionScore(d, float(gold["scores"][d.value]), 5, float(weight), _why(d, findings))
        for d, weight in _WEIGHTS.items()
    )
    return Result(
        source=Source(
            f"{name.split('/')[-1]}.{form}", form, hashlib.sha256(text.encode()).hexdigest(), None, None, 2021
        ),
        analyzer={"version": "0.1.0", "models": {"sections": "2026.11"}, "rubric": "party-duty/1"},
        text=text,
        analysis=analysis,
        findings=findings,
        scorecard=Scorecard(overall, gold["grade"], dimensions, vetoes),
    )


def small_result(text: str, findings: tuple[Finding, ...] = (), analysis: Analysis | None = None) -> Result:
    """A result for a given text, everything at its best but for the given findings."""
    overall = 100 - sum(finding.deduction for finding in findings)
    return Result(
        source=Source("样例.txt", "txt", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()),
        analyzer={"version": "0.1.0", "models": {}, "rubric": "party-duty/1"},
        text=text,
        analysis=analysis or Analysis(),
        findings=findings,
        scorecard=Scorecard(
            overall,
            "A" if overall >= 90 else "B" if overall >= 75 else "C" if overall >= 60 else "D",
            tuple(DimensionScore(d, 5.0, 5, float(w), "没有失分。") for d, w in _WEIGHTS.items()),
        ),
    )


def in_doubt(result: Result) -> Result:
    """The same with models that are sure of no cause and of no remedy, and no finding on them."""
    problems = tuple(
        replace(
            problem,
            cause=replace(problem.cause, confidence=0.1),
            remedy=replace(problem.remedy, confidence=0.1),
        )
        for problem in result.analysis.problems
    )
    return replace(result, analysis=replace(result.analysis, problems=problems), findings=())


def with_one_in_passing(result: Result) -> Result:
    """The same, but its first problem is told in passing, in few words: without a cause, without a remedy."""
    first, *others = result.analysis.problems
    told = replace(
        first,
        cause=Cause(CauseStatus.NONE, None, None, None, 1.0),
        remedy=Remedy(RemedyStatus.NONE, (), 1.0),
        in_passing=True,
    )
    return replace(result, analysis=replace(result.analysis, problems=(told, *others)))


def abstained_result(text: str) -> Result:
    """A result without a score."""
    plain = small_result(text)
    return Result(
        source=plain.source,
        analyzer=plain.analyzer,
        text=text,
        analysis=Analysis(sections=(Section(SectionType.PREFACE, 0, len(text), None, 0.4),)),
        findings=(),
        scorecard=None,
        abstained=Abstained("too-short", "正文只有 40 字，不足 300 字，无法判断写作质量。"),
    )


def finding(text: str, start: int, end: int, **changes: object) -> Finding:
    """A finding on ``text[start:end]``."""
    values: dict[str, object] = {
        "rule": "vague-claim",
        "severity": Severity.WARNING,
        "message": "这一句只说效果，没有可以核对的内容。",
        "suggestion": "写出一个数字、一件事或一份文件。",
        "confidence": 0.8,
        "deduction": 1.0,
        "dimension": Dimension.FACTS,
        **changes,
    }
    return Finding(start=start, end=end, evidence=text[start:end], **values)  # type: ignore[arg-type]


def _judgements(text: str, analysis: Analysis) -> list[Finding]:
    found = [
        _judged("placeholder", text, p.start, p.end, text[p.start : p.end]) for p in analysis.placeholders
    ]
    found += [_judged("vague-claim", text, v.start, v.end) for v in analysis.vague]
    for p in analysis.problems:
        if p.cause.start is None or p.cause.end is None:
            found.append(_judged("missing-root-cause", text, p.start, p.end, p.title))
        elif p.cause.status is CauseStatus.SHALLOW:
            found.append(_judged("shallow-root-cause", text, p.cause.start, p.cause.end))
        if p.remedy.status is RemedyStatus.NONE:
            found.append(_judged("problem-without-remedy", text, p.start, p.end, p.title))
        if p.remedy.status is RemedyStatus.GENERIC:
            found += [_judged("empty-remedy", text, *span) for span in p.remedy.spans]
    types = {section.type for section in analysis.sections}
    for wanted in (SectionType.PROBLEMS, SectionType.PLANS):
        if wanted not in types:
            found.append(_judged("missing-section", text, 0, 0, labels.SECTION[wanted]))
    duties = [section for section in analysis.sections if section.type is SectionType.DUTIES]
    if duties and analysis.siloed in (Siloed.PARTIAL, Siloed.FULL):
        found.append(_judged("siloed", text, duties[0].start, duties[0].end))
    admitted = [mention for mention in analysis.two_skins if mention.stance is Stance.ADMITTED]
    return found + [_judged("two-skins-admitted", text, m.start, m.end) for m in admitted]


def _judged(rule: str, text: str, start: int, end: int, subject: str = "") -> Finding:
    severity, dimension, deduction, message, suggestion = _RULES[rule]
    return finding(
        text,
        start,
        end,
        rule=rule,
        severity=severity,
        dimension=dimension,
        deduction=deduction,
        message=message.format(subject),
        suggestion=suggestion,
    )


def _priced(found: list[Finding], points: float) -> tuple[Finding, ...]:
    """Scale the deductions so that they sum to the points lost, in hundredths."""
    if points and not any(f.deduction for f in found):
        found = [
            *found,
            finding("", 0, 0, rule="overall", dimension=Dimension.FACTS, message="履职事例偏少。"),
        ]
    total = sum(f.deduction for f in found)
    cents = [round(f.deduction / total * points * 100) if total else 0 for f in found]
    if total:
        dearest = max(range(len(cents)), key=cents.__getitem__)
        cents[dearest] += round(points * 100) - sum(cents)
    return tuple(
        Finding(
            f.rule,
            f.severity,
            f.start,
            f.end,
            f.message,
            f.suggestion,
            f.evidence,
            f.confidence,
            c / 100,
            f.dimension,
        )
        for f, c in zip(found, cents, strict=True)
    )


def _why(dimension: Dimension, findings: tuple[Finding, ...]) -> str:
    mine = [f for f in findings if f.dimension is dimension and f.deduction]
    if not mine:
        return "没有失分。"
    return f"{len(mine)} 处失分，主要是：{max(mine, key=lambda f: f.deduction).message}"
