"""Failures as answers: the contract's shape, and a status that says whose fault it is."""

from __future__ import annotations

import json
from typing import Final

from starlette.responses import Response

from analyzer.errors import ShupingError, printable
from analyzer.rendering.json import escaped

JSON: Final = "application/json"

# What is wrong with a text or a file is 422; these tell more.
_STATUS: Final = {
    "request": 400,
    "foreign-request": 403,
    "forbidden": 403,
    "stale-form": 403,
    "no-such-address": 404,
    "not-in-store": 404,
    "method": 405,
    "too-large": 413,
    "unknown-format": 415,
    "wrong-name": 415,
    "busy": 429,
    "internal": 500,
    "models": 500,
    "workers": 500,
}


def status(failure: ShupingError) -> int:
    """Return the status that a failure is answered with."""
    return _STATUS.get(failure.code, 422)


def failed(failure: ShupingError) -> Response:
    """Return a failure as an answer."""
    told = {"code": failure.code, "message": printable(failure.message), "hint": printable(failure.hint)}
    body = escaped(json.dumps({"error": told}, ensure_ascii=False))
    return Response(body, status(failure), media_type=JSON)
