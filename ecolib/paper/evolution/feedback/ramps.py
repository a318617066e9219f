r"""Transfer that changes with time: raised and lowered slowly, and where a state leads when it is left alone.

A slow sweep of transfer up and down retraces its steps where succession is smooth. Where two folds exist it does not:
the way back leaves the branch of alike units at another fold than the one at which it was reached.
"""

from __future__ import annotations

import time as clock
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecolib.doors import check_kind, check_seconds, real, whole
from ecolib.numeric import Array
from ecolib.paper.evolution.feedback.model import Feedback, one_number
from ecolib.paper.evolution.feedback.reduced import TINY
from ecolib.paper.evolution.feedback.states import SteadyState, steady_states
from ecolib.schedule import Schedule
from ecolib.values import real_array

__all__ = ["Outcome", "Sweep", "outcome", "sweep"]

MOST_POINTS = 1_000_000

NEAR = 0.01
"""A path has arrived within this fraction of the distance from its attractor to the nearest other equilibrium."""

BLOCKS = 24
"""Stretches of time, each twice as long as the one before, after which an undecided path is given up."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """What a sweep of transfer leaves behind.

    Main attributes:
        tau : intensities, increasing, shape ``(points,)``
        up : states on the way up at these intensities, shape ``(n + 1, points)``; NaN where they were not reached
        down : states on the way down at the same intensities, likewise
        ended : how the path ended: "finished", "escaped", "interrupted" or "failed"
        message : a sentence on it
    """

    tau: Array
    up: Array
    down: Array
    ended: str
    message: str

    @property
    def gap(self) -> float:
        """The largest difference between both ways, in logarithms of heterogeneity; NaN when one was not finished."""
        return float(np.abs(np.log(self.up[-1] / self.down[-1])).max())


def sweep(
    feedback: Feedback, *, low: float, high: float, time: float, points: int = 201, seconds: float = 60.0
) -> Sweep:
    """Raise transfer from ``low`` to ``high`` and lower it again, from rest among units that are as unlike as possible.

    Args:
        feedback: the model.
        low: the intensity at both ends, positive.
        high: the intensity in the middle, above ``low``.
        time: how long each way takes, in the time unit of ``1 / r``, positive.
        points: at how many intensities states are recorded, at least 2.
        seconds: wall-clock time after which the path is given up.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when ``low < high`` does not hold, a number is out of range, or nothing rests at ``low``.

    Example:
        >>> from ecolib.paper.evolution import Closure
        >>> weak = Feedback(Closure(s=1.2, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> strong = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> [round(sweep(model, low=0.4, high=1.6, time=4000, points=61).gap, 1) for model in (weak, strong)]
        [0.1, 4.8]
    """
    check_kind("feedback", feedback, Feedback)
    ends = one_number("tau", low), one_number("tau", high)
    if not 0 < ends[0] < ends[1]:
        raise ValueError(f"low must be positive and below high, got {low} and {high}")
    real("time", time, above=0)
    points = whole("points", points, least=2, most=MOST_POINTS)
    rest = steady_states(feedback, tau=ends[0])
    if not rest:
        raise ValueError(f"nothing rests at tau = {low}: outputs run away")
    plan = Schedule(times=(0.0, time, 2 * time), levels=(*ends, ends[0]))  # type: ignore[arg-type]
    both = np.linspace(0.0, 2 * time, 2 * points - 1)
    path = feedback.path(tau=plan, x0=rest[-1].x, t=both, seconds=seconds)
    return Sweep(plan(both[:points]), path.x[:, :points], path.x[:, points - 1 :][:, ::-1], path.ended, path.message)


@dataclass(frozen=True, eq=False)
class Outcome:
    """Where a state leads when it is left alone.

    Main attributes:
        state : the equilibrium that it reaches; None when outputs run away, or when it is not known
        escaped : whether outputs run away
        t : when it had arrived, in the time unit of ``1 / r``
        message : a sentence on how it ended
    """

    state: SteadyState | None
    escaped: bool
    t: float
    message: str


def outcome(feedback: Feedback, *, tau: float, x0: npt.ArrayLike, seconds: float = 20.0) -> Outcome:
    """Follow a state at constant transfer until it has arrived.

    Args:
        feedback: the model.
        tau: intensity of transfer, positive.
        x0: saturations and heterogeneity, shape ``(n + 1,)``, positive.
        seconds: wall-clock time after which the path is given up.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when a number is out of range or the shape does not fit.

    Example:
        >>> from ecolib.paper.evolution import Closure
        >>> strong = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> [outcome(strong, tau=1, x0=(1.5, 1.1, V)).state.stage().value for V in (0.5, 0.7)]
        ['balanced mutualism', 'inhibition']
    """
    check_kind("feedback", feedback, Feedback)
    states = steady_states(feedback, tau=tau)
    seconds = check_seconds(seconds)
    deadline = clock.monotonic() + seconds
    x, passed, span = _positive(x0), 0.0, 10.0 / float(np.min(np.asarray(feedback.r)))
    for _ in range(BLOCKS):
        left = deadline - clock.monotonic()
        if left <= 0:
            return Outcome(None, False, passed, f"{seconds:g} s did not suffice, they reached t = {passed:g}")
        path = feedback.path(tau=tau, x0=x, t=(0.0, span), seconds=left)
        passed += path.reached
        if path.ended != "finished":
            return Outcome(None, path.ended == "escaped", passed, path.message)
        x, span = path.x[:, -1], 2 * span
        there = _arrived(states, x)
        if there:
            return Outcome(there, False, passed, f"arrived at V = {there.V:g}")
    return Outcome(None, False, passed, f"it had not arrived at t = {passed:g}")


def _positive(x0: npt.ArrayLike) -> Array:
    start = real_array("x0", x0)
    if not np.all(start > 0):
        raise ValueError(f"x0 must be positive, got {start.tolist()}")
    return start


def _arrived(states: tuple[SteadyState, ...], x: Array) -> SteadyState | None:
    """The stable equilibrium next to a state, if it is near enough."""
    logs, here = [np.log(np.maximum(state.x, TINY)) for state in states], np.log(np.maximum(x, TINY))
    for k, state in enumerate(states):
        others = [np.abs(logs[k] - log).max() for i, log in enumerate(logs) if i != k]
        if state.kind and np.abs(here - logs[k]).max() < NEAR * min([1.0, *others]):
            return state
    return None
