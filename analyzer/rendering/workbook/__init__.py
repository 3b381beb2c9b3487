"""The workbook of many reports: what an inspector ranks and works from."""

from analyzer.rendering.workbook.book import Book, Failure, Foreign, Missing, Repeat
from analyzer.rendering.workbook.write import write_workbook

__all__ = ["Book", "Failure", "Foreign", "Missing", "Repeat", "write_workbook"]
