"""How a person is named, or in which order: for a human to look at.

Source: DOMAIN §2.H naming_rank.  No name is guessed and no order proposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from analyzer.lexicons import pattern
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, report
from analyzer.rules.search import Place, found, is_quoted

_cue = partial(pattern, "wording.toml", "naming")

_FIX = "请对照正式文件和现任职务名单，由熟悉情况的同志核定称谓和次序。"


def _places(report: Report) -> Iterator[tuple[Place, str]]:
    text = report.repaired.text
    if "习近平" in text:
        for place in found(report, _cue("bare")):
            if not is_quoted(place.match):
                yield place, "这里只写姓名，没有带职务或“同志”"
    if "副" in text:
        for place in found(report, _cue("deputy")):
            yield place, f"“{place.text}”把副职写在正职前面"
    if "先生" in text:
        for place in found(report, _cue("mister")):
            name = place.text.removesuffix("先生")
            if f"{name}同志" in text:
                yield place, f"同一个人前后用了“{name}先生”和“{name}同志”两种称谓"


def _check(report: Report) -> Iterator[Hit]:
    for place, about in _places(report):
        yield Hit(place.start, place.end, f"{about}，请人工核对；本工具不推测，也不扣分。", _FIX, 0.7)


RULE = Rule(
    id="name-order",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="称谓与排序请人工复核",
    what="提请核对三种情形：领导同志只写姓名不带职务、副职排在同一职务的正职前面、同一个人前后称谓不一。按姓氏笔画等另有说明的排列，核对后不必改。",
    why="称谓和排序有固定的次序，机器没有现任名单，只能提醒，不能判断。",
    fix="对照正式名单核定。",
    basis="公文审核惯例；只作提示，不扣分。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n习近平指出，要抓好基层基础。")),
        report(duties("一、履职情况\n副书记李明、书记王强到村蹲点12天。")),
        report(duties("一、履职情况\n3月走访王志远先生，7月再访王志远同志。")),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n习近平总书记指出，要抓好基层基础。学习《习近平谈治国理政》2次。")),
        report(duties("一、履职情况\n我任党委副书记、局长以来，到支部11次。")),
        report(duties("一、履职情况\n邀请王志远先生授课，李明同志主持。")),
    ),
)
