r"""Whether the work of a backtracking matcher may grow faster than its text, read off the pattern itself.

A pattern is taken as an automaton whose states are the characters that it asks for (Glushkov).  Its work
grows faster than the text where a repetition without bound can be entered at many places of what it runs
through: where one word leads from a state *p* back to *p*, from *p* to another state *q*, and from *q* back
to *q* (Weber and Seidl, 1991; Weideman et al., 2016).  *p* may be the search itself, which begins anew at
every character.  Where a repetition can be gone round in two ways by one word, the work may double with each.

All simplifications err on the safe side, so that a pattern that is not named is linear, but one that is named
need not be worse: look-aheads and ``\b`` are taken as fulfilled, look-behinds as well where more than one
character or the one before what they look over decides them, and what follows a repetition as failing where
it can.  A repetition of at most ``BOUND`` times is a constant factor.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from benchmarks.patterns.trees import Item, Op, Tree, Value, parser

_UNBOUNDED = {parser.MAX_REPEAT, parser.MIN_REPEAT, parser.POSSESSIVE_REPEAT}
_POSSESSIVE = {parser.POSSESSIVE_REPEAT}
BOUND = 600
_COPIED = 8  # an exact number of times up to which it is written out
_SEARCH = 0  # the state of a search that has not begun to match
# One character of each kind that categories tell apart.
_KINDS = "0９一a_ \n\u3000，\u0378"
_SINGLE = parser.LITERAL, parser.NOT_LITERAL, parser.IN, parser.ANY
_CATEGORIES = {
    parser.CATEGORY_DIGIT: r"\d",
    parser.CATEGORY_NOT_DIGIT: r"\D",
    parser.CATEGORY_SPACE: r"\s",
    parser.CATEGORY_NOT_SPACE: r"\S",
    parser.CATEGORY_WORD: r"\w",
    parser.CATEGORY_NOT_WORD: r"\W",
}


def growing(pattern: re.Pattern[Any], used: str) -> str:
    """Return what of a pattern may cost more than its text is long, in words for developers, or ``""``.

    Parameters
    ----------
    pattern : re.Pattern
    used : {"match", "fullmatch", "finditer"}
        Whether it is tried at one place, on the whole text, or looked for everywhere.
    """
    return _Automaton(pattern, used).growing()


class _Automaton:
    """States are numbers; sets of characters are bits, one for each that the pattern tells apart."""

    def __init__(self, pattern: re.Pattern[Any], used: str) -> None:
        text = pattern.pattern
        flags = pattern.flags
        if isinstance(text, bytes):
            text, flags = text.decode("latin-1"), flags | re.ASCII
        self._flags = flags
        tree = parser.parse(text, flags & ~re.UNICODE if flags & re.ASCII else flags)
        self._alphabet = sorted(set(_KINDS) | set(_named(tree)))
        self._all = (1 << len(self._alphabet)) - 1
        # Nodes stand between characters: each has ways on, with the characters that must not stand before.
        self._ways: list[list[tuple[int, int]]] = []
        self._uncertain: set[int] = set()
        self.takes: list[int] = [self._all]
        self.names: list[str] = [""]
        self._after = [0]
        self._enters: dict[int, int] = {}  # node: the state that takes a character there
        self.atomic: list[frozenset[int]] = [frozenset()]
        self._groups: frozenset[int] = frozenset()
        self._counted: set[tuple[int, int]] = set()  # ways back that are gone a bounded number of times
        self._accepts = self._node()
        self._dead = self._node()
        if used == "fullmatch":
            self._uncertain.add(self._accepts)
        self._overlaps: dict[int, set[int]] = {}
        self._widths = dict(_widths(tree))
        self._after[_SEARCH] = self._build(tree, self._accepts)
        # By state: what may follow, in how many ways, what is barred before, whether in counted rounds only.
        self.follows: list[dict[int, tuple[int, int, bool]]] = []
        self.ends: list[bool] = []
        for state in range(len(self.takes)):
            follow, ends = self._closure(self._after[state])
            self.follows.append(follow)
            self.ends.append(ends)
        if used == "finditer":
            self.follows[_SEARCH][_SEARCH] = (1, 0, False)

    # What may grow

    def growing(self) -> str:
        """Return what may grow, or nothing.

        Once a state is reached at which the pattern may end, it has matched so far, and what lies before is
        not tried again: a round through such a state costs nothing twice.
        """
        every = set(range(1, len(self.takes)))
        rounds = self._rounds(every)
        unfinished = self._rounds({state for state in every if not self.ends[state]})
        for around in unfinished.values():
            if found := self._doubled(around):
                return found
        for q, around_q in unfinished.items():
            if self._entered(_SEARCH, q, {_SEARCH}, around_q):
                return f"{self.names[q]!r} without bound, begun at every place"
            for p, around_p in rounds.items():
                if p in around_q or self.atomic[p] - self.atomic[q] or q not in self._reached(p, every):
                    continue
                if self._entered(p, q, around_p, around_q):
                    return f"{self.names[p]!r} and {self.names[q]!r} without bound over the same"
        return ""

    def _doubled(self, around: set[int]) -> str:
        """Whether two ways lead round by the same word: from two copies at one state to two, and back."""
        for p in around:
            for q, (ways, *_) in self.follows[p].items():
                if ways > 1 and q in around:
                    return f"{self.names[p]!r} then {self.names[q]!r} in two ways, over and over"
        back = defaultdict(set)
        seen = {(state, state) for state in around}
        ahead = list(seen)
        while ahead:
            one, two = ahead.pop()
            before = self.takes[one] & self.takes[two]
            for a, not_a in self._steps(one, around):
                for b, not_b in self._steps(two, around & self._alike(a)):
                    if before & ~(not_a | not_b):
                        back[a, b].add((one, two))
                        if (a, b) not in seen:
                            seen.add((a, b))
                            ahead.append((a, b))
        ahead = [(state, state) for state in around]
        seen = set(ahead)
        while ahead:
            new = back[ahead.pop()] - seen
            for p, q in new:
                if p != q:
                    return f"{self.names[p]!r} or {self.names[q]!r}, over and over"
            seen |= new
            ahead += new
        return ""

    def _rounds(self, within: set[int]) -> dict[int, set[int]]:
        """Return the states of repetitions without bound, each with all on a way from it back to it."""
        reached = {state: self._reached(state, within) for state in within}
        return {
            state: {other for other in others if state in reached[other]}
            for state, others in reached.items()
            if state in self._reached(state, within, counted=False)
        }

    def _reached(self, state: int, within: set[int], *, counted: bool = True) -> set[int]:
        seen: set[int] = set()
        ahead = [state]
        while ahead:
            follow = self.follows[ahead.pop()]
            new = {to for to, (*_, only) in follow.items() if counted or not only} & within - seen
            seen |= new
            ahead += new
        return seen

    def _entered(self, p: int, q: int, around_p: set[int], around_q: set[int]) -> bool:
        """Whether one word leads from p to p, from p to q and from q to q."""
        start, goal = (p, p, q), (p, q, q)
        seen = {start}
        ahead = [start]
        while ahead:
            one, two, three = ahead.pop()
            before = self.takes[one] & self.takes[two] & self.takes[three]
            for c, not_c in self._steps(three, around_q):
                alike = self._alike(c)
                for (a, not_a), (b, not_b) in itertools.product(
                    self._steps(one, around_p & alike), self._steps(two, alike)
                ):
                    step = a, b, c
                    if step in seen or not before & ~(not_a | not_b | not_c):
                        continue
                    if self.takes[a] & self.takes[b] & self.takes[c]:
                        if step == goal:
                            return True
                        seen.add(step)
                        ahead.append(step)
        return False

    def _alike(self, state: int) -> set[int]:
        """Return the states that take a character which this one takes as well."""
        if state not in self._overlaps:
            taken = self.takes[state]
            self._overlaps[state] = {other for other, takes in enumerate(self.takes) if takes & taken}
        return self._overlaps[state]

    def _steps(self, state: int, within: set[int]) -> list[tuple[int, int]]:
        return [(to, barred) for to, (_, barred, _) in self.follows[state].items() if to in within]

    # How it is made

    def _node(self, *ways: tuple[int, int]) -> int:
        self._ways.append(list(ways))
        return len(self._ways) - 1

    def _closure(self, node: int) -> tuple[dict[int, tuple[int, int, bool]], bool]:
        """Return the next states, with ways, what is barred, counted; and whether it may simply end."""
        found: dict[int, tuple[int, int, bool]] = {}
        ends = False
        ahead = [(node, 0, True, False, frozenset([node]))]
        while ahead:
            here, barred, certain, counted, path = ahead.pop()
            certain = certain and here not in self._uncertain
            if here == self._accepts:
                ends = ends or certain
            if (state := self._enters.get(here)) is not None:
                ways, earlier, only = found.get(state, (0, self._all, True))
                found[state] = ways + 1, earlier & barred, only and counted
            for to, bar in self._ways[here]:
                # A round of nothing is not gone twice.
                if to not in path and barred | bar != self._all:
                    round_again = counted or (here, to) in self._counted
                    ahead.append((to, barred | bar, certain and not bar, round_again, path | {to}))
        return found, ends

    def _build(self, tree: Tree, after: int) -> int:
        """Return the node at which a tree begins that goes on to another node."""
        for op, value in reversed(list(_looking_back(tree))):
            after = self._one(op, value, after)
        return after

    def _one(self, op: Op, value: Value, after: int) -> int:
        if op == "pair":
            item, look = value
            return self._pair(item, look, after)
        if op in _UNBOUNDED:
            low, high, body = value
            return self._repeated(op, low, high, body, after)
        if op is parser.BRANCH:
            return self._node(*[(self._build(branch, after), 0) for branch in value[1]])
        if op is parser.SUBPATTERN:
            return self._build(value[3], after)
        if op is parser.ATOMIC_GROUP:
            return self._within(True, value, after)
        if op is parser.GROUPREF_EXISTS:
            _, yes, no = value
            return self._node((self._build(yes, after), 0), (self._build(no or [], after), 0))
        if op in (parser.ASSERT, parser.ASSERT_NOT):
            direction, body = value
            if direction < 0:
                return self._node((after, self._barred(body, op is parser.ASSERT))) if body else after
            return self._uncertainly((after, 0), (self._within(True, body, self._dead), 0))
        if op is parser.AT:
            if value in (parser.AT_BEGINNING, parser.AT_BEGINNING_STRING):
                lines = value is parser.AT_BEGINNING and self._flags & re.MULTILINE
                allowed = self._set(parser.LITERAL, ord("\n")) if lines else 0
                return self._node((after, self._all & ~allowed))
            return self._uncertainly((after, 0))
        if op is parser.GROUPREF:  # as any text of its length
            return self._repeated(
                parser.MAX_REPEAT, 0, self._widths[value], [(parser.NOT_LITERAL, -1)], after
            )
        state = len(self.takes)
        self.takes.append(self._set(op, value))
        self.names.append("".join(itertools.compress(self._alphabet, self._bits(self.takes[-1])))[:12])
        self._after.append(after)
        self.atomic.append(self._groups)
        node = self._node()
        self._enters[node] = state
        return node

    def _repeated(self, op: Op, low: int, high: int, body: Tree, after: int) -> int:
        if high == 0:
            return after
        if low == high <= _COPIED:
            for _ in range(high):
                after = self._within(op in _POSSESSIVE, body, after)
            return after
        end = self._node((after, 0))
        begin = self._within(op in _POSSESSIVE, body, end)
        if high > 1:
            self._ways[end].append((begin, 0))
        if high <= BOUND:
            self._counted.add((end, begin))
        return begin if low else self._node((begin, 0), (after, 0))

    def _within(self, atomic: bool, body: Tree, after: int) -> int:
        """Return the beginning of what, once left, is not gone into again."""
        earlier = self._groups
        if atomic:
            self._groups |= {len(self._ways)}
        begin = self._build(body, after)
        self._groups = earlier
        return begin

    def _pair(self, item: Item, look: Item, after: int) -> int:
        """Return the beginning of a character and a look back over it, at the one before."""
        (op, value), (looks, (_, (earlier, same))) = item, look
        wanted = looks is parser.ASSERT
        node = self._one(op, value, after)
        taken, over = self.takes[-1], self._set(*same)
        if wanted:
            self.takes[-1] &= over
        elif taken & ~over:
            return node  # not over all of it: taken as fulfilled
        return self._node((node, self._barred([earlier], wanted)))

    def _uncertainly(self, *ways: tuple[int, int]) -> int:
        node = self._node(*ways)
        self._uncertain.add(node)
        return node

    def _barred(self, body: Tree, wanted: bool) -> int:
        """Return the characters that must not stand before, as far as one character decides it."""
        items = list(body)
        if len(items) == 1 and items[0][0] is parser.SUBPATTERN:
            return self._barred(items[0][1][3], wanted)
        if len(items) == 1 and items[0][0] is parser.BRANCH:
            each = [self._barred(branch, wanted) for branch in items[0][1][1]]
            barred = each[0]
            for other in each[1:]:
                barred = barred & other if wanted else barred | other
            return barred
        op, value = items[-1]
        if op not in _SINGLE:
            return 0
        if wanted:
            return self._all & ~self._set(op, value)
        return self._set(op, value) if len(items) == 1 else 0

    def _bits(self, taken: int) -> Iterator[bool]:
        return (bool(taken >> place & 1) for place in range(len(self._alphabet)))

    def _set(self, op: Op, value: Value) -> int:
        if op is parser.LITERAL and value >= 0 and not self._flags & re.IGNORECASE:
            return 1 << bisect.bisect(self._alphabet, chr(value)) - 1
        return sum(1 << place for place, char in enumerate(self._alphabet) if self._holds(op, value, char))

    def _holds(self, op: Op, value: Value, char: str) -> bool:
        if op is parser.ANY:
            return char != "\n" or bool(self._flags & re.DOTALL)
        if op is parser.NOT_LITERAL:
            return not self._holds(parser.LITERAL, value, char)
        if op is parser.IN:
            negated = value[0][0] is parser.NEGATE
            return negated != any(self._holds(op, inner, char) for op, inner in value[negated:])
        if op is parser.CATEGORY:
            return re.match(_CATEGORIES[value], char, self._flags & re.ASCII) is not None
        alike = {char, char.lower(), char.upper()} if self._flags & re.IGNORECASE else {char}
        if op is parser.LITERAL:
            return value >= 0 and chr(value) in alike
        if op is parser.RANGE:
            return any(len(one) == 1 and value[0] <= ord(one) <= value[1] for one in alike)
        raise NotImplementedError(str(op))


def _looking_back(tree: Tree) -> Iterator[Item]:
    r"""Yield the items of a sequence; where one looks back over the one before it, both as a pair.

    So that ``\d(?<!\d\d)`` is seen to begin where no digit stands before.
    """
    items = list(tree)
    while items:
        item = items.pop(0)
        if item[0] in _SINGLE and items:
            op, value = items[0]
            if _looks_back_two(op, value):
                yield "pair", (item, items.pop(0))
                continue
            inner = value[3] if op is parser.SUBPATTERN else [(op, value)]
            if len(inner) == 1 and inner[0][0] is parser.BRANCH:
                branches = inner[0][1][1]
                if any(len(branch) and _looks_back_two(*branch[0]) for branch in branches):
                    items.pop(0)
                    yield parser.BRANCH, (None, [[item, *branch] for branch in branches])
                    continue
        yield item


def _looks_back_two(op: Op, value: Value) -> bool:
    if op not in (parser.ASSERT, parser.ASSERT_NOT) or value[0] > 0:
        return False
    return len(value[1]) == 2 and all(op in _SINGLE for op, _ in value[1])


def _widths(tree: Tree) -> Iterator[tuple[int, int]]:
    """Yield every group with the most characters that it may take."""
    for op, value in tree:
        for body in value if isinstance(value, tuple) else ():
            for each in body if isinstance(body, list) else [body]:
                if isinstance(each, parser.SubPattern):
                    yield from _widths(each)
        if op is parser.SUBPATTERN and value[0] is not None:
            yield value[0], value[3].getwidth()[1]


def _named(tree: Tree) -> Iterator[str]:
    """Yield every character that a pattern names, with those beside the ends of its ranges."""
    for item in tree:
        if not isinstance(item, tuple):
            if isinstance(item, (list, parser.SubPattern)):
                yield from _named(item)
            continue
        op: Op = item[0] if len(item) == 2 else None
        value: Value = item[1] if len(item) == 2 else item
        if op in (parser.LITERAL, parser.NOT_LITERAL):
            yield from (chr(value), chr(value).lower()[0], chr(value).upper()[0])
        elif op is parser.RANGE:
            yield from (chr(c) for c in (value[0] - 1, *value, value[1] + 1) if 0 <= c < 0x110000)
        elif isinstance(value, (tuple, list, parser.SubPattern)):
            yield from _named(value if isinstance(value, list) or op is None else [value])
