"""The lists that a .docx defines in its numbering part, for the engine in ``numbering``."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from analyzer.reading.numbering import LEVELS, Level, List
from analyzer.reading.word_styles import Styles, W, child, integer, switch, value


class WordLists:
    """The numbering part.

    Parameters
    ----------
    root : lxml element or None
        ``w:numbering``; None for a document without.
    styles : Styles
        Where lists that point to a numbering style are followed.

    Attributes
    ----------
    lists : dict of int to List
        By ``numId``.
    """

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._abstract: dict[str, etree._Element] = {}
        self._numbers: dict[int, etree._Element] = {}
        self._styles = styles
        if root is not None:
            for abstract in root.iterchildren(f"{W}abstractNum"):
                self._abstract.setdefault(abstract.get(f"{W}abstractNumId", ""), abstract)
            for number in root.iterchildren(f"{W}num"):
                self._numbers.setdefault(integer(number.get(f"{W}numId"), 0), number)
        self._style_levels: dict[int, dict[str, int]] = {}
        self.lists = {identity: self._list(identity, number) for identity, number in self._numbers.items()}

    def depth_of(self, identity: int, styles: tuple[str, ...]) -> int:
        """Return the level that a list ties to a style, the nearest style first; 0 for none."""
        tied = self._style_levels.get(identity, {})
        return next((tied[name] for name in styles if name in tied), 0)

    def _list(self, identity: int, number: etree._Element) -> List:
        abstract = self._resolve(value(number, "abstractNumId"))
        elements: dict[int, etree._Element] = {}
        if abstract is not None:
            elements = {_depth(level): level for level in islice(abstract.iterchildren(f"{W}lvl"), LEVELS)}
        overrides: dict[int, int] = {}
        for override in number.iterchildren(f"{W}lvlOverride"):
            depth = _depth(override)
            replaced = child(override, "lvl")
            if replaced is not None:
                elements[depth] = replaced
            start = value(override, "startOverride")
            if start is not None:
                overrides[depth] = integer(start, 1)
        self._style_levels[identity] = {
            style: depth for depth, level in elements.items() if (style := value(level, "pStyle")) is not None
        }
        sequence = abstract.get(f"{W}abstractNumId") if abstract is not None else None
        levels = {depth: _level(level) for depth, level in elements.items() if 0 <= depth < LEVELS}
        return List(sequence, levels, overrides)

    def _resolve(self, identity: str | None) -> etree._Element | None:
        """Return the definition, following one link to a numbering style."""
        abstract = self._abstract.get(identity or "")
        link = value(abstract, "numStyleLink")
        if link is None:
            return abstract
        target = self._numbers.get(self._styles.numbering_of(link))
        return self._abstract.get(value(target, "abstractNumId") or "", abstract)


def _depth(element: etree._Element) -> int:
    return integer(element.get(f"{W}ilvl"), 0)


def _level(element: etree._Element) -> Level:
    # Formats newer than the first edition stand in an alternative, with an older one to fall back on.
    formats = [found.get(f"{W}val", "decimal") for found in element.iter(f"{W}numFmt")]
    form = next((name for name in formats if name != "custom"), "decimal")
    restart = value(element, "lvlRestart")
    return Level(
        form=form,
        text=value(element, "lvlText") or "",
        start=integer(value(element, "start"), 0),
        suffix=value(element, "suff") or "tab",
        restart=None if restart is None else integer(restart, 0),
        legal=switch(element, "isLgl") or False,
        hidden=switch(child(element, "rPr"), "vanish") or False,
    )
