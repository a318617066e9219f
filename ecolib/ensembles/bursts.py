"""Lanes in bursts: a few steps for every path, then those that have arrived make room.

Paths need different numbers of steps, and the lanes of a register wait for the slowest. So a burst is short, and after
it the paths that go on are put together anew, those with a like number of steps ahead side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ecolib.ensembles.outcomes import Code, Codes
from ecolib.ensembles.taylor import Kit
from ecolib.numeric import Array

__all__ = ["Lanes", "advance", "blocked", "close", "in_blocks"]

Mask: TypeAlias = npt.NDArray[np.bool_]
Places: TypeAlias = npt.NDArray[np.intp]

BURST = 96
"""Steps between two looks at a path."""

BURSTS = 56
"""Bursts after which a path is left to the other engine: nearly 100 000 steps."""

LONGER = 8
"""Bursts after which those of watched paths take twice as many steps; after twice as many, all paths are watched."""

MARGIN = np.log(10_000.0)
"""A path is watched from a ten-thousandth of its bound on. A step covers about 1 / e**2 of the time left to a blow-up,
so half a burst multiplies an output by some 1000: none goes from there beyond the bound and back unseen."""


@dataclass(eq=False)
class Lanes:
    """Paths under way; changed in place.

    Main attributes:
        y : logarithms of the saturations, shape ``(units, paths)``
        t : the time each path has reached, shape ``(paths,)``
        limit : logarithms beyond which a path has escaped, shape ``(units, paths)``
        code : how each path ended, shape ``(paths,)``; not run while it is under way
        watched : whether a path is near its bound, shape ``(paths,)``
        plain, near : integrators and rows of parameters for the two kinds of paths
        help : what one unit adds at most to the growth per head of another, and on the diagonal its own rate, for a
            saturation of 1, shape ``(units, units, paths)``
    """

    y: Array
    t: Array
    limit: Array
    code: Codes
    watched: Mask
    plain: tuple[Kit, Array]
    near: tuple[Kit, Array]
    help: Array

    def longest(self, blocks: Places) -> Array:
        r"""The longest step for each path of each block, shape of ``blocks``.

        The length of a step is estimated from its terms of highest order. Those of a unit that has all but faded,
        :math:`u (g h)^p / p!` with its growth per head :math:`g`, may be too small to be seen there although it is back
        within the step. With :math:`g h \le (p + 1) / 2` the terms beyond make no more than the last one together: what
        is not seen does not matter.
        """
        full = np.exp(np.maximum(self.y[:, blocks], 0.0))
        most: Array = np.einsum("ij...,j...->i...", self.help[:, :, blocks], full).max(axis=0)
        return np.maximum((self.plain[0].order + 1) / 2 / most, np.finfo(np.float64).tiny)


def advance(lanes: Lanes, target: Array, stop: Callable[[], bool]) -> None:
    """Take paths to their target times, shape ``(paths,)``, or to where they end."""
    speed = np.zeros(lanes.t.size)  # time per step in the last burst
    lanes.watched |= close(lanes.y, lanes.limit)
    for count in range(BURSTS):
        going = np.flatnonzero((lanes.code == Code.NOT_RUN) & (lanes.t < target))
        if not going.size or stop():
            return
        before = lanes.t[going]
        ahead = (target[going] - before) / speed[going]
        order, steps = np.argsort(ahead), BURST << min(count // LONGER, 6)
        going, before = going[order], before[order]
        lanes.watched[going] |= count >= 2 * LONGER
        near = lanes.watched[going]
        _burst(lanes, going[~near], target, lanes.plain, BURST, stop)
        _burst(lanes, going[near], target, lanes.near, steps, stop)
        speed[going] = (lanes.t[going] - before) / np.where(near, steps, BURST)
    lanes.code[(lanes.code == Code.NOT_RUN) & (lanes.t < target)] = Code.FAILED


def close(y: Array, limit: Array) -> Mask:
    """Which states, ``(units, ...)``, are near a bound."""
    near: Mask = (y > limit - MARGIN).any(axis=0)
    return near


def _burst(
    lanes: Lanes, going: Places, target: Array, by: tuple[Kit, Array], steps: int, stop: Callable[[], bool]
) -> None:
    """A burst for some of the paths."""
    if not going.size:
        return
    kit, parameters = by
    blocks = in_blocks(going, kit.lanes)
    y, t = blocked(lanes.y, blocks), lanes.t[blocks]
    longest = lanes.longest(blocks)
    stopped = _stepped(kit, y, t, blocked(parameters, blocks), target[blocks], longest, steps, stop)
    y, t = y.transpose(1, 0, 2).reshape(kit.units, -1)[:, : going.size], t.reshape(-1)[: going.size]
    kept = np.isfinite(y).all(axis=0) & np.isfinite(t)
    if kit.watched:
        lanes.code[going[stopped.reshape(-1)[: going.size]]] = Code.ESCAPED
        lanes.code[going[~kept]] = Code.FAILED
    else:
        kept &= ~close(y, lanes.limit[:, going])
        lanes.watched[going[~kept]] = True  # this burst is taken again, watched
    lanes.y[:, going[kept]], lanes.t[going[kept]] = y[:, kept], t[kept]


def _stepped(
    kit: Kit, y: Array, t: Array, rows: Array, until: Array, longest: Array, steps: int, stop: Callable[[], bool]
) -> Mask:
    """Take the steps, in place, and say which lanes stopped at their bound; all arrays by block."""
    stopped = np.zeros(t.shape, dtype=bool)
    taylor = kit.take()
    state, given = taylor.state, taylor.pars
    for k in range(len(t)):
        if stop():
            break
        state[...], given[...] = y[k], rows[k]
        taylor.set_time(t[k])
        if kit.watched:
            taylor.reset_cooldowns()
        taylor.propagate_until(until[k], max_delta_t=longest[k], max_steps=steps)
        y[k], t[k] = state, taylor.time
        if kit.watched:
            stopped[k] = [-kit.units <= int(result[0]) < 0 for result in taylor.propagate_res]
    kit.give(taylor)
    return stopped


def in_blocks(going: Places, lanes: int) -> Places:
    """Paths side by side, shape ``(blocks, lanes)``; spare lanes repeat the last path."""
    spare = -going.size % lanes
    return np.concatenate([going, np.full(spare, going[-1])]).reshape(-1, lanes)


def blocked(rows: Array, blocks: Places) -> Array:
    """Columns of an array by block, shape ``(blocks, rows, lanes)``."""
    return np.ascontiguousarray(rows[:, blocks].transpose(1, 0, 2))
