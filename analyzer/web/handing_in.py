"""The addresses at which a batch is handed in, followed and fetched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, BinaryIO, Final
from urllib.parse import quote

from fastapi import FastAPI, Query, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response, StreamingResponse

from analyzer.batch.archives import is_archive
from analyzer.config import Settings
from analyzer.errors import ShupingError, error, printable
from analyzer.web.access import BATCHES
from analyzer.web.answers import FAILS, JSON, told
from analyzer.web.batches import Batch, Batches, State
from analyzer.web.batching import Order
from analyzer.web.people import person
from analyzer.web.requests import UPLOAD, PlaceholderPolicy, Profile, chosen, form_of

_MOST_FILES: Final = 5000
_LONGEST: Final = 200  # bytes of a file's name; file systems take 255
_CHUNK: Final = 1 << 20
_TOLD: Final = 1000  # failures that are told; all are in failures.jsonl
_MEDIA: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html; charset=utf-8",
    ".json": JSON,
    ".jsonl": "application/jsonl",
}
_BINARY: Final = "application/octet-stream"
_FORM: Final = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "format": "binary"},
            "description": "一个压缩包（.zip、.tar.gz），或若干份报告。",
        },
        "manifest": {"type": "string", "format": "binary", "description": "报送清单（CSV 或 XLSX）。"},
    },
}


class Failure(BaseModel):
    """A file that could not be analysed, or why nothing came of the batch (`path` is empty then)."""

    path: str
    code: str
    message: str
    hint: str


class Progress(BaseModel):
    """How far a batch is."""

    id: str
    name: str = Field(description="批次名，结果库里也这样叫。")
    state: State = Field(description="queued 排队，running 正在评，done 评完，failed 没有做成。")
    total: int = Field(description="一共几份；还没有拆开时是 0。")
    done: int = Field(description="评过几份，读不了的也算。")
    rate: float | None = Field(description="每秒几份。")
    failed: int = Field(description="几个文件没能分析。")
    failures: list[Failure] = Field(description=f"前 {_TOLD} 个；全部见 failures.jsonl。")
    error: Failure | None = Field(description="整批没有做成的原因。")
    files: list[str] = Field(description="可以取回的文件。")


Text = Annotated[str | None, Query(max_length=100)]


def mount(app: FastAPI, batches: Batches, settings: Settings, store: str | None, unpacked: int) -> None:
    """Add the addresses to the application.

    Parameters
    ----------
    app : FastAPI
    batches : Batches
    settings : Settings
        By which batches are scored that ask for no other.
    store : str or None
        Address of the store that takes the results.
    unpacked : int
        Bytes that the archives of one batch may unpack to.
    """

    @app.post(
        BATCHES,
        summary="交一整批，排队评阅",
        status_code=202,
        response_model=Progress,
        responses=FAILS,
        openapi_extra={
            "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}
        },
    )
    async def hand_in(
        request: Request,
        response: Response,
        name: Text = None,
        pattern: Text = None,
        profile: Profile | None = None,
        placeholders: PlaceholderPolicy | None = None,
    ) -> Progress:
        who = person(request)
        batches.check(who.name, _announced(request))
        by = chosen(settings, profile, placeholders)
        folder = batches.folder()
        try:
            given, manifest = await _received(request, folder)
            called = printable(name or "").strip() or _called(given)
            out, scratch = folder / "out", folder / "scratch"
            order = Order(by, given, out, scratch, manifest, pattern, store, called, who.name, unpacked)
            batch = await run_in_threadpool(batches.add, who.name, folder, order)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        response.headers["Location"] = f"{BATCHES}/{batch.id}"
        return _told(batch)

    @app.get(BATCHES, summary="自己交的各批", response_model=list[Progress], responses=FAILS)
    async def mine(request: Request) -> list[Progress]:
        who = person(request)
        return [_told(each) for each in batches.of(who.name)]

    @app.get(BATCHES + "/{id}", summary="一批评到哪里了", response_model=Progress, responses=FAILS)
    async def progress(request: Request, id: str) -> Progress:
        who = person(request)
        return _told(batches.get(who.name, id))

    @app.delete(BATCHES + "/{id}", summary="停下并删去一批", status_code=204, responses=FAILS)
    async def remove(request: Request, id: str) -> None:
        who = person(request)
        await run_in_threadpool(batches.remove, who.name, id)

    @app.get(
        BATCHES + "/{id}/files/{name:path}",
        summary="取回工作簿、结果、网页",
        response_class=Response,
        responses={200: {"description": "文件。", "content": {_BINARY: {}}}, **FAILS},
    )
    async def fetch(request: Request, id: str, name: str) -> Response:
        who = person(request)
        batch = batches.get(who.name, id)
        if name not in batch.files:  # these alone, so that no name leads anywhere else
            raise error("no-such-batch")
        path = batch.order.folder / name
        try:
            file = await run_in_threadpool(path.open, "rb")
        except OSError:  # taken away at this moment
            raise error("no-such-batch") from None
        said = quote(printable(path.name), errors="replace")
        return StreamingResponse(
            _chunks(file),
            media_type=_MEDIA.get(path.suffix, _BINARY),
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{said}"},
        )


def _announced(request: Request) -> int:
    """Return how many bytes a request says it has, 0 where it does not say so."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0


