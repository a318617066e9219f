"""Sweeps on one and two workers, of processes and of a Dask cluster, against a sweep in one process.

``python benchmarks/sweep_efficiency.py [--repeats TIMES] [--points NUMBER]``

Pools and clusters are started, and have computed something, before the clock runs. The efficiency is the time of the
sweep in one process divided by that on the workers times their number, in the same round.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from importlib.metadata import version
from multiprocessing import get_context
from typing import Any

import numpy as np
from common.harness import PEERS, interleaved
from common.record import Row, write

from ecolib.sweeps import sweep

sys.path.append(str(PEERS))  # new processes get the same path
BASE = "one process"
CHUNK = 10


def timed(points: int, executor: Any) -> float:
    from swept import outcome

    grid = {"a": np.linspace(-0.5, 0.5, points // 20), "b": np.linspace(-0.5, 0.5, 20)}
    start = time.perf_counter()
    sweep(outcome, grid, executor=executor, chunk=CHUNK, progress=False)
    return time.perf_counter() - start


def places(stack: ExitStack) -> dict[str, tuple[Any, int]]:
    """Executors by name, and how many workers each has."""
    from distributed import Client, LocalCluster

    scratch = stack.enter_context(tempfile.TemporaryDirectory())
    found: dict[str, tuple[Any, int]] = {BASE: (None, 1)}
    for workers in (1, 2):
        count = f"{workers} worker" + "s" * (workers > 1)
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        found[f"processes, {count}"] = stack.enter_context(pool), workers
        options = {"n_workers": workers, "threads_per_worker": 1, "memory_limit": 0, "host": "127.0.0.1"}
        cluster = LocalCluster(**options, dashboard_address="127.0.0.1:0", local_directory=scratch)
        client = stack.enter_context(Client(stack.enter_context(cluster)))
        found[f"Dask, {count}"] = client, workers
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--points", type=int, default=300)
    options = parser.parse_args()
    with ExitStack() as stack:
        found = places(stack)
        alone = stack.enter_context(
            ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        )  # of clusters and their threads
        for executor, _ in found.values():
            timed(80, executor)
        alone.submit(timed, 80, None).result()
        tasks = {name: lambda where=where: timed(options.points, where[0]) for name, where in found.items()}
        tasks[BASE] = lambda: alone.submit(timed, options.points, None).result()
        seconds = interleaved(tasks, options.repeats)
    rows, task = [], f"{options.points} points in chunks of {CHUNK}"
    for name, taken in seconds.items():
        library = "distributed" if name.startswith("Dask") else "ecolib"
        rows.append(Row("sweeps", task, name, "seconds", taken, version(library), BASE))
        efficiency = [one / (found[name][1] * other) for one, other in zip(seconds[BASE], taken, strict=True)]
        if name != BASE:
            rows.append(Row("sweeps", f"efficiency, {task}", name, "efficiency", efficiency, version(library)))
    write(rows)


if __name__ == "__main__":
    main()
