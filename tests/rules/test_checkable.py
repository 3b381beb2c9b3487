"""What counts as checkable, and what only looks like it."""

from __future__ import annotations

import pytest

from analyzer.rules.checkable import figures


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("讲党课4次，到会率由61%升到92%", 3),
        ("推行“4+2”工作法，2021年全面展开", 0),
        ("1.抓学习\n2、抓组织", 0),
        ("先后两次到场，历时三个月", 2),
        ("讲党课□次", 0),
        ("增长1,203.5万元", 1),
        ("（1）抓学习，占比（98.5%）", 1),
        ("（12人）；2、3月各1次", 4),
    ],
)
def test_figures(text: str, count: int) -> None:
    assert figures(text) == count
