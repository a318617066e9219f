r"""Rewiring: two-way transfer breaks local links, and cross links take their place after a search.

The model and its letters stand in :mod:`ecolib.paper.construction.material.letters`. Its network measure **dips**: it
falls first, always, since breaking needs no time and a search does. It turns at the time of the dip and rises to
:math:`1 + f (Y - 1)`, if :math:`b > d + h - \kappa d`; otherwise it falls for good. The network is **upgraded**
(升级) when the measure ends above where it began, that is when the **yield** :math:`Y = \kappa d / (d + h)` exceeds 1.
The **local network** is the same with :math:`\theta \kappa` in place of :math:`\kappa`: it ends at
:math:`1 + f (\theta Y - 1)`, and is upgraded when :math:`\theta Y` exceeds 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.numeric import Array, compiled
from ecolib.paper.construction.material import letters
from ecolib.paper.construction.material.inputs import number, numbers
from ecolib.values import real_array

__all__ = ["Dip", "Rewiring"]

_RATES = (letters.b, letters.d, letters.h, letters.kappa, letters.f, letters.theta)
_STATE = (letters.ell, letters.y, letters.q)
_ABOVE = (letters.measure - 1).subs(letters.q, letters.successes)
DIGITS = 1000
"""Working precision where terms cancel; enough for every plan, whose numbers lie between 1e-100 and 1e100."""


class Dip(NamedTuple):
    """The lowest point of the network measure.

    Attributes:
        time: when it is reached, in units of time.
        depth: how far the measure has fallen by then, dimensionless.
    """

    time: float
    depth: float


@dataclass(frozen=True)
class Rewiring:
    """Rates at which links break and are replaced.

    Args:
        b: rate at which relocation breaks an exposed local link, per unit of time, positive.
        d: rate at which a search succeeds, per unit of time, positive; its inverse is the delay.
        h: rate at which a search is given up, per unit of time, at least 0.
        kappa: worth of the links that a success brings, in local links, positive.
        f: fraction of local links that are exposed, above 0 and at most 1.
        theta: share of the successes that are at home, from 0 to 1; the links of the others lead across.

    Raises:
        TypeError: when one is not a real number.
        ValueError: when one is out of range, NaN or infinite.

    Example:
        >>> plan = Rewiring(b=1, d=0.5, h=0.1, kappa=1.5)
        >>> plan.upgraded, round(plan.final, 6), round(plan.dip.time, 6)
        (True, 1.25, 1.06861)
    """

    b: float
    d: float
    h: float = 0.0
    kappa: float = 1.0
    f: float = 1.0
    theta: float = 0.0

    def __post_init__(self) -> None:
        for name in ("b", "d", "h", "kappa", "f", "theta"):
            most = 1.0 if name in ("f", "theta") else np.inf
            given = number(name, getattr(self, name), positive=name not in ("h", "theta"), most=most)
            object.__setattr__(self, name, given)

    @property
    def Y(self) -> float:
        """The yield: worth of what in the end replaces a broken link."""
        return self._of(letters.total_yield)

    @property
    def final(self) -> float:
        """The network measure in the end."""
        return self._of(letters.measure, 0.0, 0.0, self.d / (self.d + self.h))

    @property
    def upgraded(self) -> bool:
        """Whether the measure ends above where it began: ``Y > 1``, that is ``(kappa - 1) d > h``.

        Decided without rounding, for the binary numbers that were given; ``Y`` and ``final`` are rounded.
        """
        d, h, kappa = map(Fraction, (self.d, self.h, self.kappa))
        return (kappa - 1) * d > h

    @property
    def local_final(self) -> float:
        """The local network measure in the end."""
        return self._of(letters.local_measure, 0.0, 0.0, self.d / (self.d + self.h))

    @property
    def upgraded_at_home(self) -> bool:
        """Whether the local measure ends above where it began: ``theta Y > 1``, that is ``(theta kappa - 1) d > h``.

        Decided without rounding. Without successes at home (``theta = 0``) it never does.
        """
        d, h, kappa, theta = map(Fraction, (self.d, self.h, self.kappa, self.theta))
        return (theta * kappa - 1) * d > h

    @property
    def turns(self) -> bool:
        """Whether the measure ever rises: ``b > d + h - kappa d``, decided without rounding."""
        b, d, h, kappa = map(Fraction, (self.b, self.d, self.h, self.kappa))
        return b > d + h - kappa * d

    @property
    def dip(self) -> Dip | None:
        """The lowest point of the measure; None when it falls for good."""
        if not self.turns:
            return None
        exact = self._exact
        level = exact[letters.b] == exact[letters.d] + exact[letters.h]
        time = (1 / (letters.kappa * letters.d) if level else letters.dip_time).subs(exact)
        left = letters.local_links.subs({letters.b: exact[letters.b], letters.t: time})
        return Dip(float(time), float(letters.dip_depth.subs(exact).subs(letters.ell, left)))

    @property
    def recovery(self) -> float:
        """When the measure is back where it began; infinite when it never is."""
        from scipy.optimize import brentq

        if not self.upgraded or self.dip is None:
            return float("inf")
        low = high = self.dip.time
        while self._above(high) <= 0:
            low, high = high, 16 * high
        return float(brentq(self._above, low, high, xtol=1e-14 * high, rtol=1e-13))

    def links(self, t: npt.ArrayLike) -> Array:
        """Local links, relations in search and successes, as fractions of the exposed links, shape ``(..., 3)``.

        Args:
            t: times of any shape, in units of time, at least 0.

        Raises:
            TypeError: when a time is not a real number.
            ValueError: when a time is negative or not finite.

        Example:
            >>> Rewiring(b=1, d=1).links((0, 1)).round(3).tolist()
            [[1.0, 0.0, 0.0], [0.368, 0.368, 0.264]]
        """
        from scipy.special import exprel

        given = real_array("t", t)
        times = numbers("t", given, (None,) * given.ndim)
        slower, gap = min(self.b, self.d + self.h), abs(self.d + self.h - self.b)
        left = compiled(letters.local_links, letters.b, letters.t)(self.b, times)
        search = compiled(letters.in_search, letters.b, letters.g, letters.slower, letters.t)
        searching = search(self.b, exprel(-gap * times), slower, times)
        done = compiled(letters.successes, _STATE[:2], _RATES)(np.stack([left, searching], axis=-1), self._numbers)
        return np.stack([left, searching, done], axis=-1)

    def measure(self, t: npt.ArrayLike) -> Array:
        """The network measure at given times, of any shape; raises as :meth:`links`. Its rounding grows with kappa."""
        return compiled(letters.measure, _STATE, _RATES)(self.links(t), self._numbers)

    def local_measure(self, t: npt.ArrayLike) -> Array:
        """The local network measure at given times, of any shape; raises as :meth:`links`."""
        return compiled(letters.local_measure, _STATE, _RATES)(self.links(t), self._numbers)

    @property
    def _numbers(self) -> Array:
        return np.array([self.b, self.d, self.h, self.kappa, self.f, self.theta])

    @property
    def _exact(self) -> dict[sp.Symbol, sp.Float]:
        return {letter: sp.Float(value, DIGITS) for letter, value in zip(_RATES, self._numbers.tolist(), strict=True)}

    def _of(self, formula: sp.Expr, *state: float) -> float:
        return float(compiled(formula, _STATE, _RATES)(state or (0.0, 0.0, 0.0), self._numbers))

    def _above(self, t: float) -> float:
        """How far the measure lies above 1, with all digits right, however small it is."""
        exact = self._exact | {letters.t: sp.Float(t, DIGITS)}
        rates = exact[letters.b], exact[letters.d] + exact[letters.h]
        lag = sp.Integer(1) if rates[0] == rates[1] else letters.lag.subs(exact)
        searching = letters.in_search.subs(exact).subs({letters.g: lag, letters.slower: min(rates)})
        left = letters.local_links.subs(exact)
        return float(_ABOVE.subs(exact).subs({letters.ell: left, letters.y: searching}))
