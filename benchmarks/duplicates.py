"""How well and how fast copies are found: every figure of docs/batch.md on them.

``python -m benchmarks.duplicates [--texts DIR] [--reports N …] [corpora]`` prints, from the root of the tree:

1. the overlap of all pairs of reports by different authors, also without what was learned from these authors;
2. recall and error of planted copies, by how much was left of the source;
3. time and memory of signatures and of the search, for synthetic sets of N reports.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

from analyzer.duplicates import wording
from analyzer.duplicates.alignment import Prepared, compare, prepare
from analyzer.duplicates.finding import find, signature
from analyzer.duplicates.learn import read_corpus
from analyzer.duplicates.normal import LEXICON
from analyzer.lexicons import table
from tests.duplicates.planting import Planted, plant

LEVELS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4)
BINS = ((0.95, 1.01), (0.8, 0.95), (0.7, 0.8), (0.6, 0.7), (0.5, 0.6))
MARGIN = 0.05


def independent(by_author: dict[str, list[str]]) -> None:
    """Print the highest overlaps of reports by different authors."""
    for learned in (True, False):
        if not learned:
            # Nothing learned from the corpus: the wording of the genre counts as everybody's own.
            wording.learned = cache(lambda: wording.NOTHING)
        texts = [(author, prepare(text)) for author, held in by_author.items() for text in held]
        found = sorted(
            (compare(x, y)[0] for (a, x), (b, y) in combinations(texts, 2) if a != b), reverse=True
        )
        threshold = table(LEXICON)["levels"]["report"]
        print(
            f"{'with' if learned else 'without'} learned runs: {len(found)} pairs of different authors, "
            f"highest {', '.join(f'{each:.3f}' for each in found[:5])}; "
            f"over 0.3: {sum(each >= 0.3 for each in found)}, over {threshold}: "
            f"{sum(each >= threshold for each in found)}"
        )
    wording.learned = LEARNED


def planted(by_author: dict[str, list[str]], copies: int) -> None:
    """Print how many planted copies are found among all reports, and how far off their overlap is."""
    rng = random.Random(1921)
    texts = [text for held in by_author.values() for text in held]
    authors = [author for author, held in by_author.items() for _ in held]
    signatures = [signature(text) for text in texts]
    rows = []
    for part in (1.0, 0.5):
        for replaced in LEVELS:
            for number in rng.sample(range(len(texts)), copies):
                donors = [texts[k] for k in range(len(texts)) if authors[k] != authors[number]]
                copy = plant(texts[number], rng.sample(donors, 6), replaced, rng, part)
                a, b = prepare(texts[number]), prepare(copy.text)
                if min(a.own_letters, b.own_letters) < table(LEXICON)["wording"]["least"]:
                    continue
                whole = [*texts, copy.text]
                pairs = find(
                    [*signatures, signature(copy.text)],
                    whole.__getitem__,
                    [*(f"{k:03}" for k in range(len(texts))), "copy"],
                )
                pair = next((pair for pair in pairs if (pair.a, pair.b) == (f"{number:03}", "copy")), None)
                true = truth(a, b, copy)
                rows.append((true, compare(a, b)[0] - true, pair is not None))
    for low, high in BINS:
        held = [row for row in rows if low <= row[0] < high]
        errors = [abs(error) for _, error, _ in held]
        print(
            f"left {low:.2f}–{min(high, 1):.2f}: {len(held)} copies, found {sum(row[2] for row in held)}; "
            f"error mean {statistics.mean(errors):.3f}, largest {max(errors):.3f}, "
            f"beyond {MARGIN}: {sum(each > MARGIN for each in errors)}"
        )


def truth(a: Prepared, b: Prepared, copy: Planted) -> float:
    """Return the share of the shorter text's own wording that was left."""
    short, spans = (a, copy.of_source) if a.own_letters < b.own_letters else (b, copy.of_copy)
    return float((short.normal.inside(list(spans)) & short.own).sum() / short.own_letters)


def scale(texts: list[str], reports: int) -> None:
    """Print what a set of so many reports takes: words in new order, one sentence in ten kept."""
    rng = random.Random(reports)
    signatures: list[bytes] = []
    kept: dict[int, str] = {}
    spent = 0.0
    every = max(1, reports // 15)
    for number, text in enumerate(_synthetic(texts, reports, rng)):
        if number % every == 1 and number > 1:
            text = kept[number - 1]
        if number % every in (0, 1):
            kept[number] = text
        begun = time.process_time()
        signatures.append(signature(text))
        spent += time.process_time() - begun
    before = _memory()
    begun = time.process_time()
    asked: Counter[int] = Counter()

    def text_of(number: int) -> str:
        asked[number] += 1
        return kept.get(number, "")

    pairs = sum(1 for _ in find(signatures, text_of, [f"{k:06}" for k in range(reports)]))
    searched = time.process_time() - begun
    print(
        f"{reports} reports: signature {1000 * spent / reports:.2f} ms and "
        f"{sum(map(len, signatures)) / reports / 1000:.1f} kB each; search {searched:.2f} s "
        f"({1000 * searched / reports:.3f} ms each), {pairs} pairs, {sum(asked.values())} texts asked for; "
        f"memory {before} MB before the search, at most {_memory()} MB in it"
    )


def _synthetic(texts: list[str], reports: int, rng: random.Random) -> Iterator[str]:
    sentences = [line for text in texts for line in text.replace("。", "。\n").split("\n") if len(line) > 10]
    words = [line[at : at + 2] for line in sentences for at in range(0, len(line) - 2, 2)]
    for _ in range(reports):
        yield "\n".join(
            rng.choice(sentences) if rng.random() < 0.1 else "".join(rng.choices(words, k=20)) + "。"
            for _ in range(45)
        )


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


LEARNED = wording.learned


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="?", type=Path, default=Path("corpora"))
    parser.add_argument(
        "--texts", type=Path, help="a folder of further reports, each by an author of its own"
    )
    parser.add_argument("--reports", type=int, nargs="*", default=[1000, 20000])
    parser.add_argument("--copies", type=int, default=60, help="planted for each level")
    given = parser.parse_args()
    by_author = read_corpus(given.corpora)
    for path in sorted(given.texts.rglob("*.txt")) if given.texts else ():
        by_author[path.name] = [path.read_text("utf-8-sig")]
    texts = [text for held in by_author.values() for text in held]
    for reports in given.reports:
        scale(texts, reports)
    planted(by_author, given.copies)
    independent(by_author)


if __name__ == "__main__":
    main()
