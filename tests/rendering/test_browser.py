"""The page in a real browser: what only layout and scripts can show."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.rendering.html import render_html

from .gold import finding, gold_names, gold_result, small_result

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
HOSTILE = (
    "标题<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">\n" + "a" * 2000
)


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    result = gold_result("w6/w6-05") if "w6/w6-05" in gold_names() else _small()
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render_html(result), "utf-8")
    return path


def _small():
    text = "一、履职情况\n" + "学习X次，研讨Y次，作风好转。\n" * 60
    at = text.rindex("作风")
    return small_result(text, (finding(text, 9, 11), finding(text, at, at + 4, message="别的话。")))


def opened(browser, path: Path, width: int, **options):
    """Open the page; everything that it complains of or asks the network for is kept in two lists."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, reduced_motion="reduce", **options
    )
    page = context.new_page()
    page.complaints, page.requests = [], []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.requests.append(request.url))
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("width", [360, 768, 1024, 1440])
def test_it_fits_the_screen_in_silence_and_asks_for_nothing(browser, page_file, width):
    page = opened(browser, page_file, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []


def test_a_finding_leads_to_its_place_and_a_place_to_its_finding(browser, page_file):
    page = opened(browser, page_file, 1440)
    last = page.locator(".card").count()
    page.locator(f"#finding-{last} .go").click()
    assert page.evaluate("document.activeElement.id") == f"at-{last}"
    assert page.locator(f"#at-{last}").evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
    )
    page.locator("#at-1").click()
    assert page.evaluate("document.activeElement.id") == "finding-1"
    assert "active" in page.locator("#finding-1").get_attribute("class")


def test_a_dimension_lists_its_findings_and_jumps_to_them(browser, page_file):
    page = opened(browser, page_file, 1440)
    row = page.locator(".row", has=page.locator("[data-finding]")).first
    row.locator("summary").click()
    link = row.locator("[data-finding]").first
    number = link.get_attribute("data-finding")
    link.click()
    assert page.evaluate("document.activeElement.id") == f"at-{number}"


def test_filters_hide_findings_and_their_numbers(browser, page_file):
    page = opened(browser, page_file, 1440)
    button = page.locator(".filters button").first
    hidden = page.locator(f".card[data-severity={button.get_attribute('data-severity')}]")
    assert hidden.first.is_visible()
    button.click()
    assert not hidden.first.is_visible()
    assert not page.locator(f"#at-{hidden.first.get_attribute('data-number')}").is_visible()
    page.locator("select").select_option("facts")
    shown = page.locator(".card:visible").all()
    assert all(card.get_attribute("data-dimension") == "facts" for card in shown)


def test_a_narrow_screen_shows_the_finding_beside_its_place(browser, page_file):
    page = opened(browser, page_file, 360)
    page.locator("#at-2").click()
    assert page.locator(".peek").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".peek").is_visible()
    assert page.evaluate("document.activeElement.id") == "at-2"


def test_without_scripts_the_links_still_work(browser, page_file):
    page = opened(browser, page_file, 1440, java_script_enabled=False)
    page.locator("#finding-1 .go").click()
    assert page.url.endswith("#at-1")
    page.locator("#at-2").click()
    assert page.url.endswith("#finding-2")
    assert not page.locator(".tools").is_visible()


def test_report_text_never_runs(browser, tmp_path):
    path = tmp_path / "hostile.html"
    path.write_text(render_html(small_result(HOSTILE, (finding(HOSTILE, 2, 40),))), "utf-8")
    page = opened(browser, path, 360)
    page.locator("#at-1").click()
    assert page.title() != "run"
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_copied_text_is_the_report(browser, page_file):
    page = opened(browser, page_file, 1440)
    result = gold_result("w6/w6-05") if "w6/w6-05" in gold_names() else _small()
    assert page.evaluate("document.getElementById('report').textContent") == result.text.replace("\r\n", "\n")
