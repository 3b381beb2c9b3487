"""Inspectors' pages over a store: what they show, what they put down, whom they let in."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest
from lxml import html

from analyzer.config import Settings
from analyzer.duplicates.finding import find as find_copies
from analyzer.duplicates.finding import signature
from analyzer.store.adjusting import adjust
from analyzer.store.packing import keys
from analyzer.store.queueing import queue
from analyzer.store.review import Kind, find, history, standing
from analyzer.store.sharing import copies
from analyzer.store.store import Filter, Store
from analyzer.store.verifying import verify
from analyzer.web.app import make_app
from analyzer.web.people import Role
from analyzer.web.users import User, Users, hashed, write

from .conftest import served

FORM = "application/x-www-form-urlencoded"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 7 }}"
PASSWORD = "correct horse battery"
TOWNS = (
    "青山",
    "绿水",
    "白鹤",
    "红岩",
    "石坎",
    "城关",
    "双河",
    "龙潭",
    "凤凰",
    "太平",
    "永兴",
    "高桥",
    "新华",
    "东风",
)


@pytest.fixture(scope="module")
def results(corpora, analyzer):
    """Some thirty results: fourteen units in two years, a pair of copies, and one that means harm."""
    files = sorted(corpora.glob("w[1-5]/w*-0[1-6].txt"))[:28]
    found = []
    for number, path in enumerate(files):
        unit, year = TOWNS[number % 14], 2023 + number // 14
        found.append(
            _of(analyzer.analyze_file(path), f"{year}/{unit}镇.txt", f"{unit}镇党委", "乡镇", "甲县", year)
        )
    for number in (9, 10):  # one is copied from the other, by design of the corpus
        result = analyzer.analyze_file(corpora / "w8" / f"w8-{number:02}.txt")
        found.append(_of(result, f"社区/第{number}社区.txt", f"第{number}社区党支部", "社区", "乙县", 2024))
    text = (corpora / "w6" / "w6-05.txt").read_text("utf-8")
    bad = analyzer.analyze_text(text.replace("。", f"{HOSTILE}。", 8))
    found.append(_of(bad, f"{HOSTILE}.txt", HOSTILE, HOSTILE, HOSTILE, 2024))
    return found


def _of(result, path, unit, kind, region, year):
    source = replace(
        result.source, path=path, unit=unit, unit_type=kind, region=region, year=year, author=None
    )
    return replace(result, source=source)


@pytest.fixture(scope="module")
def store(results, tmp_path_factory):
    made = Store.open(tmp_path_factory.mktemp("store") / "results.db")
    made.save(results[:14], "2023 年度")
    made.save(results[14:], "2024 年度")
    names = [result.source.path for result in results]
    pairs = find_copies([signature(each.text) for each in results], lambda n: results[n].text, names)
    made.save_copies(pairs, "2024 年度")
    return made


@pytest.fixture(scope="module")
def inspectors(store):
    """The pages where there are no users: for whoever sits at this computer."""
    with served(make_app(Settings(), store)) as client:
        yield client


def shown(client, path: str, status: int = 200, **headers: str):
    answer = client.ask("GET", path, Accept="text/html", **headers)
    assert answer.status == status, answer.body.decode()
    return html.fromstring(answer.body)


def pick(tree, selector: str) -> list:
    """Return the elements of a plain CSS selector: tags, classes, ids, attributes, one inside the other."""
    path = "."
    for step in selector.split():
        tag, names, attributes = re.fullmatch(r"([\w-]*)((?:[.#][\w-]+)*)((?:\[[^]]+\])*)", step).groups()
        path += f"/descendant::{tag or '*'}"
        for sign, name in re.findall(r"([.#])([\w-]+)", names):
            held = f"contains(concat(' ', @class, ' '), ' {name} ')" if sign == "." else f"@id='{name}'"
            path += f"[{held}]"
        for name, value in re.findall(r"\[([\w-]+)=?([^]]*)\]", attributes):
            path += f"[@{name}='{value}']" if value else f"[@{name}]"
    return tree.xpath(path)


def words(tree, selector: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in pick(tree, selector)]


def token_of(tree) -> str:
    return pick(tree, "input[name=token]")[0].get("value")


def post(client, path: str, fields: dict[str, str], **headers: str):
    body = urlencode(fields).encode()
    return client.ask("POST", path, body, Content_Type=FORM, Accept="text/html", **headers)


def report_of(store, unit: str):
    return next(iter(store.latest(Filter(unit=unit))))


def _gates(stored) -> bool:
    return bool(stored.result.scorecard and stored.result.scorecard.vetoes)


def opened(client, stored) -> dict[str, str]:
    """Open a report's page, and return what its forms carry along."""
    tree = shown(client, f"/inspect/reports/{stored.sha256}")
    (seen,) = {each.get("value") for each in pick(tree, "input[name=seen]")}
    return {"token": token_of(tree), "seen": seen, "at": "review"}


