"""Two units with saturating help: phase portraits, maps of a newcomer, diagrams of branches.

The marks are those of :mod:`ecolib.figures.phase`; equilibria come from closed forms, so that obligate units and help
that levels off can be drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from ecolib.doors import check_kind
from ecolib.extensions import Pair, pair_equilibria, pair_map, pair_separatrix
from ecolib.figures.fills import REGIME_COLOURS, Fill, fill_of
from ecolib.figures.labels import legend_beside
from ecolib.figures.maps import regime_map
from ecolib.figures.phase import EQUILIBRIUM_STYLES, _flow, _nullclines, _paths, checked_starts
from ecolib.figures.theme import BACKGROUND, INK, current, unit_label, unit_names
from ecolib.model import Symbiosis
from ecolib.numeric import Array, compiled
from ecolib.regimes import REGIMES
from ecolib.stability import Stability
from ecolib.values import Values, real_array

__all__ = ["NEWCOMER", "newcomer_map", "pair_portrait"]

NEWCOMER = tuple(
    {
        "coexistence": Fill("both", REGIME_COLOURS["coexistence"]),
        "exclusion": Fill("unit 1 alone", REGIME_COLOURS["exclusion"], "//"),
        "bistability": Fill("the start decides", REGIME_COLOURS["bistability"], "xx"),
    }.get(name, fill_of(name))
    for name in REGIMES
)
"""What the regimes say about an obligate unit 2 beside a facultative unit 1."""


def pair_portrait(
    ax: Axes | None,
    model: Symbiosis,
    values: Values,
    *,
    limit: float | tuple[float, float],
    names: Sequence[str] | None = None,
    starts: npt.ArrayLike = (),
    duration: float | None = None,
    legend: bool = True,
) -> Axes:
    """Draw flow, nullclines, equilibria by kind, separatrix and paths of two units, in saturations.

    Args:
        ax: where to draw; None for the current axes.
        model: two units, linear or made by ``saturating`` and ``obligate``, with numbers for the handling.
        values: one set of numbers for it.
        limit: where the axes end, in capacities, one positive number or one per axis.
        names: one name per unit, for the labels of the axes.
        starts: starts of paths to draw, shape ``(paths, 2)``, in capacities.
        duration: how long the paths run, in units of time; by default 60 times the slower unit's ``1 / r``.
        legend: whether to add a legend beside the axes (see ``shared_legend`` for several axes).

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when the values are a batch or do not fit, a limit is not positive, or the model is none of two
            such units.

    Example:
        >>> from matplotlib.figure import Figure
        >>> from ecolib.extensions import obligate, saturating
        >>> needy = obligate(saturating(Symbiosis.of(units=2), h=0.5), units=(0, 1))
        >>> values = Values(r=(1, 1), K=(1, 1), alpha=((0, 3), (3, 0)))
        >>> ax = pair_portrait(Figure().subplots(), needy, values, limit=3)
        >>> ax.get_xlabel()
        'saturation of unit 1, $u_1$'
    """
    check_kind("legend", legend, bool)
    check_kind("values", values, Values)
    if values.shape:
        raise ValueError(f"a portrait is for one parameter set, got a batch of shape {values.shape}")
    points, named = pair_equilibria(model, values), unit_names(names, 2)
    ax, window, unit = current(ax), _window(limit), values.K
    _flow(ax, model, values, window, unit)
    _nullclines(ax, model, values, window, unit, named)
    for half in pair_separatrix(model, values, escape=2.0 + 2.0 * float(window.max())):
        look: dict[str, Any] = {"color": INK, "linestyle": (0, (1, 1)), "linewidth": 2.4}
        ax.plot(*(half / unit[:, None]), **look, label="separatrix", zorder=3)
    _paths(ax, model, values, window, unit, checked_starts(starts), duration)
    for point in points:
        if np.all(point.u <= window):
            _mark(ax, point.u, Stability(point.kind))
    ax.set(xlim=(0, window[0]), ylim=(0, window[1]))
    ax.set(xlabel=unit_label("saturation", "u", 0, named[0]), ylabel=unit_label("saturation", "u", 1, named[1]))
    ax.locator_params(nbins=5)
    if legend:
        legend_beside(ax)
    return ax


def newcomer_map(ax: Axes | None, model: Symbiosis, a: npt.ArrayLike, b: npt.ArrayLike) -> Axes:
    """Draw what becomes of an obligate unit 2 beside a facultative unit 1, over both coefficients.

    Areas come from conditions at each point; the fold, the line of invasion and the point where they meet are drawn
    over them from their closed forms.

    Args:
        ax: where to draw; None for the current axes.
        model: two units, the second obligate, with letters for both coefficients and numbers for the handling.
        a: increasing values of ``alpha_12`` (horizontal axis), dimensionless.
        b: increasing values of ``alpha_21`` (vertical axis), dimensionless.

    Raises:
        ValueError: when unit 1 is obligate or unit 2 is not.

    Example:
        >>> from matplotlib.figure import Figure
        >>> from ecolib.extensions import obligate, saturating
        >>> newcomer = obligate(saturating(Symbiosis.of(units=2), h=0.5), units=(1,))
        >>> ax = newcomer_map(Figure().subplots(), newcomer, np.linspace(0, 5, 60), np.linspace(0, 3, 60))
        >>> sorted(text.get_text().replace(chr(10), " ") for text in ax.texts)
        ['both', 'unit 1 alone']
    """
    pair = Pair.of(model)
    if pair.e != (1, -1):
        raise ValueError(f"unit 1 must be facultative (1) and unit 2 obligate (-1), got {pair.e}")
    xs, ys = real_array("a", a), real_array("b", b)
    for name, line in (("a", xs), ("b", ys)):
        if line.ndim != 1 or line.size < 2:
            raise ValueError(f"{name} must hold at least two increasing numbers, got shape {line.shape}")
    alpha = np.zeros((ys.size, xs.size, 2, 2))
    alpha[..., 0, 1], alpha[..., 1, 0] = np.meshgrid(xs, ys)
    codes = pair_map(model, Values(r=np.ones(2), K=np.ones(2), alpha=alpha))
    ax = regime_map(
        current(ax),
        xs,
        ys,
        codes,
        names=NEWCOMER,
        edges=False,
        xlabel="help to unit 1, $a$",
        ylabel="help to unit 2, $b$",
    )
    _borders(ax, pair, xs)
    return ax


def _window(limit: float | tuple[float, float]) -> Array:
    given = real_array("limit", limit)
    if given.shape not in ((), (2,)):
        raise ValueError(f"limit must be one number or one per axis, got shape {given.shape}")
    window = np.broadcast_to(given, (2,))
    if not np.all(np.isfinite(window) & (window > 0)):
        raise ValueError(f"limit must be positive and finite, got {limit}")
    return window


def _mark(ax: Axes, place: Array, kind: Stability) -> None:
    label, marker = EQUILIBRIUM_STYLES[kind]
    common: dict[str, Any] = {"linestyle": "", "markeredgecolor": INK, "markeredgewidth": 1.6, "markersize": 9.5}
    ax.plot(*place, **common, **marker, clip_on=False, label=label, zorder=6, gid=f"equilibrium: {label}")


def _borders(ax: Axes, pair: Pair, xs: Array) -> None:
    """Invasion as a solid line, the fold as a dashed one, and the point where they meet.

    Without handling the fold lies at infinity, and its line is the hyperbola on both sides of that point.
    """
    meeting = float(1 + pair.h[1])
    a = np.linspace(max(xs[0], 1e-3) if pair.h == (0, 0) else meeting, max(xs[-1], meeting), 400)
    fold = compiled(pair.fold, pair.alpha[0])(a)
    ax.plot(xs[[0, -1]], [meeting, meeting], color=INK, linewidth=2.0, zorder=4, label="invasion", gid="invasion")
    ax.plot(a, fold, color=INK, linewidth=2.4, linestyle=(0, (4, 1.4)), zorder=4, label="fold", gid="fold")
    ax.plot(meeting, meeting, marker="o", color=INK, markerfacecolor=BACKGROUND, markersize=9, zorder=6, gid="meeting")
