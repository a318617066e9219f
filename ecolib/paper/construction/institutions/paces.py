r"""What can be said of the J-curve without knowing how fast B's network grows: when it recovers, and how slow is slow.

Let :math:`\sigma > 1`, let all lead firms leave at once, and let :math:`T = \ln(\sigma / (\sigma - 1)) / \delta` be the
time of break-even. The dip comes before :math:`T`, and recovery after it, but before the time :math:`T'` up to which
what was lacking is made good:

.. math:: (\sigma - 1) \, \delta T' = \sigma (1 - e^{-\delta T'}), \qquad
          \delta T' = \kappa + W_0(-\kappa e^{-\kappa}), \quad \kappa = \sigma / (\sigma - 1)

with Lambert's function :math:`W_0`. Both are sharp: recovery tends to :math:`T` in fast
and to :math:`T'` in slow networks.
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
        ValueError: unless ``sigma >= 0`` and ``delta > 0``.

    Example:
        >>> [round(time, 3) for time in recovery_window(sigma=2.0, delta=1.0)]
        [0.693, 1.594]
    """
    from scipy.special import lambertw

    curve = JCurve(m=0.5, sigma=sigma, delta=delta, rho=delta)
    if not curve.recovers:
        return np.inf, np.inf
    kappa = curve.sigma / (curve.sigma - 1)
    # For large kappa the second term is nothing.
    return curve.break_even, float(kappa + lambertw(-kappa * np.exp(-kappa)).real) / curve.delta


def ramp_enough(*, m: float, sigma: float, delta: float, depth: float) -> float:
    r"""A time over which lead firms may leave so that B's network never falls by ``depth``, however fast it grows.

    Where ``sigma > 1`` it is the larger of :math:`T = \ln(\sigma / (\sigma - 1)) / \delta` and
    :math:`m (1 - (\sigma - 1) \delta T) / (\delta \, \text{depth})`. Otherwise the network ends at a loss of
    :math:`m (1 - \sigma)`, and it is :math:`m \sigma / \delta` over what the depth exceeds that loss by: infinite when
    it does not.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for numbers out of range.

    Example:
        >>> round(ramp_enough(m=0.3, sigma=1.5, delta=0.2, depth=0.05), 2)
        13.52
    """
    curve = JCurve(m=m, sigma=sigma, delta=delta, rho=delta)
    allowed = number("depth", depth, positive=True)
    if allowed >= curve.m:
        return 0.0
    if not curve.recovers:
        room = allowed - (1 - curve.long_run)
        return curve.m * curve.sigma / (curve.delta * room) if room > 0 else np.inf
    lack = curve.m * _number(letters.trough, curve) / allowed
    return max(_number(letters.break_even, curve), lack)


def _number(formula: sp.Expr, curve: JCurve) -> float:
    return float(pointwise(formula, (), curve.values)(np.empty(0)))
