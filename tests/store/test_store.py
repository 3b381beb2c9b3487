"""Results that last: nothing is overwritten, and both databases hold the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from analyzer.duplicates.pairs import Pair, Passage
from analyzer.errors import ShupingError
from analyzer.store.store import Filter, Store
from analyzer.store.tables import Base


def dump(store):
    """Every row of every table."""
    with store.database.reading() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for name, table in sorted(Base.metadata.tables.items())
        }


def judged_by(result, rubric):
    return replace(result, analyzer={**result.analyzer, "rubric": rubric})


def test_a_result_comes_back_as_it_was(store, reports):
    store.save(reports, "一批")
    assert [stored.result for stored in store.results()] == reports


def test_saving_again_changes_nothing(store, reports):
    assert store.save(reports, "一批").added == len(reports)
    before = dump(store)
    again = store.save(reversed(reports), "一批")
    assert (again.added, again.known) == (0, len(reports))
    assert dump(store) == before


def test_a_new_rubric_adds_and_the_old_scores_stay(store, reports):
    store.save(reports, "一批")
    before = dump(store)
    saved = store.rescore(lambda result: judged_by(result, "party-duty/2"))
    assert saved.added == len(reports)
    after = dump(store)
    assert after["submissions"] == before["submissions"]
    assert after["results"][: len(reports)] == before["results"]
    assert [ruled.results for ruled in store.rubrics()] == [len(reports)] * 2
    assert {stored.rubric for stored in store.latest()} == {"party-duty/2"}
    assert {stored.rubric for stored in store.latest(Filter(rubric="party-duty/1"))} == {"party-duty/1"}
    assert len(list(store.results())) == 2 * len(reports)
    assert store.rescore(lambda result: judged_by(result, "party-duty/2")).added == 0


def test_settings_and_models_make_another_ruler_but_the_place_of_the_settings_does_not(store, reports):
    report = reports[0]

    def settings(**changes):
        return replace(
            report, analyzer={**report.analyzer, "settings": {"path": "/甲", "off": [], **changes}}
        )

    newer = replace(report, analyzer={**report.analyzer, "models": {"sections": "2027.01"}})
    store.save([report, settings(), settings(path="/乙"), settings(off=["siloed"]), newer], "一批")
    assert len(store.rubrics()) == 4


def test_one_file_of_two_units_is_one_report_with_two_submissions(store, reports):
    twin = replace(reports[0], source=replace(reports[0].source, path="另一处.txt", unit="乙局"))
    saved = store.save([reports[0], twin], "一批")
    assert (saved.added, saved.known) == (1, 1)
    assert [stored.result for stored in store.latest()] == [reports[0], twin]


def test_the_last_submission_of_a_path_is_the_latest(store, reports):
    store.save(reports, "一批")
    named = replace(reports[0], source=replace(reports[0].source, unit="改正后的单位"))
    store.save([named], "二批")
    first = [stored for stored in store.latest() if stored.path == named.source.path]
    assert [stored.unit for stored in first] == ["改正后的单位"]
    assert len(list(store.results(Filter(batch="一批")))) == len(reports)


def test_what_is_asked_for(store, reports):
    store.save(reports, "一批")
    assert {stored.unit for stored in store.results(Filter(unit="第1局"))} == {"第1局"}
    assert len(list(store.results(Filter(year=2021, region="甲县")))) == 3
    assert not list(store.results(Filter(batch="没有")))
    sha256 = reports[0].source.sha256
    assert [stored.sha256 for stored in store.latest(Filter(sha256=sha256[:12]))] == [sha256]
    assert not list(store.latest(Filter(sha256="%")))


def test_the_columns_say_what_the_result_says(store, reports):
    store.save(reports, "一批")
    tables = dump(store)
    assert len(tables["findings"]) == sum(len(result.findings) for result in reports)
    assert len(tables["problems"]) == sum(len(result.analysis.problems) for result in reports)
    assert len(tables["dimensions"]) == 7 * len(reports)
    assert [stored.overall for stored in store.results()] == [result.scorecard.overall for result in reports]


def test_a_path_or_text_that_no_database_could_hold(store, reports):
    odd = replace(
        reports[0],
        text=reports[0].text + "\0\ud800",
        source=replace(reports[0].source, path="a\udcff\0b.txt", sha256="f" * 64),
    )
    store.save([odd], "一\0批")
    assert [stored.result for stored in store.results()] == [odd]


def work(url, reports, clock):
    """All that can be done to a store."""
    from analyzer.result import Dimension
    from analyzer.store.packing import keys
    from analyzer.store.review import Kind, decide

    store = Store.open(url, clock=clock)
    store.save(reports, "一批")
    store.save(reports[:2], "二批")
    pair = Pair("交来/0.txt", "交来/1.txt", 0.83, (Passage((0, 50), (3, 53)),))
    assert store.save_copies([pair, pair], "一批").added == 1
    store.rescore(lambda result: judged_by(result, "party-duty/2"))
    sha256 = reports[2].source.sha256
    seq = decide(store, sha256, Kind.REJECT, keys(reports[2])[-1], "张三", "原文已写明")
    decide(store, sha256, Kind.ADJUST, Dimension.FACTS, "张三", "台账有据", 3.5)
    decide(store, sha256, Kind.WITHDRAW, str(seq), "李四", "复看后不成立")
    store.note("export", "王五", reports=1)
    return store


def test_sqlite_and_postgresql_hold_the_same(new_url, reports, clock):
    from itertools import count

    tables = []
    for kind in ("sqlite", "postgresql"):
        seconds = count()
        tables.append(dump(work(new_url(kind), reports, lambda: f"{next(seconds)}")))  # noqa: B023
    assert all(tables[0].values())
    for name, rows in tables[0].items():
        assert rows == tables[1][name], name


def test_a_failure_names_neither_password_nor_text(new_url, reports):
    with pytest.raises(ShupingError) as failure:
        Store.open("postgresql://me:geheim@127.0.0.1:1/nowhere")
    assert failure.value.code == "store"
    assert "geheim" not in str(failure.value)
    for wrong in ("mysql://me:geheim@host/x", "postgresql://me:geheim@host:port/x", "sqlite://"):
        with pytest.raises(ShupingError) as failure:
            Store.open(wrong)
        assert "geheim" not in str(failure.value)


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "a.db"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(ShupingError, match="a\\.db"):
        Store.open(path)
    assert path.read_bytes() == b"no database at all" * 100
    with pytest.raises(ShupingError, match="没有这个结果库"):
        Store.open(tmp_path / "b.db", existing=True)
    assert not (tmp_path / "b.db").exists()


def test_without_the_driver_it_says_what_to_install(monkeypatch):
    import sys

    for name in [name for name in sys.modules if name.split(".")[0] == "psycopg"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ShupingError, match=r"pip install 'shuping\[postgresql\]'") as failure:
        Store.open("postgresql://me@host/x")
    assert failure.value.code == "missing-postgresql"


def test_a_failure_in_the_middle_keeps_nothing_of_that_part(store, reports):
    def broken():
        yield reports[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.save(broken(), "一批")
    assert not any(rows for rows in dump(store).values())
