from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from jsonschema import Draft202012Validator

from analyzer.comparing.compare import compare
from analyzer.comparing.comparison import Basis, Kind, Notice, Outcome, Return, Wording
from analyzer.comparing.years import year_row
from analyzer.rendering.comparing_json import comparison_schema
from analyzer.result import Result

from ..rendering.gold import small_result
from .pairs import path_of, result_of, result_of_text, specification, two_drafts

NAMES = sorted({name for pair in specification()["years"] for name in (pair["last"], pair["this"])})


def _spans(value, side="", found=None):
    """Every span of a comparison's JSON shape, by the report that it points into."""
    found = [] if found is None else found
    if isinstance(value, dict):
        for key, each in value.items():
            inner = key if key in ("last", "this") else "this" if key in _OF_THIS else side
            _spans(each, inner, found)
    elif isinstance(value, (list, tuple)):
        if len(value) == 2 and all(isinstance(each, int) for each in value):
            found.append((side, *value))
        else:
            for each in value:
                _spans(each, side, found)
    return found


_OF_THIS = ("figure", "new_problems", "new_blanks")


@pytest.mark.parametrize("name", NAMES)
def test_a_report_beside_itself_is_kept_whole(name):
    result = result_of(name)
    comparison = compare(result, result, Kind.YEARS)
    assert comparison.counts.new == comparison.counts.gone == comparison.counts.edited == 0
    assert comparison.counts.swapped == 0
    assert comparison.counts.kept == 1
    assert {problem.fate for problem in comparison.years.problems} == {Return.VERBATIM}
    assert not comparison.years.new_problems
    assert not [p for p in comparison.years.promises if p.outcome is Outcome.SILENT]
    assert Notice.SAME_TEXT in comparison.notices


@pytest.mark.parametrize("name", NAMES[::3])
def test_paragraphs_in_another_order_are_the_same_words(name):
    text = path_of(name).read_text("utf-8")
    paragraphs = text.split("\n")
    random.Random(7).shuffle(paragraphs)
    comparison = compare(result_of(name), result_of_text("\n".join(paragraphs)), Kind.YEARS)
    assert comparison.counts.new == comparison.counts.edited == 0


@pytest.mark.parametrize("pair", specification()["years"], ids=lambda pair: pair["last"])
def test_spans_point_into_the_texts_and_every_sentence_is_there_once(pair):
    comparison = compare(result_of(pair["last"]), result_of(pair["this"]))
    texts = {"last": comparison.last.text, "this": comparison.this.text}
    spans = _spans(comparison.to_dict())
    assert {side for side, _, _ in spans} == {"last", "this"}
    for side, start, end in spans:
        assert 0 <= start <= end <= len(texts[side])
    for side in ("last", "this"):
        covered = sorted(
            span for part in comparison.parts for p in part.passages if (span := getattr(p, side)) is not None
        )
        assert len(set(covered)) == len(covered)
        assert all(one[1] <= other[0] for one, other in pairwise(covered))
        letters = sum(len("".join(texts[side][start:end].split())) for start, end in covered)
        assert letters == len("".join(texts[side].split()))


@pytest.mark.parametrize("pair", specification()["years"][:3], ids=lambda pair: pair["last"])
def test_the_shape_is_the_published_one_and_the_same_each_time(pair):
    last, this = result_of(pair["last"]), result_of(pair["this"])
    shape = compare(last, this).to_dict()
    Draft202012Validator.check_schema(comparison_schema())
    Draft202012Validator(comparison_schema()).validate(_lists(shape))
    assert shape == compare(last, this).to_dict()
    # A result that travelled as JSON compares the same.
    assert shape == compare(Result.from_dict(last.to_dict()), Result.from_dict(this.to_dict())).to_dict()


def test_the_shape_of_drafts_is_published_too():
    shape = compare(*two_drafts()).to_dict()
    Draft202012Validator(comparison_schema()).validate(_lists(shape))
    known = comparison_schema()["properties"]
    assert set(shape) <= set(known)
    assert set(shape["drafts"]) == set(known["drafts"]["properties"])


