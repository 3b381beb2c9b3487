from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request

import pytest

from analyzer.errors import ShupingError
from analyzer.web.guard import is_loopback
from analyzer.web.serving import address, listening, may_serve


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.com", "localhost.example.com", ""])
def test_only_this_computer_is_served(host):
    with pytest.raises(ShupingError) as refused:
        may_serve(host, None, None, insecure=True)
    assert refused.value.code == "not-loopback"
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_names_of_this_computer_are_known(host):
    with listening(host, 0) as sock:
        assert address(sock) == f"http://127.0.0.1:{sock.getsockname()[1]}/"


def test_a_port_that_is_taken_is_told():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(ShupingError) as refused:
            listening("127.0.0.1", other.getsockname()[1])
    assert refused.value.code == "port"
    assert "占用" in str(refused.value)


def test_the_command_says_where_the_page_is_and_ends_quietly():
    command = [sys.executable, "-m", "analyzer", "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        line = server.stdout.readline()
        where = line[line.index("http") :].split()[0]
        with urllib.request.urlopen(where) as page:
            assert "述评" in page.read().decode()
        server.terminate()
        _, complaints = server.communicate(timeout=60)
    assert (server.returncode, complaints) == (0, "")


def test_the_server_is_there_without_loading_what_only_batches_and_stores_need():
    told = (
        "import sys, analyzer.web.app; print(*sorted({'alembic', 'pandas', 'sqlalchemy'} & {*sys.modules}))"
    )
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
