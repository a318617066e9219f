r"""Denominators and numerators at many points, with their signs where these are clear.

With :math:`b = 1` Cramer's numerators :math:`N_i(b)` of :math:`(I - A_{SS})\,w = b` are those of the equilibrium of the
present units :math:`S`; with :math:`b_i = 1 / r_i` they are those of their escaping ray :math:`v = -w`. Either way the
numerator of the set that an absent unit has joined tells whether that unit comes in.

A sign is **clear** when the polynomial is larger than a small fraction of its terms, so that no rounding turns it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.equilibria import equilibria
from ecolib.model import Symbiosis
from ecolib.numeric import Array, columnwise

__all__ = ["CLEAR", "MOST_BY_SIGNS", "Known", "Numerators", "numerators"]

CLEAR = 1e-6
"""A polynomial larger than this fraction of its terms has a clear sign."""

MOST_BY_SIGNS = 3
"""Three units are the most for which all that is asked of an equilibrium is the sign of a polynomial here."""

Mask: TypeAlias = npt.NDArray[np.bool_]
Support: TypeAlias = tuple[int, ...]
Key: TypeAlias = tuple[Support, str, int]
Function: TypeAlias = Callable[..., list[Array]]


@dataclass(frozen=True, eq=False)
class Known:
    """A condition at many points: where it is known to hold, and where it is known to fail."""

    yes: Mask
    no: Mask

    def __and__(self, other: Known) -> Known:
        return Known(self.yes & other.yes, self.no | other.no)

    def __invert__(self) -> Known:
        return Known(self.no, self.yes)

    def same(self, other: Known) -> Known:
        """Whether two signs agree."""
        return Known(self.yes & other.yes | self.no & other.no, self.yes & other.no | self.no & other.yes)

    def only(self, sure: Mask) -> Known:
        """The same where it is sure, unknown elsewhere."""
        return Known(self.yes & sure, self.no & sure)


@dataclass(frozen=True, eq=False)
class Numerators:
    """Polynomials at many points, by support, kind (D, N or V) and unit (0 for D).

    Main attributes:
        value : the numbers, shape ``(points,)`` each
        sign : whether they are positive
        terms : for the set of all units, the size of the terms of D and of each N

    Other attributes:
        letters : the rates, then the coefficients by row, shape ``(points,)`` each
        size : sizes of the coefficients, by place
    """

    value: dict[Key, Array]
    sign: dict[Key, Known]
    terms: dict[Key, Array]
    letters: list[Array]
    size: dict[tuple[int, int], Array]


def numerators(r: Array, alpha: Array) -> Numerators:
    """Denominators and numerators at ``r`` of shape ``(points, units)``, ``alpha`` of ``(points, units, units)``.

    Example:
        >>> found = numerators(np.ones((1, 2)), np.array([[[0.0, 0.5], [-0.5, 0.0]]]))
        >>> [float(found.value[(0, 1), "N", i][0]) for i in (0, 1)], float(found.value[(0, 1), "D", 0][0])
        ([1.5, 0.5], 1.25)
    """
    units = r.shape[-1]
    keys, values, sizes = _polynomials(units)
    rates = [np.ascontiguousarray(r[:, i]) for i in range(units)]
    effects = {(i, j): np.ascontiguousarray(alpha[:, i, j]) for i in range(units) for j in range(units) if i != j}
    size = {place: np.abs(effect) for place, effect in effects.items()}
    value = dict(zip(keys, values(*rates, *effects.values()), strict=True))
    sign, whole = {}, {}
    for key, terms in zip(keys, sizes(*rates, *size.values()), strict=True):
        bound = CLEAR * terms
        sign[key] = Known(value[key] > bound, value[key] < -bound)
        if len(key[0]) == units and key[1] != "V":
            whole[key] = terms
    return Numerators(value, sign, whole, [*rates, *effects.values()], size)


@lru_cache(maxsize=MOST_BY_SIGNS)
def _polynomials(units: int) -> tuple[list[Key], Function, Function]:
    """The polynomials, and the sums of the sizes of their terms, as functions of the letters."""
    model = Symbiosis.of(units=units)
    b = sp.symbols(f"b_:{units}", positive=True, cls=sp.Dummy)
    sides = {"N": dict.fromkeys(b, 1), "V": {given: 1 / r for given, r in zip(b, model.r, strict=True)}}
    found: dict[Key, sp.Expr] = {}
    sizes: list[sp.Expr] = []
    for point in equilibria(model):
        S = list(point.support)
        if len(S) < 2:
            continue
        found[point.support, "D", 0] = point.denominator
        sizes.append(_absolute(point.denominator))
        general = (-model.interaction).extract(S, S).adjugate() * sp.Matrix([b[i] for i in S])
        for i, (kind, side) in product(S, sides.items()):
            found[point.support, kind, i] = sp.expand(general[S.index(i)]).xreplace(side)
            sizes.append(_absolute(general[S.index(i)]).xreplace(side))
    letters = letters_of(model)
    return list(found), columnwise(tuple(found.values()), letters), columnwise(tuple(sizes), letters)


def letters_of(model: Symbiosis) -> tuple[sp.Symbol, ...]:
    """The rates, then the coefficients by row."""
    return (*model.r, *(entry for entry in model.alpha if entry != 0))


def _absolute(polynomial: sp.Expr) -> sp.Expr:
    """The polynomial with all its terms positive: a bound of its size at positive numbers."""
    expanded = sp.Poly(polynomial)
    return sp.Poly({m: abs(c) for m, c in expanded.terms()}, *expanded.gens).as_expr()
