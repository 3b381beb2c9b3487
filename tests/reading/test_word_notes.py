"""Comments of Word that speak to this program; all others stay out."""

from __future__ import annotations

import io

import pytest

from analyzer.reading import read_bytes

from . import making

docx = pytest.importorskip("docx")
CALL = "shuping: ignore x 理由：y"


def read(document):
    file = io.BytesIO()
    document.save(file)
    return read_bytes(file.getvalue(), "报告.docx")


def test_a_comment_is_about_the_words_that_it_marks():
    document = docx.Document()
    document.add_paragraph("一、履职情况")
    paragraph = document.add_paragraph("讲党课4次。")
    marked = paragraph.add_run("成效明显。")
    paragraph.add_run("成效明显。到会率92%。")
    document.add_comment(marked, text=CALL, author="李明")
    document.add_comment(paragraph.runs[0], text="这里再想想", author="张三")
    found = read(document)
    assert found.text == "一、履职情况\n讲党课4次。成效明显。成效明显。到会率92%。"
    (note,) = found.notes
    assert (note.start, note.end) == (found.text.index("成效"), found.text.index("成效") + 5)
    assert note.words == "ignore x 理由：y"
    assert note.place == "李明的批注"
    assert note.hidden is None
    assert found.prose == found.text


def test_a_comment_over_several_paragraphs():
    document = docx.Document()
    runs = [document.add_paragraph("").add_run(words) for words in ("甲。", "乙。", "丙。")]
    document.add_comment([runs[0], runs[1]], text=CALL)
    found = read(document)
    (note,) = found.notes
    assert found.text[note.start : note.end] == "甲。\n乙。"
    assert note.place == "未署名的批注"


def test_numbers_and_blank_lines_that_word_makes_do_not_shift_it():
    document = docx.Document()
    document.add_paragraph("甲。", style="List Number")
    paragraph = document.add_paragraph("", style="List Number")
    paragraph.add_run("乙。")
    paragraph.runs[0].add_break()
    paragraph.runs[0].add_break()
    marked = paragraph.add_run("丙。")
    document.add_comment(marked, text=CALL)
    found = read(document)
    (note,) = found.notes
    assert found.text[note.start : note.end] == "丙。"


def test_a_comment_in_a_table_cell():
    document = docx.Document()
    document.add_paragraph("甲。")
    marked = document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("乙。")
    document.add_comment(marked, text="Shuping：ignore x\ny")
    found = read(document)
    (note,) = found.notes
    assert found.text[note.start : note.end] == "乙。"
    assert note.words == "ignore x y"


def test_a_comment_whose_marks_are_lost_is_about_nothing():
    document = docx.Document()
    marked = document.add_paragraph("").add_run("甲。")
    document.add_comment(marked, text=CALL)
    for element in list(document.element.body.iter()):
        if str(element.tag).endswith(("commentRangeStart", "commentRangeEnd", "commentReference")):
            element.getparent().remove(element)
    (note,) = read(document).notes
    assert note.start == note.end


def test_a_comment_without_a_range_is_about_its_paragraph():
    document = docx.Document()
    document.add_paragraph("甲。")
    marked = document.add_paragraph("").add_run("乙。丙。")
    document.add_comment(marked, text=CALL)
    for element in list(document.element.body.iter()):
        if str(element.tag).endswith(("commentRangeStart", "commentRangeEnd")):
            element.getparent().remove(element)
    found = read(document)
    (note,) = found.notes
    assert found.text[note.start : note.end] == "乙。丙。"


@pytest.mark.parametrize("content", ["<w:comments", "<!DOCTYPE x><x/>", "<a>" * 5000])
def test_broken_comments_leave_the_text_readable(content):
    parts = making.word_parts("<w:p><w:r><w:t>讲党课4次。</w:t></w:r></w:p>")
    parts["word/_rels/document.xml.rels"] = making.relationships(("comments", "comments.xml"))
    parts["word/comments.xml"] = content
    found = read_bytes(making.zipped(parts), "报告.docx")
    assert found.text == "讲党课4次。"
    assert found.notes == ()
