"""Which start leads where: the curves that divide the basins of attraction.

Two units whose regime is bistability have a saddle where both are present; its stable manifold is the **separatrix**:
starts on one side end at one attractor, starts on the other side at the other.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ecolib.doors import real, whole
from ecolib.equilibria import equilibria
from ecolib.fit import check_fit, numbers_of
from ecolib.integration import Motion, integrate
from ecolib.model import Symbiosis
from ecolib.numeric import Array, evaluate, steady_state
from ecolib.stability import Stability, stable
from ecolib.values import Values, real_array

__all__ = ["separatrix", "stable_manifold"]

MOST_POINTS = 100_000


def separatrix(model: Symbiosis, values: Values, *, escape: float = 10.0, points: int = 200) -> tuple[Array, ...]:
    """The curves that divide the basins of two units: the stable manifolds of coexistence, when it is a saddle.

    Returns:
        Two curves of shape ``(2, points)`` that start at the saddle, in units of output; empty when coexistence is
        not a saddle. A curve ends before the origin or where an output exceeds ``escape`` capacities.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when the model does not have two units, the values are a batch, or an option is out of range.

    Example:
        >>> rivals = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))
        >>> [curve.shape for curve in separatrix(Symbiosis.of(units=2), rivals)]
        [(2, 200), (2, 200)]
    """
    check_curve(escape, points)
    check_fit(model, values)
    if model.units != 2 or values.shape:
        raise ValueError(f"separatrices are for one set of 2 units, got {model.units} units, batch {values.shape}")
    *_, both = equilibria(model)
    if stable(both, values) is not Stability.SADDLE:
        return ()
    return stable_manifold(model, values, steady_state(both, values), escape=escape, points=points)


def stable_manifold(
    model: Symbiosis, values: Values, saddle: Array, *, escape: float = 10.0, points: int = 200
) -> tuple[Array, Array]:
    """Both halves of the stable manifold of a saddle of two units, followed backwards in time.

    Args:
        model: two units, linear or not.
        values: one set of numbers for it.
        saddle: saturations of the saddle, shape ``(2,)``.
        escape: how far it is followed, in capacities (multiples of the saddle, where that is larger), above 0 and at
            most 1e6.
        points: points of each half, at least 2.

    Returns:
        Two curves of shape ``(2, points)`` that start at the saddle, in units of output. A curve ends near an axis or
        where an output exceeds ``escape`` capacities.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when ``escape`` or ``points`` is out of range, ``saddle`` is not two positive saturations, or it
            is no saddle: one eigenvalue of the Jacobian there must be negative and one positive.

    Example:
        >>> rivals = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))
        >>> halves = stable_manifold(Symbiosis.of(units=2), rivals, np.array([1 / 3, 1 / 3]))
        >>> bool(np.allclose(halves[0][0], halves[0][1]))
        True
    """
    check_curve(escape, points)
    check_fit(model, values)
    saddle = _checked_saddle(saddle, values)
    relative = Values(r=values.r, K=np.ones(2), alpha=values.alpha)  # saturations, so that no unit outweighs the other
    rates, directions = np.linalg.eig(evaluate(model.jacobian, model, relative, saddle))
    if not rates.real.min() < 0 < rates.real.max():
        raise ValueError(f"a saddle has one negative and one positive eigenvalue, got {rates}")
    inward = directions[:, np.argmin(rates.real)].real
    inward *= 1e-4 * np.min(saddle) / np.linalg.norm(inward)
    duration = np.linspace(0.0, 30.0 / np.min(np.abs(rates.real)), 50 * points)
    back = Motion(model, numbers_of(model, relative), np.ones(2), backward=True)

    def half(side: Array) -> Array:
        path = integrate(back, saddle + side, duration, 1e-9, escape).x
        seen = path[:, np.isfinite(path[0]) & np.all(path > 1e-4 * min(1.0, float(np.min(saddle))), axis=0)]
        return np.asarray(values.K[:, None] * _even(np.column_stack([saddle, seen]), points))

    return half(inward), half(-inward)


def check_curve(escape: float, points: int) -> None:
    """Raise unless a curve of so many points can be followed so far."""
    real("escape", escape, above=0, most=1e6)
    whole("points", points, least=2, most=MOST_POINTS)


def _checked_saddle(saddle: npt.ArrayLike, values: Values) -> Array:
    """Two positive saturations, for one set of values."""
    given = real_array("saddle", saddle)
    if values.shape or values.units != 2 or given.shape != (2,):
        raise ValueError(f"one saddle of 2 units is needed, got {given.shape}, {values.units} units, {values.shape}")
    if not np.all(np.isfinite(given) & (given > 0)):
        raise ValueError(f"saddle must be positive and finite, got {given}")
    return given


def _even(curve: Array, points: int) -> Array:
    """A curve resampled evenly along its length, shape ``(2, points)``."""
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(curve, axis=1)))])
    return np.array([np.interp(np.linspace(0.0, length[-1], points), length, line) for line in curve])
