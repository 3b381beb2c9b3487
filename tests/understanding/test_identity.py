"""What a report says of itself: nothing rather than a wrong unit."""

from __future__ import annotations

import pytest

from analyzer.language.repair import repair
from analyzer.result import Origin
from analyzer.understanding.identity import identify, same_unit

_BODY = "一、履职情况\n全年讲党课4次，青石乡党委和白河镇党委来学习。\n"


def said(text):
    found = identify(text, text)
    return found.unit, found.author


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("大河镇党委书记2021年度抓基层党建工作述职报告", "大河镇"),
        ("《大河镇党委书记2021年度抓基层党建工作述职报告》", "大河镇"),
        ("中共大河镇委员会书记2021年述职报告", "大河镇"),
        ("中共青县委员会书记2021年述职报告", "青县委"),
        ("青县水利局党组书记、局长2021年述职报告", "青县水利局"),
        ("青县水利局长2021年述职报告", "青县水利局"),
        ("2021年度青县水利局党组书记抓党建述职报告", "青县水利局"),
        ("篇3：青县水利局党组书记2021年述职报告", "青县水利局"),
        ("关于大河镇党委2021年度党建工作情况的报告", "大河镇"),
        ("衡正（江北）律师事务所党支部书记2020年度述职报告", "衡正（江北）律师事务所"),
        ("青县人民医院医技第二党支部书记2021年述职材料", "青县人民医院医技第二党支部"),
        ("青县热力集团有限公司党委委员、副总经理述责述廉报告", "青县热力集团有限公司"),
        ("2021年述职报告\n（2021年12月　大河镇党委书记　赵明）", "大河镇"),
        ("2021年述职报告\n——大河镇党委组织委员　李××", "大河镇"),
        ("2021年述职报告\n青县水利局  王××", "青县水利局"),
        ("第一书记述职报告\n县水利局派驻大河镇河口村第一书记　王强", "大河镇河口村"),
        ("首页 > 范文 > 青山镇党委\n大河镇党委书记2021年述职报告", "大河镇"),
        ("XX街道柳岸社区党委书记2020年度述职报告", "柳岸社区"),
        ("青县大河镇人民政府镇长述职报告", "青县大河镇人民政府"),
        ("鹭滩街道办事处主任述职报告", "鹭滩街道办事处"),
        ("在青县2021年度述职评议会上的发言\n大河镇党委书记　李明", "大河镇"),
        ("青县水利局办公室主任2021年述职报告", "青县水利局办公室"),
        ("青县交通综合执法支队支队长2021年述职报告", "青县交通综合执法支队"),
        ("我任青县水利局党组书记快满三年，现述职如下。", "青县水利局"),
        ("热力集团党委书记述职报告\n述职人：青县热力集团有限公司党委书记、董事长", "青县热力集团有限公司"),
    ],
)
def test_the_unit_is_read_where_reports_say_it(head, unit):
    assert said(f"{head}\n{_BODY}")[0] == unit


