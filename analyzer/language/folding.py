"""Fold character variants one to one, so that offsets never move.

Full-width letters and digits become half-width, half-width punctuation between Chinese characters
becomes full-width, traditional characters become simplified, look-alike quotation marks become the
usual ones.  Every replacement is a single code point for a single code point.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_PUNCTUATION = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
HAN = r"㐀-鿿豈-﫿"
# Patterns begin with the characters they look for and look back over them: re leaps from one to the next.
_NEARHAN = re.compile(
    rf"[,;:?!()](?:(?:(?<=[{HAN}”》）%％].)|(?<=[{HAN}”》）%％] .))[,;:?!()]*|[,;:?!()]*(?= ?[{HAN}“《（]))"
)
_FULL_STOP = re.compile(rf"[.．](?<=[{HAN}“”》）%％].)(?=\s|$|[{HAN}“”《（])")


@cache
def _table() -> dict[int, str]:
    table: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for half, full in _PUNCTUATION.items():
        table[ord(full)] = full
        table[ord(half) + 0xFEE0] = full
    table.update({ord(a): b for a, b in zip("〝〞＂「」『』", "“””“”“”", strict=True)})
    table.update({ord(space): " " for space in "\u00a0\u2002\u2003\u2009\u202f"})
    for line in files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8").splitlines():
        traditional, _, simplified = line.partition("\t")
        simplified = simplified.split(" ")[0]
        # 著, 乾 and the like have readings that stay as they are in simplified text.
        if len(traditional) == len(simplified) == 1 and traditional not in "著乾阪瞭藉":
            table[ord(traditional)] = simplified
    return table


def fold(text: str) -> str:
    """Return `text` with variants folded; the result has the same length."""
    text = text.translate(_table())
    text = _NEARHAN.sub(lambda m: "".join(_PUNCTUATION.get(c, c) for c in m.group()), text)
    return _FULL_STOP.sub("。", text)
