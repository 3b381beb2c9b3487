"""What every view says of a Result in the same words and figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from analyzer.reading.notes import without_notes
from analyzer.rendering import labels
from analyzer.rendering.places import Places
from analyzer.result import (
    Advice,
    Finding,
    Link,
    Personal,
    Problem,
    Result,
    Scorecard,
    Section,
    SectionType,
    Severity,
    Veto,
    losses,
)
from analyzer.rules.catalogue import rule_title
from analyzer.rules.places import listed, section_at
from analyzer.scoring.links import UNSURE, Links

# Two findings of one rule whose words differ only in what they quote or count say the same thing.
_PARTICULARS = re.compile(r"“[^”]{0,400}”|《[^》]{0,200}》|\d+(?:\.\d+)?")
_SUREST = 0.99  # a guess is never shown as certain
_RANK = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Share:
    """A section with what it takes of the report.

    Parameters
    ----------
    section : Section
        The section.
    characters : int
        Its characters, white space not counted.
    share : float
        Of the characters of all sections, 0 to 1.
    """

    section: Section
    characters: int
    share: float


def shares(result: Result) -> tuple[Share, ...]:
    """Return the sections in order, each with its share of the characters."""
    text = without_notes(result.text)
    counts = [len("".join(text[s.start : s.end].split())) for s in result.analysis.sections]
    total = sum(counts) or 1
    return tuple(
        Share(section, count, count / total)
        for section, count in zip(result.analysis.sections, counts, strict=True)
    )


def told_in(result: Result, problem: Problem) -> str:
    """Return among what a problem is told in passing; empty for one that stands in a list of problems."""
    if not problem.in_passing:
        return ""
    kind = section_at(result.analysis, problem.start)
    return "整改中提到" if kind is SectionType.RECTIFICATION else "履职中提到"


def problems(result: Result) -> str:
    """Return how many problems are listed and how many told in passing; empty where none is."""
    told, own = len(result.analysis.problems), len(listed(result.analysis))
    return f"列出 {own} 个，履职、整改中另提到 {told - own} 个" if own < told else ""


def missing(links: Links) -> str:
    """Return what the measures against a problem leave open, in words; empty where nothing is."""
    return "措施没有写：" + "、".join(labels.SLOT[slot] for slot in links.missing) if links.missing else ""


def doubts(links: Links) -> str:
    """Return of which links of a problem nobody can tell what they are; empty where of none."""
    unsure = [name for name, status in (("原因", links.cause), ("措施", links.remedy)) if status == UNSURE]
    return f"{'和'.join(unsure)}拿不准，请自己看一眼" if unsure else ""


def links(result: Result) -> str:
    """Return in one line how many items of the duties show what; empty without any."""
    counted = Counter(item.link for item in result.analysis.integration)
    if not counted:
        return ""
    shown = "，".join(f"{labels.LINK[link]} {counted[link]} 项" for link in Link if counted[link])
    return f"履职各项党建与业务：{shown}"


def deeds(part: Personal) -> str:
    """Return in one line whose deeds a type of section tells."""
    own = f"本人 {part.own}" + (f"（带数字 {part.figured}）" if part.figured else "")
    others = (("单位或众人", part.collective), ("没有写明", part.unnamed))
    return " · ".join([own, *(f"{who} {count}" for who, count in others if count)])


def shares_of_deeds(part: Personal) -> tuple[float, float, float]:
    """Return what part of the deeds are the writer's, a body's, nobody's; all 0 without any."""
    total = (part.own + part.collective + part.unnamed) or 1
    return part.own / total, part.collective / total, part.unnamed / total


def content(result: Result) -> str:
    """Return in one line what the report holds of its own, beside the norm; empty where not counted."""
    held = result.analysis.content
    if held is None:
        return ""
    low, high = held.specificity_norm
    return (
        f"可核对的数字、时间、名称、文件每百字 {number(held.specificity)} 处"
        f"（写得实的同类报告多为 {number(low)}～{number(high)}）；"
        f"没有事实的套话每千字 {number(held.density)} 处"
        f"（文字好的多不超过 {number(held.density_norm)}）"
    )


def by_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings as one meets them when reading."""
    return tuple(sorted(findings, key=lambda f: (f.start, f.end, _RANK[f.severity], f.rule)))


def by_severity(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with the gravest first, and in order of place among equals."""
    return tuple(sorted(findings, key=lambda f: (_RANK[f.severity], f.start, f.end, f.rule)))


def saying(finding: Finding) -> str:
    """Return what tells whether two findings say the same thing of different places."""
    words = f"{finding.rule}\n{finding.message}\n{finding.suggestion}"
    return _PARTICULARS.sub("", words.replace(f"“{finding.evidence}”", ""))


def name(result: Result) -> str:
    """Return the file's name, or what a text without a file is called."""
    return PurePath(result.source.path).name if result.source.path else labels.UNTITLED


def to_next_grade(overall: float) -> tuple[str, float] | None:
    """Return the grade above and the points that are missing to it; None in the highest."""
    above = [(grade, floor - overall) for grade, floor in labels.GRADE_FLOOR.items() if overall < floor]
    return above[-1] if above else None


