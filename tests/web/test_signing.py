"""Signing in with a browser, as somebody at their desk does."""

from __future__ import annotations

import pytest

from analyzer.config import Settings
from analyzer.web.app import make_app
from analyzer.web.people import Role
from analyzer.web.users import User, Users, hashed, write

from .conftest import served
from .test_looks import look

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

PASSWORD = "十二个字符以上的一个口令 ok"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    path = tmp_path_factory.mktemp("signing") / "users.json"
    kept = hashed(PASSWORD)
    write(path, {name: User(name, Role.WRITER, kept) for name in ("张三", "李四")})
    with served(make_app(Settings(), users=Users(path))) as client:
        yield client


@pytest.fixture
def page(browser, place):
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="zh-CN")
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(place.url)
    yield page
    context.close()
    assert page.complaints == []


def sign_in(page, name: str, password: str = PASSWORD) -> None:
    """Sign in without touching the mouse."""
    page.locator("#name:focus").wait_for()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def test_a_writer_comes_in_by_keyboard_and_goes_out_again(page, place):
    assert page.url == f"{place.url}sign-in"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    look(page, "sign-in")
    sign_in(page, "张三")
    page.locator("#text").wait_for()
    page.locator("#more summary").click()
    page.get_by_role("button", name="退出（张三）").click()
    page.get_by_role("status").filter(has_text="已退出").wait_for()
    page.goto(place.url)
    assert page.url == f"{place.url}sign-in"


def test_a_wrong_password_is_told_and_can_be_typed_anew_at_once(page):
    sign_in(page, "张三", "不对的口令不对的口令")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "名字或口令不对" in alert.inner_text()
    assert page.get_by_label("名字").input_value() == "张三"
    assert page.get_by_label("口令").input_value() == ""
    page.locator("#password:focus").wait_for()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#text").wait_for()


def test_who_comes_after_in_the_same_browser_does_not_find_the_draft(page, place):
    sign_in(page, "张三")
    page.locator("#text").fill("张三的草稿。")
    page.wait_for_timeout(600)
    page.locator("#more summary").click()
    page.get_by_role("button", name="退出（张三）").click()
    page.goto(place.url)
    sign_in(page, "李四")
    page.locator("#text").wait_for()
    assert page.locator("#text").input_value() == ""


def test_nothing_is_typed_into_a_page_whose_scripts_are_still_on_their_way(page):
    held = []
    page.route("**/main.js", lambda route: held.append(route))
    sign_in(page, "张三")
    page.locator("#text").wait_for()
    page.locator("#text").focus()
    page.keyboard.type("早到的字")
    assert page.locator("#text").input_value() == ""
    with page.expect_response("**/page/check"):
        held[0].continue_()
        page.locator("#text").fill("学习。")


def test_a_session_that_has_ended_is_told_while_writing(page):
    sign_in(page, "张三")
    page.locator("#text").wait_for()
    page.locator("#text:not([readonly])").wait_for()  # its scripts have come
    page.context.clear_cookies()
    page.locator("#text").fill("学习。")
    page.locator("#trouble", has_text="请先登录").wait_for()
    assert page.locator("#text").input_value() == "学习。"
