"""Words that would count for the writer stand again and again, to fill the report.

Source: DOMAIN §2.G internal_dup and §2.A: what fits every sentence tells of none.  Whatever is named here has
been left out of all other counts, see `analyzer.understanding.padding`.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, plans, problems, report
from analyzer.rules.places import one_line
from analyzer.understanding.padding import Padding, PaddingKind

_QUOTED = 20


def _check(report: Report) -> Iterator[Hit]:
    for padding in report.padding:
        message, suggestion = _words(padding)
        yield Hit(*padding.places[0], message, suggestion, 0.95)


def _words(padding: Padding) -> tuple[str, str]:
    """Return what to say of padding and what to do about it."""
    quoted = one_line(padding.words, _QUOTED)
    if padding.kind is PaddingKind.PASSAGE:
        return (
            f"从“{quoted}”起的一段与前文逐字相同，没有增加内容，后一份没有计入篇幅、问题和事实。",
            "请删去一份；如果本该是两段不同的话，请各写各的事实。",
        )
    if padding.kind is PaddingKind.CUE:
        return (
            f"同一个问题里一再用“{quoted}”一类的话起头（全文 {len(padding.places)} 处），"
            "分不出哪一句才是原因，这些字样没有计入原因。",
            "请每个问题只写一次原因，写清为什么会这样，不靠字样。",
        )
    return (
        f"“{quoted}”在 {len(padding.places)} 处几乎一字不差地出现，"
        "放在哪件事后面都一样，读者无从核对说的是哪件事，没有计入事实和措施。",
        "请删去重复的字样；确有数字、责任人和时限的，请逐件写各自的。",
    )


_TACKED = "，共12次、36人次"
_DONE = "一、履职情况\n主持党委会研究党建{0}。到支部讲党课{0}。走访困难党员{0}。组织主题党日{0}。"
_OWNED = "，由我牵头，6月底前完成"
_PLANNED = "三、下步打算\n改进学习制度{0}。整顿后进支部{0}。完善考核办法{0}。充实党务干部{0}。"
_CUED = (
    "二、存在问题\n一是到支部少，主要原因是下去得少。全年只到过三支部1次，主要原因是支部换届没有到场。"
    "党员反映见不到人，主要原因是联系不紧。\n二是学习不深，主要原因是学得不够深入。"
)
_LONG = (
    "二、存在问题\n一是到支部少。我把精力放在招商上，全年只到过三支部1次，支部换届我也没有到场，"
    "党员提的意见是别人转给我的。二是学习不深。理论学习多是开会时念文件，没有坐下来读过一本原著。"
)

RULE = Rule(
    id="repeated-filler",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.HOUSE,
    title="重复凑数",
    what="找三种写法：同一个带数字、责任人或时限的分句接在许多句子后面；一个问题里每句都用“主要原因是”一类的话起头；成段的话逐字出现两次。这些字样一律不计入篇幅、事实、原因和措施。每件事各有各的数字、表格式的“完成时限：”、每个问题写一次原因，都不算。",
    why="放在哪一句后面都成立的话，等于什么也没有说；照样计分，就是鼓励凑字数。",
    fix="删去重复的字样，把每件事自己的数字、责任人和时限写出来。",
    basis="本项目的看法：评的是内容，不是字样；界限按标注语料测定。",
    check=_check,
    must_fire=(
        report(duties(_DONE.format(_TACKED))),
        report(plans(_PLANNED.format(_OWNED))),
        report(problems(_CUED)),
        report(problems(_LONG + "\n" + _LONG)),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n主持党委会12次。讲党课4次，共120人次。走访困难党员36户，共52人次。")),
        report(
            plans(
                "三、下步打算\n一是改进学习制度，由我牵头，6月底前完成。二是整顿后进支部，由组织委员牵头，9月底前完成。三是充实党务干部，由我牵头，年底前完成。"
            )
        ),
        report(
            problems(
                "二、存在问题\n一是到支部少。主要原因是我把精力放在招商上。\n二是学习不深。主要原因是我以忙代学。\n三是谈心少。主要原因是我怕得罪人。"
            )
        ),
        report(
            plans(
                "三、下步打算\n1.改进学习制度。完成时限：6月底前。\n2.整顿后进支部。完成时限：6月底前。\n3.完善考核办法。完成时限：6月底前。\n4.充实党务干部。完成时限：6月底前。"
            )
        ),
        report(duties("一、履职情况\n讲党课X次。走访X户，共X次。调研X次，共X次。谈心X次，共X次。")),
    ),
)
