"""Both reports with what every question of a comparison needs of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analyzer.comparing.likeness import bare
from analyzer.comparing.sentences import Sentence, inside, read_sentences
from analyzer.comparing.wording import Match, match_sentences
from analyzer.result import Result


@dataclass(frozen=True)
class Pair:
    """Two results, their sentences, and which of these are the same."""

    last: Result
    this: Result
    read_last: tuple[Sentence, ...]
    read_this: tuple[Sentence, ...]
    matches: tuple[Match, ...]

    @classmethod
    def of(cls, last: Result, this: Result) -> Pair:
        """Read two results."""
        read_last, read_this = read_sentences(last), read_sentences(this)
        matches = match_sentences(read_last, read_this, last.text, this.text)
        return cls(last, this, read_last, read_this, matches)

    @cached_property
    def of_last(self) -> dict[int, Match]:
        """The match of each sentence of the last report that has one."""
        return {match.last: match for match in self.matches}

    @cached_property
    def of_this(self) -> dict[int, Match]:
        """The match of each sentence of this report that has one."""
        return {match.this: match for match in self.matches}

    @cached_property
    def told(self) -> tuple[str, ...]:
        """What each sentence of this report is about."""
        return tuple(bare(sentence.words) for sentence in self.read_this)

    @cached_property
    def background(self) -> tuple[str, ...]:
        """What all sentences of both reports are about."""
        return (*(bare(sentence.words) for sentence in self.read_last), *self.told)

    def sentences_last(self, start: int, end: int) -> list[int]:
        """Return the sentences of the last report that a stretch of it touches."""
        return list(inside(self.read_last, start, end))

    def sentences_this(self, start: int, end: int) -> list[int]:
        """Return the sentences of this report that a stretch of it touches."""
        return list(inside(self.read_this, start, end))
