"""Who came in and who changed the users: in a trail of its own, for administrators."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from lxml import html
from sqlalchemy import select

from analyzer.cli import main
from analyzer.commands.options import UNREADABLE
from analyzer.config import Settings
from analyzer.errors import ShupingError, error
from analyzer.store.store import Store
from analyzer.store.tables import Entry
from analyzer.store.verifying import verify
from analyzer.web.access import SIGN_IN, SIGN_OUT, TRAIL
from analyzer.web.app import make_app
from analyzer.web.door import Door
from analyzer.web.people import Role
from analyzer.web.throttle import MOST_OF_BOTH
from analyzer.web.trail import trail_of
from analyzer.web.users import User, Users, hashed, write

from .conftest import served
from .test_access import FORM, HTML, NAMES, PASSWORD, Place, basic, found_token
from .test_api import told


@pytest.fixture
def place(tmp_path):
    """A server with users and without a store."""
    path, kept = tmp_path / "users.json", hashed(PASSWORD)
    write(path, {name: User(name, role, kept) for role, name in NAMES.items()})
    app = make_app(Settings(), users=Users(path))
    with served(app) as client:
        yield Place(client, path, app)


def entries(path) -> list[tuple[str, str, dict[str, str]]]:
    """Return who did what, and what else is told of it."""
    with trail_of(path).database.reading() as connection:
        rows = connection.execute(select(Entry.who, Entry.what, Entry.told).order_by(Entry.seq)).all()
    return [(who, what, json.loads(more)) for who, what, more in rows]


def events(path) -> list[tuple[str, str]]:
    return [(who, what) for who, what, _ in entries(path)]


def test_signing_in_and_out_are_put_down_with_where_from(place):
    name = NAMES[Role.WRITER]
    cookie = place.cookie(Role.WRITER)
    body = urlencode({"token": found_token(place.ask("GET", "/", Cookie=cookie))}).encode()
    place.ask("POST", SIGN_OUT, body, Content_Type=FORM, Cookie=cookie)
    came = {"from": "127.0.0.1", "way": "page"}
    assert entries(place.path) == [(name, "signed-in", came), (name, "signed-out", came)]
    assert not verify(trail_of(place.path)).faults


def test_a_program_is_put_down_when_its_password_is_looked_at_not_with_each_request(place):
    for _ in range(3):
        assert place.ask("GET", "/api/v1/rules", by=Role.INSPECTOR).status == 200
    came = {"from": "127.0.0.1", "way": "api"}
    assert entries(place.path) == [(NAMES[Role.INSPECTOR], "signed-in", came)]


def test_a_password_typed_as_a_name_is_put_down_nowhere(place):
    assert place.sign_in(PASSWORD, NAMES[Role.WRITER]).status == 401
    assert place.sign_in(NAMES[Role.WRITER], "不对的口令不对的口令").status == 401
    assert events(place.path) == [("", "sign-in-refused"), (NAMES[Role.WRITER], "sign-in-refused")]
    for file in place.path.parent.glob("users.trail.db*"):
        for secret in (PASSWORD, "不对的口令"):
            assert secret.encode() not in file.read_bytes()


def test_being_locked_out_is_put_down_once_however_long_it_is_tried(place):
    name = NAMES[Role.WRITER]
    for _ in range(MOST_OF_BOTH + 4):
        place.ask("GET", "/api/v1/rules", Authorization=basic(name, "x"))
    assert events(place.path) == [(name, "sign-in-refused")] * MOST_OF_BOTH + [(name, "locked-out")]


def test_what_the_command_changes_is_put_down_with_who_and_without_the_password(tmp_path):
    path = tmp_path / "users.json"

    def users(*asked: str, password: str = "") -> None:
        done = CliRunner().invoke(main, ["users", *asked, "--users", str(path)], input=password)
        assert done.exit_code == 0, done.output

    users("add", "张三", "--role", "writer", "--stdin", password=PASSWORD)
    users("password", "张三", "--stdin", password=PASSWORD[::-1])
    users("role", "张三", "inspector")
    users("remove", "张三")
    found = entries(path)
    assert [(what, more) for _, what, more in found] == [
        ("user-added", {"user": "张三", "role": "writer"}),
        ("password-changed", {"user": "张三"}),
        ("role-changed", {"user": "张三", "role": "inspector"}),
        ("user-removed", {"user": "张三"}),
    ]
    assert all(who for who, _, _ in found)
    trail = tmp_path / "users.trail.db"
    assert trail.stat().st_mode & 0o777 == 0o600
    done = CliRunner().invoke(main, ["store", "verify", "--store", str(trail)])
    assert done.exit_code == 0, done.output


def test_the_trail_is_shown_to_administrators_alone_and_verifies(place):
    place.sign_in(NAMES[Role.WRITER], "不对的口令不对的口令")
    cookies = {role: place.cookie(role) for role in Role}
    for role in set(Role) - {Role.ADMINISTRATOR}:
        told(place.ask("GET", "/access", Cookie=cookies[role]), 403, "forbidden")
    boss = cookies[Role.ADMINISTRATOR]
    shown = place.ask("GET", "/access", Cookie=boss, **HTML)
    page = html.fromstring(shown.body)
    lines = [" ".join(each.text_content().split()) for each in page.findall(".//tbody/tr")]
    assert len(lines) == 1 + len(Role)
    assert NAMES[Role.WRITER] in lines[-1]
    assert "登录没有成功 来自 127.0.0.1，经由 网页" in lines[-1]
    # Without a store there is no page of reports to lead to.
    assert [each.get("href") for each in page.findall(".//nav//a")] == ["/access", "/"]
    assert 'href="/access"' in place.ask("GET", "/", Cookie=boss).body.decode()
    assert 'href="/access"' not in place.ask("GET", "/", Cookie=cookies[Role.WRITER]).body.decode()
    body = urlencode({"token": found_token(shown)}).encode()
    verified = place.ask("POST", "/access", body, Content_Type=FORM, Cookie=boss, **HTML)
    assert "相符" in verified.body.decode()


def test_nobody_comes_in_unseen(place, monkeypatch):
    def broken(*_, **__):
        raise error("store", detail="磁盘满了")

    monkeypatch.setattr(Store, "note", broken)
    token = found_token(place.ask("GET", SIGN_IN, **HTML))
    fields = {"token": token, "name": NAMES[Role.WRITER], "password": PASSWORD}
    answer = place.ask("POST", SIGN_IN, urlencode(fields).encode(), Content_Type=FORM, **HTML)
    assert answer.status == 503
    assert "set-cookie" not in answer.headers
    told(place.ask("GET", "/api/v1/rules", by=Role.WRITER), 503, "not-recorded")
    told(place.ask("GET", "/api/v1/rules", Authorization=basic("谁", "x")), 401, "wrong-password")


def test_where_it_cannot_be_kept_no_user_is_changed_and_no_server_starts(tmp_path):
    asked = [
        "users",
        "add",
        "张三",
        "--role",
        "writer",
        "--stdin",
        "--users",
        str(tmp_path / "none" / "u.json"),
    ]
    done = CliRunner().invoke(main, asked, input=PASSWORD)
    assert done.exit_code == UNREADABLE
    assert "access-trail" in done.output
    path = tmp_path / "users.json"
    write(path, {"张三": User("张三", Role.WRITER, hashed(PASSWORD))})
    (tmp_path / "users.trail.db").write_text("没有数据库", "utf-8")
    with pytest.raises(ShupingError) as refused:
        make_app(Settings(), users=Users(path))
    assert refused.value.code == "access-trail"


def test_many_who_come_at_once_are_all_put_down(tmp_path):
    path, kept = tmp_path / "users.json", hashed(PASSWORD)
    names = [f"第{number}人" for number in range(12)]
    write(path, {name: User(name, Role.WRITER, kept) for name in names})

    async def come() -> None:
        await asyncio.gather(*(door.sign_in(name, PASSWORD, "10.0.0.1") for name in names))

    door = Door(Users(path), trail_of(path))
    asyncio.run(come())
    door.close()
    assert sorted(who for who, _ in events(path)) == sorted(names)
    assert not verify(trail_of(path)).faults


@pytest.mark.parametrize("size", [(1280, 860), (360, 740)])
def test_a_checker_of_accessibility_finds_no_serious_fault_at_the_door_and_in_its_trail(browser, place, size):
    from .test_looks import look

    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(place.client.url + SIGN_IN[1:])
    look(page)
    page.locator("#name").fill(NAMES[Role.ADMINISTRATOR])
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: SIGN_IN not in url)
    page.goto(place.client.url + TRAIL[1:])
    assert "登录留痕" in page.locator("h1").inner_text()
    look(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
