"""Time and memory of many paths, as units, points, tolerance and duration change: what a cost model is checked against.

``python benchmarks/costs.py [--repeats TIMES]``

Around one setting each quantity changes alone (``fitted``); in further settings all but the duration change at once
(``predicted``); in some the duration alone (``duration``).
Each setting has a process of its own, which also tells the most memory that it held and how long its first call took.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

import numpy as np
from common.harness import PEERS, Worker, interleaved
from common.record import Row, write

NAMES = ("units", "points", "rtol", "duration")
MIDDLE = {"units": 3, "points": 50_000, "rtol": 1e-8, "duration": 100}
CHANGED = {
    "units": (2, 4, 5, 6, 8),
    "points": (1_000, 10_000, 200_000, 500_000),
    "rtol": (1e-4, 1e-6, 1e-10, 1e-12),
}
DURATIONS = (25, 400)
TOGETHER = ((2, 300_000, 1e-6), (4, 100_000, 1e-10), (5, 100_000, 1e-6), (6, 50_000, 1e-12), (8, 20_000, 1e-6))
TOGETHER += ((3, 200_000, 1e-5),)


def settings() -> list[tuple[str, dict[str, float]]]:
    """Every setting, and what it is for."""
    alone = [MIDDLE | {name: value} for name, values in CHANGED.items() for value in values]
    together = [MIDDLE | dict(zip(NAMES, one, strict=False)) for one in TOGETHER]
    longer = [MIDDLE | {"duration": value} for value in DURATIONS]
    roles = {"fitted": [MIDDLE, *alone], "predicted": together, "duration": longer}
    return [(role, one) for role, group in roles.items() for one in group]


def started(setting: dict[str, float], place: Path, stack: ExitStack) -> Worker:
    np.savez(place.with_suffix(".npz"), **setting)
    command = [sys.executable, PEERS / "costs_ecolib.py", place.with_suffix(".npz"), place.with_suffix(".npy")]
    worker = Worker(command, 120, place.with_suffix(".err"))
    stack.callback(worker.end)
    return worker


def measured(repeats: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        workers = [started(one, Path(folder) / str(k), stack) for k, (_, one) in enumerate(settings())]
        seconds = interleaved({str(k): worker.again for k, worker in enumerate(workers)}, repeats)
        rows = []
        for (role, setting), worker, taken in zip(settings(), workers, seconds.values(), strict=True):
            own = {"version": version("ecolib"), "setting": setting, "note": role}
            task = ", ".join(f"{name} {value:g}" for name, value in setting.items())
            first = max(worker.first - float(np.median(taken)), 0.0)
            rows += [
                Row("costs", task, "ecolib", "seconds", taken, **own),
                Row("costs", task, "ecolib, memory", "MB", [worker.megabytes], **own),
                Row("costs", task, "ecolib, more for the first call", "seconds", [first], **own),
            ]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=9)
    options = parser.parse_args()
    write(measured(options.repeats))


if __name__ == "__main__":
    main()
