"""The queue, and a report with what was decided of it, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from analyzer.errors import printable
from analyzer.rendering.labels import DIMENSION, GRADE, LIMITS, SEVERITY
from analyzer.rendering.places import Places, shorten
from analyzer.rules.catalogue import rule_title
from analyzer.store.adjusting import Adjusted, adjust
from analyzer.store.packing import keys
from analyzer.store.queueing import Waiting
from analyzer.store.review import Decided, Kind, Standing, standing
from analyzer.store.store import Stored

_SHORT: Final = 10  # digits by which reports are called
_QUOTED: Final = 60
_REASONS: Final = 3  # that the queue gives for a place in it
KIND: Final = {
    Kind.CONFIRM: "认定",
    Kind.REJECT: "驳回",
    Kind.ADJUST: "调分",
    Kind.RELEASE: "解除封顶",
    Kind.WITHDRAW: "撤回",
}


def render_queue(waiting: Sequence[Waiting], total: int, console: Console) -> None:
    """Print the first of the queue."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name in ("编号", "风险", "疑点", "机器", "复核后"):
        table.add_column(name, no_wrap=True, justify="left" if name == "编号" else "right")
    table.add_column("文件", overflow="fold")
    table.add_column("先看的理由", overflow="fold")
    for each in waiting:
        done = (f"已有意见 {each.decisions} 条",) if each.decisions else ()
        table.add_row(
            each.sha256[:_SHORT],
            f"{each.risk:.0f}",
            f"{each.doubt:.0f}",
            _score(each.machine),
            _score(each.overall) if each.decisions else "",
            Text(printable(each.path)),
            # Without spaces, at which a narrow column would be broken before it is full.
            Text("；".join((*each.why[:_REASONS], *done)).replace(" ", "")),
        )
    console.print(table)
    console.print(Text(f"共 {total} 份，列出 {len(waiting)} 份；风险与疑点怎样算见 docs/store.md。"))


def render_report(stored: Stored, decided: Sequence[Decided], console: Console) -> None:
    """Print a report: both scores, its gates, its findings by what decisions call them, the decisions."""
    result, by = stored.result, standing(decided)
    adjusted = adjust(result, by)
    whose = "  ".join(str(each) for each in (stored.unit, stored.author, stored.year) if each is not None)
    lines = [printable(f"{stored.sha256[:_SHORT]}  {stored.path}  {whose}".rstrip())]
    lines += [f"批次 {printable(stored.batch)}  口径 {stored.rubric}  评分时间 {stored.at}"]
    if adjusted is None:
        lines.append(f"没有评分：{result.abstained.message if result.abstained else ''}")
    else:
        lines += _scores(stored, adjusted, by)
    places = Places(result.text, result.source.format)
    lines += ["", f"逐处意见（{len(result.findings)} 处）"]
    for key, each in zip(keys(result), result.findings, strict=True):
        mark = "已认定" if key in by.confirmed else "已驳回" if key in by.rejected else ""
        place = places.name(each.start, each.end)
        head = f"{key}  {SEVERITY[each.severity]}  {each.rule}  失 {each.deduction:.1f}  {place}  {mark}"
        lines += [head.rstrip(), f"    {printable(shorten(each.evidence or each.message, _QUOTED))}"]
    if decided:
        lines += ["", f"复核意见（{len(decided)} 条）", *(printable(decision_line(each)) for each in decided)]
    console.print(Text("\n".join([*lines, "", LIMITS])), soft_wrap=True)


def decision_line(each: Decided) -> str:
    """Return a decision on one line."""
    about = _dimension(each.target) if each.kind is Kind.ADJUST else each.target
    value = "" if each.value is None else f"为 {each.value:g}"
    stands = "" if each.stands else "（已不算数）"
    return f"第 {each.seq} 条  {each.at}  {each.by}  {KIND[each.kind]} {about}{value}{stands}  {each.reason}"


def about(kind: Kind, target: str, value: float | None) -> str:
    """Return in words what a decision is about."""
    match kind:
        case Kind.ADJUST:
            return f"{_dimension(target)}改为 {value:g} 分"
        case Kind.RELEASE:
            return rule_title(target)
        case Kind.WITHDRAW:
            return f"第 {target} 条"
        case _:
            return f"意见 {target}"


def _dimension(name: str) -> str:
    return {str(each): words for each, words in DIMENSION.items()}.get(name, name)


def _scores(stored: Stored, adjusted: Adjusted, by: Standing) -> list[str]:
    """Return the machine's score and the one after review, side by side."""
    card = stored.result.scorecard
    if card is None:
        return []
    lines = [
        f"机器 {card.overall:.1f} 分 {card.grade}（{GRADE[card.grade]}）"
        f"  复核后 {adjusted.overall:.1f} 分 {adjusted.grade}（{GRADE[adjusted.grade]}）"
    ]
    for each in card.dimensions:
        now = adjusted.dimensions[each.id]
        note = "  人工调分" if str(each.id) in by.adjusted else ""
        lines.append(f"  {DIMENSION[each.id]} {each.id}  {each.score:g} → {now:g}{note}")
    for veto in sorted(card.vetoes, key=lambda veto: -veto.cap):
        state = "封顶中" if veto.id in adjusted.gates else "已解除"
        lines.append(f"  {veto.id}  封顶 {veto.cap:g} 分  {state}")
    return lines


def _score(overall: float | None) -> str:
    return "未评分" if overall is None else f"{overall:.1f}"
