"""Runs the application on an address of this computer."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import ssl
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any, Final

import uvicorn
from fastapi import FastAPI

from analyzer.errors import error
from analyzer.web.guard import is_loopback
from analyzer.web.users import Users

_ANY: Final = ("0.0.0.0", "::")  # noqa: S104 - recognised here, not bound to
_BACKLOG: Final = 256
_TAKEN: Final = (errno.EADDRINUSE, errno.EACCES)
# A moment after which a server that listens already has begun to answer.
_OPENS_AFTER: Final = 0.5


@dataclass(frozen=True, slots=True)
class Certificate:
    """What makes the server one that browsers trust, as files in PEM."""

    chain: Path
    key: Path

    def check(self) -> None:
        """See that it can be used.

        Raises
        ------
        ShupingError
            Code ``certificate``.
        """
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(self.chain, self.key, password="")
        except (OSError, ValueError) as reason:  # what TLS complains of is an OSError too
            missing = next((each for each in (self.chain, self.key) if not each.is_file()), None)
            detail = f"没有 {missing} 这个文件" if missing else str(reason)
            raise error("certificate", detail=detail) from None


def may_serve(host: str, users: Users | None, certificate: Certificate | None, *, insecure: bool) -> None:
    """See that an address can be served on without strangers coming in or listening.

    Raises
    ------
    ShupingError
        ``no-users`` for a file without any, ``not-loopback`` for an address of the network without a file,
        ``no-certificate`` for one without TLS unless that is what is wanted, ``certificate``.
    """
    if users is not None and not len(users):
        raise error("no-users")
    if certificate is not None:
        certificate.check()
    if is_loopback(host):
        return
    if users is None:
        raise error("not-loopback", host=host)
    if certificate is None and not insecure:
        raise error("no-certificate")


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address of this computer.

    Raises
    ------
    ShupingError
        ``port`` where it cannot be had.
    """
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


def address(sock: socket.socket, *, secure: bool = False) -> str:
    """Return what a browser opens."""
    host, port = sock.getsockname()[:2]
    if host in _ANY:
        host = socket.gethostname()
    scheme = "https" if secure else "http"
    return f"{scheme}://[{host}]:{port}/" if ":" in host else f"{scheme}://{host}:{port}/"


def serve(
    app: FastAPI,
    sock: socket.socket,
    certificate: Certificate | None = None,
    *,
    opens: bool,
    ready: Callable[[str], Any],
) -> None:
    """Answer requests until Ctrl-C.

    Parameters
    ----------
    app : FastAPI
    sock : socket
        From `listening`.
    certificate : Certificate, optional
        For TLS.
    opens : bool
        Whether to open the browser.
    ready : callable
        Told the address.
    """
    where = address(sock, secure=certificate is not None)
    ready(where)
    if opens:
        timer = Timer(_OPENS_AFTER, webbrowser.open, (where,))
        timer.daemon = True
        timer.start()
    # uvicorn raises a signal anew when it has shut down; the process is to end as if by itself.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with suppress(KeyboardInterrupt):
        server(app, certificate).run(sockets=[sock])


def server(app: FastAPI, certificate: Certificate | None = None) -> uvicorn.Server:
    """Return the server; its log has addresses and times, never what was sent."""
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # would quote what it cannot read
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            server_header=False,
            # A proxy here says for whom it asks; where there are no users, the guard lets none in.
            proxy_headers=True,
            forwarded_allow_ips=["127.0.0.1", "::1"],
            ssl_certfile=certificate.chain if certificate else None,
            ssl_keyfile=certificate.key if certificate else None,
            timeout_graceful_shutdown=2,
            h11_max_incomplete_event_size=64 << 10,
            ws="none",
        )
    )
