from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from analyzer.training.gate import Baseline, Measured, compare, fingerprint, run, tightened

GOOD = {"reports": 168, "section_macro_f1": 0.95, "overall_mae": 5.0, "siloed_qwk": None}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    corpora = tmp_path / "corpora"
    for folder in ("w1", "negatives"):
        (corpora / folder).mkdir(parents=True)
    (corpora / "w1" / "w1-01.txt").write_text("述职报告", encoding="utf-8")
    (corpora / "negatives" / "n01.txt").write_text("通知", encoding="utf-8")
    (corpora / "stand-ins.txt").write_text("X次", encoding="utf-8")
    return corpora


Gate = Callable[..., int]


@pytest.fixture
def gate(root: Path, tmp_path: Path) -> Gate:
    def go(update: bool = False, **changes: float | None) -> int:
        def measured(_: Path) -> Measured:
            figures, intervals = {**GOOD, **changes}, {"section_macro_f1": (0.93, 0.97)}
            origins = {"first": dict(GOOD), "added": {**GOOD, "section_macro_f1": 0.9123}}
            return Measured(figures, intervals, {"w1": dict(GOOD)}, origins, by_noise={}, reliability={})

        out = Console(file=StringIO(), width=120)
        return run(root, tmp_path / "baseline.json", tmp_path / "figures.json", measured, out, update=update)

    return go


def test_a_run_without_a_baseline_asks_for_one(gate: Gate):
    assert gate() == 2
    assert gate(update=True) == 0
    assert gate() == 0


def test_a_figure_below_its_floor_fails(gate: Gate):
    gate(update=True)
    assert gate(section_macro_f1=0.945) == 0
    assert gate(section_macro_f1=0.93) == 1


def test_an_error_above_its_ceiling_fails(gate: Gate):
    gate(update=True)
    assert gate(overall_mae=5.2) == 0
    assert gate(overall_mae=5.5) == 1
    assert gate(overall_mae=2.0) == 0


def test_a_figure_that_can_no_longer_be_told_fails(gate: Gate):
    gate(update=True)
    assert gate(section_macro_f1=None) == 1


def test_a_figure_that_is_not_pinned_yet_fails_until_updated(gate: Gate):
    gate(update=True)
    assert gate(vague_f1=0.8) == 1
    assert gate(update=True, vague_f1=0.8) == 0
    assert gate(vague_f1=0.8) == 0


def test_update_tightens_and_never_loosens(gate: Gate, tmp_path: Path):
    gate(update=True, section_macro_f1=0.95)
    gate(update=True, section_macro_f1=0.97)
    pinned = json.loads((tmp_path / "baseline.json").read_text("utf-8"))
    assert pinned["floors"]["section_macro_f1"] == 0.96
    assert gate(update=True, section_macro_f1=0.95) == 1, "an update must not lower a floor"
    assert json.loads((tmp_path / "baseline.json").read_text("utf-8")) == pinned


def test_another_corpus_is_not_compared_but_may_set_new_bounds(gate: Gate, root: Path, tmp_path: Path):
    gate(update=True)
    (root / "w1" / "w1-01.txt").write_text("述职报告，改过", encoding="utf-8")
    assert gate(section_macro_f1=0.99) == 2
    assert gate(update=True, section_macro_f1=0.5) == 0
    assert json.loads((tmp_path / "baseline.json").read_text("utf-8"))["floors"]["section_macro_f1"] == 0.49


def test_published_figures_carry_their_intervals(gate: Gate, tmp_path: Path):
    gate(update=True)
    published = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert published["by_origin"]["added"]["section_macro_f1"] == 0.9123
    assert published["figures"]["section_macro_f1"] == {"value": 0.95, "interval": [0.93, 0.97]}
    assert published["figures"]["siloed_qwk"] == {"value": None, "interval": None}
    assert published["by_author"]["w1"]["reports"] == 168


def test_a_plain_run_writes_nothing(gate: Gate, tmp_path: Path):
    gate(update=True)
    before = {path: path.read_bytes() for path in tmp_path.glob("*.json")}
    gate(section_macro_f1=0.99)
    assert {path: path.read_bytes() for path in tmp_path.glob("*.json")} == before


def test_the_fingerprint_sees_names_and_contents_but_not_prose(root: Path):
    first = fingerprint(root)
    (root / "ANNOTATION.md").write_text("…", encoding="utf-8")
    assert fingerprint(root) == first
    (root / "negatives" / "n01.txt").rename(root / "negatives" / "n02.txt")
    assert fingerprint(root) != first


FIGURE = st.floats(0, 1, allow_nan=False)


@given(FIGURE, FIGURE)
def test_bounds_only_ever_tighten(before: float, after: float):
    old = tightened({"vague_f1": before, "overall_mae": before}, "same", None)
    new = tightened({"vague_f1": after, "overall_mae": after}, "same", old)
    assert new.floors["vague_f1"] >= old.floors["vague_f1"]
    assert new.ceilings["overall_mae"] <= old.ceilings["overall_mae"]


def test_a_pinned_figure_that_is_gone_fails():
    verdicts = compare({}, Baseline("", {"vague_f1": 0.8}, {}))
    assert [(verdict.name, verdict.ok) for verdict in verdicts] == [("vague_f1", False)]
