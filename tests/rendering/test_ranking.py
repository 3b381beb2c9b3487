from __future__ import annotations

import io
from dataclasses import replace

from rich.cells import cell_len
from rich.console import Console

from analyzer.rendering.ranking import render_ranking, row

from .gold import abstained_result, gold_names, gold_result


def shown(results):
    buffer = io.StringIO()
    render_ranking([row(result) for result in results], Console(file=buffer, width=80))
    return buffer.getvalue()


def test_the_weakest_stand_first_and_those_without_a_score_last():
    results = [abstained_result("今年工作很好。"), *map(gold_result, gold_names()[:6])]
    lines = [line for line in shown(results).split("\n") if "w1-" in line or "未评分 " in line]
    scores = sorted(result.scorecard.overall for result in results[1:])
    assert [f"{score:.1f}" in line for score, line in zip(scores, lines, strict=False)] == [True] * 6
    assert "未评分" in lines[-1]


def test_the_table_fits_80_columns_and_counts_the_grades():
    text = shown([gold_result(name) for name in gold_names()[::13]])
    assert max(cell_len(line) for line in text.split("\n")) <= 80
    assert f"共 {len(gold_names()[::13])} 份" in text


def test_a_file_name_cannot_move_the_cursor():
    result = gold_result(gold_names()[0])
    result = replace(result, source=replace(result.source, path="a\x1b[2J\n\u202eb.txt"))
    assert not {"\x1b", "\n", "\u202e"} & set(row(result).path)
