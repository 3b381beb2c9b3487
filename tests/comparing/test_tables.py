"""Two years of a unit may hand in the same table in different forms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analyzer.comparing.sentences import read_sentences
from analyzer.pipeline import Analyzer
from analyzer.reading import read_bytes

from ..reading.ledgers import TABLES, Rows, copied, markdown, pasted, word


@pytest.mark.parametrize("form", [pasted, copied, markdown])
def test_a_table_has_the_same_sentences_in_every_form(form: Callable[[Rows], str]) -> None:
    analyzer = Analyzer()
    rows = TABLES["plain"]
    expected = read_sentences(analyzer.analyze(read_bytes(word(rows), "a.docx")))
    result = analyzer.analyze_text(form(rows))
    got = read_sentences(result)
    assert [(one.key, one.section, one.own) for one in got] == [
        (one.key, one.section, one.own) for one in expected
    ]
    assert [result.text[one.start : one.end] for one in got if one.key.startswith("整改措施每村")] == [
        rows[1][3]
    ]
