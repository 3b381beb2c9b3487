"""What must not matter to an analysis does not: the same report, handed in another way."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.errors import ShupingError
from analyzer.reading import read_bytes

from .reading import making

SAMPLE = ("w1/w1-01", "w3/w3-02", "w6/w6-05")


def told(result):
    """What a result says, without places."""
    card = result.scorecard
    return (
        card and card.overall,
        sorted((finding.rule, str(finding.severity)) for finding in result.findings),
        [section.type for section in result.analysis.sections],
        [problem.title for problem in result.analysis.problems],
    )


@pytest.fixture(scope="module", params=SAMPLE)
def text(request, corpora):
    return (corpora / f"{request.param}.txt").read_text("utf-8").strip()


CHANGES = {
    "empty lines between": lambda text: text.replace("\n", "\n\n"),
    "indented": lambda text: "\n".join("\u3000\u3000" + line for line in text.split("\n")),
    "space at the ends of lines": lambda text: "\n".join(line + "  " for line in text.split("\n")),
    "line breaks of Windows": lambda text: text.replace("\n", "\r\n"),
    "zero width": lambda text: text.replace("。", "。\u200b"),
    "byte order mark": lambda text: "\ufeff" + text,
    "full-width digits": lambda text: text.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_cannot_be_seen_does_not_matter(analyzer, text, change):
    assert told(analyzer.analyze_text(CHANGES[change](text))) == told(analyzer.analyze_text(text))


def test_the_format_does_not_matter(analyzer, text):
    word = making.word("".join(map(making.paragraph, text.split("\n"))))
    assert told(analyzer.analyze(read_bytes(word, "报告.docx"))) == told(analyzer.analyze_text(text))


def test_the_order_of_files_does_not_matter(analyzer, corpora):
    paths = [corpora / f"{name}.txt" for name in SAMPLE]
    forth = [analyzer.analyze_file(path).to_dict() for path in paths]
    back = [analyzer.analyze_file(path).to_dict() for path in reversed(paths)]
    assert forth == back[::-1]


PIECES = st.sampled_from(
    [
        "一、履职情况",
        "二、存在问题",
        "\n",
        "。",
        "X次",
        "____",
        "主要是",
        "“",
        "（",
        "\u202e",
        "\u200b",
        "\0x",
        "😀",
        "𠀀",
        "<script>",
        "=1+1",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join))
def test_any_text_is_analysed_or_refused(analyzer, given_text):
    try:
        result = analyzer.analyze_text(given_text)
    except ShupingError:
        return
    for finding in result.findings:
        assert finding.evidence == result.text[finding.start : finding.end]


@pytest.mark.parametrize(
    "piece", ["党", "“", "（", "X", "1", " ", "，", "目前已", "一是", "3个目前已", "\u202e党", "《"]
)
def test_one_long_line_of_anything_is_analysed(analyzer, piece):
    analyzer.analyze_text("述职报告\n" + piece * (20_000 // len(piece)))
