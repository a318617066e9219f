"""Pay-back: accumulated gain by the engine's path, the ladder of times, and what moves pay-back."""

from dataclasses import replace

import mpmath as mp
import numpy as np
import pytest

from ecolib.paper.construction.institutions.jcurve import JCurve
from ecolib.paper.construction.institutions.payback import accumulated_gain, loss, pay_back, rung

DRAWS = np.random.default_rng(11).uniform(size=(10, 5))


def curves(ramp=0.0):
    for m, sigma, delta, rho, time in DRAWS:
        yield JCurve(0.05 + 0.9 * m, 1.1 + 3 * sigma, 10 ** (2 * delta - 1), 10 ** (2 * rho - 1), ramp * time)


@pytest.mark.parametrize("ramp", [0.0, 9.0])
def test_the_accumulated_gain_is_the_area_under_the_path_of_the_engine(ramp):
    for curve in curves(ramp):
        t = np.linspace(0, 2 * curve.recovery_time, 4001)
        y = curve.path(t).x[0]
        area = np.trapezoid(y - 1, t)
        assert accumulated_gain(curve, [t[-1]])[0] == pytest.approx(area, abs=1e-5 * t[-1])


def test_recovery_and_pay_back_lie_between_their_rungs():
    for curve in curves():
        first, second, third = (rung(j, sigma=curve.sigma, delta=curve.delta) for j in (1, 2, 3))
        assert first < curve.recovery_time < second < pay_back(curve) < third


def test_a_departure_slower_than_the_fourth_rung_moves_all_times_up_by_one_rung():
    for curve in curves():
        _, second, third, fourth = (rung(j, sigma=curve.sigma, delta=curve.delta) for j in (1, 2, 3, 4))
        slow = replace(curve, ramp=1.1 * fourth)
        assert slow.break_even == pytest.approx(second, rel=1e-9)
        assert second < slow.recovery_time < third < pay_back(slow) < fourth


def test_the_rungs_are_sharp_in_fast_and_in_slow_networks():
    fast, slow = (JCurve(m=0.3, sigma=2.0, delta=1.0, rho=rho) for rho in (1e4, 1e-4))
    assert pay_back(fast) == pytest.approx(rung(2, sigma=2.0, delta=1.0), rel=1e-3)
    assert pay_back(slow) == pytest.approx(rung(3, sigma=2.0, delta=1.0), rel=1e-3)


@pytest.mark.parametrize(
    ("name", "later", "more"), [("m", -1, 1), ("rho", -1, 1), ("sigma", -1, -1), ("delta", -1, -1)]
)
def test_pay_back_and_loss_move_with_each_letter_as_proved(name, later, more):
    for curve in curves():
        other = replace(curve, **{name: 1.02 * getattr(curve, name)})
        assert np.sign(pay_back(other) - pay_back(curve)) == later
        assert np.sign(loss(other) - loss(curve)) == more


def test_the_loss_stays_below_its_bound_and_reaches_it_in_fast_networks():
    for curve in curves():
        bound = curve.m * (1 - (curve.sigma - 1) * np.log(curve.sigma / (curve.sigma - 1))) / curve.delta
        assert 0 < loss(curve) < bound
        assert loss(replace(curve, rho=1e5 * curve.delta)) == pytest.approx(bound, rel=1e-2)


def test_the_loss_is_the_most_that_was_ever_lacking():
    for curve in curves(ramp=5.0):
        t = np.linspace(0, 2 * curve.recovery_time, 401)
        assert loss(curve) == pytest.approx(-accumulated_gain(curve, t).min(), rel=1e-3)


def test_rungs_are_those_of_high_precision():
    with mp.workdps(60):
        for sigma in (1.001, 2.0, 50.0, 1e4):
            for j in (2, 3, 5):
                s, near = mp.mpf(sigma), rung(j, sigma=sigma, delta=1.0)

                # i integrals of exp(-x) from 0 are, up to the sign, exp(-x) less the first i terms of its series.
                def lack(x, s=s, i=j - 1):
                    left = mp.exp(-x) - mp.fsum((-x) ** n / mp.factorial(n) for n in range(i))
                    return (s - 1) * x**i / mp.factorial(i) - s * (-1) ** i * left

                assert near == pytest.approx(float(mp.findroot(lack, mp.mpf(near))), rel=1e-11)


def test_without_a_return_above_one_nothing_is_paid_back():
    curve = JCurve(m=0.4, sigma=1.0, delta=0.5, rho=1.0)
    assert (loss(curve), pay_back(curve), rung(2, sigma=1.0, delta=0.5)) == (np.inf, np.inf, np.inf)


@pytest.mark.parametrize(("j", "error"), [(0, ValueError), (21, ValueError), (1.0, TypeError), (True, TypeError)])
def test_a_rung_that_is_none_is_refused(j, error):
    with pytest.raises(error, match="j must be"):
        rung(j, sigma=2.0, delta=1.0)
