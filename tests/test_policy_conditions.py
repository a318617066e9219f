"""The conditions behind the verdicts, against what they are about."""

from dataclasses import replace

import numpy as np
import pytest

from ecolib.paper.policy import (
    BaseCase,
    aligns,
    apply,
    carries_over,
    critical,
    dose_needed,
    letters,
    needed,
    only_together,
    passage,
    rest,
    sharing_pays,
    stuck,
    tipping_dose,
)


def draws(size):
    rng = np.random.default_rng(11)
    low, high = (0.3, 0.05, 0.0, 0.0), (1.9, 0.95, 1.0, 0.9)
    s, c, omega, pull = rng.uniform(low, high, (size, 4)).T
    return BaseCase(s=s, c=c, omega=omega, pull=pull), rng.uniform(0.05, 3, size)


def test_sharing_pays_exactly_where_a_little_more_of_it_lowers_the_intensity_needed() -> None:
    case, V = draws(500)
    less = needed(replace(case, pull=case.pull + 1e-6), V) < needed(case, V)
    assert np.array_equal(sharing_pays(case, V), less)
    assert 50 < less.sum() < 450


def test_an_open_border_lowers_the_intensity_needed_everywhere() -> None:
    case, V = draws(500)
    assert np.all(needed(replace(case, omega=case.omega * 0.999), V) > needed(case, V))


def test_less_friction_lowers_the_intensity_needed_everywhere() -> None:
    case, V = draws(500)
    assert np.all(needed(replace(case, c=case.c * 0.999), V) < needed(case, V))


def test_platforms_lower_the_intensity_needed_exactly_where_they_align() -> None:
    for given, helps in (({}, True), ({"image": 0.0}, False), ({"linked": 0.0}, False)):
        case = BaseCase(**given)
        assert bool(aligns(case)) == helps
        assert bool(needed(apply(case, {"platform": 1}), 0.7) < needed(case, 0.7)) == helps


def test_a_case_is_stuck_below_its_critical_intensity_and_free_above_it() -> None:
    tau_up, V_up = critical(BaseCase())
    for factor, kept in ((0.999, True), (1.001, False)):
        case = BaseCase(tau=float(tau_up) * factor)
        assert bool(stuck(case)) == kept
        assert bool(V_up < rest(case).V) == kept


def test_a_lever_that_removes_the_fold_and_leaves_units_unlike_does_not_carry_over() -> None:
    case = BaseCase(tau=0.5, pace=0.05, linked=0.6)
    after = apply(case, {"platform": 1.0})
    assert stuck(case)
    assert not stuck(after)
    assert 4 * critical(case)[1] < rest(after).V
    assert not carries_over(case, {"platform": 1.0})


def test_the_tipping_dose_is_where_the_lever_begins_to_carry_over() -> None:
    for name in ("alliance", "circulation", "digital"):
        dose = tipping_dose(BaseCase(), name)
        assert carries_over(BaseCase(), {name: dose + 1e-6})
        assert not carries_over(BaseCase(), {name: dose - 1e-6})
    assert tipping_dose(BaseCase(), "open border") == np.inf
    assert tipping_dose(BaseCase(tau=1.2), "digital") == 0


def test_just_short_of_the_tipping_dose_circulation_does_little_and_just_past_it_everything() -> None:
    dose = tipping_dose(BaseCase(), "circulation")
    gains = [float(rest(apply(BaseCase(), {"circulation": d})).follower) for d in (0, dose * 0.999, dose * 1.001)]
    assert gains[1] - gains[0] < 0.35
    assert gains[2] - gains[1] > 2


def test_units_rest_where_the_dose_needed_puts_them() -> None:
    V = np.array([1.9, 1.2, 0.12, 0.05])
    for level, dose in zip(V, dose_needed(BaseCase(), "circulation", V), strict=True):
        after = apply(BaseCase(), {"circulation": dose})
        assert needed(after, level) == pytest.approx(float(after.tau), rel=1e-9)
    assert np.isnan(dose_needed(BaseCase(), "circulation", [2.5, 1e-3])).all()


def test_two_levers_are_only_together_enough_in_a_window_of_doses() -> None:
    doses = np.linspace(0, 1, 41)
    window = only_together(BaseCase(), "circulation", "digital", dose=doses)
    together = carries_over(BaseCase(), {"circulation": doses, "digital": doses})
    assert 0 < window.sum() < together.sum()
    assert np.all(doses[window] <= tipping_dose(BaseCase(), "circulation"))


def test_a_pair_that_is_free_already_needs_nobody() -> None:
    assert not only_together(BaseCase(tau=1.5), "circulation", "digital", dose=0.2)
    assert not only_together(BaseCase(s=1.0), "circulation", "digital", dose=0.2)


def test_the_leader_loses_by_less_friction_in_deep_inhibition_where_a_rival_recovers() -> None:
    case = BaseCase(s=1.5, c=np.array([7 / 8, 7 / 8 - 1e-4]), omega=0.5)
    before, after = case.at(letters.gain_1, phi=1 / 8)
    assert after < before < 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: tipping_dose(BaseCase(), "taxes"), "a lever is one of"),
        (lambda: tipping_dose(BaseCase(c=[0.1, 0.2]), "digital"), "one case is needed, got a batch"),
        (lambda: sharing_pays(BaseCase(), -1.0), "V must be at least 0"),
    ],
)
def test_arguments_out_of_range_are_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_a_case_without_a_fold_has_no_tipping_dose() -> None:
    assert np.isnan(tipping_dose(BaseCase(s=1.0), "digital"))


def test_passage_says_which_of_two_levers_carry_a_case_over() -> None:
    doses = np.linspace(0, 1, 21)
    pair = ("circulation", "digital")
    alone = [carries_over(BaseCase(), {name: doses}).astype(int) for name in pair]
    found = passage(BaseCase(), *pair, dose=doses)
    together = carries_over(BaseCase(), dict.fromkeys(pair, doses))
    assert found.tolist() == np.where(sum(alone) > 0, sum(alone) + 1, together.astype(int)).tolist()
    assert set(found.tolist()) == {0, 1, 2, 3}
    assert passage(BaseCase(tau=1.5), *pair, dose=0.2) == passage(BaseCase(s=1.0), *pair, dose=0.2) == 4


def test_conditions_pass_on_the_cut() -> None:
    base = BaseCase()
    assert not carries_over(base, {"platform": 0.95})
    assert carries_over(base, {"platform": 0.95}, cut=0.99)
    assert not only_together(base, "circulation", "digital", dose=0.2, cut=0.1)
    assert passage(base, "circulation", "digital", dose=0.2, cut=0.1) == 0
    assert only_together(base, "circulation", "digital", dose=0.2)
    wide, usual = (float(dose_needed(base, "circulation", 1.0, cut=cut)) for cut in (0.8, 0.5))
    assert 0.8 * wide == pytest.approx(0.5 * usual, rel=1e-6)


def test_a_lever_that_lets_benefit_run_away_carries_over() -> None:
    case = BaseCase(s=2.3, tau=0.6)
    assert stuck(case)
    assert np.isnan(rest(apply(case, {"circulation": 1})).V)
    assert carries_over(case, {"circulation": 1})
