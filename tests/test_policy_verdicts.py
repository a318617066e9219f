"""What verdicts on the policies say of rest and of dates, with the numbers that limit them."""

from dataclasses import replace

import numpy as np
import pytest

from ecolib.paper.policy import (
    LEVERS,
    RANGES,
    BaseCase,
    apply,
    coexists,
    critical,
    date,
    inflow_borne,
    needed,
    rest,
    thresholds,
    tipping_dose,
)


def test_at_rest_an_open_border_or_a_platform_can_cost_the_follower() -> None:
    before = rest(BaseCase(tau=0.5))
    for name in ("open border", "platform"):
        after = rest(apply(BaseCase(tau=0.5), {name: 0.5}))
        assert after.leader > before.leader
        assert after.follower < before.follower < 0


def test_more_newcomers_cancel_an_open_border_and_more_transfer() -> None:
    base, more = BaseCase(), apply(BaseCase(eta=0.115), {"open border": 1})
    assert critical(apply(base, {"open border": 1}))[0] < critical(base)[0] < critical(more)[0]
    assert rest(apply(BaseCase(eta=0.12), {"open border": 1})).V > rest(base).V
    assert rest(BaseCase(tau=1.6, eta=0.2)).V > rest(base).V + 0.1
    still = [float(rest(BaseCase(tau=tau, eta=eta, pace=0.0)).V) for tau, eta in ((0.8, 0.1), (1.6, 0.2))]
    assert still[0] == pytest.approx(still[1], rel=1e-9)


def test_past_the_fold_units_land_in_biased_benefit_before_they_land_in_balance() -> None:
    dose, V_b = tipping_dose(BaseCase(), "circulation"), -np.log(float(thresholds(BaseCase())[2]))
    for factor, kind in ((1.01, 2), (1.3, 3)):
        after = rest(apply(BaseCase(), {"circulation": dose * factor}))
        assert after.kind == kind
        assert (V_b > after.V) == (kind == 3)


@pytest.mark.parametrize("stage", [1, 2])
def test_no_lever_delays_followers_in_the_timetable(stage: int) -> None:
    rng = np.random.default_rng(12)
    ranges = {name: rng.uniform(*ends, 400) for name, ends in RANGES.items()} | {"tau": rng.uniform(1, 8, 400)}
    case = BaseCase(**ranges, V_q=rng.uniform(0, 3, 400), V_p=rng.uniform(0, 3, 400))
    before = date(case, thresholds(case)[stage])
    for name in LEVERS:
        after = apply(case, {name: 0.5})
        assert np.all(date(after, thresholds(after)[stage]) <= before * (1 + 1e-9))
    assert np.isfinite(before).sum() > 20


def test_platforms_bring_dates_forward_where_units_differ_in_image_parameters_at_the_start() -> None:
    for given, sooner in (({}, True), ({"linked": 0.0}, True), ({"linked": 0.0, "V_p": 0.0}, False)):
        case = BaseCase(tau=3.0, **given)
        phi = thresholds(case)[1]
        assert bool(date(apply(case, {"platform": 1}), phi) < date(case, phi)) == sooner


def test_levers_help_exactly_if_inflow_rises_by_less_than_they_bear() -> None:
    rng = np.random.default_rng(13)
    case, V = BaseCase(**{name: rng.uniform(*ends, 200) for name, ends in RANGES.items()}), rng.uniform(0.3, 2.5, 200)
    for name in LEVERS:
        borne, after = inflow_borne(case, {name: 0.7}, V), apply(case, {name: 0.7})
        for factor, helps in ((0.999, True), (1.001, False)):
            more = replace(after, eta=after.eta * np.where(np.isnan(borne), 1, borne) * factor)
            less = needed(more, V) / more.tau < needed(case, V) / case.tau
            assert np.all((less == helps) | np.isnan(borne))
        assert np.isfinite(borne).sum() > 150


def test_there_is_room_for_coexistence_where_benefit_does_not_run_away() -> None:
    assert coexists(BaseCase(s=2.6), [3.0, 0.01]).tolist() == [True, False]
    assert np.isnan(inflow_borne(BaseCase(s=2.6), {"digital": 1}, 0.01))
