"""What every request passes: whether it is of our own page, not too large, and from whom it may come."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analyzer.errors import ShupingError, error
from analyzer.reading.limits import megabytes
from analyzer.web.access import BATCHES, OPEN, admits
from analyzer.web.answers import is_of_browser, refused
from analyzer.web.door import Door
from analyzer.web.people import HERE
from analyzer.web.work import LARGEST_FILE

_AROUND: Final = 1 << 20  # what a form puts around a file, at most
MOST_BYTES: Final = LARGEST_FILE + _AROUND
MOST_OF_BATCH: Final = (200 << 20) + _AROUND
# Said to a program, and to a page whose session has ended.
_HOW_TO_SIGN_IN: Final = (
    "用浏览器打开首页登录；程序请带上用户名和口令（HTTP Basic）。",
    "您已退出，或者太久没有用；请打开首页重新登录，草稿还在这个浏览器里。",
)
# What proxies add.  Behind one, whoever asks is not at this computer, whatever address the proxy asks for.
_PROXIES: Final = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Without any referrer a browser would not say either that a form is of our own page.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Whether a name or address means this computer, without asking a name server."""
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class TooLargeError(Exception):
    """The body of a request goes on beyond the limit."""


class Guard:
    """Turns away what no page of ours sends, and who is not known.

    A form or a script of another site names that as its origin.  Another site that a name server makes point
    here (DNS rebinding) sends its own name as host, which matters where there are no users: where there are,
    it gains nothing, for a browser keeps the cookie of a session from it.

    Parameters
    ----------
    app : ASGIApp
    door : Door or None
        Lets in those who are known; None where all is for whoever sits at this computer.
    """

    def __init__(self, app: ASGIApp, door: Door | None = None) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # we have no other kind of address, so nobody is let in by one
            raise ValueError(scope["type"])
        asking = HTTPConnection(scope)
        most = _most(scope)
        taken = 0
        begun = False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise TooLargeError
            return message

        async def dressed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            wrong = _wrong(asking, local=self._door is None) or await self._stopped(asking)
            if wrong is None:
                await self._app(scope, counted, dressed)
            else:
                await refused(asking, wrong)(scope, receive, dressed)
        except ClientDisconnect:  # nobody is left to be told
            return
        except TooLargeError:
            if not begun:
                await refused(asking, _too_large(most))(scope, receive, dressed)

    async def _stopped(self, asking: HTTPConnection) -> ShupingError | None:
        """Return why somebody is not let in; else it is known from here on who it is."""
        state = asking.scope.setdefault("state", {})
        if self._door is None:
            state["person"] = HERE
            return None
        path = asking.scope["path"]
        if path in OPEN:
            return None
        try:
            entrant = await self._door.entrant(asking)
        except ShupingError as failure:
            return failure
        if entrant is None:
            return error("sign-in", how=_HOW_TO_SIGN_IN[is_of_browser(asking)])
        if not admits(entrant.person.role, asking.scope["method"], path):
            return error("forbidden")
        state["person"], state["session"] = entrant.person, entrant.session
        return None


def _wrong(asking: HTTPConnection, *, local: bool) -> ShupingError | None:
    headers, method = asking.headers, asking.scope["method"]
    host = headers.get("host", "")
    if local and not is_loopback(_name(f"//{host}")):
        return error("foreign-request", detail="访问的不是本机地址")
    if local and any(name in headers for name in _PROXIES):
        return error("foreign-request", detail="经过了代理；要开给别人用，请建好用户再加 --users")
    origin = headers.get("origin")
    if origin is not None and _site(origin, asking.scope["scheme"]) != host.lower():
        return error("foreign-request", detail="来自别的网页")
    follows_link = method == "GET" and headers.get("sec-fetch-mode") == "navigate"
    if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"} and not follows_link:
        return error("foreign-request", detail="来自别的网页")
    length, most = headers.get("content-length", "0"), _most(asking.scope)
    if length.isdecimal() and int(length) > most:  # uvicorn takes 20 digits at most
        return _too_large(most)
    return None


def _most(scope: Scope) -> int:
    """Return how many bytes a request may have."""
    return MOST_OF_BATCH if (scope["method"], scope["path"]) == ("POST", BATCHES) else MOST_BYTES


def _too_large(most: int) -> ShupingError:
    limit = megabytes(most - _AROUND)  # as the docs have it
    return error("too-large", found=f"超过 {limit}", limit=limit)


def _name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _site(origin: str, scheme: str) -> str:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme == scheme else ""
