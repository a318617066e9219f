"""What is proved by machine of the direct network effect and of layers, in cases small enough for letters."""

from __future__ import annotations

import sympy as sp

from ecolib.model import Symbiosis
from ecolib.paper.construction.drive import letters
from ecolib.proofs import Proposition, as_reals
from ecolib.theorems import coexistence_of

__all__ = ["EFFECTS", "EVERY_NODE_HELPS_ALL", "WHOLE_EXCEEDS_SUM"]

a_h, a_s, k = letters.a_h, letters.a_s, letters.k
_u, _defined = coexistence_of(Symbiosis.of(units=3))
_alpha = as_reals(Symbiosis.of(units=3).alpha)
_pairs = [(i, j) for i in range(3) for j in range(3) if i != j]
_v = sp.symbols("v_1:4", real=True)
_moved = tuple(sp.Eq(_v[i], sum(_alpha[i, j] * _v[j] for j in range(3)) + (_u[1] if i == 0 else 0)) for i in range(3))


def _broken(rival: int) -> dict[sp.Symbol, int]:
    """A point at which unit 1 is harmed by one other unit and nobody else harms, and a stronger link lowers unit 1."""
    harmed = {_alpha[i, j]: (0, 1, 2)[min(i, 1) + min(i * j, 1)] for i, j in _pairs}
    return harmed | {_alpha[0, rival - 1]: -2} | dict(zip((*_u, *_v), (-3, 2, 2, -2, 2, 2), strict=True))


_more = {k: k + 1}
_room, _room_more = 1 - k * a_h * a_s, 1 - (k + 1) * a_h * a_s
_lives = {"below the limit": _room_more > 0, "a_s > -1": a_s > -1}
_hub_up, _spoke_up = (
    sp.numer(sp.together(state.subs(_more) - state)) * sp.denom(sp.together(state.subs(_more) - state))
    for state in (letters.hub, letters.spoke)
)

_members, _sum, _own, _links = sp.symbols("members distances own links", real=True)

_a, _b = (sp.symbols(f"{layer}_12 {layer}_21", real=True) for layer in "AB")
_g, _h, _s = (sp.symbols(f"{letter}_1:3", real=True) for letter in "ghs")
_both = tuple(x + y for x, y in zip(_a, _b, strict=True))
_layers = (
    *(sp.Eq(_g[i], _a[i] * (1 + _g[1 - i])) for i in range(2)),
    *(sp.Eq(_h[i], _b[i] * (1 + _h[1 - i])) for i in range(2)),
    *(sp.Eq(_s[i] - _both[i] * _s[1 - i], _a[i] * _h[1 - i] + _b[i] * _g[1 - i]) for i in range(2)),
)
"""What defines the gains g and h of two layers between two units, and the synergy s of the whole."""

_PARTS = (
    Proposition(
        name="helpful_links_help",
        statement="Three units that do no harm and live together: a link made stronger lowers nobody.",
        hypotheses={f"alpha_{i + 1}{j + 1} >= 0": _alpha[i, j] >= 0 for i, j in _pairs}
        | {f"u_{i + 1} > 0": _u[i] > 0 for i in (1, 2)},
        where=(*_defined, *_moved),
        claim=sp.And(*(v >= 0 for v in _v)),
        known={f"alpha_1{j} >= 0": _broken(j) for j in (2, 3)},
    ),
    Proposition(
        name="spoke_raises_hub",
        statement="A further spoke raises the hub exactly if spokes help the hub.",
        hypotheses=_lives,
        where=(k >= 0,),
        claim=sp.Equivalent(_hub_up > 0, a_h > 0),
    ),
    Proposition(
        name="spoke_raises_spokes",
        statement="A further spoke raises the other spokes exactly if the effects of hub and spokes have one sign.",
        hypotheses=_lives,
        where=(k >= 0,),
        claim=sp.Equivalent(_spoke_up > 0, a_h * a_s > 0),
    ),
    Proposition(
        name="degree_rises",
        statement="A newcomer raises the relative degree of a core that it links to, unless all are linked already.",
        hypotheses={"newcomer links to the core": sp.Eq(_own, 1)},
        where=(_members >= 2, _links >= 1, _links <= _members - 1, sp.Or(sp.Eq(_own, 0), sp.Eq(_own, 1))),
        claim=sp.Equivalent((_links + _own) * (_members - 1) > _links * _members, _links < _members - 1),
    ),
    Proposition(
        name="closeness_rises",
        statement="A newcomer that opens no short cut raises closeness exactly if it stands nearer than the mean.",
        hypotheses={},
        where=(_members >= 2, _sum >= 1, _own >= 1),
        claim=sp.Equivalent(_members * _sum > (_members - 1) * (_sum + _own), _own * (_members - 1) < _sum),
    ),
    Proposition(
        name="layers_add_up_and_more",
        statement="Two layers that do no harm: together a unit gains at least what it gains by each of them apart.",
        hypotheses={f"{x} >= 0": x >= 0 for x in (*_a, *_b)} | {"whole bounded": 1 - _both[0] * _both[1] > 0},
        where=_layers,
        claim=_s[0] >= 0,
    ),
    Proposition(
        name="friction_layer_costs",
        statement="If one layer harms but help prevails everywhere, together a unit gains at most the sum.",
        hypotheses={"B_12 <= 0": _b[0] <= 0, "B_21 <= 0": _b[1] <= 0, "help prevails for 1": _both[0] >= 0,
                    "help prevails for 2": _both[1] >= 0, "helpers bounded": 1 - _a[0] * _a[1] > 0},
        where=_layers,
        claim=_s[0] <= 0,
    ),
)  # fmt: skip

EFFECTS: dict[str, Proposition] = {part.name: part for part in _PARTS}
"""The propositions of the direct network effect and of layers, by name."""

EVERY_NODE_HELPS_ALL = Proposition(
    name="every_node_helps_all",
    statement="A further spoke that helps the hub lowers no other spoke.",
    hypotheses={"a_h > 0": a_h > 0} | _lives,
    where=(k >= 1,),
    claim=_spoke_up >= 0,
)
"""What the paper says of nodes without conditions, and what is false: it takes from spokes that the hub burdens."""

WHOLE_EXCEEDS_SUM = Proposition(
    name="whole_exceeds_sum",
    statement="Two layers together gain at least what they gain apart, friction or not.",
    hypotheses={f"bounded {i}": 1 - x * y > 0 for i, (x, y) in enumerate((_a, _b, _both), start=1)},
    where=(
        *_layers,
        *(1 + g > 0 for g in (*_g, *_h)),
        *(1 + g + h + s > 0 for g, h, s in zip(_g, _h, _s, strict=True)),
    ),
    claim=_s[0] >= 0,
)
"""What the paper says of layers without conditions, and what is false."""
