r"""The letters of policy, and the formulas of section 3.2 that policies move. Every formula is typed here once.

Three things are added to the closure and its feedback, each of which changes nothing at its neutral value.

- **Alliances** agree on shares. They pull the leader's share towards the equal part :math:`1/n`: in the shares of the
  closure :math:`\phi` is replaced by :math:`\psi = \phi + \kappa (1 - \phi)`, so that they still add up to 1.
- **Platforms** align. Heterogeneity has a part :math:`V_q` in quality and a part :math:`V_p` in image parameters, each
  with its weight in it. Joint activity erodes both; image parameters also diffuse, at the rate :math:`\delta = 2 k
  \lambda_2`, where :math:`\lambda_2` is the algebraic connectivity of two regions of :math:`m` firms each, every two
  firms of one region linked, and a share :math:`\rho` of the firms linked to a partner in the other region.
- **At rest**, erosion :math:`\lambda \tau J` balances inflow at a heterogeneity :math:`V` when it has the value
  :math:`z(V)`, the root of :math:`V = (1 - \iota) \eta / z + \iota \eta / (z + \delta)`. The **intensity needed** to
  rest there is :math:`z(V) / (\lambda J(V))`; without diffusion it is :math:`\eta / (\lambda J V)`.

Letters, one line each (the table of the chapter is tested against these lines):

- ``pull``: how far alliances pull the leader's share towards the equal part, dimensionless, ``0 <= pull <= 1``
- ``image``: part of the inflow that is in image parameters, dimensionless, ``0 <= image <= 1``
- ``pace``: rate at which partners adjust image parameters along a link, per unit of time, ``pace >= 0``
- ``firms``: number of firms in each region, dimensionless, ``firms >= 2``
- ``linked``: share of the firms that have a partner in the other region, dimensionless, ``0 <= linked <= 1``
- ``V_q``: heterogeneity in quality parameters, weight included, dimensionless, ``V_q >= 0``
- ``V_p``: heterogeneity in image parameters, weight included, dimensionless, ``V_p >= 0``
- ``dose``: how far a lever is pulled, dimensionless, ``0 <= dose <= 1``
- ``cut``: part of an obstacle that a full dose removes, dimensionless, ``0 < cut < 1``
"""

from __future__ import annotations

import sympy as sp

from ecolib.paper.evolution import letters as closure
from ecolib.paper.evolution.letters import V, c, epsilon, eta, learning, n, omega, phi, s, tau

__all__ = [
    "V", "V_p", "V_q", "alignment", "balance", "c", "coefficients", "connectivity", "delta",
    "epsilon", "erosion", "eta", "evenness", "firms", "follower", "gain_1", "gain_i", "image",
    "joint", "leader", "learning", "linked", "n", "needed", "omega", "pace", "phi",
    "phi_0", "phi_c", "pull", "rate", "ratio", "room", "s", "settled", "t",
    "tau", "timetable", "turn",
]  # fmt: skip

pull, image, pace, firms, linked = sp.symbols("pull image pace firms linked", real=True)
V_q, V_p = sp.symbols("V_q V_p", positive=True)
t = sp.Symbol("t", real=True)

evenness = phi + pull * (1 - phi)
"""What stands for compatibility in the shares: 1 when alliances share equally whatever the units' differences."""

_pulled = {closure.phi: evenness}
leader = closure.coefficient.subs({closure.openness: 1, closure.share: closure.leader_share.subs(_pulled)})
"""Coefficient a_1 of the leader."""

follower = closure.coefficient.subs({closure.openness: omega, closure.share: closure.follower_share.subs(_pulled)})
"""Coefficient a_i of each follower."""

coefficients = {closure.a_1: leader, closure.a_i: follower}
"""What the coefficients stand for in formulas of a leader and equal followers."""

ratio = n * c / (omega * s)
"""Friction over reciprocated synergy per unit: with the pull, all that the followers' threshold depends on."""

_sum = s * (1 + (1 - pull) * (n - 1)) / n + c
phi_0 = 2 * c / (_sum + sp.sqrt(_sum**2 - 4 * s * c * (1 - pull) * (n - 1) / n))
"""Compatibility from which the leader gains: the root of ``leader`` in (0, 1)."""

_flow = omega * s / n
phi_c = 2 * c / (c + pull * _flow + sp.sqrt((c + pull * _flow) ** 2 + 4 * (1 - pull) * _flow * c))
"""Compatibility from which the followers gain: the root of ``follower`` in (0, 1]; 1 without a return flow."""

balance = closure.balance.xreplace(coefficients)
"""Not negative, where the leader gains, exactly when the relation is balanced within epsilon."""

gain_1, gain_i, room, joint = (
    formula.xreplace(coefficients) for formula in (closure.gain_1, closure.gain_i, closure.room, closure.joint)
)
"""Gains of the leader and a follower, the room for coexistence, and joint activity."""

connectivity = 4 * firms * linked / (firms + 2 + sp.sqrt((firms + 2) ** 2 - 8 * firms * linked))
"""Algebraic connectivity of the two regions."""

alignment = 2 * pace * connectivity
"""Rate at which differences of image parameters between the regions fall by themselves, per unit of time."""

delta = sp.Symbol("delta", nonnegative=True)
"""The same, as a letter."""

_rest = V * delta - eta
_double = sp.sqrt(_rest**2 + 4 * V * eta * (1 - image) * delta)
erosion = sp.Piecewise(
    ((_double - _rest) / (2 * V), _rest <= 0), (2 * (1 - image) * eta * delta / (_double + _rest), True)
)
"""Erosion that holds heterogeneity at V against the inflow, per unit of time."""

needed = erosion.subs(delta, alignment) / (learning * joint.subs(phi, closure.compatibility))
"""Intensity of transfer at which the feedback rests at V."""

_now = learning * tau * joint
settled = (1 - image) * eta / _now + image * eta / (_now + alignment)
"""Heterogeneity at which inflow is balanced when joint activity has the value that it has at a compatibility."""

rate = learning * tau
"""Rate of erosion while joint activity is what it is alone, 1."""


def _decay(start: sp.Expr, inflow: sp.Expr, falling: sp.Expr) -> sp.Expr:
    return inflow / falling + (start - inflow / falling) * sp.exp(-falling * t)


_quality, _image = rate * V_q - (1 - image) * eta, (rate + alignment) * V_p - image * eta
turn = sp.log(-_image / _quality) / alignment
"""When the timetable turns, if ever: its slope is ``-quality exp(-rate t) - image exp(-(rate + alignment) t)``."""

timetable = _decay(V_q, (1 - image) * eta, rate) + _decay(V_p, image * eta, rate + alignment)
"""Heterogeneity at a time, by the timetable in which joint activity stays 1."""
