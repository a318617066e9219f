"""Layers of links: who is linked to whom in one layer, and stacked bars of what parts contribute."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from ecolib.doors import check_mapping, several, whole, words
from ecolib.figures.labels import legend_below
from ecolib.figures.theme import BACKGROUND, INK, QUIET, UNIT_COLOURS, current, unit_style
from ecolib.values import real_array

__all__ = ["links_diagram", "stack_diagram"]

HATCHES = ("", "///", "...", "xx", "\\\\\\")


def links_diagram(ax: Axes | None, links: npt.ArrayLike, places: npt.ArrayLike, *, groups: Sequence[int]) -> Axes:
    """Draw units at given places, with colour and marker of their group, and a line for every pair that is linked.

    Args:
        ax: where to draw; None for the current axes.
        links: coefficients, shape ``(units, units)``; a pair is linked when either is not zero.
        places: where the units stand, shape ``(units, 2)``.
        groups: the group of every unit, one index per unit, at least 0.

    Raises:
        TypeError: when an entry is not a real number, or a group is no integer.
        ValueError: when shapes do not fit, an entry is not finite, or a group is negative.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = links_diagram(Figure().subplots(), ((0, 1), (0, 0)), ((0, 0), (1, 0)), groups=(0, 1))
        >>> len(ax.collections[0].get_segments())
        1
    """
    matrix, points = real_array("links", links), real_array("places", places)
    members = _groups(groups)
    units = members.size
    if matrix.shape != (units, units) or points.shape != (units, 2):
        raise ValueError(f"links and places must fit {units} units, got {matrix.shape} and {points.shape}")
    if not (np.all(np.isfinite(matrix)) and np.all(np.isfinite(points))):
        raise ValueError("links and places must be finite")
    ax = current(ax)
    pairs = np.argwhere(np.triu((matrix != 0) | (matrix.T != 0), 1))
    ax.add_collection(LineCollection(list(points[pairs]), colors=QUIET, linewidths=1.0, alpha=0.7, zorder=1))
    for group in np.unique(members):
        look, here = unit_style(int(group)), points[members == group]
        ax.plot(*here.T, look["marker"], color=look["color"], markersize=9, markeredgecolor=BACKGROUND, zorder=2)
    ax.set(aspect="equal", xticks=[], yticks=[])
    ax.margins(0.08)
    for side in ax.spines.values():
        side.set_visible(False)
    return ax


def _groups(given: Sequence[int]) -> npt.NDArray[np.int_]:
    return np.asarray(
        [whole("groups", group, least=0, most=sys.maxsize) for group in several("groups", given)], dtype=int
    )


def stack_diagram(
    ax: Axes | None, parts: Mapping[str, npt.ArrayLike], names: Sequence[str], *, xlabel: str, ylabel: str
) -> Axes:
    """Draw one bar per name, stacked of parts; negative parts hang below zero. A diamond marks each sum.

    Args:
        ax: where to draw; None for the current axes.
        parts: for each part its size in every bar, shape ``(bars,)``; up to five parts.
        names: what to write below the bars.
        xlabel: label of the horizontal axis.
        ylabel: label of the vertical axis.

    Raises:
        TypeError: for parts that are no mapping, or an entry that is not a real number.
        ValueError: for no or more than five parts, or sizes that do not fit the names.

    Example:
        >>> from matplotlib.figure import Figure
        >>> sizes = {"alone": (1, 1), "together": (0.5, -0.5)}
        >>> ax = stack_diagram(Figure().subplots(), sizes, ("help", "friction"), xlabel="layer", ylabel="gain")
        >>> [float(y) for y in ax.lines[-1].get_ydata()]
        [1.5, 0.5]
    """
    check_mapping("parts", parts)
    names = words("names", names)
    if not 0 < len(parts) <= len(HATCHES):
        raise ValueError(f"there must be between 1 and {len(HATCHES)} parts, got {len(parts)}")
    sizes = {name: real_array(name, given) for name, given in parts.items()}
    for name, size in sizes.items():
        if size.shape != (len(names),) or not np.all(np.isfinite(size)):
            raise ValueError(f"the part {name!r} needs {len(names)} finite sizes, got {size.tolist()}")
    ax, x = current(ax), np.arange(len(names))
    above, below = np.zeros(x.size), np.zeros(x.size)
    for k, (name, size) in enumerate(sizes.items()):
        foot = np.where(size >= 0, above, below)
        ax.bar(
            x, size, 0.62, bottom=foot, label=name, color=UNIT_COLOURS[k], hatch=HATCHES[k], edgecolor=BACKGROUND,
            linewidth=1.0,
        )  # fmt: skip
        above, below = above + np.maximum(size, 0), below + np.minimum(size, 0)
    ax.axhline(0.0, color=INK, linewidth=1.0)
    ax.plot(x, above + below, "D", color=BACKGROUND, markeredgecolor=INK, markersize=8, zorder=4, label="all together")
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.set_xticks(x, names)
    legend_below(ax)
    return ax
