import io
import sys

import numpy as np
import pytest
from draws import MODELS, batch
from paths import GUEST, RUNAWAY, alone, interrupting, logistic

from ecolib import Values, simulate, simulate_many
from ecolib.ensembles import by_scipy

ONE, TWO, THREE = MODELS[1], MODELS[2], MODELS[3]


@pytest.mark.parametrize("K", [1e-12, 1.0, 1e12])
@pytest.mark.parametrize("r", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("fraction", [1e-9, 0.5, 1.0, 20.0])
def test_a_unit_alone_follows_the_logistic_curve(K, r, fraction):
    t = np.linspace(0, 30, 7) / r
    path = simulate(ONE, alone(r, K), x0=(fraction * K,), t=t)
    assert path.ended == "finished"
    assert np.allclose(path.x[0], logistic(t, fraction * K, r, K), rtol=1e-6, atol=0)


def test_the_error_falls_with_the_tolerance():
    t = np.linspace(0, 10, 11)
    exact = logistic(t, 0.01)
    errors = [
        np.abs(simulate(ONE, alone(), x0=(0.01,), t=t, rtol=rtol).x / exact - 1).max() for rtol in (1e-4, 1e-7, 1e-10)
    ]
    assert errors[0] > 20 * errors[1] > 400 * errors[2]
    assert errors[2] < 1e-9


def test_a_unit_that_fades_keeps_its_relative_accuracy():
    rivals = Values(r=(1, 1), K=(1, 1), alpha=((0, 0), (-2, 0)))
    path = simulate(TWO, rivals, x0=(1, 1e-200), t=(0, 100, 150))
    assert path.x[0].tolist() == [1, 1, 1]
    assert np.allclose(np.log(path.x[1]), np.log(1e-200) - path.t, rtol=1e-9)


def test_a_commensal_follows_the_logistic_curve_to_its_new_capacity():
    helped = Values(r=(1, 1), K=(1, 1), alpha=((0, 0.5), (0, 0)))
    path = simulate(TWO, helped, x0=(0.1, 1), t=np.arange(10.0))
    assert np.allclose(path.x[0], logistic(path.t, 0.1, r=1.5, K=1.5), rtol=1e-6)


def test_a_path_begins_exactly_at_its_start_and_has_its_times():
    t = [-3, 0, 0.5, 17]
    path = simulate(TWO, GUEST, x0=(10, 5), t=t)
    assert (path.t.tolist(), path.x.shape, path.reached) == (t, (2, 4), 17)
    assert path.x[:, 0].tolist() == [10, 5]


def test_times_between_do_not_change_the_path():
    few, many = (simulate(TWO, GUEST, x0=(10, 5), t=np.linspace(0, 40, n)) for n in (2, 401))
    assert np.allclose(few.x[:, -1], many.x[:, -1], rtol=1e-12)


def test_an_absent_unit_stays_exactly_absent():
    path = simulate(THREE, batch(np.random.default_rng(1), 1, 3, low=0, high=0.3)[0], x0=(1, 0, 2), t=range(200))
    assert np.all(path.x[1] == 0)
    assert np.all(path.x[[0, 2]] > 0)


def test_an_absent_unit_has_no_influence():
    both = simulate(TWO, GUEST, x0=(10, 0), t=range(20))
    assert np.allclose(both.x[0], logistic(both.t, 10, 0.5, 100), rtol=1e-6)


def test_without_any_unit_nothing_happens():
    path = simulate(TWO, GUEST, x0=(0, 0), t=(0, 5))
    assert (path.ended, path.x.tolist()) == ("finished", [[0, 0], [0, 0]])


@pytest.mark.parametrize("calls", [0, 500, 1500])
def test_an_interrupted_batch_keeps_the_paths_that_are_done(monkeypatch, calls):
    starts, t = [[10, 5], [20, 5], [30, 5], [40, 5], [50, 5], [60, 5]], (0, 60)
    whole = simulate_many(TWO, GUEST, x0=starts, t=t, progress=False)
    interrupting(monkeypatch, calls)
    many = simulate_many(TWO, GUEST, x0=starts, t=t, progress=False)
    done = int(np.argmax(many.ended == "interrupted"))
    assert many.ended.tolist() == ["finished"] * done + ["interrupted"] + ["not run"] * (5 - done)
    assert np.array_equal(many.x[:done], whole.x[:done])
    assert np.isnan(many.x[done + 1 :]).all()
    assert np.isnan(many.reached[done + 1 :]).all()
    assert (done > 0) == (calls > 0)


def test_a_batch_interrupted_between_two_paths_keeps_those_before(monkeypatch):
    followed, count = by_scipy.followed, iter(range(2))

    def once_more(*arguments, **options):
        if next(count, None) is None:
            raise KeyboardInterrupt
        return followed(*arguments, **options)

    monkeypatch.setattr(by_scipy, "followed", once_more)
    many = simulate_many(TWO, GUEST, x0=np.full((4, 2), 10), t=(0, 1), progress=False)
    assert many.ended.tolist() == ["finished", "finished", "not run", "not run"]


def test_a_batch_is_its_paths():
    many_values = batch(np.random.default_rng(3), 3, 2, low=-0.5, high=0.5)
    many = simulate_many(TWO, many_values, x0=(1, 2), t=(0, 1, 5), progress=False)
    assert (many.x.shape, many.ended.tolist()) == ((3, 2, 3), ["finished"] * 3)
    for k in range(3):
        assert np.array_equal(many.x[k], simulate(TWO, many_values[k], x0=(1, 2), t=(0, 1, 5)).x)
        assert many.reached[k] == 5


def test_values_and_starts_are_broadcast():
    many_values = batch(np.random.default_rng(4), 3, 2, low=-0.5, high=0.5)
    starts = np.array([[1.0, 2.0], [3.0, 0.0]])[:, None]
    many = simulate_many(TWO, many_values, x0=starts, t=(0, 5), progress=False)
    assert many.x.shape == (2, 3, 2, 2)
    assert np.array_equal(many.x[1, 2], simulate(TWO, many_values[2], x0=(3, 0), t=(0, 5)).x)
    assert np.all(many.x[1, :, 1] == 0)


def test_a_batch_of_one_set_has_no_leading_axes():
    many = simulate_many(TWO, GUEST, x0=(10, 5), t=(0, 60), progress=False)
    assert (many.x.shape, many.ended.shape, str(many.ended)) == ((2, 2), (), "finished")


def test_an_empty_batch_is_an_empty_result():
    many = simulate_many(TWO, GUEST, x0=np.empty((0, 2)), t=(0, 60), progress=False)
    assert (many.x.shape, many.ended.shape) == ((0, 2, 2), (0,))


def test_a_batch_mixes_endings():
    starts = [[0.1, 0.1], [0.1, 0], [0, 0]]
    many = simulate_many(TWO, RUNAWAY, x0=starts, t=(0, 10), progress=False)
    assert many.ended.tolist() == ["escaped", "finished", "finished"]


@pytest.mark.parametrize(("progress", "shown"), [(True, True), (False, False), (None, False)])
def test_progress_shows_when_asked_for(progress, shown, capfd):
    simulate_many(TWO, GUEST, x0=(10, 5), t=(0, 1), progress=progress)
    assert ("1/1" in capfd.readouterr().err) is shown


def test_progress_shows_in_a_terminal(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    simulate_many(TWO, GUEST, x0=(10, 5), t=(0, 1))
    assert "1/1" in sys.stderr.getvalue()


@pytest.mark.parametrize("run", [simulate, simulate_many])
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"x0": (10, -1)}, r"x0 must be finite and not negative, got -1\.0"),
        ({"x0": (np.nan, 1)}, "x0 must be finite and not negative, got nan"),
        ({"x0": (np.inf, 1)}, "x0 must be finite and not negative, got inf"),
        ({"x0": (10, 5, 1)}, r"x0 must have shape \(\.\.\., 2\), got \(3,\)"),
        ({"x0": 10}, r"x0 must have shape \(\.\.\., 2\), got \(\)"),
        ({"t": (0, 1, 1)}, r"t must be finite and increasing, got \[0\.0, 1\.0, 1\.0\]"),
        ({"t": (1, 0)}, r"t must be finite and increasing, got \[1\.0, 0\.0\]"),
        ({"t": (0, np.nan)}, "t must be finite and increasing"),
        ({"t": (0, np.inf)}, "t must be finite and increasing"),
        ({"t": (0,)}, r"t must hold at least two times, got shape \(1,\)"),
        ({"t": 5}, r"t must hold at least two times, got shape \(\)"),
        ({"t": ((0, 1), (1, 2))}, r"t must hold at least two times, got shape \(2, 2\)"),
        ({"rtol": 0}, "rtol must be at least 1e-13 and at most 0.1, got 0"),
        ({"rtol": 1e-14}, "rtol must be at least 1e-13 and at most 0.1, got 1e-14"),
        ({"rtol": 0.2}, "rtol must be at least 1e-13 and at most 0.1, got 0.2"),
        ({"rtol": np.nan}, "rtol must be at least 1e-13 and at most 0.1, got nan"),
        ({"escape": 1}, "escape must be above 1 and at most 1e.12, got 1"),
        ({"escape": np.inf}, "escape must be above 1 and at most 1e.12, got inf"),
        ({"escape": np.nan}, "escape must be above 1 and at most 1e.12, got nan"),
        ({"values": RUNAWAY, "model": THREE}, "the model has 3 units, the values have 2"),
    ],
)
def test_a_bad_argument_is_named(run, changes, sentence):
    given = {"model": TWO, "values": GUEST, "x0": (10, 5), "t": (0, 60), **changes}
    with pytest.raises(ValueError, match=f"^{sentence}"):
        run(given.pop("model"), given.pop("values"), **given)


