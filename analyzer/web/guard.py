"""What every request passes: whether it is of this computer and our own page, and not too large."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analyzer.errors import ShupingError, error
from analyzer.reading.limits import megabytes
from analyzer.web.answers import failed
from analyzer.web.people import HERE

MOST_BYTES: Final = 21 << 20  # the largest file, and what a form puts around it
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
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
    """Turns away what no page of ours sends.

    Another site that a name server makes point here (DNS rebinding) sends its own name as host; a form or a
    script of another site names it as its origin.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taken = 0
        begun = False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MOST_BYTES:
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
            wrong = _wrong(scope["method"], Headers(scope=scope))
            if wrong is None:
                scope.setdefault("state", {})["person"] = HERE
                await self._app(scope, counted, dressed)
            else:
                await failed(wrong)(scope, receive, dressed)
        except ClientDisconnect:  # nobody is left to be told
            return
        except TooLargeError:
            if not begun:
                await failed(_too_large())(scope, receive, dressed)


def _wrong(method: str, headers: Headers) -> ShupingError | None:
    host = headers.get("host", "")
    if not is_loopback(_name(f"//{host}")):
        return error("foreign-request", detail="访问的不是本机地址")
    origin = headers.get("origin")
    if origin is not None and _site(origin) != host.lower():
        return error("foreign-request", detail="来自别的网页")
    follows_link = method == "GET" and headers.get("sec-fetch-mode") == "navigate"
    if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"} and not follows_link:
        return error("foreign-request", detail="来自别的网页")
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length) > MOST_BYTES:  # uvicorn takes 20 digits at most
        return _too_large()
    return None


def _too_large() -> ShupingError:
    limit = megabytes(MOST_BYTES)
    return error("too-large", found=f"超过 {limit}", limit=limit)


def _name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _site(origin: str) -> str:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme == "http" else ""
