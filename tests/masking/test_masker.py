from __future__ import annotations

import io
import json
import pickle
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from analyzer.masking import Masker, key_of
from analyzer.rendering import formats
from analyzer.rendering.json import load_schema
from analyzer.result import Conflict, Origin, Release, Result, Suppressed, UnusedSuppression

KEY = key_of([b"one", b"two"])
MASK = re.compile(r"〔(?:名|人)[a-hjkmnp-z][2-9a-hjkmnp-z]{5}〕")


@pytest.fixture(scope="module")
def plain(analyzer, corpora) -> Result:
    """A report of 沱源县羊角垭乡 as a batch knows it, with what people have written about it."""
    found = analyzer.analyze_file(corpora / "w10" / "w10-02.txt")
    source = replace(
        found.source,
        path="沱源县/羊角垭乡-王桂香.txt",
        unit="沱源县羊角垭乡党委",
        author="王桂香",
        region="沱源县",
        conflicts=(Conflict("unit", "沱源县羊角垭乡党委", Origin.MANIFEST, "沱源羊角垭", Origin.REPORT),),
    )
    card = found.scorecard
    assert card
    first, *others = found.findings
    return replace(
        found,
        source=source,
        findings=tuple(others),
        suppressed=(Suppressed(replace(first, deduction=0.0), "羊角垭乡已说明", "王桂香的批注", True),),
        unused_suppressions=(UnusedSuppression("placeholder", "同羊角垭", "王桂香", "羊角垭乡没有这条"),),
        scorecard=replace(
            card, vetoes=tuple(replace(each, release=Release("王桂香", "羊角垭乡")) for each in card.vetoes)
        ),
    )


@pytest.fixture(scope="module")
def masked(plain) -> Result:
    return Masker(KEY).mask(plain)


NAMES = ["沱源", "羊角垭", "王桂香", "石坎", "坳背"]


def test_no_name_is_left_in_anything_that_is_put_out(masked):
    written = json.dumps(masked.to_dict(), ensure_ascii=False)
    assert not [name for name in NAMES if name in written]


def test_the_rest_of_the_text_stands_as_it_was(plain, masked):
    pieces = re.split(MASK, masked.text)
    found = re.fullmatch("(.{2,4}?)".join(map(re.escape, pieces)), plain.text, re.DOTALL)
    assert found
    assert set(found.groups()) == {"沱源", "羊角垭", "石坎", "坳背"}


def test_evidence_is_still_what_the_text_says_there(masked):
    for finding in (*masked.findings, *(each.finding for each in masked.suppressed)):
        assert finding.evidence == masked.text[finding.start : finding.end]


def test_sections_still_lie_end_to_end(plain, masked):
    for before, after in zip(plain.analysis.sections, masked.analysis.sections, strict=True):
        assert Masker(KEY).text(plain.text[before.start : before.end]).count("〔") == masked.text[
            after.start : after.end
        ].count("〔")
    ends = [section.end for section in masked.analysis.sections]
    starts = [section.start for section in masked.analysis.sections]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


def test_it_fits_the_schema_and_survives_the_journey(masked):
    plain = json.loads(json.dumps(masked.to_dict()))
    Draft202012Validator(load_schema()).validate(plain)
    assert Result.from_dict(plain) == masked


@pytest.mark.parametrize("form", formats.FORMATS)
def test_every_view_shows_it_without_a_name(masked, form):
    shown = formats.renderer(form)(masked)
    if isinstance(shown, bytes):
        with zipfile.ZipFile(io.BytesIO(shown)) as parts:
            shown = "".join(parts.read(part).decode("utf-8", "ignore") for part in parts.namelist())
    assert "〔名" in shown
    assert not [name for name in NAMES if name in shown]


def test_the_file_cannot_be_looked_up(plain, masked):
    assert re.fullmatch(r"报告-[2-9a-z]{12}\.txt", masked.source.path)
    assert masked.source.sha256 != plain.source.sha256
    assert re.fullmatch("[0-9a-f]{64}", masked.source.sha256)
    assert masked.source.year == plain.source.year


def test_what_is_masked_already_stays(masked):
    assert Masker(KEY).mask(masked) is masked
    assert Masker(b"another").mask(masked) is masked


def test_the_same_names_have_the_same_masks_in_every_report_and_worker(analyzer):
    one = analyzer.analyze_text("甲县白鹭镇党委书记述职报告\n我是白鹭镇党委书记李向荣。")
    other = analyzer.analyze_text("我县的白鹭镇做得好，李向荣书记有办法。")
    first, second = (Masker(KEY, ["甲县白鹭镇党委"], ["李向荣"]).mask(each).text for each in (one, other))
    assert set(MASK.findall(second)) <= set(MASK.findall(first))
    assert len(MASK.findall(second)) == 2


