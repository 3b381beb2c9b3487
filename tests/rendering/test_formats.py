from __future__ import annotations

import subprocess
import sys

import pytest

from analyzer.rendering import formats

from .gold import small_result


@pytest.mark.parametrize("form", formats.FORMATS)
def test_every_form_renders_and_has_a_suffix(form):
    assert "样例.txt" in formats.renderer(form)(small_result("述职报告。"))
    assert formats.SUFFIX[form].startswith(".")


def test_an_unknown_form_is_refused():
    with pytest.raises(KeyError):
        formats.renderer("rtf")


@pytest.mark.parametrize(
    ("form", "absent"), [("json", {"rich", "jinja2"}), ("text", {"jinja2"}), ("html", {"rich"})]
)
def test_a_form_loads_only_what_it_needs(form, absent):
    code = f"import sys, analyzer.rendering.formats as f; f.renderer({form!r}); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not absent & set(loaded)
