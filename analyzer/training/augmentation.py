"""Reports spoiled as real ones are: variants of annotated reports, to learn from and to be measured on.

Each variant changes the text and carries the annotation along (`analyzer.training.rewriting`).  What is
left to chance is drawn from the report's own id, so that the same corpus gives the same variants.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from functools import cache

from analyzer.lexicons import table
from analyzer.result import SectionType
from analyzer.training.corpus import GoldReport
from analyzer.training.rewriting import Edit, rewrite

_HEADING = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}(?:、|部分)|[（(][一二三四五六七八九十]{1,3}[)）])"
)
_HEADING_LENGTH = 40
_WIDTH = 26  # characters of a hard-wrapped line
_HALF = str.maketrans("，；：（）？！", ",;:()?!")
_MASKS = {"党建": "D建", "党支部": "D支部", "党员": "D员", "党委": "D委", "党组": "D组", "政治": "ZZ"}
_MASKED = re.compile("|".join(sorted(_MASKS, key=len, reverse=True)))
# Who and when, as ledgers of problems have it beside a measure.
_OWNERS = ("责任人：支部书记", "责任领导：分管领导", "责任单位：党建办", "责任科室：办公室")
_DATES = ("完成时限：6月底前", "时限：年底前", "整改时限：长期坚持", "完成时限：一季度")
_MARK = re.compile(r"[XxＸ×＊*〇○_＿]")
_SPACED = 0.02  # share of characters after which a stray space stands


@cache
def without_headings(report: GoldReport) -> GoldReport | None:
    """Return the report without its numbered headings; None where nothing would change."""
    return rewrite(report, [_line_out(report, number) for number in _headings(report)])


@cache
def partly_headed(report: GoldReport) -> GoldReport | None:
    """Return the report with half of its sections' headings gone; None where it has fewer than two."""
    headings = set(_headings(report))
    heads = [s["first"] for s in report.gold["sections"] if s["first"] in headings]
    gone = random.Random(report.id).sample(heads, len(heads) // 2)
    return rewrite(report, [_line_out(report, number) for number in sorted(gone)])


@cache
def renamed(report: GoldReport) -> GoldReport | None:
    """Return the report with other headings of the same meaning over its sections; None where it has none."""
    chance = random.Random(report.id)
    known = table("headings.toml")["headings"]
    lines, cited = _whole_lines(report), _cited(report)
    apart = any(section["type"] == "causes" for section in report.gold["sections"])
    edits = []
    for section in report.gold["sections"]:
        number, kind = section["first"], section["type"]
        start, end = report.raw[number - 1]
        if kind not in known or number not in lines or number in cited:
            continue
        mark = _HEADING.match(report.text, start, end)
        if mark and _is_heading(report.text[start:end]):
            explained = kind == "problems" and not apart and chance.random() < 0.5
            words = chance.choice(known["problems_with_causes" if explained else kind])
            edits.append(Edit(mark.end(), end, words))
    return rewrite(report, edits)


@cache
def without_frame(report: GoldReport) -> GoldReport | None:
    """Return the report without title, salutation and closing; None where nothing would change."""
    lines, cited = _whole_lines(report), _cited(report)
    return rewrite(
        report,
        [
            _line_out(report, number)
            for section in report.gold["sections"]
            if section["type"] in ("title", "closing")
            for number in range(section["first"], section["last"] + 1)
            if number in lines and number not in cited
        ],
    )


@cache
def wrapped(report: GoldReport) -> GoldReport | None:
    """Return the report with its lines broken at a fixed width, also inside words but in no stand-in."""
    marks = [
        span
        for mark in report.gold["placeholders"]
        if (span := report.quote_span(mark["sent"], mark["quote"], mark.get("nth", 1)))
    ]
    edits: list[Edit] = []
    position = 0
    for line in report.text.split("\n"):
        at = position + _WIDTH
        while at < position + len(line):
            at = next((start for start, end in marks if start < at < end), at)
            edits.append(Edit(at, at, "\n"))
            at += _WIDTH
        position += len(line) + 1
    return rewrite(report, edits)


@cache
def filled(report: GoldReport) -> GoldReport | None:
    """Return the report with a figure or a name in every stand-in; None where it has none."""
    bare = GoldReport(report.id, report.author, report.text, {**report.gold, "placeholders": []})
    edits = {}
    counted = set()
    for mark in report.gold["placeholders"]:
        span = report.quote_span(mark["sent"], mark["quote"], mark.get("nth", 1))
        if span is None:
            continue
        edits[span] = Edit(*span, _fill(mark["quote"]))
        counted.add(mark["sent"])
    ordered = [edits[span] for span in sorted(edits)]
    apart = [edit for k, edit in enumerate(ordered) if k == 0 or edit.start >= ordered[k - 1].end]
    # With its figure, a claim can be checked.
    bare.gold["vague"] = [number for number in report.gold["vague"] if number not in counted]
    return rewrite(bare, apart)


def half_width(report: GoldReport) -> GoldReport | None:
    """Return the report with half-width punctuation and stray spaces, as copies from web pages have."""
    chance = random.Random(report.id)
    edits = []
    for at, char in enumerate(report.text):
        half = char.translate(_HALF)
        if half != char:
            edits.append(Edit(at, at + 1, half))
        elif "\u4e00" <= char <= "\u9fff" and chance.random() < _SPACED:
            edits.append(Edit(at + 1, at + 1, " "))
    return rewrite(report, edits)


def masked(report: GoldReport) -> GoldReport | None:
    """Return the report with some words written as filters make people write them."""
    chance = random.Random(report.id)
    return rewrite(
        report,
        [
            Edit(*match.span(), _MASKS[match.group()])
            for match in _MASKED.finditer(report.text)
            if chance.random() < 0.5
        ],
    )


@cache
def copied(report: GoldReport) -> GoldReport | None:
    """Return the report as it comes back from a web page: words masked, half-width, wrapped."""
    spoiled = report
    for spoil in (masked, half_width, wrapped):
        spoiled = spoil(spoiled) or spoiled
    return None if spoiled is report else spoiled


def _fill(quote: str) -> str:
    """Return a stand-in's words with its marks filled in."""
    if _MARK.search(quote):
        return _MARK.sub("2", quote)
    if "某" in quote:
        return quote.replace("某", "明")
    if len(quote) > 1 and "\u4e00" <= quote[0] <= "\u9fff" and len(quote) <= 4:
        return f"{quote[0]}3{quote[1:]}"  # a number that went missing without a mark
    return "12"


def _headings(report: GoldReport) -> list[int]:
    """Return the numbers of the numbered headings that carry no annotation besides their section."""
    lines, cited = _whole_lines(report), _cited(report)
    return [
        number
        for number, (start, end) in enumerate(report.raw, 1)
        if number in lines and number not in cited and _is_heading(report.text[start:end])
    ]


def _is_heading(text: str) -> bool:
    """Whether a whole line is a numbered heading."""
    return len(text) <= _HEADING_LENGTH and bool(_HEADING.match(text)) and text[-1] not in "。！？；!?;"


def _whole_lines(report: GoldReport) -> set[int]:
    """Return the numbers of the raw sentences that fill their line."""
    found = set()
    for number, (start, end) in enumerate(report.raw, 1):
        first, last = _line(report.text, start, end)
        if not (report.text[first:start] + report.text[end:last]).strip():
            found.add(number)
    return found


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the line or lines of a stretch begin and end, the line break left out."""
    after = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, after if after >= 0 else len(text)


def _line_out(report: GoldReport, number: int) -> Edit:
    """Return the edit that takes out a sentence's line with its line break."""
    first, last = _line(report.text, *report.raw[number - 1])
    return Edit(first, min(last + 1, len(report.text)), "")


def _cited(report: GoldReport) -> set[int]:
    """Return the sentences that carry an annotation besides their section."""
    gold = report.gold
    cited = {item["sent"] for key in ("two_skins", "placeholders") for item in gold[key]} | set(gold["vague"])
    for problem in gold["problems"]:
        cited |= set(problem["cause_sents"]) | set(problem["remedy_sents"])
        cited |= set(range(problem["first"], problem["last"] + 1))
    return cited


def as_ledger(report: GoldReport) -> str:
    """Return the report's text with its problems as a ledger: each with cause, measure, owner and date."""
    chance = random.Random(report.id)

    def said(numbers: Iterable[int]) -> str:
        spans = [report.raw[number - 1] for number in numbers]
        return "".join(report.text[start:end].strip() for start, end in spans)

    rows = []
    for problem in report.gold["problems"]:
        own = range(problem["first"], problem["last"] + 1)
        rows.append(f"存在问题：{said([number for number in own if number not in problem['cause_sents']])}")
        if problem["cause_sents"]:
            rows.append(f"原因分析：{said(problem['cause_sents'])}")
        if problem["remedy_sents"]:
            rows.append(f"整改措施：{said(problem['remedy_sents'])}")
        rows.append(f"{chance.choice(_OWNERS)}\n{chance.choice(_DATES)}")
    rest = ("plans", "closing")
    before = without(report, ("problems", "causes", *rest))
    return "\n".join([before, *rows, without(report, [kind for kind in SectionType if kind not in rest])])


def without(report: GoldReport, kinds: Sequence[str]) -> str:
    """Return the report's text without the sections of some kinds."""
    kept: list[str] = []
    for section in report.gold["sections"]:
        if section["type"] not in kinds:
            start, end = report.raw[section["first"] - 1][0], report.raw[section["last"] - 1][1]
            kept.append(report.text[start:end])
    return "\n".join(kept)
