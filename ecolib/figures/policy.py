"""Policies side by side: what levers move, which parts make up their effect, how they interact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from ecolib.doors import check_kind, check_mapping, whole, words
from ecolib.figures.fills import Fill
from ecolib.figures.labels import legend_below
from ecolib.figures.theme import BACKGROUND, INK, current, unit_style
from ecolib.numeric import Array
from ecolib.values import real_array

__all__ = ["named_fills", "relation_matrix", "shift_diagram", "stacked_bars"]

_FILLS = (
    ("#7db7e8", ""),
    ("#f4c59a", "//"),
    ("#9ad5c0", ".."),
    ("#d8c9e6", "xx"),
    ("#f2e07a", ""),
    ("#f09068", "\\\\"),
    ("#c3c7cc", ""),
    ("#a8e2f5", "oo"),
    ("#e9a3c9", "--"),
)
_DIVERGING = LinearSegmentedColormap.from_list("interaction", ["#f09068", BACKGROUND, "#62b2ee"])


def named_fills(names: Sequence[str]) -> tuple[Fill, ...]:
    """One fill per name, told apart by colour and hatch; at most nine.

    Raises:
        TypeError: when a name is no text.
        ValueError: for more names than there are fills.

    Example:
        >>> [fill.label for fill in named_fills(["alliance", "platform"])]
        ['alliance', 'platform']
    """
    names = words("names", names)
    if len(names) > len(_FILLS):
        raise ValueError(f"there are {len(_FILLS)} fills, got {len(names)} names")
    return tuple(Fill(name, colour, hatch) for name, (colour, hatch) in zip(names, _FILLS, strict=False))


def shift_diagram(
    ax: Axes | None, before: npt.ArrayLike, after: npt.ArrayLike, *, names: Sequence[str], marks: Sequence[str]
) -> Axes:
    """Draw how several quantities move, a row for each change: an arrow from before (a thin line) to after (a marker).

    Args:
        ax: where to draw; None for the current axes.
        before: the quantities before, shape ``(marks,)``.
        after: the quantities after each change, shape ``(names, marks)``.
        names: names of the changes.
        marks: names of the quantities.

    Raises:
        TypeError: when a name is no text.
        ValueError: when the shapes do not fit.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = shift_diagram(Figure().subplots(), [0.2, 0.5], [[0.1, 0.4]], names=["digital"], marks=["a", "b"])
        >>> [label.get_text() for label in ax.get_yticklabels()]
        ['digital']
    """
    names, marks = words("names", names), words("marks", marks)
    start = shaped("before", before, (len(marks),))
    end = shaped("after", after, (len(names), len(marks)))
    ax = current(ax)
    for k, mark in enumerate(marks):
        look, offset = unit_style(k), 0.22 * (k - (len(marks) - 1) / 2)
        ax.axvline(start[k], color=look["color"], linestyle=look["linestyle"], linewidth=1.4, zorder=1)
        for row in range(len(names)):
            ax.plot([start[k], end[row, k]], [row + offset] * 2, color=look["color"], linewidth=2.4, zorder=2)
        rows = np.arange(len(names)) + offset
        ax.plot(end[:, k], rows, color=look["color"], marker=look["marker"], linestyle="", markersize=9, label=mark)
    name_rows(ax, names)
    legend_below(ax)
    return ax


def stacked_bars(
    ax: Axes | None, parts: Mapping[str, npt.ArrayLike], *, names: Sequence[str], legend: bool = True
) -> Axes:
    """Draw horizontal bars made of parts; negative parts go to the left, and parts that are all 0 are left out.

    Args:
        ax: where to draw; None for the current axes.
        parts: for each part its size in every row, shape ``(names,)``.
        names: names of the rows, from above.
        legend: whether to name the parts below the axes.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when the shapes do not fit or an entry is not finite.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = stacked_bars(Figure().subplots(), {"c": [1, 2], "tau": [0, 1]}, names=["alliance", "digital"])
        >>> len(ax.patches)
        4
    """
    check_kind("legend", legend, bool)
    names = words("names", names)
    check_mapping("parts", parts)
    ax, rows = current(ax), np.arange(len(names))
    left, right = np.zeros(len(names)), np.zeros(len(names))
    for fill in named_fills(list(parts)):
        size = shaped(fill.label, parts[fill.label], (len(names),))
        if not size.any():
            continue
        at = np.where(size >= 0, right, left)
        look: dict[str, Any] = {"color": fill.colour, "hatch": fill.hatch, "edgecolor": INK, "linewidth": 0.8}
        ax.barh(rows, size, left=at, height=0.62, label=fill.label, **look)
        right, left = right + np.maximum(size, 0), left + np.minimum(size, 0)
    ax.axvline(0, color=INK, linewidth=1.2)
    name_rows(ax, names)
    if legend:
        legend_below(ax)
    return ax


def relation_matrix(ax: Axes | None, table: npt.ArrayLike, *, names: Sequence[str], decimals: int = 2) -> Axes:
    """Draw a symmetric table of interactions below its diagonal: blue complements, orange substitutes, with numbers.

    Args:
        ax: where to draw; None for the current axes.
        table: interactions, shape ``(names, names)``; the diagonal is not drawn.
        names: names of the rows and columns.
        decimals: digits after the point; what would be rounded to 0 is shown with one figure.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when the shape does not fit.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = relation_matrix(Figure().subplots(), [[np.nan, 0.1], [0.1, np.nan]], names=["platform", "digital"])
        >>> [text.get_text() for text in ax.texts]
        ['+0.10']
    """
    names = words("names", names)
    decimals = whole("decimals", decimals, least=0, most=17)
    ax, size = current(ax), len(names)
    values = real_array("table", table)
    if values.shape != (size, size):
        raise ValueError(f"table must have shape ({size}, {size}), got {values.shape}")
    below = np.where(np.tri(size, k=-1, dtype=bool), values, np.nan)
    most = max(float(np.nanmax(np.abs(below))) if np.isfinite(below).any() else 0.0, 1e-12)
    ax.imshow(np.ma.masked_invalid(below)[1:, :-1], cmap=_DIVERGING, vmin=-most, vmax=most, aspect="auto")
    for i, j in zip(*np.nonzero(np.tri(size, k=-1, dtype=bool)), strict=True):
        value = below[i, j]
        ax.text(j, i - 1, _signed(value, decimals), ha="center", va="center", color=INK)
    ax.set_xticks(range(size - 1), names[:-1], rotation=35, ha="right", rotation_mode="anchor")
    ax.set_yticks(range(size - 1), names[1:])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def _signed(value: float, decimals: int) -> str:
    """A number with its sign; one figure where it would be rounded to 0."""
    if np.isnan(value) or value == 0:
        return "?" if np.isnan(value) else "0"
    shown = f"{value:+.{decimals}f}" if abs(value) >= 0.5 * 10.0**-decimals else f"{value:+.1g}"
    return shown.replace("-", "\N{MINUS SIGN}")


def name_rows(ax: Axes, names: Sequence[str]) -> None:
    """Names of rows at the left, the first above."""
    if not names:
        raise ValueError("names must hold at least one name, got none")
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)


def shaped(name: str, given: npt.ArrayLike, shape: tuple[int, ...]) -> Array:
    values = real_array(name, given)
    if values.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {values.shape}")
    if not np.all(np.isfinite(values)):
        raise ValueError(f"{name} must be finite, got {values.tolist()}")
    return values
