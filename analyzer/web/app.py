"""The addresses: the contract's HTTP API, and the page that writers use."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from urllib.parse import quote

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from analyzer.config import PROFILES, Settings
from analyzer.errors import ShupingError, error, printable
from analyzer.rendering import labels
from analyzer.rendering.assets import asset
from analyzer.rendering.assets import page as made_of
from analyzer.rendering.json import load_schema
from analyzer.rules.catalogue import catalogue
from analyzer.scoring.calibration import rubric
from analyzer.web import handing_in, signing
from analyzer.web.access import SCRIPTS, TRAIL, admits, home
from analyzer.web.answers import FAILS, JSON, failed, refused
from analyzer.web.batches import Batches
from analyzer.web.batching import UNPACKED
from analyzer.web.door import Door, cookie
from analyzer.web.forms import token
from analyzer.web.guard import Guard
from analyzer.web.people import person
from analyzer.web.pool import Pool
from analyzer.web.requests import (
    PlaceholderPolicy,
    Profile,
    ScoreRequest,
    asked,
    chosen,
    explained,
    uploaded,
)
from analyzer.web.trail import trail_of
from analyzer.web.users import Users
from analyzer.web.view import STEPS
from analyzer.web.work import MOST_CHARACTERS, Job

if TYPE_CHECKING:
    from analyzer.store.store import Store

_LOG: Final = logging.getLogger(__name__)
_PACKAGE: Final = "analyzer.web"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA: Final = {"json": JSON, "html": "text/html; charset=utf-8", "docx": _WORD}

_ERROR: Final = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "hint"],
            "properties": {name: {"type": "string"} for name in ("code", "message", "hint")},
        }
    },
}
_RESULT: Final = {"$ref": "#/components/schemas/Result"}
_BINARY: Final = {"type": "string", "format": "binary"}
_FORM: Final = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {**_BINARY, "description": "报告文件。"}},
}


def make_app(
    settings: Settings,
    store: Store | None = None,
    users: Users | None = None,
    unpacked: int = UNPACKED,
) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    settings : Settings
        By which requests are answered that ask for no other.
    store : Store, optional
        What inspectors' pages show, and batches are put into.
    users : Users, optional
        Who may use it; without, whoever sits at this computer, and nobody else.
    unpacked : int
        Bytes that the archives of one batch may unpack to.
    """
    pool = Pool(settings)
    door = Door(users, trail_of(users.path)) if users is not None else None
    batches = Batches()

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        pool.start()
        try:
            yield
        finally:
            pool.close()
            batches.close()
            if door is not None:
                door.close()

    app = FastAPI(
        title="述评",
        description=f"给述职报告的写法打分。{labels.LIMITS}",
        version=version("shuping"),
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=running,
    )
    app.add_middleware(Guard, door=door)
    app.state.store, app.state.has_users = store, door is not None
    _tell_failures(app)
    _serve_api(app, pool, settings)
    _serve_page(app, pool, settings)
    address = None if store is None else store.database.address
    handing_in.mount(app, batches, settings, address, unpacked)
    if door is not None:
        signing.mount(app, door)
    if store is not None or door is not None:
        from analyzer.web import inspecting  # with all of a store behind it, which few need

        inspecting.mount(app, store, None if door is None else door.trail)
    app.openapi = cache(lambda: _specification(FastAPI.openapi(app), locked=door is not None))  # type: ignore[method-assign]
    return app


def _tell_failures(app: FastAPI) -> None:
    @app.exception_handler(ShupingError)
    async def known(request: Request, failure: ShupingError) -> Response:
        return refused(request, failure)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, wrong: RequestValidationError) -> Response:
        return refused(request, error("request", detail=explained(wrong.errors())))

    @app.exception_handler(HTTPException)
    async def unanswered(request: Request, wrong: HTTPException) -> Response:
        if wrong.status_code == 405:
            answer = refused(request, error("method", method=request.method))
            answer.headers.update(wrong.headers or {})
            return answer
        known = "no-such-address" if wrong.status_code == 404 else "request"
        return refused(request, error(known, detail="读不懂"))

    @app.exception_handler(Exception)
    async def defect(_: Request, reason: Exception) -> Response:
        # The kind of the failure only: its words may quote the text.
        return failed(error("internal", detail=type(reason).__name__))


