"""Equilibria in letters: support by support, against a general solver on the whole polynomial system.

``python benchmarks/symbolic_equilibria.py [--units MOST] [--limit SECONDS] [--repeats TIMES]``

Seconds are medians of interleaved repeats, each on a fresh model: *polynomials* for all numerators and denominators,
*conditions* for those as expressions together with feasibility, all letters free. The general solver gets one run at
each number of units, in a process of its own that is ended after the limit, until it does not finish.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

import sympy
from common.record import Row, write

import ecolib
from ecolib import Symbiosis, equilibria
from ecolib.equilibria import _equilibria, _expression, _term

GENERAL_SOLVER = """
import sys
import sympy
from ecolib import Symbiosis
model = Symbiosis.of(units=int(sys.argv[1]))
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


def general_solver(units: int, limit: float) -> float | None:
    """Seconds that ``sympy.solve`` takes; None when it does not finish within the limit."""
    with subprocess.Popen(
        [sys.executable, "-c", GENERAL_SOLVER, str(units)], stdout=subprocess.PIPE, text=True
    ) as process:
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
    rows, unfinished = [], ""
    for k, units in enumerate(sizes):
        task = f"{units} units, {2**units} equilibria with conditions"
        theirs = None if unfinished else general_solver(units, options.limit)
        note = unfinished or ("" if theirs is not None else f"not finished in {options.limit:g} s")
        unfinished = note and "not tried: fewer units were not finished"
        general = Row("symbolic equilibria", task, "sympy.solve", "seconds", version=sympy.__version__, note=note)
        general.values = [] if theirs is None else [theirs]
        conditions = [r[k][1] for r in rounds]
        polynomials = statistics.median(r[k][0] for r in rounds)
        ours = Row("symbolic equilibria", task, "ecolib", "seconds", conditions, ecolib.__version__, "sympy.solve")
        ours.note = f"polynomials alone {polynomials:.2g} s"
        if note.startswith("not finished"):
            ours.note += (
                f"; sympy.solve takes more than {options.limit / statistics.median(conditions):.0f} times as long"
            )
        rows += [general, ours]
    write(rows)


if __name__ == "__main__":
    main()
