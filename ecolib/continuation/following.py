r"""Following a curve: step control, the events on the way, and how it ended.

A **test function** is zero at an event. When one changes its sign within a step, the event is located on the curve by
Brent's method in the arclength. Steps are shortened until at most one test changes sign in each, what changed is
consistent (a change of stability has an event that explains it), and the test really vanishes in between. What can hide
in one step are events that undo each other there, such as two folds with stability the same before and after: a smaller
longest step finds them.

A curve ends for one of the reasons in :data:`ENDS`; none of them is an error.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from ecolib.continuation.equations import Equations, Point
from ecolib.continuation.locating import Monitor, Route, changes, cut, locate
from ecolib.doors import check_seconds, real, whole

__all__ = ["ENDS", "Limits", "follow"]

ENDS = {
    "parameter limit": "the parameter reached the end of its range",
    "state limit": "a letter of the state left its range",
    "escaped": "a letter of the state outgrew every bound",
    "closed": "the curve came back to its start",
    "step too small": "no step, however short, could be taken",
    "out of steps": "the steps allowed did not suffice",
    "out of time": "the seconds allowed did not suffice",
    "interrupted": "interrupted by the user",
    "last of its kind": "beyond this point there are no more Hopf points",
}
"""Why a curve ends, and what that means."""

SHARPEST = 0.985
"""Neighbouring tangents keep at least this cosine: the curve turns by less than ten degrees in a step."""


@dataclass(frozen=True)
class Limits:
    """How far and how finely a curve is followed.

    Args:
        first, least, most: lengths of steps, in scaled unknowns; far out the longest step grows with the unknowns.
        steps: how many steps may be taken.
        seconds: how much time may pass.

    Raises:
        TypeError: when one is no number, or ``steps`` no integer.
        ValueError: when one is not positive, or the lengths are not in order.
    """

    first: float = 1e-3
    least: float = 1e-9
    most: float = 2e-2
    steps: int = 10_000
    seconds: float = 60.0

    def __post_init__(self) -> None:
        least, first, most = (real(name, getattr(self, name), above=0) for name in ("least", "first", "most"))
        if not least <= first <= most:
            raise ValueError(f"step lengths need 0 < least <= first <= most, got {self}")
        whole("steps", self.steps, least=1)
        check_seconds(self.seconds)


def follow(equations: Equations, start: Point, monitor: Monitor, limits: Limits) -> Route:
    """Follow a curve from a point along its tangent until it ends; an interruption keeps what is done."""
    route = Route([start], [monitor.watch(start, None)])
    try:
        _follow(equations, route, monitor, limits)
    except KeyboardInterrupt:
        route.ended = "interrupted"
    return route


def _follow(equations: Equations, route: Route, monitor: Monitor, limits: Limits) -> None:
    length, deadline = limits.first, time.monotonic() + limits.seconds
    for _ in range(limits.steps):
        if time.monotonic() > deadline:
            route.ended = "out of time"
            return
        there = _attempt(equations, route, monitor, length, fine=length < 1e3 * limits.least)
        if there is None:
            length *= 0.43
            if length < limits.least:
                route.ended = "step too small"
                return
            continue
        margin, limit = monitor.margin(there)
        if margin < 0:
            route.ended = limit
            cut(equations, route, monitor, length)
            return
        route.ended = _returned(route.points, length)
        if route.ended:
            return
        longest = limits.most * max(1.0, float(np.abs(there.y).max()))
        length = min(length * (1.4 if there.iterations <= 4 else 0.8), longest)
    route.ended = "out of steps"


def _attempt(equations: Equations, route: Route, monitor: Monitor, length: float, *, fine: bool) -> Point | None:
    """Take a step and note it with its events; None when it has to be shorter."""
    here, seen = route.points[-1], route.seen[-1]
    there = equations.step(here, length)
    if there is None or here.tangent @ there.tangent < SHARPEST:
        return None
    after = monitor.watch(there, seen)
    changed = changes(seen.tests, after.tests)
    clear = len(changed) <= 1 and monitor.explained(seen, after, changed)
    if not (clear or fine):
        return None
    known = len(route.events)
    met = [locate(equations, route, monitor, test, length) for test in changed]
    if not (all(met) or fine):  # the step went to another curve that passes closely
        del route.events[known:]
        return None
    if not (clear and all(met)):
        route.unresolved.append(len(route.points) - 1)
    route.points.append(there)
    route.seen.append(after)
    return there


def _returned(points: list[Point], length: float) -> str:
    """Whether the last step passed the start again in the same direction."""
    start, here = points[0], points[-1]
    near = float(np.linalg.norm(here.y - start.y)) <= length
    same = float(here.tangent @ start.tangent) > SHARPEST
    return "closed" if near and same and len(points) > 8 else ""
