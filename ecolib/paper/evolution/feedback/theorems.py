r"""What is proved of the feedback: when it tips, that it does not swing, and that haste does not tip it.

Two units have coefficients :math:`a, b` that depend on heterogeneity; an index :math:`V` marks a derivative by it.
Stability is judged in logarithms of the state. There the Jacobian of an equilibrium is made of

- the rates :math:`p = r_1 u_1`, :math:`q = r_2 u_2` and :math:`m = \lambda \tau u_1 u_2`,
- :math:`A = a u_2 / u_1 = 1 - 1/u_1` and :math:`B = b u_1 / u_2 = 1 - 1/u_2`,
- the **elasticities** :math:`e_1 = -a_V V u_2 / u_1` and :math:`e_2 = -b_V V u_1 / u_2`: by how many per cent one per
  cent more heterogeneity lowers what a unit would settle at if its partner stood still.

Powers of :math:`e` are no polynomials: :math:`W = V e^{-V}` is a letter, of which :math:`W \le 1/e < 3/8` is used.
"""

from __future__ import annotations

import sympy as sp

from ecolib.model import Symbiosis
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.feedback.model import coupled
from ecolib.paper.evolution.feedback.smooth import SMOOTH
from ecolib.paper.evolution.vocabulary import assume, c, formula, phi
from ecolib.proofs import Proposition, as_reals
from ecolib.theorems import coexistence_of

__all__ = ["FEEDBACK", "LOGARITHMIC"]

_a, _b, _a_V, _b_V, _u_1V, _u_2V = sp.symbols("a b a_V b_V u_1V u_2V", real=True)
_functions = [sp.Function(name)(letters.V) for name in ("a", "b")]
_general = coupled(sp.Matrix([[0, _functions[0]], [_functions[1], 0]]))
_named = dict(zip((*(f.diff(letters.V) for f in _functions), *_functions), (_a_V, _b_V, _a, _b), strict=True))
_eroded = {letters.eta: letters.eta - _general.field[2]}  # what enters is what is eroded
_at_rest = sp.Matrix(3, 3, lambda i, j: _general.x[i] * _general.growth[i].diff(_general.x[j]))
_determinant = as_reals(sp.expand(_at_rest.subs(_eroded).subs(_named).det()))
_u1, _u2, _V = as_reals(sp.Matrix(_general.x))
_r1, _r2 = as_reals(sp.Matrix(Symbiosis.of(units=2).r))
_tau, _learning = as_reals(letters.tau), as_reals(letters.learning)
_alpha = as_reals(Symbiosis.of(units=2).alpha)
_rest = tuple(
    equation.subs({_alpha[0, 1]: _a, _alpha[1, 0]: _b}) for equation in coexistence_of(Symbiosis.of(units=2))[1]
)
_by_V = tuple(
    sp.Eq(
        *(
            side.diff(_u1) * _u_1V + side.diff(_u2) * _u_2V + side.diff(_a) * _a_V + side.diff(_b) * _b_V
            for side in equation.args
        )
    )
    for equation in _rest
)
_slope = _u1 * _u2 + _V * (_u_1V * _u2 + _u1 * _u_2V)
_live = {"u_1 > 0": _u1 > 0, "u_2 > 0": _u2 > 0}
_D = {"D > 0": 1 - _a * _b > 0}

_p, _q, _m, _A, _B, _e1, _e2 = sp.symbols("p q m A B e_1 e_2", real=True)
LOGARITHMIC = sp.ImmutableMatrix([[-_p, _p * _A, -_p * _e1], [_q * _B, -_q, -_q * _e2], [-_m, -_m, -_m]])
"""Jacobian of an equilibrium in logarithms of the state."""
_c1, _c2, _c3 = (sp.sympify(c) for c in LOGARITHMIC.charpoly().all_coeffs()[1:])

_leader, _follower, _W = formula(letters.leader), formula(letters.follower), sp.Symbol("W", real=True)
_gentle, _most = {"2 c <= 1": 2 * c <= 1}, {"8 W <= 3": 8 * _W <= 3}
_closure = assume("s > 0", "s < 2", "omega >= 0", "phi > 0", "phi <= 1") | _gentle
_wide = _closure | assume("c >= 0", "omega <= 1") | _most

_u_1a, _u_2a = sp.symbols("u_1a u_2a", real=True)
_by_a = (sp.Eq(_u_1a, _u2 + _a * _u_2a), sp.Eq(_u_2a, _b * _u_1a))
_v1, _v2, _a_now, _b_now, _level = sp.symbols("v_1 v_2 a_now b_now level", real=True)

