r"""One path, step by step.

The state is the logarithm of the saturations, :math:`y_i = \ln (x_i / K_i)`, with :math:`\dot y_i` the growth per head:
outputs stay positive, a unit that fades keeps its relative accuracy whatever its unit of output, and a unit that is
absent at the start is left out and stays *exactly* absent.

Steps are those of an explicit method of order eight. Where fast units sit beside slow ones, its steps are held back by
stability rather than by accuracy (the system is *stiff*), and an implicit method takes over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.model import Symbiosis
from ecolib.numeric import Array, pointwise
from ecolib.values import Values

__all__ = ["ESCAPE", "MAX_STEPS", "Path", "integrate"]

ESCAPE = 1e6
"""A path has escaped when an output exceeds this multiple of its carrying capacity, or of its start if larger."""

MAX_STEPS = 100_000
"""Steps after which a path is given up."""

PATIENCE = 500
"""Steps between two looks at whether the explicit method is held back by stability."""

STIFF = 4.0
"""It is when its step times the largest eigenvalue exceeds this (its limit of stability is about 6)."""

Function = Callable[[float, Array], Array]


@dataclass(frozen=True, eq=False)
class Path:
    """One path of a model.

    Main attributes:
        t : times, shape ``(times,)``
        x : outputs, shape ``(units, times)``, in units of output; NaN at times that were not reached
        ended : "finished", "escaped", "interrupted" or "failed"

    Other attributes:
        reached : the time the integration reached
        message : a sentence on how it ended
    """

    t: Array
    x: Array
    ended: str
    reached: float
    message: str


def integrate(
    model: Symbiosis, values: Values, start: Array, times: Array, rtol: float, escape: float, backward: bool = False
) -> Path:
    """Integrate checked arguments; an interruption keeps what is done."""
    present = start > 0
    x = np.full((start.size, times.size), np.nan)
    x[:, 0] = start
    if not present.any():
        return Path(times, np.zeros_like(x), "finished", float(times[-1]), "no unit was present")
    scale = values.K[present]
    first = np.log(start[present]) - np.log(scale)
    reached, filled, outcome = float(times[0]), 1, ("failed", "")
    try:
        functions = _logarithmic(model, values, present, -1.0 if backward else 1.0)
        for solver, now, how in _steps(functions, first, times, rtol, escape):
            until = int(np.searchsorted(times, now, side="right"))
            if until > filled:
                x[:, filled:until] = 0.0
                x[present, filled:until] = scale[:, None] * np.exp(solver.dense_output()(times[filled:until]))
            reached, filled, outcome = now, max(filled, until), how
    except KeyboardInterrupt:
        outcome = ("interrupted", f"interrupted at t = {reached:g}")
    return Path(times, x, outcome[0], reached, outcome[1])


def _steps(
    functions: tuple[Function, Function], first: Array, times: Array, rtol: float, escape: float
) -> Iterator[tuple[Any, float, tuple[str, str]]]:
    """The integrator after each step, the time it reached, and how the path ends if this is its last step."""
    from scipy.integrate import DOP853, Radau

    (rhs, jacobian), limit = functions, np.log(escape) + np.maximum(first, 0.0)
    solver = DOP853(rhs, times[0], first, times[-1], rtol=rtol, atol=rtol)
    for count in range(1, MAX_STEPS + 1):
        with np.errstate(over="ignore", invalid="ignore"):  # a trial step may leap to infinity: it is taken back
            failure = solver.step()
        now = float(solver.t)
        if np.any(solver.y > limit):
            now = _before(solver.dense_output(), limit)
            yield solver, now, ("escaped", f"an output exceeded {escape:g} carrying capacities at t = {now:g}")
        elif solver.status == "finished":
            yield solver, now, ("finished", "all times were reached")
        elif solver.status == "failed":
            yield solver, now, ("failed", f"the integrator stopped: {failure}")
        else:
            yield solver, now, ("failed", f"{MAX_STEPS} steps did not suffice, they reached t = {now:g}")
            if count % PATIENCE == 0 and isinstance(solver, DOP853) and _held_back(solver, jacobian):
                solver = Radau(rhs, solver.t, solver.y, times[-1], rtol=rtol, atol=rtol, jac=jacobian)
            continue
        return


def _before(interpolated: Any, limit: Array) -> float:
    """The last time of a step before an output exceeds its limit."""
    low, high = float(interpolated.t_old), float(interpolated.t)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if np.any(interpolated(middle) > limit) else (middle, high)
    return low


def _held_back(solver: Any, jacobian: Function) -> bool:
    """Whether the explicit method could take longer steps if only accuracy mattered."""
    largest = np.abs(np.linalg.eigvals(jacobian(solver.t, solver.y))).max()
    return bool(solver.step_size * largest > STIFF)


def _logarithmic(
    model: Symbiosis, values: Values, present: npt.NDArray[np.bool_], sign: float
) -> tuple[Function, Function]:
    """Right-hand side for the logarithms of the present units' saturations, and its Jacobian."""
    growth = pointwise(model.growth, model, values)

    def outputs(y: Array) -> Array:
        x = np.zeros(present.size)
        x[present] = values.K[present] * np.exp(np.minimum(y, 200.0))
        return x

    def rhs(_: float, y: Array) -> Array:
        return sign * growth(outputs(y))[present]

    def jacobian(_: float, y: Array) -> Array:
        x = outputs(y)
        slopes = pointwise(_slopes(model), model, values)
        return sign * (slopes(x) * x)[np.ix_(present, present)]

    return rhs, jacobian


@lru_cache(maxsize=32)
def _slopes(model: Symbiosis) -> sp.ImmutableMatrix:
    """Derivatives of the growth per head by the outputs."""
    return sp.ImmutableMatrix(model.growth).jacobian(model.x)
