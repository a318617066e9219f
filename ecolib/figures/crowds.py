"""Many units at once: where eigenvalues lie, and lines that are named at their ends."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse
from matplotlib.ticker import LogLocator, NullLocator

from ecolib.communities import Community
from ecolib.communities.draws import check_community
from ecolib.doors import check_mapping, choice, several
from ecolib.figures.labels import end_labels, legend_below
from ecolib.figures.theme import INK, current, unit_style
from ecolib.values import real_array

__all__ = ["line_diagram", "spectrum_diagram"]


def spectrum_diagram(ax: Axes | None, eigenvalues: npt.ArrayLike, community: Community) -> Axes:
    """Draw the eigenvalues of ``A - I`` in the complex plane, inside the ellipse that theory gives for their bulk.

    Args:
        ax: where to draw; None for the current axes.
        eigenvalues: complex numbers, per unit of time, shape ``(units,)``.
        community: the community that the coefficients were drawn from.

    Raises:
        ValueError: when the eigenvalues are not finite or not in one line.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = spectrum_diagram(Figure().subplots(), [-1, -1 + 0.2j], Community(units=2, spread=0.1))
        >>> ax.get_xlabel()
        'real part'
    """
    check_community(community)
    values = _complex(eigenvalues)
    if values.ndim != 1 or not np.all(np.isfinite(values)):
        raise ValueError(f"eigenvalues must be finite and have shape (units,), got shape {values.shape}")
    ax, values = current(ax), np.sort_complex(values)  # solvers list them in any order
    size, tilt = 2 * community.complexity, community.pair_correlation
    centre = (-1.0 - community.entry_mean, 0.0)
    ax.plot(values.real, values.imag, ".", color=unit_style(0)["color"], markersize=4, alpha=0.7, zorder=2)
    ax.add_patch(
        Ellipse(centre, size * (1 + tilt), size * (1 - tilt), fill=False, edgecolor=INK, linewidth=1.6, zorder=3)
    )
    ax.axvline(0.0, color=unit_style(1)["color"], linestyle="--", linewidth=1.8, zorder=1)
    ax.set(aspect="equal", xlabel="real part", ylabel="imaginary part")
    return ax


def _complex(given: npt.ArrayLike) -> npt.NDArray[np.complex128]:
    try:
        array = np.asarray(given)
        if array.dtype.kind not in "iufc":
            raise TypeError
        return array.astype(np.complex128)
    except (TypeError, ValueError):
        raise TypeError(f"eigenvalues must be an array of numbers, got {given!r:.80}") from None


def line_diagram(
    ax: Axes | None,
    lines: Mapping[str, tuple[npt.ArrayLike, npt.ArrayLike]],
    *,
    xlabel: str,
    ylabel: str,
    log: str = "",
    named: str = "beside",
) -> Axes:
    """Draw lines with the colour, marker and style of unit 1, 2, ..., named at their right ends or in a legend below.

    Args:
        ax: where to draw; None for the current axes.
        lines: for each name the coordinates of its points, two arrays of one shape; NaN leaves a gap.
        xlabel: label of the horizontal axis.
        ylabel: label of the vertical axis.
        log: which axes are logarithmic: "", "x", "y" or "xy".
        named: where the names stand: "beside" the ends of the lines, or "below" in a legend.

    Raises:
        ValueError: when the coordinates of a line differ in shape, or ``log`` or ``named`` is unknown.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = line_diagram(Figure().subplots(), {"members": ([1, 2], [1, 2])}, xlabel="arrivals", ylabel="members")
        >>> [text.get_text() for text in ax.texts]
        ['members']
    """
    for option, given, known in (("log", log, ("", "x", "y", "xy")), ("named", named, ("beside", "below"))):
        choice(option, given, known)
    check_mapping("lines", lines)
    ax, ends = current(ax), []
    for k, (name, points) in enumerate(lines.items()):
        pair = several(f"the line {name!r}", points)
        if len(pair) != 2:
            raise ValueError(f"the line {name!r} needs two arrays, got {len(pair)}")
        x, y = (real_array(str(name), given) for given in pair)
        if x.ndim != 1 or x.shape != y.shape:
            raise ValueError(f"the line {name!r} needs two arrays of one shape, got {x.shape} and {y.shape}")
        if not np.isfinite(y).any():
            raise ValueError(f"the line {name!r} has no finite point to draw")
        style = unit_style(k)
        ax.plot(x, y, **style, markevery=max(1, x.size // 7), label=name, zorder=3)
        ends.append((float(y[np.isfinite(y)][-1]), name, style["color"]))
    ax.set(xlabel=xlabel, ylabel=ylabel)
    for name, axis in (("x", ax.xaxis), ("y", ax.yaxis)):
        if name in log:
            ax.set(**{f"{name}scale": "log"})
            axis.set(major_locator=LogLocator(subs=(1, 2, 5)), minor_locator=NullLocator())
            axis.set_major_formatter(lambda value, _: f"{value:g}")
    ax.margins(x=0)
    if named == "beside":
        end_labels(ax, ends)
    else:
        legend_below(ax)
    return ax
