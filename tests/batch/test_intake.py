"""What is handed in, and whose it is."""

from __future__ import annotations

import io
import os
import pickle
import zipfile
from dataclasses import replace
from functools import partial

import pytest

from analyzer.batch.intake import Entry, Expected, Known, collect, missing_units, settled
from analyzer.batch.submissions import Submission
from analyzer.errors import ShupingError
from analyzer.result import Analysis, Conflict, Origin, Result, Source


@pytest.fixture
def folder(tmp_path):
    """Make an input: texts by name, archives as mappings."""

    def make(files):
        root = tmp_path / "in"
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(zipped(content) if isinstance(content, dict) else content.encode())
        return root

    return make


@pytest.fixture
def take(tmp_path):
    def take(given, rows=None, pattern=None):
        manifest = None
        if rows is not None:
            manifest = tmp_path / "清单.csv"
            manifest.write_text(rows, "utf-8")
        return collect(given, tmp_path / "scratch", manifest, pattern)

    return take


def zipped(members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, zipped(content) if isinstance(content, dict) else content)
    return data.getvalue()


def names(intake):
    return [entry.name for entry in intake.entries]


def failures(intake):
    return [(name, failure.code) for name, failure in intake.failures]


def known(intake):
    return {entry.name: entry.known for entry in intake.entries}


def result(**said):
    origins = dict.fromkeys(said, Origin.REPORT)
    return Result(
        Source("/tmp/000001.txt", "txt", "0", **said, origins=origins), {}, "", Analysis(), (), None
    )


def test_a_folder_with_archives_is_one_input_in_order_of_name(folder, take):
    given = folder(
        {
            "乙.txt": "2",
            "甲县.zip": {"b/c.txt": "3", "丙.zip": {"d.md": "4"}},
            "~$乙.docx": "x",
            "x.xlsx": "x",
        }
    )
    intake = take(given)
    assert names(intake) == ["乙.txt", "甲县.zip/b/c.txt", "甲县.zip/丙.zip/d.md"]
    assert names(intake) == sorted(names(intake))
    assert [entry.submission.path.read_text("utf-8") for entry in intake.entries] == ["2", "3", "4"]
    assert intake.failures == intake.repeats == intake.missing == intake.unmatched == ()


def test_an_archive_or_a_file_is_an_input_too(folder, take):
    given = folder({"a.zip": {"甲/1.txt": "1", "2.rar": "Rar!"}, "b.txt": "2"})
    intake = take(given / "a.zip")
    assert (names(intake), failures(intake)) == (["甲/1.txt"], [("2.rar", "archive")])
    assert names(take(given / "b.txt")) == ["b.txt"]


def test_an_archive_that_cannot_be_opened_costs_the_rest_nothing(folder, take):
    intake = take(folder({"a.7z": "7z", "b.zip": "PK no", "c.txt": "1"}))
    assert (names(intake), failures(intake)) == (["c.txt"], [("a.7z", "archive"), ("b.zip", "archive")])


def test_nothing_to_take_in_is_told(folder, take, tmp_path):
    for given, code in ((folder({"a.zip": {}}) / "a.zip", "empty-folder"), (tmp_path / "no", "not-found")):
        with pytest.raises(ShupingError) as told:
            take(given)
        assert told.value.code == code


@pytest.mark.skipif(os.name == "nt", reason="names are not bytes there")
def test_names_on_disk_may_be_in_gbk(folder, take):
    given = folder({"甲.txt": "1"})
    raw = os.path.join(os.fsencode(given), "大河镇党委述职报告.txt".encode("gbk"))  # noqa: PTH118
    try:
        with open(raw, "wb") as file:  # noqa: PTH123
            file.write(b"2")
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    assert names(take(given)) == ["大河镇党委述职报告.txt", "甲.txt"]


def test_the_same_bytes_are_read_once(folder, take):
    given = folder({"a.txt": "same", "b.zip": {"c.txt": "same", "d.txt": "smae"}, "e.txt": "", "f.txt": ""})
    intake = take(given)
    assert names(intake) == ["a.txt", "b.zip/d.txt", "e.txt", "f.txt"]
    assert intake.repeats == (("b.zip/c.txt", "a.txt"),)


def test_of_the_same_bytes_that_is_read_which_the_manifest_names(folder, take):
    intake = take(folder({"a.txt": "same", "b.txt": "same"}), "文件,单位\nb.txt,乙镇\n")
    assert (names(intake), intake.repeats) == (["b.txt"], (("a.txt", "b.txt"),))


def test_a_manifest_says_whose_a_file_is_and_a_pattern_the_rest(folder, take):
    given = folder({"甲县/水利局-2020.txt": "1", "甲县/林业局-2021.txt": "2", "甲县/说明.txt": "3"})
    intake = take(given, "文件,单位,年度\n水利局-2020,甲县水利局党组,2021\n", "{region}/{unit}-{year}")
    assert known(intake)["甲县/水利局-2020.txt"] == Known(
        "甲县水利局党组",
        region="甲县",
        year=2021,
        origins={"unit": Origin.MANIFEST, "region": Origin.PATTERN, "year": Origin.MANIFEST},
        conflicts=(Conflict("year", "2021", Origin.MANIFEST, "2020", Origin.PATTERN),),
    )
    assert known(intake)["甲县/林业局-2021.txt"].origins == dict.fromkeys(
        ("unit", "region", "year"), Origin.PATTERN
    )
    assert intake.unmatched == ("甲县/说明.txt",)
    assert intake.failures == ()


