"""What requests hold, read with care: anything may come."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from analyzer.config import Settings
from analyzer.errors import error
from analyzer.result import Policy
from analyzer.web.work import MOST_CHARACTERS

Profile = Literal["auto", "party-duty", "integrity-duty", "self-examination", "personal-duty"]
PlaceholderPolicy = Literal["strict", "desensitized"]

# A character takes six bytes at most in JSON (\uXXXX), twelve beyond the basic plane.
_MOST_JSON: Final = 12 * MOST_CHARACTERS + 4096
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
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        # Also what makes a browser ask before another site may send it.
        raise error("request", detail="Content-Type 应为 application/json")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_JSON:
            raise error("too-large", found="过长的正文", limit=f"{MOST_CHARACTERS} 字")
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
    name = "".join(char for part in first["loc"] for char in str(part) if char.isprintable())[:_SHOWN]
    said = {
        "missing": "缺少",
        "extra_forbidden": "没有这一项：",
        "string_too_long": f"超过 {MOST_CHARACTERS} 字：",
    }.get(first["type"], "值不对：")
    return f"{said} {name}" if name else "正文应是一个 JSON 对象"


async def uploaded(request: Request) -> tuple[bytes, str]:
    """Return the bytes and the name of the file in the form's field ``file``.

    Raises
    ------
    ShupingError
        ``request``.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise error("request", detail="Content-Type 应为 multipart/form-data")
    try:
        async with request.form(max_files=1, max_fields=8) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise error("request", detail="缺少文件字段 file")
            return await file.read(), (file.filename or "")[-_LONGEST_NAME:]
    except (HTTPException, ValueError, LookupError):
        raise error("request", detail="表单读不出来") from None


def chosen(settings: Settings, profile: str | None, placeholders: str | None) -> Settings:
    """Return settings as a request overrules them."""
    if profile is not None:
        settings = replace(settings, profile=profile)
    if placeholders is not None:
        settings = replace(settings, placeholders=Policy(placeholders))
    return settings
