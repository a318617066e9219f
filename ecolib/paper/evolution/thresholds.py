r"""Where the stages change, and when.

Compatibility :math:`\phi` has three thresholds. The leader begins to gain above :math:`\phi_0`, the followers above
:math:`\phi_c`, and the gains are balanced within :math:`\varepsilon` from :math:`\phi_b` on. The first two have closed
forms; the third is the root of a polynomial of degree four.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.doors import check_kind
from ecolib.fit import common_shape
from ecolib.numeric import compiled
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.ranges import LARGEST, checked
from ecolib.values import real_array

if TYPE_CHECKING:
    from ecolib.paper.evolution.closure import Closure

__all__ = ["StageTimes", "Thresholds", "heterogeneity", "stage_times"]


@dataclass(frozen=True, eq=False)
class Thresholds:
    """Where the stages change, in compatibility ``phi`` and in heterogeneity ``V = -ln(phi)``, both dimensionless.

    Main attributes:
        phi_0, V_0 : the leader begins to gain when compatibility rises above ``phi_0``
        phi_c, V_c : the followers begin to gain above ``phi_c``; 1 (``V_c = 0``) when they never do
        phi_b, V_b : the gains are balanced from ``phi_b`` on; 1 (``V_b = 0``) when they never are before perfect
            compatibility; None in letters, which have no closed form for it
    """

    phi_0: Any
    phi_c: Any
    phi_b: Any

    @property
    def V_0(self) -> Any:
        """Heterogeneity below which the leader gains."""
        return _to_heterogeneity(self.phi_0)

    @property
    def V_c(self) -> Any:
        """Heterogeneity below which the followers gain."""
        return _to_heterogeneity(self.phi_c)

    @property
    def V_b(self) -> Any:
        """Heterogeneity below which the gains are balanced."""
        return None if self.phi_b is None else _to_heterogeneity(self.phi_b)


@dataclass(frozen=True, eq=False)
class StageTimes:
    """When the stages begin, in the time unit of ``1 / mu``; negative when they began before time 0.

    Main attributes:
        t_0 : the leader begins to gain
        t_c : the followers begin to gain; infinite when they never do
        t_b : the gains become balanced; infinite when they never do
    """

    t_0: Any
    t_c: Any
    t_b: Any


def stage_times(closure: Closure, *, V_start: Any, mu: Any) -> StageTimes:
    """When the stages begin if heterogeneity decays as ``V_start exp(-mu t)``.

    Args:
        closure: numbers or letters.
        V_start: heterogeneity at time 0, dimensionless, positive.
        mu: rate of decay, per unit of time, positive.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when an argument is out of range.

    Example:
        >>> from ecolib.paper.evolution import Closure
        >>> times = stage_times(Closure(s=1.2, c=0.3, omega=1), V_start=2, mu=0.1)
        >>> [round(float(t), 1) for t in (times.t_0, times.t_c, times.t_b)]
        [2.8, 10.6, 25.3]
    """
    from ecolib.paper.evolution.closure import Closure

    check_kind("closure", closure, Closure)
    start, rate = checked("V_start", V_start), checked("mu", mu)
    at = closure.thresholds
    return StageTimes(*(_time(V, start, rate) for V in (at.V_0, at.V_c, at.V_b)))


def heterogeneity(quality: npt.ArrayLike, image: npt.ArrayLike, *, weight: Any = 0.5) -> Any:
    """Heterogeneity of units: the weighted variance of their quality and image parameters.

    Args:
        quality: quality parameters (质参量: flows of technology, money, material, information), one number per unit,
            shape ``(..., units)``, standardised so that they have no unit.
        image: image parameters (象参量: platforms, markets, policies), likewise.
        weight: weight of the quality parameters, between 0 and 1; the image parameters get the rest.

    Raises:
        ValueError: for fewer than two units, unequal numbers of units, NaN or infinite entries, a weight out of range.

    Example:
        >>> round(float(heterogeneity([1.0, 3.0], [0.0, 0.0], weight=0.5)), 3)
        0.5
    """
    share = checked("weight", weight)
    arrays = [real_array(name, given) for name, given in (("quality", quality), ("image", image))]
    if any(a.ndim < 1 or a.shape[-1] < 2 for a in arrays) or arrays[0].shape[-1] != arrays[1].shape[-1]:
        raise ValueError(f"quality and image need shape (..., units), units >= 2, got {[a.shape for a in arrays]}")
    if not all(np.all(np.abs(array) <= LARGEST) for array in arrays):
        raise ValueError(f"quality and image must be finite, at most {LARGEST:g} in size")
    common_shape(weight=share, quality=arrays[0][..., 0], image=arrays[1][..., 0])
    return share * arrays[0].var(axis=-1) + (1 - share) * arrays[1].var(axis=-1)


def balance_threshold(closure: Closure, phi_c: Any) -> Any:
    """The compatibility from which the gains are balanced, in numbers; 1 where they never are."""
    from scipy.optimize import elementwise

    polynomial = letters.balance.xreplace(letters.in_terms_of_phi)
    balance = compiled(polynomial, letters.phi, letters.s, letters.c, letters.omega, letters.epsilon, letters.n)
    arguments = np.broadcast_arrays(closure.s, closure.c, closure.omega, closure.epsilon, closure.n)
    reachable = balance(1.0, *arguments) > 0
    low = np.where(reachable, np.maximum(phi_c, 1e-12), np.nan)
    with np.errstate(invalid="ignore"):
        root = elementwise.find_root(balance, (low, np.where(reachable, 1.0, np.nan)), args=tuple(arguments)).x
    return np.where(reachable, root, 1.0)[()]


def exact_balance_threshold(closure: Closure, phi_c: Any) -> Any:
    """The same, exactly, when all parameters are exact numbers; None when some are letters."""
    (polynomial,) = closure._at(letters.phi, letters.balance)
    if polynomial.free_symbols - {letters.phi}:
        return None
    roots = sp.real_roots(sp.Poly(sp.nsimplify(polynomial), letters.phi), multiple=True)
    inside = [root for root in roots if phi_c < root <= 1]
    return inside[0] if inside else sp.S.One


def _time(V: Any, start: Any, rate: Any) -> Any:
    if V is None:
        return None
    if any(isinstance(value, sp.Basic) for value in (V, start, rate)):
        if any(np.ndim(value) for value in (V, start, rate) if not isinstance(value, sp.Basic)):
            raise ValueError("V_start and mu must be numbers where the closure is a batch, and the other way round")
        return sp.oo if V == 0 else letters.stage_time.subs({letters.V: V, letters.V_start: start, letters.mu: rate})
    with np.errstate(divide="ignore"):
        return compiled(letters.stage_time, letters.V, letters.V_start, letters.mu)(V, start, rate)[()]


def _to_heterogeneity(phi: Any) -> Any:
    if isinstance(phi, sp.Basic):
        return letters.heterogeneity.subs(letters.phi, phi)
    with np.errstate(divide="ignore"):
        return compiled(letters.heterogeneity, letters.phi)(phi)[()] + 0.0
