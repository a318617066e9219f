"""The files of a store, and the one among them that says what is swept and what computed it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ecolib.sweeps.files import explained, write_whole

__all__ = ["CHUNK_FILE", "MANIFEST", "check_content", "joined", "manifest", "write_manifest"]

MANIFEST = "sweep.json"
"""Its name."""

CHUNK_FILE = re.compile(r"(\d{6,})-([0-9a-f]{16})\.nc")
"""Names of chunks."""

PLACE = ("numpy", "python", "platform")
"""What may differ between the runs of one sweep."""


def check_content(folder: Path) -> None:
    """Raise ValueError for a folder with files of something else."""
    names = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
    foreign = sorted(name for name in names if not CHUNK_FILE.fullmatch(name))
    if foreign and MANIFEST not in names:
        raise ValueError(f"the folder {folder} holds {foreign[0]!r} and no sweep: a store needs a folder of its own")


def manifest(folder: Path) -> dict[str, Any] | None:
    """What the folder says it holds; None when that is missing or damaged."""
    try:
        known = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return known if isinstance(known, dict) and set(known) == {"identity", "provenance"} else None


def write_manifest(folder: Path, identity: Mapping[str, Any], provenance: Mapping[str, Any]) -> None:
    """Write it; an OSError when that cannot be done."""
    text = json.dumps({"identity": identity, "provenance": provenance}, indent=1)
    with explained(folder):
        write_whole(folder / MANIFEST, text.encode())


def joined(known: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The provenance of several runs: all versions and platforms that took part, the rest from the first.

    Example:
        >>> joined({"numpy": "2.1.0", "begun": "Monday"}, {"numpy": "2.3.0", "begun": "Friday"})
        {'numpy': '2.1.0; 2.3.0', 'begun': 'Monday'}
    """
    both = dict(known)
    for name in PLACE:
        if name in known and name in now and now[name] not in known[name].split("; "):
            both[name] = f"{known[name]}; {now[name]}"
    return both
