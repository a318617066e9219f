"""The one door between symbols and numbers.

Symbols know no arrays and arrays know no symbols; :func:`compiled` is where they meet, and ``lambdify`` is called
here and nowhere else. Whatever is typed once in letters is thereby the formula that computes, draws and simulates.

Compiled functions are **batched**: an argument that stands for a vector of letters takes an array whose last axis is
that vector, and all leading axes are broadcast.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.doors import check_kind
from ecolib.equilibria import Equilibrium
from ecolib.fit import Nested, check_fit, flat, places
from ecolib.model import Symbiosis
from ecolib.values import Values, real_array

__all__ = ["CONDITION_LIMIT", "columnwise", "compiled", "evaluate", "pointwise", "solved", "steady_state"]

Array: TypeAlias = npt.NDArray[np.float64]

CONDITION_LIMIT = 1e12
"""A linear system whose condition number, after scaling, is larger has no trustworthy solution."""


def compiled(expressions: Nested, *arguments: Nested) -> Callable[..., Array]:
    """Turn expressions in letters into a batched function of arrays.

    Args:
        expressions: an expression, a tuple of them, or a sympy matrix: the trailing shape of the result.
        arguments: for each argument of the function a symbol, a tuple of symbols, or a matrix of symbols and zeros.

    Returns:
        A function of as many arrays, each of shape ``(..., *shape of its letters)``; the result has the broadcast
        leading shape followed by the shape of ``expressions``.

    Raises:
        TypeError: when something is no expression; text is never read; from the function, for complex values.
        ValueError: when an expression holds a letter that is not among the arguments; from the function, when an
            array does not end in the shape of its letters.

    Example:
        >>> a, b = sp.symbols("a b")
        >>> compiled((a + b, a * b), a, b)(np.array([1.0, 2.0]), 3.0).tolist()
        [[4.0, 3.0], [5.0, 6.0]]
    """
    for given in (expressions, *arguments):
        if not isinstance(given, Hashable):
            raise TypeError(f"expressions and letters, or tuples or immutable matrices of them, got {given!r:.80}")
    return _compiled(expressions, *arguments)


@lru_cache(maxsize=512)
def _compiled(expressions: Nested, /, *arguments: Nested) -> Callable[..., Array]:
    outputs, shape = flat(expressions)
    tails = [flat(given)[1] for given in arguments]
    where: dict[sp.Symbol, tuple[int, tuple[int, ...]]] = {}
    for k, given in enumerate(arguments):
        for index, letter in places(given):
            where.setdefault(letter, (k, index))
    _check_complete(outputs, where)
    function = _function(outputs, tuple(where))

    def batched(*arrays: npt.ArrayLike) -> Array:
        if len(arrays) != len(tails):
            raise TypeError(f"{len(tails)} arrays are needed, got {len(arrays)}")
        given = [_ending(array, tail) for array, tail in zip(arrays, tails, strict=True)]
        numbers: list[Any] = [given[k][(..., *index)] for k, index in where.values()]  # type: ignore[arg-type]
        batch = _batch([np.shape(number) for number in numbers])
        result = np.empty((*batch, len(outputs)))
        for k, value in enumerate(function(*numbers)):
            if np.iscomplexobj(value):
                raise TypeError(f"{outputs[k]!s:.80} must be real, but has complex values")
            result[..., k] = value
        return result.reshape((*batch, *shape))

    return batched


def pointwise(
    expressions: Nested, letters: Sequence[sp.Symbol], numbers: Mapping[sp.Symbol, float]
) -> Callable[[Array], Array]:
    """Turn expressions into a function of one array that holds the letters in order, with all other numbers fixed.

    Without the batch it is several times as fast as :func:`compiled`.

    Example:
        >>> x, p = sp.symbols("x p")
        >>> pointwise((p * x, x**2), (x,), {p: 3.0})(np.array([2.0])).tolist()
        [6.0, 4.0]
    """
    outputs, shape = flat(expressions)
    _check_complete(outputs, {*letters, *numbers})
    fixed = {letter: float(number) for letter, number in numbers.items() if letter not in letters}
    function, known = _function(outputs, (*letters, *fixed)), tuple(fixed.values())
    return lambda x: np.array(function(*x.tolist(), *known), dtype=np.float64).reshape(shape)


def columnwise(expressions: Nested, letters: Sequence[sp.Symbol]) -> Callable[..., list[Array]]:
    """Turn expressions into a function of as many arrays as letters, which answers with one array per expression.

    For long arrays it is several times as fast as :func:`compiled`: nothing is copied, checked or broadcast.

    Example:
        >>> a, b = sp.symbols("a b")
        >>> columnwise((a + b, a * b), (a, b))(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
        [array([4., 6.]), array([3., 8.])]
    """
    outputs, _ = flat(expressions)
    _check_complete(outputs, letters)
    return _function(outputs, tuple(letters))


def _check_complete(outputs: tuple[sp.Expr, ...], letters: Collection[sp.Symbol]) -> None:
    missing = set().union(*(e.free_symbols for e in outputs)) - set(letters)
    if missing:
        raise ValueError(f"no numbers are given for the letters {', '.join(sorted(map(str, missing)))}")


@lru_cache(maxsize=512)
def _function(outputs: tuple[sp.Expr, ...], letters: tuple[sp.Symbol, ...]) -> Callable[..., list[Any]]:
    function: Callable[..., list[Any]] = sp.lambdify(list(letters), list(outputs), modules="numpy", cse=True)
    return function


def evaluate(expressions: Nested, model: Symbiosis, values: Values, x: npt.ArrayLike) -> Array:
    """Numbers for expressions in the letters of a model, at outputs ``x`` of shape ``(..., units)``.

    NaN in ``x`` leads to NaN.

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
    check_kind("equilibrium", equilibrium, Equilibrium)
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


def _batch(shapes: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError:
        different = ", ".join(map(str, sorted(set(shapes))))
        raise ValueError(f"arrays of these shapes do not broadcast against each other: {different}") from None


def _ending(array: npt.ArrayLike, tail: tuple[int, ...]) -> Array:
    given = real_array("what stands for letters", array)
    if given.shape[given.ndim - len(tail) :] != tail:
        raise ValueError(f"an array of shape (..., {', '.join(map(str, tail))}) is needed, got {given.shape}")
    return given
