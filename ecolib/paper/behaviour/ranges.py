"""What the letters of innovation behaviour may be: every number is checked where it enters."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Integral
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.values import Array, real_array

__all__ = ["checked", "counted", "single"]

_RANGES: dict[str, tuple[Callable[[Array], Any], str]] = {
    "e": (lambda x: (x >= 0) & (x <= 1), "between 0 and 1"),
    "limit": (lambda x: (x >= 0) & (x <= 1), "between 0 and 1"),
    "h": (lambda x: (x >= 0) & (x <= 1), "between 0 and 1"),
    "theta": (lambda x: (x >= 0) & (x <= 1), "between 0 and 1"),
    "z_O": (lambda x: (x >= 0) & (x <= 1), "between 0 and 1"),
    "tau": (lambda x: x >= 0, "at least 0"),
    "beta_I": (lambda x: x >= 0, "at least 0"),
    "beta_O": (lambda x: x >= 0, "at least 0"),
    "kappa_I": (lambda x: x > 0, "positive"),
    "kappa_O": (lambda x: x > 0, "positive"),
    "q": (lambda x: x > 1, "above 1"),
    "p_0": (np.isfinite, "finite"),
    "power": (lambda x: x >= 0, "at least 0"),
    "a": (lambda x: x > 0, "positive"),
}


def checked(name: str, value: npt.ArrayLike) -> Any:
    """The value as a number or an array, if it is in the range of its letter.

    Raises:
        TypeError: for text, complex numbers or truth values.
        ValueError: when an entry is out of range, NaN or infinite.

    Example:
        >>> checked("h", 1.5)
        Traceback (most recent call last):
        ValueError: h must be between 0 and 1, got 1.5
    """
    given = real_array(name, value)
    holds, rule = _RANGES[name]
    for fine, wanted in ((np.isfinite(given), "finite"), (holds(given), rule)):
        if not np.all(fine):
            raise ValueError(f"{name} must be {wanted}, got {given[~fine].flat[0]}")
    return given[()]


def single(name: str, value: npt.ArrayLike) -> float:
    """One number in the range of its letter.

    Raises:
        TypeError: for text, complex numbers or truth values.
        ValueError: for an array, or a number out of range.

    Example:
        >>> single("e", 0.5)
        0.5
    """
    given = checked(name, value)
    if np.ndim(given):
        raise ValueError(f"{name} must be one number, got an array of shape {np.shape(given)}")
    return float(given)


def counted(name: str, value: object, *, least: int, most: int | None = None) -> int:
    """A whole number within its limits.

    Raises:
        TypeError: when it is not an integer.
        ValueError: when it is out of its limits.

    Example:
        >>> counted("units", 12, least=3)
        12
    """
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be an integer, got {value!r}")
    whole = int(value)
    if whole < least or (most is not None and whole > most):
        limits = f"at least {least}" if most is None else f"from {least} to {most}"
        raise ValueError(f"{name} must be {limits}, got {value}")
    return whole
