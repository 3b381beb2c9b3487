"""What stands in the place of a name: its kind and a code, made of the name and a key."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath

from analyzer.lexicons import table

_LETTERS = "abcdefghjkmnpqrstuvwxyz"  # neither i, l nor o, which are read as digits
_SIGNS = "23456789" + _LETTERS
_CODE = 6  # 600 million codes: among 10,000 names two share one in one batch of a dozen
_FILE_CODE = 12  # a file's name must be its own
_PERSON = b"shuping-mask"  # sets these digests apart from any that are published


def key_of(contents: Iterable[bytes]) -> bytes:
    """Return the key of a batch: the same files in any order, and however often each, give the same.

    Who has only what comes out cannot make it, so he cannot try names; who has all files can.

    Parameters
    ----------
    contents : iterable of bytes
        What is in each file that was handed in; one at a time is held.
    """
    parts = {hashlib.blake2b(content, digest_size=32, person=_PERSON).digest() for content in contents}
    return hashlib.blake2b(b"".join(sorted(parts)), digest_size=32, person=_PERSON).digest()


def normal(name: str) -> str:
    """Return the form of a name that its code is made of: widths folded, without spaces."""
    return "".join(unicodedata.normalize("NFKC", name).split())


class Masks:
    """The masks of one key.

    Parameters
    ----------
    key : bytes
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._forms: dict[str, str] = table("masking.toml")["forms"]

    def mask(self, kind: str, name: str) -> str:
        """Return ``〔名kq3rm7〕`` for a name; `kind` is a key of ``[forms]``."""
        return f"〔{self._forms[kind]}{self._code(kind, normal(name), _CODE)}〕"

    def path(self, path: str) -> str:
        """Return a file's name that says nothing of it but its format."""
        suffix = PurePath(path).suffix
        known = suffix.lower() if suffix.isascii() and suffix[1:].isalnum() else ""
        return f"{self._forms['file']}-{self._code('file', path, _FILE_CODE)}{known}"

    def digest(self, digest: str) -> str:
        """Return a digest that is looked up in no list of files."""
        return self._hmac("sha256", digest).hex()

    def _code(self, kind: str, name: str, length: int) -> str:
        number = int.from_bytes(self._hmac(kind, name))
        number, first = divmod(number, len(_LETTERS))
        code = _LETTERS[first]  # never like the year of a document's number: 〔2021〕
        for _ in range(length - 1):
            number, sign = divmod(number, len(_SIGNS))
            code += _SIGNS[sign]
        return code

    def _hmac(self, kind: str, name: str) -> bytes:
        return hmac.digest(self._key, f"{kind}\0{name}".encode("utf-8", "surrogatepass"), "sha256")
