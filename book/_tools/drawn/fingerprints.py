"""Fingerprints: few numbers that change when any of many numbers does, and little when they change little."""

import numpy as np
import numpy.typing as npt

GOLDEN = (5**0.5 - 1) / 2
"""Multiples of it, less their whole part, fill an interval evenly and never repeat: the weights of a checksum."""

DIGITS = 10
"""Significant digits of a fingerprint, more than the comparison asks for."""

MOST = 30
"""Things drawn that have a checksum of their own; what comes after shares one."""

Array = npt.NDArray[np.float64]


def checksum(numbers: Array) -> float:
    """Return the mean of some numbers, weighted by their place with weights from a half to one and a half.

    >>> round(checksum(np.array([2.0, 2.0])), 3), checksum(np.array([1.0, 3.0])) == checksum(np.array([3.0, 1.0]))
    (2.0, False)
    """
    weights = 0.5 + np.modf(GOLDEN * np.arange(1, numbers.size + 1))[0]
    return float(weights @ numbers / weights.sum())


def fingerprint(parts: list[Array]) -> list[float]:
    """Return count, least, greatest and the checksums of parts; what is not finite is left out.

    >>> fingerprint([np.array([2.0, 2.0, np.nan]), np.array([5.0])])
    [3, 2.0, 5.0, 2.0, 5.0]
    """
    kept = [one for one in (part[np.isfinite(part)] for part in parts) if one.size]
    if not kept:
        return [0]
    sums = [checksum(one) for one in kept]
    if len(sums) > MOST:
        sums[MOST:] = [checksum(np.array(sums[MOST:]))]
    ends = (min(one.min() for one in kept), max(one.max() for one in kept))
    return [sum(one.size for one in kept), *(float(f"{one:.{DIGITS}g}") for one in (*ends, *sums))]
