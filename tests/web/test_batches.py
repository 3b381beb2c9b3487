"""A batch over HTTP, from the archive that is sent to the workbook that is fetched."""

from __future__ import annotations

import io
import json
import time
import zipfile

import openpyxl
import pytest
from sqlalchemy import select

from analyzer.config import Settings
from analyzer.store.store import Store
from analyzer.store.tables import Entry
from analyzer.store.verifying import verify
from analyzer.web.app import make_app
from analyzer.web.batches import KEPT, MOST, Batches, State
from analyzer.web.batching import Order
from analyzer.web.people import Role
from analyzer.web.users import User, Users, hashed, write

from .conftest import served
from .test_access import PASSWORD, basic
from .test_api import told

BATCHES = "/api/v1/batches"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A server with two inspectors and a store."""
    folder = tmp_path_factory.mktemp("batches")
    kept = hashed(PASSWORD)
    write(folder / "users.json", {name: User(name, Role.INSPECTOR, kept) for name in ("甲", "乙")})
    store = Store.open(folder / "store.db")
    with served(make_app(Settings(), store, Users(folder / "users.json"))) as client:
        client.store = store
        yield client


def ask(place, method: str, path: str, body: bytes = b"", by: str = "甲", **headers: str):
    return place.ask(method, path, body, Authorization=basic(by, PASSWORD), **headers)


def send(place, files: dict[str, bytes], query: str = "", manifest: bytes | None = None):
    parts = [("file", name, data) for name, data in files.items()]
    parts += [("manifest", "list.csv", manifest)] if manifest is not None else []
    body = b"".join(
        f'--cut\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode()
        + data
        + b"\r\n"
        for field, name, data in parts
    )
    kind = "multipart/form-data; boundary=cut"
    return ask(place, "POST", BATCHES + query, body + b"--cut--\r\n", Content_Type=kind)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def ended(place, where: str):
    for _ in range(6000):
        said = ask(place, "GET", where).json()
        if said["state"] in ("done", "failed"):
            return said
        time.sleep(0.1)
    raise AssertionError(said)


@pytest.fixture(scope="module")
def done(place, corpora):
    """A batch of three reports, one of them broken, that is done."""
    reports = {f"甲县/{n}.txt": (corpora / "w6" / f"w6-0{n}.txt").read_bytes() for n in (1, 2)}
    data = zipped({**reports, "乙县/坏的.docx": b"PK\x03\x04"})
    answer = send(place, {"三份.zip": data}, "?pattern=%7Bregion%7D/%7Bunit%7D")
    assert answer.status == 202
    assert answer.json()["state"] in ("queued", "running")
    return ended(place, answer.headers["location"])


def test_progress_says_how_many_and_what_has_failed(done):
    assert (done["name"], done["state"], done["total"], done["done"]) == ("三份", "done", 3, 3)
    assert done["rate"] > 0
    assert done["error"] is None
    assert [each["path"] for each in done["failures"]] == ["乙县/坏的.docx"]
    assert set(done["failures"][0]) == {"path", "code", "message", "hint"}


def test_what_came_of_it_can_be_fetched(place, done):
    where = f"{BATCHES}/{done['id']}/files"
    assert {"workbook.xlsx", "results.jsonl", "results.parquet", "failures.jsonl"} <= set(done["files"])
    assert not any("shuping" in name for name in done["files"])
    book = openpyxl.load_workbook(io.BytesIO(ask(place, "GET", f"{where}/workbook.xlsx").body))
    assert book.sheetnames
    lines = ask(place, "GET", f"{where}/results.jsonl").body.decode().splitlines()
    assert [json.loads(line)["source"]["region"] for line in lines] == ["甲县", "甲县"]
    page = ask(place, "GET", f"{where}/reports/1.html")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-disposition"].startswith("attachment")  # not run as a page of ours


def test_the_store_has_it_under_the_name_of_who_sent_it(place, done):
    assert [(name, count) for name, _, count in place.store.batches()] == [("三份", 2)]
    with place.store.database.reading() as connection:
        trail = connection.execute(select(Entry.who, Entry.what)).all()
    assert ("甲", "upload") in trail
    assert not verify(place.store).faults


def test_it_is_its_owners_alone(place, done):
    where = f"{BATCHES}/{done['id']}"
    for method, path in (("GET", where), ("GET", f"{where}/files/workbook.xlsx"), ("DELETE", where)):
        told(ask(place, method, path, by="乙"), 404, "no-such-batch")
    assert ask(place, "GET", BATCHES, by="乙").json() == []
    assert [each["id"] for each in ask(place, "GET", BATCHES).json()] == [done["id"]]


@pytest.mark.parametrize(
    "name", ["../users.json", "..%2Fusers.json", ".shuping/journal", "reports", "", "/etc/passwd", "%00"]
)
def test_nothing_else_can_be_fetched(place, done, name):
    told(ask(place, "GET", f"{BATCHES}/{done['id']}/files/{name}"), 404, "no-such-batch")


def test_reports_can_be_sent_one_by_one_with_a_list_of_units(place):
    listed = "文件,单位,年度\n一.txt,县司法局,2019\n三.txt,县水利局,2019\n".encode()
    answer = send(place, {"一.txt": b"", "../二.txt": b"x"}, "?name=%E6%89%B9", listed)
    said = ended(place, answer.headers["location"])
    assert (said["name"], said["total"]) == ("批", 2)
    assert {each["path"] for each in said["failures"]} == {"一.txt", "三.txt"}
    assert ask(place, "DELETE", answer.headers["location"]).status == 204
    told(ask(place, "GET", answer.headers["location"]), 404, "no-such-batch")


def test_what_cannot_be_a_batch_is_told_so(place):
    told(send(place, {}), 400, "request")
    told(send(place, {"": b"x"}), 400, "request")
    told(send(place, {"甲.txt": b"x", "a/甲.txt": b"y"}), 400, "request")
    told(send(place, {"a.zip": b"PK"}, "?profile=none"), 400, "request")
    told(ask(place, "POST", BATCHES, b"x", Content_Type="text/plain"), 400, "request")
    assert len(ask(place, "GET", BATCHES).json()) <= 1


def test_an_archive_that_cannot_be_opened_fails_as_a_whole(place):
    answer = send(place, {"坏.zip": b"PK\x03\x04 broken"})
    said = ended(place, answer.headers["location"])
    assert (said["state"], said["error"]["code"]) == ("failed", "archive")
    assert ask(place, "DELETE", answer.headers["location"]).status == 204


def test_an_archive_that_unpacks_to_too_much_is_told_so_and_nothing_of_it_is_done(tmp_path, report):
    data = zipped({f"{n}.txt": f"{report}{n}".encode() * 40 for n in range(8)})
    with served(make_app(Settings(), unpacked=1 << 20)) as client:
        where = client.send("多.zip", data, BATCHES).headers["location"]
        while (said := client.ask("GET", where).json())["state"] not in ("done", "failed"):
            time.sleep(0.1)
    assert (said["state"], said["error"]["code"], said["files"]) == ("failed", "unpacked", [])
    assert "1 MB" in said["error"]["message"]


def test_a_batch_can_be_stopped_and_the_next_one_begins(place, report):
    many = zipped({f"{n}.txt": f"{report}{n}".encode() for n in range(200)})
    first, second = (send(place, {f"{n}.zip": many}).headers["location"] for n in (1, 2))
    while ask(place, "GET", first).json()["done"] < 2:
        time.sleep(0.05)
    assert ask(place, "GET", second).json()["state"] == "queued"
    assert ask(place, "DELETE", first).status == 204
    while ask(place, "GET", second).json()["state"] != "running":
        time.sleep(0.05)
    assert ask(place, "DELETE", second).status == 204


def test_one_person_has_so_many(place):
    sent = [send(place, {"坏.zip": b"PK"}) for _ in range(MOST + 1)]
    told(sent[-1], 429, "too-many-batches")
    for each in sent:
        if each.status == 202:
            assert ask(place, "DELETE", each.headers["location"]).status == 204


def test_what_has_been_kept_long_enough_is_taken_away(tmp_path):
    now = [1000.0]
    batches = Batches(lambda: now[0])
    folder = batches.folder()
    (folder / "given").mkdir()
    order = Order(Settings(), folder / "given", folder / "out", folder / "scratch", None, None, None, "x", "")
    batch = batches.add("", folder, order)
    while batch.state not in (State.DONE, State.FAILED):
        time.sleep(0.05)
    batches.expire()
    assert batches.of("") == [batch]
    now[0] += KEPT
    batches.expire()
    assert batches.of("") == []
    assert not folder.exists()
    batches.close()
    assert not folder.parent.exists()
