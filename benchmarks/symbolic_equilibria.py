"""Equilibria in letters: support by support, against a general solver on the whole polynomial system.

``python benchmarks/symbolic_equilibria.py [--units MOST] [--limit SECONDS] [--repeats TIMES]``

*Polynomials* are all numerators and denominators, with python-flint and without; *conditions* are those as expressions
together with feasibility, for at most six units. All letters are free. Each repeat is a new process that also tells
its greatest memory. The general solver gets one run at each number of units, in a process of its own that is ended
after the limit, until it does not finish.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError, version

import sympy
from common.record import Row, write

from ecolib.equilibria import term_count

MOST_CONDITIONS = 6
"""Units up to which conditions are written out: for seven they are millions of symbols."""

SUPPORT_BY_SUPPORT = """
import json, resource, sys, time
units, engine, conditions = int(sys.argv[1]), sys.argv[2], sys.argv[3] == "conditions"
if engine == "sympy":
    sys.modules["flint"] = None
from ecolib import Symbiosis, equilibria
model = Symbiosis.of(units=units)
start = time.perf_counter()
for point in equilibria(model):
    made = [point.polynomials.element(point.support, unit) for unit in (None, *point.support)]
    if conditions:
        made = point.numerators, point.denominator, point.feasible
seconds = time.perf_counter() - start
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""

GENERAL_SOLVER = """
import sys
import sympy
from ecolib import Symbiosis
model = Symbiosis.of(units=int(sys.argv[1]))
print("ready", flush=True)
sympy.solve(model.field, model.x, dict=True)
print("solved", flush=True)
"""


def support_by_support(units: int, engine: str, what: str) -> tuple[float, float]:
    """Seconds, and megabytes of the process, to the polynomials or conditions of all equilibria."""
    command = [sys.executable, "-c", SUPPORT_BY_SUPPORT, str(units), engine, what]
    seconds, megabytes = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return seconds, megabytes


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


def engines() -> dict[str, str]:
    """Name and version of what holds the polynomials."""
    try:
        return {"python-flint": version("python-flint"), "sympy": sympy.__version__}
    except PackageNotFoundError:
        return {"sympy": sympy.__version__}


def polynomials(sizes: range, repeats: int) -> list[Row]:
    """Rows of all polynomials, in turns."""
    tasks = [(units, engine) for units in sizes for engine in engines()]
    rounds = [{task: support_by_support(*task, "polynomials") for task in tasks} for _ in range(repeats)]
    rows = []
    for units, engine in tasks:
        task = f"{units} units, polynomials of {2**units} equilibria"
        tool, base = (f"ecolib with {name}" for name in (engine, "sympy"))
        values, memory = zip(*(one[units, engine] for one in rounds), strict=True)
        row = Row("symbolic equilibria", task, tool, "seconds", list(values), engines()[engine], base)
        row.note = f"{term_count(units)} terms; the process holds {max(memory):.0f} MB"
        rows.append(row)
    return rows


def conditions(sizes: range, repeats: int, limit: float) -> list[Row]:
    """Rows of conditions, and of the general solver until it does not finish."""
    rows, unfinished = [], ""
    rounds = [{k: support_by_support(k, next(iter(engines())), "conditions")[0] for k in sizes} for _ in range(repeats)]
    for units in sizes:
        task = f"{units} units, {2**units} equilibria with conditions"
        theirs = None if unfinished else general_solver(units, limit)
        note = unfinished or ("" if theirs is not None else f"not finished in {limit:g} s")
        unfinished = note and "not tried: fewer units were not finished"
        general = Row("symbolic equilibria", task, "sympy.solve", "seconds", version=sympy.__version__, note=note)
        general.values = [] if theirs is None else [theirs]
        values = [one[units] for one in rounds]
        ours = Row("symbolic equilibria", task, "ecolib", "seconds", values, version("ecolib"), "sympy.solve")
        if note.startswith("not finished"):
            ours.note = f"sympy.solve takes more than {limit / statistics.median(values):.0f} times as long"
        rows += [general, ours]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, choices=range(3, 9), default=8, help="the largest number of units of ours")
    parser.add_argument("--limit", type=float, default=60, help="seconds the general solver may take")
    parser.add_argument("--repeats", type=int, default=5, help="repeats of each row of ours")
    options = parser.parse_args()
    small = range(2, min(options.units, MOST_CONDITIONS) + 1)
    rows = polynomials(range(2, options.units + 1), options.repeats)
    write(rows + conditions(small, options.repeats, options.limit), keep=options.units == 8)


if __name__ == "__main__":
    main()