def decided(client, stored, kind: str, target: str, **more: str):
    """Fill in a form of a report's page and send it."""
    there = f"/inspect/reports/{stored.sha256}"
    fields = {**opened(client, stored), "kind": kind, "target": target}
    return post(client, f"{there}/decisions", {**fields, "by": "张三", "reason": "看过台账", **more})


def test_the_queue_is_that_of_the_command(inspectors, store):
    tree = shown(inspectors, "/inspect")
    waiting = queue(store)
    assert words(tree, ".queue tbody th a") == [each.unit for each in waiting]
    assert [row.get("href").rpartition("/")[2] for row in pick(tree, ".queue tbody th a")] == [
        each.sha256 for each in waiting
    ]


@pytest.mark.parametrize(
    ("name", "value", "unit_of"),
    [
        ("batch", "2023 年度", lambda each: each.batch == "2023 年度"),
        ("year", "2023", lambda each: each.year == 2023),
        ("region", "乙县", lambda each: each.region == "乙县"),
        ("unit_type", "社区", lambda each: each.unit_type == "社区"),
        ("grade", "C", lambda each: each.grade == "C"),
        ("done", "no", lambda each: not each.decisions),
        ("search", "青山", lambda each: "青山" in each.unit),
    ],
)
def test_the_queue_can_be_narrowed(inspectors, store, name, value, unit_of):
    tree = shown(inspectors, f"/inspect?{urlencode({name: value})}")
    expected = [each.unit for each in queue(store) if unit_of(each)]
    assert expected
    assert words(tree, ".queue tbody th a") == expected
    field = pick(tree, f"[name={name}]")[0]
    assert field.value == value  # what was asked for stays in the form


def test_what_nobody_can_ask_for_finds_nothing_and_breaks_nothing(inspectors):
    for asked in (
        "search=%00",
        "year=9999999999999",
        "grade=%3Cb%3E",
        "page=99999999",
        "page=-1",
        "batch=none",
    ):
        tree = shown(inspectors, f"/inspect?{asked}")
        assert pick(tree, "h1")


def test_a_long_queue_is_turned_page_by_page(store, monkeypatch, inspectors):
    monkeypatch.setattr("analyzer.web.inspecting.pages.ON_A_PAGE", 10)
    seen, path = [], "/inspect?region=" + quote("甲县")
    while path:
        tree = shown(inspectors, path)
        seen += words(tree, ".queue tbody th a")
        later = pick(tree, ".turning [rel=next]")
        path = "/inspect" + later[0].get("href") if later else None
    assert seen == [each.unit for each in queue(store, Filter(region="甲县"))]


def test_a_report_shows_its_text_its_findings_and_both_scores(inspectors, store):
    stored = report_of(store, "青山镇党委")
    tree, result = shown(inspectors, f"/inspect/reports/{stored.sha256[:12]}"), stored.result
    assert tree.get_element_by_id("report").text_content() == result.text.replace("\r\n", "\n")
    assert len(pick(tree, ".card")) == len(result.findings)
    assert words(tree, ".scores .overall b") == [f"{result.scorecard.overall:.1f}"] * 2
    assert len(pick(tree, ".chain")) == len(result.analysis.problems)
    targets = {each.get("value") for each in pick(tree, ".card input[name=target]")}
    assert targets == set(keys(result))


def test_what_is_no_report_is_a_page_that_says_so(inspectors):
    for path in (
        "/inspect/reports/zz",
        "/inspect/reports/%25",
        "/inspect/copies/999",
        "/inspect/copies/x",
        f"/inspect/copies/{10**30}",
        f"/inspect/copies/-{10**30}",
    ):
        assert words(shown(inspectors, path, 404), "h1") != []


