import numpy as np
import pytest
from draws import MODELS
from paths import GUEST, RUNAWAY, alone, interrupting, logistic

from ecolib import Symbiosis, Values, integration, simulate
from ecolib.fit import numbers_of

ONE, TWO, THREE = MODELS[1], MODELS[2], MODELS[3]


def test_blow_up_is_a_result():
    """Two that help each other twice as much as they hinder themselves explode at ln(1 + 1/u) from u."""
    path = simulate(TWO, RUNAWAY, x0=(0.1, 0.1), t=np.linspace(0, 10, 101))
    last = np.log(11)
    assert path.ended == "escaped"
    assert abs(path.reached - (last - 1e-6)) < 1e-7
    assert path.message == "an output exceeded 1e+06 carrying capacities at t = 2.39789"
    assert np.array_equal(np.isnan(path.x), np.broadcast_to(path.t > path.reached, (2, 101)))


def test_after_blow_up_even_the_absent_unit_is_not_known():
    values = Values(r=np.ones(3), K=np.ones(3), alpha=((0, 2, 0), (2, 0, 0), (0, 0, 0)))
    path = simulate(THREE, values, x0=(0.1, 0.1, 0), t=(0, 1, 5))
    assert path.x[2, :2].tolist() == [0, 0]
    assert np.isnan(path.x[:, 2]).all()


@pytest.mark.parametrize("escape", [1.5, 1e3, 1e12])
def test_the_bound_of_escape_is_a_multiple_of_the_capacity(escape):
    values = Values(r=(1, 1), K=(1e-12, 1e12), alpha=((0, 2), (2, 0)))
    path = simulate(TWO, values, x0=(1e-13, 1e11), t=np.linspace(0, 10, 11), escape=escape)
    assert path.ended == "escaped"
    assert abs(path.reached - (np.log(11) - np.log(1 + 1 / escape))) < 1e-7


def test_a_start_far_above_capacity_comes_down():
    path = simulate(ONE, alone(), x0=(1e9,), t=(0, 1, 50))
    assert path.ended == "finished"
    assert np.allclose(path.x[0], logistic(path.t, 1e9), rtol=1e-6)


@pytest.mark.parametrize(
    "values",
    [
        Values(r=(1e6, 1e6), K=(1e-12, 1e12), alpha=((0, 5), (5, 0))),
        Values(r=(1, 1), K=(1, 1), alpha=((0, 1e6), (1e6, 0))),
        Values(r=(1e-6, 1e6), K=(1e12, 1e-12), alpha=((0, 1e6), (1e6, 0))),
        Values(r=(1, 1), K=(1e300, 1e300), alpha=((0, 1e6), (1e6, 0))),
    ],
)
def test_violent_growth_gives_no_warning(values):
    assert simulate(TWO, values, x0=values.K, t=(0, 100)).ended == "escaped"


def explosive():
    """A model whose growth per head rises with the square of the output."""
    (x,), (r,), (K,) = ONE.x, ONE.r, ONE.K
    return Symbiosis(ONE.x, ONE.r, ONE.K, ONE.alpha, (r * (1 + (x / K) ** 2),))


def test_a_trial_step_may_leap_as_far_as_it_likes():
    motion = integration.Motion(explosive(), numbers_of(explosive(), alone()), np.ones(1))
    rhs, jacobian = integration._logarithmic(motion, np.array([True]), 0.0, 1.0)
    for y in (100.0, 400.0, 1e9):
        assert np.isfinite([rhs(0.0, np.array([y])), jacobian(0.0, np.array([y]))[0]]).all()


def test_violent_growth_of_another_model_is_a_result_too():
    path = simulate(explosive(), alone(), x0=(1,), t=(0, 1e6))
    assert path.ended == "escaped"
    assert abs(path.reached - np.log(2) / 2) < 1e-7


def test_growth_that_is_only_exponential_escapes_too():
    path = simulate(TWO, Values(r=(1, 1), K=(1, 1), alpha=((0, 1), (1, 0))), x0=(1, 1), t=(0, 10, 50, 100))
    assert path.ended == "escaped"
    assert np.allclose(path.x[:, 1], np.exp(10), rtol=1e-6)
    assert abs(path.reached - np.log(1e6)) < 1e-6
    assert np.isnan(path.x[:, 2:]).all()


