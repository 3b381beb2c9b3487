"""Comments of Word at the words that they are about, in the writer's own file."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from analyzer.errors import ShupingError
from analyzer.reading import read_bytes
from analyzer.rendering import labels
from analyzer.rendering.docx import annotate, render_docx
from analyzer.result import Analysis, Dimension, Finding, Result, Severity, Source
from analyzer.rules.catalogue import rule_title

from ..reading.making import REPORT
from .gold import abstained_result, gold_result

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BOX = (
    '<w:r {ns}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" Requires="wps">'
    "<w:drawing/></mc:Choice><mc:Fallback><w:pict>"
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rich_document() -> bytes:
    """Runs of many kinds, a table, a text box, tracked changes, a link, a break in a paragraph, a list."""
    document = docx.Document()
    document.add_heading(REPORT[0], 0)
    paragraph = document.add_paragraph("一年来，本人")
    paragraph.add_run("认真履行").bold = True
    paragraph.add_run("职责，\t现将情况\n报告如下：全年到村组只有X次。")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "学习次数"
    table.cell(0, 1).text = "XX次"
    table.cell(1, 0).text = "走访户数"
    document.add_paragraph("抓组织建设。", style="List Number")
    tracked = document.add_paragraph("学用结合")
    tracked._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="90" w:author="李"><w:r><w:delText>很好</w:delText></w:r></w:del>'
        )
    )
    tracked._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="91" w:author="李"><w:r><w:t>不紧，只学不用。</w:t></w:r></w:ins>'
        )
    )
    tracked._p.append(
        parse_xml(
            f'<w:hyperlink {nsdecls("w")} w:anchor="a"><w:r><w:t>详见附件三。</w:t></w:r></w:hyperlink>'
        )
    )
    boxed = document.add_paragraph("旁边有框。")
    boxed._p.append(parse_xml(_BOX.format(ns=nsdecls("w"), text="框里写着XX人。")))
    return saved(document)


def result_of(data: bytes, *spans: tuple[int, int]) -> Result:
    document = read_bytes(data, "报告.docx")
    found = tuple(
        Finding(
            f"rule-{number}",
            Severity.ERROR,
            start,
            end,
            "为何",
            "怎么改",
            document.text[start:end],
            0.9,
            1.0,
            Dimension.FACTS,
        )
        for number, (start, end) in enumerate(spans)
    )
    return Result(Source("报告.docx", "docx", document.sha256), {}, document.text, Analysis(), found, None)


def commented(data: bytes) -> dict[str, str]:
    """What each comment is about, by its rule, that of the whole by its first line; breaks left out."""
    package = zipfile.ZipFile(io.BytesIO(data))
    comments = etree.fromstring(package.read("word/comments.xml"))
    lines = {
        each.get(f"{W}id"): ["".join(line.itertext()).strip() for line in each.iter(f"{W}p")]
        for each in comments
    }
    heads = {
        number: said[-1] if said[-1].startswith("规则名：") else said[0] for number, said in lines.items()
    }
    open_now, about = set(), dict.fromkeys(heads, "")
    for element in etree.fromstring(package.read("word/document.xml")).iter():
        if element.tag == f"{W}commentRangeStart":
            open_now.add(element.get(f"{W}id"))
        elif element.tag == f"{W}commentRangeEnd":
            open_now.remove(element.get(f"{W}id"))
        elif element.tag == f"{W}commentReference":
            assert element.get(f"{W}id") in heads
        for number in open_now:
            about[number] += (element.text or "") if element.tag == f"{W}t" else ""
            about[number] += "\t" if element.tag == f"{W}tab" else ""
    assert not open_now
    return {heads[number]: words for number, words in about.items()}


def about(data: bytes, rule: str) -> str:
    return next(words for head, words in commented(data).items() if head == f"规则名：{rule}")


RICH = rich_document()
TEXT = read_bytes(RICH, "报告.docx").text
LINES = [((p.start, p.end), p.start + p.generated) for p in read_bytes(RICH, "报告.docx").paragraphs]


@pytest.mark.parametrize(
    "words",
    [
        "X次",
        "本人认真",
        "履行职责，\t现将",
        "如下：全年",
        "XX次",
        "结合不紧",
        "不用。详见",
        "XX人",
        "组织",
        "有框。",
    ],
)
def test_a_comment_stands_at_its_words(words):
    start = TEXT.index(words)
    made = annotate(RICH, result_of(RICH, (start, start + len(words))))
    assert about(made, "rule-0") == words


def test_text_and_layout_stay_as_they_are():
    spans = [(at, at + 2) for at in range(0, len(TEXT) - 2, 5)]
    made = annotate(RICH, result_of(RICH, *spans))
    again = read_bytes(made, "报告.docx")
    assert again.text == TEXT
    assert not again.notes
    before, after = docx.Document(io.BytesIO(RICH)), docx.Document(io.BytesIO(made))
    assert [p.style.name for p in after.paragraphs] == [p.style.name for p in before.paragraphs]
    assert [r.text for p in after.paragraphs for r in p.runs if r.bold] in (
        ["认真履行"],
        ["认真", "履行"],
        ["认", "真履", "行"],
    )
    parts = [set(zipfile.ZipFile(io.BytesIO(each)).namelist()) for each in (RICH, made)]
    assert parts[1] - parts[0] <= {"word/comments.xml"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(1, 40)), max_size=8))
def test_any_stretch_can_be_commented(starts):
    spans = [(low, min(len(TEXT), low + size)) for low, size in starts if low < len(TEXT)]
    made = annotate(RICH, result_of(RICH, *spans))
    assert read_bytes(made, "报告.docx").text == TEXT
    assert len(commented(made)) == len({f"rule-{number}" for number in range(len(spans))}) + 1
    for number, (low, high) in enumerate(spans):
        if "\n" not in TEXT[low:high]:
            found = about(made, f"rule-{number}")
            line, own = next((line, own) for line, own in LINES if line[0] <= low <= line[1])
            # A number that Word generates has no characters of its own: its paragraph stands for it.
            assert (found == TEXT[max(low, own) : high]) if high > own else (found in TEXT[slice(*line)])


def test_the_summary_stands_first_and_says_the_score():
    made = render_docx(gold_result("w1/w1-01", "txt"))
    head = next(iter(commented(made)))
    assert head.startswith("述评：94 分，A")


def test_a_comment_is_headed_in_chinese_and_names_the_rule_last():
    result = result_of(RICH, (3, 9))
    named = replace(result, findings=(replace(result.findings[0], rule="missing-root-cause"),))
    *_, comment = docx.Document(io.BytesIO(annotate(RICH, named))).comments
    first, *_, last = comment.paragraphs
    assert first.text == f"■ 须改：{rule_title('missing-root-cause')}，失 1 分"
    assert last.text == "规则名：missing-root-cause"
    assert last.runs[0].font.size < docx.shared.Pt(9)


def test_the_same_report_gives_the_same_file():
    result = result_of(RICH, (3, 9))
    assert annotate(RICH, result) == annotate(RICH, result)


def test_a_text_becomes_a_plain_file_with_each_comment_at_its_evidence():
    result = gold_result("w1/w1-01", "txt")
    made = render_docx(result)
    assert read_bytes(made, "报告.docx").text.split() == result.text.split()
    marked = list(commented(made).values())[1:]
    told = [finding.evidence.replace("\n", "") for finding in result.findings if finding.evidence]
    assert told
    assert set(told) <= set(marked)
    assert len(marked) == len(result.findings)


def test_text_that_word_cannot_hold_is_replaced():
    result = replace(gold_result("w1/w1-01", "txt"), text="甲\x0b乙\x00丙\ud800丁\n戊", findings=())
    assert render_docx(result)


def test_a_file_that_was_changed_is_refused(tmp_path):
    path = tmp_path / "报告.docx"
    path.write_bytes(RICH)
    result = result_of(RICH, (3, 9))
    source = replace(result.source, path=str(path))
    assert render_docx(replace(result, source=source)) == annotate(RICH, result)
    path.write_bytes(RICH + b"0")
    with pytest.raises(ShupingError) as caught:
        render_docx(replace(result, source=source))
    assert caught.value.code == "changed"


_EXTENDED = "http://schemas.microsoft.com/office/word/2012/wordml"
_PARAGRAPHS = "http://schemas.microsoft.com/office/word/2010/wordml"


def authors(data: bytes) -> list[str]:
    return [comment.author for comment in docx.Document(io.BytesIO(data)).comments]


def test_a_later_run_replaces_our_comments_and_keeps_those_of_others():
    document = docx.Document(io.BytesIO(RICH))
    run = document.paragraphs[1].runs[0]
    document.add_comment(run, "请核对。", "李四", "李")
    document.add_comment(run, "shuping: ignore vague-claim 理由：见附件", "李四", "李")
    data = saved(document)
    once = annotate(data, result_of(data, (3, 9), (40, 44)))
    twice = annotate(once, result_of(once, (3, 9), (40, 44)))
    assert sorted(authors(twice)) == sorted(authors(once)) == ["李四"] * 2 + ["述评"] * 3
    assert commented(twice) == commented(once)
    assert read_bytes(twice, "报告.docx").notes == read_bytes(data, "报告.docx").notes
    theirs = [each.text for each in docx.Document(io.BytesIO(twice)).comments if each.author == "李四"]
    assert theirs[0] == "请核对。"
    assert annotate(twice, result_of(twice, (3, 9), (40, 44))) == twice


def test_an_answer_to_our_comment_stays_as_a_comment_of_its_own():
    document = docx.Document(io.BytesIO(annotate(RICH, result_of(RICH, (3, 9)))))
    run = document.paragraphs[1].runs[0]
    document.add_comment(run, "已经改了。", "李四", "李")
    for number, comment in enumerate(document.comments):
        for line in comment._comment_elm.iter(f"{W}p"):
            line.set(f"{{{_PARAGRAPHS}}}paraId", f"0000000{number}")
    extended = (
        f'<w15:commentsEx xmlns:w15="{_EXTENDED}"><w15:commentEx w15:paraId="00000000" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000001" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/></w15:commentsEx>'
    )
    part = Part(
        PackURI("/word/commentsExtended.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml",
        extended.encode(),
        document.part.package,
    )
    document.part.relate_to(part, "http://schemas.microsoft.com/office/2011/relationships/commentsExtended")
    data = saved(document)
    made = annotate(data, result_of(data, (3, 9)))
    assert sorted(authors(made)) == ["李四", "述评", "述评"]
    left = etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("word/commentsExtended.xml"))
    assert [dict(each.attrib) for each in left] == [
        {f"{{{_EXTENDED}}}paraId": "00000002", f"{{{_EXTENDED}}}done": "0"}
    ]


def look_of(paragraph) -> bytes:
    return etree.tostring(paragraph._p.find(f"{W}pPr")) if paragraph._p.find(f"{W}pPr") is not None else b""


def test_the_scorecard_is_a_last_page_only_if_asked():
    result = gold_result("w1/w1-01", "txt")
    assert "评分卡" not in [p.text for p in docx.Document(io.BytesIO(render_docx(result))).paragraphs]
    with_card = docx.Document(io.BytesIO(render_docx(result, scorecard=True)))
    paragraphs = [paragraph.text for paragraph in with_card.paragraphs]
    title = with_card.paragraphs[paragraphs.index("评分卡")]
    assert title.paragraph_format.page_break_before
    assert paragraphs[paragraphs.index("评分卡") + 1].startswith("94 分，A")
    rows = [[cell.text for cell in row.cells] for row in with_card.tables[-1].rows]
    assert [row[0] for row in rows[1:]] == [labels.DIMENSION[row.id] for row in result.scorecard.dimensions]
    lost = sum(float(row[2]) for row in rows[1:])
    assert lost == pytest.approx(6, abs=0.5)
    assert paragraphs[-1].startswith(labels.LIMITS)


def test_the_scorecard_says_what_to_do_first_or_why_there_is_no_score(analyzer):
    report = "\n".join(each.text for each in docx.Document(io.BytesIO(RICH)).paragraphs)
    result = gold_result("w6/w6-05", "txt")
    advice = analyzer.analyze_text(result.text).advice
    made = docx.Document(io.BytesIO(render_docx(replace(result, advice=advice), scorecard=True)))
    words = [paragraph.text for paragraph in made.paragraphs]
    assert words[words.index("先做什么") + 1] == f"1. {advice.first[0]}。"
    short = docx.Document(io.BytesIO(render_docx(abstained_result(report), scorecard=True)))
    words = [paragraph.text for paragraph in short.paragraphs]
    assert words[words.index("评分卡") + 1].startswith("暂不评分：正文只有 40 字")


def test_the_scorecard_changes_nothing_before_it_and_is_not_read_again():
    result = replace(result_of(RICH, (3, 9)), scorecard=gold_result("w1/w1-01").scorecard)
    without, made = annotate(RICH, result), annotate(RICH, result, scorecard=True)
    assert read_bytes(made, "报告.docx").text == TEXT
    assert [p.place for p in read_bytes(made, "报告.docx").paragraphs] == [
        p.place for p in read_bytes(without, "报告.docx").paragraphs
    ]
    before, after = (docx.Document(io.BytesIO(each)) for each in (without, made))
    for one, same in zip(before.paragraphs, after.paragraphs, strict=False):
        assert (one.text, one.style.name, look_of(one)) == (same.text, same.style.name, look_of(same))
    styles = [zipfile.ZipFile(io.BytesIO(each)).read("word/styles.xml") for each in (without, made)]
    assert styles[0] == styles[1]
    assert annotate(RICH, result, scorecard=True) == made


def test_a_later_run_replaces_the_scorecard_or_takes_it_away():
    result = replace(result_of(RICH, (3, 9)), scorecard=gold_result("w1/w1-01").scorecard)
    made = annotate(RICH, result, scorecard=True)
    again = docx.Document(io.BytesIO(annotate(made, result, scorecard=True)))
    assert [paragraph.text for paragraph in again.paragraphs].count("评分卡") == 1
    last = docx.Document(io.BytesIO(annotate(made, result)))
    assert "评分卡" not in [paragraph.text for paragraph in last.paragraphs]


@pytest.mark.parametrize("spot", ["before", "after"])
def test_what_stands_around_the_scorecard_is_read(spot):
    result = replace(result_of(RICH, (3, 9)), scorecard=gold_result("w1/w1-01").scorecard)
    document = docx.Document(io.BytesIO(annotate(RICH, result, scorecard=True)))
    if spot == "after":
        document.add_paragraph("后来补写的一段。")
        assert read_bytes(saved(document), "报告.docx").text.endswith("后来补写的一段。")
    else:
        title = next(each for each in document.paragraphs if each.text == "评分卡")
        title.insert_paragraph_before("后来补写的一段。")
        assert read_bytes(saved(document), "报告.docx").text.endswith("后来补写的一段。")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_scorecard_is_still_known_after_libreoffice(tmp_path):
    result = replace(result_of(RICH, (3, 9)), scorecard=gold_result("w1/w1-01").scorecard)
    path = tmp_path / "a.docx"
    path.write_bytes(annotate(RICH, result, scorecard=True))
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx"]
    subprocess.run(
        [*command, "--outdir", tmp_path / "out", path], check=True, capture_output=True, timeout=120
    )
    words = read_bytes((tmp_path / "out" / "a.docx").read_bytes(), "报告.docx").text
    assert "评分卡" not in words
    assert "失分" not in words
    assert words.endswith("旁边有框。")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_finds_every_comment(tmp_path):
    spans = [(at, at + 3) for at in range(0, len(TEXT) - 3, 9)]
    path = tmp_path / "a.docx"
    path.write_bytes(annotate(RICH, result_of(RICH, *spans)))
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "fodt",
            "--outdir",
            tmp_path,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    converted = (tmp_path / "a.fodt").read_text("utf-8")
    assert converted.count("<office:annotation ") == len(spans) + 1
