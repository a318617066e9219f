r"""What is proved of a network of regions that all have the same number of relations.

Propositions speak of :math:`u_I`, the saturation of an industry, and :math:`u_T`, that of a transferring unit, which
the equations of :mod:`ecolib.paper.evolution.regions` define; the last one of a hub (:math:`u_H`) with ``k`` relations,
whose partners (:math:`u_L`) have no other.
"""

from __future__ import annotations

import sympy as sp

from ecolib.paper.evolution import letters
from ecolib.paper.evolution.regions import d, divisor
from ecolib.proofs import Proposition

__all__ = ["REGIONS"]

_a1, _ai = letters.a_1, letters.a_i
_industry, _mover, _industry_new, _mover_new, _d_new, _mu, _hub, _leaf, _k = sp.symbols(
    "u_I u_T u_I_new u_T_new d_new mu u_H u_L k", real=True
)
_rest = (sp.Eq(_mover, 1 + 2 * _a1 * _industry), sp.Eq(_industry, 1 + d * _ai * (_mover + _industry)))
_rest_new = (
    sp.Eq(_mover_new, 1 + 2 * _a1 * _industry_new),
    sp.Eq(_industry_new, 1 + _d_new * _ai * (_mover_new + _industry_new)),
)
_star = (
    sp.Eq(_mover, 1 + _a1 * (_hub + _leaf)),
    sp.Eq(_hub, 1 + _k * _ai * (_mover + _leaf)),
    sp.Eq(_leaf, 1 + _ai * (_mover + _hub)),
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
            claim=sp.Equivalent(sp.And(_industry > 0, _mover > 0, divisor > 0), sp.And(1 + d * _ai > 0, divisor > 0)),
        ),
        Proposition(
            name="region_signs",
            statement="Where all live together, industries gain or lose with a_i, transferring units with a_1.",
            hypotheses={"d > 0": d > 0, "u_I > 0": _industry > 0, "u_T > 0": _mover > 0},
            where=_rest,
            claim=sp.And(
                *(sp.Equivalent(u > 1, a > 0) for u, a in ((_industry, _ai), (_mover, _a1))),
                *(sp.Equivalent(u < 1, a < 0) for u, a in ((_industry, _ai), (_mover, _a1))),
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
            claim=_industry_new > _industry,
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
            claim=_industry_new < _industry,
        ),
        Proposition(
            name="hub_gains_most",
            statement="A region with several relations gains more than its partners that have only this one.",
            hypotheses=_helped | {"k > 1": _k > 1, "u_H > 0": _hub > 0},
            where=_star,
            claim=_hub > _leaf,
        ),
    )
}
"""The propositions of a network of regions, by name."""
