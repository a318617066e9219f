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
    lever_savings,
    outcome,
    savings,
)
from ecolib.paper.policy.levers import _moved

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