def _serve_api(app: FastAPI, pool: Pool, settings: Settings) -> None:
    @app.get("/health", summary="是否就绪", response_model=dict[str, str])
    async def health() -> dict[str, str]:
        return {"status": "ok", "version": app.version}

    @app.get("/api/v1/rules", summary="全部规则", response_model=list[dict[str, str]])
    async def rules() -> list[dict[str, str]]:
        return _rules()

    @app.post(
        "/api/v1/score",
        summary="给一段文字打分",
        response_class=Response,
        responses={200: _answer("评分结果。", {JSON: _RESULT}), **FAILS},
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {JSON: {"schema": {"$ref": "#/components/schemas/ScoreRequest"}}},
            }
        },
    )
    async def score(request: Request) -> Response:
        wanted = await asked(request)
        by = chosen(settings, wanted.profile, wanted.placeholders)
        return Response(await pool.do(Job(by, "json", wanted.text), person(request).name), media_type=JSON)

    @app.post(
        "/api/v1/files",
        summary="给一个文件打分，取回结果、网页或带批注的 Word 文件",
        response_class=Response,
        responses={
            200: _answer(
                "结果、网页或带批注的 Word 文件。",
                {
                    JSON: _RESULT,
                    "text/html": {"type": "string"},
                    _WORD: _BINARY,
                },
            ),
            **FAILS,
        },
        openapi_extra={
            "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}
        },
    )
    async def files(
        request: Request,
        format: Literal["json", "html", "docx"] = "json",
        profile: Profile | None = None,
        placeholders: PlaceholderPolicy | None = None,
        scorecard: Annotated[bool, Query(description="只用于 docx：末尾另起一页，附上评分卡。")] = False,
    ) -> Response:
        if scorecard and format != "docx":
            raise error("request", detail="scorecard 只用于 format=docx")
        data, name, _ = await uploaded(request)
        by = chosen(settings, profile, placeholders)
        body = await pool.do(Job(by, format, None, data, name, scorecard), person(request).name)
        headers = {} if format == "json" else {"Content-Disposition": _attached(name, format)}
        return Response(body, media_type=_MEDIA[format], headers=headers)


def _serve_page(app: FastAPI, pool: Pool, settings: Settings) -> None:
    @app.get("/", include_in_schema=False)
    async def page(request: Request) -> Response:
        if (there := home(person(request).role)) != "/":
            return RedirectResponse(there, 303)
        return Response(_page(settings, request), media_type="text/html; charset=utf-8")

    @app.get("/page.css", include_in_schema=False)
    async def style() -> Response:
        return Response(asset("page.css") + asset("web.css", _PACKAGE), media_type="text/css; charset=utf-8")

    @app.get("/{name}.js", include_in_schema=False)
    async def script(name: str) -> Response:
        if name not in SCRIPTS:
            raise error("no-such-address")
        return Response(asset(f"{name}.js", _PACKAGE), media_type="text/javascript; charset=utf-8")

    @app.post("/page/check", include_in_schema=False)
    async def check(request: Request) -> Response:
        wanted = await asked(request)
        by = chosen(settings, wanted.profile, wanted.placeholders)
        return Response(await pool.do(Job(by, "view", wanted.text), person(request).name), media_type=JSON)

    @app.post("/page/open", include_in_schema=False)
    async def opened(
        request: Request, profile: Profile | None = None, placeholders: PlaceholderPolicy | None = None
    ) -> Response:
        data, name, _ = await uploaded(request)
        by = chosen(settings, profile, placeholders)
        return Response(
            await pool.do(Job(by, "view", None, data, name), person(request).name), media_type=JSON
        )

    # As /api/v1/files; the field `noted` may hold the file's text with notes that let findings stand.
    @app.post("/page/fetch", include_in_schema=False)
    async def fetched(
        request: Request,
        format: Literal["html", "docx"],
        profile: Profile | None = None,
        placeholders: PlaceholderPolicy | None = None,
        scorecard: bool = False,
    ) -> Response:
        data, name, noted = await uploaded(request)
        by = chosen(settings, profile, placeholders)
        job = Job(by, format, None, data, name, scorecard=scorecard, noted=noted)
        return Response(await pool.do(job, person(request).name), media_type=_MEDIA[format])


