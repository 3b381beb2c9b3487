"""The report is far longer or shorter than is usual, or a paragraph runs on without a break.

Source: DOMAIN §2.B length_out_of_range and §1.7: no national limit exists, local ones differ.  A hint: it
takes no points, so nobody gains by padding or by cutting.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, plans, problems, report
from analyzer.rules.places import letters, one_line


def _check(report: Report) -> Iterator[Hit]:
    limits = report.thresholds["length-out-of-range"]
    text = report.document.text
    whole = report.letters.all
    if whole > limits["longest_report"] and report.analysis.sections:
        longest = max((text[part.start : part.end] for part in report.analysis.sections), key=letters)
        yield Hit(
            0,
            0,
            f"全文 {whole} 字，超过通常的 {limits['longest_report']} 字；其中最长的一部分"
            f"（“{one_line(longest, 14)}”起）有 {letters(longest)} 字。",
            "请以通知要求的字数为准；要压缩的，先删没有事实的句子和与党建无关的业务内容，问题和措施不要压。",
            0.9,
        )
    elif whole < limits["shortest_report"]:
        yield Hit(
            0,
            0,
            f"全文只有 {whole} 字，少于通常的 {limits['shortest_report']} 字，"
            "履职、问题、打算三部分难以都写清楚。",
            "请以通知要求的字数为准；要补的是具体的事、问题的原因和能检查的措施，不是套话。",
            0.9,
        )
    for paragraph in report.paragraphs:
        most = limits["longest_paragraph"]
        if len(paragraph.text) > most and (size := letters(paragraph.text)) > most:
            yield Hit(
                paragraph.start,
                paragraph.end,
                f"这一段一口气写了 {size} 字没有分段，读的人不容易找到要点，评议时也不便逐条对照。",
                "请按事项分成几段，每段第一句说明这一段讲什么事。",
                0.9,
            )


_LINE = "全年主持党委会12次，研究党建议题9个，逐项交办并按月核对办理结果。"
_BREAK = duties("一、履职情况\n" + "\n".join([_LINE * 6] * 4))

RULE = Rule(
    id="length-out-of-range",
    family=Family.STRUCTURE,
    dimension=Dimension.STRUCTURE,
    severity=Severity.INFO,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.HOUSE,
    title="篇幅过长、过短或段落过长",
    what="数全文和每一段去掉空白的字数，过长、过短的提示；门槛可在配置里按通知要求改。",
    why="超过通知的字数要被退回压缩；太短写不清问题和原因；一大段不分，读者抓不住要点。",
    fix="过长先删空话，过短补事实；长段按事项分开。",
    basis="字数没有全国统一的数，各地从一千字到四千字不等；这里取较宽的一档，只作提示，不扣分。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n" + "\n".join([_LINE * 5] * 32))),
        report(duties("一、履职情况\n" + _LINE), plans("三、下步打算\n每季度到三支部1次。")),
        report(_BREAK, problems("二、存在问题\n" + _LINE * 30)),
    ),
    must_not_fire=(
        report(_BREAK),
        report(_BREAK, problems("二、存在问题\n" + _LINE * 10), plans("三、下步打算\n" + _LINE * 10)),
        report(duties("一、履职情况\n" + "\n".join([_LINE * 8] * 12))),
    ),
)
