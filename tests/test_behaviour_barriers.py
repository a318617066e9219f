"""Barriers and transfer: the reach at rest is where links settle, thresholds are where payoffs cross."""

import numpy as np
import pytest

from ecolib import simulate
from ecolib.paper.behaviour import (
    Paradigm,
    Paradigms,
    critical_barrier,
    is_precondition,
    letters,
    link_turnover,
    reach,
    transfer_needed,
)

BASE = Paradigms(beta_I=1.0, kappa_I=0.25, beta_O=2.0, kappa_O=0.75)
KINDS = ("block", "slow")
HEIGHTS, TAUS = np.linspace(0, 0.95, 20), np.geomspace(0.01, 1e4, 25)[:, None]


@pytest.mark.parametrize("barriers", KINDS)
def test_links_that_form_and_break_settle_at_the_reach(barriers):
    rng = np.random.default_rng(7)
    for tau, h, start in rng.uniform(0.05, 0.95, (8, 3)):
        numbers = {letters.tau: 4 * tau, letters.h: h}
        path = simulate(link_turnover(barriers=barriers), numbers, x0=[start], t=(0, 60))
        assert path.x[0, -1] == pytest.approx(reach(4 * tau, h, barriers=barriers), rel=1e-7)


@pytest.mark.parametrize("barriers", KINDS)
def test_reach_rises_with_transfer_and_falls_with_barriers(barriers):
    e = reach(TAUS, HEIGHTS, barriers=barriers)
    assert np.all(np.diff(e, axis=0) > 0)
    assert np.all(np.diff(e, axis=1) < 0)
    assert np.all((e >= 0) & (e < 1))


@pytest.mark.parametrize("barriers", KINDS)
def test_the_transfer_needed_attains_the_reach(barriers):
    needed = transfer_needed(0.25, np.array([0.0, 0.3, 0.7]), barriers=barriers)
    assert reach(needed, np.array([0.0, 0.3, 0.7]), barriers=barriers) == pytest.approx(0.25)


def test_at_the_critical_barrier_and_above_no_transfer_integrates():
    threshold = BASE.thresholds.e_LI
    assert critical_barrier(threshold) == pytest.approx(0.75)
    for h in (0.75, 0.8, 1.0):
        assert transfer_needed(threshold, h) == np.inf
        assert set(np.ravel(BASE.best(reach(TAUS, h)))) == {Paradigm.LINEAR}
    assert BASE.best(reach(1e4, 0.74)) is Paradigm.INTEGRATED


def test_barriers_that_slow_are_outrun_by_transfer():
    assert critical_barrier(0.25, barriers="slow") == 1.0
    assert transfer_needed(0.25, 0.99, barriers="slow") == pytest.approx(100 / 3)
    assert BASE.best(reach(34.0, 0.99, barriers="slow")) is Paradigm.INTEGRATED
    assert transfer_needed(0.25, 1.0, barriers="slow") == np.inf


def test_removal_is_a_precondition_exactly_from_the_critical_barrier_on():
    assert is_precondition(0.25, (0.74, 0.75, 1.0)).tolist() == [False, True, True]
    assert not is_precondition(1.0, 1.0)  # no removal would suffice
    assert is_precondition(0.25, (0.99, 1.0), barriers="slow").tolist() == [False, True]


def test_removal_is_a_precondition_exactly_where_no_transfer_suffices():
    e = np.arange(1, 1000) / 1000
    for h in (np.round(1 - e, 3), 1 - e, np.nextafter(1 - e, 0), np.nextafter(1 - e, 2)):
        needed = transfer_needed(e, h)
        assert np.array_equal(np.isinf(needed), is_precondition(e, h))
        assert np.all(needed >= 0)


def test_the_reciprocal_of_the_transfer_needed_is_linear_in_the_barrier():
    h = np.linspace(0, 0.7, 8)
    assert 1 / transfer_needed(0.25, h) == pytest.approx((1 - h) / 0.25 - 1)


def test_a_threshold_beyond_full_reach_is_never_attained():
    assert transfer_needed((1.0, 1.5, np.inf), 0.0).tolist() == [np.inf] * 3
    assert critical_barrier((1.0, np.inf)).tolist() == [0.0, 0.0]
    assert transfer_needed(0.0, 1.0) == 0.0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: reach(-1.0, 0.5), r"tau must be at least 0, got -1\.0"),
        (lambda: reach(np.inf, 0.5), "tau must be finite, got inf"),
        (lambda: reach(1.0, 1.5), r"h must be between 0 and 1, got 1\.5"),
        (lambda: reach(1.0, -0.5), r"h must be between 0 and 1, got -0\.5"),
        (lambda: reach(1.0, 0.5, barriers=["block"]), r"barriers must be one of .*, got \['block'\]"),
        (lambda: reach(1.0, 0.5, barriers="wall"), "barriers must be one of 'block', 'slow', got 'wall'"),
        (lambda: transfer_needed(np.nan, 0.5), "e must be at least 0, got nan"),
        (lambda: critical_barrier(-0.5), r"e must be at least 0, got -0\.5"),
    ],
)
def test_what_makes_no_sense_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
