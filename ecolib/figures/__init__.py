"""Figures: axes in, axes out.

Every function takes axes first (None for the current ones), draws, and returns them. Wrap figures in :func:`style`, or
call :func:`use_style` once, for the look of the book.

Example:
    >>> from matplotlib.figure import Figure
    >>> from ecolib import Symbiosis, Values
    >>> with style():
    ...     ax = Figure().subplots()
    ...     ax = phase_portrait(ax, Symbiosis.of(units=2), Values(r=(1, 1), K=(1, 1), alpha=((0, 0.5), (0.25, 0))))
    >>> ax.get_ylabel()
    'output of unit 2, $x_2$'
"""

from ecolib.figures.bands import stage_bands
from ecolib.figures.basins import basin_map
from ecolib.figures.behaviour import COURSE_FILLS, PARADIGM_FILLS, payoff_diagram, ratio_plane, share_triangle
from ecolib.figures.bifurcations import bifurcation_curves, bifurcation_diagram
from ecolib.figures.fills import MODE_COLOURS, REGIME_COLOURS, STAGE_COLOURS, Fill, fill_of
from ecolib.figures.labels import end_labels, legend_below, legend_beside, shared_legend
from ecolib.figures.logic import arrow_diagram
from ecolib.figures.maps import mode_map, regime_map
from ecolib.figures.phase import phase_portrait
from ecolib.figures.series import time_series
from ecolib.figures.ternary import simplex, simplex_shares
from ecolib.figures.theme import UNIT_COLOURS, style, unit_style, use_style
from ecolib.figures.thresholds import gains_diagram, threshold_diagram

__all__ = [
    "COURSE_FILLS",
    "MODE_COLOURS",
    "PARADIGM_FILLS",
    "REGIME_COLOURS",
    "STAGE_COLOURS",
    "UNIT_COLOURS",
    "Fill",
    "arrow_diagram",
    "basin_map",
    "bifurcation_curves",
    "bifurcation_diagram",
    "end_labels",
    "fill_of",
    "gains_diagram",
    "legend_below",
    "legend_beside",
    "mode_map",
    "payoff_diagram",
    "phase_portrait",
    "ratio_plane",
    "regime_map",
    "share_triangle",
    "shared_legend",
    "simplex",
    "simplex_shares",
    "stage_bands",
    "style",
    "threshold_diagram",
    "time_series",
    "unit_style",
    "use_style",
]
