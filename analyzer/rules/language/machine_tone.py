"""Frames of speech that text generators like and the genre hardly knows.

Source: DOMAIN §2.G ai_tone.  A hint, never a fault: it may be the writer's own style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer.lexicons import table
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import closing, duties, plans, report
from analyzer.rules.search import Place, found


@cache
def _frames() -> tuple[re.Pattern[str], re.Pattern[str]]:
    tone = table("usage.toml")["tone"]
    return re.compile("|".join(tone["patterns"])), re.compile(tone["bold"])


def _check(report: Report) -> Iterator[Hit]:
    frames, bold = _frames()
    places = list(found(report, frames))
    # Marks of Markdown are repaired away: only the text as read has them.
    places += [Place(match, *match.span()) for match in bold.finditer(report.document.text)]
    if len({place.text[:4] for place in places}) < table("usage.toml")["tone"]["least"]:
        return
    first = min(places, key=lambda place: place.start)
    yield Hit(
        first.start,
        first.end,
        f"全文有 {len(places)} 处成套的连接语或加粗的小标题，述职报告里少见，读来像现成的框架。"
        "这只是提示，不扣分；如果是您的习惯，可以不改。",
        "不必改句式，多写几件只有您说得出的事：哪一天、在哪个支部、谁、结果怎样。",
        0.6,
    )


RULE = Rule(
    id="machine-tone",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.INFO,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.HOUSE,
    title="行文像现成框架",
    what="数“值得注意的是”“综上所述”“首先……其次……最后”一类成套的连接语和成串的加粗小标题，三种以上才提示。",
    why="框架话多，具体事就少，读者难以看到本人的工作。",
    fix="补具体的事实。",
    basis="评阅经验；只作提示，永远不扣分，也不据此判断稿子由谁所写。",
    check=_check,
    must_fire=(
        report(
            duties(
                "一、履职情况\n值得注意的是，党建工作有了提升。不难发现，队伍更有活力。综上所述，成绩明显。"
            )
        ),
        report(
            plans(
                "三、下步打算\n1. **加强学习**：学深悟透。\n2. **强化管理**：从严从实。\n3. **改作风**：常抓"
            )
        ),
        report(
            duties("一、履职情况\n毋庸置疑，党建是根本。从某种意义上说，抓党建就是抓发展。"),
            closing("总而言之，成绩属于大家。让我们携手前行。"),
        ),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n值得一提的是，三支部的“晨会”被市里推广。")),
        report(duties("一、履职情况\n首先抓学习，全年集中学习14次；其次抓队伍，最后才抓台账。")),
        report(plans("三、下步打算\n一是抓学习。二是抓管理。三是改作风。")),
    ),
)
