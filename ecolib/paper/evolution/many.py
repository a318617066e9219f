r"""The path theorem for any number of units: one leader and ``n - 1`` equal followers.

The number of units is a letter, so that each proposition speaks of every ``n >= 2`` at once. In general the sign of a
unit's coefficients does not decide whether it gains once there are three units; under the closure it still does.
"""

from __future__ import annotations

import sympy as sp

from ecolib.paper.evolution import letters
from ecolib.paper.evolution.vocabulary import assume, formula, n, named, phi
from ecolib.proofs import Proposition, as_reals

__all__ = ["ANY_NUMBER"]

_a1, _ai = formula(letters.leader, None), formula(letters.follower, None)  # each times n, which is positive
_phi_0, _defines_phi_0 = named("phi_0", letters.phi_0, None)
_phi_c, _defines_phi_c = named("phi_c", letters.phi_c, None)

_x, _y = letters.a_1, letters.a_i
_room = as_reals(sp.expand(letters.room))
_room_of_closure = sp.expand(n**2 * _room.subs({_x: _a1 / n, _y: _ai / n}, simultaneous=True))
_u1, _ui = sp.symbols("u_1 u_i", real=True)
_coexistence = (sp.Eq(_u1, 1 + _x * (n - 1) * _ui), sp.Eq(_ui, 1 + _y * (_u1 + (n - 2) * _ui)))
_room_left = {"room > 0": _room > 0}

_PARTS = (
    Proposition(
        name="any_number_leader_first",
        statement="Where the followers do not lose, the leader gains.",
        hypotheses=assume("s > 0", "omega <= 1", "phi > 0", "phi <= 1", "n >= 2"),
        claim=sp.Implies(_ai >= 0, _a1 > 0),
    ),
    Proposition(
        name="any_number_order",
        statement="The leader's threshold comes first, and both lie strictly between 0 and 1.",
        hypotheses=assume("s > 0", "c > 0", "omega > 0", "omega <= 1", "n >= 2"),
        where=(*_defines_phi_0, *_defines_phi_c),
        claim=sp.And(_phi_0 > 0, _phi_0 < _phi_c, _phi_c < 1),
    ),
    Proposition(
        name="any_number_leader_threshold",
        statement="The leader gains exactly above phi_0.",
        hypotheses=assume("c > 0", "phi >= 0", "phi <= 1", "n >= 2"),
        where=_defines_phi_0,
        claim=sp.And(sp.Equivalent(_a1 > 0, phi > _phi_0), sp.Equivalent(_a1 < 0, phi < _phi_0)),
    ),
    Proposition(
        name="any_number_follower_threshold",
        statement="The followers gain exactly above phi_c.",
        hypotheses=assume("s > 0", "c > 0", "omega > 0", "phi >= 0", "n >= 2"),
        where=_defines_phi_c,
        claim=sp.And(sp.Equivalent(_ai > 0, phi > _phi_c), sp.Equivalent(_ai < 0, phi < _phi_c)),
    ),
    Proposition(
        name="any_number_coexistence",
        statement="At every compatibility coefficients exceed -1, the leader's is the largest, and there is room.",
        hypotheses=assume(
            "s > 0", "s (n - 1) < n", "c >= 0", "c < 1", "omega >= 0", "omega <= 1", "phi >= 0", "phi <= 1", "n >= 2"
        ),
        claim=sp.And(n + _a1 > 0, n + _ai > 0, _a1 >= _ai, _room_of_closure > 0),
    ),
    Proposition(
        name="any_number_feasible",
        statement="A leader and equal followers live together when the leader's coefficient is the larger.",
        hypotheses={"a_1 >= a_i": _x >= _y, "a_i > -1": _y > -1} | _room_left | assume("n >= 2"),
        where=_coexistence,
        claim=sp.And(_u1 > 0, _ui > 0),
    ),
    Proposition(
        name="any_number_gains",
        statement="A leader and equal followers gain or lose with the sign of their own coefficients.",
        hypotheses={"a_1 > -1": _x > -1, "a_i > -1": _y > -1} | _room_left | assume("n >= 2"),
        where=_coexistence,
        claim=sp.And(
            sp.Equivalent(_u1 > 1, _x > 0),
            sp.Equivalent(_u1 < 1, _x < 0),
            sp.Equivalent(_ui > 1, _y > 0),
            sp.Equivalent(_ui < 1, _y < 0),
        ),
    ),
)

ANY_NUMBER: dict[str, Proposition] = {part.name: part for part in _PARTS}
"""The path theorem for one leader and any number of equal followers, by name."""
