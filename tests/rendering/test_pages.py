"""docs/rules says what the declarations say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.rendering.pages import INDEX, pages, write
from analyzer.rules.base import Rule
from analyzer.rules.catalogue import catalogue, rule

DOCS = Path(__file__).parents[2] / "docs" / "rules"
PAGES = pages(catalogue())


def test_docs_are_up_to_date_with_the_declarations() -> None:
    written = {path.name: path.read_text("utf-8") for path in DOCS.glob("*.md")}
    assert written.keys() == PAGES.keys(), "make docs"
    assert [name for name in PAGES if written[name] != PAGES[name]] == [], "make docs"


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.id)
def test_a_page_says_all_that_is_declared(entry: Rule) -> None:
    page = PAGES[f"{entry.id}.md"]
    assert re.findall(r"(?m)^## (.+)$", page) == ["查什么", "为什么", "反例", "正例", "怎么改", "依据"]
    for text in (entry.id, entry.title, entry.what, entry.why, entry.fix, entry.basis, entry.since):
        assert text in page
    assert page.count("```text") == len(entry.must_fire) + len(entry.must_not_fire)


def test_examples_of_the_fault_stand_before_those_without_it() -> None:
    page = PAGES["placeholder.md"]
    assert page.index("讲党课X次，慰问党员20名") < page.index("## 正例") < page.index("“4+2”工作法")
    assert "（按脱敏稿评阅）" in page


def test_the_index_leads_to_every_page() -> None:
    linked = re.findall(r"\]\(([^)]+)\)", PAGES[INDEX])
    assert sorted(linked) == sorted(name for name in PAGES if name != INDEX)


def test_long_examples_are_cut() -> None:
    assert max(len(line) for line in PAGES["length-out-of-range.md"].split("\n")) < 200


def test_pages_of_rules_that_are_no_more_are_taken_away(tmp_path: Path) -> None:
    (tmp_path / "no-such-rule.md").write_text("旧页", "utf-8")
    write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == PAGES.keys()
    assert rule("siloed").title in (tmp_path / "siloed.md").read_text("utf-8")
