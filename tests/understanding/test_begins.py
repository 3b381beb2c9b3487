"""Patterns that first look whether they can begin at a place find what they would find without it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.lexicons import either, table
from analyzer.training.corpus import CORPORA

# Ways to say it that the corpus may not hold.
_SAID = """尚未办结。还没动工。仍未完成。至今没动。目前还未批复。没有整改完。未能完全解决，要继续办理。
还有3件正在办。剩下的因资金不足。余下2户没有签。还剩两家企业还没开工，谈不下来。只剩1处未拆。
仍有3件由局里负责。仍在协调。正在推进。还在征求意见。将继续推进。还需进一步整改。还要接着干。
剩的接着改。明年接着清。顺延到明年。推迟到今年。推到下年。转到明年。延至2021年。
离目标还有一截。距任务还差一点。和先进村还有差距。留了个尾巴。改了一半。办成一半。做了一半。
只办成一部分。整改不彻底。改得不够。已经整改。已通过。全部完成。验收合格。通过省里验收。
长期坚持。违规用车。没有一个掉队。没有再犯。未发现。至今未再出现。遗留：无。
列入12项，未完成3项。共8条，没有完成2条。清单9项，未完成1项。放在后面说。在问题部分讲。
后面一并谈。下面再说。第四部分报告。问题部分说。一并说明。不少于一半。一半以上。二分之一是三成。
十分之一。三次。百名。两个季度。半年。三个月。牵头人。责任人。负责人。包片干部。由办公室负责。
我亲自抓。自己动手。每支部委员每人一份。党员干部每人一篇。专人管。副书记负责。书记督办。
主任牵头。局长签字。处长包。科长负责。股长负责。所长负责。校长负责。院长负责。经理负责。
委员负责。秘书长负责。办公室负责。人事科牵头。党办督办。纪委抽查。组织部负责。机关党委汇总。"""

_AHEAD = re.compile(r"^(\(\?x\))?\(\?=\[[^]]+\]\)")


def _places(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    corpus = [path.read_text("utf-8") for path in sorted(Path(CORPORA).glob("*/*.txt"))[::3]]
    return [_SAID, *_SAID.replace("。", "\n").split("\n"), *corpus]


@pytest.mark.parametrize("name", sorted(table("checkable.toml")["begins"]))
def test_a_list_begins_with_what_it_may_begin_with(texts: list[str], name: str) -> None:
    forms = table("checkable.toml")[name]
    plain = re.compile("|".join(forms))
    found = [_places(plain, text) for text in texts]
    assert any(found)
    assert [_places(either("checkable.toml", name), text) for text in texts] == found


@pytest.mark.parametrize("name", ["undone", "settled"])
def test_a_pattern_begins_with_what_it_may_begin_with(texts: list[str], name: str) -> None:
    said = table("items.toml")["left_open"][name]
    plain = re.compile(_AHEAD.sub(r"\1", said))
    assert plain.pattern != said
    found = [_places(plain, text) for text in texts]
    assert any(found)
    assert [_places(re.compile(said), text) for text in texts] == found


def test_a_promise_begins_where_a_clause_does(texts: list[str]) -> None:
    said = table("matching.toml")["patterns"]["promise"]
    ahead = "(?:^|(?=[，；。]))"
    plain = re.compile(said.removeprefix(ahead))
    assert plain.pattern != said
    sentences = [sentence for text in texts for sentence in re.findall(r"[^。\n]+[。\n]?", text)]
    found = [_places(plain, sentence) for sentence in sentences]
    assert any(found)
    assert [_places(re.compile(said), sentence) for sentence in sentences] == found
