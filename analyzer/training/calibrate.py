"""Calibrate the prices to a department's own experts: ``shuping calibrate``."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analyzer.batch.outputs import written
from analyzer.config import Settings
from analyzer.errors import ShupingError, error
from analyzer.pipeline import Analyzer
from analyzer.reading import read
from analyzer.rules.places import letters
from analyzer.scoring.rubric import prior
from analyzer.training.experts import LEAST, Opinion, read_opinions
from analyzer.training.pricing import Fit, Scored, fit_prices
from analyzer.training.study import Study, page, study

PRICES, STUDY, SCORES = "prices.toml", "study.html", "scores.csv"
_LEAST_GROUPS = 2


@dataclass(frozen=True, slots=True)
class _Read:
    """A report that an expert has scored and the program would."""

    opinion: Opinion
    scored: Scored
    letters: int


def calibrate(
    table: Path,
    folder: Path,
    settings: Settings,
    failed: Callable[[ShupingError], None] = lambda _: None,
    watched: Callable[[Iterator[Opinion], int], Iterator[Opinion]] = lambda opinions, _: opinions,
) -> Study:
    """Fit prices to the experts' scores of a table and write prices, study and scores into a folder.

    Parameters
    ----------
    table : Path
        As `read_opinions` reads it.
    folder : Path
    settings : Settings
        What the reports are analysed by; its prices are where nothing starts.
    failed : callable
        Told of each report that cannot be read or scored; the others go on.
    watched : callable
        Takes the opinions and their number and gives them back one by one, to show how far it is.

    Raises
    ------
    ShupingError
        Code ``scores`` where the table is wrong, ``few-scores`` where too few reports are left of it, or
        ``output`` where the folder cannot be written to.
    """
    opinions = read_opinions(table)
    reports = _read_all(watched(iter(opinions), len(opinions)), Analyzer(settings), failed)
    scored = [report.scored for report in reports]
    if len(scored) < LEAST or len({entry.group for entry in scored}) < _LEAST_GROUPS:
        raise error("few-scores", table, found=len(scored), least=LEAST)
    fit = fit_prices(scored)
    done = study(
        scored,
        fit,
        [report.opinion.unit_type for report in reports],
        [report.letters for report in reports],
    )
    name = hashlib.sha256(table.read_bytes()).hexdigest()[:8]
    source = f"由 shuping calibrate 按 {table.name} 中 {len(scored)} 份专家评分定出。"
    for file, text in (
        (PRICES, fit.calibration(name).written(source)),
        (STUDY, page(done, scored, fit)),
        (SCORES, _scores(scored, fit)),
    ):
        with written(folder / file) as handle:
            handle.write(text)
    return done


def _read_all(
    opinions: Iterator[Opinion], analyzer: Analyzer, failed: Callable[[ShupingError], None]
) -> list[_Read]:
    found = []
    for opinion in opinions:
        try:
            document = read(opinion.path)
            lost = analyzer.ledger(document)
            if lost is None:
                raise error("not-scored", opinion.path)
            scored = Scored(opinion.path.name, opinion.group, lost[0], prior(lost[1]), opinion.score)
            found.append(_Read(opinion, scored, letters(document.prose)))
        except ShupingError as failure:
            failed(failure)
    return found


def _scores(scored: list[Scored], fit: Fit) -> str:
    """Return each report's scores as CSV with a mark that tells spreadsheets its encoding."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["文件", "专家", "校准前", "校准后"])
    for entry, before, after in zip(scored, fit.before.tolist(), fit.held_out.tolist(), strict=True):
        writer.writerow([entry.name, f"{entry.score:g}", f"{before:.1f}", f"{after:.1f}"])
    return "\ufeff" + table.getvalue()
