"""Nothing asks a network by default, and nothing that is loaded can run."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import urllib.request
import zipfile

import numpy as np
import pytest

from .conftest import ROOT

# Python loads a module of this name in every process, so that workers are watched too.
CUT = """
import os, sys

def watch(event, args):
    if event == "socket.connect" or event == "socket.sendto":
        address = args[-1]
        if not isinstance(address, tuple) or address[0] in ("127.0.0.1", "::1"):
            return
    elif event not in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        return
    elif args[0] in (None, "", "localhost", "127.0.0.1", "::1"):
        return
    with open(os.environ["ASKED"], "a") as file:
        print(event, args[1:] if event == "socket.connect" else args[:1], file=file)
    raise OSError(101, "the network is cut")

sys.addaudithook(watch)
"""


@pytest.fixture
def cut_off(tmp_path):
    """Environment of processes that have no network; what they asked of it is in ``asked``."""
    place = tmp_path / "cut"
    place.mkdir()
    (place / "sitecustomize.py").write_text(CUT, "utf-8")
    return {**os.environ, "PYTHONPATH": f"{place}{os.pathsep}{ROOT}", "ASKED": str(tmp_path / "asked")}


@pytest.fixture
def command(cut_off, tmp_path):
    def run(*args):
        line = [sys.executable, *map(str, args)]
        return subprocess.run(line, env=cut_off, cwd=tmp_path, capture_output=True, text=True, timeout=300)

    return run


def test_the_cut_is_one(command, tmp_path):
    asking = "import urllib.request as r; r.urlopen('http://192.0.2.1/', timeout=1)"
    assert command("-c", asking).returncode != 0
    assert "192.0.2.1" in (tmp_path / "asked").read_text()


@pytest.mark.parametrize(
    "args",
    [
        ("score", ROOT / "corpora/w1/w1-01.txt"),
        ("score", ROOT / "corpora/w1/w1-01.txt", "--format", "html", "--output", "页"),
        ("batch", ROOT / "corpora/w1", "--output", "批", "--store", "a.db", "--workers", "2", "--mask"),
        ("duplicates", ROOT / "corpora/w1"),
        ("compare", ROOT / "corpora/w1/w1-01.txt", ROOT / "corpora/w1/w1-02.txt"),
        ("rules",),
    ],
    ids=lambda args: args[0],
)
def test_a_command_asks_no_network(command, tmp_path, args):
    done = command("-m", "analyzer", *args)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "asked").exists()


def test_the_server_listens_here_and_asks_nobody(cut_off, tmp_path):
    line = [sys.executable, "-m", "analyzer", "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(line, env=cut_off, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as server:
        said = server.stdout.readline()
        where = said[said.index("http") :].split()[0]
        body = json.dumps({"text": (ROOT / "corpora/w1/w1-01.txt").read_text("utf-8")}).encode()
        request = urllib.request.Request(
            where + "api/v1/score", body, {"Content-Type": "application/json"}, method="POST"
        )
        with urllib.request.urlopen(request) as answer:
            assert json.load(answer)["scorecard"]
        server.terminate()
    assert not (tmp_path / "asked").exists()


def test_models_are_arrays_and_json_and_hold_no_pickle(root):
    shipped = [path for path in (root / "models").rglob("*") if path.is_file()]
    # HanLP's own components are in torch's format; the default backend never opens them.
    kinds = {path.suffix for path in shipped if "hanlp" not in path.parts}
    assert kinds <= {".npz", ".json", ".md"}
    for path in (*root.glob("models/*.npz"), *root.glob("analyzer/**/*.npz")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                np.lib.format.read_array(io.BytesIO(archive.read(name)), allow_pickle=False)


def test_an_array_with_code_in_it_is_not_run(tmp_path, monkeypatch):
    from analyzer.errors import ShupingError
    from analyzer.understanding import models

    class Bomb:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "ran"),)

    for path in (ROOT / "models").glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for path in (ROOT / "models").glob("*.npz"):
        np.savez(tmp_path / path.name, a=np.array([Bomb()], dtype=object))
    with pytest.raises((ShupingError, ValueError)):
        models.load_models(tmp_path)
    assert not (tmp_path / "ran").exists()
