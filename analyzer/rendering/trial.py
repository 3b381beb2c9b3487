"""What user rules would find in a folder, before anybody switches them on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyzer.errors import printable
from analyzer.rendering import labels, summary
from analyzer.rendering.places import Places, quote
from analyzer.rendering.prose import Prose
from analyzer.result import Result
from analyzer.rules.base import Rule

_SAMPLES: Final = 8  # of one rule, from as many reports as there are
_FILES: Final = 20


@dataclass(frozen=True, slots=True)
class Sample:
    """A place that a rule found, with the words around it."""

    rule: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What the rules found in one report."""

    path: str
    samples: tuple[Sample, ...]


def tried(result: Result, rules: frozenset[str]) -> Tried:
    """Return what some rules found, by id."""
    places = Places(result.text, result.source.format)
    return Tried(
        printable(result.source.path or labels.UNTITLED),
        tuple(
            Sample(
                finding.rule,
                places.name(finding.start, finding.end),
                "".join(
                    f"【{piece.text}】" if piece.marked else piece.text
                    for piece in quote(
                        result.text, [(finding.start, finding.end)], places.sentence(finding.start)
                    )
                ),
            )
            for finding in summary.by_place(result.findings)
            if finding.rule in rules
        ),
    )


def render_trial(rules: Sequence[Rule], reports: Iterable[Tried], console: Console) -> None:
    """Print for each rule how often it fires, where, and some of the places."""
    reports = list(reports)
    parts: list[RenderableType] = []
    for rule in rules:
        counts = [(report, sum(s.rule == rule.id for s in report.samples)) for report in reports]
        counts = [(report, count) for report, count in counts if count]
        total = sum(count for _, count in counts)
        parts.append(
            Text.assemble(
                (rule.id, "bold"),
                f"  {labels.SEVERITY[rule.severity]}  {len(reports)} 份中有 {len(counts)} 份，共 {total} 处",
            )
        )
        parts.append(Padding(Prose(Text(printable(rule.why), style="dim"), indent=2), (0, 0, 0, 2)))
        if counts:
            parts += [_table(counts), *_samples(rule, [report for report, _ in counts]), Text("")]
    console.print(Group(*parts, Text("只是试查，没有计入任何结果。", style="dim")))


def _table(counts: Sequence[tuple[Tried, int]]) -> RenderableType:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    ordered = sorted(counts, key=lambda entry: (-entry[1], entry[0].path))
    for report, count in ordered[:_FILES]:
        table.add_row(f"{count} 处", Text(report.path))
    if len(ordered) > _FILES:
        table.add_row("", Text(f"……另有 {len(ordered) - _FILES} 份", style="dim"))
    return Padding(table, (0, 0, 0, 2))


def _samples(rule: Rule, reports: Sequence[Tried]) -> list[RenderableType]:
    """Return some places, the first of each report before the second of any."""
    queues = [[(report, s) for s in report.samples if s.rule == rule.id] for report in reports]
    longest = max(map(len, queues))
    turns = [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]
    return [
        Padding(
            Prose(
                Text.assemble((f"{report.path} {sample.place}  ", "dim"), printable(sample.words)), indent=2
            ),
            (0, 0, 0, 2),
        )
        for report, sample in turns[:_SAMPLES]
    ]
