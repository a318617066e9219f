"""Tipping: the curve that decides about rest, and the loop that slow changes of transfer run through.

Solid lines are stable, dashed lines are not; a dot is a fold. On the axis of heterogeneity less is better, so it is
logarithmic and falls upwards: alike units are at the top.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from ecolib.doors import check_kind, real, several
from ecolib.figures.fills import Fill, fill_of
from ecolib.figures.labels import end_labels
from ecolib.figures.theme import BACKGROUND, INK, QUIET, current, unit_names, unit_style
from ecolib.modes import Stage
from ecolib.numeric import Array
from ecolib.values import real_array

__all__ = ["OUTCOMES", "loop_diagram", "reduced_diagram"]

OUTCOMES = (
    Fill("smooth succession", "#bfe3cf"),
    Fill("tipping point, no return", "#d8c9e6", "//"),
    Fill("tipping point, with hysteresis", "#f4c59a"),
)
"""What no fold, one fold and two folds stand for on a map."""


POINTS = 2001
HEADS = ((0.3, 0.9), (0.03, 0.6))
"""Where arrow heads stand on the ways up and down, as fractions of the range of transfer."""

_DASHED: dict[str, Any] = {"linestyle": (0, (3.5, 2)), "linewidth": 1.8}
_DOT: dict[str, Any] = {"marker": "o", "markersize": 9, "markeredgecolor": INK, "linestyle": "", "zorder": 6}


Curve = Callable[..., Array]
"""A function of heterogeneity that also takes ``derivative=1``."""


class Model(Protocol):
    """What a loop is drawn for: rest where ``curve(V) = eta / (learning tau)``, and a closure that names stages."""

    @property
    def curve(self) -> Curve:
        """The reduced curve."""

    @property
    def eta(self) -> float:
        """Inflow of heterogeneity."""

    @property
    def learning(self) -> float:
        """Rate at which joint activity erodes heterogeneity."""

    @property
    def closure(self) -> Any:
        """Its ``thresholds`` hold the heterogeneities at which stages change."""


class Sweep(Protocol):
    """A sweep: intensities of transfer, and the states on the way up and down, heterogeneity last."""

    @property
    def tau(self) -> Array:
        """Intensities of transfer."""

    @property
    def up(self) -> Array:
        """States on the way up."""

    @property
    def down(self) -> Array:
        """States on the way down."""


def reduced_diagram(
    ax: Axes | None, curves: Sequence[Curve], *, names: Sequence[str], most: float, top: float | None = None
) -> Axes:
    """Draw reduced curves: solid where they rise (stable), dashed where they fall, dots where they turn.

    Args:
        ax: where to draw; None for the current axes.
        curves: functions of heterogeneity with a first derivative.
        names: one name per curve, written at its right end.
        most: where the axis of heterogeneity ends, positive.
        top: where the vertical axis ends.

    Raises:
        ValueError: when there is not one name per curve, or ``most`` is not positive.

    Example:
        >>> from matplotlib.figure import Figure
        >>> from ecolib.paper.evolution import Closure, Feedback
        >>> model = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> ax = reduced_diagram(Figure().subplots(), [model.curve], names=["strong"], most=2.0)
        >>> sum(line.get_gid() == "fold" for line in ax.lines)
        2
    """
    most, curves = real("most", most, above=0), several("curves", curves)
    top = None if top is None else real("top", top, above=0)
    if not all(callable(curve) for curve in curves):
        raise TypeError(f"curves must be functions of heterogeneity, got {curves!r:.80}")
    ax, V = current(ax), np.linspace(0.0, most, POINTS)[1:]
    ends = []
    for i, (curve, name) in enumerate(zip(curves, unit_names(names, len(curves)), strict=True)):
        F, colour = curve(V), unit_style(i)["color"]
        _by_stability(ax, V, F, curve(V, derivative=1) > 0, colour)
        ends.append((float(F[-1]), name, colour))
    ax.set(xlim=(0, most), ylim=(0, top), xlabel="heterogeneity, $V$", ylabel="what joint activity erodes, $F(V)$")
    end_labels(ax, ends)
    return ax


def loop_diagram(
    ax: Axes | None,
    model: Model,
    *,
    tau: tuple[float, float],
    V: tuple[float, float],
    sweep: Sweep | None = None,
    legend: bool = True,
) -> Axes:
    """Draw where the feedback rests against transfer, with its stages as bands, and a sweep up and down.

    Args:
        ax: where to draw; None for the current axes.
        model: the feedback, with exponential compatibility.
        tau: both ends of the axis of transfer.
        V: both ends of the axis of heterogeneity, which falls upwards.
        sweep: a sweep of transfer; its ways up and down are drawn with arrow heads.
        legend: whether to name the ways.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when an end is not positive or the ends are not in order.

    Example:
        >>> from matplotlib.figure import Figure
        >>> from ecolib.paper.evolution import Closure, Feedback
        >>> model = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> ax = loop_diagram(Figure().subplots(), model, tau=(0.3, 1.5), V=(0.005, 8))
        >>> ax.get_ylabel()
        'heterogeneity, $V$ (falls upwards)'
    """
    check_kind("legend", legend, bool)
    if isinstance(model, type) or not all(hasattr(model, name) for name in ("curve", "eta", "learning", "closure")):
        raise TypeError(f"model must be a feedback, got {type(model).__name__}")
    tau, V = _checked_ends("tau", tau), _checked_ends("V", V)
    if sweep is not None and not all(hasattr(sweep, name) for name in ("tau", "up", "down")):
        raise TypeError(f"sweep must be what sweep returned, got {type(sweep).__name__}")
    ax, grid = current(ax), np.geomspace(*V, POINTS)
    with np.errstate(divide="ignore"):
        rest = model.eta / (model.learning * model.curve(grid))
    ax.set(xlim=tau, yscale="log", ylim=V[::-1])
    ax.set(xlabel=r"intensity of transfer, $\tau$", ylabel="heterogeneity, $V$ (falls upwards)")
    _by_stability(ax, rest, grid, model.curve(grid, derivative=1) > 0, INK)
    if sweep is not None:
        _ways(ax, sweep)
        if legend:
            ax.legend(loc="lower right", frameon=True, framealpha=0.9, edgecolor=QUIET)
    _stages(ax, model, V)
    return ax


def _checked_ends(name: str, given: tuple[float, float]) -> tuple[float, float]:
    ends = real_array(name, given)
    if ends.shape != (2,) or not 0 < ends[0] < ends[1] < np.inf:
        raise ValueError(f"{name} must hold two positive numbers in order, got {given!r}")
    return float(ends[0]), float(ends[1])


def _by_stability(ax: Axes, x: Array, y: Array, stable: npt.NDArray[np.bool_], colour: str) -> None:
    """Pieces of a line, solid or dashed, with dots between them; runaway values are left out."""
    cuts = [0, *(np.flatnonzero(stable[1:] != stable[:-1]) + 1).tolist(), x.size]
    for begin, end in pairwise(cuts):
        kept = slice(max(begin - 1, 0), end)
        shown = np.isfinite(x[kept]) & np.isfinite(y[kept])
        look = {"linestyle": "-", "linewidth": 2.4} if stable[begin] else _DASHED
        ax.plot(x[kept][shown], y[kept][shown], color=colour, zorder=3, **look)
    for cut in cuts[1:-1]:
        if np.isfinite(x[cut - 1]) and np.isfinite(y[cut - 1]):
            ax.plot(x[cut], y[cut], **_DOT, color=colour, markerfacecolor=BACKGROUND, gid="fold")


def _ways(ax: Axes, sweep: Sweep) -> None:
    """The way up and the way down, with arrow heads along them."""
    for i, (states, name) in enumerate(((sweep.up, "transfer raised"), (sweep.down, "transfer lowered"))):
        line = states[-1]
        known = np.isfinite(line)
        look = {"color": unit_style(i)["color"], "linestyle": unit_style(i)["linestyle"]}
        ax.plot(sweep.tau[known], line[known], **look, linewidth=3.4, alpha=0.85, zorder=4, label=name)
        head = (3, 0, -90 if i == 0 else 90)
        for place in HEADS[i]:
            at = np.flatnonzero(known)[int(place * (known.sum() - 1))]
            ax.plot(sweep.tau[at], line[at], marker=head, markersize=12, color=look["color"], linestyle="", zorder=5)


def _stages(ax: Axes, model: Model, V: tuple[float, float]) -> None:
    """Bands of heterogeneity, named at the right."""
    at, stages = model.closure.thresholds, tuple(Stage)[:4]
    inner = [float(value) for value in (at.V_0, at.V_c, at.V_b)]
    edges = [V[1], *(float(np.clip(value, *V)) for value in inner), V[0]]
    ends = []
    for stage, (high, low) in zip(stages, pairwise(edges), strict=True):
        if high > low:
            ax.axhspan(low, high, color=fill_of(stage).pale, linewidth=0, zorder=0)
            ends.append((float(np.sqrt(low * high)), fill_of(stage).label, INK))
    end_labels(ax, ends)
