"""Steady states, with the reason why a path was left; and long batches that are interrupted."""

import os
import signal
import threading
import time

import numpy as np
import pytest
from draws import MODELS, batch
from paths import GUEST, RUNAWAY, alone

from ecolib import Values, simulate_many
from ecolib.ensembles import by_heyoka, by_scipy, sampling

ONE, TWO, THREE = MODELS[1], MODELS[2], MODELS[3]
RIVALS = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))
CYCLE = Values(r=np.ones(3), K=np.ones(3), alpha=-np.array([(0, 0.5, 2), (2, 0, 0.5), (0.5, 2, 0)]))
"""May and Leonard's three rivals: each beats the next, and the paths go round ever more slowly."""

engines = pytest.mark.parametrize("engine", ["scipy", "heyoka"])


def steady(model, values, engine, *, x0, end=1e6, settle=1e-6, **options):
    return simulate_many(model, values, x0=x0, t=(0, end), settle=settle, engine=engine, progress=False, **options)


@engines
def test_a_path_settles_at_its_equilibrium(engine):
    found = steady(TWO, GUEST, engine, x0=[(10, 5), (300, 1)], settle=1e-10)
    exact = np.linalg.solve(np.eye(2) - GUEST.alpha, np.ones(2)) * GUEST.K
    assert found.ended.tolist() == ["settled", "settled"]
    assert np.allclose(found.x[..., -1], exact, rtol=1e-9)
    assert found.x[..., 0].tolist() == [[10, 5], [300, 1]]


@engines
@pytest.mark.parametrize("settle", [1e-12, 1e-3])
def test_the_noise_of_the_steps_is_not_taken_for_motion(engine, settle):
    help_ = np.array([0.9, 0.99, -0.9])[:, None, None] * np.array([(0, 1), (1, 0)])
    found = steady(TWO, Values(r=(1, 1), K=(1, 1), alpha=help_), engine, x0=(0.5, 2), settle=settle, rtol=1e-2)
    assert set(found.ended.tolist()) == {"settled"}
    assert np.allclose(
        found.x[..., -1], [(10, 10), (100, 100), (1 / 1.9, 1 / 1.9)], rtol=20 * settle
    )  # settle over the least eigenvalue


@engines
def test_a_unit_that_dies_is_excluded(engine):
    found = steady(TWO, RIVALS, engine, x0=[(0.6, 0.5), (0.5, 0.6), (0.5, 0), (0, 0)])
    assert found.ended.tolist() == ["excluded", "excluded", "settled", "settled"]
    assert np.allclose(found.x[..., -1], [(1, 0), (0, 1), (1, 0), (0, 0)], atol=1e-6)
    assert np.all(found.x[:2, :, -1] > 0)
    assert found.x[2:, 1, -1].tolist() == [0, 0]


@engines
def test_a_start_on_the_way_into_a_saddle_settles_there(engine):
    found = steady(TWO, RIVALS, engine, x0=[(0.1, 0.1), (1 / 3, 1 / 3), (0.1, 0.1 + 1e-4)])
    assert found.ended.tolist() == ["settled", "settled", "excluded"]
    assert np.allclose(found.x[:2, :, -1], 1 / 3, rtol=1e-6)
    assert found.reached[1] == 0


@engines
def test_a_path_that_escapes_has_not_settled(engine):
    found = steady(TWO, RUNAWAY, engine, x0=[(0.1, 0.1), (0.1, 0)])
    assert found.ended.tolist() == ["escaped", "settled"]
    assert abs(found.reached[0] - (np.log(11) - 1e-6)) < 1e-7
    assert np.isnan(found.x[0, :, -1]).all()


@engines
def test_a_cycle_is_out_of_time_even_where_it_lingers(engine):
    found = steady(THREE, CYCLE, engine, x0=(0.5, 0.3, 0.2), end=4000)
    assert (str(found.ended), found.reached) == ("out of time", 4000)
    assert np.isfinite(found.x).all()
    assert abs(found.x[..., -1].max() - 1) < 1e-3


