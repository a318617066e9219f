"""Paths of networks: against the core on small systems, against exact answers, and within their budgets."""

import time
import tracemalloc

import numpy as np
import pytest
from crowds import PLAIN, large, rng, small
from draws import MODELS
from scipy import sparse

from ecolib import simulate
from ecolib.communities import Community, random_alpha
from ecolib.networks import Network, coexistence, simulate_network

RUNAWAY = Network(r=1, K=1, alpha=((0, 2), (2, 0)))


@pytest.mark.parametrize("units", [2, 3, 5])
def test_paths_are_those_of_the_dense_integrator(units):
    t = np.linspace(0, 20, 9)
    for values, network in small(units, low=-2.0, high=0.5):
        x0 = values.K * rng().uniform(0.05, 1.5, units)
        dense, path = (
            simulate(MODELS[units], values, x0=x0, t=t, rtol=1e-9),
            simulate_network(network, x0=x0, t=t, rtol=1e-9),
        )
        assert (path.ended, path.x.shape) == (dense.ended, dense.x.shape)
        assert np.allclose(path.x / values.K[:, None], dense.x / values.K[:, None], rtol=1e-6, atol=1e-9)


def test_a_path_that_runs_away_says_when_and_keeps_what_was_reached():
    """Both outputs are alike: u' = u (1 + u), so that u = 1 / (2 exp(-t) - 1) from 1, infinite at ln 2."""
    t = np.array([0, 0.2, 0.4, 2.0])
    path = simulate_network(RUNAWAY, x0=1, t=t, rtol=1e-10)
    assert path.ended == "escaped"
    assert path.reached == pytest.approx(np.log(2), abs=1e-5)
    assert np.allclose(path.x[:, :3], 1 / (2 * np.exp(-t[:3]) - 1), rtol=1e-7)
    assert np.isnan(path.x[:, 3]).all()
    assert "1e+06 carrying capacities" in path.message


def test_absent_units_stay_exactly_absent_and_change_nothing():
    network = large(300)
    x0 = np.where(np.arange(300) % 3 == 0, 0.0, 0.2)
    path = simulate_network(network, x0=x0, t=(0, 5, 30))
    assert np.all(path.x[::3] == 0.0)
    alone = simulate_network(network.part(x0 > 0), x0=0.2, t=(0, 5, 30))
    assert np.array_equal(path.x[x0 > 0], alone.x)
    nobody = simulate_network(network, x0=0, t=(0, 1))
    assert (nobody.ended, nobody.x.max()) == ("finished", 0.0)


def test_one_unit_among_many_is_as_accurate_as_alone():
    """The integrator averages errors over units; the tolerance holds for each."""
    r, x0 = np.where(np.arange(4000) == 7, 5.0, 0.001), np.where(np.arange(4000) == 7, 0.01, 1.0)
    crowd = Network(r=r, K=1, alpha=sparse.csr_array((4000, 4000)))
    t = np.linspace(0, 3, 7)
    found = simulate_network(crowd, x0=x0, t=t, rtol=1e-6).x[7]
    alone = simulate_network(Network(r=5, K=1, alpha=[[0]]), x0=0.01, t=t, rtol=1e-6).x[0]
    assert np.allclose(found, alone, rtol=1e-9)
    assert np.allclose(alone, 1 / (1 + 99 * np.exp(-5 * t)), rtol=1e-4)


def test_stiff_networks_of_moderate_size_finish():
    r = np.where(np.arange(40) < 20, 1.0, 1e5)
    network = Network(r=r, K=1, alpha=random_alpha(Community(units=40, spread=0.1, connectance=0.3), rng=rng()))
    path = simulate_network(network, x0=0.1, t=(0, 100), rtol=1e-7)
    assert path.ended == "finished"
    assert np.allclose(path.x[:, 1], coexistence(network).saturation, rtol=1e-6)


def test_large_stiff_networks_end_within_their_budget_and_say_why():
    network = large(1500, r=np.where(np.arange(1500) < 20, 1.0, 1e6))
    began = time.monotonic()
    path = simulate_network(network, x0=0.1, t=(0, 100), seconds=0.5)
    assert time.monotonic() - began < 3
    assert path.ended == "failed"
    assert "0.5 s did not suffice" in path.message
    assert "fast units beside slow ones" in path.message
    few = simulate_network(network, x0=0.1, t=(0, 100), steps=30)
    assert (few.ended, few.message[:25]) == ("failed", "30 steps did not suffice,")


def test_an_interruption_keeps_what_is_done(monkeypatch):
    growth, calls = Network.growth, iter(range(60))

    def counted(self, u):
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return growth(self, u)

    monkeypatch.setattr(Network, "growth", counted)
    path = simulate_network(large(50), x0=0.1, t=np.linspace(0, 400, 401))
    assert path.ended == "interrupted"
    assert 0 < path.reached < 400
    assert np.array_equal(np.isfinite(path.x[0]), path.t <= path.reached)


def peak(units):
    """Bytes that a simulation needs at most, network included."""
    tracemalloc.start()
    simulate_network(large(units), x0=0.1, t=(0, 2))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_memory_of_a_simulation_grows_with_units_and_links():
    few, many = peak(2_000), peak(32_000)
    assert many < 1.2 * 16 * few
    assert many < 32_000**2 / 4  # bytes; a full matrix has 32 times as many


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"x0": -1}, "x0 must be finite and not negative, got -1.0"),
        ({"x0": (1, np.nan)}, "x0 must be finite and not negative, got nan"),
        ({"x0": (1, 1, 1)}, r"x0 must be one number or have shape \(2,\), got \(3,\)"),
        ({"t": (0, 0)}, "t must be finite and increasing"),
        ({"t": (1,)}, "t must hold at least two times"),
        ({"rtol": 0}, "rtol must be at least 1e-13 and at most 0.1, got 0"),
        ({"escape": 1}, "escape must be above 1"),
        ({"steps": 0}, "steps must be at least 1 and finite, got 0"),
        ({"steps": np.inf}, "steps must be at least 1 and finite, got inf"),
        ({"seconds": np.nan}, "seconds must be positive and finite, got nan"),
    ],
    ids=range(10),
)
def test_paths_that_make_no_sense_are_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        simulate_network(Network(**PLAIN), **({"x0": 1, "t": (0, 1)} | wrong))
