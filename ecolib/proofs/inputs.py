"""What may be given: every statement, label and point is checked here before a solver sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Number
from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, BooleanAtom

from ecolib.doors import several as entries
from ecolib.proofs.statements import Point

__all__ = ["check_point", "check_statement", "check_text", "labelled", "several"]

HIGHEST_POWER = 64
"""Highest exponent allowed: solvers are given powers written out as products."""

_CONNECTIVES = (sp.And, sp.Or, sp.Not, sp.Implies, sp.Equivalent)
_REAL = sp.Symbol("x", real=True).assumptions0
_TELLING = ("commutative", "positive", "negative", "nonnegative", "nonpositive", "zero", "integer", "imaginary")


def check_text(place: str, text: Any, *, empty: bool = False) -> str:
    """The text, or an error.

    Raises:
        TypeError: when it is no text.
        ValueError: when it is empty and must not be.
    """
    if not isinstance(text, str):
        raise TypeError(f"{place} must be text, got {text!r} of type {type(text).__name__}")
    if not empty and not text.strip():
        raise ValueError(f"{place} must not be empty, got {text!r}")
    return text


def labelled(hypotheses: Any) -> dict[str, Boolean]:
    """Hypotheses by label, from a mapping or from bare statements."""
    if isinstance(hypotheses, Mapping):
        pairs = list(hypotheses.items())
    else:
        pairs = [(str(hypothesis), hypothesis) for hypothesis in several("hypotheses", hypotheses)]
    labels = [check_text("the label of a hypothesis", label) for label, _ in pairs]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        raise ValueError(f"labels must differ, got {', '.join(map(repr, twice))} more than once")
    return dict(pairs)


def several(place: str, statements: Any) -> tuple[Boolean, ...]:
    """The statements as a tuple; a single one, or a text, is no collection of statements."""
    if isinstance(statements, str | bytes | sp.Basic) or not isinstance(statements, Iterable):
        raise TypeError(f"{place} must be several statements, such as a tuple, got {statements!r}")
    return entries(place, statements)


def check_statement(place: str, statement: Any) -> None:
    """Raise unless solvers can read the statement as it is meant.

    Args:
        place: where it stands, for the message, such as "claim" or "hypothesis 'c < 1'".
        statement: what was given.

    Raises:
        TypeError: for anything but a sympy statement; strings are never read as relations.
        ValueError: when it has become true or false before a solver saw it, when it is not polynomial over the
            rationals, or when a symbol assumes more than being real.
    """
    if isinstance(statement, bool | BooleanAtom):
        raise ValueError(f"{place} is {bool(statement)} before any solver has seen it: {_why_decided(statement)}")
    if isinstance(statement, Relational) and all(isinstance(side, sp.Expr) for side in statement.args):
        for side in statement.args:
            _check_polynomial(place, side)
    elif isinstance(statement, _CONNECTIVES):
        for part in statement.args:
            check_statement(place, part)
    else:
        allowed = "a relation between sympy expressions, or And, Or, Not, Implies, Equivalent of such"
        raise TypeError(f"{place} must be {allowed}, got {statement!r} of type {type(statement).__name__}")


def _why_decided(statement: bool | BooleanAtom) -> str:
    if isinstance(statement, bool):
        return "`==` and `!=` compare how expressions are written; use sympy's Eq(left, right) and Ne(left, right)"
    return "sympy decided it, from numbers or from what a symbol assumes; use letters that assume only real=True"


def _check_polynomial(place: str, expression: sp.Expr) -> None:
    for node in sp.preorder_traversal(expression):
        fault = _fault(node)
        if fault:
            raise ValueError(f"{place} must be polynomial with rational coefficients, got {node}: {fault}")


def _fault(node: sp.Basic) -> str:
    """What keeps one node of an expression tree from being polynomial over the rationals; empty when nothing."""
    if isinstance(node, sp.Symbol):
        more = {fact: value for fact, value in node.assumptions0.items() if _REAL.get(fact) is not value}
        telling = next((f"{fact}={more[fact]}" for fact in (*_TELLING, *more) if fact in more), "")
        return f"it assumes {telling}, which solvers do not see; see as_reals" if telling else ""
    if isinstance(node, sp.Float):
        return "a float is not exact; write Rational(1, 2) for 0.5"
    if isinstance(node, sp.Pow):
        return _fault_of_power(node.exp)
    if isinstance(node, sp.Rational | sp.Add | sp.Mul):
        return ""
    if node.is_number:
        return "numbers must be rational; an algebraic one can be a letter that `where` defines"
    return "name it by a letter and define that letter by polynomial relations in `where`"


def _fault_of_power(exponent: sp.Expr) -> str:
    if not isinstance(exponent, sp.Rational):
        return "an exponent must be a whole number"
    if exponent < 0:
        return "multiply the denominator out and state its sign as a hypothesis"
    if exponent.q != 1:
        return "name the root by a letter q and define it in `where`, as q >= 0 and Eq(q**2, ...)"
    return "" if exponent <= HIGHEST_POWER else f"exponents end at {HIGHEST_POWER}"


def check_point(place: str, point: Mapping[sp.Symbol, Any], letters: Iterable[sp.Symbol]) -> Point:
    """The point in sympy's exact numbers, in the order of the letters.

    Raises:
        TypeError: when it is not a mapping.
        ValueError: when a letter is missing or unknown, or a number is not exact and real.
    """
    if not isinstance(point, Mapping):
        raise TypeError(f"{place} must map letters to numbers, got {point!r}")
    order = list(letters)
    wrong = [f"{letter} is missing" for letter in order if letter not in point]
    wrong += [f"{letter} is unknown" for letter in point if letter not in order]
    exact = {letter: _exact(point[letter]) for letter in order if letter in point}
    wrong += [f"{letter} = {point[letter]!r} is not" for letter, number in exact.items() if number is None]
    if wrong:
        raise ValueError(f"{place} must give every letter an exact real number: {'; '.join(wrong)}")
    return exact


def _exact(number: Any) -> sp.Expr | None:
    """The number as sympy's, when it is an exact algebraic real number."""
    if not isinstance(number, sp.Basic | Number):  # sympy would run text
        return None
    value = sp.sympify(number, strict=True)
    exact = isinstance(value, sp.Expr) and value.is_algebraic and value.is_real and not value.has(sp.Float)
    return value if exact else None
