from __future__ import annotations

import subprocess
import sys

import pytest

from analyzer.rendering import formats

from .gold import small_result


@pytest.mark.parametrize("form", formats.FORMATS)
def test_every_form_renders_and_has_a_suffix(form):
    document = formats.renderer(form)(small_result("述职报告。"))
    assert isinstance(document, bytes) == (form in formats.BINARY)
    assert document
    assert formats.SUFFIX[form].startswith(".")


def test_an_unknown_form_is_refused():
    with pytest.raises(KeyError):
        formats.renderer("rtf")


@pytest.mark.parametrize(
    ("form", "absent"),
    [
        ("json", {"rich", "jinja2", "xlsxwriter"}),
        ("text", {"jinja2", "xlsxwriter"}),
        ("html", {"rich", "xlsxwriter"}),
        ("sarif", {"xlsxwriter"}),
        ("xlsx", {"rich", "jinja2"}),
    ],
)
def test_a_form_loads_only_what_it_needs(form, absent):
    code = f"import sys, analyzer.rendering.formats as f; f.renderer({form!r}); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not absent & set(loaded)


@pytest.mark.parametrize("form", formats.GATHERED)
def test_one_result_gathered_is_what_it_is_alone(form):
    keep, gather = formats.gatherer(form)
    result = small_result("述职报告。")
    assert gather([keep(result)]) == formats.renderer(form)(result)
