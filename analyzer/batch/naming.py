"""What the name of a file says of the report: ``{region}/{unit}-{year}`` over its path inside the input."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from analyzer.batch.archives import ARCHIVES
from analyzer.errors import error
from analyzer.keys import near
from analyzer.reading import SUFFIXES

FIELDS: Final = ("unit", "unit_type", "region", "author", "year")
Said = Mapping[str, str | int]

_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})年?度?"
_PIECE: Final = re.compile(r"\{([^{}/]*)\}|\*+|([{}])")


def reader(pattern: str) -> Callable[[str], Said | None]:
    """Return what reads the fields out of a name, and gives None where the name does not match.

    Parameters
    ----------
    pattern : str
        Fields in braces, ``{}`` or ``*`` for anything within one folder's or file's name; it stands for the
        end of the path, so that folders before it are free, and leaves out the suffix.

    Raises
    ------
    ShupingError
        Code ``pattern`` where it is none.
    """
    import re2

    folders = pattern.strip("/").split("/")
    if pattern.lower().endswith(SUFFIXES):
        raise error("pattern", detail="不要写扩展名")
    seen: set[str] = set()
    matcher = re2.compile("/".join(_of_part(part, seen) for part in folders), re2.Options())
    if not seen:
        raise error("pattern", detail=f"里面没有要取的内容，可用的有 {_known()}")

    def read(name: str) -> Said | None:
        parts = _parts(name)
        match: Any = matcher.fullmatch("/".join(parts[-len(folders) :]))
        if match is None:
            return None
        said = {field: match.group(field).strip() for field in seen}
        if not all(said.values()):
            return None
        return {field: int(value) if field == "year" else value for field, value in said.items()}

    return read


def _of_part(part: str, seen: set[str]) -> str:
    """Return the regular expression of what stands between two strokes of a pattern."""
    if not part:
        raise error("pattern", detail="有空的一段（两条 / 相连）")
    made, end, before = "", 0, None
    for match in _PIECE.finditer(part):
        between, field = part[end : match.start()], match.group(1) or ""
        if match.group(2):
            raise error("pattern", detail="大括号没有配对")
        if before is not None and not between and (before or field) and "year" not in (before, field):
            raise error("pattern", detail=f"{match.group()} 和它前面的一项之间要有分隔的字，否则分不清")
        made += re.escape(between) + _of_field(field, seen)
        end, before = match.end(), field
    return made + re.escape(part[end:])


def _of_field(field: str, seen: set[str]) -> str:
    if not field:
        return "[^/]*"
    if field not in FIELDS:
        known = f"{near(field, FIELDS)}，可用的有 {_known()}"
        raise error("pattern", detail=f"没有 {{{field}}} 这一项{known}")
    if field in seen:
        raise error("pattern", detail=f"{{{field}}} 写了两次")
    seen.add(field)
    return _YEAR if field == "year" else f"(?P<{field}>[^/]+)"


def _parts(name: str) -> list[str]:
    """Return the names of folders and file, archives being folders, all without suffix."""
    *folders, last = name.split("/")
    return [*(_without(folder, ARCHIVES) for folder in folders), without_suffix(last)]


def without_suffix(name: str) -> str:
    """Return the name of a report without what says its format."""
    return _without(name, SUFFIXES)


def _without(name: str, suffixes: tuple[str, ...]) -> str:
    return next((name[: -len(suffix)] for suffix in suffixes if name.lower().endswith(suffix)), name)


def _known() -> str:
    return "、".join(f"{{{field}}}" for field in FIELDS)
