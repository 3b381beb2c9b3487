"""``shuping batch``: what it leaves, whatever happens to it on the way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import psutil
import pytest

if os.name == "nt":
    pytest.skip("POSIX signals", allow_module_level=True)

from ..conftest import ROOT

PATIENCE = 300  # seconds for what must happen some time
ENOUGH = 6  # pages after which a batch is in full swing


@pytest.fixture(scope="module")
def handed(corpora, tmp_path_factory):
    """A folder of reports, some in folders, two that cannot be read."""
    folder = tmp_path_factory.mktemp("交来")
    for path in sorted(corpora.glob("w[1-3]/*.txt")):
        place = folder / path.parent.name / path.name
        place.parent.mkdir(exist_ok=True)
        shutil.copy(path, place)
    (folder / "空.txt").write_bytes(b"")
    (folder / "w1" / "其实不是.docx").write_text("述职报告", "utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(handed, tmp_path_factory):
    """What a batch leaves that nothing happened to, in one process."""
    output = tmp_path_factory.mktemp("全")
    done = started(handed, output, "--workers", "1")
    done.communicate(timeout=PATIENCE)
    assert done.returncode == 3
    return files(output)


def started(handed, output, *args):
    return subprocess.Popen(
        [sys.executable, "-m", "analyzer", "batch", str(handed), "--output", str(output), *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
        # Where the tests run in the background of a shell, interrupts are ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def files(folder):
    """The files that users see, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".shuping" not in path.parts
    }


def in_full_swing(batch, output):
    """Wait until a batch has made some pages; return its processes."""
    end = time.monotonic() + PATIENCE
    while len(list(output.glob("reports/*.html"))) < ENOUGH and batch.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.01)
    try:
        return psutil.Process(batch.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def workers(processes):
    """Those that score: all but the helpers that look after semaphores and the like."""
    found = []
    for each in processes:
        try:
            command = " ".join(each.cmdline())
        except psutil.NoSuchProcess:
            continue
        if "popen_loky" in command:
            found.append(each)
    return found


def test_a_batch_names_its_failures_and_says_where_all_is(handed, whole, tmp_path):
    batch = started(handed, tmp_path / "出")
    said, told = (each.decode() for each in batch.communicate(timeout=PATIENCE))
    assert batch.returncode == 3
    reports = len(list(handed.rglob("*.txt"))) - 1
    assert f"评分 {reports} 份，不予评分 0 份，未能读取 2 份。" in said
    assert str(tmp_path / "出" / "results.jsonl") in said
    assert sorted(line.split("：")[0] for line in told.splitlines() if "［" in line) == [
        "w1/其实不是.docx",
        "空.txt",
    ]
    assert "Traceback" not in told
    assert files(tmp_path / "出") == whole
    failures = [json.loads(line) for line in whole["failures.jsonl"].splitlines()]
    assert [(each["path"], each["code"]) for each in failures] == [
        ("w1/其实不是.docx", "wrong-name"),
        ("空.txt", "empty"),
    ]


def test_a_worker_that_is_killed_loses_nothing(handed, whole, tmp_path):
    batch = started(handed, tmp_path / "出", "--workers", "2")
    for each in workers(in_full_swing(batch, tmp_path / "出"))[:1]:
        each.kill()
    batch.communicate(timeout=PATIENCE)
    assert batch.returncode == 3
    assert files(tmp_path / "出") == whole


def test_a_batch_that_is_killed_goes_on_and_leaves_the_same(handed, whole, tmp_path):
    batch = started(handed, tmp_path / "出", "--workers", "2")
    processes = in_full_swing(batch, tmp_path / "出")
    batch.kill()
    batch.communicate(timeout=PATIENCE)
    psutil.wait_procs(workers(processes), PATIENCE)
    again = started(handed, tmp_path / "出", "--resume")
    again.communicate(timeout=PATIENCE)
    assert again.returncode == 3
    assert files(tmp_path / "出") == whole


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_ctrl_c_ends_a_batch_and_all_of_its_processes(handed, whole, tmp_path, engine):
    if engine == "dask":
        pytest.importorskip("distributed", reason="dask is not installed")
    batch = started(handed, tmp_path / "出", "--workers", "2", "--engine", engine)
    processes = in_full_swing(batch, tmp_path / "出")
    if batch.poll() is None:
        os.killpg(batch.pid, signal.SIGINT)
    told = batch.communicate(timeout=PATIENCE)[1].decode()
    assert batch.returncode == 130
    assert "已中断" in told
    assert "Traceback" not in told
    assert psutil.wait_procs(processes, PATIENCE)[1] == []
    again = started(handed, tmp_path / "出", "--resume")
    again.communicate(timeout=PATIENCE)
    assert files(tmp_path / "出") == whole


def test_a_cluster_of_which_a_worker_is_killed_leaves_the_same(handed, whole, tmp_path):
    distributed = pytest.importorskip("distributed", reason="dask is not installed")
    means = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    with distributed.LocalCluster(**means) as cluster:
        args = "--engine", "dask", "--scheduler", cluster.scheduler_address
        batch = started(handed, tmp_path / "出", *args)
        in_full_swing(batch, tmp_path / "出")
        psutil.Process(cluster.workers[0].pid).kill()
        batch.communicate(timeout=PATIENCE)
    assert batch.returncode == 3
    assert files(tmp_path / "出") == whole


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "缺少 --output"),
        (("--output", "o", "--engine", "spark"), "local、dask"),
        (("--output", "o", "--scheduler", "tcp://x:1"), "--engine dask"),
        (("--output", "o", "--engine", "dask", "--scheduler", "tcp://x:1", "--workers", "2"), "由集群定"),
        (("--output", "o", "--workers", "0"), "--workers"),
    ],
)
def test_wrong_usage_is_explained(run, handed, args, words):
    result = run("batch", handed, *args)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_folder_with_other_files_is_wrong_usage(run, handed, tmp_path):
    (tmp_path / "别的.docx").write_text("x")
    result = run("batch", handed, "--output", tmp_path)
    assert result.exit_code == 2
    assert "里面已有别的文件" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["别的.docx"]
