"""When gains become balanced, simulated under the feedback."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecolib.doors import check_seconds, real, whole
from ecolib.paper.policy.case import BaseCase
from ecolib.paper.policy.doors import one_case
from ecolib.paper.policy.paths import path
from ecolib.paper.policy.thresholds import thresholds
from ecolib.simulation import Path

__all__ = ["Balance", "time_to_balance"]

MOST_POINTS = 1_000_000
STEPS = 1001
"""A time to balance is looked for at so many times at least, and then at so many between two of them."""


@dataclass(frozen=True)
class Balance:
    """When gains become balanced under the feedback.

    Main attributes:
        t : the time, in the time unit of ``1 / r``; infinite when it was not reached before the horizon, NaN when the
            path ended earlier
        message : a sentence on it
    """

    t: float
    message: str


def time_to_balance(case: BaseCase, *, horizon: float = 1000.0, points: int = 4001, seconds: float = 60.0) -> Balance:
    """When heterogeneity falls to where gains are balanced, simulated under the feedback.

    Args:
        case: one case.
        horizon: the time up to which it is watched, positive.
        points: at how many times, at least 2 (fewer than 1001 are taken as 1001); between two of them the crossing
            is refined, and what falls below and returns between them is missed.
        seconds: wall-clock time after which the path is given up.

    Raises:
        TypeError: when the case is none, or a number is not real.
        ValueError: for a batch, or a number out of range.

    Example:
        >>> time_to_balance(BaseCase()).message
        'heterogeneity never fell to 0.073 before t = 1000'
        >>> round(time_to_balance(BaseCase(tau=1.6)).t, 1)
        51.4
    """
    one_case(case)
    real("horizon", horizon, above=0)
    points = whole("points", points, least=2, most=MOST_POINTS)
    check_seconds(seconds)
    phi_b = float(thresholds(case)[2])
    if phi_b == 1.0:
        return Balance(np.inf, "gains are never balanced, however alike units are")
    target = -np.log(phi_b)
    way = path(case, t=np.linspace(0.0, horizon, max(int(points), STEPS)), seconds=seconds)
    k = _first_below(way, target)
    if k is not None:
        return Balance(_crossing(case, way, k, target), f"gains are balanced from V = {target:.3f} on")
    if way.ended != "finished":
        return Balance(np.nan, f"heterogeneity had not fallen to {target:.3f}: {way.message}")
    return Balance(np.inf, f"heterogeneity never fell to {target:.3f} before t = {way.reached:g}")


def _first_below(way: Path, target: float) -> int | None:
    below = np.flatnonzero(way.x[-2:].sum(axis=0) <= target)
    return int(below[0]) if below.size else None


def _crossing(case: BaseCase, way: Path, k: int, target: float) -> float:
    """The time between the points k - 1 and k at which V falls to its target: there once more, then a straight line."""
    if k == 0:
        return float(way.t[0])
    begin, end = float(way.t[k - 1]), float(way.t[k])
    fine = path(case, t=np.linspace(0.0, end - begin, STEPS), x0=way.x[:, k - 1])
    V = fine.x[-2:].sum(axis=0)
    at = max(_first_below(fine, target) or STEPS - 1, 1)
    part = (V[at - 1] - target) / (V[at - 1] - V[at])
    return float(begin + fine.t[at - 1] + part * (fine.t[at] - fine.t[at - 1]))
