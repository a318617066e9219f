"""Bounds of random communities at the door, at the ends of their range, and where their assumption fails."""

import numpy as np
import pytest

from ecolib.communities import (
    Community,
    dissipative_margin,
    feasible_probability,
    outcome_spread,
    rightmost_eigenvalue,
    size_limit,
)


@pytest.mark.parametrize("bound", [rightmost_eigenvalue, dissipative_margin, outcome_spread, feasible_probability])
def test_a_bound_is_for_communities_and_knows_that_a_unit_alone_is_safe(bound):
    with pytest.raises(TypeError, match="community must be a Community, got int"):
        bound(400)
    alone = {rightmost_eigenvalue: -1, dissipative_margin: -1, outcome_spread: 0, feasible_probability: 1}
    assert bound(Community(units=1, spread=5, mean=3)) == alone[bound]


def test_size_limits_of_the_smallest_and_largest_coefficients_are_numbers():
    with pytest.raises(TypeError, match="community must be a Community, got int"):
        size_limit(3, "feasible")
    assert size_limit(Community(units=1, spread=1e-160), "feasible") == np.inf
    assert size_limit(Community(units=1, spread=1e100, mean=1e100), "feasible") == 1


def test_coefficients_that_follow_from_likeness_break_the_bound_for_independent_ones():
    """Places on a line; help among the near, harm among the far: not independent, unstable far below the limit."""
    place = np.random.default_rng(2026).normal(size=200)
    alpha = 0.1 * np.exp(-((place[:, None] - place) ** 2)) - 0.05
    np.fill_diagonal(alpha, 0)
    drawn = alpha[np.triu_indices(200, 1)]
    independent = Community(units=100, spread=drawn.std(), mean=drawn.mean(), agreement=1)
    assert rightmost_eigenvalue(independent) < -0.2
    assert dissipative_margin(independent) < -0.2
    assert np.linalg.eigvalsh(alpha[:100, :100])[-1] - 1 > 0.2