def test_a_rejection_lands_in_the_trail_and_changes_the_score(inspectors, store):
    stored = report_of(store, "绿水镇党委")
    result = stored.result
    open_to = {veto.id for veto in result.scorecard.vetoes}
    key, finding = max(
        (
            (key, each)
            for key, each in zip(keys(result), result.findings, strict=True)
            if each.rule not in open_to
        ),
        key=lambda pair: pair[1].deduction,
    )
    answer = decided(inspectors, stored, "reject", key, at="finding-1")
    assert answer.status == 303
    assert answer.headers["location"].endswith("#finding-1")
    (last,) = history(store, stored.report)
    assert (last.kind, last.target, last.by, last.reason) == (Kind.REJECT, key, "张三", "看过台账")
    adjusted = adjust(result, standing([last]))
    assert adjusted.uncapped == pytest.approx(adjust(result, standing([])).uncapped + finding.deduction)
    tree = shown(inspectors, answer.headers["location"].partition("#")[0])
    assert words(tree, "#adjusted") == [f"{adjusted.overall:.1f}"]
    assert "张三" in words(tree, ".told li")[0]
    assert "刚刚记下" in words(tree, ".card.reject .decided")[0]
    assert verify(store).faults == ()


def test_a_dimension_can_be_adjusted_a_gate_lifted_and_both_taken_back(inspectors, store):
    gated = next(each for each in store.latest(Filter(year=2024)) if _gates(each) and each.unit != HOSTILE)
    gate = gated.result.scorecard.vetoes[0].id
    assert decided(inspectors, gated, "adjust", "facts", value="4.5").status == 303
    assert decided(inspectors, gated, "release", gate).status == 303
    said = standing(history(store, gated.report))
    assert (said.adjusted, said.released) == ({"facts": 4.5}, {gate})
    tree = shown(inspectors, f"/inspect/reports/{gated.sha256}")
    assert "复核后 4.5" in words(tree, ".row-after")
    for number in [str(each.seq) for each in history(store, gated.report)]:
        assert decided(inspectors, gated, "withdraw", number).status == 303
    left = standing(history(store, gated.report))
    assert (left.adjusted, left.released) == ({}, frozenset())
    assert len(history(store, gated.report)) == 4
    assert verify(store).faults == ()


@pytest.mark.parametrize(
    ("kind", "target", "more"),
    [
        ("reject", "nothing", {}),
        ("adjust", "facts", {"value": "6"}),
        ("adjust", "facts", {"value": "nan"}),
        ("adjust", "facts", {"value": "很好"}),
        ("release", "gate-none", {}),
        ("withdraw", "1", {}),
        ("praise", "facts", {}),
        ("adjust", "facts", {"value": "3", "reason": " "}),
        ("adjust", "facts", {"value": "3", "by": ""}),
        ("adjust", "facts", {"value": "3", "reason": "好" * 501}),
    ],
)
def test_what_cannot_be_put_down_is_said_and_what_was_written_is_kept(inspectors, store, kind, target, more):
    stored = report_of(store, "白鹤镇党委")
    answer = decided(inspectors, stored, kind, target, **more)
    assert answer.status == 422
    tree = html.fromstring(answer.body)
    assert words(tree, "[role=alert]")
    assert history(store, stored.report) == []
    if target == "facts" and kind == "adjust":
        (form,) = pick(tree, "#dimension-facts details[open]")
        assert pick(form, "textarea")[0].value.strip() == more.get("reason", "看过台账").strip()


def test_who_decides_second_is_told_what_the_first_wrote_and_keeps_what_was_filled_in(inspectors, store):
    stored = report_of(store, "凤凰镇党委")
    there = f"/inspect/reports/{stored.sha256}/decisions"
    first, second = (opened(inspectors, stored) for _ in range(2))
    fields = {"kind": "adjust", "target": "facts", "value": "3"}
    mine = {"by": "王五", "reason": "数字与台账不符", "value": "1.5"}
    done = post(inspectors, there, {**first, **fields, "by": "赵六", "reason": "附件里有明细"})
    assert done.status == 303
    answer = post(inspectors, there, {**second, **fields, **mine})
    assert answer.status == 409
    assert [each.by for each in history(store, stored.report)] == ["赵六"]
    tree = html.fromstring(answer.body)
    (told,) = words(tree, "#failure")
    assert "赵六" in told
    assert "附件里有明细" in told
    assert "数字与台账不符" in told
    form = next(each for each in pick(tree, "#dimension-facts details[open] form"))
    kept = {name: form.fields[name] for name in ("by", "reason", "value")}
    assert {name: value.strip() for name, value in kept.items()} == mine
    # Sent once more, now that the first is known, it counts; and the first sees it in turn.
    again = {**second, **fields, **mine, "seen": form.fields["seen"]}
    assert post(inspectors, there, again).status == 303
    assert [each.by for each in history(store, stored.report) if each.stands] == ["王五"]
    shown_to_first = words(shown(inspectors, f"/inspect/reports/{stored.sha256}"), ".told li")
    assert len(shown_to_first) == 2
    assert verify(store).faults == ()


