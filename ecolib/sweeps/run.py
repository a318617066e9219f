"""A sweep from its door to its dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ecolib.doors import check_kind, choice, whole
from ecolib.sweeps.doors import check_call, checked_units
from ecolib.sweeps.drive import Stopped, drive
from ecolib.sweeps.grid import checked_grid
from ecolib.sweeps.identity import provenance
from ecolib.sweeps.keeping import Job, Keeper
from ecolib.sweeps.places import placed
from ecolib.sweeps.results import Results, checked_layout, require_xarray
from ecolib.sweeps.store import Store, opened

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["UnfinishedSweep", "sweep"]


class UnfinishedSweep(RuntimeError):
    """A sweep that could not go on.

    Main attributes:
        result : the dataset of what was computed; its attribute ``complete`` is 0
    """

    def __init__(self, message: str, result: xr.Dataset | None = None) -> None:
        super().__init__(message)
        self.result = result


def sweep(
    function: Callable[..., Any],
    grid: Mapping[str, Iterable[Any]],
    *,
    units: Mapping[str, str] | None = None,
    outputs: Mapping[str, tuple[int, ...]] | None = None,
    seed: int | None = None,
    on_error: Literal["keep", "stop"] = "keep",
    executor: Any = None,
    workers: int | None = None,
    store: str | Path | None = None,
    chunk: int | None = None,
    retry: bool = False,
    progress: bool | None = None,
) -> xr.Dataset:
    """Call ``function(**point)`` at every point of a grid; Ctrl-C ends the sweep and returns what is done.

    The answers do not depend on executor, chunks or interruptions. With a store, every finished chunk is on disk: the
    same call goes on from there, whatever ended the run before, and has lost at most the chunks in flight.

    Args:
        function: returns a real number (the output ``value``), or a mapping from names to real numbers or arrays,
            with the same names and shapes at every point. NaN is an answer.
        grid: values by name of the parameter, finite and distinct: numbers, truth values or text.
        units: unit by name of a parameter or output, as text.
        seed: for a function that draws at random: it gets ``rng``, at point k the k-th child that the
            :class:`numpy.random.SeedSequence` of the seed spawns.
        outputs: shape by name of the output, ``()`` for a number; learnt from the first point when left out.
        on_error: "keep" writes the message of an exception into ``fault`` and goes on; "stop" ends the sweep.
        executor: where chunks are computed: this process (None), any :class:`concurrent.futures.Executor`, what
            has its ``submit``, or a cluster of Dask (extra ``cluster``), as its ``distributed.Client``. It stays open.
        workers: chunks in flight at most; as many as a pool has workers, twice as many as a cluster has threads, or
            else as many as the machine has processors.
        store: folder that keeps finished chunks, made when it is missing.
        chunk: points per chunk; a thousandth of the points when left out.
        retry: whether to compute again the chunks of the store that have faults.
        progress: whether to show a bar on standard error; in a terminal when left out.

    Returns:
        A dataset with the grid as coordinates, the outputs, NaN where there is no answer, and ``fault``: empty where
        the function returned, "not run", or the message. Attributes say what computed it, and whether it is complete.

    Raises:
        ImportError: when xarray is not installed (extra ``sweeps``).
        TypeError, ValueError: for arguments out of range, a function that cannot be called with the grid's names or
            sent to other processes, and a store of another sweep (text of the function, values that it takes from
            outside, grid, units, seed, chunk, this package); for a random number generator from outside; with a store,
            for a value from outside of which it cannot be told whether it changed.
        OSError: for a store that cannot be used, or is in use.
        UnfinishedSweep: when a worker of a pool, the scheduler of a cluster or for five minutes all of its workers are
            lost, or a chunk that loses worker after worker; when the disk is full, or the function failed at the first
            point (at any, under "stop", also in what the store kept). It has what was computed.

    Example:
        >>> def density(K, alpha):
        ...     return K / (1 - alpha**2)
        >>> swept = sweep(density, {"K": (50, 100), "alpha": (-0.5, 0, 1)}, units={"K": "units of output"})
        >>> swept.value.sel(K=100, alpha=-0.5).item(), swept.fault.sel(K=100, alpha=1).item()
        (133.33333333333334, 'ZeroDivisionError: ...')
    """
    require_xarray()
    results = Results(checked_grid(grid), checked_units({} if units is None else units))
    check_kind("progress", progress, bool, type(None))
    check_kind("retry", retry, bool)
    size = whole("chunk", -(-results.grid.size // 1000) if chunk is None else chunk, least=1)
    number = None if seed is None else whole("seed", seed, least=0)
    job = Job(function, results.grid, number, choice("on_error", on_error, ("keep", "stop")) == "stop", size)
    check_call(function, job.grid, job.seed)
    if outputs is not None:
        results.learn(checked_layout(outputs))
    place = placed(executor, workers, function)
    identity = job.identity(results.units, stored=store is not None)
    with _opened(store, identity) as kept, _bar(job.grid.size, progress) as bar:
        keeper = Keeper(job, results, kept, bar, provenance(identity))
        try:
            keeper.restore(retry=retry)
            if results.layout is None:
                drive(place, islice(keeper.tasks(), 1), keeper.keep)
            drive(place, keeper.tasks(), keeper.keep)
        except KeyboardInterrupt:
            pass
        except Stopped as stop:
            raise UnfinishedSweep(f"{stop}. {keeper.whereabouts()}", keeper.dataset()) from stop.__cause__
    return keeper.dataset()


def _opened(store: str | Path | None, identity: Mapping[str, Any]) -> AbstractContextManager[Store | None]:
    check_kind("store", store, str, Path, type(None))
    return nullcontext() if store is None else opened(Path(store), identity, provenance(identity))


def _bar(points: int, progress: bool | None) -> Any:
    from tqdm import tqdm

    return tqdm(total=points, unit="point", disable=None if progress is None else not progress)
