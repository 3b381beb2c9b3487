"""Drawings as bytes: PNG, SVG files, SVG for pages.  The same drawing gives the same bytes."""

from __future__ import annotations

import io
import re
from typing import Final

from lxml import etree
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG

from analyzer.trends import style
from analyzer.trends.charts.chart import Chart, Drawing, draw

_SVG: Final = "{http://www.w3.org/2000/svg}"
_XLINK: Final = "{http://www.w3.org/1999/xlink}href"
_NO_DATES: Final = {"Date": None, "Creator": None, "Format": None, "Type": None}
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_FONT = re.compile(r"(?:\S+ )*?([\d.]+)px .*")
_SPOT: Final = 9.0  # radius in points


def files(chart: Chart) -> tuple[bytes, bytes]:
    """Return a chart with title and source as PNG, and as SVG that needs no font of its reader's."""
    with style.styled(**{"svg.fonttype": "path"}):
        drawing = draw(chart)
        picture, root = _png(drawing), _root(drawing)
    _describe(root, chart, "img")
    return picture, etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _png(drawing: Drawing) -> bytes:
    out = io.BytesIO()
    FigureCanvasAgg(drawing.figure)
    drawing.figure.savefig(
        out, format="png", dpi=style.DPI, metadata={"Software": None}, pil_kwargs={"compress_level": 4}
    )
    return out.getvalue()


def inline(chart: Chart) -> str:
    """Return the bare drawing as an element for a page.

    Its letters are text in the page's own font, and it carries no style of its own, which a strict content
    security policy would refuse.  Each spot is an element ``.spot`` with its words as ``<title>``.
    """
    with style.styled(**{"svg.fonttype": "none"}):
        drawing = draw(chart, bare=True)
        root = _root(drawing)
    for element in list(root.iter()):
        _without_style(element)
    _renamed(root, chart.name)
    _describe(root, chart, "group")  # a picture's parts cannot be reached one by one
    _add_spots(root, drawing)
    for unneeded in ("width", "height", "version"):
        root.attrib.pop(unneeded, "")
    root.set("class", "chart")
    root.set("stroke-linejoin", "round")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _root(drawing: Drawing) -> etree._Element:
    out = io.BytesIO()
    FigureCanvasSVG(drawing.figure)
    drawing.figure.savefig(out, format="svg", metadata=_NO_DATES)
    parser = etree.XMLParser(
        remove_comments=True, remove_blank_text=True, resolve_entities=False, no_network=True
    )
    root = etree.fromstring(out.getvalue(), parser)
    for element in root.findall(f"{_SVG}metadata"):
        root.remove(element)
    for element in root.iter():
        for name, value in _attributes(element):
            if name in {"d", "transform", "x", "y", "points"}:
                element.set(name, " ".join(_NUMBER.sub(_short, value).split()))
    return root


def _short(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")


def _describe(root: etree._Element, chart: Chart, role: str) -> None:
    """Say what the drawing shows to whom cannot see it."""
    title, words = f"{chart.name}-title", f"{chart.name}-words"
    root.set("role", role)
    root.set("aria-labelledby", f"{title} {words}")
    for order, (name, tag, text) in enumerate(((title, "title", chart.title), (words, "desc", chart.lead))):
        element = etree.Element(f"{_SVG}{tag}", id=name)
        element.text = text
        root.insert(order, element)


def _without_style(element: etree._Element) -> None:
    """Turn an element's style into attributes."""
    if element.tag == f"{_SVG}style":
        if (parent := element.getparent()) is not None:
            parent.remove(element)
        return
    for part in str(element.attrib.pop("style", "")).split(";"):
        name, _, value = (word.strip() for word in part.partition(":"))
        if name == "font" and (found := _FONT.fullmatch(value)):
            element.set("font-size", found[1])
        elif name and not name.startswith("font"):
            element.set(name, value)
        elif name == "font-size":
            element.set(name, value.removesuffix("px"))


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def _renamed(root: etree._Element, name: str) -> None:
    """Give all names of a drawing its own name, because a page holds several."""
    for element in root.iter():
        for key, value in _attributes(element):
            if key == "id":
                element.set(key, f"{name}-{value}")
            elif key == _XLINK and value.startswith("#"):
                element.set("href", f"#{name}-{value[1:]}")
                del element.attrib[key]
            elif "url(#" in value:
                element.set(key, value.replace("url(#", f"url(#{name}-"))


def _add_spots(root: etree._Element, drawing: Drawing) -> None:
    if not drawing.spots:
        return
    height = float(drawing.figure.get_size_inches()[1]) * 72
    group = etree.SubElement(root, f"{_SVG}g", {"class": "spots"})
    for order, spot in enumerate(drawing.spots):
        x, y = spot.axes.transData.transform((spot.x, spot.y)) * 72 / drawing.figure.dpi
        place = {"cx": f"{x:.1f}", "cy": f"{height - y:.1f}", "r": f"{_SPOT:g}"}
        element = etree.SubElement(
            group,
            f"{_SVG}circle",
            place | {"class": "spot", "tabindex": "-1" if order else "0", "role": "img"},
        )
        element.set("aria-label", spot.words)
        etree.SubElement(element, f"{_SVG}title").text = spot.words
