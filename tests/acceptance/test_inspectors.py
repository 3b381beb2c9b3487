"""A made-up region is handed in: what an inspector finds in the output folder is what was planted."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import openpyxl
import pytest

from analyzer.comparing.units import pair_years
from analyzer.result import Result
from analyzer.store.store import Store
from benchmarks.submissions import make

from ..conftest import ROOT

COUNT = 200


@pytest.fixture(scope="module")
def handed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("区")
    return folder, make(folder, COUNT)


def batch(folder, output, *args):
    pattern = "{region}/{unit}-{year}"
    command = [sys.executable, "-m", "analyzer", "batch", folder / "in", "--output", output]
    command += ["--manifest", folder / "manifest.csv", "--pattern", pattern, *args]
    return subprocess.run([*map(str, command)], cwd=ROOT, capture_output=True, text=True, timeout=900)


@pytest.fixture(scope="module")
def done(handed):
    folder, _ = handed
    ran = batch(folder, folder / "out", "--store", folder / "store.db")
    assert ran.returncode == 3, ran.stderr
    return folder / "out", ran.stdout


def stem(path):
    return path.rpartition(".")[0]


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_broken_file_is_named_and_nothing_else(handed, done):
    _, truth = handed
    out, said = done
    failures = lines(out / "failures.jsonl")
    assert sorted(each["path"] for each in failures) == sorted(truth.broken)
    assert all(each["message"] and each["hint"] for each in failures)
    assert f"未能读取 {len(truth.broken)} 份" in said
    assert len(lines(out / "results.jsonl")) == COUNT - len(truth.broken)


def test_every_copy_is_found_and_nothing_else(handed, done):
    _, truth = handed
    found = {
        frozenset((stem(pair["a"]), stem(pair["b"])))
        for pair in json.loads((done[0] / "duplicates.json").read_text("utf-8"))
    }
    assert found == {frozenset((a, b)) for a, b, _ in truth.copies}
    assert len(list((done[0] / "duplicates").iterdir())) == len(truth.copies)


def test_two_years_of_a_unit_are_laid_side_by_side(handed, done):
    _, truth = handed
    sources = [Result.from_dict(each).source for each in lines(done[0] / "results.jsonl")]
    pairs = {(stem(sources[a].path), stem(sources[b].path)) for a, b in pair_years(sources)}
    assert pairs == {tuple(pair) for pair in truth.years}
    assert len(list((done[0] / "years").iterdir())) == len(truth.years)


def test_the_workbook_holds_all_of_it(handed, done):
    _, truth = handed
    book = openpyxl.load_workbook(done[0] / "workbook.xlsx", read_only=True)
    cells = {
        name: [cell for row in book[name].iter_rows(values_only=True) for cell in row if cell is not None]
        for name in book.sheetnames
    }
    ranked = {cell for cell in cells["总表"] if isinstance(cell, str)}
    assert {each["source"]["path"] for each in lines(done[0] / "results.jsonl")} <= ranked
    assert set(truth.broken) <= set(cells["未能读取"])
    assert "无名镇" in cells["未能读取"]
    for a, b, _ in truth.copies:
        assert {a, b} <= {stem(cell) for cell in cells["雷同"] if isinstance(cell, str)}


def test_the_store_holds_all_of_it_and_takes_nothing_twice(handed, done):
    folder, truth = handed
    store = Store.open(folder / "store.db")
    stored = {each.path: each.result for each in store.latest()}
    assert stored == {
        each["source"]["path"]: Result.from_dict(each) for each in lines(done[0] / "results.jsonl")
    }
    again = batch(folder, folder / "again", "--store", folder / "store.db")
    assert f"存入结果库 0 份，原有 {COUNT - len(truth.broken)} 份" in again.stdout


@pytest.mark.parametrize("mask", [(), ("--mask",)])
def test_earlier_years_are_compared_with_and_not_listed(handed, tmp_path, mask):
    folder, truth = handed
    files = {stem(path.relative_to(folder / "in").as_posix()): path for path in (folder / "in").rglob("*.*")}
    earlier = [last for last, _ in truth.years] + [original for original, _, _ in truth.copies]
    these = [this for _, this in truth.years] + [copy for _, copy, _ in truth.copies]
    for place, names in (("in", these), ("往年", earlier)):
        for name in names:
            target = tmp_path / place / files[name].relative_to(folder / "in")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(files[name], target)
    shutil.copy(folder / "manifest.csv", tmp_path)
    ran = batch(tmp_path, tmp_path / "out", "--archive", tmp_path / "往年", *mask)
    assert ran.returncode == 0, ran.stderr
    out = tmp_path / "out"
    assert len(lines(out / "results.jsonl")) == len(list((out / "reports").iterdir())) == len(these)
    assert len(list((out / "years").iterdir())) == len(truth.years)
    assert len(json.loads((out / "duplicates.json").read_text("utf-8"))) == len(truth.copies)


def test_under_masks_no_name_of_a_unit_is_left_anywhere(handed):
    folder, truth = handed
    ran = batch(folder, folder / "masked", "--mask")
    assert ran.returncode == 3
    out = folder / "masked"
    units = {stem(each.name).rpartition("-")[0] for each in (folder / "in").glob("*县/*")}
    assert len(units) > COUNT / 2
    shown = [
        path for path in out.rglob("*") if path.is_file() and path.suffix in (".json", ".jsonl", ".html")
    ]
    assert len(shown) > COUNT / 2
    for path in shown:
        text = path.read_text("utf-8")
        assert not [unit for unit in units if unit in text or unit in path.name], path
    pairs = json.loads((out / "duplicates.json").read_text("utf-8"))
    assert len(pairs) == len(truth.copies)
    assert len(list((out / "years").iterdir())) == len(truth.years)
