"""Systems in letters: what may be stated, and simulations of them with parameters that follow a schedule."""

import numpy as np
import pytest
import sympy as sp

from ecolib import Symbiosis, Values, simulate
from ecolib.fit import checked_numbers, numbers_of
from ecolib.schedule import Schedule
from ecolib.system import System, parameters

x, y, p, q = sp.symbols("x y p q", real=True)
DECAY = System((x,), (-p * x,))
SOURCE = System((x,), (q - p * x,))


def test_parameters_are_the_letters_that_are_not_in_the_state():
    assert parameters(System((x, y), (q * x - y, p * x * y))) == (p, q)
    assert parameters(Symbiosis.of(units=1)) == sp.symbols("K_1 r_1", positive=True)


def test_growth_and_jacobian_follow_from_the_field():
    system = System((x, y), (x * y, p * y**2 - q * y))
    assert system.growth == (y, p * y - q)
    assert system.jacobian == sp.Matrix([[y, x], [0, 2 * p * y - q]])


def test_numbers_take_the_place_of_parameters():
    assert SOURCE.at({q: sp.Rational(1, 2)}).field == (sp.Rational(1, 2) - p * x,)
    with pytest.raises(ValueError, match="unknown letters y: the parameters are p, q"):
        SOURCE.at({y: 1})


@pytest.mark.parametrize(
    ("state", "field", "error", "says"),
    [
        ("x", (x,), TypeError, "x must be a tuple"),
        (("x",), (x,), TypeError, "must be sympy symbols, got 'x'"),
        ((x,), ("x**2",), TypeError, "a rate must be a finite sympy expression or a number, got 'x\\*\\*2'"),
        ((x, x), (x, x), ValueError, "differ, got x twice"),
        ((), (), ValueError, "letters that differ"),
        ((x, y), (x,), ValueError, "field must hold 2 rates, one for each of x, y, got 1"),
        ((x,), (sp.nan,), TypeError, "a finite sympy expression"),
    ],
)
def test_what_is_no_system_is_refused(state, field, error, says):
    with pytest.raises(error, match=says):
        System(state, field)


@pytest.mark.parametrize(
    ("numbers", "error", "says"),
    [
        ({}, ValueError, "missing: p, q"),
        ({p: 1, q: 1, y: 2}, ValueError, "unknown: y"),
        ({p: np.nan, q: 1}, ValueError, "p must be finite, got nan"),
        ({p: "1", q: 1}, TypeError, "p must be an array of real numbers"),
        ({p: [1, 2], q: 1}, TypeError, "p must be one number"),
        ([1, 2], TypeError, "numbers must map letters to numbers, got list"),
    ],
)
def test_numbers_of_a_system_are_checked(numbers, error, says):
    with pytest.raises(error, match=says):
        checked_numbers(SOURCE, numbers)


def test_exact_numbers_are_numbers():
    assert checked_numbers(SOURCE, {p: sp.Rational(1, 4), q: 2}) == {p: 0.25, q: 2.0}


def test_a_system_is_simulated_like_its_exact_solution():
    t = np.linspace(0, 5, 11)
    path = simulate(SOURCE, {p: 0.5, q: 2.0}, x0=(1,), t=t, rtol=1e-10)
    assert path.ended == "finished"
    assert np.allclose(path.x[0], 4 - 3 * np.exp(-0.5 * t), rtol=1e-8)


def test_a_symbiosis_and_its_field_as_a_system_have_one_path():
    model = Symbiosis.of(units=2)
    guest = Values(r=(0.5, 0.4), K=(1, 1), alpha=((0, 0.3), (-0.2, 0)))
    whole = simulate(model, guest, x0=(0.1, 0.2), t=range(30), rtol=1e-10)
    other = simulate(System(model.x, model.field), numbers_of(model, guest), x0=(0.1, 0.2), t=range(30), rtol=1e-10)
    assert np.allclose(whole.x, other.x, rtol=1e-8)


def test_a_ramp_is_followed_exactly():
    t = np.linspace(0, 4, 9)
    ramp = Schedule(times=(1, 3), levels=(0, 2))
    path = simulate(DECAY, {}, x0=(1,), t=t, forcing={p: ramp}, rtol=1e-10)
    integral = np.where(t < 1, 0, np.where(t < 3, (t - 1) ** 2 / 2, 2 + 2 * (t - 3)))
    assert np.allclose(path.x[0], np.exp(-integral), rtol=1e-8)


def test_a_jump_is_followed_exactly():
    t = np.linspace(0, 4, 17)
    jump = Schedule(times=(1.3, 1.3), levels=(1, -1))
    path = simulate(DECAY, {}, x0=(1,), t=t, forcing={p: jump}, rtol=1e-10)
    assert np.allclose(path.x[0], np.exp(np.where(t < 1.3, -t, t - 2.6)), rtol=1e-8)


