"""What copying did to a text hides nothing from the rules, and their places are those of the text as read."""

from __future__ import annotations

from analyzer.rules.catalogue import judge, rule
from analyzer.rules.examples import duties, report


def test_a_unit_that_a_stray_space_parts_is_read_whole() -> None:
    told = "一、履职情况\n我局党组研究议题9个，\u200b我 行党组走访12次，我局发展党员3名。"
    small = report(duties(told)).report()
    (said,) = judge(small, [rule("inconsistent-unit")])
    assert small.document.text[said.hit.start : said.hit.end] == "我 行"
    assert "“我行”" in said.hit.message
