"""Parts of speech: the coarse tags of our own tagger, and the universal ones of any tagger we meet."""

from __future__ import annotations

import unicodedata

# jieba's tags are those of the Peking University corpus; more than the first letter is kept of these.
_KEPT = ("nr", "ns", "nt", "nz", "vn")
_BY_LETTER = {
    **dict.fromkeys("nqtsj", "NOUN"),
    **dict.fromkeys("v", "VERB"),
    **dict.fromkeys("abz", "ADJ"),
    **dict.fromkeys("fp", "ADP"),
    **dict.fromkeys("uy", "PART"),
    **dict.fromkeys("eo", "INTJ"),
    "d": "ADV",
    "m": "NUM",
    "r": "PRON",
    "c": "CCONJ",
    "w": "PUNCT",
}
_EXACT = {
    **dict.fromkeys(("nr", "ns", "nt", "nz", "NR"), "PROPN"),
    **dict.fromkeys(("vn", "NN", "NT", "M"), "NOUN"),
    **dict.fromkeys(("VV", "VE"), "VERB"),
    **dict.fromkeys(("VA", "JJ"), "ADJ"),
    **dict.fromkeys(("P", "LC", "BA", "LB", "SB"), "ADP"),
    **dict.fromkeys(("DEC", "DEG", "DER", "DEV", "SP", "AS", "ETC", "MSP"), "PART"),
    **dict.fromkeys(("CD", "OD"), "NUM"),
    **dict.fromkeys(("IJ", "ON"), "INTJ"),
    "VC": "AUX",
    "AD": "ADV",
    "CC": "CCONJ",
    "CS": "SCONJ",
    "DT": "DET",
    "PN": "PRON",
    "PU": "PUNCT",
}


def coarse(tag: str) -> str:
    """Return what our tagger learns of a tag of jieba's."""
    for kept in _KEPT:
        if tag.startswith(kept):
            return kept
    return "x" if tag in ("eng", "zg") else tag[:1]


def universal(tag: str, word: str) -> str:
    """Return the universal part of speech for a tag of jieba's or of the Chinese Treebank's."""
    if word.isspace():
        return "SPACE"
    if all(unicodedata.category(char)[0] in "PS" for char in word):
        return "PUNCT"
    return _EXACT.get(tag) or _BY_LETTER.get(tag[:1], "X")
