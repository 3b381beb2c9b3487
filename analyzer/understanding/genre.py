"""Whether a text is a duty report: who speaks to whom, and in what words.

A report is told by its speaker (a reporter on his or her own duty, faults and plans) and by its frame;
other texts of the same offices share most of its vocabulary.  Frame and speaker are counted cues.  A bag of
n-grams of the whole text adds the rest; names and formulas that tell the genres apart in a corpus only are
blanked first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from analyzer.language.memory import by_line, runs_on, stretches
from analyzer.lexicons import pattern, table
from analyzer.understanding.encoder import encode
from analyzer.understanding.linear import Block, Floats, LinearModel
from analyzer.understanding.structure import Context

YES, NO = "yes", "no"
_ORDERS = 3
_BLANK = ord("。")
_TITLE = 60  # characters in which a title stands
_SHORTEST = 200  # characters; rates of shorter texts would jump
_LINE = 25  # characters of a short line
_LONGEST = 1.5  # log of thousands of characters beyond which length tells nothing more


@dataclass(frozen=True)
class _Cues:
    anywhere: tuple[re.Pattern[str], ...]
    head: tuple[re.Pattern[str], ...]
    tail: tuple[re.Pattern[str], ...]
    head_length: int
    tail_length: int
    masked: re.Pattern[str]


@cache
def _cues() -> _Cues:
    lexicon = table("genre.toml")

    def compiled(part: dict[str, Any]) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in part.values() if isinstance(pattern, str))

    head, tail = lexicon["head_cues"], lexicon["tail_cues"]
    return _Cues(
        compiled(lexicon["cues"]),
        compiled(head),
        compiled(tail),
        head["head"],
        tail["tail"],
        re.compile(lexicon["masked"]["pattern"]),
    )


def _counts(text: str, *, within: bool = True) -> list[int]:
    """Return how often a text shows each cue that stays `within` a line, or else each that may run on."""
    return [0 if runs_on(cue) is within else len(cue.findall(text)) for cue in _cues().anywhere]


def columns(text: str) -> Floats:
    """Return the dense columns of a repaired text, shape (1, n_columns).

    Rate and presence of each cue, cues of title, head and tail, length of the text and of its lines.
    """
    cues = _cues()
    thousands = max(len(text), _SHORTEST) / 1000
    by_part = [_counts(text, within=False), *(some for _, some in by_line("genre", text, _counts))]
    counts = np.array(by_part).sum(axis=0)
    lines = [line for line in text.split("\n") if line.strip()] or [""]
    places = (
        (cues.head, text[: cues.head_length]),
        (cues.head, text[:_TITLE]),
        (cues.tail, text[-cues.tail_length :]),
    )
    row = [
        *np.log1p(counts / thousands),
        *(counts > 0),
        *(pattern.search(part) is not None for patterns, part in places for pattern in patterns),
        min(float(np.log(max(len(text), 1) / 1000)), _LONGEST),
        float(np.log(max(len(text), 1) / len(lines) / 50)),
        sum(len(line) < _LINE for line in lines) / len(lines),
    ]
    return np.array([row], dtype=np.float32)


def calls_itself_report(text: str) -> bool:
    """Whether a text, too short for the model, says in so many words that it is a duty report."""
    return any(
        pattern("genre.toml", "head_cues", cue).search(text) for cue in ("title_of_report", "i_report")
    )


def _masked(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _cues().masked.finditer(text)]


def block(text: str, codes: npt.NDArray[np.uint32]) -> Block:
    """Return the n-grams of a whole repaired text, names and formulas of the day blanked."""
    codes = codes.copy()
    for start, end in stretches("masked", text, _masked):
        codes[start:end] = _BLANK
    whole = np.array([[0, len(text)]], dtype=np.int32)
    return Block(encode(codes, whole, _ORDERS), np.zeros(1, dtype=np.int64))


@dataclass(frozen=True)
class GenreModel:
    """Judge of a whole text.

    Parameters
    ----------
    classifier : LinearModel
        Classes are ``no`` and ``yes``; half is where a text is no longer taken for a report.
    """

    classifier: LinearModel

    def predict(self, context: Context, types: Sequence[str]) -> float:
        """Return the probability that a text is a duty report; below 0.5 it should be declined.

        Parameters
        ----------
        context : Context
        types : sequence of str
            Not needed: sections are read into any text.
        """
        whole = block(context.text, context.codes)
        return float(self.classifier.chances(YES, [whole], columns(context.text))[0])

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return self.classifier.arrays()

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> GenreModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        return cls(LinearModel.from_arrays(arrays))
