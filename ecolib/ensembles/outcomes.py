"""What an engine is given, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.model import Symbiosis
from ecolib.numeric import Array

__all__ = ["ENDINGS", "Chunk", "Code", "Codes", "Followed"]

Codes: TypeAlias = npt.NDArray[np.int8]

ENDINGS = np.array(
    ["not run", "finished", "escaped", "interrupted", "failed", "settled", "excluded", "out of time"], dtype="<U11"
)
"""How a path can end, in words; engines use the places in this list."""


class Code:
    """Places in :data:`ENDINGS`."""

    NOT_RUN, FINISHED, ESCAPED, INTERRUPTED, FAILED, SETTLED, EXCLUDED, OUT_OF_TIME = range(8)


@dataclass(frozen=True, eq=False)
class Chunk:
    """Paths that are followed together.

    Args:
        model: whose equations they obey.
        numbers: for every letter that is a parameter, shape ``(paths,)``.
        K: carrying capacities, shape ``(paths, units)``.
        first: logarithms of the saturations at the start, shape ``(paths, units)``; minus infinity is absent.
        rtol: relative tolerance per step.
        escape: multiple of the carrying capacity, or of the start if larger, beyond which a path has escaped.
        stop: whether the user wants an end.
    """

    model: Symbiosis
    numbers: dict[sp.Symbol, Array]
    K: Array
    first: Array
    rtol: float
    escape: float
    stop: Callable[[], bool]

    @property
    def paths(self) -> int:
        """How many there are."""
        return len(self.first)

    @property
    def limit(self) -> Array:
        """Logarithms of the saturations beyond which a path has escaped, shape ``(paths, units)``."""
        limit: Array = np.log(self.escape) + np.maximum(self.first, 0.0)
        return limit

    def part(self, index: npt.NDArray[np.intp]) -> Chunk:
        """Some of the paths."""
        numbers = {letter: array[index] for letter, array in self.numbers.items()}
        return Chunk(self.model, numbers, self.K[index], self.first[index], self.rtol, self.escape, self.stop)


@dataclass(frozen=True, eq=False)
class Followed:
    """Paths as far as an engine followed them.

    Main attributes:
        y : logarithms of the saturations at the times, shape ``(paths, units, times)``; NaN where not reached
        code : how each path ended, shape ``(paths,)``
        reached : the time each path reached, shape ``(paths,)``; NaN when it was not run
    """

    y: Array
    code: Codes
    reached: Array
