"""A wheel built from the tree works where the tree is not."""

from __future__ import annotations

import configparser
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from ..conftest import ROOT

pytestmark = pytest.mark.slow

REPORT = ROOT / "corpora" / "w6" / "w6-05.txt"
SCRATCH = shutil.ignore_patterns(
    ".git", ".venv*", ".*_cache*", ".hypothesis", "*.egg-info", "build", "dist", "out", "__pycache__"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with the wheel and the source release."""
    return build(tmp_path_factory.mktemp("build"), "--wheel", "--sdist")


def build(folder, *kinds):
    # A copy, because a build leaves its traces in the tree.
    tree = shutil.copytree(ROOT, folder / "tree", ignore=SCRATCH)
    out = folder / "dist"
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", *kinds, "--outdir", out, tree],
        check=True,
        capture_output=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1577836800"},
    )
    return out


@pytest.fixture(scope="module")
def wheel(built):
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Run Python elsewhere with the wheel installed, beside the dependencies of this environment."""
    target = tmp_path_factory.mktemp("site")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--target",
            target,
            wheel,
        ],
        check=True,
    )

    def run(*args):
        return subprocess.run(
            [sys.executable, *map(str, args)],
            cwd=target.parent,
            env={**os.environ, "PYTHONPATH": str(target)},
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout

    assert run("-c", "import analyzer; print(analyzer.__file__)").startswith(str(target))
    return run


def test_every_package_is_named_in_setup_cfg():
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    named = config["options"]["packages"].split()
    found = {
        ".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "analyzer").rglob("__init__.py")
    }
    assert sorted(named) == sorted(found | {"analyzer.models"})


def test_the_wheel_holds_the_package_with_its_data_and_models_and_nothing_else(wheel):
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = {
        str(path.relative_to(ROOT).as_posix())
        for path in (ROOT / "analyzer").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    models = {
        f"analyzer/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "models").rglob("*")
        if path.is_file()
    }
    assert {"analyzer/models/manifest.json", "analyzer/models/hanlp/spans/model.pt"} <= models
    assert held == package | models


def test_a_wheel_built_again_is_the_same_byte_for_byte(wheel, tmp_path):
    again = next(build(tmp_path, "--wheel").glob("*.whl"))
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_the_source_release_can_be_tested_and_retrained(built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        inside = {Path(*Path(name).parts[1:]).as_posix() for name in archive.getnames()}
    for path in ("models/manifest.json", "corpora/w1/w1-01.json", "tests/conftest.py", "Makefile", "LICENSE"):
        assert path in inside


def test_it_scores_as_the_tree_does(installed, analyzer):
    given = json.loads(installed("-m", "analyzer", "score", REPORT, "--format", "json"))
    assert given == json.loads(json.dumps(analyzer.analyze_file(REPORT).to_dict()))


def test_it_has_its_pages_rules_and_schema(installed):
    assert "<html" in installed("-m", "analyzer", "score", REPORT, "--format", "html")
    assert "placeholder" in installed("-m", "analyzer", "rules")
    assert "$schema" in json.loads(installed("-m", "analyzer", "schema"))


def test_it_makes_a_store(installed, tmp_path):
    path = tmp_path / "a.db"
    assert "留痕 0 条" in installed("-m", "analyzer", "store", "init", "--store", path)
    assert path.is_file()
