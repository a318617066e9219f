"""Intervals side by side: how numbers that were drawn many times spread, group by group."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from ecolib.doors import check_mapping, real
from ecolib.figures.labels import legend_below
from ecolib.figures.theme import QUIET, current, unit_style
from ecolib.values import real_array

__all__ = ["interval_diagram"]

SPREAD = 0.18
"""How far apart the groups of one row stand."""


def interval_diagram(
    ax: Axes | None,
    draws: Mapping[str, Mapping[str, npt.ArrayLike]],
    *,
    xlabel: str,
    covered: float = 0.9,
) -> Axes:
    """Draw for each name a row, and in it for each group the median and the interval that covers most draws.

    Groups have the colour and marker of unit 1, 2, ...; a vertical line marks 0.

    Args:
        ax: where to draw; None for the current axes.
        draws: group -> name -> numbers drawn, shape ``(draws,)``; all groups have the same names.
        xlabel: label of the horizontal axis.
        covered: share of the draws that an interval covers, above 0 and at most 1.

    Raises:
        ValueError: when groups differ in names, numbers are not finite, or ``covered`` is no share.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = interval_diagram(Figure().subplots(), {"A": {"size": [1, 2, 3]}}, xlabel="change")
        >>> [text.get_text() for text in ax.get_yticklabels()]
        ['size']
    """
    covered = real("covered", covered, above=0, most=1)
    check_mapping("draws", draws)
    for group, rows in draws.items():
        check_mapping(f"draws of {group!r}", rows)
    names = list(next(iter(draws.values()), {}))
    if not names or any(list(rows) != names for rows in draws.values()):
        raise ValueError(f"every group needs the same names, got {[list(rows) for rows in draws.values()]}")
    ax = current(ax)
    ax.axvline(0.0, color=QUIET, linewidth=1.2, zorder=1)
    for k, (group, rows) in enumerate(draws.items()):
        low, middle, high = np.array([_interval(name, rows[name], covered) for name in names]).T
        heights = np.arange(len(names)) + SPREAD * (2 * k - len(draws) + 1)
        style = unit_style(k)
        ax.errorbar(middle, heights, xerr=(middle - low, high - middle), color=style["color"], linewidth=2,
                    marker=style["marker"], markersize=8, linestyle="none", label=group, zorder=3)  # fmt: skip
    ax.set(yticks=range(len(names)), xlabel=xlabel, ylim=(len(names) - 0.5, -0.5))
    ax.set_yticklabels(names)
    legend_below(ax)
    return ax


def _interval(name: str, given: npt.ArrayLike, covered: float) -> npt.NDArray[np.float64]:
    """Lower end, median and upper end."""
    numbers = real_array(name, given)
    if numbers.ndim != 1 or numbers.size == 0 or not np.all(np.isfinite(numbers)):
        raise ValueError(f"{name} must hold finite numbers of shape (draws,), got shape {numbers.shape}")
    return np.asarray(np.quantile(numbers, (0.5 - covered / 2, 0.5, 0.5 + covered / 2)))
