"""Whether the paragraphs of a report stand as they were written, and are those of one.

A text whose paragraphs are out of order cannot be judged: which problem a cause explains and what a measure
answers depends on what stands where.  Nobody hands in such a report but by accident or to see what happens.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from analyzer.language.layout import Ordinal
from analyzer.language.memory import each
from analyzer.lexicons import table
from analyzer.result import SectionType
from analyzer.rules.base import Report
from analyzer.rules.places import one_line
from analyzer.rules.structure.numbering_gap import gaps, numbers

_LEXICON = "order.toml"
_ROUND = (SectionType.DUTIES, SectionType.PROBLEMS, SectionType.PLANS)


def disorder(report: Report) -> str:
    """Say in Chinese by what it shows that paragraphs are out of order; empty where nothing shows it."""
    return _numbers_jump(report) or _lines_astray(report.repaired.text)


def second_report(report: Report) -> str:
    """Return the heading with which a second report begins in the same text; empty where there is but one.

    After duties, problems and plans, each with its heading, duties and problems come again with theirs.
    """
    headed = iter([section for section in report.analysis.sections if section.heading])
    heads = [next((s.heading for s in headed if s.type is kind), None) for kind in (*_ROUND, *_ROUND[:2])]
    again, last = heads[-2:]
    return one_line(again) if again and last else ""


def _numbers_jump(report: Report) -> str:
    limits, text = table(_LEXICON), report.repaired.text
    headings = [number for number in numbers(report) if number.kind is not Ordinal.SPOKEN]
    breaks = sum(1 for _ in gaps(headings, text))
    if breaks >= limits["least_breaks"] and breaks >= limits["share_breaks"] * len(headings):
        return f"{len(headings)} 个段落序号里有 {breaks} 个接不上前一个"
    chapters = [number.value for number in headings if number.kind is Ordinal.CHAPTER]
    if chapters and chapters[0] != 1 and any(later < earlier for earlier, later in pairwise(chapters)):
        return "“一、二、三”的大标题前后颠倒"
    return ""


def _lines_astray(text: str) -> str:
    limits = table(_LEXICON)
    found = [(m.start() / len(text), m.group().strip()) for m in re.finditer(r"[^\n]+", text)]
    lines = [line for _, line in found]
    signs = each("signs of order", lines, lambda some: (_signs(lines[place]) for place in some))

    def places(name: str) -> list[float]:
        return [at for (at, _), names in zip(found, signs, strict=True) if name in names]

    for name, what in (("title", "标题"), ("salutation", "称呼")):
        if (at := places(name)) and at[0] > limits["top"]:
            return f"{what}不在开头，而在文中（也可能是几篇报告放进了一个文件）"
    if any(limits["top"] < at for at in places("signature")) and max(places("signature")) < limits["end"]:
        return "落款不在末尾，而在文中"
    closings = places("closing")
    # Another report may follow in the same file.
    if closings and max(closings) < limits["end"] and max(places("title"), default=0) < max(closings):
        return "结束语不在末尾，而在文中"
    bare = [at if "chapter" in names else None for (at, _), names in zip(found, signs, strict=True)]
    # A table of contents, at the top, is a run of headings.
    if any(one is not None and two is not None and one > limits["top"] for one, two in pairwise(bare)) or (
        bare and bare[-1] is not None and bare[-1] > limits["top"]
    ):
        return "有的大标题下面没有内容"
    return ""


def _signs(line: str) -> list[str]:
    """Return what a line looks like."""
    whole = ("title", "salutation", "signature") if len(line) <= table(_LEXICON)["longest_line"] else ()
    signs = [name for name in (*whole, "chapter") if _pattern(name).fullmatch(line)]
    return [*signs, "closing"] if _pattern("closing").match(line) else signs


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table(_LEXICON)[name])
