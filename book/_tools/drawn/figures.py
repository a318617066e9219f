"""A figure, axes by axes: fingerprints along each axis, hashes of what is written and of how things look."""

import hashlib
from typing import Any

import numpy as np

from drawn.columns import columns
from drawn.fingerprints import Array, fingerprint
from drawn.looks import looks, words

Drawing = dict[str, dict[str, Any]]


def drawing(figure: Any) -> Drawing:
    """Return ``{"x": {"unit": its label, "span": its length, "value": its fingerprint}, ...}`` for each axes."""
    found: Drawing = {}
    for place, axes in enumerate(figure.axes):
        found |= _of_axes(axes, "" if len(figure.axes) == 1 else f"{place + 1}.")
    shared = [text.get_text() for one in figure.legends for text in one.get_texts()]
    shared += [looks(handle) for one in figure.legends for handle in one.legend_handles]
    return found | _texts("figure.", words=[*shared, *(text.get_text() for text in figure.texts)])


def _of_axes(axes: Any, prefix: str) -> Drawing:
    parts: dict[str, list[Array]] = {"x": [], "y": [], "colour": []}
    frame = (axes.patch, *axes.spines.values(), axes.xaxis, axes.yaxis)
    artists = [artist for artist in axes.get_children() if artist not in frame]
    for artist in artists:
        for name, numbers in columns(artist, axes):
            parts[name].append(np.ma.filled(np.ma.asarray(numbers).astype(float), np.nan).ravel())
    found = {prefix + name: _along(axes, name, some) for name, some in parts.items() if some}
    return found | _texts(prefix, words=[*words(axes)], looks=[look for look in map(looks, artists) if look])


def _texts(prefix: str, **texts: list[str]) -> Drawing:
    """A short hash of each kind of text that there is."""
    hashes = {name: hashlib.sha256("\n".join(some).encode()).hexdigest()[:12] for name, some in texts.items() if some}
    return {prefix + name: {"unit": "text", "value": found} for name, found in hashes.items()}


def _along(axes: Any, name: str, parts: list[Array]) -> dict[str, Any]:
    """What is shown along an axis: logarithms where it has them; what lies far out counts as near."""
    if name == "colour":
        values = np.concatenate(parts)
        values = values[np.isfinite(values)]
        span = float(np.ptp(values)) if values.size else 0.0
        return {"unit": "colour", "span": span or 1.0, "value": fingerprint(parts)}
    limits = np.sort(getattr(axes, f"get_{name}lim")())
    if getattr(axes, f"get_{name}scale")() == "log":
        parts, limits = [np.log10(part[part > 0]) for part in parts], np.log10(limits)
    span = float(np.ptp(limits))
    value = fingerprint([np.clip(part, limits[0] - span, limits[1] + span) for part in parts])
    return {"unit": _label(axes, name), "span": span, "value": value}


def _label(axes: Any, name: str) -> str:
    """What the axis says that it shows; axes that share it may say it for each other."""
    sharing = getattr(axes, f"get_shared_{name}_axes")().get_siblings(axes)
    labels = sorted({getattr(one, f"get_{name}label")() for one in [axes, *sharing]} - {""})
    return " ".join("; ".join(labels).split()) or "place in the drawing"
