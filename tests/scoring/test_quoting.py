from __future__ import annotations

import pytest

from analyzer.scoring.quoting import quotation, sentence_start, sentences, shown


def _quoted(text: str, limit: int = 20, *, last: bool = False) -> str | None:
    span = quotation(text, 0, len(text), limit, last=last)
    return shown(text, span) if span else None


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("一是到支部少，全年只到过1次。", "到支部少，全年只到过1次"),
        ("（二）压力传导不够。有的支部书记不知道任务。", "压力传导不够"),
        ("究其原因，主要是我图省事，照原来的科所一分了之。", "我图省事，照原来的科所一分了之"),
        ("在看到成绩的同时，我们也清醒地认识到还存在以下不足：一是学习不深。", "学习不深"),
        ("存在“两张皮”现象，各说各的。", "存在‘两张皮’现象，各说各的"),
        ("损耗率由2.7%降到1.6%.全部达标", "损耗率由2.7%降到1.6%"),
    ],
)
def test_a_quotation_is_what_is_said_without_number_and_lead_in(text: str, quoted: str) -> None:
    assert _quoted(text) == quoted


def test_as_many_whole_clauses_as_fit() -> None:
    text = "我把精力都放在招商上，党建的事交给了副书记，自己一年没有过问"
    assert _quoted(text, 12) == "我把精力都放在招商上"
    assert _quoted(text, 24) == "我把精力都放在招商上，党建的事交给了副书记"


def test_the_end_of_a_sentence_where_the_claim_stands() -> None:
    text = "通过学习，党员的党性修养明显增强，思想觉悟明显提高。"
    assert _quoted(text, 14, last=True) == "思想觉悟明显提高"


@pytest.mark.parametrize(
    "text", ["短。", "（此处有半个括号，没有合上", "一个很长很长而没有任何标点可以停顿的句子"]
)
def test_nothing_is_quoted_that_would_be_torn(text: str) -> None:
    assert _quoted(text, 12) is None


def test_no_quotation_begins_in_the_middle_of_a_broken_line() -> None:
    text = "本局全年组织党员干部集中学习有关法律法规和\n政策文件20条，逐条讨论。"
    start = text.index("政策")
    assert quotation(text, start, len(text), 30) is None
    assert shown(text, quotation(text, 0, len(text), 40) or (0, 0)).endswith("政策文件20条，逐条讨论")


def test_a_line_broken_by_count_ends_no_sentence() -> None:
    text = "六个支部平均到会率只有百分之六十二，最\n低的2号支部全年5次会议到会不足一半。\n另起一段。"
    assert [text[slice(*span)] for span in sentences(text, 0, len(text))] == [
        "六个支部平均到会率只有百分之六十二，最\n低的2号支部全年5次会议到会不足一半",
        "另起一段",
    ]
    assert sentence_start(text, text.index("一半")) == 0
    assert sentence_start(text, text.index("一段")) == text.index("另起")
