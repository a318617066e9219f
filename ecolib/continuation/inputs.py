"""What is continued: a system, numbers, and the letter that is free, all checked at the door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.continuation.bifurcations import Derivatives
from ecolib.continuation.equations import Equations
from ecolib.continuation.following import Limits
from ecolib.continuation.ranges import Ranges, checked_range, limits_of
from ecolib.fit import checked_numbers
from ecolib.numeric import Array
from ecolib.system import Dynamics, parameters
from ecolib.values import real_array

__all__ = ["Problem", "check_letters"]


@dataclass(frozen=True, eq=False)
class Problem:
    """A system with one free parameter, its equations and derivatives, and how far it is followed.

    Main attributes:
        system, numbers : what is continued, with numbers for all letters but state and parameter
        parameter : the letter that is continued
        ranges : of the state and of the parameter
    """

    system: Dynamics
    numbers: Mapping[sp.Symbol, float]
    parameter: sp.Symbol
    ranges: Ranges
    equations: Equations
    derivatives: Derivatives
    limits: Limits

    @classmethod
    def checked(
        cls,
        system: Dynamics,
        numbers: Mapping[sp.Symbol, Any],
        parameter: sp.Symbol,
        within: tuple[float, float],
        x0: npt.ArrayLike,
        box: Mapping[sp.Symbol, tuple[float, float]] | None,
        limits: Limits | None,
    ) -> Problem:
        """The problem, if everything fits (errors are those of ``equilibrium_branch``)."""
        if not isinstance(limits, Limits | None):
            raise TypeError(f"limits must be ecolib.continuation.Limits, got {limits!r}")
        check_letters(system, (parameter,))
        if system.jacobian.has(sp.Derivative, sp.Subs):
            raise ValueError(f"the field must have derivatives by its state, got {system.field}")
        known = checked_numbers(system, numbers, free=(parameter,))
        low, high = limits_of(system.x, box)
        ends = checked_range(parameter, within)
        guess = checked_state(system, x0)
        letters, width = (*system.x, parameter), ends[1] - ends[0]
        derivatives = Derivatives(system, letters, known)
        scale = np.append(_sizes(derivatives, np.append(guess, np.mean(ends)), width), width)
        equations = Equations(letters, system.field, known, scale)
        ranges = Ranges(np.append(low, ends[0]), np.append(high, ends[1]), scale, letters=guess.size)
        return cls(system, known, parameter, ranges, equations, derivatives, limits or Limits())

    def settled(self, guess: Array, value: float) -> Array | None:
        """The equilibrium near a guess at a value of the parameter, by Newton's method; None when it fails."""
        equations, across = self.equations, np.zeros(guess.size + 1)
        across[-1] = 1.0
        y = np.append(guess, value) / equations.scale
        found = equations.corrected(y, across, float(y[-1]))
        return None if found is None else (found[0] * equations.scale)[:-1]

    def equilibrium(self, x0: npt.ArrayLike, start: float) -> Array:
        """The equilibrium near a guess, as scaled unknowns.

        Raises:
            ValueError: when the start is outside the range or no equilibrium is found.
        """
        letter, low, high = self.parameter, self.ranges.low[-1], self.ranges.high[-1]
        begin = real_array(f"the start of {letter}", start)
        if begin.shape or not low <= begin <= high:
            raise ValueError(f"the start {letter} = {start} must be within {low:g} and {high:g}")
        guess = checked_state(self.system, x0)
        y = np.append(guess, begin) / self.equations.scale
        for _ in range(60):
            J, fault = self.equations.jacobian(y)[:, :-1], self.equations.residual(y)
            if not (np.all(np.isfinite(J)) and np.all(np.isfinite(fault))):
                break
            change = np.linalg.lstsq(J, fault, rcond=1e-12)[0]
            y[:-1] -= change
            if np.all(np.abs(change) <= 1e-11 * (1 + np.abs(y[:-1]))) and self._rests(y):
                return y
        raise ValueError(f"no equilibrium was found near {guess.tolist()} at {letter} = {begin:g}")

    def units(self, y: Array) -> Array:
        """What each equation is measured by: its largest first or second derivative by scaled unknowns."""
        scale = self.equations.scale
        second = self.derivatives.second(y * scale) * np.multiply.outer(scale, scale)
        units = np.maximum(np.abs(self.equations.jacobian(y)).max(axis=1), np.abs(second).max(axis=(1, 2)))
        return np.where((units > 0) & np.isfinite(units), units, 1.0)

    def _rests(self, y: Array) -> bool:
        """Whether the field vanishes, measured by what a small change of the state would make of it."""
        size = np.abs(self.equations.jacobian(y)[:, :-1]).sum(axis=1)
        return bool(np.all(np.abs(self.equations.residual(y)) <= 1e-8 * np.maximum(size, 1e-8)))


def checked_state(system: Dynamics, x0: npt.ArrayLike) -> Array:
    """A state of the right shape, finite."""
    state = real_array("x0", x0)
    if state.shape != (len(system.x),) or not np.all(np.isfinite(state)):
        raise ValueError(f"x0 must hold one finite number for each of {', '.join(map(str, system.x))}, got {x0!r}")
    return state


def check_letters(system: Dynamics, letters: Sequence[sp.Symbol]) -> None:
    """Raise unless the letters are different parameters of the system."""
    known = parameters(system)
    for letter in letters:
        if not isinstance(letter, sp.Symbol) or letter not in known:
            allowed = ", ".join(map(str, known)) or "none"
            raise ValueError(f"{letter!r} cannot be continued: the parameters are {allowed}")
    if len(set(letters)) < len(letters):
        raise ValueError(f"two different parameters are needed, got {letters[0]} twice")


def _sizes(derivatives: Derivatives, point: Array, width: float) -> Array:
    """What the letters of the state are measured by: their size at the start.

    Where that is zero: the size at which a letter's own square outweighs what else moves it (for symbiosis about its
    capacity), or the mean size of the others.
    """
    size = np.abs(point[:-1])
    known = size > 1e-9 * float(size.max())
    mean = float(size[known].mean()) if known.any() else 1.0
    try:
        J, B = np.abs(derivatives.jacobian(point)), np.abs(derivatives.second(point))
    except ArithmeticError:
        return np.where(known, size, mean)
    i = np.arange(size.size)
    B = np.nan_to_num(B[i, i], nan=0.0, posinf=0.0)
    moved = J[i, i] + B @ np.append(np.where(known, size, 0.0), width)
    with np.errstate(all="ignore"):
        natural = moved / B[i, i]
    return np.where(known, size, np.where((natural > 1e-12) & (natural < 1e12), natural, mean))
