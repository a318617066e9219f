"""Paths in the lanes of vector registers, with the Taylor integrators of heyoka."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ecolib.ensembles.bursts import Lanes
from ecolib.ensembles.by_scipy import ByScipy
from ecolib.ensembles.outcomes import Chunk, Code, Followed
from ecolib.ensembles.sampling import sampled
from ecolib.ensembles.taylor import kit, why_not
from ecolib.fit import places
from ecolib.model import Symbiosis
from ecolib.numeric import Array
from ecolib.threads import thread_count

__all__ = ["ByHeyoka", "why_not"]


LEAST, MOST = 256, 8192
"""Paths of a chunk: enough to fill the lanes until the last few, few enough for the progress bar to move."""

NUMBERS = 1 << 21
"""Coefficients and outputs of a chunk at most, for the memory they take (unless that leaves too few paths)."""


class ByHeyoka:
    """Many paths at once; what it cannot finish within its steps, it leaves to the other engine."""

    name = "heyoka"

    def __init__(self, model: Symbiosis, paths: int, times: int) -> None:
        self.threads = thread_count()
        most = max(LEAST, min(MOST, NUMBERS // (model.units * (model.units + times))))
        self.chunk = min(max(-(-paths // self.threads), LEAST), most)

    def follow(self, chunk: Chunk, y: Array, begin: Array, until: Array) -> Followed:
        """Follow paths from ``y`` at ``begin`` over the times ``until``."""
        with np.errstate(all="ignore"):
            lanes = _lanes(chunk, y)
            at = sampled(lanes, until - begin[:, None], chunk.stop).transpose(1, 0, 2)
            at = np.where(np.isnan(at) | np.isfinite(y)[..., None], at, -np.inf)
            lanes.code[(lanes.code == Code.NOT_RUN) & (lanes.t >= until[:, -1] - begin)] = Code.FINISHED
            lanes.code[(lanes.code == Code.NOT_RUN) & (lanes.t > 0)] = Code.INTERRUPTED
        reached = np.where(lanes.code == Code.FINISHED, until[:, -1], begin + lanes.t)
        result = Followed(at, lanes.code, np.where(lanes.code == Code.NOT_RUN, np.nan, reached))
        return _mended(chunk, y, begin, until, result)


def _lanes(chunk: Chunk, y: Array) -> Lanes:
    """Paths at their start, at time zero."""
    rows, limit = y.T.copy(), np.ascontiguousarray(chunk.limit.T)
    present: npt.NDArray[np.bool_] = np.isfinite(rows)
    rows[~present] = 0.0
    kits = [kit(chunk.model, chunk.rtol, some_absent=not present.all(), watched=w) for w in (False, True)]
    plain, near = ((one, one.parameters(chunk.numbers, present, limit)) for one in kits)
    none = np.zeros(chunk.paths)
    return Lanes(rows, none, limit, none.astype(np.int8), none > 0, plain, near, _help(chunk, present))


def _help(chunk: Chunk, present: npt.NDArray[np.bool_]) -> Array:
    """What one unit adds at most to the growth per head of another, shape ``(units, units, paths)``."""
    units = chunk.model.units
    rates = np.stack([chunk.numbers[r] for r in chunk.model.r])
    found = np.zeros((units, units, chunk.paths))
    found[range(units), range(units)] = 1.0
    for (i, j), letter in places(chunk.model.alpha):
        found[i, j] = np.maximum(chunk.numbers[letter], 0.0) * present[j]
    return found * (rates * present)[:, None]


def _mended(chunk: Chunk, y: Array, begin: Array, until: Array, result: Followed) -> Followed:
    """The paths that failed, followed by the other engine."""
    failed = np.flatnonzero(result.code == Code.FAILED)
    if failed.size:
        again = ByScipy().follow(chunk.part(failed), y[failed], begin[failed], until[failed])
        result.y[failed], result.code[failed], result.reached[failed] = again.y, again.code, again.reached
    return result
