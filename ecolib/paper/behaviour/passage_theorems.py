"""What is proved by machine of barriers, of imitation and its twin, and of the chain master's control.

Payoffs are compared with that of linear innovation: integration earns ``gain_I`` more, openness ``gain_lone`` more
where no other firm is open, and ``company`` on top of it where all are.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from ecolib.paper.behaviour import letters
from ecolib.paper.behaviour.imitation import replicator
from ecolib.paper.behaviour.twins import twin
from ecolib.paper.evolution import letters as evolution
from ecolib.paper.evolution.vocabulary import assume, formula, phi
from ecolib.proofs import Proposition, as_reals

__all__ = ["PASSAGE"]

e, h, tau, a, U = letters.e, letters.h, letters.tau, letters.a, letters.U
beta_I, kappa_I = letters.beta_I, letters.kappa_I
_LI, _h_new, _reach_max = sp.symbols("e_LI h_new e_max", real=True)
_needed, _needed_new = sp.symbols("tau_I tau_new", real=True)


def _defined(letter: sp.Symbol, whole: sp.Expr, given: dict[sp.Symbol, Any]) -> sp.Eq:
    """The equation that defines a letter, its denominator multiplied out."""
    top, bottom = sp.fraction(whole.subs(given, simultaneous=True))
    return sp.Eq(letter * bottom, top)


_threshold = sp.Eq(letters.lead_I.subs(e, _LI), 0)
_blocked, _slowed = _defined(e, letters.reach_blocked, {}), _defined(e, letters.reach_slowed, {})
_integration = {"beta_I > 0": beta_I > 0, "kappa_I > 0": kappa_I > 0, "tau >= 0": tau >= 0}
_order = letters.order.subs(letters.q, 2)
_order_at_limit = _order.subs(
    {beta_I: beta_I * _reach_max, letters.beta_O: letters.beta_O * _reach_max**2}, simultaneous=True
)

_BARRIERS = (
    Proposition(
        name="barriers_keep_order",
        statement="Barriers that hold the reach below a limit scale returns, but do not change the order of paradigms.",
        hypotheses={"e_max > 0": _reach_max > 0},
        claim=sp.And(sp.Equivalent(_order_at_limit > 0, _order > 0), sp.Equivalent(_order_at_limit < 0, _order < 0)),
    ),
    Proposition(
        name="barrier_blocks",
        statement="At or above the barrier 1 - e_LI no transfer makes integrated innovation pay.",
        hypotheses=_integration | {"h >= 1 - e_LI": h >= 1 - _LI},
        where=(_threshold, _blocked),
        claim=letters.lead_I < 0,
    ),
    Proposition(
        name="transfer_integrates",
        statement="Below that barrier integrated innovation pays exactly if transfer exceeds tau_I.",
        hypotheses={"beta_I > 0": beta_I > 0, "tau >= 0": tau >= 0, "h < 1 - e_LI": h < 1 - _LI},
        where=(_threshold, _blocked, _defined(_needed, letters.transfer_blocked, {e: _LI})),
        claim=sp.Equivalent(letters.lead_I > 0, tau > _needed),
    ),
    Proposition(
        name="barriers_cost_transfer",
        statement="A higher barrier asks for more transfer before integrated innovation pays.",
        hypotheses={"e_LI > 0": _LI > 0, "h_new > h": _h_new > h, "h_new < 1 - e_LI": _h_new < 1 - _LI},
        where=(
            _defined(_needed, letters.transfer_blocked, {e: _LI}),
            _defined(_needed_new, letters.transfer_blocked, {e: _LI, h: _h_new}),
        ),
        claim=_needed_new > _needed,
    ),
    Proposition(
        name="slow_barriers_yield",
        statement="Barriers that slow links without stopping them are made up for by a finite intensity of transfer.",
        hypotheses={"beta_I > 0": beta_I > 0, "tau >= 0": tau >= 0, "h < 1": h < 1, "e_LI < 1": _LI < 1},
        where=(_threshold, _slowed, _defined(_needed, letters.transfer_slowed, {e: _LI})),
        claim=sp.Equivalent(letters.lead_I > 0, tau > _needed),
    ),
)

_gain_I, _lone, _company, _mass, _best = sp.symbols("gain_I gain_lone company z_c best", real=True)
_game = sp.Matrix([[0] * 3, [_gain_I] * 3, [_lone, _lone, _lone + _company]])
_system = replicator(_game, names=("L", "I", "O"))
(_L, _I, _O), (_L_rate, _I_rate, _O_rate) = _system.x, (sp.expand(rate) for rate in _system.field)
_shares = {"z_L >= 0": _L >= 0, "z_I >= 0": _I >= 0, "z_O > 0": _O > 0, "z_O < 1": _O < 1}
_add_up = sp.Eq(_L + _I + _O, 1)
_better = (_best >= _gain_I, _best >= 0, sp.Or(sp.Eq(_best, _gain_I), sp.Eq(_best, 0)))
_critical = sp.Eq(_company * _mass, _best - _lone)
_general = sp.Matrix(3, 3, sp.symbols("P_1:4(1:4)", real=True))
_twin, _equation = twin(_general), replicator(_general)
_pace = sp.Symbol("pace", real=True)  # mean payoff and rate of trying: 3 z (pace - payoff) = nu where a share rests
_ratios, _z = _twin.system.x, _equation.x


def _fits(k: int) -> Any:
    """Whether the twin with this reference is a symbiosis: all others grow when rare and limit themselves."""
    other = twin(_game, reference=k)
    return sp.And(*(sp.And(r > 0, other.A[i, i] < 0) for i, r in enumerate(other.r)))


_IMITATION = (
    Proposition(
        name="twin_has_the_orbits",
        statement="Ratios of shares move along the Lotka-Volterra field, at the speed of the reference's share.",
        hypotheses={"shares add up to 1": sp.Eq(sum(_z), 1)},
        where=tuple(sp.Eq(_ratios[k] * _z[0], _z[k + 1]) for k in range(2)),
        claim=sp.And(
            *(
                sp.Eq(
                    sp.expand(_equation.field[k + 1] * _z[0] - _z[k + 1] * _equation.field[0]),
                    sp.expand(_z[0] ** 3 * _twin.system.field[k]),
                )
                for k in range(2)
            )
        ),
    ),
    Proposition(
        name="trying_follows_payoffs",
        statement="At rest among firms that also try paradigms at random, what earns more has the larger share.",
        hypotheses={"nu > 0": letters.nu > 0, "z_I > 0": _I > 0, "z_O > 0": _O > 0},
        where=(sp.Eq(3 * _I * (_pace - _gain_I), letters.nu), sp.Eq(3 * _O * (_pace - _lone), letters.nu)),
        claim=sp.Equivalent(_gain_I > _lone, _I > _O),
    ),
    Proposition(
        name="no_symbiosis_without_crowding",
        statement="Where company never harms open firms, no twin of the paradigms is a symbiosis.",
        hypotheses={"company >= 0": _company >= 0},
        claim=sp.And(*(sp.Not(_fits(k)) for k in range(3))),
    ),
    Proposition(
        name="two_attractors",
        statement="A critical mass lies between 0 and 1 exactly if the first open firms fail and all together succeed.",
        hypotheses={"company > 0": _company > 0},
        where=(*_better, _critical),
        claim=sp.Equivalent(sp.And(_mass > 0, _mass < 1), sp.And(_lone < _best, _lone + _company > _best)),
    ),
    Proposition(
        name="critical_mass_suffices",
        statement="Above the critical mass the share of open firms rises, whatever the mix of the others.",
        hypotheses=_shares | {"company > 0": _company > 0, "z_O > z_c": _mass < _O},
        where=(*_better, _critical, _add_up),
        claim=_O_rate > 0,
    ),
)

_n, _u, _u_new, _U_new, _share, _share_new = sp.symbols("n u u_new U_new share share_new", real=True)
_n_0, _broker = as_reals(letters.n_0), sp.Symbol("broker", real=True)
_leader, _follower = formula(evolution.leader, None), formula(evolution.follower, None)  # each times n
_x, _y, _dx, _dy = sp.symbols("a_1 a_i da_1 da_i", real=True)

_CONTROL = (
    Proposition(
        name="lateral_links_cut_the_share",
        statement="Of a master linked with all, what raises the sum of saturations cuts its share and raises its gain.",
        hypotheses={"a > 0": a > 0, "n > 1": _n > 1, "U > n": _n < U, "U_new > U": _U_new > U},
        where=(
            *(sp.Eq(u, 1 + a * (total - u)) for u, total in ((_u, U), (_u_new, _U_new))),
            sp.Eq(_share * (U - _n), _u - 1),
            sp.Eq(_share_new * (_U_new - _n), _u_new - 1),
        ),
        claim=sp.And(_share_new < _share, _u_new > _u),
    ),
    Proposition(
        name="brokerage_stays",
        statement="In a tree that grows preferentially the expected brokerage of the master stays above 1 - 1/n_0.",
        hypotheses={"n_0 > 2": _n_0 > 2, "n >= n_0": _n >= _n_0},
        where=(_defined(_broker, sp.together(as_reals(letters.preferential_brokerage)), {}),),
        claim=_broker * _n_0 > _n_0 - 1,
    ),
    Proposition(
        name="coefficient_ratio_rises",
        statement="Along the path of chapter 7, where followers gain, a_i / a_1 rises, for any number of units.",
        hypotheses=assume("s > 0", "c >= 0", "omega <= 1", "phi <= 1", "n >= 2") | {"a_i > 0": _follower > 0},
        claim=_follower.diff(phi) * _leader - _follower * _leader.diff(phi) > 0,
    ),
    Proposition(
        name="leader_share_falls",
        statement="Then the gain ratio rises too, and with it the leader's share of all gains falls.",
        hypotheses={
            "a_i > 0": _y > 0,
            "a_1 >= a_i": _x >= _y,
            "a_i rises": _dy > 0,
            "a_i / a_1 rises": _dy * _x > _y * _dx,
        },
        claim=_dy * _x * (1 + _x) > _dx * _y * (1 + _y),
    ),
)

PASSAGE: dict[str, Proposition] = {part.name: part for part in (*_BARRIERS, *_IMITATION, *_CONTROL)}
"""The propositions on barriers, imitation and control, by name."""
