import itertools

import numpy as np
import pytest
import sympy as sp
from draws import MODELS, holds, law, tenths, values
from hypothesis import assume, given
from hypothesis import strategies as st

from ecolib import READINGS, Mode, Stage, Symbiosis, Values, equilibria, mode, mode_map, regime, stable
from ecolib.modes import mode_condition, mode_of, stage_of
from ecolib.numeric import steady_state

POINTS = {n: equilibria(MODELS[n])[-1] for n in (1, 2, 3)}
SHARED = [Mode.INHIBITION, Mode.AMENSALISM, Mode.INDEPENDENCE, Mode.PARASITISM, Mode.COMMENSALISM, Mode.MUTUALISM]
CONDITIONS = {n: {named: mode_condition(POINTS[n], named) for named in SHARED + [Mode.MIXED] * (n > 2)} for n in (2, 3)}
AB, BA = sp.symbols("alpha_12 alpha_21", real=True)


@pytest.mark.parametrize(
    ("gainers", "losers", "units", "expected"),
    [
        (0, 2, 2, Mode.INHIBITION),
        (0, 1, 2, Mode.AMENSALISM),
        (0, 0, 2, Mode.INDEPENDENCE),
        (1, 1, 2, Mode.PARASITISM),
        (1, 0, 2, Mode.COMMENSALISM),
        (2, 0, 2, Mode.MUTUALISM),
        (0, 3, 3, Mode.INHIBITION),
        (0, 2, 3, Mode.AMENSALISM),
        (1, 2, 3, Mode.PARASITISM),
        (1, 1, 3, Mode.PARASITISM),
        (2, 0, 3, Mode.COMMENSALISM),
        (2, 1, 3, Mode.MIXED),
        (3, 0, 3, Mode.MUTUALISM),
        (1, 0, 1, Mode.MUTUALISM),
        (0, 0, 1, Mode.INDEPENDENCE),
    ],
)
def test_counts_of_gainers_and_losers_name_the_mode(gainers, losers, units, expected):
    assert mode_of(gainers=gainers, losers=losers, units=units) is expected


@pytest.mark.parametrize(("gainers", "losers"), [(-1, 0), (0, -1), (2, 1)])
def test_impossible_counts_are_refused(gainers, losers):
    with pytest.raises(ValueError, match=f"{gainers} gainers and {losers} losers are impossible among 2 units"):
        mode_of(gainers=gainers, losers=losers, units=2)


@pytest.mark.parametrize(
    ("named", "gainers", "balanced", "signs", "shares"),
    [
        (Mode.INHIBITION, 0, False, Stage.INHIBITION, Stage.INHIBITION),
        (Mode.AMENSALISM, 0, False, Stage.INHIBITION, Stage.INHIBITION),
        (Mode.INDEPENDENCE, 0, True, Stage.OUTSIDE, Stage.OUTSIDE),
        (Mode.PARASITISM, 1, False, Stage.SINGLE_BENEFIT, Stage.SINGLE_BENEFIT),
        (Mode.COMMENSALISM, 1, False, Stage.BIASED_BENEFIT, Stage.SINGLE_BENEFIT),
        (Mode.COMMENSALISM, 2, False, Stage.BIASED_BENEFIT, Stage.BIASED_BENEFIT),
        (Mode.MUTUALISM, 2, False, Stage.BALANCED_MUTUALISM, Stage.BIASED_BENEFIT),
        (Mode.MUTUALISM, 2, True, Stage.BALANCED_MUTUALISM, Stage.BALANCED_MUTUALISM),
        (Mode.COMMENSALISM, 2, True, Stage.BIASED_BENEFIT, Stage.BIASED_BENEFIT),
        (Mode.MIXED, 2, False, Stage.OUTSIDE, Stage.BIASED_BENEFIT),
        (Mode.MIXED, 2, True, Stage.OUTSIDE, Stage.BIASED_BENEFIT),
        (Mode.EXCLUSION, 0, False, Stage.OUTSIDE, Stage.OUTSIDE),
        (Mode.BISTABLE, 0, False, Stage.OUTSIDE, Stage.OUTSIDE),
        (Mode.RUNAWAY, 2, True, Stage.OUTSIDE, Stage.OUTSIDE),
        (Mode.UNDECIDED, 0, False, Stage.OUTSIDE, Stage.OUTSIDE),
    ],
)
def test_the_two_readings_name_the_stage(named, gainers, balanced, signs, shares):
    found = [stage_of(named, gainers=gainers, balanced=balanced, reading=reading) for reading in READINGS]
    assert found == [signs, shares]


def test_an_unknown_reading_is_refused():
    with pytest.raises(ValueError, match="reading must be one of signs, shares, got 'words'"):
        stage_of(Mode.MUTUALISM, gainers=2, balanced=True, reading="words")


@pytest.mark.parametrize("units", [2, 3])
@pytest.mark.parametrize("reading", READINGS)
def test_every_mode_of_shared_life_has_a_stage(units, reading):
    for gainers, losers in itertools.product(range(units + 1), repeat=2):
        if gainers + losers <= units:
            named = mode_of(gainers, losers, units)
            assert isinstance(stage_of(named, gainers=gainers, balanced=False, reading=reading), Stage)


