"""``shuping trends``: what the reports of a region say over the years, as a briefing and tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import click

from analyzer.commands.options import DONE, HELP, PATH
from analyzer.commands.store import opened, store_option
from analyzer.errors import error, printable

_YEARS: Final = re.compile(r"(\d{4})(?:[-—–~至](\d{4}))?")


def _span(ctx: click.Context, param: click.Parameter, given: str | None) -> tuple[int, int] | None:
    if given is None:
        return None
    found = _YEARS.fullmatch(given)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if first > last:
        raise click.BadParameter("请写成 2021-2025，或只写一年。", ctx, param)
    return first, last


def register(main: click.Group) -> None:
    """Add the command to the program's."""

    @main.command(
        short_help="多个单位、多个年度的走势：简报、图和表。",
        help="从结果库做出走势简报：得分和等级、各方面、各类问题、写法指标、承诺兑现、相同文字等，"
        "每个数字都带份数和区间。\n\n"
        "\b\n只用一种口径的得分：口径换过的，先运行 shuping store rescore。\n"
        "不足五个单位的组不显示数字；各表怎样算见 docs/trends.md。",
    )
    @store_option
    @click.option("--output", type=PATH, required=True, metavar="DIR", help="写到哪个文件夹。")
    @click.option("--years", callback=_span, metavar="2021-2025", help="只看这些年（默认是库里所有的年度）。")
    @click.option(
        "--rubric",
        metavar="NAME",
        help="用哪种口径的得分，如 party-duty/1（默认是份数最多的一类的最新口径）。",
    )
    @click.option("--reviewed", is_flag=True, help="用复核以后的得分。")
    @click.option(
        "--seed", type=click.IntRange(min=0), metavar="N", help="重复抽样的种子（同一种子，结果相同）。"
    )
    @HELP
    def trends(
        output: Path, years: tuple[int, int] | None, rubric: str | None, reviewed: bool, seed: int | None
    ) -> int:
        """Write the briefing of a store."""
        if output.is_file():
            raise error("output", output, detail="这里要写一个文件夹，却有同名的文件")
        store = opened()
        from analyzer.batch.outputs import write_document
        from analyzer.trends import briefing, files
        from analyzer.trends.measuring import SEED, measure

        made = measure(
            store, years=years, rubric=rubric, adjusted=reviewed, seed=SEED if seed is None else seed
        )
        # All is made before anything is written, so that a failure leaves what was there.
        documents = [*briefing.documents(made), *files.documents(made)]
        for name, content in documents:
            write_document(output / name, content)
        for name, told in files.about(made):
            click.echo(printable(f"{name}：{told}"))
        click.echo(printable(f"{output}：{len(documents)} 个文件"))
        return DONE
