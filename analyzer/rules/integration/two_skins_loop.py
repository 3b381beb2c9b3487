"""两张皮 is admitted, then promised away without any means.

Source: DOMAIN §2.E lzp_loop.  The honest admission itself never costs anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import item, plans, problems, report
from analyzer.rules.places import one_line
from analyzer.rules.remedies.answers import looped_pledges


def _check(report: Report) -> Iterator[Hit]:
    for mention, confidence in looped_pledges(report):
        quote = one_line(report.document.text[mention.start : mention.end], 30)
        yield Hit(
            mention.start,
            mention.end,
            f"前面如实承认了党建与业务“两张皮”（承认本身不扣分），这里说“{quote}”，"
            "却没有说靠什么做到：没有责任人、时间、数量，也没有一项制度。",
            "请写出一个办法：哪项业务难点由哪个支部领办、什么时候一起研究、用什么考核。",
            confidence,
        )


_P = "一是融合不紧，在一定程度上存在“两张皮”的现象。"
_ADMITTED = ("存在“两张皮”的现象", "admitted")

RULE = Rule(
    id="two-skins-loop",
    family=Family.INTEGRATION,
    dimension=Dimension.INTEGRATION,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="承认“两张皮”却没有办法",
    what="报告自己承认党建与业务脱节，又在打算里承诺解决，而承诺所在的措施里没有责任人、时间、数量或机制。只承认不扣分；写了同谋划同部署、任务清单、联席会等办法的不算。",
    why="党建与业务融合是评议的重点；承认之后没有办法，等于把老问题留到明年。",
    fix="把一项业务难题交给一个支部，写清怎么干、谁考核。",
    basis="述职评议考核要求推动基层党建与中心工作深度融合；有无具体办法属评审惯例。",
    check=_check,
    must_fire=(
        report(
            problems("二、存在问题\n" + _P),
            plans("三、下步打算\n一是提高站位，搞好融合，从源头上解决“两张皮”的问题。"),
            items=[item(_P)],
            two_skins=[_ADMITTED, ("从源头上解决“两张皮”的问题", "remedy")],
        ),
        report(
            problems("二、存在问题\n二是重业务轻党建。"),
            plans("三、下步打算\n着力推动党建与业务深度融合。"),
            items=[item("二是重业务轻党建。")],
            two_skins=[("重业务轻党建", "admitted"), ("推动党建与业务深度融合", "remedy")],
        ),
        report(
            problems("二、存在问题\n" + _P),
            plans("三、下步打算\n以党建引领一切工作，坚决杜绝“两张皮”。\n每季度到支部1次。"),
            items=[item(_P)],
            two_skins=[_ADMITTED, ("坚决杜绝“两张皮”", "remedy")],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n" + _P),
            plans("三、下步打算\n多到支部走一走。"),
            items=[item(_P)],
            two_skins=[_ADMITTED],
        ),
        report(
            problems("二、存在问题\n" + _P),
            plans(
                "三、下步打算\n一是破解“两张皮”。每月支部会先议一项业务难题，由分管副局长领题，6月、12月各验收1次。"
            ),
            items=[item(_P)],
            two_skins=[_ADMITTED, ("破解“两张皮”", "remedy")],
        ),
        report(
            plans("三、下步打算\n按照上级要求，着力破解“两张皮”。"),
            two_skins=[("破解“两张皮”", "remedy")],
        ),
        report(
            problems("二、存在问题\n" + _P),
            plans("三、下步打算\n推动深度融合。党建和业务同谋划、同部署、同推进、同考核，列入年度考核方案。"),
            items=[item(_P)],
            two_skins=[_ADMITTED, ("推动深度融合", "remedy")],
        ),
    ),
)