@pytest.mark.parametrize(("name", "given"), [("x0", ("a", "b")), ("x0", (1j, 1)), ("t", ("0", "1")), ("t", None)])
def test_starts_and_times_are_real_numbers(name, given):
    arguments = {"x0": (10, 5), "t": (0, 60), name: given}
    with pytest.raises(TypeError, match=f"{name} must be an array of real numbers, got"):
        simulate(TWO, GUEST, **arguments)


def test_one_path_has_one_set_of_values_and_one_start():
    two = Values(r=(1, 1), K=(1, 1), alpha=np.zeros((2, 2, 2)))
    with pytest.raises(ValueError, match=r"simulate takes one parameter set, got a batch of shape \(2,\)"):
        simulate(TWO, two, x0=(1, 1), t=(0, 1))
    with pytest.raises(ValueError, match=r"x0 must have shape \(2,\), got \(3, 2\): use simulate_many"):
        simulate(TWO, GUEST, x0=np.ones((3, 2)), t=(0, 1))


def test_starts_that_do_not_fit_the_batch_are_refused():
    two = Values(r=(1, 1), K=(1, 1), alpha=np.zeros((2, 2, 2)))
    with pytest.raises(ValueError, match=r"x0 \(3, 2\) does not broadcast against values of batch \(2,\)"):
        simulate_many(TWO, two, x0=np.ones((3, 2)), t=(0, 1))
