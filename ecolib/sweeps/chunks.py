"""Computing points, wherever that happens: what is sent to a worker, and what comes back.

This module is all that a worker process loads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecolib.sweeps.grid import Grid
from ecolib.sweeps.interrupts import noted
from ecolib.threads import limited_threads
from ecolib.values import Array, real_array

__all__ = ["EXACT", "FAULT_LENGTH", "Layout", "Outcome", "Task", "run_alone", "run_chunk"]

Layout = Mapping[str, tuple[int, ...]]
"""Names and shapes of what a function returns."""

EXACT = 2**53
"""Up to here a whole number is exact as a floating-point number."""

FAULT_LENGTH = 300
"""Characters of a fault, at most."""


@dataclass(frozen=True)
class Task:
    """The points from ``start`` to before ``stop``.

    Main attributes:
        layout : what the function has to return; None when that is to be learnt from the first point
        strict : whether the first fault ends the chunk
    """

    function: Callable[..., Any]
    grid: Grid
    start: int
    stop: int
    layout: Layout | None
    seed: int | None
    strict: bool


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a chunk gave.

    Main attributes:
        values : by name, an array of shape ``(points, ...)``, NaN at faults; empty when the layout was not learnt
        faults : a text for each point, empty when the function returned
        unfit : whether the last fault is in what the function returned
    """

    values: dict[str, Array]
    faults: list[str]
    unfit: bool = False

    @property
    def layout(self) -> Layout:
        """Names and shapes."""
        return {name: array.shape[1:] for name, array in self.values.items()}


def run_chunk(task: Task) -> Outcome:
    """Compute the points of a task; it ends early at a first fault when it is strict or has no layout yet.

    Raises:
        KeyboardInterrupt: after Ctrl-C, even if the function went on.
    """
    layout, count = task.layout, task.stop - task.start
    values: dict[str, Array] = {}
    faults: list[str] = []
    unfit = False
    with noted() as interrupts:
        for k in range(count):
            fault, row, unfit = _attempt(task, task.start + k, layout)
            if interrupts:
                raise KeyboardInterrupt
            faults.append(fault)
            if fault and (task.strict or layout is None):
                break
            if not values:
                layout = {name: number.shape for name, number in row.items()} if layout is None else layout
                values = {name: np.full((count, *shape), np.nan) for name, shape in layout.items()}
            for name, number in row.items():
                values[name][k] = number
    return Outcome(values, faults, unfit)


def run_alone(task: Task) -> Outcome:
    """Compute the points of a task on one thread, beside other workers."""
    with limited_threads(1):
        return run_chunk(task)


def _attempt(task: Task, index: int, layout: Layout | None) -> tuple[str, dict[str, Array], bool]:
    """The fault of a point, empty when there is none; what the function returned; whether the fault is in that."""
    extra = {} if task.seed is None else {"rng": _generator(task.seed, index)}
    returned = False
    try:
        answer = task.function(**task.grid.point(index), **extra)
        returned = True
        return "", _checked_numbers(answer, layout), False
    except Exception as error:  # any fault of the function is a result
        text = " ".join(f"{type(error).__name__}: {error}".split())
        return "".join(c if c.isprintable() else "?" for c in text)[:FAULT_LENGTH], {}, returned


def _generator(seed: int, index: int) -> np.random.Generator:
    """The generator of a point: the child of that number that the seed would spawn."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(index,)))


def _checked_numbers(returned: Any, layout: Layout | None) -> dict[str, Array]:
    named = returned if isinstance(returned, Mapping) else {"value": returned}
    numbers = {name: _number(name, value) for name, value in named.items()}
    shapes = {name: number.shape for name, number in numbers.items()}
    if layout is not None and shapes != dict(layout):
        raise TypeError(f"the function must return {_told(layout)}, it returned {_told(shapes)}")
    return numbers


def _number(name: str, value: Any) -> Array:
    array = np.asarray(value)
    if array.dtype.kind in "iu" and array.size and max(abs(int(array.max())), abs(int(array.min()))) > EXACT:
        raise TypeError(f"{name} must be a number that is exact in 64 bits, got {value!r}")
    return array.astype(float) if array.dtype.kind == "b" else real_array(name, array)


def _told(layout: Layout) -> str:
    return ", ".join(f"{name} of shape {shape}" if shape else str(name) for name, shape in layout.items()) or "nothing"
