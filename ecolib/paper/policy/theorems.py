"""What is proved of the five levers: thresholds, balance, joint activity, erosion, and who is helped.

Thresholds are in :mod:`ecolib.paper.policy.threshold_theorems`; the rest is here, for two units. Where only their
coefficients matter these are letters: ``a`` of the leader, ``b`` of the follower, with ``D = 1 - a b``.
"""

from __future__ import annotations

import sympy as sp

from ecolib.paper.evolution import letters as closure
from ecolib.paper.policy import letters
from ecolib.paper.policy.threshold_theorems import THRESHOLDS
from ecolib.proofs import Proposition, as_reals

__all__ = ["HELPS_EVERYBODY", "POLICY"]

s, c, omega, phi, pull, epsilon, image, V, eta = (
    as_reals(getattr(letters, name)) for name in ("s", "c", "omega", "phi", "pull", "epsilon", "image", "V", "eta")
)
_z, _z_new, _delta, _delta_new, _eta_new = sp.symbols("z z_new delta delta_new eta_new", real=True)
_erosion, _diffusion, _a, _b = sp.symbols("erosion diffusion a b", real=True)


def _two(formula: sp.Expr) -> sp.Expr:
    return as_reals(sp.expand(formula.subs(closure.n, 2)))


_named = {closure.a_1: _a, closure.a_i: _b}
_joint, _gain, _balance = (_two(f).xreplace(_named) for f in (closure.joint, closure.gain_1, closure.balance))
_D = 1 - _a * _b
_J_a, _J_b = (sp.expand(sp.cancel(sp.together(_joint.diff(x)) * _D**3)) for x in (_a, _b))
_g_a, _g_b = (sp.expand(sp.cancel(sp.together(_gain.diff(x)) * _D**2)) for x in (_a, _b))
_follows = _two(closure.gain_i).xreplace(_named)
_f_a, _f_b = (sp.expand(sp.cancel(sp.together(_follows.diff(x)) * _D**2)) for x in (_a, _b))
_far = _two(letters.gain_i).subs(pull, 0).diff(phi).subs(phi, 0)
_far_slope = sp.expand(sp.cancel(sp.together(_far) * (1 - c**2) ** 2))
_log = sp.log(_joint)
_J_ab = sp.expand(sp.cancel(sp.together(_log.diff(_a, _b) + _log.diff(_b, 2)) * _D**2 * (1 + _b) ** 2))
_live = {"a > -1": _a > -1, "b > -1": _b > -1}
_leader, _follower = _two(letters.leader), _two(letters.follower)


def _inflow(z: sp.Symbol, inflow: sp.Symbol, delta: sp.Symbol) -> sp.Eq:
    """Erosion z that holds heterogeneity at V against the inflow, denominators multiplied out."""
    held = (1 - image) * inflow / _erosion + image * inflow / (_erosion + _diffusion)
    whole = sp.numer(sp.together(V - held))
    return sp.Eq(sp.expand(whole.subs({_erosion: z, _diffusion: delta}, simultaneous=True)), 0)


