"""What the figures cannot say, for every briefing and for this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analyzer.rendering import labels
from analyzer.trends.charts.words import interval, left_out, number

if TYPE_CHECKING:
    from analyzer.trends.measuring import Trends

TITLE: Final = "这些数字不能说明什么"
_ALWAYS: Final = (
    ("不是工作好坏", labels.LIMITS + "写法变好，可能是真的用了心，也可能是有了范文、换了笔杆子。"),
    (
        "不是一张排名表",
        "各组按名称排列，不排名次；报告人的姓名不进任何图表。少于 5 个单位的组不列，免得从组里认出人来。",
    ),
    (
        "区间外也会有巧合",
        "95% 区间由整个单位重新抽样得出：把同样的事重来二十次，约有一次真值落在区间之外。"
        "图多了，总有几处碰巧；"
        "单位、毛病、方面的变化已按同时查看的个数从严判断，仍可能有个别是碰巧。",
    ),
    ("看不出变化，不等于没有变化", "年份少、单位少的时候，不大的变化看不出来。"),
    ("变化不说明原因", "图上的变化与某项工作同时发生，不能说就是它带来的；要说因果，得有对照。"),
    (
        "机器会看错",
        "毛病、承诺有没有下文、个人还是集体，都是机器按文字判断的，准确程度见模型说明卡；每一处都可以在留痕里改判。",
    ),
    ("相同文字不等于抄袭", "只显示哪些文字相同，不说谁抄谁；统一下发的模板、共同起草的段落都会相同。"),
)


def limits(trends: Trends) -> tuple[tuple[str, str], ...]:
    """Return what to keep in mind, each as a heading and a sentence or two."""
    return (*_ALWAYS, *_returning(trends), *_rulers(trends), *_left_out(trends))


def _returning(trends: Trends) -> tuple[tuple[str, str], ...]:
    found = trends.reliability
    if found is None:
        return ()
    words = (
        f"同一单位前后两年得分的相关约为 {number(found.value, 2)}"
        f"（区间 {interval(found.low, found.high, 2)}，{found.n} 对）。"
        "今年垫底的，明年不做什么也多半会升；今年冒尖的多半会降。单看一年的高低，不宜奖惩。"
    )
    return (("一年的高低里有巧合", words),)


def _rulers(trends: Trends) -> tuple[tuple[str, str], ...]:
    ruler = f"标准 {trends.frames.rubric}，指纹 {trends.frames.fingerprint[:8]}"
    words = f"全部图表只用一把尺子：{ruler}（标准、模型和设置合在一起）。"
    rulers = trends.frames.rulers
    others = int(rulers.loc[~rulers["taken"].astype(bool), "reports"].sum()) if len(rulers) else 0
    if others:
        words += f"另有 {others} 份结果是按别的尺子评的，没有混在一起；要比，先用同一把尺子重评。"
    return (("标准变了，分数不能连着看", words),)


def _left_out(trends: Trends) -> tuple[tuple[str, str], ...]:
    words = left_out(trends)
    told = f"此外：{words}。" if words else ""
    return (("只说收到的报告", f"没有交上来的、读不了的不在其中。{told}"),)
