"""What holds however fast B's network grows: the window of recovery, and how slow a departure must be."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import lambertw

from ecolib.paper.construction.institutions import JCurve, ramp_enough, recovery_window


def test_the_window_is_sharp_in_fast_and_in_slow_networks():
    earliest, latest = recovery_window(sigma=1.5, delta=1.0)
    slow, fast = (JCurve(m=0.3, sigma=1.5, delta=1.0, rho=rho) for rho in (1e-4, 3e3))
    assert slow.recovery_time == pytest.approx(latest, rel=1e-3)
    assert slow.dip_time == pytest.approx(earliest, rel=1e-3)
    assert fast.recovery_time == pytest.approx(earliest, rel=2e-3)
    assert fast.depth == pytest.approx(0.3, rel=0.02)


def test_a_departure_shorter_than_enough_lets_some_network_fall_deeper():
    for m, sigma, delta, depth in ((0.3, 1.05, 1.0, 0.25), (0.3, 1.5, 0.2, 0.05), (0.5, 0.6, 1.0, 0.3)):
        enough = ramp_enough(m=m, sigma=sigma, delta=delta, depth=depth)
        t = np.linspace(0, 3 * enough + 8 / delta, 601)
        fast = [JCurve(m, sigma, delta, 200 * delta, factor * enough) for factor in (1.0, 0.95)]
        slow, quick = (1 - curve.strength(t).min() for curve in fast)
        assert slow < depth < quick
    assert ramp_enough(m=0.3, sigma=1.5, delta=1.0, depth=0.3) == 0
    # Exactly at the loss in the end no ramp is slow enough; and an exact number: (1 - exp(-x)) / x = 1/2.
    assert ramp_enough(m=0.5, sigma=0.5, delta=1.0, depth=0.25) == np.inf
    assert ramp_enough(m=0.5, sigma=1.0, delta=2.0, depth=0.25) == pytest.approx(
        (2 + lambertw(-2 * np.exp(-2)).real) / 2
    )
    assert ramp_enough(m=0.3, sigma=0.0, delta=1.0, depth=0.2) == np.inf


def test_without_recovery_a_slow_departure_saves_all_but_the_loss_in_the_end():
    numbers = {"m": 0.5, "sigma": 0.6, "delta": 1.0}
    assert ramp_enough(**numbers, depth=0.19) == np.inf
    ramp = ramp_enough(**numbers, depth=0.3)
    curve = JCurve(**numbers, rho=50.0, ramp=ramp)
    assert 1 - curve.strength(np.linspace(0, 40, 801)).min() < 0.3
    assert 1 - replace(curve, ramp=0.2).strength(np.linspace(0, 40, 801)).min() > 0.3
