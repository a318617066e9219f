"""Paths one by one, with the integrators of scipy."""

from __future__ import annotations

import numpy as np

from ecolib.ensembles.outcomes import ENDINGS, Chunk, Code, Codes, Followed
from ecolib.integration import Motion, followed
from ecolib.numeric import Array

__all__ = ["ByScipy"]


class ByScipy:
    """The engine that is always there: each path as :func:`~ecolib.simulation.simulate` follows it."""

    name = "scipy"
    threads = 0
    chunk = 1

    def follow(self, chunk: Chunk, y: Array, begin: Array, until: Array) -> Followed:
        """Follow paths from ``y`` at ``begin`` over the times ``until``."""
        result = np.full((chunk.paths, chunk.model.units, until.shape[1]), np.nan)
        code: Codes = np.full(chunk.paths, Code.NOT_RUN, dtype=np.int8)
        reached = np.full(chunk.paths, np.nan)
        limit = chunk.limit
        for k in range(chunk.paths):
            if chunk.stop():
                break
            numbers = {letter: float(array[k]) for letter, array in chunk.numbers.items()}
            motion, times = Motion(chunk.model, numbers, chunk.K[k]), np.array([begin[k], *until[k]])
            path = followed(motion, y[k], times, chunk.rtol, limit[k], stop=chunk.stop)
            result[k], reached[k] = path.y[:, 1:], path.reached
            code[k] = int(np.flatnonzero(path.ended == ENDINGS)[0])
            if path.ended == "interrupted":
                break
        return Followed(result, code, reached)
