"""Where an event lies within a step, and where a step leaves the range: Brent's method in the arclength."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ecolib.continuation.equations import Equations, Point
from ecolib.numeric import Array

__all__ = ["Event", "Monitor", "Route", "Seen", "changes", "cut", "locate"]

ON_LIMIT = 1e-8
"""Margin, in scaled unknowns, within which an event lies on a limit of the range."""

JUMP = 1e-4
"""Share of its values at the ends of a step that a test function may have where its sign changes."""


@dataclass(frozen=True, eq=False)
class Event:
    """Where a test function vanishes: its index, the point, its share of the step, the index of the point before it."""

    test: int
    point: Point
    share: float
    after: int


@dataclass(frozen=True, eq=False)
class Seen:
    """What is known of a point: test functions, and what the next point is compared with."""

    tests: Array
    known: Any


@dataclass(frozen=True, eq=False)
class Monitor:
    """What is watched along a curve.

    Args:
        watch: what is seen of a point, given what was seen of its neighbour (None at the start).
        margin: how far a point is within its range (negative outside), and which limit is nearest.
        explained: whether sign changes explain what differs between two neighbours.
        exact: the exact place of an event near a guess, where the curve itself cannot be followed to it.
    """

    watch: Callable[[Point, Seen | None], Seen]
    margin: Callable[[Point], tuple[float, str]]
    explained: Callable[[Seen, Seen, list[int]], bool] = lambda *_: True
    exact: Callable[[int, Array], Array | None] = lambda *_: None


@dataclass(eq=False)
class Route:
    """What was found on the way: points, what was seen of each, events, and how it ended."""

    points: list[Point]
    seen: list[Seen]
    events: list[Event] = field(default_factory=list)
    unresolved: list[int] = field(default_factory=list)
    ended: str = "out of steps"


def changes(before: Array, after: Array) -> list[int]:
    """Which test functions change their sign; zero counts as positive."""
    return [int(k) for k in np.flatnonzero((before < 0) != (after < 0))]


def locate(equations: Equations, route: Route, monitor: Monitor, test: int, length: float) -> bool:
    """Find where a test function vanishes within a step, and note the event; false when it does not vanish there."""
    from scipy.optimize import brentq

    here, seen, last = route.points[-1], route.seen[-1], len(route.points) - 1
    there = equations.step(here, length) or here
    ends = (float(monitor.watch(point, seen).tests[test]) for point in (here, there))
    first, second = ends
    guess = here.y + (there.y - here.y) * first / (first - second)
    y = monitor.exact(test, guess)
    if y is not None:
        share = float(here.tangent @ (y - here.y)) / length
        route.events.append(Event(test, Point(y, here.tangent, 0), share, last))
        return True
    found: dict[float, Point] = {}

    def value(share: float) -> float:
        point = here if share == 0 else equations.step(here, share * length)
        if point is None:  # on a singular point itself: its neighbours tell as much
            point = equations.step(here, share * length * (1 + 1e-9))
        if point is None:
            raise ArithmeticError("no point between two points of the curve")
        found[share] = point
        return float(monitor.watch(point, seen).tests[test])

    try:
        share = _bisected(value, brentq)
    except ArithmeticError:
        return False
    route.events.append(Event(test, found[share], share, last))
    return True


def cut(equations: Equations, route: Route, monitor: Monitor, length: float) -> None:
    """Let the last step end where it leaves the range, and drop the events beyond."""
    last = len(route.points) - 2
    here, events = route.points[-2], [event for event in route.events if event.after == last]
    on_limit = [event for event in events if abs(monitor.margin(event.point)[0]) < ON_LIMIT]
    if on_limit:  # a branch that ends where it crosses another one, as where a unit dies out
        share, end, seen = on_limit[0].share, on_limit[0].point, route.seen[-2]
    else:
        share, end = _at_limit(equations, here, route.points[-1], monitor, length)
        seen = monitor.watch(end, route.seen[-2])
    route.events = [event for event in route.events if event.after < last or event.share <= share]
    route.points[-1], route.seen[-1] = end, seen
    if share == 0:  # the step began on the limit
        del route.points[-1], route.seen[-1]


def _at_limit(equations: Equations, here: Point, there: Point, monitor: Monitor, length: float) -> tuple[float, Point]:
    """The share of a step at which the range ends, and the point there; the start of the step where that fails."""
    from scipy.optimize import brentq

    reached: dict[float, Point] = {0.0: here, 1.0: there}

    def margin(share: float) -> float:
        point = reached.get(share) or equations.step(here, share * length)
        if point is None:
            raise ArithmeticError("no point between two points of the curve")
        reached[share] = point
        return monitor.margin(point)[0]

    try:
        share = float(brentq(margin, 0.0, 1.0, xtol=1e-13, rtol=1e-13)) if margin(0.0) > 0 else 0.0
        margin(share)
    except ArithmeticError:
        share = 0.0
    return share, reached[share]


def _bisected(value: Callable[[float], float], brentq: Callable[..., float]) -> float:
    """The share of the step at which the value is zero."""
    ends = value(0.0), value(1.0)
    if (ends[0] < 0) == (ends[1] < 0):
        raise ArithmeticError("the sign does not change")
    share = float(brentq(value, 0.0, 1.0, xtol=1e-14, rtol=1e-14, maxiter=100))
    if abs(value(share)) > JUMP * max(map(abs, ends)):
        raise ArithmeticError("the sign jumps: the step went from one curve to another")
    return share
