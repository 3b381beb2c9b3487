"""An answer to a draft that was checked before is, byte for byte, the answer to a draft that nobody knows."""

from __future__ import annotations

import pytest

from analyzer.config import Settings
from analyzer.language import memory
from analyzer.language.memory import Memory
from analyzer.web.work import Job, do
from benchmarks.recheck import EDITS, edited
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
