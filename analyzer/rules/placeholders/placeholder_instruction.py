"""Words of a template, a writing assistant or a document site were left in the report.

Source: DOMAIN §2.A placeholder_instruction.  What stands in brackets as a blank is `placeholder`'s: one
place, one finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.language.garble import SOUND, garbled
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import closing, duties, plans, report, title
from analyzer.rules.places import one_line, touches
from analyzer.rules.search import matches

_WORDS = {
    "template": (
        "“{quote}”是模板写给填表人的提示语，不是报告的内容，说明这一处还没有按实情写完。",
        "请换成自己的实际内容；没有这方面的事实，就把提示语连同所在的句子一起删去。",
    ),
    "assistant": (
        "“{quote}”是代拟稿的说明，不是报告的内容，读者会由此怀疑全文是否由本人写成。",
        "请删去这类说明，并把全文逐句对照自己的台账核实一遍，再定稿。",
    ),
    "site": (
        "“{quote}”是文档网站的字样，不是报告的内容，说明这份稿子带着下载来的痕迹。",
        "请删去这类字样，并检查其余文字是否确属自己单位的实情。",
    ),
}

_SOUNDS = 3  # different ones: a few may tell how a rare character is read


def _check(report: Report) -> Iterator[Hit]:
    text = report.repaired.text
    for origin, (message, suggestion) in _WORDS.items():
        line = None
        for match in matches("residue.toml", origin, text):
            start, end = report.repaired.source(*match.span())
            begins = text.rfind("\n", 0, match.start())
            # What a site puts on one line is one thing to delete.
            if begins != line and not touches(start, end, report.blanks):
                line = begins
                yield Hit(start, end, message.format(quote=one_line(match.group())), suggestion, 0.9)
    as_read = report.document.text
    sounds = [match.span() for match in SOUND.finditer(as_read)]
    various = {as_read[start - 1 : end] for start, end in sounds}
    for what, places in (
        ("字符是网页为防复制夹进文中的乱码", garbled(as_read)),
        ("拼音是网页转成繁体时留在字后的", sounds if len(various) >= _SOUNDS else []),
    ):
        if places:
            shown = one_line(as_read[slice(*places[0])], 12)
            yield Hit(
                *places[0],
                f"“{shown}”这样的{what}，共 {len(places)} 处，说明这份稿子带着下载来的痕迹。",
                "请逐处删去，并检查其余文字是否确属自己单位的实情。",
                0.9,
            )


RULE = Rule(
    id="placeholder-instruction",
    family=Family.PLACEHOLDERS,
    dimension=Dimension.LANGUAGE,
    severity=Severity.ERROR,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="模板、代拟或网站字样残留",
    what="找出“点击输入文字”“可根据实际情况修改”“以下是为您起草的”“当前位置：首页”一类不属于报告的字样，网页为防复制夹进文中的成串乱码，转繁体时留下的拼音。括号里留空的提示语（如“（待补充）”）由“空白未填”指出，这里不重复；“根据实际情况调整网格”一类写工作的句子不算。",
    why="这些字样说明稿子没有通读，也让人怀疑内容是不是本单位的实情；带着它们报送，通常会被退回。",
    fix="删去残留字样，并把前后的内容对照台账重新核实。",
    basis="公文定稿的基本要求。",
    check=_check,
    must_fire=(
        report(title("以下是为您起草的街道党工委书记述职报告初稿，可根据实际情况修改完善：")),
        report(title("当前位置：首页 > 范文大全 > 述职报告")),
        report(duties("一、履职情况\n全年讲党课4次。\n点击此处输入文字")),
        report(closing("以上报告，请予评议。\n希望这份报告对您有所帮助。")),
        report(plans("三、下步打算\n每季度到三支部1次。具体案例略。")),
        report(title("第一范文网 www.example.com 收集整理")),
        report(closing("以上报告，请予评议。\n本文来自某某文库，转载请注明出处。更多精彩内容请关注公众号。")),
        report(duties("一、履職(zhí)情況\n講黨(dǎng)課4次，學(xué)習12次。")),
        report(
            duties('一、履职情况 ; P* C; l: A% y; R _\n讲党课4次。\n) e# p6 p8 P& ~9 ]+ A" o\n谈心12人次。')
        ),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n根据实际情况调整网格11个，结合本单位实际制定措施9条（见附件1）。")),
        report(duties("一、履职情况\n建成示范示例点3个，作为人工智能产业园书记，我到企业12次。")),
        report(duties("一、履职情况\n讲党课4次。（待补充）"), stand_ins=["（待补充）"]),
        report(closing("以上报告，请予评议。如有不妥，请批评指正。")),
        report(
            duties("一、履职情况\n公众号推送信息46条，关注人数由300人增加到1200人，收集整理群众意见31条。")
        ),
        report(duties("一、履职情况\n我到圪(gē)塔村4次，化解纠纷3件。圪(gē)塔村还了账，圪(gē)塔村通了水。")),
        report(
            duties("一、履职情况\n三个支部得分 96.5 94.0 91.2 88.0 87.5 86.1\n推行 A B C D E F 六级积分。")
        ),
    ),
)
