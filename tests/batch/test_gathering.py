"""What is made of all results of a batch, where names are masked."""

from __future__ import annotations

import shutil

from analyzer.batch.gathering import Gathering, Kept
from analyzer.batch.intake import Intake, collect
from analyzer.batch.steps import masker_of, steps_of


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
    kept = Kept(
        lambda number: result.to_dict(), 1, [steps.sign(result)], {result.source.path: "reports/a.html"}, []
    )
    (missing,) = Gathering(intake, masker, None, "a").gather(kept, tmp_path / "out").missing
    assert missing.unit.endswith("局")
    assert "长尾巷" not in missing.unit
    assert missing.region == masker.field("region", "丁县") != "丁县"
