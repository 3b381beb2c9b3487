from __future__ import annotations

import random
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.duplicates import finding
from analyzer.duplicates.alignment import compare, prepare
from analyzer.duplicates.candidates import candidates
from analyzer.duplicates.finding import _closest, between, find, shared_runs, signature
from analyzer.duplicates.normal import LEXICON
from analyzer.lexicons import table

from .planting import plant

signed = cache(signature)


@pytest.fixture(scope="module")
def reports(corpora):
    return {path.stem: path.read_text("utf-8") for path in sorted(corpora.glob("w*/*.txt"))}


def found(texts, asked=None, **options):
    names = sorted(texts)

    def text_of(number):
        if asked is not None:
            asked.append(names[number])
        return texts[names[number]]

    return list(find([signed(texts[name]) for name in names], text_of, names, **options))


def planted(reports, name, replaced, seed, part=1.0):
    others = [other for other in sorted(reports) if other.split("-")[0] != name.split("-")[0]]
    rng = random.Random(f"{name} {seed}")
    return plant(reports[name], [reports[other] for other in rng.sample(others, 5)], replaced, rng, part)


def truth(source, copy):
    """Return the share of the shorter text's own wording that was left when the copy was made."""
    a, b = prepare(source), prepare(copy.text)
    short, spans = (a, copy.of_source) if a.own_letters < b.own_letters else (b, copy.of_copy)
    return float((short.normal.inside(list(spans)) & short.own).sum() / short.own_letters)


@pytest.mark.parametrize("replaced", [0.02, 0.1, 0.2, 0.35])
def test_a_copy_is_found_among_all_and_its_overlap_measured(reports, replaced):
    for name in ("w1-03", "w4-07", "w10-02", "w17-05"):
        copy = planted(reports, name, replaced, 1)
        pairs = found({**reports, "copy": copy.text})
        assert ("copy", name) in [(pair.a, pair.b) for pair in pairs]
        pair = next(pair for pair in pairs if pair.a == "copy")
        assert pair.overlap == pytest.approx(truth(reports[name], copy), abs=0.05)


@pytest.mark.parametrize("name", ["w2-04", "w7-07", "w12-01"])
def test_half_of_a_report_is_found(reports, name):
    copy = planted(reports, name, 0.1, 2, part=0.5)
    assert [(pair.a, pair.b) for pair in found({name: reports[name], "a": copy.text})] == [("a", name)]


def test_reports_of_different_authors_are_far_from_the_threshold(reports):
    """`benchmarks/duplicates.py` looks at all pairs; here at those of every tenth report."""
    some = {name: prepare(reports[name]) for name in sorted(reports)[::10]}
    for a, b in combinations(some, 2):
        if a.split("-")[0] != b.split("-")[0]:
            assert compare(some[a], some[b])[0] < 0.1, (a, b)


def test_no_pair_of_the_corpus_is_found_but_one_that_its_author_wrote_twice(reports):
    assert [(pair.a, pair.b) for pair in found(reports, threshold=0.3)] == [("w8-09", "w8-10")]


def test_texts_are_asked_for_only_where_it_may_matter(reports):
    asked = []
    found({**reports, "copy": planted(reports, "w3-04", 0.1, 3).text}, asked)
    assert set(asked) == {"copy", "w3-04", "w8-09", "w8-10"}


def test_an_archive_is_compared_with_the_batch_and_not_with_itself(reports):
    copy = planted(reports, "w3-04", 0.1, 4).text
    texts = [copy, reports["w3-04"], reports["w3-04"] + "。"]
    names = ["今年", "archive/1", "archive/2"]
    made = [signature(text) for text in texts]
    pairs = find(made, lambda number: texts[number], names, archived=2)
    assert [(pair.a, pair.b) for pair in pairs] == [("archive/1", "今年"), ("archive/2", "今年")]


def test_pairs_stand_in_order_of_names_whatever_the_order_of_reports(reports):
    texts = {"c": reports["w3-04"], "a": reports["w3-04"], "b": planted(reports, "w3-04", 0.1, 5).text}
    names = ["c", "a", "b"]
    made = [signature(texts[name]) for name in names]
    pairs = list(find(made, lambda number: texts[names[number]], names))
    assert [(pair.a, pair.b) for pair in pairs] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert pairs == found(texts)


def test_what_many_reports_of_a_batch_share_is_nobodys_own(reports):
    """A preface handed out by the county is no copy, though it is half of these reports."""
    names = [name for name in sorted(reports) if name.endswith("-03")] + [
        name for name in sorted(reports) if name.endswith("-04")
    ]
    handed_out = reports["w9-01"]
    texts = {name: handed_out + "\n" + reports[name][: len(handed_out)] for name in names}
    assert len(texts) > 40
    assert found(texts) == []
    few = dict(list(texts.items())[:4])
    assert len(found(few, threshold=0.3)) == 6  # among four it may be a copy


def test_a_passage_that_fifteen_of_a_thousand_share_still_counts():
    sets = [np.array([7, 100 + number], np.uint32) for number in range(1000)]
    assert shared_runs(
        [np.append(s, np.uint32(9)) if n < 15 else s for n, s in enumerate(sets)]
    ).tolist() == [7]
    assert shared_runs(sets[:2]).tolist() == []


