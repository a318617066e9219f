r"""Parameters that follow a plan: constant, ramped, pushed and released.

A **schedule** joins levels at given times by straight lines. Two levels at one time are a **jump**, which integrators
do not step across; before the first time and after the last the level stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecolib.doors import real
from ecolib.values import Array, real_array

__all__ = ["Schedule", "checked_times"]


@dataclass(frozen=True, eq=False)
class Schedule:
    """A parameter over time, piecewise linear.

    Args:
        times: where the plan bends or jumps, shape ``(knots,)``, not decreasing, in units of time.
        levels: the parameter there, shape ``(knots,)``, in the parameter's own unit.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: when the shapes differ, an entry is not finite, times decrease, or one time has more than two
            levels.

    Example:
        >>> push = Schedule(times=(0, 10, 10), levels=(2, 2, 1))   # push for ten years, then release
        >>> push(np.array([0.0, 9.0, 10.0, 50.0])).tolist()
        [2.0, 2.0, 1.0, 1.0]
    """

    times: Array
    levels: Array

    def __post_init__(self) -> None:
        times, levels = real_array("times", self.times), real_array("levels", self.levels)
        if times.ndim != 1 or times.size == 0 or times.shape != levels.shape:
            raise ValueError(f"times and levels must have one shape (knots,), got {times.shape} and {levels.shape}")
        if not (np.all(np.isfinite(times)) and np.all(np.isfinite(levels))):
            raise ValueError(f"a schedule must be finite, got times {times.tolist()}, levels {levels.tolist()}")
        if np.any(np.diff(times) < 0) or np.any(times[2:] == times[:-2]):
            raise ValueError(f"times must not decrease, and at most two may be equal, got {times.tolist()}")
        for name, array in (("times", times), ("levels", levels)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    def __call__(self, t: npt.ArrayLike) -> Array:
        """Levels at times; at a jump the level after it."""
        return self._line(real_array("t", t), side="right")

    def ends(self, begin: float, end: float) -> tuple[float, float]:
        """The levels at both ends of a stretch of time within which the plan neither bends nor jumps.

        Raises:
            TypeError: when an end is no real number.
            ValueError: when it is not finite.
        """
        begin, end = real("begin", begin), real("end", end)
        first, last = self._line(np.array(begin), side="right"), self._line(np.array(end), side="left")
        return float(first), float(last)

    def _line(self, t: Array, side: str) -> Array:
        after = np.searchsorted(self.times, t, side=side)  # type: ignore[call-overload]
        high = np.minimum(after, self.times.size - 1)
        low = np.maximum(after - 1, 0)
        width = self.times[high] - self.times[low]
        share = np.where(width > 0, (t - self.times[low]) / np.where(width > 0, width, 1.0), 0.0)
        share = np.where(low == high, 0.0, share)
        flat = np.where(after == 0, self.levels[0], self.levels[low])
        return np.asarray(np.where(width > 0, flat + share * (self.levels[high] - self.levels[low]), flat))


def checked_times(t: npt.ArrayLike) -> Array:
    """Times at which a path is asked for, if there are at least two and they are finite and increasing."""
    times = real_array("t", t)
    if times.ndim != 1 or times.size < 2:
        raise ValueError(f"t must hold at least two times, got shape {times.shape}")
    with np.errstate(all="ignore"):
        spans = np.append(np.diff(times), times[-1] - times[0])
    if not np.all(np.isfinite(times) & np.isfinite(spans) & (spans > 0)):
        raise ValueError(f"t must be finite and increasing, got {times.tolist() if times.size < 10 else times}")
    return times
