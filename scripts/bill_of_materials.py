"""What a plain install is made of, as CycloneDX 1.5 JSON: each package with its version and licence.

``python scripts/bill_of_materials.py > sbom.json`` in the environment it is about; ``--licences`` for a list.
No index is asked: all is from the metadata of what is installed.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

NAME = "shuping"


def main() -> int:
    """Print the bill, or the list of licences; return 1 where a package does not say its licence."""
    parts = sorted(needed().values(), key=lambda part: _normal(part.name))
    licences = {part.name: licence(part) for part in parts}
    if "--licences" in sys.argv[1:]:
        for part in parts:
            print(f"{part.name} {part.version}: {licences[part.name] or '?'}")
    else:
        json.dump(bill(parts), sys.stdout, ensure_ascii=False, indent=1)
        print()
    return int(not all(licences.values()))


def bill(parts: list[Distribution]) -> dict[str, object]:
    """Return the bill of materials; the same install gives the same bytes."""
    whole = distribution(NAME)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {**_component(whole), "type": "application"}},
        "components": [_component(part) for part in parts],
    }


def needed() -> dict[str, Distribution]:
    """Return what a plain install needs, directly or not, by normal name."""
    found: dict[str, Distribution] = {}
    open_ = [NAME]
    while open_:
        for text in distribution(open_.pop()).requires or ():
            requirement = Requirement(text)
            name = _normal(requirement.name)
            if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
                continue
            try:
                found[name] = distribution(name)
            except PackageNotFoundError:
                continue
            open_.append(name)
    return found


def licence(part: Distribution) -> str:
    """Return the licence that a package states, the expression before classifiers before free text."""
    about = part.metadata
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = about.get_all("Classifier") or ()
    if named := [value.rpartition(" :: ")[2] for value in classifiers if "License ::" in value]:
        return " / ".join(named)
    return str(about.get("License") or "").strip().split("\n")[0]


def _component(part: Distribution) -> dict[str, object]:
    address = f"pkg:pypi/{_normal(part.name)}@{part.version}"
    made: dict[str, object] = {
        "type": "library",
        "bom-ref": address,
        "name": part.name,
        "version": part.version,
        "purl": address,
    }
    if named := licence(part):
        made["licenses"] = [{"license": {"name": named}}]
    return made


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