def test_a_row_may_leave_out_folders_as_far_as_one_file_only_is_meant(folder, take):
    given = folder({"甲/a.txt": "1", "乙/a.txt": "2", "乙/b.txt": "3"})
    assert known(take(given, "文件,单位\nb.txt,乙镇\n"))["乙/b.txt"].unit == "乙镇"
    with pytest.raises(ShupingError, match="有 2 份"):
        take(given, "文件,单位\na.txt,甲镇\n")
    with pytest.raises(ShupingError, match="第 2 行和第 3 行"):
        take(given, "文件,单位\nb.txt,甲镇\n乙/b.txt,乙镇\n")


def test_what_the_manifest_names_and_is_not_there_is_told(folder, take):
    intake = take(folder({"a.txt": "1"}), "文件,单位\na.txt,甲镇\nb.txt,乙镇\n,丙镇\n")
    assert failures(intake) == [("b.txt", "manifest-file")]
    assert [unit.unit for unit in intake.missing] == ["乙镇", "丙镇"]


def test_a_unit_is_missing_until_a_name_or_a_report_says_it(folder, take):
    rows = "单位,单位类型,地区\n甲县甲镇,乡镇,甲县\n乙镇,乡镇,甲县\n丙镇,乡镇,甲县\n"
    intake = take(folder({"甲镇.txt": "1", "某.txt": "2"}), rows, "{unit}")
    assert known(intake)["甲镇.txt"].unit_type == "乡镇"
    assert [unit.unit for unit in intake.missing] == ["乙镇", "丙镇"]
    of_unit = settled(
        result(unit="甲县乙镇党委"), Entry("某.txt", Submission(None)), Expected(intake.missing)
    )
    assert (of_unit.source.unit, of_unit.source.unit_type, of_unit.source.region) == ("乙镇", "乡镇", "甲县")
    assert of_unit.source.conflicts == ()
    assert [unit.unit for unit in missing_units(intake.missing, [of_unit.source])] == ["丙镇"]


def test_a_report_of_another_year_or_of_one_of_two_units_does_not_stand_for_the_missing(folder, take):
    intake = take(
        folder({"a.txt": "1"}), "单位,地区,年度\n水利局,甲县,2021\n水利局,乙县,2021\n林业局,甲县,2021\n"
    )
    said = [
        Source("a", "txt", "0", unit="水利局", year=2021),
        Source("b", "txt", "0", unit="林业局", year=2020),
    ]
    assert len(missing_units(intake.missing, said)) == 3
    assert (
        len(missing_units(intake.missing, [replace(said[0], region="乙县"), replace(said[1], year=2021)]))
        == 1
    )


def test_a_unit_named_without_its_region_is_found_by_the_folder_of_the_region(folder, take):
    given = folder({"甲县/水利局.txt": "1"})
    intake = take(given, "单位\n乙县水利局\n甲县水利局\n", "{region}/{unit}")
    assert known(intake)["甲县/水利局.txt"].unit == "甲县水利局"
    assert [unit.unit for unit in intake.missing] == ["乙县水利局"]


def test_a_result_is_settled_under_its_name_with_who_says_what():
    entry = Entry(
        "甲.zip/a.txt",
        Submission(None),
        Known("甲镇党委", year=2021, origins={"unit": Origin.MANIFEST, "year": Origin.PATTERN}),
    )
    source = settled(result(unit="甲镇", author="张三", year=2022), entry).source
    assert (source.path, source.unit, source.author, source.year) == (
        "甲.zip/a.txt",
        "甲镇党委",
        "张三",
        2021,
    )
    assert source.origins == {"unit": Origin.MANIFEST, "author": Origin.REPORT, "year": Origin.PATTERN}
    assert source.conflicts == (Conflict("year", "2021", Origin.PATTERN, "2022", Origin.REPORT),)


def test_what_is_expected_travels_to_other_processes():
    row = Known("甲镇", unit_type="乡镇", origins={"unit": Origin.MANIFEST, "unit_type": Origin.MANIFEST})
    settle = pickle.loads(pickle.dumps(partial(settled, expected=Expected([row]))))
    assert settle(result(unit="甲镇党委"), Entry("a.txt", Submission(None))).source.unit_type == "乡镇"


def test_another_unit_in_the_report_is_a_conflict():
    entry = Entry("a.txt", Submission(None), Known("甲镇党委", origins={"unit": Origin.MANIFEST}))
    assert settled(result(unit="乙镇"), entry).source.conflicts == (
        Conflict("unit", "甲镇党委", Origin.MANIFEST, "乙镇", Origin.REPORT),
    )
    assert settled(result(unit="甲镇"), entry).source.conflicts == ()


def test_a_thousand_expected_units_are_found_each(folder, take):
    units = [f"第{k}村" for k in range(1000)]
    expected = Expected(Known(unit, origins={"unit": Origin.MANIFEST}) for unit in units)
    assert all(expected.row_of(Known(f"甲县白河镇{unit}党支部")).unit == unit for unit in units)
