"""Chunks in flight: a bounded number, each kept as soon as it lands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import suppress
from typing import Any

from ecolib.sweeps.chunks import Outcome, Task, run_chunk

__all__ = ["Here", "Stopped", "drive"]

Keep = Callable[[Task, Outcome], None]


class Stopped(Exception):
    """Why a sweep cannot go on."""


class Here(Executor):
    """This process, as an executor."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call at once."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def drive(executor: Executor, tasks: Iterable[Task], workers: int, keep: Keep) -> None:
    """Compute the tasks, never more than ``workers`` at a time, and keep what each gives before the next one starts.

    Whatever ends it early, the chunks that are finished by then are kept, and those that have not begun are given up.

    Raises:
        Stopped: when a worker is lost, or ``keep`` raises it.
        KeyboardInterrupt: when the user ends it.
    """
    flying: dict[Future[Outcome], Task] = {}
    try:
        for task in tasks:
            flying[_submitted(executor, task)] = task
            if len(flying) >= workers:
                _land(flying, keep)
        while flying:
            _land(flying, keep)
    except (KeyboardInterrupt, Stopped):
        for future, task in flying.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                with suppress(Stopped):
                    keep(task, future.result())
        raise
    finally:
        for future in flying:
            future.cancel()


def _submitted(executor: Executor, task: Task) -> Future[Outcome]:
    try:
        future = executor.submit(run_chunk, task)
    except Exception as error:
        raise _lost(error) from error
    if not isinstance(future, Future):
        raise TypeError(
            f"submit of the executor must return a concurrent.futures.Future, got {type(future).__module__}."
            f"{type(future).__name__}; a Dask client has it as client.get_executor()"
        )
    return future


def _land(flying: dict[Future[Outcome], Task], keep: Keep) -> None:
    """Wait for the next chunks to finish, and keep them."""
    for future in wait(flying, return_when=FIRST_COMPLETED).done:
        try:
            outcome = future.result()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # of the worker: those of the function are faults
            raise _lost(error) from error
        keep(flying[future], outcome)
        del flying[future]


def _lost(error: BaseException) -> Stopped:
    return Stopped(f"a worker was lost ({type(error).__name__}: {error})")
