"""Maps: a plane of two parameters, coloured by what happens there.

The areas of a map are told apart by colour, by hatch and by an edge, and are labelled in place; an area too small for
its label goes into a legend below. Only what is present on the map is named.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from scipy import ndimage

from ecolib.doors import check_kind, choice, several
from ecolib.figures.fills import Fill, Kind, fill_of
from ecolib.figures.labels import axes_size, fit_inside, legend_below, text_size, two_lines
from ecolib.figures.theme import INK, QUIET, SMALL, current
from ecolib.modes import Mode
from ecolib.numeric import Array
from ecolib.regimes import REGIMES
from ecolib.values import real_array

__all__ = ["mode_map", "regime_map"]

Codes = npt.NDArray[np.integer]
Mask = npt.NDArray[np.bool_]

MARGIN = 5.0
"""Least distance of a label from the edge of its area, in points."""


def regime_map(
    ax: Axes | None,
    xs: npt.ArrayLike,
    ys: npt.ArrayLike,
    codes: npt.ArrayLike,
    *,
    names: Sequence[Kind] = REGIMES,
    xlabel: str = "",
    ylabel: str = "",
    edges: bool = True,
    log: str = "",
) -> Axes:
    """Draw a map of regimes, modes or stages over two parameters.

    A map shows areas. What holds on a line only, as commensalism does between two modes, covers no block of two by two
    cells: such places are drawn like their neighbours and are not named.

    Args:
        ax: where to draw; None for the current axes.
        xs: increasing coordinates of the columns, shape ``(columns,)``.
        ys: increasing coordinates of the rows, shape ``(rows,)``.
        codes: positions in ``names``, shape ``(rows, columns)``; a negative code leaves the place blank.
        names: what the codes stand for: regimes by name, modes, stages or fills.
        xlabel: label of the horizontal axis.
        ylabel: label of the vertical axis.
        edges: whether to draw the borders between areas.
        log: which axes are logarithmic: "", "x", "y" or "xy".

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when the shapes do not fit, coordinates do not increase, or a code has no name.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = regime_map(Figure().subplots(), [0, 1, 2], [0, 1], [[0, 0, 1], [0, 0, 1]], xlabel="a")
        >>> ax.get_xlabel()
        'a'
    """
    check_kind("edges", edges, bool)
    ax, log = current(ax), choice("log", log, ("", "x", "y", "xy"))
    x, y, fills = real_array("xs", xs), real_array("ys", ys), [fill_of(name) for name in several("names", names)]
    whole = without_lines(_checked(x, y, codes, len(fills)))
    ax.set(xscale="log" if "x" in log else "linear", yscale="log" if "y" in log else "linear")
    paint(ax, x, y, whole, fills, edges=edges)
    ax.set(xlim=(x[0], x[-1]), ylim=(y[0], y[-1]), xlabel=xlabel, ylabel=ylabel)
    for spine in ax.spines.values():
        spine.set_visible(True)
    name_areas(ax, x, y, whole, fills)
    return ax


def mode_map(
    ax: Axes | None,
    xs: npt.ArrayLike,
    ys: npt.ArrayLike,
    codes: npt.ArrayLike,
    *,
    xlabel: str = "",
    ylabel: str = "",
    edges: bool = True,
    log: str = "",
) -> Axes:
    """Draw a map of modes: :func:`regime_map` for the codes that ``ecolib.mode_map`` returns.

    Example:
        >>> import numpy as np
        >>> from matplotlib.figure import Figure
        >>> from ecolib import Values, mode_map as modes
        >>> a = np.linspace(-0.5, 0.5, 21)
        >>> alpha = np.zeros((21, 21, 2, 2))
        >>> alpha[..., 0, 1], alpha[..., 1, 0] = np.meshgrid(a, a)
        >>> ax = mode_map(Figure().subplots(), a, a, modes(Values(r=(1, 1), K=(1, 1), alpha=alpha)))
        >>> sorted({text.get_text() for text in ax.texts})
        ['inhibition', 'mutualism', 'parasitism']
    """
    return regime_map(ax, xs, ys, codes, names=tuple(Mode), xlabel=xlabel, ylabel=ylabel, edges=edges, log=log)


def _checked(x: Array, y: Array, codes: npt.ArrayLike, count: int) -> Codes:
    for name, line in (("xs", x), ("ys", y)):
        if line.ndim != 1 or line.size < 2 or not np.all(np.isfinite(line)) or not np.all(np.diff(line) > 0):
            raise ValueError(f"{name} must hold at least two increasing numbers, got shape {line.shape}")
    whole = integers(codes)
    if whole.shape != (y.size, x.size):
        raise ValueError(f"codes must have shape (rows, columns) = ({y.size}, {x.size}), got {whole.shape}")
    if whole.max() >= count:
        raise ValueError(f"codes are positions among {count} names (0 to {count - 1}), got {whole.max()}")
    return whole


def integers(codes: npt.ArrayLike) -> Codes:
    """Codes as integers; yes and no count as 1 and 0."""
    try:
        whole = np.asarray(codes)
    except ValueError:
        raise ValueError(f"codes must be an array of integers, got {codes!r:.80}") from None
    if whole.dtype.kind not in "iub":
        raise ValueError(f"codes must be integers, got {whole.dtype}")
    return whole.astype(np.int64)


def without_lines(codes: Codes, width: int = 2) -> Codes:
    """The codes without those that cover no square of so many cells; their places take the nearest other code.

    Example:
        >>> without_lines(np.array([[0, 2, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]])).tolist()
        [[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]]
    """
    wide = [code for code in present(codes) if ndimage.minimum_filter(codes == code, width, mode="constant").any()]
    lines = ~np.isin(codes, wide) & (codes >= 0)
    if not wide or not lines.any():
        return codes
    nearest = ndimage.distance_transform_edt(lines, return_distances=False, return_indices=True)
    return np.asarray(codes[tuple(nearest)])


def paint(ax: Axes, x: Array, y: Array, codes: Codes, fills: Sequence[Fill], *, edges: bool = True) -> None:
    """Colours, hatches and borders of the areas."""
    colours = ListedColormap([fill.colour for fill in fills])
    shown = np.ma.masked_less(codes, 0)
    ax.pcolormesh(x, y, shown, cmap=colours, vmin=-0.5, vmax=len(fills) - 0.5, shading="nearest", rasterized=True)
    for code in present(codes):
        area = (codes == code).astype(float)
        if fills[code].hatch:
            ax.contourf(x, y, area, levels=[0.5, 1.5], colors="none", hatches=[fills[code].hatch])
        if edges and area.min() < 0.5:
            ax.contour(x, y, area, levels=[0.5], colors=INK, linewidths=1.2)


def name_areas(ax: Axes, x: Array, y: Array, codes: Codes, fills: Sequence[Fill]) -> None:
    """A label inside every area that has room for it; a legend for what found no room anywhere."""
    cells = np.array(codes.shape[::-1]) / axes_size(ax)  # cells per point
    homeless = []
    for code in present(codes):
        parts = ndimage.label(codes == code)[0]
        least = np.prod(np.array(text_size(two_lines(fills[code].label))) * cells)
        large = [part for part, size in enumerate(np.bincount(parts.ravel())) if part and size > least]
        placed = [_name(ax, x, y, parts == part, fills[code], cells) for part in large]
        if not any(placed):
            homeless.append(patch(fills[code]))
    legend_below(ax, homeless)


def _name(ax: Axes, x: Array, y: Array, area: Mask, fill: Fill, cells: Array) -> bool:
    for text in dict.fromkeys((fill.label, two_lines(fill.label))):
        width, height = (np.array(text_size(text)) + 2 * MARGIN) * cells
        place = fit_inside(area, int(np.ceil(width)), int(np.ceil(height)))
        if place is not None:
            ground = {"facecolor": fill.colour, "edgecolor": "none", "pad": 2.5} if fill.hatch else None
            row, column = place
            ax.text(x[column], y[row], text, ha="center", va="center", fontsize=SMALL, bbox=ground, zorder=5)
            return True
    return False


def present(codes: Codes) -> list[int]:
    """The codes on a map, in order, without the blank."""
    return [int(code) for code in np.unique(codes) if code >= 0]


def patch(fill: Fill) -> Patch:
    """The entry of a fill in a legend."""
    return Patch(facecolor=fill.colour, hatch=2 * fill.hatch, edgecolor=QUIET, linewidth=0.8, label=fill.label)
