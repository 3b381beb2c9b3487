"""What no request may do: fuzzes the HTTP API by its own specification, and fails on any answer of 5xx.

``python -m benchmarks.api [--minutes 10]`` starts ``shuping serve`` with a user of its own and lets
schemathesis (extra ``dev``) ask, which prints what it found and how to ask it again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

NAME = "fuzzer"
PASSWORD = "nobody else's secret"  # of a server on this computer, for as long as this runs


def main() -> int:
    """Run; return the exit status of schemathesis."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    program = [sys.executable, "-m", "analyzer"]
    with tempfile.TemporaryDirectory() as folder:
        users = ["--users", str(Path(folder, "users.json"))]
        added = [*program, "users", "add", NAME, "--role", "administrator", "--stdin", *users]
        subprocess.run(added, input=PASSWORD, text=True, check=True)
        store = ["--store", str(Path(folder, "store.db"))]
        served = [*program, "serve", "--port", "0", "--no-open", *users, *store]
        with subprocess.Popen(served, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            line = server.stdout.readline()
            try:
                return _fuzz(line[line.index("http") :].split()[0], minutes, folder)
            finally:
                server.terminate()


def _fuzz(where: str, minutes: float, folder: str) -> int:
    tool = str(Path(sys.executable).with_name("schemathesis"))
    asked = [tool, "run", f"{where}api/v1/openapi.json", "--auth", f"{NAME}:{PASSWORD}"]
    asked += ["--checks", "not_a_server_error", "--max-time", str(round(minutes * 60)), "--workers", "2"]
    asked += ["--continue-on-failure", "--request-timeout", "120", "--suppress-health-check", "all"]
    home = os.environ | {"HYPOTHESIS_STORAGE_DIRECTORY": folder}
    return subprocess.run(asked, env=home, check=False, cwd=folder).returncode


if __name__ == "__main__":
    sys.exit(main())
