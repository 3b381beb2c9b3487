"""Problems and measures: which answers which, and how well."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from analyzer.language import blank
from analyzer.lexicons import patterns
from analyzer.result import RemedyStatus
from analyzer.understanding.matching import _places
from analyzer.understanding.measures import EVERY, numbers_named, read_plans
from analyzer.understanding.models import load_models
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.remedies import RemedyModel, RemedyReading
from analyzer.understanding.structure import Context, contextualise

_MEANT = 5  # of the columns of `_places`: whether a measure names the problem by its number
PROBLEMS = "一是理论学习不够深入。\n二是流动党员管理有盲区。\n三是党建与业务“两张皮”。\n"


@pytest.fixture(scope="module")
def model() -> RemedyModel:
    return load_models().remedies


def parts(problems: str, plans: str) -> tuple[Context, list[str], list[ItemRun]]:
    """Problems, one a line, and plans after them."""
    context = contextualise(blank()(problems + plans))
    layout = context.layout
    inside = [bool(start < len(problems)) for start in layout.sentences[:, 0]]
    starts = [
        int(layout.first_clause[i])
        for i, own in enumerate(inside)
        if own and (i == 0 or layout.paragraph[i] != layout.paragraph[i - 1])
    ]
    stop = int(layout.first_clause[sum(inside)])
    items = [ItemRun(a, b - 1, 1.0) for a, b in pairwise([*starts, stop])]
    return context, ["problems" if own else "plans" for own in inside], items


def read(model: RemedyModel, problems: str, plans: str) -> tuple[list[RemedyReading], list[list[str]]]:
    context, types, items = parts(problems, plans)
    readings = model.predict(context, types, items)
    spans = context.layout.sentences
    return readings, [[context.text[slice(*spans[k])] for k in reading.sentences] for reading in readings]


def test_each_problem_gets_its_own_measure_whatever_their_order(model: RemedyModel) -> None:
    _, shown = read(
        model,
        PROBLEMS,
        "一是抓实流动党员管理，3月底前由组织委员逐一联系，建立台账。\n"
        "二是推动党建与业务深度融合，每个支部领办一个业务难题，年底验收。\n"
        "三是加强理论学习，每月集中学习不少于2次。\n",
    )
    assert "加强理论学习" in shown[0][0]
    assert "流动党员" in shown[1][0]
    assert "融合" in shown[2][0]


def test_checkable_measures_are_specific_and_slogans_are_not(model: RemedyModel) -> None:
    readings, _ = read(
        model,
        PROBLEMS,
        "一是加强理论学习，由我牵头，每月集中学习不少于2次，年底闭卷测试，结果纳入考核。\n"
        "二是进一步加强流动党员管理，不断提高管理水平。\n"
        "三是着力推动党建与业务深度融合，切实解决“两张皮”。\n",
    )
    assert [reading.status for reading in readings] == [
        RemedyStatus.SPECIFIC,
        RemedyStatus.GENERIC,
        RemedyStatus.GENERIC,
    ]
    assert all(0 < reading.confidence <= 1 for reading in readings)


def test_one_measure_may_answer_two_problems(model: RemedyModel) -> None:
    readings, shown = read(
        model,
        "一是理论学习不够深入。\n二是理论学习考勤不严。\n",
        "加强理论学习，每月集中学习2次，由办公室逐次考勤、按季通报。\n",
    )
    assert all(reading.status is not RemedyStatus.NONE for reading in readings)
    assert shown[0] == shown[1]


def test_without_plans_or_problems_there_is_no_answer(model: RemedyModel) -> None:
    readings, _ = read(model, PROBLEMS, "")
    assert [reading.status for reading in readings] == [RemedyStatus.NONE] * 3
    assert read(model, "", "加强学习。\n") == ([], [])


def test_arrays_restore_the_model(model: RemedyModel) -> None:
    restored = RemedyModel.from_arrays(model.arrays())
    plans = "一是加强学习。\n二是抓好流动党员管理。\n"
    assert read(restored, PROBLEMS, plans) == read(model, PROBLEMS, plans)


def test_measures_are_grouped_by_their_outermost_list() -> None:
    context, types, items = parts(
        PROBLEMS, "（一）抓学习。\n每月学习2次。\n年底测试。\n（二）抓管理。\n3月底前建账。\n"
    )
    plans = read_plans(context, types, items)
    assert plans.group.tolist() == [0, 0, 0, 1, 1]
    assert plans.rank.tolist() == [1, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("measure", "number"),
    [
        ("针对第二个问题，3月底前建账。", 2),
        ("针对问题一，每月学习2次。", 1),
        ("针对以上问题，我将抓好整改。", EVERY),
        ("第二个支部先行试点。", 0),
        ("加强学习。", 0),
    ],
)
def test_a_measure_may_name_its_problem_by_number(measure: str, number: int) -> None:
    context, types, items = parts(PROBLEMS, measure)
    assert read_plans(context, types, items).reference.tolist() == [number]


def test_without_a_section_of_plans_what_looks_forward_is_read() -> None:
    text = PROBLEMS + "当前任务很重。\n下一步，我将加强学习。\n每月学习2次。\n"
    context, types, items = parts(text, "")
    found = [
        context.text[slice(*context.layout.sentences[k])]
        for k in read_plans(context, types, items[:3]).sentences
    ]
    assert found == ["下一步，我将加强学习。", "每月学习2次。"]


def test_a_measure_is_shown_with_the_rest_of_its_entry_and_without_its_heading(model: RemedyModel) -> None:
    _, shown = read(
        model,
        PROBLEMS,
        "（一）抓实理论学习。每月集中学习理论2次。年底闭卷测试，结果纳入考核。\n"
        "（二）管好流动党员。3月底前由组织委员建立流动党员台账。\n",
    )
    assert shown[0] == ["每月集中学习理论2次。", "年底闭卷测试，结果纳入考核。"]
    assert shown[1] == ["3月底前由组织委员建立流动党员台账。"]


@pytest.mark.parametrize(
    ("promise", "status"),
    [
        ("针对这一问题，我们将由机关党委牵头，3月底前建立去向台账。", RemedyStatus.SPECIFIC),
        ("下一步，要进一步加强教育管理。", RemedyStatus.GENERIC),
        ("登记靠支部自己报，明年1月由组织干事逐户核对，每季度报一次。", RemedyStatus.SPECIFIC),
        ("去向不清，以后准备由组织委员每月联系1次，名单贴在墙上。", RemedyStatus.SPECIFIC),
        ("联系不多，明年继续加大力度，营造良好氛围。", RemedyStatus.GENERIC),
        ("今后要改。", RemedyStatus.NONE),
        ("上级要求进一步加强管理。", RemedyStatus.NONE),
    ],
)
def test_a_measure_may_stand_with_its_problem(model: RemedyModel, promise: str, status: RemedyStatus) -> None:
    problems = f"一是外出务工人员失联，有去无回。{promise}\n二是阵地陈旧。\n"
    readings, _ = read(model, problems, "继续办好迎检工作，再创佳绩。\n")
    assert readings[0].status is status


def test_without_plans_what_a_problem_promises_is_all_its_answer(model: RemedyModel) -> None:
    problems = (
        "一是对年轻党员关心不够，有2名同志提出调走，谈话4次都是问工作，今后要多关心、多了解。\n"
        "二是党课质量不高，今后准备由我本人每季度讲1次，讲完当场提问。\n"
    )
    readings, _ = read(model, problems, "")
    assert [each.status for each in readings] == [RemedyStatus.GENERIC, RemedyStatus.SPECIFIC]


@pytest.mark.parametrize(
    "by",
    [
        "6月", "6月前", "6月底", "6月底前", "6月底之前", "6月底以前", "6月份", "6月份以前", "6月上旬前",
        "12月中旬之前", "六月底前", "十一月前", "底前", "年底前", "年底以前", "年末前", "上半年前",
        "一季度末前", "第三季度前", "三季度起",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "rest", ["由水利员办完。", "，由支部书记牵头办完。", "把水管接通。", "将登记表补齐。"]
)
def test_a_date_by_which_somebody_does_something_is_a_promise(by: str, rest: str) -> None:
    fault = "还有两里没有修通"
    found = patterns("matching.toml")["promise"].search(f"{fault}，明年{by}{rest}")
    assert found
    assert found.start() == len(fault)


@pytest.mark.parametrize(
    "told",
    [
        "我将主要精力放在项目上，对党建过问少。",
        "支部将党员大会开成了部署会。",
        "党委将党建责任层层下放，年底才过问一次，有3个支部全年没有交过台账。",
        "上级反复强调，要进一步压实责任，我没有落实。",
        "班子年龄偏大，今后三年有5个要退，没有接班的人。",
        "项目开工以后，我没有再去过。",
        "还有3个村没有接通，明年年底前将有5名技术骨干退休。",
        "设备老化，明年6月底前由县里统一更换，我没有主动去问过。",
        "合同没有人管，明年6月底前到期的有3份。",
        "村医断档，明年底前由上级分配，自己没有想办法。",
        "管网没有接完，明年上半年以前完成不了。",
    ],
)
def test_what_was_done_wrong_is_no_promise(told: str) -> None:
    assert not patterns("matching.toml")["promise"].search(told)


def test_a_measure_names_a_problem_of_the_list_by_number_not_one_told_in_passing() -> None:
    told = "渠道还有两里没有修通。\n理论学习不够深入。\n流动党员管理有盲区。\n"
    context, types, items = parts(told, "针对第一个问题，每月集中学习不少于2次。\n")
    passing = [replace(items[0], in_passing=True), *items[1:]]
    for known, wanted in ((items, [True, False, False]), (passing, [False, True, False])):
        meant = _places(context, known, read_plans(context, types, known))[_MEANT]
        assert meant[:, 0].tolist() == wanted


def test_without_plans_what_was_done_after_a_problem_told_in_passing_is_no_measure() -> None:
    context, _, items = parts("渠道还有两里没有修通。\n下一步将每季度巡查一次。\n", "发展党员3名。\n")
    passing = [replace(item, in_passing=True) for item in items[:1]]
    plans = read_plans(context, ["duties"] * len(context.sentence_texts), passing)
    assert not len(plans.sentences)
    assert len(read_plans(context, ["duties"] * len(context.sentence_texts), items[:1]).sentences)


def test_a_problem_told_in_passing_brings_its_measure_along(model: RemedyModel) -> None:
    context, _, items = parts("还有两里没有修通，明年6月底前由水利员办完。\n", "发展党员3名。\n")
    passing = [replace(item, in_passing=True) for item in items[:1]]
    (reading,) = model.predict(context, ["duties", "duties"], passing)
    assert reading.status is not RemedyStatus.NONE
    assert reading.sentences == (0,)


_THREE = (
    "一是理论学习不够深入，全年集中学习9次，有4次是念文件。\n"
    "二是流动党员管理有盲区，在外务工的11名党员有5名半年没有联系。\n"
    "三是党务干部激励不足，3年没有一人交流提拔。\n"
)


@pytest.mark.parametrize(
    ("plan", "answered"),
    [
        ("针对第三个问题，6月底前拿出办法，每年推荐2名。\n针对第一个问题，每月开一次，由我负责。\n", {0, 2}),
        ("针对上述第二个问题，由组织委员逐人通上电话，每季度报一次名单。\n", {1}),
        ("对第2条：由组织委员逐人通上电话，每季度报一次名单。\n", {1}),
        ("针对问题三，6月底前拿出办法，每年推荐2名。\n", {2}),
        ("针对第一、第二个问题，由组织委员6月底前拿出办法，每季度查一次。\n", {0, 1}),
    ],
)
def test_a_measure_that_names_a_problem_by_its_number_answers_it(
    model: RemedyModel, plan: str, answered: set[int]
) -> None:
    readings, _ = read(model, _THREE, plan)
    assert {k for k, each in enumerate(readings) if each.status is RemedyStatus.SPECIFIC} >= answered


def test_the_number_of_a_problem_means_nothing_where_there_is_none_such_or_they_are_counted_otherwise(
    model: RemedyModel,
) -> None:
    plan = "针对第{}个问题，6月底前拿出办法，每年推荐2名。\n"
    context, types, items = parts(_THREE, plan.format("一"))
    assert model.predict(context, types, items)[0].status is RemedyStatus.SPECIFIC
    assert model.predict(context, types, items[1:])[0].status is RemedyStatus.NONE  # the second of the list
    readings, _ = read(model, _THREE, plan.format("四"))
    assert [each.status for each in readings] == [RemedyStatus.NONE] * 3


@pytest.mark.parametrize(
    ("told", "numbers"),
    [
        ("针对第一个问题，每月开一次。", [1]),
        ("2. 对应第十二个问题：每月开一次。", [12]),
        ("关于第1、3个问题，每月开一次。", [1, 3]),
        ("针对第一个、第二个问题，每月开一次。", [1, 2]),
        ("一是针对第一个问题，每月开一次。", [1]),
        ("对第二条，不再赘述了。", []),
        ("关于第二条：条件还不成熟，暂不考虑。", []),
        ("对第三条，请大家监督。", []),
        ("针对第二个问题：", []),
        ("对第一书记，每月谈一次。", []),
        ("围绕第一议题，每月学两次。", []),
        ("针对第二批主题教育，每月学两次。", []),
        ("对上级指出的第二个问题，已经改了。", []),
        ("我去年针对第一个问题，每月开一次。", []),
    ],
)
def test_which_numbers_a_measure_begins_by_naming(told: str, numbers: list[int]) -> None:
    assert numbers_named(told) == numbers
