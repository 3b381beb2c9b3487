"""No regular expression of the package takes longer than its text is long, unless what it sees is bounded."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from benchmarks.patterns.__main__ import may_grow
from benchmarks.patterns.collecting import ROOT
from benchmarks.patterns.proving import growing

GROWING = [
    (r"\d+个", "finditer"),
    (r"\d++个", "finditer"),
    (r"(?<=\d)\d+个", "finditer"),
    (r"\d(?<!a\d)\d*个", "finditer"),
    (r"\d+(?:,\d+)*年", "finditer"),
    (r"“[^”]*”", "finditer"),
    (r"\s+$", "finditer"),
    (r"(?m)^\s*x", "finditer"),
    (r"(?=.*x)a", "finditer"),
    (r"(?:ab)*c", "finditer"),
    (r"[ab](?:b*c)?", "finditer"),
    (r"(?:(?=.*x).)*", "match"),
    (r"a*a*b", "match"),
    (r"(?i)A*a*b", "match"),
    (r"\d*\w*", "fullmatch"),
    (r"(a+)+b", "match"),
    (r"(a|a)*b", "match"),
    (r"(a*)*b", "match"),
    (r"(?:\d{1,3})+x", "match"),
    (r"(?:社区|社|区)*x", "match"),
    (r"(?:x{0,9}y)*z", "finditer"),
]
LINEAR = [
    (r"\d+", "finditer"),
    (r"\d+个", "match"),
    (r"(?<!\d)\d+个", "finditer"),
    (r"\d(?<!\d\d)\d*个", "finditer"),
    (r"\d(?:(?<!\d\d)\d*个|x)", "finditer"),
    (r"(?<![\d.])\d+(?:\.\d+)?个", "finditer"),
    (r"\d{1,12}个", "finditer"),
    (r"\d+(?:,\d+)*", "finditer"),
    (r"(?:\d+)+年?", "finditer"),
    (r"“[^“”]*”", "finditer"),
    (r"“[^”]{0,400}”", "finditer"),
    (r"^\s*x", "finditer"),
    (r"(?m)^[ \t]*x", "finditer"),
    (r"(?<!b)(?:ab)*c", "finditer"),
    (r"a(?:b*c)?", "finditer"),
    (r"a*+a*b", "match"),
    (r"[一二]*\d*个", "match"),
    (r"\d*\w*", "match"),
    (r"\d*", "fullmatch"),
    (r"(?:\d{4})+x", "match"),
]


@pytest.mark.parametrize(("pattern", "used"), GROWING)
def test_what_grows_is_named(pattern, used):
    assert growing(re.compile(pattern), used)


@pytest.mark.parametrize(("pattern", "used"), LINEAR)
def test_what_is_linear_is_not(pattern, used):
    assert not growing(re.compile(pattern), used)


@pytest.mark.slow
def test_no_pattern_of_the_package_grows():
    # In a process of its own: what is compiled already, nobody sees; and what is watched stays watched.
    command = [sys.executable, "-m", "benchmarks.patterns.collecting"]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    assert found["idle"] == []
    assert list(may_grow(found["patterns"])) == []
