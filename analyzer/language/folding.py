"""Fold character variants one to one, so that offsets never move.

Full-width letters and digits become half-width, half-width punctuation between Chinese characters
becomes full-width, traditional characters become simplified, look-alike quotation marks become the
usual ones.  Every replacement is a single code point for a single code point.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from analyzer.language.codes import codes_of

_PLANE = 0x10000
_PUNCTUATION = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
HAN = r"㐀-鿿豈-﫿"
# A run that stands before is looked through from its beginning only, and once.
# Patterns begin with the characters they look for and look back over them: re leaps from one to the next.
_NEARHAN = re.compile(
    rf"[,;:?!()](?:(?:(?<=[{HAN}”》）%％].)|(?<=[{HAN}”》）%％] .))[,;:?!()]*"
    rf"|(?<![,;:?!()].)[,;:?!()]*+(?= ?[{HAN}“《（]))"
)
# Of a pair of brackets, one half may stand beside a figure: (1）.
_MIXED = re.compile(r"(?:\((?=[^()（）\n]{0,20}）)|（(?=[^()（）\n]{0,20}\)))(?P<inside>[^()（）\n]*)[)）]")
# What stands after letters and before a figure is no part of a number: XXX,20XX年.
_AFTER_LETTERS = re.compile(r"[,;](?<=[A-Za-z×].)(?=\d(?!\d\d(?!\d)))")
_FULL_STOP = re.compile(rf"[.．](?<=[{HAN}“”》）%％].)(?=\s|$|[{HAN}“”《（])")


@cache
def _variants() -> tuple[npt.NDArray[np.bool_], dict[int, str]]:
    """Return which code points may be variants, all beyond the last as one, and what stands for each."""
    table = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for full in _PUNCTUATION.values():
        del table[full]
    table.update(zip("〝〞＂「」『』", "“””“”“”", strict=True))
    table.update(dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f", " "))
    for line in files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8").splitlines():
        traditional, _, simplified = line.partition("\t")
        simplified = simplified.split(" ")[0]
        # 著, 乾 and the like have readings that stay as they are in simplified text.
        if len(traditional) == len(simplified) == 1 and traditional not in "著乾阪瞭藉" + simplified:
            table[traditional] = simplified
    may_be = np.zeros(_PLANE + 1, dtype=bool)
    may_be[[_PLANE, *(ord(variant) for variant in table if ord(variant) < _PLANE)]] = True
    return may_be, str.maketrans(table)


def _widened(match: re.Match[str]) -> str:
    return "".join(_PUNCTUATION.get(char, char) for char in match.group())


def fold(text: str) -> str:
    """Return `text` with variants folded; the result has the same length."""
    may_be, table = _variants()
    codes = codes_of(text)
    if may_be.take(np.minimum(codes, _PLANE)).any():  # most texts hold none, and to look for them is faster
        text = text.translate(table)
    text = _NEARHAN.sub(_widened, text)
    text = _AFTER_LETTERS.sub(_widened, text)
    text = _MIXED.sub(r"（\g<inside>）", text)
    return _FULL_STOP.sub("。", text)
