r"""The vocabulary of the path theorem: its hypotheses by name, and the closure's formulas as polynomials.

Solvers read polynomials with rational coefficients. Denominators are multiplied out, and a threshold that holds a
square root becomes a letter together with the equations that define it.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from ecolib.doors import choice, expression
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.ranges import checked
from ecolib.proofs import as_reals
from ecolib.proofs.inputs import check_text

__all__ = ["assume", "c", "epsilon", "formula", "n", "named", "omega", "phi", "s"]

s, c, omega, phi, epsilon, n = (as_reals(getattr(letters, name)) for name in ("s", "c", "omega", "phi", "epsilon", "n"))
HYPOTHESES: dict[str, Any] = {
    "s > 0": s > 0,
    "s < 2": s < 2,
    "c > 0": c > 0,
    "c >= 0": c >= 0,
    "c < 1": c < 1,
    "omega > 0": omega > 0,
    "omega >= 0": omega >= 0,
    "omega < 1": omega < 1,
    "omega <= 1": omega <= 1,
    "phi > 0": phi > 0,
    "phi >= 0": phi >= 0,
    "phi < 1": phi < 1,
    "phi <= 1": phi <= 1,
    "epsilon > 0": epsilon > 0,
    "epsilon < 1": epsilon < 1,
    "n >= 2": n >= 2,
    "s (n - 1) < n": s * (n - 1) < n,
}


def assume(*labels: str) -> dict[str, Any]:
    """Hypotheses by their labels.

    Raises:
        ValueError: for an unknown label.
    """
    for label in labels:
        choice("a label", label, HYPOTHESES)
    return {label: HYPOTHESES[label] for label in labels}


def formula(whole: sp.Expr, units: int | None = 2) -> sp.Expr:
    """A formula of the closure for so many units; for any number (None) times the powers of n it is divided by.

    Raises:
        TypeError: when ``whole`` is no sympy expression, or ``units`` no integer.
    """
    whole = expression("whole", whole)
    units = None if units is None else checked("n", units)
    whole = whole.xreplace(letters.in_terms_of_phi)
    given = sp.numer(sp.together(whole)) if units is None else whole.subs(letters.n, units)
    return as_reals(sp.expand(given))


def named(name: str, whole: sp.Expr, units: int | None = 2) -> tuple[sp.Symbol, tuple[Any, ...]]:
    """A letter for a formula, with what defines it: its root as a letter of its own, its denominator multiplied out.

    Raises:
        TypeError: when an argument is of another kind.
    """
    whole = expression("whole", whole)
    units = None if units is None else checked("n", units)
    name = check_text("name", name)
    letter, root = sp.Symbol(name, real=True), sp.Symbol(f"root_of_{name}", real=True)
    plain = as_reals(whole if units is None else whole.subs(letters.n, units))
    definitions: list[Any] = []
    for node in plain.atoms(sp.Pow):
        if node.exp == sp.Rational(1, 2):
            square, scale = sp.fraction(sp.together(node.base))
            definitions += [root >= 0, sp.Eq(sp.expand(scale * root**2), sp.expand(square))]
            plain = plain.xreplace({node: root})
    numerator, denominator = sp.fraction(sp.together(plain))
    return letter, (*definitions, sp.Ne(denominator, 0), sp.Eq(letter * denominator, numerator))
