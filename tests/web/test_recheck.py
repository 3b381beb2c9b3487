"""An answer to a draft that was checked before is, byte for byte, the answer to a draft that nobody knows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from analyzer.config import Settings
from analyzer.language import memory
from analyzer.language.memory import Memory
from analyzer.web.work import Job, do
from benchmarks.rechecks import EDITS, edited
from benchmarks.web import drafts


def answer(text: str, form: str) -> bytes:
    return do(Job(Settings(), form, text))


@pytest.mark.parametrize("kind", EDITS)
def test_a_recheck_answers_as_a_first_check(kind, monkeypatch):
    for draft in drafts(6)[1::4]:  # one with many blanks, one with stock phrases and much business
        monkeypatch.setattr(memory, "_memory", Memory())
        answer(draft, "view")
        for text in edited(draft, EDITS[kind], 2):
            remembered = answer(text, "view"), answer(text, "json")
            with monkeypatch.context() as forgetful:
                forgetful.setattr(memory, "_memory", None)
                assert remembered == (answer(text, "view"), answer(text, "json"))


_COMPILES = """
import re
from analyzer.config import Settings
from analyzer.web.work import Job, do, warm
from benchmarks.web import drafts

compiled = []
compiler = re._compiler.compile
re._compiler.compile = lambda *given: compiled.append(given) or compiler(*given)
warm(Settings())
before = len(compiled)
do(Job(Settings(), "view", drafts(1)[0]))
print(before, len(compiled) - before)
"""


def test_nobody_waits_for_patterns_that_a_process_compiles_once():
    told = subprocess.run([sys.executable, "-c", _COMPILES], capture_output=True, text=True, check=True)
    before, after = map(int, told.stdout.split())
    assert after < before / 8
