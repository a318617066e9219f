"""Two units with saturating help: models, numbers and ends of paths that several tests share."""

import sympy as sp

from ecolib import REGIMES, Symbiosis, Values, simulate
from ecolib.extensions import handling, obligate, pair_equilibria, pair_map, saturating

LINEAR = Symbiosis.of(units=2)
A, B = LINEAR.alpha[0, 1], LINEAR.alpha[1, 0]
H_12, H_21 = handling(2)[0, 1], handling(2)[1, 0]
KINDS = {"facultative": (), "newcomer": (1,), "host": (0,), "obligate": (0, 1)}
HALF = sp.Rational(1, 2)


def model_of(units, h_12, h_21):
    """Two units, those named being obligate, with handling in numbers."""
    return obligate(saturating(LINEAR, h=sp.Matrix([[0, h_12], [h_21, 0]])), units=units)


def values_of(a, b, r=(1, 1), K=(1, 1)):
    return Values(r=r, K=K, alpha=((0, a), (b, 0)))


def draw(rng, units):
    """One random model and its numbers."""
    values = values_of(*rng.uniform(-4, 9, 2), r=rng.uniform(0.3, 3, 2), K=rng.uniform(0.5, 20, 2))
    return model_of(units, *10 ** rng.uniform(-1.5, 0.7, 2)), values


def point(model, values, name):
    return next(one for one in pair_equilibria(model, values) if one.name == name)


def last(model, values, x0, time=4000):
    path = simulate(model, values, x0=x0, t=(0, time))
    assert path.ended == "finished"
    return path.x[:, -1] / values.K


def regime_of(model, values):
    return REGIMES[int(pair_map(model, values))]
