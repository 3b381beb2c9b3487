"""What a whole batch takes, by its size."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import batch
from benchmarks.starts import used
from benchmarks.submissions import make
from benchmarks.tables import Table


def growth(plain: Sequence[int], mixed: Sequence[int]) -> list[Table]:
    """Return what batches of so many made-up submissions take.

    Parameters
    ----------
    plain : sequence of int
        Sizes of batches of .txt.
    mixed : sequence of int
        Sizes of batches of .docx, .pdf and .txt by turns.
    """
    table = Table(
        "Whole batch, by size",
        [
            "files",
            "form",
            "by the clock, s",
            "files/s",
            "processor, ms a file",
            "MB, main process",
            "MB, largest worker",
        ],
        notes=[
            "`shuping batch` with workbook, pages, duplicates and two years, as `benchmarks.batch` runs it; "
            "two in a hundred files are broken.",
            "Cost a file stays level where work grows with the number of files and no faster.",
        ],
    )
    for only_text, sizes in ((True, plain), (False, mixed)):
        for size in sizes:
            with tempfile.TemporaryDirectory() as scratch:
                folder = Path(scratch)
                make(folder, size, only_text=only_text)
                before = used()
                seconds, parent, worker = batch._run(folder)
                each = 1000 * (used() - before) / size
            table.rows.append(
                [
                    f"{size:,}",
                    ".txt" if only_text else ".docx, .pdf, .txt",
                    f"{seconds:.1f}",
                    f"{size / seconds:.1f}",
                    f"{each:.1f}",
                    str(parent),
                    str(worker),
                ]
            )
    return [table]
