"""Failures as answers: the contract's shape, and a status that says whose fault it is."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response

from analyzer.errors import ShupingError, printable
from analyzer.rendering.assets import page
from analyzer.rendering.json import escaped
from analyzer.web.access import API, SIGN_IN

JSON: Final = "application/json"

# Said by the scripts of our pages, not by programs.
_BROWSERS: Final = ("sec-fetch-mode", "referer", "origin")
# What is wrong with a text or a file is 422; these tell more.
_STATUS: Final = {
    "request": 400,
    "sign-in": 401,
    "wrong-password": 401,
    "foreign-request": 403,
    "forbidden": 403,
    "stale-form": 403,
    "no-such-address": 404,
    "not-in-store": 404,
    "no-such-batch": 404,
    "method": 405,
    "overtaken": 409,
    "too-large": 413,
    "unknown-format": 415,
    "wrong-name": 415,
    "busy": 429,
    "busy-with-yours": 429,
    "queue-full": 429,
    "too-many-guesses": 429,
    "too-many-batches": 429,
    "internal": 500,
    "models": 500,
    "workers": 500,
    "not-recorded": 503,
}

# The failures that answers may tell of, for the specification.
FAILS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"description": said, "content": {JSON: {"schema": {"$ref": "#/components/schemas/Error"}}}}
    for status, said in {
        400: "请求不合要求。",
        401: "没有登录，或名字、口令不对。",
        403: "角色不够，或不是从我们自己的网页发来的。",
        404: "没有这个地址，或没有这一批、这个文件。",
        413: "太大。",
        415: "不认识的格式。",
        422: "这份文字或文件没能分析。",
        429: "眼下等着分析的太多，或口令错得太多。",
        503: "登录没有能记进留痕，所以没有登录。",
    }.items()
}


def status(failure: ShupingError) -> int:
    """Return the status that a failure is answered with."""
    return _STATUS.get(failure.code, 422)


def told(failure: ShupingError) -> dict[str, str]:
    """Return what an answer says of a failure."""
    return {"code": failure.code, "message": printable(failure.message), "hint": printable(failure.hint)}


def failed(failure: ShupingError) -> Response:
    """Return a failure as an answer."""
    body = escaped(json.dumps({"error": told(failure)}, ensure_ascii=False))
    return Response(body, status(failure), media_type=JSON)


def is_of_browser(asking: HTTPConnection) -> bool:
    """Whether a script of a page is asking, not a program."""
    return any(name in asking.headers for name in _BROWSERS)


def refused(asking: HTTPConnection, failure: ShupingError) -> Response:
    """Return a failure as an answer to whoever asks: a page for a person, the contract's shape for a program.

    A person who is to sign in is shown where; a program is told how it may, a browser's script is not, for
    the browser would ask for the password in a window of its own.
    """
    path = asking.scope["path"]
    is_of_api = path.startswith(API)
    if is_of_api or "text/html" not in asking.headers.get("accept", ""):
        answer = failed(failure)
        if is_of_api and status(failure) == 401 and not is_of_browser(asking):
            answer.headers["WWW-Authenticate"] = 'Basic realm="shuping", charset="UTF-8"'
        return answer
    if failure.code == "sign-in":
        query = asking.scope["query_string"].decode("latin-1")
        there = f"{path}?{query}" if query else path
        if asking.scope["method"] != "GET":  # what was sent is lost, and nobody can be led back to it
            there = "/"
        return RedirectResponse(f"{SIGN_IN}?next={quote(there)}" if there != "/" else SIGN_IN, 303)
    shown = page("refused.html", "analyzer.web", message=failure.message, hint=failure.hint)
    return Response(shown, status(failure), media_type="text/html; charset=utf-8")
