"""A folder that keeps every finished chunk.

``sweep.json`` says what is swept. A chunk is a NetCDF file: a table of points, with parameters, outputs and faults. Its
name holds its number and the beginning of the digest of its content, so that damage shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ecolib.doors import check_kind
from ecolib.sweeps.chunks import Outcome
from ecolib.sweeps.files import PART, explained, only_user, write_whole
from ecolib.sweeps.grid import Grid
from ecolib.sweeps.identity import difference, digest, written
from ecolib.sweeps.manifest import CHUNK_FILE, MANIFEST, check_content, joined, manifest, write_manifest
from ecolib.sweeps.results import Results, require_xarray

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Store", "load", "opened"]


@dataclass
class Store:
    """Chunks on disk.

    Main attributes:
        identity : what is swept; "grid" and "chunk" among it
        provenance : what computed it, and since when
        present : the same of this run alone
        damaged : paths of unusable files that were met in reading
        paths : by number of the chunk, the file that was read
    """

    folder: Path
    identity: Mapping[str, Any]
    provenance: Mapping[str, Any]
    present: Mapping[str, Any] = field(default_factory=dict)
    damaged: set[Path] = field(default_factory=set)
    paths: dict[int, Path] = field(default_factory=dict)

    @property
    def grid(self) -> Grid:
        """The grid that is swept."""
        return Grid({name: tuple(values) for name, values in self.identity["grid"].items()})

    def read(self) -> Iterator[tuple[int, Outcome]]:
        """The numbers of the chunks that are kept, and what they gave; damaged files are listed instead.

        Raises:
            ValueError: for a chunk of another sweep.
            OSError: when the folder or a file cannot be read.
        """
        with explained(self.folder):
            paths = sorted(self.folder.iterdir())
        for path in paths:
            if named := CHUNK_FILE.fullmatch(path.name):
                with explained(self.folder):
                    data = path.read_bytes()
                if digest(data).startswith(named[2]):
                    self.paths[int(named[1])] = path
                    yield int(named[1]), self._outcome(path, data)
                else:
                    self.damaged.add(path)

    def write(self, number: int, outcome: Outcome) -> None:
        """Keep a chunk, in place of one of its number that was read.

        Raises:
            OSError: when it cannot be written; the chunks before it are safe.
        """
        import xarray as xr

        start = number * int(self.identity["chunk"])
        points = [self.grid.point(start + k) for k in range(len(outcome.faults))]
        columns = {name: ("point", np.array([point[name] for point in points])) for name in self.grid.axes}
        values = {
            name: (("point", *(f"{name}_{k}" for k in range(array.ndim - 1))), array)
            for name, array in outcome.values.items()
        }
        fault = {"fault": ("point", np.array(outcome.faults, dtype=object))}
        table = xr.Dataset(columns | values | fault, attrs={"sweep": self._mark, "outputs": " ".join(outcome.values)})
        data = bytes(table.to_netcdf(None, engine="scipy"))
        self._take_part()
        path = self.folder / f"{number:06d}-{digest(data)[:16]}.nc"
        write_whole(path, data)
        old = self.paths.pop(number, path)
        if old != path:
            old.unlink()

    def clear(self) -> int:
        """Remove the damaged files that were met, and say how many."""
        with explained(self.folder):
            for path in self.damaged:
                path.unlink()
        return len(self.damaged)

    def _take_part(self) -> None:
        """Add this run to the provenance, before its first chunk."""
        both = joined(self.provenance, self.present)
        if both != self.provenance:
            write_manifest(self.folder, self.identity, both)
            self.provenance = both

    @property
    def _mark(self) -> str:
        """What every chunk of this sweep carries."""
        return digest(written(self.identity))

    def _outcome(self, path: Path, data: bytes) -> Outcome:
        import xarray as xr

        table = xr.load_dataset(BytesIO(data), engine="scipy", decode_times=False)
        if table.attrs.get("sweep") != self._mark:
            raise ValueError(f"{path} is a chunk of another sweep: give the sweep a folder of its own")
        values = {name: np.asarray(table[name], dtype=float) for name in table.attrs["outputs"].split()}
        return Outcome(values, [str(text) for text in table["fault"].values])


@contextmanager
def opened(folder: Path, identity: Mapping[str, Any], provenance: Mapping[str, Any]) -> Iterator[Store]:
    """The store of a sweep, made where there is none, for this process alone.

    Raises:
        ValueError: for a folder that holds something else, or another sweep; the difference is named.
        OSError: when it is no folder, cannot be read or written, or is in use.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"the store must be a folder, {folder} is a file")
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        check_content(folder)
    with only_user(folder):
        yield _entered(folder, json.loads(json.dumps(identity)), provenance)


def _entered(folder: Path, identity: Mapping[str, Any], provenance: Mapping[str, Any]) -> Store:
    """The store after its manifest was checked, or written where it is missing or damaged."""
    with explained(folder):
        for part in folder.glob(f".*{PART}"):
            part.unlink()
        known = manifest(folder)
    if known is None:
        store = Store(folder, identity, provenance)
        for _ in store.read():  # chunks of another sweep are refused before the folder is changed
            pass
        write_manifest(folder, identity, provenance)
        return store
    if written(known["identity"]) != written(identity):
        differences = difference(known["identity"], identity)
        raise ValueError(f"the store {folder} holds another sweep: {differences}; give this one another folder")
    return Store(folder, **known, present=provenance)


def load(store: str | Path) -> xr.Dataset:
    """The dataset of the chunks that a store holds, finished or not; a sweep may still be running.

    Raises:
        ImportError: when xarray is not installed.
        TypeError: for anything but a path.
        ValueError: for a folder that holds no sweep, or one whose ``sweep.json`` is damaged: sweep again to mend it.
        OSError: for a store that cannot be read.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from ecolib.sweeps import sweep
        >>> def double(x):
        ...     return 2 * x
        >>> with TemporaryDirectory() as folder:
        ...     swept = sweep(double, {"x": (-1, 2)}, store=folder)
        ...     load(folder).identical(swept)
        True
    """
    require_xarray()
    check_kind("store", store, str, Path)
    folder = Path(store)
    with explained(folder):
        known = manifest(folder)
    if known is None:
        raise ValueError(f"the folder {folder} holds no sweep, or its {MANIFEST} is damaged")
    kept = Store(folder, **known)
    results = Results(kept.grid, known["identity"]["units"])
    for number, outcome in kept.read():
        results.record(number * int(known["identity"]["chunk"]), outcome)
    return results.dataset(kept.provenance)
