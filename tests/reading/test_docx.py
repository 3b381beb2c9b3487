"""Word documents: what Word shows, in its order, with places that lead back to the file."""

from __future__ import annotations

import io

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from analyzer.errors import ShupingError
from analyzer.reading import Document, Limits, read_bytes
from analyzer.reading.docx import characters, paragraph_elements
from analyzer.reading.package import Package
from analyzer.reading.word_styles import Styles

from . import making
from .making import REPORT, abstract_list, item, list_use, paragraph, run, word


def _lines(document: Document) -> list[str]:
    return [document.text[p.start : p.end] for p in document.paragraphs]


def _read(body: str, **parts: str) -> list[str]:
    return _lines(read_bytes(word(body, **parts), "报告.docx"))


_LISTS = (
    abstract_list(
        7,
        ("chineseCounting", "%1、", "nothing"),
        ("chineseCounting", "（%2）", "tab"),
        ("decimal", "%3.", "space"),
        ("bullet", "•", "tab"),
    )
    + list_use(1, 7)
    + list_use(2, 7, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
)


def test_typed_and_automatic_numbers_give_the_same_text() -> None:
    typed = "".join(map(paragraph, REPORT))
    automatic = "".join(
        item(text.removeprefix(text[:2]), 0)
        if text[1] == "、"
        else item(text[3:], 1)
        if text[0] == "（"
        else paragraph(text)
        for text in REPORT
    )
    assert "一、" not in automatic
    assert _read(automatic, numbering=_LISTS) == _read(typed) == list(REPORT)


def test_numbers_say_how_much_was_generated() -> None:
    document = read_bytes(word(item("甲", 0) + item("乙", 2) + item("点", 3), numbering=_LISTS), "a.docx")
    assert _lines(document) == ["一、甲", "1. 乙", "点"]
    assert [p.generated for p in document.paragraphs] == [2, 3, 0]


def test_a_list_starts_anew_and_empty_items_count() -> None:
    assert _read(item("甲", 0) + item("", 0) + item("丙", 0) + item("又", 0, 2), numbering=_LISTS) == [
        "一、甲",
        "三、丙",
        "一、又",
    ]


def test_numbers_and_headings_by_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="y"><w:name w:val="正文二"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    body = (
        paragraph("甲", '<w:pStyle w:val="1"/>')
        + paragraph("乙", '<w:pStyle w:val="x"/>')
        + paragraph("丙", '<w:pStyle w:val="y"/>')
        + paragraph(
            "丁", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/><w:numPr><w:numId w:val="0"/></w:numPr>'
        )
    )
    document = read_bytes(word(body, numbering=_LISTS, styles=styles), "a.docx")
    assert _lines(document) == ["一、甲", "二、乙", "丙", "丁"]
    assert [p.heading for p in document.paragraphs] == [1, 1, 2, 0]


def test_tracked_changes_are_taken_as_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('移走')}</w:moveFrom><w:moveTo>{run('移来')}</w:moveTo>"
    assert _read(f"<w:p>{run('前')}{deleted}<w:ins>{run('加上')}</w:ins>{moved}</w:p>") == ["前加上移来"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = paragraph("前半", "<w:rPr><w:del/></w:rPr>") + paragraph("后半") + paragraph("另起")
    document = read_bytes(word(body), "a.docx")
    assert _lines(document) == ["前半后半", "另起"]
    assert document.paragraphs[0].place == "body/p[1]"


def test_a_deleted_row_is_gone() -> None:
    old = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('旧')}</w:tc></w:tr>"
    new = f"<w:tr><w:tc>{paragraph('新')}</w:tc></w:tr>"
    assert _read(f"<w:tbl>{old}{new}</w:tbl>") == ["新"]


def test_what_is_not_shown_is_left_out() -> None:
    hidden = run("隐藏", "<w:vanish/>")
    shown = run("不隐藏", '<w:vanish w:val="0"/>')
    code = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("3")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    marks = '<w:r><w:footnoteReference w:id="1"/><w:commentReference w:id="1"/><w:softHyphen/></w:r>'
    assert _read(f"<w:p>{run('见')}{hidden}{shown}{code}{marks}{run('页')}</w:p>") == ["见不隐藏3页"]


def test_text_hidden_by_style() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="p"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = f"<w:p>{run('显')}{run('隐', '<w:rStyle w:val=' + chr(34) + 'h' + chr(34) + '/>')}</w:p>"
    assert _read(body + paragraph("全隐", '<w:pStyle w:val="p"/>'), styles=styles) == ["显"]


def test_special_characters() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="SimSun" w:char="25CB"/></w:r></w:p>'
    )
    assert _read(body) == ["甲\t乙-丙○"]


def test_a_line_break_gives_two_lines_of_one_place() -> None:
    body = "<w:p><w:r><w:t>上</w:t><w:br/><w:br/><w:t>下</w:t></w:r></w:p>" + paragraph("另")
    document = read_bytes(word(body), "a.docx")
    assert _lines(document) == ["上", "下", "另"]
    assert [p.place for p in document.paragraphs] == ["body/p[1]", "body/p[1]", "body/p[2]"]


