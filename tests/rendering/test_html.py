from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.rendering.html import render_html
from analyzer.result import (
    Advice,
    Analysis,
    Cause,
    CauseKind,
    CauseStatus,
    Problem,
    Remark,
    Remedy,
    RemedyStatus,
    Section,
    SectionType,
    Span,
    Stance,
    TwoSkins,
)

from .gold import (
    abstained_result,
    finding,
    gold_names,
    gold_result,
    in_doubt,
    small_result,
    with_one_in_passing,
)

NAMES = gold_names()[::9]
HOSTILE = (
    '标题<script>alert(1)</script>\r\n]]><img src=x onerror=alert(1)> "引" &amp; \x00</article></style>\n'
    + "a" * 3000
)


def parse(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True))


def text_of(tree: lxml.html.HtmlElement) -> str:
    return tree.get_element_by_id("report").text_content()


def feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("name", NAMES)
def test_the_page_holds_the_report_character_for_character(name):
    result = gold_result(name)
    assert text_of(parse(render_html(result))) == feeds(result.text)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere_and_every_finding_is_linked_both_ways(name):
    result = gold_result(name)
    tree = parse(render_html(result))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = {href[1:] for href in tree.xpath("//@href") if href.startswith("#")}
    assert links <= set(ids)
    for number in range(1, len(result.findings) + 1):
        assert {f"at-{number}", f"finding-{number}"} <= links
        assert tree.get_element_by_id(f"at-{number}").get("href") == f"#finding-{number}"


@pytest.mark.parametrize("name", NAMES)
def test_each_short_finding_marks_exactly_its_words(name):
    result = gold_result(name)
    tree = parse(render_html(result))
    shown = sorted(result.findings, key=lambda f: (f.start, f.end))
    for card in tree.xpath('//li[contains(@class, "card")]'):
        number = card.get("data-number")
        pieces = tree.xpath(f'//*[contains(concat(" ", @data-notes, " "), " {number} ")]')
        if pieces:
            marked = "".join(piece.text_content() for piece in pieces)
            finding_ = shown[int(number) - 1]
            assert marked.replace("\n", "") == feeds(finding_.evidence).strip().replace("\n", "")


def test_nothing_is_fetched_and_the_policy_forbids_it():
    page = render_html(gold_result(NAMES[0])) if NAMES else render_html(small_result(HOSTILE))
    assert not re.search(r"(?:https?:)?//[a-z0-9]", re.sub(r"<script>.*?</script>", "", page, flags=re.S))
    tree = parse(page)
    policy = tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')[0]
    assert policy.startswith("default-src 'none'")
    for kind in ("style", "script"):
        (content,) = tree.xpath(f"//{kind}/text()")
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not tree.xpath("//@style | //@src | //link[@rel='stylesheet']")
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]


def test_report_text_is_never_markup():
    bad = '"><script>alert(2)</script>'
    findings = (
        finding(HOSTILE, 2, 10, message=bad, suggestion=bad, rule="x" + bad),
        finding(HOSTILE, 0, len(HOSTILE)),
    )
    tree = parse(render_html(small_result(HOSTILE, findings)))
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img")
    assert text_of(tree) == feeds(HOSTILE).replace("\x00", "\ufffd")
    assert (
        bad
        in tree.get_element_by_id("finding-1").text_content()
        + tree.get_element_by_id("finding-2").text_content()
    )


def test_without_a_score_the_page_says_why():
    page = parse(render_html(abstained_result("述职报告\n今年工作很好。"))).text_content()
    assert "暂不评分：正文只有 40 字" in page
    assert "评分卡" not in parse(render_html(abstained_result("短。"))).xpath("string(//main)")


def test_a_faultless_report_has_no_findings_to_show():
    tree = parse(render_html(small_result("述职报告。")))
    assert "没有发现需要修改的地方。" in tree.text_content()
    assert "只评文字写法，不评工作、廉洁与忠诚；本结果供人工参考。" in tree.text_content()


def test_an_empty_text_still_has_a_place_for_its_findings():
    tree = parse(render_html(small_result("", (finding("", 0, 0, rule="missing-section"),))))
    assert tree.get_element_by_id("at-1") is not None


