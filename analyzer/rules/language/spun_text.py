"""Set phrases with one word exchanged for a synonym: the trace of a rewriting program.

Source: DOMAIN §2.G spun_text.  One such word may be a slip; two different ones are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer.lexicons import any_of, table
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, problems, report
from analyzer.rules.search import found


@cache
def _spun() -> re.Pattern[str]:
    return any_of(table("wording.toml")["spun"]["words"])


def _check(report: Report) -> Iterator[Hit]:
    places = list(found(report, _spun()))
    words = list(dict.fromkeys(place.text for place in places))
    if len(words) < table("wording.toml")["spun"]["least"]:
        return
    named = "".join(f"“{word}”" for word in words[:4])
    yield Hit(
        places[0].start,
        places[0].end,
        f"全文有 {len(places)} 处固定说法里的词被换成了近义词（{named}），"
        "读来不通，改写工具处理过的文字里常有这种情形。",
        "请逐处恢复规范的说法，并核对前后文是否是本单位的实际。",
        0.85,
    )


RULE = Rule(
    id="spun-text",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="固定说法被换词",
    what="找出固定说法中个别词被换成近义词的痕迹（如“战役堡垒”“党构造”“八项划定”），两种以上才提示。",
    why="这种痕迹常见于改写工具处理过的文字，读来不通，而且往往把规范表述改错。",
    fix="恢复规范说法，按实际重写。",
    basis="公开的文稿网站上常见；词表由本项目整理。",
    check=_check,
    must_fire=(
        report(
            duties(
                "一、履职情况\n夯实根本，不断增强基层党构造扶植，充分发挥战役堡垒的感化。".replace(
                    "\\\n", "\n"
                )
            )
        ),
        report(duties("一、履职情况\n当真落实中央八项划定，把周全从严治党引向深入。")),
        report(problems("二、存在问题\n部分社区党构造凝集力、战役力不强，器重水平不够。")),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n落实中央八项规定精神，加强基层党组织建设，发挥战斗堡垒作用。")),
        report(duties("一、履职情况\n渡江战役纪念馆参观学习1次，党员战役力比拼赛1场。")),
        report(problems("二、存在问题\n重视程度不够，凝聚力不强，组织构造单一。")),
    ),
)
