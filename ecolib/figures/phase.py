"""Phase portraits: where two units are going from everywhere.

- The **flow** is drawn as grey streamlines.
- A **nullcline** of a unit is where its growth per head is zero; the units rest where nullclines cross.
- **Equilibria** are drawn by kind: filled = stable, open = unstable, half-filled = saddle, grey square = undecided.
- The **separatrix** divides the starts that end at one attractor from those that end at the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import Any

import numpy as np
import numpy.typing as npt
from contourpy import contour_generator
from matplotlib.axes import Axes

from ecolib.basins import separatrix
from ecolib.doors import check_kind, real
from ecolib.equilibria import equilibria
from ecolib.figures.labels import legend_beside
from ecolib.figures.theme import BACKGROUND, FLOW, INK, QUIET, current, unit_label, unit_names, unit_style
from ecolib.fit import check_fit
from ecolib.model import Symbiosis
from ecolib.numeric import Array, evaluate, steady_state
from ecolib.simulation import simulate
from ecolib.stability import Stability, stable
from ecolib.values import Values, real_array

__all__ = ["EQUILIBRIUM_STYLES", "phase_portrait"]

_FILLED = {"marker": "o", "markerfacecolor": INK}
_OPEN = {"marker": "o", "markerfacecolor": BACKGROUND}
_HALF = {"marker": "D", "markerfacecolor": INK, "markerfacecoloralt": BACKGROUND, "fillstyle": "left"}

EQUILIBRIUM_STYLES: dict[Stability, tuple[str, dict[str, Any]]] = {
    Stability.STABLE_NODE: ("stable", _FILLED),
    Stability.STABLE_FOCUS: ("stable", _FILLED),
    Stability.SADDLE: ("saddle", _HALF),
    Stability.UNSTABLE_NODE: ("unstable", _OPEN),
    Stability.UNSTABLE_FOCUS: ("unstable", _OPEN),
    Stability.UNDECIDED: ("undecided", {"marker": "s", "markerfacecolor": FLOW}),
}
"""What each kind of equilibrium is called and how it is marked."""

GRID = 41


def phase_portrait(
    ax: Axes | None,
    model: Symbiosis,
    values: Values,
    *,
    limit: float | tuple[float, float] | None = None,
    names: Sequence[str] | None = None,
    starts: npt.ArrayLike = (),
    duration: float | None = None,
    saturation: bool = False,
    legend: bool = True,
) -> Axes:
    """Draw flow, nullclines, equilibria by kind, separatrices and paths of two units.

    Args:
        ax: where to draw; None for the current axes.
        model: a linear model of two units.
        values: one set of numbers for it.
        limit: where the axes end, one number or one per axis, in units of output (in capacities when ``saturation``);
            by default a third beyond the furthest equilibrium.
        names: one name per unit, for the labels of the axes.
        starts: starts of paths to draw, shape ``(paths, 2)``, in the units of the axes.
        duration: how long the paths run, in units of time; by default 60 times the slower unit's ``1 / r``.
        saturation: whether the axes show saturations ``u = x / K`` instead of outputs ``x``.
        legend: whether to add a legend beside the axes (see ``shared_legend`` for several axes).

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when the model does not have two units, the values are a batch or do not fit, or a limit is not
            positive.

    Example:
        >>> from matplotlib.figure import Figure
        >>> rivals = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))
        >>> ax = phase_portrait(Figure().subplots(), Symbiosis.of(units=2), rivals, starts=[(0.1, 0.2)])
        >>> ax.get_xlabel()
        'output of unit 1, $x_1$'
    """
    check_kind("legend", legend, bool)
    check_kind("saturation", saturation, bool)
    check_kind("model", model, Symbiosis)
    check_kind("values", values, Values)
    if model.units != 2 or values.shape:
        raise ValueError(f"phase portraits are for one set of 2 units, got {model.units} units, batch {values.shape}")
    check_fit(model, values)
    ax, named = current(ax), unit_names(names, 2)
    unit = values.K if saturation else np.ones(2)
    window = _window(model, values, limit, unit)
    _flow(ax, model, values, window, unit)
    _nullclines(ax, model, values, window, unit, named)
    for curve in separatrix(model, values, escape=2.0 + 2.0 * float(np.max(window * unit / values.K))):
        ax.plot(*(curve / unit[:, None]), color=INK, linestyle=(0, (1, 1)), linewidth=2.4, label="separatrix", zorder=3)
    _paths(ax, model, values, window, unit, checked_starts(starts), duration)
    _equilibria(ax, model, values, window, unit)
    what, letter = ("saturation", "u") if saturation else ("output", "x")
    ax.set(xlim=(0, window[0]), ylim=(0, window[1]))
    ax.set(xlabel=unit_label(what, letter, 0, named[0]), ylabel=unit_label(what, letter, 1, named[1]))
    ax.locator_params(nbins=5)
    if legend:
        legend_beside(ax)
    return ax


def _window(model: Symbiosis, values: Values, limit: float | tuple[float, float] | None, unit: Array) -> Array:
    """Where the axes end, shape ``(2,)``."""
    if limit is None:
        points = [steady_state(point, values) for point in equilibria(model) if _drawn(stable(point, values))]
        furthest = np.max([*points, np.ones(2)], axis=0)
        return np.asarray(4 / 3 * furthest * values.K / unit)
    given = real_array("limit", limit)
    if given.shape not in ((), (2,)):
        raise ValueError(f"limit must be one number or one per axis, got shape {given.shape}")
    window = np.broadcast_to(given, (2,))
    if not np.all(np.isfinite(window) & (window > 0)):
        raise ValueError(f"limit must be positive and finite, got {limit}")
    return window


def checked_starts(starts: npt.ArrayLike) -> Array:
    """Starts of paths, shape ``(paths, 2)``; one or none may be given without the first axis."""
    given = real_array("starts", starts)
    if given.size and given.shape[-1:] != (2,):
        raise ValueError(f"starts must have shape (paths, 2), got {given.shape}")
    return np.reshape(given, (-1, 2))


def _drawn(kind: Stability) -> bool:
    return kind is not Stability.INFEASIBLE


def _grid(window: Array, start: float = 0.0) -> tuple[Array, Array, Array]:
    """Coordinates of the columns, of the rows, and of all points ``(rows, columns, 2)``."""
    x, y = (np.linspace(start * end, end, GRID) for end in window)
    return x, y, np.stack(np.meshgrid(x, y), axis=-1)


def _flow(ax: Axes, model: Symbiosis, values: Values, window: Array, unit: Array) -> None:
    x, y, points = _grid(window, start=0.015)  # no streamline hides in an axis
    velocity = evaluate(model.field, model, values, points * unit) / unit
    look: dict[str, Any] = {
        "color": FLOW,
        "linewidth": 0.8,
        "arrowsize": 0.9,
        "density": 0.85,
        "minlength": 0.2,
        "zorder": 1,
    }
    ax.streamplot(x, y, velocity[..., 0], velocity[..., 1], **look)


def _nullclines(ax: Axes, model: Symbiosis, values: Values, window: Array, unit: Array, names: tuple[str, ...]) -> None:
    """The lines of zero growth per head; where an output is zero its growth is zero too, which the axes show."""
    x, y, points = _grid(window)
    growth = evaluate(model.growth, model, values, points * unit)
    for i, name in enumerate(names):
        label = fill(f"nullcline of {name}", width=20)
        for line in contour_generator(x, y, growth[..., i]).lines(0.0):
            ax.plot(*np.asarray(line).T, **{**unit_style(i), "marker": ""}, label=label, zorder=2)


def _paths(
    ax: Axes, model: Symbiosis, values: Values, window: Array, unit: Array, starts: Array, duration: float | None
) -> None:
    end = 60.0 / float(values.r.min()) if duration is None else real("duration", duration, above=0)
    times = np.linspace(0.0, end, 4000)
    escape = 2.0 + 2.0 * float(np.max(window * unit / values.K))
    for start in starts:
        x, y = simulate(model, values, x0=start * unit, t=times, escape=escape).x / unit[:, None]
        ax.plot(x, y, color=QUIET, linewidth=1.8, label="path", zorder=4)
        ax.plot(*start, color=QUIET, marker="o", markersize=4.5, zorder=4)
        _arrow(ax, np.stack([x, y]) / window[:, None], window)


def _arrow(ax: Axes, path: Array, window: Array) -> None:
    """A head half way along the visible part of a path, given in fractions of the window, shape ``(2, times)``."""
    visible = path[:, np.isfinite(path[0]) & np.all(path <= 1, axis=0)]
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(visible, axis=1)))])
    if length[-1] < 0.05:
        return
    tail, head = (window * [np.interp(share * length[-1], length, row) for row in visible] for share in (0.49, 0.52))
    ax.annotate(
        "",
        (head[0], head[1]),
        (tail[0], tail[1]),
        arrowprops={"arrowstyle": "-|>", "color": QUIET, "mutation_scale": 16},
        zorder=4,
    )


def _equilibria(ax: Axes, model: Symbiosis, values: Values, window: Array, unit: Array) -> None:
    kinds = [(stable(point, values), steady_state(point, values) * values.K / unit) for point in equilibria(model)]
    common: dict[str, Any] = {"linestyle": "", "markeredgecolor": INK, "markeredgewidth": 1.6, "markersize": 9.5}
    for kind, (label, marker) in EQUILIBRIUM_STYLES.items():
        for place in (place for found, place in kinds if found is kind and np.all(place <= window)):
            ax.plot(*place, **common, **marker, clip_on=False, label=label, zorder=6, gid=f"equilibrium: {label}")
