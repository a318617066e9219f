"""Basins: a plane of starts, coloured by where they lead.

A unit that is left alone has its own colour in a pale tint; states with several units have colours of their own. What
is no known state is hatched as well: undecided starts, and starts from which outputs grow without bound.
"""

from __future__ import annotations

from itertools import cycle
from typing import Any

import numpy.typing as npt
from matplotlib.axes import Axes

from ecolib.basins import Basins
from ecolib.doors import check_kind
from ecolib.figures.fills import MODE_COLOURS, REGIME_COLOURS, Fill, fill_of
from ecolib.figures.maps import regime_map
from ecolib.figures.theme import unit_style
from ecolib.modes import Mode

__all__ = ["basin_map"]

TOGETHER = (
    REGIME_COLOURS["coexistence"],
    MODE_COLOURS[Mode.PARASITISM],
    MODE_COLOURS[Mode.MIXED],
    MODE_COLOURS[Mode.AMENSALISM],
    MODE_COLOURS[Mode.COMMENSALISM],
)
"""Colours of states with several units, in order."""


def basin_map(
    ax: Axes | None,
    xs: npt.ArrayLike,
    ys: npt.ArrayLike,
    found: Basins,
    *,
    xlabel: str = "",
    ylabel: str = "",
    edges: bool = True,
    log: str = "",
) -> Axes:
    """Draw the basins of a plane of starts, each named in place.

    Starts that were not run, after an interruption, leave their place blank. What covers a line only, as undecided
    starts exactly on an edge do, is drawn like its neighbours.

    Args:
        ax: where to draw; None for the current axes.
        xs: increasing coordinates of the columns, shape ``(columns,)``.
        ys: increasing coordinates of the rows, shape ``(rows,)``.
        found: what :func:`~ecolib.basins.basins` says of starts of shape ``(rows, columns, units)``.
        xlabel: label of the horizontal axis.
        ylabel: label of the vertical axis.
        edges: whether to draw the borders between basins.
        log: which axes are logarithmic: "", "x", "y" or "xy".

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when the shapes do not fit, or coordinates do not increase.

    Example:
        >>> import numpy as np
        >>> from matplotlib.figure import Figure
        >>> from ecolib import Symbiosis, Values
        >>> from ecolib.basins import basins
        >>> rivals, u = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0))), np.linspace(0.05, 1.1, 8)
        >>> found = basins(Symbiosis.of(units=2), rivals, np.stack(np.meshgrid(u, u), axis=-1))
        >>> ax = basin_map(Figure().subplots(), u, u, found)
        >>> sorted(text.get_text() for text in ax.texts)
        ['unit 1', 'unit 2']
    """
    check_kind("found", found, Basins)
    given: dict[str, Any] = {"xlabel": xlabel, "ylabel": ylabel, "edges": edges, "log": log}
    return regime_map(ax, xs, ys, found.labels, names=_fills(found), **given)


def _fills(found: Basins) -> tuple[Fill, ...]:
    """A fill for each label."""
    together, fills = cycle(TOGETHER), []
    for name, state in zip(found.names, found.states, strict=False):
        present = [i for i, output in enumerate(state) if output > 0]
        if not present:
            fills.append(Fill(name, REGIME_COLOURS["exclusion"], "//"))
        elif len(present) == 1:
            fills.append(Fill(name, Fill(name, unit_style(present[0])["color"]).pale))
        else:
            fills.append(Fill(name, next(together)))
    unbounded = fill_of("unbounded growth")
    return (*fills, fill_of("undecided"), Fill("unbounded", unbounded.colour, unbounded.hatch))
