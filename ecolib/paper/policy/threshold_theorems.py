"""What is proved of the levers and thresholds, for any number of units.

A root that defines a threshold is a letter between 0 and 1 with its equation. ``ratio`` is friction over reciprocated
synergy per unit, ``n c / (omega s)``: with the pull, all that the followers' threshold depends on.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from ecolib.paper.evolution import letters as closure
from ecolib.paper.policy import letters
from ecolib.proofs import Proposition, as_reals

__all__ = ["THRESHOLDS"]

n, ratio, ratio_new, pull_new, c_new = sp.symbols("n ratio ratio_new pull_new c_new", real=True)
s, c, omega, phi, pull = (as_reals(getattr(letters, name)) for name in ("s", "c", "omega", "phi", "pull"))
_phi, _phi_new, _first = sp.symbols("phi_k phi_k_new phi_first", real=True)


def _any(formula: sp.Expr) -> sp.Expr:
    """A coefficient times the number of units, in letters that solvers read."""
    return as_reals(sp.expand(sp.numer(sp.together(formula)))).xreplace({as_reals(closure.n): n})


def _inside(*roots: sp.Symbol) -> tuple[Any, ...]:
    return tuple(bound for root in roots for bound in (root > 0, root < 1))


_followers = sp.expand(sp.cancel(_any(letters.follower).subs(c, ratio * s * omega / n) / (s * omega)))
_leads = _any(letters.leader)


def _root(polynomial: sp.Expr, root: sp.Symbol, **changed: sp.Symbol) -> sp.Eq:
    """The equation of a threshold, with other letters in place of some."""
    swap = {sp.Symbol(name, real=True): letter for name, letter in changed.items()}
    return sp.Eq(polynomial.subs({phi: root, **swap}, simultaneous=True), 0)


_slope = -_followers.diff(ratio) * ratio / (phi * _followers.diff(phi))
_elasticity = sp.cancel(_slope.subs(ratio, sp.solve(_followers, ratio)[0]))
_by_phi, _by_pull = (sp.expand(sp.numer(sp.together(_elasticity.diff(x)))) for x in (phi, pull))


_PARTS = (
    Proposition(
        name="followers_sooner",
        statement="Less friction, or a return flow that is more open, lowers the followers' threshold.",
        hypotheses={"ratio_new < ratio": ratio_new < ratio, "pull >= 0": pull >= 0},
        where=(*_inside(_phi, _phi_new), _root(_followers, _phi), _root(_followers, _phi_new, ratio=ratio_new)),
        claim=_phi_new < _phi,
    ),
    Proposition(
        name="alliance_brings_followers",
        statement="Pulling shares towards equal parts lowers the followers' threshold.",
        hypotheses={"pull_new > pull": pull_new > pull, "ratio > 0": ratio > 0},
        where=(*_inside(_phi, _phi_new), _root(_followers, _phi), _root(_followers, _phi_new, pull=pull_new)),
        claim=_phi_new < _phi,
    ),
    Proposition(
        name="alliance_delays_leader",
        statement="The same raises the leader's threshold.",
        hypotheses={"pull_new > pull": pull_new > pull, "s > 0": s > 0, "c > 0": c > 0, "n >= 2": n >= 2},
        where=(*_inside(_phi, _phi_new), _root(_leads, _phi), _root(_leads, _phi_new, pull=pull_new)),
        claim=_phi_new > _phi,
    ),
    Proposition(
        name="friction_frees_leader",
        statement="Less friction lowers the leader's threshold.",
        hypotheses={"c_new < c": c_new < c, "s > 0": s > 0, "pull <= 1": pull <= 1, "n >= 2": n >= 2},
        where=(*_inside(_phi, _phi_new), _root(_leads, _phi), _root(_leads, _phi_new, c=c_new)),
        claim=_phi_new < _phi,
    ),
    Proposition(
        name="alliance_keeps_order",
        statement="Short of equal shares with a fully open return flow, the leader still gains first.",
        hypotheses={
            "s > 0": s > 0,
            "omega <= 1": omega <= 1,
            "pull >= 0": pull >= 0,
            "pull <= 1": pull <= 1,
            "omega < 1 or pull < 1": sp.Or(omega < 1, pull < 1),
            "n >= 2": n >= 2,
        },
        where=(*_inside(_first, _phi), _root(_leads, _first), sp.Eq(_any(letters.follower).subs(phi, _phi), 0)),
        claim=_first < _phi,
    ),
    Proposition(
        name="threshold_complements",
        statement="Friction weighs more on the followers' threshold, the lower it is and the more shares are pulled.",
        hypotheses={"phi > 0": phi > 0, "phi < 1": phi < 1, "pull >= 0": pull >= 0},
        claim=sp.And(_by_phi < 0, _by_pull > 0),
    ),
)

THRESHOLDS: dict[str, Proposition] = {part.name: part for part in _PARTS}
"""The propositions on levers and thresholds, by name."""
