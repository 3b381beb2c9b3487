"""A made-up region with known effects planted, to test the figures against and to show them on.

Reports are put together of wordings in ``lexicons/region.toml`` and get a made-up `Result` each; nothing of
them is scored.  All chance comes from one seed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import numpy as np

from analyzer.duplicates.pairs import Pair, Passage
from analyzer.lexicons import table
from analyzer.rendering.labels import GRADE_FLOOR
from analyzer.result import (
    Abstained,
    Analysis,
    Cause,
    CauseKind,
    CauseStatus,
    Content,
    Dimension,
    DimensionScore,
    Finding,
    Personal,
    Problem,
    Remedy,
    RemedyStatus,
    Result,
    Scorecard,
    Section,
    SectionType,
    Severity,
    Siloed,
    Slots,
    Source,
    Stance,
    TwoSkins,
)
from analyzer.scoring.rubric import prior
from analyzer.store.store import Store

SEED: Final = 7
FIRST_YEAR: Final = 2021
OLD, NEW = "party-duty/1", "party-duty/2"

# What names of units and regions are made of.
PLACES: Final = "青白红清长安平和永兴龙凤云松竹梅石泉金银东西南北"
ENDS: Final = "山水河溪岭桥塘湾坪坝川湖"
KINDS: Final = {
    "镇": "乡镇",
    "街道": "街道",
    "村": "村",
    "社区": "社区",
    "小学": "学校",
    "水务局": "机关",
}
REGIONS: Final = tuple(
    f"{a}{b}县" for a, b in zip("安宁丰昌广德惠嘉建康", "平远乐吉源清州禾阳定", strict=True)
)
_SMALL: Final = "长宁县"  # a region of too few units to be told of
_SMALL_UNITS: Final = 3
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈", "建国明华志强丽芳海燕春生文静"

# The process that draws scores: a unit keeps its level, a single report strays from it.
_MEAN: Final = 70.0
_OF_REGION, _OF_TYPE, _OF_UNIT, _OF_REPORT = 2.0, 2.0, 5.0, 4.0
RELIABILITY: Final = _OF_UNIT**2 / (_OF_UNIT**2 + _OF_REPORT**2)  # within a region and type
_INTERVAL: Final = 7.0
_LOW, _HIGH = 20.0, 99.0
# Findings a report in the first year, by rule, and what changes a year.
_RATES: Final = {
    "placeholder": 1.6,
    "vague-claim": 1.0,
    "stock-phrases": 0.8,
    "generic-problem": 1.2,
    "missing-root-cause": 0.9,
    "shallow-root-cause": 1.1,
    "empty-remedy": 1.2,
    "vague-promise": 0.7,
    "siloed": 0.4,
    "label-integration": 0.5,
    "numbering-gap": 0.3,
    "missing-last-year": 0.5,
}
_ALWAYS: Final = "thin-facts"  # what bears the points that are lost where nothing else was found
_RISING: Final = {"vague-claim": 0.35}
_FALLING: Final = {"placeholder": -0.4}
_CHANGE_REGION: Final = {REGIONS[0]: 3.0}
_CHANGE_TYPE: Final = {"学校": -2.5}
_STANDING: Final = {"density": 0.2, "personal": 0.03}
_MOVES: Final = (6.0, -6.0, 5.0, -5.0)
_KEPT: Final = 0.55
_CLOSURE: Final = 0.35
_SHIFT: Final = -6.0
_ADMITTED: Final = 0.25
_SILOED: Final = 0.2  # of the units at first, and of those that were not the year before
_MENDED: Final = 0.4
_MISSING: Final = 0.04  # reports that were not handed in
_ABSTAINED: Final = 0.01
_RING: Final = 5
_DEEDS, _PROBLEMS = 6, 3


@dataclass(frozen=True)
class Truth:
    """What was planted; all figures are those of the process that draws the reports, not of the sample.

    Parameters
    ----------
    years : tuple of int
    units : dict of str to (str, str)
        Region and type of each unit.
    slopes : dict of str to float
        Points a year of each unit, that of its region and type and its own together.
    change_region, change_type : dict of str to float
        Points a year that a region or a type of unit has beyond others.
    movers : dict of str to float
        Units with points a year of their own.
    rates : dict of str to float
        Change a year of how many findings of a rule a report has; 0 for all but one rising, one falling.
    standing : dict of str to float
        Change a year of standing measures; of specificity and closure too, which is 0.
    kept : float
        Share of promises that are kept.
    mended : float
        Share of the units with fully separate duties that mend it within a year.
    ring : tuple of str
        Units that share one text in the last year.
    small : tuple of str
        Regions with fewer than five units.
    rubric_shift : float
        What the new rubric, by which the last year was scored first, adds to every score.
    reliability : float
        Correlation of two scores of a unit of some region and type.
    new_topic, vanishing_topic : str or None
        Topics of problems that appear in the last years only, or in the first.
    topics : dict of str to str
        The topic of each problem by its title.
    """

    years: tuple[int, ...]
    units: dict[str, tuple[str, str]]
    slopes: dict[str, float]
    change_region: dict[str, float]
    change_type: dict[str, float]
    movers: dict[str, float]
    rates: dict[str, float]
    standing: dict[str, float]
    kept: float
    mended: float
    ring: tuple[str, ...]
    small: tuple[str, ...]
    rubric_shift: float
    reliability: float
    new_topic: str | None
    vanishing_topic: str | None
    topics: dict[str, str]


def make_region(
    store: Store, *, units: int = 300, years: int = 5, seed: int = SEED, effects: bool = True
) -> Truth:
    """Put the reports of a made-up region into a store, and return what was planted.

    The last year is scored by a new rubric, then all years before it too; under the old one are all but the
    last.

    Parameters
    ----------
    store : Store
    units, years : int
    seed : int
        The same seed puts the same rows in.
    effects : bool
        Without, nothing changes from year to year but by chance.
    """
    random = np.random.default_rng(seed)
    truth = _planted(random, units, years, effects)
    made = _Region(random, truth, effects)
    for number, year in enumerate(truth.years):
        last = number == len(truth.years) - 1
        results = list(made.year(number))
        saved = results if last else [_under_old(result) for result in results]
        store.save([*_odd(saved), *saved] if not number else saved, f"{year}年度")
        if last:
            store.save_copies(_copied(truth, results), f"{year}年度")
    store.rescore(_under_new)
    return truth


def _planted(random: np.random.Generator, units: int, years: int, effects: bool) -> Truth:
    names = [f"{place}{end}" for place in PLACES for end in ENDS if place != end]
    random.shuffle(names)
    kinds = list(KINDS.items())
    known: dict[str, tuple[str, str]] = {}
    for number in range(units):
        ending, kind = kinds[(number + number // len(names)) % len(kinds)]
        small = number >= units - _SMALL_UNITS
        region = _SMALL if small else REGIONS[number // len(kinds) % len(REGIONS)]
        known[f"{names[number % len(names)]}{ending}"] = region, kind
    change_region = _CHANGE_REGION if effects else {}
    change_type = _CHANGE_TYPE if effects else {}
    plain = [
        name
        for name, (region, kind) in known.items()
        if region not in _CHANGE_REGION and kind not in _CHANGE_TYPE
    ]
    chosen = [plain[number] for number in random.permutation(len(plain))]
    movers = dict(zip(chosen, _MOVES, strict=False)) if effects else {}
    topics = table("region.toml")["topics"]
    return Truth(
        tuple(range(FIRST_YEAR, FIRST_YEAR + years)),
        known,
        {
            name: change_region.get(region, 0.0) + change_type.get(kind, 0.0) + movers.get(name, 0.0)
            for name, (region, kind) in known.items()
        },
        change_region,
        change_type,
        movers,
        {rule: {**_RISING, **_FALLING}.get(rule, 0.0) if effects else 0.0 for rule in _RATES},
        {
            **{name: value if effects else 0.0 for name, value in _STANDING.items()},
            "specificity": 0.0,
            "closure": 0.0,
        },
        _KEPT,
        _MENDED,
        tuple(chosen[len(_MOVES) : len(_MOVES) + _RING]) if effects else (),
        (_SMALL,),
        _SHIFT,
        RELIABILITY,
        next(each["name"] for each in topics if _begins(each)) if effects else None,
        next(each["name"] for each in topics if "years" in each and not _begins(each)) if effects else None,
        {title: each["name"] for each in topics for title, _ in each["wordings"]},
    )


def _begins(topic: Mapping[str, Any]) -> bool:
    return "years" in topic and not topic["years"][0]


class _Region:
    """Draws the reports of each year, what a unit wrote the year before in mind."""

    def __init__(self, random: np.random.Generator, truth: Truth, effects: bool) -> None:
        self._random, self._truth, self._effects = random, truth, effects
        self._words = table("region.toml")
        regions, kinds = ({each[side]: 0.0 for each in truth.units.values()} for side in (0, 1))
        for some, spread in ((regions, _OF_REGION), (kinds, _OF_TYPE)):
            some.update(zip(some, random.normal(0, spread, len(some)), strict=True))
        self._level = {
            name: _MEAN + regions[region] + kinds[kind] + random.normal(0, _OF_UNIT)
            for name, (region, kind) in truth.units.items()
        }
        self._siloed = dict.fromkeys(truth.units, False)
        self._promised: dict[str, list[tuple[int, int]]] = {}
        self._deeds: dict[str, list[str]] = {}
        self._author = {name: self._person() for name in truth.units}

    def year(self, number: int) -> Iterator[Result]:
        """Yield the reports of the year of this number, scored by the new rubric."""
        shared = None
        for name in self._truth.units:
            if self._random.random() < 0.15:
                self._author[name] = self._person()
            if number == len(self._truth.years) - 1 and name in self._truth.ring:
                shared = shared or self._deeds_of(name)
                yield self._report(name, number, shared)
            elif self._random.random() >= _MISSING:
                yield self._report(name, number, self._deeds_of(name))
            else:
                self._promised.pop(name, None)

    def _person(self) -> str:
        return "".join(self._random.choice(list(some)) for some in (_SURNAMES, _GIVEN, _GIVEN))

    def _deeds_of(self, name: str) -> list[str]:
        """Return what a unit did, some of it in the words of the year before."""
        before = [each for each in self._deeds.get(name, ()) if self._random.random() < 0.3]
        pool = self._random.choice(self._words["deeds"], _DEEDS, replace=False)
        kinds = {each[:6] for each in before}
        new = [str(each).format(n=self._random.integers(3, 90)) for each in pool if each[:6] not in kinds]
        self._deeds[name] = (before + new)[:_DEEDS]
        return self._deeds[name]

    def _report(self, name: str, number: int, deeds: Sequence[str]) -> Result:
        truth, random = self._truth, self._random
        year = truth.years[number]
        region, kind = truth.units[name]
        paper = _Paper()
        paper.add(SectionType.TITLE, f"{name}党组织书记{year}年度抓基层党建工作述职报告")
        paper.add(SectionType.PREFACE, f"现将{year}年度抓基层党建工作情况报告如下。")
        paper.head(SectionType.DUTIES, "一、履职情况")
        for deed in deeds:
            paper.add(SectionType.DUTIES, f"{deed}。")
        told = self._told(name)
        if told:
            paper.head(SectionType.RECTIFICATION, "二、上年承诺兑现情况")
            for sentence in told:
                paper.add(SectionType.RECTIFICATION, f"{sentence}。")
        paper.head(SectionType.PROBLEMS, "三、存在的问题和原因")
        drawn = self._problems(kind, number)
        spans = [(title, *paper.add(SectionType.PROBLEMS, text)) for title, text in drawn]
        paper.head(SectionType.PLANS, "四、下一步打算")
        self._promised[name] = [
            (int(each), int(random.integers(3, 90)))
            for each in random.choice(len(self._words["promises"]), _PROBLEMS, replace=False)
        ]
        measures = [
            paper.add(
                SectionType.PLANS,
                self._words["promises"][each][0].format(n=figure, m=random.integers(3, 12)) + "。",
            )
            for each, figure in self._promised[name]
        ]
        paper.add(SectionType.CLOSING, "报告完毕，请予评议。")
        text, sections = paper.done()
        digest = hashlib.sha256(text.encode()).hexdigest()
        source = Source(
            f"{region}/{name}-{year}.txt", "txt", digest, name, self._author[name], year, kind, region
        )
        analysis = self._analysis(name, number, sections, spans, measures)
        about = _about(NEW)
        if random.random() < _ABSTAINED:
            return Result(source, about, text, analysis, (), None, Abstained("uncertain", "无法判断。"))
        overall = self._level[name] + truth.slopes[name] * number + random.normal(0, _OF_REPORT) + _SHIFT
        found = {
            rule: int(random.poisson(max(0.0, rate + truth.rates[rule] * number)))
            for rule, rate in _RATES.items()
        }
        overall = round(float(np.clip(overall, _LOW, _HIGH + _SHIFT)), 1)
        findings = _findings(found, overall, spans[0][1:], text)
        return Result(source, about, text, analysis, findings, _card(overall, findings))

    def _told(self, name: str) -> list[str]:
        """Return what is said of last year's promises: a result of those that were kept."""
        return [
            self._words["promises"][each][1].format(n=figure)
            for each, figure in self._promised.get(name, ())
            if self._random.random() < self._truth.kept
        ]

    def _problems(self, kind: str, number: int) -> list[tuple[str, str]]:
        topics = self._words["topics"]
        weights = np.array(
            [each.get("types", {}).get(kind, 1.0) * self._weight(each, number) for each in topics]
        )
        chosen = self._random.choice(len(topics), _PROBLEMS, replace=False, p=weights / weights.sum())
        return [
            tuple(topics[each]["wordings"][self._random.integers(len(topics[each]["wordings"]))])
            for each in chosen
        ]

    def _weight(self, topic: Mapping[str, Any], number: int) -> float:
        years = topic.get("years")
        if years is None or not self._effects:
            return 1.0
        # However many years there are, the first and the last are those of the file.
        place = round(number / max(1, len(self._truth.years) - 1) * (len(years) - 1))
        return float(years[place])

    def _analysis(
        self,
        name: str,
        number: int,
        sections: tuple[Section, ...],
        spans: Sequence[tuple[str, int, int]],
        measures: Sequence[tuple[int, int]],
    ) -> Analysis:
        random, standing = self._random, self._truth.standing
        problems = []
        for (title, start, end), measure in zip(spans, measures, strict=True):
            closed = random.random() < _CLOSURE
            status = CauseStatus.EXPLICIT if closed else CauseStatus.SHALLOW
            cause = Cause(status, CauseKind.SUBJECTIVE if closed else CauseKind.RESTATED, start, end, 0.9)
            specific = closed or random.random() < 0.5
            remedy = Remedy(
                RemedyStatus.SPECIFIC if specific else RemedyStatus.GENERIC,
                (measure,),
                0.9,
                Slots(deadline=(measure,)) if specific else Slots(),
            )
            problems.append(Problem(start, end, title, cause, remedy, 0.9))
        before = self._siloed[name]
        self._siloed[name] = random.random() < ((1 - self._truth.mended) if before else _SILOED)
        admitted = random.random() < _ADMITTED
        clauses = 20
        own = int(random.binomial(clauses, 0.45 + standing["personal"] * number))
        return Analysis(
            sections,
            tuple(problems),
            (TwoSkins(spans[0][1], spans[0][2], Stance.ADMITTED, 0.9),) if admitted else (),
            Siloed.FULL if self._siloed[name] else Siloed.NONE,
            personal=(Personal(SectionType.DUTIES, own, 0, clauses - own, 0, own / clauses, ()),),
            content=Content(
                round(float(random.normal(4.0, 0.8)), 2),
                (3.5, 4.7),
                round(max(0.0, float(random.normal(1.5 + standing["density"] * number, 0.5))), 2),
                1.3,
                (),
                (),
            ),
        )


