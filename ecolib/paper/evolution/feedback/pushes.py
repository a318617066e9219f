r"""Push, then release: how long transfer must be raised for its effect to stay.

A policy raises transfer from its old level to a **push** level and lowers it again after some time. Where history
decides between two stable states, a push that lasts long enough makes the change permanent. Just above the critical
intensity :math:`\tau_{up}` the path lingers where the equilibrium has vanished, and the least duration grows as
:math:`(\mathrm{push} - \tau_{up})^{-1/2}`.
"""

from __future__ import annotations

import time as clock
from dataclasses import dataclass

import numpy as np

from ecolib.doors import check_kind, check_seconds
from ecolib.numeric import Array
from ecolib.paper.evolution.feedback.model import Feedback, one_number
from ecolib.paper.evolution.feedback.ramps import outcome
from ecolib.paper.evolution.feedback.states import SteadyState, steady_states
from ecolib.paper.evolution.feedback.tipping import hysteresis

__all__ = ["Push", "least_push"]

GRID = 4096
"""The duration is found up to this fraction of the time that the push needs to do its work alone."""


@dataclass(frozen=True, eq=False)
class Push:
    """What a push must be for its effect to stay.

    Main attributes:
        duration : the least duration, in the time unit of ``1 / r``; 0 when none is needed, infinite when none
            suffices, NaN when it could not be found
        error : the duration is at most this much too long
        reason : a sentence that says why
        before : the state before the push; None when nothing rests at the old level
    """

    duration: float
    error: float
    reason: str
    before: SteadyState | None


def least_push(feedback: Feedback, *, tau: float, push: float, seconds: float = 60.0) -> Push:
    """The least duration of a push that leaves units alike for good, starting among units at rest that are unlike.

    Args:
        feedback: the model.
        tau: the old level of transfer, to which it returns, positive.
        push: the level during the push, at least ``tau``.
        seconds: wall-clock time after which the search is given up.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when a level is out of range or ``push < tau``.

    Example:
        >>> from ecolib.paper.evolution import Closure
        >>> strong = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> round(least_push(strong, tau=0.9, push=1.5).duration, 1)
        40.2
        >>> least_push(strong, tau=0.5, push=9).reason
        'at the old level 0.5 no other state is stable, so that every push is forgotten'
        >>> least_push(strong, tau=0.9, push=1.1).reason
        'the push does not exceed the critical intensity 1.1042, so that the old state outlasts it'
    """
    check_kind("feedback", feedback, Feedback)
    check_seconds(seconds)
    old, level = one_number("tau", tau), one_number("tau", push)
    if not 0 < old <= level:
        raise ValueError(f"tau must be positive and at most push, got {tau} and {push}")
    loop = hysteresis(feedback) if feedback.eta > 0 else None
    states = steady_states(feedback, tau=old)
    if loop is None:
        return Push(np.inf, 0.0, "succession is smooth: what a push has changed goes back after it", _last(states))
    if old >= loop.tau_up:
        return Push(0.0, 0.0, f"the old level {old:g} exceeds the critical intensity {loop.tau_up:.4f}", _last(states))
    if old <= loop.tau_down:
        reason = f"at the old level {old:g} no other state is stable, so that every push is forgotten"
        return Push(np.inf, 0.0, reason, states[-1])
    deadline = clock.monotonic() + seconds
    alone = outcome(feedback, tau=level, x0=states[-1].x, seconds=seconds)
    if alone.state is None and not alone.escaped:
        return Push(np.nan, np.nan, alone.message, states[-1])
    if alone.state is not None and alone.state.V > loop.up.V:  # haste may tip below tau_up too, so this is looked at
        reason = f"the push does not exceed the critical intensity {loop.tau_up:.4f}, so that the old state outlasts it"
        return Push(np.inf, 0.0, reason, states[-1])
    return _searched(feedback, old, level, states[-1], alone.t, deadline)


def _searched(
    feedback: Feedback, old: float, level: float, before: SteadyState, enough: float, deadline: float
) -> Push:
    """The duration by bisection among the states that the push passes through until it has done its work."""
    times = np.linspace(0.0, enough, GRID + 1)
    passed = feedback.path(tau=level, x0=before.x, t=times, seconds=max(deadline - clock.monotonic(), 1e-3)).x
    low, high = 0, int(np.isfinite(passed).all(axis=0).sum()) - 1
    while high - low > 1:
        middle = (low + high) // 2
        stays = _stays(feedback, old, passed[:, middle], before, deadline)
        if isinstance(stays, str):
            return Push(np.nan, np.nan, stays, before)
        low, high = (low, middle) if stays else (middle, high)
    return Push(float(times[high]), float(times[1]), f"released later, units stay alike at {old:g}", before)


def _stays(feedback: Feedback, old: float, x: Array, before: SteadyState, deadline: float) -> bool | str:
    """Whether a state leads away from the old one at the old level; a sentence when it is not known."""
    left = deadline - clock.monotonic()
    if left <= 0:
        return "the search ran out of seconds"
    later = outcome(feedback, tau=old, x0=x, seconds=left)
    if later.state is None and not later.escaped:
        return later.message
    return later.escaped or (later.state is not None and later.state.V < before.V)


def _last(states: tuple[SteadyState, ...]) -> SteadyState | None:
    return states[-1] if states else None
