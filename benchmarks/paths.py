"""Paths per second: 10^4 random systems of three units to t = 200, as each tool computes them.

``python benchmarks/paths.py [--repeats TIMES] [--paths NUMBER] [--only TOOL ...]``

Every tool gets the same systems and tolerances and returns the states at t = 200; slow ones get the first of the
systems only. The states at t = 10, of which errors are told too, come from one more call that is not timed. Positive
coefficients of a unit sum to less than 1, so that no output escapes. An error is the largest difference of an output
from the reference, as a part of the carrying capacity; the reference is a Taylor method at 1e-15, itself held against
a Runge-Kutta method at 3e-14. Errors are those of the same systems for all.
heyoka comes again at the tolerance at which its errors are about those of ecolib, which shares paths among threads too.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from common.harness import PEERS, Unavailable, Worker, environment, interleaved
from common.record import Row, write

BASE = "scipy solve_ivp, DOP853"
COMPARED = 200
"""Systems at which errors are compared; the slowest tool computes no more."""


@dataclass(frozen=True)
class Tool:
    package: str
    worker: str
    options: tuple[str, ...] = ()
    part: float = 1.0
    pinned: bool = False


TOOLS = {
    BASE: Tool("scipy", "scipy", ("DOP853",), 0.02),
    "scipy solve_ivp, RK45": Tool("scipy", "scipy", ("RK45",), 0.02),
    "JiTCODE": Tool("jitcode", "jitcode", part=0.2, pinned=True),
    "diffrax": Tool("diffrax", "diffrax", pinned=True),
    "diffsol": Tool("pydiffsol", "pydiffsol", pinned=True),
    "numbalsoda": Tool("numbalsoda", "numbalsoda", pinned=True),
    "heyoka by hand": Tool("heyoka", "heyoka", ("1", "1")),
    "heyoka by hand, two threads": Tool("heyoka", "heyoka", ("2", "1")),
    "heyoka by hand, two threads, rtol 1e-10": Tool("heyoka", "heyoka", ("2", "1e-2")),
    "ecolib, scipy engine": Tool("ecolib", "ecolib", ("scipy",), 0.02),
    "ecolib": Tool("ecolib", "ecolib"),
}


def drawn(count: int) -> dict[str, Any]:
    """Random systems and starts."""
    rng = np.random.default_rng(2026)
    alpha = rng.uniform(-1, 0.45, (count, 3, 3)) * (1 - np.eye(3))
    r, K, u = (rng.uniform(*range_, (count, 3)) for range_ in ((0.5, 2), (0.5, 2), (0.05, 1)))
    return {"r": r, "K": K, "alpha": alpha, "x0": u * K, "times": np.array([200.0]), "early": np.array([10.0])}


def saved(task: dict[str, Any], count: int, path: Path, rtol: float = 1e-8) -> Path:
    first = {name: array if name in ("times", "early") else array[:count] for name, array in task.items()}
    np.savez(path, **first, rtol=rtol, atol=rtol / 100)
    return path


def answer(tool: Tool, python: Path, file: Path, place: Path) -> Any:
    """States that a tool computes once."""
    worker = Worker(
        [python, PEERS / f"paths_{tool.worker}.py", file, place, *tool.options], 300, place.with_suffix(".e")
    )
    worker.finish()
    worker.end()
    return np.load(place)


def reference(task: dict[str, Any], folder: Path) -> Any:
    """States that are right to about 1e-12, by two methods that agree."""
    python = Path(sys.executable)
    taylor, steps = (
        answer(TOOLS[name], python, saved(task, count, folder / f"{count}.npz", tolerance), folder / f"{count}.npy")
        for name, count, tolerance in (("heyoka by hand", COMPARED, 1e-15), (BASE, COMPARED // 10, 3e-14))
    )
    apart = np.abs(taylor[: len(steps)] - steps).max()
    if not apart < 1e-10:
        raise RuntimeError(f"the two references differ by {apart:.1e}")
    return taylor


def errors(states: Any, right: Any, K: Any) -> Any:
    """By path and time."""
    return (np.abs(states[:COMPARED] - right) / K[:COMPARED, None]).max(axis=-1)


def started(name: str, task: dict[str, Any], folder: Path, stack: ExitStack) -> tuple[Worker, int, Path]:
    tool = TOOLS[name]
    count = max(COMPARED, round(tool.part * len(task["r"])))
    python = environment(folder, tool.package) if tool.pinned else Path(sys.executable)
    place = folder / f"{list(TOOLS).index(name)}.npy"
    file = saved(task, count, place.with_suffix(".npz"))
    command = [python, PEERS / f"paths_{tool.worker}.py", file, place, *tool.options]
    worker = Worker(command, 120, place.with_suffix(".err"))
    stack.callback(worker.end)
    return worker, count, place


def pinned(name: str) -> str:
    """The version that is pinned, or that of this environment."""
    tool = TOOLS[name]
    if not tool.pinned:
        return version(tool.package)
    lines = (PEERS / f"{tool.package}.txt").read_text(encoding="utf-8").splitlines()
    return next(line.partition("==")[2] for line in lines if line.startswith(f"{tool.package}=="))


def rows(names: list[str], task: dict[str, Any], repeats: int, folder: Path, stack: ExitStack) -> list[Row]:
    title = f"{len(task['r'])} systems of three units to t = 200, rtol 1e-8"
    found = {name: Row("paths", title, name, "paths per second", version=pinned(name), base=BASE) for name in names}
    right, running = reference(task, folder), {}
    for name in names:
        try:
            running[name] = started(name, task, folder, stack)
        except Unavailable as error:
            found[name].note = str(error)
    seconds = interleaved({name: one[0].again for name, one in running.items()}, repeats)
    for name, (worker, count, place) in running.items():
        worker.finish()
        off = errors(np.load(place), right, task["K"])
        row = found[name]
        row.values, row.more_is_better = [count / one for one in seconds[name]], True
        row.error_median, row.error_worst = float(np.median(off[:, 0])), float(off.max())
        row.note = f"first call {worker.first:.2g} s; error at t = 200 {np.median(off[:, 1]):.0e}; {count} paths"
    return list(found.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--paths", type=int, default=10_000)
    parser.add_argument("--only", nargs="+", choices=TOOLS, default=list(TOOLS))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        found = rows(options.only, drawn(options.paths), options.repeats, Path(folder), stack)
    write(found, keep=options.only == list(TOOLS))


if __name__ == "__main__":
    main()
