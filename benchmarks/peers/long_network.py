"""A large network of ecolib, drawn once and followed from a low output."""

import numpy as np
from serve import serve

from ecolib.communities import Community, random_links
from ecolib.networks import Network, simulate_network


def prepare(task):
    units = int(task["units"])
    community = Community(units=units, spread=0.06, connectance=float(task["degree"]) / (units - 1))
    network = Network(r=1, K=1, alpha=random_links(community, rng=np.random.default_rng(0)))

    def solve():
        path = simulate_network(network, x0=0.1, t=(0, float(task["length"])))
        if path.ended != "finished":
            raise RuntimeError(path.message)
        return path.x[..., -1]

    return solve


if __name__ == "__main__":
    serve(prepare)
