"""Waiting times until escape: against an exact integral and its boundary value problem; what is censored is counted."""

import numpy as np
import pytest
from noise_tools import interrupted, rng
from reduced_by_hand import model
from scipy import linalg

from ecolib.paper.evolution.feedback import waiting as waiting_module
from ecolib.paper.evolution.feedback.passage import barrier, mean_passage
from ecolib.paper.evolution.feedback.states import steady_states
from ecolib.paper.evolution.feedback.waiting import Escapes, escapes

STRONG, SLOW = model(1.8, 0.5, 1), model(1.8, 0.5, 1, eta=0.02, learning=0.02)


def test_interrupted_escapes_are_censored_at_the_time_that_was_reached(monkeypatch):
    monkeypatch.setattr(waiting_module, "heun", interrupted(waiting_module.heun))
    found = escapes(STRONG, tau=1, sigma=0.1, start="unlike", paths=5, horizon=100, step=0.1, rng=rng())
    assert (found.ended, found.censored) == ("interrupted", 5)
    assert np.allclose(found.times, 1.0)


@pytest.mark.parametrize("sigma", [0.06, 0.1])
def test_waiting_times_are_those_of_the_exact_integral_when_learning_is_slow(sigma):
    exact = mean_passage(SLOW, tau=1, sigma=sigma, start="unlike")
    found = escapes(SLOW, tau=1, sigma=(0, 0, sigma), start="unlike", paths=400, horizon=8 * exact, step=0.2, rng=rng())
    low, high = found.interval(0.99)
    assert found.censored < 6
    assert low * 0.93 < exact < high  # outputs that lag behind lengthen the wait by some per cent


def test_the_integral_is_the_solution_of_the_boundary_value_problem():
    """The mean waiting time T(y) obeys b T' + sigma^2 T'' / 2 = -1, with T = 0 at the level and T' = 0 far away."""
    sigma = 0.08
    alike, saddle, unlike = steady_states(SLOW, tau=1)
    y = np.linspace(np.log(saddle.V * alike.V) / 2, 4.0, 20_001)
    drift, step = 0.02 / np.exp(y) - 0.02 * SLOW.curve.joint(np.exp(y)), y[1] - y[0]
    up, down = sigma**2 / 2 / step**2 + drift / 2 / step, sigma**2 / 2 / step**2 - drift / 2 / step
    matrix = np.array([np.r_[0, up[:-1]], -(up + down), np.r_[down[1:], 0]])
    matrix[:, 0], matrix[1, -1], matrix[0, 1] = (0, 1, 0), -down[-1], 0
    waits = linalg.solve_banded((1, 1), matrix, np.r_[0, np.full(20_000, -1.0)])
    exact = mean_passage(SLOW, tau=1, sigma=sigma, start="unlike")
    assert exact == pytest.approx(np.interp(np.log(unlike.V), y, waits), rel=2e-3)


def test_weak_noise_makes_waits_grow_with_the_exponential_of_the_barrier():
    sigma = np.array([0.02, 0.018])
    waits = np.log([mean_passage(SLOW, tau=0.9, sigma=s, start="unlike") for s in sigma])
    slope = np.diff(waits) / np.diff(2 / sigma**2)
    assert slope[0] == pytest.approx(barrier(SLOW, tau=0.9, start="unlike"), rel=0.02)


def test_strong_noise_that_leaves_no_stationary_distribution_is_refused():
    with pytest.raises(ValueError, match="no stationary distribution in numbers"):
        mean_passage(SLOW, tau=1, sigma=5.0, start="unlike")


def test_both_states_are_left_and_the_alike_one_is_the_harder_to_leave():
    given = {"tau": 0.62, "sigma": 0.35, "paths": 60, "horizon": 300, "step": 0.05, "rng": rng()}
    unlike, alike = (escapes(STRONG, start=start, **given) for start in ("unlike", "alike"))
    assert unlike.escaped.any()
    assert alike.level > unlike.level
    assert barrier(STRONG, tau=1, start="alike") > 10 * barrier(STRONG, tau=1, start="unlike")


def test_the_interval_covers_the_truth_as_often_as_it_says():
    cover = []
    for seed in range(200):
        times = np.random.default_rng(seed).exponential(10.0, 40)
        found = Escapes(np.minimum(times, 12.0), times < 12.0, "finished", 1.0)
        low, high = found.interval()
        cover.append(low < 10.0 < high)
    assert 0.9 < np.mean(cover) <= 1.0


def test_the_mean_is_all_time_watched_over_the_escapes_seen():
    found = Escapes(np.array([1.0, 2.0, 5.0]), np.array([True, True, False]), "finished", 1.0)
    assert (found.mean, found.censored) == (4.0, 1)


def test_no_escape_gives_a_lower_bound_only():
    found = Escapes(np.full(10, 5.0), np.zeros(10, dtype=bool), "finished", 1.0)
    assert found.mean == np.inf
    assert found.interval() == (pytest.approx(50 / -np.log(0.025)), np.inf)


def test_survival_counts_censored_paths_as_watched():
    found = Escapes(np.array([1.0, 2.0, 2.0, 3.0]), np.array([True, False, True, True]), "finished", 1.0)
    times, left = found.survival()
    assert times.tolist() == [1.0, 2.0, 3.0]
    assert np.allclose(left, [3 / 4, 3 / 4 * 2 / 3, 0])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tau": 0.3}, r"two stable states and a saddle at tau = 0\.3, got 1 equilibria"),
        ({"start": "both"}, "start must be unlike or alike, got 'both'"),
        ({"paths": 0}, "paths must be at least 1, got 0"),
        ({"horizon": np.inf}, "horizon must be positive and finite"),
        ({"step": -1}, "step must be positive and finite"),
    ],
)
def test_escapes_refuse_what_is_out_of_range(options, message):
    given = {"tau": 1, "sigma": 0.1, "start": "unlike", "paths": 3, "horizon": 1, "step": 0.1, "rng": rng()} | options
    with pytest.raises(ValueError, match=message):
        escapes(STRONG, **given)
