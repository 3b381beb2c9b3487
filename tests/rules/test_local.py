"""User rules as data: read strictly, held to their own lines, found in bounded time."""

from __future__ import annotations

import pytest

from analyzer.errors import ShupingError
from analyzer.result import Dimension, SectionType, Severity
from analyzer.rules.catalogue import catalogue, judge
from analyzer.rules.examples import duties, plans, report
from analyzer.rules.local.files import read_rules
from analyzer.rules.local.finder import Finder, Unsafe

RULE = """
[[rule]]
id = "own-name"
pattern = "我局|本局"
unless = "市局"
sections = ["duties"]
severity = "info"
dimension = "facts"
message = "请用规范简称。"
suggestion = "写规范简称。"
must_fire = ["我局召开会议", "会上本局发言"]
must_not_fire = ["市局要求我局报送", "全局上下"]
"""


def read(tmp_path, content, name="自定.toml"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_rules([path], catalogue())


def refused(tmp_path, content, name="自定.toml"):
    with pytest.raises(ShupingError) as failure:
        read(tmp_path, content, name)
    assert failure.value.code == "user-rule"
    assert failure.value.path == tmp_path / name
    return failure.value.message


def test_a_rule_finds_what_it_describes_where_it_applies(tmp_path):
    (made,) = read(tmp_path, RULE)
    assert made.severity is Severity.INFO
    assert made.dimension is Dimension.FACTS
    small = report(
        duties("一、履职情况\n我局讲党课4次。市局对我局点评2次。"), plans("二、打算\n我局每季度讲1次。")
    ).report()
    (judgement,) = judge(small, [made])
    text = small.document.text
    assert text[judgement.hit.start : judgement.hit.end] == "我局"
    assert judgement.hit.start == text.index("我局")
    assert judgement.hit.message == "请用规范简称。"


def test_what_a_hard_wrap_or_another_form_of_a_character_parts_is_found_whole(tmp_path):
    (made,) = read(
        tmp_path,
        RULE.replace("我局|本局", "A类[(（]重点[)）]")
        .replace("我局", "A类(重点)")
        .replace("会上本局发言", "列为Ａ类（重点）"),
    )
    small = report(duties("一、履职情况\n列为Ａ类（重点）。")).report()
    (judgement,) = judge(small, [made])
    assert small.document.text[judgement.hit.start : judgement.hit.end] == "Ａ类（重点）"


def test_plain_words_mean_themselves(tmp_path):
    lines = 'must_fire = ["抓A+B"]\nmust_not_fire = ["AAB"]'
    (made,) = read(tmp_path, f'[[rule]]\nid = "own-a"\nwords = ["A+B", "(试行)"]\nmessage = "m"\n{lines}')
    small = report(duties("一、履职情况\n推行A+B办法（试行）。")).report()
    assert len(judge(small, [made])) == 2


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('must_fire = ["我局召开会议", "会上本局发言"]', 'must_fire = ["全局召开会议"]', "全局召开会议"),
        ('"全局上下"]', '"本局上下"]', "本局上下"),
        ('must_fire = ["我局召开会议", "会上本局发言"]\n', "", "must_fire"),
        ('must_not_fire = ["市局要求我局报送", "全局上下"]', "", "must_not_fire"),
        ('"own-name"', '"siloed"', "siloed"),
        ('"own-name"', '"Own Name"', "连字符"),
        ('id = "own-name"\n', "", "id"),
        ('message = "请用规范简称。"\n', "", "message"),
        ('pattern = "我局|本局"\n', "", "pattern"),
        ('pattern = "我局|本局"\n', 'pattern = "我局"\nwords = ["我局"]\n', "pattern"),
        ("我局|本局", "(?<!市)我局", "unless"),
        ("我局|本局", "(我)\\\\1", "unless"),
        ("我局|本局", "我局[", "正则"),
        ("我局|本局", "(我{500}){500}", "正则"),
        ("我局|本局", "我*", "什么也没有"),
        ("我局|本局", "我" * 3000, "2000"),
        ('"市局"', '"["', "unless"),
        ('["duties"]', '["duty"]', "duties"),
        ('"info"', '"hint"', "info"),
        ('"facts"', '"fact"', "facts"),
        ("suggestion", "sugestion", "suggestion"),
        ("[[rule]]", "[[rules]]", "rule"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, old, new, words):
    assert old in RULE
    assert words in refused(tmp_path, RULE.replace(old, new))


def test_two_rules_of_one_id_are_refused(tmp_path):
    assert "own-name" in refused(tmp_path, RULE + RULE)


@pytest.mark.parametrize(
    ("content", "name"), [("", "a.toml"), ("", "a.tsv"), ("id\tmessage\n", "a.tsv"), ("x", "a.csv")]
)
def test_a_file_without_a_rule_is_refused(tmp_path, content, name):
    assert refused(tmp_path, content, name)


TSV = (
    "# 党校教研室的规则\n"
    "id\tpattern\tsections\tmessage\tmust_fire\tmust_fire\tmust_not_fire\n"
    'own-a\t"党课|谈心"\tduties、plans\t写清次数\t讲党课\t谈心\t学习\n'
    "\n"
    "own-b\t大力\t\t写清办法\t大力推进\t\t推进\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_as_a_spreadsheet_saves_it(tmp_path, encoding):
    first, second = read(tmp_path, TSV.encode(encoding), "规则.tsv")
    assert (first.id, second.id) == ("own-a", "own-b")
    small = report(duties("一、履职情况\n讲党课4次。大力推进。")).report()
    assert [judgement.rule.id for judgement in judge(small, [first, second])] == ["own-a", "own-b"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("pattern", "patern", "pattern"),
        ("sections", "message", "message"),
        ("duties、plans", "duties、plan", "plans"),
        ("\t学习\n", "\t讲党课\n", "第 3 行"),
        ("\t学习\n", "\t学习\t多\n", "第 3 行"),
    ],
)
def test_what_is_wrong_in_a_table_is_named_with_its_row(tmp_path, old, new, words):
    assert words in refused(tmp_path, TSV.replace(old, new, 1), "规则.tsv")


def test_a_pattern_that_would_hang_others_is_harmless():
    # One that backtracks would need longer than anybody lives.
    assert list(Finder("(a+)+b", (), None, ()).spans("a" * 20000)) == []


@pytest.mark.parametrize(
    "pattern", ["^讲党课", "次。$", r"\\A讲党课", r"次。\\z", "(?-m:^)讲", "(?i)讲a?党课", r"\\b4次"]
)
def test_a_pattern_that_is_bound_to_the_ends_of_a_sentence(tmp_path, pattern):
    lines = 'must_fire = ["讲党课4次。"]\nmust_not_fire = ["一年"]'
    (made,) = read(tmp_path, f'[[rule]]\nid = "own-a"\npattern = "{pattern}"\nmessage = "m"\n{lines}')
    assert judge(report(duties("一、履职情况\n一年来，开会6场。讲党课4次。")).report(), [made])


def test_half_of_a_surrogate_pair_stops_no_search():
    assert list(Finder("党课", (), None, ()).spans("讲\ud800党课")) == [(2, 4)]


def test_a_pattern_is_bounded():
    with pytest.raises(Unsafe):
        Finder("(我{1000}){1000}", (), None, (SectionType.DUTIES,))
