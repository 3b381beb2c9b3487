"""A wheel built from the tree works where the tree is not."""

from __future__ import annotations

import configparser
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from ..conftest import ROOT

pytestmark = pytest.mark.slow

REPORT = ROOT / "corpora" / "w6" / "w6-05.txt"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with the wheel and the source release."""
    out = tmp_path_factory.mktemp("build")
    release(out)
    return out


def release(out, **how):
    """Build as for a release, and return what is printed."""
    script = ROOT / "scripts" / "release.py"
    done = subprocess.run(
        [sys.executable, script, out], check=True, capture_output=True, encoding="utf-8", **how
    )
    return done.stdout


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


def test_what_is_built_again_is_the_same_byte_for_byte(built, tmp_path):
    printed = release(tmp_path, umask=0o077, env={**os.environ, "TZ": "Asia/Shanghai", "LC_ALL": "C"})
    names = sorted(path.name for path in built.iterdir())
    assert [Path(name).suffix for name in names] == [".whl", ".gz"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in names:
        data = (tmp_path / name).read_bytes()
        assert data == (built / name).read_bytes(), name
        assert f"{hashlib.sha256(data).hexdigest()}  {name}\n" in printed


def test_the_source_release_says_nothing_of_who_built_it_and_when(built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        members = archive.getmembers()
    assert [each.name for each in members] == sorted(each.name for each in members)
    told = {(each.mtime, each.uid, each.gid, each.uname, each.gname) for each in members}
    assert told == {(1577836800, 0, 0, "", "")}
    assert {each.mode for each in members} == {0o644, 0o755}


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
