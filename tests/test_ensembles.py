"""All engines give the same answers: states, sampled paths, endings, reached times."""

import numpy as np
import pytest
from draws import MODELS, batch
from paths import GUEST, RUNAWAY, alone, logistic

from ecolib import Symbiosis, Values, simulate_many
from ecolib.ensembles import bursts, by_heyoka, taylor
from ecolib.extensions import obligate, saturating

ONE, TWO, THREE = MODELS[1], MODELS[2], MODELS[3]


def both(model, values, **options):
    """The same batch by both engines."""
    return [simulate_many(model, values, engine=name, progress=False, **options) for name in ("scipy", "heyoka")]


def same(slow, fast, rtol):
    """Whether they agree in everything, outputs and times within a tolerance."""
    assert slow.ended.tolist() == fast.ended.tolist()
    assert np.array_equal(np.isnan(slow.x), np.isnan(fast.x))
    assert np.array_equal(slow.x == 0, fast.x == 0)
    assert np.allclose(slow.reached, fast.reached, rtol=rtol, atol=0, equal_nan=True)
    assert np.allclose(slow.x, fast.x, rtol=rtol, atol=0, equal_nan=True)
    return True


def draws(size, units, low, high, seed=1):
    rng = np.random.default_rng(seed)
    return batch(rng, size, units, low, high), rng.uniform(0.01, 30, (size, units))


@pytest.mark.parametrize(("units", "low", "high"), [(1, 0, 0), (2, -2, 1), (3, -0.8, 0.8), (3, -2, 2), (6, -0.5, 0.5)])
def test_engines_agree_on_random_systems(units, low, high):
    values, starts = draws(25, units, low, high)
    slow, fast = both(MODELS[units], values, x0=starts, t=(0, 1, 2, 7.5, 20), rtol=1e-10)
    assert same(slow, fast, rtol=1e-6)
    assert {"finished"} <= set(fast.ended.tolist())


def test_engines_agree_on_which_paths_escape_and_when():
    values, starts = draws(30, 3, -1, 2)
    slow, fast = both(THREE, values, x0=starts, t=(-1, 0, 3, 50), rtol=1e-10)
    assert same(slow, fast, rtol=1e-6)
    assert {"finished", "escaped"} == set(fast.ended.tolist())


@pytest.mark.parametrize("escape", [1.5, 20, 1e6, 1e12])
def test_a_path_is_seen_to_escape_even_if_it_would_come_back(escape):
    """u_2 drives u_1 above its bound for a while and then dies."""
    values = Values(r=(1, 1), K=(1, 1), alpha=[[(0, a), (-2, 0)] for a in np.linspace(0, 400, 20)])
    slow, fast = both(TWO, values, x0=(0.01, 1), t=(0, 5, 40), escape=escape, rtol=1e-10)
    assert same(slow, fast, rtol=1e-6)
    assert ("escaped" in fast.ended) == (escape < 100)


@pytest.mark.parametrize("times", [(0, 40), (0, 5, 40), np.linspace(0, 40, 9), np.linspace(0, 40, 101)])
def test_times_in_between_do_not_hide_that_a_path_escapes(times):
    values = Values(r=(1, 1), K=(1, 1), alpha=[[(0, a), (-2, 0)] for a in np.geomspace(1, 1e7, 16)])
    slow, fast = both(TWO, values, x0=(0.01, 1), t=times, escape=1e4, rtol=1e-10)
    assert same(slow, fast, rtol=1e-5)
    assert {"finished", "escaped"} == set(fast.ended.tolist())


def test_blow_up_is_met_at_its_exact_time():
    fast = simulate_many(TWO, RUNAWAY, x0=[(u, u) for u in (0.1, 0.5, 2)], t=(0, 10), engine="heyoka", progress=False)
    u = np.array([0.1, 0.5, 2])
    last = np.log(1 + 1 / u) - np.log(1 + 1e-6 / np.maximum(u, 1))
    assert fast.ended.tolist() == ["escaped"] * 3
    assert np.allclose(fast.reached, last, rtol=0, atol=1e-9)
    assert np.isnan(fast.x[..., 1]).all()


@pytest.mark.parametrize("K", [1e-12, 1.0, 1e12])
@pytest.mark.parametrize("r", [1e-6, 1.0, 1e6])
def test_scales_do_not_matter(r, K):
    t, fractions = np.linspace(0, 30, 7) / r, np.array([1e-9, 0.5, 1.0, 20.0])
    fast = simulate_many(ONE, alone(r, K), x0=fractions[:, None] * K, t=t, engine="heyoka", progress=False)
    assert np.allclose(fast.x[:, 0], [logistic(t, f * K, r, K) for f in fractions], rtol=1e-9, atol=0)


