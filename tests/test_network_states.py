"""Where networks stand still, whether they stay, and whether they run away: against the core and exact answers."""

import re

import numpy as np
import pytest
from crowds import PLAIN, large, rng, small
from draws import MODELS
from scipy import sparse

from ecolib import Stability, eigenvalues, equilibria, stable
from ecolib.communities import Community, random_alpha, random_links
from ecolib.networks import Network, coexistence, help_radius, simulate_network, stability
from ecolib.numeric import steady_state


@pytest.mark.parametrize("units", [1, 2, 4])
def test_coexistence_is_that_of_the_core(units):
    for values, network in small(units):
        expected = steady_state(equilibria(MODELS[units])[-1], values)
        found = coexistence(network)
        assert np.allclose(found.saturation, expected, rtol=1e-9)
        assert found.feasible == bool(np.all(expected > 0))


def test_the_iteration_for_many_units_agrees_with_elimination():
    network = large(1500, spread=0.2)
    expected = np.linalg.solve(np.eye(1500) - network.alpha.toarray(), np.ones(1500))
    found = coexistence(network)
    assert np.allclose(found.saturation, expected, rtol=1e-8, atol=1e-9)
    assert found.feasible is False
    exact = np.linalg.cond(np.eye(1500) - network.alpha.toarray(), 1)
    assert exact / 5 < found.condition <= 1.01 * exact


@pytest.mark.parametrize("a", [1.0, 1 - 1e-14])
def test_a_singular_system_yields_no_numbers(a):
    found = coexistence(Network(r=1, K=1, alpha=((0, a), (a, 0))))
    assert np.isnan(found.saturation).all()
    assert not found.feasible
    assert found.condition > 1e12


def test_strong_coefficients_are_solved_by_factors_as_long_as_these_fit():
    network = large(1100, spread=2.0)
    expected = np.linalg.solve(np.eye(1100) - network.alpha.toarray(), np.ones(1100))
    assert np.allclose(coexistence(network).saturation, expected, rtol=1e-6, atol=1e-6)


def test_an_iteration_that_does_not_converge_yields_no_numbers():
    for found in (coexistence(large(3100, spread=2.0)), coexistence(large(1500), seconds=1e-9)):
        assert np.isnan(found.saturation).all()
        assert (found.feasible, found.condition) == (False, np.inf)
        assert re.match("no convergence|the time allowed did not suffice", found.message)


def test_huge_differences_of_scale_are_no_reason_to_refuse():
    found = coexistence(Network(r=1, K=1, alpha=((0, 1e14), (0, 0))))
    assert found.saturation.tolist() == [1e14 + 1, 1.0]


@pytest.mark.parametrize("units", [2, 3, 4])
def test_stability_is_that_of_the_core_at_every_feasible_equilibrium(units):
    seen = set()
    for values, network in small(units, count=12):
        for point in equilibria(MODELS[units]):
            kind = stable(point, values)
            if kind in (Stability.INFEASIBLE, Stability.UNDECIDED):
                continue
            found = stability(network, steady_state(point, values))
            assert found.verdict == ("stable" if kind else "unstable")
            assert found.rightmost == pytest.approx(eigenvalues(point, values).real.max(), rel=1e-6, abs=1e-9)
            seen.add(found.verdict)
    assert seen == {"stable", "unstable"}


def test_a_transition_is_undecided():
    meeting = Network(r=1, K=1, alpha=((0, 0), (-1, 0)))
    assert stability(meeting, (1, 0)).verdict == "undecided"
    assert stability(meeting, (0, 0)).verdict == "unstable"


@pytest.mark.parametrize("spread", [0.06, 0.1])
def test_arnoldi_finds_the_rightmost_eigenvalue_of_all(spread):
    network = large(700, spread=spread, r=rng().uniform(0.5, 2, 700))
    u = coexistence(network).saturation
    whole = (network.r * u)[:, None] * (network.alpha.toarray() - np.eye(700))
    found = stability(network, u)
    assert found.rightmost == pytest.approx(np.linalg.eigvals(whole).real.max(), rel=1e-6)
    assert (found.verdict, found.certificate) == ("stable", "dissipation")