@engines
def test_a_path_that_is_too_slow_is_out_of_time_and_keeps_its_state(engine):
    found = steady(ONE, alone(), engine, x0=(1e-3,), end=3)
    assert (str(found.ended), found.reached) == ("out of time", 3)
    assert abs(found.x[0, -1] - 1 / (1 + 999 * np.exp(-3))) < 1e-9


@engines
def test_a_unit_that_fades_ever_more_slowly_is_not_called_gone(engine):
    neutral = Values(r=(1, 1), K=(1, 1), alpha=((0, 0), (-1, 0)))  # u_2 falls like 1 / t
    found = steady(TWO, neutral, engine, x0=(1, 0.5), settle=1e-3)
    assert str(found.ended) == "settled"
    assert abs(found.x[1, -1] * (found.reached + 2) - 1) < 1e-6


@engines
@pytest.mark.parametrize("r", [1e-6, 1e6])
def test_fast_and_slow_systems_are_looked_at_in_their_own_time(engine, r):
    values = Values(r=(r, 2 * r), K=(1e9, 1e-9), alpha=((0, 0.3), (-0.2, 0)))
    found = steady(TWO, values, engine, x0=values.K / 10, end=1e4 / r)
    assert (str(found.ended), found.reached * r) == ("settled", 20)


def test_engines_agree_on_why_and_when():
    values = batch(np.random.default_rng(7), 70, 3, -1.5, 1.3)
    slow, fast = (steady(THREE, values, name, x0=(0.3, 2, 1), end=200, rtol=1e-9) for name in ("scipy", "heyoka"))
    assert slow.ended.tolist() == fast.ended.tolist()
    assert {"settled", "excluded", "escaped", "out of time"} == set(fast.ended.tolist())
    assert np.allclose(slow.reached, fast.reached, rtol=1e-8)
    assert np.allclose(slow.x, fast.x, rtol=1e-5, equal_nan=True)


@engines
def test_the_state_that_settled_is_that_of_the_path_at_this_time(engine):
    values = batch(np.random.default_rng(8), 20, 3, -1, 0.2)
    found = steady(THREE, values, engine, x0=(1, 1, 1))
    for k in range(3):
        path = simulate_many(THREE, values[k], x0=(1, 1, 1), t=(0, found.reached[k]), engine="scipy", rtol=1e-10)
        assert np.allclose(path.x[..., -1], found.x[k, :, -1], rtol=1e-6)


@pytest.mark.parametrize("settle", [None, 1e-9])
def test_the_last_time_is_reached_exactly(settle):
    for begin, end in ((-0.7, 0.1), (0.1, 3.3), (-1e3, -999.7)):
        found = simulate_many(
            TWO, RIVALS, x0=[(0.1, 0.3)] * 2, t=(begin, end), settle=settle, engine="heyoka", progress=False
        )
        assert found.reached.tolist() == [end, end]
        assert set(found.ended.tolist()) == {"out of time" if settle else "finished"}


@pytest.mark.parametrize(
    ("changes", "fault", "sentence"),
    [
        ({"settle": 0}, ValueError, "settle must be at least 1e-12 and at most 0.01, got 0.0"),
        ({"settle": 0.1}, ValueError, "settle must be at least 1e-12 and at most 0.01, got 0.1"),
        ({"settle": np.nan}, ValueError, "settle must be at least 1e-12 and at most 0.01, got nan"),
        ({"settle": "yes"}, TypeError, "settle must be a real number, got 'yes'"),
        ({"settle": True}, TypeError, "settle must be a real number, got True"),
        ({"t": (0, 1, 2)}, ValueError, "with settle, t must hold the first and the last time, got 3 times"),
        ({"progress": "yes"}, TypeError, "progress must be a bool, got str"),
    ],
)
def test_a_bad_argument_is_named(changes, fault, sentence):
    with pytest.raises(fault, match=f"^{sentence}"):
        simulate_many(TWO, GUEST, **{"x0": (1, 1), "t": (0, 1), "settle": 1e-6, **changes})


