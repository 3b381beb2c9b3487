"""Learn which runs of characters belong to the genre: what several authors of the corpus share.

``python -m analyzer.duplicates.learn [corpora]`` writes the file anew, the same bytes for the same corpus.
Only hashes are kept, no text.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from analyzer.duplicates.normal import LEXICON, normal_form
from analyzer.duplicates.shingles import Hashes, shingles
from analyzer.duplicates.wording import LEARNED
from analyzer.lexicons import table


def common_runs(by_author: Mapping[str, Sequence[str]], authors: int, size: int) -> Hashes:
    """Return the sorted hashes of runs that at least so many authors have.

    Parameters
    ----------
    by_author : mapping of str to sequence of str
        The texts of each author: who says something in every report still is one.
    authors, size : int
        How many must share a run of how many characters.
    """
    own = [
        np.unique(np.concatenate([shingles(normal_form(text).codes(), size) for text in texts]))
        for texts in by_author.values()
        if texts
    ]
    if not own:
        return np.empty(0, np.uint32)
    hashes, counts = np.unique(np.concatenate(own), return_counts=True)
    found: Hashes = hashes[counts >= authors]
    return found


def read_corpus(corpora: Path) -> dict[str, list[str]]:
    """Return the reports of a corpus by author."""
    folders = sorted(folder for folder in corpora.glob("w*") if folder.is_dir())
    return {
        folder.name: [path.read_text("utf-8-sig") for path in sorted(folder.glob("*.txt"))]
        for folder in folders
    }


def main(corpora: Path, output: Path) -> None:
    """Write the file of the package."""
    limits = table(LEXICON)["wording"]
    texts = read_corpus(corpora)
    hashes = common_runs(texts, limits["authors"], limits["shingle"])
    source = f"{sum(map(len, texts.values()))} reports of {len(texts)} authors"
    np.savez_compressed(
        output,
        hashes=hashes,
        source=np.array(source),
        version=np.array(table(LEXICON)["version"]),
        authors=np.array(limits["authors"]),
        shingle=np.array(limits["shingle"]),
    )
    print(f"{output}: {len(hashes)} runs, {source}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "corpora"), Path(__file__).with_name(LEARNED))
