"""The genuine report that the project was started for: what must be found in it, in every format."""

from __future__ import annotations

import io
import json
import re

import docx
import pytest

from analyzer.result import CauseStatus, SectionType, Stance
from analyzer.training.sentences import split

from ..reading import making

_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")
_LISTS = making.abstract_list(
    7, ("chineseCounting", "%1、", "nothing"), ("chineseCounting", "（%2）", "nothing")
) + making.list_use(1, 7)


@pytest.fixture(scope="module")
def seed(shared):
    return shared / "corpus" / "seed" / "seed.txt"


@pytest.fixture(scope="module")
def gold(seed):
    return json.loads(seed.with_suffix(".json").read_text("utf-8"))


@pytest.fixture(scope="module")
def result(seed, analyzer):
    return analyzer.analyze_file(seed)


def sentence(text, offset):
    """The number, from 1, of the sentence at an offset."""
    return next(n for n, (_, end, _) in enumerate(split(text), 1) if offset < end)


def test_its_three_sections_start_at_the_right_sentences(result, gold):
    three = (SectionType.DUTIES, SectionType.PROBLEMS, SectionType.PLANS)
    found = [(s.type, sentence(result.text, s.start)) for s in result.analysis.sections if s.type in three]
    assert found == [(s["type"], s["first"]) for s in gold["sections"] if s["type"] in three]


def test_its_eight_stand_ins_and_nothing_else(result):
    found = [result.text[span.start : span.end] for span in result.analysis.placeholders]
    assert [re.sub(r"[^X]", "", words) for words in found] == [
        "X",
        "X",
        "XXX",
        "XXX",
        "XX",
        "XX",
        "XX",
        "XXX",
    ]
    for proper in ("4+2", "30余", "4次"):
        assert not any(proper in words for words in found)


def test_two_skins_are_admitted_and_to_be_cured(result):
    mentions = result.analysis.two_skins
    assert [mention.stance for mention in mentions] == [Stance.ADMITTED, Stance.REMEDY]
    assert all("“两张皮”" in result.text[mention.start : mention.end] for mention in mentions)


def test_three_problems_of_which_the_first_is_not_explained(result, gold):
    problems = result.analysis.problems
    first = [sentence(result.text, problem.start) for problem in problems]
    assert first == [problem["first"] for problem in gold["problems"]]
    assert problems[0].cause.status is not CauseStatus.EXPLICIT


def test_the_score_is_where_reviewers_put_it(result):
    assert 52 <= result.scorecard.overall <= 72


def test_filling_any_of_its_blanks_raises_its_score(result, analyzer):
    for blank in (finding for finding in result.findings if finding.rule == "placeholder"):
        filled = re.sub("X+", "35" if re.search("[次%元]", blank.evidence) else "金桥", blank.evidence)
        again = analyzer.analyze_text(result.text[: blank.start] + filled + result.text[blank.end :])
        assert again.scorecard.overall > result.scorecard.overall, blank.evidence


def typed(lines):
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def numbered(lines):
    """A .docx whose ordinals Word generates, both levels from one list."""
    body = []
    for line in lines:
        ordinal = _ORDINAL.match(line)
        depth = int(line.startswith("（"))
        body.append(making.item(line[ordinal.end() :], depth) if ordinal else making.paragraph(line))
    return making.word("".join(body), numbering=_LISTS)


FORMATS = {
    "typed.docx": typed,
    "numbered.docx": numbered,
    "set.pdf": making.set_in_type,
    "binary.doc": lambda lines: making.ole(making.binary_word([("\r".join(lines) + "\r", False)])),
    "gb18030.txt": lambda lines: "\r\n".join(lines).encode("gb18030"),
}


def essence(result):
    """The analysis without offsets, which white space and line breaks move."""

    def words(start, end):
        return "".join(result.text[start:end].split()) if start is not None else None

    analysis = result.analysis
    return {
        "sections": [(section.type, words(section.start, section.end)) for section in analysis.sections],
        "problems": [
            (
                words(p.start, p.end),
                p.title,
                p.cause.status,
                p.cause.kind,
                words(p.cause.start, p.cause.end),
                p.remedy.status,
                [words(*span) for span in p.remedy.spans],
            )
            for p in analysis.problems
        ],
        "two_skins": [(words(m.start, m.end), m.stance) for m in analysis.two_skins],
        "siloed": analysis.siloed,
        "placeholders": [words(span.start, span.end) for span in analysis.placeholders],
        "vague": [words(span.start, span.end) for span in analysis.vague],
        "overall": result.scorecard.overall,
    }


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_analysis(name, seed, result, analyzer, tmp_path):
    lines = [line.strip() for line in seed.read_text("utf-8").splitlines() if line.strip()]
    path = tmp_path / name
    path.write_bytes(FORMATS[name](lines))
    assert essence(analyzer.analyze_file(path)) == essence(result)
