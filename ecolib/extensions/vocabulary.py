r"""The vocabulary of what is proved of two units: letters, definitions and hypotheses that several statements share.

Statements are written in saturations, so that rates and capacities drop out. Coexistence is defined by

.. math:: (u_1 - e_1)(1 + h_{12} u_2) = a u_2, \qquad (u_2 - e_2)(1 + h_{21} u_1) = b u_1

with :math:`e_i = 1` for a facultative and :math:`-1` for an obligate unit. Solvers see no assumption of a symbol, so
every letter is real and nothing more; ``q`` stands for the root of :math:`ab`.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from ecolib.extensions.forms import handling, saturating
from ecolib.extensions.pair import Pair
from ecolib.model import Symbiosis
from ecolib.proofs import as_reals

__all__ = ["damping", "determinant", "effect", "h_12", "h_21", "levels", "lives", "rates", "together", "trace"]

a, b, h_12, h_21, u_1, u_2, e_1, e_2, q = sp.symbols("a b h_12 h_21 u_1 u_2 e_1 e_2 q", real=True)

damping = (1 + h_12 * u_2) * (1 + h_21 * u_1)
lives: dict[str, Any] = {"u_1 > 0": u_1 > 0, "u_2 > 0": u_2 > 0}
levels: dict[str, Any] = {"h_12 >= 0": h_12 >= 0, "h_21 >= 0": h_21 >= 0}

w = sp.Symbol("w", real=True)
effect = sp.Eq(w * (1 + h_12 * u_2), a * u_2)
"""What defines ``w``, the effect of unit 2 on unit 1."""


def pair(first: Any, second: Any) -> Pair:
    """The pair with such constants in its growth."""
    return Pair((first, second), (a, b), (h_12, h_21))


def together(first: Any, second: Any) -> tuple[sp.Eq, sp.Eq]:
    """What defines a coexistence."""
    return sp.Eq((u_1 - first) * (1 + h_12 * u_2), a * u_2), sp.Eq((u_2 - second) * (1 + h_21 * u_1), b * u_1)


def trace(first: Any, second: Any) -> sp.Expr:
    """The sum of the two dampings."""
    return sp.expand(pair(first, second).trace)


def _at_rest() -> tuple[sp.Expr, sp.Expr, tuple[sp.Symbol, ...]]:
    """Trace and determinant of the model's Jacobian where growth per head is zero, and the rates in it."""
    model = saturating(Symbiosis.of(alpha=sp.Matrix([[0, a], [b, 0]])), h=handling(2))
    jacobian = model.jacobian - sp.diag(*model.growth)
    plain = dict.fromkeys(model.K, sp.S.One) | dict(zip(model.x, (u_1, u_2), strict=True))
    whole = as_reals(sp.Matrix([jacobian.trace(), jacobian.det(), *model.r]).subs(plain))
    return whole[0], sp.numer(sp.together(whole[1])), tuple(whole[2:])


jacobian_trace, determinant, rates = _at_rest()
