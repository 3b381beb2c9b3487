"""A text laid out for reading: all that scoring asks of a Doc, without spaCy.

No question and hardly a rule looks at words.  Without spaCy and its Doc a report takes 2 ms less of 40, and
the first one 0.8 s less of 2.5, most of which spaCy takes to be imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, Protocol

from analyzer.language.layout import Layout, lay_out
from analyzer.language.repair import Repaired, repair
from analyzer.language.segmentation import segmenter


class AnyDoc(Protocol):
    """A Doc of spaCy's, or a `LaidOut`: what is ours is in ``doc._``, the attributes of `Extensions`."""

    @property
    def _(self) -> Any: ...


@dataclass
class Extensions:
    """What a Doc holds for us.

    Parameters
    ----------
    repaired : Repaired
        The text and the way back to the text as read.
    layout : Layout
        Its units.
    draft : analyzer.understanding.questions.Draft, optional
        What has been found in it.
    """

    repaired: Repaired
    layout: Layout
    draft: Any = None

    @cached_property
    def _words(self) -> frozenset[tuple[int, int]]:
        return frozenset(pairwise(accumulate(map(len, segmenter().cut(self.repaired.text)), initial=0)))

    def is_word(self, start: int, end: int) -> bool:
        """Whether a stretch of the repaired text is one word; the text is cut when first asked."""
        return (start, end) in self._words


class LaidOut:
    """The repaired text of a report as read, and where its units are."""

    def __init__(self, text: str) -> None:
        repaired = repair(text)
        self._ = Extensions(repaired, lay_out(repaired.text))

    @property
    def text(self) -> str:
        """The repaired text."""
        return self._.repaired.text
