"""ecolib.simulate_many to the steady states of many random systems of three units."""

import numpy as np
from serve import serve

from ecolib import Symbiosis, Values
from ecolib.simulation import simulate_many


def prepare(task):
    rng, count = np.random.default_rng(2026), int(task["count"])
    alpha = rng.uniform(-1, 0.45, (count, 3, 3)) * (1 - np.eye(3))
    values = Values(r=rng.uniform(0.5, 2, (count, 3)), K=np.ones(3), alpha=alpha)
    starts, settle = rng.uniform(0.05, 1, (count, 3)), float(task["settle"])

    def solve():
        paths = simulate_many(Symbiosis.of(units=3), values, x0=starts, t=(0, 1e4), settle=settle, progress=True)
        return [np.mean(paths.ended == name) for name in task["endings"]]

    return solve


if __name__ == "__main__":
    serve(prepare)
