"""Training a HanLP component; skipped where the extra is not installed."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("torch", reason="the extra shuping[hanlp] is not installed: no torch")
pytest.importorskip("hanlp", reason="the extra shuping[hanlp] is not installed: no hanlp")

from analyzer.training.corpus import load
from analyzer.training.hanlp_fit import SPANS, train

pytestmark = pytest.mark.slow


def test_the_same_reports_give_the_same_component_and_its_files_name_no_place(corpora, tmp_path):
    reports = [report for report in load(corpora / "w6") if report.id in ("w6-05", "w6-12")]
    for name in ("one", "other"):
        train(SPANS, reports, tmp_path / name, epochs=1)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == ["config.json", "model.pt", "vocabs.json"]
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()
    config = json.loads((tmp_path / "one" / "config.json").read_text("utf-8"))
    assert str(tmp_path) not in json.dumps(config)


def test_the_shipped_components_have_a_card_with_the_figures_that_were_measured(root):
    from analyzer.training.hanlp_spans import card

    folder = root / "models" / "hanlp"
    figures = json.loads((folder / "figures.json").read_text("utf-8"))
    assert (folder / "README.md").read_text("utf-8") == card(figures)
