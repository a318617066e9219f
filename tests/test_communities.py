"""Random communities: what is drawn has the law that is promised, in memory that grows with links alone."""

import tracemalloc
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from ecolib.communities import Community, random_alpha, random_links

LARGE = Community(units=700, spread=0.4, mean=0.3, connectance=0.3, agreement=0.6)


def rng(seed=2026):
    return np.random.default_rng(seed)


def pairs(alpha):
    """Both coefficients of every pair, shape ``(2, pairs)``."""
    upper = np.triu_indices(len(alpha), 1)
    return np.stack([alpha[upper], alpha.T[upper]])


def test_dense_and_sparse_are_the_same_numbers():
    dense, sparse = random_alpha(LARGE, rng=rng()), random_links(LARGE, rng=rng())
    assert sparse.format == "csr"
    assert np.array_equal(sparse.toarray(), dense)


@pytest.mark.parametrize("units", [1, 2, 3, 60])
def test_with_connectance_one_every_pair_is_linked_once_and_with_zero_none(units):
    linked = random_alpha(Community(units=units, spread=1), rng=rng()) != 0
    assert np.array_equal(linked, ~np.eye(units, dtype=bool))
    assert random_links(Community(units=units, spread=1, connectance=0), rng=rng()).nnz == 0


def test_every_pair_is_equally_likely():
    few = Community(units=6, spread=1, connectance=0.4)
    generator, draws = rng(), 4000
    linked = sum((random_alpha(few, rng=generator) != 0).astype(int) for _ in range(draws))
    counts = np.array([linked[pair] for pair in combinations(range(6), 2)])
    assert stats.chisquare(counts, np.full(15, counts.mean())).pvalue > 0.001
    assert stats.binomtest(int(counts.sum()), 15 * draws, 0.4).pvalue > 0.001


def test_entries_have_the_moments_that_are_promised():
    both = pairs(random_alpha(LARGE, rng=rng()))
    count = both.shape[1]
    assert abs(both.mean() - LARGE.entry_mean) < 4 * both.mean(axis=0).std() / np.sqrt(count)
    squares = ((both - LARGE.entry_mean) ** 2).mean(axis=0)
    assert abs(squares.mean() - LARGE.entry_variance) < 4 * squares.std() / np.sqrt(count)
    products = (both - LARGE.entry_mean).prod(axis=0) / LARGE.entry_variance
    assert abs(products.mean() - LARGE.pair_correlation) < 4 * products.std() / np.sqrt(count)


def test_coefficients_of_linked_pairs_are_normal():
    both = pairs(random_alpha(LARGE, rng=rng()))
    linked = both[0][both[0] != 0]
    assert stats.kstest(linked, stats.norm(LARGE.mean, LARGE.spread).cdf).pvalue > 0.001


@pytest.mark.parametrize(("agreement", "share"), [(-1, 0.0), (1, 1.0), (0.5, 0.75)])
def test_signs_of_a_pair_agree_as_often_as_promised(agreement, share):
    both = pairs(random_alpha(Community(units=200, spread=1, agreement=agreement), rng=rng()))
    agreeing = int((both.prod(axis=0) > 0).sum())
    assert agreeing == share * both.shape[1] or 0 < share < 1
    assert stats.binomtest(agreeing, both.shape[1], share).pvalue > 0.001


def test_correlations_are_those_of_mixtures_and_of_predators_and_prey():
    """Allesina and Tang: the product of two normal sizes has mean 2/pi."""
    for agreement in (-1, 0, 1):
        community = Community(units=9, spread=0.7, connectance=0.2, agreement=agreement)
        assert community.pair_correlation == pytest.approx(agreement * 2 / np.pi)
        assert community.complexity == pytest.approx(0.7 * np.sqrt(9 * 0.2))


def test_one_seed_gives_one_community_and_two_seeds_give_two():
    one, same, other = (random_alpha(LARGE, rng=rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def peak(units):
    """Bytes that are needed at most while drawing with eight partners per unit."""
    tracemalloc.start()
    links = random_links(Community(units=units, spread=0.1, connectance=8 / (units - 1)), rng=rng()).nnz
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most, links


def test_memory_of_links_grows_with_links_and_not_with_the_square_of_units():
    few, many = peak(4_000), peak(64_000)
    ratio = many[0] / few[0]
    assert ratio < 1.2 * many[1] / few[1]  # 16 times the links; a full matrix would take 256 times the memory
    assert many[0] < 64_000**2  # bytes: an eighth of a full matrix


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"units": 0}, ValueError, "units must be at least 1, got 0"),
        ({"units": 2.0}, TypeError, "units must be an integer, got 2.0"),
        ({"units": True}, TypeError, "units must be an integer"),
        ({"spread": -0.1}, ValueError, r"spread must be between 0 and 1e\+100, got -0.1"),
        ({"spread": np.nan}, ValueError, r"spread must be between 0 and 1e\+100, got nan"),
        ({"spread": 1e200}, ValueError, r"got 1e\+200"),
        ({"mean": np.inf}, ValueError, r"mean must be between -1e\+100 and 1e\+100, got inf"),
        ({"mean": "half"}, TypeError, "mean must be a real number, got 'half'"),
        ({"connectance": 1.5}, ValueError, "connectance must be between 0 and 1, got 1.5"),
        ({"agreement": -2}, ValueError, "agreement must be between -1 and 1, got -2.0"),
    ],
)
def test_what_is_out_of_range_is_refused(wrong, error, words):
    with pytest.raises(error, match=words):
        Community(**({"units": 5, "spread": 0.1} | wrong))


@pytest.mark.parametrize("draw", [random_alpha, random_links])
def test_a_seed_is_no_generator_and_a_number_no_community(draw):
    with pytest.raises(TypeError, match=r"rng must be a numpy.random.Generator, got int"):
        draw(LARGE, rng=3)
    with pytest.raises(TypeError, match="community must be a Community, got int"):
        draw(5, rng=rng())
