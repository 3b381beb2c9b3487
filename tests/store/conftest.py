"""Stores to test with: a file, and a PostgreSQL server of our own where its programs are installed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import pytest

from analyzer.store.store import Store

DATABASES = ("sqlite", "postgresql")


def _program(name: str) -> str | None:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(map(str, places)))


def _account() -> pwd.struct_passwd | None:
    """The account to run a server as: PostgreSQL refuses to run as root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


class Server:
    """A private server, which can be stopped and started again."""

    def __init__(self, folder: Path, line: list, **options) -> None:
        self.folder = folder
        self._line, self._options = line, options

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self._running = subprocess.Popen(self._line, stdout=log, stderr=log, **self._options)
        _wait(self._running, self.folder)

    def stop(self, how: int = signal.SIGINT) -> None:
        self._running.send_signal(how)
        self._running.wait(60)


@pytest.fixture(scope="session")
def running():
    """A private server."""
    initdb, server = _program("initdb"), _program("postgres")
    if initdb is None or server is None:
        pytest.skip("no PostgreSQL here (initdb, postgres)")
    pytest.importorskip("psycopg")
    account = _account() if os.geteuid() == 0 else None
    if os.geteuid() == 0 and account is None:
        pytest.skip("root cannot run PostgreSQL, and there is no other account")
    # A socket's path may be a hundred characters long at most, so not in pytest's folder.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    subprocess.run(
        [initdb, "-D", folder / "data", "-U", "tester", "--auth=trust", "--encoding=UTF8", "--no-sync"],
        check=True, capture_output=True, cwd=folder, env=environment, **who,
    )  # fmt: skip
    options = ["-c", "listen_addresses=", "-c", "fsync=off", "-k", str(folder)]
    running = Server(folder, [server, "-D", folder / "data", *options], cwd=folder, env=environment, **who)
    try:
        running.start()
        yield running
    finally:
        running.stop(signal.SIGQUIT)  # nothing in it is needed any more
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server(running):
    """The folder of the socket of a private server."""
    return running.folder


def _wait(running: subprocess.Popen, folder: Path) -> None:
    import time

    import psycopg

    for _ in range(600):
        try:
            psycopg.connect(host=str(folder), user="tester", dbname="postgres").close()
        except psycopg.OperationalError:
            assert running.poll() is None, (folder / "log").read_text("utf-8", "replace")
            time.sleep(0.1)
        else:
            return
    raise AssertionError("PostgreSQL does not answer")


@pytest.fixture(scope="session")
def new_url(request, tmp_path_factory):
    """Give the address of a new, empty database of one kind."""
    numbers = count(1)

    def make(kind):
        name = f"store{next(numbers)}"
        if kind == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp(name) / name}.db"
        import psycopg

        folder = request.getfixturevalue("server")
        # A schema of its own is made faster than a database of its own.
        with psycopg.connect(host=str(folder), user="tester", dbname="postgres", autocommit=True) as made:
            made.execute(f"CREATE SCHEMA {name}")
        return f"postgresql://tester@/postgres?host={folder}&options=-csearch_path%3D{name}"

    return make


@pytest.fixture(params=DATABASES)
def url(request, new_url):
    """The address of a new, empty database, of each kind."""
    return new_url(request.param)


@pytest.fixture
def clock():
    """A clock that ticks a second each time somebody looks."""
    seconds = count()
    return lambda: f"2026-01-01T00:{divmod(n := next(seconds), 60)[0]:02}:{n % 60:02}+00:00"


@pytest.fixture
def store(url, clock):
    """An empty store of each kind."""
    return Store.open(url, clock=clock)


@pytest.fixture(scope="session")
def reports(corpora, analyzer):
    """Some results, with the files' units as a batch would know them."""
    from dataclasses import replace

    results = [analyzer.analyze_file(path) for path in sorted(corpora.glob("w6/w6-0[1-6].txt"))]
    return [
        replace(
            result,
            source=replace(
                result.source, path=f"交来/{n}.txt", unit=f"第{n % 3}局", region="甲县", year=2020 + n % 2
            ),
        )
        for n, result in enumerate(results)
    ]
