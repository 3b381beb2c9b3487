"""The addresses of inspectors' pages."""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, FastAPI, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from analyzer.comparing.compare import compare
from analyzer.errors import ShupingError
from analyzer.rendering.comparing_html import comparison_values
from analyzer.rendering.duplicates import pair_values, share
from analyzer.store import sharing
from analyzer.store.queueing import Queue
from analyzer.store.store import Store
from analyzer.web.forms import checked
from analyzer.web.inspecting import pages
from analyzer.web.inspecting.pages import PageRoute, leaf, show
from analyzer.web.inspecting.reports import Desk, put_down, report_page, stored_of
from analyzer.web.inspecting.trails import OF_ACCESS, OF_RESULTS, Kept, trail_page, verified_page
from analyzer.web.inspecting.trending import Trending
from analyzer.web.inspecting.waiting import queue_page
from analyzer.web.inspecting.years import Years

_AGAIN: Final = 5  # seconds after which a page whose charts are being drawn asks again
_LARGEST: Final = 2**31 - 1  # number that every database can hold


def mount(app: FastAPI, store: Store | None, access: Store | None) -> None:
    """Add the pages over a store to the application, and that over the trail of who came in.

    Reports are for inspectors alone, who answer for what they decide; analysts see batches and charts.
    """
    router = APIRouter(route_class=PageRoute, include_in_schema=False)
    _serve_files(router)
    if access is not None:
        _serve_trail(router, access, OF_ACCESS)
    if store is not None:
        queue = Queue(store)
        desk = Desk(store, queue, Years(queue))
        _serve_reports(router, desk)
        _serve_pairs(router, desk)
        _serve_store(router, desk)
        _serve_trail(router, store, OF_RESULTS)
        threading.Thread(target=_read_ahead, args=(queue,), daemon=True).start()
    app.include_router(router)


def _read_ahead(queue: Queue) -> None:
    """Read what the queue keeps, which takes a moment, so that the first who asks need not wait."""
    with suppress(ShupingError):  # whoever asks will be told
        queue.waiting()


def _serve_files(router: APIRouter) -> None:
    @router.get("/inspect/files/{name}")
    def file(name: str) -> Response:
        return pages.file(name)


def _serve_reports(router: APIRouter, desk: Desk) -> None:
    @router.get("/inspect")
    def waiting(request: Request) -> Response:
        return queue_page(request, desk.store, desk.queue)

    @router.get("/inspect/reports/{name}")
    def report(request: Request, name: str) -> Response:
        return report_page(request, desk, name)

    @router.post("/inspect/reports/{name}/decisions")
    async def decision(request: Request, name: str) -> Response:
        fields = await checked(request)
        return await run_in_threadpool(put_down, request, desk, name, fields)


def _serve_pairs(router: APIRouter, desk: Desk) -> None:
    @router.get("/inspect/copies")
    def copies(request: Request) -> Response:
        found = sharing.copies(desk.store)
        told = leaf(request, len(found))
        whose = {(each.batch, each.path): each for each in desk.queue.waiting()}
        return show(request, "copies.html", found=found[told.slice], leaf=told, whose=whose, share=share)

    @router.get("/inspect/copies/{number}")
    def copy(request: Request, number: Annotated[int, Path(ge=1, le=_LARGEST)]) -> Response:
        pair, a, b = sharing.pair(desk.store, number)
        one, other = a.result, b.result
        values = pair_values(pair, one.text, other.text, one.source.format, other.source.format)
        return show(request, "pair.html", **values, sides=(a, b))

    @router.get("/inspect/compare")
    def years(request: Request, last: str = "", this: str = "") -> Response:
        if not (last and this):
            found = desk.years.pairs()
            told = leaf(request, len(found))
            return show(request, "years.html", found=found[told.slice], leaf=told, asked=(last, this))
        before, after = (stored_of(desk.store, name) for name in (last, this))
        values = comparison_values(compare(before.result, after.result))
        return show(request, "comparison.html", **values, sides=(before, after))


def _serve_store(router: APIRouter, desk: Desk) -> None:
    trending = Trending(desk.store)

    @router.get("/inspect/batches")
    def batches(request: Request) -> Response:
        reports = desk.queue.waiting()
        return show(
            request,
            "batches.html",
            batches=desk.store.batches()[::-1],
            rubrics=desk.store.rubrics(),
            total=len(reports),
            done=sum(each.decisions > 0 for each in reports),
        )

    @router.get("/trends")
    def trends(request: Request) -> Response:
        drawn = trending.ask()
        answer = show(request, "trends.html", drawn=drawn)
        if drawn is None:
            answer.headers["Refresh"] = str(_AGAIN)
        return answer


def _serve_trail(router: APIRouter, store: Store, kept: Kept) -> None:
    @router.get(kept.address)
    def trail(request: Request) -> Response:
        return trail_page(request, store, kept)

    @router.post(kept.address)
    async def verified(request: Request) -> Response:
        head = str((await checked(request)).get("head") or "").strip()
        return await run_in_threadpool(partial(verified_page, request, store, kept, head))
