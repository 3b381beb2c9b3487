"""The HTTP API as programs meet it."""

from __future__ import annotations

import io
import json
from typing import get_args

import docx
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.config import PROFILES
from analyzer.rendering.json import load_schema
from analyzer.result import Policy
from analyzer.rules.catalogue import catalogue
from analyzer.web.guard import MOST_BYTES
from analyzer.web.requests import PlaceholderPolicy, Profile
from analyzer.web.work import MOST_CHARACTERS

QUIETLY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def told(answer, status: int, code: str) -> None:
    """Check that an answer is a failure of the contract's shape."""
    assert answer.status == status, answer.body
    wrong = answer.json()["error"]
    assert set(wrong) == {"code", "message", "hint"}
    assert wrong["code"] == code
    assert all(wrong.values())


def a_docx(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_health_names_the_version(client):
    assert client.ask("GET", "/health").json()["status"] == "ok"


def test_rules_are_the_catalogue(client):
    assert [each["id"] for each in client.ask("GET", "/api/v1/rules").json()] == sorted(
        rule.id for rule in catalogue()
    )


def test_a_text_gets_the_contracts_result(client, analyzer, report):
    answer = client.score({"text": report, "profile": None, "placeholders": "strict"})
    assert answer.status == 200
    jsonschema.validate(answer.json(), load_schema())
    assert answer.json() == json.loads(json.dumps(analyzer.analyze_text(report).to_dict()))


def test_a_request_may_choose_how_stand_ins_are_read(client, report):
    strict = client.score({"text": report}).json()
    masked = client.score({"text": report, "placeholders": "desensitized", "profile": "party-duty"}).json()
    assert masked["analyzer"]["placeholders"] == "desensitized"
    assert masked["scorecard"]["overall"] > strict["scorecard"]["overall"]


def test_choices_are_all_that_settings_know():
    assert get_args(Profile) == PROFILES
    assert get_args(PlaceholderPolicy) == tuple(Policy)


def test_a_file_gets_its_result_its_page_and_itself_with_comments(client, report):
    data = a_docx(report)
    result = client.send("报告.docx", data).json()
    assert result["source"] | {"sha256": None} == result["source"] | {"path": "报告.docx", "sha256": None}
    page = client.send("报告.docx", data, "/api/v1/files?format=html")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "报告.docx" in page.body.decode()
    word = client.send("报告.docx", data, "/api/v1/files?format=docx")
    assert "attachment" in word.headers["content-disposition"]
    comments = list(docx.Document(io.BytesIO(word.body)).comments)
    assert len(comments) >= len(result["findings"])


def test_a_word_file_ends_with_the_scorecard_if_asked(client, report):
    for name, data in (("报告.docx", a_docx(report)), ("草稿.txt", report.encode())):
        plain = client.send(name, data, "/api/v1/files?format=docx")
        assert "评分卡" not in [each.text for each in docx.Document(io.BytesIO(plain.body)).paragraphs]
        word = client.send(name, data, "/api/v1/files?format=docx&scorecard=true")
        assert "评分卡" in [each.text for each in docx.Document(io.BytesIO(word.body)).paragraphs]
    told(client.send("草稿.txt", report.encode(), "/api/v1/files?scorecard=true"), 400, "request")


@pytest.mark.parametrize("path", ["/api/v1/score", "/page/check"])
def test_control_characters_in_a_text_are_left_out(client, report, path):
    def judged(text):
        answer = client.ask(
            "POST", path, json.dumps({"text": text}).encode(), Content_Type="application/json"
        )
        assert answer.status == 200, answer.body
        found = answer.json()
        score = found["scorecard"] if path.startswith("/api") else found["score"]
        return score["overall"], [each["rule"] for each in found["findings"]], found["findings"]

    sprinkled = "\0" + report.replace("履职", "履\x00\x7f职").replace("。", "。\x1f") + "\0\n\x01"
    plain, odd = judged(report), judged(sprinkled)
    assert odd[:2] == plain[:2]
    bare = [
        "".join(char for char in sprinkled[each["start"] : each["end"]] if char not in "\0\x01\x1f\x7f")
        for each in odd[2]
    ]
    assert bare == [report[each["start"] : each["end"]] for each in plain[2]]
    told(client.send("草稿.txt", b"\0" + report.encode()), 422, "binary")


def test_what_is_too_long_is_said_in_plain_words_and_as_the_docs_have_it(client):
    wrong = client.score({"text": "学" * (MOST_CHARACTERS + 1)}).json()["error"]
    assert wrong["message"] == "请求不合要求：正文超过 20 万字，请分开检查"
    wrong = client.score(b"{}", Content_Length=str(MOST_BYTES + 1)).json()["error"]
    assert wrong["message"] == "文件过大（超过 20 MB，上限 20 MB）"
    book = client.send("书.txt", ("学" * (MOST_CHARACTERS + 1)).encode()).json()["error"]
    assert "上限 20 万字" in book["message"]


def test_a_text_file_gets_a_plain_word_file_with_comments(client, report):
    word = client.send("草稿.txt", report.encode(), "/api/v1/files?format=docx")
    document = docx.Document(io.BytesIO(word.body))
    assert "\n".join(each.text for each in document.paragraphs).split() == report.split()
    assert list(document.comments)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "request"),
        (b"{", 400, "request"),
        (b"null", 400, "request"),
        (b"[]", 400, "request"),
        (b"[" * 100_000, 400, "request"),
        (b'{"text":' * 50_000, 400, "request"),
        (b'{"a": ' * 900 + b"1" + b"}" * 900, 400, "request"),
        (b'{"text": 1}', 400, "request"),
        (b'{"text": null}', 400, "request"),
        (b"{}", 400, "request"),
        ('{"text": "学习。", "extra": 1}'.encode(), 400, "request"),
        ('{"text": "学习。", "profile": "none"}'.encode(), 400, "request"),
        ('{"text": "学习。", "placeholders": ["strict"]}'.encode(), 400, "request"),
        (b'{"text": ' + b"9" * 5000 + b"}", 400, "request"),
        (b"\xff\xfe\x00", 400, "request"),
        (b'{"text": ""}', 422, "empty"),
        (b'{"text": " \\n\\t"}', 422, "empty"),
        (b'{"text": "\\u0000 \\u001b"}', 422, "empty"),
        (json.dumps({"text": "学" * (MOST_CHARACTERS + 1)}).encode(), 400, "request"),
        (b'{"text": "' + b"a" * (3 * MOST_CHARACTERS * 12) + b'"}', 413, "too-large"),
    ],
)
def test_a_wrong_request_is_told_why(client, body, status, code):
    told(client.score(body), status, code)


