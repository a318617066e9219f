r"""What is proved of a network of regions that all have the same number of relations.

Propositions speak of :math:`v`, the saturation of an industry, and :math:`w`, that of a transferring unit, which the
equations of :mod:`ecolib.paper.evolution.regions` define; the last one of a hub with ``k`` relations, whose partners
have no other.
"""

from __future__ import annotations

import sympy as sp

from ecolib.paper.evolution import letters
from ecolib.paper.evolution.regions import d, divisor
from ecolib.proofs import Proposition

__all__ = ["REGIONS"]

_a1, _ai = letters.a_1, letters.a_i
_v, _w, _v_new, _w_new, _d_new, _mu, _v_h, _v_l, _k = sp.symbols("v w v_new w_new d_new mu v_h v_l k", real=True)
_rest = (sp.Eq(_w, 1 + 2 * _a1 * _v), sp.Eq(_v, 1 + d * _ai * (_w + _v)))
_rest_new = (sp.Eq(_w_new, 1 + 2 * _a1 * _v_new), sp.Eq(_v_new, 1 + _d_new * _ai * (_w_new + _v_new)))
_star = (
    sp.Eq(_w, 1 + _a1 * (_v_h + _v_l)),
    sp.Eq(_v_h, 1 + _k * _ai * (_w + _v_l)),
    sp.Eq(_v_l, 1 + _ai * (_w + _v_h)),
)
_helped = {"a_i > 0": _ai > 0, "a_1 >= 0": _a1 >= 0}

REGIONS: dict[str, Proposition] = {
    proposition.name: proposition
    for proposition in (
        Proposition(
            name="region_window",
            statement="All live together, with room left, if and only if 1 + d a_i > 0 and d a_i (1 + 2 a_1) < 1.",
            hypotheses={"a_1 >= a_i": _a1 >= _ai, "d >= 1": d >= 1},
            where=(*_rest, sp.Ne(divisor, 0)),
            claim=sp.Equivalent(sp.And(_v > 0, _w > 0, divisor > 0), sp.And(1 + d * _ai > 0, divisor > 0)),
        ),
        Proposition(
            name="region_signs",
            statement="Where all live together, industries gain or lose with a_i, transferring units with a_1.",
            hypotheses={"d > 0": d > 0, "v > 0": _v > 0, "w > 0": _w > 0},
            where=_rest,
            claim=sp.And(
                *(sp.Equivalent(u > 1, a > 0) for u, a in ((_v, _ai), (_w, _a1))),
                *(sp.Equivalent(u < 1, a < 0) for u, a in ((_v, _ai), (_w, _a1))),
            ),
        ),
        Proposition(
            name="region_evenness",
            statement="Where inhibited regions survive, the Lyapunov form is positive: no uneven disturbance grows.",
            hypotheses={
                "a_1 > -1": _a1 > -1,
                "a_i < 0": _ai < 0,
                "1 + d a_i > 0": 1 + d * _ai > 0,
                "mu >= -d": _mu >= -d,
            },
            claim=sp.And(1 - _ai * _mu > 0, sp.Implies(_a1 < 0, 1 - _ai * (_mu * (1 + _a1) + _a1 * d) > 0)),
        ),
        Proposition(
            name="more_relations_gain",
            statement="Where relations help, more of them raise the gain of every industry, while there is room.",
            hypotheses=_helped | {"d_new > d": _d_new > d, "room": 1 - _d_new * _ai * (1 + 2 * _a1) > 0},
            where=(*_rest, *_rest_new),
            claim=_v_new > _v,
        ),
        Proposition(
            name="more_relations_lose",
            statement="Where relations harm, more of them deepen the loss of every industry.",
            hypotheses={
                "a_i < 0": _ai < 0,
                "a_1 > -1": _a1 > -1,
                "d >= 0": d >= 0,
                "d_new > d": _d_new > d,
                "1 + d_new a_i > 0": 1 + _d_new * _ai > 0,
            },
            where=(*_rest, *_rest_new),
            claim=_v_new < _v,
        ),
        Proposition(
            name="hub_gains_most",
            statement="A region with several relations gains more than its partners that have only this one.",
            hypotheses=_helped | {"k > 1": _k > 1, "v_h > 0": _v_h > 0},
            where=_star,
            claim=_v_h > _v_l,
        ),
    )
}
"""The propositions of a network of regions, by name."""
