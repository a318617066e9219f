"""What was computed so far, and the labelled dataset made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from ecolib.doors import check_mapping
from ecolib.sweeps.chunks import Layout, Outcome
from ecolib.sweeps.grid import NOT_RUN, Grid, check_names
from ecolib.values import Array

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Results", "checked_layout", "require_xarray"]

LARGEST = 10**9
"""Numbers of a result, at most: 8 GB."""


def require_xarray() -> None:
    """Raise ImportError, saying what to install, where xarray is missing."""
    try:
        import xarray  # noqa: F401
    except ImportError:
        raise ImportError("sweeps need xarray: install ecolib with its extra 'sweeps', or xarray itself") from None


class Results:
    """Arrays over the points of a grid, filled chunk by chunk.

    Main attributes:
        layout : names and shapes of the outputs; None while they are not known
        faults : by point: empty when it was computed, "not run" when it was not, else the message
        done : how many points were computed, faults included
        failed : how many points have a fault
    """

    def __init__(self, grid: Grid, units: Mapping[str, str]) -> None:
        self.grid, self.units = grid, units
        self.layout: Layout | None = None
        self.values: dict[str, Array] = {}
        self.faults = np.full(grid.size, NOT_RUN, dtype=object)
        self.done = self.failed = 0

    def learn(self, layout: Layout) -> None:
        """Take the names and shapes of the outputs, and make room.

        Raises:
            ValueError: for names that are not plain or taken, units without a name, and results empty or too large.
        """
        names = [*self.grid.axes, *layout, *(dim for name in layout for dim in _dims(name, layout[name]))]
        check_names("the outputs", layout)
        repeated = next((name for name in names if names.count(name) > 1), None)
        if repeated is not None:
            raise ValueError(f"the name {repeated!r} is given both to a parameter and to an output, or to two outputs")
        unknown = [name for name in self.units if name not in names]
        if unknown:
            raise ValueError(f"units are given for {unknown[0]!r}; the names are {', '.join(names)}")
        empty = [name for name, shape in layout.items() if 0 in shape]
        if empty:
            raise ValueError(f"the output {empty[0]!r} holds no number: its shape is {layout[empty[0]]}")
        numbers = self.grid.size * sum(prod(shape) for shape in layout.values())
        if numbers > LARGEST:
            raise ValueError(f"the result has {numbers:,} numbers, at most {LARGEST:,}: return less, or split the grid")
        self.layout = layout
        self.values = {name: np.full((self.grid.size, *shape), np.nan) for name, shape in layout.items()}

    def record(self, start: int, outcome: Outcome) -> None:
        """Take over the outcome of a chunk; a ValueError when it has other outputs."""
        if self.layout is None:
            self.learn(outcome.layout)
        if outcome.layout != self.layout:
            raise ValueError(f"the outputs are {dict(self.layout or {})}, a kept chunk has {dict(outcome.layout)}")
        points = slice(start, start + len(outcome.faults))
        before, now = _counted(self.faults[points]), _counted(outcome.faults)
        self.done, self.failed = self.done + now[0] - before[0], self.failed + now[1] - before[1]
        for name, array in outcome.values.items():
            self.values[name][points] = array
        self.faults[points] = outcome.faults

    def dataset(self, provenance: Mapping[str, Any]) -> xr.Dataset:
        """The dataset, its dimensions in the order of the grid."""
        import xarray as xr

        dims, layout = tuple(self.grid.axes), self.layout or {}
        arrays = {
            name: ((*dims, *_dims(name, shape)), self.values[name].reshape(*self.grid.shape, *shape), self._units(name))
            for name, shape in layout.items()
        }
        meaning = {"long_name": f"empty: computed; '{NOT_RUN}': not computed; else why the function failed"}
        fault = {"fault": (dims, self.faults.reshape(self.grid.shape), meaning)}
        coords = {name: (name, np.asarray(axis), self._units(name)) for name, axis in self.grid.axes.items()}
        state = {"complete": int(self.done == self.grid.size), "faults": self.failed}
        return xr.Dataset(arrays | fault, coords=coords, attrs={**provenance, **state})

    def _units(self, name: str) -> dict[str, str]:
        return {"units": self.units[name]} if name in self.units else {}


def _counted(faults: Iterable[str]) -> tuple[int, int]:
    """How many points were computed, and at how many of them the function failed."""
    done = [fault for fault in faults if fault != NOT_RUN]
    return len(done), sum(map(bool, done))


def checked_layout(outputs: Mapping[str, Any]) -> Layout:
    """Return names and shapes that the user declared; a TypeError or ValueError for anything else."""
    check_mapping("outputs", outputs)
    if not outputs:
        raise ValueError("outputs must name at least one, got none")
    for name, shape in outputs.items():
        if not (isinstance(shape, tuple) and all(isinstance(n, int) and n > 0 for n in shape)):
            raise TypeError(f"the shape of {name} must be a tuple of positive whole numbers, () for one, got {shape!r}")
    return dict(outputs)


def _dims(name: str, shape: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(f"{name}_{k}" for k in range(len(shape)))
