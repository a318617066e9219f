r"""The feedback: units become alike by working together, while newcomers keep them different.

Up to here heterogeneity fell by a timetable. Now it is part of the state. **Joint activity** :math:`J`, the mean over
all pairs of units of the product of their saturations, erodes it in proportion to the intensity of transfer; an
inflow of new entrants and of local adaptation feeds it:

.. math:: \dot u_i = r_i u_i \Bigl(1 - u_i + \sum_{j \ne i} \alpha_{ij}(\phi) u_j\Bigr), \qquad
          \dot V = \eta - \lambda \tau J V

with the closure's coefficients at the compatibility :math:`\phi = e^{-V}` ("exponential") or, as a check of how much
hangs on that choice, :math:`\phi = 1/(1 + V)` ("reciprocal"). The letter :math:`\lambda` is ``learning`` in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.doors import check_mapping, choice
from ecolib.model import Symbiosis
from ecolib.numeric import Array
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.closure import Closure
from ecolib.paper.evolution.feedback.reduced import COMPATIBILITIES, TINY, Compatibility, ReducedCurve
from ecolib.paper.evolution.ranges import checked
from ecolib.schedule import Schedule
from ecolib.simulation import Path, simulate
from ecolib.system import System
from ecolib.values import real_array

__all__ = ["Compatibility", "Feedback", "coupled", "feedback_system"]


@dataclass(frozen=True, eq=False)
class Feedback:
    """The feedback model with numbers for all its letters but the intensity of transfer, which is what policies move.

    Args:
        closure: one closure (no batch); exact numbers become floats.
        eta: inflow of heterogeneity, per unit of time, at least 0.
        learning: rate at which joint activity erodes heterogeneity, per unit of time, positive.
        r: growth rates, one number or shape ``(n,)``, per unit of time, positive.
        compatibility: "exponential" or "reciprocal".

    Raises:
        TypeError: when the closure is none, or a number is not real.
        ValueError: when the closure is a batch, a number is out of its range, NaN or infinite, or for an unknown
            compatibility.

    Example:
        >>> strong = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> strong.system.x, strong.curve(0.5).round(3).item()
        ((u_1, u_2, V), 1.038)
    """

    closure: Closure
    eta: float
    learning: float
    r: npt.ArrayLike = 1.0
    compatibility: Compatibility = "exponential"

    def __post_init__(self) -> None:
        if not isinstance(self.closure, Closure):
            raise TypeError(f"closure must be a Closure, got {self.closure!r}")
        choice("compatibility", self.compatibility, get_args(Compatibility))
        object.__setattr__(self, "closure", self.closure._numbers())
        for name in ("s", "c", "omega", "epsilon"):
            one_number(name, getattr(self.closure, name))
        for name in ("eta", "learning"):
            object.__setattr__(self, name, one_number(name, getattr(self, name)))
        object.__setattr__(self, "r", self._checked_rates())

    def _checked_rates(self) -> Array:
        rates = real_array("r", self.r)
        if rates.shape not in ((), (self.closure.n,)):
            raise ValueError(f"r must be one number or have shape ({self.closure.n},), got {rates.shape}")
        if not np.all(np.isfinite(rates) & (rates > 0)):
            raise ValueError(f"r must be positive and finite, got {rates.tolist()}")
        whole = np.broadcast_to(rates, (self.closure.n,)).copy()
        whole.setflags(write=False)
        return whole

    @property
    def system(self) -> System:
        """The equations in letters: state ``u_1, ..., u_n, V``, parameters ``s, c, omega, tau, eta, learning, r_i``."""
        return feedback_system(self.closure.n, self.compatibility)

    def numbers(self, *, tau: float | None = None) -> dict[sp.Symbol, float]:
        """Numbers by letter, as ``simulate`` and continuation take them; without ``tau`` that letter is left out."""
        fixed = {getattr(letters, name): float(getattr(self.closure, name)) for name in ("s", "c", "omega")}
        fixed |= {letters.eta: self.eta, letters.learning: self.learning}
        fixed |= dict(zip(Symbiosis.of(self.closure.n).r, np.asarray(self.r).tolist(), strict=True))
        return fixed if tau is None else fixed | {letters.tau: one_number("tau", tau)}

    @cached_property
    def curve(self) -> ReducedCurve:
        """The reduced curve: the feedback rests where it is ``eta / (learning tau)``."""
        return ReducedCurve(self.closure, self.compatibility)

    def saturations(self, V: npt.ArrayLike) -> Array:
        """Where outputs rest while heterogeneity stands still, shape ``(..., n)``; infinite where benefit runs away."""
        return np.asarray(1.0 + self.closure.gains(phi=np.maximum(self.curve.phi(V), TINY)))

    def path(
        self,
        *,
        tau: float | Schedule,
        x0: npt.ArrayLike,
        t: npt.ArrayLike,
        forcing: Mapping[sp.Symbol, Schedule] | None = None,
        **options: Any,
    ) -> Path:
        """A path in time: ``simulate`` with the numbers of this object, its last row is heterogeneity.

        Args:
            tau: intensity of transfer, a number or a :class:`~ecolib.schedule.Schedule`.
            x0: saturations and heterogeneity at the start, shape ``(n + 1,)``; heterogeneity must be positive.
            t: increasing times, in the time unit of ``1 / r``.
            forcing: schedules for other letters, such as ``letters.eta``, in place of the numbers of this object.
            options: those of :func:`~ecolib.simulation.simulate` (``rtol``, ``seconds``).

        Raises:
            ValueError: as ``simulate``, and when a level of a schedule is out of the range of its letter.

        Example:
            >>> strong = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
            >>> path = strong.path(tau=1, x0=(1, 1, 2), t=(0, 400))
            >>> path.ended, path.x[:, -1].round(3).tolist()
            ('finished', [0.951, 0.654, 1.608])
        """
        check_mapping("forcing", {} if forcing is None else forcing)
        plans = dict(forcing or {}) | ({letters.tau: tau} if isinstance(tau, Schedule) else {})
        for letter, plan in plans.items():
            if isinstance(plan, Schedule) and letter in CHECKED:
                checked(str(letter), plan.levels)
        numbers = self.numbers(tau=None if isinstance(tau, Schedule) else tau)
        kept = {letter: number for letter, number in numbers.items() if letter not in plans}
        return simulate(self.system, kept, x0=x0, t=t, forcing=plans, **options)


CHECKED = (letters.s, letters.c, letters.omega, letters.tau, letters.eta, letters.learning)


def feedback_system(n: int = 2, compatibility: Compatibility = "exponential") -> System:
    """The equations of the feedback in letters, for so many units.

    Raises:
        TypeError: when ``n`` is no integer.
        ValueError: when it is out of range, or the compatibility unknown.

    Example:
        >>> feedback_system(2).field[2]
        -V*learning*tau*u_1*u_2 + eta
    """
    return _system(checked("n", n), choice("compatibility", compatibility, get_args(Compatibility)))


@lru_cache(maxsize=32)
def _system(n: int, compatibility: str) -> System:
    closure = Closure(s=letters.s, c=letters.c, omega=letters.omega, n=n)
    return coupled(closure.alpha(phi=letters.phi).subs({letters.phi: COMPATIBILITIES[compatibility]}))


def coupled(alpha: sp.MatrixBase) -> System:
    """The equations for any coefficients that depend on heterogeneity, a sympy matrix of shape ``(units, units)``."""
    units = Symbiosis.of(alpha=alpha)
    u = sp.symbols(f"u_1:{units.units + 1}", positive=True)
    relative = dict(zip(units.x, u, strict=True)) | dict.fromkeys(units.K, sp.S.One)
    pairs = list(combinations(u, 2))
    joint = sum((one * other for one, other in pairs), sp.S.Zero) / len(pairs)
    erosion = letters.learning * letters.tau * joint * letters.V
    return System((*u, letters.V), (*(rate.xreplace(relative) for rate in units.field), letters.eta - erosion))


def one_number(name: str, value: Any) -> float:
    """One number in the range of its letter.

    Raises:
        TypeError: when it is not real, or an array.
        ValueError: when it is out of range, NaN or infinite.
    """
    number = checked(name, float(value) if isinstance(value, sp.Number) else value)
    if isinstance(number, sp.Basic) or np.ndim(number):
        raise TypeError(f"{name} must be one number, got {value!r}")
    return float(number)
