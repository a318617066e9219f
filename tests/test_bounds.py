"""Bounds of random communities against random matrices: errors are those that the draws themselves show."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import sympy as sp
from scipy import stats

from ecolib.communities import (
    Community,
    dissipative_margin,
    feasible_complexity,
    feasible_probability,
    outcome_spread,
    random_alpha,
    rightmost_eigenvalue,
    size_limit,
)

DRAWS = {100: 60, 400: 12, 1000: 3}


def scaled(units, complexity, **others):
    """A community whose spread gives the complexity, with mean 0."""
    connectance = others.get("connectance", 1.0)
    return Community(units=units, spread=complexity / np.sqrt(units * connectance), **others)


@cache
def rightmost_of_draws(community):
    generator = np.random.default_rng(2026)
    draws = (random_alpha(community, rng=generator) for _ in range(DRAWS[community.units]))
    return np.array([np.linalg.eigvals(alpha).real.max() - 1 for alpha in draws])


KINDS = [{}, {"connectance": 0.2, "agreement": -1}, {"connectance": 0.2, "agreement": 1}]


@pytest.mark.parametrize("units", DRAWS)
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_rightmost_eigenvalue_is_where_the_bound_puts_it(units, kind):
    """The bound is a limit: a finite matrix may be off by as much as two matrices differ, which shrinks with n."""
    community = scaled(units, 1.0, **kind)
    found = rightmost_of_draws(community)
    scatter = found.std(ddof=1)
    assert abs(found.mean() - rightmost_eigenvalue(community)) < 2 * scatter
    assert scatter < 3 / np.sqrt(units)


@pytest.mark.parametrize("agreement", [-1, 0, 1])
def test_a_positive_mean_adds_an_eigenvalue_of_its_own(agreement):
    community = Community(units=400, spread=0.1, mean=0.03, connectance=0.25, agreement=agreement)
    found = rightmost_of_draws(community)
    assert abs(found.mean() - rightmost_eigenvalue(community)) < 2 * found.std(ddof=1)
    assert rightmost_eigenvalue(community) > rightmost_eigenvalue(replace(community, mean=0.0)) + 0.5


def test_the_symmetric_part_reaches_as_far_as_the_margin_says():
    for kind in KINDS:
        community, generator = scaled(400, 0.8, **kind), np.random.default_rng(2026)
        draws = (random_alpha(community, rng=generator) for _ in range(20))
        found = np.array([np.linalg.eigvalsh((alpha + alpha.T) / 2)[-1] - 1 for alpha in draws])
        # the edge of a symmetric matrix is reached from below, by the order of n**(-2/3)
        assert abs(found.mean() - dissipative_margin(community)) < 2 * found.std(ddof=1) + 400 ** (-2 / 3)


RELATIVE = (0.8, 1.0, 1.25)


@cache
def feasible_draws(community, draws, relative=RELATIVE):
    """How many draws are feasible when all coefficients are multiplied by each factor."""
    generator, units, found = np.random.default_rng(2026), community.units, np.zeros(len(relative), dtype=int)
    for _ in range(draws):
        alpha = random_alpha(community, rng=generator)
        states = (np.linalg.solve(np.eye(units) - factor * alpha, np.ones(units)) for factor in relative)
        found += [bool(np.all(u > 0)) for u in states]
    return dict(zip(relative, found.tolist(), strict=True))


@pytest.mark.parametrize(("units", "draws"), [(100, 400), (400, 80), (1000, 20)])
@pytest.mark.parametrize("relative", RELATIVE)
def test_feasible_communities_are_as_frequent_as_the_formula_says(units, draws, relative):
    found = feasible_draws(scaled(units, feasible_complexity(units)), draws)[relative]
    expected = feasible_probability(scaled(units, relative * feasible_complexity(units)))
    assert stats.binomtest(found, draws, expected).pvalue > 0.001


@pytest.mark.parametrize("agreement", [-1, 1])
def test_the_formula_holds_for_sparse_communities_whose_signs_go_together(agreement):
    community = scaled(400, 0.95 * feasible_complexity(400), connectance=0.2, agreement=agreement)
    found = feasible_draws(community, 80, relative=(1.0,))[1.0]
    assert stats.binomtest(found, 80, feasible_probability(community)).pvalue > 0.001


def test_the_threshold_of_feasibility_sharpens_as_communities_grow():
    """Below the bound of Bizeul and Najim the probability rises to 1, above it falls to 0."""
    sizes = (10**2, 10**4, 10**8, 10**16)
    below, above = (
        [feasible_probability(scaled(n, factor * feasible_complexity(n))) for n in sizes] for factor in (0.8, 1.2)
    )
    assert np.all(np.diff(below) > 0)
    assert np.all(np.diff(above) < 0)
    assert below[-1] > 0.99999
    assert above[-1] < 1e-4


def test_outcomes_are_as_unequal_as_the_formula_says():
    for agreement in (-1, 0, 1):
        community, generator = scaled(400, 0.4, agreement=agreement), np.random.default_rng(2026)
        draws = [np.linalg.solve(np.eye(400) - random_alpha(community, rng=generator), np.ones(400)) for _ in range(12)]
        found = np.array([u.std() / u.mean() for u in draws])
        assert abs(found.mean() - outcome_spread(community)) < 4 * found.std(ddof=1) / np.sqrt(12) + 1 / 400


def test_unequal_outcomes_have_no_bound_where_the_state_ceases_to_exist():
    assert outcome_spread(scaled(100, 0.999)) > 20
    assert outcome_spread(scaled(100, 1.0)) == np.inf
    assert feasible_probability(scaled(100, 1.0)) == 0
    assert feasible_probability(Community(units=11, spread=0, mean=0.1)) == 0
    assert feasible_probability(Community(units=10, spread=0, mean=0.1)) == 1


@pytest.mark.parametrize("keeps", ["dissipative", "stable matrix"])
@pytest.mark.parametrize("mean", [-2, -0.3, 0, 0.01, 0.3])
@pytest.mark.parametrize(("spread", "agreement"), [(0.03, -1), (0.2, 0), (0.2, 1)])
def test_the_size_limit_is_where_the_bound_changes_sign(keeps, mean, spread, agreement):
    community = Community(units=1, spread=spread, mean=mean, connectance=0.2, agreement=agreement)
    bound = {"dissipative": dissipative_margin, "stable matrix": rightmost_eigenvalue}[keeps]
    size = int(size_limit(community, keeps))
    assert bound(replace(community, units=size + 1)) > 0
    assert bound(replace(community, units=size)) < 1e-9 or size == 1


def test_size_limits_fall_with_the_variance_and_follow_their_closed_forms():
    spreads = np.array([0.02, 0.05, 0.1, 0.2])
    kept = {
        name: np.array([size_limit(Community(units=1, spread=s), name) for s in spreads])
        for name in ("feasible", "dissipative", "stable matrix")
    }
    assert all(np.all(np.diff(sizes) < 0) for sizes in kept.values())
    assert np.allclose(kept["stable matrix"], spreads**-2, atol=1)
    assert np.allclose(kept["dissipative"], spreads**-2 / 2, atol=1)
    n = kept["feasible"]
    assert np.all(n * np.log(n) <= spreads**-2 / 2)
    assert np.all((n + 1) * np.log(n + 1) > spreads**-2 / 2)


def test_nothing_bounds_a_community_without_coefficients():
    empty = Community(units=1, spread=0)
    assert [size_limit(empty, name) for name in ("feasible", "dissipative", "stable matrix")] == [np.inf] * 3
    assert size_limit(Community(units=1, spread=0, mean=0.25), "feasible") == 5


def test_an_unknown_property_and_a_single_unit_are_refused():
    with pytest.raises(ValueError, match="keeps must be one of feasible, dissipative, stable matrix, got 'nice'"):
        size_limit(Community(units=1, spread=1), "nice")
    with pytest.raises(ValueError, match="units must be at least 2, got 1"):
        feasible_complexity(1)
    with pytest.raises(TypeError, match="units must be an integer, got nan"):
        feasible_complexity(np.nan)


def hurwitz(matrix):
    """Whether all eigenvalues have negative real part, exactly."""
    _, a, b, c = matrix.charpoly().all_coeffs()
    return bool(a > 0 and c > 0 and a * b > c)


@pytest.mark.parametrize(
    ("rows", "matrix", "equilibrium"),
    [(((0, -3, 0), (0, 0, -3), (-1, 0, 0)), False, True), (((0, -3, 0), (2, 0, -2), (-3, 0, 0)), True, False)],
)
def test_a_stable_matrix_and_a_stable_equilibrium_are_two_things(rows, matrix, equilibrium):
    """Exact: with three units the eigenvalues of A - I and of diag(u)(A - I) can lie on different sides."""
    whole = sp.Matrix(rows) - sp.eye(3)
    u = -whole.inv() * sp.ones(3, 1)
    assert min(u) > 0
    assert (hurwitz(whole), hurwitz(sp.diag(*u) * whole)) == (matrix, equilibrium)


def test_feasible_draws_are_stable():
    """Observed, not implied by May's bound: the Jacobian at a feasible equilibrium has no growing direction."""
    community, generator, seen = scaled(100, 1.2 * feasible_complexity(100)), np.random.default_rng(2026), 0
    for _ in range(60):
        alpha = random_alpha(community, rng=generator) - np.eye(100)
        u = -np.linalg.solve(alpha, np.ones(100))
        if np.all(u > 0):
            seen += 1
            assert np.linalg.eigvals(u[:, None] * alpha).real.max() < 0
    assert seen >= 10
