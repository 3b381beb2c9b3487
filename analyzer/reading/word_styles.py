"""What the styles of a .docx say of a paragraph: outline level, list membership, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_FALSE = ("0", "false", "off")
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
        for style in root.iter(f"{W}style") if root is not None else ():
            identity = style.get(f"{W}styleId", "")
            self._styles.setdefault(identity, style)
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0").lower() not in _FALSE:
                self._default = identity

    def _chain(self, identity: str | None) -> Iterator[tuple[str, etree._Element]]:
        """Yield a style and those it is based on, nearest first; a circle is cut."""
        seen: set[str] = set()
        while identity is not None and identity in self._styles and identity not in seen:
            seen.add(identity)
            style = self._styles[identity]
            yield identity, style
            identity = value(style, "basedOn")

    def _of(self, paragraph: etree._Element) -> Iterator[tuple[str, etree._Element]]:
        return self._chain(value(paragraph, "pPr", "pStyle") or self._default)

    def heading(self, paragraph: etree._Element) -> int:
        """Return the outline level of a ``w:p``, 1 the highest, 0 for body text."""
        level = value(paragraph, "pPr", "outlineLvl")
        for _, style in self._of(paragraph):
            if level is not None:
                break
            level = value(style, "pPr", "outlineLvl")
            named = _HEADING_NAME.fullmatch((value(style, "name") or "").strip())
            if level is None and named:
                level = str(int(named[1]) - 1)
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
        identity = value(paragraph, "pPr", "numPr", "numId")
        depth = value(paragraph, "pPr", "numPr", "ilvl")
        direct = identity is not None
        names = []
        for name, style in self._of(paragraph):
            names.append(name)
            if not direct:
                identity = identity or value(style, "pPr", "numPr", "numId")
                depth = depth or value(style, "pPr", "numPr", "ilvl")
        if depth is None and direct:
            depth = "0"
        return integer(identity, 0), None if depth is None else integer(depth, 0), tuple(names)

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
        return self._hides(self._of(paragraph)) or False

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
