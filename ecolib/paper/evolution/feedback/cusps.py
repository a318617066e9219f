r"""Where two folds are born: how much synergy makes a tipping point out of a smooth succession.

At a **cusp** the slope and the curvature of the reduced curve vanish together, :math:`F' = F'' = 0`. For given
friction, reciprocity and number of units this happens at one synergy :math:`s^*`, the least from which on the curve
has folds. Over all frictions and reciprocities these synergies form a surface: below it succession is smooth.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.doors import choice
from ecolib.fit import common_shape
from ecolib.numeric import compiled
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.closure import Closure
from ecolib.paper.evolution.feedback.reduced import COMPATIBILITIES, Compatibility, ReducedCurve
from ecolib.paper.evolution.feedback.turning import turning
from ecolib.paper.evolution.ranges import checked
from ecolib.values import real_array

__all__ = ["Cusp", "cusp"]

LEAST_SYNERGY, MOST_SYNERGY = 1e-9, 30.0
"""Between these a cusp is looked for."""

SCAN = 40
"""Synergies at which it is looked whether there are folds, before the first change is refined."""


@dataclass(frozen=True, eq=False)
class Cusp:
    """The cusp at given friction and reciprocity; numbers, or arrays of one shape.

    Main attributes:
        s : the synergy from which on the reduced curve has folds; 0 when it has at every synergy, infinite when it has
            at none before benefit runs away (or below synergy 30)
        V, F : heterogeneity and height of the curve there, NaN when there is no such point
    """

    s: Any
    V: Any
    F: Any


def cusp(*, c: npt.ArrayLike, omega: npt.ArrayLike, n: int = 2, compatibility: Compatibility = "exponential") -> Cusp:
    """The cusp of the reduced curve, for numbers or arrays of friction and reciprocity that broadcast.

    Args:
        c: friction, ``0 <= c < 1``.
        omega: reciprocity, ``0 <= omega <= 1``.
        n: number of units, at least 2.
        compatibility: "exponential" or "reciprocal".

    Raises:
        ValueError: when a number is out of range, or for an unknown compatibility.

    Example:
        >>> point = cusp(c=0.5, omega=1)
        >>> round(point.s, 5), round(point.V, 4), round(point.F, 5)
        (1.41762, 0.4746, 0.78602)
    """
    choice("compatibility", compatibility, COMPATIBILITIES)
    c, omega = real_array("c", checked("c", c)), real_array("omega", checked("omega", omega))
    common_shape(c=c, omega=omega)
    friction, openness = np.broadcast_arrays(c, omega)
    units = checked("n", n)
    points = [
        _cusp(float(x), float(y), units, compatibility) for x, y in zip(friction.flat, openness.flat, strict=True)
    ]
    columns = (np.reshape([point[k] for point in points], friction.shape) for k in range(3))
    return Cusp(*(column if column.ndim else float(column) for column in columns))


def _cusp(c: float, omega: float, n: int, compatibility: Compatibility) -> tuple[float, float, float]:
    """Synergy, heterogeneity and height of the curve, for one friction and reciprocity."""
    from scipy.optimize import brentq

    def curve(s: float) -> ReducedCurve:
        return ReducedCurve(Closure(s=s, c=c, omega=omega, n=n), compatibility)

    def height(s: float) -> float:
        return turning(curve(s)).height

    synergies = np.linspace(LEAST_SYNERGY, _most(omega, n), SCAN)
    above = next((k for k, s in enumerate(synergies) if height(s) > 0), SCAN)
    if above in (0, SCAN):
        return (np.inf if above else 0.0), np.nan, np.nan
    s = float(brentq(height, synergies[above - 1], synergies[above], xtol=1e-15, rtol=1e-14))
    V = curve(s).to_V(turning(curve(s)).highest)
    return s, V, float(curve(s)(V))


def _most(omega: float, n: int) -> float:
    """The synergy up to which nothing runs away at full compatibility."""
    roots = np.roots(_room_alike()(omega, n)).real
    return float(min([MOST_SYNERGY, *roots[roots > 0]]))


@lru_cache(maxsize=1)
def _room_alike() -> Any:
    """Coefficients of the room for coexistence at full compatibility, by falling power of synergy, compiled."""
    room = letters.room.xreplace(letters.in_terms_of_phi).subs(letters.phi, 1)
    return compiled(tuple(sp.Poly(sp.expand(room), letters.s).all_coeffs()), letters.omega, letters.n)
