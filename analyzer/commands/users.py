"""``shuping users``: who may use the pages when they are served to others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from analyzer.commands.options import DONE, HELP, PATH, USERS, Option, remembered_option
from analyzer.errors import error, printable
from analyzer.web.trail import Event

if TYPE_CHECKING:
    from analyzer.web.users import User

ROLES: Final = {
    "writer": "写报告的人，用写作页面",
    "inspector": "审报告的人，另可看结果库、记意见、整批评阅",
    "analyst": "做研究的人，只看趋势",
    "administrator": "管理员，全部都可以",
}
_FILE: Final = "shuping.users"


_USERS: Final = remembered_option(
    "--users",
    _FILE,
    type=PATH,
    metavar="FILE",
    envvar=USERS,
    help=f"用户文件；也可以写在环境变量 {USERS} 里。没有默认的位置。",
)
_NAME: Final = click.argument("name", metavar="NAME")
_ROLE: Final = click.Choice(tuple(ROLES))
_STDIN: Final = click.option(
    "--stdin", is_flag=True, help="从标准输入读一行作口令，供脚本用；不写就在终端里问。"
)


def register(main: click.Group) -> None:
    """Add the commands to the program's."""
    told = "\n".join(f"{role:<14} {what}" for role, what in ROLES.items())
    group = main.group(
        "users",
        cls=type(main),
        short_help="用户：谁能用网页，是什么角色。",
        help="用户：把网页开给别的电脑用的时候，谁能登录、能做什么。\n\n"
        f"\b\n{told}\n\n"
        "\b\n口令只存 argon2 的散列，文件只有自己读得到（0600）。\n"
        "改动马上生效：删去的人、换了口令的人要重新登录，不必重启网页。",
    )(HELP(_USERS(_group)))
    role = click.option(
        "--role", cls=Option, type=_ROLE, required=True, metavar="ROLE", help="角色（必填）。"
    )
    for name, command, text, parameters in (
        ("add", _add, "加一个人，口令在终端里问两遍。", (_NAME, role, _STDIN)),
        ("list", _list, "列出全部用户和角色。", ()),
        ("password", _password, "换口令；这个人要重新登录。", (_NAME, _STDIN)),
        ("role", _role, "换角色。", (_NAME, click.argument("role", metavar="ROLE", type=_ROLE))),
        ("remove", _remove, "删去一个人；正在用的马上退出。", (_NAME,)),
    ):
        wrapped: Any = HELP(_USERS(command))
        for parameter in reversed(parameters):
            wrapped = parameter(wrapped)
        group.command(name, help=text)(wrapped)


def _group() -> None:
    """Do nothing: what is to be done is for the subcommands."""


def _path() -> Path:
    path: Path | None = click.get_current_context().meta.get(_FILE)
    if path is None:
        raise click.UsageError(f"缺少 --users（用户文件），也可以写在环境变量 {USERS} 里。")
    return path


def _add(name: str, role: str, stdin: bool) -> int:
    from analyzer.web.people import Role
    from analyzer.web.users import User, fault_of_name, hashed, known_as, read

    def known() -> dict[str, User]:
        return read(path) if path.exists() else {}

    path, name = _path(), known_as(name)
    fault = "已有这个人；换口令用 password，换角色用 role" if name in known() else fault_of_name(name)
    if fault:
        raise error("user", detail=fault)
    password = hashed(_asked(name, stdin=stdin))
    # Read anew: somebody may have changed the file while the password was typed.
    users = known() | {name: User(name, Role(role), password)}
    return _keep(path, users, f"已加上 {name}（{role}）。", Event.USER_ADDED, name, role=role)


def _list() -> int:
    from analyzer.web.users import read

    for name, user in sorted(read(_path()).items()):
        click.echo(printable(f"{name}  {user.role}"))
    return DONE


def _password(name: str, stdin: bool) -> int:
    from dataclasses import replace

    from analyzer.web.users import hashed

    password = hashed(_asked(_found(name)[2].name, stdin=stdin))
    path, users, user = _found(name)  # anew: somebody may have changed the file meanwhile
    users[user.name] = replace(user, hashed=password)
    return _keep(path, users, f"{user.name} 的口令已换。", Event.PASSWORD_CHANGED, user.name)


def _role(name: str, role: str) -> int:
    from dataclasses import replace

    from analyzer.web.people import Role

    path, users, user = _found(name)
    users[user.name] = replace(user, role=Role(role))
    return _keep(path, users, f"{user.name} 现在是 {role}。", Event.ROLE_CHANGED, user.name, role=role)


def _remove(name: str) -> int:
    path, users, user = _found(name)
    del users[user.name]
    return _keep(path, users, f"已删去 {user.name}。", Event.USER_REMOVED, user.name)


def _found(name: str) -> tuple[Path, dict[str, User], User]:
    from analyzer.web.users import known_as, read

    path = _path()
    users = read(path)
    user = users.get(known_as(name))
    if user is None:
        raise error("user", detail=f"没有“{name}”这个人")
    return path, users, user


def _keep(path: Path, users: dict[str, User], said: str, event: Event, name: str, **told: str) -> int:
    from analyzer.web.trail import account, trail_of
    from analyzer.web.users import write

    trail = trail_of(path)  # first: where it cannot be put down, nothing is changed
    write(path, users)
    trail.note(event, account(), user=name, **told)
    click.echo(printable(said))
    return DONE


def _asked(name: str, *, stdin: bool) -> str:
    """Return a new password; it is shown nowhere."""
    from analyzer.web.users import LEAST, fault_of_password

    if stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        password = click.prompt(f"口令（至少 {LEAST} 个字符）", hide_input=True)
        if password != click.prompt("再输入一遍", hide_input=True):
            raise error("user", detail="两遍口令不一样，没有改动")
    else:
        raise click.UsageError("口令要在终端里输入；在脚本里请加 --stdin。")
    if fault := fault_of_password(password, name):
        raise error("user", detail=fault)
    return password
