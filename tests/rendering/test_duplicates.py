from __future__ import annotations

import json
import re
import shutil

import pytest
from lxml import html

from analyzer.duplicates.finding import between
from analyzer.duplicates.pairs import Pair
from analyzer.rendering.duplicates import page_names, pairs_json, pairs_text, remark, render_pair, share

A = (
    "青山镇2021年述职报告\n"
    "去年三月起，青山镇党委把支部会开到田埂上，2021年共开了12次，老支书说这样的会他听得懂。\n"
    "<b>冷库的门朝北</b>，账本却锁在南屋，钥匙由会计和出纳各拿一把。\r\n谢谢。"
)
B = (
    "绿水镇2022年述职报告\n"
    "<b>冷库的门朝北</b>，账本却锁在南屋，钥匙由会计和出纳各拿一把。\n另写一句话，渔港的船员不在家。\n"
    "去年三月起，绿水镇党委把支部会开到田埂上，2022年共开了30次，老支书说这样的会他听得懂。"
)


@pytest.fixture(scope="module")
def pair():
    overlap, passages = between(A, B)
    return Pair("甲/<报告>.txt", "乙/报告.txt", overlap, passages)


@pytest.fixture(scope="module")
def page(pair):
    return html.fromstring(render_pair(pair, A, B))


def test_the_page_holds_both_texts_letter_for_letter(page):
    assert page.get_element_by_id("text-a").text_content() == A.replace("\r\n", "\n")
    assert page.get_element_by_id("text-b").text_content() == B


def test_passages_lead_to_each_other(page, pair):
    assert len(pair.passages) >= 2
    for number in range(1, len(pair.passages) + 1):
        for one, other in ("ab", "ba"):
            chip = page.get_element_by_id(f"{one}-{number}")
            assert chip.get("href") == f"#{other}-{number}"
            assert page.get_element_by_id(f"{other}-{number}") is not None


def test_what_was_swapped_is_marked_in_both_texts(page):
    marked = {side: page.xpath(f"//*[@id='text-{side}']//*[@class='differs']/text()") for side in "ab"}
    assert marked["a"][-3:] == ["青山镇", "2021", "12"]
    assert marked["b"][-3:] == ["绿水镇", "2022", "30"]


def test_the_page_needs_nothing_from_elsewhere_and_no_script(pair):
    page = render_pair(pair, A, B)
    assert "default-src 'none'" in page
    assert not re.search(r"<script|https?://", page)
    assert "<b>冷库" not in page


def test_it_accuses_nobody(pair):
    page = render_pair(pair, A, B) + pairs_text([pair], 2) + remark(pair)
    assert "相同文字较多，请人工比对" in page
    assert not re.search("抄袭|剽窃|作弊|涉嫌", page)


def test_json_is_as_the_contract_has_it(pair):
    (plain,) = json.loads(pairs_json([pair]))
    assert (plain["a"], plain["b"]) == (pair.a, pair.b)
    assert plain["overlap"] == pytest.approx(pair.overlap, abs=1e-4)
    assert [p["a"] for p in plain["passages"]] == [list(p.a) for p in pair.passages]
    assert pairs_json([]) == "[]\n"


@pytest.mark.parametrize(
    ("overlap", "words", "level"),
    [
        (0.9499, "94.9%", 0.8),
        (0.95, "95%", 0.95),
        (0.98, "98%", 0.98),
        (1.0, "100%", 0.98),
        (0.6, "60%", None),
    ],
)
def test_an_overlap_is_never_rounded_up_to_a_level(overlap, words, level):
    assert share(overlap) == words
    assert Pair("a", "b", overlap, ()).level == level


def test_files_are_numbered_the_most_alike_first():
    pairs = [Pair("a", "b", 0.6, ()), Pair("a", "c", 0.9, ())]
    assert page_names(pairs) == {("a", "c"): "duplicates-001.html", ("a", "b"): "duplicates-002.html"}


def test_the_table_says_where_there_is_nothing():
    assert "没有发现相同文字较多的" in pairs_text([], 12)


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_it_fits_the_screen_and_asks_for_nothing(pair, tmp_path, width):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    path = tmp_path / "pair.html"
    path.write_text(render_pair(pair, A * 20, B * 20), "utf-8")
    asked, complaints = [], []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        tops = [page.locator(f"#text-{side}").bounding_box()["y"] for side in "ab"]
        assert (tops[0] == tops[1]) == (width > 860)
        page.locator("#a-1").click()
        assert page.evaluate("location.hash") == "#b-1"
        browser.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
