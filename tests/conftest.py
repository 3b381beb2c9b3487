"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

import analyzer as package

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The source tree."""
    return ROOT


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The annotated corpus."""
    return ROOT / "corpora"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the tree with texts that are no part of the project."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared here")
    return folder


@pytest.fixture(scope="session")
def analyzer():
    """The analyzer with default settings and the shipped models."""
    return package.load()
