"""One number with two marks of roundness.

Source: DOMAIN §2.I approx_redundant.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from analyzer.language.memory import stretches
from analyzer.lexicons import pattern
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, problems, report

_cue = partial(pattern, "usage.toml", "approximation", "patterns")

_BEFORE = 14  # characters before a rounded number or a tail in which the other mark stands


def _twice(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a number is called round twice; a number that is so three times comes twice."""
    for match in _cue("rounded").finditer(text):
        before = _cue("before_rounded").search(text[max(0, match.start() - _BEFORE) : match.start()])
        if before:
            yield match.start() - len(before.group()), match.end()
    for match in _cue("tail").finditer(text):
        cue = _cue("above" if match.group() == "以上" else "about")
        if before := cue.search(text[max(0, match.start() - _BEFORE) : match.start()]):
            yield match.start() - len(before.group()), match.end()


def _check(report: Report) -> Iterator[Hit]:
    repaired = report.repaired
    for low, high in stretches("approximations", repaired.text, lambda part: list(_twice(part))):
        start, end = repaired.source(low, high)
        yield Hit(
            start,
            end,
            f"“{repaired.text[low:high]}”里有两个表示约数的词，意思重复，有的还互相矛盾。",
            "请只留一个；能查到准数的，直接写准数。",
            0.9,
        )


RULE = Rule(
    id="approximation-twice",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="概数重复",
    what="找出一个数上用了两个约数词的地方，如“近30余次”“约50人左右”“超过100户以上”。“近三年”“节约20余万元”一类不算。",
    why="约数词叠用意思重复；履职的数字本来就应当写准。",
    fix="留一个约数词，或者写准数。",
    basis="数字用法的通行习惯。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n全年开展活动近30余次。")),
        report(duties("一、履职情况\n参加党员约50人左右，服务群众超过100户以上。")),
        report(duties("一、履职情况\n走访困难群众多达200余户。")),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n开展活动30余次，约谈12人，近3年累计节约20余万元。")),
        report(duties("一、履职情况\n办结率不低于95%，参加党员50人以上。")),
        report(problems("二、存在问题\n近10余年没有换届，附近30余户意见较大。")),
    ),
)
