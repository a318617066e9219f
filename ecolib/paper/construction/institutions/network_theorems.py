"""What is proved by machine of ties across regions, of competing standards, and of statistics when units come and go.

Ties across two regions of two units each have one weight ``v``, the links within weights ``a`` and ``b``; ``L`` is a
pace of alignment. ``w_ij`` is the rate at which unit ``i`` adjusts to unit ``j``. ``s`` and ``d`` are ``p + q - 1`` and
``p - q``. Statistics are letters that ``where`` defines: densities ``D`` and ``D_new``, strengths ``S`` and ``S_new``,
openness ``O`` and ``O_new``, dominance ``C`` and ``C_new``; ``N_new``, ``M_new``, ``d_new`` are counts after a change.
"""

from __future__ import annotations

import sympy as sp

from ecolib.paper.construction.institutions import letters
from ecolib.proofs import Proposition

__all__ = ["NETWORKS_OF_REGIONS", "SCALE_RAISES_DENSITY", "STANDARDS_ALWAYS_MEET", "STATISTICS"]

p, q, theta, v, z, gamma, chi = (getattr(letters, one) for one in ("p", "q", "theta", "v", "z", "gamma", "chi"))
w, ties, N, M, e = letters.w, letters.ties, letters.N, letters.M, letters.e
_x = sp.symbols("x_1:5", real=True)
_a, _b, _L = sp.symbols("a b L", real=True)
_within = _a * (_x[0] - _x[1]) ** 2 + _b * (_x[2] - _x[3]) ** 2
_across = v * sum((_x[i] - _x[j]) ** 2 for i in (0, 1) for j in (2, 3))
_distance = sum((one - sum(_x) / 4) ** 2 for one in _x)

_rates = letters.STANDARDS.field
_jacobian = letters.STANDARDS.jacobian
_attracts = sp.And(_jacobian.trace() < 0, sp.expand(_jacobian.det()) > 0)
_s, _d = sp.symbols("s d", real=True)
_mirror = {p: (1 + _d) / 2, q: (1 - _d) / 2}
_apart = {p: (1 + _s + _d) / 2, q: (1 + _s - _d) / 2}
_moved = [sp.expand(rate.subs(_apart, simultaneous=True)) for rate in _rates]
_stable = sp.And(*(sp.expand(one.subs(_apart, simultaneous=True)) > 0 for one in (-_jacobian.trace(), _jacobian.det())))

_three = sp.symbols("p_1:4", real=True)
_w = {(i, j): sp.Symbol(f"w_{i + 1}{j + 1}", real=True) for i in range(3) for j in range(3) if i != j}
_drift = [sum(_w[i, j] * (_three[j] - _three[i]) for j in range(3) if j != i) for i in range(3)]
_balances = [sum(_w[i, j] - _w[j, i] for j in range(3) if j != i) for i in (0, 1)]

_REGIONS = (
    Proposition(
        name="matched_below_cut",
        statement="Two complete regions with disjoint cross ties align at most at the pace 2 w c / N of their means.",
        hypotheses={"c <= N": ties <= N, "c >= 0": ties >= 0, "smaller root": N + 2 * w >= 2 * _L},
        where=(sp.Eq(_L**2 - (N + 2 * w) * _L + 2 * w * ties, 0),),
        claim=2 * w * ties >= N * _L,
    ),
    Proposition(
        name="even_ties_align",
        statement="With even cross ties regions of two units align at least at the smallest of the three paces.",
        hypotheses={"between": 4 * v >= _L, "within A": 2 * _a + 2 * v >= _L, "within B": 2 * _b + 2 * v >= _L},
        claim=_within + _across >= _L * _distance,
    ),
    Proposition(
        name="ties_sustain_themselves",
        statement="Ties that stay without injection are generated faster than they are lost.",
        hypotheses={"z > 0": z > 0, "chi > 0": chi > 0},
        where=(sp.Eq(letters.RELATIONS.field[0].subs(letters.iota, 0), 0), z <= 1),
        claim=gamma > chi,
    ),
    Proposition(
        name="different_standards_stay",
        statement="Mirror images of two standards attract exactly if regions copy each other at less than theta / 6.",
        hypotheses={"theta > 0": theta > 0, "apart": _d > 0},
        where=(sp.Eq(sp.expand(_rates[0].subs(_mirror, simultaneous=True)), 0),),
        claim=sp.Equivalent(_attracts.subs(_mirror, simultaneous=True), 6 * v < theta),
    ),
    Proposition(
        name="different_standards_need_slow_copying",
        statement="Wherever different standards attract, regions copy each other at less than theta / 6.",
        hypotheses={"apart": sp.Ne(_d, 0), "attracts": _stable},
        where=(sp.Eq(sp.expand(2 * (_moved[0] + _moved[1])), 0), sp.Eq(sp.expand(2 * (_moved[0] - _moved[1])), 0)),
        claim=6 * v < theta,
    ),
    Proposition(
        name="balanced_links_never_spread",
        statement="Three units that are listened to as much as they listen never drift apart.",
        hypotheses={f"{one} >= 0": one >= 0 for one in _w.values()}
        | {"balanced": sp.And(*(sp.Eq(one, 0) for one in _balances))},
        claim=sum((one - sum(_three) / 3) * rate for one, rate in zip(_three, _drift, strict=True)) <= 0,
    ),
)

