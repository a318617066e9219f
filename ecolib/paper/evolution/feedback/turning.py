r"""Where the reduced curve turns, and all of these places.

Branches of equilibria of the feedback end in **folds**, the heterogeneities at which the reduced curve
:math:`F(V) = J V` has slope zero. Joint activity at coexistence is :math:`J = N / R^2` with polynomials :math:`N` and
:math:`R` (the room for coexistence) in compatibility, so

.. math:: F'(V) = \frac{J}{N R} \bigl(N R - v\, Q\bigr), \qquad Q = \phi\,(N' R - 2 N R'),

with :math:`v = -\ln \phi` for exponential and :math:`v = 1 - \phi` for reciprocal compatibility. Between two zeros of
:math:`Q`, the function :math:`v - N R / Q` turns only at zeros of a further *polynomial*. All zeros of both
polynomials in (0, 1) therefore cut that interval into pieces each of which holds at most one fold, and a change of
sign at the ends of a piece decides whether it does. No fold is missed as long as no zero of a polynomial is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.polynomial import Polynomial

from ecolib.doors import check_kind, choice
from ecolib.fit import common_shape
from ecolib.numeric import Array
from ecolib.paper.evolution.closure import Closure
from ecolib.paper.evolution.feedback.model import Feedback
from ecolib.paper.evolution.feedback.reduced import COMPATIBILITIES, TINY, Compatibility, ReducedCurve, zeros
from ecolib.paper.evolution.ranges import checked
from ecolib.values import real_array

__all__ = ["Fold", "fold_count", "folds"]

NOWHERE = -1e9
"""The height where joint activity falls with compatibility throughout, so that nothing turns."""


@dataclass(frozen=True)
class Fold:
    """Where a branch of equilibria ends.

    Main attributes:
        V : heterogeneity there, dimensionless
        F : height of the reduced curve there, dimensionless
        tau : the intensity of transfer at which the two equilibria merge, ``eta / (learning F)``
        least : whether the curve is lowest there, so that the equilibrium with more heterogeneity ends when transfer
            *rises* past ``tau``; otherwise the one with less ends when it falls
    """

    V: float
    F: float
    tau: float
    least: bool


def folds(feedback: Feedback) -> tuple[Fold, ...]:
    """All folds, in order of heterogeneity.

    Raises:
        TypeError: when an argument is of another kind.

    Example:
        >>> from ecolib.paper.evolution import Closure
        >>> strong = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> [(round(fold.V, 3), round(fold.F, 3), round(fold.tau, 3)) for fold in folds(strong)]
        [(0.075, 1.815, 0.551), (0.977, 0.906, 1.104)]
        >>> folds(Feedback(Closure(s=1.2, c=0.5, omega=1), eta=0.1, learning=0.1))
        ()
    """
    check_kind("feedback", feedback, Feedback)
    found = sorted(feedback.curve.to_V(phi) for phi in turns(turning(feedback.curve)))
    return tuple(_fold(feedback, V) for V in found)


def fold_count(
    *,
    s: npt.ArrayLike,
    c: npt.ArrayLike,
    omega: npt.ArrayLike,
    n: int = 2,
    compatibility: Compatibility = "exponential",
) -> Any:
    """How many folds the reduced curve has: none where succession is smooth, two where it tips and can tip back.

    One fold means that alike units run away, so that there is no way back. Arguments are those of
    :class:`~ecolib.paper.evolution.Closure`; numbers or arrays that broadcast.

    Raises:
        ValueError: when a number is out of range, or for an unknown compatibility.

    Example:
        >>> fold_count(s=(1.2, 1.8, 2.2), c=0.5, omega=1).tolist()
        [0, 2, 1]
    """
    choice("compatibility", compatibility, COMPATIBILITIES)
    numbers = {name: real_array(name, checked(name, x)) for name, x in (("s", s), ("c", c), ("omega", omega))}
    common_shape(**numbers)
    given = np.broadcast_arrays(*numbers.values())
    rows = zip(*(array.ravel().tolist() for array in given), strict=True)
    curves = (ReducedCurve(Closure(s=x, c=y, omega=z, n=n), compatibility) for x, y, z in rows)
    return np.reshape([len(turns(turning(curve))) for curve in curves], given[0].shape)[()]


def _fold(feedback: Feedback, V: float) -> Fold:
    F = float(feedback.curve(V))
    return Fold(V, F, feedback.eta / (feedback.learning * F), bool(feedback.curve(V, derivative=2) > 0))


@dataclass(frozen=True, eq=False)
class Turning:
    """What decides the sign of the slope of the reduced curve.

    Main attributes:
        sign : a function of compatibility that has the sign of the slope
        cuts : the ends of the pieces, increasing, from 0 to 1 (or to where benefit runs away)
        highest : where ``v - N R / Q`` is highest among the places where ``Q`` is positive
        height : how high it is there: above 0 the curve has folds
    """

    sign: Callable[[Any], Any]
    cuts: Array
    highest: float
    height: float


def turning(curve: ReducedCurve) -> Turning:
    """The pieces that hold at most one fold each."""
    exponential = curve.compatibility == "exponential"
    N, R = curve.polynomials
    phi = Polynomial([0.0, 1.0])
    P, Q = N * R, phi * (N.deriv() * R - 2 * N * R.deriv())
    wronskian = P.deriv() * Q - P * Q.deriv()
    K = -Q * Q - (phi * wronskian if exponential else wronskian)
    top = curve.runs_away

    def v(phi: Any) -> Any:
        return -np.log(phi) if exponential else 1.0 - phi

    peaks = np.array([*zeros(K, top), top])
    cuts = np.array([0.0, *sorted([*zeros(Q, top), *peaks[:-1]]), top])
    peaks = peaks[Q(peaks) > 0]
    heights = v(peaks) - P(peaks) / Q(peaks)
    best = (peaks[np.argmax(heights)], heights.max()) if peaks.size else (top, NOWHERE)
    return Turning(lambda x: P(x) - v(x) * Q(x), cuts, float(best[0]), float(best[1]))


def turns(at: Turning) -> list[float]:
    """Compatibilities at which the reduced curve turns."""
    from scipy.optimize import brentq

    signs = [1.0, *(float(np.sign(at.sign(cut))) for cut in at.cuts[1:])]  # the curve rises where all is unlike
    pieces = zip(pairwise(at.cuts), pairwise(signs), strict=True)
    return [
        float(brentq(at.sign, max(low, TINY), high, xtol=1e-300, rtol=1e-15, maxiter=500))
        for (low, high), (before, after) in pieces
        if before * after < 0
    ]