_PARTS = (
    Proposition(
        name="slope_decides",
        statement="The determinant of the Jacobian has the sign opposite to the slope of the reduced curve.",
        hypotheses={"r_1 > 0": _r1 > 0, "r_2 > 0": _r2 > 0, "tau > 0": _tau > 0, "learning > 0": _learning > 0}
        | _live
        | _D,
        where=(*_rest, *_by_V),
        claim=sp.And(
            sp.Equivalent(_determinant < 0, _slope > 0),
            sp.Equivalent(_determinant > 0, _slope < 0),
        ),
    ),
    Proposition(
        name="no_oscillation",
        statement="If neither unit overreacts to heterogeneity, no pair of eigenvalues is imaginary.",
        hypotheses={"p > 0": _p > 0, "q > 0": _q > 0, "m > 0": _m > 0, "A > -1": _A > -1, "B > -1": _B > -1}
        | {
            "A B < 1": _A * _B < 1,
            "e_1 >= 0": _e1 >= 0,
            "e_2 >= 0": _e2 >= 0,
            "e_1 <= 1": _e1 <= 1,
            "e_2 <= 1": _e2 <= 1,
        },
        claim=_c1 * _c2 > _c3,
    ),
    Proposition(
        name="follower_keeps_half",
        statement="With little friction the follower keeps more than half of what it has alone.",
        hypotheses=_closure,
        claim=2 * (1 + _follower) > 1 - _leader * _follower,
    ),
    Proposition(
        name="leader_keeps_half",
        statement="So does the leader, whatever the friction.",
        hypotheses=assume("s > 0", "s < 2", "omega >= 0", "omega <= 1", "phi > 0", "phi <= 1"),
        claim=2 * (1 + _leader) > 1 - _leader * _follower,
    ),
    Proposition(
        name="leader_calm",
        statement="With little friction the leader does not overreact.",
        hypotheses=_wide,
        claim=_W * _leader.diff(phi) * (1 + _follower) <= 1 + _leader,
    ),
    Proposition(
        name="follower_calm",
        statement="Nor does the follower.",
        hypotheses=_wide,
        claim=_W * _follower.diff(phi) * (1 + _leader) <= 1 + _follower,
    ),
    Proposition(
        name="joint_activity_rises",
        statement="Help for one unit raises joint activity exactly if its partner has more than half of its capacity.",
        hypotheses={"u_2 > 0": _u2 > 0} | _D,
        where=(*_rest, *_by_a),
        claim=sp.And(
            sp.Equivalent(_u_1a * _u2 + _u1 * _u_2a > 0, 2 * _u2 > 1),
            sp.Equivalent(_u_1a * _u2 + _u1 * _u_2a < 0, 2 * _u2 < 1),
        ),
    ),
    Proposition(
        name="no_haste",
        statement="Units that gain and are at most as active as at the fold stay so, however fast tau and eta change.",
        hypotheses={"a >= 0": _a >= 0, "b >= 0": _b >= 0, "a_now <= a": _a_now <= _a, "b_now <= b": _b_now <= _b}
        | {"v_1 > 0": _v1 > 0, "v_2 > 0": _v2 > 0, "v_1 <= u_1": _v1 <= _u1, "v_2 <= u_2": _v2 <= _u2, "V > 0": _V > 0}
        | {"eta / (learning tau) is above the fold": _level >= _u1 * _u2 * _V},
        where=_rest,
        claim=sp.And(
            sp.Implies(sp.Eq(_v1, _u1), 1 - _v1 + _a_now * _v2 <= 0),
            sp.Implies(sp.Eq(_v2, _u2), 1 - _v2 + _b_now * _v1 <= 0),
            _level - _v1 * _v2 * _V >= 0,
        ),
    ),
    Proposition(
        name="no_haste_back",
        statement="Units that gain and are at least as active as at the other fold stay so, likewise.",
        hypotheses={"a >= 0": _a >= 0, "b >= 0": _b >= 0, "a_now >= a": _a_now >= _a, "b_now >= b": _b_now >= _b}
        | {"u_1 > 0": _u1 > 0, "v_1 >= u_1": _v1 >= _u1, "v_2 >= u_2": _v2 >= _u2, "V > 0": _V > 0}
        | {"eta / (learning tau) is below the fold": _level <= _u1 * _u2 * _V},
        where=_rest,
        claim=sp.And(
            sp.Implies(sp.Eq(_v1, _u1), 1 - _v1 + _a_now * _v2 >= 0),
            sp.Implies(sp.Eq(_v2, _u2), 1 - _v2 + _b_now * _v1 >= 0),
            _level - _v1 * _v2 * _V <= 0,
        ),
    ),
)

FEEDBACK: dict[str, Proposition] = {part.name: part for part in _PARTS} | SMOOTH
"""The propositions of the feedback, by name."""
