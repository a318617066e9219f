"""Complements and substitutes: the same levers are either, depending on the benefit, the scale and the fold."""

from itertools import combinations

import numpy as np
import pytest

from ecolib.paper.policy import (
    BENEFITS,
    CLASSES,
    LEVERS,
    PASSAGES,
    RANGES,
    BaseCase,
    apply,
    interaction,
    interactions,
    outcome,
    passage,
    relation,
    rest,
)

STUCK, LATE = BaseCase(), BaseCase(tau=3.0)
ON_COEFFICIENTS = ("alliance", "open border", "digital")
ON_SPEED = ("circulation", "digital")


def test_an_interaction_is_the_joint_effect_less_both_single_ones() -> None:
    doses = ({}, {"alliance": 0.6}, {"digital": 0.6}, {"alliance": 0.6, "digital": 0.6})
    none, one, other, both = (-np.log(float(outcome(apply(STUCK, dose), "phi_c"))) for dose in doses)
    found = interaction(STUCK, "alliance", "digital", benefit="threshold", dose=0.6)
    assert float(found) == pytest.approx(both - one - other + none, rel=1e-12)


@pytest.mark.parametrize("pair", list(combinations(ON_COEFFICIENTS, 2)))
def test_on_the_threshold_levers_on_the_coefficients_are_complements_at_random_cases(pair: tuple[str, str]) -> None:
    rng = np.random.default_rng(1)
    case = BaseCase(
        s=rng.uniform(0.3, 2, 200),
        c=rng.uniform(0.05, 0.9, 200),
        omega=rng.uniform(0.05, 0.98, 200),
        pull=rng.uniform(0, 0.95, 200),
    )
    assert np.all(interaction(case, *pair, benefit="threshold", dose=rng.uniform(0.1, 1, 200)) > 0)


def test_on_the_threshold_levers_on_motion_do_nothing() -> None:
    table = interactions(STUCK, benefit="threshold")
    at = [list(LEVERS).index(name) for name in ("platform", "circulation")]
    assert np.all(np.nan_to_num(table[at]) == 0)


@pytest.mark.parametrize("lever", ["alliance", "open border", "digital"])
def test_in_years_what_lowers_the_threshold_and_what_speeds_up_are_substitutes(lever: str) -> None:
    assert relation(LATE, lever, "circulation", benefit="years") == "substitutes"


def test_in_logarithms_of_a_date_without_inflow_and_diffusion_speed_and_threshold_are_independent() -> None:
    case = BaseCase(tau=3.0, eta=1e-12, pace=0.0)
    doses = ({}, {"alliance": 1}, {"circulation": 1}, {"alliance": 1, "circulation": 1})
    none, one, other, both = (np.log(float(outcome(apply(case, dose), "t_c"))) for dose in doses)
    assert both - one - other + none == pytest.approx(0, abs=1e-9)


def test_circulation_and_digital_are_complements_short_of_the_fold_and_substitutes_where_each_passes_it() -> None:
    found = [float(interaction(STUCK, *ON_SPEED, benefit="gain", dose=dose)) for dose in (0.2, 1.0)]
    assert found[0] > 1
    assert found[1] < -1
    assert [relation(STUCK, *ON_SPEED, benefit="gain", dose=dose) for dose in (0.2, 1.0)] == [
        "complements",
        "substitutes",
    ]


def test_the_sign_on_the_gain_belongs_to_the_fold() -> None:
    doses = ({}, {"circulation": 0.2}, {"digital": 0.2}, {"circulation": 0.2, "digital": 0.2})
    kinds = [CLASSES[int(rest(apply(STUCK, dose)).kind)] for dose in doses]
    assert kinds == ["inhibition", "single benefit", "single benefit", "balanced mutualism"]


def test_a_table_is_symmetric_and_has_no_diagonal() -> None:
    for benefit in BENEFITS:
        table = interactions(LATE, benefit=benefit, dose=0.5)
        assert np.array_equal(table, table.T, equal_nan=True)
        assert np.all(np.isnan(np.diag(table)))


def test_where_a_benefit_is_infinite_the_relation_is_undefined() -> None:
    assert relation(STUCK, "alliance", "digital", benefit="years", dose=0.1) == "undefined"
    assert relation(BaseCase(s=2.6, tau=2.0), "platform", "digital", benefit="gain") == "undefined"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: relation(STUCK, "digital", "digital", benefit="gain"), "two different levers are needed"),
        (lambda: relation(STUCK, "digital", "platform", benefit="votes"), "a benefit is one of threshold"),
        (lambda: relation(STUCK, "digital", "taxes", benefit="gain"), "a lever is one of alliance"),
        (lambda: interaction(STUCK, "digital", "platform", benefit="gain", dose=2), "dose must be between 0 and 1"),
    ],
)
def test_names_and_doses_out_of_range_are_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_pairs_that_pass_the_fold_only_together_are_complements_and_where_each_passes_substitutes() -> None:
    rng = np.random.default_rng(9)
    case = BaseCase(**{name: rng.uniform(*ends, 400) for name, ends in RANGES.items()})
    signs = {name: [0, 0] for name in PASSAGES}
    for pair in combinations(LEVERS, 2):
        kinds, sign = passage(case, *pair, dose=0.5), interaction(case, *pair, benefit="gain", dose=0.5)
        for k, name in enumerate(PASSAGES):
            signs[name][0] += int(np.sum((kinds == k) & (sign > 0)))
            signs[name][1] += int(np.sum((kinds == k) & (sign < 0)))
    assert signs["only together"][0] > 30 > signs["only together"][1] == 0
    assert signs["each alone"][1] > 50 * max(1, signs["each alone"][0])
    assert min(min(signs[name]) for name in ("one alone", "no need")) > 10


def test_the_benefits_are_what_their_names_say() -> None:
    case = BaseCase(tau=1.3)
    assert BENEFITS["gain"](case) == rest(case).follower != rest(case).leader
    assert BENEFITS["shortfall"](case) == pytest.approx(-np.log(float(outcome(case, "shortfall_c"))))
    assert BENEFITS["threshold"](case) == pytest.approx(-np.log(float(outcome(case, "phi_c"))))
    assert BENEFITS["years"](LATE) == -outcome(LATE, "t_c")
