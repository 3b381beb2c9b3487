"""``shuping store``: a store is made, looked at, checked, taken out of, scored anew."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from analyzer.commands.options import DONE, HELP, PATH, STORE, STORES, UNREADABLE, remembered_option
from analyzer.config import Settings, load_settings
from analyzer.errors import ShupingError, printable

if TYPE_CHECKING:
    from analyzer.result import Result
    from analyzer.store.store import Saved, Store

Command = TypeVar("Command", bound=Callable[..., Any])

FAULTY: Final = 1
_URL: Final = "shuping.store"


# Before or after the subcommand; the environment keeps a password out of the list of processes.
store_option: Final = remembered_option(
    "--store",
    _URL,
    metavar="URL",
    envvar=STORE,
    help=f"\b\n结果库：{STORES}；\n也可以写在环境变量 {STORE} 里。",
)
by_option: Final = click.option("--by", metavar="NAME", help="谁在操作，记入留痕（默认是登录名）。")


def opened(*, existing: bool = True) -> Store:
    """Return the store that the command line names."""
    from analyzer.store.store import Store

    url = click.get_current_context().meta.get(_URL)
    if url is None:
        raise click.UsageError("缺少 --store（结果库）。")
    return Store.open(url, existing=existing)


def account() -> str:
    """Return the name under which the machine knows who is working."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "shuping"


def register(main: click.Group) -> None:
    """Add the commands to the program's."""
    group = main.group(
        "store",
        cls=type(main),
        short_help="结果库：建立、查看、核验、导出、重新评分。",
        help="结果库：历次结果和复核意见都在里面，只增不改。",
    )(HELP(store_option(_group)))
    for name, command, text, options in (
        ("init", _init, "建立结果库，或把旧的升级到这一版。", ()),
        ("info", _info, "看库里有哪些批次、按哪些口径评过。", ()),
        ("verify", _verify, _VERIFY, (_HEAD,)),
        ("export", _export, _EXPORT, (_OUTPUT, by_option)),
        ("rescore", _rescore, _RESCORE, (_CONFIG, by_option)),
    ):
        wrapped: Any = HELP(store_option(command))
        for option in options:
            wrapped = option(wrapped)
        group.command(name, help=text)(wrapped)


_VERIFY: Final = (
    "核验：重算留痕的校验链，并逐行核对库里的结果和复核意见。\n\n"
    "\b\n--head 给出以前抄下的校验值（开头十来位即可），可查出末尾是否被截去。\n退出码：0 相符；1 不符。"
)
_EXPORT: Final = (
    "把复核意见导出成文件夹。\n\n"
    "\b\nlabels/         训练用的标注（写法见 corpora/ANNOTATION.md）\n"
    "scores.csv      复核后的得分，供 shuping calibrate --scores 使用\n"
    "decisions.jsonl 全部意见，一行一条"
)
_RESCORE: Final = "按现在的口径和模型，把库里的报告重新评一遍；原来的得分都保留。"
_HEAD: Final = click.option("--head", metavar="HASH", help="以前抄下的校验值。")
_OUTPUT: Final = click.option(
    "--output", type=PATH, default=Path("decisions"), metavar="DIR", help="写到哪里（默认 decisions）。"
)
_CONFIG: Final = click.option("--config", type=PATH, metavar="FILE", help="用这个设置文件评分。")


def _group() -> None:
    """Do nothing: what is to be done is for the subcommands."""


def _init() -> None:
    _tell_head(*opened(existing=False).head())


def _info() -> None:
    store = opened()
    click.echo(printable(f"结果库：{store.database.name}"))
    for name, at, count in store.batches():
        click.echo(printable(f"批次：{name}  {at}  {count} 份"))
    for each in store.rubrics():
        version = f"shuping {each.version}，{each.fingerprint[:10]}"
        click.echo(printable(f"口径：{each.rubric}（{version}）  {each.results} 份结果"))
    _tell_head(*store.head())


def _verify(head: str | None) -> int:
    from analyzer.store.verifying import verify

    found = verify(opened(), head)
    for fault in found.faults:
        click.echo(printable(fault), err=True)
    _tell_head(found.entries, found.head)
    if found.faults:
        click.echo(f"不符 {len(found.faults)} 处。", err=True)
        return FAULTY
    click.echo(f"相符：{found.rows} 行都与留痕一致。")
    return DONE


def _export(output: Path, by: str | None) -> None:
    from analyzer.training.decided import export

    store = opened()
    done = export(store, output)
    counts = {"decisions": done.decisions, "labels": done.labels, "scores": done.scores}
    saved = store.note("export", by or account(), **counts)
    click.echo(f"意见 {done.decisions} 条，标注 {done.labels} 份，得分 {done.scores} 份。")
    if done.unclear:
        click.echo(f"{done.unclear} 份没有导出标注：意见否定了原来的判断，但看不出该标成什么。")
    click.echo(printable(str(output)))
    tell(saved)


def _rescore(config: Path | None, by: str | None) -> int:
    from analyzer.pipeline import Analyzer

    store = opened()
    analyzer = Analyzer(load_settings(config) if config else Settings())
    failed = 0

    def again(last: Result) -> Result | None:
        nonlocal failed
        try:
            return analyzer.analyze_text(last.text)
        except ShupingError as failure:
            failed += 1
            click.echo(f"{last.source.sha256[:10]}：{failure}", err=True)
            return None

    saved = store.rescore(again, by or account())
    click.echo(f"新增结果 {saved.added} 份；{saved.known} 份在这一口径下已有结果。")
    tell(saved)
    return UNREADABLE if failed else DONE


def tell(saved: Saved) -> None:
    """Print where the trail ends, to be written down."""
    _tell_head(saved.entries, saved.head)


def _tell_head(entries: int, head: str) -> None:
    click.echo(f"留痕 {entries} 条，校验值 {head}")
