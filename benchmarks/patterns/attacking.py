"""Inputs on which a regular expression might take far longer than it should, made from its own parts.

A backtracking matcher is slow on what it nearly matches in many ways: the body of a repetition over and
over, or the beginning of the pattern over and over, followed by what it cannot go on with.
"""

from __future__ import annotations

import collections
import itertools
import re
import signal
import time
from collections.abc import Iterator
from typing import Any, TypeAlias

from benchmarks.patterns.trees import Item, Op, Tree, Value, parser

Attack: TypeAlias = tuple[str, str, str]  # prefix, pump, end

_REPEATS = {parser.MAX_REPEAT, parser.MIN_REPEAT, getattr(parser, "POSSESSIVE_REPEAT", None)}
_ENDS = "\u0378", "。\n"  # a code point that no pattern names; what ends a sentence and a line
_MOST = 20


def attacks(pattern: str | bytes, flags: int) -> list[Attack]:
    """Return attacks, joined later to any length."""
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    tree = parser.parse(text, flags & ~re.UNICODE if isinstance(pattern, bytes) else flags)
    pumps: dict[tuple[str, str], None] = {}
    for before, body in _repetitions(tree, ""):
        pumps[before, body] = None
        pumps["", before + body] = None
    for whole in itertools.islice(_samples(tree), 6):
        for length in {1, len(whole) // 2, len(whole) - 1, len(whole)}:
            if piece := whole[:length]:
                pumps["", piece] = None
    for char in (*sorted({char for _, body in pumps for char in body})[:12], " ", "一", "1"):
        pumps["", char] = None
    return [(*pump, end) for pump in itertools.islice(pumps, _MOST) for end in _ENDS]


def seconds(pattern: re.Pattern[Any], used: str, attack: Attack, length: int, most: float) -> float:
    """Return the processor time of a method on an attack of some length, or the most it is given."""
    prefix, pump, end = attack
    text = prefix + pump * (length // len(pump)) + end
    subject = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text

    def stop(*_: object) -> None:
        raise TimeoutError

    earlier = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, most)
    begun = time.process_time()
    try:
        found = getattr(pattern, used)(subject)
        if used == "finditer":
            collections.deque(found, maxlen=0)
        return time.process_time() - begun
    except TimeoutError:
        return most
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, earlier)


def _repetitions(tree: Tree, before: str) -> Iterator[tuple[str, str]]:
    """Yield each repetition's body, with what leads up to it."""
    for op, value in tree:
        if op in _REPEATS:
            _, high, body = value
            yield from _repetitions(body, before)
            if high > 8:
                for sample in itertools.islice(_samples(body), 4):
                    if sample:
                        yield before, sample
        elif op is parser.SUBPATTERN:
            yield from _repetitions(value[3], before)
        elif op is parser.ATOMIC_GROUP:
            yield from _repetitions(value, before)
        elif op is parser.BRANCH:
            for branch in value[1]:
                yield from _repetitions(branch, before)
        elif op in (parser.ASSERT, parser.ASSERT_NOT):
            yield from _repetitions(value[1], before)
        before += next(_one(op, value), "")


def _samples(tree: Tree) -> Iterator[str]:
    """Yield some texts that a tree matches, but for what it looks at around them."""
    parts = [list(itertools.islice(_one(op, value), 3)) or [""] for op, value in tree]
    for turn in range(max(map(len, parts), default=1)):
        yield "".join(part[turn % len(part)] for part in parts)


def _one(op: Op, value: Value) -> Iterator[str]:
    if op is parser.LITERAL:
        yield chr(value)
    elif op is parser.NOT_LITERAL:
        yield "一" if value != ord("一") else "二"
    elif op is parser.ANY:
        yield from "一1"
    elif op is parser.IN:
        yield from _in(value)
    elif op is parser.BRANCH:
        for branch in value[1]:
            yield from itertools.islice(_samples(branch), 1)
    elif op is parser.SUBPATTERN:
        yield from _samples(value[3])
    elif op is parser.ATOMIC_GROUP:
        yield from _samples(value)
    elif op in _REPEATS:
        low, _, body = value
        for sample in _samples(body):
            yield sample * max(low, 1)
        if low == 0:
            yield ""


_CATEGORIES = {
    parser.CATEGORY_DIGIT: "1",
    parser.CATEGORY_NOT_DIGIT: "一",
    parser.CATEGORY_SPACE: " ",
    parser.CATEGORY_NOT_SPACE: "一",
    parser.CATEGORY_WORD: "一",
    parser.CATEGORY_NOT_WORD: "，",
}


def _in(items: Tree) -> Iterator[str]:
    if items[0][0] is parser.NEGATE:
        pattern_chars = "一1 a，(“X"
        banned = list(items[1:])
        for char in pattern_chars:
            if not any(_holds(item, char) for item in banned):
                yield char
        return
    for op, value in items:
        if op is parser.LITERAL:
            yield chr(value)
        elif op is parser.RANGE:
            yield chr(value[0])
        elif op is parser.CATEGORY:
            yield _CATEGORIES[value]


def _holds(item: Item, char: str) -> bool:
    op, value = item
    if op is parser.LITERAL:
        return bool(chr(value) == char)
    if op is parser.RANGE:
        low, high = value
        return bool(low <= ord(char) <= high)
    return {"1": char.isdigit(), " ": char.isspace()}.get(
        _CATEGORIES[value], char.isalnum() if _CATEGORIES[value] == "一" else not char.isalnum()
    )
