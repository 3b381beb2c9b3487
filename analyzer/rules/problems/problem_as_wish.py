"""A wish or a lack of means stands in the place of a problem of one's own.

Source: DOMAIN §2.C problem_as_wish.  A section or heading of suggestions is the right place for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from analyzer.lexicons import pattern
from analyzer.result import Dimension, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import item, plans, problems, report
from analyzer.rules.places import one_line, sections

_pattern = partial(pattern, "problems.toml")

_LONGEST_HEADING = 30


def _check(report: Report) -> Iterator[Hit]:
    own = sections(report.analysis, SectionType.PROBLEMS)
    if not any(_pattern("wish").search(report.said(part.start, part.end)) for part in own):
        return
    suggesting = False
    for sentence in report.sentences:
        if len(sentence.text) <= _LONGEST_HEADING and not sentence.text.rstrip().endswith(("。", "；")):
            suggesting = _pattern("wish_heading").search(sentence.text) is not None
        elif (
            not suggesting
            and any(part.start <= sentence.start < part.end for part in own)
            and (match := _pattern("wish").search(sentence.text))
        ):
            yield Hit(
                sentence.start,
                sentence.end,
                f"“{one_line(sentence.text[match.start() :])}”是对上级或外部的请求，不是自己没有做好的事，"
                "放在问题部分，容易被看作把问题推出去。",
                "请把请求移到单独的“意见建议”，这里改写自己能改而没有改的地方；资源不足的事实可以保留，写明差多少。",
                0.8,
            )


RULE = Rule(
    id="problem-as-wish",
    family=Family.PROBLEMS,
    dimension=Dimension.PROBLEMS,
    severity=Severity.INFO,
    status=Status.PREVIEW,
    since="0.1.0",
    level=Level.PRACTICE,
    title="把困难、请求当问题",
    what="在问题部分找“希望上级……”“建议……”“急需……解决”一类的话。单独的意见建议部分不算。",
    why="评议要看的是自己的问题；请求写在这里，问题就成了别人的。",
    fix="请求另写，问题写自己的。",
    basis="评审惯例。语料中这类写法太少，命中准不准还没有测够，所以试行、不计分。",
    check=_check,
    must_fire=(
        report(
            problems("二、存在问题\n一是党建经费不足，建议上级加大投入。"),
            items=[item("一是党建经费不足，建议上级加大投入。")],
        ),
        report(
            problems("二、存在问题\n二是网格员流动大。希望上级能提高网格员的待遇。"),
            items=[item("二是网格员流动大。")],
        ),
        report(
            problems("二、存在问题\n三是人才难招，急需组织部门协调解决。"),
            items=[item("三是人才难招，急需组织部门协调解决。")],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n一是到支部少。\n（二）几点建议\n希望上级核定专职党务岗位。"),
            items=[item("一是到支部少。")],
        ),
        report(plans("三、下步打算\n建议市委编办核定专职岗位1个，我3月底前上报。")),
        report(
            problems("二、存在问题\n一是党员提出的建议没有答复。我对群众的希望了解不够。"),
            items=[item("一是党员提出的建议没有答复。")],
        ),
        report(
            problems("二、存在问题\n一是经费只到位40%，我没有去争取过。"),
            items=[item("一是经费只到位40%，我没有去争取过。")],
        ),
    ),
)
