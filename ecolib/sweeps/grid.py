"""Named values, and the points that they span."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from ecolib.doors import check_mapping

__all__ = ["NOT_RUN", "RESERVED", "Grid", "check_names", "checked_grid"]

NOT_RUN = "not run"
"""What stands for a fault at a point that was not computed."""

RESERVED = ("fault", "point", "rng")
"""Names that a sweep uses itself."""

LARGEST = 10**8
"""Points of a grid, at most."""


@dataclass(frozen=True)
class Grid:
    """The values of each parameter, as plain Python numbers, truth values or text."""

    axes: Mapping[str, tuple[Any, ...]]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many values each parameter has."""
        return tuple(map(len, self.axes.values()))

    @property
    def size(self) -> int:
        """How many points."""
        return prod(self.shape)

    def point(self, index: int) -> dict[str, Any]:
        """The parameters of a point by its number; the last one changes fastest."""
        places = np.unravel_index(index, self.shape)
        return {name: axis[int(k)] for (name, axis), k in zip(self.axes.items(), places, strict=True)}


def checked_grid(given: Mapping[str, Iterable[Any]]) -> Grid:
    """Return the grid.

    Raises:
        TypeError: for a grid that is no mapping, or values that are neither numbers, truth values nor text.
        ValueError: for names that are not plain, and values that are none, repeated, not finite or not in one row.
    """
    check_mapping("grid", given)
    if not given:
        raise ValueError("grid must name at least one parameter, got none")
    check_names("grid", given)
    grid = Grid({name: _checked_axis(name, values) for name, values in given.items()})
    if grid.size > LARGEST:
        raise ValueError(f"the grid has {grid.size:,} points ({' x '.join(map(str, grid.shape))}); at most {LARGEST:,}")
    return grid


def check_names(what: str, names: Iterable[Any]) -> None:
    """Raise ValueError for a name that is not a plain identifier, which every file format can hold, or is reserved."""
    for name in names:
        if not (isinstance(name, str) and name.isascii() and name.isidentifier()):
            raise ValueError(f"a name in {what} must be made of ASCII letters, digits and underscores, got {name!r}")
        if name in RESERVED:
            raise ValueError(f"the name {name!r} in {what} is one that sweeps use themselves ({', '.join(RESERVED)})")


def _checked_axis(name: str, values: Iterable[Any]) -> tuple[Any, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(
            f"the values of {name} must be a sequence, got {values!r}: write ({values!r},) for a single one"
        )
    listed = values if isinstance(values, np.ndarray) else list(values)
    try:
        array = np.asarray(listed)
    except ValueError:
        raise ValueError(f"the values of {name} must stand in one row, got rows of different lengths") from None
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"the values of {name} must be a row of at least one, got shape {array.shape}")
    if array.dtype.kind not in "biufU" or (array.dtype.kind == "U" and not all(isinstance(v, str) for v in listed)):
        raise TypeError(f"the values of {name} must be real numbers, truth values or text, got {listed!r}")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise ValueError(f"the values of {name} must be finite, got {array[~np.isfinite(array)][0]}")
    found, times = np.unique(array, return_counts=True)
    if (times > 1).any():
        raise ValueError(f"the values of {name} must be distinct, got {found[times > 1].tolist()[0]!r} more than once")
    return tuple(array.tolist())
