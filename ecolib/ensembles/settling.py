r"""Steady states, told from paths that still move.

A path is looked at after :math:`10 / \max r`, then after twice, four times, ... as long, up to its last time. It has
**settled** when each unit that was present at the start is either *at rest*, its growth per head within
``settle`` times its rate :math:`r`, or *gone*, its saturation below ``settle`` and falling, its growth per head below
:math:`-` ``settle`` times :math:`r`. With a unit that is gone the ending is **excluded**; a path that has not settled
by the last time is **out of time**.

At rest is not the same as stable: a path that starts at an unstable equilibrium, or is caught near a saddle for as long
as it takes, has settled there.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ecolib.ensembles.engines import Engine
from ecolib.ensembles.outcomes import Chunk, Code, Codes, Followed
from ecolib.numeric import Array, columnwise
from ecolib.system import parameters

__all__ = ["settled"]

FIRST_LOOK = 10.0
"""When a path is first looked at, in units of the time scale of its fastest unit."""


def settled(engine: Engine, chunk: Chunk, begin: float, end: float, settle: float) -> Followed:
    """Follow paths until they settle; ``y`` of the answer, shape ``(paths, units, 1)``, is where each of them ended."""
    y, t = chunk.first.copy(), np.full(chunk.paths, begin)
    code: Codes = np.full(chunk.paths, Code.NOT_RUN, dtype=np.int8)
    rates = np.stack([chunk.numbers[r] for r in chunk.model.r], axis=1)
    span = FIRST_LOOK / rates.max(axis=1)
    going = np.flatnonzero(_label(chunk, y, rates, settle, code))
    while going.size and not chunk.stop():
        until = np.minimum(begin + span[going], end)
        until = np.where(until > t[going], until, end)  # a look so early that it cannot be told from the start
        part = engine.follow(chunk.part(going), y[going], t[going], until[:, None])
        ran = (part.code != Code.NOT_RUN) | (t[going] == begin)
        code[going], t[going] = np.where(ran, part.code, Code.INTERRUPTED), np.where(ran, part.reached, t[going])
        there = part.code == Code.FINISHED
        y[going] = np.where(there[:, None], part.y[..., 0], np.nan)
        going, span = going[there], span * 2
        moving = _label(chunk.part(going), y[going], rates[going], settle, labels := code[going])
        labels[moving & (t[going] >= end)] = Code.OUT_OF_TIME
        code[going] = labels
        going = going[moving & (t[going] < end)]
    code[going] = Code.INTERRUPTED
    return Followed(y[..., None], code, t)


def _label(chunk: Chunk, y: Array, rates: Array, settle: float, code: Codes) -> npt.NDArray[np.bool_]:
    """Put down which paths have settled, and say which have not."""
    growth = _growth(chunk, y) / rates
    absent = ~np.isfinite(y)
    gone = (y < np.log(settle)) & (growth < -settle) & ~absent
    moving: npt.NDArray[np.bool_] = ~np.all(absent | gone | (np.abs(growth) <= settle), axis=1)
    code[~moving] = np.where(gone.any(axis=1), Code.EXCLUDED, Code.SETTLED)[~moving]
    return moving


def _growth(chunk: Chunk, y: Array) -> Array:
    """Growth per head, shape ``(paths, units)``."""
    model, letters = chunk.model, parameters(chunk.model)
    function = columnwise(model.growth, (*model.x, *letters))
    with np.errstate(all="ignore"):
        x = (chunk.K * np.exp(y)).T
        columns = function(*x, *(chunk.numbers[letter] for letter in letters))
    return np.stack([np.broadcast_to(column, (chunk.paths,)) for column in columns], axis=1)
