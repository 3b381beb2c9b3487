"""A thousand made-up submissions: mosaics of the corpus, planted copies, two years of a unit, broken files.

A mosaic takes each sentence of a section from another report of the corpus, so that no two mosaics share
more than a few: as texts they make no sense, as load they are like real ones.  Made of whole paragraphs, some
would share a third by chance, and the more the more there are: what grew would be their likeness.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docx import Document

from analyzer.training.corpus import corpus
from analyzer.trends.simulation import ENDS, PLACES, REGIONS
from tests.reading import hostile, making

HEADINGS = {
    "duties": "一、履行抓基层党建工作责任情况",
    "problems": "二、存在的主要问题和原因",
    "plans": "三、下一步工作打算",
}
PARAGRAPHS = {"preface": (1, 1), "duties": (6, 10), "problems": (3, 5), "plans": (3, 5)}
KINDS = {"镇": "乡镇", "街道": "街道", "村": "村", "社区": "社区", "小学": "中小学"}
FIGURE = re.compile(r"\d+")
SENTENCE = re.compile(r"[^。]+。?")


@dataclass
class Truth:
    """What was planted."""

    copies: list[tuple[str, str, float]] = field(default_factory=list)
    years: list[tuple[str, str]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """One made-up report."""

    region: str
    unit: str
    year: int
    paragraphs: list[str]

    @property
    def stem(self) -> str:
        """Its name without suffix, which says region, unit and year."""
        return f"{self.region}/{self.unit}-{self.year}"


def make(folder: Path, count: int = 1000, *, only_text: bool = False, seed: int = 7) -> Truth:
    """Write the submissions, a manifest beside them, and return what was planted.

    Parameters
    ----------
    folder : Path
        Receives ``in/REGION/UNIT-YEAR.SUFFIX``, ``manifest.csv`` and ``truth.json``.
    count : int
        Files in all; of a thousand, 20 are broken, 15 are copies and 10 have a report of the year before.
    only_text : bool
        All as .txt instead of .docx, .pdf and .txt by turns.
    """
    chance = random.Random(seed)
    pool = _pool()
    truth = Truth()
    broken, copies, years = (max(1, round(count * share / 1000)) for share in (20, 15, 10))
    plain = count - broken - copies - years
    units = _units(plain + copies, chance)
    reports = [_mosaic(region, unit, 2025, pool, chance) for region, unit in units[:plain]]
    for number, (region, unit) in enumerate(units[plain:]):
        original = reports[number * 3]
        share = 0.60 + 0.38 * number / max(1, copies - 1)
        made, share = _copy(original, region, unit, share, pool, chance)
        reports.append(made)
        truth.copies.append((original.stem, made.stem, share))
    for original in reports[1 : 3 * years : 3]:
        reports.append(_year_before(original, pool, chance))
        truth.years.append((reports[-1].stem, original.stem))
    inside = folder / "in"
    for number, report in enumerate(reports):
        suffix = ".txt" if only_text else (".docx", ".docx", ".txt", ".pdf")[number % 4]
        path = inside / f"{report.stem}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_file(report, suffix))
    truth.broken = _broken(inside, broken)
    _manifest(folder / "manifest.csv", reports)
    (folder / "truth.json").write_text(json.dumps(truth.__dict__, ensure_ascii=False, indent=1), "utf-8")
    return truth


def _pool() -> dict[str, list[str]]:
    """Return the corpus's paragraphs by section."""
    pool: dict[str, list[str]] = defaultdict(list)
    for report in corpus():
        for section in report.gold["sections"]:
            start, end = report.raw[section["first"] - 1][0], report.raw[section["last"] - 1][1]
            pool[section["type"]] += [
                line.strip() for line in report.text[start:end].splitlines() if 40 < len(line.strip()) < 700
            ]
    return pool


def _units(count: int, chance: random.Random) -> list[tuple[str, str]]:
    names = [f"{place}{end}{kind}" for place in PLACES for end in ENDS for kind in KINDS]
    units = [(region, name) for region in REGIONS for name in names]
    chance.shuffle(units)
    return (
        units[:count]
        if count <= len(units)
        else units + [(a, b + "第二") for a, b in units][: count - len(units)]
    )


