"""Read a lock, and say what is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from packaging.markers import Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

HASH = re.compile(r"--hash=(\S+)")
SHA256 = re.compile(r"sha256:[0-9a-f]{64}")
VIA = re.compile(r"^ +#(?: via| {2})\s*(.*)$")


@dataclass(frozen=True)
class Pin:
    """One package in one version.

    Attributes:
        name: in the normal form of package names
        hashes: of the files that may be installed, ``"sha256:..."``
        parents: names of what asked for it; a file, ``"-r requirements.in"``, for what we asked for
        marker: where it is installed; None for everywhere
    """

    name: str
    version: str
    hashes: tuple[str, ...]
    parents: tuple[str, ...] = ()
    marker: Marker | None = None

    @property
    def title(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}"

    def is_for(self, place: Mapping[str, str] | None = None) -> bool:
        """Say whether it is installed on a platform and Python, in the words of markers; this one, when none is given.

        >>> Pin("a", "1", (), marker=Marker("sys_platform == 'nowhere'")).is_for({"sys_platform": "nowhere"})
        True
        """
        return self.marker is None or self.marker.evaluate(dict(place) if place else None)


def entries(lock: str) -> list[tuple[str, tuple[str, ...]]]:
    r"""Return each entry, its lines joined, and the names of what asked for it.

    >>> entries("# head\na==1 \\\n    --hash=sha256:0\n    # via\n    #   b\n    #   c\nd @ git+ssh://e")
    [('a==1 --hash=sha256:0', ('b', 'c')), ('d @ git+ssh://e', ())]
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    joined = False
    for line in lock.splitlines():
        text = line.removesuffix("\\").strip()
        if (via := VIA.match(line)) and found:
            found[-1] = (found[-1][0], (*found[-1][1], *filter(None, [via[1].strip()])))
        elif text and not text.startswith("#"):
            if joined:
                found[-1] = (f"{found[-1][0]} {text}", found[-1][1])
            else:
                found.append((text, ()))
        joined = line.endswith("\\")
    return found


def pins(lock: str) -> list[Pin]:
    """Return the pins of a lock.

    Raises:
        ValueError: if an entry is not a pin; `faults` says of every entry why
    """
    if wrong := faults(lock):
        raise ValueError("; ".join(wrong))
    return [_pin(entry, parents) for entry, parents in entries(lock)]


def here(lock: str, place: Mapping[str, str] | None = None) -> dict[str, Pin]:
    """Return the pins that are installed on a platform and Python, this one when none is given, by name."""
    return {pin.name: pin for pin in pins(lock) if pin.is_for(place)}


def faults(lock: str) -> list[str]:
    r"""Say of every entry that is not one version with SHA-256 hashes what it is, and of a lock without entries that.

    >>> faults("a>=1 --hash=md5:0\n-e .\n")
    ["'a>=1' names no single version with ==", "'a>=1' has a hash that is not SHA-256", "'-e .' is an option"]
    """
    found = entries(lock)
    wrong = [fault for entry, _ in found for fault in _faults(entry)]
    if wrong:
        return wrong
    return _twice(_pin(entry, parents) for entry, parents in found) if found else ["it holds no pins"]


def _faults(entry: str) -> list[str]:
    asked = HASH.sub("", entry).strip()
    if asked.startswith("-"):
        return [f"{asked!r} is an option"]
    try:
        requirement = Requirement(asked)
    except InvalidRequirement:
        return [f"{asked!r} is no requirement"]
    if requirement.url:
        return [f"{asked!r} is an address"]
    wrong, hashes = [], HASH.findall(entry)
    if [(one.operator, one.version[-2:] == ".*") for one in requirement.specifier] != [("==", False)]:
        wrong.append(f"{asked!r} names no single version with ==")
    if not hashes:
        wrong.append(f"{asked!r} has no hash")
    if not all(SHA256.fullmatch(one) for one in hashes):
        wrong.append(f"{asked!r} has a hash that is not SHA-256")
    return wrong


def _twice(found: Iterable[Pin]) -> list[str]:
    """What is pinned twice for this platform."""
    names = [pin.name for pin in found if pin.is_for()]
    return [f"{name!r} is pinned twice" for name in dict.fromkeys(names) if names.count(name) > 1]


def _pin(entry: str, parents: tuple[str, ...]) -> Pin:
    requirement = Requirement(HASH.sub("", entry).strip())
    version = next(iter(requirement.specifier)).version
    return Pin(
        canonicalize_name(requirement.name), version, tuple(HASH.findall(entry)), parents, marker=requirement.marker
    )
