"""What the letters of section 2.3 may be: every number is checked where it enters."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array
from ecolib.values import real_array

__all__ = [
    "broadcast",
    "coefficients",
    "finite",
    "fitting",
    "fraction",
    "number",
    "rates",
    "shares",
    "times",
    "whole",
]

LARGEST = 1e60
"""Numbers of larger size, or of a size below its inverse, would leave the range of floating point in products."""


def finite(name: str, given: npt.ArrayLike, *, least: float = -np.inf, most: float = np.inf) -> Array:
    """The given numbers as an array, if they are finite and within their range (ends included).

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: when an entry is NaN, infinite or out of range.

    Example:
        >>> finite("m", -1.0, least=0.0)
        Traceback (most recent call last):
        ValueError: m must be at least 0, got -1.0
    """
    array = real_array(name, given)
    for bad, rule in (
        (~np.isfinite(array), "finite"),
        (array < least, f"at least {least:g}"),
        (array > most, f"at most {most:g}"),
    ):
        if np.any(bad):
            raise ValueError(f"{name} must be {rule}, got {array[bad].flat[0]}")
    return array


def rates(name: str, given: npt.ArrayLike, *, least: float = -np.inf) -> Array:
    """Finite numbers that are 0 or of a size between 1e-60 and 1e60, so that products of a few stay numbers.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: when an entry is NaN, infinite, out of range, or of another size.

    Example:
        >>> rates("sigma", 1e200)
        Traceback (most recent call last):
        ValueError: sigma must be 0 or of a size between 1e-60 and 1e+60, got 1e+200
    """
    array = finite(name, given, least=least)
    size = np.abs(array)
    bad = (array != 0) & ((size > LARGEST) | (size < 1 / LARGEST))
    if np.any(bad):
        limits = f"between {1 / LARGEST:g} and {LARGEST:g}"
        raise ValueError(f"{name} must be 0 or of a size {limits}, got {array[bad].flat[0]:g}")
    return array


def number(name: str, given: npt.ArrayLike, *, least: float = -np.inf, most: float = np.inf) -> float:
    """One number within its range.

    Raises:
        TypeError: when it is not a real number.
        ValueError: when there are several, or it is not finite or out of range.
    """
    array = finite(name, given, least=least, most=most)
    if array.shape != ():
        raise ValueError(f"{name} must be one number, got shape {array.shape}")
    return float(rates(name, array))


def whole(name: str, given: Any, *, least: int = 0, most: int | None = None) -> int:
    """An integer within its range, of Python or of numpy; no truth value.

    Raises:
        TypeError: for anything else.
        ValueError: when it is out of range.
    """
    if not isinstance(given, int | np.integer) or isinstance(given, bool):
        raise TypeError(f"{name} must be an integer, got {given!r}")
    if given < least:
        raise ValueError(f"{name} must be at least {least}, got {given}")
    if most is not None and given > most:
        raise ValueError(f"{name} must be at most {most}, got {given}")
    return int(given)


def fitting(arrays: dict[str, Array]) -> None:
    """Check that arrays can be broadcast against each other.

    Raises:
        ValueError: when they cannot, with the shape of each.
    """
    try:
        np.broadcast_shapes(*(array.shape for array in arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ValueError(f"shapes must fit each other, got {shapes}") from None


def shares(name: str, given: npt.ArrayLike, genes: int | None = None) -> Array:
    """Shares of genes, shape ``(..., genes)``: not negative, and adding up to 1.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for a wrong shape, a share that is negative or not finite, or a sum that is not 1.
    """
    array = finite(name, given, least=0.0)
    if array.ndim == 0 or array.shape[-1] == 0 or (genes is not None and array.shape != (genes,)):
        raise ValueError(f"{name} must have shape ({'..., genes' if genes is None else genes},), got {array.shape}")
    total = array.sum(axis=-1)
    if np.any(np.abs(total - 1) > 1e-9):
        raise ValueError(f"{name} must add up to 1, got {total.flat[np.abs(total - 1).argmax()]}")
    return array


def times(t: npt.ArrayLike) -> Array:
    """Times, shape ``(times,)``, finite and at least 0.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for another shape, or a time that is negative or not finite.
    """
    array = finite("t", t, least=0.0)
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"t must have shape (times,), got {array.shape}")
    return array


def coefficients(name: str, given: npt.ArrayLike) -> Array:
    """A matrix of coefficients, shape ``(units, units)``, finite, with a zero diagonal, read-only.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for another shape, an entry that is not finite, or a diagonal that is not zero.
    """
    array = rates(name, given)
    if array.ndim != 2 or array.shape[0] != array.shape[1] or array.size == 0:
        raise ValueError(f"{name} must have shape (units, units), got {array.shape}")
    if np.diagonal(array).any():
        raise ValueError(f"{name} must be zero on the diagonal, got {np.diagonal(array)[np.diagonal(array) != 0][0]}")
    array.setflags(write=False)
    return array


def fraction(name: str, given: npt.ArrayLike) -> Array:
    """Numbers strictly between 0 and 1.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: when an entry is not finite or not strictly between 0 and 1.
    """
    array = rates(name, given)
    outside = (array <= 0) | (array >= 1)
    if np.any(outside):
        raise ValueError(f"{name} must be above 0 and below 1, got {array[outside].flat[0]}")
    return array


def broadcast(owner: object, arrays: dict[str, Array]) -> None:
    """Give a frozen object its arrays, broadcast against each other and read-only.

    Raises:
        ValueError: for shapes that cannot be broadcast.
    """
    fitting(arrays)
    for name, array in zip(arrays, np.broadcast_arrays(*arrays.values()), strict=True):
        whole = array.copy()
        whole.setflags(write=False)
        object.__setattr__(owner, name, whole)
