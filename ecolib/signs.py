r"""Which equilibria attract, from the signs of polynomials: what a map of many points asks for.

Every condition on an equilibrium is the sign of a polynomial in the letters (:mod:`ecolib.numerators`). Where the sign
is clear no rounding can turn it, and no eigenvalue is needed. A condition is known to hold, known to fail, or neither;
points at which one that matters is neither are left open, for :mod:`ecolib.stability` and :mod:`ecolib.escape`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import combinations
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ecolib.equilibria import equilibria
from ecolib.model import Symbiosis
from ecolib.numerators import Function, Known, Numerators, letters_of, numerators
from ecolib.numeric import Array, columnwise
from ecolib.stability import characteristic

__all__ = ["Outcomes", "outcomes_by_signs"]

APART = 1e-12
"""Rates further apart than this fraction are left to eigenvalues, as rounding may hide the slow one."""

TURN = 1e-7
"""The Routh-Hurwitz polynomial of three units must exceed this fraction of the cube of the fastest rate."""

FAINT = 1e-8
"""A saturation up to this fraction of the terms it is made of is left to eigenvalues."""

Mask: TypeAlias = npt.NDArray[np.bool_]
Support: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What attracts at many points.

    Main attributes:
        count : how many equilibria attract
        together : whether the one with all units does
        unbounded : whether some escaping ray does
        clear : where all of this is known

    Other attributes:
        numbers : the polynomials they come from
    """

    count: npt.NDArray[np.int8]
    together: Mask
    unbounded: Mask
    clear: Mask
    numbers: Numerators

    def gains(self, tol: float) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8], Mask]:
        """How many units gain and how many lose where all live together, and where that is clear."""
        value, terms = self.numbers.value, self.numbers.terms
        denominator, *others = terms
        more, less, clear = np.zeros_like(self.count), np.zeros_like(self.count), np.ones_like(self.clear)
        with np.errstate(all="ignore"):
            D = np.abs(value[denominator])
            for key in others:
                u = value[key] / value[denominator]
                gain, rounding = u - 1.0, APART * (terms[key] + np.abs(u) * terms[denominator]) / D
                more += gain > tol
                less += gain < -tol
                clear &= np.abs(np.abs(gain) - tol) > rounding
        return more, less, clear


def outcomes_by_signs(r: Array, alpha: Array) -> Outcomes:
    """What attracts at points ``r`` of shape ``(points, units)`` and ``alpha`` of ``(points, units, units)``.

    Example:
        >>> found = outcomes_by_signs(np.ones((3, 2)), np.array([[[0, a], [a, 0]] for a in (-2, 0.5, 2)]))
        >>> found.count.tolist(), found.together.tolist(), found.unbounded.tolist(), found.clear.tolist()
        ([2, 1, 0], [False, True, False], [False, False, True], [True, True, True])
    """
    units = r.shape[-1]
    with np.errstate(all="ignore"):  # what overflows is not clear
        numbers = numerators(r, alpha)
        supports = [s for size in range(1, units + 1) for s in combinations(range(units), size)]
        points = [_attracts(numbers, units, support) for support in supports]
        rays = [_escapes(numbers, units, support) for support in supports if len(support) > 1]
    count = reduce(np.add, (known.yes.astype(np.int8) for known in points))
    clear = reduce(np.logical_and, (known.yes | known.no for known in [*points, *rays]))
    return Outcomes(count, points[-1].yes, reduce(np.logical_or, (known.yes for known in rays)), clear, numbers)


def _attracts(numbers: Numerators, units: int, support: Support) -> Known:
    """Whether an equilibrium is feasible, stable among its present units, and closed to the absent ones."""
    return _all([*_together(numbers, support), *_closed(numbers, units, support, "N")])


