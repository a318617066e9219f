"""What many paths cost: the terms against counts by hand, and weights that were known before."""

import numpy as np
import pytest

from ecolib.costs import fitted_weights, memory_terms, taylor_order, time_terms
from ecolib.ensembles.taylor import kit
from ecolib.model import Symbiosis

WEIGHTS = np.array([0.01, 2e-6, 3e-9, 5e-10])


@pytest.fixture
def terms():
    rng = np.random.default_rng(5)
    units, points = rng.integers(2, 9, 40), rng.integers(10, 10**6, 40)
    return time_terms(units=units, points=points, rtol=10.0 ** rng.uniform(-12, -3, 40))


@pytest.mark.parametrize("rtol", [1e-4, 1e-8, 1e-12])
def test_the_order_is_the_one_at_which_the_engine_works(rtol):
    pytest.importorskip("heyoka")
    engine = kit(Symbiosis.of(units=2), rtol, some_absent=False, watched=False)
    assert engine.take().order == taylor_order(rtol)


def test_terms_count_points_exponentials_and_effects():
    first, points, exponentials, effects = time_terms(units=3, points=7, rtol=1e-6)
    p = 1 + 10  # ln(1e8) / 2 is 9.2
    assert (first, points, exponentials, effects) == (1, 7, 7 * 3 * p**2, 7 * 9 * p)


def test_memory_counts_numbers_of_eight_bytes():
    assert memory_terms(units=3, points=7).tolist() == [1, 7 * 3 * 8, 7 * 9 * 8]


def test_known_weights_are_found_again(terms):
    np.testing.assert_allclose(fitted_weights(terms, terms @ WEIGHTS), WEIGHTS, rtol=1e-6)


def test_weights_come_closest_in_parts_of_what_was_measured(terms):
    """A noise of ten percent on all settings moves the small ones as little as the large ones."""
    noise = np.exp(np.random.default_rng(6).normal(0, 0.1, len(terms)))
    weights = fitted_weights(terms, terms @ WEIGHTS * noise)
    assert np.abs(np.log(terms @ weights / (terms @ WEIGHTS))).max() < 0.2


def test_no_weight_is_negative(terms):
    assert fitted_weights(terms, 1 / (terms @ WEIGHTS)).min() >= 0


@pytest.mark.parametrize("wrong", [0, -1, np.nan, np.inf])
@pytest.mark.parametrize("name", ["units", "points", "rtol"])
def test_settings_that_are_none_are_refused(name, wrong):
    with pytest.raises(ValueError, match=f"{name} must be positive and finite, got"):
        time_terms(**{"units": 3, "points": 10, "rtol": 1e-6} | {name: [wrong]})


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"units": 2.5}, "units must be whole numbers, got 2.5"),
        ({"points": [1, 1.5]}, "points must be whole numbers, got 1.5"),
        ({"rtol": 1.0}, "rtol must be below 1, got 1.0"),
        ({"units": [2, 3], "points": [1, 2, 3]}, "broadcast"),
    ],
)
def test_numbers_of_the_wrong_kind_are_refused(options, said):
    with pytest.raises(ValueError, match=said):
        time_terms(**{"units": 3, "points": 10, "rtol": 1e-6} | options)


def test_measurements_that_say_too_little_are_refused(terms):
    for rows, took in ((terms[:3], np.ones(3)), (terms, np.ones(3)), (terms[0], np.ones(4))):
        with pytest.raises(ValueError, match="settings be as many as terms, got"):
            fitted_weights(rows, took)
    with pytest.raises(ValueError, match="zero in all settings"):
        fitted_weights(np.eye(4)[:, :3].repeat(2, axis=0)[:, [0, 1, 2, 2]] * [1, 1, 1, 0], np.ones(8))
    with pytest.raises(ValueError, match="terms must be finite, got nan"):
        fitted_weights(terms * np.nan, np.ones(len(terms)))
