"""Tipping in time: the loop, sweeps up and down, haste, pushes that last and pushes that do not."""

import numpy as np
import pytest
from reduced_by_hand import model

from ecolib import Stage
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.feedback.cusps import cusp
from ecolib.paper.evolution.feedback.pushes import least_push
from ecolib.paper.evolution.feedback.ramps import outcome, sweep
from ecolib.paper.evolution.feedback.states import steady_states
from ecolib.paper.evolution.feedback.tipping import hysteresis
from ecolib.schedule import Schedule

WEAK, STRONG, KEEN = model(1.2, 0.5, 1), model(1.8, 0.5, 1), model(2.3, 0.5, 1)


def critical_slope(feedback, loop):
    """What the least duration times the root of the excess tends to, by the centre manifold of the fold."""
    at = dict(zip(feedback.system.x, (*feedback.saturations(loop.up.V), loop.up.V), strict=True))
    jacobian = np.array(feedback.system.jacobian.subs(feedback.numbers(tau=loop.tau_up)).subs(at), dtype=float)
    left, right = (np.linalg.svd(matrix)[2][-1] for matrix in (jacobian.T, jacobian))
    lag = (left / left[-1]) @ (right / right[-1])  # how much outputs that lag behind slow it down
    bend = float(feedback.curve(loop.up.V, 2))
    return lag * np.pi / np.sqrt(feedback.learning**2 * loop.up.F * loop.tau_up * bend / 2)


def test_the_loop_of_the_design_has_two_critical_intensities() -> None:
    loop = hysteresis(STRONG)
    assert (loop.tau_down, loop.tau_up) == pytest.approx((1 / 1.81469, 1 / 0.905633), abs=1e-6)
    assert [loop.stage_before(fold) for fold in (loop.up, loop.down)] == [
        Stage.SINGLE_BENEFIT,
        Stage.BALANCED_MUTUALISM,
    ]
    assert [state.stage() for state in (loop.risen, loop.fallen)] == [Stage.BALANCED_MUTUALISM, Stage.INHIBITION]


def test_beyond_the_bound_on_synergy_nothing_brings_units_back() -> None:
    loop = hysteresis(KEEN)
    assert (loop.down, loop.risen, loop.fallen, loop.tau_down) == (None, None, None, 0.0)


def test_without_inflow_nothing_tips() -> None:
    with pytest.raises(ValueError, match="any transfer makes units alike in the end"):
        hysteresis(model(1.8, 0.5, 1, eta=0))


@pytest.mark.parametrize("excess", [-0.03, 0.03])
def test_sweeps_show_hysteresis_above_the_cusp_and_none_below_it(excess: float) -> None:
    feedback = model(cusp(c=0.5, omega=1).s + excess * 5, 0.5, 1, eta=0.5, learning=0.5)
    ways = [sweep(feedback, low=0.8, high=1.8, time=time, points=201) for time in (2000, 8000)]
    assert {way.ended for way in ways} == {"finished"}
    ratio = ways[1].gap / ways[0].gap
    assert (ratio > 0.8) if excess > 0 else (ratio < 0.4)


def test_a_slow_sweep_tips_at_the_predicted_intensities() -> None:
    loop, way = hysteresis(STRONG), sweep(STRONG, low=0.4, high=1.4, time=40_000, points=1001)
    up = way.tau[np.argmax(way.up[-1] < loop.up.V / 2)]
    down = way.tau[np.argmax(way.down[-1] < loop.up.V)]
    assert loop.tau_up < up < loop.tau_up + 0.02
    assert loop.tau_down - 0.03 < down < loop.tau_down + 0.002


def test_a_sweep_into_the_range_without_rest_is_a_result() -> None:
    way = sweep(KEEN, low=0.5, high=2, time=500)
    assert way.ended == "escaped"
    assert np.isnan(way.down[-1, 0])
    assert np.isnan(way.gap)


@pytest.mark.parametrize("tau", [0.6, 0.8, 1.0, 1.09])
def test_the_saddle_parts_what_goes_up_from_what_goes_down(tau: float) -> None:
    alike, saddle, unlike = steady_states(STRONG, tau=tau)
    for factor, end in ((0.97, alike), (1.03, unlike)):
        found = outcome(STRONG, tau=tau, x0=(*STRONG.saturations(saddle.V * factor), saddle.V * factor))
        assert np.isclose(found.state.V, end.V)


def test_a_path_that_starts_on_the_saddle_does_not_arrive_there() -> None:
    _, saddle, _ = steady_states(STRONG, tau=1)
    found = outcome(STRONG, tau=1, x0=saddle.x)
    assert found.state is None or found.state.kind


def test_an_outcome_that_is_not_known_says_why() -> None:
    assert "did not suffice" in outcome(STRONG, tau=1, x0=(1, 1, 1), seconds=1e-9).message
    assert outcome(KEEN, tau=5, x0=(2, 2, 0.2)).escaped


def test_haste_does_not_tip_when_only_transfer_changes() -> None:
    """The unlike state survives every sudden change that leaves it a place, fast learning and slow outputs included."""
    rng = np.random.default_rng(8)
    for speed in (0.01, 1.0, 100.0):
        feedback = model(1.8, 0.3, 1, eta=speed, learning=speed, r=rng.uniform(0.2, 5, 2))
        loop = hysteresis(feedback)
        start = steady_states(feedback, tau=0.3 * loop.tau_up)[-1]
        found = outcome(feedback, tau=loop.tau_up * 0.999, x0=start.x)
        assert found.state.V > loop.up.V


