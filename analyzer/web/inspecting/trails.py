"""The trail as a page: who did what, when, and whether it all still holds."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request
from sqlalchemy import func, select
from starlette.responses import Response

from analyzer.rendering.places import shorten
from analyzer.store.packing import clean
from analyzer.store.review import DECISION, Kind
from analyzer.store.showing import KIND, about
from analyzer.store.store import Store
from analyzer.store.tables import Entry
from analyzer.store.verifying import Verified, verify
from analyzer.web.access import TRAIL
from analyzer.web.inspecting.pages import leaf, show
from analyzer.web.trail import Event


@dataclass(frozen=True, slots=True)
class Kept:
    """A trail as it is shown: where, called what, what stands in it, and what does not."""

    address: str
    title: str
    lead: str
    left_out: str = ""


OF_RESULTS: Final = Kept("/inspect/trail", "留痕", "谁对结果做了什么")
OF_ACCESS: Final = Kept(
    TRAIL,
    "登录留痕",
    "谁登录过，谁改过用户",
    "不记口令；名单上没有的名字也不记，免得有人把口令填在名字里。",
)
_WHAT: Final = {
    "save": "存入结果",
    "rescore": "重新评分",
    "copies": "存入雷同",
    "upload": "交来整批",
    DECISION: "复核意见",
    "export": "导出",
    Event.SIGNED_IN: "登录",
    Event.REFUSED: "登录没有成功",
    Event.LOCKED_OUT: "错得太多，暂停核对",
    Event.SIGNED_OUT: "退出",
    Event.USER_ADDED: "加上用户",
    Event.PASSWORD_CHANGED: "换口令",
    Event.ROLE_CHANGED: "换角色",
    Event.USER_REMOVED: "删去用户",
}
_ROWS: Final = {"reports": "报告", "results": "结果", "submissions": "报送", "copies": "雷同"}
_NAMES: Final = {
    "decisions": "意见",
    "labels": "标注",
    "scores": "得分",
    "from": "来自",
    "way": "经由",
    "user": "用户",
    "role": "角色",
}
_WAYS: Final[dict[Any, str]] = {"page": "网页", "api": "接口"}
_VERIFYING: Final = threading.Lock()  # it reads the whole store


@dataclass(frozen=True, slots=True)
class _Line:
    """An entry in words."""

    seq: int
    at: str
    who: str
    what: str
    words: str
    reason: str
    report: str
    hash: str


def trail_page(
    request: Request,
    store: Store,
    kept: Kept,
    found: Verified | None = None,
    *,
    waits: bool = False,
    head: str = "",
) -> Response:
    """Return the trail, newest first, or what one person did.

    Parameters
    ----------
    request : Request
    store : Store
    kept : Kept
        Which trail it is.
    found : Verified, optional
        What verifying has found.
    waits : bool
        Whether somebody else's verifying has to end first.
    head : str
        The hash that was looked for.
    """
    who, what = (clean(request.query_params.get(name, "")) for name in ("who", "what"))
    matching = [column == value for column, value in ((Entry.who, who), (Entry.what, what)) if value]
    with store.database.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(Entry).where(*matching)) or 0
        told = leaf(request, total)
        cut = told.slice
        query = select(*Entry.__table__.columns).where(*matching).order_by(Entry.seq.desc())
        rows = connection.execute(query.offset(cut.start).limit(cut.stop - cut.start)).all()
        people = connection.scalars(select(Entry.who).distinct().order_by(Entry.who)).all()
        kinds = connection.scalars(select(Entry.what).distinct().order_by(Entry.what)).all()
    entries, last = store.head()
    return show(
        request,
        "trail.html",
        kept=kept,
        lines=[_line(row) for row in rows],
        leaf=told,
        people=[name for name in people if name],
        kinds=[(kind, _WHAT.get(kind, kind)) for kind in kinds],
        asked={"who": who, "what": what},
        entries=entries,
        last=last,
        found=found,
        waits=waits,
        head=head,
    )


def verified_page(request: Request, store: Store, kept: Kept, head: str) -> Response:
    """Verify the store and return the trail with what was found."""
    if not _VERIFYING.acquire(blocking=False):
        return trail_page(request, store, kept, waits=True, head=head)
    try:
        found = verify(store, head or None)
    finally:
        _VERIFYING.release()
    return trail_page(request, store, kept, found, head=head)


def _line(row: Any) -> _Line:
    try:
        words, reason, report = _told(row.what, json.loads(row.told))
    except (ValueError, KeyError, AttributeError, TypeError):  # somebody has changed it; `verify` will say so
        words = reason = report = ""
    return _Line(row.seq, row.at, row.who, _WHAT.get(row.what, row.what), words, reason, report, row.hash)


def _told(what: str, told: dict[str, Any]) -> tuple[str, str, str]:
    if what == DECISION:
        return _decision(told), str(told.get("reason", "")), str(told.get("report", ""))
    parts = [
        f"{_ROWS[table]} {len(rows)}" for table, rows in (told.get("rows") or {}).items() if table in _ROWS
    ]
    plain = [
        f"{value}" if name == "batch" else f"{_NAMES.get(name, name)} {_WAYS.get(value, value)}"
        for name, value in told.items()
        if isinstance(value, str | int | float)
    ]
    return shorten("，".join([*plain, *parts]), 120), "", ""


def _decision(told: dict[str, Any]) -> str:
    kind = Kind(told["kind"])
    return f"{KIND[kind]}：{about(kind, str(told['target']), told.get('value'))}"
