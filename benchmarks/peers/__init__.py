"""Peers: programs that do part of what this one does, each with what it does and what it does not.

One module a peer.  ``start()`` in it runs in the peer's own environment (`benchmarks.peers.driver`), so
that such a module imports nothing but the standard library, and its peer where it is started.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    """A program to be measured.

    Parameters
    ----------
    name : str
        As tables show it.
    does : str
        What is done in the time that is measured, said beside every figure.
    work : str
        The module whose ``start()`` returns what does it; or the name of a script for node.
    needs : tuple of str
        What pip or npm installs for it, with versions; nothing for this program itself.
    """

    name: str
    does: str
    work: str
    needs: tuple[str, ...] = ()

    @property
    def is_of_node(self) -> bool:
        """Whether npm installs it and node runs it."""
        return self.work.endswith(".mjs")


AUTOCORRECT = Peer(
    "AutoCorrect format",
    "mends spaces between Chinese and Latin or figures; analyses nothing",
    "benchmarks.peers.autocorrect_format",
    ("autocorrect-py==2.14.0",),
)
AUTOCORRECT_LINT = Peer(
    "AutoCorrect lint",
    "lists the lines with such spaces missing; analyses nothing",
    "benchmarks.peers.autocorrect_lint",
    ("autocorrect-py==2.14.0",),
)
ZHLINT = Peer(
    "zhlint",
    "checks punctuation and spaces, default preset; no analysis",
    "zhlint.mjs",
    ("zhlint@0.8.2",),
)
TEXTLINT = Peer(
    "textlint + prh",
    "looks for stand-ins by a dictionary of patterns (`stand-ins.prh.yml`); nothing else",
    "textlint.mjs",
    ("textlint@15.8.0", "textlint-rule-prh@6.1.0"),
)
GONGWEN = Peer(
    "gongwen-skill check",
    "reads a .docx, checks fonts, sizes, margins and headings by GB/T 9704; nothing of what the text says",
    "benchmarks.peers.gongwen",
    ("gongwen-skill==2.15.0",),
)
JIEBA = Peer(
    "jieba",
    "cuts the text into words; the floor of what jieba's users pay",
    "benchmarks.peers.jieba_cut",
    ("jieba==0.42.1",),
)
JIEBA_FAST = Peer(
    "jieba_fast", "cuts the text into words", "benchmarks.peers.jieba_fast_cut", ("jieba_fast==0.53",)
)
RJIEBA = Peer("rjieba", "cuts the text into words", "benchmarks.peers.rjieba_cut", ("rjieba==0.2.2",))
DATASKETCH = Peer(
    "datasketch",
    "MinHash (128) and LSH over characters by five, Jaccard ≥ 0.3; pairs only, not what they share",
    "benchmarks.peers.datasketch_pairs",
    ("datasketch==2.0.0",),
)
RENSA = Peer(
    "rensa",
    "the same in Rust",
    "benchmarks.peers.rensa_pairs",
    ("rensa==0.5.0",),
)

OURS = Peer("shuping", "whole analysis, findings and score of a text", "benchmarks.ours.texts")
OUR_FILES = Peer("shuping", "reads a .docx, whole analysis, findings and score", "benchmarks.ours.files")
OUR_CUT = Peer("shuping's segmenter", "rjieba with the genre's terms", "benchmarks.ours.cut")
OUR_PAIRS = Peer(
    "shuping duplicates",
    "undoes swaps, leaves official wording out, pairs with what they share and where; overlap ≥ 0.5",
    "benchmarks.ours.pairs",
)
OUR_RECHECKS = Peer(
    "shuping", "a draft again after an edit, as the page's process does", "benchmarks.ours.rechecks"
)
