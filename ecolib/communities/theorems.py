"""What is proved of many units, in cases small enough for letters.

The general theorems are about matrices of any size; here they stand for two and three units, or for any number of
equal ones, where solvers can decide them.
"""

from __future__ import annotations

import sympy as sp

from ecolib.model import Symbiosis
from ecolib.proofs import Proposition, as_reals
from ecolib.theorems import coexistence_of

__all__ = ["NETWORKS"]

_u, _defined = coexistence_of(Symbiosis.of(units=3))
_alpha = as_reals(Symbiosis.of(units=3).alpha)
_a, _b, _r_1, _r_2, _x, _y, _n = sp.symbols("a b r_1 r_2 x y n", real=True)
_no_harm = {f"alpha_{i + 1}{j + 1} >= 0": _alpha[i, j] >= 0 for i in range(3) for j in range(3) if i != j}
_dissipative = {"(a + b)^2 < 4": (_a + _b) ** 2 < 4}

NETWORKS: dict[str, Proposition] = {
    proposition.name: proposition
    for proposition in (
        Proposition(
            name="little_help_is_safe",
            statement="Three units that do no harm, each helped by less than 1 in all, live together and nobody loses.",
            hypotheses=_no_harm | {f"row {i + 1} < 1": sum(_alpha[i, :]) < 1 for i in range(3)},
            where=_defined,
            claim=sp.And(*(u >= 1 for u in _u)),
        ),
        Proposition(
            name="largest_shrinks",
            statement="The largest of three units shrinks once its self-limitation exceeds the help it can get.",
            hypotheses={
                "a >= 0": _a >= 0,
                "b >= 0": _b >= 0,
                "u_1 >= u_2": _u[0] >= _u[1],
                "u_1 >= u_3": _u[0] >= _u[2],
                "u_1 (1 - a - b) > 1": _u[0] * (1 - _a - _b) > 1,
            },
            claim=1 - _u[0] + _a * _u[1] + _b * _u[2] < 0,
        ),
        Proposition(
            name="equal_units",
            statement="Units all linked by the same a have a positive equilibrium if and only if (n - 1) a < 1.",
            hypotheses={},
            where=(sp.Eq(_u[0], 1 + (_n - 1) * _a * _u[0]),),
            claim=sp.Equivalent(_u[0] > 0, (_n - 1) * _a < 1),
        ),
        Proposition(
            name="dissipative_falls",
            statement="Where the symmetric part of A - I is negative definite, the Lyapunov function falls.",
            hypotheses=_dissipative | {"not at rest": sp.Or(sp.Ne(_x, 0), sp.Ne(_y, 0))},
            claim=-(_x**2) - _y**2 + (_a + _b) * _x * _y < 0,
        ),
        Proposition(
            name="dissipative_is_stable",
            statement="There two units that live together are stable, whatever their growth rates.",
            hypotheses=_dissipative
            | {"r_1 > 0": _r_1 > 0, "r_2 > 0": _r_2 > 0, "u_1 > 0": _u[0] > 0, "u_2 > 0": _u[1] > 0},
            claim=sp.And(-_r_1 * _u[0] - _r_2 * _u[1] < 0, _r_1 * _r_2 * _u[0] * _u[1] * (1 - _a * _b) > 0),
        ),
    )
}
"""The propositions of networks, by name."""
