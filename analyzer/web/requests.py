"""What requests hold, read with care: anything may come."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from analyzer.config import Settings
from analyzer.errors import error
from analyzer.result import Policy
from analyzer.web.answers import JSON
from analyzer.web.work import MOST_CHARACTERS, MOST_SAID

Profile = Literal["auto", "party-duty", "integrity-duty", "self-examination", "personal-duty"]
PlaceholderPolicy = Literal["strict", "desensitized"]

# A character takes six bytes at most in JSON (\uXXXX), twelve beyond the basic plane.
_MOST_JSON: Final = 12 * MOST_CHARACTERS + 4096
UPLOAD: Final = "multipart/form-data"
_LONGEST_NAME: Final = 200
_SHOWN: Final = 60


class ScoreRequest(BaseModel):
    """A text to score."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str = Field(max_length=MOST_CHARACTERS, description="报告正文。")
    profile: Profile | None = Field(None, description="口径；不写或 null 为自动识别。")
    placeholders: PlaceholderPolicy | None = Field(None, description="“X次”怎么看；不写为 strict。")


async def asked(request: Request) -> ScoreRequest:
    """Return what a request in JSON asks for.

    Raises
    ------
    ShupingError
        ``request`` or ``too-large``.
    """
    _expect(request, JSON)  # also what makes a browser ask before another site may send it
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_JSON:
            raise error("too-large", found="正文过长", limit=MOST_SAID)
    try:
        held = json.loads(body)
    except (ValueError, RecursionError):
        raise error("request", detail="正文不是 JSON") from None
    try:
        return ScoreRequest.model_validate(held)
    except ValidationError as wrong:
        raise error(
            "request", detail=explained(wrong.errors(include_url=False, include_input=False))
        ) from None


def explained(wrong: Any) -> str:
    """Return in words what is wrong with the first of what pydantic found."""
    first = wrong[0]
    if first["type"] == "string_too_long":
        return f"正文超过 {MOST_SAID}，请分开检查"
    name = "".join(char for part in first["loc"] for char in str(part) if char.isprintable())[:_SHOWN]
    said = {
        "missing": "缺少",
        "extra_forbidden": "没有这一项：",
    }.get(first["type"], "值不对：")
    return f"{said} {name}" if name else "正文应是一个 JSON 对象"


async def uploaded(request: Request) -> tuple[bytes, str, str]:
    """Return the bytes and the name of the file in the form's field ``file``, and the text of ``noted``.

    Raises
    ------
    ShupingError
        ``request``.
    """
    async with form_of(request, UPLOAD, max_files=1, max_fields=8) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise error("request", detail="缺少文件字段 file")
        noted = form.get("noted")
        # A browser ends the lines of what it sends in a form with two characters.
        text = noted.replace("\r\n", "\n") if isinstance(noted, str) else ""
        return await file.read(), (file.filename or "")[-_LONGEST_NAME:], text


@asynccontextmanager
async def form_of(request: Request, *kinds: str, **limits: int) -> AsyncIterator[FormData]:
    """Give the form that a request holds.

    Parameters
    ----------
    request : Request
    *kinds : str
        The media types that it may have, the one to recommend first.
    **limits
        See `starlette.requests.Request.form`.

    Raises
    ------
    ShupingError
        ``request``.
    """
    _expect(request, *kinds)
    try:
        # What is larger than a megabyte is on disk from the start.
        async with request.form(**limits) as form:
            yield form
    except (HTTPException, ValueError, LookupError):
        raise error("request", detail="表单读不出来") from None


def _expect(request: Request, *kinds: str) -> None:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in kinds:
        raise error("request", detail=f"Content-Type 应为 {kinds[0]}")


def chosen(settings: Settings, profile: str | None, placeholders: str | None) -> Settings:
    """Return settings as a request overrules them."""
    if profile is not None:
        settings = replace(settings, profile=profile)
    if placeholders is not None:
        settings = replace(settings, placeholders=Policy(placeholders))
    return settings
