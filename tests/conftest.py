"""What all tests share."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium driven by playwright."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    # Not for the whole session: while it runs, no other event loop can.
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def analyzer():
    """The analyzer with default settings and the shipped models."""
    return package.load()
