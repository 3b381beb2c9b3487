"""Write ``locked.txt`` anew: the versions of ``constraints.txt``, each with the SHA-256 of every file of it.

``python scripts/lock.py`` after ``make constraints``; needs uv (``pip install uv``) and an index.  No address
of an index gets into it, so that it holds for PyPI and for plain mirrors of it alike.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAD = """\
# The versions of constraints.txt with the SHA-256 of every file of theirs (python scripts/lock.py).
# pip install --require-hashes --no-deps -r locked.txt takes these files and no others.
"""


def main() -> int:
    """Ask the index for the hashes, and write them."""
    command = ["uv", "pip", "compile", "constraints.txt", "--generate-hashes", "--no-deps", "--universal"]
    # The oldest Python that all of them are for (a tool of the extra `dev` asks for it).
    command += ["--python-version", "3.11.5", "--no-header", "--no-annotate", "--quiet"]
    made = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8").stdout
    (ROOT / "locked.txt").write_text(HEAD + made, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
