"""What every view says of a comparison in the same words."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import Final

from analyzer.comparing.comparison import (
    Basis,
    Comparison,
    Counts,
    Drafts,
    Fate,
    Filling,
    Kind,
    Notice,
    Outcome,
    PromiseFate,
    Return,
    Side,
    SwapKind,
    Wording,
    Years,
)
from analyzer.rendering import labels, summary

KIND: Final = {Kind.YEARS: "两年对照", Kind.DRAFTS: "两稿对照"}
SIDES: Final = {Kind.YEARS: ("去年", "今年"), Kind.DRAFTS: ("前稿", "后稿")}
BASIS: Final = {
    Basis.GIVEN: "由人指定",
    Basis.YEAR: "按报告所写的年度",
    Basis.WORDING: "报告没有写明年度，按相同文字的多少",
}
WORDING: Final = {
    Wording.SAME: "原句",
    Wording.SWAPPED: "只换数字名称",
    Wording.EDITED: "有改动",
    Wording.NEW: "新写",
    Wording.GONE: "没有了",
    Wording.SET: "标题与固定表述",
}
SWAP: Final = {
    SwapKind.YEAR: "年份",
    SwapKind.FIGURE: "数字",
    SwapKind.NAME: "名称",
    SwapKind.WORDS: "文字",
}
RETURN: Final = {
    Return.VERBATIM: "原样再提",
    Return.REWORDED: "换了说法再提",
    Return.GONE: "没有再提",
    Return.UNCLEAR: "看不出",
}
OUTCOME: Final = {
    Outcome.SHOWN: "写到了结果",
    Outcome.UNMET: "写明没有做到",
    Outcome.AGAIN: "原样再提一遍",
    Outcome.SILENT: "没有提到，请核实",
    Outcome.UNCLEAR: "看不出",
}
FATE: Final = {Fate.MENDED: "已改", Fate.NEW: "新出现", Fate.STILL: "还在"}
FILLING: Final = {Filling.FILLED: "已填", Filling.DROPPED: "随句改写或删去", Filling.LEFT: "仍空着"}
NOTICE: Final = {
    Notice.RUBRIC: "两份结果的评分口径或版本不同，分数不能相减；请用同一版本重新评分后再比。",
    Notice.NO_SCORE: "其中一份没有评分，只比文字。",
    Notice.ORDER: "前一份的年度不早于后一份，请核对先后。",
    Notice.GAP: "两份报告相隔不止一年，中间的年度没有比；下文的“去年”指前一份。",
    Notice.UNIT: "两份报告写的单位不同，请核对是不是同一个单位。",
    Notice.SAME_TEXT: "两份报告的文字完全相同，请核对是不是同一个文件。",
    Notice.NO_PLANS: "去年的报告没有单独的“下步打算”，只核对各个问题后面的措施。",
    Notice.NO_PROBLEMS: "去年的报告里没有找到自认的问题。",
}
LIMITS: Final = (
    "只比文字，不评人，也不评工作：报告里没有写到，不等于没有做。"
    + "“看不出”是程序没有把握；各条判断供核实时参考。"
)
_EMPTY = "这一条没有写明谁来办、何时办完、办到什么数，无从对账"


def side_name(side: Side) -> str:
    """Return what a report is called."""
    return PurePath(side.path).name if side.path else labels.UNTITLED


def facts(side: Side) -> str:
    """Return year, unit, author and score of a report on one line."""
    score = f"{side.overall:.1f} 分（{side.grade}）" if side.overall is not None else "没有评分"
    known = (side.year and f"{side.year} 年", side.unit, side.author, score)
    return " · ".join(fact for fact in known if fact)


def verdict(comparison: Comparison) -> str:
    """Return what the comparison comes to, in a few sentences."""
    if comparison.years is not None:
        return _of_years(comparison.counts, comparison.years)
    if comparison.drafts is not None:
        return _of_drafts(comparison, comparison.drafts)
    return ""


def _of_years(counts: Counts, years: Years) -> str:
    said = [_of_wording(counts, "今年", "去年")]
    if years.problems:
        fates = Counter(problem.fate for problem in years.problems)
        told = "、".join(f"{RETURN[fate]} {fates[fate]} 个" for fate in Return if fates[fate])
        said.append(f"去年自认的 {len(years.problems)} 个问题：{told}。")
    if years.promises:
        outcomes = Counter(promise.outcome for promise in years.promises)
        told = "、".join(
            f"{OUTCOME[outcome].removesuffix('，请核实')} {outcomes[outcome]} 条"
            for outcome in Outcome
            if outcomes[outcome]
        )
        said.append(f"去年承诺的 {len(years.promises)} 条措施：{told}。")
        if outcomes[Outcome.SILENT]:
            said.append("没有提到的请核实。")
    return "".join(said)


def _of_wording(counts: Counts, this: str, last: str) -> str:
    total = counts.same + counts.swapped + counts.edited + counts.new
    if not total:
        return f"{this}的报告没有可比的句子。"
    return (
        f"{this}的 {total} 句里，与{last}一字不差的 {counts.same} 句，"
        f"只换了年份、数字、名称的 {counts.swapped} 句，"
        f"合占 {summary.percent(counts.kept)}；有改动的 {counts.edited} 句，新写的 {counts.new} 句。"
    )


def _of_drafts(comparison: Comparison, drafts: Drafts) -> str:
    said = []
    last, this = comparison.last.overall, comparison.this.overall
    if drafts.points is not None:
        gained = f"{'多' if drafts.points >= 0 else '少'} {summary.number(abs(drafts.points))} 分"
        change = "没有变" if drafts.points == 0 else gained
        said.append(f"得分 {last:.1f} → {this:.1f}，{change}。")
    fates = Counter(finding.fate for finding in drafts.findings)
    told = "、".join(f"{FATE[fate]} {fates[fate]} 处" for fate in FATE if fates[fate])
    said.append(f"意见：{told}。" if told else "两稿都没有意见。")
    if drafts.blanks:
        fillings = Counter(blank.filling for blank in drafts.blanks)
        told = "、".join(
            f"{FILLING[filling]} {fillings[filling]} 处" for filling in Filling if fillings[filling]
        )
        said.append(f"前稿的 {len(drafts.blanks)} 处空白：{told}。")
    if drafts.explained:
        said.append(f"{len(drafts.explained)} 个问题补了原因。")
    return "".join([*said, _of_wording(comparison.counts, "后稿", "前稿")])


def counted(counts: Counts) -> str:
    """Return on one line how much of a section stayed and what became of its sentences."""
    shown = (
        (Wording.SAME, counts.same),
        (Wording.SWAPPED, counts.swapped),
        (Wording.EDITED, counts.edited),
        (Wording.NEW, counts.new),
        (Wording.GONE, counts.gone),
    )
    told = "，".join(f"{WORDING[wording]} {number}" for wording, number in shown if number)
    kept = f"沿用 {summary.percent(counts.kept)}；" if any(number for _, number in shown[:-1]) else ""
    return kept + told if told else "没有可比的句子"


def measures(years: Years, number: int) -> str:
    """Return what became of the measures against a problem of last year's; empty where it had none."""
    outcomes = Counter(promise.outcome for promise in years.promises if promise.problem == number)
    told = "、".join(f"{OUTCOME[outcome]} {outcomes[outcome]} 条" for outcome in Outcome if outcomes[outcome])
    return f"对应的措施：{told}" if told else ""


def sure(confidence: float, unclear: bool) -> str:
    """Return how sure a judgement is; empty where none was made."""
    return "" if unclear else f"把握 {summary.percent(min(confidence, 0.99))}"


def remark(promise: PromiseFate) -> str:
    """Return what to add to what became of a promise; empty where nothing is."""
    match promise.outcome:
        case Outcome.SILENT:
            return "去年承诺的这一条，今年报告中没有提到，请核实"
        case Outcome.UNMET:
            return "报告自己写明没有做到或没有全做到"
        case Outcome.AGAIN:
            return "今年的打算里又是同一句话，没有认出讲结果的句子，请核对" + (
                "" if promise.checkable else "；" + _EMPTY
            )
        case Outcome.UNCLEAR if not promise.checkable:
            return _EMPTY
        case Outcome.UNCLEAR if promise.this is not None:
            return "今年有相近的话，是不是说的这件事，请核对"
        case Outcome.SHOWN if promise.figure is None:
            return "没有写出数字"
        case _:
            return ""
