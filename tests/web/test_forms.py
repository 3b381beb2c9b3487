"""Forms of our pages: only what a page of ours has sent is done."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from fastapi import FastAPI, Request
from starlette.responses import PlainTextResponse, Response

from analyzer.errors import ShupingError
from analyzer.web import forms
from analyzer.web.answers import failed
from analyzer.web.guard import Guard

from .conftest import served
from .test_api import told

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def page():
    """A page with a form, and where it is sent."""
    app = FastAPI()
    app.add_middleware(Guard)

    @app.exception_handler(ShupingError)
    async def known(_: Request, failure: ShupingError) -> Response:
        return failed(failure)

    @app.get("/")
    async def show(request: Request) -> Response:
        request.state.session = request.headers.get("session", "")
        return PlainTextResponse(forms.token(request))

    @app.post("/")
    async def take(request: Request) -> Response:
        request.state.session = request.headers.get("session", "")
        return PlainTextResponse(str((await forms.checked(request))["word"]))

    with served(app) as client:
        yield client


def token(page, **headers: str) -> str:
    return page.ask("GET", "/", **headers).body.decode()


def send(page, kind: str = FORM, **fields: str):
    return page.ask("POST", "/", urlencode(fields).encode(), Content_Type=kind)


def test_a_form_of_our_page_is_read(page):
    assert send(page, word="学习", token=token(page)).body.decode() == "学习"


def test_a_form_without_the_pages_token_is_not(page):
    told(send(page, word="学习"), 403, "stale-form")
    told(send(page, word="学习", token="学"), 403, "stale-form")
    told(send(page, word="学习", token=token(page)[:-1]), 403, "stale-form")


def test_a_token_serves_one_session(page):
    mine = token(page, session="a")
    assert mine != token(page, session="b")
    told(send(page, word="学习", token=mine), 403, "stale-form")


def test_what_is_no_small_form_is_not_read(page):
    right = token(page)
    told(send(page, "text/plain", word="学习", token=right), 400, "request")
    told(send(page, word="a" * (2 << 20), token=right), 400, "request")
    told(send(page, "multipart/form-data; boundary=cut", word="学习", token=right), 400, "request")
    told(send(page, token=right, **{f"field{n}": "" for n in range(300)}), 400, "request")


def test_a_form_may_be_sent_to_us_and_to_nobody_else(page):
    assert "form-action 'self'" in page.ask("GET", "/").headers["content-security-policy"]
