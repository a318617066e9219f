"""Networks that several tests share: large random ones, and small ones with the values they stand for."""

import numpy as np
from draws import batch

from ecolib.communities import Community, random_links
from ecolib.networks import Network

PLAIN = {"r": 1, "K": 1, "alpha": ((0, 0.5), (0, 0))}


def rng(seed=2026):
    return np.random.default_rng(seed)


def large(units, spread=0.06, **others):
    links = random_links(Community(units=units, spread=spread, connectance=8 / (units - 1)), rng=rng())
    return Network(**({"r": 1.0, "K": 1.0} | others), alpha=links)


def small(units, count=6, **limits):
    """Seeded sets of values, and the networks of them."""
    values = batch(rng(units), count, units, **limits)
    return [(values[k], Network.of_values(values[k])) for k in range(count)]
