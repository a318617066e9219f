"""Equilibria of the feedback: all of them, and whether they are stable."""

import numpy as np
import pytest
from reduced_by_hand import model

from ecolib import Stability
from ecolib.continuation import bifurcation_curve, equilibrium_branch
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.feedback.cusps import cusp
from ecolib.paper.evolution.feedback.states import steady_states
from ecolib.paper.evolution.feedback.turning import folds

STRONG = model(1.8, 0.5, 1)


@pytest.mark.parametrize("tau", [0.3, 0.551, 0.8, 1.104, 2.0])
def test_every_equilibrium_is_found_and_is_one(tau: float) -> None:
    states = steady_states(STRONG, tau=tau)
    V = np.geomspace(1e-5, 50, 400_001)
    assert len(states) == np.count_nonzero(np.diff(np.sign(STRONG.curve(V) - 1 / tau)))
    for state in states:
        at = dict(zip(STRONG.system.x, state.x, strict=True)) | STRONG.numbers(tau=tau)
        assert np.allclose([float(rate.subs(at)) for rate in STRONG.system.field], 0, atol=1e-12)


def test_stability_by_eigenvalues_is_stability_by_the_slope_at_all_speeds_of_learning() -> None:
    rng = np.random.default_rng(6)
    for _ in range(80):
        given = (rng.uniform(0.3, 1.99), rng.uniform(0, 0.5), rng.uniform(0, 1))
        speed = 10 ** rng.uniform(-2, 2)
        feedback = model(*given, eta=speed, learning=speed, r=rng.uniform(0.2, 5, 2))
        for state in steady_states(feedback, tau=10 ** rng.uniform(-1, 1)):
            assert bool(state.kind) == (state.slope > 0)
            assert state.kind in (Stability.STABLE_NODE, Stability.STABLE_FOCUS, Stability.SADDLE)


def test_so_it_is_with_more_units_of_one_speed() -> None:
    rng = np.random.default_rng(15)
    for _ in range(40):
        n = int(rng.integers(3, 6))
        given = (rng.uniform(0.3, n / (n - 1)), rng.uniform(0, 0.5), rng.uniform(0, 1), n)
        feedback = model(*given, eta=1.0, learning=10 ** rng.uniform(-2, 2))
        for state in steady_states(feedback, tau=10 ** rng.uniform(-2, 2)):
            assert bool(state.kind) == (state.slope > 0)


def test_continuation_of_the_whole_model_meets_the_folds_and_the_cusp_of_the_curve() -> None:
    start = steady_states(STRONG, tau=0.4)[-1].x
    given = {"x0": start, "start": 0.4, "within": (0.3, 1.6)}
    branch = equilibrium_branch(STRONG.system, STRONG.numbers(), letters.tau, **given)
    wanted = [[fold.tau, fold.V] for fold in reversed(folds(STRONG))]
    assert np.allclose([[b.parameter[0], b.x[-1]] for b in branch.bifurcations], wanted, rtol=0, atol=1e-8)
    (meeting,) = bifurcation_curve(branch, branch.bifurcations[0], letters.s, within=(1, 1.95)).bifurcations
    point = cusp(c=0.5, omega=1)
    assert meeting.kind == "cusp"
    assert np.allclose([*meeting.parameter, meeting.x[-1]], [1 / point.F, point.s, point.V], rtol=0, atol=1e-8)


@pytest.mark.parametrize(("beyond", "swings"), [(1.1, True), (1.2, False)])
def test_in_a_corner_of_strong_friction_the_unlike_state_swings_before_its_fold(beyond: float, swings: bool) -> None:
    corner = model(1.99, 0.99, 1, eta=100.0, learning=100.0, r=(1, 50))
    V = folds(corner)[-1].V * beyond
    state = steady_states(corner, tau=1 / float(corner.curve(V)))[-1]
    assert state.slope > 0
    assert bool(state.kind) != swings
    assert np.abs(state.eigenvalues.imag).max() > 0.5


def test_stages_of_both_branches_and_of_the_saddle() -> None:
    names = [state.stage().value for state in steady_states(STRONG, tau=1)]
    assert names == ["balanced mutualism", "biased benefit", "inhibition"]


def test_without_inflow_units_become_alike_and_without_transfer_nothing_rests() -> None:
    still = model(1.8, 0.5, 1, eta=0)
    (state,) = steady_states(still, tau=1)
    assert state.V == 0
    assert np.allclose(state.u, 10)
    assert steady_states(STRONG, tau=0) == ()
    with pytest.raises(ValueError, match="every heterogeneity is at rest"):
        steady_states(still, tau=0)


def test_beyond_the_bound_on_synergy_there_is_no_way_back() -> None:
    keen = model(2.3, 0.5, 1)
    (only,) = folds(keen)
    assert only.least
    assert steady_states(keen, tau=only.tau * 1.01) == ()
    assert len(steady_states(keen, tau=only.tau * 0.99)) == 2
    assert keen.curve(keen.curve.least_V / 2) == np.inf


def test_extreme_levels_have_their_equilibria() -> None:
    for tau in (1e-9, 1e9):
        (state,) = steady_states(STRONG, tau=tau)
        assert STRONG.curve(state.V) * tau == pytest.approx(1.0, rel=1e-9)
        assert state.kind is Stability.STABLE_NODE


@pytest.mark.parametrize(("tau", "message"), [(-1, "at least 0, got -1"), (np.nan, "finite, got nan")])
def test_transfer_out_of_range_is_refused(tau: float, message: str) -> None:
    with pytest.raises(ValueError, match=f"tau must be {message}"):
        steady_states(STRONG, tau=tau)
