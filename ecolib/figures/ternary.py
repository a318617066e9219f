"""Three shares that add up to one, as points of a triangle: each corner is one unit with everything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from scipy.spatial import KDTree

from ecolib.doors import several, whole, words
from ecolib.figures.fills import Kind, fill_of
from ecolib.figures.maps import integers, name_areas, paint, without_lines
from ecolib.figures.theme import INK, current
from ecolib.modes import Mode
from ecolib.numeric import Array
from ecolib.values import real_array

__all__ = ["simplex", "simplex_shares"]

CORNERS = np.array([[0.5, np.sqrt(0.75)], [0.0, 0.0], [1.0, 0.0]])
"""Places of the corners: first at the top, second at the left, third at the right."""

RASTER = 600


def simplex_shares(steps: int = 197) -> Array:
    """Shares evenly spread over the triangle, shape ``(points, 3)``, each row adding up to 1.

    The points are the middles of the ``steps**2`` small triangles, so no share is 0. The default number of steps is
    a prime, so that the points miss most round shares, where areas meet.

    Raises:
        ValueError: when ``steps`` is not positive.

    Example:
        >>> simplex_shares(1).round(3).tolist()
        [[0.333, 0.333, 0.333]]
    """
    steps = whole("steps", steps, least=1, most=2000)
    i, j = (index.ravel() for index in np.indices((steps, steps)))
    upright, inverted = i + j < steps, i + j < steps - 1
    first = np.concatenate([i[upright] + 1 / 3, i[inverted] + 2 / 3]) / steps
    second = np.concatenate([j[upright] + 1 / 3, j[inverted] + 2 / 3]) / steps
    return np.stack([first, second, 1.0 - first - second], axis=-1)


def simplex(
    ax: Axes | None,
    shares: npt.ArrayLike,
    codes: npt.ArrayLike,
    *,
    names: Sequence[Kind] = tuple(Mode),
    corners: Sequence[str] = ("transferring", "origin", "destination"),
) -> Axes:
    """Draw a map over the triangle of shares: each place takes the code of the nearest point given.

    Args:
        ax: where to draw; None for the current axes.
        shares: shape ``(points, 3)``, not negative, each row adding up to 1 (see :func:`simplex_shares`).
        codes: positions in ``names``, shape ``(points,)``.
        names: what the codes stand for: modes, stages, regimes by name, or fills.
        corners: who has everything at the top, the left and the right corner.

    Raises:
        ValueError: when the shapes do not fit, shares do not add up to 1, or a code has no name.

    Example:
        >>> from matplotlib.figure import Figure
        >>> shares = simplex_shares(20)
        >>> ax = simplex(Figure().subplots(), shares, shares[:, 0] > 0.5, names=("coexistence", "exclusion"))
        >>> [text.get_text() for text in ax.texts]
        ['transferring', 'origin', 'destination', 'coexistence', 'exclusion']
    """
    points, kinds = real_array("shares", shares), integers(codes)
    fills = [fill_of(name) for name in several("names", names)]
    if points.ndim != 2 or points.shape[1] != 3 or kinds.shape != points.shape[:1]:
        raise ValueError(f"shares must have shape (points, 3) and codes (points,), got {points.shape}, {kinds.shape}")
    if np.any(points < 0) or not np.allclose(points.sum(axis=1), 1.0):
        raise ValueError("shares must not be negative, and each row must add up to 1")
    if len(kinds) == 0 or kinds.min() < 0 or kinds.max() >= len(fills):
        raise ValueError(f"codes are positions among {len(fills)} names, got {sorted(set(kinds.tolist()))}")
    ax = current(ax)
    outline = frame(ax, corners)
    x, y = np.linspace(0, 1, RASTER), np.linspace(0, CORNERS[0, 1], RASTER)
    places = np.stack(np.meshgrid(x, y), axis=-1)
    cell = int(np.ceil(RASTER / np.sqrt(len(points))))
    raster = without_lines(kinds[KDTree(points @ CORNERS).query(places)[1]], width=2 * cell + 1)
    paint(ax, x, y, raster, fills)
    for area in ax.collections:
        area.set_clip_path(outline)
    name_areas(ax, x, y, np.where(_inside(places), raster, -1), fills)
    return ax


def frame(ax: Axes, corners: Sequence[str]) -> Polygon:
    """The triangle and the names of its corners; returns the outline."""
    corners = words("corners", corners)
    if len(corners) != 3:
        raise ValueError(f"corners must be three texts, got {corners!r}")
    outline = Polygon(CORNERS, closed=True, facecolor="none", edgecolor=INK, linewidth=1.4, zorder=4)
    ax.add_patch(outline)
    for text, corner, (shift, align) in zip(corners, CORNERS, ((8, "bottom"), (-8, "top"), (-8, "top")), strict=True):
        ax.annotate(text, corner, (0, shift), textcoords="offset points", ha="center", va=align)
    ax.set(xlim=(0, 1), ylim=(0, CORNERS[0, 1]), aspect="equal")
    ax.set_axis_off()
    return outline


def _inside(places: Array) -> npt.NDArray[np.bool_]:
    """Whether places ``(..., 2)`` are inside the triangle."""
    first = places[..., 1] / CORNERS[0, 1]
    return np.asarray(np.abs(places[..., 0] - 0.5) <= 0.5 * (1.0 - first))
