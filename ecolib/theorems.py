"""What is proved of the symbiosis equations themselves.

Statements are written in saturations, so that growth rates and capacities drop out: ``u_1 = 1 + a u_2`` and
``u_2 = 1 + b u_1`` define coexistence of two units with coefficients ``a = alpha_12`` and ``b = alpha_21``.
"""

from __future__ import annotations

import sympy as sp

from ecolib.doors import check_kind
from ecolib.equilibria import equilibria
from ecolib.model import Symbiosis
from ecolib.proofs import Proposition, as_reals

__all__ = ["DIRECT_IS_NOT_NET", "SYMBIOSIS", "coexistence_of"]


def coexistence_of(model: Symbiosis) -> tuple[tuple[sp.Symbol, ...], tuple[sp.Eq, ...]]:
    """Letters for the saturations where all units live together, and the equations that define them.

    Raises:
        TypeError: when an argument is of another kind.

    Example:
        >>> coexistence_of(Symbiosis.of(units=2))[1][0]
        Eq(u_1, alpha_12*u_2 + 1)
    """
    check_kind("model", model, Symbiosis)
    u = sp.symbols(f"u_1:{model.units + 1}", real=True)
    alpha = as_reals(model.alpha)
    effects = (sum(alpha[i, j] * u[j] for j in range(model.units)) for i in range(model.units))
    return u, tuple(sp.Eq(u[i], 1 + effect) for i, effect in enumerate(effects))


_two, _three = Symbiosis.of(units=2), Symbiosis.of(units=3)
_u, _defined = coexistence_of(_two)
_v, _defined_three = coexistence_of(_three)
_a, _b = as_reals(_two.alpha)[0, 1], as_reals(_two.alpha)[1, 0]
_D = as_reals(equilibria(_two)[-1].denominator)
_r = sp.symbols("r_1:3", real=True)
_positive_rates = {"r_1 > 0": _r[0] > 0, "r_2 > 0": _r[1] > 0}
_trace = -_r[0] * _u[0] - _r[1] * _u[1]
_determinant = _r[0] * _r[1] * _u[0] * _u[1] * _D
_lives = {"u_1 > 0": _u[0] > 0, "u_2 > 0": _u[1] > 0}
_stable = {"D > 0": _D > 0}
_alpha = as_reals(_three.alpha)
_off_diagonal = [(i, j) for i in range(3) for j in range(3) if i != j]

SYMBIOSIS: dict[str, Proposition] = {
    proposition.name: proposition
    for proposition in (
        Proposition(
            name="two_unit_stability",
            statement="Two units coexist stably if and only if D > 0, 1 + a > 0 and 1 + b > 0.",
            hypotheses=_positive_rates,
            where=(*_defined, sp.Ne(_D, 0)),
            claim=sp.Equivalent(
                sp.And(_u[0] > 0, _u[1] > 0, _trace < 0, _determinant > 0), sp.And(_D > 0, 1 + _a > 0, 1 + _b > 0)
            ),
        ),
        Proposition(
            name="sign_lemma",
            statement="Where two units live together, each gains or loses with the sign of its own coefficient.",
            hypotheses=_lives,
            where=_defined,
            claim=sp.And(
                *(sp.Equivalent(u > 1, own > 0) for u, own in zip(_u, (_a, _b), strict=True)),
                *(sp.Equivalent(u < 1, own < 0) for u, own in zip(_u, (_a, _b), strict=True)),
            ),
        ),
        Proposition(
            name="gain_order",
            statement="Where two units coexist stably, the unit with the larger coefficient gains more.",
            hypotheses=_stable,
            where=_defined,
            claim=sp.Equivalent(_u[0] > _u[1], _a > _b),
        ),
        Proposition(
            name="priority_effect",
            statement="When each unit harms the other more than itself, coexistence exists but is a saddle.",
            hypotheses={"a < -1": _a < -1, "b < -1": _b < -1} | _positive_rates,
            where=_defined,
            claim=sp.And(_u[0] > 0, _u[1] > 0, _determinant < 0),
        ),
        Proposition(
            name="runaway",
            statement="When both units benefit and the product of their coefficients reaches 1, no point holds them.",
            hypotheses={"a > 0": _a > 0, "a b >= 1": _a * _b >= 1},
            where=_defined,
            claim=sp.Or(_u[0] <= 0, _u[1] <= 0),
        ),
        Proposition(
            name="runaway_grows",
            statement="There a weighted sum of the logarithms of both outputs grows at least at the rate 1 + b.",
            hypotheses={"u_2 >= 0": _u[1] >= 0, "a b >= 1": _a * _b >= 1},
            claim=_b * (1 - _u[0] + _a * _u[1]) + (1 - _u[1] + _b * _u[0]) >= 1 + _b,
        ),
        Proposition(
            name="nonnegative_three",
            statement="Three units that do no harm and live together: the leading principal minors are positive.",
            hypotheses={f"alpha_{i + 1}{j + 1} >= 0": _alpha[i, j] >= 0 for i, j in _off_diagonal}
            | {f"u_{i + 1} > 0": _v[i] > 0 for i in (1, 2)},
            where=_defined_three,
            claim=sp.And(1 - _alpha[0, 1] * _alpha[1, 0] > 0, as_reals(equilibria(_three)[-1].denominator) > 0),
        ),
    )
}
"""The propositions of the core, by name."""

DIRECT_IS_NOT_NET = Proposition(
    name="direct_is_not_net",
    statement="Among three units that live together, one whose own coefficients add up to a benefit gains.",
    hypotheses={f"u_{i + 1} > 0": _v[i] > 0 for i in range(3)}
    | {"no cycles": sp.And(sp.Eq(_alpha[1, 0], 0), sp.Eq(_alpha[2, 0], 0), sp.Eq(_alpha[1, 2], 0))},
    where=_defined_three,
    claim=sp.Implies(_alpha[0, 1] + _alpha[0, 2] > 0, _v[0] > 1),
)
"""What the sign lemma would say of three units, and what is false: direct effects are not net effects."""
