"""A report as inspectors see it: what the program found, what was decided of it, forms to decide more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from analyzer.errors import ShupingError, error
from analyzer.rendering.duplicates import share
from analyzer.rendering.html import Card, values_of
from analyzer.result import Result
from analyzer.rules.catalogue import rule_title
from analyzer.store.adjusting import adjust
from analyzer.store.packing import keys
from analyzer.store.queueing import Queue
from analyzer.store.review import Decided, Kind, decide, find, history, standing
from analyzer.store.sharing import copies
from analyzer.store.showing import KIND, about
from analyzer.store.store import Filter, Store, Stored
from analyzer.web.answers import status
from analyzer.web.inspecting.pages import show
from analyzer.web.inspecting.years import Years
from analyzer.web.people import person

# The most characters that fields of a form may have.
_LONGEST: Final = {"reason": 500, "by": 40, "value": 8, "target": 64, "at": 40, "seen": 9}


_HASH: Final = re.compile("[0-9A-Fa-f]{1,64}")


@dataclass(frozen=True, slots=True)
class _Said:
    """A decision in words: what it is about, and where on the page that stands."""

    decided: Decided
    kind: str
    about: str
    at: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What pages of reports are made of."""

    store: Store
    queue: Queue
    years: Years


def stored_of(store: Store, name: str) -> Stored:
    """Return the last scoring of the report whose content hash begins so.

    Raises
    ------
    ShupingError
        ``not-in-store`` where there is none, or more than one.
    """
    if not _HASH.fullmatch(name):
        raise error("not-in-store")
    try:
        return find(store, name)
    except ShupingError as failure:
        raise error("not-in-store") if failure.code == "review" else failure from None


def report_page(
    request: Request,
    desk: Desk,
    name: str,
    *,
    failure: ShupingError | None = None,
    kept: Mapping[str, str] | None = None,
) -> Response:
    """Return the page of a report.

    Parameters
    ----------
    request : Request
    desk : Desk
    name : str
        The beginning of its content hash.
    failure : ShupingError, optional
        Why what was asked for was not put down.
    kept : mapping of str to str, optional
        What was filled in then.
    """
    stored = stored_of(desk.store, name)
    result, decided = stored.result, history(desk.store, stored.report)
    by = standing(decided)
    values = values_of(result)
    key_of = _keys_of(result)
    said = _said(result, values["cards"], key_of, decided)
    places = list(desk.store.overview(Filter(sha256=stored.sha256)))
    others = {(each.batch, each.path) for each in places}
    waiting = desk.queue.waiting()
    overtaken = failure is not None and failure.code == "overtaken"
    return show(
        request,
        "report.html",
        200 if failure is None else status(failure),
        **values,
        stored=stored,
        adjusted=adjust(result, by),
        standing=by,
        key_of=lambda card: key_of[id(card.finding)],
        said=said[::-1],
        seen=max((each.seq for each in decided), default=0),
        unseen=[each for each in said if overtaken and each.decided.seq > _seen(kept or {})],
        last={each.decided.target: each for each in said if each.decided.stands},
        places_of=places,
        copies=[each for each in copies(desk.store) if {(each.batch, each.a), (each.batch, each.b)} & others],
        years=desk.years.of(stored.sha256),
        following=next(
            (each for each in waiting if not each.decisions and each.sha256 != stored.sha256), None
        ),
        done=request.query_params.get("done", ""),
        failure=failure,
        kept=kept or {},
        longest=_LONGEST,
        gates={veto.id for veto in result.scorecard.vetoes} if result.scorecard else set(),
        rule_title=rule_title,
        share=share,
    )


def put_down(request: Request, desk: Desk, name: str, fields: FormData) -> Response:
    """Put a decision down and lead back to the report; where that fails, show it with what was filled in."""
    given = {field: str(fields.get(field) or "")[: most + 1] for field, most in _LONGEST.items()}
    stored = stored_of(desk.store, name)
    try:
        long = next((field for field, most in _LONGEST.items() if len(given[field]) > most), None)
        if long is not None:
            raise error("review", detail=f"最多写 {_LONGEST[long]} 字")
        number = decide(
            desk.store,
            stored.sha256,
            _kind(str(fields.get("kind"))),
            given["target"],
            person(request).name or given["by"],
            given["reason"],
            _number(given["value"]),
            _seen(given),
        )
    except ShupingError as failure:
        if failure.code not in ("review", "overtaken"):
            raise
        return report_page(request, desk, stored.sha256, failure=failure, kept=given)
    at = given["at"] if given["at"].replace("-", "").isalnum() and given["at"].isascii() else "review"
    return RedirectResponse(f"/inspect/reports/{stored.sha256}?done={number}#{at}", 303)


def _seen(given: Mapping[str, str]) -> int:
    """Return the last decision that was on the page from which a form was sent."""
    return int(given["seen"]) if given.get("seen", "").isdecimal() else 0


def _kind(given: str) -> Kind:
    try:
        return Kind(given)
    except ValueError:
        raise error("review", detail="没有这样的意见") from None


def _number(given: str) -> float | None:
    try:
        return float(given) if given else None
    except ValueError:
        return None


def _keys_of(result: Result) -> dict[int, str]:
    """Return what decisions name each finding by, by the finding's identity: two may be equal."""
    return {id(each): key for key, each in zip(keys(result), result.findings, strict=True)}


def _said(
    result: Result, cards: Iterable[Card], key_of: Mapping[int, str], decided: Iterable[Decided]
) -> list[_Said]:
    numbers = {key_of[id(card.finding)]: card for card in cards}
    said = []
    for each in decided:
        told, at = about(each.kind, each.target, each.value), "review"
        match each.kind:
            case Kind.CONFIRM | Kind.REJECT if card := numbers.get(each.target):
                told = f"意见 {card.number}，{rule_title(card.finding.rule)}"
                at = f"finding-{card.number}"
            case Kind.CONFIRM | Kind.REJECT:
                told = "现在的结果里没有的意见"
            case Kind.ADJUST:
                at = f"dimension-{each.target}"
            case Kind.RELEASE:
                at = "gates"
        said.append(_Said(each, KIND[each.kind], told, at))
    return said
