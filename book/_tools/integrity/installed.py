"""Compare what is installed with a lock, and the installed files with the hashes recorded when they were installed.

Compiled modules (``.pyc``) are made on the machine and have no recorded hash; they are not judged.
"""

import csv
import os
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import new
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.utils import canonicalize_name

from integrity.locks import Pin

WITH_PYTHON = {"pip", "setuptools"}
"""What Python itself puts into a new environment."""


def installed(site: Path) -> list[Distribution]:
    """Return the distributions in a folder ``site-packages``."""
    return sorted(distributions(path=[str(site)]), key=lambda one: one.name.lower())


def differences(wanted: Mapping[str, Pin], found: Iterable[Distribution], *, ours: str = "ecolib") -> Iterator[str]:
    """Yield where the environment is not the lock: a package that is missing, not in the lock, or of another version.

    Parameters:
        wanted: the pins, by name
        found: the distributions
        ours: the package that is installed beside the lock
    """
    versions: dict[str, list[str]] = {}
    for one in found:
        versions.setdefault(canonicalize_name(one.name), []).append(one.version)
    for name in sorted(wanted.keys() | versions.keys() - WITH_PYTHON - {ours}):
        have = versions.get(name, [])
        if name not in wanted:
            yield f"{name} {have[0]} is installed and not in the lock"
        elif not have:
            yield f"{name} {wanted[name].version} is in the lock and not installed"
        elif have != [wanted[name].version]:
            yield f"{name} {' and '.join(have)} is installed, the lock says {wanted[name].version}"


def altered(found: Distribution) -> Iterator[str]:
    """Yield the files of a distribution that are missing, or not what was recorded; all it has, if it has no record."""
    files = record(found)
    if not files:
        yield f"{found.name} has no record of its files"
    for name, (kind, digest) in files.items():
        path = Path(str(found.locate_file(name)))
        if not path.is_file():
            if not name.endswith(".pyc"):
                yield f"{name} of {found.name} is missing"
        elif kind and _digest(path, kind) != digest:
            yield f"{name} of {found.name} is not what was installed"


def record(found: Distribution) -> dict[str, tuple[str, str]]:
    """Return each file of a distribution with the kind and value of its hash, as installed.

    (``Distribution.files`` leaves out missing files from Python 3.12 on.)
    """
    rows = csv.reader((found.read_text("RECORD") or "").splitlines())
    hashes = {name: digest.partition("=") for name, digest, *_ in rows}
    return {name: (kind, digest) for name, (kind, _, digest) in hashes.items()}


def strays(site: Path, found: Iterable[Distribution]) -> Iterator[str]:
    """Yield the files of ``site-packages`` that no distribution has recorded, but for compiled modules."""
    known = {name for one in found for name in record(one)}
    for folder, _, names in os.walk(site):
        for name in names:
            path = Path(folder, name).relative_to(site).as_posix()
            if path not in known and not name.endswith(".pyc"):
                yield f"{path} belongs to no distribution"


def _digest(path: Path, kind: str) -> str:
    digest = new(kind, path.read_bytes()).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
