"""Bands along the horizontal axis: what holds between two thresholds, named in a strip above the axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ecolib.doors import check_named_numbers, several
from ecolib.figures.fills import Fill, Kind, fill_of
from ecolib.figures.labels import LEADING, axes_size, legend_below, spread, text_size, two_lines
from ecolib.figures.maps import patch
from ecolib.figures.theme import INK, QUIET, SMALL, current
from ecolib.values import real_array

__all__ = ["stage_bands"]

GAP = 0.02
"""Space between the axes and the strip, as a fraction of the height of the axes."""


def stage_bands(
    ax: Axes | None, edges: npt.ArrayLike, kinds: Sequence[Kind], *, marks: Mapping[str, float] | None = None
) -> Axes:
    """Draw bands between edges: a tint behind the lines and a strip with names above the axes.

    A name that has no room in its part of the strip goes into a legend below. Draw the lines and set the limits first.

    Args:
        ax: where to draw; None for the current axes.
        edges: rising or falling places on the horizontal axis, one more than there are bands.
        kinds: what holds in each band: modes, stages, regimes by name, or fills.
        marks: names of places on the horizontal axis, drawn as dotted lines and named above the strip.

    Raises:
        ValueError: when there is not one edge more than kinds, or the edges are not in order.

    Example:
        >>> from matplotlib.figure import Figure
        >>> from ecolib import Stage
        >>> ax = Figure().subplots()
        >>> _ = ax.set_xlim(0, 10)
        >>> _ = stage_bands(ax, [0, 4, 10], [Stage.INHIBITION, Stage.SINGLE_BENEFIT], marks={"$t_0$": 4})
        >>> [text.get_text() for text in ax.texts]
        ['inhibition', 'single benefit', '$t_0$']
    """
    ax, places, fills = current(ax), real_array("edges", edges), [fill_of(kind) for kind in several("kinds", kinds)]
    if places.shape != (len(fills) + 1,):
        raise ValueError(f"{len(fills)} bands need {len(fills) + 1} edges, got shape {places.shape}")
    steps = np.diff(places)
    marks = {} if marks is None else marks
    check_named_numbers("marks", marks)
    if not np.all(np.isfinite(places)) or not (np.all(steps > 0) or np.all(steps < 0)):
        raise ValueError(f"edges must rise or fall, got {places.tolist()}")
    width, height = axes_size(ax)
    room = np.abs(steps) / abs(np.subtract(*ax.get_xlim())) * width - 8
    texts = [_fitted(fill.label, space) for fill, space in zip(fills, room, strict=True)]
    top = 1 + GAP + 1.25 * (max(text.count("\n") + 1 for text in texts) * LEADING * SMALL + 4) / height
    for fill, text, ends in zip(fills, texts, pairwise(places), strict=True):
        _band(ax, fill, text, ends, top)
    _mark(ax, marks, top, width)
    legend_below(ax, [patch(fill) for fill, text in zip(fills, texts, strict=True) if not text])
    return ax


def _fitted(label: str, room: float) -> str:
    """The label in one line or two if that fits into so many points; otherwise nothing."""
    return next((text for text in (label, two_lines(label)) if text_size(text)[0] <= room), "")


def _band(ax: Axes, fill: Fill, text: str, ends: tuple[float, float], top: float) -> None:
    """The tint within the axes, and the part of the strip up to ``top``, in heights of the axes."""
    ax.axvspan(*ends, color=fill.pale, linewidth=0, zorder=0, gid=f"band: {fill.label}")
    low, across = 1 + GAP, ax.get_xaxis_transform()
    look: dict[str, Any] = {
        "facecolor": fill.colour,
        "hatch": fill.hatch,
        "edgecolor": QUIET,
        "linewidth": 0.8,
        "clip_on": False,
    }
    ax.add_patch(Rectangle((ends[0], low), ends[1] - ends[0], top - low, transform=across, **look))
    if text:
        middle = sum(ends) / 2, (low + top) / 2
        ax.text(*middle, text, ha="center", va="center", fontsize=SMALL, transform=across)


def _mark(ax: Axes, marks: Mapping[str, float], top: float, width: float) -> None:
    """Dotted lines at places of the horizontal axis; names that would overlap are moved apart."""
    left, right = ax.get_xlim()
    fractions = [(place - left) / (right - left) for place in marks.values()]
    for (text, place), fraction in zip(marks.items(), spread(fractions, 22 / width), strict=True):
        ax.axvline(place, color=INK, linestyle=(0, (1, 1.6)), linewidth=1.6, zorder=2, gid=f"mark: {text}")
        ax.text(fraction, top + GAP, text, ha="center", va="bottom", fontsize=SMALL, transform=ax.transAxes)
