"""What is proved of the material foundation, in cases small enough for letters.

Chains have two stages, networks three units; the proofs for any number stand in chapter 2. Requirements are written
``A_k`` and ``B_k``, amounts ``x_k`` and ``y_k``; rewiring is written in its own letters, freed of assumptions.
"""

from __future__ import annotations

import sympy as sp

from ecolib.model import Symbiosis
from ecolib.paper.construction.material import letters
from ecolib.proofs import Proposition, as_reals
from ecolib.theorems import coexistence_of

__all__ = ["MATERIAL"]

_A, _B = sp.symbols("A_1:3", real=True), sp.symbols("B_1:3", real=True)
_x, _y = sp.symbols("x_1:3", real=True), sp.symbols("y_1:3", real=True)
_p, (_L_A, _L_B, _w_A, _w_B, _Q) = sp.symbols("p_1:3", real=True), sp.symbols("L_A L_B w_A w_B Q", real=True)
_d, _e = sp.symbols("given_A given_B", real=True)
_dual_A = (sp.Eq(sum(_p), 1), *(_p[k] <= _A[k] * _w_A for k in (0, 1)))
_dual = (*_dual_A, *(_p[k] <= _B[k] * _w_B for k in (0, 1)))
_needs = {f"{T} > 0": T > 0 for T in (*_A, *_B)}
_primal = (
    sum(a * x for a, x in zip(_A, _x, strict=True)) <= _L_A,
    sum(b * y for b, y in zip(_B, _y, strict=True)) <= _L_B,
    *(_x[k] + _y[k] >= _Q for k in (0, 1)),
)

_u, _defined = coexistence_of(Symbiosis.of(units=3))
_alpha = as_reals(Symbiosis.of(units=3).alpha)
_v, _w = sp.symbols("v_1:4", real=True), sp.symbols("more_31", real=True)
_host = (sp.Eq(_v[0], 1 + _alpha[0, 1] * _v[1]), sp.Eq(_v[1], 1 + _alpha[1, 0] * _v[0]))
_no_way = {f"alpha_{i + 1}3 = 0": sp.Eq(_alpha[i, 2], 0) for i in (0, 1)}
_room = {"1 - alpha_12 alpha_21 > 0": 1 - _alpha[0, 1] * _alpha[1, 0] > 0}
_ring = {(0, 1): _alpha[0, 1], (1, 2): _alpha[1, 2], (2, 0): _alpha[2, 0]}
_circle = tuple(sp.Eq(_u[i], 1 + a * _u[j]) for (i, j), a in _ring.items())
_larger = (sp.Eq(_v[0], 1 + _ring[0, 1] * _v[1]), sp.Eq(_v[1], 1 + _ring[1, 2] * _v[2]), sp.Eq(_v[2], 1 + _w * _v[0]))

_c_AA, _c_AB, _c_BA, _c_BB, _R = sp.symbols("c_AA c_AB c_BA c_BB R", real=True)
_radius = (sp.Eq((_R - _c_AA) * (_R - _c_BB), _c_AB * _c_BA), _c_AA <= _R, _c_BB <= _R)

_free = {getattr(letters, name): sp.Symbol(name, real=True) for name in ("ell", "y", "q", "b", "d", "h", "kappa")}
_ell, _s, _q, _b, _r, _h, _k = _free.values()
_flow = [rate.subs(_free, simultaneous=True) for rate in letters.REWIRING.field]
_slope = _flow[0] + _k * _flow[2]
_second = -_b * _flow[0] + _k * _r * _flow[1]
_ended = (sp.Eq((_r + _h) * _q, _r * (1 - _ell - _s)),)
_bottom = (*_ended, sp.Eq(_slope, 0))
_turns = {"b > d + h - kappa d": _b > _r + _h - _k * _r}
_measure = _ell + _k * _q
_home = sp.Symbol("theta", real=True)
_done = {"d > 0": _r > 0, "h >= 0": _h >= 0, "all has ended": sp.And(sp.Eq(_ell, 0), sp.Eq(_s, 0))}

