"""Bifurcation diagrams: branches over a parameter, and curves of bifurcations over two.

Solid lines are stable, dashed lines are not; each kind of bifurcation has a marker of its own, named in a legend.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes

from ecolib.continuation import KINDS, Bifurcation, Branch, Curve, Diagram
from ecolib.doors import check_kind, several, words
from ecolib.figures.labels import legend_beside
from ecolib.figures.theme import BACKGROUND, INK, UNIT_COLOURS, current

__all__ = ["bifurcation_curves", "bifurcation_diagram"]

_STABLE: dict[str, Any] = {"linestyle": "-", "linewidth": 2.6}
_UNSTABLE: dict[str, Any] = {"linestyle": (0, (3.5, 2)), "linewidth": 1.8}
_MARKERS = dict(zip(KINDS, ("o", "X", "P", "s", "^", "*", "D"), strict=True))
_CURVES: dict[str, tuple[str, Any]] = {"fold": (UNIT_COLOURS[0], "-"), "Hopf": (UNIT_COLOURS[1], (0, (5, 1.6)))}


def bifurcation_diagram(
    ax: Axes | None,
    branches: Diagram | Branch | Sequence[Branch],
    *,
    letter: sp.Symbol | None = None,
    labels: tuple[str, str] | None = None,
    colour: str = INK,
    legend: bool = True,
) -> Axes:
    """Draw branches of equilibria over their parameter, with what happens on them.

    Args:
        ax: where to draw; None for the current axes.
        branches: a diagram, a branch, or several branches over one parameter.
        letter: the letter of the state on the vertical axis; by default the first.
        labels: labels of both axes; by default the letters.
        colour: colour of the lines.
        legend: whether to add a legend beside the axes.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when there is no branch, branches have different parameters, or the letter is not in the state.

    Example:
        >>> from matplotlib.figure import Figure
        >>> from ecolib.continuation import equilibrium_branch
        >>> from ecolib.system import System
        >>> x, p = sp.symbols("x p", real=True)
        >>> branch = equilibrium_branch(System((x,), (p - x**2,)), {}, p, x0=(1,), start=1, within=(-1, 1))
        >>> ax = bifurcation_diagram(Figure().subplots(), branch)
        >>> sorted(line.get_label() for line in ax.lines)
        ['fold', 'stable', 'unstable']
    """
    check_kind("legend", legend, bool)
    given = branches.branches if isinstance(branches, Diagram) else branches
    whole: tuple[Branch, ...] = (given,) if isinstance(given, Branch) else several("branches", given)
    for branch in whole:
        check_kind("a branch", branch, Branch)
    if not whole or len({branch.parameter for branch in whole}) != 1:
        raise ValueError(f"branches over one parameter are needed, got {[str(b.parameter) for b in whole]}")
    state = whole[0].problem.system.x
    shown = state[0] if letter is None else letter
    check_kind("letter", shown, sp.Symbol)
    if any(branch.problem.system.x != state for branch in whole):
        raise ValueError("branches of one system are needed, got some with different letters of the state")
    if shown not in state:
        raise ValueError(f"{shown!r} is not in the state, which has {', '.join(map(str, state))}")
    ax, k = current(ax), state.index(shown)
    for branch in whole:
        _branch(ax, branch, k, colour)
    _marks(ax, ((b, (float(b.parameter[0]), float(b.x[k]))) for branch in whole for b in branch.bifurcations), colour)
    names = _two_labels(labels, whole[0].parameter, shown)
    ax.set(xlabel=names[0], ylabel=names[1])
    ax.set_xlim(*whole[0].problem.ranges.limits(-1))
    if legend:
        legend_beside(ax)
    return ax


def bifurcation_curves(
    ax: Axes | None, curves: Curve | Sequence[Curve], *, labels: tuple[str, str] | None = None, legend: bool = True
) -> Axes:
    """Draw curves of folds and Hopf points over two parameters, with cusps and Bogdanov-Takens points.

    Args:
        ax: where to draw; None for the current axes.
        curves: one or several curves over the same two parameters.
        labels: labels of both axes; by default the letters.
        legend: whether to add a legend beside the axes.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when there is no curve, or they have different parameters.

    Example:
        >>> from matplotlib.figure import Figure
        >>> from ecolib.continuation import bifurcation_curve, equilibrium_branch
        >>> from ecolib.system import System
        >>> x, a, b = sp.symbols("x a b", real=True)
        >>> cusp = System((x,), (a + b * x - x**3,))
        >>> branch = equilibrium_branch(cusp, {b: 1}, a, x0=(-1.3,), start=-1, within=(-2, 2))
        >>> curve = bifurcation_curve(branch, branch.bifurcations[0], b, within=(-1, 1))
        >>> bifurcation_curves(Figure().subplots(), curve).get_ylabel()
        '$b$'
    """
    check_kind("legend", legend, bool)
    whole = (curves,) if isinstance(curves, Curve) else several("curves", curves)
    for one in whole:
        check_kind("a curve", one, Curve)
    if not whole or len({curve.parameters for curve in whole}) != 1:
        raise ValueError(f"curves over the same two parameters are needed, got {[str(c.parameters) for c in whole]}")
    ax = current(ax)
    for curve in whole:
        colour, line = _CURVES[curve.kind]
        ax.plot(
            *curve.p.T, color=colour, linestyle=line, label=f"{curve.kind}s" if curve.kind == "fold" else "Hopf points"
        )
    found = [(b, (float(b.parameter[0]), float(b.parameter[1]))) for curve in whole for b in curve.bifurcations]
    _marks(ax, found, INK)
    names = _two_labels(labels, *whole[0].parameters)
    ax.set(xlabel=names[0], ylabel=names[1])
    if legend:
        legend_beside(ax)
    return ax


def _two_labels(labels: tuple[str, str] | None, first: sp.Symbol, second: sp.Symbol) -> tuple[str, ...]:
    """The labels given, or the letters."""
    found = (f"${sp.latex(first)}$", f"${sp.latex(second)}$") if labels is None else words("labels", labels)
    if len(found) != 2:
        raise ValueError(f"labels must be two texts, got {labels!r}")
    return found


def _branch(ax: Axes, branch: Branch, k: int, colour: str) -> None:
    """The pieces of a branch, solid where it is stable; neighbouring pieces meet at the bifurcation between them."""
    stable = branch.stable
    p, x = branch.p, branch.x[:, k]
    places = {b.after: (float(b.parameter[0]), float(b.x[k])) for b in branch.bifurcations}
    cuts = [0, *(np.flatnonzero(stable[1:] != stable[:-1]) + 1).tolist(), p.size]
    for begin, end in pairwise(cuts):
        ends = [places.get(begin - 1), places.get(end - 1)]
        xs, ys = ([*_point(ends[0], i), *line[begin:end], *_point(ends[1], i)] for i, line in enumerate((p, x)))
        look, label = (_STABLE, "stable") if stable[begin] else (_UNSTABLE, "unstable")
        ax.plot(xs, ys, color=colour, label=label, zorder=3 if stable[begin] else 2, **look)


def _point(place: tuple[float, float] | None, i: int) -> list[float]:
    return [] if place is None else [place[i]]


def _marks(ax: Axes, found: Iterable[tuple[Bifurcation, tuple[float, float]]], colour: str) -> None:
    for bifurcation, place in found:
        look: dict[str, Any] = {"marker": _MARKERS[bifurcation.kind], "linestyle": "", "markersize": 9.5}
        fill = INK if bifurcation.criticality != "subcritical" else BACKGROUND
        label = bifurcation.kind if not bifurcation.criticality else f"{bifurcation.criticality}\n{bifurcation.kind}"
        ax.plot(*place, **look, color=colour, markerfacecolor=fill, markeredgecolor=INK, label=label, zorder=5)
