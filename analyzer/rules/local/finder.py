"""Searches sentences for what a user rule describes, in time that grows with the text only.

Patterns are RE2's: none of them can backtrack, so no pattern, however written, can make a report hang.  What
RE2 leaves out for that, looking ahead and behind, `unless` stands in for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from analyzer.language.folding import fold
from analyzer.lexicons import any_of
from analyzer.result import SectionType
from analyzer.rules.base import Hit, Report
from analyzer.rules.places import section_at

_LONGEST = 2000
_MOST_MEMORY = 4 << 20  # bytes that a compiled pattern may take
_UNPAIRED = re.compile("[\ud800-\udfff]")  # half of a pair, which RE2 cannot read
_BOUND = re.compile(r"\\[Az]|\(\?[a-zA-Z]*-")  # begin or end of the text, or a flag that is unset
_LOOKS_AROUND = re.compile(r"\(\?<?[=!]|\\[1-9]|\(\?P=")


@dataclass(frozen=True)
class Unsafe(Exception):  # noqa: N818 - not an error until a file is named
    """A pattern that cannot be used; `key` names it in its rule."""

    key: str
    detail: str


class Finder:
    """What a user rule looks for, and where.

    Parameters
    ----------
    pattern : str or None
        A regular expression.
    words : tuple of str
        Plain words, where there is no pattern.
    unless : str or None
        A regular expression; a sentence in which it is found is left alone.
    sections : tuple of SectionType
        Everywhere if empty.

    Raises
    ------
    Unsafe
    """

    def __init__(
        self,
        pattern: str | None,
        words: tuple[str, ...],
        unless: str | None,
        sections: tuple[SectionType, ...],
    ) -> None:
        self._anywhere: Any
        if pattern is None:
            self._wanted = self._anywhere = any_of(set(map(fold, words)))
        else:
            self._wanted = _compiled("pattern", pattern)
            # A match in a sentence is one in all sentences as lines of one text, which is searched faster.
            bound = _BOUND.search(pattern) is not None
            self._anywhere = None if bound else _compiled("pattern", pattern, by_line=True)
        self._unless = None if unless is None else _compiled("unless", unless)
        self._sections = sections

    def spans(self, sentence: str) -> Iterator[tuple[int, int]]:
        """Yield where a sentence, its variants of characters folded, holds what is looked for."""
        text = _UNPAIRED.sub("□", sentence)
        first = self._wanted.search(text)
        if first is None or (self._unless is not None and self._unless.search(text) is not None):
            return
        for match in self._wanted.finditer(text):
            if match.end() > match.start():
                yield match.start(), match.end()

    def hits(self, message: str, suggestion: str) -> Callable[[Report], Iterator[Hit]]:
        """Return the check of a rule."""

        def check(report: Report) -> Iterator[Hit]:
            if not self._may_be_in(report):
                return
            layout, repaired = report.doc._.layout, report.repaired
            for sentence in report.sentences:
                for start, end in self.spans(sentence.text):
                    if self._sections and section_at(report.analysis, sentence.start) not in self._sections:
                        break
                    low = int(layout.sentences[sentence.number, 0])
                    begin, stop = repaired.source(low + start, low + end)
                    yield Hit(begin, stop, message, suggestion, 1.0)

        return check

    def _may_be_in(self, report: Report) -> bool:
        if self._anywhere is None:
            return True
        lines = "\n".join(sentence.text for sentence in report.sentences)
        return self._anywhere.search(_UNPAIRED.sub("□", lines)) is not None


def _compiled(key: str, pattern: str, *, by_line: bool = False) -> Any:
    """Compile a pattern, `by_line` for texts in which a sentence is a line.

    Raises
    ------
    Unsafe
        Where it is none, is too large, or finds nothing as well as something.
    """
    import re2  # it takes a while, and only user rules need it

    if len(pattern) > _LONGEST:
        raise Unsafe(key, f"超过 {_LONGEST} 个字符")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MOST_MEMORY
    try:
        made = re2.compile(f"(?m:{pattern})" if by_line else pattern, options)
    except re2.error as reason:
        if _LOOKS_AROUND.search(pattern):
            detail = "不支持前后断言和反向引用（可能没完没了）；要排除的情形请写进 unless"
        else:
            words = reason.args[0] if reason.args else ""
            detail = f"正则写法不对或过大（{words.decode() if isinstance(words, bytes) else words}）"
        raise Unsafe(key, detail) from None
    if made.search("") is not None:
        raise Unsafe(key, "什么也没有的地方也会匹配，请写得确切些")
    return made