_D, _D_new, _S, _S_new, _O, _O_new, _C, _C_new = sp.symbols("D D_new S S_new O O_new C C_new", real=True)
_X, _X_new, _M_new, _own, _l = sp.symbols("X X_new M_new d l", real=True)
_dense = sp.Eq(_D * N * (N - 1), 2 * M)
_grown = sp.Eq(_D_new * (N + 1) * N, 2 * (M + e))

_N_new, _own_new = sp.symbols("N_new d_new", real=True)

_COUNTS = (
    Proposition(
        name="change_raises_density",
        statement="However many units come and go, density rises exactly if M' N (N - 1) > M N' (N' - 1).",
        hypotheses={"N > 1": N > 1, "N' > 1": _N_new > 1},
        where=(_dense, sp.Eq(_D_new * _N_new * (_N_new - 1), 2 * _M_new)),
        claim=sp.Equivalent(_D_new > _D, _M_new * N * (N - 1) > M * _N_new * (_N_new - 1)),
    ),
    Proposition(
        name="change_raises_strength",
        statement="However many units come and go, links per unit rise exactly if M' N > M N'.",
        hypotheses={"N > 0": N > 0, "N' > 0": _N_new > 0},
        where=(sp.Eq(_S * N, 2 * M), sp.Eq(_S_new * _N_new, 2 * _M_new)),
        claim=sp.Equivalent(_S_new > _S, _M_new * N > M * _N_new),
    ),
    Proposition(
        name="change_raises_dominance",
        statement="However many come and go, the core's share of links rises exactly if d' M > d M', whoever is core.",
        hypotheses={"M > 0": M > 0, "M' > 0": _M_new > 0},
        where=(sp.Eq(_C * M, _own), sp.Eq(_C_new * _M_new, _own_new)),
        claim=sp.Equivalent(_C_new > _C, _own_new * M > _own * _M_new),
    ),
    Proposition(
        name="leaver_raises_density",
        statement="A unit that leaves raises density exactly if it has fewer links than the mean.",
        hypotheses={"N > 2": N > 2},
        where=(_dense, sp.Eq(_D_new * (N - 1) * (N - 2), 2 * (M - e))),
        claim=sp.Equivalent(_D_new > _D, N * e < 2 * M),
    ),
    Proposition(
        name="newcomer_raises_density",
        statement="A newcomer raises density exactly if it brings more links than density times size.",
        hypotheses={"N > 1": N > 1},
        where=(_dense, _grown),
        claim=sp.Equivalent(_D_new > _D, (N - 1) * e > 2 * M),
    ),
    Proposition(
        name="newcomer_raises_strength",
        statement="A newcomer raises links per unit exactly if it brings more than half of them.",
        hypotheses={"N > 0": N > 0},
        where=(sp.Eq(_S * N, 2 * M), sp.Eq(_S_new * (N + 1), 2 * (M + e))),
        claim=sp.Equivalent(_S_new > _S, N * e > M),
    ),
    Proposition(
        name="openness_rises",
        statement="Openness rises exactly if cross ties grow by a larger factor than links within.",
        hypotheses={"links before": M + _X > 0, "links after": _M_new + _X_new > 0},
        where=(sp.Eq(_O * (M + _X), _X), sp.Eq(_O_new * (_M_new + _X_new), _X_new)),
        claim=sp.Equivalent(_O_new > _O, _X_new * M > _X * _M_new),
    ),
    Proposition(
        name="leaver_raises_dominance",
        statement="A leaver with e links, l to the core, raises the core's share of links exactly if e d > l M.",
        hypotheses={"M > 0": M > 0, "e < M": e < M},
        where=(sp.Eq(_C * M, _own), sp.Eq(_C_new * (M - e), _own - _l)),
        claim=sp.Equivalent(_C_new > _C, e * _own > _l * M),
    ),
)

NETWORKS_OF_REGIONS: dict[str, Proposition] = {part.name: part for part in _REGIONS}
"""The propositions of ties and standards, by name."""

STATISTICS: dict[str, Proposition] = {part.name: part for part in _COUNTS}
"""The propositions of networks whose units come and go, by name."""

STANDARDS_ALWAYS_MEET = Proposition(
    name="standards_always_meet",
    statement="Regions that copy each other are attracted only to rests where both use the same standards.",
    hypotheses={"v > 0": v > 0, "attracts": _attracts},
    where=(*(sp.Eq(rate, 0) for rate in _rates), p >= 0, p <= 1, q >= 0, q <= 1),
    claim=sp.Eq(p, q),
)
"""What is true of parameters that diffuse, and false of standards that a majority holds up."""

SCALE_RAISES_DENSITY = Proposition(
    name="scale_raises_density",
    statement="A newcomer that brings at least one link raises density.",
    hypotheses={"N > 1": N > 1, "e >= 1": e >= 1},
    where=(_dense, _grown, M >= 0, _D <= 1),
    claim=_D_new > _D,
)
"""What the paper's sentence needs, and what is false: a network that grows can thin out."""
