"""Tables of problems in plain text and Markdown are understood as in a .docx, at their places in the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.pipeline import Analyzer
from analyzer.reading import Document, read_bytes, read_text
from analyzer.reading.telling import told, told_text
from analyzer.rendering.docx import annotate, render_docx
from analyzer.result import Result

from .ledgers import AFTER, HEAD, ROWS, TABLES, Rows, copied, markdown, pasted, word

_ROOT = Path(__file__).parents[2]
_FORMS: dict[str, Callable[[Rows], Document]] = {
    "pasted": lambda rows: read_text(pasted(rows)),
    "pasted.txt": lambda rows: read_bytes(pasted(rows).encode("gb18030"), "a.txt"),
    "copied.txt": lambda rows: read_bytes(copied(rows).encode("utf-8-sig"), "a.txt"),
    "a.md": lambda rows: read_bytes(markdown(rows).encode(), "a.md"),
    "md.txt": lambda rows: read_bytes(markdown(rows).encode(), "a.txt"),
}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _told(text: str) -> list[str]:
    moved = told_text(text)
    return [] if moved is None else _lines(moved.text)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", _FORMS)
def test_a_table_is_told_as_a_docx_of_it_reads(form: str, table: str) -> None:
    rows = TABLES[table]
    found = told(_FORMS[form](rows))
    assert found is not None
    assert _lines(found.document.text) == _lines(read_bytes(word(rows), "a.docx").text)


def _understood(result: Result) -> list[object]:
    card = result.scorecard
    assert card is not None
    sections = [(section.type, section.heading) for section in result.analysis.sections]
    problems = [
        (
            problem.title,
            problem.confidence,
            problem.cause.status,
            problem.cause.kind,
            problem.cause.confidence,
        )
        for problem in result.analysis.problems
    ]
    remedies = [
        (problem.remedy.status, problem.remedy.missing, len(problem.remedy.spans), problem.remedy.confidence)
        for problem in result.analysis.problems
    ]
    # In order of place, which differs where two stand in a cell and in the head that is said with it.
    findings = sorted(
        (finding.rule, finding.deduction, finding.message, finding.suggestion) for finding in result.findings
    )
    advice = result.advice and result.advice.text
    return [
        card,
        sections,
        problems,
        remedies,
        findings,
        advice,
        result.analysis.content,
        result.source.author,
    ]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", _FORMS)
def test_a_table_is_understood_and_scored_as_in_a_docx(analyzer: Analyzer, form: str, table: str) -> None:
    rows = TABLES[table]
    expected = _understood(analyzer.analyze(read_bytes(word(rows), "a.docx")))
    got = _understood(analyzer.analyze(_FORMS[form](rows)))
    expected[-2] = got[-2] = None  # holds places
    assert got == expected


@pytest.mark.parametrize("form", _FORMS)
def test_what_is_found_stands_at_its_words_in_the_text_as_read(analyzer: Analyzer, form: str) -> None:
    document = _FORMS[form](TABLES["plain"])
    result = analyzer.analyze(document)
    text = result.text
    assert text == document.text
    said = [
        (text[p.cause.start : p.cause.end], [text[a:b] for a, b in p.remedy.spans])
        for p in result.analysis.problems
    ]
    assert said == [(row[2], [row[3]]) for row in ROWS]
    for problem, row in zip(result.analysis.problems, ROWS, strict=True):
        assert text[problem.start : problem.end].startswith(row[1])
    (second,) = result.analysis.problems[1].remedy.slots.deadline
    assert text[slice(*second)] == "3月底前"
    assert all(finding.evidence == text[finding.start : finding.end] for finding in result.findings)


_WORDS = st.text("学习不深，三会\"'|\\*<b12。 ", min_size=1, max_size=12).filter(
    lambda words: words.strip() == words and words.strip('*_"|\\')
)
_CELLS = st.lists(_WORDS, min_size=1, max_size=3).map("\n".join)


@settings(max_examples=150)
@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS), min_size=1, max_size=4))
def test_every_cell_has_its_place(rows: list[tuple[str, ...]]) -> None:
    numbered = [(str(number), *row) for number, row in enumerate(rows, start=1)]
    text = copied((("序号", "存在问题", "整改措施", "责任人"), *numbered))
    moved = told_text(text)
    assert moved is not None
    back = moved.back(text)
    assert back.text == text
    at = moved.text.index("\n1\n")
    for row in numbered:
        for head, words in zip(("", "存在问题：", "整改措施：", "责任人："), row, strict=True):
            at = moved.text.index(head + words, at) + len(head)
            start, end = back.start(at), back.end(at + len(words))
            assert text[start:end].replace('""', '"') in (words, words.replace('""', '"'))
            assert (moved.start(start), moved.end(end)) == (at - len(head), at + len(words))
            # What is found in the head alone has a place, too: in the cell.
            assert not head or start <= back.start(at - len(head)) < back.end(at) <= end
            at += len(words)
    places = range(len(moved.text) + 1)
    for place in (back.start, back.end):
        assert list(map(place, places)) == sorted(map(place, places))


@given(st.text('序号存在问题\t整改措施|-1\n\r "', max_size=80))
def test_any_text_can_be_told(words: str) -> None:
    text = f"序号\t存在问题\t整改措施\n{words}"
    moved = told_text(text)
    assert moved is None or moved.back(text).text == text


_THREE = "存在问题\t原因分析\t整改措施"
_ONE = "学习不够。\t怕苦。\t每月学一次。"
_TOLD = ["存在问题：学习不够。", "原因分析：怕苦。", "整改措施：每月学一次。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{_THREE}\n{_ONE}", _TOLD),
        (f"{_THREE}\r\n{_ONE}\r\n", _TOLD),
        (f"　{_THREE}\t\n\n{_ONE}\t\n", _TOLD),
        (f"{_THREE}\n{_ONE}\n{_THREE}\n{_ONE}", _TOLD * 2),
        (f"{_THREE}\n{_ONE}\n\t\t年底测一次。", [*_TOLD, "整改措施：年底测一次。"]),
        (f"甲。\n{_THREE}\n{_ONE}\n\n{_THREE}\n{_ONE}\n乙。", ["甲。", *_TOLD, *_TOLD, "乙。"]),
        # a row whose empty cells at the end an editor has cut off
        (
            "序号\t存在问题\t整改措施\t备注\n1\t学习不够。\t每月学一次。\n2\t下村少。\t每月下村。\t略",
            [
                "1",
                "存在问题：学习不够。",
                "整改措施：每月学一次。",
                "2",
                "存在问题：下村少。",
                "整改措施：每月下村。",
                "备注：略",
            ],
        ),
        # the paragraphs of a cell of Word's
        (
            "序号\t存在问题\t整改措施\n1\t学习不够。\n不深。\t每月学。\n年底测。\n2.\t下村少。\t每月下村。\n三、打算",
            [
                "1",
                "存在问题：学习不够。",
                "不深。",
                "整改措施：每月学。",
                "年底测。",
                "2.",
                "存在问题：下村少。",
                "整改措施：每月下村。",
                "三、打算",
            ],
        ),
        # rows that name those below them, merged across all columns in Word and in Excel
        (
            "序号\t存在问题\t整改措施\n（一）学习\n1\t学习不够。\t每月学。\n（二）作风\n2\t下村少。\t每月下村。",
            [
                *("（一）学习", "1", "存在问题：学习不够。", "整改措施：每月学。"),
                *("（二）作风", "2", "存在问题：下村少。", "整改措施：每月下村。"),
            ],
        ),
        (
            "序号\t存在问题\t整改措施\n（一）学习\t\t\n1\t学习不够。\t每月学。\n（二）作风\t\t\n2\t下村少。\t每月下村。",
            [
                *("（一）学习", "1", "存在问题：学习不够。", "整改措施：每月学。"),
                *("（二）作风", "2", "存在问题：下村少。", "整改措施：每月下村。"),
            ],
        ),
        # a head with a line break, as Excel gives it
        ('"查摆\n问题"\t整改措施\n学习不够。\t每月学。', ["存在问题：学习不够。", "整改措施：每月学。"]),
        # quotation marks that are the writer's own
        (
            '存在问题\t整改措施\n"四个意识"\t"两个维护"',
            ['存在问题："四个意识"', '整改措施："两个维护"'],
        ),
        ("存在问题|整改措施\n-|-\n学习不够。|每月学。", ["存在问题：学习不够。", "整改措施：每月学。"]),
        (
            "| **存在问题** | __整改措施__ |\n|:-:|---|\n| **学习**不够。 | 每月学。<br/>年底测。 |\n甲。",
            ["存在问题：**学习**不够。", "整改措施：每月学。", "年底测。", "甲。"],
        ),
    ],
)
def test_must_fire(text: str, expected: list[str]) -> None:
    assert _told(text) == expected


_LEDGER = "\n".join(["\t".join(row) for row in (HEAD, *ROWS)])
_CUT_OFF = _LEDGER.rpartition("\t")[0]


@pytest.mark.parametrize(
    "text",
    [
        "存在问题\t原因\t措施",  # heads alone
        "存在问题\t整改措施\n\t\n",
        "一、履职情况\t1\n二、存在问题及原因\t3\n三、整改措施\t5",  # a table of contents
        "存在问题\t整改措施\n\t三、下一步打算\n\t我将每月下村。",  # indents
        f"{_THREE}\n\t\t三、下一步打算",
        "存在问题\t整改措施\n述职人：张三\t2024年12月30日",  # signature and date
        "存在问题\t整改措施\n签名：\t日期：",
        "存在问题\t整改措施\n张三\t2024年12月30日",
        "存在问题\t学习不够\t整改措施\t每月学习一次\n存在问题\t下村少\t整改措施\t每月下村",  # a form
        "支部\t查摆问题数\t整改完成数\n一支部\t12\t10",
        "单位\t责任落实\t问题查摆\t原因剖析\t党建业务融合\n甲镇\t好\t较好\t好\t好",
        "学习不够，存在问题。\t整改措施\n学习不够\t每月学",  # no heads
        "\t存在问题是学习不够，整改措施是每月学一次。\n\t以上请审阅。",
        "存在问题  整改措施\n学习不够  每月学",
        "| 存在问题 | 整改措施 |\n| 学习不够 | 每月学 |",  # no line below the heads
        "存在问题 | 整改措施\n---\n学习不够 | 每月学",
        "| 存在问题 | 整改措施 |\n|---|---|",
        "| 项目 | 存在问题数 |\n|---|---|\n| 学习 | 3 |",
    ],
)
def test_must_not_fire(text: str) -> None:
    assert told_text(text) is None


@pytest.mark.parametrize(
    "after",
    [
        "三、下一步打算\n\t我将每月下村。",
        "\t三、下一步打算\n\t我将每月下村。",
        "\t\t以上述职，请予评议。",
        "述职人：孙国强\t2024年12月28日",
        "\t\t\t孙国强\t2024年12月28日",
        "单位\t好\t较好\t一般\t差\n甲镇\t60\t20\t3\t1",
        "（附件一）\t3",
        "三、下一步打算\n1.\t抓学习。\n2.\t抓作风。",
        "下一步打算\n1.\t抓学习。\n2.\t抓作风。",
        "1.\t抓学习。\n2.\t抓作风。",
    ],
)
def test_what_follows_a_table_is_none_of_it(after: str) -> None:
    moved = told_text(f"{_LEDGER}\n{after}")
    assert moved is not None
    assert moved.text.endswith(f"\n责任人及时限：{ROWS[1][4]}\n{after}")
    if "附件" not in after:  # or a cell may go on in it
        cut = told_text(f"{_CUT_OFF}\n{after}")
        assert cut is not None
        assert cut.text.endswith(f"\n整改措施：{ROWS[1][3]}\n{after}")


_TWO = (
    "主要问题\t整改措施\n学习抓得不实，全年研讨只开了2次，多是念文件。\t每季度开1次专题研讨，会前一周发题目。"
)


@pytest.mark.parametrize(
    "after",
    ["中共青岗镇委员会\t2025年1月5日", "青岗镇党委书记\t李明", "\t2025年1月5日"],
)
def test_who_signs_after_a_blank_line_is_no_row(after: str) -> None:
    moved = told_text(f"{_TWO}\n\n{after}")
    assert moved is not None
    assert moved.text.endswith(f"题目。\n\n{after}")


def test_no_report_of_the_corpus_has_such_a_table() -> None:
    files = sorted((_ROOT / "corpora").rglob("*.txt"))
    assert len(files) > 300
    assert [path.name for path in files if told_text(path.read_text("utf-8"))] == []


_NOTE = "<!-- shuping: ignore {} 理由：会上已说明 -->"


@pytest.mark.parametrize("table", [pasted, markdown])
@pytest.mark.parametrize("place", ["before", "after"])
def test_a_note_in_a_cell_is_about_what_it_stands_beside(
    analyzer: Analyzer, table: Callable[[Rows], str], place: str
) -> None:
    vague = ("1", "学习不够。", "平时事情多。", "今后加强学习。", "李萍")
    text = table((HEAD, vague, *ROWS[1:]))
    before = analyzer.analyze_text(text)
    hit = next(each for each in before.findings if "学习不够" in each.evidence and each.deduction)
    note = _NOTE.format(hit.rule)
    words = f"{note}学习不够。" if place == "before" else f"学习不够。{note}"
    after = analyzer.analyze_text(text.replace("学习不够。", words))
    assert [each.finding.rule for each in after.suppressed] == [hit.rule]
    assert after.text.count(note) == 1
    assert len(after.findings) == len(before.findings) - 1
    assert after.scorecard is not None
    assert after.scorecard.suppressed == 1
    assert [p.title for p in after.analysis.problems] == [p.title for p in before.analysis.problems]


@pytest.mark.parametrize("form", _FORMS)
def test_comments_of_word_stand_at_their_cells(analyzer: Analyzer, form: str) -> None:
    rows: Sequence[Sequence[str]] = (
        HEAD,
        ("1", "学习不够。", "平时事情多。", "今后加强学习。", "X"),
        *ROWS[1:],
    )
    result = analyzer.analyze(_FORMS[form](rows))
    commented = read_bytes(render_docx(result), "a.docx")
    assert _lines(commented.text) == _lines(result.text)


def test_a_table_typed_into_a_docx_takes_comments_too(analyzer: Analyzer) -> None:
    import docx

    from .ledgers import saved

    document = docx.Document()
    for line in pasted(TABLES["plain"]).split("\n"):
        document.add_paragraph(line)
    data = saved(document)
    result = analyzer.analyze(read_bytes(data, "a.docx"))
    assert [p.title for p in result.analysis.problems] == ["后备干部储备不足", "集体经济发展不平衡"]
    assert read_bytes(annotate(data, result), "a.docx").text == result.text
    assert result.text.endswith("\n".join(AFTER))
