r"""One gene in two regions that exchange people: where its shares rest, and how far the regions stay apart.

People who come from the other region carry its genes, so a region that receives them is a region with more miscopying:
given the share :math:`q` there, :math:`\nu + m (1 - q)` and :math:`\beta + m q` take the place of :math:`\nu` and
:math:`\beta`. Both regions rest where each rests given the other. In logarithms of odds each answers by less than the
other moved, so there is one such rest.

The **distance** of the regions is :math:`p - q`; its square is Nei's minimum genetic distance, and a quarter of its
square is the variance of the quality parameter that the gene stands for.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array, compiled
from ecolib.paper.construction.drive import letters
from ecolib.paper.construction.drive.inputs import broadcast, finite, fraction
from ecolib.paper.construction.drive.pairs import rest_share
from ecolib.simulation import Path, simulate

__all__ = ["TwoRegions", "exchange_needed", "residual_distance"]

HALVINGS = 60
"""The rest is enclosed by so many halvings of the interval of shares."""

_residual = compiled(letters.residual_distance, letters.sigma, letters.m, letters.nu)
_needed = compiled(letters.exchange_needed, letters.sigma, letters.level, letters.nu)


@dataclass(frozen=True, eq=False)
class TwoRegions:
    """One gene in two regions that exchange people; arrays are broadcast against each other.

    Args:
        sigma_A: advantage of the gene in region A, per unit of time, any sign.
        sigma_B: advantage of the gene in region B, per unit of time, any sign.
        m: exchange of people, per unit of time, at least 0.
        nu: rate at which the gene is lost by miscopying, per unit of time, at least 0.
        beta: rate at which miscopying restores it, per unit of time, at least 0.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for numbers out of range.

    Example:
        >>> pair = TwoRegions(sigma_A=1.0, sigma_B=-1.0, m=(0.0, 0.375), nu=0.0, beta=0.0)
        >>> pair.rest.round(9).tolist(), pair.distance.round(9).tolist()
        ([[1.0, 0.0], [0.75, 0.25]], [1.0, 0.5])
    """

    sigma_A: Array
    sigma_B: Array
    m: Array
    nu: Array
    beta: Array

    def __post_init__(self) -> None:
        least = {"sigma_A": -np.inf, "sigma_B": -np.inf}
        broadcast(self, {one.name: finite(one.name, getattr(self, one.name), least=least.get(one.name, 0.0))
                    for one in fields(self)})  # fmt: skip

    @cached_property
    def rest(self) -> Array:
        """Shares in A and B to which every path with both genes present in both regions tends, shape ``(..., 2)``.

        Raises:
            ValueError: where the rest depends on the start: without miscopying, when no region selects, or when one
                does not and there is no exchange.
        """
        still = (self.nu == 0) & (self.beta == 0) & (
            ((self.sigma_A == 0) & (self.sigma_B == 0)) | ((self.m == 0) & (self.sigma_A * self.sigma_B == 0))
        )  # fmt: skip
        if np.any(still):
            raise ValueError("where shares rest depends on the start: nothing selects and nothing is miscopied")
        low, high = np.zeros(self.m.shape), np.ones(self.m.shape)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            above = self._answer(self.sigma_B, self._answer(self.sigma_A, middle)) > middle
            low, high = np.where(above, middle, low), np.where(above, high, middle)
        p = self._answer(self.sigma_A, (low + high) / 2)
        return np.stack([p, self._answer(self.sigma_B, p)], axis=-1)

    def _answer(self, advantage: Array, other: Array) -> Array:
        """Where a region rests when the other is held at a share."""
        lost, restored = self.nu + self.m * (1 - other), self.beta + self.m * other
        good = advantage >= 0
        share = rest_share(np.abs(advantage), np.where(good, lost, restored), np.where(good, restored, lost))
        return np.asarray(np.where(good, share, 1 - share))

    @property
    def distance(self) -> Array:
        """Distance p - q of the regions at rest."""
        return np.asarray(self.rest[..., 0] - self.rest[..., 1])

    @property
    def spread(self) -> Array:
        """Variance of the share across the two regions at rest, a quarter of the squared distance."""
        return np.asarray(self.distance**2 / 4)

    @property
    def erosion(self) -> Array:
        """Rate at which exchange and miscopying wear off the variance, per unit of time: 2 (2 m + nu + beta)."""
        return np.asarray(2 * (2 * self.m + self.nu + self.beta))

    @property
    def inflow(self) -> Array:
        """Variance that selection supplies at rest, per unit of time: what chapter 9 calls eta."""
        return np.asarray(self.erosion * self.spread)

    @property
    def shortens_always(self) -> npt.NDArray[np.bool_]:
        """Whether, from every start and at every time, more exchange means less distance: equal selection."""
        return np.asarray(self.sigma_A == self.sigma_B)

    @property
    def shortens_at_rest(self) -> npt.NDArray[np.bool_]:
        """Whether more exchange means less distance at rest: wherever the regions select differently."""
        return np.asarray((self.sigma_A != self.sigma_B) & (self.nu > 0) & (self.beta > 0))

    @property
    def exchange_limit(self) -> Array:
        """Exchange from which, without miscopying, one gene is lost in both regions; infinite when none ever is.

        Example:
            >>> TwoRegions(sigma_A=1.0, sigma_B=(-2.0, -1.0), m=0.0, nu=0.0, beta=0.0).exchange_limit.tolist()
            [2.0, inf]
        """
        product, total = self.sigma_A * self.sigma_B, np.abs(self.sigma_A + self.sigma_B)
        limit = np.abs(product) / np.where(total == 0, 1.0, total)
        return np.asarray(np.where(product >= 0, 0.0, np.where(total == 0, np.inf, limit)))

    def path(self, p0: npt.ArrayLike, t: npt.ArrayLike) -> Path:
        """Shares over time by the engine, from shares above 0 at the first time; rows are regions A and B.

        Raises:
            TypeError: when an entry is not a real number.
            ValueError: for starts that are not shares above 0, times that do not increase, or arrays of parameters.
        """
        start = finite("p0", p0, least=0.0, most=1.0)
        if self.m.ndim:
            raise ValueError(f"a path has one set of parameters, got a batch of shape {self.m.shape}")
        names = {one.name: float(getattr(self, one.name)) for one in fields(self)}
        numbers = {getattr(letters, name): number for name, number in names.items()}
        return simulate(letters.REGIONS, numbers, x0=start, t=t)


def residual_distance(*, sigma: npt.ArrayLike, m: npt.ArrayLike, nu: npt.ArrayLike = 0.0) -> Array:
    """Distance at rest where the regions select equally strongly in opposite directions and ``beta = nu``.

    With ``z = 2 (m + nu) / sigma`` it is ``sqrt(1 + z**2) - z``: it falls from 1, and like ``1 / (2 z)`` far out.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: unless ``sigma > 0``, ``m >= 0`` and ``nu >= 0``.

    Example:
        >>> residual_distance(sigma=1.0, m=(0.0, 0.375)).tolist()
        [1.0, 0.5]
    """
    return _residual(_positive(sigma), finite("m", m, least=0.0), finite("nu", nu, least=0.0))


def exchange_needed(*, sigma: npt.ArrayLike, level: npt.ArrayLike, nu: npt.ArrayLike = 0.0) -> Array:
    """Exchange from which :func:`residual_distance` is at most ``level``, per unit of time; 0 when it always is.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: unless ``sigma > 0``, ``0 < level < 1`` and ``nu >= 0``.

    Example:
        >>> exchange_needed(sigma=1.0, level=0.5).tolist()
        0.375
    """
    return np.asarray(np.maximum(_needed(_positive(sigma), fraction("level", level), finite("nu", nu, least=0.0)), 0.0))


def _positive(sigma: npt.ArrayLike) -> Array:
    array = finite("sigma", sigma, least=0.0)
    if np.any(array == 0):
        raise ValueError("sigma must be positive, got 0.0")
    return array
