from __future__ import annotations

import pytest

from analyzer import result
from analyzer.rendering import labels
from analyzer.scoring.links import UNASKED, UNSURE


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (labels.SECTION, result.SectionType),
        (labels.DIMENSION, result.Dimension),
        (labels.SEVERITY, result.Severity),
        (labels.SEVERITY_SIGN, result.Severity),
        (labels.CAUSE_STATUS, {*result.CauseStatus, UNSURE, UNASKED}),
        (labels.CAUSE_KIND, result.CauseKind),
        (labels.REMEDY_STATUS, {*result.RemedyStatus, UNSURE, UNASKED}),
        (labels.STANCE, result.Stance),
        (labels.SILOED, result.Siloed),
    ],
)
def test_every_value_of_the_contract_has_its_own_words(words, values):
    assert set(words) == set(values)
    assert len(set(words.values())) == len(words)


def test_a_chinese_windows_terminal_can_write_the_labels():
    for name in dir(labels):
        value = getattr(labels, name)
        if name.isupper():
            for words in value.values() if isinstance(value, dict) else [value]:
                str(words).encode("gbk")
