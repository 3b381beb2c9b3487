"""What marks in Word's text stand for, in .docx and .doc alike: fields and symbols."""

from __future__ import annotations

# Characters of symbol fonts stand in this private area, where they mean nothing without their font.
_SYMBOL_AREA = range(0xE000, 0xF900)
_SURROGATES = range(0xD800, 0xE000)


def symbol(code: int) -> str:
    """Return the character of a symbol; empty where only its font knows what it shows."""
    if code in _SYMBOL_AREA or code in _SURROGATES or not 0x20 <= code <= 0xFFFF:
        return ""
    return chr(code)


class Fields:
    """The fields open at a place in the text, of which the result is shown and the code is not; they nest."""

    def __init__(self) -> None:
        self._in_code: list[bool] = []
        self._codes = 0

    @property
    def shown(self) -> bool:
        """Whether text at this place is shown: no open field is still in its code."""
        return self._codes == 0

    def mark(self, kind: str | None) -> None:
        """Go past a mark: ``begin``, ``separate`` (where the result starts) or ``end``."""
        if kind == "begin":
            self._in_code.append(True)
            self._codes += 1
        elif kind == "separate" and self._in_code:
            self._codes -= self._in_code[-1]
            self._in_code[-1] = False
        elif kind == "end" and self._in_code:
            self._codes -= self._in_code.pop()
