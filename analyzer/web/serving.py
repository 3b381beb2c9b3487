"""Runs the application on an address of this computer."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from threading import Timer
from typing import Any, Final

import uvicorn
from fastapi import FastAPI

from analyzer.errors import error
from analyzer.web.guard import is_loopback

_BACKLOG: Final = 256
_TAKEN: Final = (errno.EADDRINUSE, errno.EACCES)
# A moment after which a server that listens already has begun to answer.
_OPENS_AFTER: Final = 0.5


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address of this computer.

    Raises
    ------
    ShupingError
        ``not-loopback`` for any other address, ``port`` where it cannot be had.
    """
    if not is_loopback(host):
        raise error("not-loopback", host=host)
    host = "127.0.0.1" if host.rstrip(".").lower() == "localhost" else host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, for asyncio sends at once only what it knows to be TCP; else an answer waits 40 ms for its body.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(_BACKLOG)
    except OSError as reason:
        sock.close()
        taken = "已被别的程序占用" if reason.errno in _TAKEN else (reason.strerror or "")
        raise error("port", port=port, detail=taken, other=port + 1 if port < 65535 else 8000) from None
    return sock


def address(sock: socket.socket) -> str:
    """Return what a browser opens."""
    host, port = sock.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def serve(app: FastAPI, sock: socket.socket, *, opens: bool, ready: Callable[[str], Any]) -> None:
    """Answer requests until Ctrl-C.

    Parameters
    ----------
    app : FastAPI
    sock : socket
        From `listening`.
    opens : bool
        Whether to open the browser.
    ready : callable
        Told the address.
    """
    where = address(sock)
    ready(where)
    if opens:
        timer = Timer(_OPENS_AFTER, webbrowser.open, (where,))
        timer.daemon = True
        timer.start()
    # uvicorn raises a signal anew when it has shut down; the process is to end as if by itself.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with suppress(KeyboardInterrupt):
        server(app).run(sockets=[sock])


def server(app: FastAPI) -> uvicorn.Server:
    """Return the server; its log has addresses and times, never what was sent."""
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # would quote what it cannot read
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
            h11_max_incomplete_event_size=64 << 10,
            ws="none",
        )
    )