def _mosaic(region: str, unit: str, year: int, pool: dict[str, list[str]], chance: random.Random) -> Report:
    paragraphs = [f"{region}{unit}党组织书记{year}年度抓基层党建工作述职报告"]
    for section, (least, most) in PARAGRAPHS.items():
        if section in HEADINGS:
            paragraphs.append(HEADINGS[section])
        paragraphs += _blended(pool[section], chance.randint(least, most), chance)
    return Report(region, unit, year, paragraphs)


def _blended(paragraphs: list[str], count: int, chance: random.Random) -> Iterator[str]:
    """Yield paragraphs that begin as one of the corpus does and go on with sentences of others."""
    for paragraph in chance.sample(paragraphs, count):
        first, *others = SENTENCE.findall(paragraph)
        yield first + "".join(chance.choice(SENTENCE.findall(chance.choice(paragraphs))) for _ in others)


def _copy(
    original: Report, region: str, unit: str, share: float, pool: dict[str, list[str]], chance: random.Random
) -> tuple[Report, float]:
    """Return a copy with unit, year and some figures swapped, and the share of wording that is the same."""
    body = [
        (number, sentence)
        for number, paragraph in enumerate(original.paragraphs)
        for sentence in SENTENCE.findall(paragraph)
    ]
    total = sum(len(sentence) for _, sentence in body)
    own = [
        sentence
        for section in PARAGRAPHS
        for text in pool[section]
        for sentence in re.findall(r"[^。]+。", text)
    ]
    swapped = 0
    order = [place for place in range(len(body)) if len(body[place][1]) > 25]
    chance.shuffle(order)
    for place in order:
        number, sentence = body[place]
        if swapped + len(sentence) > (1 - share) * total:
            continue
        other = chance.choice(own)
        body[place] = number, other
        swapped += len(sentence)
    paragraphs = [""] * len(original.paragraphs)
    for number, sentence in body:
        paragraphs[number] += sentence
    paragraphs = [
        FIGURE.sub(lambda match: str(int(match[0]) + 1) if len(match[0]) < 4 else match[0], paragraph)
        for paragraph in paragraphs
    ]
    paragraphs[0] = f"{region}{unit}党组织书记2025年度抓基层党建工作述职报告"
    return Report(region, unit, 2025, paragraphs), round(1 - swapped / total, 3)


def _year_before(report: Report, pool: dict[str, list[str]], chance: random.Random) -> Report:
    """Return the same unit's report of the year before, one of whose problems came back."""
    before = _mosaic(report.region, report.unit, report.year - 1, pool, chance)
    start = report.paragraphs.index(HEADINGS["problems"]) + 1
    at = before.paragraphs.index(HEADINGS["problems"]) + 1
    before.paragraphs[at] = report.paragraphs[start]
    return before


def _file(report: Report, suffix: str) -> bytes:
    if suffix == ".txt":
        return "\n".join(report.paragraphs).encode("gb18030" if len(report.unit) % 2 else "utf-8", "replace")
    if suffix == ".pdf":
        return making.set_in_type(report.paragraphs)
    document = Document()
    for paragraph in report.paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _broken(folder: Path, count: int) -> list[str]:
    """Write that many broken files, and return their names."""
    scratch = folder.parent / "hostile"
    scratch.mkdir()
    made = [path for path, _ in hostile.build(scratch) if path.parent == scratch and len(path.name) < 100]
    files = [path for path in made if path.is_file() and path.stat().st_size < 1 << 20]
    files = [path for path in files if path.suffix in (".docx", ".pdf", ".txt")]
    files = list({path.read_bytes(): path for path in files}.values())  # of twins a batch reads one
    chosen = files[:: max(1, len(files) // count)][:count]
    target = folder / "坏文件"
    target.mkdir()
    for path in chosen:
        path.rename(target / path.name)
    return [f"坏文件/{path.name}" for path in chosen]


def _manifest(path: Path, reports: list[Report]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["单位", "单位类型", "地区", "年度"])
        for report in reports:
            kind = next(kind for end, kind in KINDS.items() if end in report.unit)
            rows.writerow([report.unit, kind, report.region, report.year])
        rows.writerow(["无名镇", "乡镇", REGIONS[0], 2025])


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), int(sys.argv[2]), only_text="--text" in sys.argv)
    print(f"{len(made.copies)} copies, {len(made.years)} pairs of years, {len(made.broken)} broken files")
