from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

import pytest

from analyzer.batch.engine import Here
from analyzer.batch.gathering import Gathering
from analyzer.batch.intake import Entry, Intake
from analyzer.batch.isolation import Bounds
from analyzer.batch.run import Plan, page_names, run
from analyzer.batch.submissions import Submission
from analyzer.batch.work import Steps
from analyzer.batch.work import _analyzer as cache_of_analyzers
from analyzer.config import Settings, load_settings
from analyzer.errors import ShupingError, error
from analyzer.result import Result

NAMES = [f"县/{name}局/报告.txt" for name in "丁丙乙甲"]
PAGES = sorted(f"{name}局-报告.html" for name in "丁丙乙甲")


def as_is(result, entry):
    return result


def signed(result):
    return bytes(4)


def unmasked(result):
    return result


def unnamed(result):
    return replace(result, source=replace(result.source, path="某"))


OWN = 'dimension = "language"\nmust_fire = ["述职"]\nmust_not_fire = ["报告"]\n'
STEPS = Steps(as_is, signed, unmasked)


class Watch:
    """Keeps what it is told; stops the run after so many entries."""

    def __init__(self, stop=None):
        self.before = []
        self.now = []
        self._stop = stop

    def done(self, name, failure, trace, *, before):
        (self.before if before else self.now).append(name)
        if len(self.now) == self._stop:
            raise KeyboardInterrupt


@pytest.fixture(scope="module")
def intake(corpora):
    """Four reports, one file that is empty, and one that could not be unpacked."""
    paths = sorted(corpora.glob("w1/w1-0[1-4].txt"))
    entries = [Entry(name, Submission(path)) for name, path in zip(NAMES, paths, strict=True)]
    empty = Entry("县/空.txt", Submission(None, b""))
    return Intake((*entries, empty), (("坏.zip", error("damaged", detail="x")),))


@pytest.fixture
def batch(tmp_path):
    """Run a batch in this process."""

    def go(intake, *, watch=None, output=tmp_path / "out", **changes):
        gathering = Gathering(intake, None, None, "out")
        engine = partial(Here, Bounds())
        plan = Plan(output, False, lambda entry: Settings(), STEPS, engine, str, gathering, Intake(()))
        return run(intake, replace(plan, **changes), watch or Watch())

    return go