def test_what_reports_share_by_chance_is_let_go_and_what_is_copied_is_not():
    rng = np.random.default_rng(3)
    sets = [np.unique(rng.integers(0, 8000, 400, np.uint32)) for _ in range(400)]  # one in twenty shared
    sets[7] = np.unique(np.append(rng.choice(sets[300], 130, replace=False), rng.integers(8000, 9000, 270)))
    sets[7] = sets[7].astype(np.uint32)
    found = {tuple(pair) for pair in candidates(sets, 0.25).tolist()}
    assert (7, 300) in found
    assert len(found) < 1000 < len(candidates(sets, 0.0))


def test_of_a_large_family_each_is_compared_with_the_nearest_only():
    rng = np.random.default_rng(5)
    common = np.arange(300, dtype=np.uint32)
    family = [np.append(common, rng.integers(1000, 1 << 32, 20, np.uint32)) for _ in range(80)]
    family[79] = np.append(family[3], np.uint32(999))  # the nearest of all
    partners = table(LEXICON)["candidates"]["partners"]
    found = _closest([np.sort(each) for each in family], len(family), 0.5)
    assert (3, 79) in found
    assert len(found) <= partners * len(family) < len(family) * (len(family) - 1) / 2


def test_too_short_to_say_anything():
    text = "全年走访46户，解决用水困难。"
    assert found({"a": text, "b": text, "c": "", "d": ""}) == []


def test_quotations_and_official_wording_are_not_own():
    said = "“江山就是人民，人民就是江山，打江山、守江山，守的是人民的心，要始终与人民同呼吸共命运”"
    official = "增强“四个意识”、坚定“四个自信”、做到“两个维护”，落实全面从严治党主体责任。"
    one = (
        said
        + official
        + (
            "三月起我每周二到东门窗口站半天，听办事的人骂，把骂的话记了四十页，一页一页念给科长们听。"
            "冷库的门朝北，账本却锁在南屋，钥匙由会计和出纳各拿一把，谁也不肯先交出来。"
        )
    )
    two = (
        said
        + official
        + (
            "渔港的船员一年在家不过百日，支部就把会开到码头的补网棚里去，风大改在冷冻厂的食堂。"
            "老支书嫌投影晃眼，年轻人嫌他讲得慢，两边各退一步，讲半小时，问半小时，记账的不许插话。"
        )
    )
    assert between(one, two)[0] == 0.0
    assert between(one, one)[0] == 1.0


def test_a_report_of_quotations_alone_cannot_hide_by_them(reports):
    quoted = "\n".join(f"“{line}”" for line in reports["w3-04"].split("\n") if line.strip())
    assert between(quoted, reports["w3-04"])[0] > 0.9


def test_what_differs_inside_a_passage_is_told():
    a = "去年三月起，青山镇党委把支部会开到田埂上，2021年共开了12次，老支书说这样的会他听得懂。"
    b = "去年三月起，绿水镇党委把支部会开到田埂上，2022年共开了30次，老支书说这样的会他听得懂。"
    overlap, (passage,) = between(a, b)
    assert overlap == 1.0
    assert (a[slice(*passage.a)], b[slice(*passage.b)]) == (a, b)
    assert [(a[slice(*x)], b[slice(*y)]) for x, y in passage.differences] == [
        ("青山镇", "绿水镇"),
        ("2021", "2022"),
        ("12", "30"),
    ]


SENTENCES = (
    "三月起我每周二到东门窗口站半天，听办事的人骂。",
    "渔港的船员一年在家不过百日，支部就把会开到补网棚里去。",
    "2021年走访46户，修了3公里路。",
    "“人民就是江山”，增强“四个意识”。\n",
    "青山镇党委没有把责任压到支部，老张同志说了三遍。",
    "（一）抓学习。",
    "冷库的门朝北，账本锁在南屋，钥匙由会计和出纳各拿一把。",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=8).map("".join)


@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_overlap_is_a_share_the_same_both_ways_and_passages_are_in_the_texts(one, two):
    overlap, passages = between(one, two)
    turned, mirrored = between(two, one)
    assert 0.0 <= overlap == turned <= 1.0
    assert sorted((p.b, p.a) for p in mirrored) == sorted((p.a, p.b) for p in passages)
    assert list(passages) == sorted(passages, key=lambda p: (p.a, p.b))
    for passage in passages:
        for text, (start, end), spans in (
            (one, passage.a, [x for x, _ in passage.differences]),
            (two, passage.b, [y for _, y in passage.differences]),
        ):
            assert 0 <= start < end <= len(text)
            assert all(start <= x <= y <= end for x, y in spans)


@given(TEXTS.filter(lambda text: prepare(text).own_letters >= 6))
@settings(max_examples=80, deadline=None)
def test_a_text_against_itself_is_all_shared(text):
    assert between(text, text)[0] == 1.0


def test_the_file_of_common_runs_is_what_learning_makes_of_the_corpus(corpora):
    from analyzer.duplicates.learn import common_runs, read_corpus
    from analyzer.duplicates.normal import LEXICON
    from analyzer.duplicates.wording import learned
    from analyzer.lexicons import table

    limits = table(LEXICON)["wording"]
    made = common_runs(read_corpus(corpora), limits["authors"], limits["shingle"])
    assert np.array_equal(made, learned())
    assert finding.signature("") == bytes(4)
