r"""The base case: numbers for everything that policies move, and where it comes to rest.

A case holds the letters of the closure, of its feedback and of the network. Numbers or arrays that broadcast (a
batch): then whatever is computed from it has their shape.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import sympy as sp

from ecolib.doors import check_kind
from ecolib.fit import common_shape
from ecolib.numeric import Array, compiled
from ecolib.paper.evolution.ranges import checked as checked_letter
from ecolib.paper.policy import letters
from ecolib.values import real_array

__all__ = ["BaseCase", "checked"]

_RANGES: dict[str, tuple[float, float]] = {
    "pull": (0.0, 1.0),
    "image": (0.0, 1.0),
    "pace": (0.0, np.inf),
    "firms": (2.0, np.inf),
    "linked": (0.0, 1.0),
    "V_q": (0.0, np.inf),
    "V_p": (0.0, np.inf),
}
_PLACES = ("phi", "V", "t", "delta")
"""Letters that formulas may have besides those of a case."""


def checked(name: str, value: Any) -> Any:
    """Numbers in the range of a letter of this section; other letters are checked as the closure checks them.

    Raises:
        TypeError: for anything but real numbers.
        ValueError: for NaN, infinite or out of range.

    Example:
        >>> checked("linked", 1.5)
        Traceback (most recent call last):
        ValueError: linked must be between 0 and 1, got 1.5
    """
    if name not in _RANGES:
        if isinstance(value, sp.Expr) and not value.is_number:
            raise TypeError(f"{name} must be real numbers, got the expression {value}")
        return checked_letter(name, value)
    numbers, (low, high) = real_array(name, value), _RANGES[name]
    wrong = ~(np.isfinite(numbers) & (numbers >= low) & (numbers <= high))
    if wrong.any():
        rule = f"between {low:g} and {high:g}" if np.isfinite(high) else f"at least {low:g} and finite"
        raise ValueError(f"{name} must be {rule}, got {numbers[wrong].flat[0]}")
    return numbers[()]


@dataclass(frozen=True, eq=False, kw_only=True)
class BaseCase:
    """Numbers for the letters that policies move. Defaults are an illustration, not data.

    Args:
        s, c, omega, n, epsilon: letters of the closure.
        tau, eta, learning: letters of the feedback; ``tau`` and ``eta`` must be positive here.
        pull: how far alliances pull the leader's share towards the equal part, from 0 to 1.
        image: part of the inflow that is in image parameters, from 0 to 1.
        pace: rate at which partners adjust along a link, per unit of time, at least 0.
        firms: number of firms in each region, at least 2.
        linked: share of the firms that have a partner in the other region, from 0 to 1.
        V_q, V_p: heterogeneity at time 0 in quality and in image parameters, weights included, at least 0.

    Raises:
        TypeError: when a number is not real, or ``n`` not an integer.
        ValueError: when a number is out of range, NaN or infinite, or arrays do not broadcast.

    Example:
        >>> base = BaseCase()
        >>> round(float(base.alignment), 4), float(base.V_start), base.shape
        (0.0137, 3.0, ())
    """

    s: Any = 1.8
    c: Any = 0.5
    omega: Any = 0.8
    n: int = 2
    epsilon: Any = 0.2
    pull: Any = 0.0
    tau: Any = 0.8
    eta: Any = 0.1
    learning: Any = 0.1
    image: Any = 0.5
    pace: Any = 0.02
    firms: Any = 10.0
    linked: Any = 0.2
    V_q: Any = 1.5
    V_p: Any = 1.5

    def __post_init__(self) -> None:
        for name in self.names:
            value = getattr(self, name)
            if isinstance(value, sp.Basic):
                raise TypeError(f"{name} must be numbers, got the expression {value}")
            object.__setattr__(self, name, checked(name, value))
        for name in ("tau", "eta"):
            if not np.all(np.asarray(getattr(self, name)) > 0):
                raise ValueError(f"{name} must be positive for levers to act on it, got {getattr(self, name)}")
        object.__setattr__(self, "_shape", common_shape(**{name: getattr(self, name) for name in self.names}))

    @property
    def names(self) -> tuple[str, ...]:
        """The letters, by name."""
        return tuple(field.name for field in fields(self))

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the batch, ``()`` for one case."""
        shape: tuple[int, ...] = self._shape  # type: ignore[attr-defined]
        return shape

    @property
    def V_start(self) -> Any:
        """Heterogeneity at time 0."""
        return self.V_q + self.V_p

    @property
    def alignment(self) -> Any:
        """Rate at which image parameters align by diffusion, ``2 pace lambda_2``, per unit of time."""
        return self.at(letters.alignment)

    def at(self, *formulas: sp.Expr, **given: Any) -> Any:
        """Formulas of this section in numbers: one array, or a tuple of arrays for several formulas.

        Args:
            formulas: expressions in the letters of :mod:`ecolib.paper.policy.letters`.
            given: numbers for letters that are not in the case, by name: ``phi``, ``V``, ``t``, ``delta``.

        Raises:
            ValueError: for an unknown letter, or no formula.

        Example:
            >>> BaseCase().at(letters.leader, phi=1.0).item()
            0.9
        """
        unknown = [name for name in given if name not in _PLACES]
        if unknown or not formulas:
            raise ValueError(f"formulas and numbers for {', '.join(_PLACES)} are needed, got {unknown or 'no formula'}")
        numbers = {**{name: getattr(self, name) for name in self.names}, **given}
        for formula in formulas:
            check_kind("a formula", formula, sp.Expr)
        symbols = {name: getattr(letters, name) for name in numbers}
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            result = compiled(formulas, *symbols.values())(*numbers.values())
        several: tuple[Array, ...] = tuple(result[..., k] for k in range(len(formulas)))
        return several[0] if len(formulas) == 1 else several
