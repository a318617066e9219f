"""Many times along each path: as many of them as a burst reaches are read off its Taylor series at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ecolib.ensembles.bursts import BURST, Lanes, Places, advance, blocked, close, in_blocks
from ecolib.ensembles.outcomes import Code
from ecolib.numeric import Array

__all__ = ["sampled"]

FIRST = 8
"""Times that are tried in the first burst; later as many as most paths reach in one."""


def sampled(lanes: Lanes, until: Array, stop: Callable[[], bool]) -> Array:
    """Take paths along their times, shape ``(paths, times)``; the states there, ``(units, paths, times)``, or NaN."""
    at = np.full((*lanes.y.shape, until.shape[1]), np.nan)
    begin, width = 0, FIRST
    lanes.watched |= close(lanes.y, lanes.limit)
    while begin < until.shape[1] and not stop():
        end = min(begin + width, until.shape[1])
        going = np.flatnonzero(lanes.code == Code.NOT_RUN)
        if not going.size:
            break
        plain = going[~lanes.watched[going]] if end > begin + 1 else going[:0]
        there = _read_off(lanes, plain, until[:, begin:end], at[..., begin:end], stop)
        rest = np.setdiff1d(going, there, assume_unique=True)
        for k in range(begin, end if rest.size else begin):
            target = np.full(lanes.t.size, -np.inf)
            target[rest] = until[rest, k]
            advance(lanes, target, stop)
            arrived = rest[(lanes.code[rest] == Code.NOT_RUN) & (lanes.t[rest] >= until[rest, k])]
            at[:, arrived, k] = lanes.y[:, arrived]
        lanes.watched[rest] = close(lanes.y[:, rest], lanes.limit[:, rest])
        slow = plain.size and there.size < 0.75 * plain.size
        begin, width = end, max(width // 2, 1) if slow else width * 2
    return at


def _read_off(lanes: Lanes, going: Places, until: Array, at: Array, stop: Callable[[], bool]) -> Places:
    """Take paths over all these times in one burst, and return those that got there without coming near a bound."""
    if not going.size:
        return going
    kit, parameters = lanes.plain
    blocks = in_blocks(going, kit.lanes)
    y, rows = blocked(lanes.y, blocks), blocked(parameters, blocks)
    grids = np.concatenate([lanes.t[blocks][:, None], until[blocks].transpose(0, 2, 1)], axis=1)
    read = np.full((len(blocks), until.shape[1], kit.units, kit.lanes), np.nan)
    longest, taylor = lanes.longest(blocks), kit.take()
    state, given = taylor.state, taylor.pars
    for k in range(len(blocks)):
        if stop():
            break
        state[...], given[...] = y[k], rows[k]
        taylor.set_time(grids[k, 0])
        read[k] = taylor.propagate_grid(grids[k], max_delta_t=longest[k], max_steps=BURST)[-1][1:]
    kit.give(taylor)
    found = read.transpose(2, 0, 3, 1).reshape(kit.units, -1, until.shape[1])[:, : going.size]
    fine = np.isfinite(found).all(axis=(0, 2)) & ~close(found, lanes.limit[:, going, None]).any(axis=-1)
    there: Places = going[fine]
    at[:, there], lanes.y[:, there], lanes.t[there] = found[:, fine], found[:, fine, -1], until[there, -1]
    return there
