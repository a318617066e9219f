"""Five levers, live: what doses of them change about thresholds, the transfer needed, rest and time.

All formulas are those of :mod:`ecolib.paper.policy.letters` for one leader and one follower. What a lever does to a
letter is solved from its **obstacle**: after the doses the obstacle is what is left of it before them.
"""

from __future__ import annotations

import numpy as np
import sympy as sp
from matplotlib.figure import Figure

from ecolib.explorer.controls import Control
from ecolib.explorer.explorer import Explorer
from ecolib.explorer.printing import Formula
from ecolib.figures.theme import INK, QUIET
from ecolib.paper.evolution.letters import compatibility
from ecolib.paper.policy import CLASSES, LEVERS, OBSTACLES, BaseCase, apply, letters, needed, policy_system
from ecolib.paper.policy.rest import SLOPE
from ecolib.paper.policy.roots import GRID

__all__ = ["policy"]

BASE = BaseCase()
HORIZON = 1000.0
"""Years for which balance is waited for, as in the chapter."""

NAMES = {lever: lever.split()[-1] for lever in LEVERS}
"""What the control of a lever is called."""

CONTROLS = (
    *(
        Control(name, f"dose of {lever}", f"d_{k}", 0, 1, 0.01, 0.25 if name == "circulation" else 0)
        for k, (lever, name) in enumerate(NAMES.items(), start=1)
    ),
    Control("cut", "part of its obstacles that a full dose removes", "h", 0.1, 0.9, 0.05, 0.5),
    Control("tau", "intensity of transfer before", "τ", 0.1, 3, 0.05, BASE.tau),
    Control("c", "friction before", "c", 0.05, 0.95, 0.05, BASE.c),
    Control("omega", "reciprocity before", "ω", 0, 1, 0.05, BASE.omega),
)

FIXED = tuple(name for name in BASE.names if name not in {"n", "tau", "c", "omega"})


def policy() -> Explorer:
    """Thresholds, critical transfer, rest and time to balance, before and after doses of the five levers.

    Example:
        >>> policy().defaults["circulation"]
        0.25
    """
    return Explorer(
        name="policy",
        title="Five levers: what moves, and who is freed",
        controls=CONTROLS,
        functions=_functions(),
        table={
            "letters": [name for name in BASE.names if name != "n"],
            "fixed": {name: float(getattr(BASE, name)) for name in FIXED},
            "moved": list(OBSTACLES),
            "doses": list(NAMES.values()),
            "classes": list(CLASSES),
            "grid": [float(GRID[0]), float(GRID[-1]), GRID.size],
            "horizon": HORIZON,
        },
        file="policy.js",
        twin=_still,
        alt="Line chart. The horizontal axis is the intensity of transfer, the vertical axis is heterogeneity, falling "
        "upwards. With a dose of 0.25 of circulation the S-shaped line of rest lies further left than before, with "
        "its critical transfer at about 0.93 in place of 1.10, and transfer rises from 0.80 to 0.91: not quite enough.",
    )


def _functions() -> dict[str, Formula]:
    case = tuple(getattr(letters, name) for name in BASE.names if name != "n")
    V, phi, c, omega = letters.V, letters.phi, letters.c, letters.omega
    first, second = sp.symbols("g_1 g_2", real=True)
    even = second >= (1 - letters.epsilon) * first
    kind = sp.Piecewise((0, first <= 0), (1, second <= 0), (3, even), (2, True))
    # As in `thresholds`: without a return flow the follower never gains, without friction always.
    phi_c = sp.Piecewise((1, sp.Eq(omega, 0)), (0, sp.Eq(c, 0)), (_of_two(letters.phi_c), True))
    system = policy_system(2)
    return {
        "moved": _moved(),
        "phi_0": (_of_two(letters.phi_0), case),
        "phi_c": (phi_c, case),
        "balance": (_of_two(letters.balance), (phi, *case)),
        "gains": ((_of_two(letters.gain_1), _of_two(letters.gain_i)), (phi, *case)),
        "kind": (kind, (first, second, letters.epsilon)),
        "room": (_of_two(letters.room), (phi, *case)),
        "needed": (_of_two(letters.needed), (V, *case)),
        "slope": (_of_two(SLOPE), (V, *case)),
        "settled": (_of_two(letters.settled), (phi, *case)),
        "compatibility": (compatibility, (V,)),
        "field": (
            tuple(rate.subs(letters.delta, letters.alignment) for rate in system.field),
            (*system.x, *[letter for letter in case if letter not in system.x]),
        ),
    }


def _of_two(formula: sp.Expr) -> sp.Expr:
    """A formula for one leader and one follower."""
    return formula.subs(letters.delta, letters.alignment).subs(letters.n, 2)


def _moved() -> Formula:
    """The letters that levers move, after doses: the root of "obstacle after = what is left of the obstacle"."""
    cut, after = sp.Symbol("cut", real=True), sp.Symbol("after", real=True)
    doses = {lever: sp.Symbol(f"dose_{name}", real=True) for lever, name in NAMES.items()}
    found = []
    for name, obstacle in OBSTACLES.items():
        left = sp.prod(1 - cut * doses[lever] for lever, one in LEVERS.items() if name in one.obstacles)
        (root,) = sp.solve(obstacle.subs(getattr(letters, name), after) - left * obstacle, after)
        found.append(root)
    return tuple(found), (*(getattr(letters, name) for name in OBSTACLES), *doses.values(), cut)


def _still(figure: Figure) -> None:
    ax, V = figure.subplots(), np.geomspace(0.005, 8, 400)
    after = apply(BASE, {"circulation": 0.25})
    for case, name, colour in ((BASE, "before", QUIET), (after, "circulation 0.25", INK)):
        ax.semilogy(needed(case, V), V, color=colour, label=f"rest, {name}")
        ax.axvline(float(case.tau), color=colour, linestyle=":", linewidth=1.5, label=f"transfer, {name}")
    ax.set(xlim=(0, 1.5), ylim=(8, 0.005), xlabel=r"intensity of transfer, $\tau$")
    ax.set_ylabel("heterogeneity, $V$ (falls upwards)")
    ax.legend(loc="upper left")
