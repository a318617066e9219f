"""Paradigms of innovation: payoffs over reach, shares in a triangle, and the same orbits in the plane of ratios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullLocator

from ecolib.doors import check_named_numbers, several, whole
from ecolib.figures.fills import Fill
from ecolib.figures.labels import end_labels
from ecolib.figures.ternary import CORNERS, frame
from ecolib.figures.theme import BACKGROUND, INK, QUIET, current, unit_style
from ecolib.numeric import Array
from ecolib.values import real_array

__all__ = ["COURSE_FILLS", "PARADIGM_FILLS", "payoff_diagram", "ratio_plane", "share_triangle"]

PARADIGM_FILLS = (Fill("linear", "#f2e07a"), Fill("integrated", "#a8e2f5"), Fill("open", "#9ad5c0"))
"""Fills of the three paradigms, in order."""

COURSE_FILLS = (
    Fill("succession", "#9ad5c0"),
    Fill("leapfrogging", "#62b2ee"),
    Fill("stall at integrated", "#a8e2f5", "//"),
    Fill("stall at linear", "#f2e07a", ".."),
)
"""Fills of the courses of behaviour, in order."""


def payoff_diagram(
    ax: Axes | None, reach: npt.ArrayLike, payoffs: npt.ArrayLike, *, marks: Mapping[str, float] | None = None
) -> Axes:
    """Draw the payoffs of the three paradigms over the reach, with marks where two of them pay alike.

    Args:
        ax: where to draw; None for the current axes.
        reach: increasing reaches, shape ``(points,)``.
        payoffs: shape ``(points, 3)``, per unit of time.
        marks: reach by the text that names it; those beyond the axes are left out.

    Raises:
        ValueError: when the shapes do not fit.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = payoff_diagram(Figure().subplots(), [0, 1], [[0, -0.3, -0.7], [0, 0.7, 1.3]], marks={"$e_{LI}$": 0.3})
        >>> [text.get_text() for text in ax.texts]
        ['$e_{LI}$', 'linear', 'integrated', 'open']
    """
    x, heights = real_array("reach", reach), real_array("payoffs", payoffs)
    marks = {} if marks is None else marks
    check_named_numbers("marks", marks)
    if x.ndim != 1 or x.size < 2 or not np.all(np.isfinite(x)) or not np.all(np.diff(x) > 0):
        raise ValueError(f"reach must hold at least two increasing numbers, got {x.tolist()}")
    if x.ndim != 1 or heights.shape != (x.size, 3):
        raise ValueError(f"payoffs must have shape (points, 3) for reach (points,), got {heights.shape} and {x.shape}")
    ax = current(ax)
    for k, fill in enumerate(PARADIGM_FILLS):
        ax.plot(x, heights[:, k], **unit_style(k), markevery=max(1, x.size // 6), label=fill.label, zorder=3)
    ax.set(xlim=(x[0], x[-1]), xlabel="reach, $e$", ylabel=r"payoff, $\pi$ (1/time)")
    for k, (text, place) in enumerate(sorted(marks.items(), key=lambda mark: mark[1])):
        if x[0] <= place <= x[-1]:
            ax.axvline(place, color=QUIET, linestyle=(0, (1, 2)), linewidth=1.4, zorder=1)
            shift = (0, 3 + 15 * (k % 2))
            ax.annotate(text, (place, 1), shift, xycoords=("data", "axes fraction"),
                        textcoords="offset points", ha="center", color=INK)  # fmt: skip
    ends = zip(heights[-1].tolist(), PARADIGM_FILLS, strict=True)
    end_labels(ax, [(height, fill.label, unit_style(k)["color"]) for k, (height, fill) in enumerate(ends)])
    return ax


def share_triangle(
    ax: Axes | None,
    paths: Sequence[npt.ArrayLike],
    *,
    curve: npt.ArrayLike | None = None,
    corners: Sequence[str] = ("open", "linear", "integrated"),
    order: Sequence[int] = (2, 0, 1),
) -> Axes:
    """Draw paths of three shares in a triangle, with a head half way along each and a dot where it begins.

    Args:
        ax: where to draw; None for the current axes.
        paths: each of shape ``(3, times)``, shares that add up to 1.
        curve: a separatrix of the same shape.
        corners: what stands at the top, the left and the right corner.
        order: which share belongs to the top, the left and the right corner.

    Raises:
        ValueError: when a path is not of three shares that add up to 1.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = share_triangle(Figure().subplots(), [[[0.5, 0.1], [0.3, 0.1], [0.2, 0.8]]])
        >>> [text.get_text() for text in ax.texts if text.get_text()]
        ['open', 'linear', 'integrated']
    """
    ax, paths = current(ax), several("paths", paths)
    frame(ax, corners)
    for path in paths:
        _path(ax, _placed(path, order))
    if curve is not None:
        _curve(ax, _placed(curve, order))
    return ax


def ratio_plane(
    ax: Axes | None,
    paths: Sequence[npt.ArrayLike],
    *,
    curve: npt.ArrayLike | None = None,
    limits: tuple[float, float] = (1e-2, 1e3),
    xlabel: str = "$y_I = z_I / z_L$",
    ylabel: str = "$y_O = z_O / z_L$",
) -> Axes:
    """Draw paths of two ratios on logarithmic axes, with a head half way along each and a dot where it begins.

    Args:
        ax: where to draw; None for the current axes.
        paths: each of shape ``(2, times)``, positive.
        curve: a separatrix of the same shape.
        limits: where both axes begin and end.
        xlabel: label of the horizontal axis.
        ylabel: label of the vertical axis.

    Raises:
        ValueError: when a path is not of two positive ratios.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ratio_plane(Figure().subplots(), [[[1.0, 2.0], [1.0, 4.0]]]).get_xscale()
        'log'
    """
    ax, limits = current(ax), _checked_limits(limits)
    ax.set(xscale="log", yscale="log", xlim=limits, ylim=limits, xlabel=xlabel, ylabel=ylabel)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set(major_locator=LogLocator(numticks=5), minor_locator=NullLocator())
    for path in several("paths", paths):
        _path(ax, _positive(path))
    if curve is not None:
        _curve(ax, _positive(curve))
    return ax


def _path(ax: Axes, points: Array) -> None:
    ax.plot(*points, color=QUIET, linewidth=1.8, zorder=3)
    ax.plot(*points[:, 0], marker="o", markersize=5.5, color=INK, zorder=4)
    seen = ax.transData.transform(points.T)
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(seen, axis=0).T))])
    if not length[-1] > 0:
        return
    tail, head = ([float(np.interp(part * length[-1], length, row)) for row in seen.T] for part in (0.44, 0.46))
    back = ax.transData.inverted()
    ax.annotate("", tuple(back.transform(head)), tuple(back.transform(tail)), zorder=4, annotation_clip=True,
                arrowprops={"arrowstyle": "-|>", "color": QUIET, "mutation_scale": 17})  # fmt: skip


def _curve(ax: Axes, points: Array) -> None:
    ax.plot(*points, color=BACKGROUND, linewidth=4.5, zorder=3.5)
    ax.plot(*points, color=unit_style(1)["color"], linestyle=(0, (4, 1.5)), linewidth=2.6, zorder=5, label="separatrix")


def _placed(path: npt.ArrayLike, order: Sequence[int]) -> Array:
    """Places in the triangle for shares, shape ``(2, times)``."""
    shares = real_array("a path", path)
    if shares.ndim != 2 or shares.shape[0] != 3 or not np.allclose(shares.sum(axis=0), 1.0, atol=1e-6):
        raise ValueError(f"a path must hold three shares that add up to 1, got shape {shares.shape}")
    places = several("order", order)
    if sorted(whole("order", place, least=0, most=2) for place in places) != [0, 1, 2]:
        raise ValueError(f"order must be 0, 1 and 2 in some order, got {order!r}")
    return np.asarray(CORNERS.T @ shares[list(places)])


def _checked_limits(limits: tuple[float, float]) -> tuple[float, float]:
    given = real_array("limits", limits)
    if given.shape != (2,) or not np.all(np.isfinite(given)) or not 0 < given[0] < given[1]:
        raise ValueError(f"limits must be two positive numbers in order, got {limits!r}")
    return float(given[0]), float(given[1])


def _positive(path: npt.ArrayLike) -> Array:
    ratios = real_array("a path", path)
    if ratios.ndim != 2 or ratios.shape[0] != 2 or not np.all((ratios > 0) & np.isfinite(ratios)):
        raise ValueError(f"a path must hold two positive ratios, got shape {ratios.shape}")
    return ratios