def test_of_two_who_decide_at_the_same_moment_one_is_told(inspectors, store):
    stored = report_of(store, "高桥镇党委")
    there = f"/inspect/reports/{stored.sha256}/decisions"
    fields = {
        **opened(inspectors, stored),
        "kind": "adjust",
        "target": "facts",
        "value": "3",
        "reason": "看过",
    }
    with ThreadPoolExecutor(4) as threads:
        answers = threads.map(lambda n: post(inspectors, there, {**fields, "by": f"第{n}人"}), range(4))
        assert sorted(each.status for each in answers) == [303, 409, 409, 409]
    assert len(history(store, stored.report)) == 1


def test_what_a_page_without_any_decision_shows_is_seen_as_none(inspectors, store):
    stored = report_of(store, "永兴镇党委")
    assert opened(inspectors, stored)["seen"] == "0"
    assert decided(inspectors, stored, "adjust", "facts", value="3").status == 303
    for seen in ("", "0", "-1", "x", "1e9"):
        assert decided(inspectors, stored, "adjust", "facts", value="4", seen=seen).status == 409, seen
    assert decided(inspectors, stored, "adjust", "facts", value="4", seen="9" * 10).status == 422
    assert len(history(store, stored.report)) == 1


def test_a_form_without_the_pages_token_puts_nothing_down(inspectors, store):
    stored = report_of(store, "石坎镇党委")
    fields = {"kind": "adjust", "target": "facts", "value": "3", "by": "张三", "reason": "属实"}
    for token in ({}, {"token": "0" * 64}):
        answer = post(inspectors, f"/inspect/reports/{stored.sha256}/decisions", fields | token)
        assert answer.status == 403
    assert history(store, stored.report) == []
    assert post(inspectors, "/inspect/trail", {}).status == 403


def test_other_sites_cannot_send_forms(inspectors, store):
    stored = report_of(store, "石坎镇党委")
    token = token_of(shown(inspectors, f"/inspect/reports/{stored.sha256}"))
    for origin in ("http://evil.example", "null"):
        answer = post(inspectors, "/inspect/trail", {"token": token}, Origin=origin)
        assert answer.status == 403


def test_copies_stand_side_by_side(inspectors, store):
    tree = shown(inspectors, "/inspect/copies")
    (pair,) = copies(store)
    assert "95.1%" in words(tree, ".copies tbody tr")[0]
    beside = shown(inspectors, f"/inspect/copies/{pair.id}")
    texts = {each.path: each.result.text for each in store.latest(Filter(unit_type="社区"))}
    for side, path in (("text-a", pair.a), ("text-b", pair.b)):
        assert beside.get_element_by_id(side).text_content() == texts[path]
    assert words(beside, ".swaps li")  # what was swapped is found again
    assert "不判断谁抄了谁" in beside.text_content()
    one = report_of(store, "第9社区党支部")
    assert (
        f"/inspect/copies/{pair.id}"
        in html.tostring(shown(inspectors, f"/inspect/reports/{one.sha256}")).decode()
    )


def test_two_years_stand_side_by_side(inspectors):
    tree = shown(inspectors, "/inspect/compare")
    assert words(tree, ".years tbody th") == sorted(f"{town}镇党委" for town in TOWNS)
    compared = shown(inspectors, pick(tree, ".go-there")[0].get("href"))
    assert words(compared, ".kicker") == ["两年对照"]
    assert pick(compared, "#wording")


def test_batches_lead_to_their_reports(inspectors):
    tree = shown(inspectors, "/inspect/batches")
    links = [each.get("href") for each in pick(tree, ".list tbody th a")]
    assert len(links) == 2
    assert len(words(shown(inspectors, links[1]), ".queue tbody th a")) == 14


