r"""One gene in two regions that exchange people: where its shares rest, and how far the regions stay apart.

People who come from the other region carry its genes, so a region that receives them is a region with more miscopying:
given the share :math:`q` there, :math:`\nu + m (1 - q)` and :math:`\beta + m q` take the place of :math:`\nu` and
:math:`\beta`. Both regions rest where each rests given the other. In logarithms of odds each answers by less than the
other moved, so there is one such rest. It may lie at the end where one gene is lost in both regions.

The **distance** of the regions is :math:`p - q`; its square is Nei's minimum genetic distance, and a quarter of its
square is the variance of the quality parameter that the gene stands for.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ecolib.integration import Path
from ecolib.numeric import Array
from ecolib.paper.construction.drive import letters
from ecolib.paper.construction.drive.inputs import broadcast, finite, rates
from ecolib.paper.construction.drive.pairs import rest_shares
from ecolib.paper.construction.drive.pools import GenePool
from ecolib.schedule import checked_times
from ecolib.simulation import simulate

__all__ = ["TwoRegions"]

HALVINGS = 60
"""The rest is enclosed by so many halvings of the interval of shares."""


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
        broadcast(self, {one.name: rates(one.name, getattr(self, one.name), least=least.get(one.name, 0.0))
                    for one in fields(self)})  # fmt: skip

    @cached_property
    def rest(self) -> Array:
        """Shares in A and B to which every path with both genes present in both regions tends, shape ``(..., 2)``.

        Raises:
            ValueError: where the rest depends on the start: without miscopying, when no region selects, or when one
                does not and there is no exchange.
        """
        self._check_moves()
        low, high = np.zeros(self.m.shape), np.ones(self.m.shape)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            above = self._answer(self.sigma_B, self._answer(self.sigma_A, middle)) > middle
            low, high = np.where(above, middle, low), np.where(above, high, middle)
        p = self._answer(self.sigma_A, (low + high) / 2)
        both = np.stack([p, self._answer(self.sigma_B, p)], axis=-1)
        good, other = np.moveaxis(self._lost, -1, 0)[..., None]
        return np.asarray(np.where(good, 0.0, np.where(other, 1.0, both)))

    def _check_moves(self) -> None:
        still = (self.nu == 0) & (self.beta == 0) & (
            ((self.sigma_A == 0) & (self.sigma_B == 0)) | ((self.m == 0) & (self.sigma_A * self.sigma_B == 0))
        )  # fmt: skip
        if np.any(still):
            raise ValueError("where shares rest depends on the start: nothing selects and nothing is miscopied")

    @property
    def _lost(self) -> npt.NDArray[np.bool_]:
        """Whether the gene, and whether the other one, is lost in both regions: there the rest attracts."""
        found = []
        for sign, lost, restored in ((1, self.nu, self.beta), (-1, self.beta, self.nu)):
            a, b = lost - sign * self.sigma_A, lost - sign * self.sigma_B
            attracts = (a + b + 2 * self.m >= 0) & (a * b + self.m * (a + b) >= 0)
            found.append((restored == 0) & attracts)
        return np.stack(found, axis=-1)

    def _answer(self, advantage: Array, other: Array) -> Array:
        """Where a region rests when the other is held at a share."""
        lost, restored = self.nu + self.m * (1 - other), self.beta + self.m * other
        good = advantage >= 0
        better, worse = rest_shares(np.abs(advantage), np.where(good, lost, restored), np.where(good, restored, lost))
        return np.asarray(np.where(good, better, worse))

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
        """Whether more exchange means strictly less distance at rest; where it does not, the distance is 0 already.

        So it is wherever the regions select differently and no gene is lost in both. It is said of paths with both
        genes present in both regions: a gene that one region lacks altogether may have no other way there than people.

        Raises:
            ValueError: where the rest depends on the start.

        Example:
            >>> TwoRegions(sigma_A=2.0, sigma_B=-1.0, m=(0.1, 3.0), nu=0.1, beta=0.0).shortens_at_rest.tolist()
            [True, True]
        """
        self._check_moves()
        return np.asarray((self.sigma_A != self.sigma_B) & ~self._lost.any(axis=-1))

    @property
    def exchange_limit(self) -> Array:
        """Exchange from which, without miscopying, one gene is lost in both regions; infinite when none ever is.

        Example:
            >>> TwoRegions(sigma_A=1.0, sigma_B=(-2.0, -1.0), m=0.0, nu=0.0, beta=0.0).exchange_limit.tolist()
            [2.0, inf]
        """
        opposed, total = self.sigma_A * self.sigma_B < 0, np.abs(self.sigma_A + self.sigma_B)
        limit = np.abs(self.sigma_A) * (np.abs(self.sigma_B) / np.where(total == 0, 1.0, total))
        return np.asarray(np.where(opposed, np.where(total == 0, np.inf, limit), 0.0))

    def path(self, p0: npt.ArrayLike, t: npt.ArrayLike) -> Path:
        """Shares over time from those at the first time; rows are regions A and B.

        Without exchange the path is exact, and a share may be 0 there: a region that lacks a gene. With exchange it is
        the engine's, and a share of the gene must be above 0; a tiny one stands for the first who arrive.

        Raises:
            TypeError: when an entry is not a real number.
            ValueError: for starts that are not such shares, times that do not increase, or arrays of parameters.

        Example:
            >>> TwoRegions(sigma_A=1.0, sigma_B=0.0, m=0.0, nu=0.0, beta=0.0).path((0, 0.25), (0, 50)).x.tolist()
            [[0.0, 0.0], [0.25, 0.25]]
        """
        start = finite("p0", p0, least=0.0, most=1.0)
        if start.shape != (2,):
            raise ValueError(f"p0 must have shape (2,), one share for each region, got {start.shape}")
        if self.m.ndim:
            raise ValueError(f"a path has one set of parameters, got a batch of shape {self.m.shape}")
        if self.m == 0:
            return self._apart(start, checked_times(t))
        names = {one.name: float(getattr(self, one.name)) for one in fields(self)}
        numbers = {getattr(letters, name): number for name, number in names.items()}
        return simulate(letters.REGIONS, numbers, x0=start, t=t)

    def _apart(self, start: Array, t: Array) -> Path:
        nu = np.array([[0.0, self.beta], [self.nu, 0.0]])
        pools = (GenePool(f=np.array([sigma, 0.0]), nu=nu) for sigma in (self.sigma_A, self.sigma_B))
        x = np.stack([pool.path((p, 1 - p), t - t[0])[0] for pool, p in zip(pools, start, strict=True)])
        return Path(t, x, "finished", float(t[-1]), "without exchange the path is exact")
