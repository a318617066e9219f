"""One path, from what an integrator says after each step: in outputs, or in logarithms of saturations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from ecolib.numeric import Array

__all__ = ["LogPath", "Path", "Step", "collected", "gathered", "outputs"]

Step: TypeAlias = tuple[Any, float, tuple[str, str]]
"""The integrator after a step, the time it reached, and how the path ends if this was its last step."""


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


@dataclass(frozen=True, eq=False)
class LogPath:
    """One path in logarithms.

    Main attributes:
        y : logarithms of the saturations, shape ``(units, times)``; minus infinity for absent units, NaN at times that
            were not reached
        ended, reached, message : as of :class:`Path`
    """

    y: Array
    ended: str
    reached: float
    message: str


def collected(steps: Iterator[Step], start: Array, scale: Array, times: Array) -> Path:
    """The path that an integrator takes in logarithms of what is present; an interruption keeps what is done.

    Args:
        steps: the integrator after each step, the time it reached, and how the path ends if this is its last step.
        start: outputs at the first time, shape ``(units,)``; zero means absent.
        scale: what the outputs of present units are measured by, shape ``(present,)``.
        times: when outputs are asked for, shape ``(times,)``.
    """
    present = start > 0
    whole = np.ones(start.size)
    whole[present] = scale
    first = np.where(present, 0.0, -np.inf)  # which are present; the start itself is known
    return outputs(gathered(steps, first, times), start, whole, times)


def outputs(path: LogPath, start: Array, scale: Array, times: Array) -> Path:
    """The path in outputs; the start is as it was given."""
    x = scale[:, None] * np.exp(path.y)
    x[:, 0] = start
    return Path(times, x, path.ended, path.reached, path.message)


def gathered(steps: Iterator[Step], first: Array, times: Array, stop: Callable[[], bool] = bool) -> LogPath:
    """What an integrator says at the times, with absent units put back."""
    present, y = np.isfinite(first), np.full((first.size, times.size), np.nan)
    y[:, 0] = first
    if not present.any():
        return LogPath(np.full_like(y, -np.inf), "finished", float(times[-1]), "no unit was present")
    reached, filled, outcome = float(times[0]), 1, ("failed", "")
    try:
        for solver, now, how in steps:
            until = int(np.searchsorted(times, now, side="right"))
            if until > filled:
                y[:, filled:until] = -np.inf
                y[present, filled:until] = solver.dense_output()(times[filled:until])
            reached, filled, outcome = now, max(filled, until), how
            if not how[1] and stop():
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        outcome = ("interrupted", f"interrupted at t = {reached:g}")
    return LogPath(y, outcome[0], reached, outcome[1])
