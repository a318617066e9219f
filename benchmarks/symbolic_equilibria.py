"""Equilibria in letters: support by support, against a general solver on the whole polynomial system.

``python benchmarks/symbolic_equilibria.py [--units MOST] [--limit SECONDS] [--repeats TIMES]``

Seconds are medians of interleaved repeats, each on a fresh model: *polynomials* for all numerators and denominators,
*conditions* for those as expressions together with feasibility, all letters free. The general solver gets three units
and one run, in a process of its own that is ended after the limit.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

from ecolib import Symbiosis, equilibria
from ecolib.equilibria import _equilibria, _expression, _term

GENERAL_SOLVER = """
import sympy
from ecolib import Symbiosis
model = Symbiosis.of(units=3)
print("ready", flush=True)
sympy.solve(model.field, model.x, dict=True)
print("solved", flush=True)
"""


def support_by_support(units: int) -> tuple[float, float]:
    """Seconds to the polynomials of all equilibria, and to their conditions."""
    for cache in (_equilibria, _expression, _term):
        cache.cache_clear()
    model = Symbiosis.of(units=units)
    start = time.perf_counter()
    points = equilibria(model)
    polynomials = time.perf_counter() - start
    for point in points:
        _ = point.numerators, point.denominator, point.feasible
    return polynomials, time.perf_counter() - start


def general_solver(limit: float) -> float | None:
    """Seconds that ``sympy.solve`` takes on three units; None when it does not finish within the limit."""
    with subprocess.Popen([sys.executable, "-c", GENERAL_SOLVER], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            raise RuntimeError("the process of the general solver did not start")
        start = time.perf_counter()
        try:
            process.wait(limit)
        except subprocess.TimeoutExpired:
            process.kill()
            return None
        if process.returncode or process.stdout.readline() != "solved\n":
            raise RuntimeError("the general solver failed")
        return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, choices=range(3, 9), default=6, help="the largest number of units of ours")
    parser.add_argument("--limit", type=float, default=60, help="seconds the general solver may take")
    parser.add_argument("--repeats", type=int, default=7, help="repeats of each row of ours")
    options = parser.parse_args()
    sizes = range(2, options.units + 1)
    rounds = [[support_by_support(units) for units in sizes] for _ in range(options.repeats)]
    print(f"{'units':>5} {'supports':>9}  {'how':<26} {'polynomials':>12} {'conditions':>12}")
    for row, units in enumerate(sizes):
        polynomials, conditions = (statistics.median(r[row][k] for r in rounds) for k in (0, 1))
        how = f"{'ecolib, support by support':<26} {polynomials:>11.4f}s {conditions:>11.4f}s"
        print(f"{units:>5} {2**units:>9}  {how}")
    ours = statistics.median(r[sizes.index(3)][1] for r in rounds)
    theirs = general_solver(options.limit)
    told = f"{theirs:.1f}s" if theirs is not None else f"not finished in {options.limit:g} s"
    ratio = f"{theirs / ours:.0f}" if theirs is not None else f"more than {options.limit / ours:.0f}"
    print(f"{3:>5} {8:>9}  {'sympy.solve, whole system':<26} {told:>25}")
    print(f"ratio at three units: {ratio}")


if __name__ == "__main__":
    main()
