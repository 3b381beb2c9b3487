"""A problem is a label: no number, date, case or scene.

Source: DOMAIN §2.C problem_generic and problem_evasive.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from analyzer.lexicons import pattern
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.checkable import is_checkable
from analyzer.rules.examples import item, problems, report
from analyzer.rules.places import bare_letters, listed, one_line

_pattern = partial(pattern, "problems.toml")


def _has_example(text: str) -> bool:
    """Whether the item quotes something that is not the name of a pattern, or shows the writer acting."""
    quoted = any(
        not _pattern("fixed_quotation").search(match.group()) for match in _pattern("quoted").finditer(text)
    )
    return quoted or _pattern("own_act").search(text) is not None


def _check(report: Report) -> Iterator[Hit]:
    limits = report.thresholds["generic-problem"]
    for problem in listed(report.analysis):
        text = report.without_blanks(problem.start, problem.end)
        if is_checkable(text) or _has_example(text):
            continue
        hedges = [match.group() for match in _pattern("softener").finditer(text)]
        hedged = len(hedges) >= limits["softeners"]
        words = "".join(f"“{word}”" for word in dict.fromkeys(hedges))
        yield Hit(
            problem.start,
            problem.end,
            f"“{one_line(problem.title, 30)}”只有一个名目，没有一件事、一个数、一个时间，放在别的单位也成立"
            + (f"；又用了{words}，把话说轻了。" if hedged else "，看不出问题究竟表现在哪里。"),
            "请写出最能说明它的一件事：什么时候、哪个支部或哪项工作、差了多少，自己当时在做什么。",
            problem.confidence,
            max(
                limits["told_weight"],
                limits["hedged_weight"] if hedged else 0.0,
                limits["label_weight"]
                if bare_letters(report.analysis, problem, text) <= limits["label"]
                else 0.0,
            ),
        )


_HEDGED = "一是学习不够深入。个别党员有时参加活动还不够主动。"
_BARE = "二是党建统领作用发挥不明显，抓落实的劲头不足。"

RULE = Rule(
    id="generic-problem",
    family=Family.PROBLEMS,
    dimension=Dimension.PROBLEMS,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="问题笼统",
    what="看每个问题里有没有数字、时间、文件、引述或自己的具体做法；一样都没有的，算笼统。“个别”“有时”“一定程度”多的，一并指出。",
    why="问题找不准，是组织部门退稿的第一条理由；没有事实的问题，谁都有，也就等于没有查摆。",
    fix="每个问题至少写一件自己知道的真事；范围有限的，直接写明范围，如“5个支部中有1个”。",
    basis="组织部门审稿意见“问题找不准”“面上的、千篇一律”。",
    check=_check,
    must_fire=(
        report(problems("二、存在问题\n" + _HEDGED), items=[item(_HEDGED)]),
        report(problems("二、存在问题\n" + _BARE), items=[item(_BARE)]),
        report(
            problems("二、存在问题\n三是融合不紧，在一定程度上存在“两张皮”的现象。"),
            items=[item("三是融合不紧，在一定程度上存在“两张皮”的现象。")],
        ),
        report(
            problems("二、存在问题\n一是党员发展偏慢，全年只发展X名。"),
            items=[item("一是党员发展偏慢，全年只发展X名。")],
            stand_ins=["X名"],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n一是帮得多、带得少。报表基本上是我和两个队员包了。"),
            items=[item("一是帮得多、带得少。报表基本上是我和两个队员包了。")],
        ),
        report(
            problems("二、存在问题\n一是学习不够深入。3个支部全年没有开展过研讨。"),
            items=[item("一是学习不够深入。3个支部全年没有开展过研讨。")],
        ),
        report(
            problems("二、存在问题\n二是谈心走过场。我只在考核前一周找人谈，问进度多、问难处少。"),
            items=[item("二是谈心走过场。我只在考核前一周找人谈，问进度多、问难处少。")],
        ),
        report(
            problems("二、存在问题\n三是党课没讲进去，有党员说“听完就忘”。"),
            items=[item("三是党课没讲进去，有党员说“听完就忘”。")],
        ),
    ),
)
