"""Succession or tipping, live: where the feedback of chapter 9 rests as transfer is raised and lowered.

The state has a **past**, the heterogeneity that units come from: of several states that are stable it decides which
one they reach. So the script answers with the heterogeneity at which they come to rest, and that is the next past.
"""

from __future__ import annotations

import numpy as np
import sympy as sp
from matplotlib.figure import Figure

from ecolib.explorer.controls import Control
from ecolib.explorer.explorer import Explorer
from ecolib.explorer.printing import Formula
from ecolib.figures import STAGE_COLOURS
from ecolib.figures.tipping import loop_diagram
from ecolib.model import Symbiosis
from ecolib.modes import Stage, mode_of, stage_of
from ecolib.paper.evolution import Closure, Feedback, letters
from ecolib.paper.evolution.feedback.cusps import LEAST_SYNERGY, MOST_SYNERGY, SCAN
from ecolib.paper.evolution.feedback.model import feedback_system
from ecolib.regimes import GAIN_TOLERANCE

__all__ = ["tipping"]

PAST = (0.001, 10)
"""Heterogeneities that units may come from."""

EPSILON = 0.2
"""Gains within this fraction of the greatest count as balanced, as in the chapter."""

CONTROLS = (
    Control("tau", "intensity of transfer", "τ", 0.05, 4, 0.01, 0.8),
    Control("V", "heterogeneity that units come from", "V", *PAST, 0.001, 3),
    Control("s", "synergy", "s", 0.1, 2.4, 0.01, 1.8),
    Control("c", "friction", "c", 0, 0.95, 0.01, 0.5),
    Control("omega", "reciprocity", "ω", 0, 1, 0.01, 1),
    Control("eta", "inflow of heterogeneity", "η", 0.02, 0.2, 0.005, 0.1, "per year"),
    Control("learning", "learning", "λ", 0.05, 0.3, 0.005, 0.1, "per year"),
)


def tipping() -> Explorer:
    """Branches of rest against transfer, both critical intensities, the loop between them, and where units are now.

    Example:
        >>> tipping().defaults["tau"]
        0.8
    """
    stages = tuple(Stage)[:4]
    return Explorer(
        name="tipping",
        title="Succession or tipping: raise transfer, and lower it again",
        controls=CONTROLS,
        functions=_functions(),
        table={
            "stages": [stage.value for stage in stages],
            "colours": [STAGE_COLOURS[stage] for stage in stages],
            "cases": _cases(),
            "tolerance": GAIN_TOLERANCE,
            "epsilon": EPSILON,
            "synergies": np.linspace(LEAST_SYNERGY, 1, SCAN).tolist(),
            "most": MOST_SYNERGY,
            "past": PAST,
        },
        file="tipping.js",
        twin=_still,
        alt="Line chart. The horizontal axis is the intensity of transfer, the vertical axis is heterogeneity, falling "
        "upwards. The line of rest is S-shaped: between transfer 0.55 and 1.10 two states are stable, one of unlike "
        "and one of alike units, with an unstable one between them. Bands name the stages.",
    )


def _functions() -> dict[str, Formula]:
    s, c, omega, phi, V = letters.s, letters.c, letters.omega, letters.phi, letters.V
    closure = (s, c, omega)
    curve = _at_rest(letters.joint) * V
    gains = sp.symbols("g_1 g_2", real=True)
    # As in `Closure.thresholds`: without a return flow the follower never gains, without friction always.
    phi_c = sp.Piecewise((1, sp.Eq(omega, 0)), (0, sp.Eq(c, 0)), (_of_two(letters.phi_c), True))
    return {
        "curve": (curve, (V, *closure)),
        "slope": (curve.diff(V), (V, *closure)),
        "bend": (curve.diff(V, 2), (V, *closure)),
        "room": (_of_two(letters.room), (phi, *closure)),
        "gains": ((_at_rest(letters.gain_1), _at_rest(letters.gain_i)), (V, *closure)),
        "phi_0": (_of_two(letters.phi_0), (s, c)),
        "phi_c": (phi_c, closure),
        "balance": (_of_two(letters.balance), (phi, *closure, letters.epsilon)),
        "heterogeneity": (letters.heterogeneity, (phi,)),
        "even": (sp.Min(*gains) - (1 - letters.epsilon) * sp.Max(*gains), (*gains, letters.epsilon)),
        "rest": (letters.eta / (letters.learning * curve), (V, *closure, letters.eta, letters.learning)),
        "hurwitz": _hurwitz(),
    }


def _hurwitz() -> Formula:
    """What is positive, all three, exactly at a stable state; the second has the sign of minus the determinant."""
    system = feedback_system(2)
    jacobian = system.jacobian.xreplace(dict.fromkeys(Symbiosis.of(2).r, sp.S.One))
    minors = sum((jacobian.extract(rows, rows).det() for rows in ([0, 1], [0, 2], [1, 2])), sp.S.Zero)
    trace, determinant = jacobian.trace(), jacobian.det()
    conditions = (-trace, -determinant, determinant - trace * minors)
    return conditions, (*system.x, letters.s, letters.c, letters.omega, letters.tau, letters.learning)


def _cases() -> dict[str, str]:
    """The stage for so many gainers and losers, balanced or not."""
    return {
        f"{more},{less},{str(even).lower()}": stage_of(
            mode_of(more, less, 2), gainers=more, balanced=even, reading="shares"
        ).value
        for more in range(3)
        for less in range(3 - more)
        for even in (False, True)
    }


def _of_two(formula: sp.Expr) -> sp.Expr:
    """A formula of the closure for one leader and one follower, in terms of compatibility."""
    return formula.xreplace(letters.in_terms_of_phi).subs(letters.n, 2)


def _at_rest(formula: sp.Expr) -> sp.Expr:
    """The same in terms of heterogeneity."""
    return _of_two(formula).subs(letters.phi, letters.compatibility)


def _still(figure: Figure) -> None:
    start = {control.name: control.default for control in CONTROLS}
    closure = Closure(s=start["s"], c=start["c"], omega=start["omega"], epsilon=EPSILON)
    model = Feedback(closure, eta=start["eta"], learning=start["learning"])
    loop_diagram(figure.subplots(), model, tau=(0.05, 1.66), V=(0.004, 8))
