"""Thresholds, dates and rest of a case, against the closure, the feedback of section 3.2, and simulation."""

from dataclasses import replace

import numpy as np
import pytest

from ecolib.paper.evolution import Closure, Feedback, hysteresis, stage_times, steady_states
from ecolib.paper.policy import CLASSES, BaseCase, critical, date, letters, needed, path, rest, thresholds
from ecolib.paper.policy.rest import SLOPE

STAGES = CLASSES[:4]

TWO_FOLDS = {"s": 2.63, "c": 0.85, "omega": 0.89, "pull": 0.91, "eta": 0.28, "learning": 0.1, "image": 0.999}
TWO_FOLDS |= {"pace": 1.06, "linked": 0.36}


def draws(rng, size, **more):
    low = {"s": 0.4, "c": 0.05, "omega": 0.05, "tau": 0.3, "eta": 0.03, "learning": 0.05}
    high = {"s": 1.95, "c": 0.95, "omega": 1.0, "tau": 3.0, "eta": 0.3, "learning": 0.3}
    return BaseCase(**{name: rng.uniform(low[name], high[name], size) for name in low}, **more)


def single(case, k):
    return {name: float(np.broadcast_to(getattr(case, name), case.shape)[k]) for name in case.names if name != "n"}


def feedback_of(one, n=2):
    closure = Closure(s=one["s"], c=one["c"], omega=one["omega"], n=n, epsilon=one["epsilon"])
    return Feedback(closure, eta=one["eta"], learning=one["learning"])


def test_thresholds_without_alliances_are_those_of_the_closure() -> None:
    case = draws(np.random.default_rng(1), 60, n=3)
    at = Closure(s=case.s, c=case.c, omega=case.omega, n=3, epsilon=case.epsilon).thresholds
    for found, wanted in zip(thresholds(case), (at.phi_0, at.phi_c, at.phi_b), strict=True):
        assert np.allclose(found, wanted, rtol=1e-9)


def test_thresholds_are_where_the_coefficients_and_the_balance_change_sign() -> None:
    case = draws(np.random.default_rng(2), 200, pull=np.random.default_rng(3).uniform(0, 1, 200), n=4)
    phi_0, phi_c, phi_b = thresholds(case)
    assert np.allclose(case.at(letters.leader, phi=phi_0), 0, atol=1e-12)
    assert np.allclose(case.at(letters.follower, phi=phi_c), 0, atol=1e-12)
    reached = phi_b < 1
    assert 20 < reached.sum() < 200
    assert np.allclose(np.where(reached, case.at(letters.balance, phi=phi_b), 0), 0, atol=1e-9)
    assert np.all(case.at(letters.balance, phi=np.ones(200))[~reached] <= 0)


def test_at_the_ends_of_their_ranges_thresholds_are_where_they_must_be() -> None:
    assert thresholds(BaseCase(c=0))[1] == 0
    assert thresholds(BaseCase(omega=0))[1] == thresholds(BaseCase(omega=0))[2] == 1
    assert thresholds(BaseCase(pull=1, omega=1))[0] == pytest.approx(thresholds(BaseCase(pull=1, omega=1))[1])


def test_rest_without_diffusion_is_the_unlike_state_of_the_feedback() -> None:
    case = draws(np.random.default_rng(4), 40, pace=0.0)
    found = rest(case)
    for k in range(40):
        one = single(case, k)
        last = steady_states(feedback_of(one), tau=one["tau"])[-1]
        assert found.V[k] == pytest.approx(last.V, rel=1e-9)
        assert CLASSES[found.kind[k]] == last.stage().value
        assert (found.leader[k], found.follower[k]) == pytest.approx(tuple(last.u - 1), abs=1e-9)


def test_the_critical_intensity_without_diffusion_is_that_of_the_feedback() -> None:
    case = draws(np.random.default_rng(5), 120, pace=0.0)
    found, V = critical(case)
    for k in range(120):
        loop = hysteresis(feedback_of(single(case, k)))
        assert np.isnan(found[k]) == (loop is None)
        if loop is not None:
            assert (found[k], V[k]) == pytest.approx((loop.tau_up, loop.up.V), rel=1e-7)
    assert 10 < np.isfinite(found).sum() < 110


@pytest.mark.parametrize("given", [{}, {"tau": 1.15}, {"pull": 0.5, "omega": 0.4}, {"n": 3, "s": 1.2, "tau": 0.7}])
def test_rest_with_diffusion_is_where_simulation_settles(given: dict[str, float]) -> None:
    case = BaseCase(pace=0.1, V_q=4.0, V_p=4.0, **given)
    way, found = path(case, t=(0, 4000)), rest(case)
    assert way.x[-2:, -1].sum() == pytest.approx(float(found.V), rel=1e-6)
    assert way.x[:2, -1] == pytest.approx([1 + found.leader, 1 + found.follower], rel=1e-6)


def test_units_rest_where_the_intensity_needed_is_the_intensity_there_is() -> None:
    case = draws(np.random.default_rng(6), 100, pace=0.05, pull=0.3)
    found = rest(case)
    settled = found.kind < 4
    assert np.allclose(needed(case, np.where(settled, found.V, 1.0))[settled], case.tau[settled], rtol=1e-8)
    assert np.all(case.at(SLOPE, V=np.where(settled, found.V, 1.0))[settled] < 0)


