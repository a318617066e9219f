"""What the letters may be, as far as anybody assumes: ranges, made wider and narrower."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from ecolib.doors import check_hashable, check_mapping, real, several
from ecolib.paper.policy.doors import a_number

__all__ = ["RANGES", "checked_ranges", "widened"]

RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "s": (1.2, 2.1),
        "c": (0.2, 0.8),
        "omega": (0.5, 1.0),
        "pull": (0.0, 0.4),
        "tau": (0.5, 1.5),
        "eta": (0.05, 0.15),
        "learning": (0.05, 0.15),
        "image": (0.2, 0.8),
        "pace": (0.01, 0.05),
        "linked": (0.05, 0.5),
    }
)
"""Assumptions, not data: uniform and independent between these ends."""

LIMITS = {"s": (1e-3, np.inf), "c": (0.0, 0.99), "image": (0.0, 1.0), "pull": (0.0, 1.0), "linked": (0.0, 1.0)}
LIMITS |= {"omega": (0.0, 1.0), "pace": (0.0, np.inf)} | dict.fromkeys(("tau", "eta", "learning"), (1e-3, np.inf))


def widened(ranges: Mapping[str, tuple[float, float]], factor: float) -> dict[str, tuple[float, float]]:
    """Ranges of the same middles and another width, cut off where a letter ends.

    Args:
        ranges: both ends by name of the letter.
        factor: the new width over the old one, positive.

    Raises:
        ValueError: for an unknown letter, ends that are not in order, or a factor that is not positive.

    Example:
        >>> widened({"c": (0.2, 0.8), "s": (1.0, 2.0)}, 0.5)
        {'c': (0.35, 0.65), 's': (1.25, 1.75)}
    """
    if not a_number("factor", factor) > 0:
        raise ValueError(f"factor must be positive, got {factor}")
    found = {}
    for name, (low, high) in checked_ranges(ranges).items():
        middle, half = (low + high) / 2, factor * (high - low) / 2
        ends = np.clip((middle - half, middle + half), *LIMITS[name])
        found[name] = (round(float(ends[0]), 12), round(float(ends[1]), 12))
    return found


def checked_ranges(ranges: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Ranges whose letters are known and whose ends are in order and allowed."""
    check_mapping("ranges", ranges)
    for name, ends in ranges.items():
        check_hashable("a letter", name)
        if name not in LIMITS:
            raise ValueError(f"ranges are for {', '.join(LIMITS)}, got {name!r}")
        low, high = LIMITS[name]
        pair = [real(f"an end of the range of {name}", end) for end in several(f"the range of {name}", ends)]
        if len(pair) != 2:
            raise ValueError(f"the range of {name} must be two numbers, got {ends!r}")
        first, last = pair
        if not low <= first < last <= high:
            raise ValueError(f"the range of {name} must be two numbers in order from {low:g} to {high:g}, got {ends}")
    if not ranges:
        raise ValueError("ranges must name at least one letter")
    return dict(ranges)
