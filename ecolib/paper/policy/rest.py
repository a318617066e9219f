r"""Where a case comes to rest, and how much transfer it takes to rest elsewhere.

- **Intensity needed** for a heterogeneity :math:`V`: :math:`\tau(V) = z(V) / (\lambda J(V))`. Where it has a local
  maximum, a branch of unlike units ends: the highest heterogeneity where it has is the fold :math:`V_{up}`, and
  :math:`\tau_{up}` is the critical intensity for rising transfer.
- **Rest from the unlike side**: where transfer at its intensity leaves units that start as unlike as can be, once
  everything has settled: the largest :math:`V` with :math:`\tau(V) = \tau`.

Roots and maxima are bracketed on a grid; two folds less than 3.4 % of heterogeneity apart may be missed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.numeric import Array
from ecolib.paper.evolution import letters as closure
from ecolib.paper.policy import letters
from ecolib.paper.policy.case import BaseCase, checked
from ecolib.paper.policy.doors import a_case
from ecolib.paper.policy.roots import GRID, on_grid, root

__all__ = ["CLASSES", "SLOPE", "Rest", "critical", "hardest", "needed", "rest"]

CLASSES = ("inhibition", "single benefit", "biased benefit", "balanced mutualism", "runaway")
"""What rest may look like: the stages under the reading "shares", in order, and benefit without bound."""

_SLOPE = sp.diff(sp.log(letters.erosion) - sp.log(letters.joint.subs(letters.phi, closure.compatibility)), letters.V)
SLOPE = _SLOPE.subs(letters.delta, letters.alignment)
"""Derivative of ln tau(V) by V."""

_V_joint, _V_room = (f.subs(letters.phi, closure.compatibility) for f in (letters.joint, letters.room))


def needed(case: BaseCase, V: npt.ArrayLike) -> Array:
    """Intensity of transfer at which the feedback rests at a heterogeneity; 0 where benefit runs away.

    Args:
        case: the case; its own ``tau`` does not matter.
        V: heterogeneity, positive, broadcasts with the case.

    Raises:
        TypeError: when the case is none, or ``V`` is not made of real numbers.
        ValueError: when ``V`` is not positive and finite.

    Example:
        >>> round(float(needed(BaseCase(), 1.0)), 3)
        1.077
    """
    a_case(case)
    level = np.asarray(checked("V", V), dtype=np.float64)
    if not np.all(level > 0):
        raise ValueError(f"V must be positive, got {level.min()}")
    value, room = case.at(letters.needed, _V_room, V=level)
    return np.asarray(np.where(room > 0, value, 0.0))


def critical(case: BaseCase) -> tuple[Array, Array]:
    """The critical intensity ``tau_up`` for rising transfer and the heterogeneity there; NaN where nothing tips.

    Example:
        >>> [round(float(x), 3) for x in critical(BaseCase())]
        [1.103, 0.745]
    """
    falls, _ = _folds(a_case(case))
    return _refined(case, np.asarray(falls.any(axis=-1)), GRID.size - 2 - np.argmax(falls[..., ::-1], axis=-1))


def hardest(case: BaseCase, V: Array) -> tuple[Array, Array]:
    """The largest local maximum of the intensity needed beyond a heterogeneity, and where it is; NaN without one."""
    falls, level = _folds(case)
    beyond = falls & (GRID[1:] > V[..., None])
    found = np.asarray(beyond.any(axis=-1))
    tau, at = _refined(case, found, np.argmax(np.where(beyond, level[..., :-1], -np.inf), axis=-1))
    with np.errstate(invalid="ignore"):
        return np.where(at > V, tau, np.nan), np.where(at > V, at, np.nan)


def _folds(case: BaseCase) -> tuple[npt.NDArray[np.bool_], Array]:
    """Between which heterogeneities of the grid the intensity needed has a maximum, and the intensity on the grid."""
    slope, room, level = on_grid(case, SLOPE, _V_room, letters.needed)
    return (slope[..., :-1] > 0) & (slope[..., 1:] < 0) & (room[..., :-1] > 0), level


def _refined(case: BaseCase, found: npt.NDArray[np.bool_], place: npt.NDArray[np.int64]) -> tuple[Array, Array]:
    V = root(case, SLOPE, letters.V, np.where(found, GRID[place], np.nan), np.where(found, GRID[place + 1], np.nan))
    return np.where(found, case.at(letters.needed, V=np.where(found, V, 1.0)), np.nan), V


@dataclass(frozen=True, eq=False)
class Rest:
    """Where units that start unlike come to rest; arrays of the shape of the case.

    Main attributes:
        V : heterogeneity, dimensionless; NaN when benefit runs away
        kind : positions in :data:`CLASSES`
        leader : gain of the leader; infinite when benefit runs away
        follower : gain of each follower, likewise
    """

    V: Array
    kind: npt.NDArray[np.int64]
    leader: Array
    follower: Array


def rest(case: BaseCase) -> Rest:
    """Where units that start unlike come to rest at the intensity of the case.

    Example:
        >>> found = rest(BaseCase())
        >>> CLASSES[int(found.kind)], round(float(found.V), 2)
        ('inhibition', 1.99)
    """
    level, space = on_grid(a_case(case), letters.needed, _V_room)
    # On the way to alike units nothing rests any more where room ends.
    closed = np.maximum.accumulate((space <= 0)[..., ::-1], axis=-1)[..., ::-1]
    above = (level >= np.asarray(case.tau)[..., None]) & ~closed
    last = GRID.size - 1 - np.argmax(above[..., ::-1], axis=-1)
    ends = closed[..., 0] | (case.at(letters.room, phi=1.0) <= 0)
    beyond, below = above[..., -1], ~above.any(axis=-1) & ~ends
    between = above.any(axis=-1) & ~beyond
    low, high = (np.where(between, GRID[np.minimum(last + k, GRID.size - 1)], np.nan) for k in (0, 1))
    V = root(case, letters.needed, letters.V, low, high, case.tau)
    most, least = (case.at(letters.settled, phi=phi) for phi in (np.exp(-GRID[-1]), np.exp(-GRID[0])))
    return _described(case, np.where(beyond, most, np.where(below, least, V)))


def _described(case: BaseCase, V: Array) -> Rest:
    phi = np.where(np.isnan(V), 1.0, np.exp(-np.nan_to_num(V)))
    lead, follow, room = case.at(letters.gain_1, letters.gain_i, letters.room, phi=phi)
    away = np.isnan(V) | (room <= 0)
    even = (follow > 0) & (follow >= (1 - np.asarray(case.epsilon)) * lead)
    kind = np.where(lead <= 0, 0, np.where(follow <= 0, 1, np.where(even, 3, 2)))
    V = np.where(away, np.nan, V)
    return Rest(
        V, np.where(away, 4, kind).astype(np.int64), np.where(away, np.inf, lead), np.where(away, np.inf, follow)
    )
