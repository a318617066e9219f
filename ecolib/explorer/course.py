"""The path of chapter 7, live: from inhibition to balanced mutualism as heterogeneity falls.

All formulas are those of :mod:`ecolib.paper.evolution.letters`, for one leader and one follower. The names of modes
and stages for so many gainers and losers come from :mod:`ecolib.modes`.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from matplotlib.figure import Figure

from ecolib.explorer.controls import Control
from ecolib.explorer.explorer import Explorer
from ecolib.explorer.printing import Formula
from ecolib.figures import STAGE_COLOURS, gains_diagram
from ecolib.modes import READINGS, Mode, Stage, mode_of, stage_of
from ecolib.paper.evolution import Closure, letters
from ecolib.regimes import GAIN_TOLERANCE

__all__ = ["path"]

CONTROLS = (
    Control("V", "heterogeneity now", "V", 0.01, 3, 0.01, 2),
    Control("s", "synergy", "s", 0.1, 2.5, 0.05, 1.2),
    Control("c", "friction", "c", 0, 0.95, 0.05, 0.3),
    Control("omega", "reciprocity", "ω", 0, 1, 0.05, 1),
    Control("epsilon", "tolerance for balance", "ε", 0.05, 0.5, 0.05, 0.2),
    Control("mu", "decay of heterogeneity", "μ", 0.01, 0.5, 0.01, 0.1, "per year"),
)


def path() -> Explorer:
    """Gains of leader and follower along falling heterogeneity and over time, with thresholds, modes and stages.

    Example:
        >>> path().defaults["omega"]
        1.0
    """
    return Explorer(
        name="path",
        title="The path: who gains at which heterogeneity",
        controls=CONTROLS,
        functions=_functions(),
        table={
            "cases": _cases(),
            "runaway": _case(Mode.RUNAWAY, 0, False),
            "colours": {stage.value: STAGE_COLOURS[stage] for stage in Stage},
            "tolerance": GAIN_TOLERANCE,
            "names": ["leader", "follower"],
        },
        file="path.js",
        twin=_still,
        alt="Line chart. The horizontal axis is heterogeneity, falling to the right; the vertical axis is the gain of "
        "leader and follower. The leader begins to gain below 1.52, the follower below 0.69; the gains are balanced "
        "below 0.16. Bands name the stages: inhibition, single benefit, biased benefit, balanced mutualism.",
    )


def _functions() -> dict[str, Formula]:
    s, c, omega, epsilon, phi, V = letters.s, letters.c, letters.omega, letters.epsilon, letters.phi, letters.V
    t, gains = sp.Symbol("t", real=True), sp.symbols("g_1 g_2", real=True)
    (V_at,) = sp.solve(letters.stage_time - t, V)
    even = sp.Min(*gains) - (1 - epsilon) * sp.Max(*gains)
    # As in `Closure.thresholds`: without a return flow the follower never gains, without friction always.
    phi_c = sp.Piecewise((1, sp.Eq(omega, 0)), (0, sp.Eq(c, 0)), (_of_two(letters.phi_c), True))
    here = (phi, s, c, omega)
    return {
        "alpha": ((_of_two(letters.leader), _of_two(letters.follower)), here),
        "gains": ((_of_two(letters.gain_1), _of_two(letters.gain_i)), here),
        "room": (_of_two(letters.room), here),
        "balance": (_of_two(letters.balance), (*here, epsilon)),
        "balanced": (sp.And(sp.Min(*gains) > 0, even >= 0), (*gains, epsilon)),
        "phi_0": (_of_two(letters.phi_0), (s, c)),
        "phi_c": (phi_c, (s, c, omega)),
        "omega_b": (_of_two(letters.omega_b), (s, epsilon)),
        "heterogeneity": (letters.heterogeneity, (phi,)),
        "compatibility": (letters.compatibility, (V,)),
        "stage_time": (letters.stage_time, (V, letters.V_start, letters.mu)),
        "heterogeneity_at": (V_at, (t, letters.V_start, letters.mu)),
    }


def _of_two(formula: sp.Expr) -> sp.Expr:
    """A formula of the closure for one leader and one follower, in terms of compatibility."""
    return formula.xreplace(letters.in_terms_of_phi).subs(letters.n, 2)


def _cases() -> dict[str, Any]:
    """Mode and stages for so many gainers and losers, balanced or not."""
    counts = [(more, less) for more in range(3) for less in range(3 - more)]
    return {
        f"{more},{less},{str(even).lower()}": _case(mode_of(more, less, 2), more, even)
        for more, less in counts
        for even in (False, True)
    }


def _case(mode: Mode, gainers: int, even: bool) -> dict[str, str]:
    stages: dict[str, str] = {
        way: stage_of(mode, gainers=gainers, balanced=even, reading=way).value for way in READINGS
    }
    kind = ("balanced " if even else "biased ") if mode is Mode.MUTUALISM else ""
    return {"mode": kind + mode.value, **stages}


def _still(figure: Figure) -> None:
    start = {control.name: control.default for control in CONTROLS}
    closure = Closure(s=start["s"], c=start["c"], omega=start["omega"], epsilon=start["epsilon"])
    gains_diagram(figure.subplots(), closure, over="V", bands="shares")