@pytest.fixture
def ctrl_c():
    """Ctrl-C is heard even where the tests run in the background, which switches it off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield lambda: os.kill(os.getpid(), signal.SIGINT)
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_keeps_the_chunks_that_are_done_and_what_the_others_have(monkeypatch, ctrl_c):
    monkeypatch.setattr(by_heyoka, "MOST", 256)
    values, count = batch(np.random.default_rng(9), 4000, 3, -1, 0.3), iter(range(10**9))
    once, lock = sampling._read_off, threading.Lock()

    def burst(*given):
        with lock:
            now = next(count)
        if now == 10:
            ctrl_c()
        time.sleep(0.05 if now >= 10 else 0)
        return once(*given)

    monkeypatch.setattr(sampling, "_read_off", burst)
    given = {"x0": (1, 1, 1), "t": np.linspace(0, 40, 11), "engine": "heyoka", "progress": False}
    part = simulate_many(THREE, values, **given)
    done = part.ended == "finished"
    assert 256 <= done.sum() < 4000
    assert {"finished", "not run"} <= set(part.ended.tolist()) <= {"finished", "not run", "interrupted"}
    assert np.isfinite(part.x[done]).all()
    assert np.isnan(part.x[part.ended == "not run"]).all()
    monkeypatch.setattr(sampling, "_read_off", once)
    assert np.allclose(simulate_many(THREE, values[done], **given).x, part.x[done], rtol=1e-9)


def test_an_interrupted_search_for_steady_states_keeps_those_that_are_found(monkeypatch):
    followed, count = by_scipy.followed, iter(range(12))

    def once_more(*given, **options):
        if next(count, None) is None:
            raise KeyboardInterrupt
        return followed(*given, **options)

    monkeypatch.setattr(by_scipy, "followed", once_more)
    found = steady(TWO, GUEST, "scipy", x0=np.full((6, 2), 10))
    done = int(np.sum(found.ended == "settled"))
    assert found.ended.tolist() == ["settled"] * done + ["not run"] * (6 - done)
    assert 0 < done < 6
    assert np.isfinite(found.x[:done]).all()


def test_a_search_that_is_stopped_between_two_looks_says_how_far_it_came():
    from ecolib.ensembles.batches import Batch
    from ecolib.ensembles.engines import engine_for
    from ecolib.ensembles.settling import settled

    class Stopped:
        """An engine that is stopped after two looks."""

        def __init__(self):
            self.inner, self.looks = engine_for(TWO, "heyoka", 3), 0

        def follow(self, chunk, y, begin, until):
            self.looks += 1
            return self.inner.follow(chunk, y, begin, until)

    engine = Stopped()
    starts = np.array([(10.0, 5), (20, 1), (1, 1)])
    chunk, _ = Batch(TWO, GUEST, starts, np.array([0.0, 1e4]), 1e-8, 1e6, 1e-9).cut(0, 3, lambda: engine.looks >= 2)
    part = settled(engine, chunk, 0.0, 1e4, 1e-9)
    assert part.code.tolist() == [3, 3, 3]
    assert part.reached.tolist() == [20, 20, 20]


def test_a_fault_in_a_chunk_is_told(monkeypatch):
    def broken(*_):
        raise ArithmeticError("broken")

    monkeypatch.setattr(sampling, "advance", broken)
    with pytest.raises(ArithmeticError, match="broken"):
        simulate_many(TWO, GUEST, x0=(1, 1), t=(0, 1), engine="heyoka", progress=False)


def test_the_progress_bar_counts_paths(capfd):
    simulate_many(TWO, GUEST, x0=np.ones((500, 2)), t=(0, 1), engine="heyoka", progress=True)
    assert "500/500" in capfd.readouterr().err


def test_an_empty_batch_settles_nowhere():
    found = steady(TWO, GUEST, "heyoka", x0=np.empty((0, 2)))
    assert (found.x.shape, found.ended.shape) == ((0, 2, 2), (0,))
