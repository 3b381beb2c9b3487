"""The addresses at which people sign in and out."""

from __future__ import annotations

from typing import Final

from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse, Response

from analyzer.errors import ShupingError, error
from analyzer.rendering.assets import page
from analyzer.web.access import SIGN_IN, SIGN_OUT, home
from analyzer.web.answers import status
from analyzer.web.door import Door, address_of, cookie, is_secure, session_token
from analyzer.web.forms import checked, token
from analyzer.web.people import person
from analyzer.web.trail import Event

_HTML: Final = "text/html; charset=utf-8"


def mount(app: FastAPI, door: Door) -> None:
    """Add the addresses to the application."""

    @app.get(SIGN_IN, include_in_schema=False)
    async def ask(request: Request, next: str = "", out: bool = False) -> Response:
        return Response(_asking(request, _inside(next), out=out), media_type=_HTML)

    @app.post(SIGN_IN, include_in_schema=False)
    async def sign_in(request: Request) -> Response:
        fields = await checked(request)
        there = _inside(str(fields.get("next", "")))
        name, password = str(fields.get("name", "")), str(fields.get("password", ""))
        try:
            user = await door.sign_in(name, password, address_of(request))
        except ShupingError as failure:
            if failure.code == "users":  # is for whoever looks after the server, not for a stranger
                failure = error("wrong-password")
            return Response(_asking(request, there, name, failure), status(failure), media_type=_HTML)
        door.sessions.close(session_token(request))
        answer = RedirectResponse(there or home(user.role), 303)
        secure = is_secure(request)
        answer.set_cookie(
            cookie(secure=secure),
            door.sessions.open(user),
            secure=secure,
            httponly=True,
            samesite="strict",
        )
        return answer

    @app.post(SIGN_OUT, include_in_schema=False)
    async def sign_out(request: Request) -> Response:
        await checked(request)
        door.sessions.close(session_token(request))
        await door.put_down(Event.SIGNED_OUT, person(request).name, address_of(request))
        answer = RedirectResponse(f"{SIGN_IN}?out=true", 303)
        secure = is_secure(request)
        answer.delete_cookie(cookie(secure=secure), secure=secure, httponly=True, samesite="strict")
        return answer


def _asking(
    request: Request, there: str, name: str = "", failure: ShupingError | None = None, *, out: bool = False
) -> str:
    return page(
        "sign-in.html",
        "analyzer.web",
        next=there,
        name=name,
        failure=failure,
        out=out,
        token=token(request),
    )


def _inside(address: str) -> str:
    """Return an address if it is one of ours, else nothing: a link must not lead out by way of signing in."""
    is_path = address.startswith("/") and not address.startswith("//")
    plain = all("!" <= char <= "~" and char != "\\" for char in address)
    return address if is_path and plain else ""