def test_neither_order_nor_worker_changes_a_mask(plain, analyzer):
    other = analyzer.analyze_text("龙潭县白鹭镇党委书记述职报告\n我是李向荣，联系石坎村。\n" * 3)
    masker = Masker(KEY, ["沱源县羊角垭乡"], ["王桂香"])
    there = [masker.mask(each) for each in (plain, other)]
    elsewhere = pickle.loads(pickle.dumps(Masker(KEY, ["沱源县羊角垭乡"], ["王桂香"])))
    assert [elsewhere.mask(each) for each in (other, plain)] == there[::-1]


def test_another_batch_has_other_masks():
    assert Masker(key_of([b"one"])).text("我在羊角垭乡") != Masker(KEY).text("我在羊角垭乡")


def test_the_key_is_of_the_files_whatever_their_order_and_number():
    assert key_of(iter([b"two", b"one", b"two"])) == KEY
    assert key_of([b"one"]) != KEY
    assert key_of([b"onetwo"]) != KEY


@pytest.mark.parametrize(
    ("unit", "forms"),
    [
        ("甲县甲镇党委", ["甲镇党委", "甲镇", "中共甲镇委员会", "甲县甲镇"]),
        ("羊角垭乡", ["羊角垭乡党委", "羊角垭的路", "羊角\n垭乡", "羊 角 垭"]),
        ("沱源县水利局", ["沱源县水利局", "县水利局"]),
        ("蓝盾集团有限公司", ["蓝盾集团", "蓝盾的支部"]),
    ],
)
def test_a_unit_that_is_known_is_masked_in_each_form_of_its_name(unit, forms):
    masker = Masker(KEY, [unit])
    for form in forms:
        assert MASK.search(masker.text(f"今年{form}工作"))
    assert len({tuple(MASK.findall(masker.text(form)))[-1] for form in forms}) == 1


def test_a_unit_that_is_known_is_masked_whole_whatever_else_its_name_seems_to_hold():
    masker = Masker(KEY, ["丁县长尾巷财政局"])  # 丁县长 is no person here
    for text in ("丁县长尾巷财政局", "我在丁县长尾巷财政局工作"):
        assert "长尾巷" not in masker.text(text)
    assert masker.field("unit", "丁县长尾巷财政局") == masker.text("丁县长尾巷财政局")


def test_units_that_share_one_character_are_told_apart():
    masker = Masker(KEY, ["甲县", "甲镇"])
    assert len(set(MASK.findall(masker.text("甲县甲镇")))) == 2


def test_a_name_of_one_character_is_masked_in_its_own_field_only(plain):
    masked = Masker(KEY, ["乡"], ["王"]).mask(
        replace(plain, source=replace(plain.source, unit="乙", author="王"))
    )
    assert MASK.fullmatch(masked.source.unit)
    assert MASK.fullmatch(masked.source.author)
    assert "乡党委" in masked.text


@pytest.mark.parametrize("unit", ["XX镇党委", "某局", "××县"])
def test_what_is_blank_stays_blank(unit):
    assert Masker(KEY, [unit], ["张××"]).text(f"{unit}的张××同志、王某某") == f"{unit}的张××同志、王某某"


def test_a_name_that_is_a_common_word_is_masked_where_it_is_the_name(plain):
    known = replace(plain, source=replace(plain.source, unit="石化", author="党委"))
    masked = Masker(KEY).mask(known)
    assert MASK.fullmatch(masked.source.unit)
    assert MASK.fullmatch(masked.source.author)
    assert "党委" in masked.text


def test_a_quotation_that_is_cut_short_shows_no_part_of_a_name():
    masked = Masker(KEY, ["羊角垭乡"]).text("羊角垭乡写道：“我在羊角…”，又写“…角垭乡”")
    assert "羊角" not in masked
    assert "角垭" not in masked


def test_numbers_by_which_a_person_is_found_are_masked():
    text = (
        "电话13812345678、0571-88886666，身份证11010519491231002X，邮箱a.b@mail.example，资金13812345678901元"
    )
    masked = Masker(KEY).text(text)
    assert re.sub("〔电话[^〕]+〕|〔证件[^〕]+〕|〔邮箱[^〕]+〕", "#", masked) == (
        "电话#、#，身份证#，邮箱#，资金13812345678901元"
    )


_FRAMES = [
    "我到{}村住了三天。",
    "{}镇党委书记述职报告\n",
    "联系的{}社区有党员40名，",
    "和{}\n村的干部开会。",
    "……{}，",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_FRAMES), max_size=6), st.sampled_from(["羊角垭", "白鹭", "塔坡", "澜桥"]))
def test_a_unit_that_is_known_is_nowhere_left(frames, name):
    text = "".join(frame.format(name) for frame in frames)
    masked = Masker(KEY, [f"{name}镇"]).text(text)
    assert name not in "".join(masked.split())
    assert Masker(KEY, [f"{name}镇"]).text(masked) == masked
