"""Regime maps: from conditions, and by simulating each point.

``python benchmarks/regime_maps.py [--repeats TIMES]``

Points are random coefficients of two or three units. Simulated points are followed from one start until they settle;
where the conditions say that this start decides nothing (bistability) or leave it open, points are not compared.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
import scipy
from common.harness import interleaved
from common.record import Row, write
from scipy.integrate import solve_ivp

import ecolib
from ecolib import Symbiosis, Values
from ecolib.regimes import REGIMES, regime_map
from ecolib.simulation import simulate_many

MEANS = {"settled": "coexistence", "excluded": "exclusion", "escaped": "unbounded growth"}
BASE = "simulating each point, scipy solve_ivp"


def drawn(units: int, count: int) -> Values:
    alpha = np.random.default_rng(2026).uniform(-1.5, 1.5, (count, units, units)) * (1 - np.eye(units))
    return Values(r=np.ones(units), K=np.ones(units), alpha=alpha)


def rate(work: Callable[[], object], points: int) -> Callable[[], float]:
    def measured() -> float:
        start = time.perf_counter()
        work()
        return points / (time.perf_counter() - start)

    return measured


def simulated(model: Symbiosis, values: Values) -> np.ndarray:
    """Regime by where a path from one start comes to."""
    ended = simulate_many(model, values, x0=np.full(model.units, 0.3), t=(0, 1e4), settle=1e-6, progress=False).ended
    return np.array([MEANS.get(str(one), "") for one in ended])


def looped(values: Values) -> None:
    """The same by a loop that a user would write."""

    def escaped(_: float, x: np.ndarray, _alpha: np.ndarray) -> float:
        return x.max() - 1e6

    escaped.terminal = True
    for alpha in values.alpha:
        x0 = np.full(len(alpha), 0.3)
        solve_ivp(lambda _, x, a: x * (1 - x + a @ x), (0, 200), x0, args=(alpha,), rtol=1e-6, events=escaped)


def agreement(model: Symbiosis, values: Values) -> str:
    told = np.array(REGIMES)[regime_map(model, values)]
    seen = simulated(model, values)
    open_ = np.isin(told, ("bistability", "undecided", "no point attractor")) | (seen == "")
    return f"{(told != seen)[~open_].sum()} of {(~open_).sum()} compared points differ"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    rows = []
    for units in (2, 3):
        model, task = Symbiosis.of(units=units), f"random coefficients of {units} units"
        maps, paths, few = drawn(units, 4_000_000 // units**2), drawn(units, 5000), drawn(units, 50)
        tasks = {
            BASE: rate(lambda few=few: looped(few), 50),
            "simulating each point, ecolib": rate(lambda m=model, paths=paths: simulated(m, paths), 5000),
            "conditions, ecolib": rate(lambda m=model, maps=maps: regime_map(m, maps), len(maps.alpha)),
        }
        for name, values in interleaved(tasks, options.repeats).items():
            used = scipy.__version__ if name == BASE else ecolib.__version__
            row = Row("regime maps", task, name, "points per second", values, used, BASE, more_is_better=True)
            row.note = "" if name != "conditions, ecolib" else agreement(model, paths)
            rows.append(row)
    write(rows)


if __name__ == "__main__":
    main()
