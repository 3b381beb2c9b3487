from __future__ import annotations

import os

import pytest

from analyzer.batch.submissions import find
from analyzer.errors import ShupingError


def made(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", "utf-8")
    return folder


def found(*paths):
    return [each.code if isinstance(each, ShupingError) else each.path for each in find(paths)]


def test_files_stand_in_the_order_given_and_a_folder_by_name(tmp_path):
    made(tmp_path, "b.txt", "a.TXT", "sub/c.docx")
    assert found(tmp_path / "b.txt", tmp_path) == [
        tmp_path / "b.txt",
        tmp_path / "a.TXT",
        tmp_path / "sub" / "c.docx",
    ]


def test_a_file_named_in_any_way_is_taken_as_it_is(tmp_path):
    made(tmp_path, ".hidden.txt", "table.xlsx")
    assert found(tmp_path / ".hidden.txt", tmp_path / "table.xlsx") == [
        tmp_path / ".hidden.txt",
        tmp_path / "table.xlsx",
    ]


def test_what_is_not_there_keeps_its_place(tmp_path):
    made(tmp_path, "a.txt", "empty/readme.html")
    assert found(tmp_path / "no", tmp_path / "a.txt", tmp_path / "empty") == [
        "not-found",
        tmp_path / "a.txt",
        "empty-folder",
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_a_link_to_a_folder_above_is_not_followed_for_ever(tmp_path):
    made(tmp_path, "a.txt")
    (tmp_path / "up").symlink_to(tmp_path)
    assert found(tmp_path) == [tmp_path / "a.txt"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_closed_folder_is_named(tmp_path):
    made(tmp_path, "a.txt", "closed/b.txt")
    (tmp_path / "closed").chmod(0)
    try:
        assert found(tmp_path) == [tmp_path / "a.txt", "not-readable"]
    finally:
        (tmp_path / "closed").chmod(0o700)
