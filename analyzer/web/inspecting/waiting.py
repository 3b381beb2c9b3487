"""The queue as a page: what is asked for, and what can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from starlette.responses import Response

from analyzer.rendering import labels
from analyzer.store.packing import clean
from analyzer.store.queueing import Queue, Waiting
from analyzer.store.store import Filter, Store
from analyzer.web.inspecting.pages import leaf, show

_UNSCORED: Final = "none"
_GRADES: Final = {**{grade: f"{grade} {name}" for grade, name in labels.GRADE.items()}, _UNSCORED: "没有评分"}
_DONE: Final = {"no": "还没有意见的", "yes": "已有意见的"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of the queue is asked for; what is empty narrows nothing."""

    batch: str
    year: str
    region: str
    unit_type: str
    grade: str
    done: str
    search: str

    @classmethod
    def of(cls, request: Request) -> _Asked:
        return cls(*(clean(request.query_params.get(name, "")).strip() for name in cls.__slots__))

    @property
    def filter(self) -> Filter:
        """What the store itself narrows by."""
        year = int(self.year) if self.year.isdecimal() and len(self.year) == 4 else None
        return Filter(
            batch=self.batch or None,
            year=year,
            region=self.region or None,
            unit_type=self.unit_type or None,
        )

    def __call__(self, each: Waiting) -> bool:
        """Whether a report is asked for."""
        if self.grade and (each.grade or _UNSCORED) != self.grade:
            return False
        if self.done and (each.decisions > 0) != (self.done == "yes"):
            return False
        names = (each.unit, each.author, each.path)
        return (
            not self.search
            or each.sha256.startswith(self.search.lower())
            or any(self.search in name for name in names if name)
        )


def queue_page(request: Request, store: Store, queue: Queue) -> Response:
    """Return the queue, or what of it is asked for."""
    asked = _Asked.of(request)
    everything = queue.waiting()
    within = everything if asked.filter == Filter() else queue.waiting(asked.filter)
    found = [each for each in within if asked(each)]
    told = leaf(request, len(found))
    return show(
        request,
        "queue.html",
        asked=asked,
        found=found[told.slice],
        leaf=told,
        heaviest=max((each.priority for each in found), default=1.0) or 1.0,
        done=sum(each.decisions > 0 for each in found),
        choices=(
            ("batch", "批次", [(name, name) for name, _, _ in reversed(store.batches())]),
            ("year", "年度", _named(str(each.year or "") for each in everything)[::-1]),
            ("region", "地区", _named(each.region or "" for each in everything)),
            ("unit_type", "单位类型", _named(each.unit_type or "" for each in everything)),
            ("grade", "等次", list(_GRADES.items())),
            ("done", "复核", list(_DONE.items())),
        ),
    )


def _named(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in sorted(set(values)) if value]
