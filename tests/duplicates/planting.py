"""Copies as they are made: unit, year, meeting and figures swapped, sentences exchanged, paragraphs moved."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？\n]*[。！？]|[^。！？\n]+")
_UNIT = re.compile(r"([\u4e00-\u9fff]{2})(?=镇|乡|县|区|村|街道|局|公司|中学|小学|医院)")
_YEAR = re.compile(r"20[012]\d(?=年)")
_FIGURE = re.compile(r"(?<![\d×X年第])\d{1,4}(?![\d年月])")
_MEETINGS = (
    "十八届六中全会",
    "十九届四中全会",
    "十九届六中全会",
    "十九大精神",
    "二十大精神",
    "二十届三中全会",
)
_MEETING = re.compile("|".join(_MEETINGS))
_PLACES = ["青山", "绿水", "石桥", "龙泉", "双河", "白云", "金沙", "望江", "长岭", "东湖", "南坪", "西塘"]
_NAMES = ["王建国", "李春梅", "赵志刚", "陈晓东", "刘永红"]
_PERSON = re.compile(r"(?<=述职人：)[\u4e00-\u9fff×]{2,4}")
_PLAIN, _DIGITS = "一二三四五六七八九", "123456789"


@dataclass(frozen=True, slots=True)
class Planted:
    """A copy, and which stretches of the source and of the copy are the same but for swaps."""

    text: str
    of_source: tuple[tuple[int, int], ...]
    of_copy: tuple[tuple[int, int], ...]


def plant(
    source: str, donors: Sequence[str], replaced: float, rng: random.Random, part: float = 1.0
) -> Planted:
    """Return a copy of a report.

    Parameters
    ----------
    source : str
    donors : sequence of str
        Reports by others: sentences of theirs stand in for the source's.
    replaced : float
        Share of the characters that are exchanged.
    rng : random.Random
    part : float
        Share of the source's paragraphs that are copied at all.
    """
    paragraphs = _paragraphs(source)
    if part < 1:
        count = max(1, round(part * len(paragraphs)))
        first = rng.randrange(len(paragraphs) - count + 1)
        paragraphs = paragraphs[first : first + count]
    sentences = [span for paragraph in paragraphs for span in paragraph]
    most = replaced * sum(end - start for start, end in sentences)
    gone: set[tuple[int, int]] = set()
    for span in rng.sample(sentences, len(sentences)):
        if sum(end - start for start, end in gone) >= most:
            break
        gone.add(span)
    fresh = [m.group() for text in donors for m in _SENTENCE.finditer(text) if len(m.group()) > 15]
    rng.shuffle(fresh)
    swap = _names(source, rng)
    text, of_copy = "", []
    for paragraph in [paragraphs[0], *rng.sample(paragraphs[1:], len(paragraphs) - 1)]:
        for start, end in paragraph:
            if (start, end) in gone:
                text += _instead(end - start, fresh)
            else:
                made = swap(_figures(source[start:end], rng))
                of_copy.append((len(text), len(text) + len(made)))
                text += made
        text += "\n"
    return Planted(text, tuple(span for span in sentences if span not in gone), tuple(of_copy))


def _paragraphs(text: str) -> list[list[tuple[int, int]]]:
    """Return the sentences of each paragraph, as stretches."""
    lines = re.finditer(r"[^\n]*\S[^\n]*", text)
    return [[m.span() for m in _SENTENCE.finditer(text, *line.span())] for line in lines]


def _instead(length: int, fresh: list[str]) -> str:
    made = ""
    while fresh and len(made) < length - 10:
        made += fresh.pop()
    return made


def _figures(text: str, rng: random.Random) -> str:
    def figure(match: re.Match[str]) -> str:
        made = str(rng.randrange(2, 10 ** len(match.group())))
        return made if rng.random() < 0.8 else made.translate(str.maketrans(_DIGITS, _PLAIN))

    return _FIGURE.sub(figure, text)


def _names(source: str, rng: random.Random) -> Callable[[str], str]:
    """Return what swaps year, meetings, places and the name at the end, the same throughout."""
    often = [name for name, count in Counter(_UNIT.findall(source)).most_common(8) if count >= 2]
    places = dict(zip(often, rng.sample(_PLACES, len(often)), strict=True))
    meetings = {meeting: rng.choice(_MEETINGS) for meeting in _MEETINGS}
    person = rng.choice(_NAMES)

    def swap(text: str) -> str:
        text = _YEAR.sub(lambda match: str(int(match.group()) + 1), text)
        text = _MEETING.sub(lambda match: meetings[match.group()], text)
        text = _UNIT.sub(lambda match: places.get(match.group(), match.group()), text)
        return _PERSON.sub(person, text)

    return swap
