"""What must not matter to an analysis, over the whole corpus: the same reports, handed in another way.

``python -m benchmarks.metamorphic`` prints by change how many reports keep score, findings, sections and
problems exactly, how far the scores of the others move, and which they are; with names after it, for these
changes only.  Problems are compared by their titles, which a change of width or name is allowed to touch.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import analyzer
from analyzer.reading import read_bytes
from analyzer.reading.assembly import UNBROKEN
from analyzer.reading.document import Document
from analyzer.result import Result
from tests.reading import making

ROOT = Path(__file__).parents[1]
_OTHER = "沅陂"  # what a place is called instead
_WIDE = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
_NARROW = str.maketrans("，；：？！（）", ",;:?!()")


def indented(text: str) -> str:
    """Return a text with the indents of Chinese prose; as it is where these already tell paragraphs apart."""
    if "\n\u3000\u3000" in text:
        return text
    return "\n".join("\u3000\u3000" + line.lstrip() if line.strip() else line for line in text.split("\n"))


def spaced(text: str) -> str:
    """Return a text with spaces between Chinese and digits, as some editors set them."""
    return re.sub(r"(?<=[一-鿿])(?=[0-9])|(?<=[0-9])(?=[一-鿿])", " ", text)


def wrapped(text: str) -> str:
    """Return a text broken into lines of 36 characters, as it comes out of mails and old programs."""
    return "\n".join(
        line[at : at + 36] for line in text.split("\n") for at in range(0, max(len(line), 1), 36)
    )


def printed(text: str, width: int = 28) -> str:
    """Return a text as it is copied off a page: first lines indented, marks and numbers kept whole."""
    return "\n".join(line for paragraph in text.split("\n") for line in _set(paragraph.strip(), width))


def _set(paragraph: str, width: int) -> Iterator[str]:
    line, at = "\u3000\u3000", 2.0
    for unit in UNBROKEN.findall(paragraph):
        size = sum(0.5 if char.isascii() else 1.0 for char in unit)
        if at + size > width and line.strip():
            yield line
            line, at = "", 0.0
        line, at = line + unit, at + size
    yield line


def torn(text: str) -> str:
    """Return a text with a space inside every dozen Chinese characters, as recognised from a scan."""
    return re.sub("([一-鿿]{11})(?=[一-鿿])", r"\1 ", text)


def renamed(text: str) -> str:
    """Return a text in which the place of its unit has another name."""
    place = place_of(text)
    return text.replace(place, _OTHER) if place else text


def place_of(text: str) -> str:
    """Return the first two characters of the unit's name, ``""`` where none is said."""
    unit = analyzer.load().analyze_text(text).source.unit or ""
    return unit[:2] if len(unit) > 2 and not re.match(".?[省市县区州旗乡镇村局]", unit) else ""


TEXTS: dict[str, Callable[[str], str]] = {
    "empty lines between": lambda text: text.replace("\n", "\n\n"),
    "no empty lines": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "indented": indented,
    "not indented": lambda text: re.sub(r"(?m)^[ \t\u3000]+", "", text),
    "blanks at the ends of lines": lambda text: re.sub("(?m)$", "  ", text),
    "line breaks of Windows": lambda text: text.replace("\n", "\r\n"),
    "zero width": lambda text: text.replace("。", "。\u200b"),
    "byte order mark": lambda text: "\ufeff" + text,
    "spaces around digits": spaced,
    "full-width digits": lambda text: text.translate(_WIDE),
    "full-width %": lambda text: text.replace("%", "％"),
    "half-width marks": lambda text: text.translate(_NARROW),
    "spaces inside words": torn,
    "hard line breaks": wrapped,
    "hard line breaks, indented": lambda text: re.sub("(?m)^(?=.)", "\u3000\u3000", wrapped(text)),
    "printed lines": printed,
    "printed lines, indented": lambda text: re.sub("(?m)^(?=.)", "    ", printed(text)),
    "another place": renamed,
}
FILES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    ".docx": ("报告.docx", lambda text: making.word("".join(map(making.paragraph, text.split("\n"))))),
    ".doc": (
        "报告.doc",
        lambda text: making.ole(making.binary_word([(text.replace("\n", "\r") + "\r", False)])),
    ),
    ".pdf": (
        "报告.pdf",
        lambda text: making.set_in_type([line for line in text.split("\n") if line.strip()]),
    ),
    ".md": ("报告.md", str.encode),
    "GB 18030": ("报告.txt", lambda text: text.encode("gb18030")),
    "UTF-16": ("报告.txt", lambda text: text.encode("utf-16")),
}
CHANGES = (*TEXTS, *FILES)


def changed(name: str, text: str) -> Document:
    """Return a report handed in in another way."""
    if name in TEXTS:
        return read_bytes(TEXTS[name](text).encode(), "报告.txt")
    file, made = FILES[name]
    return read_bytes(made(text), file)


def told(result: Result, change: str = "") -> dict[str, Any]:
    """Return what a result says, without places, by what of it is compared."""
    titles = [re.sub(r"\s", "", unicodedata.normalize("NFKC", p.title)) for p in result.analysis.problems]
    if change == "another place" and (place := place_of(result.text)):
        titles = [title.replace(place, _OTHER) for title in titles]
    return {
        "score": result.scorecard and result.scorecard.overall,
        "findings": sorted((finding.rule, str(finding.severity)) for finding in result.findings),
        "sections": [section.type for section in result.analysis.sections],
        "problems": titles,
    }


def main() -> int:
    """Print what moves."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("changes", nargs="*", choices=[*CHANGES, []], metavar="change")
    options.add_argument("--every", type=int, default=1, help="only every so many reports")
    asked = options.parse_args()
    whole = analyzer.load()
    paths = sorted((ROOT / "corpora").glob("w*/*.txt"))[:: asked.every]
    texts = {path.stem: path.read_text("utf-8").strip() for path in paths}
    plain = {name: whole.analyze_text(text) for name, text in texts.items()}
    last = {name: whole.analyze_text(text) for name, text in reversed(texts.items())}
    print(f"{len(texts)} reports; in the opposite order {sum(plain[n] == last[n] for n in texts)} the same")
    for change in asked.changes or CHANGES:
        kept: dict[str, list[str]] = {}
        moves: dict[str, float] = {}
        for name, text in texts.items():
            before, after = told(plain[name], change), told(whole.analyze(changed(change, text)))
            for what, said in before.items():
                if said != after[what]:
                    kept.setdefault(what, []).append(name)
            if before["score"] != after["score"]:
                known = before["score"] is not None and after["score"] is not None
                moves[name] = after["score"] - before["score"] if known else float("nan")
        print(_line(change, len(texts), kept, moves), flush=True)
    return 0


def _line(change: str, count: int, moved: dict[str, list[str]], moves: dict[str, float]) -> str:
    same = ", ".join(
        f"{what} {count - len(moved.get(what, []))}" for what in ("score", "findings", "sections", "problems")
    )
    ordered = sorted(moves, key=lambda name: -abs(moves[name]))
    others = sorted({name for names in moved.values() for name in names} - set(moves))
    line = f"{change}: the same in {same}"
    if moves:
        line += "; scores move " + ", ".join(f"{name} {moves[name]:+.1f}" for name in ordered)
    if others:
        line += f"; else {', '.join(others)}"
    return line


if __name__ == "__main__":
    sys.exit(main())