def test_a_path_that_escapes_before_its_last_time_has_escaped():
    path = simulate(ONE, alone(), x0=(0.1,), t=(0, 1, 2), escape=10)
    above = simulate(TWO, RUNAWAY, x0=(0.1, 0.1), t=(0, 2.35), escape=5)
    assert (path.ended, above.ended) == ("finished", "escaped")


def test_fast_units_beside_slow_ones_take_few_steps(monkeypatch):
    monkeypatch.setattr(integration, "MAX_STEPS", 1500)
    path = simulate(TWO, Values(r=(1e4, 1), K=(1, 1), alpha=((0, 0.5), (0.5, 0))), x0=(0.1, 0.1), t=(0, 5, 60))
    assert path.ended == "finished"
    assert np.allclose(path.x[:, 2], 2, rtol=1e-7)
    slow = logistic(5, 0.1, r=1.5, K=2)  # the fast unit follows: u_1 = 1 + u_2 / 2, so du_2 = u_2 (1.5 - 0.75 u_2)
    assert np.allclose(path.x[:, 1], [1 + slow / 2, slow], rtol=1e-3)


def test_a_path_that_runs_out_of_steps_says_so(monkeypatch):
    monkeypatch.setattr(integration, "MAX_STEPS", 5)
    path = simulate(TWO, GUEST, x0=(10, 5), t=np.linspace(0, 1000, 10_001))
    assert path.ended == "failed"
    assert path.message == f"5 steps did not suffice, they reached t = {path.reached:g}"
    assert np.array_equal(np.isfinite(path.x[0]), path.t <= path.reached)
    assert 0 < path.reached < 1000


def test_an_integrator_that_stops_is_a_result(monkeypatch):
    monkeypatch.setattr(integration, "pointwise", lambda *_: lambda x: np.where(x > 50, np.nan, 1.0))
    path = simulate(ONE, alone(K=1), x0=(1,), t=range(10))
    assert path.ended == "failed"
    assert path.message.startswith("the integrator stopped: ")
    assert np.allclose(path.x[0, :3], np.exp([0, 1, 2]), rtol=1e-6)
    assert np.isnan(path.x[0, 5:]).all()


@pytest.mark.parametrize("calls", [0, 1, 2, 60, 200])
def test_an_interrupted_path_keeps_what_is_done(monkeypatch, calls):
    t = np.linspace(0, 60, 601)
    whole = simulate(TWO, GUEST, x0=(10, 5), t=t)
    interrupting(monkeypatch, calls)
    path = simulate(TWO, GUEST, x0=(10, 5), t=t)
    done = path.t <= path.reached
    assert (path.ended, path.message) == ("interrupted", f"interrupted at t = {path.reached:g}")
    assert np.array_equal(path.x[:, done], whole.x[:, done])
    assert np.isnan(path.x[:, ~done]).all()
    assert done.any()


def test_a_later_interruption_keeps_more(monkeypatch):
    reached = []
    for calls in (40, 100, 160):
        with monkeypatch.context() as patch:
            interrupting(patch, calls)
            reached.append(simulate(TWO, GUEST, x0=(10, 5), t=(0, 60)).reached)
    assert 0 < reached[0] < reached[1] < reached[2] < 60


def test_a_path_that_runs_out_of_seconds_says_so():
    path = simulate(TWO, GUEST, x0=(10, 5), t=(0, 1e6), seconds=1e-9)
    assert path.ended == "failed"
    assert path.message == f"1e-09 s did not suffice, they reached t = {path.reached:g}"


def test_a_path_that_is_told_to_stop_is_interrupted_unless_it_was_done():
    motion, first = integration.Motion(TWO, numbers_of(TWO, GUEST), GUEST.K), np.log([0.1, 0.1])
    limit = np.full(2, np.log(1e6))
    for answers, ended in (([False, False, True], "interrupted"), ([False] * 1000, "finished")):
        asked = iter(answers)
        path = integration.followed(motion, first, np.array([0.0, 1, 60]), 1e-8, limit, stop=lambda a=asked: next(a))
        assert path.ended == ended
        assert (path.reached == 60) == (ended == "finished")
    path = integration.followed(motion, first, np.array([0.0, 1e-9]), 1e-8, limit, stop=lambda: True)
    assert path.ended == "finished"
