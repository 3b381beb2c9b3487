"""A list skips a number, repeats one, or counts other than it announced.

Source: DOMAIN §2.B numbering_error.  One state machine for each kind of number; a list may start again at
one anywhere (a new paragraph, a new section, a table of contents, several reports in one file).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from analyzer.language.layout import Layout, Ordinal, numeral_value
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status, once
from analyzer.rules.examples import duties, plans, problems, report, title

_CHINESE = "一二三四五六七八九十"
_DECLARED = re.compile(
    r"(?:从|围绕|聚焦|抓好|体现在|表现在|表现为|做到|有以下|存在以下|存在)(?:以下)?([二三四五六七八九]|[2-9])个?(?:方面|问题|不足|重点)"
    r"|“([二三四五六七八九])个[^”\n]{1,8}”：(?=一是)"
)
_UNNUMBERED_LAST = re.compile(r"同时|此外|另外|还有|再就是|再者|再一个|最后")
_HEADS = (Ordinal.CHAPTER, Ordinal.SECTION, Ordinal.NUMBER, Ordinal.BRACKET)


@dataclass(slots=True)
class _Lists:
    """The open lists of one form, outermost first: the last value of each."""

    last: list[int] = field(default_factory=list)
    stop: int = 0
    repeated: bool = False

    def follow(self, value: int) -> int | None:
        """Take the next number; return the number before it where the list breaks, None where it goes on."""
        for depth in range(len(self.last) - 1, -1, -1):
            # After a number that came twice the list may count it twice (1 2 2 4): one slip, told once.
            if value == self.last[depth] + 1 or (self.repeated and value == self.last[depth] + 2):
                del self.last[depth + 1 :]
                self.last[depth] = value
                self.repeated = False
                return None
        if value == 1 or not self.last:
            self.last.append(value)
            self.repeated = False
            return None
        broken = self.last[-1]
        self.repeated = value == broken
        self.last[-1] = value
        return broken


class Number(NamedTuple):
    """An ordinal that opens a heading or a clause."""

    kind: Ordinal
    form: str
    value: int
    start: int
    end: int


@once
def numbers(report: Report) -> list[Number]:
    """Return what numbers a list: headings where a line begins, spoken numbers at any clause."""
    layout, text = report.doc._.layout, report.repaired.text
    heads = set(layout.first_clause[:-1][layout.opens_paragraph].tolist())
    starts = layout.clauses[:, 0].tolist()
    found = []
    for clause, mark in enumerate(layout.ordinals):
        if not mark.value or (mark.kind in _HEADS and clause not in heads):
            continue
        start = starts[clause]
        surface = text[start : start + mark.length]
        spoken = mark.kind is Ordinal.SPOKEN
        # 第三条 and 第三个 count different things.
        form = (surface[0] if surface[0] in "第其" else "") + surface[-1] if spoken else ""
        found.append(Number(mark.kind, form, mark.value, start, start + mark.length))
    return found


def _name(number: Number, value: int, text: str) -> str:
    """Return the same kind of number with another value, as a reader would write it."""
    surface = text[number.start : number.end].strip("，、：．. ")
    old = surface.strip("第其是要（）()部分条、")
    new = str(value) if old.isdigit() else _CHINESE[value - 1] if value <= len(_CHINESE) else str(value)
    return surface.replace(old, new) if old else str(value)


def _mentioned(number: Number, value: int, text: str, since: int) -> bool:
    """Whether the missing number stands between the two after all, in another shape."""
    han = _CHINESE[value - 1] if value <= len(_CHINESE) else str(value)
    between = text[since : number.start]
    if number.kind is Ordinal.SPOKEN:
        return re.search(rf"{han}[是要来则，、：]|第{han}|{han}\s", between) is not None
    return (
        re.search(
            rf"(?m)^\W{{0,3}}(?:第?{han}|{value})\W|[（(〔]\s*(?:{han}|{value})\s*[)）〕]|[①-⑳]", between
        )
        is not None
    )


def gaps(found: Iterable[Number], text: str) -> Iterator[tuple[Number, int]]:
    """Yield each number that does not follow, with the number before it."""
    lists: defaultdict[tuple[Ordinal, str], _Lists] = defaultdict(_Lists)
    for number in found:
        if number.kind is not Ordinal.SPOKEN:
            for key in [key for key in lists if key[0] > number.kind]:
                del lists[key]
        state = lists[number.kind, number.form]
        since, state.stop = state.stop, number.end
        before = state.follow(number.value)
        if before is None:
            continue
        jumped = number.value > before + 1
        if number.form.startswith("第") and not jumped:
            continue  # a tale that comes back to its second point
        if jumped and all(_mentioned(number, v, text, since) for v in range(before + 1, number.value)):
            continue
        yield number, before


def _declared(layout: Layout, found: Iterable[Number], text: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield (start, end, announced, counted) where a paragraph announces other than it counts."""
    spoken = [number for number in found if number.kind is Ordinal.SPOKEN]
    if len(spoken) < 2 or not _DECLARED.search(text):
        return
    opens = layout.opens_paragraph
    starts, ends = layout.sentences[opens, 0], layout.sentences[np.append(opens[1:], True), 1]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        announcements = list(_DECLARED.finditer(text, start, end))
        if len(announcements) != 1:
            continue
        match = announcements[0]
        announced = numeral_value(match.group(1) or match.group(2))
        after = [n for n in spoken if match.end() <= n.start < end]
        values = [n.value for n in after if n.form == after[0].form]
        if values != list(range(1, len(values) + 1)) or len(values) < 2 or len(values) == announced:
            continue
        going_on = any(
            n.start >= end and n.value == values[-1] + 1 and n.form == after[0].form for n in spoken
        )
        last = next(n for n in reversed(after) if n.form == after[0].form)
        trailing = len(values) == announced - 1 and _UNNUMBERED_LAST.search(text, last.end, end)
        if not going_on and not trailing:
            yield match.start(), match.end(), announced, len(values)


