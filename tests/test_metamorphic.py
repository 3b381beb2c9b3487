"""What must not matter to an analysis does not: the same report, handed in another way."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.errors import ShupingError
from benchmarks.metamorphic import CHANGES, changed, renamed, told

SAMPLE = ("w1/w1-01", "w3/w3-02", "w6/w6-05")
# What may move a little, and does for some: which, is printed by ``python -m benchmarks.metamorphic``.
MAY_MOVE = {"half-width marks"}


@pytest.fixture(scope="module", params=SAMPLE)
def text(request, corpora):
    return (corpora / f"{request.param}.txt").read_text("utf-8").strip()


@pytest.mark.parametrize("change", [change for change in CHANGES if change not in MAY_MOVE])
def test_the_way_it_is_handed_in_does_not_matter(analyzer, text, change):
    assert told(analyzer.analyze(changed(change, text))) == told(analyzer.analyze_text(text), change)


@pytest.mark.parametrize("name", ["w2/w2-01", "w7/w7-01", "w12/w12-01"])
def test_the_name_of_the_place_does_not_matter(analyzer, corpora, name):
    text = (corpora / f"{name}.txt").read_text("utf-8")
    assert renamed(text) != text
    assert told(analyzer.analyze_text(renamed(text))) == told(analyzer.analyze_text(text), "another place")


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


def test_a_text_far_too_long_for_a_report_is_refused(analyzer):
    with pytest.raises(ShupingError) as failure:
        analyzer.analyze_text("党建工作。" * 400_000)
    assert failure.value.code == "too-large"