def distance(overall: float) -> str:
    """Return how far the next grade is, in words."""
    above = to_next_grade(overall)
    if above is None:
        return "已在最高一档"
    grade, points = above
    return f"距 {grade}（{labels.GRADE[grade]}）还差 {number(points)} 分"


def interval(card: Scorecard) -> str:
    """Return how far an expert's score may be from this one, in words."""
    low, high = card.interval
    return f"专家评分多在 {low:.0f}–{high:.0f} 分"


def verdict(result: Result) -> str:
    """Return one sentence on the report as a whole."""
    if result.scorecard is None:
        reason = result.abstained.message.rstrip("。") if result.abstained else "没有评分"
        return f"暂不评分：{reason}。"
    counted = Counter(finding.severity for finding in result.findings)
    places = "、".join(f"{labels.SEVERITY[s]} {counted[s]} 处" for s in Severity if counted[s])
    costly = sorted(
        ((points, d) for d, points in losses(result.findings).items() if points > 0), key=lambda x: -x[0]
    )
    if not costly:
        return f"没有失分。{places}。" if places else "没有失分，也没有需要提示的地方。"
    worst = "、".join(f"{labels.DIMENSION[d]}（{number(points)} 分）" for points, d in costly[:2])
    return f"失分最多的是{worst}；共有{places}。"


def profile(result: Result) -> str:
    """Return by the standard of which kind of report it was judged, and who says so; empty where unknown."""
    chosen = result.analyzer.get("profile")
    if chosen is None:
        return ""
    how = {
        "given": "由人指定",
        "detected": f"自动识别，把握 {percent(min(chosen['confidence'] or 0, _SUREST))}"
        + (f"：{chosen['why'][0]}" if chosen["why"] else ""),
        "default": "材料种类看不准，取默认口径，可以另外选定",
    }[chosen["chosen"]]
    return f"口径：{chosen['name']}（{how}）" + (f"。{chosen['note']}" if chosen["note"] else "")


def quoted(advice: Advice, places: Places) -> str:
    """Return where the words stand that the advice quotes, in its order; empty where it quotes none."""
    named = [places.name(*span) for remark in (*advice.strengths, *advice.faults) for span in remark.spans]
    return "所引依次见" + "、".join(named) if named else ""


def is_new(result: Result, finding: Finding) -> bool:
    """Whether a finding is of a rule that goes beyond the baseline; without one every finding is new."""
    return result.baseline is None or finding.rule in result.baseline.beyond


def veto(gate: Veto) -> str:
    """Return what a gate does to the score, in words."""
    if gate.release is None:
        return f"封顶 {number(gate.cap)} 分，待人工核定：{gate.message}"
    return f"封顶 {number(gate.cap)} 分，已由{gate.release.by}解除：{gate.release.reason}"


def notices(result: Result) -> tuple[str, ...]:
    """Return what a reader must know of how the result came about, a sentence each."""
    said = [_settings(result.analyzer["settings"])] if "settings" in result.analyzer else []
    if result.suppressed:
        card = result.scorecard
        cost = f"，计入则再失 {number(card.spared)} 分" if card and card.spared else ""
        said.append(f"另有 {len(result.suppressed)} 处意见注明理由，不计分{cost}。")
    said += (
        f"{unused.by}没有起作用{f'（{rule_title(unused.rule)}）' if unused.rule else ''}：{unused.message}"
        for unused in result.unused_suppressions
    )
    if result.baseline is not None:
        more = sum(result.baseline.beyond.values())
        mended = f"，比基线少 {result.baseline.mended} 处" if result.baseline.mended else ""
        said.append(f"与基线相比：超出 {more} 处，{result.baseline.known} 处在基线之内{mended}。")
    return tuple(said)


def _settings(changes: Mapping[str, Any]) -> str:
    """Return what a settings file changes of the judging."""
    parts = [
        f"停用 {len(changes['off'])} 条规则（{'、'.join(changes['off'])}）" if changes["off"] else "",
        f"改了 {len(changes['severities'])} 条规则的程度" if changes["severities"] else "",
        f"改了 {len(changes['thresholds'])} 处门槛（{'、'.join(changes['thresholds'])}）"
        if changes["thresholds"]
        else "",
        f"扣分照 {PurePath(changes['prices']).name}" if changes.get("prices") else "",
        f"加了 {len(changes['own_rules'])} 条自定规则" if changes["own_rules"] else "",
        f"认 {changes['local_terms']} 个本地名称和提法" if changes["local_terms"] else "",
    ]
    named = "，".join(part for part in parts if part)
    return f"按 {PurePath(changes['path']).name} 的设置评阅{'：' + named if named else ''}。"


def no_findings(result: Result) -> str:
    """Return what stands in place of findings where there are none."""
    return labels.NOTHING_JUDGED if result.scorecard is None else labels.NOTHING_FOUND


def number(points: float) -> str:
    """Return points with at most one decimal, as people write them: ``12``, ``2.5``."""
    rounded = f"{points:.1f}"
    if rounded in {"0.0", "-0.0"} and points > 0:
        return f"{points:.2f}".rstrip("0").rstrip(".")
    return rounded.removesuffix(".0")


def percent(part: float) -> str:
    """Return a share of one as a whole percentage; what is there is never called nothing."""
    return "<1%" if 0 < part < 0.005 else f"{part:.0%}"