def _lists(value):
    if isinstance(value, dict):
        return {key: _lists(each) for key, each in value.items()}
    return [_lists(each) for each in value] if isinstance(value, (list, tuple)) else value


def _of_year(result, year):
    return replace(result, source=replace(result.source, year=year))


def test_years_of_the_reports_decide_what_they_are():
    result = result_of("w8/w8-09")
    assert compare(result, result_of("w8/w8-10")).kind is Kind.YEARS
    assert compare(result, result_of("w8/w8-10")).basis is Basis.YEAR
    assert compare(result, result).kind is Kind.DRAFTS
    assert compare(result, result, Kind.YEARS).basis is Basis.GIVEN


def test_without_years_the_share_of_the_same_words_decides():
    copied = _of_year(result_of("w8/w8-09"), None), _of_year(result_of("w8/w8-10"), 2024)
    assert compare(*copied).kind is Kind.DRAFTS
    written = _of_year(result_of("w8/w8-11"), None), _of_year(result_of("w8/w8-12"), None)
    assert compare(*written).kind is Kind.YEARS
    assert compare(*written).basis is Basis.WORDING


def test_what_must_be_known_first_is_said():
    last, this = result_of("w8/w8-09"), result_of("w8/w8-10")
    assert compare(last, this).notices == ()
    assert compare(this, last).notices == (Notice.ORDER,)
    assert compare(_of_year(last, 2020), this).notices == (Notice.GAP,)
    other = replace(this, analyzer={**this.analyzer, "rubric": "party-duty/2"})
    assert compare(last, other).notices == (Notice.RUBRIC,)
    unnamed = [
        replace(each, source=replace(each.source, unit=unit))
        for each, unit in ((last, "中共碧桐街道工作委员会"), (this, "碧桐街道党工委"))
    ]
    assert compare(*unnamed).notices == ()
    moved = replace(this, source=replace(this.source, unit="青桐街道党工委"))
    assert compare(unnamed[0], moved).notices == (Notice.UNIT,)
    common = [
        replace(each, source=replace(each.source, unit="县人民医院党委", author=author))
        for each, author in ((last, "王平"), (this, "李安"))
    ]
    assert compare(*common).notices == ()


def test_texts_that_hold_nothing_can_be_compared():
    empty, blank = small_result(""), small_result("\n \n")
    for last, this in ((empty, empty), (empty, blank), (empty, result_of("w8/w8-09"))):
        for kind in Kind:
            comparison = compare(last, this, kind)
            assert comparison.counts.same == 0
    gone = compare(result_of("w8/w8-09"), empty, Kind.YEARS)
    assert gone.counts.gone > 0
    assert not [p for p in gone.years.promises if p.outcome is not Outcome.UNCLEAR]


def test_the_row_of_a_batch():
    row = year_row(compare(result_of("w8/w8-09"), result_of("w8/w8-10")))
    assert (row.last_year, row.this_year) == (2023, 2024)
    assert (row.problems_last, row.problems_back) == (4, 4)
    assert row.promises == 4
    assert row.kept > 0.8
    assert row.last_overall > row.this_overall
    last = result_of("w8/w8-09")
    older = replace(last, analyzer={**last.analyzer, "rubric": "party-duty/0"})
    assert year_row(compare(older, result_of("w8/w8-10"))).last_overall is None
    with pytest.raises(ValueError, match="drafts"):
        year_row(compare(*two_drafts()))


def test_set_phrases_headings_and_closings_are_not_counted():
    result = result_of("w8/w8-09")
    comparison = compare(result, result)
    counted = {
        result.text[p.this[0] : p.this[1]]
        for part in comparison.parts
        for p in part.passages
        if p.wording is not Wording.SET
    }
    for words in ("以上述职，请区委和同志们审议。", "一年来的工作主要有以下几个方面："):
        assert words in result.text
        assert words not in counted
