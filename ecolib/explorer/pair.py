"""Two units, live: what their two coefficients decide.

Regime, mode and stability of two units depend on the signs of five polynomials only, the pattern of **signs**. For
each pattern that occurs `ecolib` is asked once, at a sample of coefficients; the browser computes the signs and looks
the answer up.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.figure import Figure

from ecolib.equilibria import equilibria
from ecolib.explorer.controls import Control
from ecolib.explorer.explorer import Explorer
from ecolib.figures import phase_portrait
from ecolib.figures.phase import EQUILIBRIUM_STYLES
from ecolib.model import Symbiosis
from ecolib.modes import READINGS, Mode, stage_of
from ecolib.regimes import mode, regime
from ecolib.stability import ZERO, Stability, stable
from ecolib.values import Values

__all__ = ["two_units"]

EPSILON = sp.Rational(1, 5)
"""Gains within this fraction of the greatest count as balanced, as in the closure."""

SAMPLES = tuple(sp.Rational(k, 4) for k in (-12, -8, -6, -4, -3, -2, -1, 0, 1, 2, 4, 8, 12))

CONTROLS = (
    Control("a1", "effect of unit 2 on unit 1", "a_1", -2.5, 2.5, 0.05, 0.3),
    Control("a2", "effect of unit 1 on unit 2", "a_2", -2.5, 2.5, 0.05, -0.2),
    Control("r1", "growth rate of unit 1", "r_1", 0.05, 2, 0.05, 0.5, "per year"),
    Control("r2", "growth rate of unit 2", "r_2", 0.05, 2, 0.05, 0.4, "per year"),
    Control("u1", "start of unit 1", "u_1", 0.01, 2, 0.01, 0.2),
    Control("u2", "start of unit 2", "u_2", 0.01, 2, 0.01, 0.6),
)


def two_units() -> Explorer:
    """Phase portrait, mode, regime and equilibria of two units, for coefficients, rates and a start of one's choice.

    Example:
        >>> two_units()
        Explorer(name='two-units', ...)
    """
    model = Symbiosis.of(units=2)
    relative = dict.fromkeys(model.K, sp.S.One)  # in saturations
    effects = (model.alpha[0, 1], model.alpha[1, 0])
    state = (*model.x, *model.r, *effects)
    points = equilibria(model)
    gains = points[-1].gain
    even = sp.Min(*gains) - (1 - EPSILON) * sp.Max(*gains)
    functions = {
        "field": (tuple(rate.xreplace(relative) for rate in model.field), state),
        "growth": (tuple(rate.xreplace(relative) for rate in model.growth), state),
        "jacobian": (model.jacobian.xreplace(relative), state),
        "points": (tuple(point.saturation for point in points), effects),
        "gains": (gains, effects),
        "balanced": (sp.And(sp.Min(*gains) > 0, even >= 0), effects),
        "signs": (_polynomials(model), effects),
        "nullclines": (_nullclines(model, relative), (*model.x, *effects)),
    }
    return Explorer(
        name="two-units",
        title="Two units: who lives, who gains",
        controls=CONTROLS,
        functions=functions,
        table={"cases": _cases(model), "zero": ZERO},
        file="two_units.js",
        twin=_still,
        alt="Phase portrait of two units. The horizontal axis is the saturation of unit 1, the vertical axis that of "
        "unit 2. With effects 0.3 on unit 1 and -0.2 on unit 2 all paths end at one stable point inside, (1.23, 0.75).",
    )


def _polynomials(model: Symbiosis) -> tuple[sp.Expr, ...]:
    """Whose signs decide everything: who can come in, the common denominator, and the coefficients."""
    _, first, second, both = equilibria(model)
    return (
        second.invasion_numerator(0),
        first.invasion_numerator(1),
        both.denominator,
        model.alpha[0, 1],
        model.alpha[1, 0],
    )


def _nullclines(model: Symbiosis, relative: dict[sp.Symbol, sp.Expr]) -> tuple[sp.Expr, sp.Expr]:
    """Where a unit stands still: its own saturation over that of the other."""
    found = (sp.solve(rate.xreplace(relative), x)[0] for rate, x in zip(model.growth, model.x, strict=True))
    first, second = found
    return first, second


def _cases(model: Symbiosis) -> dict[str, Any]:
    """What `ecolib` says for each pattern of signs."""
    polynomials, cases = _polynomials(model), {}
    for a, b in product(SAMPLES, repeat=2):
        numbers = {model.alpha[0, 1]: a, model.alpha[1, 0]: b}
        pattern = ",".join(str(sp.sign(one.subs(numbers))) for one in polynomials)
        if pattern not in cases:
            cases[pattern] = _case(model, _values((1.0, 1.0), float(a), float(b)))
    return cases


def _case(model: Symbiosis, values: Values) -> dict[str, Any]:
    found = mode(values)
    kinds = [stable(point, values) for point in equilibria(model)]
    gainers = {Mode.MUTUALISM: 2, Mode.COMMENSALISM: 1, Mode.PARASITISM: 1}.get(found, 0)
    stages = {
        reading: [stage_of(found, gainers=gainers, balanced=even, reading=reading).value for even in (False, True)]
        for reading in READINGS
    }
    named = [
        EQUILIBRIUM_STYLES[kind][0] if kind in EQUILIBRIUM_STYLES else Stability.INFEASIBLE.value for kind in kinds
    ]
    return {"regime": regime(model, values).name, "mode": found.value, "kinds": named, "stages": stages}


def _still(figure: Figure) -> None:
    start = {control.name: control.default for control in CONTROLS}
    values = _values((start["r1"], start["r2"]), start["a1"], start["a2"])
    figure.set_size_inches(6.4, 5.2)
    starts = [(start["u1"], start["u2"])]
    phase_portrait(figure.subplots(), Symbiosis.of(units=2), values, starts=starts, saturation=True)


def _values(rates: tuple[float, float], a: float, b: float) -> Values:
    return Values(r=np.array(rates), K=np.ones(2), alpha=np.array(((0, a), (b, 0))))
