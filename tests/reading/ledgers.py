"""One report with a table of problems, in every form that such a table comes in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx

BEFORE = (
    "2024年度抓基层党建工作述职报告",
    "平安镇党委书记  孙国强",
    "一年来，我认真履行抓党建第一责任人职责，现述职如下。",
    "一、履职情况",
    "我主持党委会研究党建12次，到16个村调研63天，帮助解决灌溉、用电等问题29个。"
    "14名老支书组成调解队，化解土地纠纷57起，信访量下降38%。",
    "二、存在问题及整改措施",
)
HEAD = ("序号", "存在问题", "原因分析", "整改措施", "责任人及时限")
ROWS = (
    (
        "1",
        "后备干部储备不足，16个村有7个没有人选。",
        "我总想着换届那年再物色。",
        "每村选2名跟班锻炼半年。",
        "李萍，6月底",
    ),
    (
        "2",
        "集体经济发展不平衡，5个村不足5万元。",
        "考核里没有这一项。",
        "3月底前修订考核办法。",
        "党政办，3月",
    ),
)
AFTER = ("三、下一步打算", "我每季度主持召开一次党建例会，逐村过堂。以上述职，请予评议。")
# Cells with what each form has its own way to write; those that are empty are merged with those above them.
HARD_ROWS = (
    ("1", "学习不深。\n12次有9次停在读文件。", "我满足于“学过”。", "每季度带1个课题学。", "周明，3月"),
    ("2", 'A区"三会一课"补记录|走过场。', "我只看台账。", "每月参加1次组织生活。\n当场点评。", "刘静，2月"),
    ("", "", "", "补记录的支部由我约谈。", "周明，1月"),
)
TABLES = {"plain": (HEAD, *ROWS), "hard": (HEAD, *HARD_ROWS)}

Rows = Sequence[Sequence[str]]


def word(
    rows: Rows, before: Sequence[str] = BEFORE, after: Sequence[str] = AFTER, style: str | None = None
) -> bytes:
    """Return a .docx; empty cells from the third row on are merged with those above them."""
    document = docx.Document()
    for line in before:
        document.add_paragraph(line)
    table = add_table(document, rows)
    if style is not None:
        table.style = style
    for number, row in list(enumerate(rows))[2:]:
        for column, words in enumerate(row):
            if not words:
                table.cell(number - 1, column).merge(table.cell(number, column))
    for line in after:
        document.add_paragraph(line)
    return saved(document)


def add_table(document: docx.document.Document, rows: Rows) -> Any:
    """Add a table and return it."""
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text, *more = words.split("\n")
            for line in more:
                cell.add_paragraph(line)
    return table


def saved(document: docx.document.Document) -> bytes:
    """Return the file."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def pasted(rows: Rows, before: Sequence[str] = BEFORE, after: Sequence[str] = AFTER) -> str:
    """Return what Word and WPS give as text: tabs between cells, line breaks in cells as they are."""
    return "\n".join([*before, *("\t".join(row) for row in rows), *after])


def copied(rows: Rows, before: Sequence[str] = BEFORE, after: Sequence[str] = AFTER) -> str:
    """Return what Excel gives as text: quotation marks around cells that need them."""
    return "\r\n".join([*before, *("\t".join(map(_quoted, row)) for row in rows), *after])


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"' if re.search(r'[\t\n"]', words) else words


def markdown(rows: Rows, before: Sequence[str] = BEFORE, after: Sequence[str] = AFTER) -> str:
    """Return a table of Markdown."""
    lines = [" | ".join(w.replace("|", r"\|").replace("\n", "<br>") for w in row) for row in rows]
    drawn = [f"| {lines[0]} |", "|" + " :--- |" * len(rows[0]), *(f"| {line} |" for line in lines[1:])]
    return "\n\n".join([*before, "\n".join(drawn), *after])
