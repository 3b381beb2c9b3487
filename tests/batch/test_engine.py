from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys

import psutil
import pytest

from analyzer.batch.cluster import Cluster
from analyzer.batch.engine import Here, Local, examine
from analyzer.batch.isolation import Bounds
from analyzer.batch.submissions import Submission
from analyzer.config import Settings
from analyzer.errors import ShupingError
from analyzer.result import Result

from ..conftest import ROOT
from .acts import act, nothing, orphan, own_number, unable

PATIENCE = 60  # seconds for what must happen some time
WELL = [("a", None), ("b", None), ("c", None)]
AMPLE = Bounds(seconds=3600, megabytes=4096)


def local(bounds, warm=nothing):
    return Local(2, bounds, warm)


def dask(bounds, warm=nothing):
    pytest.importorskip("distributed", reason="dask is not installed")
    return Cluster(None, 2, bounds, warm)


BOTH = pytest.mark.parametrize("engine", [local, dask])


def outcomes(engine, tasks):
    """What was made of each task, or the code of its failure, by number."""
    return {
        number: done.failure.code if done.failure else done.made for number, done in engine.each(act, tasks)
    }


@BOTH
def test_a_task_that_harms_its_process_costs_no_other(engine, tmp_path):
    tasks = [
        *WELL,
        ("die", None),
        ("fail", None),
        ("eat", None),
        ("defect", None),
        ("kill-worker-once", tmp_path / "marker"),
        *WELL,
    ]
    found = outcomes(engine(Bounds(seconds=3600, megabytes=128)), tasks)
    assert [found[number] for number in range(len(tasks))] == [
        *"abc",
        "crashed",
        "empty",
        "memory-limit",
        "internal",
        "kill-worker-once",
        *"abc",
    ]


def test_a_task_that_hangs_is_stopped():
    done = dict(local(Bounds(seconds=3)).each(act, [("hang", None)]))[0]
    assert done.failure.code == "time-limit"
    assert "3 秒" in done.failure.message


@BOTH
def test_what_keeps_every_task_from_being_done_is_an_error_of_the_run(engine):
    with pytest.raises(ShupingError) as caught:
        outcomes(engine(AMPLE, unable), WELL)
    assert caught.value.code == "models"


def test_a_worker_of_a_cluster_that_is_killed_loses_nothing(tmp_path):
    tasks = [*WELL * 5, ("kill-machine-once", tmp_path / "marker"), *WELL * 5]
    found = outcomes(dask(AMPLE), tasks)
    assert [found[number] for number in range(len(tasks))] == [what for what, _ in tasks]
    assert (tmp_path / "marker").exists()


def test_a_cluster_that_is_not_there_is_an_error_for_users(monkeypatch):
    pytest.importorskip("distributed", reason="dask is not installed")
    monkeypatch.setattr("analyzer.batch.cluster._PATIENCE", 1)
    with pytest.raises(ShupingError) as caught:
        outcomes(Cluster("tcp://127.0.0.1:9", 2, AMPLE, nothing), WELL)
    assert caught.value.code == "cluster"


def test_a_cluster_without_dask_is_an_error_for_users(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ShupingError) as caught:
        Cluster(None, 2, AMPLE, nothing)
    assert caught.value.code == "dask"
    assert "pip install 'shuping[dask]'" in caught.value.hint


def test_tasks_are_asked_for_as_they_are_needed_and_processes_end_with_who_asks():
    endless = itertools.repeat(None)
    numbers = set()
    made = local(AMPLE).each(own_number, endless)
    for _, done in itertools.islice(made, 20):
        numbers.add(done.made)
    made.close()
    assert numbers
    assert not any(map(psutil.pid_exists, numbers))


def test_a_process_ends_with_its_parent_however_that_ends():
    parent = subprocess.Popen(
        [sys.executable, "-c", f"from {orphan.__module__} import orphan; orphan()"],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    child = psutil.Process(int(parent.stdout.readline()))
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    child.wait(PATIENCE)


def test_what_goes_wrong_with_one_task_is_its_outcome_in_this_process_too():
    found = outcomes(Here(AMPLE, nothing), [*WELL, ("fail", None), ("defect", None)])
    assert list(found.values()) == [*"abc", "empty", "internal"]


def length(result: Result) -> int:
    return len(result.text)


def die(result: Result) -> int:
    if result.source.path.endswith("w1-03.txt"):
        os._exit(9)
    return length(result)


@pytest.fixture(scope="module")
def submissions(corpora):
    return [Submission(path) for path in sorted(corpora.glob("w1/w1-0[1-4].txt"))]


@pytest.mark.parametrize("workers", [1, 2])
def test_outcomes_stand_in_the_order_of_submissions(submissions, workers):
    outcomes = list(examine(submissions, [Settings()] * len(submissions), length, workers))
    assert [outcome.submission for outcome in outcomes] == submissions
    assert [outcome.view for outcome in outcomes] == [len(s.path.read_text("utf-8")) for s in submissions]
    assert all(outcome.overall for outcome in outcomes)


def test_a_report_that_kills_its_process_is_named_and_costs_no_other(submissions):
    outcomes = list(examine(submissions, [Settings()] * len(submissions), die, 2))
    assert [outcome.submission for outcome in outcomes] == submissions
    (lost,) = [outcome for outcome in outcomes if outcome.failure]
    assert lost.submission == submissions[2]
    assert (lost.failure.code, lost.failure.path) == ("crashed", submissions[2].path)
