"""Draws that several tests share: coefficients for hypothesis, and seeded batches."""

from fractions import Fraction
from functools import cache

import numpy as np
import sympy as sp
from hypothesis import settings
from hypothesis import strategies as st

from ecolib import Symbiosis, Values

law = settings(max_examples=30, deadline=None, derandomize=True)
"""A law is tested on the same draws in every run."""

MODELS = {n: Symbiosis.of(units=n) for n in range(1, 7)}

positive = st.floats(0.1, 10)
tenths = st.integers(-30, 30).map(lambda k: k / 10)  # on a grid, so that transitions are met exactly now and then


@st.composite
def values(draw, units, r=positive, K=positive, alpha=tenths):
    """One parameter set."""
    matrix = np.array(draw(st.lists(alpha, min_size=units**2, max_size=units**2))).reshape(units, units)
    return Values(
        r=draw(st.lists(r, min_size=units, max_size=units)),
        K=draw(st.lists(K, min_size=units, max_size=units)),
        alpha=matrix * (1 - np.eye(units)),
    )


def batch(rng, size, units, low=-2.5, high=2.5):
    """Seeded parameter sets."""
    alpha = rng.uniform(low, high, (size, units, units)) * (1 - np.eye(units))
    return Values(r=rng.uniform(0.3, 3, (size, units)), K=rng.uniform(0.5, 20, (size, units)), alpha=alpha)


def letters(model, values):
    """What to substitute for the letters of a model."""
    numbers = dict(zip(model.r, values.r.tolist(), strict=True)) | dict(zip(model.K, values.K.tolist(), strict=True))
    for index in np.ndindex(model.units, model.units):
        if model.alpha[index] != 0:
            numbers[model.alpha[index]] = float(values.alpha[index])
    return numbers


@cache
def _asked(condition, given):
    return sp.lambdify(given, condition, modules="math")


def holds(condition, model, values):
    """Whether a condition in letters holds for numbers, in exact arithmetic."""
    given = letters(model, values)
    return bool(_asked(condition, tuple(given))(*(Fraction(number) for number in given.values())))