def test_half_a_surrogate_pair_is_no_text(client):
    told(client.score(b'{"text": "\\ud800 \\u5b66\\u4e60X\\u6b21\\u3002"}'), 400, "request")


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("a.exe", b"MZ", 415, "unknown-format"),
        ("a", b"abc", 415, "unknown-format"),
        ("../../etc/passwd", b"abc", 415, "unknown-format"),
        ("a.docx", "纯文本".encode(), 415, "wrong-name"),
        ("a.docx", b"PK\x03\x04broken", 422, "damaged"),
        ("a.pdf", b"%PDF-1.4 nothing", 422, "damaged"),
        ("a.txt", b"", 422, "empty"),
        ("a.txt", b"\x00\x01\x02" * 50, 422, "binary"),
        ("a.txt", b"a" * (1 << 20), 413, "too-large"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why(client, name, data, status, code):
    told(client.send(name, data), status, code)


def test_a_form_without_the_file_is_told_so(client):
    told(client.send("a.txt", b"abc", field="other"), 400, "request")
    told(client.ask("POST", "/api/v1/files", b"abc", Content_Type="text/plain"), 400, "request")
    told(client.ask("POST", "/api/v1/files", b"x", Content_Type="multipart/form-data"), 400, "request")
    told(client.send("a.txt", b"abc", "/api/v1/files?format=exe"), 400, "request")


def test_a_body_that_goes_on_for_ever_is_cut_off(client):
    def endless():
        for _ in range(MOST_BYTES // 65536 + 2):
            yield b"a" * 65536

    head = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    chunks = (chunk for part in ((head,), endless()) for chunk in part)
    try:
        answer = client.ask("POST", "/api/v1/files", chunks, Content_Type="multipart/form-data; boundary=cut")
    except (BrokenPipeError, ConnectionResetError):
        return  # it hung up while we were still sending
    told(answer, 413, "too-large")


def test_a_body_that_says_it_is_too_large_is_not_waited_for(client):
    told(client.score(b"{}", Content_Length=str(MOST_BYTES + 1)), 413, "too-large")


def test_what_is_not_there_is_told_so(client):
    told(client.ask("GET", "/nothing"), 404, "no-such-address")
    told(client.ask("GET", "/other.js"), 404, "no-such-address")
    told(client.ask("GET", "/api/v1/score"), 405, "method")
    assert client.ask("GET", "/docs").status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "192.168.1.2:8765"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_another_site_reads_and_does_nothing(client, headers):
    told(client.score({"text": "学习。"}, **headers), 403, "foreign-request")
    told(client.ask("GET", "/", **headers), 403, "foreign-request")


def test_our_own_page_is_let_in(client):
    assert client.ask("GET", "/", Origin=client.url.rstrip("/"), Sec_Fetch_Site="same-origin").status == 200


def test_a_link_elsewhere_may_lead_here(client):
    assert client.ask("GET", "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200
    told(
        client.score({"text": "学习。"}, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate"),
        403,
        "foreign-request",
    )


def test_a_form_of_another_site_could_not_pass_for_json(client):
    told(client.ask("POST", "/api/v1/score", b'{"text": "a"}', Content_Type="text/plain"), 400, "request")


def test_every_answer_is_dressed(client):
    for path in ("/", "/main.js", "/health", "/nothing"):
        headers = client.ask("GET", path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_the_specification_names_addresses_bodies_and_failures(client):
    made = client.ask("GET", "/api/v1/openapi.json").json()
    assert set(made["paths"]) == {
        "/health",
        "/api/v1/rules",
        "/api/v1/score",
        "/api/v1/files",
        "/api/v1/batches",
        "/api/v1/batches/{id}",
        "/api/v1/batches/{id}/files/{name}",
    }
    names = set(made["components"]["schemas"])
    used = {part.split('"')[0] for part in json.dumps(made).split("#/components/schemas/")[1:]}
    assert used <= names
    assert {"Result", "Error", "ScoreRequest"} <= used


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
VALUES = st.recursive(
    LEAVES, lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=8), each, max_size=4)
)
LIKELY = st.fixed_dictionaries(
    {},
    optional={
        "text": st.text(st.characters(codec=None), max_size=200) | VALUES,
        "profile": st.sampled_from([*PROFILES, ""]) | VALUES,
        "placeholders": st.sampled_from([*Policy, "x"]) | VALUES,
        "more": VALUES,
    },
)


@QUIETLY
@given(asked=LIKELY | VALUES)
def test_no_json_brings_the_server_down(client, asked):
    answer = client.score(asked)
    assert answer.status == 200 or 400 <= answer.status < 500
    assert "error" in answer.json() or answer.json()["schema"]


def test_a_files_text_with_notes_must_be_the_files(client, report):
    def fetch(noted: str):
        body = (
            '--cut\r\nContent-Disposition: form-data; name="noted"\r\n\r\n'
            + noted.replace("\n", "\r\n")
            + '\r\n--cut\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\n\r\n'
        ).encode()
        body += a_docx(text) + b"\r\n--cut--\r\n"
        kind = "multipart/form-data; boundary=cut"
        return client.ask("POST", "/page/fetch?format=docx", body, Content_Type=kind)

    text = "\n".join(line for line in report.splitlines() if line.strip())
    noted = text.replace("。", "。<!-- shuping: ignore vague-claim 理由：已核 -->", 1)
    assert fetch(noted).status == 200
    assert fetch(noted.replace("一", "二", 1)).status == 400


@QUIETLY
@given(
    body=st.binary(max_size=300),
    kind=st.sampled_from(
        [
            "application/json",
            "multipart/form-data; boundary=cut",
            "multipart/form-data; boundary=",
            "text/plain",
            "",
        ]
    ),
    path=st.sampled_from(
        ["/api/v1/score", "/api/v1/files", "/page/check", "/page/open", "/page/fetch?format=docx"]
    ),
)
def test_no_bytes_bring_the_server_down(client, body, kind, path):
    answer = client.ask("POST", path, body, Content_Type=kind)
    assert 400 <= answer.status < 500
    assert set(answer.json()) == {"error"}


@QUIETLY
@given(
    name=st.text(st.characters(codec="utf-8", exclude_characters='"\r\n\\'), min_size=1, max_size=40),
    suffix=st.sampled_from(["", ".txt", ".md", ".docx", ".pdf"]),
    data=st.binary(max_size=200) | st.text(st.characters(codec="utf-8"), max_size=100).map(str.encode),
    form=st.sampled_from(["json", "html", "docx"]),
)
def test_no_file_brings_the_server_down(client, name, suffix, data, form):
    answer = client.send(name + suffix, data, f"/api/v1/files?format={form}")
    assert answer.status == 200 or 400 <= answer.status < 500
