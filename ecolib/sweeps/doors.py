"""What may be asked of a sweep."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from ecolib.sweeps.grid import Grid

__all__ = ["check_call", "check_executor", "checked_units"]


def check_call(function: Callable[..., Any], grid: Grid, seed: int | None) -> None:
    """Raise TypeError when it cannot be called with the names of the grid, and ``rng`` where there is a seed."""
    if not callable(function):
        raise TypeError(f"function must be callable, got {function!r}")
    try:
        signature = inspect.signature(function)
    except ValueError:  # some that are written in C have none
        return
    names = [*grid.axes, *([] if seed is None else ["rng"])]
    try:
        signature.bind(**dict.fromkeys(names))
    except TypeError as error:
        hint = "; give a seed to a function that takes rng" if seed is None and "rng" in signature.parameters else ""
        raise TypeError(f"function{signature} cannot be called with {', '.join(names)}: {error}{hint}") from None


def check_executor(executor: Any, function: Callable[..., Any]) -> None:
    """Raise TypeError when it is no executor, or cannot be sent the function."""
    if not callable(getattr(executor, "submit", None)):
        raise TypeError(
            f"executor must be a concurrent.futures.Executor, or a Dask client, got {type(executor).__name__}"
        )
    if isinstance(executor, ProcessPoolExecutor):
        try:
            pickle.dumps(function)
        except Exception as error:
            why = "define it, by def, at the top level of a module, and bind further arguments by functools.partial"
            raise TypeError(f"the function cannot be sent to other processes ({error}): {why}") from None


def checked_units(units: Any) -> dict[str, str]:
    """Return the units; a TypeError when they do not map names to text."""
    if not isinstance(units, Mapping) or not all(isinstance(text, str) for pair in units.items() for text in pair):
        raise TypeError(f"units must map names to text, got {units!r}")
    return dict(units)
