"""The duties report the unit's business, with neither party work nor the writer in it.

Source: DOMAIN §2.F work_summary_style.  By sentences that speak of business and of no party work; a report
whose duties as a whole are found to join the two is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.language.memory import each
from analyzer.lexicons import classes, patterns
from analyzer.result import Content, Dimension, Section, SectionType, Severity, Siloed
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.checkable import figures
from analyzer.rules.examples import duties, report, title
from analyzer.rules.places import opening, sections

_LEXICON = "integration.toml"


def _check(report: Report) -> Iterator[Hit]:
    limits = report.thresholds["work-summary"]
    analysis = report.analysis
    done = sections(analysis, SectionType.DUTIES)
    told = next((part for part in analysis.personal if part.section is SectionType.DUTIES), None)
    if not done or told is None or analysis.siloed in (None, Siloed.NONE):
        return
    head = report.said(0, max(done[0].start, limits["head"]))
    if not patterns(_LEXICON)["of_the_party"].search(head):
        return  # who reports on an office may tell of business
    content = analysis.content
    if content is None or _share_of_duties(content) < limits["duties"]:
        return
    deeds = told.own + told.collective + told.unnamed
    if deeds < limits["least_deeds"] or told.own >= limits["personal"] * deeds:
        return
    share = _business_alone(report, done)
    if share < limits["business"]:
        return
    yield Hit(
        *opening(report, done[0]),
        f"履职部分约有 {share:.0%} 的字数在只讲业务的句子里，没有提到党组织和党员；"
        f"{deeds} 处做法里写明是本人做的有 {told.own} 处。读起来像单位的业务总结，不像书记的述职。",
        "请为每项要保留的业务成绩补一句：党组织为它做了哪件事、您在其中做了什么；补不出来的业务数据可以删去。",
        done[0].confidence,
    )


def _business_alone(report: Report, done: Sequence[Section]) -> float:
    """Return the share of the duties' characters in sentences of business that speak of no party work."""
    told = [
        line.text for line in report.sentences if any(part.start <= line.start < part.end for part in done)
    ]
    alone = each("business alone", told, lambda some: (_is_business_alone(told[place]) for place in some))
    whole = sum(map(len, told))
    return sum(len(line) for line, is_alone in zip(told, alone, strict=True) if is_alone) / max(1, whole)


def _is_business_alone(sentence: str) -> bool:
    """Whether a sentence is of business and speaks of no party work."""
    kinds, words = classes(_LEXICON, "words")
    spoken = {kinds[word] for word in words.findall(sentence)}
    if "party" in spoken or patterns(_LEXICON)["inward"].search(sentence):
        return False
    return "business" in spoken or figures(sentence) > 0


def _share_of_duties(content: Content) -> float:
    sizes = {part.section: part.letters for part in content.sections}
    return sizes[SectionType.DUTIES] / max(1, sum(sizes.values()))


_BUSINESS = (
    "（一）抓收入\n全年税收入库3.2亿元，同比增长7.1%。办理退税2730万元，清理欠税460万元。\n"
    "（二）抓项目\n引进企业4家，到位资金1.8亿元，开工项目6个，完成投资9200万元。\n"
    "（三）抓安全\n检查企业120家次，整改隐患370条，没有发生生产事故。"
)
_PARTY = "\n（四）抓党建\n二支部领办退税难题，7名党员包联46户企业，当月退税到账412万元。"

RULE = Rule(
    id="work-summary",
    family=Family.INTEGRATION,
    dimension=Dimension.INTEGRATION,
    severity=Severity.WARNING,
    status=Status.PREVIEW,
    since="0.1.0",
    level=Level.PRACTICE,
    title="写成业务总结",
    what="看履职部分的句子：只讲业务、不提党组织和党员的占一半以上，同时几乎看不到本人，才提。履职总体上已把党建和业务连起来的不提；不是书记身份的业务述职、写明了本人做法的都不算。",
    why="党建述职评的是抓党建；满篇业务数据，评议的人看不到要评的内容。",
    fix="一项业务成绩配一个党组织的做法；只有业务的，压缩成一两句。",
    basis="公开的审稿意见“述成业务工作，可就‘跑题’了”；比例是本项目的经验值。试用中：语料里命中的太少，还说不准有多可靠，只提示，不扣分。",
    check=_check,
    must_fire=(
        report(duties("一、抓党建工作情况\n" + _BUSINESS), siloed="full"),
        report(duties("一、抓党建工作情况\n" + _BUSINESS), siloed="partial"),
        report(
            duties("一、抓党建工作情况\n" + _BUSINESS + "\n（四）抓学习\n支部学习12次。"),
            siloed="full",
        ),
    ),
    must_not_fire=(
        report(duties("一、抓党建工作情况\n" + _BUSINESS), siloed="none"),
        report(
            duties(
                "一、履职情况\n"
                + _BUSINESS.replace("检查", "我带队检查")
                .replace("引进", "我上门引进")
                .replace("清理", "我带队清理")
            ),
            siloed="full",
        ),
        report(duties("一、履职情况\n（一）抓收入\n全年税收入库3.2亿元。" + _PARTY * 3), siloed="partial"),
        report(duties("一、抓党建工作情况\n全年税收入库3.2亿元。"), siloed="full"),
        report(title("财政所长述职报告"), duties("一、履职情况\n" + _BUSINESS), siloed="full"),
    ),
)
