r"""One path, step by step.

The state is the logarithm of the saturations, :math:`y_i = \ln (x_i / K_i)`, with :math:`\dot y_i` the growth per head:
outputs stay positive, a unit that fades keeps its relative accuracy whatever its unit of output, and a unit that is
absent at the start is left out and stays *exactly* absent.

Where a parameter follows a schedule, integration starts anew at every bend and jump: no step is taken across one.

Steps are those of an explicit method of order eight. Where fast units sit beside slow ones, its steps are held back by
stability rather than by accuracy (the system is *stiff*), and an implicit method takes over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.doors import check_seconds, real
from ecolib.gathering import LogPath, Path, Step, collected, gathered, outputs
from ecolib.numeric import Array, pointwise
from ecolib.schedule import Schedule
from ecolib.system import Dynamics

__all__ = [
    "ESCAPE",
    "MAX_STEPS",
    "SECONDS",
    "LogPath",
    "Motion",
    "Path",
    "Step",
    "check_options",
    "collected",
    "followed",
    "integrate",
    "last_below",
]

ESCAPE = 1e6
"""A path has escaped when an output exceeds this multiple of its carrying capacity, or of its start if larger."""

MAX_STEPS = 100_000
"""Steps after which a path is given up."""

PATIENCE = 500
"""Steps between two looks at whether the explicit method is held back by stability."""

STIFF = 4.0
"""It is when its step times the largest eigenvalue exceeds this (its limit of stability is about 6)."""

SECONDS = 600.0
"""Seconds after which a path is given up."""

Function = Callable[[float, Array], Array]
Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Motion:
    """What is integrated: a system whose state stays positive, with numbers for its letters.

    Args:
        system: states the letters and the rates per head.
        numbers: for every parameter that has no schedule.
        scale: what a state is measured by, shape ``(letters,)``: carrying capacities, or ones.
        forcing: schedules of parameters that change with time.
        backward: whether time runs backwards.
    """

    system: Dynamics
    numbers: Mapping[sp.Symbol, float]
    scale: Array
    forcing: Mapping[sp.Symbol, Schedule] = field(default_factory=dict)
    backward: bool = False

    def stretches(self, times: Array) -> list[tuple[float, float]]:
        """The time asked for, cut where a schedule bends or jumps."""
        begin, end = float(times[0]), float(times[-1])
        knots = {float(t) for schedule in self.forcing.values() for t in schedule.times if begin < t < end}
        return list(pairwise([begin, *sorted(knots), end]))


def integrate(motion: Motion, start: Array, times: Array, rtol: float, escape: float, seconds: float = SECONDS) -> Path:
    """Integrate checked arguments; an interruption keeps what is done."""
    first = np.full(start.size, -np.inf)
    first[start > 0] = np.log(start[start > 0]) - np.log(motion.scale[start > 0])
    limit = np.log(float(escape)) + np.maximum(first, 0.0)
    return outputs(followed(motion, first, times, float(rtol), limit, float(seconds)), start, motion.scale, times)


def followed(
    motion: Motion,
    first: Array,
    times: Array,
    rtol: float,
    limit: Array,
    seconds: float = SECONDS,
    stop: Callable[[], bool] = bool,
) -> LogPath:
    """Follow one path in logarithms; an interruption keeps what is done.

    Args:
        motion: what is integrated.
        first: logarithms of the saturations at the first time, shape ``(units,)``; minus infinity is absent.
        times: when they are asked for, increasing.
        rtol: relative tolerance per step.
        limit: logarithms beyond which the path has escaped, shape ``(units,)``.
        seconds: wall-clock time after which the path is given up.
        stop: whether to end as if interrupted; asked at every step.
    """
    present = np.isfinite(first)
    return gathered(_steps(motion, present, first, times, rtol, limit, seconds), first, times, stop)


def check_options(rtol: float, escape: float, seconds: float) -> None:
    """Raise unless a path can be followed with this tolerance, so far and so long."""
    real("rtol", rtol, least=1e-13, most=0.1)
    real("escape", escape, above=1, most=1e12)
    check_seconds(seconds)


def _steps(
    motion: Motion, present: Mask, first: Array, times: Array, rtol: float, bound: Array, seconds: float
) -> Iterator[Step]:
    """The integrator after each step, the time it reached, and how the path ends if this is its last step."""
    from scipy.integrate import DOP853, Radau

    limit, count, y = bound[present], 0, first[present]
    multiple = np.exp((limit - np.maximum(y, 0.0)).min())
    deadline = time.monotonic() + seconds
    for begin, end in motion.stretches(times):
        rhs, jacobian = _logarithmic(motion, present, begin, end)
        with np.errstate(over="ignore", invalid="ignore"):  # as is a guess of the first step
            solver = DOP853(rhs, begin, y, end, rtol=rtol, atol=rtol)
        while solver.status == "running":
            count += 1
            failure = _stepped(solver)
            now, y, how = float(solver.t), solver.y, None
            if np.any(y > limit):
                now = last_below(solver.dense_output(), limit)
                how = "escaped", f"an output exceeded {multiple:g} carrying capacities at t = {now:g}"
            elif solver.status == "failed":
                how = "failed", f"the integrator stopped: {failure}"
            elif now >= times[-1]:
                how = "finished", "all times were reached"
            elif count >= MAX_STEPS:
                how = "failed", f"{MAX_STEPS} steps did not suffice, they reached t = {now:g}"
            elif time.monotonic() > deadline:
                how = "failed", f"{seconds:g} s did not suffice, they reached t = {now:g}"
            yield solver, now, how or ("failed", "")
            if how:
                return
            if count % PATIENCE == 0 and isinstance(solver, DOP853) and _held_back(solver, jacobian):
                with np.errstate(over="ignore", invalid="ignore"):
                    solver = Radau(rhs, solver.t, solver.y, end, rtol=rtol, atol=rtol, jac=jacobian)


def _stepped(solver: Any) -> str | None:
    """Take a step, and say why when there is none."""
    try:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # a trial step to infinity is taken back
            failure: str | None = solver.step()
    except (ArithmeticError, ValueError):  # numbers in the Jacobian that are not finite
        solver.status, failure = "failed", "rates of change left the range of numbers"
    return failure


def last_below(interpolated: Any, limit: Array) -> float:
    """The last time of a step before an output exceeds its limit."""
    low, high = float(interpolated.t_old), float(interpolated.t)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if np.any(interpolated(middle) > limit) else (middle, high)
    return low


def _held_back(solver: Any, jacobian: Function) -> bool:
    """Whether the explicit method could take longer steps if only accuracy mattered."""
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            largest = np.abs(np.linalg.eigvals(jacobian(solver.t, solver.y))).max()
    except (ArithmeticError, np.linalg.LinAlgError):  # it is not finite
        return False
    return bool(solver.step_size * largest > STIFF)


def _logarithmic(motion: Motion, present: Mask, begin: float, end: float) -> tuple[Function, Function]:
    """Right-hand side for the logarithms of the present units over a stretch of time, and its Jacobian."""
    system, sign = motion.system, -1.0 if motion.backward else 1.0
    letters = (*system.x, *motion.forcing)
    growth = pointwise(system.growth, letters, motion.numbers)
    ends = np.array([schedule.ends(begin, end) for schedule in motion.forcing.values()]).reshape(-1, 2)
    given = np.zeros(len(letters))
    units, slope = len(system.x), (ends[:, 1] - ends[:, 0]) / (end - begin)

    def outputs(t: float, y: Array) -> Array:
        given[:units][present] = motion.scale[present] * np.exp(np.clip(y, -700.0, 200.0))
        given[units:] = ends[:, 0] + slope * (t - begin)
        return given

    def rhs(t: float, y: Array) -> Array:
        try:
            return sign * growth(outputs(t, y))[present]
        except ArithmeticError:  # a trial step left the range of numbers: it is taken back
            return np.full(y.size, np.nan)

    @cache
    def slopes() -> Callable[[Array], Array]:  # few paths ask for them
        return pointwise(_slopes(system), letters, motion.numbers)

    def jacobian(t: float, y: Array) -> Array:
        x = outputs(t, y)
        return sign * (slopes()(x) * x[:units])[np.ix_(present, present)]

    return rhs, jacobian


@lru_cache(maxsize=32)
def _slopes(system: Dynamics) -> sp.ImmutableMatrix:
    """Derivatives of the growth per head by the state."""
    return sp.ImmutableMatrix(system.growth).jacobian(system.x)
