"""Networks from a thousand to a hundred thousand units: seconds and memory, and how they grow.

``python benchmarks/networks.py [--units MOST] [--degree DEGREE] [--repeats TIMES] [--time LENGTH]``

Every unit has eight partners in the mean, coefficients are random with mean 0. Seconds are medians of interleaved
repeats: drawing and checking a network, one unit of model time of a path from 0.1 at tolerance 1e-6, the state in which
all units are present, and its stability. Memory is the most that Python and numpy held at once, in one more run.
Exponents are slopes of straight lines through the logarithms: 1 means that twice the units cost twice as much.
A path of the largest network for 100 units of time is followed in a process of its own, whose memory is measured.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import numpy as np
from common.harness import PEERS, Worker
from common.record import Row, write

import ecolib
from ecolib.communities import Community, random_links
from ecolib.networks import Network, coexistence, simulate_network, stability

SPREAD = 0.06
WORK = ("draw", "path", "coexistence", "stability")


def drawn(units: int, degree: float, seed: int) -> Network:
    community = Community(units=units, spread=SPREAD, connectance=degree / (units - 1))
    return Network(r=1, K=1, alpha=random_links(community, rng=np.random.default_rng(seed)))


def seconds(units: int, degree: float, length: float, seed: int) -> tuple[dict[str, float], int]:
    """Seconds of each kind of work, those of the path per unit of model time, and the number of links."""
    clock = [time.perf_counter()]
    network = drawn(units, degree, seed)
    clock.append(time.perf_counter())
    path = simulate_network(network, x0=0.1, t=(0, length))
    clock.append(time.perf_counter())
    state = coexistence(network)
    clock.append(time.perf_counter())
    verdict = stability(network, state.saturation).verdict
    clock.append(time.perf_counter())
    if (path.ended, state.feasible, verdict) != ("finished", True, "stable"):
        raise RuntimeError(f"{units} units: {path.message}; {state.message}; {verdict}")
    taken = dict(zip(WORK, np.diff(clock).tolist(), strict=True))
    return taken | {"path": taken["path"] / length}, network.links


def megabytes(units: int, degree: float) -> float:
    """Most memory held at once while a network is drawn and followed."""
    tracemalloc.start()
    simulate_network(drawn(units, degree, 0), x0=0.1, t=(0, 1))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def exponent(sizes: list[int], costs: list[float]) -> float:
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=100_000, help="the largest number of units, at least 2000")
    parser.add_argument("--degree", type=float, default=8, help="partners of a unit, in the mean")
    parser.add_argument("--repeats", type=int, default=5, help="repeats of each size")
    parser.add_argument("--time", type=float, default=20, help="length of a path, in units of model time")
    options = parser.parse_args()
    sizes = np.geomspace(1000, options.units, 5).round(-2).astype(int).tolist()
    seconds(sizes[0], options.degree, 1, 0)  # imports and first calls
    rounds = [[seconds(n, options.degree, options.time, seed) for n in sizes] for seed in range(options.repeats)]
    print(f"{'units':>8} {'links':>9}  {'draw':>9} {'path/time':>10} {'coexist':>9} {'stability':>10} {'memory':>9}")
    links, memory = [one[1] for one in rounds[0]], [megabytes(n, options.degree) for n in sizes]
    medians = {work: [statistics.median(r[k][0][work] for r in rounds) for k in range(len(sizes))] for work in WORK}
    for k, units in enumerate(sizes):
        row = [medians[work][k] for work in WORK]
        shown = f"{row[0]:>8.4f}s {row[1]:>9.4f}s {row[2]:>8.4f}s {row[3]:>9.4f}s"
        print(f"{units:>8} {links[k]:>9}  {shown} {memory[k]:>7.1f}MB")
    for name, counts in (("units", sizes), ("links", links)):
        slopes = [exponent(counts, medians[work]) for work in WORK] + [exponent(counts, memory)]
        shown = f"{slopes[0]:>9.2f} {slopes[1]:>10.2f} {slopes[2]:>9.2f} {slopes[3]:>10.2f} {slopes[4]:>9.2f}"
        print(f"{'exponent in ' + name:>18}  {shown}")
    write([*slopes_by_round(sizes, rounds), *long_path(options)])


def slopes_by_round(sizes: list[int], rounds: list[list[tuple[dict[str, float], int]]]) -> list[Row]:
    task = f"growth of the time with the units, {sizes[0]} to {sizes[-1]}"
    return [
        Row(
            "networks",
            task,
            f"ecolib, {work}",
            "exponent",
            [exponent(sizes, [one[0][work] for one in r]) for r in rounds],
            ecolib.__version__,
        )
        for work in WORK
    ]


def long_path(options: argparse.Namespace) -> list[Row]:
    task = f"{options.units} linked units for 100 units of time"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        np.savez(place / "task.npz", units=options.units, degree=options.degree, length=100.0)
        command = [sys.executable, PEERS / "long_network.py", place / "task.npz", place / "answer.npy"]
        worker = Worker(command, 300, place / "errors")
        try:
            taken = [worker.again() for _ in range(3)]
            worker.finish()
        finally:
            worker.end()
    note = f"{worker.megabytes:.0f} MB at most, Python and libraries included"
    return [Row("networks", task, "ecolib", "seconds", taken, ecolib.__version__, note=note)]


if __name__ == "__main__":
    main()
