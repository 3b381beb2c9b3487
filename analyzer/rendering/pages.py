"""The rules as Markdown pages: one a rule and an index, all from the declarations.

``python -m analyzer.rendering.pages docs/rules`` writes them anew (``make docs``).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from analyzer.rendering import labels
from analyzer.rendering.rules import FAMILY, LEVEL, STATUS
from analyzer.result import Policy
from analyzer.rules.base import Family, Rule
from analyzer.rules.catalogue import catalogue
from analyzer.rules.examples import Example

INDEX = "README.md"
_LONGEST_LINE = 120  # characters of an example's line; some examples are long because their fault is length
_MOST_LINES = 12
_LEFT_OUT = "……（下略）"


def pages(rules: Iterable[Rule]) -> dict[str, str]:
    """Return the pages by file name, the index among them."""
    rules = tuple(rules)
    return {INDEX: _index(rules)} | {f"{rule.id}.md": page(rule) for rule in rules}


def write(folder: Path) -> None:
    """Write the pages of all rules into a folder, and take away those of rules that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages(catalogue())
    for stale in folder.glob("*.md"):
        if stale.name not in made:
            stale.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8", newline="\n")


def _index(rules: tuple[Rule, ...]) -> str:
    lines = [
        "# 规则",
        "",
        f"共 {len(rules)} 条，每条一页；由规则的声明生成，请勿手改。",
        "终端里用 `shuping rules 规则名` 看同样的说明。",
    ]
    for family in Family:
        members = sorted((rule for rule in rules if rule.family is family), key=lambda rule: rule.id)
        if members:
            lines += [
                "",
                f"## {FAMILY[family]}",
                "",
                "| 规则 | 名称 | 级别 | 状态 | 依据级别 |",
                "|---|---|---|---|---|",
            ]
            lines += [
                f"| [{rule.id}]({rule.id}.md) | {rule.title} | {labels.SEVERITY[rule.severity]} "
                f"| {STATUS[rule.status]} | {LEVEL[rule.level]} |"
                for rule in members
            ]
    return "\n".join(lines) + "\n"


def page(rule: Rule) -> str:
    """Return the page of a rule."""
    parts = [
        f"# {rule.title}",
        f"`{rule.id}` · {labels.SEVERITY[rule.severity]} · {STATUS[rule.status]} · 自 {rule.since} 起 · "
        f"依据级别：{LEVEL[rule.level]} · 计入：{labels.DIMENSION[rule.dimension]}",
        "## 查什么",
        rule.what,
        "## 为什么",
        rule.why,
        "## 反例",
        *map(_example, rule.must_fire),
        "## 正例",
        *map(_example, rule.must_not_fire),
        "## 怎么改",
        rule.fix,
        "## 依据",
        rule.basis,
        f"[全部规则]({INDEX})",
    ]
    return "\n\n".join(parts) + "\n"


def _example(example: Example) -> str:
    """Return an example as a block in which no sign of Markdown means anything."""
    lines = example.text.split("\n")
    shown = [
        line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + _LEFT_OUT
        for line in lines[:_MOST_LINES]
    ]
    if len(lines) > _MOST_LINES:
        shown.append(_LEFT_OUT)
    published = "（按脱敏稿评阅）\n\n" if example.policy is Policy.DESENSITIZED else ""
    return published + "\n".join(["```text", *shown, "```"])


if __name__ == "__main__":
    write(Path(sys.argv[1]))