MATERIAL: dict[str, Proposition] = {
    proposition.name: proposition
    for proposition in (
        Proposition(
            name="chain_bound",
            statement="No division of two stages makes more complete chains than dual prices value all resources at.",
            hypotheses={f"{z} >= 0": z >= 0 for z in (_w_A, _w_B, *_p, *_x, *_y)},
            where=(*_dual, *_primal),
            claim=_w_A * _L_A + _w_B * _L_B >= _Q,
        ),
        Proposition(
            name="chain_no_loss",
            statement="By dual prices, a region that needs two stages receives at least as many chains as alone.",
            hypotheses={"L_A >= 0": _L_A >= 0},
            where=_dual_A,
            claim=_w_A * _L_A * sum(_A) >= _L_A,
        ),
        Proposition(
            name="chain_gain",
            statement="Where relative requirements of two stages differ, dual prices value resources above both alone.",
            hypotheses=_needs | {"L_A > 0": _L_A > 0, "L_B > 0": _L_B > 0},
            where=_dual,
            claim=sp.Implies(
                sp.Ne(_A[0] * _B[1], _A[1] * _B[0]),
                (_w_A * _L_A + _w_B * _L_B) * sum(_A) * sum(_B) > _L_A * sum(_B) + _L_B * sum(_A),
            ),
        ),
        Proposition(
            name="chain_swap",
            statement="A swap of two stages that makes more of both needs a region of lower relative requirement.",
            hypotheses={
                "A_1 > 0": _A[0] > 0,
                "B_1 > 0": _B[0] > 0,
                "A gives up some of stage 2": _d > 0,
                "more of stage 1": _A[1] * _d > _A[0] * _e,
                "more of stage 2": _B[0] * _e > _B[1] * _d,
            },
            claim=_A[0] * _B[1] < _A[1] * _B[0],
        ),
        Proposition(
            name="one_way_gains_nothing",
            statement="Without idle resources a host of two stages that keeps making its chains can take over neither.",
            hypotheses={"B_1 > 0": _B[0] > 0, "B_2 > 0": _B[1] > 0} | {f"y_{k + 1} >= Q": _y[k] >= _Q for k in (0, 1)},
            claim=sp.Implies(
                _B[0] * _y[0] + _B[1] * _y[1] <= _Q * sum(_B),  # no idle resources
                sp.And(_y[0] <= _Q, _y[1] <= _Q),
            ),
        ),
        Proposition(
            name="enclave",
            statement="Two hosts on which the unit that moved in does not act are what they were without it.",
            hypotheses=_no_way | _room,
            where=(*_defined, *_host),
            claim=sp.And(sp.Eq(_u[0], _v[0]), sp.Eq(_u[1], _v[1])),
        ),
        Proposition(
            name="one_link_reaches_all",
            statement="One link into hosts that help each other raises both of them.",
            hypotheses=_room
            | {"alpha_12 > 0": _alpha[0, 1] > 0, "alpha_21 > 0": _alpha[1, 0] > 0, "alpha_13 > 0": _alpha[0, 2] > 0}
            | {"alpha_23 >= 0": _alpha[1, 2] >= 0, "u_3 > 0": _u[2] > 0},
            where=(*_defined, *_host),
            claim=sp.And(_u[0] > _v[0], _u[1] > _v[1]),
        ),
        Proposition(
            name="circle_shares",
            statement="Around a circle of three units that help each other, one stronger link raises all three.",
            hypotheses={f"alpha_{i + 1}{j + 1} > 0": a > 0 for (i, j), a in _ring.items() if i != 2}
            | {"stronger": _w > _ring[2, 0], "v_1 > 0": _v[0] > 0},
            where=(*_circle, *_larger),
            claim=sp.And(*(v > u for v, u in zip(_v, _u, strict=True))),
        ),
        Proposition(
            name="spanning_threshold",
            statement="The spectral radius exceeds 1 if and only if a region has over one link or cross links suffice.",
            hypotheses={},
            where=_radius,
            claim=sp.Equivalent(_R > 1, sp.Or(_c_AA > 1, _c_BB > 1, _c_AB * _c_BA > (1 - _c_AA) * (1 - _c_BB))),
        ),
        Proposition(
            name="no_return_no_network",
            statement="Where no link leads back, links between regions never raise the spectral radius above 1.",
            hypotheses={"c_BA = 0": sp.Eq(_c_BA, 0)},
            where=_radius,
            claim=sp.Implies(sp.And(_c_AA <= 1, _c_BB <= 1), _R <= 1),
        ),
        Proposition(
            name="dip_first",
            statement="At the start the network measure falls.",
            hypotheses={"b > 0": _b > 0, "all are there": sp.And(_ell > 0, sp.Eq(_s, 0))},
            claim=_slope < 0,
        ),
        Proposition(
            name="dip_once",
            statement="Where the measure stands still and links are left, it is least, if breaking is fast enough.",
            hypotheses={"b > 0": _b > 0, "ell > 0": _ell > 0} | _turns,
            where=_bottom,
            claim=_second > 0,
        ),
        Proposition(
            name="dip_below_end",
            statement="That minimum lies below the end.",
            hypotheses={"ell > 0": _ell > 0} | _turns,
            where=_bottom,
            claim=(_r + _h) * _measure < _k * _r,
        ),
        Proposition(
            name="upgrade",
            statement="In the end the measure exceeds 1 if and only if (kappa - 1) d > h.",
            hypotheses=_done,
            where=_ended,
            claim=sp.Equivalent(_measure > 1, (_k - 1) * _r > _h),
        ),
        Proposition(
            name="local_upgrade",
            statement="In the end the local measure exceeds 1 if and only if (theta kappa - 1) d > h.",
            hypotheses=_done,
            where=_ended,
            claim=sp.Equivalent(_ell + _home * _k * _q > 1, (_home * _k - 1) * _r > _h),
        ),
        Proposition(
            name="local_upgrade_needs_more",
            statement="Where the local network is upgraded, so is the whole.",
            hypotheses={"theta <= 1": _home <= 1, "kappa > 0": _k > 0, "d > 0": _r > 0},
            claim=sp.Implies((_home * _k - 1) * _r > _h, (_k - 1) * _r > _h),
        ),
    )
}
"""The propositions of the material foundation, by name."""
