"""Peers in a folder of their own: one environment for those of pip, one for those of npm."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.peers import Peer

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
FOLDER = ROOT / ".cache" / "peers"
_PATIENCE = 600  # seconds for one install


class MissingError(Exception):
    """A peer cannot be had; says why."""


class Peers:
    """Starts peers, and installs what is missing.

    Parameters
    ----------
    folder : Path
        Where they are or shall be; nothing outside of it is touched.
    install : bool
        Whether what is missing may be fetched from PyPI and npm.
    any_ : bool
        Whether peers are wanted at all.
    """

    def __init__(self, folder: Path, *, install: bool = True, any_: bool = True) -> None:
        self._any = any_
        self._python = folder / "python"
        self._modules = folder / "node" / "node_modules"
        self._install = install
        self._had: dict[tuple[str, ...], str] = {}

    def command(self, peer: Peer, items: Path) -> list[str]:
        """Return what starts a peer's driver on a file of items.

        Raises
        ------
        MissingError
            Where it cannot be had.
        """
        if not peer.needs:
            return [sys.executable, "-m", "benchmarks.peers.driver", peer.work, str(items)]
        reason = self._had.get(peer.needs)
        if reason is None:
            reason = self._had[peer.needs] = self._get(peer)
        if reason:
            raise MissingError(f"{peer.name}: skipped, {reason}")
        if peer.is_of_node:
            driver, work = HERE / "driver.mjs", HERE / peer.work
            return ["node", str(driver), str(work), str(items), str(self._modules)]
        return [self._interpreter(), "-m", "benchmarks.peers.driver", peer.work, str(items)]

    def _get(self, peer: Peer) -> str:
        """Install a peer where it is missing; return what stands in the way, nothing where all is well."""
        if not self._any:
            return "as asked for"
        if self._is_there(peer):
            return ""
        if not self._install:
            return "not installed"
        try:
            if peer.is_of_node:
                if not shutil.which("npm"):
                    return "no npm here"
                self._modules.parent.mkdir(parents=True, exist_ok=True)
                asked = ["npm", "install", "--silent", "--no-audit", "--no-fund"]
                _run([*asked, "--prefix", str(self._modules.parent), *peer.needs])
            else:
                if not self._python.exists():
                    venv.create(self._python, with_pip=True)
                asked = [self._interpreter(), "-m", "pip", "install", "--quiet"]
                _run([*asked, "--disable-pip-version-check", *peer.needs])
        except (OSError, subprocess.SubprocessError) as reason:
            return f"cannot be installed ({_last_words(reason)})"
        return ""

    def _is_there(self, peer: Peer) -> bool:
        if peer.is_of_node:
            wanted = (need.rpartition("@") for need in peer.needs)
            return all(_version(self._modules / name) == version for name, _, version in wanted)
        asked = "import sys, importlib.metadata as m; sys.exit(m.version(sys.argv[1]) != sys.argv[2])"
        name, _, version = peer.needs[0].partition("==")
        try:
            _run([self._interpreter(), "-c", asked, name, version])
        except (OSError, subprocess.SubprocessError):
            return False
        return True

    def _interpreter(self) -> str:
        return str(self._python / ("Scripts" if sys.platform == "win32" else "bin") / "python")


def _version(module: Path) -> str:
    try:
        return str(json.loads((module / "package.json").read_text("utf-8"))["version"])
    except OSError:
        return ""


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=_PATIENCE)


def _last_words(reason: Exception) -> str:
    said = getattr(reason, "stderr", None) or str(reason)
    lines = [line.strip() for line in str(said).splitlines() if line.strip()]
    return lines[-1][:160] if lines else type(reason).__name__
