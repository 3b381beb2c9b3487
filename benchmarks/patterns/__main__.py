"""Name the patterns that take longer than their input is long, on the worst input of their own parts.

``python -m benchmarks.patterns`` names those that do and have no excuse, and ends with 1 if there are any.
Measured by processor time, not proven.  Patterns that users write are RE2's, which is linear by construction
(`analyzer.rules.local`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from benchmarks.patterns.attacking import attacks, seconds
from benchmarks.patterns.collecting import collected

SHORT, LONG, LONGER = 800, 3000, 12_000
# Four times the length takes four times as long, or sixteen times where every place looks at every other.
GROWS = 9
NOTICEABLE = 0.02  # seconds for the longest
# Beginnings of patterns that may grow faster, because what they see is bounded.
BOUNDED = {
    r"(?<!\[)\^|\$|": "patterns of our own lexicons only",
    r"\s*+shuping": "matched with the whole of a note only",
    r"\s*[,，、]\s*": "settings, and notes of at most 600 characters",
    "(?P<unit>(?:[^，。；：！？、“”《》": "lines of at most 60 characters",
    ".*[XxＸｘ×✕✖": "names of units, at most 36 characters",
    "(?:篇[一二三四五六七八九十": "lines of at most longest_line of order.toml",
}
# Some patterns begin with any number of digits and are tried at each: a run of them costs its square.
DIGITS = "0123456789一二三四五六七八九十两百千万"


def main() -> int:
    """Print what grows."""
    found = collected()
    for place in found["idle"]:
        print(f"{place}: made no pattern in what was tried")
    count = 0
    for text, where, attack in _growing(found["patterns"]):
        count += 1
        print(f"{where}: {text[:100]!r} on {attack!r}", flush=True)
    print(f"{len(found['patterns'])} patterns, {count} grow faster than their input.")
    return int(count > 0)


def _growing(patterns: list[dict]) -> Iterator[tuple[str, str, tuple]]:
    for each in patterns:
        text = each["pattern"]
        pattern = re.compile(text.encode("latin-1") if each["bytes"] else text, each["flags"])
        if text.startswith(tuple(BOUNDED)):
            continue
        for used in each["used"] or ["finditer"]:
            attack = grows(pattern, used)
            if attack and not only_square_in_digits(pattern, used, attack):
                yield text, each["where"], attack


def grows(pattern: re.Pattern, used: str) -> tuple | None:
    """Whether looking for a pattern takes too long on any attack; says on which."""
    method = getattr(pattern, used)
    every = attacks(pattern.pattern, pattern.flags)
    worst = sorted(every, key=lambda attack: -seconds(method, *attack, SHORT, 0.2))[:3]
    for attack in worst:
        if seconds(method, *attack, LONG, 0.5) >= 0.5:
            return attack
        for _ in range(3):  # a machine that was busy once is not busy three times
            less, more = (seconds(method, *attack, length, 3.0) for length in (LONG, LONGER))
            if more < NOTICEABLE or more < GROWS * less:
                break
        else:
            return attack
    return None


def only_square_in_digits(pattern: re.Pattern, used: str, attack: tuple) -> bool:
    """Whether an attack is a run of digits, and looked through in bearable time."""
    return not attack[1].strip(DIGITS) and seconds(getattr(pattern, used), *attack, LONGER, 5.0) < 4.0


if __name__ == "__main__":
    sys.exit(main())
