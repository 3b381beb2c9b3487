"""A slip in a file that a user wrote is named with the file, the key and what was probably meant."""

from __future__ import annotations

import pytest

from analyzer.errors import ShupingError
from analyzer.keys import Keys, near, read_keys


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "设置.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_an_unknown_key_is_named_with_its_like(written):
    path = written('[rules]\nignroe = ["a"]')
    with pytest.raises(ShupingError) as failure:
        read_keys(path).only("rules").table("rules").only("select", "ignore")
    assert failure.value.path == path
    assert "rules.ignroe" in failure.value.message
    assert "是否想写 ignore" in failure.value.message


def test_an_unknown_key_like_no_other_is_told_what_there_is(written):
    with pytest.raises(ShupingError, match="甲、乙"):
        read_keys(written("zzz = 1")).only("甲", "乙")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a = x", "第 1 行"),
        ("a = 1\na = 2", "TOML"),
        ("名称 = '甲'".encode("gb18030"), "不是 UTF-8"),
    ],
)
def test_what_is_no_toml_is_told_where(written, content, words):
    with pytest.raises(ShupingError, match=words):
        read_keys(written(content))


def test_a_file_as_a_windows_editor_saves_it_is_read(written):
    assert read_keys(written("\ufeffa = 'b'\r\n")).text("a") == "b"


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(ShupingError, match="没有这个文件"):
        read_keys(tmp_path / "x.toml")


@pytest.mark.parametrize(
    ("given", "ask"),
    [
        ({"a": 1}, lambda keys: keys.text("a")),
        ({"a": "  "}, lambda keys: keys.text("a")),
        ({}, lambda keys: keys.needed("a")),
        ({"a": "z"}, lambda keys: keys.choice("a", ("x", "y"), "x")),
        ({"a": 1}, lambda keys: keys.flag("a", default=True)),
        ({"a": "b"}, lambda keys: keys.texts("a")),
        ({"a": [1]}, lambda keys: keys.texts("a")),
        ({"a": [""]}, lambda keys: keys.texts("a")),
        ({"a": 1}, lambda keys: keys.table("a")),
        ({"a": {}}, lambda keys: list(keys.tables("a"))),
        ({"a": [1]}, lambda keys: list(keys.tables("a"))),
    ],
)
def test_a_value_of_another_kind_is_refused_by_name(tmp_path, given, ask):
    with pytest.raises(ShupingError, match=r"here\.a"):
        ask(Keys(tmp_path / "f.toml", given, "config", "here"))


def test_nothing_is_guessed_where_nothing_is_alike():
    assert near("abc", ["xyz"]) == ""
