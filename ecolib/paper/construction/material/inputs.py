"""What the numbers of section 2.1 may be: each is checked where it enters."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.doors import check_hashable, several
from ecolib.numeric import Array
from ecolib.values import real_array

TINY, HUGE = 1e-100, 1e100
"""Other positive numbers are refused: products of them could leave the range of floating point."""

__all__ = ["collected", "count", "number", "numbers"]


def numbers(name: str, given: npt.ArrayLike, shape: tuple[int | None, ...], *, positive: bool = False) -> Array:
    """Finite numbers of a shape (None: any length from 1 on), at least 0 or positive, read-only.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for another shape, or an entry that is not finite, too small, or positive but below 1e-100 or above
            1e100.

    Example:
        >>> numbers("L", (1, -2), (2,))
        Traceback (most recent call last):
        ValueError: L must be at least 0 and finite, got -2.0
    """
    array = real_array(name, given)
    fits = array.ndim == len(shape) and all(
        (n >= 1) if wanted is None else n == wanted for n, wanted in zip(array.shape, shape, strict=True)
    )
    if not fits:
        wanted = ", ".join("any" if n is None else str(n) for n in shape)
        raise ValueError(f"{name} must have shape ({wanted}), got {array.shape}")
    bad = ~np.isfinite(array) | (array <= 0 if positive else array < 0)
    if np.any(bad):
        rule = "positive" if positive else "at least 0"
        raise ValueError(f"{name} must be {rule} and finite, got {array[bad].flat[0]}")
    extreme = (array > HUGE) | ((array > 0) & (array < TINY))
    if np.any(extreme):
        raise ValueError(f"{name} must be from {TINY:g} to {HUGE:g} where it is not 0, got {array[extreme].flat[0]}")
    array.setflags(write=False)
    return array


def number(name: str, given: float, *, positive: bool = False, most: float = np.inf) -> float:
    """One finite number, at least 0 or positive, and at most some bound.

    Raises:
        TypeError: when it is not a real number.
        ValueError: when it is out of range, NaN or infinite.
    """
    value = float(numbers(name, given, (), positive=positive))
    if value > most:
        raise ValueError(f"{name} must be at most {most:g}, got {value}")
    return value


def count(name: str, given: int, *, least: int = 0, most: int = 10**6) -> int:
    """A whole number within bounds.

    Raises:
        TypeError: when it is not an integer.
        ValueError: when it is out of bounds.

    Example:
        >>> count("units", 0, least=1)
        Traceback (most recent call last):
        ValueError: units must be from 1 to 1000000, got 0
    """
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        raise TypeError(f"{name} must be an integer, got {given!r}")
    if not least <= given <= most:
        raise ValueError(f"{name} must be from {least} to {most}, got {given}")
    return int(given)


def collected(name: str, given: Iterable[Any]) -> tuple[Hashable, ...]:
    """Names of units, each once, in the order given.

    Raises:
        TypeError: for text, one name alone, or a name that cannot be a key of a dictionary.

    Example:
        >>> collected("moved", 5)
        Traceback (most recent call last):
        TypeError: moved must be a collection of names, such as [5], got 5
    """
    try:
        members = several(name, given)
    except TypeError:
        raise TypeError(f"{name} must be a collection of names, such as [{given!r:.60}], got {given!r:.60}") from None
    for member in members:
        check_hashable(f"an entry of {name}", member)
    return tuple(dict.fromkeys(members))
