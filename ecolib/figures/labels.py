"""Where text goes so that it covers nothing: at the ends of lines, inside areas, in a legend beside the axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.legend import Legend
from matplotlib.textpath import TextPath
from matplotlib.transforms import ScaledTranslation
from scipy import ndimage

from ecolib.doors import check_kind, real, several
from ecolib.figures.theme import SMALL
from ecolib.numeric import Array

__all__ = ["end_labels", "fit_inside", "legend_below", "legend_beside", "shared_legend", "spread"]

LEADING = 1.25
"""Distance of two lines of text, in font sizes."""


def text_size(text: str, size: float = SMALL) -> tuple[float, float]:
    """Width and height of a text, in points."""
    lines = text.split("\n")
    extents = [TextPath((0, 0), line, size=size, prop=FontProperties(family="DejaVu Sans")) for line in lines]
    return max(float(path.get_extents().width) for path in extents), LEADING * size * len(lines)


def axes_size(ax: Axes) -> tuple[float, float]:
    """Width and height of the axes after layout, in points."""
    figure = ax.figure.canvas.figure
    figure.draw_without_rendering()
    box = ax.get_window_extent()
    return box.width * 72 / figure.dpi, box.height * 72 / figure.dpi


def spread(positions: Sequence[float], gap: float, high: float = np.inf) -> Array:
    """Positions moved as little as needed (least squares) so that neighbours are ``gap`` apart and none is too high.

    Of equal positions the first stays highest.

    Example:
        >>> spread([0.0, 0.1, 5.0], gap=1.0).tolist()
        [-0.45, 0.55, 5.0]
    """
    count = len(positions)
    order = np.lexsort((-np.arange(count), np.round(positions, 6)))
    steps = gap * np.arange(count)
    blocks: list[tuple[float, int]] = []  # mean and size: isotonic regression of the positions less the steps
    for value in np.asarray(positions, dtype=float)[order] - steps:
        mean, size = float(value), 1
        while blocks and blocks[-1][0] > mean:
            before, members = blocks.pop()
            mean, size = (mean * size + before * members) / (size + members), size + members
        blocks.append((mean, size))
    means, sizes = [mean for mean, _ in blocks], [size for _, size in blocks]
    result = np.empty(count)
    result[order] = np.minimum(np.repeat(means, sizes) + steps, high - steps[::-1])
    return result


def end_labels(ax: Axes, ends: Sequence[tuple[float, str, str]]) -> None:
    """Write texts beside the right end of the axes, moved apart where they would overlap.

    Each is given by its height in data, the text, and its colour.

    Raises:
        TypeError: when an argument is of another kind.
    """
    check_kind("ax", ax, Axes)
    ends = [_checked_end(end) for end in several("ends", ends)]
    if not ends:
        return
    to_axes = ax.transData + ax.transAxes.inverted()
    fractions = [float(np.clip(to_axes.transform((ax.get_xlim()[1], y))[1], 0.0, 1.0)) for y, *_ in ends]
    gap = 1.3 * LEADING * SMALL / axes_size(ax)[1]  # the axes may still lose height to what comes above and below
    beside = ax.transAxes + ScaledTranslation(6 / 72, 0, ax.figure.dpi_scale_trans)
    for fraction, (_, text, colour) in zip(spread(fractions, gap, high=1.0), ends, strict=True):
        ax.text(1.0, fraction, text, color=colour, va="center", transform=beside, fontsize=SMALL)


def _checked_end(end: Any) -> tuple[float, str, str]:
    parts = several("an end", end)
    if len(parts) != 3 or not all(isinstance(part, str) for part in parts[1:]):
        raise ValueError(f"an end is a height, a text and a colour, got {end!r:.80}")
    return real("the height of an end", parts[0]), parts[1], parts[2]


def fit_inside(mask: npt.NDArray[np.bool_], width: int, height: int) -> tuple[int, int] | None:
    """Row and column of the centre of a box of cells that lies deepest inside a region; None when it fits nowhere.

    Example:
        >>> region = np.zeros((9, 9), dtype=bool)
        >>> region[2:7, 1:8] = True
        >>> fit_inside(region, width=3, height=3)
        (4, 4)
    """
    room = ndimage.minimum_filter(mask, size=(max(height, 1), max(width, 1)), mode="constant", cval=False)
    if not room.any():
        return None
    depth = ndimage.distance_transform_edt(np.pad(room, 1))[1:-1, 1:-1]
    deepest = np.argwhere(depth >= 0.98 * depth.max())
    row, column = deepest[np.argmin(((deepest - deepest.mean(axis=0)) ** 2).sum(axis=1))]
    return int(row), int(column)


def two_lines(text: str) -> str:
    """The text broken at the space nearest its middle; unchanged when it is one word."""
    spaces = [i for i, letter in enumerate(text) if letter == " "]
    if not spaces:
        return text
    middle = min(spaces, key=lambda i: abs(2 * i - len(text)))
    return text[:middle] + "\n" + text[middle + 1 :]


def labelled(*axes: Axes) -> dict[str, Artist]:
    """What has a label on some axes, each label once, in the order of drawing."""
    found: dict[str, Artist] = {}
    for ax in axes:
        for handle, label in zip(*ax.get_legend_handles_labels(), strict=True):
            found.setdefault(label, handle)
    return found


def legend_beside(ax: Axes) -> Legend | None:
    """A legend at the right of the axes; None when nothing has a label.

    Raises:
        TypeError: when an argument is of another kind.
    """
    check_kind("ax", ax, Axes)
    found = labelled(ax)
    if not found:
        return None
    return ax.legend(found.values(), found, loc="center left", bbox_to_anchor=(1.03, 0.5), borderaxespad=0.0)


def legend_below(ax: Axes, handles: Sequence[Artist] | None = None) -> Legend | None:
    """A legend below the label of the horizontal axis; None when nothing has a label.

    Raises:
        TypeError: when an argument is of another kind.
    """
    check_kind("ax", ax, Axes)
    for handle in several("handles", () if handles is None else handles):
        check_kind("a handle", handle, Artist)
    found = labelled(ax) if handles is None else {str(handle.get_label()): handle for handle in handles}
    if not found:
        return None
    columns = _columns(list(found), axes_size(ax)[0])
    place = ax.transAxes + ScaledTranslation(0, -46 / 72, ax.figure.dpi_scale_trans)
    return ax.legend(
        found.values(), found, loc="upper center", bbox_to_anchor=(0.5, 0.0), bbox_transform=place,
        borderaxespad=0.0, ncols=columns,
    )  # fmt: skip


def shared_legend(figure: Figure) -> Legend | None:
    """One legend below all axes of a figure, each label once; None when nothing has a label.

    Raises:
        TypeError: when an argument is of another kind.

    Example:
        >>> figure = Figure(layout="constrained")
        >>> for ax in figure.subplots(1, 2): _ = ax.plot([0, 1], label="rate")
        >>> len(shared_legend(figure).get_texts())
        1
    """
    check_kind("figure", figure, Figure)
    found = labelled(*figure.axes)
    if not found:
        return None
    columns = _columns(list(found), 72 * figure.get_size_inches()[0])
    return figure.legend(found.values(), found, loc="outside lower center", ncols=columns, borderaxespad=0.8)


def _columns(labels: Sequence[str], width: float) -> int:
    """How many columns of a legend fit into a width in points."""
    widest = max(text_size(label)[0] for label in labels) + 5.5 * SMALL
    return max(1, min(len(labels), int(width // widest)))
