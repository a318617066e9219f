"""How things look, and what is written: what tells one line of a figure from another."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import LogFormatter, NullFormatter, ScalarFormatter


def looks(artist: Any) -> str:
    """Return colours, kind of line, marker and hatching of one thing; of a map of colours its colours and limits."""
    said: list[Any] = []
    if isinstance(artist, Line2D):
        said = [
            artist.get_linestyle(),
            artist.get_marker(),
            *map(_colour, (artist.get_color(), artist.get_markerfacecolor())),
        ]
    elif isinstance(artist, Collection) and artist.get_array() is not None:
        limits = np.array(artist.get_clim(), dtype=float).round(6)
        said = [artist.get_cmap().name, *limits, *map(_colour, getattr(artist.get_cmap(), "colors", ()))]
    elif isinstance(artist, Collection):
        said = [artist.get_hatch(), *dict.fromkeys(map(_colour, [*artist.get_facecolor(), *artist.get_edgecolor()]))]
    elif isinstance(artist, Patch):
        said = [artist.get_hatch(), artist.get_linestyle(), _colour(artist.get_facecolor()), artist.get_fill()]
    return " ".join([type(artist).__name__, *map(str, said)]) if said else ""


def _colour(colour: Any) -> str:
    return "none" if isinstance(colour, str) and colour == "none" else to_hex(colour)


def words(axes: Any) -> Iterator[str]:
    """Yield everything written in the axes but plain numbers along them."""
    legend = axes.get_legend()
    yield from (axes.get_title(where) for where in ("left", "center", "right") if axes.get_title(where))
    yield from (text.get_text() for text in [*axes.texts, *(legend.get_texts() if legend else [])] if text.get_text())
    yield from (looks(handle) for handle in (legend.legend_handles if legend else []))
    for axis in (axis for one in (axes, *axes.child_axes) for axis in (one.xaxis, one.yaxis)):
        formatter = axis.get_major_formatter()
        if axis.get_visible() and not isinstance(formatter, LogFormatter | NullFormatter | ScalarFormatter):
            yield from formatter.format_ticks(axis.get_majorticklocs())
