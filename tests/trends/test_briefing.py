"""The briefing as a whole: what its page and its document hold, and that they are the same each time."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from lxml import html

from analyzer.trends import briefing
from analyzer.trends.charts import sections
from analyzer.trends.limits import TITLE, limits
from analyzer.trends.paper import paper

from .made import Maker, common, nothing


@pytest.fixture(scope="module")
def trends():
    return Maker((2024, 2025), units=40).trends()


@pytest.fixture(scope="module")
def drawn(trends):
    return sections(trends, common((2024, 2025)))


@pytest.fixture(scope="module")
def page(trends, drawn):
    return briefing.briefing(trends, drawn)


@pytest.fixture(scope="module")
def document(trends, drawn):
    return paper(briefing.heading(trends), drawn, limits(trends))


def test_every_drawing_is_told_in_words_and_numbers(page, drawn):
    tree = html.fromstring(page)
    names = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(names) == len(set(names))
    for section in drawn:
        for chart in section.charts:
            (figure,) = tree.xpath(f"//figure[@id='{chart.name}']")
            (drawing,) = figure.xpath(".//*[local-name()='svg']")
            title, words = (
                tree.get_element_by_id(name).text for name in drawing.get("aria-labelledby").split()
            )
            assert (title, words) == (chart.title, chart.lead)
            assert figure.findtext("h3") == chart.title
            assert len(figure.xpath(".//tbody/tr")) == len(chart.table)
    linked = {link.get("href").removeprefix("#") for link in tree.xpath("//a[starts-with(@href, '#')]")}
    assert linked <= set(names)
    assert TITLE in page


def test_the_page_needs_no_style_that_a_strict_policy_refuses(page):
    tree = html.fromstring(page)
    assert not tree.xpath("//*[@style]")
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", page)


def test_spots_say_their_numbers(page):
    spots = html.fromstring(page).xpath("//*[@class='spot']")
    assert len(spots) > 50
    assert all(spot.get("aria-label") and spot.get("role") == "img" for spot in spots)


def test_the_document_says_what_the_page_says(document, drawn):
    with pypdfium2.PdfDocument(document) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
        sizes = {tuple(round(side) for side in page.get_size()) for page in pdf}
    letters = re.sub(r"\s", "", text)
    for section in drawn:
        for chart in section.charts:
            assert re.sub(r"\s", "", chart.title) in letters
    assert TITLE in letters
    assert sizes == {(595, 842)}


def test_the_same_trends_give_the_same_bytes(page, document, trends, drawn):
    assert briefing.briefing(trends, drawn) == page
    assert paper(briefing.heading(trends), drawn, limits(trends)) == document
    assert not re.search(rb"/(?:Creation|Mod)Date", document)


def test_a_store_that_answers_nothing_has_a_briefing_too(tmp_path):
    files = briefing.write(nothing(), tmp_path)
    assert {path.name for path in files} >= {"briefing.html", "briefing.pdf", "scores-by-year.svg"}
    assert "没有可以画的数据" in (tmp_path / "briefing.html").read_text("utf-8")


def test_in_a_browser_a_spot_says_its_number_at_once(page, browser, tmp_path):
    path = tmp_path / "briefing.html"
    path.write_text(page, "utf-8")
    for width in (360, 1280):
        shown = browser.new_page(viewport={"width": width, "height": 800})
        complaints = []
        shown.on("console", lambda message: complaints.append(message.text))  # noqa: B023
        shown.goto(path.as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        spots = shown.locator("#scores-by-year .spot")
        spots.first.focus()
        assert shown.locator(".spot-words").text_content() == spots.first.get_attribute("aria-label")
        shown.keyboard.press("ArrowRight")
        assert shown.locator(".spot-words").text_content() == spots.nth(1).get_attribute("aria-label")
        assert complaints == []
