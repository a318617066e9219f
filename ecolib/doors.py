"""Refusals of what is of the wrong kind, before anything is computed. Ranges are checked by those who know them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf, isfinite
from numbers import Integral, Number, Real
from typing import Any

import sympy as sp

__all__ = [
    "check_hashable",
    "check_kind",
    "check_mapping",
    "check_named_numbers",
    "check_seconds",
    "check_word",
    "choice",
    "expression",
    "real",
    "several",
    "whole",
    "words",
]


def check_kind(name: str, given: object, *kinds: type) -> None:
    """Raise unless something is of one of some classes.

    Raises:
        TypeError: when it is not.

    Example:
        >>> check_kind("model", 3, str)
        Traceback (most recent call last):
        TypeError: model must be a str, got int
    """
    if not isinstance(given, kinds):
        wanted = " or ".join(kind.__name__ for kind in kinds)
        raise TypeError(f"{name} must be a {wanted}, got {type(given).__name__}")


def check_mapping(name: str, given: object) -> None:
    """Raise unless something maps keys to values.

    Raises:
        TypeError: when it does not.
    """
    if not isinstance(given, Mapping):
        raise TypeError(f"{name} must be a mapping, such as a dict, got {type(given).__name__}")


def choice(name: str, given: object, allowed: Iterable[str]) -> str:
    """One of some words.

    Raises:
        ValueError: for any other, and for what is no text.

    Example:
        >>> choice("start", "both", ("unlike", "alike"))
        Traceback (most recent call last):
        ValueError: start must be one of unlike, alike, got 'both'
    """
    words = tuple(allowed)
    if not isinstance(given, str) or given not in words:
        shown = [repr(word) for word in words] if "" in words else words
        raise ValueError(f"{name} must be one of {', '.join(shown)}, got {given!r:.80}")
    return given


def whole(name: str, given: object, *, least: int, most: int | None = None) -> int:
    """A whole number within its limits.

    Raises:
        TypeError: when it is none; True and False are none.
        ValueError: when it is out of its limits.

    Example:
        >>> whole("units", 0, least=1)
        Traceback (most recent call last):
        ValueError: units must be at least 1, got 0
    """
    if isinstance(given, bool) or not isinstance(given, Integral):
        raise TypeError(f"{name} must be an integer, got {given!r:.80}")
    number = int(given)
    if number < least or (most is not None and number > most):
        limit = f"at least {least}" if number < least else f"at most {most}"
        raise ValueError(f"{name} must be {limit}, got {_short(number)}")
    return number


def real(name: str, given: object, *, above: float = -inf, least: float = -inf, most: float = inf) -> float:
    """One finite real number within its limits.

    Raises:
        TypeError: when it is none; True and False are none.
        ValueError: when it is NaN, infinite or out of its limits.

    Example:
        >>> real("rtol", 1.0, least=1e-13, most=0.1)
        Traceback (most recent call last):
        ValueError: rtol must be at least 1e-13 and at most 0.1, got 1.0
    """
    if isinstance(given, bool) or not isinstance(given, Real):
        raise TypeError(f"{name} must be a real number, got {given!r:.80}")
    try:
        number = float(given)
    except OverflowError:
        number = inf
    if not isfinite(number) or not (above < number and least <= number <= most):
        rules = [(f"at least {least:g}", least), (f"at most {most:g}", most)]
        rules.insert(0, ("positive" if above == 0 else f"above {above:g}", above))
        limits = [rule for rule, limit in rules if isfinite(limit)]
        limits += ["finite"] * (not isfinite(most))
        raise ValueError(f"{name} must be {' and '.join(limits)}, got {number}")
    return number


def check_seconds(seconds: object) -> float:
    """Seconds that something may take, which may be infinite.

    Raises:
        TypeError: when they are no number.
        ValueError: when they are not positive.
    """
    return inf if isinstance(seconds, float) and seconds == inf else real("seconds", seconds, above=0)


def expression(name: str, given: object) -> sp.Expr:
    """A finite sympy expression; numbers become one. Text is refused, even inside a list: sympy would run it.

    Raises:
        TypeError: when it is none.

    Example:
        >>> expression("trying", "1/2")
        Traceback (most recent call last):
        TypeError: trying must be a finite sympy expression or a number, got '1/2'
    """
    plain = isinstance(given, sp.Basic | Number) and not isinstance(given, bool)
    found = sp.sympify(given, strict=True) if plain else None
    if not isinstance(found, sp.Expr) or found.has(sp.nan, sp.oo, sp.zoo):
        raise TypeError(f"{name} must be a finite sympy expression or a number, got {given!r:.80}")
    return found


def several(name: str, given: object) -> tuple[Any, ...]:
    """The entries of a list or the like; text is none.

    Raises:
        TypeError: when there are no entries to go through.
    """
    try:
        if isinstance(given, str | bytes | type):
            raise TypeError
        return tuple(given)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{name} must hold several entries, such as a list, got {given!r:.80}") from None


def words(name: str, given: object) -> tuple[str, ...]:
    """Several texts.

    Raises:
        TypeError: when an entry is no text, or there are none to go through.
    """
    entries = several(name, given)
    if not all(isinstance(entry, str) for entry in entries):
        raise TypeError(f"{name} must hold texts, got {given!r:.80}")
    return entries


def check_hashable(name: str, given: object) -> None:
    """Raise unless something can name a node: what can be a key of a dictionary.

    Raises:
        TypeError: when it cannot.
    """
    try:
        hash(given)
    except TypeError:
        raise TypeError(f"{name} must be a name, which can be a key of a dictionary, got {given!r:.80}") from None


def check_word(name: str, given: object) -> str:
    """One text.

    Raises:
        TypeError: when it is none.
    """
    if not isinstance(given, str):
        raise TypeError(f"{name} must be text, got {given!r:.80}")
    return given


def check_named_numbers(name: str, given: object) -> None:
    """Raise unless something maps texts to finite numbers.

    Raises:
        TypeError: when it does not.
        ValueError: when a number is NaN or infinite.
    """
    check_mapping(name, given)
    pairs = dict(given)  # type: ignore[call-overload]
    words(f"the names of {name}", pairs.keys())
    for key, number in pairs.items():
        real(f"{name} {key!r}", number)


def _short(number: int) -> str:
    """A number in digits, unless they fill a page."""
    return str(number) if number.bit_length() < 200 else "one of over 60 digits"
