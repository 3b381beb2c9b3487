"""Where a HanLP model is: on this machine, or where it can be fetched from; found out at once.

HanLP itself tries for half a minute to fetch what it cannot reach, so we look before we ask it.
"""

from __future__ import annotations

from difflib import get_close_matches
from http.client import HTTPException
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from analyzer.errors import error

_PATIENCE = 1.0  # seconds
_GONE = (404, 410)
_NEEDED = ("torch", "hanlp")
_MARKS = ("config.json", "meta.json")  # a folder with either is a saved component


def require_extra() -> None:
    """Raise ``missing-extra`` where HanLP or torch is not installed."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise error("missing-extra", detail="、".join(missing))


def locate(name: str) -> str:
    """Return what HanLP loads the named model from: a folder, or the model's address.

    Parameters
    ----------
    name : str
        A folder with a saved component, or a name of HanLP's list such as ``COARSE_ELECTRA_SMALL_ZH``.
        Addresses are not taken: a model names the classes that HanLP makes of it, so it is code to trust.

    Raises
    ------
    ShupingError
        Code ``missing-extra``, ``hanlp-model`` where there is no such model, ``hanlp-unreachable`` where
        it is neither on this machine nor to be had.
    """
    require_extra()
    if _is_component(Path(name)):
        return name
    from hanlp import pretrained
    from hanlp.utils.io_util import path_from_url, split_if_compressed

    address = pretrained.ALL.get(name)
    if address is None:
        near = get_close_matches(name.upper(), pretrained.ALL, n=3, cutoff=0.4)
        advice = f"；名称相近的有 {'、'.join(near)}" if near else ""
        raise error("hanlp-model", detail=f"没有 {name} 这个模型，也没有这个文件夹{advice}")
    archive = Path(path_from_url(address.partition("#")[0]))
    folder = Path(split_if_compressed(str(archive))[0])
    if _is_component(folder):
        return str(folder)
    if not archive.is_file():
        trouble = _trouble(address)
        if trouble:
            raise error("hanlp-unreachable", name=name, detail=trouble, address=address, folder=folder)
    return str(address)


def _is_component(folder: Path) -> bool:
    return any((folder / mark).is_file() for mark in _MARKS)


def _trouble(address: str) -> str | None:
    """Return why an address does not answer, None where it does."""
    outcome: list[str | None] = []

    def ask() -> None:
        try:
            with urlopen(Request(address, method="HEAD"), timeout=_PATIENCE):  # noqa: S310 - from HanLP's list
                outcome.append(None)
        except HTTPError as answer:
            outcome.append(f"HTTP {answer.code}" if answer.code in _GONE else None)
        except (OSError, HTTPException, ValueError) as reason:
            outcome.append(str(getattr(reason, "reason", reason)))

    # A thread of its own, because looking up a name knows no time limit.
    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    return outcome[0] if outcome else f"{_PATIENCE:g} 秒内没有回应"
