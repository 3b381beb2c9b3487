"""Slogans are piled up in a sentence that holds no fact.

Source: DOMAIN §2.G slogan_stack.  The required political sentence and lists of real items are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial

from analyzer.language.memory import each
from analyzer.lexicons import pattern, table
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.checkable import is_checkable
from analyzer.rules.examples import duties, plans, preface, report

_cue = partial(pattern, "usage.toml", "slogans")

_MARKS = re.compile("[，、。；：！？\n]")
_COORDINATE = re.compile("[一-鿿]{4}")
_SIZE = 4
_SETS = 4  # sets of wording in one sentence, two of them not canonical, that are a stack
_OF_ONE_KIND = 3  # coordinates that end or begin alike from which they list things


def _check(report: Report) -> Iterator[Hit]:
    text = report.repaired.text
    if not (_cue("hint").search(text) or "既要" in text or text.count("个") >= _SETS):
        return
    told = set()
    words = [sentence.text for sentence in report.sentences]
    piles = each("slogans", words, lambda some: (_stacked(words[place]) for place in some))
    for sentence, about in zip(report.sentences, piles, strict=True):
        if about and sentence.paragraph not in told:
            told.add(sentence.paragraph)
            yield Hit(
                sentence.start,
                sentence.end,
                f"这一句{about}，没有一件事实。口号叠得越多，读者越记不住做了什么。",
                "请留下最贴切的一两句，其余换成做过的事；政治表述按规范写一次即可。",
                0.8,
            )


def _stacked(text: str) -> str:
    """Say what is piled up in a sentence; empty where nothing is."""
    about = _pile(text)
    return about if about and not is_checkable(text) else ""


def _pile(text: str) -> str:
    rules = table("usage.toml")["slogans"]
    if _cue("hint").search(text):
        run = _longest_run(_cue("set_phrase").sub("", text))
        if len(run) >= rules["least"]:
            return f"连用了 {len(run)} 个四字句（“{'、'.join(run[:3])}……”）"
    if "既要" in text and _cue("chain").search(text):
        return "“既要……又要……还要……”连成一串"
    sets = set(_cue("set").findall(text)) if "个" in text else set()
    if len(sets) >= _SETS and len(sets.difference(rules["canonical"])) >= _SETS - 2:
        return f"连用了 {len(sets)} 个“几个什么”的提法"
    return ""


def _longest_run(text: str) -> list[str]:
    """Return the longest run of coordinates of four characters that is no list of things."""
    longest: list[str] = []
    run: list[str] = []
    for piece in (*_MARKS.split(text), ""):
        if len(piece) == _SIZE and _COORDINATE.fullmatch(piece):
            run.append(piece)
            continue
        # A list may end in 等 or in how many they are, with or without another item before it.
        if (
            len(run) > len(longest)
            and not (_cue("items").match(piece) or _cue("items").match(piece, _SIZE))
            and not _alike(run)
        ):
            longest = run
        run = []
    return longest


def _alike(run: list[str]) -> bool:
    """Whether coordinates end or begin alike, as things of one kind do."""
    return any(
        max(Counter(ends).values()) >= _OF_ONE_KIND for ends in ([p[-1] for p in run], [p[:2] for p in run])
    )


_STACK = "高举旗帜、凝心聚力、开拓创新、真抓实干、攻坚克难，各项工作再上新台阶。"

RULE = Rule(
    id="slogan-stack",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="口号堆砌",
    what="找出没有事实的句子里连用五个以上四字句、“既要……又要……还要……”连成串、几个“几个什么”叠在一起的地方，一段只提一次。规范的政治表述、确有其事的列举不算。",
    why="口号不是履职；堆得多了，盖住了真正做过的事。",
    fix="留一两句，其余换成事实。",
    basis="组织部门联审中“少讲套话空话”的要求。",
    check=_check,
    must_fire=(
        report(preface(_STACK)),
        report(plans("三、下步打算\n加强学习，提高素质，勇于担当，真抓实干，服从大局，争创一流。")),
        report(duties("一、履职情况\n我们既要抓好党建，又要抓好业务，还要抓好队伍，一刻不能松懈。")),
    ),
    must_not_fire=(
        report(
            duties(
                "一、履职情况\n深刻领悟“两个确立”的决定性意义，增强“四个意识”、坚定“四个自信”、做到“两个维护”。"
            )
        ),
        report(duties("一、履职情况\n严守政治纪律、组织纪律、廉洁纪律、群众纪律、工作纪律、生活纪律。")),
        report(
            duties(
                "一、履职情况\n学习教育、听取意见，查摆问题、开展批评，整改落实、建章立制三个环节都走完了。"
            )
        ),
        report(duties("一、履职情况\n上门走访、登记造册、分类派单、限期办结、电话回访，全年办结417件。")),
    ),
)
