"""What stands beside the scores: length, wording, closure of problems, own deeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analyzer.trends.charts.chart import Chart
from analyzer.trends.charts.courses import Course, courses

if TYPE_CHECKING:
    from analyzer.trends.measuring import Trends

_MEASURES: Final = (
    Course("length", "篇幅（字）", "字", digits=0),
    Course("density", "每千字套话（处）", "处"),
    Course("sameness", "与本单位上年相同的句子（%）", "个百分点", scale=100),
    Course("repetition", "文内重复（%）", "个百分点", scale=100),
    Course("specificity", "每百字具体事项（处）", "处", digits=2),
    Course("closure", "问题—原因—措施写全的（%）", "个百分点", scale=100),
)
_PERSONAL: Final = (Course("personal", "写本人履职的（%）", "个百分点", scale=100),)


def by_year(trends: Trends) -> Chart:
    """Return the six standing measures over the years."""
    return courses(
        trends,
        name="standing-by-year",
        subject="六项长期指标",
        frame=trends.standing,
        key="measure",
        family="standing",
        lines=_MEASURES,
        lead="每格一项：点是当年平均，竖线是 95% 区间；格上写的是同一单位平均每年的变化。"
        "升降本身不等于好坏。各格纵轴不同。",
    )


def personal(trends: Trends) -> Chart:
    """Return the share of the writer's own deeds over the years."""
    return courses(
        trends,
        name="personal-by-year",
        subject="个人履职",
        frame=trends.standing,
        key="measure",
        family="standing",
        lines=_PERSONAL,
        lead="履职部分里，写报告人自己所做（而不是班子、单位所做）的占多少：点是当年平均，竖线是 95% 区间。",
        columns=1,
    )