def test_containers_are_opened() -> None:
    inline = f'<w:hyperlink r:id="r9">{run("链接")}</w:hyperlink><w:smartTag>{run("标记")}</w:smartTag>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtContent>{paragraph('整段')}</w:sdtContent></w:sdt>"
    ruby = f"<w:r><w:ruby><w:rt>{run('zé')}</w:rt><w:rubyBase>{run('责')}</w:rubyBase></w:ruby></w:r>"
    document = read_bytes(word(f"<w:p>{inline}{control}{ruby}</w:p>{block}"), "a.docx")
    assert _lines(document) == ["链接标记控件责", "整段"]
    assert document.paragraphs[1].place == "body/sdt[1]/sdtContent[1]/p[1]"


def test_tables_cell_by_cell_and_merged_cells_once() -> None:
    file = python_docx.Document()
    table = file.add_table(2, 3)
    for row in range(2):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "横并"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "竖并"
    buffer = io.BytesIO()
    file.save(buffer)
    document = read_bytes(buffer.getvalue(), "a.docx")
    assert _lines(document) == ["竖并", "横并", "11", "12"]
    assert [p.place for p in document.paragraphs][2:] == [
        "body/tbl[1]/tr[2]/tc[2]/p[1]",
        "body/tbl[1]/tr[2]/tc[3]/p[1]",
    ]


def test_text_boxes_once_and_behind_their_paragraph() -> None:
    inside = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{inside}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox>{inside}</v:textbox></w:pict></w:r>"
    document = read_bytes(
        word(f"<w:p>{run('甲')}{box}{run('乙')}</w:p><w:p>{old}</w:p>{paragraph('丙')}"), "a.docx"
    )
    assert _lines(document) == ["甲乙", "框内", "框内", "丙"]
    assert document.paragraphs[1].place == "body/p[1]/txbxContent[1]/p[1]"


def test_headers_and_comments_are_left_out() -> None:
    file = python_docx.Document()
    body = file.add_paragraph("正文")
    file.sections[0].header.paragraphs[0].text = "页眉"
    file.sections[0].footer.paragraphs[0].text = "页脚"
    file.add_comment(body.runs, text="批注", author="甲")
    buffer = io.BytesIO()
    file.save(buffer)
    assert _lines(read_bytes(buffer.getvalue(), "a.docx")) == ["正文"]


@pytest.mark.parametrize("name", ["wordprocessingml/main", "officeDocument/"])
def test_a_text_that_names_a_namespace_stays_as_it_is(name) -> None:
    text = f'见"http://purl.oclc.org/ooxml/{name}"一文。'
    assert _read(paragraph(text)) == [text]
    parts = making.word_parts(paragraph(text))
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts["word/document.xml"] = parts["word/document.xml"].replace(making.W_NAMESPACE, strict)
    assert _lines(read_bytes(making.zipped(parts), "a.docx")) == [text]


def test_strict_documents() -> None:
    parts = making.word_parts(paragraph("正文"))
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts["word/document.xml"] = parts["word/document.xml"].replace(making.W_NAMESPACE, strict)
    assert _lines(read_bytes(making.zipped(parts), "a.docx")) == ["正文"]


def test_broken_styles_and_lists_do_not_matter() -> None:
    circle = '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/></w:style>'
    body = paragraph("甲", '<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="x"/><w:numId w:val="77"/></w:numPr>')
    assert _read(body, styles=circle, numbering='<w:num w:numId="x"/>') == ["甲"]


def test_long_documents_are_bounded() -> None:
    with pytest.raises(ShupingError) as failure:
        read_bytes(word(paragraph("甲") * 11), "a.docx", Limits(lines=10))
    assert failure.value.code == "too-large"


_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe\uffff"), max_size=20
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(_TEXT, st.sampled_from(["plain", "item", "cell", "box"])), min_size=1, max_size=8))
def test_every_place_leads_to_its_paragraph(pieces: list[tuple[str, str]]) -> None:
    wrap = {
        "plain": paragraph,
        "item": lambda text: item(text, 0),
        "cell": lambda text: f"<w:tbl><w:tr><w:tc>{paragraph(text)}</w:tc></w:tr></w:tbl>",
        "box": lambda text: (
            f"<w:p><w:r><w:pict><w:txbxContent>{paragraph(text)}</w:txbxContent></w:pict></w:r></w:p>"
        ),
    }
    data = word("".join(wrap[kind](text) for text, kind in pieces) + paragraph("末"), numbering=_LISTS)
    document = read_bytes(data, "a.docx")
    elements = dict(_elements(data))
    expected = [text for text, _ in pieces if text.strip()] + ["末"]
    assert len(document.paragraphs) == len(expected)
    for place, text in zip(document.paragraphs, expected, strict=True):
        line = document.text[place.start : place.end]
        own = "".join(character for character, _ in characters(elements[place.place], Styles(None)))
        assert line[place.generated :] == own == text


def _elements(data: bytes) -> list[tuple[str, etree._Element]]:
    return paragraph_elements(Package(data, Limits()).xml("word/document.xml")[0])
