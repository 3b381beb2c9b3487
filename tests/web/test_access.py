"""The server as it is opened to a network: a stranger reads and does nothing, and each role its own."""

from __future__ import annotations

import asyncio
import base64
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from analyzer.config import Settings
from analyzer.errors import ShupingError
from analyzer.store.store import Store
from analyzer.web.access import OPEN, SIGN_IN, SIGN_OUT, admits, is_listed
from analyzer.web.app import make_app
from analyzer.web.door import Door
from analyzer.web.people import Role
from analyzer.web.throttle import MOST_OF_BOTH
from analyzer.web.trail import trail_of
from analyzer.web.users import User, Users, hashed, read, write

from .conftest import Answer, Client, served
from .test_api import told

FORM = "application/x-www-form-urlencoded"
PASSWORD = "十二个字符以上的一个口令 ok"
NAMES = {role: f"{role}甲" for role in Role}
HTML = {"Accept": "text/html"}


@dataclass
class Place:
    """A server with users, one of each role, and their file."""

    client: Client
    path: Path
    app: FastAPI
    cookies: dict[Role, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes = b"", *, by: Role | None = None, **headers: str):
        if by is not None:
            headers["Authorization"] = basic(NAMES[by], PASSWORD)
        return self.client.ask(method, path, body, **headers)

    def sign_in(self, name: str, password: str, **fields: str) -> Answer:
        token = found_token(self.client.ask("GET", SIGN_IN, **HTML))
        body = urlencode({"token": token, "name": name, "password": password, **fields}).encode()
        return self.client.ask("POST", SIGN_IN, body, Content_Type=FORM, **HTML)

    def cookie(self, role: Role) -> str:
        return self.sign_in(NAMES[role], PASSWORD).headers["set-cookie"].split(";")[0]


def found_token(page: Answer) -> str:
    return re.search(r'name="token" value="([0-9a-f]+)"', page.body.decode())[1]


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("place")
    path = folder / "users.json"
    kept = hashed(PASSWORD)
    write(path, {name: User(name, role, kept) for role, name in NAMES.items()})
    app = make_app(Settings(), Store.open(folder / "store.db"), Users(path))
    with served(app) as client:
        place = Place(client, path, app)
        place.cookies |= {role: place.cookie(role) for role in Role}
        yield place


