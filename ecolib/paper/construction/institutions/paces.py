r"""What can be said of the J-curve without knowing how fast B's network grows: when it recovers, and how slow is slow.

Let :math:`\sigma > 1`, let all lead firms leave at once, and let :math:`T = \ln(\sigma / (\sigma - 1)) / \delta` be the
time of break-even. The dip comes before :math:`T`, and recovery after it, but before the time :math:`T'` up to which
what was lacking is made good:

.. math:: \frac{1 - e^{-x}}{x} = q \qquad \text{with } q = \frac{\sigma - 1}{\sigma}, \quad x = \delta T'

Both are sharp: recovery tends to :math:`T` in fast and to :math:`T'` in slow networks. The same equation, with
:math:`q = (\sigma - 1 + \text{depth} / m) / \sigma`, gives the shortest departure that keeps the dip above a depth.
"""

from __future__ import annotations

import numpy as np
import sympy as sp

from ecolib.numeric import pointwise
from ecolib.paper.construction.institutions import letters
from ecolib.paper.construction.institutions.jcurve import JCurve
from ecolib.paper.construction.material.inputs import number

__all__ = ["ramp_enough", "recovery_window"]


def recovery_window(*, sigma: float, delta: float) -> tuple[float, float]:
    """The earliest and the latest time of recovery after a sudden departure, whatever leaves and however fast B grows.

    Both are infinite when ``sigma <= 1``.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for numbers that :class:`~.jcurve.JCurve` refuses.

    Example:
        >>> [round(time, 3) for time in recovery_window(sigma=2.0, delta=1.0)]
        [0.693, 1.594]
    """
    curve = JCurve(m=0.5, sigma=sigma, delta=delta, rho=delta)
    if not curve.recovers:
        return np.inf, np.inf
    return curve.break_even, _solved(1 / curve.sigma) / curve.delta


def ramp_enough(*, m: float, sigma: float, delta: float, depth: float) -> float:
    r"""Shortest time of departure for which B's network never falls by ``depth``, however fast it grows.

    Up to :math:`T` it is :math:`x / \delta` with :math:`(1 - e^{-x}) / x = (\sigma - 1 + \text{depth} / m) / \sigma`,
    beyond :math:`T` it is :math:`m (1 - (\sigma - 1) \delta T) / (\delta \, \text{depth})`; 0 from a depth of ``m`` on,
    infinite when the loss in the end, :math:`m (1 - \sigma)`, is not below the depth. The faster the network grows, the
    closer it comes to the depth: a shorter time is not enough for every growth rate.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for numbers out of range.

    Example:
        >>> [round(ramp_enough(m=0.3, sigma=1.5, delta=0.2, depth=depth), 2) for depth in (0.05, 0.2)]
        [13.52, 2.63]
    """
    curve = JCurve(m=m, sigma=sigma, delta=delta, rho=delta)
    part = number("depth", depth, positive=True) / curve.m
    if part >= 1:
        return 0.0
    rest = (1 - part) / curve.sigma if curve.sigma else np.inf
    if rest >= 1:
        return np.inf
    short = _solved(rest) / curve.delta
    if not curve.recovers or short <= _number(letters.break_even, curve):
        return short
    return _number(letters.trough, curve) / part


def _solved(rest: float) -> float:
    """The positive ``x`` with ``(1 - exp(-x)) / x = 1 - rest``, for a rest above 0 and below 1."""
    from scipy.optimize import brentq

    # The left side lies between 1 / (1 + x) and 1 / (1 + x / 2).
    near = rest / (1 - rest)
    return float(brentq(lambda x: (x + np.expm1(-x)) / x - rest, 0.9 * near, 2.1 * near, xtol=1e-300, rtol=1e-14))


def _number(formula: sp.Expr, curve: JCurve) -> float:
    return float(pointwise(formula, (), curve.values)(np.empty(0)))
