r"""Two standards in two regions: alignment that can lock in on a difference.

Where a standard pays the more the more firms at home use it, each region is drawn to its own majority. Regions that
copy each other at the rate :math:`v` can then stay with different standards for ever, and return there after a small
push, exactly if :math:`v < \theta / 6` (at :math:`\theta / 6` itself small pushes grow). They stay at the distance
:math:`\sqrt{1 - 4 v / \theta}`. Parameters that merely diffuse have :math:`\theta = 0`, and never do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecolib.numeric import pointwise
from ecolib.paper.construction.institutions import letters
from ecolib.paper.construction.material.inputs import number, numbers
from ecolib.simulation import Path, simulate

__all__ = ["Standards"]


@dataclass(frozen=True)
class Standards:
    """Two regions with two standards.

    Args:
        theta: pull of the majority of one's own region, per unit of time, at least 0.
        v: rate at which a region copies the other, per unit of time, at least 0.

    Raises:
        TypeError: when a rate is not a real number.
        ValueError: when a rate is negative or not finite.

    Example:
        >>> Standards(theta=1.2, v=0.1).locks_in, Standards(theta=1.2, v=0.3).locks_in
        (True, False)
    """

    theta: float
    v: float

    def __post_init__(self) -> None:
        for name in ("theta", "v"):
            object.__setattr__(self, name, number(name, getattr(self, name)))

    @property
    def limit(self) -> float:
        """Rate of copying from which the regions cannot stay with different standards: ``theta / 6``."""
        return self._number("lock_in_limit")

    @property
    def locks_in(self) -> bool:
        """Whether the regions can stay with different standards, and return there after a small push."""
        return self.v < self.limit

    @property
    def distance(self) -> float:
        """Distance at which they then stay, dimensionless; 0 when they cannot."""
        return self._number("lock_in_distance") if self.locks_in else 0.0

    def path(self, start: tuple[float, float], t: npt.ArrayLike) -> Path:
        """Shares of the first standard over time, by the engine; rows are regions A and B.

        Raises:
            TypeError: when an entry is not a real number.
            ValueError: for starts that are not above 0 and below 1, or times that do not increase.
        """
        first = numbers("start", start, (2,), positive=True)
        if np.any(first >= 1):
            raise ValueError(f"start must be below 1, got {first.max()}")
        return simulate(letters.STANDARDS, {letters.theta: self.theta, letters.v: self.v}, x0=first, t=t)

    def _number(self, name: str) -> float:
        values = {letters.theta: self.theta, letters.v: self.v}
        return float(pointwise(getattr(letters, name), (), values)(np.empty(0)))
