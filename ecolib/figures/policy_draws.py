"""Policies under uncertainty and over doses: sensitivity indices, counts of draws, rest against the dose of a lever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from ecolib.doors import check_named_numbers, whole, words
from ecolib.figures.policy import name_rows, shaped
from ecolib.figures.theme import INK, QUIET, current, unit_style
from ecolib.values import real_array

__all__ = ["count_bars", "dose_diagram", "index_bars"]

BAR = "#7db7e8"


def index_bars(
    ax: Axes | None, first: npt.ArrayLike, total: npt.ArrayLike, *, errors: npt.ArrayLike, names: Sequence[str]
) -> Axes:
    """Draw first-order and total indices with their intervals, a row for each name.

    Args:
        ax: where to draw; None for the current axes.
        first: first-order indices, shape ``(names,)``.
        total: total indices, likewise.
        errors: half widths of the intervals of both, shape ``(2, names)``.
        names: names of the rows, from above.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when the shapes do not fit or an entry is not finite.
    """
    names = words("names", names)
    ax, half = current(ax), shaped("errors", errors, (2, len(names)))
    for k, (given, label) in enumerate(((first, "first-order index"), (total, "total index"))):
        size = shaped(label, given, (len(names),))
        look = unit_style(k) | {"linestyle": ""}
        rows = np.arange(len(names)) + 0.24 * (k - 0.5)
        ax.errorbar(size, rows, xerr=half[k], label=label, capsize=3, elinewidth=1.8, **look)
    ax.axvline(0, color=QUIET, linewidth=1.0)
    name_rows(ax, names)
    return ax


def count_bars(ax: Axes | None, counts: Mapping[str, int], *, draws: int) -> Axes:
    """Draw how many draws fall into each class, with the number at the end of each bar.

    Args:
        ax: where to draw; None for the current axes.
        counts: number of draws by name of the class.
        draws: how many draws there are, at which the axis ends.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when a count is negative or exceeds ``draws``.

    Example:
        >>> from matplotlib.figure import Figure
        >>> [text.get_text() for text in count_bars(Figure().subplots(), {"tips": 3, "runaway": 1}, draws=10).texts]
        ['3', '1']
    """
    check_named_numbers("counts", counts)
    draws = whole("draws", draws, least=1)
    if not all(0 <= count <= draws for count in counts.values()):
        raise ValueError(f"counts must be between 0 and {draws}, got {dict(counts)}")
    ax = current(ax)
    bars = ax.barh(range(len(counts)), list(counts.values()), height=0.62, color=BAR, edgecolor=INK)
    ax.bar_label(bars, padding=4)
    ax.set(xlim=(0, draws), xlabel=f"draws out of {draws}")
    name_rows(ax, list(counts))
    return ax


def dose_diagram(ax: Axes | None, dose: npt.ArrayLike, V: npt.ArrayLike) -> Axes:
    """Draw where units rest against the dose of a lever, given the dose at which they rest at each heterogeneity.

    Rest is stable (solid) where more dose means less heterogeneity. The vertical axis is logarithmic and falls upwards.

    Args:
        ax: where to draw; None for the current axes.
        dose: the dose at each heterogeneity, shape ``(points,)``; NaN where no dose leads there.
        V: increasing heterogeneities, positive, likewise.

    Raises:
        ValueError: when the shapes differ or heterogeneities do not increase.
    """
    level, given = real_array("V", V), real_array("dose", dose)
    if level.ndim != 1 or level.size < 2 or not np.all(np.isfinite(level)):
        raise ValueError(f"V must hold at least two finite numbers, got {level.tolist()}")
    if given.shape != level.shape or not (np.all(np.diff(level) > 0) and level[0] > 0):
        raise ValueError(f"dose and increasing V must have one shape (points,), got {given.shape} and {level.shape}")
    ax, falls = current(ax), np.gradient(given, level) < 0
    looks: dict[bool, dict[str, Any]] = {
        True: {"linewidth": 2.6},
        False: {"linewidth": 1.8, "linestyle": (0, (3.5, 2))},
    }
    for stable, look in looks.items():
        ax.plot(np.where(falls == stable, given, np.nan), level, color=INK, **look)
    ax.set(yscale="log", ylim=(level[-1], level[0]), ylabel="heterogeneity, $V$ (falls upwards)")
    return ax
