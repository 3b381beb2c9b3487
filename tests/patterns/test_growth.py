"""No pattern takes longer than its input is long, on the worst input that is made of the pattern's own parts.

Measured, not proven: by processor time, with bounds far from what is measured.  Patterns that users write
are RE2's, which is linear by construction (`analyzer.rules.local`).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from ..conftest import ROOT
from .attacking import attacks, seconds

SHORT, LONG, LONGER = 800, 3000, 12_000
# Four times the length takes four times as long, or sixteen times where every place looks at every other.
GROWS = 9
NOTICEABLE = 0.02  # seconds for the longest
# Beginnings of patterns that may grow faster, because what they see is bounded.
BOUNDED = {
    r"(?<!\[)\^|\$|": "patterns of our own lexicons only",
    r"\s*+shuping": "matched with the whole of a note only",
    r"\s*[,，、]\s*": "settings, and notes of at most 600 characters",
    "(?P<unit>(?:[^，。；：！？、“”《》": "lines of at most 60 characters",
    ".*[XxＸｘ×✕✖": "names of units, at most 36 characters",
    "(?:篇[一二三四五六七八九十": "lines of at most longest_line of order.toml",
}
# Some patterns begin with any number of digits and are tried at each: a run of them costs its square.
DIGITS = "0123456789一二三四五六七八九十两百千万"


@pytest.fixture(scope="module")
def collected():
    # In a process of its own: here, modules are loaded and patterns made already.
    line = [sys.executable, "-m", "tests.patterns.collecting"]
    return json.loads(subprocess.run(line, cwd=ROOT, check=True, capture_output=True).stdout)


def test_every_place_that_makes_a_pattern_was_seen_at_work(collected):
    assert collected["idle"] == []
    assert len(collected["patterns"]) > 600


def grows(pattern, used):
    """Whether looking for a pattern takes too long on any attack; says on which."""
    method = getattr(pattern, used)
    every = attacks(pattern.pattern, pattern.flags)
    worst = sorted(every, key=lambda attack: -seconds(method, *attack, SHORT, 0.2))[:3]
    for attack in worst:
        if seconds(method, *attack, LONG, 0.5) >= 0.5:
            return attack
        for _ in range(3):  # a machine that was busy once is not busy three times
            less, more = (seconds(method, *attack, length, 3.0) for length in (LONG, LONGER))
            if more < NOTICEABLE or more < GROWS * less:
                break
        else:
            return attack
    return None


def only_square_in_digits(pattern, used, attack):
    return not attack[1].strip(DIGITS) and seconds(getattr(pattern, used), *attack, LONGER, 2.0) < 1.0


@pytest.mark.parametrize(
    ("pattern", "used"),
    [("(a+)+b", "match"), ("a*b", "finditer"), ("“[^”]*”", "finditer"), (r"\s*a?\s*b", "match")],
)
def test_what_grows_is_found(pattern, used):
    assert grows(re.compile(pattern), used)


@pytest.mark.slow
def test_no_pattern_grows_faster_than_its_input(collected):
    found = {}
    for each in collected["patterns"]:
        text = each["pattern"].encode("latin-1") if each["bytes"] else each["pattern"]
        pattern = re.compile(text, each["flags"])
        for used in each["used"] or ["finditer"]:
            if (attack := grows(pattern, used)) and not only_square_in_digits(pattern, used, attack):
                found[each["pattern"]] = (each["where"], used, attack)
    excused = {text for text in found if text.startswith(tuple(BOUNDED))}
    assert {text: about for text, about in found.items() if text not in excused} == {}
