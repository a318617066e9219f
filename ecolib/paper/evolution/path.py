r"""The path theorem: from inhibition through single benefit and biased benefit to balanced mutualism.

Each part is a :class:`~ecolib.proofs.Proposition` about two units, built from the formulas of
:mod:`ecolib.paper.evolution.letters`. Hypotheses that a part does not need are left out of it.
"""

from __future__ import annotations

import sympy as sp

from ecolib.paper.evolution import letters
from ecolib.paper.evolution.vocabulary import assume, c, formula, named, omega, phi, s
from ecolib.proofs import Proposition

__all__ = ["FALSE_BOUND", "PATH_THEOREM"]

_a1, _a2 = formula(letters.leader), formula(letters.follower)
_phi_0, _defines_phi_0 = named("phi_0", letters.phi_0)
_phi_c, _defines_phi_c = named("phi_c", letters.phi_c)
_omega_c, _defines_omega_c = named("omega_c", letters.omega_c)
_omega_b, _defines_omega_b = named("omega_b", letters.omega_b)
_ratio = letters.gain_ratio.xreplace(letters.in_terms_of_phi)
_share, _defines_share = named("R", _ratio)
_share_alike, _defines_share_alike = named("R", _ratio.subs(letters.phi, 1))
_over, _under = (formula(part) for part in sp.fraction(letters.gain_ratio))


def _moved(threshold: str, parameter: sp.Symbol) -> tuple[sp.Symbol, sp.Symbol, tuple[sp.Basic, ...]]:
    """A second value of one parameter, the threshold there, and what defines that threshold."""
    other = sp.Symbol(f"{parameter}_new", real=True)
    formula_there = getattr(letters, threshold).xreplace({getattr(letters, str(parameter)): other})
    return other, *named(f"{threshold}_new", formula_there)


_s_new, _phi_c_s, _defines_phi_c_s = _moved("phi_c", s)
_omega_new, _phi_c_omega, _defines_phi_c_omega = _moved("phi_c", omega)
_c_new, _phi_c_c, _defines_phi_c_c = _moved("phi_c", c)

