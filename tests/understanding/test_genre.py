from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.language import blank
from analyzer.training.corpus import CORPORA, load, negatives
from analyzer.training.genre import train
from analyzer.understanding.genre import GenreModel
from analyzer.understanding.structure import contextualise

ROOT = Path(__file__).parents[2]

BODY = """一、履职情况
（一）抓学习。主持召开支委会12次，带头讲党课3次，组织党员到泵站现场学习2次。
（二）抓队伍。发展党员2名，我与11名党员逐一谈心，把闸门检修任务分到党小组。
（三）抓服务。汛期支部组织夜巡36班次，转移群众48户，没有发生伤亡。
二、存在问题
一是学习抓得不紧，后半年有两次集中学习被防汛会冲掉，我没有补上，主要是我把学习当成了软任务。
二是对年轻党员关心不够，站里三名新党员的培养台账我全年只看过一次。
三、下步打算
一是每月10日固定学习，冲掉的三天内补上。二是我每季度与年轻党员谈一次心，年底前带出两名闸门工。
"""
FRAMED = f"""响滩水管所党支部书记2022年度述职报告
一年来，作为支部书记，我认真履行抓党建第一责任人职责，现将有关情况报告如下：
{BODY}以上报告，请予评议。
"""
NOTICE = """关于做好2022年度党支部书记述职评议工作的通知
各党支部：
现就有关事项通知如下。
一、述职内容。述职报告应当包括履职情况、存在问题和下步打算三个部分，重点写本人抓党建工作的情况，存在问题不得少于三条。
二、时间安排。各支部书记要于12月20日前将报告报机关党委，12月28日召开述职会，述职后由机关党委书记逐一点评。
三、有关要求。各支部要高度重视，述职人要亲自动手，严禁抄袭；测评表当场填写、当场回收。对报告不合格的，退回重写。
联系人：小秦，电话：6210。
响滩流域管理处机关党委
2022年12月1日
"""
NEWS = """我处召开支部书记述职评议会
本网讯 12月28日，响滩流域管理处召开2022年度党支部书记述职评议会，处党委书记主持会议，党员代表42人参加。
会上，水管所、船闸所等5名支部书记先后述职，围绕履行第一责任人职责情况，讲成绩、摆问题、谈打算。水管所支部书记坦言，自己对年轻党员关心不够。
处党委书记逐一点评。他强调，要坚持问题导向，制定整改清单；要推动党建与业务深度融合，防止“两张皮”。与会人员进行了现场测评。
会议要求，各支部要以此次述职评议为契机，把党建工作抓实抓细。（通讯员 小秦）
"""
APPRAISAL = """考察材料
单志远，男，1979年5月生，中共党员，现任响滩水管所党支部书记、所长。该同志政治立场坚定，履行抓党建第一责任人职责较好，任职以来组织夜巡36班次，转移群众48户。
能够坚持民主集中制，班子团结，群众威信较高。未发现违反廉洁自律规定的问题。
不足之处：一是有时工作急躁；二是对年轻干部培养不够。
民主测评中，优秀票31张，称职票4张。考察组认为，该同志符合任职条件，建议列为拟任人选。
考察组成员：闵一舟、祁越
"""


@pytest.fixture(scope="module")
def model() -> GenreModel:
    reports = [report for author in ("w2", "w6", "w13", "w14") for report in load(ROOT / CORPORA / author)]
    return train(reports, negatives(ROOT / CORPORA))


def probability(model: GenreModel, text: str) -> float:
    context = contextualise(blank()(text))
    return model.predict(context, ["duties"] * len(context.layout.sentences))


@pytest.mark.parametrize(
    "text",
    [FRAMED, BODY, BODY.replace("\n", ""), FRAMED[: len(FRAMED) * 2 // 3]],
    ids=["whole", "without title and preface", "one line", "cut off"],
)
def test_takes_reports_in_whatever_shape(model: GenreModel, text: str) -> None:
    assert probability(model, text) >= 0.5


@pytest.mark.parametrize("text", [NOTICE, NEWS, APPRAISAL], ids=["notice", "news", "appraisal"])
def test_declines_texts_about_reports(model: GenreModel, text: str) -> None:
    assert probability(model, text) < 0.5


def test_leaders_and_formulas_of_the_day_do_not_make_a_report(model: GenreModel) -> None:
    formula = "深入学习贯彻习近平新时代中国特色社会主义思想和党的二十大精神。"
    assert probability(model, NOTICE.replace("现就", formula * 3 + "现就")) < 0.5


def test_arrays_round_trip(model: GenreModel) -> None:
    again = GenreModel.from_arrays(model.arrays())
    assert probability(again, FRAMED) == probability(model, FRAMED)


def test_an_empty_text_is_no_error(model: GenreModel) -> None:
    assert 0.0 <= probability(model, "") <= 1.0
