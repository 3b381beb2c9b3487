"""A Result for the terminal: scorecard, sections, problems with causes and measures, findings in place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyzer.rendering import labels, summary
from analyzer.rendering.console import grid, heading, plain, printed
from analyzer.rendering.places import Places, merged, quote, shorten
from analyzer.rendering.prose import Prose
from analyzer.result import Advice, CauseStatus, Finding, RemedyStatus, Result, Scorecard, Severity, losses
from analyzer.scoring.links import UNASKED, UNSURE, links_of

_BAR_WIDTH: Final = 10
_SEVERITY_STYLE: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_GRADE_STYLE: Final = {"A": "bold green", "B": "bold cyan", "C": "bold yellow", "D": "bold red"}
_CAUSE_STYLE: Final[dict[str, str]] = {
    CauseStatus.EXPLICIT: "green",
    CauseStatus.SHALLOW: "yellow",
    CauseStatus.NONE: "red",
    UNSURE: "dim",
    UNASKED: "dim",
}
_REMEDY_STYLE: Final[dict[str, str]] = {
    RemedyStatus.SPECIFIC: "green",
    RemedyStatus.GENERIC: "yellow",
    RemedyStatus.NONE: "red",
    UNSURE: "dim",
    UNASKED: "dim",
}


def render_terminal(result: Result, console: Console) -> None:
    """Print one result.

    Parameters
    ----------
    result : Result
        What to show; a result without a score says why it has none.
    console : rich.console.Console
        Where to; without a terminal behind it the text comes without colour, in the same layout.
    """
    places = Places(result.text, result.source.format)
    parts: list[RenderableType] = [_head(result)]
    if result.advice is not None:
        parts.append(_reviewer(result.advice, places))
    if result.scorecard is not None:
        parts.append(_scorecard(result, result.scorecard))
    if result.analysis.sections:
        parts.append(_sections(result))
    if result.analysis.personal or result.analysis.content:
        parts.append(_own(result))
    if result.analysis.problems:
        parts.append(_problems(result, places))
    parts.append(_findings(result, places))
    if result.suppressed:
        parts.append(_suppressed(result, places))
    parts.append(Text(labels.LIMITS, style="dim"))
    console.print(Group(*parts))


def render_text(result: Result) -> str:
    """Return what ``render_terminal`` prints, as plain text."""
    return printed(lambda console: render_terminal(result, console))


def _head(result: Result) -> RenderableType:
    source = result.source
    facts = [labels.FORMAT.get(source.format, source.format)]
    facts += [fact for fact in (source.unit, source.author, source.year and f"{source.year} 年") if fact]
    head = Text.assemble((plain(summary.name(result)), "bold"), ("  " + plain(" · ".join(facts)), "dim"))
    lines: list[RenderableType] = [head]
    card = result.scorecard
    if card is not None:
        style = _GRADE_STYLE.get(card.grade, "bold")
        lines.append(
            Text.assemble(
                (f"{card.overall:.1f}", style),
                " 分  ",
                (f"{card.grade} {labels.GRADE[card.grade]}", style),
                f"  {summary.distance(card.overall)}；{summary.interval(card)}",
            )
        )
    lines.append(Prose(Text(plain(summary.verdict(result)), style="" if card else "bold yellow")))
    if judged_as := summary.profile(result):
        lines.append(Prose(Text(plain(judged_as), style="dim")))
    for veto in card.vetoes if card is not None else ():
        style = "bold red" if veto.release is None else "yellow"
        lines.append(Prose(Text(plain(summary.veto(veto)), style=style)))
    lines += (Prose(Text(plain(notice), style="yellow")) for notice in summary.notices(result))
    return Group(*lines)


def _reviewer(advice: Advice, places: Places) -> RenderableType:
    parts: list[RenderableType] = [heading("点评意见"), Prose(Text(plain(advice.text)))]
    if where := summary.quoted(advice, places):
        parts.append(Prose(Text(where, style="dim")))
    return Group(*parts)


def _scorecard(result: Result, card: Scorecard) -> RenderableType:
    lost = losses(result.findings)
    table = grid()
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True, justify="right")
    table.add_column(ratio=1)
    for row in card.dimensions:
        points = lost[row.id]
        table.add_row(
            labels.DIMENSION[row.id],
            _bar(row.score / row.max),
            f"{row.score:.1f}/{row.max}",
            Text(f"失 {summary.number(points)}" if points else "", style="red"),
            Prose(Text(plain(row.why), style="" if points else "dim")),
        )
    return Group(heading("评分卡"), table)


def _bar(part: float) -> Text:
    filled = round(min(1.0, max(0.0, part)) * _BAR_WIDTH)
    style = "green" if part >= 0.8 else "yellow" if part >= 0.5 else "red"
    return Text.assemble(("━" * filled, style), ("─" * (_BAR_WIDTH - filled), "dim"))


def _sections(result: Result) -> RenderableType:
    table = grid()
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True, justify="right")
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    for share in summary.shares(result):
        table.add_row(
            labels.SECTION[share.section.type],
            _bar_of_share(share.share),
            summary.percent(share.share),
            f"{share.characters} 字",
            Text(plain(shorten(share.section.heading or "", 40)), style="dim"),
        )
    parts: list[RenderableType] = [heading("篇章与篇幅"), table]
    if result.analysis.siloed is not None:
        parts.append(Text(labels.SILOED[result.analysis.siloed], style="dim"))
    if result.analysis.integration:
        parts.append(Prose(Text(summary.links(result), style="dim")))
    return Group(*parts)


def _bar_of_share(part: float) -> Text:
    filled = round(part * _BAR_WIDTH)
    return Text.assemble(("━" * filled, "cyan"), ("─" * (_BAR_WIDTH - filled), "dim"))


def _own(result: Result) -> RenderableType:
    table = grid()
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for part in result.analysis.personal:
        table.add_row(
            labels.SECTION[part.section],
            _bar_of_deeds(summary.shares_of_deeds(part)),
            Prose(Text(summary.deeds(part))),
        )
    line = Prose(Text(summary.content(result), style="dim"))
    return Group(heading("谁做的事，有多少实的内容"), table, line)


def _bar_of_deeds(parts: tuple[float, float, float]) -> Text:
    own, body, _ = parts
    first, second = round(own * _BAR_WIDTH), round((own + body) * _BAR_WIDTH)
    # Another line for a body, where there is no colour.
    return Text.assemble(
        ("━" * first, "green"), ("═" * (second - first), "yellow"), ("─" * (_BAR_WIDTH - second), "dim")
    )


def _problems(result: Result, places: Places) -> RenderableType:
    table = Table(box=None, expand=True, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("问题", ratio=1)
    table.add_column("原因", no_wrap=True)
    table.add_column("措施", no_wrap=True)
    told = zip(result.analysis.problems, links_of(result), strict=True)
    for order, (problem, links) in enumerate(told, 1):
        cause = Text.assemble((labels.CAUSE_STATUS[links.cause], _CAUSE_STYLE[links.cause]))
        if links.kind is not None:
            cause.append(f"\n{labels.CAUSE_KIND[links.kind]}", style="dim")
        title = problem.title or shorten(result.text[problem.start : problem.end], 30)
        where = places.name(problem.start, problem.end)
        table.add_row(
            Prose(Text.assemble(f"{order}. {plain(title)}", (f"  {where}", "dim")), indent=3),
            cause,
            Text(labels.REMEDY_STATUS[links.remedy], style=_REMEDY_STYLE[links.remedy]),
        )
        said = summary.told_in(result, problem), summary.doubts(links), summary.missing(links)
        for more in filter(None, said):
            table.add_row(Prose(Text("   " + more, style="dim"), indent=3))
    counted = summary.problems(result)
    return Group(heading(f"问题、原因与措施（{counted}）" if counted else "问题、原因与措施"), table)


def _findings(result: Result, places: Places) -> RenderableType:
    shown = [finding for finding in result.findings if summary.is_new(result, finding)]
    if not shown:
        nothing = summary.no_findings(result) if not result.findings else "没有超出基线的意见。"
        return Group(heading("逐处意见"), Text(nothing))
    parts: list[RenderableType] = [
        heading(f"{'逐处意见' if result.baseline is None else '超出基线的规则的意见'}（{len(shown)} 处）")
    ]
    ordered = summary.by_severity(shown)
    rules = list(dict.fromkeys((finding.severity, finding.rule) for finding in ordered))
    gathered = sorted(ordered, key=lambda finding: rules.index((finding.severity, finding.rule)))
    for (severity, rule), group in groupby(gathered, key=lambda finding: (finding.severity, finding.rule)):
        parts.append(_rule(severity, rule, list(group), result, places))
    return Group(*parts)


def _suppressed(result: Result, places: Places) -> RenderableType:
    parts: list[RenderableType] = [heading(f"注明理由、不计分的意见（{len(result.suppressed)} 处）")]
    for each in result.suppressed:
        finding = each.finding
        line = Text.assemble((places.name(finding.start, finding.end), "dim"), f"  {plain(finding.rule)}")
        if finding.evidence:
            line.append(f"  {plain(shorten(finding.evidence, 60))}")
        parts.append(Padding(Prose(line, indent=2), (0, 0, 0, 2)))
        parts.append(_advice("理由", f"{each.reason}（{each.by}）"))
    return Padding(Group(*parts), (0, 0, 1, 0))


def _rule(
    severity: Severity, rule: str, findings: list[Finding], result: Result, places: Places
) -> RenderableType:
    head = Text()
    head.append(
        f"{labels.SEVERITY_SIGN[severity]} {labels.SEVERITY[severity]}", style=_SEVERITY_STYLE[severity]
    )
    head.append(f"  {labels.DIMENSION[findings[0].dimension]}")
    points = sum(finding.deduction for finding in findings)
    head.append(
        f"  失 {summary.number(points)} 分" if points else "  不扣分", style="red" if points else "dim"
    )
    head.append(f"  {len(findings)} 处" if len(findings) > 1 else "")
    head.append(f"  {plain(rule)}", style="dim")
    parts: list[RenderableType] = [head]
    said: set[str] = set()
    for _, together in groupby(findings, key=lambda finding: places.sentence(finding.start)):
        place = list(together)
        parts.append(Padding(Prose(_place(place, result, places, len(findings) > 1), indent=2), (0, 0, 0, 2)))
        for finding in place:
            if summary.saying(finding) not in said:
                said.add(summary.saying(finding))
                parts += [_advice("为何", finding.message), _advice("改法", finding.suggestion)]
    return Padding(Group(*parts), (0, 0, 1, 0))


def _place(findings: Sequence[Finding], result: Result, places: Places, several: bool) -> Text:
    spans = merged((finding.start, finding.end) for finding in findings)
    line = Text.assemble((places.name(spans[0][0], spans[-1][1]), "dim"))
    points = sum(finding.deduction for finding in findings)
    if several and points:
        line.append(f"  失 {summary.number(points)}", style="red")
    if spans[-1][1] == spans[0][0]:
        return line
    line.append("  ")
    pieces = quote(result.text, spans, places.sentence(spans[0][0]))
    for piece in pieces:
        # The brackets carry the mark where there is no colour; a sentence quoted whole needs none.
        words = f"【{piece.text}】" if piece.marked and len(pieces) > 1 else piece.text
        line.append(plain(words), style=_SEVERITY_STYLE[findings[0].severity] if piece.marked else "")
    return line


def _advice(label: str, words: str) -> RenderableType:
    return Padding(Prose(Text.assemble((f"{label}  ", "dim"), plain(words)), indent=6), (0, 0, 0, 2))