def _check(report: Report) -> Iterator[Hit]:
    layout, repaired = report.doc._.layout, report.repaired
    text = repaired.text
    found = numbers(report)
    for number, before in gaps(found, text):
        shown, earlier = _name(number, number.value, text), _name(number, before, text)
        if number.value == before:
            message = f"“{shown}”出现了两次，读者分不清是并列的两条还是重复。"
        elif number.value > before:
            missing = "、".join(_name(number, v, text) for v in range(before + 1, number.value))
            message = f"“{earlier}”之后直接是“{shown}”，中间缺了“{missing}”，像是漏写或删改后没有重排。"
        else:
            message = f"“{earlier}”之后又回到“{shown}”，序号前后颠倒。"
        where, until = repaired.source(number.start, number.end)
        yield Hit(
            where,
            until,
            message,
            "请核对是漏了一条还是编号没有改过来：漏写的补上，删掉的把后面的序号顺下来。",
            0.9,
        )
    for start, end, announced, counted in _declared(layout, found, text):
        where, until = repaired.source(start, end)
        yield Hit(
            where,
            until,
            f"这里说“{text[start:end].strip('“”：')}”，后面却数出 {counted} 条，与 {announced} 对不上。",
            "请核对条数：漏写的补上，多写的归并，或把前面的数字改过来。",
            0.7,
            report.thresholds["numbering-gap"]["declared_weight"],
        )


RULE = Rule(
    id="numbering-gap",
    family=Family.STRUCTURE,
    dimension=Dimension.STRUCTURE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="序号跳号、重号或与所说条数不符",
    what="逐级查序号：一、（一）1.（1）和“一是、第一、一要”各自是否连续；再查“从四个方面”与后面条数是否一致。换一段、换一部分从头编号，或最后一条用“同时”“此外”带出，都不算错。",
    why="序号断了，读者会以为少了内容，也显得稿子没有通读过。",
    fix="通读一遍序号；用文字处理软件的自动编号可以避免。",
    basis="公文层次序数的通行写法；条数不符属行文疏漏。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n一是抓学习，全年12次。三是抓阵地，新建2处。")),
        report(
            duties(
                "一、履职情况\n（一）抓学习\n全年学习12次。\n（二）抓组织\n换届2个支部。\n（四）抓作风\n检查3次。"
            ),
            plans("二、下步打算\n继续努力。"),
        ),
        report(duties("一、履职情况\n全年学习12次。"), plans("三、下步打算\n每季度到支部1次。")),
        report(problems("存在问题\n一是学习少。二是下去少。二是谈心少。")),
        report(duties("一年来，主要从四个方面抓落实：一是抓学习，二是抓组织，三是抓作风。")),
        report(problems("二、存在问题\n还存在“四个不够”：一是学习不够。二是调研不够。三是督促不够。")),
    ),
    must_not_fire=(
        report(problems("二、存在问题\n还存在“三个不够”：一是学习不够。二是调研不够。三是督促不够。")),
        report(
            duties("一、履职情况\n一是抓学习。二是抓组织。\n一是抓阵地。二是抓作风。"),
            plans("二、下步打算\n一是多下去。二是多谈心。"),
        ),
        report(duties("一年来，主要从三个方面抓落实：一是抓学习，二是抓组织，同时抓好作风建设，检查3次。")),
        report(
            title("一、履职情况\t1\n二、存在问题\t3\n三、下步打算\t5\n2021年述职报告"),
            duties("一、履职情况\n全年学习12次。"),
            problems("二、存在问题\n下去少。"),
            plans("三、下步打算\n每季度到支部1次。"),
        ),
        report(
            problems(
                "存在问题\n一是学习少。一是读原著少，二是研讨少。\n二是下去少。主要原因有二：一是会多，二是我嫌远。\n三是谈心少。"
            )
        ),
        report(
            duties("一、履职情况\n1.抓学习\n全年2、3月集中学习4次，增强“四个意识”。\n2.抓组织\n换届2个支部。")
        ),
    ),
)
