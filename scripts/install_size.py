"""Measure what a plain install takes: `pip install .` in a fresh environment, its size, no torch in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIMIT = 900  # megabytes
LEFT_OUT = (".*", "corpora", "build", "dist", "out", "*.egg-info", "__pycache__")
UNWANTED = {"torch", "tensorflow", "transformers"}


def main() -> int:
    """Install, measure, print; return 1 where the install is too large or holds a framework."""
    with tempfile.TemporaryDirectory() as scratch:
        # A build inside the tree would leave, and next time pick up, what it made before.
        source = shutil.copytree(ROOT, Path(scratch, "source"), ignore=shutil.ignore_patterns(*LEFT_OUT))
        folder = Path(scratch, "venv")
        venv.create(folder, with_pip=True)
        python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
        pip = [python, "-m", "pip", "--disable-pip-version-check"]
        subprocess.run(
            [*pip, "install", "--quiet", "--constraint", ROOT / "constraints.txt", source], check=True
        )
        frozen = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True).stdout
        size = sum(path.lstat().st_size for path in folder.rglob("*"))
    names = {line.split("==")[0].split(" @ ")[0].lower() for line in frozen.splitlines()}
    megabytes = round(size / 1e6)
    version = ".".join(map(str, sys.version_info[:2]))
    print(f"Python {version}: {len(names)} packages, {megabytes} MB (limit {LIMIT} MB)")
    found = sorted(names & UNWANTED)
    if found:
        print("unwanted:", ", ".join(found))
    return int(bool(found) or megabytes > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