def _together(numbers: Numerators, support: Support) -> list[Known]:
    """Whether the present units live together: feasible, and stable among themselves."""
    if len(support) == 1:
        return []  # a unit alone always does
    positive = numbers.sign[support, "D", 0]
    feasible = _all(numbers.sign[support, "N", i].same(positive) for i in support)
    within = positive if len(support) == 2 else positive & _turns_back(numbers, support)
    stable = within.only(_resolved(numbers, support))
    return [Known(feasible.yes & stable.yes & _present(numbers, support), feasible.no | feasible.yes & stable.no)]


def _closed(numbers: Numerators, units: int, support: Support, kind: str) -> list[Known]:
    """Whether each absent unit stays out, of an equilibrium (N) or of a ray (V)."""
    found = []
    for k in set(range(units)) - set(support):
        comes = numbers.sign[tuple(sorted((*support, k))), kind, k]
        if len(support) > 1:
            comes = comes.same(numbers.sign[support, "D", 0])
        found.append(comes if kind == "V" else ~comes)
    return found


def _escapes(numbers: Numerators, units: int, support: Support) -> Known:
    """Whether an escaping ray attracts: positive, contracting, and absent units fall behind.

    With two units a positive ray has ``D < 0`` and contracts; with three it contracts when ``D < 0``.
    """
    negative = ~numbers.sign[support, "D", 0]
    ray = _all(numbers.sign[support, "V", i].same(negative) for i in support)
    if len(support) == 3:
        contracts = negative.only(_resolved(numbers, support, "V"))
        ray = Known(ray.yes & contracts.yes, ray.no | ray.yes & contracts.no)
    closed = _all([ray, *_closed(numbers, units, support, "V")])
    return Known(closed.yes, ray.no | ray.yes & closed.no)


def _present(numbers: Numerators, support: Support) -> Mask:
    """Where no output is so small beside the terms of its equation that it may be none."""
    D = np.abs(numbers.value[support, "D", 0])
    N = {i: np.abs(numbers.value[support, "N", i]) for i in support}
    terms = {i: sum((numbers.size[i, j] * N[j] for j in support if j != i), start=D) for i in support}
    return reduce(np.logical_and, (N[i] > FAINT * terms[i] for i in support))


def _resolved(numbers: Numerators, support: Support, kind: str = "N") -> Mask:
    """Where the slowest eigenvalue of ``diag(w) (I - A)`` is no rounding of the fastest one."""
    w = _rates(numbers, support, kind)
    product = reduce(np.multiply, w) * np.abs(numbers.value[support, "D", 0])
    fastest = w[0] + w[1] if len(support) == 2 else _bound(numbers, support, w)
    return np.asarray(product > APART * fastest ** len(support))


def _rates(numbers: Numerators, support: Support, kind: str) -> list[Array]:
    """Growth rates times saturations, or times the outputs of a ray, in size."""
    D = numbers.value[support, "D", 0]
    return [numbers.letters[i] * np.abs(numbers.value[support, kind, i] / D) for i in support]


def _bound(numbers: Numerators, support: Support, w: list[Array]) -> Array:
    """A bound of the eigenvalues of ``diag(w) (I - A)``, by row sums."""
    rows = (u * (1 + sum(numbers.size[i, j] for j in support if j != i)) for i, u in zip(support, w, strict=True))
    return np.asarray(sum(rows))


def _turns_back(numbers: Numerators, support: Support) -> Known:
    """The Routh-Hurwitz condition of three units, ``c_1 c_2 > c_3``."""
    D = numbers.value[support, "D", 0]
    u = [np.abs(numbers.value[support, "N", i] / D) for i in support]
    (found,) = _hurwitz()(*u, *numbers.letters)
    bound = TURN * _bound(numbers, support, _rates(numbers, support, "N")) ** 3
    return Known(found > bound, found < -bound)


@lru_cache(maxsize=1)
def _hurwitz() -> Function:
    model = Symbiosis.of(units=3)
    u, c = characteristic(equilibria(model)[-1])
    return columnwise((c[1] * c[2] - c[3],), (*u, *letters_of(model)))


def _all(conditions: Iterable[Known]) -> Known:
    return reduce(lambda one, other: one & other, conditions)
