"""The one door between symbols and numbers.

Symbols know no arrays and arrays know no symbols; :func:`compiled` is where they meet, and ``lambdify`` is called
here and nowhere else. Whatever is typed once in letters is thereby the formula that computes, draws and simulates.

Compiled functions are **batched**: an argument that stands for a vector of letters takes an array whose last axis is
that vector, and all leading axes are broadcast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.equilibria import Equilibrium
from ecolib.model import Symbiosis
from ecolib.values import Values, real_array

__all__ = ["CONDITION_LIMIT", "compiled", "evaluate", "pointwise", "solved", "steady_state"]

Array: TypeAlias = npt.NDArray[np.float64]
Nested: TypeAlias = Any  # an expression, or tuples of expressions, as deep as the array has trailing axes

CONDITION_LIMIT = 1e12
"""A linear system whose condition number, after scaling, is larger has no trustworthy solution."""


@lru_cache(maxsize=512)
def compiled(expressions: Nested, *arguments: Nested) -> Callable[..., Array]:
    """Turn expressions in letters into a batched function of arrays.

    Args:
        expressions: an expression, a tuple of them, or a sympy matrix: the trailing shape of the result.
        arguments: for each argument of the function a symbol, a tuple of symbols, or a matrix of symbols and zeros.

    Returns:
        A function of as many arrays, each of shape ``(..., *shape of its letters)``; the result has the broadcast
        leading shape followed by the shape of ``expressions``.

    Raises:
        ValueError: when an expression holds a letter that is not among the arguments; from the function, when an
            array does not end in the shape of its letters.

    Example:
        >>> a, b = sp.symbols("a b")
        >>> compiled((a + b, a * b), a, b)(np.array([1.0, 2.0]), 3.0).tolist()
        [[4.0, 3.0], [5.0, 6.0]]
    """
    outputs, shape = _flat(expressions)
    tails = [_flat(given)[1] for given in arguments]
    places: dict[sp.Symbol, tuple[int, tuple[int, ...]]] = {}
    for k, given in enumerate(arguments):
        for index, letter in _letters(given):
            places.setdefault(letter, (k, index))
    missing = set().union(*(e.free_symbols for e in outputs)) - set(places)
    if missing:
        raise ValueError(f"no numbers are given for the letters {', '.join(sorted(map(str, missing)))}")
    function = _function(outputs, tuple(places))

    def batched(*arrays: npt.ArrayLike) -> Array:
        given = [_ending(array, tail) for array, tail in zip(arrays, tails, strict=True)]
        numbers: list[Any] = [given[k][(..., *index)] for k, index in places.values()]  # type: ignore[arg-type]
        batch = np.broadcast_shapes(*(np.shape(number) for number in numbers))
        result = np.empty((*batch, len(outputs)))
        for k, value in enumerate(function(*numbers)):
            result[..., k] = value
        return result.reshape((*batch, *shape))

    return batched


def pointwise(expressions: Nested, model: Symbiosis, values: Values) -> Callable[[Array], Array]:
    """Turn expressions in the letters of a model into a function of one state, with all other numbers fixed.

    It takes outputs of shape ``(units,)``; without the batch it is several times as fast as :func:`evaluate`.
    """
    check_fit(model, values)
    outputs, shape = _flat(expressions)
    fixed = dict(zip((*model.r, *model.K), (*values.r.tolist(), *values.K.tolist()), strict=True))
    fixed.update((letter, float(values.alpha[index])) for index, letter in _letters(model.alpha))
    function, numbers = _function(outputs, (*model.x, *fixed)), tuple(fixed.values())
    return lambda x: np.array(function(*x.tolist(), *numbers), dtype=np.float64).reshape(shape)


@lru_cache(maxsize=512)
def _function(outputs: tuple[sp.Expr, ...], letters: tuple[sp.Symbol, ...]) -> Callable[..., list[Any]]:
    function: Callable[..., list[Any]] = sp.lambdify(list(letters), list(outputs), modules="numpy", cse=True)
    return function


def evaluate(expressions: Nested, model: Symbiosis, values: Values, x: npt.ArrayLike) -> Array:
    """Numbers for expressions in the letters of a model, at outputs ``x`` of shape ``(..., units)``.

    Raises:
        ValueError: when the model and the values do not fit, or ``x`` has the wrong shape.

    Example:
        >>> model = Symbiosis.of(units=2)
        >>> guest = Values(r=(0.5, 0.4), K=(100, 80), alpha=((0, 0.3), (-0.2, 0)))
        >>> evaluate(model.field, model, guest, (100, 0)).tolist()
        [0.0, 0.0]
    """
    check_fit(model, values)
    outputs = real_array("x", x)
    if outputs.ndim < 1 or outputs.shape[-1] != model.units:
        raise ValueError(f"x must have shape (..., {model.units}), got {outputs.shape}")
    function = compiled(expressions, model.x, model.r, model.K, model.alpha)
    return function(outputs, values.r, values.K, values.alpha)


def steady_state(equilibrium: Equilibrium, values: Values) -> Array:
    """The equilibrium's saturations in numbers: its linear system solved, shape ``(..., units)``.

    Entries may be negative (then the equilibrium is not feasible); a batch member whose linear system is singular,
    judged by its condition number, is NaN. Absent units are exactly zero.

    Raises:
        ValueError: when the model and the values do not fit.

    Example:
        >>> from ecolib.equilibria import equilibria
        >>> *_, both = equilibria(Symbiosis.of(units=2))
        >>> guest = Values(r=(0.5, 0.4), K=(100, 80), alpha=((0, 0.3), (-0.2, 0)))
        >>> steady_state(both, guest).round(4).tolist()
        [1.2264, 0.7547]
    """
    model = equilibrium.model
    check_fit(model, values)
    result = np.zeros((*values.shape, model.units))
    present = list(equilibrium.support)
    if not present:
        return result
    system = -compiled(model.interaction, model.alpha)(values.alpha)[..., present, :][..., :, present]
    result[..., present] = solved(system, np.ones((*values.shape, len(present))))
    return result


def solved(matrix: Array, target: Array) -> Array:
    """Solutions of linear systems, shape ``(..., n)``; NaN where a system is singular by its condition number.

    Rows and columns are scaled first (by powers of two, which costs no accuracy): how large the outputs of one unit
    are beside those of another says nothing about whether there is a solution.

    Example:
        >>> solved(np.array([[1.0, -1e14], [0.0, 1.0]]), np.array([1.0, 1e-14])).tolist()
        [2.0, 1e-14]
    """
    rows = _power_of_two(np.abs(matrix).max(axis=-1))
    scaled = matrix / rows[..., None]
    columns = _power_of_two(np.abs(scaled).max(axis=-2))
    scaled = scaled / columns[..., None, :]
    regular = np.linalg.cond(scaled)[..., None] < CONDITION_LIMIT
    solvable = np.where(regular[..., None], scaled, np.eye(matrix.shape[-1]))
    solution = np.linalg.solve(solvable, (target / rows)[..., None])[..., 0] / columns
    return np.where(regular, solution, np.nan)


def _power_of_two(size: Array) -> Array:
    return np.ldexp(1.0, np.frexp(size)[1])


def check_fit(model: Symbiosis, values: Values) -> None:
    """Raise unless the values hold numbers for exactly the letters of the model."""
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


def _flat(nested: Nested) -> tuple[tuple[sp.Expr, ...], tuple[int, ...]]:
    if isinstance(nested, sp.MatrixBase):
        return tuple(nested), nested.shape
    if not isinstance(nested, tuple):
        return (sp.sympify(nested),), ()
    parts = [_flat(part) for part in nested]
    return tuple(e for flat, _ in parts for e in flat), (len(nested), *(parts[0][1] if parts else ()))


def _ending(array: npt.ArrayLike, tail: tuple[int, ...]) -> Array:
    given = np.asarray(array, dtype=np.float64)
    if given.shape[given.ndim - len(tail) :] != tail:
        raise ValueError(f"an array of shape (..., {', '.join(map(str, tail))}) is needed, got {given.shape}")
    return given


def _letters(given: Nested) -> Iterator[tuple[tuple[int, ...], sp.Symbol]]:
    """The symbols of an argument with their places; entries that are zero need no number."""
    flat, shape = _flat(given)
    for index, entry in zip(np.ndindex(*shape), flat, strict=True):
        if isinstance(entry, sp.Symbol):
            yield index, entry