def test_outside_the_grid_rest_is_the_limit_of_units_with_nothing_or_all_in_common() -> None:
    case = BaseCase(tau=[1e-3, 4e4], pace=0.0)
    joint = (0.5 / 0.75) ** 2, rest_joint()
    assert np.allclose(rest(case).V, [1 / (1e-3 * joint[0]), 1 / (4e4 * joint[1])], rtol=2e-3)
    assert rest(case).kind.tolist() == [0, 3]


def rest_joint():
    return float(BaseCase().at(letters.joint, phi=1.0))


def test_what_comes_in_at_rest_is_what_is_eroded_and_aligned() -> None:
    case = draws(np.random.default_rng(7), 100, pace=0.1, linked=0.5, image=0.7)
    found = rest(case)
    assert np.allclose(case.at(letters.settled, phi=np.exp(-found.V)), found.V, rtol=1e-7)


def test_where_benefit_runs_away_nothing_rests_and_gains_are_infinite() -> None:
    found = rest(BaseCase(s=2.6, tau=2.0))
    assert CLASSES[int(found.kind)] == "runaway"
    assert np.isnan(found.V)
    assert found.follower == found.leader == np.inf
    assert needed(BaseCase(s=2.6), 1e-3) == 0


def test_a_runaway_that_cannot_be_reached_from_unlike_units_is_none() -> None:
    assert CLASSES[int(rest(BaseCase(s=2.6, tau=0.3)).kind)] == "inhibition"


def test_dates_without_inflow_and_diffusion_are_those_of_the_path() -> None:
    case = BaseCase(eta=1e-12, pace=0.0, tau=1.0)
    wanted = stage_times(Closure(s=1.8, c=0.5, omega=0.8), V_start=3.0, mu=0.1)
    found = [float(date(case, phi)) for phi in thresholds(case)]
    assert found == pytest.approx([float(wanted.t_0), float(wanted.t_c), float(wanted.t_b)], rel=1e-8)


def test_image_parameters_alone_fall_by_erosion_and_alignment() -> None:
    case = BaseCase(eta=1e-12, tau=2.0, V_q=0.0, V_p=2.0, pace=0.1, linked=0.5)
    wanted = np.log(2.0 / np.log(2)) / (0.2 + float(case.alignment))
    assert float(date(case, 0.5)) == pytest.approx(wanted, rel=1e-9)


def test_a_date_is_when_the_timetable_says_so_or_never_or_at_once() -> None:
    case = BaseCase(tau=3.0)
    t = date(case, 0.5)
    assert case.at(letters.timetable, t=t) == pytest.approx(np.log(2), rel=1e-9)
    assert date(case, 0.999) == np.inf
    assert date(replace(case, V_q=0.1, V_p=0.1), 0.5) == 0


@pytest.mark.parametrize("V", [0.0, -1.0, np.nan])
def test_heterogeneity_out_of_range_is_refused(V: float) -> None:
    with pytest.raises(ValueError, match="V must be"):
        needed(BaseCase(), V)


def test_a_runaway_that_begins_among_units_almost_alike_is_one() -> None:
    for excess in (1e-6, 1e-5, 1e-4):
        found = rest(BaseCase(s=5**0.5 * (1 + excess), tau=1.5))
        assert CLASSES[int(found.kind)] == "runaway"
        assert np.isnan(found.V)


def test_gains_at_rest_are_losses_of_less_than_everything() -> None:
    rng = np.random.default_rng(8)
    case = BaseCase(s=rng.uniform(1.5, 3, 2000), c=rng.uniform(0, 0.95, 2000), tau=rng.uniform(0.5, 4, 2000))
    found = rest(case)
    assert 100 < (found.kind == 4).sum() < 1900
    assert np.all(np.minimum(found.leader, found.follower)[found.kind < 4] > -1)


def test_a_date_is_the_first_one_where_heterogeneity_dips_and_returns() -> None:
    case = BaseCase(V_q=0, V_p=3, image=0.1, tau=0.5, pace=0.5, linked=1)
    t = np.linspace(0, 60, 60_001)
    V = case.at(letters.timetable, t=t)
    assert V[-1] > 1 > V.min()
    assert date(case, np.exp(-1)) == pytest.approx(t[np.argmax(V < 1)], abs=2e-3)
    assert date(case, np.exp(-V.min() + 1e-3)) == np.inf
    assert case.at(letters.timetable.diff(letters.t), t=case.at(letters.turn)) == pytest.approx(0, abs=1e-12)


def test_the_highest_fold_is_the_one_that_unlike_units_meet() -> None:
    case = BaseCase(**TWO_FOLDS)
    V = np.geomspace(1e-3, 30, 20_001)
    need = needed(case, V)
    tops = np.flatnonzero((need[1:-1] > need[:-2]) & (need[1:-1] > need[2:])) + 1
    assert tops.size == 2
    assert float(critical(case)[1]) == pytest.approx(V[tops[-1]], rel=1e-3)


@pytest.mark.parametrize("epsilon", [0.02, 0.5])
def test_balance_at_rest_is_judged_with_the_tolerance_of_the_case(epsilon: float) -> None:
    found = rest(BaseCase(tau=3.0, epsilon=epsilon))
    even = found.follower >= (1 - epsilon) * found.leader
    assert CLASSES[int(found.kind)] == ("balanced mutualism" if even else "biased benefit")
    assert even == (epsilon == 0.5)


def test_gains_that_are_balanced_as_soon_as_followers_gain_have_that_threshold() -> None:
    assert thresholds(BaseCase(c=0, pull=1, omega=1))[2] < 1e-11
    assert [float(phi) for phi in thresholds(BaseCase(c=0, omega=0))[1:]] == [1, 1]