def test_the_trail_tells_who_did_what_and_verifies(inspectors, store):
    stored = report_of(store, "双河镇党委")
    assert decided(inspectors, stored, "adjust", "facts", value="3", by="李四").status == 303
    tree = shown(inspectors, "/inspect/trail?" + urlencode({"who": "李四"}))
    (line,) = words(tree, ".trail tbody tr")
    assert "履职实绩改为 3" in line
    assert "看过台账" in line
    entries, head = store.head()
    assert head in tree.text_content()
    answer = post(inspectors, "/inspect/trail", {"token": token_of(tree), "head": head[:12]})
    assert "相符" in words(html.fromstring(answer.body), "#result")[0]
    answer = post(inspectors, "/inspect/trail", {"token": token_of(tree), "head": "f" * 64})
    assert "不符 1 处" in words(html.fromstring(answer.body), "#result")[0]
    assert store.head() == (entries, head)


def test_what_reports_and_people_write_never_runs(inspectors, store):
    stored = report_of(store, HOSTILE)
    key = keys(stored.result)[0]
    assert decided(inspectors, stored, "confirm", key, reason=HOSTILE, by=HOSTILE[:40]).status == 303
    paths = [
        "/inspect",
        f"/inspect?{urlencode({'search': HOSTILE, 'batch': HOSTILE, 'region': HOSTILE})}",
        f"/inspect/reports/{stored.sha256}",
        f"/inspect/compare?{urlencode({'last': stored.sha256, 'this': stored.sha256})}",
        f"/inspect/compare?{urlencode({'last': HOSTILE})}",
        "/inspect/trail",
        f"/inspect/trail?{urlencode({'who': HOSTILE[:40], 'page': HOSTILE})}",
    ]
    for path in paths:
        tree = shown(inspectors, path)
        assert not pick(tree, "img")
        assert {each.get("src") for each in pick(tree, "script")} <= {
            "/inspect/files/inspecting.js",
            "/inspect/files/page.js",
        }
        assert not tree.xpath("//@*[starts-with(name(), 'on')] | //@style | //style")
    tree = shown(inspectors, f"/inspect/reports/{stored.sha256}")
    assert HOSTILE in tree.get_element_by_id("report").text_content()
    assert HOSTILE in words(tree, ".told-why")
    policy = inspectors.ask("GET", "/inspect").headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_what_pages_name_is_there(inspectors):
    named = set()
    for path in ("/inspect", "/inspect/copies/1", "/trends"):
        tree = shown(inspectors, path)
        named |= set(tree.xpath("//link[@rel='stylesheet']/@href | //script/@src"))
    assert "/inspect/files/inspecting.css" in named
    for address in named:
        assert inspectors.ask("GET", address).status == 200
    assert inspectors.ask("GET", "/inspect/files/mounting.py").status == 404
    assert inspectors.ask("GET", "/inspect/files/..%2Fpages.py").status == 404


@contextmanager
def signed_in(client, name: str):
    tree = shown(client, "/sign-in")
    fields = {"token": token_of(tree), "name": name, "password": PASSWORD}
    answer = post(client, "/sign-in", fields)
    assert answer.status == 303
    yield {"Cookie": answer.headers["set-cookie"].partition(";")[0]}


@pytest.fixture(scope="module")
def with_users(store, tmp_path_factory):
    """The pages where there are users."""
    path = tmp_path_factory.mktemp("users") / "users.json"
    kept = hashed(PASSWORD)
    people = {"小王": Role.WRITER, "老赵": Role.INSPECTOR, "小钱": Role.ANALYST}
    write(path, {name: User(name, role, kept) for name, role in people.items()})
    with served(make_app(Settings(), store, Users(path))) as client:
        yield client


def test_pages_are_for_those_whose_they_are(with_users, store):
    sha = report_of(store, "青山镇党委").sha256
    paths = [
        "/inspect",
        f"/inspect/reports/{sha}",
        "/inspect/copies",
        "/inspect/copies/1",
        "/inspect/compare",
    ]
    paths.append("/inspect/trail")
    both = ["/inspect/batches", "/trends"]
    for path in paths + both:
        assert with_users.ask("GET", path).status == 401
    for name, let_in in (("小王", []), ("小钱", both), ("老赵", paths + both)):
        with signed_in(with_users, name) as cookie:
            for path in paths + both:
                expected = 200 if path in let_in else 403
                assert with_users.ask("GET", path, **cookie).status == expected, (name, path)
            answer = post(with_users, f"/inspect/reports/{sha}/decisions", {}, **cookie)
            assert answer.status == 403  # inspectors too, without a token


