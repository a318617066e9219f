"""What is proved of extensions of the linear model: :data:`EXTENSIONS`.

First what holds of any two units whose effects saturate, then of two facultative ones; what obligate units add stands
in :mod:`ecolib.extensions.thresholds`.
"""

from __future__ import annotations

import sympy as sp

from ecolib.extensions.thresholds import THRESHOLDS
from ecolib.extensions.vocabulary import (
    a,
    b,
    damping,
    determinant,
    e_1,
    e_2,
    effect,
    h_12,
    h_21,
    jacobian_trace,
    levels,
    lives,
    q,
    rates,
    together,
    trace,
    u_1,
    u_2,
    w,
)
from ecolib.proofs import Proposition

__all__ = ["EXTENSIONS"]

_delta, _mu, _bound, _u = sp.symbols("delta mu bound u", real=True)
_alike = {h_21: h_12, b: a, u_1: _u, u_2: _u}
_even = {"h_12 = h_21": sp.Eq(h_12, h_21)}
_own = ((u_1, a), (u_2, b))

_PARTS = (
    Proposition(
        name="help_has_a_ceiling",
        statement="Saturating help stays below a / h.",
        hypotheses={"h_12 >= 0": h_12 >= 0, "a > 0": a > 0, "u_2 >= 0": u_2 >= 0},
        where=(effect,),
        claim=h_12 * w < a,
    ),
    Proposition(
        name="bounded",
        statement="A unit whose output exceeds 1 + a / h capacities shrinks.",
        hypotheses={"h_12 > 0": h_12 > 0, "a >= 0": a >= 0, "u_2 >= 0": u_2 >= 0, "u_1 > bound": u_1 > _bound},
        where=(effect, sp.Eq(h_12 * _bound, h_12 + a)),
        claim=1 - u_1 + w < 0,
    ),
    Proposition(
        name="damping",
        statement="At any coexistence of two units damping solves one quadratic equation: it has at most two values.",
        hypotheses={},
        where=(*together(e_1, e_2), sp.Eq(_delta, damping)),
        claim=sp.Eq(_delta**2 - trace(e_1, e_2) * _delta + a * b, 0),
    ),
    Proposition(
        name="round_trip",
        statement="A coexistence is stable exactly where the round trip, a b over the square of damping, is below 1.",
        hypotheses=lives | {f"{rate} > 0": rate > 0 for rate in rates},
        claim=sp.Equivalent(sp.And(jacobian_trace < 0, determinant > 0), damping**2 > a * b),
    ),
    Proposition(
        name="upper_wins",
        statement="Of two dampings with the product a b the larger belongs to a stable point, the smaller to a saddle.",
        hypotheses={"delta > mu": _delta > _mu, "mu > 0": _mu > 0},
        where=(sp.Eq(_delta * _mu, a * b),),
        claim=sp.And(_delta**2 > a * b, _mu**2 < a * b),
    ),
    Proposition(
        name="mutual_invasion",
        statement="Two facultative units that can invade each other live together stably, and so in one way only.",
        hypotheses=lives | levels | {"a > -1 - h_12": a > -1 - h_12, "b > -1 - h_21": b > -1 - h_21},
        where=together(1, 1),
        claim=damping**2 > a * b,
    ),
    Proposition(
        name="facultative_alike",
        statement="Two facultative units that are alike have exactly one coexistence at equal outputs.",
        hypotheses={"h_12 > 0": h_12 > 0},
        where=(together(1, 1)[0].xreplace(_alike), q >= 0, sp.Eq(q**2, (a + h_12 - 1) ** 2 + 4 * h_12)),
        claim=sp.Equivalent(_u > 0, sp.Eq(2 * h_12 * _u, a + h_12 - 1 + q)),
    ),
    Proposition(
        name="sign_lemma_saturating",
        statement="Where two facultative units live together, each gains or loses with the sign of its coefficient.",
        hypotheses=lives | levels,
        where=together(1, 1),
        claim=sp.And(
            *(sp.Equivalent(u > 1, own > 0) for u, own in _own), *(sp.Equivalent(u < 1, own < 0) for u, own in _own)
        ),
    ),
    Proposition(
        name="gain_order_saturating",
        statement="With equal handling the unit with the larger coefficient gains more.",
        hypotheses={"u_2 > 0": u_2 > 0, "h_12 >= 0": h_12 >= 0, "b > -1": b > -1} | _even,
        where=together(1, 1),
        claim=sp.Equivalent(u_1 > u_2, a > b),
    ),
    Proposition(
        name="even_gains_saturating",
        statement="With equal handling gains are at least as even as coefficients.",
        hypotheses={"u_2 > 0": u_2 > 0, "h_12 >= 0": h_12 >= 0, "b >= 0": b >= 0, "a >= b": a >= b} | _even,
        where=together(1, 1),
        claim=sp.And((u_2 - 1) * a >= b * (u_1 - 1), u_2 <= u_1),
    ),
)

EXTENSIONS: dict[str, Proposition] = {proposition.name: proposition for proposition in (*_PARTS, *THRESHOLDS)}
"""The propositions on extensions of the linear model, by name."""