def test_a_coefficient_of_a_symbiosis_can_follow_a_schedule():
    model, t = Symbiosis.of(units=2), np.linspace(0, 60, 61)
    alone = Values(r=(1, 1), K=(1, 1), alpha=((0, 0), (0, 0)))
    jump = Schedule(times=(30, 30), levels=(0, 0.5))
    path = simulate(model, alone, x0=(1, 1), t=t, forcing={model.alpha[0, 1]: jump})
    assert np.allclose(path.x[0, t <= 30], 1)
    assert abs(path.x[0, -1] - 1.5) < 1e-8


def test_a_state_that_does_not_stay_at_zero_cannot_start_there():
    with pytest.raises(ValueError, match="x must start above 0: at 0 it changes at the rate q"):
        simulate(SOURCE, {p: 1, q: 1}, x0=(0,), t=(0, 1))
    assert simulate(DECAY, {p: 1}, x0=(0,), t=(0, 1)).x.tolist() == [[0, 0]]


@pytest.mark.parametrize(
    ("forcing", "error", "says"),
    [
        ({y: Schedule((0,), (1,))}, ValueError, "a schedule is given for y; the parameters are p"),
        ({p: 3.0}, TypeError, r"the forcing of p must be an ecolib\.schedule\.Schedule, got 3\.0"),
    ],
)
def test_forcing_is_checked(forcing, error, says):
    with pytest.raises(error, match=says):
        simulate(DECAY, {p: 1}, x0=(1,), t=(0, 1), forcing=forcing)


def test_values_are_for_a_symbiosis_and_numbers_for_a_system():
    with pytest.raises(TypeError, match="a system takes numbers by letter"):
        simulate(DECAY, Values(r=(1,), K=(1,), alpha=((0,),)), x0=(1,), t=(0, 1))
    with pytest.raises(TypeError, match=r"values must be ecolib\.Values, got dict"):
        simulate(Symbiosis.of(units=1), {p: 1}, x0=(1,), t=(0, 1))


def test_a_system_that_runs_away_or_turns_into_nonsense_ends_with_a_reason():
    explosive = System((x,), (x**2,))
    path = simulate(explosive, {}, x0=(1,), t=(0, 2))
    assert path.ended == "escaped"
    assert abs(path.reached - 1) < 1e-5
    broken = simulate(System((x,), (x * (1 + sp.sqrt(2 - x)),)), {}, x0=(1,), t=(0, 9))
    assert (broken.ended, broken.reached < np.log(2)) == ("failed", True)


@pytest.mark.parametrize("speed", [1e6, 1e9])
def test_a_trial_step_may_leave_the_range_of_numbers(speed):
    path = simulate(SOURCE, {p: speed, q: 1e-3}, x0=(1,), t=(0, 10))
    assert path.ended == "finished"
    assert abs(path.x[0, -1] * speed / 1e-3 - 1) < 1e-6


@pytest.mark.parametrize("seconds", [0, -1, np.nan])
def test_the_limit_of_time_is_positive(seconds):
    with pytest.raises(ValueError, match="seconds must be positive"):
        simulate(DECAY, {p: 1}, x0=(1,), t=(0, 1), seconds=seconds)


def test_a_schedule_joins_its_levels_by_straight_lines():
    plan = Schedule(times=(0, 2, 2, 4), levels=(1, 3, 0, 0.5))
    assert plan(np.array([-1, 0, 1, 2, 3, 4, 9])).tolist() == [1, 1, 2, 0, 0.25, 0.5, 0.5]
    assert (plan.ends(0, 2), plan.ends(2, 4), plan.ends(5, 6)) == ((1, 3), (0, 0.5), (0.5, 0.5))


@pytest.mark.parametrize(
    ("times", "levels", "says"),
    [
        ((0, 1), (1,), "must have one shape"),
        ((), (), "must have one shape"),
        ((0, np.inf), (1, 1), "must be finite"),
        ((1, 0), (1, 1), "must not decrease"),
        ((0, 0, 0), (1, 2, 3), "at most two may be equal"),
    ],
)
def test_what_is_no_schedule_is_refused(times, levels, says):
    with pytest.raises(ValueError, match=says):
        Schedule(times, levels)


def test_letters_of_an_extension_need_numbers_before_it_runs():
    model = Symbiosis.of(units=1)
    growth = tuple(rate - q for rate in model.growth)
    extended = Symbiosis(model.x, model.r, model.K, model.alpha, growth)
    one = Values(r=(1,), K=(1,), alpha=((0,),))
    with pytest.raises(ValueError, match=r"letters of its own without numbers: q; see Symbiosis\.at"):
        simulate(extended, one, x0=(1,), t=(0, 1))
    assert abs(simulate(extended.at({q: 0.5}), one, x0=(1,), t=(0, 90)).x[0, -1] - 0.5) < 1e-8


def test_rates_and_capacities_of_a_symbiosis_stay_letters():
    model = Symbiosis.of(units=2)
    with pytest.raises(ValueError, match="unknown letters r_1: the parameters are alpha_12, alpha_21"):
        model.at({model.r[0]: 1})
