"""The bill of materials names what a plain install is made of, and under which licences."""

from __future__ import annotations

import json
import subprocess
import sys

from ..conftest import ROOT

SCRIPT = ROOT / "scripts" / "bill_of_materials.py"


def printed(*args):
    done = subprocess.run([sys.executable, SCRIPT, *args], check=True, capture_output=True, encoding="utf-8")
    return done.stdout


def test_the_bill_names_each_package_once_with_its_licence():
    bill = json.loads(printed())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    names = [part["name"].lower() for part in bill["components"]]
    assert len(names) == len(set(names))
    assert {"numpy", "spacy", "click"} <= set(names)
    assert not {"torch", "pytest", "hypothesis"} & set(names)
    assert all(part["licenses"] and part["version"] for part in bill["components"])


def test_no_licence_forbids_passing_the_program_on():
    # GPL and AGPL would bind who passes on the whole; MPL binds changes to its own files only.
    assert not [line for line in printed("--licences").splitlines() if "GPL" in line]
