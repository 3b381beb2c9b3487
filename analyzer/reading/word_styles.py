"""What the styles of a .docx say of a paragraph: outline level, list membership, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_FALSE = ("0", "false", "off")
# How many styles one may be based on, in turn; a circle ends there too.
_LONGEST_CHAIN = 50
# Outline level 9 of the file format means body text.
_BODY_TEXT = 9


def value(parent: etree._Element | None, *path: str) -> str | None:
    """Return ``w:val`` of the child reached by the names in ``path``, None if there is none."""
    found = child(parent, *path)
    return None if found is None else found.get(f"{W}val")


def child(parent: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the child reached by the names in ``path``, None if there is none."""
    for name in path:
        if parent is None:
            return None
        parent = parent.find(W + name)
    return parent


def switch(properties: etree._Element | None, name: str) -> bool | None:
    """Return a switch of run properties, None where it is not mentioned."""
    found = child(properties, name)
    return None if found is None else found.get(f"{W}val", "true").lower() not in _FALSE


def integer(text: str | None, default: int) -> int:
    """Return a number of the file, the default where it is missing or none."""
    try:
        return default if text is None else int(text)
    except ValueError:
        return default


@dataclass(frozen=True, slots=True)
class _ParagraphStyle:
    """What a style and those it is based on say, as the file writes it; ``names`` has the nearest first."""

    names: tuple[str, ...]
    outline: str | None
    list: str | None
    depth: str | None
    hides: bool


class Styles:
    """The styles of one document.

    Parameters
    ----------
    root : lxml element or None
        ``w:styles``; None for a document without.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._known: dict[str | None, _ParagraphStyle] = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            identity = style.get(f"{W}styleId", "")
            self._styles.setdefault(identity, style)
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0").lower() not in _FALSE:
                self._default = identity

    def _chain(self, identity: str | None) -> Iterator[tuple[str, etree._Element]]:
        """Yield a style and those it is based on, nearest first."""
        for _ in range(_LONGEST_CHAIN):
            if identity is None or identity not in self._styles:
                return
            yield identity, self._styles[identity]
            identity = value(self._styles[identity], "basedOn")

    def _style_of(self, paragraph: etree._Element) -> _ParagraphStyle:
        name = value(paragraph, "pPr", "pStyle") or self._default
        if name not in self._known:
            self._known[name] = self._digest(name)
        return self._known[name]

    def _digest(self, identity: str | None) -> _ParagraphStyle:
        outline = list_identity = depth = None
        names = []
        for name, style in self._chain(identity):
            names.append(name)
            if outline is None:
                outline = value(style, "pPr", "outlineLvl")
                named = _HEADING_NAME.fullmatch((value(style, "name") or "").strip())
                if outline is None and named:
                    outline = str(int(named[1]) - 1)
            list_identity = list_identity or value(style, "pPr", "numPr", "numId")
            depth = depth or value(style, "pPr", "numPr", "ilvl")
        hides = self._hides(self._chain(identity)) or False
        return _ParagraphStyle(tuple(names), outline, list_identity, depth, hides)

    def heading(self, paragraph: etree._Element) -> int:
        """Return the outline level of a ``w:p``, 1 the highest, 0 for body text."""
        level = value(paragraph, "pPr", "outlineLvl") or self._style_of(paragraph).outline
        depth = integer(level, _BODY_TEXT)
        return depth + 1 if 0 <= depth < _BODY_TEXT else 0

    def list_of(self, paragraph: etree._Element) -> tuple[int, int | None, tuple[str, ...]]:
        """Return the list that a ``w:p`` belongs to.

        Returns
        -------
        identity : int
            ``numId``, 0 for none.
        depth : int or None
            Level from 0; None where only the list's levels say which style they go with.
        styles : tuple of str
            The paragraph's style and those it is based on.
        """
        style = self._style_of(paragraph)
        own = child(paragraph, "pPr", "numPr")
        identity = value(own, "numId")
        depth = value(own, "ilvl")
        if identity is None:
            identity = style.list
            depth = depth or style.depth
        elif depth is None:
            depth = "0"
        return integer(identity, 0), None if depth is None else integer(depth, 0), style.names

    def numbering_of(self, identity: str | None) -> int:
        """Return the ``numId`` of a numbering style, 0 for none."""
        return next(
            (
                integer(found, 0)
                for _, style in self._chain(identity)
                if (found := value(style, "pPr", "numPr", "numId"))
            ),
            0,
        )

    def hides_paragraph(self, paragraph: etree._Element) -> bool:
        """Tell whether the paragraph's style hides its text."""
        return self._style_of(paragraph).hides

    def hides_run(self, run: etree._Element, *, by_paragraph: bool) -> bool:
        """Tell whether a run's text is hidden, by itself, its character style or its paragraph's style."""
        properties = child(run, "rPr")
        if properties is None:
            return by_paragraph
        own = switch(properties, "vanish")
        if own is None and (named := value(properties, "rStyle")) is not None:
            own = self._hides(self._chain(named))
        return by_paragraph if own is None else own

    @staticmethod
    def _hides(chain: Iterator[tuple[str, etree._Element]]) -> bool | None:
        for _, style in chain:
            said = switch(child(style, "rPr"), "vanish")
            if said is not None:
                return said
        return None
