r"""A hub and its spokes: when growth of a star helps everybody.

A further spoke raises the hub exactly if :math:`a_h > 0` and the other spokes exactly if :math:`a_h a_s > 0`. Where
both effects are positive, outputs grow without bound from the first whole :math:`k \ge 1 / (a_h a_s)` on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array, compiled
from ecolib.paper.construction.drive import letters
from ecolib.paper.construction.drive.inputs import broadcast, finite, rates

__all__ = ["Hub"]

_letters = (letters.a_h, letters.a_s, letters.k)
_room = compiled(letters.room, *_letters)
_times_room = compiled((letters.hub * letters.room, letters.spoke * letters.room), *_letters)


@dataclass(frozen=True, eq=False)
class Hub:
    """A hub and k equal spokes; arrays are broadcast against each other.

    Args:
        a_h: effect of each spoke on the hub.
        a_s: effect of the hub on each spoke.
        k: number of spokes, whole, from 0 to 1e15.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for entries that are not finite, or a number of spokes that is negative or not whole.

    Example:
        >>> star = Hub(a_h=0.25, a_s=0.5, k=(2, 4))
        >>> star.u.round(9).tolist(), float(star.limit[0]), star.growth_helps_all.tolist()
        ([[2.0, 2.0], [4.0, 3.0]], 8.0, [True, True])
    """

    a_h: Array
    a_s: Array
    k: Array

    def __post_init__(self) -> None:
        k = finite("k", self.k, least=0.0, most=1e15)
        if np.any(k % 1):
            raise ValueError(f"k must be a whole number of spokes, got {k[k % 1 != 0].flat[0]}")
        broadcast(self, {"a_h": rates("a_h", self.a_h), "a_s": rates("a_s", self.a_s), "k": k})

    def _bounded(self, k: Array) -> npt.NDArray[np.bool_]:
        """Whether outputs stay bounded with so many spokes; every answer rests on this one comparison."""
        return np.asarray(_room(self.a_h, self.a_s, k) > 0)

    @property
    def u(self) -> Array:
        """Saturations of the hub and of each spoke, shape ``(..., 2)``; NaN where they do not live together."""
        room = np.where(self._bounded(self.k), _room(self.a_h, self.a_s, self.k), np.nan)
        both = _times_room(self.a_h, self.a_s, self.k) / room[..., None]
        return np.asarray(np.where(np.all(both > 0, axis=-1, keepdims=True), both, np.nan))

    @property
    def limit(self) -> Array:
        """Whole number of spokes from which outputs grow without bound (both effects positive), or infinity."""
        runs = (self.a_h > 0) & (self.a_s > 0)
        first = np.ceil(1 / np.where(runs, self.a_h * self.a_s, 1.0))
        first = np.where(self._bounded(first - 1), np.where(self._bounded(first), first + 1, first), first - 1)
        return np.asarray(np.where(runs, first, np.inf))

    @property
    def growth_helps_all(self) -> npt.NDArray[np.bool_]:
        """Whether a further spoke raises the hub and every other spoke: both effects positive, below the limit."""
        return np.asarray((self.a_h > 0) & (self.a_s > 0) & self._bounded(self.k + 1))
