"""ecolib.simulate_many. Option: the engine."""

import sys

import numpy as np
from serve import serve

from ecolib import Symbiosis, Values
from ecolib.simulation import simulate_many


def prepare(task):
    model = Symbiosis.of(units=3)
    values = Values(r=task["r"], K=task["K"], alpha=task["alpha"])
    times, engine = np.array([0, *task["times"]]), {"engine": sys.argv[3]} if len(sys.argv) > 3 else {}

    def solve():
        paths = simulate_many(model, values, x0=task["x0"], t=times, rtol=float(task["rtol"]), progress=False, **engine)
        return np.moveaxis(paths.x, -2, -1)[:, 1:]

    return solve


if __name__ == "__main__":
    serve(prepare)
