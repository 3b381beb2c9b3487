"""The writers' page in a real browser, with the server that users run."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from analyzer.config import Settings
from analyzer.web.app import make_app

from .conftest import served
from .test_api import a_docx

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

TYPE = "words => document.execCommand('insertText', false, words)"


@pytest.fixture(scope="module")
def seed(root, report) -> str:
    """The sample submission of the project, or a report of the corpus where it is not at hand."""
    path = root.parent / "shared" / "corpus" / "seed" / "seed.txt"
    return path.read_text("utf-8") if path.is_file() else report


@pytest.fixture
def page(browser, client) -> Iterator[playwright.Page]:
    """The page, empty; at the end it has complained of nothing and asked nobody else for anything."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, reduced_motion="reduce", accept_downloads=True
    )
    opened = context.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    opened.complaints = complaints
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda request: requests.append(request.url))
    opened.goto(client.url)
    yield opened
    context.close()
    assert complaints == []
    assert [url for url in requests if not url.startswith((client.url, "data:", "blob:"))] == []


def checked(page) -> None:
    """Wait until what is shown is of the text as it stands."""
    page.locator("#score[aria-busy=false]").wait_for()
    page.locator("[data-form]:enabled").first.wait_for(state="attached")


def until(page, condition: str) -> None:
    """Wait for what a script says; playwright's own way of it is against the page's policy on scripts."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {condition}")


def paste(page, text: str) -> None:
    page.locator("#text").focus()
    page.evaluate(TYPE, text)
    checked(page)


def overall(page) -> float:
    return float(page.locator("#overall").inner_text())


def marks(page, severity: str) -> list[str]:
    return page.locator(f"#mirror .mark.{severity}").all_inner_texts()


def drop(page, name: str, data: bytes) -> None:
    """Drop a file on the page as a file manager does."""
    transfer = page.evaluate_handle(
        "([name, bytes]) => { const held = new DataTransfer();"
        " held.items.add(new File([new Uint8Array(bytes)], name)); return held }",
        [name, list(data)],
    )
    page.locator("#text").dispatch_event("drop", {"dataTransfer": transfer})
    page.locator("#name", has_text=name).wait_for()
    checked(page)


def fetched(page, form: str, *, scorecard: bool = False) -> bytes:
    page.locator("#downloads summary").click()
    which = "[data-scorecard]" if scorecard else ":not([data-scorecard])"
    with page.expect_download() as download:
        page.locator(f"[data-form={form}]{which}").click()
    return Path(download.value.path()).read_bytes()


def test_a_draft_shows_its_sections_blanks_and_problems(page, seed, analyzer):
    paste(page, seed)
    result = analyzer.analyze_text(seed)
    names = page.locator("#outline li button span:first-child").all_inner_texts()
    assert {"履职情况", "存在问题", "下步打算"} <= set(names)
    assert len(names) == len(result.analysis.sections)
    assert overall(page) == pytest.approx(result.scorecard.overall, abs=0.05)
    assert page.locator("#findings .card").count() == len(result.findings)
    steps = page.locator("#findings .step").evaluate_all("all => all.map(each => each.firstChild.data)")
    assert steps == ["先补数据", "再挖原因", "再配措施", "其他"]
    held = "".join(marks(page, "error"))
    for blank in result.analysis.placeholders:
        assert seed[blank.start : blank.end] in held
    page.locator("#tab-chains").click()
    assert page.locator("#chains .chain").count() == len(result.analysis.problems)
    gaps = sum(each.cause.start is None for each in result.analysis.problems)
    assert page.locator("#chains .link.cause.none .gap").count() == gaps


def test_what_nobody_can_tell_is_no_gap(browser, report):
    sure_of_nothing = Settings(path=Path("shuping.toml"), thresholds=((("confidence", "default"), 1.0),))
    with served(make_app(sure_of_nothing)) as client:
        page = browser.new_page()
        page.goto(client.url)
        paste(page, report)
        page.locator("#tab-chains").click()
        problems = page.locator("#chains .chain").count()
        assert problems
        unsure = page.locator("#chains .link.unsure")
        assert unsure.count() == 2 * problems
        assert set(unsure.locator(".status").all_inner_texts()) == {"拿不准"}
        assert unsure.locator(".doubt", has_text="请自己看一眼").count() == unsure.count()
        assert page.locator("#chains .gap, #chains .missing").count() == 0
        page.close()


def test_a_problem_told_in_passing_is_called_so_and_lacks_no_cause(page, corpora, analyzer):
    text = (corpora / "w10" / "w10-02.txt").read_text("utf-8")
    told = [problem for problem in analyzer.analyze_text(text).analysis.problems if problem.in_passing]
    assert told
    paste(page, text)
    page.locator("#tab-chains").click()
    passing = page.locator("#chains .chain", has=page.locator(".in-passing", has_text="履职中提到"))
    assert passing.count() == len(told)
    assert passing.locator(".cause .status").all_inner_texts() == ["不作要求"] * len(told)
    assert passing.locator(".cause .gap").count() == 0
    assert passing.locator(".cause .doubt").count() == len(told)
    assert page.locator("#chains > .doubt", has_text=f"履职、整改中另提到 {len(told)} 个。").count() == 1


def test_the_seed_shows_three_sections_eight_blanks_and_three_problems(page, shared):
    text = (shared / "corpus" / "seed" / "seed.txt").read_text("utf-8")
    paste(page, text)
    names = page.locator("#outline li button span:first-child").all_inner_texts()
    assert [name for name in names if name != "引言"] == ["履职情况", "存在问题", "下步打算"]
    marked = marks(page, "error") + marks(page, "warning")
    assert len([words for words in marked if "X" in words and len(words) < 8]) == 8
    assert page.locator("#tab-chains .tab-count").inner_text() == "3"
    page.locator("#tab-chains").click()
    assert page.locator("#chains .chain").count() == 3


def test_the_marks_lie_under_their_words(page, seed):
    paste(page, seed)
    assert page.locator("#mirror").inner_text().rstrip("\n") == seed.rstrip("\n")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        sizes = page.evaluate(
            "['mirror', 'text'].map(id => { const e = document.getElementById(id);"
            " return [e.clientWidth, e.scrollHeight] })"
        )
        assert sizes[0] == sizes[1]


def fill(page, blank: tuple[int, int], words: str) -> None:
    page.evaluate("([a, b]) => document.getElementById('text').setSelectionRange(a, b)", list(blank))
    page.keyboard.type(words)
    checked(page)


def test_filling_the_blanks_takes_their_marks_away_and_raises_the_score(page, seed, analyzer):
    paste(page, seed)
    before, found = overall(page), page.locator("#findings .card").count()
    blanks = analyzer.analyze_text(seed).analysis.placeholders
    # From the last, so that what is typed moves no other.
    *others, last = ((blank.start, blank.end) for blank in blanks)
    fill(page, last, "12")
    assert page.locator("#findings .card").count() < found
    assert seed[slice(*last)] not in marks(page, "error")[-1:]
    for blank in reversed(others):
        fill(page, blank, "12")
    assert overall(page) > before
    assert page.locator("#delta").inner_text().startswith("▲")
    page.locator("#tab-changes").click()
    assert f"改掉 {page.locator('#changes .done').count()} 处" in page.locator("#changes .since").inner_text()


def test_typing_between_marks_moves_them_at_once(page, seed):
    paste(page, seed)
    before = marks(page, "error")
    page.route("**/page/check", lambda route: None)  # no answer comes
    page.evaluate("document.getElementById('text').setSelectionRange(0, 0)")
    page.keyboard.insert_text("按照要求，")
    assert marks(page, "error") == before
    assert page.locator("#mirror").inner_text().startswith("按照要求，")


def test_a_finding_leads_to_its_words_and_back(page, seed):
    paste(page, seed)
    card = page.locator("#findings .card", has=page.locator("mark")).first
    card.locator(".go").click()
    assert page.evaluate("document.activeElement.id") == "text"
    chosen = page.evaluate(
        "(area => area.value.slice(area.selectionStart, area.selectionEnd))(document.getElementById('text'))"
    )
    assert chosen[:4] in card.locator("blockquote").inner_text()
    box = page.locator("#mirror .mark.active").first.bounding_box()
    assert 0 < box["y"] < 800
    page.keyboard.press("F2")
    assert page.evaluate("document.activeElement.closest('.card.active') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "text"


def test_each_lost_point_opens_its_evidence(page, seed):
    paste(page, seed)
    page.locator("#tab-card").click()
    row = page.locator(".row-of", has=page.locator(".to")).first
    row.locator("summary").click()
    row.locator(".to").first.click()
    assert page.evaluate("document.activeElement.id") == "text"


def test_a_finding_is_let_stand_with_a_reason_and_that_can_be_undone(page, seed):
    paste(page, seed)
    before = page.locator("#findings .card").count()
    card = page.locator("#findings .card.error", has=page.locator(".ignore")).first
    card.locator(".ignore").click()
    page.keyboard.type("按保密要求隐去 --> <b>")
    page.keyboard.press("Enter")
    checked(page)
    text = page.locator("#text").input_value()
    assert "理由：按保密要求隐去" in text
    assert text.count("-->") == 1
    assert page.locator("#findings .card").count() < before
    assert "按保密要求隐去" in page.locator("#findings .let-be").first.inner_text()
    page.locator("#text").focus()
    page.keyboard.press("Control+z")
    checked(page)
    assert page.locator("#text").input_value() == seed
    assert page.locator("#findings .card").count() == before


def test_a_word_file_is_dropped_and_comes_back_with_comments(page, seed, client):
    data = a_docx(seed)
    drop(page, "述职报告.docx", data)
    assert page.locator("#text").input_value().split() == seed.split()
    found = page.locator("#findings .card").count()
    document = docx.Document(io.BytesIO(fetched(page, "docx")))
    assert [each.text for each in document.paragraphs] == seed.splitlines()
    comments = [each.text for each in document.comments]
    findings = client.send("述职报告.docx", data).json()["findings"]
    assert found == len(findings)
    for finding in findings:
        assert any(finding["message"] in words for words in comments)
    page.locator("#text").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("一")
    checked(page)
    assert "已改动" in page.locator("#name").inner_text()
    edited = docx.Document(io.BytesIO(fetched(page, "docx")))
    assert edited.paragraphs[0].text.startswith("一")


def a_laid_out_docx(text: str) -> bytes:
    """A Word file with a head line and a table besides its text."""
    document = docx.Document(io.BytesIO(a_docx(text)))
    document.sections[0].header.paragraphs[0].text = "内部资料"
    for cell, words in zip(document.add_table(1, 2).rows[0].cells, ("整改台账", "已办结"), strict=True):
        cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def is_laid_out(data: bytes) -> bool:
    document = docx.Document(io.BytesIO(data))
    return len(document.tables) == 1 and document.sections[0].header.paragraphs[0].text == "内部资料"


def let_stand(page, reason: str) -> None:
    page.locator("#findings .card.error .ignore").first.click()
    page.keyboard.type(reason)
    page.keyboard.press("Enter")
    checked(page)


def test_of_two_findings_in_a_sentence_only_the_one_that_is_meant_is_let_stand(page, seed):
    paste(page, seed)
    before = page.locator("#findings .card").count()
    let_stand(page, "按保密要求隐去")
    assert page.locator("#findings .card").count() == before - 1
    assert page.locator("#findings .let-be").count() == 1


def test_a_word_file_ends_with_the_scorecard_if_asked(page, seed):
    paste(page, seed)

    def says_score(data: bytes) -> bool:
        return any("评分卡" in each.text for each in docx.Document(io.BytesIO(data)).paragraphs)

    assert says_score(fetched(page, "docx", scorecard=True))
    assert not says_score(fetched(page, "docx"))


def test_a_word_file_keeps_its_layout_over_a_reload(page, seed):
    drop(page, "述职报告.docx", a_laid_out_docx(seed))
    score, found = overall(page), page.locator("#findings .card").count()
    page.locator("#name[title*='存在这个浏览器里']").wait_for()
    page.reload()
    page.locator("#name[title*='存在这个浏览器里']").wait_for()
    checked(page)
    assert page.locator("#name").inner_text() == "述职报告.docx"
    assert (overall(page), page.locator("#findings .card").count()) == (score, found)
    assert is_laid_out(fetched(page, "docx"))


def test_a_word_file_keeps_its_layout_where_an_edit_is_undone(page, seed):
    drop(page, "述职报告.docx", a_laid_out_docx(seed))
    page.locator("#text").focus()
    page.keyboard.type("一")
    checked(page)
    assert page.locator("#name").inner_text() == "述职报告.docx（已改动）"
    assert not is_laid_out(fetched(page, "docx"))
    page.locator("#text").focus()
    page.keyboard.press("Control+z")
    checked(page)
    assert page.locator("#name").inner_text() == "述职报告.docx"
    assert is_laid_out(fetched(page, "docx"))


def test_a_word_file_keeps_its_layout_where_a_finding_is_let_stand(page, seed, client):
    drop(page, "述职报告.docx", a_laid_out_docx(seed))
    before = len(client.send("述职报告.docx", a_laid_out_docx(seed)).json()["findings"])
    let_stand(page, "按保密要求隐去")
    assert page.locator("#name").inner_text() == "述职报告.docx"
    left = page.locator("#findings .card").count()
    assert left < before
    data = fetched(page, "docx")
    assert is_laid_out(data)
    document = docx.Document(io.BytesIO(data))
    assert not any("shuping" in each.text for each in document.paragraphs)
    assert sum("按保密要求隐去" in each.text for each in document.comments) == 1
    # What was let stand is let stand for whoever gets the file, too.
    again = client.send("述职报告.docx", data).json()
    assert len(again["findings"]) == left
    assert {(each["reason"], each["by"]) for each in again["suppressed"]} == {
        ("按保密要求隐去", "写稿人的批注")
    }
    page.reload()
    checked(page)
    assert is_laid_out(fetched(page, "docx"))


def test_the_file_is_deleted_from_the_browser_with_the_draft(page, seed):
    drop(page, "述职报告.docx", a_docx(seed))
    until(page, "indexedDB.databases().then(all => all.length === 1)")
    page.locator("#more summary").click()
    page.locator("#forget").click()
    until(page, "indexedDB.databases().then(all => all.length === 0)")
    assert page.evaluate("localStorage.length") == 0
    drop(page, "述职报告.docx", a_docx(seed))
    until(page, "indexedDB.databases().then(all => all.length === 1)")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    until(page, "indexedDB.databases().then(all => all.length === 0)")


def test_the_page_and_the_revised_text_are_taken_away(page, seed):
    paste(page, seed)
    assert "<title>" in fetched(page, "html").decode()
    assert fetched(page, "txt").decode() == seed


def test_a_file_that_cannot_be_read_is_told_and_the_draft_stays(page, seed):
    paste(page, seed)
    page.locator("#file").set_input_files({"name": "a.docx", "mimeType": "", "buffer": b"PK\x03\x04broken"})
    page.locator("#trouble").wait_for()
    assert "a.docx" in page.locator("#trouble").inner_text()
    assert "422" in page.complaints.pop()  # of Chromium's own: it names every answer of that kind
    assert page.locator("#text").input_value() == seed


def test_a_reload_keeps_the_draft_until_it_is_deleted(page, seed):
    paste(page, seed)
    score = overall(page)
    page.reload()
    checked(page)
    assert page.locator("#text").input_value() == seed
    assert overall(page) == score
    page.locator("#more summary").click()
    page.locator("#forget").click()
    assert page.locator("#text").input_value() == ""
    page.reload()
    assert page.locator("#text").input_value() == ""
    assert page.evaluate("localStorage.length") == 0


def write_more(page) -> None:
    page.bring_to_front()
    page.locator("#text").focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("后来写的一段。")


def test_a_tab_that_lies_idle_does_not_bring_an_older_draft_back(page, seed, client):
    paste(page, seed)
    page.wait_for_timeout(600)
    idle = page.context.new_page()
    idle.goto(client.url)
    checked(idle)
    write_more(page)
    checked(page)
    until(idle, "document.getElementById('text').value.endsWith('后来写的一段。')")
    checked(idle)
    assert overall(idle) == overall(page)
    assert page.locator("#changes .since").inner_text() == idle.locator("#changes .since").inner_text()


def test_a_tab_that_is_closed_last_does_not_bring_an_older_draft_back(page, seed, client):
    paste(page, seed)
    page.wait_for_timeout(600)
    idle = page.context.new_page()
    idle.add_init_script(
        "addEventListener('storage', event => event.stopImmediatePropagation())"  # it hears of nothing
    )
    idle.goto(client.url)
    checked(idle)
    write_more(page)
    page.goto("about:blank")
    idle.goto("about:blank")
    page.goto(client.url)
    checked(page)
    assert page.locator("#text").input_value().endswith("后来写的一段。")


def test_a_tab_takes_over_that_the_draft_was_deleted(page, seed, client):
    paste(page, seed)
    page.wait_for_timeout(600)
    other = page.context.new_page()
    other.goto(client.url)
    checked(other)
    other.locator("#more summary").click()
    other.locator("#forget").click()
    until(page, "document.getElementById('text').value === ''")
    page.reload()
    assert page.locator("#text").input_value() == ""


def changes(page) -> str:
    return page.locator("#changes").text_content()


def mended(text: str) -> str:
    """The text with all its blanks filled."""
    return text.replace("X", "3")


def test_a_mended_file_is_compared_with_the_one_before(page, seed):
    drop(page, "述职报告.docx", a_docx(seed))
    before, found = overall(page), page.locator("#findings .card").count()
    drop(page, "述职报告.docx", a_docx(mended(seed)))
    page.locator("#findings .card").nth(found - 1).wait_for(state="detached")
    assert page.locator("#changes .done").count() > 0
    assert f"改掉 {page.locator('#changes .done').count()} 处" in changes(page)
    assert f"多了 {round(overall(page) - before, 1):g} 分" in changes(page)
    # Under another name, too, as long as it is the same report.
    drop(page, "述职报告（终稿）.docx", a_docx(seed))
    page.locator("#delta.worse", has_text="▼").wait_for()


def test_another_report_is_compared_with_nothing(page, seed, report):
    drop(page, "述职报告.docx", a_docx(seed))
    drop(page, "另一份.docx", a_docx(report))
    assert "改掉 0 处，新出现 0 处，得分没有变" in changes(page)
    page.locator("#text").focus()
    page.keyboard.press("Control+a")
    page.evaluate(TYPE, seed)
    checked(page)
    assert "改掉 0 处，新出现 0 处，得分没有变" in changes(page)


def test_a_version_that_is_pasted_where_all_was_deleted_is_compared(page, seed):
    paste(page, seed)
    page.locator("#text").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.locator("#findings", has_text="还没有正文").wait_for()
    paste(page, mended(seed))
    assert page.locator("#changes .done").count() > 0
    page.reload()
    checked(page)
    assert page.locator("#changes .done").count() > 0


@pytest.mark.parametrize(("id", "value"), [("placeholders", "desensitized"), ("profile", "personal-duty")])
def test_what_other_settings_change_is_no_mending(page, seed, id, value):
    paste(page, seed)
    cards = page.locator("#findings").inner_text()
    page.locator("#more summary").click()
    page.locator(f"#{id}").select_option(value)
    page.wait_for_timeout(100)
    checked(page)
    assert page.locator("#findings").inner_text() != cards
    assert "换了口径或“X次”的看法，从那时起重新比：改掉 0 处，新出现 0 处" in changes(page)
    assert page.locator("#change-count").inner_text() == ""
    assert page.locator("#delta").inner_text() == ""
    page.locator("#text").fill(mended(seed))
    checked(page)
    page.locator("#changes .done").first.wait_for(state="attached")
    assert "重新比：改掉" in changes(page)


def outdated(page) -> bool:
    return page.locator("#outdated").is_visible()


def test_a_check_that_failed_leaves_the_last_marked_and_is_made_again(page, seed):
    paste(page, seed)
    score = page.locator("#overall").inner_text()
    assert not outdated(page)
    page.context.set_offline(True)
    page.locator("#text").fill(mended(seed))
    page.locator("#trouble").wait_for()
    assert outdated(page)
    assert "以下是上一次检查的结果" in page.locator("#outdated").inner_text()
    assert page.locator("#overall").inner_text() == score
    page.context.set_offline(False)
    page.locator("#trouble").wait_for(state="hidden", timeout=3000)
    checked(page)
    assert not outdated(page)
    assert page.locator("#overall").inner_text() != score
    # A server that was away is asked again, too, though no browser tells when it is back.
    page.route("**/page/check", lambda route: route.abort())
    page.locator("#text").fill(seed)
    page.locator("#trouble").wait_for()
    page.unroute("**/page/check")
    page.locator("#trouble").wait_for(state="hidden", timeout=8000)
    checked(page)
    assert page.locator("#overall").inner_text() == score
    assert all("ERR_" in words for words in page.complaints)  # Chromium's own
    page.complaints.clear()


def test_a_text_that_is_too_long_is_said_to_be_in_plain_words(page, seed):
    paste(page, seed)
    page.locator("#text").fill("一" * 200_001)
    page.locator("#trouble").wait_for()
    words = page.locator("#trouble").inner_text()
    assert words.startswith("正文超过 20 万字")
    assert "text" not in words
    assert outdated(page)
    page.locator("#text").fill("")
    page.locator("#trouble").wait_for(state="hidden")
    assert not outdated(page)
    assert page.locator("#overall").inner_text() == "—"


def test_of_two_files_it_is_said_which_is_open(page, seed):
    transfer = page.evaluate_handle(
        "texts => { const held = new DataTransfer();"
        " texts.forEach((text, at) => held.items.add(new File([text], `第${at + 1}份.txt`))); return held }",
        [seed, mended(seed)],
    )
    page.locator("#text").dispatch_event("drop", {"dataTransfer": transfer})
    page.locator("#trouble", has_text="一次只看一个文件").wait_for()
    assert "打开的是“第1份.txt”，“第2份.txt”没有打开" in page.locator("#trouble").inner_text()
    assert page.locator("#text").input_value() == seed
    page.locator("#text").press_sequentially("一")
    page.locator("#trouble").wait_for(state="hidden")


def test_nothing_is_not_downloaded(page):
    downloads = []
    page.on("download", lambda download: downloads.append(download))
    page.locator("#text").focus()
    page.keyboard.press("Control+s")
    page.locator("#trouble", has_text="还没有正文").wait_for()
    page.wait_for_timeout(300)
    assert downloads == []
    page.keyboard.insert_text("有了。")
    page.locator("#trouble").wait_for(state="hidden")


def test_the_name_of_a_file_does_not_stick_to_another_draft(page, seed, report):
    drop(page, "述职报告.docx", a_docx(seed))
    page.locator("#text").focus()
    page.keyboard.press("Control+a")
    page.evaluate(TYPE, report)
    checked(page)
    assert page.locator("#name").inner_text() == "草稿"
    with page.expect_download() as download:
        page.keyboard.press("Control+s")
    assert download.value.suggested_filename == "草稿-修改稿.txt"
    page.keyboard.press("Control+z")
    checked(page)
    assert page.locator("#name").inner_text() == "述职报告.docx"
    page.keyboard.press("Control+a")
    page.evaluate(TYPE, report)
    checked(page)
    page.wait_for_timeout(600)
    page.reload()
    checked(page)
    assert page.locator("#name").inner_text() == "草稿"


def test_an_answer_to_a_text_that_was_replaced_is_not_shown(page, seed, report):
    held = []
    page.route("**/page/check", lambda route: held.append(route), times=1)
    page.locator("#text").focus()
    page.evaluate(TYPE, report)
    page.wait_for_timeout(200)
    assert len(held) == 1  # and is answered later
    drop(page, "述职报告.docx", a_docx(seed))
    shown = overall(page), page.locator("#findings .card").count()
    with contextlib.suppress(playwright.Error):  # the page may have given it up
        held[0].continue_()
    page.wait_for_timeout(1500)
    assert (overall(page), page.locator("#findings .card").count()) == shown
    # Nor where one text is pasted over another.
    page.route("**/page/check", lambda route: held.append(route), times=1)
    page.locator("#text").focus()
    page.keyboard.press("Control+a")
    page.evaluate(TYPE, report)
    page.wait_for_timeout(200)
    page.route("**/page/check", lambda route: None, times=1)
    page.keyboard.press("Control+a")
    page.evaluate(TYPE, "换了一份。")
    held[1].continue_()
    page.wait_for_timeout(1500)
    assert (overall(page), page.locator("#findings .card").count()) == shown


def test_an_input_method_is_left_alone_until_it_is_done(page, seed):
    paste(page, seed)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    session = page.context.new_cdp_session(page)
    for part in ("zhong", "zhong'guo"):
        session.send(
            "Input.imeSetComposition", {"text": part, "selectionStart": len(part), "selectionEnd": len(part)}
        )
        page.wait_for_timeout(60)
    assert asked == []
    assert "zhong'guo" in page.locator("#mirror").inner_text()
    session.send("Input.insertText", {"text": "中国"})
    checked(page)
    assert page.locator("#text").input_value().endswith("中国")
    assert "zhong" not in page.locator("#text").input_value()


def test_the_keyboard_alone_is_enough(page, seed):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#text"
    page.keyboard.press("Enter")
    page.keyboard.insert_text(seed)
    checked(page)
    page.keyboard.press("F8")
    first = page.evaluate("document.getElementById('text').selectionStart")
    page.keyboard.press("F8")
    assert page.evaluate("document.getElementById('text').selectionStart") >= first
    page.keyboard.press("F2")
    page.keyboard.press("Shift+Tab")
    page.locator("#tab-findings").focus()
    for tab in ("card", "chains", "changes", "findings"):
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.id") == f"tab-{tab}"
        assert page.locator(f"#{tab}").is_visible()
    with page.expect_download():
        page.keyboard.press("Control+s")


def test_what_is_found_is_announced(page, seed):
    paste(page, seed)
    page.locator("#said", has_text="得分").wait_for(state="attached")


def test_what_a_key_leads_to_is_announced(page, seed, analyzer):
    paste(page, seed)
    page.locator("#said", has_text="得分").wait_for(state="attached")
    page.evaluate("document.getElementById('text').setSelectionRange(0, 0)")
    findings = {finding.message for finding in analyzer.analyze_text(seed).findings}
    for _ in range(3):
        page.keyboard.press("F8")
        said = page.locator("#said").text_content()
        assert any(said.endswith(message) for message in findings)
        assert f"共 {len(analyzer.analyze_text(seed).findings)} 处" in said


def test_escape_leaves_the_reason_first_and_the_margin_then(page, seed):
    paste(page, seed)
    card = page.locator("#findings .card", has=page.locator(".ignore")).first
    card.locator(".ignore").click()
    page.keyboard.type("数字")
    page.keyboard.press("Escape")
    assert card.locator(".reason").count() == 0
    assert page.evaluate("document.activeElement.matches('.ignore')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "text"


@pytest.mark.parametrize("width", [360, 768, 1024, 1280, 1920])
def test_it_fits_the_screen(page, seed, width):
    page.set_viewport_size({"width": width, "height": 800})
    paste(page, seed)
    for tab in ("findings", "card", "chains", "changes"):
        page.locator(f"#tab-{tab}").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_narrow_screen_shows_the_advice_at_the_caret(page, seed):
    page.set_viewport_size({"width": 360, "height": 740})
    paste(page, seed)
    page.locator("#text").focus()
    page.keyboard.press("F8")
    assert page.locator("#peek").is_visible()


def test_what_is_marked_and_chosen_is_seen_in_a_persons_own_colours(page, seed):
    page.emulate_media(forced_colors="active")
    paste(page, seed)
    blank = page.locator("#mirror .mark.error").first
    style = "(each, name) => getComputedStyle(each)[name]"
    assert blank.evaluate(style, "textDecorationStyle") == "wavy"
    # The paper lies over the marks, and the words of the mirror under those of the paper.
    assert page.locator("#text").evaluate(style, "backgroundColor") == "rgba(0, 0, 0, 0)"
    assert page.locator("#mirror").evaluate(style, "color") == "rgba(0, 0, 0, 0)"
    assert blank.evaluate(style, "textDecorationColor") == page.locator("body").evaluate(style, "color")
    edges = [
        page.locator(f"#tab-{tab}").evaluate(style, "borderBottomColor")
        for tab in ("findings", "card", "chains")
    ]
    assert edges[0] != edges[1] == edges[2]


def pages(page) -> list[str]:
    """What the page prints, sheet by sheet, without spaces."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    return ["".join(each.get_textpage().get_text_range().split()) for each in printed]


def test_it_prints_score_text_and_findings(page, seed):
    paste(page, seed)
    score = page.locator("#overall").inner_text()
    cards = page.locator("#findings .card .why").all_text_contents()
    page.locator("#tab-changes").click()
    sheets = pages(page)
    first, whole = sheets[0], "".join(sheets)
    assert f"{score}分" in first
    assert "".join(seed.split())[:60] in first
    assert "".join(seed.split())[-20:] in whole
    assert len(cards) > 10
    assert all("".join(words.split())[:12] in whole for words in cards)
    assert "结构完整" in whole
    assert "打开文件" not in whole
    assert "这处不算毛病" not in whole
    assert min(map(len, sheets)) > 100


def test_every_control_has_a_name(page, seed):
    paste(page, seed)
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, select, textarea, summary, input:not([hidden])')]"
        ".filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length)).length"
    )
    assert nameless == 0


def test_text_never_becomes_markup(page):
    paste(
        page,
        "标题<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">学习X次。\n"
        * 20,
    )
    assert page.title() != "run"
    assert page.locator("main img, main script").count() == 0
