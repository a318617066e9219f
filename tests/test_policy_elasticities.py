"""Savings are derivatives: against differences of the outcomes themselves, and against what algebra says of them."""

from dataclasses import replace

import numpy as np
import pytest

from ecolib.paper.policy import (
    LEVERS,
    OBSTACLES,
    OUTCOMES,
    BaseCase,
    apply,
    best_lever,
    critical,
    interactions,
    letters,
    lever_savings,
    needed,
    outcome,
    rest,
    savings,
)
from ecolib.paper.policy.levers import _moved
from ecolib.paper.policy.rest import hardest

CASES = {
    "stuck": BaseCase(pull=0.1),
    "three units": BaseCase(n=3, s=1.3, c=0.3, omega=0.9, tau=3.0, pull=0.2, eta=0.02),
    "late": BaseCase(tau=8.0, pull=0.05, eta=0.05, omega=0.9),
}


def by_difference(case, letter, name, step=1e-5):
    """Change of ln Y per change of ln of the obstacle, from outcomes alone."""
    ends = [replace(case, **{letter: _moved(letter, getattr(case, letter), 1 + h)}) for h in (step, -step)]
    high, low = (np.log(float(outcome(end, name))) for end in ends)
    return (high - low) / (2 * step)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", OUTCOMES)
def test_savings_are_slopes_of_the_outcomes(case: str, name: str) -> None:
    base = CASES[case]
    value, found = float(outcome(base, name)), savings(base, name)
    assert found.keys() == OBSTACLES.keys()
    for letter, saving in found.items():
        if not np.isfinite(value):
            assert np.isnan(saving)
        else:
            assert float(saving) == pytest.approx(by_difference(base, letter, name), rel=1e-4, abs=1e-6)


def test_every_outcome_exists_in_some_case() -> None:
    for name in OUTCOMES:
        assert any(np.isfinite(float(outcome(case, name))) for case in CASES.values())


@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_saves_what_a_small_dose_of_it_does(name: str) -> None:
    base, dose = CASES["stuck"], 1e-5
    after = outcome(apply(base, {name: dose}), "shortfall_up")
    slope = -np.log(float(after / outcome(base, "shortfall_up"))) / (0.5 * dose)
    assert float(lever_savings(base, "shortfall_up")[name]) == pytest.approx(slope, rel=1e-3)


def test_one_per_cent_of_friction_moves_the_followers_threshold_as_one_of_reciprocity_does() -> None:
    rng = np.random.default_rng(5)
    case = BaseCase(c=rng.uniform(0.05, 0.9, 50), omega=rng.uniform(0.1, 0.95, 50), pull=rng.uniform(0, 1, 50))
    found = savings(case, "phi_c")
    assert np.allclose(found["omega"], found["c"] * (1 - case.omega) / case.omega, rtol=1e-9)


def test_where_shares_grow_by_themselves_the_elasticity_has_its_closed_form() -> None:
    phi = float(outcome(BaseCase(), "phi_c"))
    assert float(savings(BaseCase(), "phi_c")["c"]) == pytest.approx((1 - phi) / (2 - phi), rel=1e-12)


def test_transfer_and_learning_save_alike_where_both_are_at_rest_and_inflow_saves_more() -> None:
    found = savings(BaseCase(), "shortfall_up")
    assert float(found["tau"]) == pytest.approx(1) == float(found["learning"])
    assert found["eta"] > 1
    assert float(savings(BaseCase(pace=0.0), "shortfall_up")["eta"]) == pytest.approx(1)


def test_alliances_bring_followers_in_sooner_and_leaders_later() -> None:
    rng = np.random.default_rng(6)
    case = BaseCase(c=rng.uniform(0.05, 0.9, 80), omega=rng.uniform(0.1, 1, 80), pull=rng.uniform(0, 0.9, 80))
    assert np.all(savings(case, "phi_c")["pull"] > 0)
    assert np.all(savings(case, "phi_0")["pull"] < 0)


