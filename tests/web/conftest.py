"""A server as users run it, on a port of its own."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from fastapi import FastAPI

from analyzer.config import Settings
from analyzer.web.app import make_app
from analyzer.web.serving import address, listening
from analyzer.web.serving import server as make_server


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self):
        return json.loads(self.body)


@dataclass
class Client:
    """Requests as any program may send them."""

    url: str
    port: int
    host: str = field(default="127.0.0.1")

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body or None, headers=named)
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, read)

    def score(self, asked: object, **headers: str) -> Answer:
        body = asked if isinstance(asked, bytes) else json.dumps(asked).encode()
        return self.ask("POST", "/api/v1/score", body, **{"Content_Type": "application/json", **headers})

    def send(self, name: str, data: bytes, path: str = "/api/v1/files", field: str = "file") -> Answer:
        body = (
            b'--cut\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n'
            % (field.encode(), name.encode())
            + data
            + b"\r\n--cut--\r\n"
        )
        return self.ask("POST", path, body, Content_Type="multipart/form-data; boundary=cut")


@contextmanager
def served(app: FastAPI) -> Iterator[Client]:
    sock = listening("127.0.0.1", 0)
    server = make_server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield Client(address(sock), sock.getsockname()[1])
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    with served(make_app(Settings())) as running:
        yield running


@pytest.fixture(scope="session")
def report(corpora) -> str:
    """A report with blanks, problems and plans."""
    return (corpora / "w6" / "w6-05.txt").read_text("utf-8")