def files(folder):
    """The files that users see, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".shuping" not in path.parts
    }


def results(folder):
    return [json.loads(line) for line in (folder / "results.jsonl").read_text("utf-8").splitlines()]


def test_a_batch_leaves_results_pages_and_failures_by_name(batch, intake, tmp_path, analyzer):
    ended = batch(intake)
    out = tmp_path / "out"
    found = results(out)
    assert [each["source"]["path"] for each in found] == sorted(NAMES)
    assert ended.results == len(NAMES)
    assert [Result.from_dict(each).text for each in found] == [
        entry.submission.path.read_text("utf-8")
        for entry in sorted(intake.entries[:-1], key=lambda e: e.name)
    ]
    assert sorted(path.name for path in (out / "reports").iterdir()) == PAGES
    failures = [json.loads(line) for line in (out / "failures.jsonl").read_text("utf-8").splitlines()]
    assert [(each["path"], each["code"]) for each in failures] == [
        ("县/空.txt", "empty"),
        ("坏.zip", "damaged"),
    ]
    assert all(each["message"] and each["hint"] for each in failures)
    assert "县" not in failures[0]["message"]


def test_a_result_is_that_of_the_report_alone(batch, intake, tmp_path, analyzer):
    batch(intake)
    path = intake.entries[0].submission.path
    alone = analyzer.analyze_file(path).to_dict()
    found = next(each for each in results(tmp_path / "out") if each["source"]["path"] == NAMES[0])
    assert {**found, "source": None} == json.loads(json.dumps({**alone, "source": None}))


def test_a_batch_that_was_stopped_goes_on_where_it_stood_and_leaves_the_same(batch, intake, tmp_path):
    batch(intake, output=tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        batch(intake, watch=Watch(stop=3))
    with pytest.raises(ShupingError) as caught:
        batch(intake)
    assert caught.value.code == "batch-output"
    assert "--resume" in caught.value.hint
    watch = Watch()
    batch(intake, resume=True, watch=watch)
    assert len(watch.before) == 3
    assert sorted((*watch.before, *watch.now)) == sorted((*NAMES, "县/空.txt"))
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_what_a_killed_run_has_left_unfinished_is_taken_away(batch, intake, tmp_path):
    batch(intake)
    before = files(tmp_path / "out")
    unfinished = [tmp_path / "out" / name for name in (".shuping-1-0.part", "reports/.shuping-1-9.part")]
    for path in unfinished:
        path.write_bytes(b"half")
    (tmp_path / "out" / ".shuping-abc").mkdir()
    (tmp_path / "out" / ".shuping-abc" / "sheet").write_bytes(b"half")
    batch(intake, resume=True)
    assert files(tmp_path / "out") == before
    assert not list((tmp_path / "out").rglob(".shuping-*"))


def test_only_what_is_new_or_changed_is_scored_again(batch, intake, tmp_path):
    batch(intake)
    first, second, *others = intake.entries
    changed = Entry(first.name, Submission(None, first.submission.path.read_bytes() + "。".encode()))
    late = Entry("县/戊局/报告.txt", second.submission)
    watch = Watch()
    batch(Intake((changed, late, *others)), resume=True, watch=watch)
    assert sorted(watch.now) == sorted([changed.name, late.name])
    batch(Intake((changed, late, *others)), output=tmp_path / "anew")
    assert files(tmp_path / "out") == files(tmp_path / "anew")


def test_other_settings_or_another_mask_score_all_anew(batch, intake, tmp_path):
    config = tmp_path / "shuping.toml"
    config.write_text('profile = "party-duty"', "utf-8")
    batch(intake)
    for change in (
        {"settings": lambda entry: load_settings(config)},
        {"steps": Steps(as_is, signed, unnamed, "masked")},
    ):
        watch = Watch()
        batch(intake, resume=True, watch=watch, **change)
        assert watch.before == []
    assert {each["source"]["path"] for each in results(tmp_path / "out")} == {"某"}


def test_a_page_that_was_lost_or_changed_is_made_again(batch, intake, tmp_path):
    batch(intake)
    whole = files(tmp_path / "out")
    (tmp_path / "out" / "reports" / PAGES[0]).unlink()
    (tmp_path / "out" / "reports" / PAGES[1]).write_text("x")
    watch = Watch()
    batch(intake, resume=True, watch=watch)
    assert watch.now == sorted(NAMES)[:2]
    assert files(tmp_path / "out") == whole


def test_a_finished_batch_may_be_run_again_and_keeps_no_page_of_the_earlier_one(batch, intake, tmp_path):
    batch(intake)
    watch = Watch()
    batch(Intake(intake.entries[:1]), watch=watch)
    assert watch.before == []
    kept = [name for name in files(tmp_path / "out") if name.startswith("reports/")]
    assert kept == ["reports/报告.html"]


def test_a_folder_with_other_files_is_left_alone(batch, intake, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "年终总结.docx").write_text("x")
    with pytest.raises(ShupingError) as caught:
        batch(intake, resume=True)
    assert caught.value.code == "batch-output"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["年终总结.docx"]


def test_settings_travel_with_the_files_that_they_name(batch, intake, tmp_path, monkeypatch):
    rules = tmp_path / "own.toml"
    rules.write_text('[[rule]]\nid = "own-a"\nwords = ["述职"]\nmessage = "m"\n' + OWN, "utf-8")
    config = tmp_path / "shuping.toml"
    config.write_text('[rules]\nfiles = ["own.toml"]', "utf-8")
    settings = load_settings(config)
    batch(intake, settings=lambda entry: settings, output=tmp_path / "here")

    class Elsewhere(Here):
        """A machine that has not the files: they are gone when work begins."""

        def each(self, work, tasks):
            rules.unlink()
            return super().each(work, tasks)

    cache_of_analyzers.cache_clear()
    batch(intake, settings=lambda entry: settings, engine=partial(Elsewhere, Bounds()))
    assert files(tmp_path / "out") == files(tmp_path / "here")
    assert b"own-a" in files(tmp_path / "out")["results.jsonl"]


def test_a_mistake_in_a_file_of_the_settings_stops_the_batch_and_names_the_file(batch, intake, tmp_path):
    rules = tmp_path / "own.toml"
    rules.write_text("[[rule]]", "utf-8")
    with pytest.raises(ShupingError) as caught:
        batch(intake, settings=lambda entry: Settings(rule_files=(rules,)))
    assert (caught.value.code, caught.value.path) == ("user-rule", rules)


def test_names_of_pages_are_no_longer_than_file_systems_take():
    names = [f"{'很长的县名' * 12}/{stem}/述职报告.docx" for stem in ("甲" * 70, "乙" * 70)]
    pages = page_names(names)
    assert len(set(pages)) == 2
    assert all(len(page.encode()) < 255 for page in pages)
    assert pages == page_names(names)
