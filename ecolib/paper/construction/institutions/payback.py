r"""When the loss is paid back, and a ladder of times that spillover and lag alone decide.

The **accumulated gain** is :math:`S(t) = \int_0^t (y - 1)`. With :math:`H(t) = \int_0^t (g - 1)` what the network could
carry says it all, for any schedule of departure:

.. math:: S(t) = H(t) - \frac{\ln y(t)}{\rho}

The **loss** is :math:`-S` at recovery, where it is largest; **pay-back** is the first time at which :math:`S` is again
0. After a sudden departure :math:`T < R < T' < P < T''` for break-even :math:`T`, recovery :math:`R`, pay-back
:math:`P`, whatever leaves and however fast B grows. **Rung** :math:`j` of :math:`T, T', T'', \ldots` is the time at
which :math:`g - 1`, integrated :math:`j - 1` times from 0, is again 0; with Kummer's function :math:`M`:

.. math:: \sigma x M(1, j + 1, -x) = j, \qquad x = \delta t
"""

from __future__ import annotations

from itertools import count as upwards

import numpy as np
import numpy.typing as npt

from ecolib.doors import check_kind
from ecolib.numeric import Array
from ecolib.paper.construction.institutions.jcurve import JCurve
from ecolib.paper.construction.material.inputs import number, numbers

__all__ = ["accumulated_gain", "loss", "pay_back", "rung"]


def accumulated_gain(curve: JCurve, t: npt.ArrayLike) -> Array:
    """Integral of ``y - 1`` from 0 to times ``t`` of at least 0, in units of time, shape ``(times,)``.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for another shape, or a time that is negative or not finite.

    Example:
        >>> accumulated_gain(JCurve(m=0.3, sigma=1.5, delta=0.2, rho=1.0), [0.0, 6.63, 20.0]).round(3).tolist()
        [0.0, -0.658, 0.66]
    """
    check_kind("curve", curve, JCurve)
    times = numbers("t", t, (None,))
    return np.asarray(curve._supply(times)[1] - times - np.log(curve.strength(times)) / curve.rho)


def loss(curve: JCurve) -> float:
    """What is lost until recovery, the area above the dip, in units of time; infinite when ``sigma <= 1``.

    After a sudden departure it is below ``m (1 - (sigma - 1) log(sigma / (sigma - 1))) / delta``.

    Raises:
        TypeError: when an argument is of another kind.

    Example:
        >>> round(loss(JCurve(m=0.3, sigma=1.5, delta=0.2, rho=1.0)), 3)
        0.658
    """
    check_kind("curve", curve, JCurve)
    return float(-accumulated_gain(curve, [curve.recovery_time])[0]) if curve.recovers else np.inf


def pay_back(curve: JCurve) -> float:
    """Time at which what was lost is made good by what was gained since; infinite when ``sigma <= 1``.

    Raises:
        TypeError: when an argument is of another kind.

    Example:
        >>> curve = JCurve(m=0.3, sigma=1.5, delta=0.2, rho=1.0)
        >>> round(pay_back(curve), 2), [round(rung(j, sigma=1.5, delta=0.2), 2) for j in (2, 3)]
        (15.03, [14.11, 23.74])
    """
    check_kind("curve", curve, JCurve)
    from scipy.optimize import brentq

    if not curve.recovers:
        return np.inf
    low = curve.recovery_time
    high = next(low * 2.0**k for k in upwards(1) if accumulated_gain(curve, [low * 2.0**k])[0] > 0)
    return float(brentq(lambda s: accumulated_gain(curve, [s])[0], low, high, xtol=1e-13, rtol=1e-13))


def rung(j: int, *, sigma: float, delta: float) -> float:
    """Rung ``j`` of the ladder: break-even for 1, the time between recovery and pay-back for 2; infinite if sigma <= 1.

    Raises:
        TypeError: when an entry is not a real number, or ``j`` is no integer.
        ValueError: unless ``1 <= j <= 20``, ``0 <= sigma <= 1e4`` and ``delta > 0``.

    Example:
        >>> [round(rung(j, sigma=2.0, delta=1.0), 4) for j in (1, 2, 3)]
        [0.6931, 1.5936, 2.5569]
    """
    from scipy.optimize import brentq
    from scipy.special import hyp1f1

    if isinstance(j, bool) or not isinstance(j, int):
        raise TypeError(f"j must be an integer, got {j!r}")
    if not 1 <= j <= 20:
        raise ValueError(f"j must be from 1 to 20, got {j}")
    return_, rate = number("sigma", sigma, most=1e4), number("delta", delta, positive=True)
    if return_ <= 1:
        return np.inf
    if j == 1:
        return float(np.log(return_ / (return_ - 1)) / rate)
    lacks = lambda x: j - return_ * x * hyp1f1(1, j + 1, -x)  # noqa: E731
    # exp(-x u) lies between (1 - u)**x and 1, so x M(1, j + 1, -x) between x j / (x + j) and x.
    return float(brentq(lacks, 0.5 * j / return_, 2 * j / (return_ - 1), xtol=1e-300, rtol=1e-13) / rate)
