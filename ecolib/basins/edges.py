r"""Following the edge between two basins.

Between a start that ends at one attractor and a start that does not lies an **edge**. Halving the way between them
leaves a **bracket**: two states close to each other, one on each side. Both are moved on in time; the edge repels them,
and when they have come apart the bracket is halved anew. So a path on the edge is followed that no integrator would
stay on, until it comes to rest at an **edge state**: a saddle that attracts along the edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.basins.brackets import FINE, Bracket
from ecolib.basins.known import known_states
from ecolib.basins.labels import NOT_RUN, basins
from ecolib.doors import real, whole
from ecolib.integration import ESCAPE
from ecolib.model import Symbiosis
from ecolib.numeric import Array
from ecolib.values import Values, real_array

__all__ = ["Edge", "track_edge"]

SETTLED = 1e-4
"""What is so slow, beside the width of a bracket, that it is no passage by a saddle."""


@dataclass(frozen=True, eq=False)
class Edge:
    """A path on the edge between two basins.

    Main attributes:
        x : outputs on the edge, the middle of the bracket, shape ``(units, points)``
        t : times, shape ``(points,)``
        state : outputs at the edge state: the last point, or the known equilibrium it is near, shape ``(units,)``
        name : what that equilibrium is called; empty when the path came to rest near none, or did not come to rest
        ended : "at rest", "out of steps", "escaped", "undecided", "failed" or "interrupted"

    Other attributes:
        width : the widest that a bracket was on the path, in saturations: how far off the edge the path may be
        last : the two ends of the last bracket, outputs, shape ``(2, units)``
        sides : where the ends lead, by name
    """

    x: Array
    t: Array
    state: Array
    name: str
    ended: str
    width: float
    last: Array
    sides: tuple[str, str]


def track_edge(
    model: Symbiosis,
    values: Values,
    one: npt.ArrayLike,
    other: npt.ArrayLike,
    *,
    known: npt.ArrayLike | None = None,
    narrow: float = 1e-8,
    wide: float = 1e-5,
    steps: int = 100,
    duration: float | None = None,
    escape: float = ESCAPE,
) -> Edge:
    """Follow the edge of the basin in which one start lies, from between two starts to where it comes to rest.

    Args:
        model: a symbiosis of any number of units.
        values: one set of numbers for it.
        one: a start, outputs of shape ``(units,)``; the edge is that of the basin in which it lies.
        other: a start that ends elsewhere; growth without bound is a place to end, too.
        known: outputs at known states, as of :func:`basins`; for a model that is not linear they are needed.
        narrow: a bracket is halved until it is so narrow, in saturations (a fraction of those above 1); from
            1e-10 to 1e-3.
        wide: when it has come so far apart it is halved anew; at least ten times ``narrow``, at most 1e-2.
        steps: how often the bracket is moved on at most.
        duration: how long one path may take to settle, as of :func:`basins`.
        escape: as of :func:`basins`.

    Returns:
        The path and how it ended: at rest, out of steps, escaped (the edge itself leads beyond the bound), undecided
        (no point of a bracket wider than ``narrow`` could be told to lie on a side), failed, or interrupted (Ctrl-C).

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when both starts lead to the same attractor, or one to none; starts that are negative, not finite or
            of the wrong shape; options out of range; or as of :func:`basins`.

    Example:
        >>> rivals = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))
        >>> edge = track_edge(Symbiosis.of(units=2), rivals, (0.9, 0.1), (0.2, 0.7))
        >>> edge.ended, edge.name, edge.sides, edge.state.round(6).tolist()
        ('at rest', 'units 1, 2', ('unit 1', 'unit 2'), [0.333333, 0.333333])
    """
    states = known_states(model, values, known)
    narrow = real("narrow", narrow, least=1e-10, most=1e-3)
    wide = real("wide", wide, least=10 * narrow, most=1e-2)
    steps = whole("steps", steps, least=1, most=100_000)
    ends = np.array([_start(name, given, values) for name, given in (("one", one), ("other", other))])
    options: dict[str, Any] = {"known": known, "duration": duration, "escape": escape, "progress": False}
    options |= {"rtol": FINE, "engine": "scipy"}

    def label(u: Array) -> Any:
        found = basins(model, values, u * values.K, **options)
        if np.all(found.labels != len(states.names)):
            return found
        return basins(model, values, u * values.K, settle=SETTLED * narrow, **options)  # it may only pass a saddle

    found = label(ends)
    if NOT_RUN in found.labels:
        raise KeyboardInterrupt  # nothing is done yet that could be kept
    sides = [found.names[k] for k in found.labels]
    _check_sides(sides)
    way = Bracket(states, lambda u: int(label(u).labels), ends, found.labels.tolist(), narrow, wide, escape)
    way.follow(steps)
    return _edge(way, found.names)


def _edge(bracket: Bracket, names: tuple[str, ...]) -> Edge:
    """What a bracket found on its way."""
    states, ends = bracket.states, bracket.ends
    K, sides = states.values.K, (names[bracket.labels[0]], names[bracket.labels[1]])
    path = np.concatenate(bracket.u, axis=1) if bracket.u else ends.mean(axis=0)[:, None]
    t = np.concatenate(bracket.t) if bracket.t else np.zeros(1)
    place = int(states.nearest(path[:, -1])) if bracket.ended == "at rest" else -1
    state = path[:, -1] if place < 0 else states.u[place]
    name = "" if place < 0 else states.names[place]
    width = bracket.width or float(np.abs(np.diff(ends, axis=0)).max())
    return Edge(K[:, None] * path, t, K * state, name, bracket.ended, width, K * ends, sides)


def _start(name: str, given: npt.ArrayLike, values: Values) -> Array:
    """A start in saturations."""
    start = real_array(name, given)
    if start.shape != (values.units,) or not np.all(np.isfinite(start) & (start >= 0)):
        raise ValueError(f"{name} must be outputs, finite and not negative, of shape ({values.units},), got {start}")
    return start / values.K


def _check_sides(sides: list[str]) -> None:
    for name, side in zip(("one", "other"), sides, strict=True):
        if side == "undecided":
            raise ValueError(f"the start {name!r} leads to no known attractor (undecided): it lies on no side")
    if sides[0] == sides[1]:
        raise ValueError(f"both starts lead to the same attractor ({sides[0]}): no edge is known to lie between them")
