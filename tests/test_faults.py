"""A full disk, a place that cannot be written, two batches on one store: nothing lost, double or half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

if os.name == "nt":
    pytest.skip("POSIX limits and signals", allow_module_level=True)

import resource

from benchmarks.killing import killed

from .conftest import ROOT

REPORT = ROOT / "corpora" / "w1" / "w1-01.txt"
STOPPED = 2, 3  # before the first report, or after it


def shuping(*args, limit=None, **options):
    def bounded():
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # else the process is killed rather than told
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    line = [sys.executable, "-m", "analyzer", *map(str, args)]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": ROOT} | options
    return subprocess.run(line, preexec_fn=bounded, timeout=300, **options)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in Path(folder).rglob("*")
        if path.is_file() and ".shuping" not in path.parts
    }


def test_a_full_disk_stops_a_batch_that_goes_on_when_there_is_room(tmp_path):
    handed = tmp_path / "交来"
    handed.mkdir()
    for path in sorted((ROOT / "corpora").glob("w1/w1-0[1-4].txt")):
        (handed / path.name).write_bytes(path.read_bytes())
    whole = shuping("batch", handed, "--output", tmp_path / "全")
    assert whole.returncode == 0, whole.stderr.decode()
    expected = files(tmp_path / "全")
    largest = max(map(len, expected.values()))
    for limit in (4_000, 30_000, largest - 1):
        stopped = shuping("batch", handed, "--output", tmp_path / "出", "--resume", limit=limit)
        told = stopped.stderr.decode()
        assert stopped.returncode in STOPPED, told
        assert "［output］" in told
        assert "Traceback" not in told
        assert all(expected[name] == content for name, content in files(tmp_path / "出").items())
    assert shuping("batch", handed, "--output", tmp_path / "出", "--resume").returncode == 0
    assert files(tmp_path / "出") == expected


@pytest.fixture
def disk(tmp_path):
    """Give a function that mounts a small disk of its own, or changes how it is mounted."""
    place = tmp_path / "盘"
    place.mkdir()
    mounted = []

    def mount(options):
        again = "remount," if mounted else ""
        line = ["mount", "-t", "tmpfs", "-o", again + options, "tmpfs", str(place)]
        try:
            subprocess.run(line, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("nothing may be mounted here")
        mounted.append(place)
        return place

    yield mount
    if mounted:
        subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_truly_full_and_one_that_is_read_only(tmp_path, disk):
    handed = tmp_path / "交来"
    handed.mkdir()
    for path in sorted((ROOT / "corpora").glob("w1/w1-0[1-4].txt")):
        (handed / path.name).write_bytes(path.read_bytes())
    assert shuping("batch", handed, "--output", tmp_path / "全").returncode == 0
    expected = files(tmp_path / "全")
    told = []
    for size in (60, 300, 700, 900, 1100):  # the last has room for the output, but not for the store as well
        place = disk(f"size={size}k")
        line = "batch", handed, "--output", place / "出", "--store", place / "库.db", "--resume"
        stopped = shuping(*line)
        told.append(stopped.stderr.decode())
        assert stopped.returncode in STOPPED, told
        assert "output］" in told[-1] or "［store］" in told[-1]
        assert "Traceback" not in told[-1]
        assert {name: expected[name] for name in files(place / "出")} == files(place / "出")
    assert any("No space left" in each for each in told)
    disk("size=30m")
    assert shuping(*line).returncode == 0
    assert files(place / "出") == expected
    assert shuping("store", "verify", "--store", place / "库.db").returncode == 0
    disk("ro")
    page = "score", REPORT, "--format", "html", "--output", place / "页"
    for refused in (line, page, ("batch", handed, "--output", tmp_path / "他", "--store", place / "库.db")):
        stopped = shuping(*refused)
        assert stopped.returncode in STOPPED
        assert "output］" in (last := stopped.stderr.decode()) or "［store］" in last
        assert "Traceback" not in last
    assert files(place / "出") == expected


def test_a_full_disk_is_told_of_one_report_too(tmp_path):
    stopped = shuping("score", REPORT, "--format", "html", "--output", tmp_path / "页", limit=4_000)
    assert stopped.returncode in STOPPED
    assert "［output］" in stopped.stderr.decode()
    assert files(tmp_path) == {}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("form", ["text", "json", "jsonl", "html"])
def test_an_output_that_is_full_is_told(form):
    with Path("/dev/full").open("wb") as full:
        stopped = shuping("score", REPORT, "--format", form, stdout=full)
    told = stopped.stderr.decode()
    assert stopped.returncode in STOPPED, told
    assert "［output］" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("command", ["score", "batch"])
def test_a_place_that_cannot_be_written_is_told(tmp_path, command):
    (tmp_path / "文件").write_text("x", "utf-8")  # root may write anywhere, but not below a file
    options = ("--format", "html") if command == "score" else ()
    stopped = shuping(command, REPORT, *options, "--output", tmp_path / "文件" / "出")
    told = stopped.stderr.decode()
    assert stopped.returncode in STOPPED, told
    assert "Traceback" not in told
    assert "output］" in told
    assert files(tmp_path) == {"文件": b"x"}


def test_two_batches_write_to_one_store_at_once(tmp_path):
    store = tmp_path / "库.db"
    line = [sys.executable, "-m", "analyzer", "batch", ROOT / "corpora" / "w1", "--store", store]
    running = [
        subprocess.Popen(
            [*line, "--workers", "1", "--output", tmp_path / name],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for name in "甲乙"
    ]
    told = [each.communicate(timeout=300)[1].decode() for each in running]
    assert [each.returncode for each in running] == [0, 0], told
    assert files(tmp_path / "甲")["results.jsonl"] == files(tmp_path / "乙")["results.jsonl"]
    verified = shuping("store", "verify", "--store", store)
    assert verified.returncode == 0, verified.stdout.decode() + verified.stderr.decode()


def test_a_batch_that_is_killed_at_random_loses_nothing(tmp_path):
    assert killed(3, tmp_path, seed=os.getpid()) == []
