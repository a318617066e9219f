"""Sobol indices: SALib against functions whose indices are known, a second estimator, and counts of every draw."""

import numpy as np
import pytest
from SALib.sample import sobol as sample
from SALib.test_functions import Sobol_G
from scipy.stats import sobol_indices, uniform

from ecolib.paper.policy import CLASSES, MEASURES, RANGES, BaseCase, sensitivity, widened
from ecolib.paper.policy.ranges import LIMITS
from ecolib.paper.policy.sensitivity import indices, measured


def problem_of(bounds):
    return {"num_vars": len(bounds), "names": [f"x{k}" for k in range(len(bounds))], "bounds": bounds}


def estimated(function, bounds, size, seed=2026):
    rng, problem = np.random.default_rng(seed), problem_of(bounds)
    draws = sample.sample(problem, size, calc_second_order=False, seed=rng)
    return indices(problem, function(draws), rng=rng)


def ishigami(x, a=7.0, b=0.1):
    return np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0])


def exact_ishigami(a=7.0, b=0.1):
    """First and total indices by integration on paper."""
    first = 0.5 * (1 + b * np.pi**4 / 5) ** 2, a**2 / 8
    both = 8 * b**2 * np.pi**8 / 225
    whole = sum(first) + both
    return np.array([first[0], first[1], 0]) / whole, np.array([first[0] + both, first[1], both]) / whole


def test_indices_of_ishigami_are_the_exact_ones() -> None:
    first, total, first_error, total_error = estimated(ishigami, [[-np.pi, np.pi]] * 3, 4096)
    exact_first, exact_total = exact_ishigami()
    assert np.all(np.abs(first - exact_first) <= np.maximum(first_error, 0.01))
    assert np.all(np.abs(total - exact_total) <= np.maximum(total_error, 0.01))


def test_indices_of_sobol_g_are_the_exact_ones() -> None:
    a = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
    first, total, first_error, total_error = estimated(lambda x: Sobol_G.evaluate(x, a), [[0.0, 1.0]] * 8, 4096)
    part = 1 / (3 * (1 + a) ** 2)
    whole = np.prod(1 + part) - 1
    assert np.all(np.abs(first - part / whole) <= np.maximum(first_error, 0.01))
    exact_total = part * np.prod(1 + part) / (1 + part) / whole
    assert np.all(np.abs(total - exact_total) <= np.maximum(total_error, 0.01))


def test_half_widths_hold_what_they_promise_over_many_seeds() -> None:
    exact = exact_ishigami()[1]
    inside = []
    for seed in range(40):
        _, total, _, error = estimated(ishigami, [[-np.pi, np.pi]] * 3, 256, seed)
        inside.append(np.abs(total - exact) <= error)
    assert np.mean(inside) > 0.85


def test_a_second_estimator_finds_the_same_indices_of_the_model() -> None:
    names = list(RANGES)
    found = sensitivity(rng=np.random.default_rng(1), size=1024, measures=("gain",))
    dists = [uniform(low, high - low) for low, high in RANGES.values()]
    other = sobol_indices(
        func=lambda x: measured(BaseCase(**dict(zip(names, x, strict=True))), ("gain",)).T,
        n=1024,
        dists=dists,
        rng=np.random.default_rng(2),
    )
    close = 1.5 * np.hypot(found.total_error[0], found.total_error[0])
    assert np.all(np.abs(found.total[0] - other.total_order.ravel()) < np.maximum(close, 0.03))
    first = 1.5 * np.hypot(found.first_error[0], found.first_error[0])
    assert np.all(np.abs(found.first[0] - other.first_order.ravel()) < np.maximum(first, 0.03))


def test_every_draw_is_in_one_class_and_runaways_are_counted() -> None:
    found = sensitivity({"s": (1.5, 3.0), "tau": (0.5, 3.0)}, rng=np.random.default_rng(3), size=128)
    assert sum(found.counts[name] for name in CLASSES) == found.draws == 256
    assert found.counts["runaway"] > 20
    assert not np.isnan(found.first).any()