@pytest.fixture
def others(place):
    """The file of users as a test may change it."""
    before = read(place.path)
    yield dict(before)
    write(place.path, before)


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Return each method and address of an application, parameters filled in."""
    return [
        (method, re.sub(r"\{[^}]*\}", "x", each.path))
        for each in iter_route_contexts(app.routes)
        for method in sorted(each.methods)
    ]


def test_of_every_address_it_is_said_for_whom_it_is(place):
    known = routes(place.app)
    assert len(known) > 15
    scripts = ("GET", "/x.js")  # whatever is there is named
    assert [path for method, path in known if not is_listed(path) and (method, path) != scripts] == []


def test_a_stranger_reads_and_does_nothing_at_any_address(place):
    for method, path in routes(place.app):
        if path in OPEN:
            continue
        if method != "HEAD":  # which has no body
            told(place.ask(method, path), 401, "sign-in")
        shown = place.ask(method, path, **HTML)
        assert shown.status == 401 if path.startswith("/api/") else shown.status == 303, path
        if method == "POST":  # a form that was sent too late
            assert shown.headers.get("location", SIGN_IN) == SIGN_IN
        assert shown.headers.get("location", SIGN_IN).startswith(SIGN_IN)
        assert b"name" not in shown.body


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"])
def test_no_other_method_lets_a_stranger_in(place, method):
    for path in {path for _, path in routes(place.app)} - OPEN | {"/none", "//", "/inspect/", "*"}:
        told(place.ask(method, path), 401, "sign-in")


def test_nothing_is_put_down_for_a_stranger(place):
    def kept() -> tuple[object, ...]:
        return place.app.state.store.head(), place.path.read_bytes()

    before = kept()
    form = urlencode({"kind": "confirm", "target": "x", "by": "谁", "reason": "看过"}).encode()
    for method, path in routes(place.app):
        for body, kind in ((form, FORM), (b'{"text": ""}', "application/json")):
            place.ask(method, path, body, Content_Type=kind)
    assert place.ask("GET", "/api/v1/batches", by=Role.INSPECTOR).json() == []
    assert kept() == before


def test_no_route_has_a_rule_of_its_own(root):
    """Who may ask for what stands in one table; a second check would hide that an address is not in it."""
    asking = {
        path.name
        for path in (root / "analyzer" / "web").rglob("*.py")
        if re.search(r"\bRole\.|\badmits\(", path.read_text("utf-8"))
    }
    # The table, who sits at this computer without users, the guard, and two that show no link in vain.
    assert asking == {"access.py", "people.py", "guard.py", "app.py", "pages.py"}


def test_what_is_open_tells_a_stranger_nothing(place):
    assert set(place.ask("GET", "/health").json()) == {"status", "version"}
    assert place.ask("GET", "/page.css").status == 200
    shown = place.ask("GET", SIGN_IN).body.decode()
    assert not any(name in shown for name in NAMES.values())


def test_too_low_a_role_is_turned_away_at_every_address(place):
    for role in Role:
        for method, path in routes(place.app):
            if path not in OPEN and not admits(role, method, path):
                assert place.ask(method, path, Cookie=place.cookies[role]).status == 403, (role, path)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.WRITER, ["/", "/main.js", "/api/v1/rules"]),
        (Role.INSPECTOR, ["/", "/main.js", "/api/v1/rules", "/api/v1/batches"]),
        (Role.ANALYST, ["/main.js", "/api/v1/rules"]),
        (Role.ADMINISTRATOR, ["/", "/main.js", "/api/v1/rules", "/api/v1/batches"]),
    ],
)
def test_each_role_has_its_own(place, role, may):
    for path in ("/", "/main.js", "/api/v1/rules", "/api/v1/batches"):
        answer = place.ask("GET", path, Cookie=place.cookies[role])
        assert answer.status == (200 if path in may else 303 if path == "/" else 403), path
    assert place.sign_in(NAMES[role], PASSWORD).headers["location"] in (*may, "/trends")


def test_analysts_only_read():
    assert admits(Role.ANALYST, "GET", "/trends")
    assert not admits(Role.ANALYST, "POST", "/trends")
    assert admits(Role.ANALYST, "POST", SIGN_OUT)
    assert not admits(Role.WRITER, "GET", "/inspect/reports/x")


def test_what_is_not_listed_is_for_administrators_only():
    assert [role for role in Role if admits(role, "GET", "/forgotten")] == [Role.ADMINISTRATOR]
    assert not admits(Role.INSPECTOR, "GET", "/inspection")  # a prefix ends where a segment does


def test_a_program_comes_in_with_name_and_password(place):
    text = '{"text": "学习。"}'.encode()
    answer = place.ask("POST", "/api/v1/score", text, by=Role.WRITER, Content_Type="application/json")
    assert answer.status == 200
    assert place.ask("GET", "/api/v1/batches", by=Role.WRITER).status == 403
    asked = place.ask("GET", "/api/v1/rules")
    assert asked.headers["www-authenticate"].startswith("Basic ")


def test_a_password_in_the_header_opens_no_page(place):
    told(place.ask("GET", "/", by=Role.ADMINISTRATOR), 401, "sign-in")


def test_a_browser_is_not_made_to_ask_for_the_password(place):
    for headers in ({"Sec_Fetch_Mode": "cors"}, {"Referer": place.client.url}):
        answer = place.ask("GET", "/api/v1/rules", **headers)
        assert answer.status == 401
        assert "www-authenticate" not in answer.headers


def test_whose_session_has_ended_is_told_so_and_nothing_of_programs(place):
    page = place.ask("POST", "/page/check", b"{}", Content_Type="application/json", Sec_Fetch_Mode="cors")
    assert "重新登录" in page.json()["error"]["hint"]
    assert "HTTP" not in page.json()["error"]["hint"]
    program = place.ask("POST", "/api/v1/score", b"{}", Content_Type="application/json")
    assert "HTTP Basic" in program.json()["error"]["hint"]


@pytest.mark.parametrize(
    "said", ["Basic", "Basic !", "Bearer x", "Basic " + "QQ==", "Basic /////w==", "x" * 5000]
)
def test_a_header_that_says_nothing_opens_nothing(place, said):
    told(place.ask("GET", "/api/v1/rules", Authorization=said), 401, "wrong-password")


def test_signing_in_sets_a_cookie_that_scripts_and_other_sites_never_see(place):
    answer = place.sign_in(NAMES[Role.WRITER], PASSWORD)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    flags = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/"} <= flags
    assert len(answer.headers["set-cookie"].split(";")[0]) > 40


def test_behind_a_proxy_with_tls_the_cookie_is_for_tls_only(place):
    token = found_token(place.ask("GET", SIGN_IN))
    body = urlencode({"token": token, "name": NAMES[Role.WRITER], "password": PASSWORD}).encode()
    proxied = {"X_Forwarded_Proto": "https", "X_Forwarded_For": "10.1.2.3", "Host": "shuping.example"}
    answer = place.ask("POST", SIGN_IN, body, Content_Type=FORM, Origin="https://shuping.example", **proxied)
    assert answer.status == 303
    assert answer.headers["set-cookie"].startswith("__Host-shuping=")
    assert "Secure" in answer.headers["set-cookie"]
    told(
        place.ask("POST", SIGN_IN, body, Content_Type=FORM, Origin="http://shuping.example", **proxied),
        403,
        "foreign-request",
    )


def test_one_comes_back_to_where_one_wanted_to_go_and_nowhere_else(place):
    sent = place.ask("GET", "/inspect?a=1&b=2", **HTML).headers["location"]
    assert sent == "/sign-in?next=/inspect%3Fa%3D1%26b%3D2"
    assert 'value="/inspect?a=1&amp;b=2"' in place.ask("GET", sent, **HTML).body.decode()
    name = NAMES[Role.INSPECTOR]
    assert place.sign_in(name, PASSWORD, next="/inspect").headers["location"] == "/inspect"
    for elsewhere in (
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "evil",
    ):
        assert place.sign_in(name, PASSWORD, next=elsewhere).headers["location"] == "/"


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(place):
    answers = [
        place.sign_in("没有这个人", "不对的口令不对的口令"),
        place.sign_in(NAMES[Role.WRITER], "不对的口令不对的口令"),
    ]
    assert [each.status for each in answers] == [401, 401]
    shown = {
        re.sub(r'(name="name" value=|aria-describedby=|value=)"[^"]*"', "", each.body.decode())
        for each in answers
    }
    assert len(shown) == 1
    assert "名字或口令不对" in shown.pop()
    assert all("set-cookie" not in each.headers for each in answers)


def test_guesses_are_stopped_and_a_right_password_among_them_too(place):
    for _ in range(MOST_OF_BOTH):
        told(place.ask("GET", "/api/v1/rules", Authorization=basic("猜", "x")), 401, "wrong-password")
    told(place.ask("GET", "/api/v1/rules", Authorization=basic("猜", "y")), 429, "too-many-guesses")
    assert place.sign_in("猜", "z").status == 429
    assert place.ask("GET", "/api/v1/rules", by=Role.WRITER).status == 200  # others are not kept out


def test_a_password_just_used_is_no_way_around_the_limit(tmp_path):
    write(tmp_path / "users.json", {"王": User("王", Role.WRITER, hashed(PASSWORD))})
    door = Door(Users(tmp_path / "users.json"), trail_of(tmp_path / "users.json"))

    def signs_in(password: str, address: str) -> str:
        try:
            return asyncio.run(door.sign_in("王", password, address)).name
        except ShupingError as refused:
            return refused.code

    assert signs_in(PASSWORD, "10.0.0.1") == "王"
    guesses = [signs_in(f"{number}", "10.0.0.2") for number in range(MOST_OF_BOTH)]
    assert guesses == ["wrong-password"] * MOST_OF_BOTH
    assert signs_in(PASSWORD, "10.0.0.2") == "too-many-guesses"
    assert signs_in(PASSWORD, "10.0.0.1") == "王"
    door.close()


def test_signing_in_needs_the_pages_token(place):
    body = urlencode({"name": NAMES[Role.WRITER], "password": PASSWORD}).encode()
    told(place.ask("POST", SIGN_IN, body, Content_Type=FORM), 403, "stale-form")


def test_signing_out_ends_the_session_and_needs_the_sessions_token(place):
    cookie = place.cookie(Role.WRITER)
    page = place.ask("GET", "/", Cookie=cookie)
    assert NAMES[Role.WRITER] in page.body.decode()
    strangers = found_token(place.ask("GET", SIGN_IN))
    for wrong in ({}, {"token": strangers}):
        body = urlencode(wrong).encode()
        told(place.ask("POST", SIGN_OUT, body, Content_Type=FORM, Cookie=cookie), 403, "stale-form")
    body = urlencode({"token": found_token(page)}).encode()
    answer = place.ask("POST", SIGN_OUT, body, Content_Type=FORM, Cookie=cookie)
    assert answer.headers["location"] == "/sign-in?out=true"
    told(place.ask("GET", "/", Cookie=cookie), 401, "sign-in")


@pytest.mark.parametrize("cookie", ["shuping=", "shuping=x", "shuping=" + "a" * 3000, 'shuping="\\351"', "x"])
def test_a_cookie_of_ones_own_making_opens_nothing(place, cookie):
    told(place.ask("GET", "/", Cookie=cookie), 401, "sign-in")


def test_who_is_removed_is_out_at_once(place, others):
    cookie = place.cookie(Role.WRITER)
    assert place.ask("GET", "/", Cookie=cookie).status == 200
    del others[NAMES[Role.WRITER]]
    write(place.path, others)
    told(place.ask("GET", "/", Cookie=cookie), 401, "sign-in")
    told(place.ask("GET", "/api/v1/rules", by=Role.WRITER), 401, "wrong-password")


def test_a_new_role_counts_at_once_and_a_new_password_ends_the_session(place, others):
    name = NAMES[Role.INSPECTOR]
    cookie = place.cookie(Role.INSPECTOR)
    before = others[name]
    others[name] = User(name, Role.ANALYST, before.hashed)
    write(place.path, others)
    told(place.ask("GET", "/api/v1/batches", Cookie=cookie), 403, "forbidden")
    others[name] = User(name, Role.INSPECTOR, hashed("另一个十二字以上的口令"))
    write(place.path, others)
    told(place.ask("GET", "/api/v1/batches", Cookie=cookie), 401, "sign-in")


def test_nobody_is_let_in_where_the_file_cannot_be_read(place, others):
    cookie = place.cookie(Role.ADMINISTRATOR)
    place.path.write_text("{", "utf-8")
    told(place.ask("GET", "/", Cookie=cookie), 401, "sign-in")
    assert place.sign_in(NAMES[Role.ADMINISTRATOR], PASSWORD).status == 401
    assert place.ask("GET", "/health").status == 200


def test_who_may_not_is_told_so_on_a_page(place):
    shown = place.ask("GET", "/inspect", Cookie=place.cookies[Role.WRITER], **HTML)
    assert shown.status == 403
    assert "不在您的权限之内" in shown.body.decode()


def test_another_site_cannot_use_a_session(place):
    cookie = place.cookie(Role.WRITER)
    for headers in ({"Origin": "http://evil.example"}, {"Sec_Fetch_Site": "cross-site"}):
        told(place.ask("POST", "/api/v1/score", b"{}", Cookie=cookie, **headers), 403, "foreign-request")


def test_the_specification_says_how_to_come_in(place):
    made = place.ask("GET", "/api/v1/openapi.json", by=Role.WRITER).json()
    assert made["components"]["securitySchemes"]["password"] == {"type": "http", "scheme": "basic"}
    assert made["security"]
    assert made["paths"]["/health"]["get"]["security"] == []
