"""Build wheel and source release, the same byte for byte wherever it is done with the same build tools.

``python scripts/release.py [FOLDER]`` writes them to ``dist`` or a folder, and prints their SHA-256.  Nothing
is left in them of when the tree was written and by whom: setuptools keeps to ``SOURCE_DATE_EPOCH`` in wheels
only, so the source release is packed anew.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The date of all files, unless the environment has another: zip archives know none before 1980.
DATE = os.environ.get("SOURCE_DATE_EPOCH", "1577836800")
LEFT_OUT = (".git", ".venv*", ".*_cache*", ".hypothesis", "*.egg-info", "build", "dist", "out", "__pycache__")


def main() -> int:
    """Build, and print what `sha256sum --check` reads."""
    os.umask(0o022)  # wheels keep the rights of files, also of those that setuptools makes
    out = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist")
    for path in build(out):
        print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}")
    return 0


def build(out: Path) -> list[Path]:
    """Write the wheel and the source release to a folder, and return where they are."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        # A build inside the tree would leave, and next time pick up, what it made before.
        ignored = shutil.ignore_patterns(*LEFT_OUT)
        tree = shutil.copytree(ROOT, Path(scratch, "tree"), ignore=ignored, copy_function=_copy)
        made = Path(scratch, "made")
        command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--sdist"]
        command += ["--outdir", str(made), str(tree)]
        subprocess.run(command, check=True, stdout=sys.stderr, env={**os.environ, "SOURCE_DATE_EPOCH": DATE})
        for path in made.glob("*.tar.gz"):
            path.write_bytes(packed(path.read_bytes()))
        return [Path(shutil.copyfile(path, out / path.name)) for path in sorted(made.iterdir())]


def packed(data: bytes) -> bytes:
    """Return a .tar.gz with the same files in order of name, of one date and nobody's."""
    plain = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(data)) as given,
        tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as made,
    ):
        for member in sorted(given.getmembers(), key=lambda each: each.name):
            clean = tarfile.TarInfo(member.name)
            clean.size, clean.type, clean.mtime = member.size, member.type, int(DATE)
            clean.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            made.addfile(clean, given.extractfile(member))
    return gzip.compress(plain.getvalue(), mtime=int(DATE))


def _copy(source: str, target: str) -> None:
    """Copy a file, of whose rights only that to run it counts."""
    shutil.copyfile(source, target)
    Path(target).chmod(0o755 if os.access(source, os.X_OK) else 0o644)


if __name__ == "__main__":
    sys.exit(main())
