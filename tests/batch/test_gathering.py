"""What is made of all results of a batch, where names are masked."""

from __future__ import annotations

import shutil
import zlib
from dataclasses import replace

from analyzer.batch import gathering
from analyzer.batch.gathering import FOREIGN, TABLE, WORKBOOK, Gathering, Kept
from analyzer.batch.intake import Intake, collect
from analyzer.batch.steps import masker_of, steps_of
from analyzer.duplicates.finding import signature
from analyzer.rendering.json import render_jsonl


def test_a_unit_that_only_its_report_names_is_not_missed_where_names_are_masked(analyzer, corpora, tmp_path):
    report = next(
        path for path in sorted(corpora.glob("w*/*.txt")) if analyzer.analyze_file(path).source.unit
    )
    said = analyzer.analyze_file(report)
    given = tmp_path / "in"
    given.mkdir()
    shutil.copy(report, given / "a.txt")
    manifest = tmp_path / "清单.csv"
    manifest.write_text(f"单位,地区\n{said.source.unit},\n丁县长尾巷财政局,丁县\n", "utf-8")
    intake = collect(given, tmp_path / "scratch", manifest)
    assert len(intake.missing) == 2
    masker = masker_of(intake, Intake(()))
    steps = steps_of(intake, Intake(()), masker)
    (entry,) = intake.entries
    result = steps.mask(steps.settle(said, entry))
    lines = tmp_path / "results.jsonl"
    lines.write_text("".join(render_jsonl([result])), "utf-8")
    packed = zlib.compress(lines.read_bytes())
    pages = {result.source.path: "reports/a.html"}
    kept = Kept(lambda number: packed, 1, lines, [steps.sign(result)], pages, [])
    (missing,) = Gathering(intake, masker, None, "a").gather(kept, tmp_path / "out").missing
    assert missing.unit.endswith("局")
    assert "长尾巷" not in missing.unit
    assert missing.region == masker.field("region", "丁县") != "丁县"


def test_the_files_are_the_same_whoever_helps(analyzer, corpora, tmp_path, monkeypatch):
    results = [
        replace(result, source=replace(result.source, path=path.name))
        for path in sorted(corpora.glob("w1/*.txt"))[:3]
        for result in [analyzer.analyze_file(path)]
    ]
    lines = tmp_path / "results.jsonl"
    lines.write_text("".join(render_jsonl(results)), "utf-8")
    packed = [zlib.compress(line.encode()) for line in render_jsonl(results)]
    signatures = [signature(result.text) for result in results]
    kept = Kept(packed.__getitem__, 3, lines, signatures, {}, [])
    made = []
    for name, bound in (("here", 4), ("beside", 3)):
        monkeypatch.setattr(gathering, "WORTH_BESIDE", bound)
        Gathering(Intake(()), None, None, "a").gather(kept, tmp_path / name)
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        made.append([(path.relative_to(tmp_path / name), path.read_bytes()) for path in files])
    assert made[0] == made[1]
    assert {WORKBOOK, TABLE, FOREIGN} <= {str(path) for path, _ in made[0]}
