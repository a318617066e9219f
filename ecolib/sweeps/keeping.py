"""What one sweep has to do, and where it keeps what is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ecolib.sweeps.chunks import Outcome, Task
from ecolib.sweeps.drive import Stopped
from ecolib.sweeps.grid import NOT_RUN, Grid
from ecolib.sweeps.identity import described, package_digest
from ecolib.sweeps.results import Results
from ecolib.sweeps.store import Store

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Job", "Keeper"]

LEARNT = "; names and shapes are learnt from the first point: give them as outputs={'name': shape, ...}"


@dataclass(frozen=True)
class Job:
    """A function, its grid, and how the points are computed."""

    function: Callable[..., Any]
    grid: Grid
    seed: int | None
    strict: bool
    chunk: int

    def identity(self, units: Mapping[str, str], *, stored: bool) -> dict[str, Any]:
        """All that results depend on, or that a store has to have in common.

        Raises:
            TypeError: for a random number generator from outside, and, for a store, all that cannot be told.
        """
        version = import_module("ecolib").__version__  # the root stands above every floor
        axes = {name: list(axis) for name, axis in self.grid.axes.items()}
        asked = {"parameters": list(axes), "grid": axes, "units": dict(units), "seed": self.seed, "chunk": self.chunk}
        package = {"ecolib": version, "ecolib_sha256": package_digest()}
        return described(self.function, strict=stored) | asked | package


@dataclass
class Keeper:
    """Keeps outcomes in memory and, where there is a store, on disk."""

    job: Job
    results: Results
    store: Store | None
    bar: Any
    provenance: Mapping[str, Any]
    safe: int = 0
    """Points on disk."""

    def restore(self, *, retry: bool) -> None:
        """Take over what the store has, without chunks that have faults when those are to be computed again.

        Raises:
            ValueError: when it has other outputs than were declared.
            Stopped: for a fault that was kept, when the function must not fail.
        """
        if self.store is None:
            return
        for number, outcome in self.store.read():
            if not (retry and any(outcome.faults)):
                self.results.record(number * self.job.chunk, outcome)
        self.safe = self.results.done
        self.bar.update(self.safe)
        damaged = self.store.clear()
        if damaged and not self.bar.disable:
            self.bar.write(f"damaged chunks, to be computed again: {damaged}", file=sys.stderr)
        if self.job.strict and self.results.failed:
            faults = self.results.faults
            index = next(k for k, fault in enumerate(faults) if fault not in ("", NOT_RUN))
            hint = "; the store kept that: retry=True computes it again"
            raise Stopped(self._failure(index, faults[index], hint))

    def tasks(self) -> Iterator[Task]:
        """The chunks that are not done, in their order."""
        job = self.job
        for start in range(0, job.grid.size, job.chunk):
            if self.results.faults[start] == NOT_RUN:
                stop = min(start + job.chunk, job.grid.size)
                yield Task(job.function, job.grid, start, stop, self.results.layout, job.seed, job.strict)

    def keep(self, task: Task, outcome: Outcome) -> None:
        """Keep what a chunk gave.

        Raises:
            Stopped: when the function failed and must not, or the disk does not take it.
        """
        fault = next(filter(None, outcome.faults), "")
        if fault and (task.strict or not outcome.values):
            hint = "" if task.strict or outcome.unfit else LEARNT
            raise Stopped(self._failure(task.start + outcome.faults.index(fault), fault, hint))
        self.results.record(task.start, outcome)
        if self.store is not None:
            try:
                self.store.write(task.start // self.job.chunk, outcome)
            except OSError as error:
                raise Stopped(f"the store cannot be written ({error.strerror or error})") from error
            self.safe += len(outcome.faults)
        self.bar.set_postfix({"faults": self.results.failed}, refresh=False)
        self.bar.update(len(outcome.faults))

    def dataset(self) -> xr.Dataset:
        """What was computed, and what computed it."""
        return self.results.dataset(self.provenance if self.store is None else self.store.provenance)

    def whereabouts(self) -> str:
        """What is safe, and how to go on."""
        total = self.job.grid.size
        if self.store is None:
            return f"{self.results.done} of {total} points were computed: they are in .result of this error"
        return f"{self.safe} of {total} points are safe in {self.store.folder}: the same call goes on from there"

    def _failure(self, index: int, fault: str, hint: str) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.job.grid.point(index).items())
        name = getattr(self.job.function, "__name__", "function")
        return f"{name}({given}) failed: {fault}{hint}"
