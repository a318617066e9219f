"""Where chunks are computed: this process, a pool of this machine, or a cluster of Dask, told without loading Dask.

A **client** is what the library ``distributed`` calls so: a connection to the scheduler of a cluster, which hands the
chunks to its workers, and those of a worker that dies to another.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ecolib.doors import whole
from ecolib.sweeps.chunks import Outcome, Task, run_alone, run_chunk
from ecolib.sweeps.doors import check_executor

__all__ = ["Cluster", "Here", "Place", "placed"]

PATIENCE = 300.0
"""Seconds that a cluster may be without any worker, and a scheduler without an answer."""


class Here(Executor):
    """This process, as an executor."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call at once."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@dataclass
class Place:
    """An executor.

    Main attributes:
        flying : chunks that may be there at a time
    """

    executor: Any
    flying: int

    def submit(self, task: Task) -> Future[Outcome]:
        """Send a chunk; what comes back is not checked."""
        future: Future[Outcome] = self.executor.submit(
            run_chunk if isinstance(self.executor, Here) else run_alone, task
        )
        return future

    def lost(self) -> str:
        """Why nothing can come from there any more; empty when it can, or that is not known."""
        return ""


@dataclass
class Cluster(Place):
    """The executor of a client of Dask."""

    client: Any
    seen: float = field(default_factory=time.monotonic)
    """When there was a worker."""

    def submit(self, task: Task) -> Future[Outcome]:
        """Send a chunk, to be computed even if Dask remembers it: what it remembers may be a fault."""
        future: Future[Outcome] = self.executor.submit(run_alone, task, pure=False)
        return future

    def lost(self) -> str:
        """Whether the scheduler or, for some time, every worker is gone."""
        try:
            if self.client.status == "running" and _threads(self.client):
                self.seen = time.monotonic()
        except Exception as error:  # of whatever carries the messages
            return f"the connection to the scheduler was lost ({type(error).__name__}: {error})"
        if self.client.status != "running":
            return f"the connection to the scheduler was lost (the client is {self.client.status})"
        if time.monotonic() - self.seen > PATIENCE:
            return f"the cluster had no worker for {PATIENCE:g} seconds"
        return ""


def placed(executor: Any, workers: int | None, function: Callable[..., Any]) -> Place:
    """Where chunks are computed.

    Raises:
        TypeError: for what is no executor, or cannot be sent the function; for a client without answers at once.
        ValueError: for less than one worker.
    """
    most = None if workers is None else whole("workers", workers, least=1)
    client = executor if callable(getattr(executor, "get_executor", None)) else getattr(executor, "_client", None)
    if callable(getattr(client, "ncores", None)):
        if getattr(client, "asynchronous", False):
            raise TypeError("the client of the cluster must not be asynchronous")
        through = client.get_executor() if client is executor else executor
        with suppress(Exception):  # without an answer; the first chunk will show why
            most = most or 2 * _threads(client)
        return Cluster(through, most or os.cpu_count() or 1, client)
    place = Here() if executor is None else executor
    check_executor(place, function)
    pool = 1 if executor is None else getattr(executor, "_max_workers", None) or os.cpu_count() or 1
    return Place(place, most or pool)


def _threads(client: Any) -> int:
    """Threads of all workers; an error where the scheduler does not answer."""
    return sum(client.sync(client.scheduler.ncores, callback_timeout=PATIENCE).values())
