"""Results that a chapter records: numbers that its text quotes, with a unit and a tolerance.

A recorded number is shown in the text by the role ``{glue:text}`` and kept in ``book/results.json``. Whoever executes
the chapter again compares: a **result** is reproduced when it lies within its **tolerance**, an absolute difference in
the unit of the result. What is counted, and text, must come out the same.

Outside a notebook :func:`record` does nothing that one sees.
"""

from __future__ import annotations

import re
import sys
from numbers import Integral
from typing import Any

from ecolib.doors import choice, real

__all__ = ["UNITS", "record"]

UNITS = (
    "1",
    "%",
    "count",
    "units of output",
    "patents a year",
    "units of time",
    "seconds",
    "minutes",
    "hours",
    "years",
    "per unit of time",
    "per year",
    "links",
    "firms",
    "MB",
    "GB",
    "text",
)
"""What a result may be measured in. ``"1"`` is a pure number, such as a coefficient or a gain.

``"count"`` is a number that was counted. A mean of such numbers, or a bound on one, need not be whole: ``"links"``,
``"firms"``.
"""

RELATIVE, LEAST = 1e-6, 1e-9
"""The tolerance of a number, unless said otherwise: this part of it, one digit, and never less than the second."""

PREFIX = "application/papermill.record/"
"""Put before the kind of an output, it says: keep this, show nothing."""


def record(name: str, value: float | str, *, unit: str, tolerance: float | None = None) -> None:
    """Record a number or a short text under a name, for the text of the chapter and for comparison.

    Args:
        name: letters, digits and underscores; once in a chapter.
        value: a finite real number, a whole number (unit ``"count"``), or text (unit ``"text"``).
        unit: one of :data:`UNITS`.
        tolerance: the difference, in the same unit, up to which another machine reproduces the number; unless given,
            about a millionth of the number. For an error, a gap between two computations, say up to what it may grow.

    Raises:
        TypeError: for a value that is neither a real number nor text, or a count that is no whole number.
        ValueError: for a name of other signs, an unknown unit, a number that is not finite, a tolerance that is not
            positive, or a tolerance for a count or a text.

    Example:
        >>> record("share", 0.25, unit="1")
        >>> record("share", 0.25, unit="furlongs")
        Traceback (most recent call last):
            ...
        ValueError: unit must be one of 1, %, count, units of output, ..., got 'furlongs'
    """
    if not re.fullmatch(r"\w+", str(name), re.ASCII):
        raise ValueError(f"name must be letters, digits and underscores, got {name!r}")
    choice("unit", unit, UNITS)
    plain = _plain(value, unit)
    about = {"name": name, "mime_prefix": PREFIX, "unit": unit, "tolerance": _tolerance(plain, tolerance)}
    notebook = sys.modules.get("IPython")
    if notebook is not None and notebook.get_ipython() is not None:
        notebook.display.display({f"{PREFIX}text/plain": repr(plain)}, metadata={"scrapbook": about}, raw=True)


def _plain(value: Any, unit: str) -> float | int | str:
    """The value as Python's own float, int or str."""
    if unit == "text":
        if not isinstance(value, str):
            raise TypeError(f"a result in unit 'text' must be a str, got {value!r}")
        return value
    if unit == "count":
        if isinstance(value, bool) or not isinstance(value, Integral):
            raise TypeError(f"a count must be a whole number, got {value!r}")
        return int(value)
    return real("value", value)


def _tolerance(value: float | int | str, given: Any) -> float:
    """The difference allowed, none for what must come out the same."""
    if not isinstance(value, float):
        if given is not None:
            raise ValueError(f"a count or a text has no tolerance, got {given!r}")
        return 0.0
    if given is None:
        return float(f"{max(RELATIVE * abs(value), LEAST):.0e}")
    return real("tolerance", given, above=0)