def test_a_unit_that_fades_keeps_its_relative_accuracy():
    rivals = Values(r=(1, 1), K=(1, 1), alpha=((0, 0), (-2, 0)))
    fast = simulate_many(TWO, rivals, x0=[(1, 1e-200)] * 3, t=(0, 100, 150, 2000), engine="heyoka", progress=False)
    assert np.allclose(np.log(fast.x[0, 1, :3]), np.log(1e-200) - fast.t[:3], rtol=1e-9)
    assert fast.x[:, :, -1].tolist() == [[1, 0]] * 3


def test_absent_units_are_exactly_absent_and_faded_ones_not_negative():
    values, starts = draws(40, 3, -3, 0.3)
    starts[::2, 1] = 0
    slow, fast = both(THREE, values, x0=starts, t=(0, 3, 60), rtol=1e-10)
    assert same(slow, fast, rtol=1e-6)
    assert np.all(fast.x[::2, 1] == 0)
    assert np.all(fast.x[1::2] >= 0)


@pytest.mark.parametrize(
    "values",
    [
        Values(r=(1e-6, 1e6), K=(1e12, 1e-12), alpha=((0, 1e6), (1e6, 0))),
        Values(r=(1, 1), K=(1e300, 1e300), alpha=((0, 1e6), (1e6, 0))),
        Values(r=(1, 1), K=(1, 1), alpha=((0, -1e12), (1e12, 0))),
        Values(r=(1, 1), K=(1, 1), alpha=((0, 1), (1, 0))),
    ],
)
def test_engines_agree_on_violent_growth(values):
    assert same(*both(TWO, values, x0=values.K, t=(0, 1e-3, 10, 100)), rtol=1e-5)


def test_fast_units_beside_slow_ones_come_to_the_same_end():
    rates = np.array([(1e4, 1), (1, 1e5), (1e-3, 1e3)])
    values = Values(r=rates, K=(1, 1), alpha=((0, 0.5), (0.5, 0)))
    slow, fast = both(TWO, values, x0=(0.1, 0.1), t=(0, 5, 60))
    assert same(slow, fast, rtol=1e-5)


def test_what_one_engine_gives_up_the_other_finishes(monkeypatch):
    values = Values(r=(1, 1e7), K=(1, 1), alpha=((0, 0.5), (0.5, 0)))
    taken = []
    other = by_heyoka.ByScipy.follow
    monkeypatch.setattr(by_heyoka.ByScipy, "follow", lambda *given: taken.append(1) or other(*given))
    monkeypatch.setattr(bursts, "BURSTS", 2)
    fast = simulate_many(TWO, values, x0=(0.1, 0.1), t=(0, 60), engine="heyoka", progress=False)
    assert (str(fast.ended), taken) == ("finished", [1])
    assert np.allclose(fast.x[:, 1], 2)


@pytest.mark.parametrize("model", [obligate(saturating(TWO, h=1), units=(0,)), obligate(TWO, units=(0, 1))])
def test_engines_agree_on_other_growth(model):
    rng = np.random.default_rng(2)
    values, starts = batch(rng, 30, 2, 0.1, 2), rng.uniform(0.01, 20, (30, 2))
    slow, fast = both(model, values, x0=starts, t=(0, 2, 30), rtol=1e-10)
    assert same(slow, fast, rtol=1e-6)
    assert not model.linear


def strange():
    """A growth per head that no Taylor series is made for."""
    import sympy as sp

    (x,), (r,), (K,) = ONE.x, ONE.r, ONE.K
    return Symbiosis(ONE.x, ONE.r, ONE.K, ONE.alpha, (r * sp.Max(1 - x / K, -1),))


def test_a_model_that_cannot_be_compiled_is_left_to_the_other_engine():
    many = simulate_many(strange(), alone(), x0=np.full((200, 1), 0.5), t=(0, 60), progress=False)
    assert set(many.ended.tolist()) == {"finished"}
    with pytest.raises(ValueError, match=r"the engine 'heyoka' cannot follow this model .*; engine='scipy' can"):
        simulate_many(strange(), alone(), x0=(0.5,), t=(0, 60), engine="heyoka")


def test_the_equations_are_compiled_once_for_all_paths_and_batches():
    values, starts = draws(300, 3, -0.8, 0.8)
    for _ in range(2):
        simulate_many(THREE, values, x0=starts, t=(0, 5), engine="heyoka", progress=False)
    before = taylor._kit.cache_info().misses
    simulate_many(Symbiosis.of(units=3), values[::-1], x0=starts, t=(0, 9), rtol=3e-8, engine="heyoka", progress=False)
    simulate_many(THREE, values[::-1], x0=starts, t=(0, 9), engine="heyoka", progress=False)
    assert taylor._kit.cache_info().misses == before


def test_a_tighter_tolerance_is_more_accurate():
    t, errors = np.linspace(0, 10, 11), []
    for rtol in (1e-1, 1e-3, 1e-9):
        fast = simulate_many(ONE, alone(), x0=(0.01,), t=t, rtol=rtol, engine="heyoka", progress=False)
        errors.append(np.abs(fast.x / logistic(t, 0.01) - 1).max())
    assert errors[0] > 10 * errors[1] > 1e5 * errors[2]
    assert errors[2] < 1e-11


