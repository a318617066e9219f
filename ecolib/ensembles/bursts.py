"""Lanes in bursts: a few steps for every path, then those that have arrived make room.

Paths need different numbers of steps, and the lanes of a register wait for the slowest. So a burst is short, and after
it the paths that go on are put together anew, those with a like number of steps ahead side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecolib.ensembles.outcomes import Code, Codes
from ecolib.ensembles.taylor import Kit
from ecolib.numeric import Array

__all__ = ["Lanes", "advance"]

BURST = 48
"""Steps between two looks at a path."""

BURSTS = 1000
"""Bursts after which a path is left to the other engine."""

MARGIN = np.log(1000.0)
"""A path is watched from a thousandth of its bound on: no burst takes it from there beyond the bound and back."""


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
    """

    y: Array
    t: Array
    limit: Array
    code: Codes
    watched: npt.NDArray[np.bool_]
    plain: tuple[Kit, Array]
    near: tuple[Kit, Array]


def advance(lanes: Lanes, target: Array, stop: Callable[[], bool]) -> None:
    """Take paths to their target times, shape ``(paths,)``, or to where they end."""
    speed = np.zeros(lanes.t.size)  # time per step in the last burst
    lanes.watched |= _close(lanes.y, lanes.limit)
    for _ in range(BURSTS):
        going = np.flatnonzero((lanes.code == Code.NOT_RUN) & (lanes.t < target))
        if not going.size or stop():
            return
        with np.errstate(divide="ignore"):
            ahead = (target[going] - lanes.t[going]) / speed[going]
        going = going[np.argsort(ahead, kind="stable")]
        before, close = lanes.t.copy(), lanes.watched[going]
        _burst(lanes, going[~close], target, watched=False, stop=stop)
        _burst(lanes, going[close], target, watched=True, stop=stop)
        speed[going] = (lanes.t[going] - before[going]) / BURST
    lanes.code[(lanes.code == Code.NOT_RUN) & (lanes.t < target)] = Code.FAILED


def _close(y: Array, limit: Array) -> npt.NDArray[np.bool_]:
    close: npt.NDArray[np.bool_] = np.any(y > limit - MARGIN, axis=0)
    return close


def _burst(
    lanes: Lanes, going: npt.NDArray[np.intp], target: Array, *, watched: bool, stop: Callable[[], bool]
) -> None:
    """A burst for some of the paths."""
    if not going.size:
        return
    kit, parameters = lanes.near if watched else lanes.plain
    blocks = np.resize(going, (-(-going.size // kit.lanes), kit.lanes))
    blocks.reshape(-1)[going.size :] = going[-1]  # spare lanes repeat the last path
    y, t, escaped = _stepped(kit, blocks, lanes, parameters, target, stop)
    flat = blocks.reshape(-1)[: going.size]
    lost = ~(np.isfinite(y).all(axis=0) & np.isfinite(t))
    if watched:
        lanes.code[flat[escaped]] = Code.ESCAPED
        lanes.code[flat[lost]] = Code.FAILED
        kept = ~lost
    else:
        back = lost | _close(y, lanes.limit[:, flat])  # the burst is taken again, watched
        lanes.watched[flat[back]] = True
        kept = ~back
    lanes.y[:, flat[kept]], lanes.t[flat[kept]] = y[:, kept], t[kept]


def _stepped(
    kit: Kit,
    blocks: npt.NDArray[np.intp],
    lanes: Lanes,
    parameters: Array,
    target: Array,
    stop: Callable[[], bool],
) -> tuple[Array, Array, npt.NDArray[np.bool_]]:
    """States and times after the burst, and whether a lane stopped at its bound, each along the flat blocks."""
    y, rows = _blocked(lanes.y, blocks), _blocked(parameters, blocks)
    t, until = lanes.t[blocks], target[blocks]
    escaped = np.zeros(blocks.shape, dtype=bool)
    taylor = kit.take()
    state, given = taylor.state, taylor.pars
    for k in range(len(blocks)):
        if stop():
            break
        state[...], given[...] = y[k], rows[k]
        taylor.set_time(t[k])
        if kit.watched:
            taylor.reset_cooldowns()
        taylor.propagate_until(until[k], max_steps=BURST)
        y[k], t[k] = state, taylor.time
        if kit.watched:
            escaped[k] = [-kit.units <= int(result[0]) < 0 for result in taylor.propagate_res]
    kit.give(taylor)
    count = np.unique(blocks).size
    return y.transpose(1, 0, 2).reshape(kit.units, -1)[:, :count], t.reshape(-1)[:count], escaped.reshape(-1)[:count]


def _blocked(rows: Array, blocks: npt.NDArray[np.intp]) -> Array:
    """Columns of an array by block, shape ``(blocks, rows, lanes)``."""
    return np.ascontiguousarray(rows[:, blocks].transpose(1, 0, 2))
