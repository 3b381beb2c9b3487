"""Every chart on every kind of data: drawn in silence, nothing cut off, nothing over anything else."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg

from analyzer.trends import style
from analyzer.trends.charts import charts, coverage, movers, output, percentiles, topics
from analyzer.trends.charts.chart import draw

from .made import REGIONS, Maker, nothing

LONG = tuple(
    f"第{number}测试地区经济技术开发区管理委员会办公室党组（党委）及其直属机关" for number in range(60)
)
CASES = {
    "usual": lambda: Maker(units=60).trends(),
    "nothing": nothing,
    "one year and group": lambda: Maker((2025,), ("东山市",), ("高校",), units=12).trends(),
    "long names": lambda: Maker((2024, 2025), LONG, LONG[::-1], units=600, small=LONG[:3]).trends(),
    "odd names, small groups": lambda: Maker(
        types=("甲$x^2$_乙", "表情\U0001f600市", " 空 白\t", "<b>&amp;", "a" * 90), small=REGIONS
    ).trends(),
}


@pytest.fixture(scope="module", params=CASES)
def drawn(request):
    """Return all charts of a case; whatever warns fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return charts(CASES[request.param]())


def texts_of(chart, bare=False):
    """Draw a chart and return its size and the boxes of all letters that were drawn."""
    found = []

    class Spy(RendererAgg):
        def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
            if mtext is not None and s.strip():
                found.append((mtext.get_text(), mtext.get_window_extent(self)))
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)

    with warnings.catch_warnings(), style.styled():
        warnings.simplefilter("error")
        figure = draw(chart, bare=bare).figure
        FigureCanvasAgg(figure)
        figure.draw(Spy(*figure.bbox.size, figure.dpi))
    return figure.bbox, found


def test_titles_count_the_years_that_are_not_told():
    made = Maker(units=60).trends()
    first = made.coverage["by"].eq("year") & made.coverage["year"].eq(2021).fillna(False)
    cover = made.coverage.assign(suppressed=made.coverage["suppressed"] | first.astype(bool))
    whole = cover.query("by == 'all'").iloc[0]
    title = coverage.by_year(replace(made, coverage=cover)).title
    assert title == f"共 {whole['n']} 份报告，{whole['scored']} 份评了分"


def test_the_most_common_topic_is_that_of_most_reports():
    made = Maker(units=60).trends()
    common = made.common.assign(share=made.common["share"][::-1].to_numpy())
    title = topics.by_unit_type(replace(made, common=common)).title
    assert title == f"最常写的问题是{common['topic'].iloc[-1]}"


def test_only_what_goes_beyond_chance_is_called_a_change():
    made = Maker(units=60).trends()
    assert movers.movers(made).title == (
        "60 个单位里，1 个确有上升、3 个确有下降，另有 1 个没有超出回归均值，其余看不出变化"
    )
    assert "次年平均升 5.8 分；单凭巧合就会升 4.2 分" in movers.returns(made).title


def test_the_band_of_percentiles_is_that_of_scores():
    lead = percentiles.by_unit_type(Maker(units=60).trends()).lead
    assert "五位专家里约有四位" in lead
    assert "95%" not in lead


def test_no_text_is_cut_off_or_covered(drawn):
    for chart in drawn:
        for each in (chart, *chart.parts):
            page, found = texts_of(each)
            for text, box in found:
                inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= page.x1 + 1 and box.y1 <= page.y1 + 1
                assert inside, (chart.name, text, box, page)
            for at, (text, box) in enumerate(found):
                for other, second in found[at + 1 :]:
                    wide = min(box.x1, second.x1) - max(box.x0, second.x0)
                    high = min(box.y1, second.y1) - max(box.y0, second.y0)
                    assert min(wide, high) < 2.5, (chart.name, text, other, wide, high)


def test_a_chart_says_something_to_who_cannot_see_it(drawn):
    for chart in drawn:
        assert chart.title
        assert chart.lead
        assert "标准 party-duty/1" in chart.source
        assert not chart.table.map(lambda cell: "nan" in cell or "<NA>" in cell).to_numpy().any()


def test_pieces_fit_a_page(drawn):
    from analyzer.trends.charts.chart import full_height

    for chart in drawn:
        for part in chart.parts or (chart,):
            assert full_height(part) < 10.19, chart.name


@pytest.fixture(scope="module")
def usual():
    return Maker(units=60).trends()


def test_small_groups_are_named_but_not_told_of(usual):
    by_region = next(chart for chart in charts(usual) if chart.name == "scores-by-region")
    row = by_region.table.set_index("地区").loc["临海市"]
    assert row["2025 年份数"] == "少于 5 个单位，不列"
    assert set(row.iloc[1:]) == {"—"}
    assert "没有列出的地区：临海市" in by_region.source
    _, found = texts_of(by_region, bare=True)
    assert "临海市" not in [text for text, _ in found]


def test_the_same_chart_gives_the_same_bytes(usual):
    first, second = (
        [(*output.files(chart), output.inline(chart)) for chart in charts(usual) if chart.name == "movers"]
        for _ in range(2)
    )
    assert first == second


def test_what_a_notebook_has_set_changes_nothing(usual):
    import matplotlib as mpl

    chart = charts(usual)[1]
    plain = output.files(chart)
    with mpl.rc_context({"font.size": 30, "axes.grid": True, "svg.fonttype": "none", "figure.dpi": 300}):
        assert output.files(chart) == plain


def test_threads_do_not_change_each_others_settings(usual):
    chart = charts(usual)[1]
    with ThreadPoolExecutor(3) as threads:
        drawn = set(threads.map(lambda _: output.inline(chart), range(6)))
    assert len(drawn) == 1


def test_looks_are_told_apart_without_colour():
    for looks in (style.SERIES, tuple(style.DIRECTION.values())):
        assert len({look.marker for look in looks}) == len({look.line for look in looks}) == len(looks)
    shades = [_grey(look.colour) for look in style.GRADES.values() if not look.hatch]
    assert all(after - before > 0.2 for before, after in pairwise(shades))
    assert style.GRADES["D"].hatch


def _grey(colour):
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue
