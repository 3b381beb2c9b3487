"""The commands, and nothing but the commands.

What is heavy is imported by the command that needs it: ``shuping --help`` must answer at once.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TextIO, TypeVar

import click

from analyzer.collecting import collect_seldom
from analyzer.commands import batch as _batch
from analyzer.commands import compare as _compare
from analyzer.commands import duplicates as _duplicates
from analyzer.commands import review as _review
from analyzer.commands import serve as _serve
from analyzer.commands import store as _store
from analyzer.commands import trends as _trends
from analyzer.commands import users as _users
from analyzer.commands.options import (
    BELOW,
    CONFIG,
    DEBUG,
    DONE,
    HELP,
    PATH,
    PLACEHOLDERS,
    PROFILE,
    UNREADABLE,
    USAGE,
    Option,
    form_option,
    overruled,
)
from analyzer.config import BACKENDS, Settings, load_settings, settings_by_folder
from analyzer.errors import ShupingError, error, printable

if TYPE_CHECKING:
    from analyzer.batch.baseline import Baseline, Counted
    from analyzer.batch.engine import Outcome
    from analyzer.batch.submissions import Submission
    from analyzer.rendering.ranking import Row
    from analyzer.result import Result
    from analyzer.training.experts import Opinion

View = TypeVar("View")
Item = TypeVar("Item")

# What shells give to a program that Ctrl-C or a closed pipe ended.
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141
_FULL: Final = errno.ENOSPC, errno.EDQUOT, errno.EFBIG

FORMS: Final = ("text", "json", "jsonl", "html", "docx", "sarif", "xlsx")
_LINES_FILE: Final = "results.jsonl"
_STDIN: Final = Path("-")
_TEXTS: Final = (".txt", ".md")
_NO_TEXT_OF_REPORT: Final = ("empty", "too-large")
# What is wrong with the command or the settings, not with a report.
_OF_USAGE: Final = (
    "config",
    "user-rule",
    "baseline",
    "manifest",
    "pattern",
    "store",
    "store-newer",
    "missing-postgresql",
    "review",
    "backend",
    "missing-extra",
    "hanlp-model",
    "hanlp-unreachable",
    "missing-lsp",
    "dask",
    "cluster",
    "batch-output",
    "users",
    "user",
    "not-loopback",
    "no-users",
    "no-certificate",
    "certificate",
    "port",
)


class _Formatter(click.HelpFormatter):
    """Help pages with Chinese headings."""

    _HEADINGS: Final = {"Options": "选项", "Commands": "命令"}

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(
            prog, args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …"), "用法："
        )

    def write_heading(self, heading: str) -> None:
        self.write(f"{self._HEADINGS.get(heading, heading)}：\n")


class _Context(click.Context):
    formatter_class = _Formatter


class _Command(click.Command):
    context_class = _Context


class _Commands(click.Group):
    """The commands; turns what they return, and what stops them, into the exit status."""

    context_class = _Context
    command_class = _Command

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the command that the arguments name, and exit."""
        _write_utf8()
        _make_haste()
        try:
            status = super().main(*args, **{**extra, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as wrong:
            wrong.show()
            status = USAGE
        except click.UsageError as wrong:
            command = wrong.ctx.command_path if wrong.ctx else "shuping"
            click.echo(f"{printable(_explain(wrong))}\n用法见 {command} --help", err=True)
            status = USAGE
        except ShupingError as failure:
            click.echo(str(failure), err=True)
            status = USAGE if failure.code in _OF_USAGE else UNREADABLE
        except (KeyboardInterrupt, click.Abort):
            click.echo("已中断。", err=True)
            status = INTERRUPTED
        except MemoryError:
            click.echo(str(error("no-memory")), err=True)
            status = UNREADABLE
        except Exception as defect:
            if os.environ.get(DEBUG):
                raise
            click.echo(str(error("internal", detail=type(defect).__name__)), err=True)
            status = UNREADABLE
        sys.exit(status)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that has seen enough (``| head``) is no failure worth words."""
        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _flush_nowhere()
            return PIPE_CLOSED
        except OSError as reason:
            if reason.errno not in _FULL:
                raise
            _flush_nowhere()
            raise error("output", detail=reason.strerror) from reason
        return status


def _flush_nowhere() -> None:
    """Let Python, which flushes once more when it ends, flush to where nothing can go wrong."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _make_haste() -> None:
    """Set what is ours to set only where the whole process is."""
    # The matrices are small: threads of the linear algebra library cost a report 6 % of its time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    collect_seldom()


def _write_utf8() -> None:
    """Write UTF-8 whatever the code page of a Windows console or the locale of a server says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _explain(wrong: click.UsageError) -> str:
    """Return in Chinese what is wrong with a command line."""
    match wrong:
        case click.NoSuchOption(option_name=name, possibilities=near):
            return f"没有 {name} 这个选项。" + (f"是否想用 {'、'.join(near)}？" if near else "")
        case click.NoSuchCommand(command_name=name, possibilities=near):
            return f"没有 {name} 这个命令。" + (f"是否想用 {'、'.join(near)}？" if near else "")
        case click.MissingParameter(param=click.Parameter() as param):
            return f"缺少 {_name(param)}。"
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices)) as param):
            return f"{_name(param)} 只能是：{'、'.join(choices)}。"
        case click.BadParameter(param=click.Parameter(type=click.FloatRange(min=low, max=high)) as param):
            return f"{_name(param)} 应是 {low} 到 {high} 之间的数。"
        case click.BadOptionUsage(option_name=name):
            return f"{name} 后面的值不够。"
        case _:
            return wrong.format_message()


def _name(param: click.Parameter) -> str:
    return param.opts[-1] if isinstance(param, click.Option) else str(param.metavar)


@click.group(
    cls=_Commands,
    help="述评：给述职报告的写法打分，每一分都能翻到依据。\n\n"
    "只评文字写法，不评工作、廉洁与忠诚。全部在本机运行，不联网。",
)
@click.version_option(
    None, "-V", "--version", package_name="shuping", message="shuping %(version)s", help="显示版本并退出。"
)
@HELP
def main() -> None:
    """Run ``shuping``."""


@main.command(
    short_help="给报告打分。",
    help="给报告打分；PATH 是文件、文件夹，或 -（从标准输入读正文）。\n\n"
    "\b\n一份报告显示评分卡，多份报告显示由低到高的总表。\n"
    "支持 .docx .doc .wps .pdf .txt .md；文件夹连同下级一并读取。\n\n"
    "\b\n设置写在 shuping.toml 里，从报告所在的文件夹起逐级向上找。\n"
    "\b\n退出码：0 完成；1 有报告低于 --fail-under 或超出基线；2 用法有误；\n"
    "3 有文件未能分析（其余照常，原因见标准错误）。",
)
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=PATH)
@form_option(
    FORMS,
    "text（默认）、json、jsonl、html、docx（带批注的 Word 文件）、sarif 或 xlsx。",
)
@click.option("--scorecard", is_flag=True, help="与 --format docx 同用：文件末尾另起一页，附上评分卡。")
@click.option("--output", type=PATH, metavar="PATH", help="写到文件，或文件夹（每份报告一个文件）。")
@PROFILE
@PLACEHOLDERS
@click.option(
    "--backend",
    type=click.Choice(BACKENDS),
    metavar="NAME",
    help="用什么分词：jieba（默认）或 hanlp（要另装 shuping[hanlp]）。",
)
@click.option(
    "--hanlp-model",
    metavar="NAME",
    help="\b\nHanLP 的模型名或模型文件夹；不写则用随软件安装的模型。\n本机没有的模型会从网上下载。",
)
@CONFIG
@click.option(
    "--fail-under",
    cls=Option,
    type=click.FloatRange(0, 100),
    metavar="N",
    help="有报告低于 N 分（或没有得分）时退出码为 1。",
)
@click.option(
    "--reports-only",
    is_flag=True,
    help="\b\n看上去不是述职报告的文件（说明书、清单等）不影响退出码，\n供提交前检查等混着别的文件的地方用。",
)
@click.option(
    "--baseline",
    type=PATH,
    metavar="FILE",
    help="\b\n基线：每个文件、每条规则原有几处。只列超出的，\n有超出（提示除外）时退出码为 1。",
)
@click.option("--write-baseline", type=PATH, metavar="FILE", help="把这一次的处数写成基线。")
@HELP
def score(
    paths: tuple[Path, ...],
    form: str,
    scorecard: bool,
    output: Path | None,
    profile: str | None,
    placeholders: str | None,
    backend: str | None,
    hanlp_model: str | None,
    config: Path | None,
    fail_under: float | None,
    reports_only: bool,
    baseline: Path | None,
    write_baseline: Path | None,
) -> int:
    """Score reports."""
    if scorecard and form != "docx":
        raise click.UsageError("--scorecard 要与 --format docx 同用。")
    tally = _Tally(fail_under, keeps=write_baseline is not None, reports_only=reports_only)
    of_folder = settings_by_folder(config)
    if baseline is not None:
        from analyzer.batch.baseline import read_baseline

        tally.baseline = read_baseline(baseline)
    submissions = _submissions(paths, tally)
    settings = [
        overruled(of_folder(_folder(each)), profile, placeholders, backend, hanlp_model)
        for each in submissions
    ]
    if submissions:
        _deliver(submissions, settings, form, output, tally, scorecard=scorecard)
    if write_baseline is not None:
        from analyzer.batch.baseline import write_baseline as write

        write(write_baseline, tally.results)
        click.echo(printable(f"基线：{write_baseline}"), err=True)
    return tally.status()


def _folder(submission: Submission) -> Path:
    return submission.path.parent if submission.path else Path()


class _Tally:
    """What the exit status depends on; names each failure as it comes."""

    def __init__(self, bound: float | None, *, keeps: bool, reports_only: bool = False) -> None:
        self._bound = bound
        self._reports_only = reports_only
        self._others = 0  # that are no reports, and do not count
        self._keeps = keeps  # the counts of all results are wanted for a new baseline
        self.failed = 0
        self._below = 0
        self._beyond = 0
        self._mended = 0
        self.baseline: Baseline | None = None
        self.results: list[Counted[None]] = []

    def fail(self, failure: ShupingError, name: str, trace: str = "") -> None:
        self.failed += 1
        click.echo(str(failure) if failure.path else f"{name}：{failure}", err=True)
        if trace and os.environ.get(DEBUG):
            click.echo(trace, err=True)

    def watch(self, outcomes: Iterable[Outcome[Counted[View]]]) -> Iterator[View | None]:
        """Yield the view of each outcome, None for a failure."""
        for outcome in outcomes:
            if self._reports_only and _is_other(outcome):
                self._others += 1
            elif outcome.failure is not None:
                self.fail(outcome.failure, outcome.submission.name, outcome.trace)
            elif self._bound is not None and (outcome.overall is None or outcome.overall < self._bound):
                self._below += 1
            if outcome.view is None:
                yield None
            else:
                self._count(outcome.view, outcome.submission.name)
                yield outcome.view.view

    def _count(self, counted: Counted[Any], name: str) -> None:
        if self._keeps:
            self.results.append(replace(counted, view=None))
        self._mended += counted.mended
        if counted.failing:
            self._beyond += 1
            more = "、".join(f"{rule} 多 {number} 处" for rule, number in counted.failing.items())
            click.echo(printable(f"{name}：超出基线：{more}"), err=True)

    def status(self) -> int:
        if self._below:
            click.echo(f"{self._below} 份报告低于 {self._bound:g} 分或没有得分。", err=True)
        if self._others:
            click.echo(f"{self._others} 个文件看上去不是述职报告，不影响退出码。", err=True)
        if self._mended and not self._keeps:
            click.echo(f"比基线少 {self._mended} 处，可用 --write-baseline 收紧。", err=True)
        return UNREADABLE if self.failed else BELOW if self._below or self._beyond else DONE


def _is_other(outcome: Outcome[Counted[Any]]) -> bool:
    """Whether a text is no report, as far as can be seen: also one that is empty, or a book."""
    if outcome.failure is None:
        return outcome.view is not None and not outcome.view.is_report
    path = outcome.submission.path
    return path is not None and path.suffix.lower() in _TEXTS and outcome.failure.code in _NO_TEXT_OF_REPORT


def _submissions(paths: Sequence[Path], tally: _Tally) -> list[Submission]:
    from analyzer.batch.submissions import Submission, find

    if _STDIN in paths:
        if len(paths) > 1:
            raise click.UsageError("- （标准输入）不能与其他路径同用。")
        return [Submission(None, _piped())]
    found = []
    for each in find(paths):
        if isinstance(each, ShupingError):
            tally.fail(each, str(each.path))
        else:
            found.append(each)
    return found


def _piped() -> bytes:
    from analyzer.reading import Limits

    if sys.stdin.isatty():
        end = "Ctrl-Z 再回车" if os.name == "nt" else "Ctrl-D"
        click.echo(f"请粘贴正文，另起一行后按 {end} 结束：", err=True)
    # One byte beyond the limit, so that reading sees that it is too much.
    return sys.stdin.buffer.read(Limits().text_bytes + 1)


def _deliver(
    submissions: Sequence[Submission],
    settings: Sequence[Settings],
    form: str,
    output: Path | None,
    tally: _Tally,
    *,
    scorecard: bool,
) -> None:
    """Analyse, and put the results where they belong in the form asked for."""
    from analyzer.rendering.formats import BINARY, GATHERED, gatherer, renderer

    if form in BINARY and output is None:
        raise click.UsageError(f"{form} 请用 --output 指定文件或文件夹。")
    several = len(submissions) + tally.failed > 1
    in_folder = output is not None and _is_folder(output)
    if output is not None and in_folder and form == "jsonl":
        output, in_folder = output / _LINES_FILE, False
    if output is not None:
        _spare(submissions, _targets(submissions, output, form) if in_folder else [output])

    def results(view: Callable[[Result], View]) -> Iterator[View | None]:
        outcomes = _examined(submissions, settings, view, tally)
        return _with_progress(outcomes, len(submissions), quiet=form == "text" or output is not None)

    if output is not None and in_folder:
        _write_each(results(renderer(form, scorecard=scorecard)), submissions, output, form)
    elif form == "jsonl" or (form == "json" and several):
        _write_lines(results(_line), output)
    elif form in GATHERED:
        keep, gather = gatherer(form)
        _write_all(results(keep), gather, output)
    elif form == "text" and several:
        from analyzer.rendering.ranking import row

        _write_ranking(results(row), output)
    elif form == "text" and output is None:
        _show(results(_itself))
    elif several:
        raise click.UsageError("多份报告写成 html 或 docx 时，请用 --output 指定文件夹。")
    else:
        _write_one(results(renderer(form, scorecard=scorecard)), output)


def _examined(
    submissions: Sequence[Submission],
    settings: Sequence[Settings],
    view: Callable[[Result], View],
    tally: _Tally,
) -> Iterator[View | None]:
    """Yield a view of each report, None for a failure; all of it goes into the tally."""
    from analyzer.batch.baseline import counted
    from analyzer.batch.engine import examine

    return tally.watch(examine(submissions, settings, partial(counted, view=view, baseline=tally.baseline)))


def _is_folder(output: Path) -> bool:
    """Whether an output is meant as a folder: it is one, or its name has no suffix of a form."""
    from analyzer.rendering.formats import SUFFIX

    return output.is_dir() or output.suffix.lower() not in {*SUFFIX.values(), ".jsonl", ".htm"}


def _line(result: Result) -> str:
    from analyzer.rendering.json import render_jsonl

    return next(render_jsonl([result]))


def _itself(result: Result) -> Result:
    return result


def _targets(submissions: Sequence[Submission], folder: Path, form: str) -> list[Path]:
    """Return where in a folder the view of each report goes."""
    from analyzer.batch.outputs import names
    from analyzer.rendering.formats import SUFFIX

    return [folder / f"{name}{SUFFIX[form]}" for name in names(submissions)]


def _spare(submissions: Sequence[Submission], targets: Iterable[Path]) -> None:
    """Refuse to write over what was handed in."""
    originals = {submission.path.resolve() for submission in submissions if submission.path}
    for target in targets:
        if target.resolve() in originals:
            raise error("output", target, detail="会盖掉交来的原件，请换一个位置")


def _write_each(
    pages: Iterable[str | bytes | None], submissions: Sequence[Submission], folder: Path, form: str
) -> None:
    from analyzer.batch.outputs import write_document

    for page, path in zip(pages, _targets(submissions, folder, form), strict=True):
        if page is not None:
            write_document(path, page)
            click.echo(printable(str(path)))


def _write_lines(lines: Iterable[str | None], output: Path | None) -> None:
    with _sink(output) as file:
        for line in lines:
            if line is not None:
                file.write(line)


def _write_ranking(rows: Iterable[Row | None], output: Path | None) -> None:
    from rich.console import Console

    from analyzer.rendering.ranking import render_ranking

    known = [row for row in rows if row is not None]
    if known:
        with _sink(output) as file:
            render_ranking(known, Console(file=file))
        if output is None:
            click.echo("逐处意见：加 --format html --output 文件夹，每份一页；或单独给一份打分。")


def _show(results: Iterable[Result | None]) -> None:
    from rich.console import Console

    from analyzer.rendering.terminal import render_terminal

    for result in results:
        if result is not None:
            render_terminal(result, Console(emoji=False))  # a report has none; their table is large


def _write_one(pages: Iterable[str | bytes | None], output: Path | None) -> None:
    for page in pages:
        if page is not None:
            _put(page, output)


def _write_all(
    parts: Iterable[Item | None], gather: Callable[[Iterable[Item]], str | bytes], output: Path | None
) -> None:
    known = [part for part in parts if part is not None]
    if known:
        _put(gather(known), output)


def _put(document: str | bytes, output: Path | None) -> None:
    """Print a document, or write it to a file and print its path."""
    if output is None:
        click.echo(document.rstrip("\n") if isinstance(document, str) else document)
        return
    from analyzer.batch.outputs import write_document

    write_document(output, document)
    click.echo(printable(str(output)))


@contextmanager
def _sink(output: Path | None) -> Iterator[TextIO]:
    """Give standard output, or a file whose path is printed once it is complete."""
    if output is None:
        yield sys.stdout
        return
    from analyzer.batch.outputs import written

    with written(output) as file:
        yield file
    click.echo(printable(str(output)))


def _with_progress(items: Iterator[Item], total: int, *, quiet: bool) -> Iterator[Item]:
    """Yield the items, with a bar on standard error where somebody watches and it disturbs no output.

    Parameters
    ----------
    items : iterator
    total : int
    quiet : bool
        Nothing is printed between the items that a bar could run into.
    """
    watched = sys.stderr.isatty() and (quiet or not sys.stdout.isatty())
    if total <= 1 or not watched:
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("正在分析"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()
    ) as bar:
        yield from bar.track(items, total=total)


@main.command(
    short_help="列出全部规则，或说明其中一条；试用自己写的规则。",
    help="列出全部规则，或说明其中一条。\n\n"
    "\b\n--try 把自己写的规则文件（.toml 或 .tsv）在一个文件夹上试一遍，\n显示会报出什么，不计分。",
)
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--try", "trial", type=PATH, nargs=2, metavar="FILE DIR", help="试用规则文件。")
@HELP
def rules(identifier: str | None, trial: tuple[Path, Path] | None) -> int:
    """Print the rule catalogue, or one rule's page, or what user rules would find."""
    if trial is not None:
        if identifier is not None:
            raise click.UsageError("--try 不能与规则名同用。")
        return _try_out(*trial)
    from rich.console import Console

    from analyzer.rendering.rules import render_catalogue, render_rule
    from analyzer.rules.catalogue import catalogue, rule

    if identifier is None:
        render_catalogue(catalogue(), Console())
        return DONE
    try:
        found = rule(identifier)
    except KeyError:
        raise click.UsageError(f"没有 {identifier} 这条规则；shuping rules 列出全部规则。") from None
    render_rule(found, Console())
    return DONE


def _try_out(file: Path, folder: Path) -> int:
    """Print what the rules of a file would find in a folder."""
    from rich.console import Console

    from analyzer.rendering.trial import render_trial, tried
    from analyzer.rules.catalogue import catalogue
    from analyzer.rules.local.files import read_rules

    own = read_rules([file], catalogue())
    tally = _Tally(None, keeps=False)
    submissions = _submissions([folder], tally)
    if submissions:
        view = partial(tried, rules=frozenset(rule.id for rule in own))
        settings = [Settings(rule_files=(file,))] * len(submissions)
        found = _with_progress(_examined(submissions, settings, view, tally), len(submissions), quiet=True)
        render_trial(own, [each for each in found if each is not None], Console())
    return tally.status()


@main.command(help="由标注语料重新训练全部模型。")
@click.option(
    "--output", type=PATH, default=Path("models"), metavar="DIR", help="模型写到哪里（默认 models）。"
)
@click.option(
    "--corpora", type=PATH, default=Path("corpora"), metavar="DIR", help="标注语料在哪里（默认 corpora）。"
)
@HELP
def train(output: Path, corpora: Path) -> None:
    """Rebuild every model from the annotated corpus."""
    from analyzer.training.train import rebuild

    rebuild(output, corpora, lambda question: click.echo(f"训练 {question} …", err=True))
    click.echo(printable(str(output)))


@main.command(help="用标注过的报告检验分析得准不准。")
@click.option(
    "--gold",
    cls=Option,
    type=PATH,
    required=True,
    metavar="DIR",
    help="标注过的报告：NAME.txt 与 NAME.json（必填）。",
)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
@HELP
def evaluate(gold: Path, as_json: bool) -> None:
    """Print how well the analyzer does on annotated reports."""
    import json

    from analyzer.pipeline import Analyzer
    from analyzer.training.evaluation import evaluate as measure
    from analyzer.training.evaluation import render

    figures = measure(gold, Analyzer())
    click.echo(json.dumps(figures, ensure_ascii=False, indent=1) if as_json else render(figures))


@main.command(help="按本单位专家的评分，重新定出各条规则扣多少分。")
@click.option(
    "--scores",
    "table",
    cls=Option,
    type=PATH,
    required=True,
    metavar="CSV",
    help="评分表（必填）：文件、得分，可另有单位类型、单位。三十份起。",
)
@click.option(
    "--output",
    type=PATH,
    default=Path("calibration"),
    metavar="DIR",
    help="结果写到哪里（默认 calibration）。",
)
@click.option("--config", type=PATH, metavar="FILE", help="用这个设置文件分析各份报告。")
@HELP
def calibrate(table: Path, output: Path, config: Path | None) -> int:
    """Fit the prices to experts' scores, and write them with a study."""
    from analyzer.training.calibrate import PRICES, STUDY
    from analyzer.training.calibrate import calibrate as fit

    failures: list[ShupingError] = []

    def failed(failure: ShupingError) -> None:
        failures.append(failure)
        click.echo(str(failure), err=True)

    def watched(opinions: Iterator[Opinion], total: int) -> Iterator[Opinion]:
        return _with_progress(opinions, total, quiet=True)

    done = fit(table, output, load_settings(config) if config else Settings(), failed, watched)
    for line in done.lines:
        click.echo(f"{line.name}：{_figure(line.before)} → {_figure(line.after)}")
    click.echo(printable(f'分值：{output / PRICES}（在 shuping.toml 里写 prices = "…" 启用）'))
    click.echo(printable(f"校准报告：{output / STUDY}"))
    return UNREADABLE if failures else DONE


def _figure(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


@main.command(
    help="启动语言服务器，供编辑器在写作时显示意见（标准输入输出上的 LSP）。\n\n要另装 shuping[lsp]。"
)
@HELP
def lsp() -> None:
    """Serve an editor on standard input and output."""
    from importlib.metadata import version

    try:
        from analyzer.lsp import make_server
    except ModuleNotFoundError as missing:
        raise error("missing-lsp", detail=missing.name) from None
    make_server(version("shuping")).start_io()


@main.command(help="打印 JSON 结果的 JSON Schema。")
@HELP
def schema() -> None:
    """Print the JSON Schema of a result."""
    import json

    from analyzer.rendering.json import load_schema

    click.echo(json.dumps(load_schema(), ensure_ascii=False, indent=2))


_batch.register(main)
_compare.register(main)
_duplicates.register(main)
_store.register(main)
_review.register(main)
_trends.register(main)
_serve.register(main)
_users.register(main)