_PARTS = (
    Proposition(
        name="leader_rises",
        statement="The leader's coefficient rises with compatibility.",
        hypotheses=assume("s > 0", "c > 0", "phi <= 1"),
        claim=_a1.diff(phi) > 0,
    ),
    Proposition(
        name="follower_rises",
        statement="The follower's coefficient rises with compatibility.",
        hypotheses=assume("s > 0", "c > 0", "omega >= 0", "phi >= 0"),
        claim=_a2.diff(phi) > 0,
    ),
    Proposition(
        name="leader_first",
        statement="Where the follower does not lose, the leader gains.",
        hypotheses=assume("s > 0", "omega <= 1", "phi > 0", "phi <= 1"),
        claim=sp.Implies(_a2 >= 0, _a1 > 0),
    ),
    Proposition(
        name="coexistence",
        statement="At every compatibility the two units coexist stably.",
        hypotheses=assume("s > 0", "s < 2", "c >= 0", "c < 1", "omega >= 0", "omega <= 1", "phi >= 0", "phi <= 1"),
        claim=sp.And(1 - _a1 * _a2 > 0, 1 + _a1 > 0, 1 + _a2 > 0),
    ),
    Proposition(
        name="leader_threshold",
        statement="The leader gains exactly above phi_0.",
        hypotheses=assume("s > 0", "phi <= 1"),
        where=_defines_phi_0,
        claim=sp.And(sp.Equivalent(_a1 > 0, phi > _phi_0), sp.Equivalent(_a1 < 0, phi < _phi_0)),
    ),
    Proposition(
        name="follower_threshold",
        statement="The follower gains exactly above phi_c.",
        hypotheses=assume("s > 0", "c > 0", "omega > 0", "phi >= 0"),
        where=_defines_phi_c,
        claim=sp.And(sp.Equivalent(_a2 > 0, phi > _phi_c), sp.Equivalent(_a2 < 0, phi < _phi_c)),
    ),
    Proposition(
        name="order_of_thresholds",
        statement="The leader's threshold comes first, and both lie strictly between 0 and 1.",
        hypotheses=assume("s > 0", "c > 0", "omega > 0", "omega <= 1"),
        where=(*_defines_phi_0, *_defines_phi_c),
        claim=sp.And(_phi_0 > 0, _phi_0 < _phi_c, _phi_c < 1),
    ),
    Proposition(
        name="path",
        statement="As compatibility rises: both lose, the leader alone gains, the follower is unaffected, both gain.",
        hypotheses=assume("s > 0", "c > 0", "omega <= 1", "phi >= 0", "phi <= 1"),
        where=(*_defines_phi_0, *_defines_phi_c),
        claim=sp.And(
            sp.Implies(phi < _phi_0, sp.And(_a1 < 0, _a2 < 0)),
            sp.Implies(sp.And(phi > _phi_0, phi < _phi_c), sp.And(_a1 > 0, _a2 < 0)),
            sp.Implies(sp.Eq(phi, _phi_c), sp.And(_a1 > 0, sp.Eq(_a2, 0))),
            sp.Implies(phi > _phi_c, sp.And(_a1 > 0, _a2 > 0)),
        ),
    ),
    Proposition(
        name="two_way_necessary",
        statement="Without a return flow the follower never gains.",
        hypotheses={"omega = 0": sp.Eq(omega, 0)} | assume("c >= 0", "phi <= 1"),
        claim=_a2 <= 0,
    ),
    Proposition(
        name="two_way_sufficient",
        statement="The follower gains exactly when reciprocity exceeds omega_c.",
        hypotheses=assume("s > 0"),
        where=_defines_omega_c,
        claim=sp.Equivalent(_a2 > 0, omega > _omega_c),
    ),
    Proposition(
        name="reciprocity_bounds",
        statement="The follower's coefficient is at most omega times the leader's.",
        hypotheses=assume("s > 0", "c >= 0", "omega >= 0", "omega <= 1", "phi >= 0", "phi <= 1"),
        claim=_a2 <= omega * _a1,
    ),
    Proposition(
        name="even_gains",
        statement="Between fully compatible units the gain ratio lies strictly between omega and 1.",
        hypotheses=assume("s > 0", "omega > 0", "omega < 1"),
        where=_defines_share_alike,
        claim=sp.And(_share_alike > omega, _share_alike < 1),
    ),
    Proposition(
        name="balance_rises",
        statement="Once the follower gains, the gain ratio rises with compatibility.",
        hypotheses=assume("s > 0", "c >= 0", "omega <= 1", "phi > 0", "phi <= 1") | {"a_2 > 0": _a2 > 0},
        claim=_over.diff(phi) * _under - _over * _under.diff(phi) > 0,
    ),
    Proposition(
        name="balance_reachable",
        statement="Fully compatible units share evenly within epsilon exactly when reciprocity reaches omega_b.",
        hypotheses=assume("s > 0", "epsilon > 0"),
        where=_defines_omega_b,
        claim=sp.Equivalent(formula(letters.balance).subs(phi, 1) >= 0, omega >= _omega_b),
    ),
    Proposition(
        name="synergy_helps",
        statement="More synergy lowers the compatibility that mutualism needs.",
        hypotheses=assume("c > 0", "omega > 0") | {"s_new > s": _s_new > s},
        where=(*_defines_phi_c, *_defines_phi_c_s),
        claim=_phi_c_s < _phi_c,
    ),
    Proposition(
        name="reciprocity_helps",
        statement="More reciprocity lowers the compatibility that mutualism needs.",
        hypotheses=assume("s > 0", "omega >= 0") | {"omega_new > omega": _omega_new > omega},
        where=(*_defines_phi_c, *_defines_phi_c_omega),
        claim=_phi_c_omega < _phi_c,
    ),
    Proposition(
        name="friction_hurts",
        statement="More friction raises the compatibility that mutualism needs.",
        hypotheses=assume("s > 0", "c > 0", "omega > 0") | {"c_new > c": _c_new > c},
        where=(*_defines_phi_c, *_defines_phi_c_c),
        claim=_phi_c_c > _phi_c,
    ),
)

PATH_THEOREM: dict[str, Proposition] = {part.name: part for part in _PARTS}
"""The parts of the path theorem for two units, by name."""

FALSE_BOUND = Proposition(
    name="false_bound",
    statement="The gain ratio never exceeds reciprocity.",
    hypotheses=assume("s > 0", "s < 2", "c > 0", "c < 1", "omega > 0", "omega < 1", "phi > 0", "phi <= 1")
    | {"a_2 > 0": _a2 > 0},
    where=_defines_share,
    claim=_share <= omega,
)
"""A tempting companion of ``reciprocity_bounds`` that is false; the solvers refute it."""
