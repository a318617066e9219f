"""Diagrams of a path: lines over compatibility or heterogeneity, thresholds, and what holds between them as bands.

The path is read from left to right in both: compatibility rises, heterogeneity falls.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol

import numpy as np
from matplotlib.axes import Axes

from ecolib.doors import choice, real
from ecolib.figures.bands import stage_bands
from ecolib.figures.fills import BALANCED, BIASED, Fill, fill_of
from ecolib.figures.labels import end_labels
from ecolib.figures.theme import INK, current, unit_names, unit_style
from ecolib.modes import READINGS, Mode, Stage
from ecolib.numeric import Array

__all__ = ["gains_diagram", "threshold_diagram"]

Over = Literal["phi", "V"]
Bands = Literal["modes", "signs", "shares"]

LEAST_PHI = 1e-6
POINTS = 400
MOST_GAIN = 5.0
"""Where benefit runs away, gains are drawn up to this many times what a unit has alone."""

MOST_V = 700.0
"""Beyond this heterogeneity compatibility is no number of the computer."""

_TITLES = {"phi": r"compatibility, $\phi$", "V": r"heterogeneity, $V$ (falls to the right)"}
_LETTERS = {"phi": r"\phi", "V": "V"}


class Course(Protocol):
    """What a diagram asks of a closure: one leader, ``n - 1`` followers alike, compatibility ``phi = exp(-V)``."""

    @property
    def n(self) -> int:
        """How many units."""

    @property
    def thresholds(self) -> Any:
        """Where the stages change: ``phi_0``, ``phi_c``, ``phi_b``; at 0 or 1 a change does not happen."""

    def alpha(self, *, phi: Any) -> Any:
        """Coefficients, shape ``(..., n, n)``."""

    def gains(self, *, phi: Any) -> Any:
        """Gains, shape ``(..., n)``."""

    def mode(self, *, phi: Any) -> Any:
        """Modes, shape ``(...)``."""

    def stage(self, *, phi: Any, reading: Any) -> Any:
        """Stages, shape ``(...)``."""


def threshold_diagram(
    ax: Axes | None,
    closure: Course,
    *,
    over: Over = "phi",
    bands: Bands = "modes",
    start: float | None = None,
    names: Sequence[str] | None = None,
) -> Axes:
    r"""Draw the coefficients of leader and followers, with thresholds as lines and modes as bands.

    Args:
        ax: where to draw; None for the current axes.
        closure: one closure in numbers.
        over: the horizontal axis: compatibility "phi", or heterogeneity "V", which falls to the right.
        bands: what the bands show: "modes", or the stages under the reading "signs" or "shares".
        start: where the horizontal axis begins; by default 0 for "phi", well before the first threshold for "V".
        names: what to call the leader and the followers.

    Raises:
        ValueError: when the closure is a batch, or for an unknown ``over`` or ``bands``.

    Example:
        >>> from matplotlib.figure import Figure
        >>> from ecolib.paper.evolution import Closure
        >>> ax = threshold_diagram(Figure().subplots(), Closure(s=1.2, c=0.3, omega=1))
        >>> ax.get_xlabel()
        'compatibility, $\\phi$'
    """
    phi = _compatibilities(closure, over, start)
    rows = np.asarray(closure.alpha(phi=phi), dtype=float)
    if rows.shape != (POINTS, closure.n, closure.n):
        raise ValueError(f"diagrams are for one closure in numbers, got coefficients of shape {rows.shape}")
    lines = np.stack([rows[:, 0, 1], rows[:, 1, 0]])
    return _diagram(current(ax), closure, phi, lines, ("symbiosis coefficient", "a"), over, bands, names)


def gains_diagram(
    ax: Axes | None,
    closure: Course,
    *,
    over: Over = "phi",
    bands: Bands = "modes",
    start: float | None = None,
    names: Sequence[str] | None = None,
) -> Axes:
    """Draw the gains of leader and followers; arguments and errors are those of :func:`threshold_diagram`.

    Where benefit runs away, the lines stop at :data:`MOST_GAIN`.

    Example:
        >>> from matplotlib.figure import Figure
        >>> from ecolib.paper.evolution import Closure
        >>> ax = gains_diagram(Figure().subplots(), Closure(s=1.2, c=0.3, omega=1), over="V")
        >>> ax.get_ylabel()
        'symbiosis gain, $g$'
    """
    phi = _compatibilities(closure, over, start)
    gains = np.asarray(closure.gains(phi=phi), dtype=float)
    if gains.shape != (POINTS, closure.n):
        raise ValueError(f"diagrams are for one closure in numbers, got gains of shape {gains.shape}")
    shown = gains <= (MOST_GAIN if np.isinf(gains).any() else np.inf)
    if not shown.any(axis=0).all():
        raise ValueError(f"no gains up to {MOST_GAIN:g} are left to draw: benefit runs away")
    return _diagram(
        current(ax), closure, phi, np.where(shown, gains, np.nan).T[:2], ("symbiosis gain", "g"), over, bands, names
    )


def _compatibilities(closure: Course, over: Over, start: float | None) -> Array:
    """Compatibilities from the left end of the axis to 1, evenly spaced on the axis."""
    choice("over", over, _TITLES)
    if isinstance(closure, type) or not all(hasattr(closure, name) for name in ("n", "thresholds", "alpha", "gains")):
        raise TypeError(f"closure must be one closure in numbers, got {type(closure).__name__}")
    if np.ndim(getattr(closure.thresholds, "phi_0", 0.0)):
        raise ValueError("diagrams are for one closure in numbers, got a batch")
    least, most = (0.0, 0.999) if over == "phi" else (0.001, MOST_V)
    start = None if start is None else real("start", start, least=least, most=most)
    if over == "phi":
        return np.linspace(max(start or 0.0, LEAST_PHI), 1.0, POINTS)
    first = max([1.0, *(-np.log(value) for _, value in _thresholds(closure))])
    return np.exp(-np.linspace(1.3 * first if start is None else start, 0.0, POINTS))


def _thresholds(closure: Course) -> list[tuple[str, float]]:
    """The changes that happen, with their indices."""
    given = closure.thresholds
    found = ((index, getattr(given, f"phi_{index}", None)) for index in ("0", "c", "b"))
    return [(index, float(value)) for index, value in found if value is not None and 0 < float(value) < 1]


def _diagram(
    ax: Axes,
    closure: Course,
    phi: Array,
    lines: Array,
    what: tuple[str, str],
    over: Over,
    bands: Bands,
    names: Sequence[str] | None,
) -> Axes:
    def place(value: Any) -> Any:
        return value if over == "phi" else -np.log(value)

    followers = "follower" if closure.n == 2 else "followers"
    given = ("leader", followers) if names is None else unit_names(names, 2)
    indices = ("1", "2" if closure.n == 2 else "i")
    title, letter = what
    for i, line in enumerate(lines):
        ax.plot(place(phi), line, **unit_style(i), markevery=(0.06 + 0.03 * i, 0.2), zorder=3)
    ax.axhline(0.0, color=INK, linewidth=0.9, zorder=2)
    ax.set(xlim=np.round(place(phi[[0, -1]]), 5), xlabel=_TITLES[over], ylabel=f"{title}, ${letter}$")
    named = (f"{name}, ${letter}_{k}$" for name, k in zip(given, indices, strict=True))
    pairs = zip(lines, named, strict=True)
    end_labels(
        ax, [(float(line[np.isfinite(line)][-1]), text, unit_style(i)["color"]) for i, (line, text) in enumerate(pairs)]
    )
    edges, kinds = _bands(closure, phi, bands)
    marks = {f"${_LETTERS[over]}_{k}$": place(value) for k, value in _thresholds(closure) if value in edges}
    stage_bands(ax, place(np.array(edges)), kinds, marks=marks)
    return ax


def _bands(closure: Course, phi: Array, bands: Bands) -> tuple[list[float], list[Fill]]:
    """What holds where, asked between neighbouring points of which the thresholds are some: edges are exact."""
    cuts = np.unique([*phi, *(value for _, value in _thresholds(closure) if value > phi[0])])
    fills = _fills(closure, (cuts[1:] + cuts[:-1]) / 2, bands)
    changes = [k for k in range(1, len(fills)) if fills[k] != fills[k - 1]]
    return [cuts[k] for k in (0, *changes, -1)], [fills[k] for k in (0, *changes)]


def _fills(closure: Course, phi: Array, bands: Bands) -> list[Fill]:
    if choice("bands", bands, ("modes", *READINGS)) != "modes":
        return [fill_of(stage) for stage in closure.stage(phi=phi, reading=bands)]
    stages = closure.stage(phi=phi, reading="shares")
    mutual = [BALANCED if stage is Stage.BALANCED_MUTUALISM else BIASED for stage in stages]
    found = zip(closure.mode(phi=phi), mutual, strict=True)
    return [shared if mode is Mode.MUTUALISM else fill_of(mode) for mode, shared in found]
