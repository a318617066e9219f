r"""Random communities: many units whose coefficients are known only in distribution.

Two units are **linked** with a probability :math:`C`, the **connectance**. Both coefficients of a linked pair then lie
around one **mean** :math:`m` with one **spread** :math:`\sigma` (their standard deviation),

.. math:: \alpha_{ij} = m + \sigma z_{ij}, \qquad z_{ij} \text{ standard normal},

and a pair that is not linked has none. The **agreement** :math:`\gamma` says how far the two signs of a pair go
together: at 1 both units of a pair fare better than the mean or both fare worse (with mean 0: mutualism or
competition), at -1 one gains what the other loses, at 0 the two are independent. In general the signs of
:math:`z_{ij}` and :math:`z_{ji}` are the same with probability :math:`(1 + \gamma) / 2`; sizes are independent.

Over *all* pairs, linked or not, an entry of the matrix has mean :math:`E = C m` and variance
:math:`v = C \sigma^2 + C (1 - C) m^2`, and the two entries of a pair have the correlation

.. math:: \rho = \frac{C (1 - C) m^2 + C \sigma^2 \cdot 2 \gamma / \pi}{v} .

The **complexity** of a community of :math:`n` units is :math:`\sqrt{n v}`. With mean 0 it is May's
:math:`\sigma \sqrt{n C}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, pi, sqrt
from numbers import Integral, Real
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.values import Array, generator

__all__ = ["Community", "check_community", "random_alpha", "random_links", "whole"]

LARGEST = 1e100
"""Coefficients are smaller than this, so that their squares are numbers."""

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Community:
    """What is known of the coefficients of a community.

    Args:
        units: how many units, at least 1.
        spread: standard deviation of the coefficients of linked pairs, dimensionless, from 0 to 1e100.
        mean: their mean, dimensionless, positive helps, from -1e100 to 1e100.
        connectance: probability that two units are linked, from 0 to 1.
        agreement: how far the signs of a pair go together, from -1 to 1.

    Raises:
        TypeError: when an argument is not a number of the right kind.
        ValueError: when it is out of range, NaN or infinite.

    Example:
        >>> town = Community(units=400, spread=0.1, connectance=0.25)
        >>> town.complexity, town.pair_correlation
        (1.0, 0.0)

    References: May1972, AllesinaTang2012.
    """

    units: int
    spread: float
    mean: float = 0.0
    connectance: float = 1.0
    agreement: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", whole(self.units, least=1))
        limits = {"spread": (0, LARGEST), "mean": (-LARGEST, LARGEST), "connectance": (0, 1), "agreement": (-1, 1)}
        for name, (low, high) in limits.items():
            object.__setattr__(self, name, _number(name, getattr(self, name), low, high))

    @property
    def entry_mean(self) -> float:
        """Mean of an entry of the matrix over all pairs, dimensionless."""
        return self.connectance * self.mean

    @property
    def entry_variance(self) -> float:
        """Variance of an entry of the matrix over all pairs, dimensionless."""
        return self.connectance * (self.spread**2 + (1 - self.connectance) * self.mean**2)

    @property
    def pair_correlation(self) -> float:
        """Correlation of the two entries of a pair, from -1 to 1; 0 when entries do not vary."""
        if self.entry_variance == 0:
            return 0.0
        shared = (1 - self.connectance) * self.mean**2 + self.spread**2 * 2 * self.agreement / pi
        return self.connectance * shared / self.entry_variance

    @property
    def complexity(self) -> float:
        """Square root of the number of units times the variance of an entry, dimensionless."""
        return sqrt(self.units * self.entry_variance)


def random_alpha(community: Community, *, rng: np.random.Generator) -> Array:
    """Draw the coefficients of a community as a dense array, shape ``(units, units)``, zero diagonal.

    Memory grows with the square of the number of units: for a few thousand at most (:func:`random_links` for more).
    The same generator gives the same coefficients in either form.

    Raises:
        TypeError: when ``community`` or ``rng`` is of another kind.

    Example:
        >>> duel = Community(units=2, spread=1.0, agreement=-1)
        >>> alpha = random_alpha(duel, rng=np.random.default_rng(2026))
        >>> bool(alpha[0, 1] * alpha[1, 0] < 0)
        True

    References: AllesinaTang2012.
    """
    i, j, there, back = _draw(community, rng)
    alpha = np.zeros((community.units, community.units))
    alpha[i, j], alpha[j, i] = there, back
    return alpha


def random_links(community: Community, *, rng: np.random.Generator) -> Any:
    """Draw the coefficients of a community as a ``scipy.sparse.csr_array``, shape ``(units, units)``.

    Memory grows with the number of links, whatever the number of units.

    Raises:
        TypeError: when ``community`` or ``rng`` is of another kind.

    Example:
        >>> region = Community(units=10_000, spread=0.1, connectance=8 / 9_999)
        >>> random_links(region, rng=np.random.default_rng(2026)).shape
        (10000, 10000)

    References: AllesinaTang2012.
    """
    from scipy.sparse import coo_array

    i, j, there, back = _draw(community, rng)
    places = np.concatenate([i, j]), np.concatenate([j, i])
    shape = (community.units, community.units)
    return coo_array((np.concatenate([there, back]), places), shape=shape).tocsr()


def _draw(community: Community, rng: np.random.Generator) -> tuple[Indices, Indices, Array, Array]:
    """Linked pairs ``i < j``, the effects of j on i, and the effects of i on j."""
    check_community(community)
    generator(rng)
    i, j = _pairs(community.units, community.connectance, rng)
    there, back = rng.standard_normal((2, i.size))
    same = rng.random(i.size) < (1 + community.agreement) / 2
    back = np.copysign(back, np.where(same, there, -there))
    return i, j, community.mean + community.spread * there, community.mean + community.spread * back


def _pairs(units: int, connectance: float, rng: np.random.Generator) -> tuple[Indices, Indices]:
    """Every pair with the same probability, without looking at those that are left out: gaps are geometric."""
    count = units * (units - 1) // 2
    if connectance == 0 or count == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    expected = count * connectance
    block, last, blocks = int(expected + 6 * sqrt(expected) + 16), -1, []
    while last < count:
        # A gap beyond the last pair is cut, so that sums do not overflow.
        gaps = np.minimum(rng.geometric(connectance, block), count + 1)
        blocks.append(last + np.cumsum(gaps))
        last = int(blocks[-1][-1])
    k = np.concatenate(blocks)
    k = k[k < count]
    j = ((1 + np.sqrt(1 + 8 * k.astype(np.float64))) / 2).astype(np.int64)
    j -= j * (j - 1) // 2 > k  # the square root may round up at the first pair of a column
    return k - j * (j - 1) // 2, j


def check_community(community: object) -> None:
    """Raise unless it is a :class:`Community`."""
    if not isinstance(community, Community):
        raise TypeError(f"community must be a Community, got {type(community).__name__}")


def whole(units: object, *, least: int) -> int:
    """The number of units, if it is a whole number that is large enough."""
    if isinstance(units, bool) or not isinstance(units, Integral):
        raise TypeError(f"units must be an integer, got {units!r}")
    if units < least:
        raise ValueError(f"units must be at least {least}, got {units}")
    return int(units)


def _number(name: str, given: object, low: float, high: float) -> float:
    if isinstance(given, bool) or not isinstance(given, Real):
        raise TypeError(f"{name} must be a real number, got {given!r}")
    try:
        number = float(given)
    except OverflowError:
        number = inf
    if not low <= number <= high:
        raise ValueError(f"{name} must be between {low:g} and {high:g}, got {number}")
    return number
