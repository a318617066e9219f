"""What is proved by machine of the loss of lead firms; what needs all of a path is proved in chapter 3.

``x`` stands for ``exp(-delta t)``, ``g`` for what B's network could carry, ``g_rate`` for how fast that changes. A
path **turns** where ``y = g``.
"""

from __future__ import annotations

import sympy as sp

from ecolib.paper.construction.institutions import letters
from ecolib.proofs import Proposition

__all__ = ["DEPARTURE", "RETURN_PAYS"]

y, k, m, sigma, delta, rho = (getattr(letters, one) for one in ("y", "k", "m", "sigma", "delta", "rho"))
_strength, _knowledge = letters.J_CURVE.field
_x, _g, _g_rate, _more = sp.symbols("x g g_rate more", real=True)
_carried = sp.Eq(_g, 1 - m + sigma * m * (1 - _x))
_at_rest = (sp.Eq(k, m), sp.Eq(y, 1 - m + sigma * k))
_rate = rho * y * (_g - y)

_PARTS = (
    Proposition(
        name="departure_hurts_at_first",
        statement="The moment that lead firms leave, the network shrinks at the rate rho m.",
        hypotheses={"rho > 0": rho > 0, "m > 0": m > 0},
        where=(sp.Eq(y, 1), sp.Eq(k, 0)),
        claim=sp.And(sp.Eq(_strength, -rho * m), _strength < 0),
    ),
    Proposition(
        name="spillover_decides_the_end",
        statement="In the end the network is stronger than it was exactly if sigma exceeds 1.",
        hypotheses={"m > 0": m > 0},
        where=_at_rest,
        claim=sp.Equivalent(y > 1, sigma > 1),
    ),
    Proposition(
        name="turn_is_a_minimum",
        statement="Where the network turns, its curve bends upwards.",
        hypotheses={f"{one} > 0": one > 0 for one in (rho, y, sigma, delta)} | {"k < m": k < m},
        where=(sp.Eq(_g, y), sp.Eq(_g_rate, sigma * _knowledge)),
        claim=rho * y * _g_rate + rho * (_g - y) * _rate - rho * y * _rate > 0,
    ),
    Proposition(
        name="dip_before_break_even",
        statement="A network that turns below its old strength has not yet broken even.",
        hypotheses={"m > 0": m > 0, "below": y < 1},
        where=(_carried, sp.Eq(y, _g)),
        claim=sigma * (1 - _x) < 1,
    ),
    Proposition(
        name="recovery_after_break_even",
        statement="A network that rises through its old strength has broken even before.",
        hypotheses={"m > 0": m > 0, "rho > 0": rho > 0, "rising": _rate > 0},
        where=(_carried, sp.Eq(y, 1)),
        claim=sigma * (1 - _x) > 1,
    ),
    Proposition(
        name="dip_is_less_than_departure",
        statement="Where the network turns it has lost less than m.",
        hypotheses={"m > 0": m > 0, "sigma > 0": sigma > 0, "later": _x < 1},
        where=(_carried, sp.Eq(y, _g)),
        claim=y > 1 - m,
    ),
    Proposition(
        name="fast_growth_falls_faster",
        statement="Of two networks of one strength that fall, the one that grows faster falls faster.",
        hypotheses={"more": _more > rho, "y > 0": y > 0, "falling": y > _g},
        claim=_more * y * (_g - y) < _rate,
    ),
    Proposition(
        name="larger_departure_carries_less",
        statement="Before it breaks even a network can carry the less the more has left, and afterwards the more.",
        hypotheses={"more": _more > m},
        where=(_carried,),
        claim=sp.Equivalent(1 - _more + sigma * _more * (1 - _x) < _g, sigma * (1 - _x) < 1),
    ),
)

DEPARTURE: dict[str, Proposition] = {part.name: part for part in _PARTS}
"""The propositions of the J-curve, by name."""

RETURN_PAYS = Proposition(
    name="return_pays",
    statement="What flows back makes a network stronger in the end than it was.",
    hypotheses={"m > 0": m > 0, "sigma > 0": sigma > 0},
    where=(*_at_rest, m < 1),
    claim=y > 1,
)
"""What the paper says without conditions, and what is false: a return that is less than the loss."""
