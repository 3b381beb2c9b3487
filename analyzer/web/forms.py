"""Forms of our own pages: each carries a token that no other site can know, and none is large."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.types import Message

from analyzer.errors import error
from analyzer.web.requests import UPLOAD, form_of

FIELD: Final = "token"  # the hidden field in which the token stands

_FORMS: Final = ("application/x-www-form-urlencoded", UPLOAD)
_MOST_BYTES: Final = 1 << 20
_MOST_FIELDS: Final = 200
# Forms are as old as the process at most: one that a page still shows after a restart has to be loaded anew.
_SECRET: Final = secrets.token_bytes(32)


def token(request: Request) -> str:
    """Return what a form on the page that is being made has to carry in `FIELD`.

    It is bound to the session that the guard has found, so that a token of one person serves no other.
    """
    session: str = getattr(request.state, "session", "")
    return hmac.digest(_SECRET, session.encode(), "sha256").hex()


async def checked(request: Request) -> FormData:
    """Return the fields of a form, which holds no files, after its token has been found right.

    Raises
    ------
    ShupingError
        ``request`` where it is no form or too large, ``stale-form`` where the token is missing or another's.
    """
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > _MOST_BYTES:
            raise error("request", detail="表单太大")
        return message

    bounded = Request(request.scope, counted)
    async with form_of(bounded, *_FORMS, max_files=0, max_fields=_MOST_FIELDS) as fields:
        given = fields.get(FIELD)
    right = token(request).encode()
    if not isinstance(given, str) or not hmac.compare_digest(given.encode("utf-8", "replace"), right):
        raise error("stale-form")
    return fields
