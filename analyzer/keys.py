"""TOML files that users write, read strictly: a slip is named with its file, its key and what is like it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.errors import ShupingError, error

_WHERE = re.compile(r"\(at line (\d+), column (\d+)\)")
_LARGEST = 4 << 20  # bytes of a file that somebody wrote by hand


def near(name: str, known: Iterable[str]) -> str:
    """Return a question for the known name that looks most like `name`, empty where none does."""
    from difflib import get_close_matches  # only for who has made a slip

    found = get_close_matches(name, list(known), 1)
    return f"（是否想写 {found[0]}？）" if found else ""


@dataclass(frozen=True)
class Keys:
    """A table of such a file.

    Parameters
    ----------
    path : Path
        The file, for the error.
    given : dict
        The table.
    code : str
        Of the errors.
    where : str
        The table's name within the file, empty for the whole file.
    """

    path: Path
    given: dict[str, Any]
    code: str = "config"
    where: str = ""

    def wrong(self, name: str, detail: str) -> ShupingError:
        """Return the error that a key is wrong."""
        return error(self.code, self.path, detail=f"{self._full(name)}：{detail}")

    def only(self, *known: str) -> Keys:
        """Return this table, which may hold these keys and no others."""
        for name in self.given:
            if name not in known:
                raise self.wrong(
                    name, "没有这个设置项" + (near(name, known) or f"，可用的有 {'、'.join(known)}")
                )
        return self

    def text(self, name: str, default: str | None = None) -> str | None:
        """Return a value that is a text with something in it."""
        value = self.given.get(name, default)
        if value is not None and not (isinstance(value, str) and value.strip()):
            raise self.wrong(name, f"{_shown(value)} 不是一段文字")
        return value.strip() if isinstance(value, str) else None

    def needed(self, name: str) -> str:
        """Return a text that must be there."""
        value = self.text(name)
        if value is None:
            raise self.wrong(name, "缺少这一项")
        return value

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """Return one of the allowed texts."""
        value = self.given.get(name, default)
        if value not in allowed:
            hint = near(str(value), allowed) or "，只能是 " + "、".join(allowed)
            raise self.wrong(name, f"没有 {_shown(value)}{hint}")
        return str(value)

    def flag(self, name: str, default: bool) -> bool:
        """Return true or false."""
        value = self.given.get(name, default)
        if not isinstance(value, bool):
            raise self.wrong(name, f"{_shown(value)} 应是 true 或 false")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty where it is absent."""
        value = self.given.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(name, '应是一列文字，如 ["甲", "乙"]')
        return tuple(item.strip() for item in value)

    def table(self, name: str) -> Keys:
        """Return a table within this one, empty where it is absent."""
        value = self.given.get(name, {})
        if not isinstance(value, dict):
            raise self.wrong(name, f"应写成一节：[{self._full(name)}]")
        return Keys(self.path, value, self.code, self._full(name))

    def tables(self, name: str) -> Iterator[Keys]:
        """Yield the tables of a list of tables."""
        value = self.given.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(name, f"应写成一节一节的 [[{self._full(name)}]]")
        for number, item in enumerate(value, 1):
            yield Keys(self.path, item, self.code, f"{self._full(name)}[{number}]")

    def _full(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name


def read_keys(path: Path, code: str = "config") -> Keys:
    """Return the whole of a TOML file.

    Raises
    ------
    ShupingError
        With `code`, where the file cannot be read or is no TOML.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise error(code, path, detail="文件过大")
        given = tomllib.loads(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as reason:
        raise error(code, path, detail="不是 UTF-8 编码，请另存为 UTF-8") from reason
    except tomllib.TOMLDecodeError as reason:
        found = _WHERE.search(str(reason))
        place = f"第 {found[1]} 行第 {found[2]} 列" if found else "文件末尾"
        raise error(code, path, detail=f"{place}不合 TOML 的写法（{reason}）") from reason
    except FileNotFoundError as reason:
        raise error(code, path, detail="没有这个文件") from reason
    except (OSError, ValueError) as reason:
        detail = reason.strerror if isinstance(reason, OSError) else str(reason)
        raise error(code, path, detail=f"无法打开（{detail}）") from reason
    return Keys(path, given, code)


def _shown(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else repr(value)
