r"""One network of two regions: when chains of links lead from everywhere to everywhere.

Two regions have equally many units. Production links point one way; social links serve both. Drawn at random with the
mean numbers of :class:`RegionLinks`, the network of many units holds a **giant part**, within which every unit acts
on every other, if chains of links can go on for ever. If moreover links between the regions lead both ways, there is
one, and it **spans** both; otherwise each region may have one of its own. A unit belongs to the one that spans when
chains go on for ever both from it and, backwards, to it. With the chances :math:`S_X` and :math:`S'_X` of the two,

.. math:: S_X = 1 - \exp\Bigl(-\sum_Y c_{XY} S_Y\Bigr), \qquad S'_X = 1 - \exp\Bigl(-\sum_Y c_{YX} S'_Y\Bigr)

and with production links alone the share of region :math:`X` in the giant part is :math:`S_X S'_X`. That is a theorem;
with social links it is one that :math:`R > 1` is necessary, while that it suffices, and the share, are argued from
branching processes and checked against draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecolib.numeric import Array, compiled
from ecolib.paper.construction.material import letters
from ecolib.paper.construction.material.inputs import numbers

__all__ = ["RegionLinks"]

_MEANS = ((letters.c_AA, letters.c_AB), (letters.c_BA, letters.c_BB))
STEPS = 200
"""More steps than Newton's method needs, even next to the threshold."""


@dataclass(frozen=True, eq=False)
class RegionLinks:
    """Mean numbers of links per unit, within and between two regions with equally many units.

    Args:
        production: shape ``(2, 2)``: from a unit of A to units of A and of B, then from a unit of B; at least 0.
        social: shape ``(2, 2)``, symmetric: links that serve both ways, of a unit with units of A and of B.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for a wrong shape, an entry that is negative or not finite, or social links that differ in
            the two directions.

    Example:
        >>> RegionLinks(((0.5, 1), (0, 0.5))).spans, RegionLinks(((0.5, 1), (0.3, 0.5))).spans
        (False, True)

    References: BloznelisGotzeJaworski2009, DorogovtsevMendesSamukhin2001.
    """

    production: Array
    social: Array = ((0.0, 0.0), (0.0, 0.0))  # type: ignore[assignment]

    def __post_init__(self) -> None:
        object.__setattr__(self, "production", numbers("production", self.production, (2, 2)))
        object.__setattr__(self, "social", numbers("social", self.social, (2, 2)))
        if self.social[0, 1] != self.social[1, 0]:
            raise ValueError(f"social links serve both ways, got {self.social[0, 1]} and {self.social[1, 0]}")

    @property
    def means(self) -> Array:
        """Mean numbers of links of both layers, shape ``(2, 2)``: from the region of the row to that of the column."""
        return np.asarray(self.production + self.social)

    @property
    def R(self) -> float:
        """Mean number of links by which a chain of links goes on: the spectral radius of ``means``."""
        return float(compiled(letters.continuation, _MEANS)(self.means))

    @property
    def both_ways(self) -> bool:
        """Whether some links lead from A to B and some from B to A."""
        return bool(self.means[0, 1] > 0 and self.means[1, 0] > 0)

    @property
    def spans(self) -> bool:
        """Whether a giant part reaches both regions: links both ways between them, and ``R > 1``."""
        return self.both_ways and self.R > 1

    @property
    def returns_needed(self) -> float:
        """Mean number of links from a unit of B to units of A above which a giant part spans both regions.

        It is 0 when one region alone has enough links, and infinite when no link leads from A to B.

        Example:
            >>> RegionLinks(((0.5, 1), (0, 0.5))).returns_needed
            0.25
        """
        (AA, AB), (_, BB) = self.means
        if AB == 0:
            return float("inf")
        return float((1 - AA) * (1 - BB) / AB) if max(AA, BB) < 1 else 0.0

    @property
    def going_on(self) -> tuple[Array, Array]:
        """Chances that chains of links go on for ever from a unit of A and B, and, backwards, to it; each ``(2,)``."""
        return _survival(self.means), _survival(self.means.T)

    @property
    def shares(self) -> Array:
        """Share of A's and of B's units in the giant part that spans both regions, shape ``(2,)``; 0 without one.

        Social links make the two directions depend on each other; then ``S + S' - v`` takes the place of the
        product, where ``v`` is the chance that at least one direction goes on.

        Example:
            >>> RegionLinks(((1, 1), (1, 1))).shares.round(4).tolist()
            [0.6349, 0.6349]
        """
        if not self.spans:
            return np.zeros(2)
        forth, back = self.going_on
        one_way = self.production @ forth + self.production.T @ back
        either = _largest_root(one_way, self.social)
        return np.asarray(np.clip(forth + back - either, 0.0, 1.0))


def _survival(means: Array) -> Array:
    """The chances, from the spectral radius up to 1 exactly none."""
    if float(compiled(letters.continuation, _MEANS)(means)) <= 1:
        return np.zeros(2)
    return _largest_root(np.zeros(2), means)


def _largest_root(constant: Array, means: Array) -> Array:
    """The largest ``v`` with ``v = 1 - exp(-constant - means v)``: Newton's method from 1, which never passes it."""
    v = np.ones(2)
    for _ in range(STEPS):
        missed = np.exp(-constant - means @ v)
        change = np.linalg.solve(np.eye(2) - missed[:, None] * means, v - 1.0 + missed)
        v = np.maximum(v - change, 0.0)
        if np.all(np.abs(change) <= 1e-15):
            break
    return v