async def _received(request: Request, folder: Path) -> tuple[Path, Path | None]:
    """Return where the files of a form are now: an archive or a folder, and the manifest.

    Raises
    ------
    ShupingError
        Code ``request``.
    """
    async with form_of(request, UPLOAD, max_files=_MOST_FILES, max_fields=8) as form:
        files = [each for each in form.getlist("file") if isinstance(each, UploadFile)]
        manifest = form.get("manifest")
        if not files:
            raise error("request", detail="缺少文件字段 file")
        return await run_in_threadpool(
            _kept, files, manifest if isinstance(manifest, UploadFile) else None, folder
        )


def _kept(files: list[UploadFile], manifest: UploadFile | None, folder: Path) -> tuple[Path, Path | None]:
    given = folder / "given"
    given.mkdir()
    expected = None
    if manifest is not None:
        expected = folder / "manifest" / f"manifest{Path(_safe(manifest.filename)).suffix.lower()}"
        expected.parent.mkdir()
        _keep(manifest, expected)
    for each in files:
        path = given / _safe(each.filename)
        if path.exists():
            raise error("request", detail="有两个文件同名")
        _keep(each, path)
    is_packed = len(files) == 1 and is_archive(path.name)
    return path if is_packed else given, expected


def _keep(upload: UploadFile, path: Path) -> None:
    with path.open("xb") as file:
        shutil.copyfileobj(upload.file, file, _CHUNK)


def _safe(given: str | None) -> str:
    """Return a name for a file, whatever its sender has called it.

    Raises
    ------
    ShupingError
        Code ``request`` where there is none.
    """
    name = printable((given or "").replace("\\", "/").rpartition("/")[2]).strip().lstrip(".")
    stem, dot, suffix = name.rpartition(".")
    suffix = f"{dot}{suffix}"[:_LONGEST_SUFFIX]
    room = _LONGEST - len(suffix.encode("utf-8", "replace"))
    name = stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + suffix
    if not stem:
        raise error("request", detail="文件没有名字，或没有扩展名")
    return name


_LONGEST_SUFFIX: Final = 12


def _called(given: Path) -> str:
    if given.is_file():
        return given.name.partition(".")[0]
    return f"网上交来 {datetime.now():%Y-%m-%d %H:%M:%S}"


def _told(batch: Batch) -> Progress:
    return Progress(
        id=batch.id,
        name=batch.order.name,
        state=batch.state,
        total=batch.total,
        done=batch.done,
        rate=batch.rate(),
        failed=len(batch.failures),
        failures=[_failure(name, each) for name, each in batch.failures[:_TOLD]],
        error=None if batch.failure is None else _failure("", batch.failure),
        files=list(batch.files),
    )


def _failure(path: str, failure: ShupingError) -> Failure:
    return Failure(path=printable(path), **told(failure))


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
