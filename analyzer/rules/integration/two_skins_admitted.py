"""两张皮 is admitted: well done, and worth one example and its cause.

Source: DOMAIN §2.E lzp_admitted.  An honest admission never costs anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.lexicons import table
from analyzer.result import CauseStatus, Dimension, SectionType, Severity, Stance, TwoSkins
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.checkable import is_checkable
from analyzer.rules.examples import duties, item, problems, report
from analyzer.rules.places import section_at

_DONE = (SectionType.DUTIES, SectionType.RECTIFICATION)


def _check(report: Report) -> Iterator[Hit]:
    seen: set[int] = set()
    for mention in report.analysis.two_skins:
        if mention.stance is not Stance.ADMITTED:
            continue
        start, end, cause = _told(report, mention)
        if start in seen:
            continue
        seen.add(start)
        wanted = [
            *([] if _has_example(report, start, end) else ["一件最能说明它的事"]),
            *([] if cause is CauseStatus.EXPLICIT else ["它的原因"]),
        ]
        # What is admitted among causes belongs to a problem that another section tells.
        inside = cause is not None or section_at(report.analysis, mention.start) in _DONE
        if wanted and inside:
            yield Hit(
                mention.start,
                mention.end,
                f"这里如实承认了党建与业务有脱节，这样写是好的，承认本身不扣分；还可以写出{'和'.join(wanted)}。",
                "承认的话请保留，在后面接着写：哪一次、哪项工作各走各的，当时自己是怎样安排的。",
                mention.confidence,
            )


def _told(report: Report, mention: TwoSkins) -> tuple[int, int, CauseStatus | None]:
    """Return the problem that holds a mention and what is said of its cause, else the sentence and None."""
    for problem in report.analysis.problems:
        if problem.start <= mention.start < problem.end:
            return problem.start, problem.end, problem.cause.status
    for line in report.sentences:
        if line.start <= mention.start < line.end:
            return line.start, line.end, None
    return mention.start, mention.end, None


def _has_example(report: Report, start: int, end: int) -> bool:
    text = report.without_blanks(start, end)
    return is_checkable(text) or re.search(table("problems.toml")["own_act"], text) is not None


_BARE = "一是融合不够，在一定程度上存在“两张皮”的现象。"
_ADMITTED = ("存在“两张皮”的现象", "admitted")
_TOLD = "一是存在“两张皮”的现象。全年14次支委会有9次通篇是产量，我拿奖金也凭产值，一坐下来张嘴就是机台。"

RULE = Rule(
    id="two-skins-admitted",
    family=Family.INTEGRATION,
    dimension=Dimension.INTEGRATION,
    severity=Severity.INFO,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="如实承认了“两张皮”",
    what="找报告自己承认党建与业务脱节的地方，看有没有举一件事、说一条原因；两样都有的不提。转述上级要求、说要解决、说已经解决的，都不是承认。",
    why="承认是好事，任何时候都不该因此失分；有了事例和原因，才看得出从哪里改起。",
    fix="保留承认的话，后面加一件事、一条原因。",
    basis="述职评议考核强调查摆问题、推动融合；提示的内容属评审惯例。",
    check=_check,
    must_fire=(
        report(problems("二、存在问题\n" + _BARE), items=[item(_BARE)], two_skins=[_ADMITTED]),
        report(
            problems("二、存在问题\n二是重业务轻党建，全年14次支委会有9次只谈产量。"),
            items=[item("二是重业务轻党建，全年14次支委会有9次只谈产量。")],
            two_skins=[("重业务轻党建", "admitted")],
        ),
        report(
            duties("一、履职情况\n二支部领办征地难题，但党建和业务还是两条线。"),
            two_skins=[("党建和业务还是两条线", "admitted")],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n" + _TOLD),
            items=[item(_TOLD, cause="subjective", because="我拿奖金也凭产值")],
            two_skins=[_ADMITTED],
        ),
        report(
            problems("二、存在问题\n一是学习不深。"),
            duties("着力破解“两张皮”。"),
            two_skins=[("破解“两张皮”", "remedy")],
        ),
        report(duties("一、履职情况\n有效避免了“两张皮”。"), two_skins=[("避免了“两张皮”", "resolved")]),
    ),
)
