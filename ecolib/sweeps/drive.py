"""Chunks in flight: a bounded number, each kept as soon as it lands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress

from ecolib.sweeps.chunks import Outcome, Task
from ecolib.sweeps.places import Place

__all__ = ["Stopped", "drive"]

Keep = Callable[[Task, Outcome], None]

PULSE = 2.0
"""Seconds without a chunk after which the place is asked whether it still works."""


class Stopped(Exception):
    """Why a sweep cannot go on."""


def drive(place: Place, tasks: Iterable[Task], keep: Keep) -> None:
    """Compute the tasks, a bounded number at a time, and keep what each gives before the next one is sent.

    Whatever ends it early, the chunks that are finished by then are kept, and those that have not begun are given up.

    Raises:
        Stopped: when a worker or the place is lost, or ``keep`` raises it.
        KeyboardInterrupt: when the user ends it.
    """
    flying: dict[Future[Outcome], Task] = {}
    try:
        for task in tasks:
            flying[_submitted(place, task)] = task
            if len(flying) >= place.flying:
                _land(place, flying, keep)
        while flying:
            _land(place, flying, keep)
    except (KeyboardInterrupt, Stopped):
        for future, task in flying.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                with suppress(Stopped):
                    keep(task, future.result())
        raise
    finally:
        for future in flying:
            future.cancel()


def _submitted(place: Place, task: Task) -> Future[Outcome]:
    try:
        future = place.submit(task)
    except Exception as error:
        raise _lost(place, error) from error
    if not isinstance(future, Future):
        raise TypeError(
            f"submit of the executor must return a concurrent.futures.Future, got "
            f"{type(future).__module__}.{type(future).__name__}"
        )
    return future


def _land(place: Place, flying: dict[Future[Outcome], Task], keep: Keep) -> None:
    """Wait for the next chunks to finish, and keep them."""
    while not (landed := wait(flying, PULSE, FIRST_COMPLETED).done):
        if reason := place.lost():
            raise Stopped(reason)
    for future in landed:
        try:
            outcome = future.result()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # of the worker: those of the function are faults
            raise _lost(place, error) from error
        keep(flying[future], outcome)
        del flying[future]


def _lost(place: Place, error: BaseException) -> Stopped:
    return Stopped(place.lost() or f"a worker was lost ({type(error).__name__}: {error})")
