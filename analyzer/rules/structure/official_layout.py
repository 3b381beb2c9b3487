"""Numbers of headings and the like are not written as official documents write them.

Source: DOMAIN §2.I format_gbt9704.  Page and fonts are not looked at: reading keeps the text only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from analyzer.language.layout import Ordinal
from analyzer.lexicons import table
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, plans, report, title

# The levels of headings that official documents use, outermost first.
_SHOWN = {
    Ordinal.CHAPTER: "一、",
    Ordinal.SECTION: "（一）",
    Ordinal.NUMBER: "1.",
    Ordinal.BRACKET: "（1）",
}
_LIGHT = 0.5  # weight of what many places do not mind
_ABOUT = {
    "comma_after_bracket": (
        "带括号的序号后面又加了标点",
        "括号已经起分隔作用，序号后面直接写文字即可，如“（一）抓学习”。",
        1.0,
    ),
    "bracketed": ("汉字序号用了半角括号", "请改用全角括号，写作“（一）”。", _LIGHT),
    "enumerated": ("阿拉伯数字序号后面用了顿号", "公文里通常写作“1.”；全文统一即可。", _LIGHT),
    "document_number": ("发文字号里的年份没有用六角括号", "年份请用六角括号，如“〔2022〕5号”。", 1.0),
    "title_stop": ("标题末尾用了句号", "标题末尾通常不加标点，请删去。", 1.0),
}


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    layout = table("usage.toml")["layout"]
    return tuple(
        (name, re.compile(text), layout["least"].get(name, 1)) for name, text in layout["patterns"].items()
    )


def _check(report: Report) -> Iterator[Hit]:
    if (skipped := _skipped(report)) is not None:
        yield skipped
    text = "\n" + report.document.text  # so that every line begins after a break
    for name, pattern, least in _kinds():
        places = list(pattern.finditer(text))
        if len(places) < least:
            continue
        about, fix, weight = _ABOUT[name]
        first = places[0].group().strip().splitlines()[0]
        count = f"共 {len(places)} 处，" if len(places) > 1 else ""
        end = places[0].end() - 1
        yield Hit(
            end - len(first),
            end,
            f"{about}（{count}如“{first}”），与公文的通行格式不同。",
            fix,
            0.8,
            weight,
        )


def _skipped(report: Report) -> Hit | None:
    """Return where a report that uses a level elsewhere goes past it, the first place of each report."""
    layout, repaired = report.doc._.layout, report.repaired
    heads = [
        (mark.kind, start)
        for clause in layout.first_clause[:-1][layout.opens_paragraph].tolist()
        if (mark := layout.ordinals[clause]).value and mark.kind in _SHOWN
        for start in (int(layout.clauses[clause, 0]),)
    ]
    used = {kind for kind, _ in heads}
    for (above, _), (kind, start) in pairwise(heads):
        passed = [level for level in _SHOWN if above < level < kind]
        if passed and used.issuperset(passed):
            where, until = repaired.source(start, start + 2)
            return Hit(
                where,
                until,
                f"“{_SHOWN[above]}”下面直接用了“{_SHOWN[kind]}”，别处在这两层之间用了“{_SHOWN[passed[0]]}”，"
                "各部分的层次不一致。",
                "公文的层次依次是“一、”“（一）”“1.”“（1）”；只有两层时也请全文用同一种。",
                0.7,
                _LIGHT,
            )
    return None


RULE = Rule(
    id="official-layout",
    family=Family.STRUCTURE,
    dimension=Dimension.STRUCTURE,
    severity=Severity.INFO,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="序号与标题的格式",
    what="查层次、序号和标题的写法：同一层次有的用“（一）”有的用“1.”、“（一）”后面又加顿号、半角括号、“1、”、发文字号年份的括号、标题末尾的句号。每种只提一次；字体、字号、页边距不查。",
    why="格式统一，读者才容易看出层次。",
    fix="按通行格式统一一遍。",
    basis="公文格式国家标准 GB/T 9704 的序号与标题写法；述职报告不一定按公文印制，所以只作轻提示。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n（一）、抓学习\n讲党课4次。")),
        report(plans("三、下步打算\n1、抓学习。\n2、抓队伍。\n3、抓作风。")),
        report(duties("一、履职情况\n印发县委[2022]5号文件的实施办法。")),
        report(
            duties("一、履职情况\n（一）抓学习\n讲党课4次。"),
            plans("二、下步打算\n1.到支部9次。\n2.走访46户。"),
        ),
        report(title("2022年度抓基层党建工作述职报告。"), duties("一、履职情况\n讲党课4次。")),
    ),
    must_not_fire=(
        report(
            title("2022年度抓基层党建工作述职报告"),
            duties("一、履职情况\n（一）抓学习\n1.集中学习14次。\n（1）讲党课4次。"),
        ),
        report(duties("一、履职情况\n印发县委〔2022〕5号文件的实施办法。1、2、3号楼装了电梯。")),
        report(plans("三、下步打算\n1.抓学习。\n2.抓队伍。")),
    ),
)
