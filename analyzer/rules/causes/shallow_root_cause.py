"""A cause that says the problem again, or a stock phrase that fits any problem.

Source: DOMAIN §2.C root_cause_restate.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.lexicons import pattern
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.causes.given import shallow
from analyzer.rules.examples import item, problems, report
from analyzer.rules.places import one_line


def _check(report: Report) -> Iterator[Hit]:
    text = report.document.text
    motive, stock = pattern("causes.toml", "motive"), pattern("causes.toml", "patterns", "stock")
    for problem, start, end in shallow(report, objective=False):
        said = report.said(start, end)
        if motive.search(said) and not stock.search(said):
            continue  # what the writer thought at the time says more than the problem does
        yield Hit(
            start,
            end,
            f"“{one_line(problem.title, 24)}”的原因写的是“{one_line(text[start:end], 30)}”，"
            "是把问题换个说法再说一遍，或是哪里都能用的套话，没有告诉读者新的东西。",
            "请再往下问一层：当时是谁、在哪个环节、作了怎样的取舍？写出一件具体的事或一项缺失的制度，能据此下药才算找到原因。",
            problem.cause.confidence,
        )


_RESTATED = "一是责任压得不实，主要原因是责任落实不够。"
_STOCK = "二是调研少，究其原因还是思想认识不到位、重视不够。"
_PERHAPS = "五是调研少，主要是调研恐怕还不够深入。"
_MOTIVE = "四是警示教育年年老一套，原因在于怕揭短影响队伍形象。"
_THOUGHT = "六是主业意识不强，根子上还是“党建是软任务”的政绩观在作怪。"
_THIN = "三是学习不深，主要是学得不深不透。"

RULE = Rule(
    id="shallow-root-cause",
    family=Family.CAUSES,
    dimension=Dimension.CAUSES,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="原因即问题",
    what="看写出的原因有没有给出新的信息：换个说法重复问题、只有“认识不到位”“重视不够”一类现成话的，算浅。",
    why="问题与原因不分，整改就只能反着问题写一遍，明年还会再犯。",
    fix="写到“谁、为什么、哪里断了”为止。",
    basis="公开评析中“问题与原因不分”“剖析不深不透”的意见。",
    check=_check,
    must_fire=(
        report(
            problems("二、存在问题\n" + _PERHAPS),
            items=[item(_PERHAPS, cause="restated", because="调研恐怕还不够深入")],
        ),
        report(
            problems("二、存在问题\n" + _RESTATED),
            items=[item(_RESTATED, cause="restated", because="责任落实不够")],
        ),
        report(
            problems("二、存在问题\n" + _STOCK),
            items=[item(_STOCK, cause="restated", because="思想认识不到位、重视不够")],
        ),
        report(
            problems("二、存在问题\n" + _THIN),
            items=[item(_THIN, cause="restated", because="学得不深不透")],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n" + _THOUGHT),
            items=[item(_THOUGHT, cause="restated", because="“党建是软任务”的政绩观在作怪")],
        ),
        report(
            problems("二、存在问题\n" + _MOTIVE),
            items=[item(_MOTIVE, cause="restated", because="怕揭短影响队伍形象")],
        ),
        report(
            problems("二、存在问题\n一是调研少。我觉得看材料就够了，把去村里的时间都让给了招商。"),
            items=[
                item(
                    "一是调研少。我觉得看材料就够了，把去村里的时间都让给了招商。",
                    cause="subjective",
                    because="我觉得看材料就够了",
                )
            ],
        ),
        report(
            problems("二、存在问题\n二是活动少，主要是编制少、任务重。"),
            items=[item("二是活动少，主要是编制少、任务重。", cause="objective", because="编制少、任务重")],
        ),
        report(problems("二、存在问题\n三是活动少。"), items=[item("三是活动少。")]),
    ),
)
