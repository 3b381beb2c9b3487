"""Damaged and hostile files each end in their own clear error, never in a traceback."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.errors import ShupingError
from analyzer.reading import read, read_bytes

from . import making
from .hostile import build


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, str]]:
    return build(tmp_path_factory.mktemp("hostile"))


def test_there_are_forty_and_more(cases: list[tuple[Path, str]]) -> None:
    assert len(cases) >= 40
    assert len({path for path, _ in cases}) == len(cases)


def test_each_gives_its_error_with_its_name(cases: list[tuple[Path, str]]) -> None:
    found = {}
    for path, _ in cases:
        with pytest.raises(ShupingError) as failure:
            read(path)
        assert failure.value.path == path
        assert path.name in str(failure.value)
        assert failure.value.hint
        found[path.name] = failure.value.code
    assert found == {path.name: code for path, code in cases}


_GOOD = {
    "报告.docx": making.word("".join(map(making.paragraph, making.REPORT))),
    "报告.pdf": making.set_in_type(making.REPORT),
    "报告.doc": making.ole(making.binary_word([("\r".join(making.REPORT) + "\r", False)])),
    "报告.txt": "\n".join(making.REPORT).encode("gb18030"),
}


@pytest.mark.parametrize("name", _GOOD)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_spoiled_bytes_are_read_or_refused_in_order(name: str, data: st.DataObject) -> None:
    spoiled = bytearray(_GOOD[name])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(spoiled) - 1))
        spoiled[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
        if not spoiled:
            break
    with contextlib.suppress(ShupingError):
        document = read_bytes(bytes(spoiled), name)
        assert all(document.text[p.start : p.end].strip() for p in document.paragraphs)


def test_a_name_with_a_nul_is_an_error_like_others() -> None:
    with pytest.raises(ShupingError) as failure:
        read(Path("a\0b.txt"))
    assert failure.value.code == "not-readable"
