"""``shuping batch``: many submissions into a workbook, result files and the store."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from analyzer.commands.options import (
    CONFIG,
    DEBUG,
    DONE,
    HELP,
    PATH,
    PLACEHOLDERS,
    PROFILE,
    STORE,
    STORES,
    UNREADABLE,
    Option,
    overruled,
)
from analyzer.config import Settings, settings_by_folder
from analyzer.errors import printable

if TYPE_CHECKING:
    from analyzer.batch.engine import Engine
    from analyzer.batch.intake import Intake

ENGINES: Final = ("local", "dask")


@dataclass(frozen=True, slots=True)
class _Asked:
    """The command line."""

    given: Path
    output: Path
    resume: bool
    manifest: Path | None
    pattern: str | None
    archive: Path | None
    store: str | None
    engine: str
    scheduler: str | None
    workers: int | None
    time_limit: float
    memory_limit: int
    mask: bool
    profile: str | None
    placeholders: str | None
    config: Path | None


def register(main: click.Group) -> None:
    """Add the command to the program's."""

    @main.command(
        short_help="给一整批报告打分，结果写到一个文件夹。",
        help="给一整批报告打分；INPUT 是文件夹或压缩包，结果写到 --output 的文件夹："
        "工作簿、每份一页、雷同、两年对照、未能读取的文件。\n\n"
        "\b\n中途断了，加 --resume 接着做：已评过、内容没有变的不再重评。\n"
        "单个文件出错、卡死或占用内存过多，只影响它自己。\n\n"
        "\b\n退出码：0 完成；2 用法有误；3 有文件未能分析（其余照常，\n"
        "原因见标准错误和 failures.jsonl）；130 被 Ctrl-C 中断。",
    )
    @click.argument("given", metavar="INPUT", type=PATH)
    @click.option(
        "--output", cls=Option, type=PATH, required=True, metavar="DIR", help="结果写到哪个文件夹（必填）。"
    )
    @click.option("--resume", is_flag=True, help="接着做同一文件夹里没有做完的，或补评新交来的。")
    @click.option(
        "--manifest",
        type=PATH,
        metavar="FILE",
        help="\b\n报送清单（CSV 或 XLSX）：文件、单位、单位类型、地区、述职人、年度；\n"
        "没有报送的单位会列出来。",
    )
    @click.option(
        "--pattern",
        metavar="PATTERN",
        help='文件名里写着什么，如 "{region}/{unit}-{year}"。',
    )
    @click.option(
        "--archive",
        type=PATH,
        metavar="DIR",
        help="\b\n往年的报告：查雷同、两年对照时一并比对，\n本身不列入结果。",
    )
    @click.option(
        "--store",
        envvar=STORE,
        metavar="URL",
        help=f"\b\n结果库：{STORES}；\n也可以写在环境变量 {STORE} 里。都不写就不存。",
    )
    @click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default=ENGINES[0],
        metavar="NAME",
        help="local（默认，本机多进程）或 dask（要另装 shuping[dask]）。",
    )
    @click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Dask 调度器的地址，如 tcp://10.0.0.1:8786；不写则在本机起一个集群。",
    )
    @click.option(
        "--workers",
        cls=Option,
        type=click.IntRange(1),
        metavar="N",
        help="用几个进程；不写则有几个处理器就用几个。",
    )
    @click.option(
        "--time-limit",
        cls=Option,
        type=click.FloatRange(1),
        default=120.0,
        metavar="S",
        help="每份最多用几秒（默认 120）。",
    )
    @click.option(
        "--memory-limit",
        cls=Option,
        type=click.IntRange(64),
        default=1536,
        metavar="MB",
        help="每份最多另用多少内存（默认 1536 MB）。",
    )
    @click.option("--mask", is_flag=True, help="隐去单位名和人名：同一个名字总是同一个代号。")
    @PROFILE
    @PLACEHOLDERS
    @CONFIG
    @HELP
    def batch(**line: Any) -> int:
        """Score a whole batch."""
        asked = _Asked(**line)
        if asked.scheduler is not None and asked.engine != "dask":
            raise click.UsageError("--scheduler 要与 --engine dask 同用。")
        if asked.scheduler is not None and asked.workers is not None:
            raise click.UsageError("--workers 不能与 --scheduler 同用：有几个进程由集群定。")
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="shuping-") as scratch:
            return DONE if _run(asked, Path(scratch)) else UNREADABLE


def _run(asked: _Asked, scratch: Path) -> bool:
    """Run a batch and tell what became of it; return whether all of the input was analysed."""
    from analyzer.batch.gathering import Gathering
    from analyzer.batch.intake import collect
    from analyzer.batch.run import Plan, check_folder, run
    from analyzer.batch.steps import masker_of, steps_of
    from analyzer.commands.telling import summary, watching

    check_folder(asked.output)  # before much is read for nothing
    of_folder = settings_by_folder(asked.config)

    @cache
    def settings(folder: Path) -> Settings:
        return overruled(of_folder(folder), asked.profile, asked.placeholders)

    intake = collect(asked.given, scratch / "given", asked.manifest, asked.pattern)
    if asked.store is not None:
        from analyzer.store.store import Store

        Store.open(asked.store)  # what is wrong with it is told before reports are scored
    archive = _archive(asked, intake, scratch / "archive")
    masker = masker_of(intake, archive) if asked.mask else None
    engine = _engine(asked)
    seen, debug = sys.stderr.isatty(), bool(os.environ.get(DEBUG))
    with watching(len(intake.entries) + len(archive.entries), seen=seen, debug=debug) as told:
        for name, failure in (*intake.failures, *archive.failures):
            told.fail(failure.at(Path(name)))
        name = asked.output.resolve().name
        plan = Plan(
            asked.output,
            asked.resume,
            lambda entry: settings((asked.given / entry.name).parent),  # archives count as folders
            steps_of(intake, archive, masker),
            engine,
            masker.path if masker else str,
            Gathering(intake, masker, asked.store, name, alone=asked.workers == 1),
            archive,
        )
        ended = run(intake, plan, told)
    for line in summary(intake, ended, asked.output):
        click.echo(printable(line))
    return not ended.failures


def _engine(asked: _Asked) -> Callable[[Callable[[], object]], Engine]:
    """Return what makes the engine, given what loads the analyzer."""
    from analyzer.batch.cluster import Cluster
    from analyzer.batch.engine import Local, processors
    from analyzer.batch.isolation import Bounds

    means = asked.workers or processors(), Bounds(asked.time_limit, asked.memory_limit)
    if asked.engine == "dask":
        return partial(Cluster, asked.scheduler, *means)
    return partial(Local, *means)


def _archive(asked: _Asked, intake: Intake, scratch: Path) -> Intake:
    """Return the reports of earlier years."""
    from analyzer.batch.archive import archived
    from analyzer.batch.intake import Intake, collect

    if asked.archive is None:
        return Intake(())
    taken = {entry.name for entry in intake.entries}
    return archived(collect(asked.archive, scratch, None, asked.pattern), taken)
