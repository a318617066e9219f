"""How many threads a computation starts: one for each processor that the process may use, or fewer on request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ecolib.doors import whole

__all__ = ["limited_threads", "thread_count"]

_MOST: ContextVar[int | None] = ContextVar("most threads", default=None)


@contextmanager
def limited_threads(most: int) -> Iterator[None]:
    """Within the block, computations of this thread start at most so many threads.

    The chunks of a sweep on several workers have one thread each, since the workers share the processors.

    Args:
        most: at least 1.

    Raises:
        TypeError, ValueError: when it is no such number.

    Example:
        >>> with limited_threads(1):
        ...     thread_count()
        1
    """
    token = _MOST.set(whole("most", most, least=1))
    try:
        yield
    finally:
        _MOST.reset(token)


def thread_count() -> int:
    """How many threads a computation may start here and now.

    As many as the process may use processors, but no more than the environment variable ``OMP_NUM_THREADS`` allows, as
    in other numerical libraries; Dask sets it to 1 for the workers that it starts.

    Example:
        >>> thread_count() >= 1
        True
    """
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    allowed = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    most = int(allowed) if allowed.isdecimal() and int(allowed) > 0 else own
    return min(own, most, _MOST.get() or own)