@pytest.mark.parametrize(("units", "finer"), [(2, 1), (3, 4)])
@law
@given(data=st.data())
def test_the_signs_of_the_gains_choose_one_mode_condition_at_a_feasible_point(units, finer, data):
    numbers = data.draw(values(units, alpha=tenths.map(lambda a: a / finer)))
    gains = steady_state(POINTS[units], numbers) - 1
    assume(np.all(gains > -1) and not np.any((gains != 0) & (np.abs(gains) < 1e-9)))
    held = [named for named, condition in CONDITIONS[units].items() if holds(condition, MODELS[units], numbers)]
    assert held == [mode_of(gainers=(gains > 0).sum(), losers=(gains < 0).sum(), units=units)]


@pytest.mark.parametrize("units", [2, 3])
@law
@given(data=values(3, alpha=tenths.map(lambda a: a / 4 + 1 / 128)))
def test_mode_conditions_agree_with_the_mode_in_numbers(units, data):
    numbers = Values(r=data.r[:units], K=data.K[:units], alpha=data.alpha[:units, :units])
    assume(regime(MODELS[units], numbers).name == "coexistence")
    assert holds(stable(POINTS[units]) & POINTS[units].feasible, MODELS[units], numbers)
    assert holds(CONDITIONS[units][mode(numbers)], MODELS[units], numbers)


@pytest.mark.parametrize("named", SHARED)
def test_two_units_reach_every_mode_of_shared_life(named):
    quarter = sp.Rational(1, 4)
    signs = itertools.product((quarter, 0, -quarter), repeat=2)
    found = [s for s in signs if CONDITIONS[2][named].subs({AB: s[0], BA: s[1]}) == sp.true]
    expected = {Mode.PARASITISM: 2, Mode.COMMENSALISM: 2, Mode.AMENSALISM: 2}
    assert len(found) == expected.get(named, 1)


def test_mode_conditions_are_polynomial_relations():
    for relation in CONDITIONS[2][Mode.PARASITISM].atoms(sp.core.relational.Relational):
        assert relation.lhs.is_polynomial(AB, BA)
        assert relation.rhs == 0


@pytest.mark.parametrize("named", [Mode.EXCLUSION, Mode.BISTABLE, Mode.RUNAWAY, Mode.UNDECIDED, Mode.MIXED])
def test_modes_that_signs_of_two_gains_do_not_decide_have_no_condition(named):
    with pytest.raises(ValueError, match=f"{named} is not decided by the signs of 2 gains"):
        mode_condition(POINTS[2], named)


def test_modes_compare_all_units():
    with pytest.raises(ValueError, match=r"modes compare all units, but \(1,\) are absent from this equilibrium"):
        mode_condition(equilibria(MODELS[2])[1], Mode.MUTUALISM)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (-2, -2, Mode.BISTABLE),
        (-2, 0, Mode.EXCLUSION),
        (2, 0.5, Mode.RUNAWAY),
        (2, 2, Mode.RUNAWAY),
        (-1, 0, Mode.UNDECIDED),
        (-1, -1, Mode.UNDECIDED),
        (0.5, 0.25, Mode.MUTUALISM),
    ],
)
def test_the_mode_tells_when_there_is_no_shared_life(a, b, expected):
    assert mode(Values(r=(1, 1), K=(1, 1), alpha=((0, a), (b, 0)))) is expected


def test_an_unclear_gain_counts_as_none_within_the_tolerance():
    nearly = Values(r=(1, 1), K=(1, 1), alpha=((0, 0.5), (1e-3, 0)))
    assert list(Mode)[mode_map(nearly)] is Mode.MUTUALISM
    assert list(Mode)[mode_map(nearly, tol=1e-2)] is Mode.COMMENSALISM
    assert list(Mode)[mode_map(Values(r=(1, 1), K=(1, 1), alpha=((0, 0.5), (1e-12, 0))))] is Mode.COMMENSALISM


def test_a_map_of_modes_has_the_shape_of_its_batch():
    grid = Values(r=(1, 1), K=(1, 1), alpha=[[[[0, a], [b, 0]] for a in (-0.5, 0, 0.5)] for b in (0, 0.5)])
    named = [[list(Mode)[code].value for code in row] for row in mode_map(grid)]
    assert named == [["amensalism", "independence", "commensalism"], ["parasitism", "commensalism", "mutualism"]]


def test_one_mode_is_for_one_set_of_values():
    with pytest.raises(ValueError, match=r"mode takes one parameter set, got a batch of shape \(2,\): use mode_map"):
        mode(Values(r=(1, 1), K=(1, 1), alpha=[[[0, a], [0, 0]] for a in (0, 1)]))


def test_mode_conditions_of_given_numbers_are_answers():
    *_, both = equilibria(Symbiosis.of(alpha=sp.Matrix([[0, sp.Rational(1, 2)], [0, 0]])))
    assert mode_condition(both, Mode.COMMENSALISM) == sp.true
    assert mode_condition(both, Mode.MUTUALISM) == sp.false
