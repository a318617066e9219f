"""ecolib.simulate_many for one number of units, points, tolerance and duration."""

import numpy as np
from serve import serve

from ecolib import Symbiosis, Values
from ecolib.simulation import simulate_many


def prepare(task):
    n, points, rng = int(task["units"]), int(task["points"]), np.random.default_rng(2026)
    alpha = rng.uniform(-1, 0.45, (points, n, n)) * (1 - np.eye(n)) * 2 / max(n - 1, 1)  # a row sums to less than 1
    values = Values(r=rng.uniform(0.5, 2, (points, n)), K=np.ones(n), alpha=alpha)
    starts, options = rng.uniform(0.05, 1, (points, n)), {"rtol": float(task["rtol"]), "engine": "heyoka"}
    model, t = Symbiosis.of(units=n), (0, float(task["duration"]))

    def solve():
        return simulate_many(model, values, x0=starts, t=t, progress=False, **options).x[..., -1]

    return solve


if __name__ == "__main__":
    serve(prepare)
