"""Outputs over time: one line per unit, its name at its end, and how the path ended when it ended early."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from ecolib.doors import check_kind, real
from ecolib.figures.labels import end_labels
from ecolib.figures.theme import INK, QUIET, current, unit_names, unit_style
from ecolib.numeric import Array
from ecolib.simulation import Path
from ecolib.values import real_array

__all__ = ["time_series"]

MARKS = 7
"""Markers along each line."""


def time_series(
    ax: Axes | None,
    path: Path,
    *,
    names: Sequence[str] | None = None,
    capacity: npt.ArrayLike | None = None,
    limit: float | None = None,
    log: bool = False,
) -> Axes:
    """Draw the outputs of a path over time.

    A path that did not finish is drawn as far as it was computed; a dotted line and a sentence above it say where and
    how it ended, and outputs beyond the axes leave through an arrow head.

    Args:
        ax: where to draw; None for the current axes.
        path: what ``simulate`` returned.
        names: one name per unit, written at the ends of the lines.
        capacity: carrying capacities to mark by dashed lines, one number or shape ``(units,)``, in units of output.
        limit: where the vertical axis ends, in units of output; by default all outputs are seen, except those of an
            escaped path, which leave at four times the largest capacity (or start).
        log: whether the vertical axis is logarithmic; absent units are then not seen.

    Raises:
        TypeError: when ``path`` is not a :class:`~ecolib.Path`.
        ValueError: when the names or capacities do not fit the units of the path.

    Example:
        >>> from matplotlib.figure import Figure
        >>> from ecolib import Symbiosis, Values, simulate
        >>> guest = Values(r=(0.5, 0.4), K=(100, 80), alpha=((0, 0.3), (-0.2, 0)))
        >>> path = simulate(Symbiosis.of(units=2), guest, x0=(10, 5), t=range(61))
        >>> ax = time_series(Figure().subplots(), path, names=("guest", "host"), capacity=guest.K)
        >>> [line.get_label() for line in ax.lines[:2]]
        ['guest', 'host']
    """
    check_kind("log", log, bool)
    if not isinstance(path, Path):
        raise TypeError(f"path must be one ecolib.Path, got {type(path).__name__}")
    ax, units = current(ax), len(path.x)
    limit = None if limit is None else real("limit", limit, above=0)
    named, levels = unit_names(names, units), _levels(capacity, units)
    for i, name in enumerate(named):
        seen = path.x[i] > 0 if log else np.isfinite(path.x[i])
        every = (0.04 * (i + 1), 1 / MARKS)
        ax.plot(path.t[seen], path.x[i][seen], **unit_style(i), markevery=every, label=name, zorder=3)
    end = float(path.t[-1]) if path.ended == "finished" else path.reached
    ax.set(xlim=(path.t[0], end), xlabel="time, $t$", ylabel="output, $x$")
    ax.set_yscale("log" if log else "linear")
    _set_top(ax, path, levels, limit, log)
    if path.ended != "finished":
        _mark_end(ax, path)
    _label_ends(ax, path, named, levels, log)
    return ax


def _levels(capacity: npt.ArrayLike | None, units: int) -> Array:
    if capacity is None:
        return np.empty(0)
    levels = real_array("capacity", capacity)
    if levels.shape not in ((), (units,)):
        raise ValueError(f"capacity must be one number or have shape ({units},), got {levels.shape}")
    if not np.all(np.isfinite(levels)):
        raise ValueError(f"capacity must be finite, got {levels.tolist()}")
    return np.broadcast_to(levels, (units,))


def _set_top(ax: Axes, path: Path, levels: Array, limit: float | None, log: bool) -> None:
    top = limit
    if top is None and path.ended == "escaped":
        top = 4.0 * float(np.max([*path.x[:, 0], *levels]))
    elif top is None:
        top = (1.5 if log else 1.06) * float(np.nanmax([*path.x.ravel(), *levels]))
    ax.set_ylim(None if log else 0.0, top if top > 0 else 1.0)


def _mark_end(ax: Axes, path: Path) -> None:
    """A dotted line and a sentence where the path ended, and arrow heads where outputs leave the axes."""
    ax.axvline(path.reached, color=INK, linestyle=(0, (1, 2)), linewidth=1.6, clip_on=False, gid="end")
    sentence = f"{path.ended} at $t$ = {path.reached:.3g}"
    ax.annotate(sentence, (1, 1), (0, 12), xycoords="axes fraction", textcoords="offset points", ha="right", gid="end")
    top = ax.get_ylim()[1]
    for i, outputs in enumerate(path.x):
        above = np.flatnonzero(outputs > top)
        if above.size:
            k = int(above[0])
            leave = np.interp(top, outputs[max(k - 1, 0) : k + 1], path.t[max(k - 1, 0) : k + 1])
            ax.plot(leave, top, marker=(3, 0, 0), markersize=11, color=unit_style(i)["color"], clip_on=False, zorder=4)


def _label_ends(ax: Axes, path: Path, names: Sequence[str], levels: Array, log: bool) -> None:
    """Names at the ends of the lines, and the capacities as dashed lines with their letters."""
    ends: list[tuple[float, str, str]] = []
    for i, (name, outputs) in enumerate(zip(names, path.x, strict=True)):
        known = outputs[np.isfinite(outputs)]
        if known[-1] > 0 or not log:
            ends.append((float(known[-1]), name, unit_style(i)["color"]))
    for level in dict.fromkeys(levels.tolist()):
        letters = " = ".join(f"K_{{{i + 1}}}" for i in np.flatnonzero(levels == level))
        ax.axhline(level, color=QUIET, linestyle=(0, (4, 3)), linewidth=1.2, zorder=1, gid="capacity")
        ends.append((level, f"${letters}$", QUIET))
    end_labels(ax, ends)
