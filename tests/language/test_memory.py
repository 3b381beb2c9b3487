from __future__ import annotations

import re
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.language import memory
from analyzer.language.memory import Memory, runs_on
from analyzer.language.repair import _folded
from analyzer.lexicons import classes, each, either, patterns, table
from analyzer.pipeline import Analyzer
from analyzer.rendering import places
from analyzer.result import Slot
from analyzer.rules import figures
from analyzer.rules.language import approximation_twice, doubled_words
from analyzer.rules.placeholders import placeholder_instruction
from analyzer.rules.structure import missing_last_year
from analyzer.understanding import content, genre, personal, placeholders
from analyzer.understanding.slots import BACK, slot_pattern

PIECES = (
    "",
    "。",
    "，",
    "\n",
    "X次",
    "2023年",
    "一是",
    "因为责任心不强",
    "学习不够深入。",
    "党建与业务两张皮",
    "“",
    "”，",
    "《条例",
    "我率先",
    "其中",
    "由61%升到42%",
    "\n二、",
    "……万元",
    "（待补充）",
    "2×3米，**",
    "由办公室牵头，6月底前办结3件",
    "大量",
)


LISTS = (
    ("quantifiers.toml", "vague"),
    ("evasions.toml", "token"),
    ("problems.toml", "merit"),
    *(("residue.toml", origin) for origin in placeholder_instruction._WORDS),
)


@pytest.fixture(scope="module")
def analyzer():
    return Analyzer()


@pytest.fixture(scope="module")
def draft(corpora):
    return (corpora / "w6" / "w6-05.txt").read_text("utf-8")


@pytest.fixture
def remembering(monkeypatch):
    """A small memory, so that it forgets while the test runs."""
    monkeypatch.setattr(memory, "_memory", Memory(400))


@pytest.mark.usefixtures("remembering")
@settings(max_examples=18, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES)), max_size=3))
def test_what_is_found_with_a_memory_is_what_is_found_without(analyzer, draft, edits):
    text = draft
    for where, taken, put in edits:
        at = int(where * len(text))
        text = text[:at] + put + text[at + taken :]
        remembered = analyzer.analyze_text(text)
        kept, memory._memory = memory._memory, None
        try:
            assert analyzer.analyze_text(text).to_dict() == remembered.to_dict()
        finally:
            memory._memory = kept


def lengths(words):
    """Answer with the length of each word, and count the words asked for."""
    asked = []

    def find(places):
        asked.extend(words[place] for place in places)
        return np.array([len(words[place]) for place in places], dtype=np.float32).reshape(-1, 1)

    return find, asked


def test_only_what_is_new_is_looked_for():
    known = Memory()
    for words, new in ((["a", "bb", "a"], ["a", "bb"]), (["bb", "ccc"], ["ccc"]), ([], [])):
        find, asked = lengths(words)
        assert known.rows("length", words, find)[:, 0].tolist() == [len(word) for word in words]
        assert asked == new


def test_what_is_not_asked_for_any_more_is_forgotten():
    known = Memory(10)
    for number in range(100):
        words = ["again", f"once {number}"]
        find, asked = lengths(words)
        known.rows("length", words, find)
        assert asked == (words if number == 0 else words[1:])
    assert sum(map(len, [*known._recent.values(), *known._before.values()])) <= 24


@pytest.mark.usefixtures("remembering")
def test_a_text_is_looked_through_by_line_and_each_line_once():
    asked = []

    def find(line):
        asked.append(line)
        return [(at, at + 1) for at, char in enumerate(line) if char == "党"]

    for text, new in (("党建\n\n抓党建", ["党建", "", "抓党建"]), ("党建\n抓党建", []), ("", [])):
        asked.clear()
        found = memory.stretches("party", text, find)
        assert asked == new
        assert found == find(text)


def _looks_at(items):
    """Yield what a parsed pattern looks at one by one: characters and anchors, also of what stands around."""
    for kind, held in items:
        if str(kind) in {"LITERAL", "NOT_LITERAL", "IN", "ANY", "AT"}:
            yield parser.SubPattern(parser.State(), [(kind, held)])
        for part in held if isinstance(held, tuple) else ():
            for inner in part if isinstance(part, list) else [part]:
                if isinstance(inner, parser.SubPattern):
                    yield from _looks_at(inner)


@pytest.mark.parametrize(
    "pattern",
    [
        *(patterns("personal.toml")[name] for name in ("own", "in_person", "quotation")),
        personal._deed(),
        either("checkable.toml", "figure"),
        content._times_in_words(),
        content._stock(),
        classes("names.toml", "kinds")[1],
        classes("integration.toml", "words")[1],
        *(cue for cue in genre._cues().anywhere if not runs_on(cue)),
        genre._cues().masked,
        *(re.compile(density["pattern"]) for density in table("profiles.toml")["density"]),
        *(answer for answer in missing_last_year._answers() if not runs_on(answer)),
        doubled_words._slips(),
        approximation_twice._cue("rounded"),
        approximation_twice._cue("tail"),
        placeholders._patterns().lead,
        placeholders._patterns().marks,
        *(figures._cue(name) for name in (*figures._OF_A_LINE, "quantity")),
        *(one for name, key in LISTS for one in each(name, key) if not runs_on(one)),
    ],
    ids=lambda pattern: pattern.pattern[:20],
)
def test_a_pattern_that_is_looked_for_by_line_cannot_tell_a_line_from_a_text(pattern):
    bare = re.sub(r"\(\?=\[[^]]*\\s[^]]*\]\|\$\)", "", pattern.pattern)  # space or the end: the same there
    for one in _looks_at(parser.parse(bare)):
        assert not compiler.compile(one).match("\n")


@pytest.mark.usefixtures("remembering")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("年月日 （）()【】[]待补填….,;\u3000某X×省市次个，。！”\r\n一1", max_size=40))
def test_what_is_looked_for_by_line_is_found_as_in_the_whole_text(text):
    def found():
        boundaries = sorted(set(places._boundaries(text)) | {0})
        return boundaries, placeholders.candidates(text), placeholders.bare_measures(text), _folded(text)

    remembered, kept = found(), memory._memory
    memory._memory = None
    try:
        assert found() == remembered
    finally:
        memory._memory = kept


def _looks_back(items):
    """Yield how many characters a parsed pattern looks back at."""
    for kind, held in items:
        if str(kind) in {"ASSERT", "ASSERT_NOT"} and held[0] < 0:
            yield held[1].getwidth()[1]
        for part in held if isinstance(held, tuple) else ():
            for inner in part if isinstance(part, list) else [part]:
                if isinstance(inner, parser.SubPattern):
                    yield from _looks_back(inner)


@pytest.mark.parametrize("slot", Slot)
def test_what_fills_a_slot_is_remembered_with_all_that_its_pattern_looks_back_at(slot):
    assert max(_looks_back(parser.parse(slot_pattern(slot).pattern)), default=0) <= BACK
