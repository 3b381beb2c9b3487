"""The Chinese words that every view uses for the contract's values.

Only characters that GBK can write: a terminal of a Chinese Windows may know no others.
"""

from __future__ import annotations

from typing import Final

from analyzer.result import (
    CauseKind,
    CauseStatus,
    Dimension,
    Link,
    Origin,
    RemedyStatus,
    SectionType,
    Severity,
    Siloed,
    Stance,
)
from analyzer.rules.checkable import SLOT_NAMES
from analyzer.scoring.links import UNASKED, UNSURE

SECTION: Final = {
    SectionType.TITLE: "标题",
    SectionType.PREFACE: "引言",
    SectionType.DUTIES: "履职情况",
    SectionType.RECTIFICATION: "上年整改",
    SectionType.PROBLEMS: "存在问题",
    SectionType.CAUSES: "原因剖析",
    SectionType.PLANS: "下步打算",
    SectionType.CLOSING: "结语",
}

DIMENSION: Final = {
    Dimension.STRUCTURE: "结构完整",
    Dimension.FACTS: "履职实绩",
    Dimension.PROBLEMS: "问题查摆",
    Dimension.CAUSES: "原因剖析",
    Dimension.REMEDIES: "整改措施",
    Dimension.INTEGRATION: "党建业务融合",
    Dimension.LANGUAGE: "文字规范",
}

SEVERITY: Final = {Severity.ERROR: "须改", Severity.WARNING: "宜改", Severity.INFO: "提示"}

# A shape beside the colour, so that nothing depends on seeing the colour.
SEVERITY_SIGN: Final = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.INFO: "●"}

CAUSE_STATUS: Final[dict[str, str]] = {
    CauseStatus.EXPLICIT: "说清了原因",
    CauseStatus.SHALLOW: "原因浅",
    CauseStatus.NONE: "没有说原因",
    UNSURE: "拿不准",
    UNASKED: "不作要求",
}

CAUSE_KIND: Final = {
    CauseKind.SUBJECTIVE: "主观",
    CauseKind.MECHANISM: "机制",
    CauseKind.OBJECTIVE: "客观或他人",
    CauseKind.RESTATED: "重复问题或套话",
}

REMEDY_STATUS: Final[dict[str, str]] = {
    RemedyStatus.SPECIFIC: "措施具体",
    RemedyStatus.GENERIC: "措施空泛",
    RemedyStatus.NONE: "没有对应措施",
    UNSURE: "拿不准",
    UNASKED: "有打算",
}

# What is said below a cause on which there is no verdict.
CAUSE_NOTE: Final = {
    UNSURE: "程序看不准有没有说清原因，请自己看一眼。",
    UNASKED: "顺带提到、不在问题清单里的，不要求写原因。",
}
REMEDY_DOUBT: Final = "程序看不准有没有对应的措施，请自己看一眼。"

SLOT: Final = SLOT_NAMES

LINK: Final = {
    Link.TIED: "连上了",
    Link.CLAIMED: "只有说法",
    Link.PARTY: "只有党建",
    Link.BUSINESS: "只有业务",
    Link.OTHER: "两边都没有",
}

STANCE: Final = {
    Stance.ADMITTED: "自认不足",
    Stance.REMEDY: "拟整改",
    Stance.RESOLVED: "称已解决",
    Stance.DEMAND: "转述要求",
}

SILOED: Final = {
    Siloed.NONE: "党建工作与业务有实质结合",
    Siloed.PARTIAL: "党建与业务的结合只有概括说法",
    Siloed.FULL: "党建与业务各写各的，或缺了一方",
}

ORIGIN: Final = {Origin.MANIFEST: "清单", Origin.PATTERN: "文件名", Origin.REPORT: "报告"}

# What is known of a report beside its text, by the name that `Source` gives it.
FIELD: Final = {
    "unit": "单位",
    "unit_type": "单位类型",
    "region": "地区",
    "author": "姓名",
    "year": "年度",
}

GRADE: Final = {"A": "好", "B": "较好", "C": "一般", "D": "差"}

# The contract's lower bounds, best grade first.
GRADE_FLOOR: Final = {"A": 90.0, "B": 75.0, "C": 60.0}

FORMAT: Final = {
    "txt": "文本",
    "md": "Markdown",
    "docx": "Word 文档",
    "doc": "Word 97-2003 文档",
    "wps": "WPS 文档",
    "pdf": "PDF",
}

LIMITS: Final = "只评文字写法，不评工作、廉洁与忠诚；本结果供人工参考。"
NOTHING_FOUND: Final = "没有发现需要修改的地方。"
NOTHING_JUDGED: Final = "没有评分，也没有逐处意见。"
UNTITLED: Final = "未命名文本"
WHOLE_TEXT: Final = "全文"
