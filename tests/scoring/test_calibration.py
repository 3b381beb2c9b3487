"""Files of prices: what they change, and what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.errors import ShupingError
from analyzer.scoring.calibration import Calibration, rubric


def _written(folder: Path, words: str) -> Path:
    path = folder / "prices.toml"
    path.write_text(words, "utf-8")
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = _written(tmp_path, Calibration("甲", {"missing-section": 2.5}, 5.0, 6.0).written("出处"))
    fitted, start = rubric(prices=path), rubric()
    assert fitted.id.endswith("+甲")
    assert fitted.prices["missing-section"].points > start.prices["missing-section"].points
    assert (fitted.below, fitted.above) == (5.0, 6.0)


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "true", "'2'"])
def test_a_price_is_a_number_from_zero(tmp_path: Path, value: str) -> None:
    words = f"[interval]\nbelow = 1\nabove = 1\n[times]\nvague-claim = {value}\n"
    with pytest.raises(ShupingError, match="times"):
        rubric(prices=_written(tmp_path, words))
