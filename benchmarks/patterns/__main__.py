"""Name the patterns whose work may grow faster than their text: read off each (`proving`), then measured.

``python -m benchmarks.patterns`` measures each by processor time on the worst input of its own parts
(`attacking`), so that what the reading leaves out of account would be seen; ends with 1 where any is named.
Patterns that users write are RE2's, which is linear by construction (`analyzer.rules.local`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.patterns.attacking import Attack, attacks, seconds
from benchmarks.patterns.collecting import Pattern, collected
from benchmarks.patterns.proving import growing

SHORT, LONG, LONGER = 800, 3000, 12_000
# Four times the length takes four times as long, or sixteen times where every place looks at every other.
GROWS = 9
NOTICEABLE = 0.02  # seconds for the longest
# Beginnings of patterns that may grow faster, because what they see is bounded.
BOUNDED = {
    r"(?<!\[)\^|\$|": "patterns of our own lexicons only",
    r"\s*+shuping": "matched with the whole of a note only",
    r"\s*[,，、]\s*": "settings, and notes of at most 600 characters",
    r"[（《“‘〔]*(?:[+−-]?": "words of charts; its last part always matches what is left to it",
    ".*[XxＸｘ×✕✖": "names of units, at most 36 characters",
    "(?:篇[一二三四五六七八九十": "lines of at most longest_line of order.toml",
}


def main() -> int:
    """Print what grows."""
    found = collected()
    for place in found["idle"]:
        print(f"{place}: made no pattern in what was tried")
    read, measured = (list(which(found["patterns"])) for which in (may_grow, _grow))
    for line in (*read, *measured):
        print(line)
    print(
        f"{len(found['patterns'])} patterns, {len(read)} may grow faster than their text, {len(measured)} do."
    )
    return int(bool(read or measured))


def may_grow(patterns: list[Pattern]) -> Iterator[str]:
    """Yield where a pattern stands that may grow and has no excuse, and by what."""
    for pattern, used, where in _uses(patterns):
        if found := growing(pattern, used):
            yield f"{where}: {pattern.pattern[:100]!r}: {found}"


def _grow(patterns: list[Pattern]) -> Iterator[str]:
    for pattern, used, where in _uses(patterns):
        if attack := grows(pattern, used):
            yield f"{where}: {pattern.pattern[:100]!r} on {attack!r}"


def _uses(patterns: list[Pattern]) -> Iterator[tuple[re.Pattern[Any], str, str]]:
    for each in patterns:
        text = each["pattern"]
        pattern = re.compile(text.encode("latin-1") if each["bytes"] else text, each["flags"])
        if not text.startswith(tuple(BOUNDED)):
            yield from ((pattern, used, each["where"]) for used in each["used"] or ["finditer"])


def grows(pattern: re.Pattern[Any], used: str) -> Attack | None:
    """Whether looking for a pattern takes too long on any attack; says on which."""
    every = attacks(pattern.pattern, pattern.flags)
    worst = sorted(every, key=lambda attack: -seconds(pattern, used, attack, SHORT, 0.2))[:3]
    for attack in worst:
        if seconds(pattern, used, attack, LONG, 0.5) >= 0.5:
            return attack
        for _ in range(3):  # a machine that was busy once is not busy three times
            less, more = (seconds(pattern, used, attack, length, 3.0) for length in (LONG, LONGER))
            if more < NOTICEABLE or more < GROWS * less:
                break
        else:
            return attack
    return None


if __name__ == "__main__":
    sys.exit(main())
