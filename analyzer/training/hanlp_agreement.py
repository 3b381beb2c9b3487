"""How well found stretches agree with marked ones: exactly, by touching, by character."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from analyzer.language.windows import Stretch
from analyzer.training.agreement import f1, ratio

Figures = dict[str, float]


class StretchAgreement:
    """Counts over texts, by label.

    A found stretch touches where it shares a character with a marked one of its label.
    """

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}

    def add(self, marked: Sequence[Stretch], found: Sequence[Stretch]) -> None:
        """Count what was marked and what was found in one text; stretches of one label do not overlap."""
        for label in {stretch.label for stretch in (*marked, *found)}:
            counts = self._counts.setdefault(label, Counter())
            gold = [stretch for stretch in marked if stretch.label == label]
            guess = [stretch for stretch in found if stretch.label == label]
            inside, told = _characters(gold), _characters(guess)
            counts["gold"] += len(gold)
            counts["guess"] += len(guess)
            counts["same"] += len(set(gold) & set(guess))
            counts["gold_touched"] += sum(not told.isdisjoint(range(s.start, s.end)) for s in gold)
            counts["guess_touching"] += sum(not inside.isdisjoint(range(s.start, s.end)) for s in guess)
            counts["gold_characters"] += len(inside)
            counts["guess_characters"] += len(told)
            counts["same_characters"] += len(inside & told)

    def figures(self) -> dict[str, Figures]:
        """Return the figures of each label; ``all`` counts every label together."""
        together = sum(self._counts.values(), Counter())
        return {name: _figures(counts) for name, counts in [*sorted(self._counts.items()), ("all", together)]}


def _characters(stretches: Iterable[Stretch]) -> set[int]:
    return {at for stretch in stretches for at in range(stretch.start, stretch.end)}


def _figures(counts: Counter[str]) -> Figures:
    precision = ratio(counts["guess_touching"], counts["guess"])
    recall = ratio(counts["gold_touched"], counts["gold"])
    return {
        "marked": counts["gold"],
        "exact_f1": f1(counts["same"], counts["guess"] - counts["same"], counts["gold"] - counts["same"]),
        "overlap_precision": precision,
        "overlap_recall": recall,
        "overlap_f1": ratio(2 * precision * recall, precision + recall),
        "character_f1": f1(
            counts["same_characters"],
            counts["guess_characters"] - counts["same_characters"],
            counts["gold_characters"] - counts["same_characters"],
        ),
    }