_PARTS = (
    Proposition(
        name="balance_sooner",
        statement="Where gains are at the border of balance, less friction and more return flow tip them into it.",
        hypotheses={"a > 0": _a > 0, "b > 0": _b > 0, "epsilon > 0": epsilon > 0},
        claim=sp.And(_balance.diff(_a) + _balance.diff(_b) > 0, _balance.diff(_b) > 0),
    ),
    Proposition(
        name="alliance_evens",
        statement="There, a larger share for the follower at the cost of the leader does so, whatever gets through.",
        hypotheses={"a > 0": _a > 0, "b > 0": _b > 0, "omega >= 0": omega >= 0},
        where=(sp.Eq(_balance, 0),),
        claim=omega * _balance.diff(_b) - _balance.diff(_a) > 0,
    ),
    Proposition(
        name="alliance_ratio_rises",
        statement="Once the follower gains, its coefficient rises with compatibility relative to the leader's.",
        hypotheses={
            "s > 0": s > 0,
            "c >= 0": c >= 0,
            "omega <= 1": omega <= 1,
            "phi > 0": phi > 0,
            "phi <= 1": phi <= 1,
            "pull >= 0": pull >= 0,
            "pull < 1": pull < 1,
            "a_2 > 0": _follower > 0,
        },
        claim=_follower.diff(phi) * _leader > _leader.diff(phi) * _follower,
    ),
    Proposition(
        name="friction_and_joint_activity",
        statement="Less friction raises joint activity at every heterogeneity.",
        hypotheses=_live,
        claim=_J_a + _J_b > 0,
    ),
    Proposition(
        name="border_and_joint_activity",
        statement="A return flow that is more open raises joint activity exactly if the leader has more than half.",
        hypotheses={"a > -1": _a > -1},
        claim=sp.Equivalent(_J_b > 0, 2 * (1 + _a) > _D),
    ),
    Proposition(
        name="pulled_leader_keeps_half",
        statement="The leader always has more than half of what it has alone, whatever the alliance.",
        hypotheses={
            "s > 0": s > 0,
            "c < 1": c < 1,
            "omega >= 0": omega >= 0,
            "omega <= 1": omega <= 1,
            "phi > 0": phi > 0,
            "phi <= 1": phi <= 1,
            "pull >= 0": pull >= 0,
            "pull <= 1": pull <= 1,
        },
        claim=2 * (1 + _leader) > 1 - _leader * _follower,
    ),
    Proposition(
        name="alliance_and_joint_activity",
        statement="With a fully open return flow, equal shares raise joint activity wherever the leader has the edge.",
        hypotheses={"a > b": _a > _b, "b > -1": _b > -1},
        claim=_J_b > _J_a,
    ),
    Proposition(
        name="platform_erodes",
        statement="Faster diffusion of image parameters lowers the erosion that holds a heterogeneity.",
        hypotheses={"delta_new > delta": _delta_new > _delta, "delta >= 0": _delta >= 0, "image > 0": image > 0}
        | {"eta > 0": eta > 0, "image <= 1": image <= 1},
        where=(_z > 0, _z_new > 0, _inflow(_z, eta, _delta), _inflow(_z_new, eta, _delta_new)),
        claim=_z_new < _z,
    ),
    Proposition(
        name="absorption_erodes",
        statement="So does a smaller inflow.",
        hypotheses={"eta_new < eta": _eta_new < eta, "delta >= 0": _delta >= 0}
        | {"V > 0": V > 0, "image <= 1": image <= 1},
        where=(_z > 0, _z_new > 0, _inflow(_z, eta, _delta), _inflow(_z_new, _eta_new, _delta)),
        claim=_z_new < _z,
    ),
    Proposition(
        name="joint_activity_complements",
        statement="Friction and return flow are complements on ln J where the follower does not lose.",
        hypotheses={"b >= 0": _b >= 0},
        claim=_J_ab > 0,
    ),
    Proposition(
        name="border_and_leader",
        statement="A return flow that is more open raises the leader's gain exactly if the leader gains.",
        hypotheses={"a > -1": _a > -1},
        claim=sp.And(sp.Equivalent(_g_b > 0, _a > 0), sp.Equivalent(_g_b < 0, _a < 0)),
    ),
    Proposition(
        name="friction_and_leader",
        statement="Less friction raises the leader's gain while the follower keeps a quarter of its own footing.",
        hypotheses={"4 (1 + b) > 1": 4 * (1 + _b) > 1},
        claim=_g_a + _g_b > 0,
    ),
    Proposition(
        name="friction_and_follower",
        statement="At given heterogeneity less friction always raises the follower's gain.",
        hypotheses={"a >= b": _a >= _b, "b > -1": _b > -1},
        claim=_f_a + _f_b > 0,
    ),
    Proposition(
        name="far_follower",
        statement="Where nearly nothing is in common, compatibility raises the follower's gain exactly if s + c < 1.",
        hypotheses={"c > 0": c > 0, "c < 1": c < 1},
        claim=sp.Equivalent(_far_slope > 0, s + c < 1),
    ),
)

POLICY: dict[str, Proposition] = THRESHOLDS | {part.name: part for part in _PARTS}
"""All propositions on the levers, by name."""

HELPS_EVERYBODY = Proposition(
    name="helps_everybody",
    statement="Less friction raises the gain of every unit.",
    hypotheses={"s > 0": s > 0, "s < 2": s < 2, "c > 0": c > 0, "c < 1": c < 1, "phi > 0": phi > 0, "phi < 1": phi < 1}
    | {"omega > 0": omega > 0, "omega <= 1": omega <= 1, "pull = 0": sp.Eq(pull, 0)},
    where=(sp.Eq(_a, _leader), sp.Eq(_b, _follower)),
    claim=_g_a + _g_b > 0,
)
"""A tempting sentence that is false: in deep inhibition a rival recovers. The solvers refute it."""
