"""What several commands take and give back, and what it makes of the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from click.core import ParameterSource

from analyzer.choices import Policy
from analyzer.config import PROFILES, Settings

Command = TypeVar("Command", bound=Callable[..., Any])


class Option(click.Option):
    """An option whose bounds are told in its help."""

    def get_help_extra(self, ctx: click.Context) -> Any:
        """Return nothing more to tell."""
        return {}


# Exit status, as the contract has it.
DONE: Final = 0
BELOW: Final = 1
USAGE: Final = 2
UNREADABLE: Final = 3

DEBUG: Final = "SHUPING_DEBUG"  # environment variable: show where the program failed
PATH: Final = click.Path(path_type=Path)
STORE: Final = "SHUPING_STORE"  # environment variable: address of a store, which may hold a password
USERS: Final = "SHUPING_USERS"  # environment variable: the file of those who may use the pages
STORES: Final = "一个文件，或 postgresql://用户@主机/库名"
HELP: Final = click.help_option("-h", "--help", help="显示说明并退出。")
PROFILE: Final = click.option(
    "--profile",
    type=click.Choice(PROFILES),
    metavar="NAME",
    help="\b\n按哪种材料的口径评分：auto（默认，自动识别，拿不准按党建述职）、\n"
    "party-duty（党建述职）、integrity-duty（述责述廉）、\n"
    "self-examination（民主生活会对照检查）、personal-duty（个人述职）。",
)
PLACEHOLDERS: Final = click.option(
    "--placeholders",
    type=click.Choice([policy.value for policy in Policy]),
    metavar="POLICY",
    help="\b\n“X次”“XX%”怎么看：strict 是没有填的数据（默认），\ndesensitized 是公开时的脱敏。",
)
CONFIG: Final = click.option(
    "--config", type=PATH, metavar="FILE", help="用这个设置文件，不再寻找 shuping.toml。"
)


def remembered_option(flag: str, key: str, **kinds: Any) -> Callable[[Command], Command]:
    """Return an option that a group and its subcommands take: what stands nearest to the end counts.

    It is no argument of the commands, which find it as ``meta[key]`` of their context.
    """

    def remember(ctx: click.Context, param: click.Parameter, given: Any) -> None:
        said = ctx.get_parameter_source(str(param.name)) is ParameterSource.COMMANDLINE
        if given and (said or key not in ctx.meta):
            ctx.meta[key] = given

    return click.option(flag, expose_value=False, callback=remember, **kinds)


def form_option(forms: Sequence[str], told: str) -> Callable[[Command], Command]:
    """Return the option ``--format`` of a command, the first form being its default."""
    return click.option(
        "--format", "form", type=click.Choice(forms), default=forms[0], metavar="FORM", help=told
    )


def overruled(
    settings: Settings,
    profile: str | None,
    placeholders: str | None,
    backend: str | None = None,
    hanlp_model: str | None = None,
) -> Settings:
    """Return settings overruled by those of the command line."""
    if profile:
        settings = replace(settings, profile=profile)
    if placeholders:
        settings = replace(settings, placeholders=Policy(placeholders))
    if backend:
        settings = replace(settings, backend=backend)
    if hanlp_model:
        if settings.backend != "hanlp":
            raise click.UsageError("--hanlp-model 要与 --backend hanlp 同用。")
        settings = replace(settings, hanlp_model=hanlp_model)
    return settings
