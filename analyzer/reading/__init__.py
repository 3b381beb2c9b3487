"""Bytes to Document: one module a format; limits and hostile files are dealt with here."""

from __future__ import annotations

from analyzer.reading.document import Document, Paragraph
from analyzer.reading.limits import Limits
from analyzer.reading.reader import SUFFIXES, load, read, read_bytes, read_text

__all__ = ["SUFFIXES", "Document", "Limits", "Paragraph", "load", "read", "read_bytes", "read_text"]
