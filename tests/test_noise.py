"""Paths under noise: stationary distributions that are known exactly, what a step costs, and interruptions."""

import numpy as np
import pytest
from noise_tools import interrupted, rng
from reduced_by_hand import model
from scipy import linalg, stats

from ecolib.paper.evolution.feedback import noise as noise_module
from ecolib.paper.evolution.feedback.noise import noisy_paths, step_error
from ecolib.paper.evolution.feedback.states import steady_states
from ecolib.paper.evolution.feedback.waiting import escapes

STRONG = model(1.8, 0.5, 1)
ALONE = model(1e-9, 0, 1, eta=0.5, learning=0.5)
"""Nobody affects anybody: outputs are logistic, and heterogeneity decays towards its inflow."""


def test_a_unit_under_noise_has_the_gamma_distribution_of_the_stochastic_logistic_equation():
    sigma, start = 0.6, np.ones((4000, 3))
    paths = noisy_paths(ALONE, tau=1, sigma=(sigma, sigma, 0), x0=start, t=(0, 30), step=0.05, rng=rng())
    exact = stats.gamma(2 / sigma**2, scale=sigma**2 / 2)
    assert stats.kstest(paths.x[:, :2, -1].ravel(), exact.cdf).pvalue > 0.01


def test_heterogeneity_under_noise_has_an_inverse_gamma_distribution():
    sigma, start = 0.6, np.ones((4000, 3))
    paths = noisy_paths(ALONE, tau=1, sigma=(0, 0, sigma), x0=start, t=(0, 30), step=0.05, rng=rng())
    exact = stats.invgamma(2 * 0.5 / sigma**2, scale=2 * 0.5 / sigma**2)
    assert stats.kstest(paths.x[:, 2, -1], exact.cdf).pvalue > 0.01


def test_small_fluctuations_have_the_covariance_of_the_linear_equation():
    state, sigma = steady_states(STRONG, tau=1)[-1], np.array([0.02, 0.01, 0.005])
    at = dict(zip(STRONG.system.x, state.x, strict=True)) | STRONG.numbers(tau=1)
    jacobian = np.array(STRONG.system.jacobian.subs(at), dtype=float) * state.x / state.x[:, None]
    exact = linalg.solve_continuous_lyapunov(jacobian, -np.diag(sigma**2))
    start = np.tile(state.x, (4000, 1))
    paths = noisy_paths(STRONG, tau=1, sigma=sigma, x0=start, t=(0, 150), step=0.1, rng=rng())
    assert np.allclose(np.cov(np.log(paths.x[..., -1]).T), exact, rtol=0.12, atol=3e-6)


def test_halving_the_step_halves_the_error():
    given = {"tau": 1, "sigma": 0.1, "x0": np.tile((0.95, 0.65, 1.6), (400, 1)), "time": 10}
    errors = [step_error(STRONG, step=step, rng=rng(), **given) for step in (0.4, 0.2, 0.1)]
    assert 1.7 < errors[0] / errors[1] < 2.5
    assert 1.7 < errors[1] / errors[2] < 2.5


def test_without_noise_paths_are_those_of_the_integrator():
    paths = noisy_paths(STRONG, tau=1.5, sigma=0, x0=[(1, 1, 2)], t=(0, 10, 30), step=0.01, rng=rng())
    path = STRONG.path(tau=1.5, x0=(1, 1, 2), t=(0, 10, 30))
    assert np.allclose(paths.x[0], path.x, rtol=1e-4)


def test_the_seed_decides_the_paths():
    given = {"tau": 1, "sigma": 0.1, "x0": np.ones((3, 3)), "t": (0, 1), "step": 0.1}
    one, same, other = (noisy_paths(STRONG, rng=np.random.default_rng(k), **given).x for k in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.allclose(one, other)


def test_an_interruption_keeps_what_is_done(monkeypatch):
    monkeypatch.setattr(noise_module, "heun", interrupted(noise_module.heun))
    paths = noisy_paths(STRONG, tau=1, sigma=0.1, x0=np.ones((3, 3)), t=np.linspace(0, 2, 21), step=0.1, rng=rng())
    assert (paths.ended, paths.reached) == ("interrupted", 1.0)
    assert np.isfinite(paths.x[..., :11]).all()
    assert np.isnan(paths.x[..., 11:]).all()


def test_time_that_runs_out_is_reported():
    given = {"tau": 1, "sigma": 0.01, "step": 0.1, "rng": rng(), "seconds": 1e-3}
    assert noisy_paths(STRONG, x0=np.ones((9, 3)), t=(0, 1e5), **given).ended == "out of seconds"
    assert escapes(STRONG, start="unlike", paths=9, horizon=1e5, **given).ended == "out of seconds"


def test_a_step_that_is_too_long_is_reported():
    start = np.tile((8.0, 8.0, 1e-4), (4, 1))
    paths = noisy_paths(STRONG, tau=1e4, sigma=0.1, x0=start, t=(0, 50), step=5.0, rng=rng())
    assert paths.ended == "step too long"
    found = escapes(STRONG, tau=1, sigma=0.3, start="unlike", paths=50, horizon=500, step=1.0, rng=rng())
    assert found.ended == "step too long"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sigma": -0.1}, r"sigma must be finite and at least 0, got -0\.1"),
        ({"sigma": (0.1, 0.2)}, r"sigma must be one number or have shape \(3,\)"),
        ({"x0": (1, 1, 1)}, r"x0 must have shape \(paths, 3\), got \(3,\)"),
        ({"x0": [(1, 1, np.nan)]}, "x0 must be positive and finite"),
        ({"t": (0, 0)}, "increasing finite times"),
        ({"step": 0}, "step must be positive and finite, got 0"),
        ({"t": (0, 1e9)}, "at most 10000000 steps"),
        ({"tau": -1}, "tau must be at least 0"),
    ],
)
def test_paths_refuse_what_is_out_of_range(options, message):
    given = {"tau": 1, "sigma": 0.1, "x0": [(1, 1, 1)], "t": (0, 1), "step": 0.1, "rng": rng()} | options
    with pytest.raises(ValueError, match=message):
        noisy_paths(STRONG, **given)


def test_a_seed_in_place_of_a_generator_is_refused():
    with pytest.raises(TypeError, match=r"rng must be a numpy\.random\.Generator, got 7"):
        noisy_paths(STRONG, tau=1, sigma=0.1, x0=[(1, 1, 1)], t=(0, 1), step=0.1, rng=7)
