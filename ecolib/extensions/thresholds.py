"""What is proved of obligate units: thresholds, folds, invasion, and where the start decides.

Unit 1 is facultative and unit 2 obligate unless both are said to be obligate.
"""

from __future__ import annotations

import sympy as sp

from ecolib.extensions.vocabulary import (
    a,
    b,
    damping,
    effect,
    h_12,
    h_21,
    levels,
    lives,
    pair,
    q,
    together,
    trace,
    u_1,
    u_2,
    w,
)
from ecolib.proofs import Proposition

__all__ = ["THRESHOLDS"]

_p, _rate, _low, _high = sp.symbols("p rate u_low u_high", real=True)
_root_of_h = (q >= 0, sp.Eq(q**2, h_12))
_root_of_ab = sp.Eq(q**2, a * b)
_middle = a - 1 - h_12
_A, _B, _C = pair(1, -1).turned.quadratic

THRESHOLDS = (
    Proposition(
        name="rarity",
        statement="An obligate unit shrinks while its partner's output is below 1 / a.",
        hypotheses={"h_12 >= 0": h_12 >= 0, "u_1 > 0": u_1 > 0, "u_2 >= 0": u_2 >= 0, "a u_2 <= 1": a * u_2 <= 1},
        where=(effect,),
        claim=-1 - u_1 + w < 0,
    ),
    Proposition(
        name="obligate_need",
        statement="Two obligate units live together only beyond their fold, where a b > 1.",
        hypotheses=lives | levels | {"q >= 0": q >= 0},
        where=(*together(-1, -1), _root_of_ab),
        claim=sp.And(trace(-1, -1) >= 2 * q, q > 1),
    ),
    Proposition(
        name="obligate_alike_fold",
        statement="Two obligate units that are alike can rest at equal outputs from a = (1 + sqrt(h))^2 on.",
        hypotheses={},
        where=_root_of_h,
        claim=sp.Equivalent(a >= (1 + q) ** 2, sp.And(_middle**2 >= 4 * h_12, _middle >= 0)),
    ),
    Proposition(
        name="obligate_alike_states",
        statement="Beyond it they have two: the lower one a saddle, the upper one stable.",
        hypotheses={"h_12 > 0": h_12 > 0, "p > 0": _p > 0, "a > 1 + h_12": _middle > 0},
        where=(
            sp.Eq(_p**2, _middle**2 - 4 * h_12),
            sp.Eq(2 * h_12 * _low, _middle - _p),
            sp.Eq(2 * h_12 * _high, _middle + _p),
        ),
        claim=sp.And(_low > 0, _high > _low, (1 + h_12 * _low) ** 2 < a, (1 + h_12 * _high) ** 2 > a),
    ),
    Proposition(
        name="invasion",
        statement="An obligate newcomer grows from rarity beside a facultative unit exactly where b > 1 + h_21.",
        hypotheses={"h_21 >= 0": h_21 >= 0},
        where=(sp.Eq((_rate + 1) * (1 + h_21), b),),
        claim=sp.Equivalent(_rate > 0, b > 1 + h_21),
    ),
    Proposition(
        name="supercritical",
        statement="Where a < 1 + h_21, a facultative and an obligate unit live together only if the latter can invade.",
        hypotheses=lives | levels | {"a < 1 + h_21": a < 1 + h_21},
        where=together(1, -1),
        claim=b > 1 + h_21,
    ),
    Proposition(
        name="subcritical",
        statement="Where a > 1 + h_21, a stable coexistence is there already when invasion becomes possible.",
        hypotheses=levels | {"a > 1 + h_21": a > 1 + h_21},
        where=(sp.Ne(_A, 0), sp.Eq(u_2 * _A, a - 1 - h_21), together(1, -1)[0]),
        claim=sp.And(u_1 > 0, u_2 > 0, together(1, -1)[1].subs(b, 1 + h_21), damping**2 > a * (1 + h_21)),
    ),
    Proposition(
        name="fold_meets_invasion",
        statement="Along the line of invasion b = 1 + h_21 the fold is met at a = 1 + h_21 and nowhere else.",
        hypotheses={"h_21 >= 0": h_21 >= 0},
        where=(q >= 0, _root_of_ab.subs(b, 1 + h_21)),
        claim=sp.Equivalent(sp.Eq(trace(1, -1).subs(b, 1 + h_21), 2 * q), sp.Eq(a, 1 + h_21)),
    ),
    Proposition(
        name="seed",
        statement="Where the newcomer cannot invade and yet lives, a > 1 + h_21, and the fold has been passed.",
        hypotheses=lives | levels | {"b < 1 + h_21": b < 1 + h_21},
        where=(*together(1, -1), _root_of_ab),
        claim=sp.And(a > 1 + h_21, trace(1, -1) >= 2 * q),
    ),
    Proposition(
        name="wedge",
        statement="Between that fold and invasion both coexistences are feasible: the start decides.",
        hypotheses={"h_21 >= 0": h_21 >= 0, "h_12 + h_21 > 0": h_12 + h_21 > 0}
        | {"a > 1 + h_21": a > 1 + h_21, "b < 1 + h_21": b < 1 + h_21}
        | {"T > 2 q": trace(1, -1) > 2 * q, "q (a + h_12) >= a": q * (a + h_12) >= a},
        where=(_root_of_ab,),
        claim=sp.And(_A > 0, _B < 0, _C > 0),
    ),
)
"""The propositions on obligate units."""
