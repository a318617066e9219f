"""Where a curve is followed: limits of parameters and of letters of the state, and how near a point is to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import sympy as sp

from ecolib.numeric import Array
from ecolib.values import real_array

__all__ = ["Ranges", "checked_range", "limits_of"]

SLACK = 1e-9
"""How far, in scaled unknowns, a letter may pass its limit: a branch that lies on a limit does not leave it."""

BOUND = 1e6
"""A branch has escaped when a letter of the state exceeds this multiple of its scale."""


@dataclass(frozen=True, eq=False)
class Ranges:
    """Where a curve is followed: limits of all unknowns, and what they are measured by, each of shape ``(unknowns,)``.

    Args:
        low, high, scale: limits and scales.
        parameters: how many of the last unknowns are parameters; their limits are sharp.
        letters: how many of the first unknowns are letters of the state.
    """

    low: Array
    high: Array
    scale: Array
    letters: int
    parameters: int = 1

    def margin(self, y: Array) -> tuple[float, str]:
        """How far unknowns are within their ranges, in scaled unknowns, and the limit that is nearest."""
        slack = np.full(y.size, SLACK)
        slack[-self.parameters :] = 0.0
        inside = np.minimum(y - self.low, self.high - y) / self.scale + slack
        parameter, state = float(inside[-self.parameters :].min()), float(inside[: self.letters].min())
        escaped = BOUND - float(np.abs(y[: self.letters] / self.scale[: self.letters]).max())
        return min((parameter, "parameter limit"), (state, "state limit"), (escaped, "escaped"))

    def limits(self, unknown: int) -> tuple[float, float]:
        """The range of one unknown."""
        return float(self.low[unknown]), float(self.high[unknown])

    def clipped(self, y: Array) -> Array:
        """Unknowns within their ranges, those that passed a limit by no more than rounding."""
        near, close = SLACK * 1.01 * self.scale, 1e-12 * self.scale
        y = np.where((y > self.low - near) & (y < self.low + close), self.low, y)
        return np.asarray(np.where((y < self.high + near) & (y > self.high - close), self.high, y))


def checked_range(letter: sp.Symbol, within: tuple[float, float]) -> tuple[float, float]:
    """Lower and upper end of a range."""
    ends = real_array(f"the range of {letter}", within)
    if ends.shape != (2,) or not np.all(np.isfinite(ends)) or not ends[0] < ends[1]:
        raise ValueError(f"the range of {letter} must be two finite numbers in order, got {within!r}")
    return float(ends[0]), float(ends[1])


def limits_of(
    letters: tuple[sp.Symbol, ...], box: Mapping[sp.Symbol, tuple[float, float]] | None
) -> tuple[Array, Array]:
    """Limits of the state: those given, else 0 for letters that are declared not to be negative, else none."""
    box = {} if box is None else box
    if not isinstance(box, Mapping):
        raise TypeError(f"box must map letters to ranges, got {box!r}")
    unknown = [str(letter) for letter in box if letter not in letters]
    if unknown:
        raise ValueError(f"the box names {', '.join(unknown)}; the state has {', '.join(map(str, letters))}")
    ends = [(0.0 if letter.is_nonnegative else -np.inf, np.inf) for letter in letters]
    for k, letter in enumerate(letters):
        if letter in box:
            given = real_array(f"the range of {letter}", box[letter])
            if given.shape != (2,) or not given[0] < given[1]:
                raise ValueError(f"the range of {letter} must be two numbers in order, got {box[letter]!r}")
            ends[k] = (float(given[0]), float(given[1]))
    return np.array([low for low, _ in ends]), np.array([high for _, high in ends])
