"""What the libraries for near-duplicates are given: as their guides advise for texts without spaces."""

from __future__ import annotations

PERMUTATIONS = 128
# Of Jaccard similarity, which is lower than overlap: two texts of one length that share half have a third.
THRESHOLD = 0.3
BANDS = 64  # of two each: one pair in 400 at the threshold is missed
_SIZE = 5


def shingled(text: str) -> list[str]:
    """Return the runs of five characters of a text without its white space, each once."""
    bare = "".join(text.split())
    return sorted({bare[at : at + _SIZE] for at in range(len(bare) - _SIZE + 1)})
