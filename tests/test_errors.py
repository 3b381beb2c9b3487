from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from analyzer.errors import error


def test_an_error_is_one_line_with_file_message_hint_and_code():
    line = str(error("not-found", Path("甲\n乙.docx")))
    assert line.startswith("甲 乙.docx：找不到")
    assert line.endswith("［not-found］")
    assert "\n" not in line


def test_a_missing_value_fails_at_once():
    with pytest.raises(KeyError):
        error("too-large", Path("a"))


def test_an_error_survives_the_way_between_processes():
    sent = error("encoding", Path("a.txt"), detail="x")
    came = pickle.loads(pickle.dumps(sent))
    assert str(came) == str(sent)
