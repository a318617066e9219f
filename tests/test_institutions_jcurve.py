"""The J-curve: the quadrature is the path, and dip and recovery are what the theorem says."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.special import hyp1f1

from ecolib.paper.construction.institutions import JCurve, ramp_enough, recovery_window

RATES = np.random.default_rng(5).uniform(size=(12, 5))


def curves(ramp=False, least=1.05):
    """Curves drawn at random, rates over two orders of magnitude."""
    for m, sigma, delta, rho, time in RATES:
        yield JCurve(0.05 + 0.9 * m, least + 2 * sigma, 10 ** (2 * delta - 1), 10 ** (2 * rho - 1), 9 * time * ramp)


@pytest.mark.parametrize("ramp", [False, True])
def test_the_quadrature_is_the_path_of_the_engine(ramp):
    for curve in curves(ramp, least=0.0):
        t = np.linspace(0, 20, 41)
        assert np.abs(curve.path(t).x[0] - curve.strength(t)).max() < 1e-6


def test_the_quadrature_is_the_closed_form_in_kummers_function():
    for curve in curves(least=0.2):
        E, x = curve.long_run, np.exp(-curve.delta * 1.3)
        a, b = curve.rho * E / curve.delta, curve.rho * curve.sigma * curve.m / curve.delta
        own = hyp1f1(-a, 1 - a, b * x) - x**a * hyp1f1(-a, 1 - a, b)
        exact = 1 / (x**a * np.exp(b * (1 - x)) + np.exp(-b * x) * own / E)
        assert curve.strength([1.3])[0] == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize(("numbers", "t"), [((0.3, 1.5, 1e-2, 1e3), 30.0), ((0.5, 1e4, 1.0, 1.0), 0.7)])
def test_the_quadrature_holds_where_time_scales_are_far_apart(numbers, t):
    curve = JCurve(*numbers)
    found = solve_ivp(lambda s, x: [curve.rho * (curve.carried(s) - np.exp(x[0]))], (0, t), [0.0],
                      method="Radau", rtol=1e-12, atol=1e-13)  # fmt: skip
    assert curve.strength([t])[0] == pytest.approx(np.exp(found.y[0, -1]), rel=1e-9)


def test_without_return_the_path_is_logistic_however_slowly_it_settles():
    E, t = 0.001, np.array([5.0, 500.0, 1e6])
    exact = E / (1 - (1 - E) * np.exp(-E * t))
    assert JCurve(1 - E, 0.0, 1.0, 1.0).strength(t) == pytest.approx(exact, rel=1e-9)


def test_at_resonance_where_kummers_function_has_a_pole_the_quadrature_goes_on():
    # sigma = 1, rho = 2 delta: with x = exp(-delta t) and b = rho m / delta the integral is elementary in exp and Ei.
    from scipy.integrate import quad

    curve, t = JCurve(m=0.5, sigma=1.0, delta=1.0, rho=2.0), 1.7
    x = np.exp(-t)
    integral = quad(lambda s: s**-3 * np.exp(s), x, 1, epsabs=1e-13)[0]
    exact = 1 / (x**2 * np.exp(1 - x) + 2 * x**2 * np.exp(-x) * integral)
    assert curve.strength([t])[0] == pytest.approx(exact, rel=1e-11)


@pytest.mark.parametrize("ramp", [False, True])
def test_dip_and_recovery_are_those_of_the_path(ramp):
    for curve in curves(ramp):
        t = np.linspace(0, 1.2 * curve.recovery_time, 4001)
        y = curve.path(t).x[0]
        assert 1 - y.min() == pytest.approx(curve.depth, abs=1e-5)
        assert abs(t[y.argmin()] - curve.dip_time) <= 2e-3 * t[-1] + 1e-3
        back = t[np.flatnonzero((y[1:] >= 1) & (y[:-1] < 1))[-1] + 1]
        assert back == pytest.approx(curve.recovery_time, rel=1e-3)


def test_roots_are_roots():
    for curve in curves():
        dip, back = curve.dip_time, curve.recovery_time
        assert curve.strength([dip])[0] == pytest.approx(curve.carried(dip), abs=1e-10)
        assert curve.strength([back])[0] == pytest.approx(1, abs=1e-10)


def test_there_is_always_a_loss_at_first_and_it_is_less_than_the_departure():
    for curve in curves(least=0.0):
        assert curve.strength([1e-4])[0] == pytest.approx(1 - 1e-4 * curve.rho * curve.m, abs=1e-6)
        assert 0 < curve.depth < curve.m


def test_the_dip_comes_before_break_even_and_recovery_within_its_window():
    for curve in curves():
        earliest, latest = recovery_window(sigma=curve.sigma, delta=curve.delta)
        assert earliest == curve.break_even
        assert 0 < curve.dip_time < earliest < curve.recovery_time < latest


@pytest.mark.parametrize(
    ("name", "depth", "recovery"), [("m", 1, 1), ("rho", 1, -1), ("sigma", -1, -1), ("delta", -1, -1)]
)
def test_depth_and_recovery_time_move_with_each_letter_as_proved(name, depth, recovery):
    for curve in curves():
        more = replace(curve, **{name: getattr(curve, name) * 1.02})
        assert np.sign(more.depth - curve.depth) == depth
        assert np.sign(more.recovery_time - curve.recovery_time) == recovery


def test_with_a_ramp_and_full_return_the_dip_comes_after_all_have_left():
    curve, t = JCurve(m=0.3, sigma=1.0, delta=1.0, rho=1.0, ramp=5.0), np.linspace(0, 30, 3001)
    y = curve.path(t).x[0]
    assert curve.dip_time == pytest.approx(t[y.argmin()], abs=0.01)
    assert curve.depth == pytest.approx(1 - y.min(), abs=1e-6)


@pytest.mark.parametrize("sigma", [1e-6, 1e-4, 0.5])
def test_a_turn_is_located_where_it_is_or_said_to_be_too_flat(sigma):
    curve = JCurve(m=0.3, sigma=sigma, delta=0.2, rho=1.0)
    t = np.linspace(0, 60, 1501)
    assert curve.dip_time == pytest.approx(t[curve.strength(t).argmin()], abs=0.1)
    with pytest.raises(ValueError, match="too flat to be located"):
        _ = replace(curve, sigma=1e-9).dip_time


def test_the_least_departure_is_as_exact_as_the_linear_equation_says():
    # For small m: y = 1 - m u with u' = rho (1 - sigma (1 - exp(-delta t)) - u), and recovery where u = 0.
    small = JCurve(m=1e-6, sigma=1.5, delta=0.2, rho=1.0)
    t = small.recovery_time
    u = -0.5 * (1 - np.exp(-t)) + 1.5 / 0.8 * (np.exp(-0.2 * t) - np.exp(-t))
    assert abs(u) < 1e-6
    assert small.depth / small.m == pytest.approx(1 - 1.5 * (1 - np.exp(-0.2 * small.dip_time)), rel=1e-6)


def test_paths_and_what_can_be_carried_are_asked_for_at_times_that_exist():
    curve = JCurve(m=0.3, sigma=1.5, delta=0.2, rho=1.0)
    with pytest.raises(ValueError, match=r"times must start at 0, got \[1, 2\]"):
        curve.path([1, 2])
    for given, error in ((np.nan, ValueError), (-3.0, ValueError), ("a", TypeError), ([1, 2], ValueError)):
        with pytest.raises(error, match="t must"):
            curve.carried(given)


def test_without_a_return_above_one_nothing_recovers():
    for sigma in (0.0, 0.6, 1.0):
        curve = JCurve(m=0.4, sigma=sigma, delta=0.5, rho=1.0)
        assert (curve.recovers, curve.break_even, curve.recovery_time) == (False, np.inf, np.inf)
        assert curve.strength(np.linspace(0.01, 30, 60)).max() < 1
        assert curve.strength([300.0])[0] == pytest.approx(curve.long_run, abs=2e-2)


def test_a_slow_network_with_a_small_return_never_turns_exactly_as_decided():
    t, decided = np.linspace(0, 120, 2401), []
    for sigma in (0.0, 0.05, 0.2, 0.4, 0.8):
        curve = JCurve(m=0.5, sigma=sigma, delta=1.0, rho=0.4)
        y = curve.strength(t)
        decided.append(curve.turns)
        assert curve.turns == bool((np.diff(y) > 1e-13).any())
        assert np.isfinite(curve.dip_time) == curve.turns
    assert set(decided) == {True, False}


def test_without_any_return_a_network_never_turns_however_fast_it_grows():
    for rho in (0.1, 1.0, 50.0):
        curve = JCurve(m=0.4, sigma=0.0, delta=1.0, rho=rho)
        assert (curve.turns, curve.dip_time, curve.depth) == (False, np.inf, pytest.approx(0.4))


def test_it_turns_where_knowledge_is_slower_than_the_network():
    curve = JCurve(m=0.5, sigma=0.2, delta=1.0, rho=1.75)  # rho E / delta = 1.05
    y = curve.strength(np.linspace(0, 20, 2001))
    assert curve.turns
    assert y.min() < y[-1] - 1e-6
    assert curve.depth == pytest.approx(1 - y.min(), abs=1e-6)


def test_a_slow_enough_departure_keeps_the_dip_small_however_fast_the_network_grows():
    for curve in curves():
        ramp = ramp_enough(m=curve.m, sigma=curve.sigma, delta=curve.delta, depth=curve.m / 4)
        depths = [replace(curve, rho=rho, ramp=ramp).depth for rho in (0.3, 30.0)]
        assert 0 < depths[0] < depths[1] < curve.m / 4


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"m": 1.0}, ValueError, "m must be at least 1e-06 and below 1, got 1.0"),
        ({"m": 1e-17}, ValueError, "m must be at least 1e-06 and below 1, got 1e-17"),
        ({"sigma": 1 + 1e-15}, ValueError, r"m \|sigma - 1\| at least 1e-09"),
        ({"m": 0.0}, ValueError, "m must be positive"),
        ({"sigma": 10001.0}, ValueError, "sigma must be at most 10000"),
        ({"m": 1 - 1e-7}, ValueError, "within a factor of 1e6"),
        ({"sigma": -0.1}, ValueError, "sigma must be at least 0"),
        ({"delta": np.nan}, ValueError, "delta must be positive and finite"),
        ({"rho": "fast"}, TypeError, "rho"),
        ({"ramp": np.inf}, ValueError, "ramp must be at least 0 and finite"),
        ({"rho": 1e9}, ValueError, "within a factor of 1e6"),
    ],
)
def test_what_is_out_of_range_is_refused(given, error, message):
    with pytest.raises(error, match=message):
        JCurve(**({"m": 0.3, "sigma": 1.5, "delta": 1.0, "rho": 1.0} | given))


def test_a_turn_with_a_ramp_and_no_recovery_is_not_guessed():
    with pytest.raises(ValueError, match=r"sigma of at least 1, got 0\.5"):
        _ = JCurve(m=0.3, sigma=0.5, delta=1.0, rho=1.0, ramp=2.0).turns