def test_sudden_transfer_tips_no_random_model_with_moderate_friction() -> None:
    rng, seen = np.random.default_rng(14), 0
    while seen < 30:
        given, speed = (rng.uniform(1.2, 2), rng.uniform(0, 0.85), rng.uniform(0.5, 1)), 10 ** rng.uniform(-1, 2)
        feedback = model(*given, eta=speed, learning=speed, r=10 ** rng.uniform(-1, 1, 2))
        loop = hysteresis(feedback)
        if loop is None or loop.down is None:
            continue
        seen += 1
        start = steady_states(feedback, tau=rng.uniform(0.1, 0.9) * loop.tau_up)[-1]
        found = outcome(feedback, tau=loop.tau_up * (1 - 10 ** rng.uniform(-4, -1)), x0=start.x)
        assert found.state.V > loop.up.V


def test_sudden_transfer_tips_in_a_corner_where_the_follower_is_fast_and_exploited() -> None:
    corner = model(1.9, 0.97, 0.85, eta=5.0, learning=5.0, r=(0.3, 4.5))
    loop = hysteresis(corner)
    low, high = 0.7, 0.995 * loop.tau_up
    start, still = steady_states(corner, tau=low)[-1], steady_states(corner, tau=high)[-1]
    assert still.kind
    assert corner.saturations(loop.up.V)[1] < 0.5
    assert outcome(corner, tau=high, x0=start.x).state.V < loop.down.V
    assert 0 < least_push(corner, tau=1, push=high).duration < 50
    slow = corner.path(tau=Schedule((0, 400), (low, high)), x0=start.x, t=(0, 600))
    assert slow.x[-1, -1] == pytest.approx(still.V, rel=1e-3)


def test_haste_decides_when_synergy_moves_too() -> None:
    """First more newcomers, then more synergy: no fold is met, and yet only the slow way stays among the unlike."""
    first, last = model(1.35, 0.5, 1, eta=0.0763486), model(1.8, 0.5, 1, eta=0.093)
    ends = {}
    for time in (8, 200):
        synergy = Schedule((0, time / 2, time), (1.35, 1.35, 1.8))
        newcomers = Schedule((0, time / 2, time), (0.0763486, 0.093, 0.093))
        start = steady_states(first, tau=1)[-1].x
        path = first.path(tau=1, x0=start, t=(0, time), forcing={letters.s: synergy, letters.eta: newcomers})
        ends[time] = outcome(last, tau=1, x0=path.x[:, -1]).state.stage()
    assert ends == {8: Stage.BALANCED_MUTUALISM, 200: Stage.SINGLE_BENEFIT}


def test_a_push_is_long_enough_exactly_from_the_least_duration_on() -> None:
    push = least_push(STRONG, tau=0.9, push=1.5)
    for factor, lasting in ((0.99, False), (1.01, True)):
        plan = Schedule((push.duration * factor,) * 2, (1.5, 0.9))
        path = STRONG.path(tau=plan, x0=push.before.x, t=(0, push.duration + 1500))
        assert (path.x[-1, -1] < 0.1) == lasting


def test_just_above_the_fold_a_push_must_last_as_the_centre_manifold_says() -> None:
    loop = hysteresis(STRONG)
    for excess, tolerance in ((1e-3, 0.05), (1e-5, 0.005)):
        push = least_push(STRONG, tau=0.9, push=loop.tau_up + excess)
        assert push.duration * np.sqrt(excess) == pytest.approx(critical_slope(STRONG, loop), rel=tolerance)


@pytest.mark.parametrize(
    ("feedback", "tau", "push", "duration", "reason"),
    [
        (STRONG, 0.5, 9.0, np.inf, "every push is forgotten"),
        (STRONG, 0.9, 1.1, np.inf, "the old state outlasts it"),
        (STRONG, 1.2, 3.0, 0.0, "exceeds the critical intensity"),
        (WEAK, 0.9, 9.0, np.inf, "succession is smooth"),
    ],
)
def test_where_no_push_suffices_or_none_is_needed_the_reason_is_given(feedback, tau, push, duration, reason) -> None:
    found = least_push(feedback, tau=tau, push=push)
    assert found.duration == duration
    assert reason in found.reason


def test_a_push_into_growth_without_bound_is_permanent() -> None:
    push = least_push(KEEN, tau=0.9, push=1.5)
    assert 0 < push.duration < 100


def test_a_search_that_runs_out_of_seconds_says_so() -> None:
    push = least_push(STRONG, tau=0.9, push=1.5, seconds=0.05)
    assert np.isnan(push.duration)
    assert "seconds" in push.reason or "suffice" in push.reason


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sweep(STRONG, low=1, high=0.5, time=10), "low must be positive and below high, got 1 and 0.5"),
        (lambda: sweep(STRONG, low=0.5, high=1, time=np.inf), "time must be positive"),
        (lambda: sweep(KEEN, low=5, high=9, time=10), "nothing rests at tau = 5"),
        (lambda: least_push(STRONG, tau=1, push=0.5), "tau must be positive and at most push"),
        (lambda: least_push(STRONG, tau=np.nan, push=0.5), "tau must be finite"),
        (lambda: outcome(STRONG, tau=1, x0=(1, 1)), r"x0 must have shape \(\.\.\., 3\)"),
        (lambda: outcome(STRONG, tau=1, x0=(1, 0, 1)), "x0 must be positive"),
    ],
)
def test_arguments_out_of_range_are_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
