"""How many threads this process may keep busy."""

from __future__ import annotations

import os

__all__ = ["processors"]


def processors() -> int:
    """Processors that this process may use, and no more than ``OMP_NUM_THREADS`` allows.

    The variable is that of other numerical libraries; Dask sets it to 1 for the workers that it starts, so that they do
    not take each other's processors. A list, as of nested threads, counts by its first number; what is no positive
    number is no limit.

    Example:
        >>> processors() >= 1
        True
    """
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    allowed = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    return min(usable, int(allowed)) if allowed.isdecimal() and int(allowed) > 0 else usable
