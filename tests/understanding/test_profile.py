from __future__ import annotations

import pytest

from analyzer.result import SectionType
from analyzer.understanding.profile import weigh

_PARTY_WORK = "党支部带领党员开展主题党日，" * 20
_DUTIES = {SectionType.DUTIES: 0.6, SectionType.PROBLEMS: 0.2, SectionType.PLANS: 0.2}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("滩头镇党委书记2022年度抓基层党建工作述职报告", "party-duty"),
        ("2017年述职述廉述党建报告", "party-duty"),
        ("水利局局长2019年度述责述廉报告", "integrity-duty"),
        ("履行全面从严治党主体责任暨述廉报告", "integrity-duty"),
        ("“三严三实”专题民主生活会对照检查材料", "self-examination"),
        ("主题教育专题组织生活会个人检视剖析材料", "self-examination"),
        ("2020年度个人述职报告", "personal-duty"),
        ("2019—2020学年述职", "personal-duty"),
    ],
)
def test_a_title_tells_the_kind_of_a_text_full_of_party_work(title: str, kind: str) -> None:
    found = weigh(f"{title}\n各位同志：\n{_PARTY_WORK}", [], _DUTIES)
    assert found.id == kind
    assert found.sure


def test_a_title_that_two_kinds_share_does_not_decide() -> None:
    found = weigh(f"驻村第一书记述职述廉报告\n各位同志：\n{_PARTY_WORK}", [], _DUTIES)
    assert found.id == "party-duty" or not found.sure


def test_words_inside_the_text_do_not_count_as_its_title() -> None:
    text = (
        "抓党建工作述职报告\n" + _PARTY_WORK * 3 + "机关党委收到述责述廉报告12份、民主生活会对照检查材料9份。"
    )
    assert weigh(text, [], _DUTIES).id == "party-duty"


def test_the_shape_of_a_self_examination_speaks_for_it() -> None:
    shape = {SectionType.PROBLEMS: 0.5, SectionType.CAUSES: 0.2, SectionType.PLANS: 0.3}
    headings = ["一、查摆的突出问题", "（一）带头严守政治纪律方面", "二、原因剖析"]
    found = weigh("一、查摆的突出问题\n学习不深。", headings, shape)
    assert found.id == "self-examination"
    assert "问题和原因占全文 70%" in found.why


def test_nothing_at_all_is_the_default_and_unsure() -> None:
    found = weigh("", [], {})
    assert (found.id, found.sure, found.why) == ("party-duty", False, ())
