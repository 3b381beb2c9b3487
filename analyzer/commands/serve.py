"""``shuping serve``: the page for writers and the HTTP API."""

from __future__ import annotations

from pathlib import Path

import click

from analyzer.commands.options import CONFIG, DONE, HELP, PATH, STORE, STORES, USERS


def register(main: click.Group) -> None:
    """Add the command."""

    @main.command(
        short_help="在本机打开写作页面，边写边查。",
        help="在本机打开写作页面，边写边查；同时提供 HTTP 接口。\n\n"
        "\b\n不写 --users：只在这台电脑上打开，不联网，不保存，草稿留在浏览器里。\n"
        "写了 --users：可以用 --host 开给别的电脑，一律先登录；怎么建用户见\n"
        "shuping users --help，怎么开见 docs/web.md。\n\n"
        "\b\n按 Ctrl-C 结束。设置取当前文件夹及其上级的 shuping.toml。",
    )
    @click.option(
        "--host", default="127.0.0.1", metavar="HOST", help="在哪个地址上打开（默认 127.0.0.1，只有本机）。"
    )
    @click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=8765,
        metavar="PORT",
        help="端口（默认 8765；0 由系统挑选）。",
    )
    @click.option(
        "--store",
        envvar=STORE,
        metavar="URL",
        help=f"\b\n结果库：{STORES}；\n也可以写在环境变量 {STORE} 里。整批评阅的结果存进去。",
    )
    @click.option(
        "--users",
        type=PATH,
        envvar=USERS,
        metavar="FILE",
        help=f"\b\n用户文件（shuping users 写的）；也可以写在环境变量 {USERS} 里。\n写了就一律先登录。",
    )
    @click.option("--certificate", type=PATH, metavar="FILE", help="证书（PEM），与 --key 同用，改为 HTTPS。")
    @click.option("--key", type=PATH, metavar="FILE", help="证书的私钥（PEM）。")
    @click.option(
        "--insecure", is_flag=True, help="没有证书也开给别的电脑：口令和报告会明文传送，只用于可信的网段。"
    )
    @click.option(
        "--unpacked",
        type=click.IntRange(1),
        default=1024,
        metavar="MB",
        help="网上交来的一批，压缩包最多展开到多少兆字节（默认 1024）。",
    )
    @click.option("--no-open", is_flag=True, help="不自动打开浏览器。")
    @CONFIG
    @HELP
    def serve(
        host: str,
        port: int,
        store: str | None,
        users: Path | None,
        certificate: Path | None,
        key: Path | None,
        insecure: bool,
        unpacked: int,
        no_open: bool,
        config: Path | None,
    ) -> int:
        """Serve the pages and the API until Ctrl-C."""
        if (certificate is None) != (key is None):
            raise click.UsageError("--certificate 和 --key 要同时写。")
        from analyzer.config import settings_by_folder
        from analyzer.web.app import make_app
        from analyzer.web.guard import is_loopback
        from analyzer.web.serving import Certificate, listening, may_serve
        from analyzer.web.serving import serve as run
        from analyzer.web.users import Users

        settings = settings_by_folder(config)(Path.cwd())
        known = Users(users) if users is not None else None
        proof = Certificate(certificate, key) if certificate and key else None
        may_serve(host, known, proof, insecure=insecure)
        opened = None
        if store is not None:
            from analyzer.store.store import Store

            opened = Store.open(store)
        if proof is None and not is_loopback(host):
            click.echo("注意：没有证书，口令和报告明文传送，这段网络上的人都可能看到。", err=True)
        run(
            make_app(settings, opened, known, unpacked << 20),
            listening(host, port),
            proof,
            opens=not no_open and is_loopback(host),
            ready=lambda where: click.echo(f"写作页面：{where}　（按 Ctrl-C 结束）"),
        )
        click.echo("已结束。")
        return DONE