def test_counts_are_those_of_both_base_samples() -> None:
    ranges, rng = {"s": (1.5, 3.0), "tau": (0.5, 3.0)}, np.random.default_rng(3)
    found = sensitivity(ranges, rng=np.random.default_rng(3), size=128)
    rows = sample.sample(problem_of(list(ranges.values())), 128, calc_second_order=False, seed=rng)
    ends = rows.reshape(128, 4, 2)[:, [0, -1]].reshape(-1, 2).T
    away = measured(BaseCase(s=ends[0], tau=ends[1]), ("runaway",)).sum()
    assert found.counts["runaway"] == away


def test_an_outcome_that_does_not_vary_has_no_indices() -> None:
    found = sensitivity({"tau": (0.5, 0.6)}, rng=np.random.default_rng(4), size=16, measures=("runaway", "gain"))
    assert np.isnan(found.total[0]).all()
    assert found.total[1] == pytest.approx(1, abs=0.2)


def test_outcomes_are_bounded_and_defined_for_every_draw() -> None:
    rng = np.random.default_rng(5)
    wide = {name: rng.uniform(*ends, 500) for name, ends in widened(RANGES, 3.0).items()}
    table = measured(BaseCase(**wide), MEASURES)
    assert np.isfinite(table).all()
    assert np.all(np.abs(table[:, 0]) <= 1)
    assert np.all(table[:, 3:].sum(axis=1) == 1)


def test_a_letter_that_does_not_matter_has_no_index_and_the_others_are_unchanged() -> None:
    ranges = {"tau": (0.5, 1.5), "pace": (0.01, 0.05)}
    still = sensitivity(ranges, rng=np.random.default_rng(6), size=64, measures=("gain",), base=BaseCase(image=0.0))
    assert abs(still.total[0, 1]) < 1e-12
    moved = sensitivity(ranges, rng=np.random.default_rng(6), size=64, measures=("gain",), base=BaseCase(image=0.9))
    assert moved.total[0, 1] > 1e-3


def test_the_same_generator_gives_the_same_indices() -> None:
    pair = [sensitivity(rng=np.random.default_rng(7), size=32) for _ in range(2)]
    assert np.array_equal(pair[0].total, pair[1].total)
    assert np.array_equal(pair[0].total_error, pair[1].total_error)
    assert pair[0].counts == pair[1].counts


def test_ranges_are_widened_around_their_middles_and_cut_where_a_letter_ends() -> None:
    wide = widened(RANGES, 2.0)
    assert wide["omega"] == (0.25, 1.0)
    assert all(LIMITS[name][0] <= low < high <= LIMITS[name][1] for name, (low, high) in wide.items())
    assert widened(RANGES, 0.5)["tau"] == (0.75, 1.25)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"ranges": {"luck": (0, 1)}}, "ranges are for s, c, "),
        ({"ranges": {"c": (0.8, 0.2)}}, "the range of c must be two numbers in order from 0 to 0.99"),
        ({"ranges": {"omega": (0.5, 1.5)}}, "the range of omega must be two numbers in order from 0 to 1"),
        ({"ranges": {}}, "ranges must name at least one letter"),
        ({"size": 100}, "size must be a power of two of at least 2, got 100"),
        ({"measures": ("votes",)}, "an outcome is one of gain, speed, tips, inhibition"),
    ],
)
def test_arguments_out_of_range_are_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sensitivity(rng=np.random.default_rng(1), **({"size": 4} | given))


def test_a_seed_is_no_generator() -> None:
    with pytest.raises(TypeError, match=r"rng must be a numpy.random.Generator, got int"):
        sensitivity(rng=1)
    with pytest.raises(ValueError, match="factor must be positive, got 0"):
        widened(RANGES, 0)


def test_a_gain_without_bound_counts_as_one() -> None:
    assert measured(BaseCase(s=2.6, tau=2.0), ("gain", "runaway")).tolist() == [1, 1]


def test_draws_that_never_balance_are_those_without_a_threshold_of_balance() -> None:
    found = sensitivity({"omega": (0.3, 0.6), "tau": (0.5, 3.0)}, rng=np.random.default_rng(1), size=16)
    assert found.counts["never balance"] == found.draws == 32
