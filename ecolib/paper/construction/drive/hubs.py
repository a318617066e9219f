r"""A hub and its spokes: when growth of a star helps everybody.

A further spoke raises the hub exactly if :math:`a_h > 0` and the other spokes exactly if :math:`a_h a_s > 0`. Where
both effects are positive, outputs grow without bound from :math:`k = 1 / (a_h a_s)` spokes on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array, compiled
from ecolib.paper.construction.drive import letters
from ecolib.paper.construction.drive.inputs import broadcast, finite

__all__ = ["Hub"]

_hub = compiled((letters.hub, letters.spoke), letters.a_h, letters.a_s, letters.k)


@dataclass(frozen=True, eq=False)
class Hub:
    """A hub and k equal spokes; arrays are broadcast against each other.

    Args:
        a_h: effect of each spoke on the hub.
        a_s: effect of the hub on each spoke.
        k: number of spokes, at least 0.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for entries that are not finite or a negative number of spokes.

    Example:
        >>> star = Hub(a_h=0.25, a_s=0.5, k=(2, 4))
        >>> star.u.round(9).tolist(), float(star.limit[0]), star.growth_helps_all.tolist()
        ([[2.0, 2.0], [4.0, 3.0]], 8.0, [True, True])
    """

    a_h: Array
    a_s: Array
    k: Array

    def __post_init__(self) -> None:
        least = {"a_h": -np.inf, "a_s": -np.inf, "k": 0.0}
        broadcast(self, {name: finite(name, getattr(self, name), least=low) for name, low in least.items()})

    @property
    def u(self) -> Array:
        """Saturations of the hub and of each spoke, shape ``(..., 2)``; NaN where they do not live together."""
        room = np.where(self.k * self.a_h * self.a_s < 1, self.k, np.nan)
        both = _hub(self.a_h, self.a_s, room)
        return np.asarray(np.where(np.all(both > 0, axis=-1, keepdims=True), both, np.nan))

    @property
    def limit(self) -> Array:
        """Number of spokes from which outputs grow without bound (both effects positive), or infinity."""
        product = self.a_h * self.a_s
        runs = (self.a_h > 0) & (product > 0)
        return np.asarray(np.where(runs, 1 / np.where(runs, product, 1.0), np.inf))

    @property
    def growth_helps_all(self) -> npt.NDArray[np.bool_]:
        """Whether a further spoke raises the hub and every other spoke: both effects positive, below the limit."""
        return np.asarray((self.a_h > 0) & (self.a_s > 0) & (self.k + 1 < self.limit))