def _page(settings: Settings, request: Request) -> str:
    profiles = [
        (name, "自动识别" if name == PROFILES[0] else rubric(name, settings.prices).name) for name in PROFILES
    ]
    return made_of(
        "page.html",
        _PACKAGE,
        labels=labels,
        steps=STEPS,
        profiles=profiles,
        settings=settings,
        most=MOST_CHARACTERS,
        name=person(request).name,
        inspects=request.app.state.store is not None and admits(person(request).role, "GET", "/inspect"),
        administers=request.app.state.has_users and admits(person(request).role, "GET", TRAIL),
        token=token(request),
    )


@cache
def _rules() -> list[dict[str, str]]:
    return [
        {
            "id": each.id,
            "title": each.title,
            "family": each.family,
            "dimension": each.dimension,
            "severity": each.severity,
            "status": each.status,
            "level": each.level,
            "since": each.since,
            "what": each.what,
            "why": each.why,
            "fix": each.fix,
            "basis": each.basis,
        }
        for each in sorted(catalogue(), key=lambda each: each.id)
    ]


def _attached(name: str, form: str) -> str:
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or labels.UNTITLED
    said = quote(printable(f"{stem}-述评.{form}"), errors="replace")
    return f"attachment; filename=\"shuping.{form}\"; filename*=UTF-8''{said}"


def _answer(said: str, schemas: dict[str, Any]) -> dict[str, Any]:
    return {"description": said, "content": {name: {"schema": each} for name, each in schemas.items()}}


def _specification(made: dict[str, Any], *, locked: bool) -> dict[str, Any]:
    """Return the specification with what answers and bodies look like, which FastAPI is not told of."""
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    result = _moved(load_schema())
    named = result.pop("$defs", {})
    result.pop("$schema", None)
    result.pop("$id", None)
    schemas |= {f"Result.{name}": each for name, each in named.items()}
    schemas |= {
        "Result": result,
        "Error": _ERROR,
        "ScoreRequest": ScoreRequest.model_json_schema(ref_template="#/components/schemas/{model}"),
    }
    # Every failure has the contract's shape, FastAPI's own 422 too.
    for path in made["paths"].values():
        for operation in path.values():
            if "422" in operation["responses"]:
                operation["responses"]["422"] = FAILS[422]
    if locked:
        cookies = [{"type": "apiKey", "in": "cookie", "name": cookie(secure=each)} for each in (True, False)]
        ways = {"password": {"type": "http", "scheme": "basic"}, "session": cookies[0], "plain": cookies[1]}
        made["components"]["securitySchemes"] = ways
        made["security"] = [{name: []} for name in ways]
        made["paths"]["/health"]["get"]["security"] = []
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return made


def _moved(schema: Any) -> Any:
    """Return a schema whose references lead to where the specification keeps its parts."""
    if isinstance(schema, dict):
        return {
            name: each.replace("#/$defs/", "#/components/schemas/Result.")
            if name == "$ref" and isinstance(each, str)
            else _moved(each)
            for name, each in schema.items()
        }
    return [_moved(each) for each in schema] if isinstance(schema, list) else schema
