"""What is proved by machine of innovation genes in one region: Fisher's theorem, mutation load, recombination."""

from __future__ import annotations

import sympy as sp

from ecolib.paper.construction.drive import letters
from ecolib.proofs import Proposition

__all__ = ["GENES", "GOOD_ALWAYS_WINS", "MEAN_NEVER_FALLS"]

p, sigma, nu, beta, level, chi = (
    letters.p, letters.sigma, letters.nu, letters.beta, letters.level, letters.chi,
)  # fmt: skip

_system, _f, _rates = letters.genes(3)
_plain = dict.fromkeys((rate for rate in _rates if rate != 0), 0)
_rise = sum(f * rate.subs(_plain) for f, rate in zip(_f, _system.field, strict=True))
_mean = sum(f * x for f, x in zip(_f, _system.x, strict=True))
_variance = sum(x * (f - _mean) ** 2 for f, x in zip(_f, _system.x, strict=True))
_shares = {f"p_{i} >= 0": x >= 0 for i, x in enumerate(_system.x, start=1)}
_whole = (sp.Eq(sum(_system.x), 1),)

_rest = sp.Eq(letters.change, 0)
_is_share = (p >= 0, p <= 1)
_good = {"sigma > 0": sigma > 0}

_mix, _g, _association = letters.combinations()
_additive = sp.Eq(_g[0] + _g[3], _g[1] + _g[2])
_mix_rise = sum(f * rate for f, rate in zip(_g, _mix.field, strict=True))
_mix_mean = sum(f * x for f, x in zip(_g, _mix.x, strict=True))
_mix_variance = sum(x * (f - _mix_mean) ** 2 for f, x in zip(_g, _mix.x, strict=True))
_mix_whole = (sp.Eq(sum(_mix.x), 1),)

_PARTS = (
    Proposition(
        name="mean_copying_rises",
        statement="Without miscopying the mean copying rate of three genes never falls: it rises at their variance.",
        hypotheses=_shares,
        where=_whole,
        claim=sp.And(sp.Eq(_rise, _variance), _rise >= 0),
    ),
    Proposition(
        name="mean_copying_rises_strictly",
        statement="It rises strictly as long as two genes that are copied at different rates are present.",
        hypotheses={
            "p_1 > 0": _system.x[0] > 0,
            "p_2 > 0": _system.x[1] > 0,
            "p_3 >= 0": _system.x[2] >= 0,
            "f_1, f_2 differ": sp.Ne(_f[0], _f[1]),
        },
        where=_whole,
        claim=_rise > 0,
    ),
    Proposition(
        name="good_gene_holds",
        statement="At rest the good gene holds more than a given share exactly if miscopying stays below its limit.",
        hypotheses={"beta > 0": beta > 0, "level > 0": level > 0},
        where=(_rest, *_is_share, sigma >= 0, level < 1),
        claim=sp.Equivalent(p > level, nu * level < (1 - level) * (sigma * level + beta)),
    ),
    Proposition(
        name="error_threshold",
        statement="A good gene that miscopying never restores survives exactly if its advantage exceeds its loss.",
        hypotheses={"nu > 0": nu > 0, "no newcomer grows": sp.Implies(sp.Eq(p, 0), sigma - nu <= 0)},
        where=(sp.Eq(letters.change.subs(beta, 0), 0), p >= 0, p <= 1),
        claim=sp.Equivalent(p > 0, nu < sigma),
    ),
    Proposition(
        name="load_at_most_loss",
        statement="What the mean copying rate at rest lacks from the best is at most the rate of loss.",
        hypotheses={"p > 0": p > 0, "beta >= 0": beta >= 0},
        where=(_rest, p <= 1),
        claim=sigma * (1 - p) <= nu,
    ),
    Proposition(
        name="recombination_keeps_fisher",
        statement="Where two genes do not interact, the mean copying rate never falls under recombination either.",
        hypotheses={f"{x} >= 0": x >= 0 for x in _mix.x} | {"no interaction": _additive},
        where=_mix_whole,
        claim=_mix_rise >= 0,
    ),
    Proposition(
        name="recombination_costs",
        statement="The mean copying rate falls exactly if what recombination breaks up exceeds the variance.",
        hypotheses={},
        where=_mix_whole,
        claim=sp.Equivalent(_mix_rise < 0, chi * (_g[0] - _g[1] - _g[2] + _g[3]) * _association > _mix_variance),
    ),
)

GENES: dict[str, Proposition] = {part.name: part for part in _PARTS}
"""The propositions of innovation genes, by name."""

MEAN_NEVER_FALLS = Proposition(
    name="mean_never_falls",
    statement="The mean copying rate never falls, miscopying or not.",
    hypotheses={"sigma > 0": sigma > 0, "nu >= 0": nu >= 0, "beta >= 0": beta >= 0},
    where=_is_share,
    claim=sigma * letters.change >= 0,
)
"""What the paper's sentence suggests and what is false: miscopying lowers the mean where good genes are frequent."""

GOOD_ALWAYS_WINS = Proposition(
    name="good_always_wins",
    statement="At rest the gene that is copied faster has the larger share.",
    hypotheses=_good | {"nu > 0": nu > 0, "beta > 0": beta > 0},
    where=(_rest, *_is_share),
    claim=p > sp.Rational(1, 2),
)
"""False as well: a good gene that is often miscopied is a rare one."""
