"""What the letters of the closure may be: every value is checked where it enters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import sympy as sp

from ecolib.doors import whole
from ecolib.model import MOST_UNITS
from ecolib.values import real_array

__all__ = ["check_single", "checked", "numeric"]

LARGEST = 1e100
"""Larger integers would leave the range of floating point in products."""

Range = tuple[Callable[[Any], Any], str]

_RANGES: dict[str, list[Range]] = {
    "s": [(lambda x: x > 0, "positive")],
    "c": [(lambda x: x >= 0, "at least 0"), (lambda x: x < 1, "below 1")],
    "omega": [(lambda x: x >= 0, "at least 0"), (lambda x: x <= 1, "at most 1")],
    "epsilon": [(lambda x: x > 0, "above 0"), (lambda x: x < 1, "below 1")],
    "phi": [(lambda x: x > 0, "above 0"), (lambda x: x <= 1, "at most 1")],
    "V": [(lambda x: x >= 0, "at least 0")],
    "V_start": [(lambda x: x > 0, "positive")],
    "mu": [(lambda x: x > 0, "positive")],
    "tau": [(lambda x: x >= 0, "at least 0")],
    "eta": [(lambda x: x >= 0, "at least 0")],
    "learning": [(lambda x: x > 0, "positive")],
    "weight": [(lambda x: x >= 0, "at least 0"), (lambda x: x <= 1, "at most 1")],
}


def checked(name: str, value: Any) -> Any:
    """The value, as an array or a sympy expression, if it is in the range of its letter.

    An expression is refused only when it is *decidedly* out of range; letters without assumptions pass.

    Raises:
        TypeError: for text, complex numbers, or an ``n`` that is not an integer.
        ValueError: when the value is out of range, NaN or infinite.

    Example:
        >>> checked("c", 1.5)
        Traceback (most recent call last):
        ValueError: c must be below 1, got 1.5
    """
    if name == "n":
        return _units(value)
    if not isinstance(value, sp.Expr | int):  # Python's integers stay exact
        value = real_array(name, value)[()]
        if not np.all(np.isfinite(value)):
            raise ValueError(f"{name} must be finite, got {value}")
    elif isinstance(value, bool):
        raise TypeError(f"{name} must be an array of real numbers, got {value!r}")
    elif isinstance(value, int) and abs(value) > LARGEST:
        raise ValueError(f"{name} must be at most {LARGEST:g} in size, got an integer of {value.bit_length()} bits")
    elif isinstance(value, sp.Expr) and (value.is_real is False or value.has(sp.nan, sp.oo, sp.zoo)):
        raise ValueError(f"{name} must be real and finite, got {value}")
    for holds, rule in _RANGES[name]:
        verdict = holds(value)
        if verdict is sp.false or (not isinstance(value, sp.Basic) and not np.all(verdict)):
            raise ValueError(f"{name} must be {rule}, got {_offender(value, verdict)}")
    return value


def _units(value: Any) -> int:
    return whole("n", value, least=2, most=MOST_UNITS)


def _offender(value: Any, verdict: Any) -> Any:
    """The first entry that breaks the rule."""
    return value if isinstance(value, sp.Basic) else np.asarray(value)[~np.asarray(verdict)].flat[0]


def numeric(name: str, value: Any) -> Any:
    """The value, as a number if it is a sympy expression.

    Raises:
        ValueError: when letters are left in it, or it is out of its range.

    Example:
        >>> numeric("phi", sp.Rational(1, 2))
        0.5
    """
    if not isinstance(value, sp.Basic):
        return value
    free = checked(name, value).free_symbols
    if free:
        raise ValueError(f"numbers are needed for the letters {', '.join(sorted(map(str, free)))}")
    return float(value)


def check_single(values: Mapping[Any, Any]) -> None:
    """Raise when an array stands beside sympy expressions, which go with single numbers.

    Raises:
        TypeError: when one does.

    Example:
        >>> check_single({"s": np.ones(2), "c": sp.Rational(1, 2)})
        Traceback (most recent call last):
        TypeError: s must be one number beside sympy expressions, got an array
    """
    for name, value in values.items():
        if np.ndim(value):
            raise TypeError(f"{name} must be one number beside sympy expressions, got an array")
