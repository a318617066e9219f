"""Polynomial statements over the reals: their letters, their parts, and whether a point obeys them.

A **letter** is a real symbol. A **relation** compares two polynomials in the letters with rational coefficients
(``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=``). A **statement** joins relations by ``And``, ``Or``, ``Not``, ``Implies``
and ``Equivalent``. A **point** gives every letter an exact real number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from ecolib.doors import check_kind

__all__ = ["Point", "as_reals", "duties", "letters_of", "obeys"]

Point = Mapping[sp.Symbol, sp.Expr]

DIGITS = 60
"""Digits with which a relation is checked at a point with irrational numbers. Rational points are checked exactly."""

_SIGNS = {sp.Eq: (0,), sp.Ne: (-1, 1), sp.Lt: (-1,), sp.Le: (-1, 0), sp.Gt: (1,), sp.Ge: (0, 1)}


def as_reals(expression: Any) -> Any:
    """The same expression in letters that assume nothing but ``real=True``, names kept.

    Solvers do not see what a symbol assumes, so propositions are written in such letters.

    Example:
        >>> K = sp.Symbol("K", positive=True)
        >>> K > 0
        True
        >>> as_reals(K) > 0
        K > 0

    Raises:
        TypeError: when it is no sympy expression, relation or matrix.
        ValueError: when two different symbols share a name.
    """
    check_kind("expression", expression, sp.Basic, sp.MatrixBase)
    return expression.xreplace({letter: sp.Symbol(letter.name, real=True) for letter in letters_of([expression])})


def letters_of(statements: Iterable[Boolean]) -> tuple[sp.Symbol, ...]:
    """The letters of some statements, by name.

    Raises:
        ValueError: when two different symbols share a name.
    """
    letters = sorted({s for statement in statements for s in statement.free_symbols}, key=lambda s: str(s.name))
    for one, other in pairwise(letters):
        if one.name == other.name:
            raise ValueError(f"two different symbols are named {one.name!r}: one letter, one symbol (see as_reals)")
    return tuple(letters)


def duties(claim: Boolean, given: tuple[Boolean, ...] = ()) -> list[tuple[tuple[Boolean, ...], Boolean]]:
    """What a proof of the claim has to show, one by one: pairs of premises and a conclusion.

    Conjunctions are taken apart, an equivalence becomes implications in a circle, premises of an implication are
    collected. Solvers answer these small questions where they give up on the whole.

    Example:
        >>> x = sp.Symbol("x", real=True)
        >>> duties(sp.Implies(x > 2, sp.And(x > 0, x > 1)))
        [((x > 2,), x > 0), ((x > 2,), x > 1)]
    """
    if isinstance(claim, sp.And):
        return [duty for part in claim.args for duty in duties(part, given)]
    if isinstance(claim, sp.Implies):
        return duties(claim.args[1], (*given, claim.args[0]))
    if isinstance(claim, sp.Equivalent):
        circle = zip(claim.args, (*claim.args[1:], claim.args[0]), strict=True)
        return [duty for premise, conclusion in circle for duty in duties(conclusion, (*given, premise))]
    return [(given, claim)]


def obeys(statement: Boolean, point: Point) -> bool:
    """Whether the statement holds at the point: exactly at a rational point, else with 60 digits.

    With irrational numbers two sides that differ by less than 1e-50 count as equal.

    Example:
        >>> x = sp.Symbol("x", real=True)
        >>> obeys(sp.Eq(x**2, 2), {x: sp.sqrt(2)}), obeys(x**2 < 2, {x: sp.Rational(3, 2)})
        (True, False)
    """
    if not all(value.is_Rational for value in point.values()):
        point = {letter: value.evalf(DIGITS + 20) for letter, value in point.items()}
    truths = {relation: sp.true if _holds(relation, point) else sp.false for relation in statement.atoms(Relational)}
    return bool(statement.xreplace(truths))


def _holds(relation: Relational, point: Point) -> bool:
    difference = (relation.lhs - relation.rhs).xreplace(point)
    zero = difference == 0 if difference.is_Rational else abs(difference) < sp.Float(10) ** (10 - DIGITS)
    return (0 if zero else 1 if difference > 0 else -1) in _SIGNS[relation.func]
