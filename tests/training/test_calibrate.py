"""A department's own experts: the table as they keep it, and what comes out of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from analyzer.config import Settings, load_settings
from analyzer.errors import ShupingError
from analyzer.pipeline import Analyzer
from analyzer.scoring.calibration import read_calibration, rubric
from analyzer.training.calibrate import calibrate
from analyzer.training.corpus import load
from analyzer.training.experts import read_opinions

ROOT = Path(__file__).parents[2]


def _table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "scores.csv"
    path.write_bytes(text.encode(encoding))
    return path


def _told(table: Path) -> str:
    with pytest.raises(ShupingError) as failure:
        read_opinions(table)
    assert failure.value.code == "scores"
    return str(failure.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_as_excel_saves_it(tmp_path, encoding):
    table = _table(tmp_path, "文件,得分,单位类型,单位\n甲.docx,81,乡镇,甲镇\n乙.docx,60.5,,\n", encoding)
    first, second = read_opinions(table)
    assert (first.path, first.score, first.unit_type, first.group) == (
        tmp_path / "甲.docx",
        81,
        "乡镇",
        "甲镇",
    )
    assert second.group == str(tmp_path / "乙.docx")


def test_several_experts_on_one_report_count_as_their_mean(tmp_path):
    (only,) = read_opinions(_table(tmp_path, "file,score\n甲.docx,80\n甲.docx,70\n"))
    assert only.score == 75


def test_a_slip_in_the_table_is_named_with_its_line(tmp_path):
    assert "第 3 行" in _told(_table(tmp_path, "file,score\n甲.docx,80\n乙.docx,八十\n"))
    assert "第 2 行" in _told(_table(tmp_path, "file,score\n甲.docx,180\n"))
    assert "得分" in _told(_table(tmp_path, "文件,评语\n甲.docx,好\n"))
    assert "文件" in _told(_table(tmp_path, ""))
    assert "nowhere.csv" in _told(tmp_path / "nowhere.csv")


def test_too_few_scores_are_refused_and_nothing_is_written(tmp_path):
    report = ROOT / "corpora/w1/w1-01.txt"
    with pytest.raises(ShupingError) as failure:
        calibrate(_table(tmp_path, f"file,score\n{report},80\n"), tmp_path / "out", Settings())
    assert failure.value.code == "few-scores"
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def calibrated(tmp_path_factory):
    """A department whose experts score ten points below those of the corpus, and one file that is missing."""
    folder = tmp_path_factory.mktemp("department")
    rows = [
        (ROOT / f"corpora/{author}/{report.id}.txt", report.gold["scores"]["overall"] - 10, author)
        for author in ("w1", "w6", "w13")
        for report in load(ROOT / "corpora" / author)
    ]
    text = "文件,得分,单位\n" + "".join(f"{path},{score},{unit}\n" for path, score, unit in rows)
    failures: list[ShupingError] = []
    table = _table(folder, f"{text}没有.docx,70,w1\n")
    done = calibrate(table, folder / "out", Settings(), failures.append)
    return folder, done, failures


def test_prices_move_towards_the_experts(calibrated):
    folder, done, failures = calibrated
    assert [failure.code for failure in failures] == ["not-found"]
    assert done.reports == 36
    bias = next(line for line in done.lines if "偏高" in line.name)
    assert bias.before > 5
    assert abs(bias.after) < bias.before
    with (folder / "out/scores.csv").open(encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == 36
    page = (folder / "out/study.html").read_text("utf-8")
    assert "校准报告" in page
    assert page.count("<circle") == 36


def test_settings_that_name_the_prices_score_by_them(calibrated):
    folder, _, _ = calibrated
    (folder / "shuping.toml").write_text('prices = "out/prices.toml"\n', encoding="utf-8")
    settings = load_settings(folder / "shuping.toml")
    text = (ROOT / "corpora/w13/w13-05.txt").read_text("utf-8")
    own, shipped = Analyzer(settings).analyze_text(text), Analyzer().analyze_text(text)
    assert own.scorecard.overall < shipped.scorecard.overall
    assert own.analyzer["rubric"].startswith("party-duty/1+")
    assert [f.rule for f in own.findings] == [f.rule for f in shipped.findings]


def test_a_price_file_with_a_slip_is_named(tmp_path):
    path = tmp_path / "prices.toml"
    for text, said in (
        ("[interval]\nbelow = 1\nabove = 1\n[times]\nthin-fact = 1.0\n", "thin-facts"),
        ("[interval]\nbelow = 1\nabove = 1\n[times]\nthin-facts = -1.0\n", "不小于 0"),
        ("[times]\n", "below"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ShupingError) as failure:
            read_calibration(path)
        assert str(path) in str(failure.value)
        assert said in str(failure.value)


def test_shipped_prices_are_those_of_the_fit():
    assert rubric().below > 0
    assert rubric().prices["missing-root-cause"].points > 0
