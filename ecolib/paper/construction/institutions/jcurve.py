r"""The J-curve: B's network after its lead firms have left, exactly.

What the network **could carry** at time :math:`t` is :math:`g(t) = 1 - m(t) + \sigma k(t)`; its strength follows by
:math:`\dot y = \rho y (g - y)`. That is a Bernoulli equation, linear in :math:`1 / y`:

.. math:: \frac{1}{y(t)} = e^{-\rho G(t)} + \rho \int_0^t e^{-\rho (G(t) - G(s))} \, ds, \qquad G(t) = \int_0^t g

The **dip** is the lowest point of :math:`y`, its **depth** is :math:`1 - y` there, **recovery** the return to 1, and
the network **breaks even** when :math:`g` is back at 1. Lead firms leave at once, or at an even pace over a ``ramp``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.numeric import Array, compiled, pointwise
from ecolib.paper.construction.institutions import letters
from ecolib.paper.construction.material.inputs import number, numbers
from ecolib.schedule import Schedule
from ecolib.simulation import Path, simulate

__all__ = ["JCurve"]

NODES, WEIGHTS = np.polynomial.legendre.leggauss(48)
FORGOTTEN, PANELS = 45.0, 60
"""What lies so many e-folds back counts no more; so many panels reach further back than any time."""
LEAST, FLAT, ROUNDING = 1e-6, 1e-9, 1e-13
"""Least departure; least change in the end; what rounding cannot tell from 0 at early times."""


@dataclass(frozen=True)
class JCurve:
    """Strength of B's network once lead firms leave, relative to what it was.

    Args:
        m: departure, dimensionless, from 1e-6 to below 1; from 1 on a network without return would die out.
        sigma: spillover, dimensionless, from 0 to 1e4; 1, or so far from 1 that ``m |sigma - 1| >= 1e-9``.
        delta: rate at which knowledge flows back, per unit of time, positive.
        rho: growth rate of the network, per unit of time, positive.
        ramp: time over which the lead firms leave, at least 0.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for numbers out of range, or time scales further apart than 1e6.

    Example:
        >>> curve = JCurve(m=0.3, sigma=1.5, delta=0.2, rho=1.0)
        >>> round(curve.depth, 3), round(curve.dip_time, 2), round(curve.recovery_time, 2), round(curve.long_run, 2)
        (0.169, 1.72, 6.63, 1.15)
    """

    m: float
    sigma: float
    delta: float
    rho: float
    ramp: float = 0.0

    def __post_init__(self) -> None:
        for name in ("m", "delta", "rho"):
            object.__setattr__(self, name, number(name, getattr(self, name), positive=True))
        object.__setattr__(self, "sigma", number("sigma", self.sigma, most=1e4))
        object.__setattr__(self, "ramp", number("ramp", self.ramp))
        if not LEAST <= self.m < 1:
            raise ValueError(f"m must be at least {LEAST:g} and below 1, got {self.m}")
        if 0 < self.m * abs(self.sigma - 1) < FLAT:
            raise ValueError(f"sigma must be 1, or m |sigma - 1| at least {FLAT:g}, got sigma = {self.sigma!r}")
        scales = [self.delta, self.rho, self.rho * (1 - self.m)] + ([1 / self.ramp] if self.ramp else [])
        if max(scales) > 1e6 * min(scales):
            raise ValueError(f"time scales must lie within a factor of 1e6, got the rates {scales}")

    @property
    def long_run(self) -> float:
        """Strength in the end, ``1 + m (sigma - 1)``."""
        return self._number(letters.long_run)

    @property
    def recovers(self) -> bool:
        """Whether the network ever returns to what it was: exactly if ``sigma > 1``."""
        return self.sigma > 1

    @property
    def turns(self) -> bool:
        r"""Whether there is a lowest point at a finite time; without one the network falls for ever.

        It turns if ``sigma >= 1`` or ``rho E >= delta``, where ``E`` is the strength in the end; else exactly if
        :math:`E e^b > M(-a, 1 - a, b)` with Kummer's function :math:`M`, :math:`a = \rho E / \delta` and
        :math:`b = \rho \sigma m / \delta`.

        Raises:
            ValueError: for ``sigma < 1`` with a ramp, which is not decided.
        """
        from scipy.special import hyp1f1

        if self.sigma >= 1:
            return True
        if self.ramp:
            raise ValueError(f"with a ramp a turn is decided for sigma of at least 1, got {self.sigma}")
        a, b = self.rho * self.long_run / self.delta, self.rho * self.sigma * self.m / self.delta
        return self.sigma > 0 and (a >= 1 or bool(self.long_run * np.exp(b) > hyp1f1(-a, 1 - a, b)))

    @property
    def break_even(self) -> float:
        """Time at which what the network could carry is back at 1; infinite when ``sigma <= 1``."""
        if not self.recovers:
            return np.inf
        start = self._number(letters.break_even)
        return self._root(lambda s: self.carried(s) - 1, start, start) if self.ramp else start

    @property
    def dip_time(self) -> float:
        """Time of the lowest point; infinite when there is none.

        Raises:
            ValueError: as :attr:`turns`; also where the turn is too flat to be located.
        """
        if not self.turns:
            return np.inf
        # What the network could carry falls up to then, and rises afterwards.
        lead = min(self._number(letters.break_even), self.ramp) if self.recovers else self.ramp
        step = self.break_even - lead if self.recovers else 1 / self.delta
        return self._root(lambda s: self.carried(s) - self._strength(s), lead, step)

    @property
    def depth(self) -> float:
        """How far the network falls below what it was, between 0 and ``m``; the loss in the end if it never turns."""
        return 1 - (self._strength(self.dip_time) if self.turns else self.long_run)

    @property
    def recovery_time(self) -> float:
        """Time of the first return to 1 after the dip; infinite when ``sigma <= 1``."""
        start = self.break_even
        return self._root(lambda s: self._strength(s) - 1, start, start) if self.recovers else np.inf

    def strength(self, t: npt.ArrayLike) -> Array:
        """Strength of the network at times ``t`` of at least 0, shape ``(times,)``.

        Raises:
            TypeError: when an entry is not a real number.
            ValueError: for another shape, or a time that is negative or not finite.
        """
        return np.array([self._strength(time) for time in numbers("t", t, (None,)).tolist()])

    def carried(self, t: float) -> float:
        """What the network could carry at a time, dimensionless; its strength runs after that."""
        return float(self._supply(np.array([number("t", t)]))[0][0])

    def path(self, t: npt.ArrayLike) -> Path:
        """The same by the engine: strength and knowledge, from the first of the times ``t``, which must be 0."""
        if numbers("t", t, (None,))[0] != 0:
            raise ValueError(f"times must start at 0, got {t!r}")
        plan = {letters.m: Schedule(np.array([0.0, self.ramp]), np.array([0.0, self.m]))} if self.ramp else {}
        free = {one: value for one, value in self.values.items() if one not in (*plan, letters.ramp)}
        # The engine keeps logarithms; knowledge starts next to 0.
        return simulate(letters.J_CURVE, free, x0=(1.0, 1e-12), t=t, forcing=plan, rtol=1e-11)

    def _strength(self, t: float) -> float:
        """The quadrature: panels double in length with the distance from ``t``, and end where the ramp does."""
        if t == 0:
            return 1.0
        step = 1 / (self.rho * max(1.0, self.long_run) + self.delta)
        edges = np.append(0.0, step * (2.0 ** np.arange(1, PANELS) - 1))
        ends = np.unique(np.clip([*edges, t, max(t - self.ramp, 0.0) if self.ramp else t], 0.0, t))
        half, middle = np.diff(ends) / 2, (ends[1:] + ends[:-1]) / 2
        back = middle[:, None] + half[:, None] * NODES
        total = float(self._supply(np.array([t]))[1][0])
        decay = self.rho * (total - self._supply(t - back.ravel())[1].reshape(back.shape))
        inner = np.exp(-np.minimum(decay, 700.0)) * (decay < FORGOTTEN)
        return float(1 / (np.exp(-self.rho * total) + self.rho * (half[:, None] * WEIGHTS * inner).sum()))

    def _supply(self, t: Array) -> Array:
        """What the network could carry, and its integral, at times; shape ``(2, times)``."""
        if not self.ramp:
            return self._two(letters.sudden, t)
        early, late = self._two(letters.during, t), self._two(letters.after, np.maximum(t, self.ramp))
        return np.where(t <= self.ramp, early, late)

    def _two(self, formulas: tuple[sp.Expr, sp.Expr], t: Array) -> Array:
        return np.asarray(compiled(formulas, letters.t, tuple(self.values))(t, np.array([*self.values.values()])).T)

    def _number(self, formula: sp.Expr) -> float:
        return float(pointwise(formula, (), self.values)(np.empty(0)))

    @property
    def values(self) -> dict[sp.Symbol, float]:
        """Numbers by letter."""
        return {getattr(letters, name): float(getattr(self, name)) for name in self.__dataclass_fields__}

    def _root(self, change: Callable[[float], float], low: float, step: float) -> float:
        """The time after ``low`` at which something negative becomes positive."""
        from scipy.optimize import brentq

        for high in low + step * 2.0 ** np.arange(50 if change(low) < -ROUNDING else 0):
            if change(high) > ROUNDING * max(1.0, 0.01 * self.rho * max(1.0, self.long_run) * high):
                return float(brentq(change, low, high, xtol=1e-13, rtol=1e-13))
        raise ValueError(f"the turn of {self} is too flat to be located")
