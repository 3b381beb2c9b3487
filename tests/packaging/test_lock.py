"""The lock file holds the versions that every install here keeps to, and what their files must be."""

from __future__ import annotations

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ..conftest import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?: ;[^\\]*)?(?: \\)?$", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text("utf-8")
    return {canonicalize_name(package): version for package, version in PIN.findall(text)}


def test_lock_and_constraints_agree():
    assert pins("locked.txt") == pins("constraints.txt")
    assert len(pins("locked.txt")) > 100


def test_every_version_has_the_hashes_of_its_files_and_nothing_else_is_said():
    entries = re.sub(r" \\\n\s+", " ", (ROOT / "locked.txt").read_text("utf-8")).splitlines()
    told = [each for each in entries if not each.startswith("#")]
    assert len(told) == len(pins("locked.txt"))
    for each in told:  # no address of an index, no option
        assert re.fullmatch(r"[a-z0-9-]+==[^\s/]+( ;[^/]*?)?( --hash=sha256:[0-9a-f]{64})+", each), each[:80]


def test_what_the_project_asks_for_is_locked_at_a_version_that_will_do():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = pins("locked.txt")
    for text in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        wanted = Requirement(text)
        if wanted.name != project["name"]:
            assert wanted.specifier.contains(locked[canonicalize_name(wanted.name)]), text
