"""What is proved by machine of two regions that exchange people.

The distance of the regions is ``p - q``. Let ``-a`` and ``-b`` be the derivatives of each region's own change, without
exchange, by its share. Then a rest attracts if trace and determinant have the signs of the hypotheses; ``v`` and ``w``
are how fast its shares move when exchange grows.
"""

from __future__ import annotations

import sympy as sp

from ecolib.paper.construction.drive import letters
from ecolib.proofs import Proposition

__all__ = ["EXCHANGE", "EXCHANGE_ALWAYS_SHORTENS"]

p, q, m, nu, beta = letters.p, letters.q, letters.m, letters.nu, letters.beta
sigma, sigma_A, sigma_B, level = letters.sigma, letters.sigma_A, letters.sigma_B, letters.level
_in_A, _in_B = letters.REGIONS.field
_neutral = {sigma_A: 0, sigma_B: 0}
_alike = {sigma_A: sigma, sigma_B: sigma}

_mean, _apart = (p + q) / 2, p - q
_h = _mean * (1 - _mean)
_spread_rate = 2 * _apart * (_in_A - _in_B).subs(_neutral)
_h_rate = (1 - 2 * _mean) * (_in_A + _in_B).subs(_neutral) / 2

_P, _Q, _m = sp.symbols("P Q M", real=True)
_other = {p: _P, q: _Q, m: _m}
_gap_rate, _sum_rate = ((_in_A + sign * _in_B).subs(_alike) for sign in (-1, 1))
_gap_other, _sum_other = (rate.subs(_other, simultaneous=True) for rate in (_gap_rate, _sum_rate))

_a, _b, _v, _w, _d, _e, _X = sp.symbols("a b v w d e X", real=True)
_mirror = {sigma_A: sigma, sigma_B: -sigma, beta: nu, p: (1 + _d) / 2, q: (1 - _d) / 2}
_mirror_rest = sp.Eq(_in_A.subs(_mirror, simultaneous=True), 0)
_mirror_more = _mirror_rest.subs({m: _m, _d: _e}, simultaneous=True)

_PARTS = (
    Proposition(
        name="relative_distance_falls",
        statement="Without selection the relative distance falls at least at the rate 4 m + nu + beta.",
        hypotheses={"nu >= 0": nu >= 0, "beta >= 0": beta >= 0},
        where=(p >= 0, p <= 1, q >= 0, q <= 1),
        claim=_spread_rate * _h - _apart**2 * _h_rate <= -(4 * m + nu + beta) * _apart**2 * _h,
    ),
    Proposition(
        name="more_exchange_less_gap",
        statement="Under equal selection: of two gaps of one size, the one under more exchange grows less.",
        hypotheses={"more exchange": _m >= m, "gap": p >= q, "sigma >= 0": sigma >= 0, "sum no less": p + q <= _P + _Q},
        where=(sp.Eq(_P - _Q, p - q),),
        claim=_gap_other <= _gap_rate,
    ),
    Proposition(
        name="less_gap_more_sum",
        statement="Under equal selection: of two pairs of one sum, the one with the smaller gap gains more.",
        hypotheses={"sigma >= 0": sigma >= 0, "gap": _P >= _Q, "smaller gap": p - q >= _P - _Q},
        where=(sp.Eq(_P + _Q, p + q),),
        claim=_sum_other >= _sum_rate,
    ),
    Proposition(
        name="answers_contract",
        statement="In log-odds a region answers a change in the other by less than that change, unless its answer is "
        "the other's share and nothing is miscopied.",
        hypotheses={
            "m > 0": m > 0,
            "nu >= 0": nu >= 0,
            "beta >= 0": beta >= 0,
            "miscopied or apart": sp.Or(nu + beta > 0, sp.Ne(_X * (1 - q), q)),
        },
        where=(_X > 0, q > 0, q < 1),
        claim=m * q * (1 - q) * (2 * _X + _X**2 + 1) < (nu + m * (1 - q)) * _X**2 + beta + m * q,
    ),
    Proposition(
        name="rest_distance_falls",
        statement="At a rest that attracts, more exchange means less distance.",
        hypotheses={
            "apart": p > q,
            "attracts: trace": _a + _b + 2 * m > 0,
            "attracts: determinant": _a * _b + m * (_a + _b) > 0,
        },
        where=(sp.Eq((_a + m) * _v - m * _w, q - p), sp.Eq((_b + m) * _w - m * _v, p - q)),
        claim=_v - _w < 0,
    ),
    Proposition(
        name="lost_stays_lost",
        statement="A gene that is lost in both regions stays lost under more exchange.",
        hypotheses={
            "attracts: trace": _a + _b + 2 * m >= 0,
            "attracts: determinant": _a * _b + m * (_a + _b) >= 0,
            "more exchange": _m >= m,
        },
        where=(),
        claim=_a * _b + _m * (_a + _b) >= 0,
    ),
    Proposition(
        name="mirror_distance",
        statement="Under equal and opposite selection the distance is at most a level exactly from one exchange on.",
        hypotheses={"sigma > 0": sigma > 0, "d > 0": _d > 0, "level > 0": level > 0},
        where=(_mirror_rest, level < 1, m + nu >= 0),
        claim=sp.Equivalent(_d <= level, 4 * level * (m + nu) >= sigma * (1 - level**2)),
    ),
    Proposition(
        name="local_gene_spreads",
        statement="A gene favoured in A and not in B spreads from rarity exactly while exchange is below its limit.",
        hypotheses={"not in B": sigma_B < 0, "m > 0": m > 0},
        where=(),
        claim=sp.Equivalent(
            sp.Or(sigma_A + sigma_B - 2 * m > 0, sigma_A * sigma_B - m * (sigma_A + sigma_B) < 0),
            m * (-sigma_B - sigma_A) < -sigma_A * sigma_B,
        ),
    ),
)

EXCHANGE: dict[str, Proposition] = {part.name: part for part in _PARTS}
"""The propositions of exchange, by name."""

EXCHANGE_ALWAYS_SHORTENS = Proposition(
    name="exchange_always_shortens",
    statement="At every moment the distance of two regions shrinks once they exchange people.",
    hypotheses={"m > 0": m > 0, "p > q": p > q},
    where=(q >= 0, p <= 1, nu >= 0, beta >= 0),
    claim=_in_A - _in_B < 0,
)
"""What the paper's sentence says without conditions, and what is false: selection may pull harder than exchange."""
