"""问题—原因—措施 对账单: one row for each problem that a report admits, its gaps in view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from analyzer.rendering import labels, summary
from analyzer.rendering.places import Places, shorten
from analyzer.rendering.workbook.reports import path_of, title_of
from analyzer.rendering.workbook.sheets import Cell, Column, Sheet, Style, Tone
from analyzer.result import CauseStatus, Finding, Problem, RemedyStatus, Result, Slot
from analyzer.rules.places import one_line
from analyzer.scoring.links import UNASKED, UNSURE, Links, links_of

_SLOTS: Final = tuple(Slot)
_GAP: Final = "缺"
_NOTHING: Final = "—"
_SIGN: Final[dict[str, str]] = {  # CauseStatus.NONE is the same word as RemedyStatus.NONE
    CauseStatus.NONE: "■ ",
    CauseStatus.SHALLOW: "▲ ",
    RemedyStatus.GENERIC: "▲ ",
    UNSURE: "◇ ",
}
_CAUSE_LACKS: Final[dict[str, str]] = {CauseStatus.NONE: "原因", CauseStatus.SHALLOW: "深一层的原因"}
_QUOTED: Final = 120
_SAID: Final = 60
_TITLE: Final = 30  # characters of a problem's title, of which every finding quotes the first half

# What must be said against a problem whose cause or measure falls short, and of which word that is.
_CAUSE_RULES: Final = {
    "missing-root-cause": "问题没有原因",
    "shallow-root-cause": "原因即问题",
    "objective-blame": "原因只怪客观",
}
_ABSENCE_RULES: Final = {
    "gate-no-problems": "封顶：没有存在问题",
    "missing-section": "缺少必备的部分",
    "few-problems": "问题写得过少",
}
_REMEDY_RULES: Final = {
    "problem-without-remedy": "有问题没有措施",
    "empty-remedy": "措施空泛",
    "mirrored-remedy": "措施是问题的反写",
}

COLUMNS: Final = (
    Column("名次", 6, "这份报告在总表的名次；点开到总表的那一行。", Style.COUNT),
    Column("单位", 18, "同总表。"),
    Column("年度", 7, "同总表。", Style.COUNT),
    Column("序", 5, "报告里的第几个问题。", Style.COUNT),
    Column(
        "问题",
        24,
        "报告自认的问题，不在问题清单里的注明“履职中提到”或“整改中提到”；■ 没有写出问题的报告也列一行。",
    ),
    Column("问题原文", 38, "报告里写问题的那一段，过长的略去中间。"),
    Column(
        "原因",
        12,
        "说清了原因、▲ 原因浅（重复、套话，或只怪客观和别人）、■ 没有说原因、◇ 拿不准；"
        "履职、整改中提到的不作要求。",
    ),
    Column("原因类型", 12, "主观、机制、客观或他人、重复问题或套话。"),
    Column("原因原文", 34, "报告里写原因的话；缺的标“缺”，拿不准或不作要求又没有的标“—”。"),
    Column(
        "措施",
        13,
        "措施具体、▲ 措施空泛（只表明了态度）、■ 没有对应措施、◇ 拿不准；履职、整改中提到的只看有没有打算。",
    ),
    Column("措施原文", 38, "对应这个问题的措施，几处的都列；缺的标“缺”，拿不准又没有的标“—”。"),
    *(
        Column(labels.SLOT[slot], 14, "措施里写明的话；没有写明的标“缺”，没有措施、拿不准的标“—”。")
        for slot in Slot
    ),
    Column("还缺", 18, "这个问题从原因到措施还差什么，可以直接抄进反馈意见。"),
    Column(
        "对应意见",
        34,
        "核对：凡有缺口的，应当有一条意见。有的写明失分；▲ 没有单列的，"
        "是这几种情形：整段没有打算而归到“缺少必备的部分”、"
        "措施四项已写明三项以上、有人注明理由免计。◇ 拿不准的不提意见，请自己看一眼。",
    ),
    Column("位置", 11, "问题在报告里的段或行。"),
    Column("文件", 30, "报送材料里的路径。"),
)


def rows(result: Result, places: Places) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of one report without its rank."""
    path = path_of(result)
    title = title_of(result.source, path)
    if not result.analysis.problems and result.scorecard is not None:
        yield _without_problems(result, title, path)
    told = zip(result.analysis.problems, links_of(result), strict=True)
    for number, (problem, links) in enumerate(told, 1):
        cause, remedy = problem.cause, problem.remedy
        yield (
            title,
            result.source.year,
            number,
            _name(result, problem),
            shorten(result.text[problem.start : problem.end], _QUOTED),
            _SIGN.get(links.cause, "") + labels.CAUSE_STATUS[links.cause],
            labels.CAUSE_KIND[links.kind] if links.kind else "",
            shorten(result.text[cause.start : cause.end], _QUOTED)
            if cause.start is not None
            else _absent(links.cause),
            _SIGN.get(links.remedy, "") + labels.REMEDY_STATUS[links.remedy],
            "\n".join(shorten(result.text[start:end], _SAID * 2) for start, end in remedy.spans[:3])
            or _absent(links.remedy),
            *(_slot(result.text, problem, links, slot) for slot in _SLOTS),
            _lacks(links),
            _answers(problem, links, result),
            places.name(problem.start, problem.end),
            path,
        )


