"""What is expected of whom is data, and what is not there is looked for in the text as a reader reads it."""

from __future__ import annotations

from analyzer.lexicons import table
from analyzer.rules.catalogue import judge, rule
from analyzer.rules.examples import Example, duties, report, title

_LINE = "全年主持党委会12次，研究党建议题9个，逐项交办并按月核对办理结果，年底前办结。" * 12
_TOPICS = ("clean-governance", "ideology")


def _raised(example: Example) -> set[str]:
    rules = [rule(name) for name in ("missing-clean-governance", "missing-ideology", "missing-last-year")]
    return {judgement.rule.id for judgement in judge(example.report(), rules)}


def _of(head: str, more: str = "") -> set[str]:
    return _raised(report(title(head), duties("一、履职情况\n" + _LINE + more)))


def test_every_topic_of_a_unit_is_known() -> None:
    words = table("coverage.toml")
    assert {topic for unit in words["units"] for topic in unit["expects"]} == set(_TOPICS)
    assert words["topics"].keys() == set(_TOPICS)
    assert words["not_asked"].keys() == {*_TOPICS, "last-year"}


def test_a_committee_is_asked_for_all_and_a_branch_only_for_last_year() -> None:
    assert len(_of("石门镇党委书记2022年度述职报告")) == 3
    assert _of("县档案局党支部书记2022年度述职报告") == {"missing-last-year"}


def test_traditional_characters_are_read() -> None:
    told = "意識形態工作研究2次，黨風廉政談話4次，整改落實5條。"
    assert _of("石门镇党委书记2022年度述职报告", told) == set()


def test_words_across_hard_wraps_are_read() -> None:
    width = 28
    before = _LINE[: 9 * width - 2]
    body = f"{before}意识形态工作研究2次，党风廉政谈话4次，整改落实5条。{_LINE}"
    wrapped = "\n".join(body[i : i + width] for i in range(0, len(body), width))
    assert "意识\n形态" in wrapped
    example = report(title("石门镇党委书记2022年度述职报告"), duties(wrapped))
    assert "missing-ideology" not in _raised(example)


def test_what_a_report_calls_itself_excuses_it() -> None:
    assert "missing-ideology" not in _of("石门镇党委书记2022年度述责述廉报告")
    assert "missing-last-year" not in _of("个人述职报告\n石门镇党委委员")