def test_a_large_unstable_network_is_called_so():
    """Two mutual competitors among 600 units that do not meet: u = 1/(1 + 3) for both, a growing direction."""
    alpha = sparse.coo_array(([-3.0, -3.0], ([0, 1], [1, 0])), shape=(600, 600))
    network = Network(r=1, K=1, alpha=alpha)
    found = stability(network, coexistence(network).saturation)
    assert (found.verdict, round(found.rightmost, 9)) == ("unstable", 0.5)


def test_what_neither_certificate_covers_is_stable_without_a_proof():
    """One unit helps another by 5 and is harmed by 0.16: the symmetric part has the eigenvalue 2.42."""
    alpha = sparse.coo_array(([5.0, -0.16], ([0, 1], [1, 0])), shape=(600, 600))
    network = Network(r=1, K=1, alpha=alpha)
    found = stability(network, coexistence(network).saturation)
    assert (found.verdict, found.certificate) == ("stable", "")
    assert "without a certificate" in found.message


def test_without_time_stability_is_undecided_unless_dominance_proves_it():
    network = large(700, spread=0.1)
    u = coexistence(network).saturation
    assert stability(network, u, seconds=1e-9).verdict == "undecided"
    quiet = large(700, spread=0.01)
    proved = stability(quiet, coexistence(quiet).saturation, seconds=1e-9)
    assert (proved.verdict, proved.certificate) == ("stable", "dominance")


def test_help_radius_is_a_spectral_radius():
    for _, network in small(5, low=-1.0, high=1.0):
        positive = np.maximum(network.alpha.toarray(), 0)
        assert help_radius(network) == pytest.approx(np.abs(np.linalg.eigvals(positive)).max(), abs=1e-9)
    network = large(900, spread=0.2)
    positive = np.maximum(network.alpha.toarray(), 0)
    assert help_radius(network) == pytest.approx(np.abs(np.linalg.eigvals(positive)).max(), rel=1e-6)


def test_help_that_runs_in_no_circle_has_radius_zero():
    chain = sparse.diags_array([np.full(999, 7.0)], offsets=[1])
    assert help_radius(Network(r=1, K=1, alpha=chain)) == 0.0
    assert coexistence(Network(r=1, K=1, alpha=chain.tocsr()[:5, :5])).saturation[-2:].tolist() == [8.0, 1.0]


@pytest.mark.parametrize(("factor", "ended"), [(0.97, "finished"), (1.03, "escaped")])
def test_one_is_the_threshold_of_help_without_harm(factor, ended):
    links = abs(random_links(Community(units=400, spread=0.1, connectance=0.02), rng=rng()))
    help_only = Network(r=1, K=1, alpha=links * (factor / help_radius(Network(r=1, K=1, alpha=links))))
    assert simulate_network(help_only, x0=0.1, t=(0, 3000)).ended == ended
    assert coexistence(help_only).feasible == (factor < 1)


def test_whatever_the_harm_no_path_escapes_where_the_help_radius_is_below_one():
    for seed in range(6):
        alpha = random_alpha(Community(units=30, spread=0.5, mean=-0.2, connectance=0.3), rng=rng(seed))
        network = Network(r=1, K=1, alpha=alpha)
        calm = Network(r=1, K=1, alpha=np.where(alpha > 0, alpha * 0.9 / help_radius(network), alpha))
        assert simulate_network(calm, x0=rng(seed).uniform(0, 50, 30), t=(0, 200)).ended == "finished"


def test_states_that_are_no_equilibria_are_refused():
    network = Network(**PLAIN)
    for u, words in (
        ((1, 1), "must be an equilibrium"),
        ((1,), "shape"),
        ((-1, 1), "negative"),
        ((1, np.inf), "finite"),
    ):
        with pytest.raises(ValueError, match=words):
            stability(network, u)
