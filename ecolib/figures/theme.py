"""One look for all figures: opaque light cards, one colour, marker and line style per unit.

Colours were chosen so that any two units stay apart for readers with deuteranopia, protanopia or tritanopia, lines
have a contrast of at least 3 and text of at least 4.5 against the card. Line styles and markers repeat what colour
says. Text is at least 12 points, which is readable when a figure of 6.4 inches is shown 380 pixels wide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import seaborn as sns
from cycler import cycler
from matplotlib.axes import Axes

from ecolib.doors import check_kind, several, whole

__all__ = ["BACKGROUND", "INK", "QUIET", "UNIT_COLOURS", "current", "style", "unit_label", "unit_style", "use_style"]

BACKGROUND = "#ffffff"
"""The card: opaque, so that a figure is a light card on a dark page."""

INK = "#16191d"
"""Text, axes, and what belongs to no unit."""

QUIET = "#5f6670"
"""Text and lines that stand back."""

HATCH = "#50565e"
"""Hatches on areas: at least 3 against each fill that has one."""

FLOW = "#8b9098"
"""The flow behind a phase portrait."""

UNIT_COLOURS = ("#0b62d6", "#b85a00", "#03684a", "#a0409a", INK)
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
LINES: tuple[Any, ...] = ("-", (0, (5, 1.6)), (0, (6, 1.6, 1.2, 1.6)), (0, (1.2, 1.2)))

SMALL, LARGE = 12.0, 13.0

_RC: dict[str, Any] = {
    "axes.edgecolor": INK,
    "axes.facecolor": BACKGROUND,
    "axes.labelcolor": INK,
    "axes.labelsize": LARGE,
    "axes.prop_cycle": cycler(color=UNIT_COLOURS),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": LARGE,
    "axes.unicode_minus": True,
    "figure.constrained_layout.h_pad": 0.07,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.w_pad": 0.07,
    "figure.dpi": 144,
    "figure.facecolor": BACKGROUND,
    "figure.figsize": (6.4, 4.4),
    "font.size": SMALL,
    "hatch.color": HATCH,
    "hatch.linewidth": 0.7,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "legend.handlelength": 2.6,
    "lines.linewidth": 2.2,
    "lines.markersize": 7,
    "mathtext.fontset": "dejavusans",
    "savefig.dpi": 144,
    "savefig.facecolor": BACKGROUND,
    "svg.hashsalt": "ecolib",
    "text.color": INK,
    "xtick.color": INK,
    "xtick.labelsize": SMALL,
    "ytick.color": INK,
    "ytick.labelsize": SMALL,
}


def use_style() -> None:
    """Give every figure from here on the look of the book.

    Example:
        >>> with mpl.rc_context():
        ...     use_style()
        ...     mpl.rcParams["figure.figsize"]
        [6.4, 4.4]
    """
    sns.set_theme(style="ticks", font="DejaVu Sans", color_codes=False, rc=_RC)


@contextmanager
def style() -> Iterator[None]:
    """The look of the book within a ``with`` block only.

    Example:
        >>> with style():
        ...     mpl.rcParams["font.size"]
        12.0
    """
    with mpl.rc_context():
        use_style()
        yield


def unit_style(unit: int) -> dict[str, Any]:
    """Colour, marker and line style of a unit, as keywords for ``Axes.plot``: the same in every figure.

    The three cycles have lengths 5, 7 and 4, so the first 140 units differ in at least one.

    Raises:
        TypeError: when it is no integer.
        ValueError: for a negative index.

    Example:
        >>> unit_style(0)
        {'color': '#0b62d6', 'marker': 'o', 'linestyle': '-'}
    """
    unit = whole("unit", unit, least=0)
    return {
        "color": UNIT_COLOURS[unit % len(UNIT_COLOURS)],
        "marker": MARKERS[unit % len(MARKERS)],
        "linestyle": LINES[unit % len(LINES)],
    }


def unit_names(names: Sequence[str] | None, units: int) -> tuple[str, ...]:
    """The names given, or "unit 1", "unit 2", ...

    Raises:
        ValueError: when there are not as many names as units.
    """
    if names is None:
        return tuple(f"unit {i + 1}" for i in range(units))
    given = () if isinstance(names, str) else several("names", names)
    if len(given) != units or not all(isinstance(name, str) for name in given):
        raise ValueError(f"names must hold one name for each of {units} units, got {names!r}")
    return given


def unit_label(what: str, letter: str, unit: int, name: str) -> str:
    """The label of an axis that shows something of a unit.

    Example:
        >>> unit_label("output", "x", 0, "unit 1")
        'output of unit 1, $x_1$'
    """
    return f"{what} of {name}, ${letter}_{{{unit + 1}}}$" if unit > 8 else f"{what} of {name}, ${letter}_{unit + 1}$"


def current(ax: Axes | None) -> Axes:
    """The axes given, or the current ones of pyplot.

    Raises:
        TypeError: when something else is given.
    """
    if ax is not None:
        check_kind("ax", ax, Axes)
        return ax
    import matplotlib.pyplot as plt

    return plt.gca()
