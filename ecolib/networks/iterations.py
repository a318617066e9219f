"""What iterations on large sparse matrices share: a limit of time, and a start that is the same in every run."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from ecolib.doors import check_seconds
from ecolib.values import Array

__all__ = ["SECONDS", "deadline_after", "even_start", "timed"]

SECONDS = 60.0
"""Seconds after which a computation is given up."""


def deadline_after(seconds: float) -> float:
    """The time, on the clock of ``time.monotonic``, so many seconds from now.

    Raises:
        ValueError: when ``seconds`` is not positive.
    """
    return time.monotonic() + check_seconds(seconds)


def timed(matrix: Any, deadline: float) -> Any:
    """The matrix as a linear operator that raises ``TimeoutError`` after the deadline."""
    from scipy.sparse import linalg

    def multiply(x: Array) -> Array:
        if time.monotonic() > deadline:
            raise TimeoutError("the time allowed did not suffice")
        return np.asarray(matrix @ x)

    return linalg.LinearOperator(matrix.shape, matvec=multiply, dtype=np.float64)


def even_start(units: int) -> Array:
    """A start for iterations that favours no unit."""
    return np.cos(np.arange(units, dtype=np.float64))