class _Paper:
    """A text as it grows, and its sections."""

    def __init__(self) -> None:
        self._text = ""
        self._sections: list[Section] = []

    def head(self, kind: SectionType, heading: str) -> None:
        """Open a section with a heading."""
        self.add(kind, heading, heading)

    def add(self, kind: SectionType, paragraph: str, heading: str | None = None) -> tuple[int, int]:
        """Add a paragraph, and return where it stands."""
        start = len(self._text)
        self._text += paragraph + "\n"
        if self._sections and self._sections[-1].type is kind:
            self._sections[-1] = replace(self._sections[-1], end=len(self._text))
        else:
            self._sections.append(Section(kind, start, len(self._text), heading, 0.99))
        return start, start + len(paragraph)

    def done(self) -> tuple[str, tuple[Section, ...]]:
        """Return the text and its sections."""
        return self._text, tuple(self._sections)


def _findings(
    found: Mapping[str, int], overall: float, span: tuple[int, int], text: str
) -> tuple[Finding, ...]:
    """Return findings whose deductions are all that the score lacks of 100."""
    rules = [rule for rule, count in found.items() for _ in range(count)] or [_ALWAYS]
    lost = round((100 - overall) * 10)
    shares = [lost // len(rules) + (number < lost % len(rules)) for number in range(len(rules))]
    start, end = span
    return tuple(
        Finding(
            rule,
            Severity.WARNING,
            start,
            end,
            "（模拟）",
            "（模拟）",
            text[start:end],
            0.9,
            tenths / 10,
            _OF_RULE[rule],
        )
        for rule, tenths in zip(rules, shares, strict=True)
    )


_OF_RULE: Final = {
    "placeholder": Dimension.STRUCTURE,
    "numbering-gap": Dimension.STRUCTURE,
    "missing-last-year": Dimension.STRUCTURE,
    "vague-claim": Dimension.FACTS,
    "thin-facts": Dimension.FACTS,
    "generic-problem": Dimension.PROBLEMS,
    "missing-root-cause": Dimension.CAUSES,
    "shallow-root-cause": Dimension.CAUSES,
    "empty-remedy": Dimension.REMEDIES,
    "vague-promise": Dimension.REMEDIES,
    "siloed": Dimension.INTEGRATION,
    "label-integration": Dimension.INTEGRATION,
    "stock-phrases": Dimension.LANGUAGE,
}


def _card(overall: float, findings: Sequence[Finding]) -> Scorecard:
    weights = prior().weights
    lost = dict.fromkeys(Dimension, 0.0)
    for each in findings:
        lost[each.dimension] += each.deduction
    grade = next((grade for grade, floor in GRADE_FLOOR.items() if overall >= floor), "D")
    return Scorecard(
        overall,
        grade,
        tuple(
            DimensionScore(
                name, round(5 * max(0.0, 1 - lost[name] / 100 * 7), 2), 5, float(weights[name]), "（模拟）"
            )
            for name in Dimension
        ),
        interval=(max(0.0, overall - _INTERVAL), min(100.0, overall + _INTERVAL)),
    )


def _about(rubric: str) -> dict[str, Any]:
    return {
        "version": "made-up",
        "models": {},
        "rubric": rubric,
        "profile": {"id": "party-duty", "name": "党建述职"},
        "placeholders": "strict",
        "backend": "jieba",
    }


def _moved(result: Result, rubric: str, by: float) -> Result:
    if result.scorecard is None:
        return replace(result, analyzer=_about(rubric))
    overall = round(result.scorecard.overall + by, 1)
    counts = Counter(each.rule for each in result.findings)
    problem = result.analysis.problems[0]
    findings = _findings(counts, overall, (problem.start, problem.end), result.text)
    return replace(result, analyzer=_about(rubric), findings=findings, scorecard=_card(overall, findings))


def _under_old(result: Result) -> Result:
    return _moved(result, OLD, -_SHIFT)


def _under_new(result: Result) -> Result:
    """Score a report by the new rubric; what was scored by it stays as it is."""
    return result if result.analyzer["rubric"] == NEW else _moved(result, NEW, _SHIFT)


def _odd(results: Sequence[Result]) -> Iterator[Result]:
    """Yield what came beside a year's reports: three earlier versions, two without year, two without unit."""
    changes: list[dict[str, Any]] = [
        {},
        {},
        {},
        {"year": None},
        {"year": None},
        {"unit": None},
        {"unit": None},
    ]
    for number, (result, change) in enumerate(zip(results, changes, strict=False)):
        text = f"{result.text}（初稿）\n"
        digest = hashlib.sha256(text.encode()).hexdigest()
        source = replace(result.source, path=f"另交/{number}.txt", sha256=digest, **change)
        yield replace(result, text=text, source=source)


def _copied(truth: Truth, results: Sequence[Result]) -> Iterator[Pair]:
    """Yield who shares wording in the ring: each with the next, as copies are passed on."""
    ring = sorted(
        (result for result in results if result.source.unit in truth.ring),
        key=lambda each: str(each.source.path),
    )
    for a, b in pairwise(ring):
        duties = [
            next((each.start, each.end) for each in one.analysis.sections if each.type is SectionType.DUTIES)
            for one in (a, b)
        ]
        yield Pair(str(a.source.path), str(b.source.path), 0.82, (Passage(duties[0], duties[1]),))
