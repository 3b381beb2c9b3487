"""Import spaCy without its command line.

``import spacy`` also imports the commands that download models, and with them HTTP clients: some 40 % of
its time, and nothing that scoring offline has any use for.  Two empty modules stand in for them while
spaCy is imported, and are gone afterwards, so that ``import spacy.cli`` still finds the real ones.  Where
torch is installed, for the HanLP backend, spaCy would import it too; it is told that there is none.
"""

from __future__ import annotations

import sys
from types import ModuleType

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> None:
    """Import spaCy; without effect where it has been imported before."""
    if "spacy" in sys.modules:
        return
    stand_ins = {name: ModuleType(name) for name in _COMMANDS}
    stand_ins["spacy.cli.info"].info = None  # type: ignore[attr-defined]
    sys.modules.update(stand_ins)
    hidden = "torch" not in sys.modules
    if hidden:
        sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        import spacy

        vars(spacy).pop("info")
    finally:
        for name in _COMMANDS:
            del sys.modules[name]
        if hidden:
            del sys.modules["torch"]


import_spacy()
