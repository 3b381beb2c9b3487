"""Masks for the names of units and persons: the same name, the same mask."""

from __future__ import annotations

from analyzer.masking.masker import Masker
from analyzer.masking.masks import key_of

__all__ = ["Masker", "key_of"]
