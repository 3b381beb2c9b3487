"""What all pages of inspectors share: templates, the bar at the top, failures as pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import HTMLResponse, Response

from analyzer.errors import ShupingError, error
from analyzer.rendering import labels
from analyzer.rendering.assets import asset, page
from analyzer.web.access import TRAIL, admits, home
from analyzer.web.answers import status
from analyzer.web.forms import token
from analyzer.web.people import Role, person

PACKAGE: Final = "analyzer.web.inspecting"
_RENDERING: Final = "analyzer.rendering"
# Style sheets and scripts that pages name, and where each lies.
_FILES: Final = {
    "page.css": _RENDERING,
    "duplicates.css": _RENDERING,
    "comparing.css": _RENDERING,
    "page.js": _RENDERING,
    "inspecting.css": PACKAGE,
    "inspecting.js": PACKAGE,
    "charts.css": "analyzer.trends",
    "charts.js": "analyzer.trends",
}
_MEDIA: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_PLACES: Final = {
    "/inspect": "待看",
    "/inspect/copies": "雷同",
    "/inspect/compare": "两年对照",
    "/inspect/batches": "批次",
    "/inspect/trail": "留痕",
    "/trends": "趋势",
    TRAIL: "登录",
    "/": "写作页",
}
ON_A_PAGE: Final = 50
_DIGITS: Final = 7


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a long list.

    Parameters
    ----------
    number, pages, total : int
        Which page, of how many, and how many entries all of them hold.
    earlier, later : str or None
        Addresses of the pages beside it.
    """

    number: int
    pages: int
    total: int
    earlier: str | None
    later: str | None

    @property
    def slice(self) -> slice:
        """Which entries of the whole list it has."""
        return slice((self.number - 1) * ON_A_PAGE, self.number * ON_A_PAGE)


def leaf(request: Request, total: int) -> Leaf:
    """Return the page that is asked for of a list, or the nearest there is."""
    asked = request.query_params.get("page", "1")
    pages = max(1, -(-total // ON_A_PAGE))
    number = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < _DIGITS else 1

    def at(other: int) -> str | None:
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "page"]
        return f"?{urlencode([*kept, ('page', other)])}" if 1 <= other <= pages else None

    return Leaf(number, pages, total, at(number - 1), at(number + 1))


def show(request: Request, name: str, /, code: int = 200, **values: Any) -> Response:
    """Return a page of a template.

    Parameters
    ----------
    request : Request
    name : str
        Of the template.
    code : int
        The status.
    **values
        What the template shows beside what all pages have.
    """
    who = person(request)
    here = max((path for path in _PLACES if _within(request.url.path, path)), key=len, default="")
    made = page(
        name,
        PACKAGE,
        **{
            "labels": labels,
            "who": who,
            "token": token(request),
            "moment": moment,
            "nav": _open_to(request, who.role),
            "here": here,
            **values,
        },
    )
    return HTMLResponse(made, code)


def file(name: str) -> Response:
    """Return a style sheet or a script.

    Raises
    ------
    ShupingError
        ``no-such-address``.
    """
    if name not in _FILES:
        raise error("no-such-address")
    return Response(asset(name, _FILES[name]), media_type=_MEDIA[name.rpartition(".")[2]])


def moment(at: str) -> str:
    """Return a time of the store as the server's clock on the wall shows it."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at


class PageRoute(APIRoute):
    """A route whose failures are pages too."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """Return what answers a request."""
        answer = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await answer(request)
            except ShupingError as failure:
                return _failed(request, failure)
            except RequestValidationError:
                return _failed(request, error("no-such-address"))

        return answered


def _failed(request: Request, failure: ShupingError) -> Response:
    return show(request, "failure.html", status(failure), failure=failure)


def _open_to(request: Request, role: Role) -> list[tuple[str, str]]:
    state = request.app.state
    # The first page sends on those who write nothing.
    there = {"/": home(role) == "/", TRAIL: state.has_users}
    return [
        (path, words)
        for path, words in _PLACES.items()
        if there.get(path, state.store is not None) and admits(role, "GET", path)
    ]


def _within(path: str, place: str) -> bool:
    return path == place or (place != "/" and path.startswith(f"{place}/"))
