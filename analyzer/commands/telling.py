"""What a batch tells those who wait for it, and what they are told at its end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from analyzer.errors import ShupingError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from analyzer.batch.intake import Intake
    from analyzer.batch.run import Ended

_SPOKEN: Final = 10.0  # seconds between two lines where no bar can be drawn


class Told:
    """Tells on standard error how far a batch is, how fast it goes, what time is left, and what has failed.

    Parameters
    ----------
    total : int
        Reports that were handed in.
    bar : (Progress, TaskID) or None
        Where somebody watches; else a line every so often.
    debug : bool
        Whether to show where the program failed.
    """

    def __init__(self, total: int, bar: tuple[Progress, TaskID] | None, *, debug: bool) -> None:
        self._total = total
        self._bar = bar
        self._debug = debug
        self._begun = self._spoken = time.monotonic()
        self._before = 0
        self._now = 0

    def done(self, name: str, failure: ShupingError | None, trace: str, *, before: bool) -> None:
        """Hear of one more report; see `analyzer.batch.run.Watch`."""
        self._before += before
        if not before:
            self._now += 1
            if self._now == 1:  # what came before was the start of the processes
                self._begun = time.monotonic()
        if failure is not None:
            self.fail(failure, trace)
        if self._bar is not None:
            bar, task = self._bar
            bar.update(task, completed=self._before + self._now, rate=self._rate())
        elif time.monotonic() - self._spoken >= _SPOKEN:
            self._spoken = time.monotonic()
            self._say(self._line())

    def fail(self, failure: ShupingError, trace: str = "") -> None:
        """Name a failure."""
        self._say(str(failure))
        if trace and self._debug:
            self._say(trace)

    def _say(self, line: str) -> None:
        if self._bar is None:
            click.echo(line, err=True)
        else:
            self._bar[0].console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _line(self) -> str:
        done = self._before + self._now
        speed = self._speed()
        left = f"，约剩 {_lasting((self._total - done) / speed)}" if speed else ""
        return "，".join(filter(None, (f"已完成 {done}/{self._total}", self._rate()))) + left

    def _rate(self) -> str:
        speed = self._speed()
        return f"每秒 {speed:.1f} 份" if speed else ""

    def _speed(self) -> float:
        spent = time.monotonic() - self._begun
        return (self._now - 1) / spent if self._now > 1 and spent else 0.0


@contextmanager
def watching(total: int, *, seen: bool, debug: bool) -> Iterator[Told]:
    """Give what tells of a batch; with a bar where standard error is `seen` by somebody."""
    if not seen:
        yield Told(total, None, debug=debug)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("正在评分"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("约剩"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        yield Told(total, (bar, bar.add_task("", total=total, rate="")), debug=debug)


def summary(intake: Intake, ended: Ended, output: Path) -> Iterator[str]:
    """Yield the lines that close a batch."""
    from analyzer.batch.gathering import COPIES, COPY_PAGES, FOREIGN, WORKBOOK, YEAR_PAGES
    from analyzer.batch.intake import ABSENT
    from analyzer.batch.run import FAILURES, REPORTS, RESULTS

    found = ended.gathered
    scored = ended.results - ended.declined
    absent = sum(failure.code == ABSENT for _, failure in ended.failures)
    yield f"评分 {scored} 份，不予评分 {ended.declined} 份，未能读取 {len(ended.failures) - absent} 份。"
    if intake.repeats:
        yield f"与别的文件内容完全相同、没有重复评的 {len(intake.repeats)} 份。"
    if absent:
        yield f"清单写明、没有交来的文件 {absent} 份。"
    if intake.unmatched:
        yield f"文件名不合 --pattern、照样读取的 {len(intake.unmatched)} 份，见工作簿的“未能读取”。"
    if found.missing:
        yield f"清单上有、没有交来的单位 {len(found.missing)} 个，见工作簿的“未能读取”。"
    yield f"工作簿：{output / WORKBOOK}"
    yield f"每份一页：{output / REPORTS}"
    if found.copies:
        yield f"相同文字较多的 {found.copies} 对，请人工比对：{output / COPY_PAGES}（{COPIES}）"
    if found.foreign:
        yield f"自称处写了别的单位的 {found.foreign} 份：{output / FOREIGN}"
    if found.years:
        yield f"同一单位两年的 {found.years} 对：{output / YEAR_PAGES}"
    yield f"逐份的 JSON：{output / RESULTS}"
    if ended.failures:
        yield f"未能读取和没有交来的文件、原因：{output / FAILURES}"
    if found.saved is not None:
        saved = found.saved
        known = f"，原有 {saved.known} 份" if saved.known else ""
        yield f"存入结果库 {saved.added} 份{known}；留痕 {saved.entries} 条，校验值 {saved.head}"


def _lasting(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