@pytest.mark.parametrize(
    "head",
    [
        "XX镇党委书记2021年度抓基层党建工作述职报告",
        "×××县水利局党组书记2021年度述职报告",
        "某县某局党组书记2021年述职报告",
        "**县第*中学党支部书记述职报告",
        "镇党委书记2017年度抓基层党建工作述职报告",
        "我镇党委书记述职报告",
        "社区党总支书记述职报告",
        "中心小学党支部书记述职报告",
        "集团党委书记述职报告",
        "2021年度抓基层党建工作述职报告",
        "在全区机关党组织书记抓党建述职评议会上的述职报告",
        "党史学习教育专题民主生活会个人对照检查材料",
        "以下是为您起草的街道党工委书记述职报告初稿：",
        "青县委组织部：",
        "最新党支部书记述职报告（精选四篇）\n篇一：大河镇党委书记述职报告",
        "我2019年任大河镇镇长，2021年调任白河镇党委书记。",
        "我是市委组织部选派的第一书记。",
        "根据县委办公室要求，现将青县水利局的情况报告如下。",
    ],
)
def test_a_stand_in_or_a_kind_of_unit_names_nobody(head):
    assert said(f"{head}\n{_BODY}")[0] is None


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("述职报告\n大河镇党委书记　张三\n" + _BODY, "张三"),
        ("述职报告\n大河镇党委书记  李  明\n" + _BODY, "李明"),
        ("述职报告\n（2021年12月　大河镇党委书记　欧阳明德）\n" + _BODY, "欧阳明德"),
        ("大河镇党委书记述职报告\n方金水\n2022年1月\n" + _BODY, "方金水"),
        ("我叫成远，2022年9月任青枥镇党委书记。\n" + _BODY, "成远"),
        ("我是青岗峪村支部书记郭长贵，现述职如下。\n" + _BODY, "郭长贵"),
        ("述职报告\n" + _BODY + "述职人：周维平\n2021年12月28日", "周维平"),
        ("述职报告\n" + _BODY + "沈立平\n2021年12月28日", "沈立平"),
        ("述职报告\n大河镇党委书记　×××\n" + _BODY, None),
        ("述职报告\n大河镇党委书记　王某\n" + _BODY, None),
        ("述职报告\n" + _BODY + "述职人：某某某", None),
        ("述职报告\n" + _BODY + "谢谢\n2021年12月28日", None),
        ("述职报告\n大河镇党委书记　张三\n" + _BODY + "述职人：李四\n2021年12月", None),
    ],
)
def test_the_author_is_read_where_reports_are_signed(text, author):
    assert said(text)[1] == author


def test_a_signature_names_the_unit_and_another_units_signature_unsettles_it():
    assert said(f"述职报告\n{_BODY}大河镇党委\n2022年1月10日")[0] == "大河镇"
    assert said(f"述职报告\n{_BODY}青县教育局党组　　二〇二三年十二月")[0] == "青县教育局"
    assert said(f"大河镇党委书记述职报告\n{_BODY}白河镇党委\n2022年1月10日")[0] is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("甲镇党委", "中共甲镇委员会", True),
        ("甲镇", "甲镇党委", True),
        ("大河镇", "青县大河镇人民政府", True),
        ("河口村党支部", "大河镇河口村村民委员会", True),
        ("河口村", "河口村民委员会", True),
        ("东园社区", "东园社区居委会", True),
        ("水利局", "甲县水利局党组", True),
        ("县水利局", "甲县水利局", True),
        ("青县委", "中共青县委员会", True),
        ("青县住建局", "青县住房和城乡建设局", True),
        ("热力集团有限公司", "热力集团", True),
        ("机电学院", "青江大学机电学院党总支", True),
        ("河镇", "大河镇", False),
        ("甲镇", "乙镇", False),
        ("甲县水利局", "乙县水利局", False),
        ("甲镇", "甲镇卫生院", False),
        ("青县第一中学", "青县第十一中学", False),
    ],
)
def test_names_of_one_unit_are_told_from_those_of_two(one, other, same):
    assert same_unit(one, other) is same
    assert same_unit(other, one) is same


def test_in_the_corpus_most_units_with_a_name_are_found_and_each_stands_where_it_is_said(corpora):
    found = 0
    for path in sorted(corpora.glob("w*/*.txt")):
        text = path.read_text("utf-8")
        repaired = repair(text).text
        unit = identify(text, repaired).unit
        if unit is None:
            continue
        found += 1
        assert unit in repaired[:900] + repaired[-240:], path.name
        assert not set("XxＸ×*○〇_某【】") & set(unit), path.name
    assert found >= 165


def test_a_result_says_what_the_report_says_of_itself(analyzer, corpora):
    source = analyzer.analyze_file(corpora / "w12" / "w12-12.txt").source
    assert (source.unit, source.author, source.year) == ("青枥镇", "成远", 2024)
    assert source.origins == dict.fromkeys(("unit", "author", "year"), Origin.REPORT)


def test_the_year_is_that_reported_on_not_that_of_the_signature(analyzer):
    text = "大河镇党委书记述职报告\n" + _BODY * 20 + "三、下步打算\n继续努力。\n大河镇党委\n2022年1月10日"
    assert analyzer.analyze_text(text).source.year == 2021
