"""The same passage stands twice in one report.

Source: DOMAIN §2.G internal_dup.  Headings, official set phrases and short sentences may come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from analyzer.language.codes import codes_of
from analyzer.language.memory import each
from analyzer.lexicons import any_of, lines
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Sentence, Status
from analyzer.rules.examples import closing, duties, plans, preface, problems, report
from analyzer.rules.places import one_line

_ENDS = "。！？；!?;”）"
_NOISE = re.compile(r"[^\w\n]+|\d+")
_BASE = np.uint64(1_000_003)  # of the sums that stand for runs of characters


@cache
def _official() -> re.Pattern[str]:
    return any_of({_NOISE.sub("", phrase) for phrase in lines("set-phrases.txt")})


def _wordings(found: Sequence[Sentence], shortest: int) -> list[str]:
    """Return each sentence's own wording, empty where it is of a kind that may come back."""
    # A sentence that does not end as one is a heading, or a line of a contents list.
    texts = [one.text if one.text[-1] in _ENDS and len(one.text) >= shortest else "" for one in found]

    def find(some: list[int]) -> list[str]:
        bare = _NOISE.sub("", "\n".join(texts[place] for place in some)).split("\n")
        own = _official().sub("", "\n".join(_of_length(bare, shortest))).split("\n")
        return _of_length(own[: len(some)], shortest)

    return each(("own wording", shortest), texts, find)


def _of_length(texts: Iterable[str], least: int) -> list[str]:
    """Return the texts, empty in place of those that are shorter."""
    return [text if len(text) >= least else "" for text in texts]


def _shingles(text: str, size: int) -> set[str]:
    return {text[i : i + size] for i in range(len(text) - size + 1)}


def _similarity(one: str, other: str, size: int) -> float:
    """Return the Jaccard similarity of two texts' character n-grams."""
    a, b = _shingles(one, size), _shingles(other, size)
    return len(a & b) / len(a | b)


def _sharing(texts: list[str], size: int) -> list[int]:
    """Return which texts may have a run of characters in common with another, in order."""
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    if len(owner) < size:
        return []
    codes = codes_of("".join(texts))
    count = len(codes) - size + 1
    sums = np.zeros(count, dtype=np.uint64)
    for place in range(size):
        sums = sums * _BASE + codes[place : place + count]
    whole = owner[:count] == owner[size - 1 :]
    sums = sums[whole]
    ordered = np.sort(sums)
    again = ordered[1:][_same_as_next(ordered)]
    if not len(again):
        return []
    # Few come back: only they are put in order.
    comes_back = again.take(np.searchsorted(again, sums), mode="clip") == sums
    sums, of = sums[comes_back], owner[:count][whole][comes_back]
    order = np.argsort(sums, kind="stable")
    sums, of = sums[order], of[order]
    same = _same_as_next(sums) & (of[1:] != of[:-1])
    return sorted({*of[1:][same].tolist(), *of[:-1][same].tolist()})


def _same_as_next(sums: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    return np.equal(sums[1:], sums[:-1])


def _repeats(found: list[Sentence], limits: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Yield (later, earlier) for each sentence that says almost what an earlier one said."""
    own = _wordings(found, limits["shortest"])
    holders: dict[str, int] = {}
    for later in _sharing(own, limits["anchor"]):
        text = own[later]
        # Sentences that are nearly the same share a long run of characters; only those are compared.
        anchors = [text[i : i + limits["anchor"]] for i in range(len(text) - limits["anchor"] + 1)]
        candidates = {holders.setdefault(anchor, later) for anchor in anchors}
        for earlier in sorted(candidates - {later}):
            if _similarity(text, own[earlier], limits["shingle"]) >= limits["similarity"]:
                yield later, earlier
                break


def _check(report: Report) -> Iterator[Hit]:
    found = report.sentences
    runs: list[list[tuple[int, int]]] = []
    for later, earlier in _repeats(found, report.thresholds["duplicated-passage"]):
        # A paragraph pasted twice is one finding, not one a sentence; a short sentence may stand between.
        if runs and 0 < later - runs[-1][-1][0] <= 2 and 0 < earlier - runs[-1][-1][1] <= 2:
            runs[-1].append((later, earlier))
        else:
            runs.append([(later, earlier)])
    for run in runs:
        first, last = found[run[0][0]], found[run[-1][0]]
        original = found[run[0][1]]
        yield Hit(
            first.start,
            last.end,
            f"这{'几句' if len(run) > 1 else '一句'}与前文“{one_line(original.text, 20)}”几乎相同。"
            "同样的话说两遍，"
            "要么是粘贴时多了一份，要么是两处本该有区别而没有写出来。",
            "请保留一处；如果两处说的不是一件事，请各写各的事实。",
            0.95,
        )


_LINE = "全年走访三个片区的困难党员和老党员，帮助解决看病、就学和房屋修缮方面的难处。"

RULE = Rule(
    id="duplicated-passage",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="同文重复",
    what="找出同一份报告里几乎相同的句子或段落（二十字以上，去掉固定表述后比较）。标题、目录、固定提法和短句不算。",
    why="重复的话不增加内容，还会让人怀疑稿子是拼起来的。",
    fix="删去一处，或把两处各自的事实写出来。",
    basis="公文校对的通行要求。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n" + _LINE + "讲党课4次。\n" + _LINE)),
        report(duties("一、履职情况\n" + _LINE), plans("三、下步打算\n" + _LINE)),
        report(
            problems("存在问题\n支部活动多在会议室里念文件，到现场解决难题的少，党员提不起劲头。"),
            plans("下步打算\n支部活动多在会议室里念文件，到现场解决难题的少，党员提不起劲头。"),
        ),
    ),
    must_not_fire=(
        report(
            duties("一、履职情况\n深入基层调查研究解决实际问题\n" + _LINE + "\n深入基层调查研究解决实际问题")
        ),
        report(
            preface(
                "以习近平新时代中国特色社会主义思想为指导，增强“四个意识”、坚定“四个自信”、做到“两个维护”。"
            ),
            closing(
                "以习近平新时代中国特色社会主义思想为指导，增强“四个意识”、坚定“四个自信”、做到“两个维护”。"
            ),
        ),
        report(duties("一、履职情况\n讲党课4次。到支部3次。\n讲党课4次。")),
        report(
            duties(
                "一、履职情况\n一支部走访困难党员12户，帮助修缮房屋3处。二支部调解邻里纠纷21起，促成加装电梯4部。"
            )
        ),
    ),
)
