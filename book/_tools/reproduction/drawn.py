"""The data behind a figure, read off what is drawn, as fingerprints that can be compared.

This file runs inside the kernel that executes a page: ``watch`` looks at every figure just before it is shown. The
fingerprint of numbers is their count, the least, the greatest, and a checksum. Unlike the hash of a file the checksum
is continuous: numbers that differ by a rounding error have checksums that differ by no more.
"""

import hashlib
import json
import resource
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

GOLDEN = (5**0.5 - 1) / 2
"""Multiples of it, less their whole part, fill an interval evenly and never repeat: the weights of the checksum."""

DIGITS = 10
"""Significant digits of a fingerprint, more than the comparison asks for."""

Array = npt.NDArray[np.float64]
Drawing = dict[str, dict[str, Any]]


def fingerprint(numbers: npt.ArrayLike) -> list[float]:
    """Return count, least, greatest and checksum of the finite numbers.

    >>> fingerprint([2.0, 1.0, 4.0, np.nan])
    [3, 1.0, 4.0, 1.603352297]
    """
    flat = np.asarray(numbers, dtype=float).ravel()
    flat = flat[np.isfinite(flat)]
    if not flat.size:
        return [0]
    weights = 2 * np.modf(GOLDEN * np.arange(1, flat.size + 1))[0] - 1
    checksum = float(weights @ flat / np.sqrt(flat.size))
    return [flat.size, *(float(f"{one:.{DIGITS}g}") for one in (flat.min(), flat.max(), checksum))]


def drawing(figure: Any) -> Drawing:
    """Return ``{"x": {"unit": its label, "value": its fingerprint}, ...}`` for the axes of a figure, in order."""
    found: Drawing = {}
    for place, axes in enumerate(figure.axes):
        prefix = "" if len(figure.axes) == 1 else f"{place + 1}."
        columns: dict[str, list[Array]] = {"x": [], "y": [], "colour": []}
        for artist in axes.get_children():
            for name, numbers in _columns(artist, axes):
                columns[name].append(np.ma.filled(np.ma.asarray(numbers).astype(float), np.nan).ravel())
        for name, parts in columns.items():
            if parts:
                numbers = _scaled(np.concatenate(parts), axes, name)
                found[prefix + name] = {"unit": _label(axes, name), "value": fingerprint(numbers)}
        words = _words(axes)
        if words:
            found[prefix + "words"] = {"unit": "text", "value": hashlib.sha256(words.encode()).hexdigest()[:12]}
    return found


def _columns(artist: Any, axes: Any) -> Iterator[tuple[str, Any]]:
    """Coordinates and colours of one thing drawn, in the units of the axes."""
    from matplotlib.collections import Collection
    from matplotlib.image import AxesImage
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.quiver import Quiver
    from matplotlib.text import Annotation

    if artist in (axes.patch, *axes.spines.values()):
        return
    if isinstance(artist, Line2D):
        yield from _on(artist, axes, np.column_stack([artist.get_xdata(orig=False), artist.get_ydata(orig=False)]))
    elif isinstance(artist, AxesImage):
        yield "colour", artist.get_array()
        yield "x", artist.get_extent()[:2]
        yield "y", artist.get_extent()[2:]
    elif isinstance(artist, Quiver):
        yield from _on(artist, axes, np.asarray(artist.get_offsets()))
        yield "x", artist.U
        yield "y", artist.V
    elif isinstance(artist, Collection):
        if artist.get_array() is not None:
            yield "colour", artist.get_array()
        if artist.get_offset_transform().contains_branch(axes.transData):
            yield from _pairs(np.asarray(artist.get_offsets()))
        else:
            yield from _on(artist, axes, _vertices(artist.get_paths()))
    elif isinstance(artist, Annotation) and artist.xycoords == "data":
        yield from _pairs(np.array([artist.xy], dtype=float))
    elif isinstance(artist, Patch):
        yield from _on(artist, axes, artist.get_patch_transform().transform(artist.get_path().vertices))


def _vertices(paths: Any) -> Array:
    return np.concatenate([path.vertices for path in paths]) if paths else np.empty((0, 2))


def _pairs(points: Array) -> Iterator[tuple[str, Array]]:
    yield "x", points[:, 0]
    yield "y", points[:, 1]


def _on(artist: Any, axes: Any, points: Array) -> Iterator[tuple[str, Array]]:
    """The coordinates that count along an axis; a line across the whole axes counts along one of them only."""
    counts = artist.get_transform().contains_branch_seperately(axes.transData)
    return (pair for pair, one in zip(_pairs(points), counts, strict=True) if one)


def _scaled(numbers: Array, axes: Any, name: str) -> Array:
    """Logarithms where the axis shows them, so that small numbers count as they do to the eye."""
    if name == "colour" or getattr(axes, f"get_{name}scale")() != "log":
        return numbers
    return np.log10(numbers[numbers > 0])


def _label(axes: Any, name: str) -> str:
    """What the axis says that it shows; axes that share it may say it for each other."""
    if name == "colour":
        return "colour"
    sharing = getattr(axes, f"get_shared_{name}_axes")().get_siblings(axes)
    labels = sorted({getattr(one, f"get_{name}label")() for one in [axes, *sharing]} - {""})
    return " ".join("; ".join(labels).split()) or "place in the drawing"


def _words(axes: Any) -> str:
    """Everything written in the axes, numbers among it."""
    legend = axes.get_legend()
    texts = [*axes.texts, *(legend.get_texts() if legend else [])]
    return "\n".join(text.get_text() for text in texts if text.get_text())


def watch() -> Callable[[], str]:
    """Look at the figures of each cell from now on; what is returned tells what was seen since it was last asked."""
    from IPython.core.getipython import get_ipython

    seen: list[Drawing] = []

    def look() -> None:
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None:
            seen.extend(drawing(pyplot.figure(number)) for number in pyplot.get_fignums())

    def tell() -> str:
        told = json.dumps({"drawings": seen, "peak": peak()})
        seen.clear()
        return told

    get_ipython().events.register("post_execute", look)  # type: ignore[union-attr]
    return tell


def peak() -> float:
    """Return the greatest memory so far of this process or of one that it started, in MiB."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return float(most / (2**20 if sys.platform == "darwin" else 2**10))
