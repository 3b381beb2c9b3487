"""``shuping review``: the queue, a report, decisions on it."""

from __future__ import annotations

from typing import Any, Final

import click

from analyzer.commands.options import HELP
from analyzer.commands.store import opened, store_option
from analyzer.errors import printable

_REPORT: Final = click.argument("report", metavar="ID")
_BY: Final = click.option("--by", required=True, metavar="NAME", help="署名（必填）。")
_REASON: Final = click.option("--reason", required=True, metavar="TEXT", help="理由（必填）。")


def register(main: click.Group) -> None:
    """Add the commands to the program's."""
    group = main.group(
        "review",
        cls=type(main),
        short_help="复核：排队、查看、认定或驳回、调分、解除封顶。",
        help="复核：机器的每一处判断都可以认定、驳回，署名并说明理由；意见只能撤回，不能删改。\n\n"
        "ID 是报告的编号（queue 里的第一列），意见的编号见 show，序号见 history。",
    )(HELP(store_option(_group)))
    add = _Adder(group)
    add("queue", _queue, "按风险和疑点排出先看哪份。", _BATCH, _TODO, _LIMIT)
    add("show", _show, "看一份报告：得分、封顶、逐处意见和编号。", _REPORT)
    add("history", _history, "看一份报告的全部复核意见。", _REPORT)
    finding = click.argument("finding", metavar="FINDING")
    add("confirm", _confirm, "认定一处意见。", _REPORT, finding, _BY, _REASON)
    add("reject", _reject, "驳回一处意见，扣的分退回。", _REPORT, finding, _BY, _REASON)
    dimension = click.argument("dimension", metavar="DIMENSION")
    value = click.argument("value", metavar="VALUE", type=float)
    add("adjust", _adjust, "把一个方面的得分改为 VALUE（0 到 5）。", _REPORT, dimension, value, _BY, _REASON)
    gate = click.argument("gate", metavar="GATE")
    add("release", _release, "解除一个封顶条件。", _REPORT, gate, _BY, _REASON)
    seq = click.argument("seq", metavar="SEQ")
    add("withdraw", _withdraw, "撤回一条意见；原来的那条留着，不再算数。", _REPORT, seq, _BY, _REASON)


class _Adder:
    """Adds commands with their parameters, in the order given."""

    def __init__(self, group: click.Group) -> None:
        self._group = group

    def __call__(self, name: str, command: Any, text: str, *parameters: Any) -> None:
        command = HELP(store_option(command))
        for parameter in reversed(parameters):
            command = parameter(command)
        self._group.command(name, help=text)(command)


_BATCH: Final = click.option("--batch", metavar="NAME", help="只看这一批。")
_TODO: Final = click.option("--todo", is_flag=True, help="只列还没有人复核过的。")
_LIMIT: Final = click.option("--limit", type=int, default=50, metavar="N", help="列多少份（默认 50）。")


def _group() -> None:
    """Do nothing: what people say of results is for the subcommands."""


def _queue(batch: str | None, todo: bool, limit: int) -> None:
    from rich.console import Console

    from analyzer.store.queueing import queue
    from analyzer.store.showing import render_queue
    from analyzer.store.store import Filter

    waiting = [each for each in queue(opened(), Filter(batch=batch)) if not (todo and each.decisions)]
    render_queue(waiting[:limit], len(waiting), Console())


def _show(report: str) -> None:
    from rich.console import Console

    from analyzer.store.review import find, history
    from analyzer.store.showing import render_report

    store = opened()
    stored = find(store, report)
    render_report(stored, history(store, stored.report), Console())


def _history(report: str) -> None:
    from analyzer.store.review import find, history
    from analyzer.store.showing import decision_line

    store = opened()
    decided = history(store, find(store, report).report)
    for each in decided:
        click.echo(printable(decision_line(each)))
    if not decided:
        click.echo("还没有复核意见。")


def _confirm(report: str, finding: str, by: str, reason: str) -> None:
    _decide("confirm", report, finding, by, reason)


def _reject(report: str, finding: str, by: str, reason: str) -> None:
    _decide("reject", report, finding, by, reason)


def _adjust(report: str, dimension: str, value: float, by: str, reason: str) -> None:
    from analyzer.rendering.labels import DIMENSION

    named = {name: str(each) for each, name in DIMENSION.items()}
    _decide("adjust", report, named.get(dimension, dimension), by, reason, value)


def _release(report: str, gate: str, by: str, reason: str) -> None:
    _decide("release", report, gate, by, reason)


def _withdraw(report: str, seq: str, by: str, reason: str) -> None:
    _decide("withdraw", report, seq, by, reason)


def _decide(kind: str, report: str, target: str, by: str, reason: str, value: float | None = None) -> None:
    """Put a decision down, and print its number and what the score is now."""
    from analyzer.store.adjusting import adjust
    from analyzer.store.review import Kind, decide, find, history, standing

    store = opened()
    seq = decide(store, report, Kind(kind), target, by, reason, value)
    stored = find(store, report)
    adjusted = adjust(stored.result, standing(history(store, stored.report)))
    score = f"；机器 {stored.overall:.1f} 分，复核后 {adjusted.overall:.1f} 分" if adjusted else ""
    click.echo(f"已记为第 {seq} 条{score}。")
