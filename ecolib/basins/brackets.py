"""A bracket around an edge, on its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ecolib.basins.known import Known
from ecolib.basins.labels import NOT_RUN
from ecolib.numeric import Array, evaluate
from ecolib.simulation import simulate
from ecolib.values import Values

__all__ = ["FINE", "Bracket"]

TRIES = (0.5, 0.4, 0.6, 0.3, 0.7)
"""Places between the ends of a bracket that are tried, until one of them is decided."""

FINE = 1e-12
"""Relative tolerance per step of all paths here."""

STILL = 1e-4
"""A path that is near no known state rests when growth per head is below this fraction of the rates."""

POINTS = 200
"""Times at which a stretch of the path is looked at, the shorter the earlier."""


@dataclass(eq=False)
class Bracket:
    """Two states close to each other, on both sides of an edge; moved on in place.

    Args:
        states: what is known of the model.
        label: where a state leads, as a position among the names of :class:`~ecolib.basins.Basins`.
        ends: saturations of the two states, shape ``(2, units)``.
        labels: where they lead.
        narrow: how narrow it is made, in saturations (as a fraction of those above 1).
        wide: how wide it may become before it is made narrow again.
        escape: as of :func:`~ecolib.basins.basins`.

    Main attributes:
        ended : why it was not moved on
        width : the widest it was on its way
        t : times of the way of its middle, in stretches
        u : saturations of its middle at these times, in stretches of shape ``(units, points)``
    """

    states: Known
    label: Callable[[Array], int]
    ends: Array
    labels: list[int]
    narrow: float
    wide: float
    escape: float
    ended: str = "out of steps"
    width: float = 0.0
    t: list[Array] = field(default_factory=list)
    u: list[Array] = field(default_factory=list)

    def follow(self, steps: int) -> None:
        """Narrow the bracket and move it on, until there is a reason to stop."""
        try:
            for _ in range(steps):
                if not (self._narrowed() and self._moved()):
                    return
        except KeyboardInterrupt:
            self.ended = "interrupted"

    def _narrowed(self) -> bool:
        """Halve the bracket until it is narrow; False when no point between its ends can be told to lie on a side."""
        while _apart(*self.ends) > self.narrow:
            for part in TRIES:
                middle = (1 - part) * self.ends[0] + part * self.ends[1]
                label = self.label(middle)
                if label == NOT_RUN:
                    raise KeyboardInterrupt
                if label != len(self.states.names):
                    break
            else:
                self.ended = "undecided"
                return False
            end = int(label != self.labels[0])
            self.ends[end], self.labels[end] = middle, label
        return True

    def _moved(self) -> bool:
        """Move both ends on until they come apart; False when the path rests, or cannot go on."""
        model, values = self.states.model, self.states.values
        begin = float(self.t[-1][-1]) if self.t else 0.0
        times = np.append(0.0, np.geomspace(0.01 / values.r.max(), 20.0 / values.r.min(), POINTS - 1))
        paths = [simulate(model, values, x0=u * values.K, t=times, rtol=FINE, escape=self.escape) for u in self.ends]
        both = np.array([path.x / values.K[:, None] for path in paths])
        apart = _apart(both[0].T, both[1].T)
        beyond = np.flatnonzero(~(apart <= self.wide))
        last = max(beyond[0] - 1, 1) if beyond.size else POINTS - 1  # at least one step, or nothing would ever move
        if not np.isfinite(both[:, :, last]).all():
            self.ended = next(path.ended for path in paths if path.ended != "finished")
            return False
        middle = both.mean(axis=0)
        resting = np.flatnonzero(self._rests(middle[:, : last + 1]))
        if resting.size:
            self.ended, last = "at rest", int(resting[0])
        kept = slice(1 if self.u else 0, last + 1)
        self.u.append(middle[:, kept])
        self.t.append(begin + times[kept])
        self.width, self.ends = max(self.width, float(apart[: last + 1].max())), both[:, :, last]
        return not resting.size

    def _rests(self, u: Array) -> npt.NDArray[np.bool_]:
        """Where the path is at an edge state, shape ``(points,)``: near a known one, or hardly moving."""
        near, saddles = self.states.nearest(u.T), np.append(self.states.unstable(self.ends[0] > 0) == 1, False)
        return np.asarray(saddles[near] | (near < 0) & self._still(u.T))

    def _still(self, u: Array) -> npt.NDArray[np.bool_]:
        """Where the growth of each unit is slow beside its rate, or it is gone and falls."""
        values = self.states.values
        relative = Values(r=values.r, K=np.ones(values.units), alpha=values.alpha)
        growth = evaluate(self.states.model.growth, self.states.model, relative, u) / values.r
        return np.asarray(((np.abs(growth) <= STILL) | (u <= STILL) & (growth < 0) | (u == 0)).all(axis=1))


def _apart(one: Array, other: Array) -> Array:
    """How far apart saturations are, as a fraction of them where they exceed 1; shape of all but the last axis."""
    return np.asarray((np.abs(one - other) / np.maximum(1.0, one)).max(axis=-1))
