from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.understanding.encoder import BITS, Grams, code_points, encode
from analyzer.understanding.linear import Block, LinearModel, Weights

TEXT = "一是学习不够。二是责任压得不实，XX次。三是融合不深"
SPANS = np.array([[0, 7], [7, 19], [19, 25], [3, 3]], dtype=np.int32)


@pytest.fixture(scope="module", params=[2, 3, 5])
def model(request) -> LinearModel:
    classes = request.param
    buckets, rows = tables(classes)
    return LinearModel(
        tuple("abcde"[:classes]),
        tuple(Weights.of(buckets, block) for block in rows),
        np.zeros((1, classes), np.float32),
        np.zeros(classes, np.float32),
    )


def tables(classes: int) -> tuple[np.ndarray, np.ndarray]:
    buckets = np.unique(encode(code_points(TEXT), SPANS).ids)
    return buckets, np.random.default_rng(0).normal(size=(2, len(buckets), classes)).astype(np.float16)


@given(st.lists(st.integers(-1, 3), max_size=9))
def test_a_block_scores_just_the_units_it_looks_at(model, units):
    grams = encode(code_points(TEXT), SPANS)
    found = model.gram_logits(
        [Block(grams, np.array(order, dtype=np.int64)) for order in (units, units[::-1])]
    )
    for row, pair in zip(found, zip(units, units[::-1], strict=True), strict=True):
        assert row == pytest.approx(
            sum(one_by_one(model, grams, k, unit) for k, unit in enumerate(pair)), abs=1e-4
        )


def one_by_one(model: LinearModel, grams: Grams, block: int, unit: int) -> np.ndarray:
    if unit < 0:
        return np.zeros(len(model.classes))
    ids = grams.ids[grams.indptr[unit] : grams.indptr[unit + 1]]
    buckets, rows = tables(len(model.classes))
    return rows[block][np.searchsorted(buckets, ids)].astype(np.float64).sum(axis=0) / max(
        np.sqrt(len(ids)), 1
    )


@given(st.text(max_size=30), st.integers(1, 4))
def test_a_unit_is_encoded_alike_wherever_it_stands(text, orders):
    alone = encode(code_points(text), np.array([[0, len(text)]], dtype=np.int32), orders)
    inside = encode(code_points("前" + text + "后"), np.array([[1, 1 + len(text)]], dtype=np.int32), orders)
    assert alone.ids.tolist() == inside.ids.tolist()


def test_runs_of_digits_and_stand_ins_count_once():
    spans = np.array([[0, 4]], dtype=np.int32)
    assert (
        encode(code_points("12次X"), spans).ids.tolist() == encode(code_points("9次XX"), spans).ids.tolist()
    )


@given(st.sets(st.integers(0, (1 << BITS) - 1)), st.integers(2, 4), st.booleans())
def test_weights_come_back_from_a_file_as_they_went_in(buckets, columns, opposite):
    rows = np.random.default_rng(len(buckets)).normal(size=(len(buckets), columns)).astype(np.float16)
    if opposite:
        rows = np.hstack([rows[:, :1], -rows[:, :1]])
    weights = Weights.of(np.array(sorted(buckets), dtype=np.int64), rows)
    gaps, packed = weights.packed()
    assert packed.shape[1] == (1 if opposite else columns) or not buckets
    again = Weights.unpacked(gaps, packed)
    assert (again.index == weights.index).all()
    assert again.padded.tobytes() == weights.padded.tobytes()
    assert again.padded[1:, : again.n_classes].astype(np.float16).tobytes() == rows.tobytes()


def test_logits_are_calibrated_by_the_temperature(model):
    cooler = replace(model, temperature=2.0)
    logits = np.array([[2.0, 0.0, -2.0, 1.0, 0.5], [0.0] * 5], dtype=np.float32)[:, : len(model.classes)]
    expected = np.exp(logits / 2) / np.exp(logits / 2).sum(axis=1, keepdims=True)
    assert cooler.calibrated(logits) == pytest.approx(expected)
    grams, dense = encode(code_points(TEXT), SPANS), np.ones((1, 1), dtype=np.float32)
    blocks = [Block(grams, np.array([unit])) for unit in (0, 1)]
    assert cooler.probabilities(blocks, dense) == pytest.approx(
        cooler.calibrated(cooler.logits(blocks, dense))
    )


def test_whatever_is_asked_of_a_text_its_columns_are_finite(analyzer, corpora, monkeypatch):
    asked: dict[int, int] = {}
    product = LinearModel.dense_logits

    def looked_at(model: LinearModel, dense: np.ndarray) -> np.ndarray:
        assert np.isfinite(dense).all()
        asked[id(model)] = asked.get(id(model), 0) + 1
        return product(model, dense)

    monkeypatch.setattr(LinearModel, "dense_logits", looked_at)
    for path in sorted(corpora.glob("w*/*.txt"))[::60]:
        analyzer.analyze_text(path.read_text("utf-8"))
    for text in ("一", "。", "一、存在问题\n一是", "存在问题\n学习不深。\n打算\n学。"):
        analyzer.analyze_text(text)
    assert len(asked) > 15  # models, each with questions of its own