def test_those_who_signed_in_decide_under_their_own_name(with_users, store):
    stored = report_of(store, "太平镇党委")
    there = f"/inspect/reports/{stored.sha256}"
    with signed_in(with_users, "老赵") as cookie:
        tree = shown(with_users, there, **cookie)
        assert not pick(tree, "input[name=by]")
        fields = {"token": token_of(tree), "kind": "confirm", "target": keys(stored.result)[0], "by": "小王"}
        assert post(with_users, f"{there}/decisions", {**fields, "reason": "属实"}, **cookie).status == 303
    assert [each.by for each in history(store, stored.report)] == ["老赵"]


def test_without_a_store_there_are_no_such_pages(client):
    assert client.ask("GET", "/inspect").status == 404


def test_an_inspector_walks_from_the_queue_to_a_changed_score(browser, inspectors, store):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{inspectors.url}inspect?done=no&region={quote('甲县')}")
    page.locator(".queue tbody th a").first.click()
    before = float(page.locator("#adjusted").inner_text())
    card = page.locator(".card:has(button.reject):not(:has(.cost:text-is('不扣分')))").first
    card.locator(".decide summary").click()
    card.get_by_label("理由").fill("台账附后，次数已写明")
    card.get_by_label("姓名").fill("张三")
    number = card.get_attribute("data-number")
    card.get_by_role("button", name="驳回").click()
    page.wait_for_url(re.compile("done="))
    assert "刚刚记下" in page.locator(f"#finding-{number} .decided").inner_text()
    sha = page.url.partition("reports/")[2].partition("?")[0]
    stored = find(store, sha)
    expected = adjust(stored.result, standing(history(store, stored.report)))
    assert float(page.locator("#adjusted").inner_text()) == pytest.approx(expected.overall, abs=0.05)
    assert float(page.locator("#adjusted").inner_text()) >= before
    assert expected.uncapped > adjust(stored.result, standing([])).uncapped
    # The name is remembered in this tab; the page works by keys alone and at the width of a phone.
    again = page.locator(".card:has(button.reject):not(.reject)").first
    again.locator(".decide summary").focus()
    page.keyboard.press("Enter")
    assert again.get_by_label("姓名").input_value() == "张三"
    for path in ("inspect", f"inspect/reports/{sha}", "inspect/copies", "inspect/copies/1", "inspect/trail"):
        page.set_viewport_size({"width": 360, "height": 700})
        page.goto(inspectors.url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
    assert complaints == []


@pytest.mark.parametrize(
    ("size", "scheme"), [((1280, 860), "light"), ((1280, 860), "dark"), ((360, 740), "light")]
)
def test_a_checker_of_accessibility_finds_no_serious_fault(browser, inspectors, store, size, scheme):
    from .test_looks import look

    stored = report_of(store, "第10社区党支部")
    if not history(store, stored.report):
        assert (
            decided(inspectors, stored, "adjust", "causes", value="2", reason="两处原因说清了").status == 303
        )
        rejected = next(
            key
            for key, each in zip(keys(stored.result), stored.result.findings, strict=True)
            if each.deduction
        )
        assert decided(inspectors, stored, "reject", rejected, reason="台账附后，次数已写明").status == 303
    earlier, later = (report_of(store, f"第{number}社区党支部").sha256 for number in (9, 10))
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", color_scheme=scheme
    )
    page = context.new_page()
    pictured = size[0] > 1000 and scheme == "light"
    paths = {
        "inspect?region=" + quote("甲县"): "queue",
        f"inspect/reports/{stored.sha256}": "review",
        "inspect/copies": None,
        "inspect/copies/1": None,
        f"inspect/compare?last={earlier}&this={later}": None,
        "inspect/compare": None,
        "inspect/batches": "batches",
        "inspect/trail": "trail",
        "trends": "trends",
        "inspect/reports/none": None,
    }
    for path, picture in paths.items():
        page.goto(inspectors.url + path)
        if pictured and picture:
            look(page, picture)
        page.evaluate(
            "document.querySelectorAll('.decide, .row:first-child').forEach(each => each.open = true)"
        )
        look(page)
    context.close()
