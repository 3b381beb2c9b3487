from __future__ import annotations

import unicodedata
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.batch.outputs import names, placed, written
from analyzer.batch.submissions import Submission
from analyzer.errors import ShupingError


def named(*paths):
    return names([Submission(Path(path)) for path in paths])


def test_a_report_keeps_its_name():
    assert named("/a/甲.docx", "/b/乙.txt") == ["甲", "乙"]


def test_folders_tell_reports_of_one_name_apart():
    assert named("/r/甲局/述职报告.docx", "/r/乙局/述职报告.docx") == ["甲局-述职报告", "乙局-述职报告"]


def test_suffixes_tell_reports_of_one_folder_apart():
    assert named("/a/报告.docx", "/a/报告.txt", "/a/总结.txt") == ["报告.docx", "报告.txt", "总结"]


def test_a_text_that_was_piped_in_has_a_name():
    assert names([Submission(None, b"x")]) == ["stdin"]


PARTS = st.text(alphabet="aA-bé局é", min_size=1, max_size=3)


@given(
    st.lists(st.tuples(PARTS, PARTS, st.sampled_from([".txt", ".docx", ".TXT"])), unique=True, max_size=12)
)
def test_no_two_names_are_alike_on_any_file_system(files):
    made = named(*(f"/r/{folder}/{stem}{suffix}" for folder, stem, suffix in files))
    assert len({unicodedata.normalize("NFC", name).casefold() for name in made}) == len(files)
    assert all(PurePath(name).name == name for name in made)


def test_a_file_takes_its_place_only_when_complete(tmp_path):
    path = tmp_path / "新" / "a.json"
    with written(path) as file:
        file.write("一半")
        assert not path.exists()
    assert path.read_text("utf-8") == "一半"

    def fail():
        with written(path) as file:
            file.write("另一半")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert path.read_text("utf-8") == "一半"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.json"]


def test_a_full_disk_is_an_error_for_users(tmp_path):
    def fill():
        with written(tmp_path / "a.json"):
            raise OSError(28, "No space left on device")

    with pytest.raises(ShupingError) as caught:
        fill()
    assert caught.value.code == "output"
    assert list(tmp_path.iterdir()) == []


def test_two_files_of_a_folder_may_be_written_at_once(tmp_path):
    with placed(tmp_path / "a") as first, placed(tmp_path / "b") as second:
        first.write_text("a")
        second.write_text("b")
    assert [(tmp_path / name).read_text() for name in "ab"] == ["a", "b"]
    assert len(list(tmp_path.iterdir())) == 2
