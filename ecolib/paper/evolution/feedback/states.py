r"""Where the feedback stands still, and whether it stays there.

Outputs at rest are a function of heterogeneity, so equilibria are the solutions of the one equation
:math:`F(V) = \eta / (\lambda \tau)`. Between two neighbouring folds the reduced curve is monotone: each such piece
holds at most one equilibrium, and its values at both ends say whether it does. The list is therefore complete.

An equilibrium is judged by the eigenvalues of the *whole* system, not by the slope of the curve alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ecolib.doors import check_kind
from ecolib.modes import Mode, Reading, Stage
from ecolib.numeric import Array, pointwise
from ecolib.paper.evolution.feedback.model import Feedback, one_number
from ecolib.paper.evolution.feedback.reduced import TINY, ReducedCurve
from ecolib.paper.evolution.feedback.turning import folds
from ecolib.stability import ROUNDING, TURNING, ZERO, Stability

__all__ = ["SteadyState", "steady_states"]

FARTHEST = 1e12
"""Heterogeneities beyond are not looked at: differences of that size have no meaning."""


@dataclass(frozen=True, eq=False)
class SteadyState:
    """One equilibrium of the feedback.

    Main attributes:
        V : heterogeneity, dimensionless
        u : saturations, shape ``(n,)``
        kind : a :class:`~ecolib.stability.Stability`; true in a condition when stable
        mode : who gains there

    Other attributes:
        slope : slope of the reduced curve
        eigenvalues : of the Jacobian of the whole system, per unit of time, shape ``(n + 1,)``
        feedback : the model
    """

    V: float
    u: Array
    kind: Stability
    mode: Mode
    slope: float
    eigenvalues: npt.NDArray[np.complex128]
    feedback: Feedback = field(repr=False)

    @property
    def x(self) -> Array:
        """The state: saturations and heterogeneity, shape ``(n + 1,)``."""
        return np.array([*self.u, self.V])

    @property
    def phi(self) -> float:
        """Compatibility."""
        return max(float(self.feedback.curve.phi(self.V)), TINY)

    def stage(self, reading: Reading = "shares") -> Stage:
        """The paper's stage there, under the reading "signs" or "shares"."""
        found: Stage = self.feedback.closure.stage(phi=self.phi, reading=reading)
        return found


def steady_states(feedback: Feedback, *, tau: float) -> tuple[SteadyState, ...]:
    """All equilibria with all units present, in order of heterogeneity.

    None exists without transfer, when heterogeneity grows for ever, or where outputs run away. Without inflow units
    become alike in the end, ``V = 0``. (Equilibria that lack a unit exist from three units on; as ``c < 1``, the unit
    that is absent grows when it is rare, so they are unstable.)

    Args:
        feedback: the model.
        tau: intensity of transfer, at least 0.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when ``tau`` is out of range; when neither inflow nor transfer moves heterogeneity, so that the
            model rests at every heterogeneity.

    Example:
        >>> from ecolib.paper.evolution import Closure
        >>> strong = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> for state in steady_states(strong, tau=1):
        ...     print(f"{state.V:.3f}", state.kind.value, "|", state.stage().value)
        0.014 stable node | balanced mutualism
        0.559 saddle | biased benefit
        1.608 stable node | inhibition
    """
    check_kind("feedback", feedback, Feedback)
    level = one_number("tau", tau)
    if level == 0 and feedback.eta == 0:
        raise ValueError("without transfer (tau = 0) and without inflow (eta = 0) every heterogeneity is at rest")
    if level == 0:
        return ()
    return tuple(_state(feedback, level, V) for V in _heterogeneities(feedback, level))


def _heterogeneities(feedback: Feedback, tau: float) -> list[float]:
    """All solutions of ``F(V) = eta / (learning tau)``."""
    curve, pull = feedback.curve, feedback.learning * tau
    if pull <= feedback.eta * np.finfo(float).tiny:
        raise ValueError(f"tau is too small to be told from no transfer, got {tau}")
    level = feedback.eta / pull
    if level == 0:
        return [0.0] if curve(0.0) == 0 else []
    turns = [fold.V for fold in folds(feedback)]
    middle = turns or [curve.least_V + 1.0]
    ends = [_first(curve, level, middle[0]), *turns, _last(curve, level, middle[-1])]
    found = (_between(curve, level, low, high) for low, high in pairwise(ends))
    return list(dict.fromkeys(V for V in found if V is not None))


def _between(curve: ReducedCurve, level: float, low: float, high: float) -> float | None:
    """The solution on a piece on which the curve is monotone, if there is one."""
    from scipy.optimize import brentq

    def excess(y: float) -> float:
        return float(np.log(curve(np.exp(y)) / level))

    first, last = np.log(low), np.log(high)
    if not first < last or excess(first) * excess(last) > 0:
        return None
    return float(np.exp(brentq(excess, first, last, xtol=1e-14, rtol=1e-15)))


def _first(curve: ReducedCurve, level: float, V: float) -> float:
    """Below a heterogeneity on the first piece, one that lies below all solutions.

    There the curve comes from 0, or falls from infinity where benefit runs away.
    """
    edge = curve.least_V
    falls = edge > 0 or not np.isfinite(curve.joint(0.0))
    step = V - edge
    while step > TINY and (curve(edge + step) <= level) == falls:
        step /= 2
    return edge + step


def _last(curve: ReducedCurve, level: float, V: float) -> float:
    """Above a heterogeneity on the last piece, one that lies above all solutions: the curve rises in proportion."""
    farthest = FARTHEST * max(1.0, level)
    while curve(V) <= level and farthest > V:
        V *= 2
    return V


def _state(feedback: Feedback, tau: float, V: float) -> SteadyState:
    u = feedback.saturations(V)
    jacobian = pointwise(feedback.system.jacobian, feedback.system.x, feedback.numbers(tau=tau))
    eigenvalues = np.linalg.eigvals(jacobian(np.array([*u, V]))).astype(np.complex128)
    phi = max(float(feedback.curve.phi(V)), TINY)
    slope = float(feedback.curve(V, derivative=1))
    return SteadyState(V, u, kind_of(eigenvalues), feedback.closure.mode(phi=phi), slope, eigenvalues, feedback)


def kind_of(eigenvalues: npt.NDArray[np.complex128]) -> Stability:
    """The kind of an equilibrium by its eigenvalues; a real part that is nothing but rounding decides nothing."""
    size = np.abs(eigenvalues)
    zero = np.maximum(ZERO * size, ROUNDING * size.max())
    grows, shrinks = eigenvalues.real > zero, eigenvalues.real < -zero
    turning = bool((np.abs(eigenvalues.imag) > TURNING * size).any())
    if shrinks.all():
        return Stability.STABLE_FOCUS if turning else Stability.STABLE_NODE
    if grows.all():
        return Stability.UNSTABLE_FOCUS if turning else Stability.UNSTABLE_NODE
    return Stability.SADDLE if grows.any() else Stability.UNDECIDED
