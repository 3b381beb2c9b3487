"""A comparison for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyzer.comparing.comparison import (
    Comparison,
    Drafts,
    Fate,
    Filling,
    Outcome,
    PromiseFate,
    Return,
    Span,
    Wording,
    Years,
)
from analyzer.rendering import comparing, labels, summary
from analyzer.rendering.console import grid, heading, plain, printed
from analyzer.rendering.places import Places, shorten
from analyzer.rendering.prose import Prose

_BAR: Final = 10
_RETURN_STYLE: Final = {
    Return.VERBATIM: "red",
    Return.REWORDED: "yellow",
    Return.GONE: "green",
    Return.UNCLEAR: "dim",
}
_OUTCOME_STYLE: Final = {
    Outcome.SHOWN: "green",
    Outcome.UNMET: "yellow",
    Outcome.AGAIN: "yellow",
    Outcome.SILENT: "red",
    Outcome.UNCLEAR: "dim",
}
_FATE_STYLE: Final = {Fate.MENDED: "green", Fate.NEW: "red", Fate.STILL: "yellow"}


def render_comparison(comparison: Comparison, console: Console) -> None:
    """Print a comparison; without a terminal behind the console it comes without colour."""
    view = _View(comparison)
    parts: list[RenderableType] = [view.head()]
    if comparison.years is not None:
        parts += view.years(comparison.years)
    if comparison.drafts is not None:
        parts += view.drafts(comparison.drafts)
    parts += [view.wording(), Text("")]
    parts.append(Prose(Text(comparing.LIMITS, style="dim")))
    console.print(Group(*parts))


def comparison_text(comparison: Comparison) -> str:
    """Return what `render_comparison` prints, as plain text."""
    return printed(lambda console: render_comparison(comparison, console))


class _View:
    """The parts of what is printed."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._last, self._this = comparing.SIDES[comparison.kind]
        self._places_last = Places(comparison.last.text, comparison.last.format)
        self._places_this = Places(comparison.this.text, comparison.this.format)

    def head(self) -> RenderableType:
        """Return what was compared and what it comes to."""
        comparison = self._comparison
        lines: list[RenderableType] = [
            Text.assemble(
                (comparing.KIND[comparison.kind], "bold"), (f"  {comparing.BASIS[comparison.basis]}", "dim")
            )
        ]
        lines += (
            Prose(
                Text.assemble(
                    f"{name}  ",
                    (plain(comparing.side_name(side)), "bold"),
                    (f"  {plain(comparing.facts(side))}", "dim"),
                )
            )
            for name, side in ((self._last, comparison.last), (self._this, comparison.this))
        )
        lines.append(Prose(Text(comparing.verdict(comparison))))
        lines += (Prose(Text(comparing.NOTICE[notice], style="yellow")) for notice in comparison.notices)
        return Group(*lines)

    def years(self, years: Years) -> Iterable[RenderableType]:
        """Yield what became of last year's problems and promises."""
        if years.problems:
            yield self._problems(years)
        if years.new_problems:
            told = [
                self._entry(self._quote_this(span, 50), self._where_this(span)) for span in years.new_problems
            ]
            yield Group(heading(f"今年新提的问题（{len(told)} 个）"), *told)
        if years.promises:
            yield self._promises(years.promises)

    def _problems(self, years: Years) -> RenderableType:
        parts: list[RenderableType] = [heading(f"{self._last}的问题 → {self._this}")]
        for problem in years.problems:
            title = problem.title or self._quote_last(problem.last, 30)
            parts.append(
                self._judged(
                    f"{problem.number}. {plain(title)}",
                    self._where_last(problem.last),
                    comparing.RETURN[problem.fate],
                    _RETURN_STYLE[problem.fate],
                    comparing.sure(problem.confidence, problem.fate is Return.UNCLEAR),
                )
            )
            if problem.this is not None:
                parts.append(self._answer(problem.this))
            if measures := comparing.measures(years, problem.number):
                parts.append(self._remark(measures))
        return Group(*parts)

    def _promises(self, promises: tuple[PromiseFate, ...]) -> RenderableType:
        parts: list[RenderableType] = [heading("去年的承诺 → 今年哪里见到")]
        for number, promise in enumerate(promises, 1):
            parts.append(
                self._judged(
                    f"{number}. {self._quote_last(promise.last, 60)}",
                    self._where_last(promise.last),
                    comparing.OUTCOME[promise.outcome],
                    _OUTCOME_STYLE[promise.outcome],
                    comparing.sure(promise.confidence, promise.outcome is Outcome.UNCLEAR),
                )
            )
            if promise.this is not None:
                parts.append(self._answer(promise.this))
            if remark := comparing.remark(promise):
                parts.append(self._remark(remark))
        return Group(*parts)

    def drafts(self, drafts: Drafts) -> Iterable[RenderableType]:
        """Yield what was mended."""
        if drafts.gains:
            table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
            table.add_column("方面")
            for name in (f"{self._last}失分", f"{self._this}失分", "变化"):
                table.add_column(name, justify="right")
            for gain in drafts.gains:
                style = "green" if gain.points > 0 else "red" if gain.points < 0 else "dim"
                table.add_row(
                    labels.DIMENSION[gain.dimension],
                    summary.number(gain.lost_last),
                    summary.number(gain.lost_this),
                    Text(f"{gain.points:+.1f}" if gain.points else "—", style=style),
                )
            yield Group(heading("各方面的分数"), table)
        for fate in comparing.FATE:
            found = [finding for finding in drafts.findings if finding.fate is fate]
            if found:
                parts: list[RenderableType] = [heading(f"{comparing.FATE[fate]}的意见（{len(found)} 处）")]
                for finding in found:
                    span = finding.this or finding.last
                    places = self._places_this if finding.this else self._places_last
                    where = places.name(*span) if span else ""
                    line = Text.assemble(
                        (labels.SEVERITY_SIGN[finding.severity], _FATE_STYLE[fate]),
                        f" {plain(shorten(finding.message, 76))}",
                        (f"  {where}  {plain(finding.rule)}", "dim"),
                    )
                    parts.append(Prose(line, indent=2))
                yield Group(*parts)
        if drafts.blanks or drafts.new_blanks:
            yield self._blanks(drafts)
        if drafts.explained:
            told = [
                self._entry(
                    f"{problem.title}：{labels.CAUSE_STATUS[problem.cause_last]} → "
                    f"{labels.CAUSE_STATUS[problem.cause_this]}",
                    self._where_this(problem.this) if problem.this else "",
                )
                for problem in drafts.explained
                if problem.cause_this is not None
            ]
            yield Group(heading("补了原因的问题"), *told)

    def _blanks(self, drafts: Drafts) -> RenderableType:
        parts: list[RenderableType] = [heading("空白")]
        for blank in drafts.blanks:
            now = self._quote_this(blank.this, 20) if blank.filling is Filling.FILLED and blank.this else ""
            words = f"{self._quote_last(blank.last, 20)} → {now or comparing.FILLING[blank.filling]}"
            parts.append(self._entry(words, self._where_last(blank.last)))
        parts += (
            self._entry(f"新的空白：{self._quote_this(span, 20)}", self._where_this(span))
            for span in drafts.new_blanks
        )
        return Group(*parts)

    def wording(self) -> RenderableType:
        """Return what stayed and what is new, section by section."""
        table = grid()
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1)
        for part in self._comparison.parts:
            if all(passage.wording is Wording.SET for passage in part.passages):
                continue
            filled = round(part.counts.kept * _BAR)
            table.add_row(
                labels.SECTION[part.section],
                Text.assemble(("━" * filled, "yellow"), ("─" * (_BAR - filled), "dim")),
                Prose(Text(comparing.counted(part.counts), style="dim")),
            )
        note = Text("标题、固定表述不计。每一句的去留和换了什么，见 --format html。", style="dim")
        return Group(heading("各部分沿用了多少"), table, Prose(note))

    def _judged(self, words: str, where: str, judged: str, style: str, sure: str) -> RenderableType:
        return Prose(
            Text.assemble(words, (f"  {where}", "dim"), "  ", (f"【{judged}】", style), (f" {sure}", "dim")),
            indent=3,
        )

    def _answer(self, span: Span) -> RenderableType:
        line = Text.assemble(
            ("→ ", "dim"), self._quote_this(span, 90), (f"  {self._where_this(span)}", "dim")
        )
        return Padding(Prose(line, indent=2), (0, 0, 0, 3))

    def _remark(self, words: str) -> RenderableType:
        return Padding(Prose(Text(words, style="dim")), (0, 0, 0, 3))

    def _entry(self, words: str, where: str) -> RenderableType:
        return Prose(Text.assemble("· ", plain(words), (f"  {where}", "dim")), indent=2)

    def _quote_last(self, span: Span, limit: int) -> str:
        return plain(shorten(self._comparison.last.text[span[0] : span[1]], limit))

    def _quote_this(self, span: Span, limit: int) -> str:
        return plain(shorten(self._comparison.this.text[span[0] : span[1]], limit))

    def _where_last(self, span: Span) -> str:
        return f"{self._last}{self._places_last.name(*span)}"

    def _where_this(self, span: Span) -> str:
        return f"{self._this}{self._places_this.name(*span)}"
