"""The views of a comparison."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache

import pytest
from lxml import html
from rich.cells import cell_len

from analyzer.comparing.compare import compare
from analyzer.comparing.comparison import Fate, Filling, Kind, Notice, Outcome, Return, SwapKind, Wording
from analyzer.rendering import comparing
from analyzer.rendering.comparing_html import comparison_page
from analyzer.rendering.comparing_json import comparison_json
from analyzer.rendering.comparing_terminal import comparison_text

from ..comparing.pairs import result_of, two_drafts
from .gold import small_result

HOSTILE = (
    "一、履职情况\n<script>alert(1)</script>党课\x1b[31m4次，\u202e走访\ud800困难党员12户。\n"
    "二、打算\n6月底前<b>走访</b>30户。"
)


@cache
def _years():
    return compare(result_of("w6/w6-08"), result_of("yibao-2026"))


@cache
def _drafts():
    return compare(*reversed(two_drafts()))


COMPARISONS = (_years, _drafts)


@pytest.mark.parametrize("comparison", COMPARISONS)
def test_the_terminal_view_fits_80_columns(comparison):
    shown = comparison_text(comparison())
    assert max(cell_len(line) for line in shown.split("\n")) <= 80
    assert "各部分沿用了多少" in shown
    assert "不等于没有做" in "".join(shown.split())


def test_the_terminal_shows_problems_and_promises_with_judgement_and_place():
    shown = "".join(comparison_text(_years()).split())
    for words in (
        "理论武装还不够深入去年第33行【原样再提】",
        "【没有提到，请核实】",
        "去年承诺的这一条，今年报告中没有提到，请核实",
        "《班子成员参加所在支部活动清单》2月印发",
    ):
        assert words in shown


def test_the_terminal_shows_what_was_mended():
    shown = "".join(comparison_text(_drafts()).split())
    for words in ("各方面的分数", "已改的意见", "placeholder", "XX期→11"):
        assert words in shown


@pytest.mark.parametrize("comparison", COMPARISONS)
def test_the_page_needs_nothing_from_outside_and_runs_nothing(comparison):
    page = comparison_page(comparison())
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page.replace("&#39;", "'")
    assert "<script" not in page
    assert " style=" not in page
    assert not re.findall(r"(?:src|href)=\"(?!#|data:)", page)
    assert "http:" not in page.replace("http-equiv", "")
    assert "https:" not in page


@pytest.mark.parametrize("comparison", COMPARISONS)
def test_every_link_of_the_page_leads_somewhere(comparison):
    tree = html.fromstring(comparison_page(comparison()))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [link[1:] for link in tree.xpath("//a/@href")]
    assert len(links) > 3
    assert set(links) <= set(ids)


@pytest.mark.parametrize("comparison", COMPARISONS)
def test_the_page_holds_every_sentence_of_both_reports(comparison):
    compared = comparison()
    tree = html.fromstring(comparison_page(compared))
    shown = "".join("".join(tree.xpath("//section[@aria-labelledby='wording']")[0].itertext()).split())
    for part in compared.parts:
        for passage in part.passages:
            if passage.this:
                assert "".join(compared.this.text[slice(*passage.this)].split()) in shown
            elif passage.last:
                assert "".join(compared.last.text[slice(*passage.last)].split()) in shown


def test_hostile_text_stays_text():
    compared = compare(small_result(HOSTILE), small_result(HOSTILE.replace("4", "5")), Kind.YEARS)
    page = comparison_page(compared)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    page.encode("utf-8")
    shown = comparison_text(compared)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    json.loads(comparison_json(compared).encode("utf-8"))


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (comparing.RETURN, Return),
        (comparing.OUTCOME, Outcome),
        (comparing.WORDING, Wording),
        (comparing.SWAP, SwapKind),
        (comparing.FATE, Fate),
        (comparing.FILLING, Filling),
        (comparing.NOTICE, Notice),
        (comparing.KIND, Kind),
    ],
)
def test_every_judgement_has_its_words(words, kinds):
    assert set(words) == set(kinds)
    for each in words.values():
        each.encode("gbk")


def test_scores_of_different_rubrics_are_never_called_a_gain():
    last, this = two_drafts()
    other = compare(replace(last, analyzer={**last.analyzer, "rubric": "party-duty/0"}), this)
    said = comparing.verdict(other)
    assert "→" not in said
    for shown in (comparison_text(other), comparison_page(other)):
        assert "分数不能相减" in "".join(shown.split())
        assert "各方面的分数" not in shown


def test_silence_asks_to_look_and_never_blames():
    said = [*comparing.OUTCOME.values(), *comparing.RETURN.values(), comparing.LIMITS]
    said += [comparing.remark(promise) for promise in _years().years.promises]
    for word in ("失信", "造假", "抄袭", "敷衍", "食言", "不老实"):
        assert not [words for words in said if word in words]
    assert "请核实" in comparing.OUTCOME[Outcome.SILENT]
