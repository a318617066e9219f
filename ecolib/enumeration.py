r"""All equilibria of a polynomial system at given numbers, so that no branch is missed silently.

The field's numerators are polynomials in the state. Each is split into factors; a choice of one factor per equation
(for symbiosis: a set of present units) gives a smaller system, whose real solutions are found and, apart from that,
counted exactly (:mod:`ecolib.polynomials`). When the two do not agree the result says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import sympy as sp
from sympy.polys.polyerrors import BasePolynomialError

from ecolib.fit import checked_numbers
from ecolib.numeric import Array, pointwise
from ecolib.polynomials import MOST_LETTERS, distinct, merged, real_solutions
from ecolib.system import Dynamics

__all__ = ["Enumeration", "enumerate_equilibria"]


@dataclass(frozen=True, eq=False)
class Enumeration:
    """The real equilibria of a system at given numbers.

    Main attributes:
        x : states, shape ``(equilibria, letters)``, in increasing order
        complete : whether their number was confirmed by exact counting
        message : a sentence on what is known
    """

    x: Array
    complete: bool
    message: str


def enumerate_equilibria(system: Dynamics, numbers: Mapping[sp.Symbol, Any]) -> Enumeration:
    """Every real equilibrium of a system whose field is polynomial or rational in the state.

    Args:
        system: states field and state in sympy.
        numbers: one number for every parameter; floats are taken at their shortest decimal form.

    Raises:
        TypeError: for numbers that are not real.
        ValueError: when the field is not rational in the state, numbers are missing or not finite, or the
            equilibria are not isolated points.

    Example:
        >>> from ecolib.system import System
        >>> x, y, p = sp.symbols("x y p", real=True)
        >>> found = enumerate_equilibria(System((x, y), (p * x - x**3, x - y)), {p: 4})
        >>> found.x.round(9).tolist(), found.complete
        ([[-2.0, -2.0], [0.0, 0.0], [2.0, 2.0]], True)
    """
    exact = {letter: sp.Rational(str(number)) for letter, number in checked_numbers(system, numbers).items()}
    if len(system.x) > MOST_LETTERS:
        raise ValueError(f"enumeration is for up to {MOST_LETTERS} letters, got {len(system.x)}")
    equations, poles = _polynomials(system, exact)
    found: list[Array] = []
    complete = True
    for choice in product(*(_factors(equation) for equation in equations)):
        points, counted = real_solutions(choice, system.x)
        found += points
        complete &= len(points) == counted
    states = distinct([x for x in found if not any(abs(pole(x)[0]) < 1e-12 for pole in poles)], len(system.x))
    complete &= not merged(states, found)
    how = "confirms" if complete else "does not confirm"
    return Enumeration(
        states, complete, f"{len(states)} equilibria were found; exact counting {how} that these are all"
    )


def _polynomials(system: Dynamics, exact: Mapping[sp.Symbol, sp.Rational]) -> tuple[list[sp.Poly], list[Any]]:
    """Numerators of the field, and functions that vanish where a denominator does."""
    equations, poles = [], []
    for rate in system.field:
        above, below = sp.fraction(sp.cancel(sp.together(sp.nsimplify(rate.xreplace(dict(exact)), rational=True))))
        try:
            equations.append(sp.Poly(above, *system.x, domain="QQ"))
            sp.Poly(below, *system.x, domain="QQ")
        except BasePolynomialError:
            raise ValueError(
                f"the rate {rate} is not rational in the state and in numbers: its equilibria cannot be counted"
            ) from None
        if below.free_symbols:
            poles.append(pointwise((below,), system.x, {}))
    if any(equation.is_zero for equation in equations):
        raise ValueError("a rate vanishes everywhere: the equilibria are not isolated points")
    return equations, poles


def _factors(equation: sp.Poly) -> list[sp.Poly]:
    return [factor for factor, _ in equation.factor_list()[1]]
