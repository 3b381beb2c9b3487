"""The rule catalogue, and one rule's page, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyzer.rendering import labels
from analyzer.rendering.prose import Prose
from analyzer.rules.base import Family, Level, Rule, Status
from analyzer.rules.examples import Example

FAMILY: Final = {
    Family.STRUCTURE: "结构",
    Family.PLACEHOLDERS: "未填数据",
    Family.FACTS: "实绩",
    Family.PROBLEMS: "问题",
    Family.CAUSES: "原因",
    Family.REMEDIES: "措施",
    Family.INTEGRATION: "融合",
    Family.LANGUAGE: "文字",
    Family.GATES: "封顶",
    Family.LOCAL: "自定",
}
LEVEL: Final = {
    Level.NATIONAL: "全国性规定",
    Level.LOCAL: "地方要求",
    Level.PRACTICE: "通行做法",
    Level.HOUSE: "本工具的看法",
}
STATUS: Final = {Status.STABLE: "正式", Status.PREVIEW: "试行，不计分"}


def render_catalogue(rules: Iterable[Rule], console: Console) -> None:
    """Print one line a rule, by family."""
    order = list(Family)
    parts: list[RenderableType] = []
    for family, members in groupby(
        sorted(rules, key=lambda rule: (order.index(rule.family), rule.id)), key=lambda rule: rule.family
    ):
        table = Table(box=None, show_header=False, expand=True, padding=(0, 2, 0, 0), pad_edge=False)
        table.add_column(no_wrap=True, min_width=24)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1)
        for rule in members:
            table.add_row(rule.id, Text(labels.SEVERITY[rule.severity], style="dim"), rule.title)
        parts += [Text(FAMILY[family], style="bold"), Padding(table, (0, 0, 1, 2))]
    console.print(Group(*parts, Text("shuping rules 规则名：看一条规则的说明。", style="dim")))


def render_rule(rule: Rule, console: Console) -> None:
    """Print one rule's page."""
    facts = (
        labels.SEVERITY[rule.severity],
        labels.DIMENSION[rule.dimension],
        STATUS[rule.status],
        f"依据级别：{LEVEL[rule.level]}",
        f"自 {rule.since} 起",
    )
    parts: list[RenderableType] = [
        Text.assemble((rule.id, "bold"), f"  {rule.title}"),
        Text(" · ".join(facts), style="dim"),
    ]
    for heading, words in (
        ("查什么", rule.what),
        ("为什么", rule.why),
        ("怎么改", rule.fix),
        ("依据", rule.basis),
    ):
        parts += [Text(""), Text(heading, style="bold"), Padding(Prose(Text(words)), (0, 0, 0, 2))]
    parts += _examples("反例（会指出）", rule.must_fire) + _examples("正例（不会指出）", rule.must_not_fire)
    console.print(Group(*parts))


def _examples(heading: str, examples: Iterable[Example]) -> list[RenderableType]:
    parts: list[RenderableType] = [Text(""), Text(heading, style="bold")]
    for example in examples:
        lines = [Prose(Text(line), indent=2) for line in example.text.split("\n")]
        parts.append(Padding(Group(*lines), (0, 0, 1, 2)))
    return parts