def test_a_missing_link_of_the_chain_is_said_in_words():
    text = "一、问题\n学习不深。"
    problem = Problem(
        5,
        10,
        "学习不深",
        Cause(CauseStatus.NONE, None, None, None, 1.0),
        Remedy(RemedyStatus.NONE, (), 1.0),
        1.0,
    )
    tree = parse(render_html(small_result(text, analysis=Analysis(problems=(problem,)))))
    words = tree.get_element_by_id("problem-1").text_content()
    assert "没有说原因" in words
    assert "没有对应措施" in words


def test_a_problem_told_in_passing_is_called_so_and_lacks_no_cause():
    result = with_one_in_passing(gold_result(NAMES[0]))
    tree = parse(render_html(result))
    passing, *others = tree.find_class("chain")
    assert [tag.text for tag in passing.find_class("in-passing")] == ["履职中提到"]
    (cause,) = passing.find_class("cause")
    assert [status.text for status in cause.find_class("status")] == ["不作要求"]
    assert [len(cause.find_class(name)) for name in ("doubt", "gap")] == [1, 0]
    (remedy,) = passing.find_class("remedy")
    assert len(remedy.find_class("gap")) == 1
    assert others
    assert not any(chain.find_class("in-passing") for chain in others)
    (head,) = tree.xpath('//h2[@id="chains-title"]')
    assert f"列出 {len(others)} 个，履职、整改中另提到 1 个" in head.text_content()
    assert "另提到" not in render_html(gold_result(NAMES[0]))


def test_a_link_that_nobody_can_tell_of_is_neither_there_nor_missing():
    result = in_doubt(gold_result(NAMES[0]))
    tree = parse(render_html(result))
    for number, problem in enumerate(result.analysis.problems, 1):
        chain = tree.get_element_by_id(f"problem-{number}")
        links = chain.find_class("cause") + chain.find_class("remedy")
        assert [link.get("class") for link in links] == ["link cause unsure", "link remedy unsure"]
        for link in links:
            assert [status.text for status in link.find_class("status")] == ["拿不准"]
            assert len(link.find_class("doubt")) == 1
            assert not link.find_class("gap") + link.find_class("missing")
        assert len(chain.find_class("link-words")) == (problem.cause.start is not None) + len(
            problem.remedy.spans
        )


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="党建X。\n\r <&\"'　１、一（", max_size=40), st.data())
def test_any_marks_on_any_text_leave_the_text_as_it_is(text, data):
    def stretch() -> tuple[int, int]:
        start = data.draw(st.integers(0, len(text)))
        return start, data.draw(st.integers(start, len(text)))

    cuts = sorted({0, *data.draw(st.lists(st.integers(0, len(text)), max_size=3)), len(text)})
    kinds = st.sampled_from(SectionType)
    analysis = Analysis(
        sections=tuple(
            Section(data.draw(kinds), s, e, text[s:e][:5] or None, 1.0) for s, e in pairwise(cuts)
        ),
        problems=(
            Problem(
                *stretch(),
                "问题",
                Cause(CauseStatus.SHALLOW, CauseKind.RESTATED, *stretch(), 1.0),
                Remedy(RemedyStatus.GENERIC, (stretch(), stretch()), 1.0),
                1.0,
            ),
        ),
        two_skins=(TwoSkins(*stretch(), Stance.ADMITTED, 1.0),),
        placeholders=(Span(*stretch(), 1.0),),
        vague=(Span(*stretch(), 1.0), Span(*stretch(), 1.0)),
    )
    findings = tuple(finding(text, *stretch()) for _ in range(3))
    tree = parse(render_html(small_result(text, findings, analysis)))
    assert text_of(tree) == feeds(text)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//@href") if href.startswith("#")} <= set(ids)
    assert {f"at-{n}" for n in (1, 2, 3)} | {
        "problem-1-at",
        "cause-1-at",
        "remedy-1-1-at",
        "remedy-1-2-at",
    } <= set(ids)


def test_the_advice_is_shown_in_parts_and_whole_and_its_words_stay_words():
    words = "如“<b>X次</b>”"
    advice = Advice("整段。" + words, "总体较好。", (), (Remark(words, ((0, 2),)),), ("把空白填上",))
    tree = parse(render_html(replace(small_result(HOSTILE), advice=advice)))
    (panel,) = tree.find_class("advice")
    assert panel.text_content().count(words) == 2
    assert "第 1 行" in panel.text_content()
    assert not panel.xpath(".//b")
    assert not parse(render_html(small_result(HOSTILE))).find_class("advice")
