"""Each page as it is seen: a checker of accessibility finds no serious fault; the guides get their pictures.

With ``SHUPING_PICTURES=FOLDER`` the pictures are kept there (``make pictures``).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzer.cli import main
from analyzer.store.store import Store
from analyzer.trends.simulation import make_region

from ..conftest import ROOT

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")

FILL = (
    "area => { const blank = /[×X_]{2,}/.exec(area.value); area.setRangeText('12', blank.index,"
    " blank.index + blank[0].length); area.dispatchEvent(new InputEvent('input', { bubbles: true })) }"
)
PASTE = "words => document.execCommand('insertText', false, words)"
WIDE, NARROW = (1280, 860), (360, 740)
SERIOUS = {"serious", "critical"}


@pytest.fixture
def open_page(browser):
    contexts = []

    def opened(url: str, size: tuple[int, int], scheme: str = "light"):
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()


def look(page, picture: str | None = None) -> None:
    """Have the page checked, and its picture taken where pictures are wanted."""
    page.wait_for_timeout(100)  # until what has just been chosen is drawn
    found = axe.Axe().run(page).response["violations"]
    told = [
        f"{each['impact']} {each['id']}: {each['nodes'][0]['html'][:120]}"
        for each in found
        if each["impact"] in SERIOUS
    ]
    assert told == []
    folder = os.environ.get("SHUPING_PICTURES")
    if folder and picture:
        page.screenshot(path=Path(folder, f"{picture}.png"))


@pytest.fixture
def writing(open_page, client, report) -> Callable[..., object]:
    """The writers' page with a report in it."""

    def opened(size: tuple[int, int], scheme: str = "light"):
        page = open_page(client.url, size, scheme)
        page.locator("#text").focus()
        page.evaluate(PASTE, report)
        page.locator("#score[aria-busy=false]").wait_for()
        page.locator("#findings .card").first.wait_for()
        page.locator("#text").evaluate("area => { area.setSelectionRange(0, 0); area.scrollTop = 0 }")
        page.evaluate("scrollTo(0, 0)")
        return page

    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("size", "suffix"), [(WIDE, ""), (NARROW, "-narrow")])
def test_the_writers_page(writing, size, suffix, scheme):
    page = writing(size, scheme)
    pictured = scheme == "light"
    look(page, f"writing{suffix}" if pictured else None)
    page.locator("#text").evaluate(FILL)
    page.locator("#delta", has_text="▲").wait_for()
    for tab in ("card", "chains", "changes"):
        page.locator(f"#tab-{tab}").click()
        look(page, tab if pictured and not suffix else None)
    page.locator("#tab-findings").click()
    page.locator("#findings .ignore").first.click()
    page.locator("#more summary").click()
    look(page)


@pytest.fixture(scope="module")
def written(tmp_path_factory, corpora) -> Path:
    """Pages as the commands write them: a report, two that share wording, two years of a unit, trends."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "years").mkdir()
    own, other = ((corpora / "w6" / f"w6-{name}.txt").read_text("utf-8") for name in ("05", "06"))
    (folder / "甲县司法局.txt").write_text(own, "utf-8")
    # Most of the paragraphs taken over with another year, the rest of another hand.
    paragraphs = [
        theirs if number % 4 == 0 else ours.replace("2019", "2020")
        for number, (ours, theirs) in enumerate(zip(own.splitlines(), other.splitlines(), strict=False))
    ]
    (folder / "乙县司法局.txt").write_text("\n".join(paragraphs), "utf-8")
    (folder / "2025.txt").write_text((corpora / "w6" / "w6-08.txt").read_text("utf-8"), "utf-8")
    now = ROOT / "tests" / "comparing" / "data" / "yibao-2026.txt"
    (folder / "2026.txt").write_text(now.read_text("utf-8"), "utf-8")
    make_region(Store.open(str(folder / "region.db")), units=60)
    with contextlib.chdir(folder):
        for command in (
            "score 甲县司法局.txt --format html --output report",
            "duplicates 甲县司法局.txt 乙县司法局.txt --format html --output copies",
            "compare 2025.txt 2026.txt --format html --output years/years.html",
            "trends --store region.db --output briefing",
        ):
            assert CliRunner().invoke(main, command.split()).exit_code == 0
    return folder


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("name", ["report", "copies", "years", "briefing"])
def test_pages_that_commands_write(open_page, written, name, size):
    (path, *_) = sorted((written / name).rglob("*.html"))
    look(open_page(path.as_uri(), size), name if size == WIDE else None)