def _name(result: Result, problem: Problem) -> str:
    title = problem.title or shorten(result.text[problem.start : problem.end], 30)
    told_in = summary.told_in(result, problem)
    return f"{title}（{told_in}）" if told_in else title


def _without_problems(result: Result, title: str, path: str) -> tuple[Cell, ...]:
    found = dict.fromkeys(f.rule for f in result.findings if f.rule in _ABSENCE_RULES)
    cells: dict[str, Cell] = {
        "单位": title,
        "年度": result.source.year,
        "问题": "■ 没有写出问题",
        "还缺": "问题、原因、措施",
        "对应意见": "\n".join(_ABSENCE_RULES[rule] for rule in found) or "▲ 没有单列意见",
        "文件": path,
    }
    return tuple(cells.get(column.name) for column in COLUMNS[1:])


def finish(sheet: Sheet) -> None:
    """Colour the gaps once all rows are written."""
    for column in ("问题", "原因", "措施"):
        sheet.paint(column, Tone.BAD, "begins with", "■", words=True)
        sheet.paint(column, Tone.WARN, "begins with", "▲", words=True)
        sheet.paint(column, Tone.FAINT, "begins with", "◇", words=True)
    for column in ("原因原文", "措施原文"):
        sheet.paint(column, Tone.BAD, "==", _GAP)
        sheet.paint(column, Tone.FAINT, "==", _NOTHING)
    for slot in Slot:
        sheet.paint(labels.SLOT[slot], Tone.WARN, "==", _GAP)
        sheet.paint(labels.SLOT[slot], Tone.FAINT, "==", _NOTHING)
    sheet.paint("对应意见", Tone.WARN, "begins with", "▲", words=True)
    if sheet.is_empty:
        sheet.say("没有一份报告可以列出问题。")
    sheet.close()


def _absent(status: str) -> str:
    """Return what stands for words that are not there."""
    return _NOTHING if status in {UNSURE, UNASKED} else _GAP


def _slot(text: str, problem: Problem, links: Links, slot: Slot) -> str:
    """Return what a measure says of a slot: its own words, or that it says none."""
    spans: Sequence[tuple[int, int]] = getattr(problem.remedy.slots, slot.value)
    said = dict.fromkeys(shorten(text[start:end], 16) for start, end in spans)
    return "、".join(list(said)[:3]) or (_GAP if slot in links.missing else _NOTHING)


def _lacks(links: Links) -> str:
    lacking = [_CAUSE_LACKS[links.cause]] if links.cause in _CAUSE_LACKS else []
    if links.remedy == RemedyStatus.NONE:
        lacking.append("措施")
    return "、".join([*lacking, *(labels.SLOT[slot] for slot in links.missing)])


def _answers(problem: Problem, links: Links, result: Result) -> str:
    """Return which findings speak of a problem's gaps, and whether one is wanting that should."""
    cause, remedy = problem.cause, problem.remedy
    own = (problem.start, problem.end)
    told = [own] if cause.start is None or cause.end is None else [own, (cause.start, cause.end)]
    said = []
    for status, good, rules, spans, name in (
        (links.cause, CauseStatus.EXPLICIT, _CAUSE_RULES, told, "原因"),
        (links.remedy, RemedyStatus.SPECIFIC, _REMEDY_RULES, [own, *remedy.spans], "措施"),
    ):
        if status in {good, UNASKED}:
            continue
        found = _of(problem, [f for f in result.findings if f.rule in rules], spans)
        let_stand = _of(problem, [s.finding for s in result.suppressed if s.finding.rule in rules], spans)
        said += [f"{rules[f.rule]}（失 {summary.number(f.deduction)}）" for f in found]
        said += [f"{rules[f.rule]}（免计）" for f in let_stand]
        if found or let_stand:
            continue
        if status == UNSURE:
            said.append(f"◇ {name}：拿不准，请自己看一眼")
        else:
            said.insert(0, f"▲ {name}：没有单列意见")
    return "\n".join(said)


def _of(problem: Problem, findings: Sequence[Finding], spans: Sequence[tuple[int, int]]) -> list[Finding]:
    """Return the findings on any of some stretches; where a stretch serves several problems, this one's."""
    near = [f for f in findings if any(f.start < end and start < f.end for start, end in spans)]
    title = one_line(problem.title, _TITLE)
    named = [f for f in near if title and f"“{title[: _TITLE // 2]}" in f.message]
    return named or near
