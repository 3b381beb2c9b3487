"""Result dicts made from annotations, spoiled at random."""

from __future__ import annotations

import random
from typing import Any

from analyzer.result import CauseKind, CauseStatus, RemedyStatus, SectionType, Siloed, Stance
from analyzer.training.annotators import as_result
from analyzer.training.corpus import GoldReport


def spoiled(report: GoldReport, seed: int) -> dict[str, Any] | None:
    """A result with some of everything dropped, moved, invented or called by another name; None at times."""
    chance = random.Random(seed)
    if chance.random() < 0.05:
        return None
    result = as_result(report)
    analysis = result["analysis"]
    for key in ("sections", "problems", "two_skins", "placeholders", "vague"):
        kept = [part for part in analysis[key] if chance.random() > 0.2]
        for part in kept:
            if chance.random() < 0.4:
                part["start"] = max(0, part["start"] - chance.randrange(40))
                part["end"] = min(len(report.text), part["end"] + chance.randrange(40))
            part["confidence"] = round(chance.random(), 3)
        analysis[key] = kept
    for section in analysis["sections"]:
        if chance.random() < 0.2:
            section["type"] = chance.choice(list(SectionType)).value
    for problem in analysis["problems"]:
        if chance.random() < 0.3:
            problem["cause"]["status"] = chance.choice(list(CauseStatus)).value
            problem["cause"]["kind"] = chance.choice([*(kind.value for kind in CauseKind), None])
        if chance.random() < 0.3:
            problem["remedy"]["status"] = chance.choice(list(RemedyStatus)).value
    for mention in analysis["two_skins"]:
        if chance.random() < 0.3:
            mention["stance"] = chance.choice(list(Stance)).value
    for _ in range(chance.randrange(3)):
        start = chance.randrange(len(report.text))
        span = {"start": start, "end": start + chance.randrange(1, 60), "confidence": 0.5}
        key = chance.choice(["two_skins", "placeholders", "vague"])
        analysis[key].append({**span, "stance": "admitted"} if key == "two_skins" else span)
    analysis["siloed"] = chance.choice([analysis["siloed"], *(level.value for level in Siloed), None])
    if chance.random() < 0.1:
        result["scorecard"] = None
        return result
    card = result["scorecard"]
    card["overall"] = round(min(100, max(0, card["overall"] + chance.gauss(0, 12))), 1)
    card["grade"] = "A" if card["overall"] >= 90 else chance.choice("BCD")
    for entry in card["dimensions"]:
        entry["score"] = round(min(5, max(0, entry["score"] + chance.gauss(0, 1))), 2)
    return result
