"""A measure is its problem turned round, with nothing new.

Source: DOMAIN §2.D measure_mirror.  Such a measure is empty, too, and `empty-remedy` says what it lacks; this
says that it repeats, and costs little beside.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import item, plans, problems, report
from analyzer.rules.places import listed, one_line
from analyzer.rules.remedies.answers import is_looped, looped_pledges
from analyzer.rules.remedies.mirror import is_mirrored


def _check(report: Report) -> Iterator[Hit]:
    mirrored = [problem for problem in listed(report.analysis) if is_mirrored(report, problem)]
    pledges = looped_pledges(report) if mirrored else []
    for problem in mirrored:
        if is_looped(problem, report, pledges):
            continue
        start, end = problem.remedy.spans[0]
        name = problem.title or report.document.text[problem.start : problem.end]
        yield Hit(
            start,
            end,
            f"问题是“{one_line(name, 24)}”，"
            f"措施是“{one_line(report.document.text[start:end], 30)}”，"
            "只是把缺什么换成了补什么，几乎没有新的内容。",
            "标题可以与问题呼应，下文请写从哪一步做起，先办哪一件事。",
            problem.remedy.confidence,
        )


_A = "一是支部活动的形式还不够丰富。"
_B = "二是流动党员管理不到位，全年有3人没有参加组织生活。"
_C = "三是党建品牌建设滞后，特色亮点不突出。"

RULE = Rule(
    id="mirrored-remedy",
    family=Family.REMEDIES,
    dimension=Dimension.REMEDIES,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="措施是问题的反写",
    what="把措施与它对应的问题并排放，去掉“不够—加强”“滞后—加快”一类的词和虚词，看措施还剩几个新字；几乎不剩，又没有写谁办、何时、多少、什么办法的，算反写。缺哪几样由“措施空泛”说，这里只指出重复。",
    why="把问题反过来说一遍，等于说“要解决这个问题”，没有说怎样解决。",
    fix="标题可以与问题呼应，下文要写办法：动作、对象、责任人、时限。",
    basis="公开评析中“措施大而化之”的意见；字数的门槛是本项目的经验值。",
    check=_check,
    must_fire=(
        report(
            problems("二、存在问题\n" + _A),
            plans("三、下步打算\n一是进一步丰富支部活动的形式。"),
            items=[item(_A, remedy="generic", measures=["一是进一步丰富支部活动的形式。"])],
        ),
        report(
            problems("二、存在问题\n" + _B),
            plans("三、下步打算\n切实加强流动党员的管理和联系。"),
            items=[item(_B, remedy="generic", measures=["切实加强流动党员的管理和联系。"])],
        ),
        report(
            problems("二、存在问题\n" + _C),
            plans("三、下步打算\n加快党建品牌建设，突出特色亮点。"),
            items=[item(_C, remedy="generic", measures=["加快党建品牌建设，突出特色亮点。"])],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n" + _A),
            plans("三、下步打算\n丰富支部活动的形式，把党课搬到施工现场，请老党员讲一段建厂的事。"),
            items=[
                item(
                    _A,
                    remedy="generic",
                    measures=["丰富支部活动的形式，把党课搬到施工现场，请老党员讲一段建厂的事。"],
                )
            ],
        ),
        report(
            problems("二、存在问题\n" + _B),
            plans("三、下步打算\n加强流动党员管理，每季度联系1次。"),
            items=[item(_B, remedy="generic", measures=["加强流动党员管理，每季度联系1次。"])],
        ),
        report(
            problems("二、存在问题\n" + _C),
            plans("三、下步打算\n今后要积极向兄弟单位请教。"),
            items=[item(_C, remedy="generic", measures=["今后要积极向兄弟单位请教。"])],
        ),
        report(problems("二、存在问题\n" + _A), plans("三、下步打算\n再创佳绩。"), items=[item(_A)]),
        report(
            problems("二、存在问题\n一是退休党员基本不参加活动。"),
            plans("三、下步打算\n一是对退休党员送学上门。"),
            items=[
                item("一是退休党员基本不参加活动。", remedy="generic", measures=["一是对退休党员送学上门。"])
            ],
        ),
    ),
)