def test_the_best_lever_is_the_one_whose_small_dose_does_most() -> None:
    rng = np.random.default_rng(7)
    case = BaseCase(c=rng.uniform(0.1, 0.9, 30), omega=rng.uniform(0.2, 0.95, 30))
    drops = [outcome(apply(case, {name: 1e-5}), "phi_c") for name in LEVERS]
    assert best_lever(case, "phi_c").tolist() == np.argmin(drops, axis=0).tolist()
    assert len(set(best_lever(case, "phi_c").tolist())) > 1


def test_where_an_outcome_does_not_exist_no_lever_is_best() -> None:
    assert best_lever(BaseCase(s=1.0), "shortfall_up") == -1
    assert best_lever(BaseCase(omega=0.3), "phi_b") == -1


def test_an_unknown_outcome_is_refused() -> None:
    with pytest.raises(ValueError, match="an outcome is one of phi_0, phi_c, phi_b, shortfall_up"):
        savings(BaseCase(), "happiness")


def test_the_shortfall_is_the_transfer_that_brings_units_from_the_unlike_side_to_the_stage() -> None:
    for case in (BaseCase(omega=1.0), BaseCase(), BaseCase(s=1.0)):
        for name, stages in (("shortfall_c", {2, 3}), ("shortfall_b", {3})):
            least = float(outcome(case, name)) * case.tau
            kinds = [int(rest(replace(case, tau=least * factor)).kind) for factor in (0.999, 1.001)]
            assert kinds[0] not in stages
            assert kinds[1] in stages


def test_a_stage_beyond_which_benefit_has_run_away_has_no_shortfall() -> None:
    case = BaseCase(s=3.0, omega=1.0, epsilon=0.02)
    assert case.at(letters.room, phi=outcome(case, "phi_b")) < 0
    assert np.isnan(outcome(case, "shortfall_b"))
    assert np.isnan(savings(case, "shortfall_b")["c"])


def test_without_friction_followers_gain_from_the_start_and_nothing_is_compared() -> None:
    free = BaseCase(c=0.0)
    assert [float(outcome(free, name)) for name in ("phi_c", "shortfall_c", "t_c")] == [0, 0, 0]
    assert all(np.isnan(interactions(free, benefit=name)).all() for name in ("threshold", "shortfall"))


def test_an_obstacle_that_is_gone_saves_nothing_and_very_fast_diffusion_is_no_zero() -> None:
    assert savings(BaseCase(firms=2, linked=1.0), "shortfall_up")["linked"] == 0
    assert savings(BaseCase(firms=2, linked=1 - 1e-10), "shortfall_up")["linked"] == pytest.approx(0, abs=1e-4)
    fast = BaseCase(pace=1e12)
    assert needed(fast, 1.0) == pytest.approx(float(needed(BaseCase(image=0.0, eta=0.05), 1.0)), rel=1e-9)


def test_a_lever_is_best_only_if_it_saves_more_than_the_least_that_counts() -> None:
    most = max(float(x) for x in lever_savings(BaseCase(), "phi_c").values())
    assert best_lever(BaseCase(), "phi_c", least=most * 1.001) == -1
    assert best_lever(BaseCase(), "phi_c", least=most * 0.999) == 0


def test_where_a_lower_fold_is_the_harder_one_it_decides_what_a_stage_needs() -> None:
    case = BaseCase(s=2.63, c=0.85, omega=0.89, pull=0.91, eta=0.28, image=0.999, pace=1.06, linked=0.36)
    phi = 0.97
    V = np.geomspace(-np.log(phi), 30, 20_001)
    assert hardest(case, np.asarray(V[0]))[0] == pytest.approx(needed(case, V).max(), rel=1e-5)
    assert hardest(case, np.asarray(V[0]))[0] > 2 * critical(case)[0]


def test_a_date_that_has_passed_cannot_come_sooner() -> None:
    case = BaseCase(V_q=0.1, V_p=0.1)
    assert outcome(case, "t_c") == 0
    assert all(np.isnan(saving) for saving in savings(case, "t_c").values())
