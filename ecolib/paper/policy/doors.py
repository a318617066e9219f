"""What is refused at the door of this package: what is no case, no number, no known name."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ecolib.paper.policy.case import BaseCase
from ecolib.values import real_array

__all__ = ["a_case", "a_name", "a_number", "one_case"]


def a_case(case: object) -> BaseCase:
    """The case, or a refusal of what is none.

    Raises:
        TypeError: for anything but a case.
    """
    if not isinstance(case, BaseCase):
        raise TypeError(f"case must be a BaseCase, got {type(case).__name__}")
    return case


def one_case(case: object) -> BaseCase:
    """The same for one case, not a batch.

    Raises:
        TypeError: for anything but a case.
        ValueError: for a batch.
    """
    found = a_case(case)
    if found.shape:
        raise ValueError(f"one case is needed, got a batch of shape {found.shape}")
    return found


def a_number(name: str, value: object) -> float:
    """One finite real number.

    Raises:
        TypeError: for anything but real numbers.
        ValueError: for an array, NaN or infinite.
    """
    given = real_array(name, value)  # type: ignore[arg-type]
    if given.ndim or not np.isfinite(given):
        raise ValueError(f"{name} must be one finite number, got {value}")
    return float(given)


def a_name(kind: str, name: object, names: Iterable[str]) -> str:
    """One of some names.

    Raises:
        ValueError: for any other.
    """
    if not isinstance(name, str) or name not in tuple(names):
        raise ValueError(f"{kind} is one of {', '.join(names)}, got {name!r}")
    return name
