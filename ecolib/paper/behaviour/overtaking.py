r"""Where open innovation overtakes integrated innovation, for any exponent and any unit of payoffs.

With :math:`x = \ln e` the two pay alike where

.. math:: \ln \beta_O + q x = \ln \bigl( \beta_I \mathrm e^x + \kappa_O - \kappa_I \bigr) .

The left side rises by :math:`q > 1`, the right side by at most 1, so there is one such reach. It lies between the
larger of the two at which the return to openness equals one term on the right, and the larger of those at which it
equals twice that term.
"""

from __future__ import annotations

import numpy as np

from ecolib.numeric import pointwise
from ecolib.paper.behaviour import letters

__all__ = ["overtaking"]

FAR = np.log(1e100)
"""A reach whose logarithm exceeds this counts as infinite."""

ROOM = 1e100
"""Returns and costs up to this, and down to its inverse, are squared."""


def overtaking(beta_I: float, beta_O: float, extra_cost: float, q: float) -> float:
    """Reach at which openness overtakes integration, infinite when there is none.

    Args:
        beta_I: return to integrated innovation, not negative.
        beta_O: return to open innovation, not negative.
        extra_cost: what openness costs more than integration, positive.
        q: exponent of returns to openness, above 1.

    Example:
        >>> round(overtaking(1.0, 2.0, 0.5, 2.0), 6), round(overtaking(1.0, 2.0, 0.5, 2.000001), 5)
        (0.809017, 0.80902)
    """
    if beta_O == 0:
        return float(np.inf)
    if q == 2 and all(1 / ROOM < term < ROOM for term in (beta_I, beta_O, extra_cost)):
        numbers = {letters.beta_I: beta_I, letters.beta_O: beta_O, letters.kappa_O: extra_cost, letters.kappa_I: 0.0}
        return float(pointwise(letters.e_IO, (), numbers)(np.empty(0)))
    return _by_logs(beta_I, beta_O, extra_cost, q)


def _by_logs(beta_I: float, beta_O: float, extra_cost: float, q: float) -> float:
    from scipy.optimize import brentq

    with np.errstate(divide="ignore"):
        integrated, opened, extra = np.log([beta_I, beta_O, extra_cost])
    low, high = (
        max((integrated - opened + margin) / (q - 1), (extra - opened + margin) / q) for margin in (0.0, np.log(2))
    )
    if low > FAR:
        return float(np.inf)
    slack = 1e-9 * (1 + abs(low) + abs(high))
    root = brentq(lambda x: opened + q * x - np.logaddexp(integrated + x, extra), low - slack, high + slack, xtol=1e-15)
    return float(np.exp(root)) if root < FAR else float(np.inf)
