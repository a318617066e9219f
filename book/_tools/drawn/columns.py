"""The numbers behind one thing drawn, in the units of the axes."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.collections import Collection, QuadMesh
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import AxLine, Line2D
from matplotlib.patches import Patch
from matplotlib.quiver import Quiver
from matplotlib.text import Annotation, Text

from drawn.fingerprints import Array

Columns = Iterator[tuple[str, Any]]


def columns(artist: Any, axes: Any) -> Columns:
    """Yield ``x``, ``y`` or ``colour`` and the numbers that count along it.

    Raises:
        TypeError: for a thing that is not known here, so that none is passed over.
    """
    if isinstance(artist, Line2D) and not isinstance(artist, AxLine):
        yield from _on(artist, axes, np.column_stack([artist.get_xdata(orig=False), artist.get_ydata(orig=False)]))
    elif isinstance(artist, AxesImage):
        yield "colour", artist.get_array()
        yield "x", artist.get_extent()[:2]
        yield "y", artist.get_extent()[2:]
    elif isinstance(artist, Collection):
        yield from _of_collection(artist, axes)
    elif isinstance(artist, Text):
        yield from _of_text(artist, axes)
    elif isinstance(artist, Patch):
        yield from _on(artist, axes, artist.get_patch_transform().transform(artist.get_path().vertices))
    elif type(artist).__name__ == "SecondaryAxis":  # the class has no public name
        yield "x", artist.xaxis.get_majorticklocs()
        yield "y", artist.yaxis.get_majorticklocs()
    elif not isinstance(artist, Legend):
        raise TypeError(f"a {type(artist).__name__} is drawn, which no fingerprint knows")


def _of_collection(artist: Any, axes: Any) -> Columns:
    """Points, lines, areas, maps and arrows."""
    if artist.get_array() is not None:
        yield "colour", artist.get_array()
    if isinstance(artist, QuadMesh):
        yield from _pairs(np.asarray(artist.get_coordinates()).reshape(-1, 2))
    elif isinstance(artist, Quiver):
        yield from _on(artist, axes, np.asarray(artist.get_offsets()))
        yield "x", artist.U
        yield "y", artist.V
    elif artist.get_offset_transform().contains_branch(axes.transData):
        yield from _pairs(np.asarray(artist.get_offsets()))
    else:
        yield from _on(artist, axes, _vertices(artist.get_paths()))


def _of_text(artist: Any, axes: Any) -> Columns:
    """Where a text or the head of an arrow stands, if that is told by numbers of the axes."""
    if isinstance(artist, Annotation):
        if artist.xycoords == "data":
            yield from _pairs(np.array([artist.xy], dtype=float))
    elif artist.get_text():
        yield from _on(artist, axes, np.array([artist.get_position()], dtype=float))


def _vertices(paths: Any) -> Array:
    return np.concatenate([path.vertices for path in paths]) if paths else np.empty((0, 2))


def _pairs(points: Array) -> Columns:
    yield "x", points[:, 0]
    yield "y", points[:, 1]


def _on(artist: Any, axes: Any, points: Array) -> Columns:
    """The coordinates that count along an axis; a line across the whole axes counts along one of them only."""
    counts = artist.get_transform().contains_branch_seperately(axes.transData)
    return (pair for pair, one in zip(_pairs(points), counts, strict=True) if one)
