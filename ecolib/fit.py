"""Do the letters and the numbers fit? Every pair of a model and its numbers is checked here before anything runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
import sympy as sp

from ecolib.doors import check_kind, expression, several
from ecolib.model import Symbiosis
from ecolib.system import Dynamics, parameters
from ecolib.values import Values, real_array

__all__ = ["check_fit", "checked_numbers", "numbers_of"]

Nested: TypeAlias = Any  # an expression, or tuples of expressions, as deep as the array has trailing axes


def check_fit(model: Symbiosis, values: object) -> None:
    """Raise unless the values hold numbers for exactly the letters of the model.

    Raises:
        TypeError: when one of them is of another kind.
        ValueError: when they do not fit.
    """
    check_kind("model", model, Symbiosis)
    if not isinstance(values, Values):
        raise TypeError(f"values must be ecolib.Values, got {type(values).__name__}")
    if values.units != model.units:
        raise ValueError(f"the model has {model.units} units, the values have {values.units}")
    first: dict[sp.Expr, tuple[int, int]] = {}
    for i, j in np.ndindex(model.units, model.units):
        entry = model.alpha[i, j]
        number = values.alpha[..., i, j]
        if entry == 0 and np.any(number != 0):
            raise ValueError(f"the model has no effect of unit {j + 1} on unit {i + 1}, the values have one")
        if entry != 0 and not isinstance(entry, sp.Symbol):
            raise ValueError(f"alpha[{i}, {j}] is the expression {entry}; use Symbiosis.of(units=...) with numbers")
        k, m = first.setdefault(entry, (i, j))
        if np.any(number != values.alpha[..., k, m]):
            raise ValueError(f"alpha[{k}, {m}] and alpha[{i}, {j}] are one letter, {entry}, but their values differ")
    extra = sorted(map(str, set(parameters(model)) - {*model.r, *model.K} - model.alpha.free_symbols))
    if extra:
        raise ValueError(f"the model has letters of its own without numbers: {', '.join(extra)}; see Symbiosis.at")


def numbers_of(model: Symbiosis, values: Values) -> dict[sp.Symbol, float]:
    """Numbers for the letters of a model, by letter: what continuation and enumeration ask for.

    Raises:
        ValueError: when the values are a batch or do not fit the model.

    Example:
        >>> guest = Values(r=(0.5, 0.4), K=(100, 80), alpha=((0, 0.3), (-0.2, 0)))
        >>> sorted(map(str, numbers_of(Symbiosis.of(units=2), guest)))
        ['K_1', 'K_2', 'alpha_12', 'alpha_21', 'r_1', 'r_2']
    """
    check_fit(model, values)
    if values.shape:
        raise ValueError(f"one parameter set is needed, got a batch of shape {values.shape}")
    fixed = dict(zip((*model.r, *model.K), (*values.r.tolist(), *values.K.tolist()), strict=True))
    return fixed | {letter: float(values.alpha[index]) for index, letter in places(model.alpha)}


def checked_numbers(
    system: Dynamics, numbers: Mapping[sp.Symbol, Any], *, free: Collection[sp.Symbol] = ()
) -> dict[sp.Symbol, float]:
    """Numbers for all parameters of a system but the free ones, each finite and real.

    Raises:
        TypeError: when they are not a mapping, or a number is not real.
        ValueError: when a number is missing, unknown, NaN or infinite.

    Example:
        >>> from ecolib.system import System
        >>> x, p = sp.symbols("x p")
        >>> checked_numbers(System((x,), (p - x**2,)), {})
        Traceback (most recent call last):
        ValueError: numbers must hold one for each of p; missing: p
    """
    if not isinstance(numbers, Mapping):
        raise TypeError(f"numbers must map letters to numbers, got {type(numbers).__name__}")
    free = several("free", free)
    for letter in free:
        check_kind("a free letter", letter, sp.Symbol)
    needed = [letter for letter in parameters(system) if letter not in free]
    missing = [str(letter) for letter in needed if letter not in numbers]
    unknown = [str(letter) for letter in numbers if letter not in needed]
    if missing or unknown:
        wrong = "; ".join(f"{word}: {', '.join(w)}" for word, w in (("missing", missing), ("unknown", unknown)) if w)
        raise ValueError(f"numbers must hold one for each of {', '.join(map(str, needed)) or 'no letter'}; {wrong}")
    found = {letter: _real(letter, numbers[letter]) for letter in needed}
    infinite = {letter: number for letter, number in found.items() if not np.isfinite(number)}
    if infinite:
        raise ValueError("; ".join(f"{letter} must be finite, got {number}" for letter, number in infinite.items()))
    return found


def _real(letter: sp.Symbol, number: Any) -> float:
    given = real_array(str(letter), float(number) if isinstance(number, sp.Number) else number)
    if given.shape:
        raise TypeError(f"{letter} must be one number, got an array of shape {given.shape}")
    return float(given)


def common_shape(**arrays: Any) -> tuple[int, ...]:
    """The shape that arrays broadcast to.

    Raises:
        ValueError: when they do not.

    Example:
        >>> common_shape(s=(1, 2, 3), c=(0.1, 0.2))
        Traceback (most recent call last):
        ValueError: s (3,), c (2,) do not broadcast against each other
    """
    shapes = {name: np.shape(array) for name, array in arrays.items()}
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        different = ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)
        raise ValueError(f"{different} do not broadcast against each other") from None


def per_unit(name: str, given: Any, units: int) -> Any:
    """One number for each unit, from as many or from one for all.

    Raises:
        TypeError: when an entry is no real number.
        ValueError: for another shape.
    """
    array = real_array(name, given)
    if array.shape not in ((), (units,)):
        raise ValueError(f"{name} must be one number or have shape ({units},), got {array.shape}")
    return np.broadcast_to(array, (units,))


def flat(nested: Nested) -> tuple[tuple[sp.Expr, ...], tuple[int, ...]]:
    """The expressions of a nest in a row, and the shape of the nest."""
    if isinstance(nested, sp.MatrixBase):
        return tuple(nested), nested.shape
    if not isinstance(nested, tuple):
        return (expression("what is computed", nested),), ()
    parts = [flat(part) for part in nested]
    return tuple(e for inner, _ in parts for e in inner), (len(nested), *(parts[0][1] if parts else ()))


def places(given: Nested) -> Iterator[tuple[tuple[int, ...], sp.Symbol]]:
    """The symbols of an argument with their places; entries that are zero need no number."""
    entries, shape = flat(given)
    for index, entry in zip(np.ndindex(*shape), entries, strict=True):
        if isinstance(entry, sp.Symbol):
            yield index, entry
