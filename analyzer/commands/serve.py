"""``shuping serve``: the page for writers and the HTTP API."""

from __future__ import annotations

from pathlib import Path

import click

from analyzer.commands.options import CONFIG, DONE, HELP


def register(main: click.Group) -> None:
    """Add the command."""

    @main.command(
        short_help="在本机打开写作页面，边写边查。",
        help="在本机打开写作页面，边写边查；同时提供 HTTP 接口。\n\n"
        "只在这台电脑上打开，不联网，不保存：草稿留在浏览器里。\n按 Ctrl-C 结束。\n\n"
        "\b\n设置取当前文件夹及其上级的 shuping.toml。",
    )
    @click.option("--host", default="127.0.0.1", metavar="HOST", help="本机地址（默认 127.0.0.1）。")
    @click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=8765,
        metavar="PORT",
        help="端口（默认 8765；0 由系统挑选）。",
    )
    @click.option("--no-open", is_flag=True, help="不自动打开浏览器。")
    @CONFIG
    @HELP
    def serve(host: str, port: int, no_open: bool, config: Path | None) -> int:
        """Serve the page and the API until Ctrl-C."""
        from analyzer.config import settings_by_folder
        from analyzer.web.app import make_app
        from analyzer.web.serving import listening
        from analyzer.web.serving import serve as run

        settings = settings_by_folder(config)(Path.cwd())
        sock = listening(host, port)
        run(
            make_app(settings),
            sock,
            opens=not no_open,
            ready=lambda where: click.echo(f"写作页面：{where}　（按 Ctrl-C 结束）"),
        )
        click.echo("已结束。")
        return DONE
