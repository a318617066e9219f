r"""Any autonomous system stated in sympy: letters of the state, and how fast each of them changes.

The **state** :math:`x` changes by :math:`\dot x_i = f_i(x, p)`; the tuple :math:`f` is the **field**, and every letter
of the field that is not in the state is a **parameter**. The linear model and its extensions
(:class:`~ecolib.model.Symbiosis`), the feedback model of the paper and textbook systems are all of this kind, so what
follows equilibria (continuation, enumeration) asks for no more than :class:`Dynamics`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from inspect import getattr_static
from typing import Any, Protocol

import sympy as sp

from ecolib.doors import check_mapping, expression, several

__all__ = ["Dynamics", "System", "parameters"]


class Dynamics(Hashable, Protocol):
    """What a system states: its letters, its field, and the field per head."""

    @property
    def x(self) -> tuple[sp.Symbol, ...]:
        """Letters of the state."""

    @property
    def field(self) -> tuple[sp.Expr, ...]:
        """Rates of change of the state, one for each letter."""

    @property
    def growth(self) -> tuple[sp.Expr, ...]:
        """Rates of change per head, ``field / x``."""

    @property
    def jacobian(self) -> sp.ImmutableMatrix:
        """Derivative of the field by the state."""


@dataclass(frozen=True)
class System:
    """A system of ordinary differential equations in letters.

    Args:
        x: letters of the state.
        field: rates of change, as many sympy expressions in ``x`` and in parameters. Time itself is no letter of an
            autonomous system; what changes with time by plan is a parameter with a schedule (``simulate``).

    Raises:
        TypeError: when a letter is not a sympy symbol or a rate is not a sympy expression (text is never read).
        ValueError: when a letter is named twice or there are not as many rates as letters.

    Example:
        >>> x, r, h = sp.symbols("x r h", real=True)
        >>> harvest = System(x=(x,), field=(r * x * (1 - x) - h,))
        >>> parameters(harvest), harvest.jacobian[0]
        ((h, r), -r*x + r*(1 - x))
    """

    x: tuple[sp.Symbol, ...]
    field: tuple[sp.Expr, ...]

    def __post_init__(self) -> None:
        x, field = _several("x", self.x), _several("field", self.field)
        for letter in x:
            if not isinstance(letter, sp.Symbol):
                raise TypeError(f"letters of the state must be sympy symbols, got {letter!r}")
        names = [letter.name for letter in x]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice or not x:
            raise ValueError(f"the state needs letters that differ, got {', '.join(twice) + ' twice' if twice else ()}")
        if len(field) != len(x):
            raise ValueError(f"field must hold {len(x)} rates, one for each of {', '.join(names)}, got {len(field)}")
        object.__setattr__(self, "x", x)
        object.__setattr__(self, "field", tuple(expression("a rate", rate) for rate in field))

    @cached_property
    def growth(self) -> tuple[sp.Expr, ...]:
        """Rates of change per head, ``field / x``, per unit of time: what the logarithms of the state do."""
        return tuple(sp.expand(rate / letter) for rate, letter in zip(self.field, self.x, strict=True))

    @cached_property
    def jacobian(self) -> sp.ImmutableMatrix:
        """Derivative of the field by the state, per unit of time, shape ``(letters, letters)``."""
        return sp.ImmutableMatrix(self.field).jacobian(self.x)

    def at(self, numbers: Mapping[sp.Symbol, Any]) -> System:
        """The system with numbers or expressions in place of some parameters.

        Raises:
            ValueError: for a letter that is not a parameter.

        Example:
            >>> x, p = sp.symbols("x p", real=True)
            >>> System((x,), (p - x**2,)).at({p: 4}).field
            (4 - x**2,)
        """
        return System(self.x, replaced(self.field, numbers, parameters(self)))


def parameters(system: Dynamics) -> tuple[sp.Symbol, ...]:
    """Letters of the field that are not in the state, by name.

    Raises:
        TypeError: when ``system`` states none.
    """
    check_dynamics(system)
    found: set[sp.Symbol] = set().union(*(rate.free_symbols for rate in system.field)) - set(system.x)
    return tuple(sorted(found, key=lambda letter: str(letter.name)))


def replaced(
    expressions: tuple[sp.Expr, ...], numbers: Mapping[sp.Symbol, Any], known: Iterable[sp.Symbol]
) -> tuple[sp.Expr, ...]:
    """Expressions with numbers or other expressions for some of the known letters.

    Raises:
        TypeError: when a replacement is text or no expression.
        ValueError: for an unknown letter.
    """
    check_mapping("numbers", numbers)
    letters = tuple(known)
    unknown = [str(letter) for letter in numbers if letter not in letters]
    if unknown:
        allowed = ", ".join(map(str, letters)) or "none"
        raise ValueError(f"unknown letters {', '.join(unknown)}: the parameters are {allowed}")
    exact = {letter: expression(f"the value of {letter}", value) for letter, value in numbers.items()}
    return tuple(whole.subs(exact, simultaneous=True) for whole in expressions)


def _several(name: str, given: Any) -> tuple[Any, ...]:
    if isinstance(given, str | sp.Basic) or not isinstance(given, Iterable):
        raise TypeError(f"{name} must be a tuple, one entry for each letter of the state, got {given!r}")
    return several(name, given)


def check_dynamics(system: object) -> None:
    """Raise unless a system is stated, as :class:`Dynamics` says.

    Raises:
        TypeError: when it is not.
    """
    nothing = object()  # looked up without computing it: a Jacobian takes seconds for many units
    stated = (getattr_static(system, name, nothing) for name in ("x", "field", "growth", "jacobian"))
    if isinstance(system, type) or nothing in stated:
        raise TypeError(f"the system must state its letters and field, as System does, got {type(system).__name__}")