def test_a_batch_in_chunks_is_the_batch(monkeypatch):
    values, starts = draws(30, 3, -0.8, 0.8)
    given = {"x0": starts[:, None] * [[1.0], [2.0]], "t": (0, 2, 9), "engine": "heyoka", "progress": False}
    whole = simulate_many(THREE, values[:, None], **given)
    monkeypatch.setattr(by_heyoka, "LEAST", 7)
    monkeypatch.setattr(by_heyoka, "MOST", 7)
    parts = simulate_many(THREE, values[:, None], **given)
    assert whole.x.shape == (30, 2, 3, 3)
    assert np.allclose(parts.x, whole.x, rtol=1e-9)
    assert np.allclose(whole.x[4, 1], simulate_many(THREE, values[4], **given | {"x0": 2 * starts[4]}).x, rtol=1e-9)


def test_the_engine_is_chosen_by_what_is_there(monkeypatch):
    from ecolib.ensembles import engines

    assert engines.engine_for(TWO, None, paths=10_000).name == "heyoka"
    assert engines.engine_for(TWO, None, paths=3).name == "scipy"
    monkeypatch.setattr(engines, "find_spec", lambda name: None if name == "heyoka" else name)
    assert engines.engine_for(TWO, None, paths=10_000).name == "scipy"
    with pytest.raises(ValueError, match=r"'heyoka' is not installed: pip install 'ecolib\[speed\]' .* are 'scipy'"):
        simulate_many(TWO, GUEST, x0=(1, 1), t=(0, 1), engine="heyoka")


@pytest.mark.parametrize("engine", ["fast", "", "Scipy"])
def test_an_unknown_engine_is_named(engine):
    with pytest.raises(ValueError, match=f"unknown engine '{engine}': available here are 'heyoka', 'scipy'"):
        simulate_many(TWO, GUEST, x0=(1, 1), t=(0, 1), engine=engine)


@pytest.mark.parametrize("engine", [3, b"scipy", ["scipy"], True])
def test_an_engine_is_named_by_text(engine):
    with pytest.raises(TypeError, match="engine must be a str"):
        simulate_many(TWO, GUEST, x0=(1, 1), t=(0, 1), engine=engine)


class Later:
    """Something that says stop after so many questions."""

    def __init__(self, questions):
        self.left = questions

    def __call__(self):
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("questions", [0, 3, 9, 10**9])
def test_a_chunk_that_is_stopped_keeps_what_is_done(questions):
    from ecolib.ensembles.batches import Batch
    from ecolib.ensembles.engines import engine_for

    values, starts = draws(64, 3, -0.8, 0.8)
    given = Batch(THREE, values, starts, np.array([0.0, 0.1, 30.0]), 1e-8, 1e6, None)
    chunk, _ = given.cut(0, 64, Later(questions))
    until = np.broadcast_to([0.1, 30.0], (64, 2))
    part = engine_for(THREE, "heyoka", 64).follow(chunk, chunk.first, np.zeros(64), until)
    done, kinds = np.isfinite(part.y).all(axis=(1, 2)), {0: {0}, 3: {0, 1}, 9: {0, 1, 3}, 10**9: {1}}[questions]
    assert set(part.code.tolist()) <= kinds
    assert np.array_equal(done, part.code == 1)
    assert np.array_equal(np.isnan(part.reached), part.code == 0)


@pytest.mark.parametrize("faint", [1e-30, 1e-60, 1e-150])
def test_a_rival_that_has_all_but_faded_comes_back_to_coexistence(faint):
    rivals = Values(r=(1, 1), K=(1, 1), alpha=((0, -0.5), (-0.5, 0)))
    for times in ((0, 1000), np.linspace(0, 1000, 60)):
        path = simulate_many(TWO, rivals, x0=(1, faint), t=times, engine="heyoka", progress=False)
        assert path.ended == "finished"
        assert np.allclose(path.x[:, -1], 2 / 3, rtol=1e-8)


def test_a_path_that_goes_round_three_rivals_keeps_the_time_of_each_turn():
    r, start = [4.625, 1.604, 0.808], [3.4e-8, 3.5e-7, 1.26e-6]
    ring = Values(r=r, K=np.ones(3), alpha=[[0, -18.7, 7.23], [8, 0, -16.69], [-28.26, 3.18, 0]])
    slow, fast = both(THREE, ring, x0=start, t=np.linspace(0, 60, 200), rtol=1e-12)
    seen = slow.x > 1e-6
    assert np.allclose(fast.x[seen], slow.x[seen], rtol=1e-4)


@pytest.mark.parametrize(("allowed", "threads"), [("1", 1), (" 2 ", 2), ("3,1", 3), ("99", 4), ("0", 4), ("all", 4)])
def test_threads_are_no_more_than_other_libraries_may_start(monkeypatch, allowed, threads):
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", allowed)
    assert by_heyoka.ByHeyoka(TWO, 1000, 2).threads == threads
