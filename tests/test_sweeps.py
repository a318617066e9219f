import io
import math
import os
import signal
import sys
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from sweep_functions import CONTEXT, GRID, loop, noise, plain, total

from ecolib.sweeps import UnfinishedSweep, sweep


@pytest.fixture(scope="module")
def processes():
    with ProcessPoolExecutor(2, mp_context=CONTEXT) as pool:
        yield pool


@pytest.fixture
def threads():
    with ThreadPoolExecutor(3) as pool:
        yield pool


def same(one, other):
    """Equal to the last bit, fault by fault."""
    assert list(one) == list(other)
    for name in one:
        if name == "fault":
            assert one[name].values.tolist() == other[name].values.tolist()
        else:
            assert one[name].values.tobytes() == other[name].values.tobytes()


def test_a_sweep_is_the_plain_loop_with_labels():
    swept = sweep(plain, GRID)
    assert swept.s.dims == ("a", "b")
    assert swept.v.dims == ("a", "b", "v_0")
    for index, expected in enumerate(loop(plain, GRID)):
        a, b = divmod(index, 3)
        if isinstance(expected, dict):
            assert swept.fault[a, b] == ""
            assert np.array_equal(swept.s[a, b], expected["s"], equal_nan=True)
            assert swept.v[a, b].values.tolist() == expected["v"]
        else:
            assert swept.fault[a, b].item().startswith(expected.__name__)


axes = st.dictionaries(
    st.sampled_from("abcd"),
    st.lists(st.integers(-9, 9) | st.floats(-9, 9, width=16), min_size=1, max_size=4, unique=True),
    min_size=1,
    max_size=3,
)


@given(grid=axes, chunk=st.integers(1, 70))
def test_any_grid_in_any_chunks_is_the_plain_loop(grid, chunk):
    def function(**point):
        return math.sin(sum(value * (k + 1) for k, value in enumerate(point.values())))

    swept = sweep(function, grid, chunk=chunk)
    assert swept.value.values.ravel().tolist() == loop(function, grid)
    assert {name: swept[name].values.tolist() for name in swept.dims} == {name: list(v) for name, v in grid.items()}


def test_an_answer_that_is_no_number_is_no_fault_and_a_fault_is_no_answer():
    swept = sweep(plain, GRID)
    assert np.isnan(swept.s.sel(a=4)).all()
    assert (swept.fault.sel(a=4) == "").all()
    assert np.isnan(swept.s.sel(a=3)).all()
    assert set(swept.fault.sel(a=3).values) <= {
        "ZeroDivisionError: float division by zero",
        "ZeroDivisionError: division by zero",
    }
    assert swept.attrs["faults"] == 3
    assert swept.attrs["complete"] == 1


@pytest.mark.parametrize("function", [plain, noise])
@pytest.mark.parametrize("chunk", [1, 5, 18])
def test_every_executor_and_chunk_gives_the_same_bits(function, chunk, processes, threads):
    seed = 2026 if function is noise else None
    serial = sweep(function, GRID, seed=seed)
    for pool in (processes, threads):
        same(serial, sweep(function, GRID, seed=seed, executor=pool, chunk=chunk))


def test_a_point_draws_from_the_child_that_the_seed_spawns_for_it():
    swept = sweep(noise, GRID, seed=7)
    children = np.random.SeedSequence(7).spawn(18)
    expected = [
        noise(a, b, np.random.default_rng(children[3 * a + k])) for a in GRID["a"] for k, b in enumerate(GRID["b"])
    ]
    assert swept.x.values.ravel().tolist() == [one["x"] for one in expected]
    assert np.array_equal(swept.m.values.reshape(18, 2, 2), [one["m"] for one in expected])
    assert swept.attrs["seed"] == "7"


def test_values_reach_the_function_as_plain_python():
    seen = []
    sweep(lambda **point: seen.append(point) or 0, {"n": np.arange(2, 4), "x": [0.5], "word": ("up",), "on": (True,)})
    assert seen == [{"n": n, "x": 0.5, "word": "up", "on": True} for n in (2, 3)]
    assert [type(value) for value in seen[0].values()] == [int, float, str, bool]


def test_units_and_provenance_are_attributes():
    import ecolib

    swept = sweep(total, GRID, units={"a": "per unit of time", "value": "units of output"})
    assert swept.a.attrs == {"units": "per unit of time"}
    assert swept.value.attrs == {"units": "units of output"}
    assert swept.b.attrs == {}
    assert swept.attrs["function"] == "sweep_functions.total"
    assert swept.attrs["ecolib"] == ecolib.__version__
    assert len(swept.attrs["source_sha256"]) == 64
    assert {"numpy", "python", "platform", "begun"} <= set(swept.attrs)


def test_a_result_can_be_written_and_read_again(tmp_path):
    swept = sweep(plain, GRID | {"b": (1.5, 2.0)}, units={"a": "µm"}, seed=None)
    swept.to_netcdf(tmp_path / "swept.nc", engine="scipy")
    again = xr.load_dataset(tmp_path / "swept.nc", engine="scipy")
    same(swept, again[list(swept)])
    assert again.a.attrs == swept.a.attrs
    assert again.attrs == swept.attrs


def test_truth_values_and_whole_numbers_are_numbers():
    swept = sweep(lambda a: {"yes": a > 1, "n": a, "z": np.float32(0.5)}, {"a": (1, 2)})
    assert [swept[name].values.tolist() for name in ("yes", "n", "z")] == [[0, 1], [1, 2], [0.5, 0.5]]


@pytest.mark.parametrize(
    ("returned", "fault"),
    [
        ("text", "TypeError: value must be an array of real numbers, got"),
        (None, "TypeError: value must be an array of real numbers, got"),
        (1j, "TypeError: value must be an array of real numbers, got"),
        (2**53 + 1, "TypeError: value must be a number that is exact in 64 bits, got 9007199254740993"),
        (-(2**53) - 1, "TypeError: value must be a number that is exact"),
        ([1, 2], "TypeError: the function must return value, it returned value of shape (2,)"),
        ({"other": 1}, "TypeError: the function must return value, it returned other"),
        ({}, "TypeError: the function must return value, it returned nothing"),
    ],
)
def test_what_is_no_number_of_the_first_shape_is_a_fault(returned, fault):
    swept = sweep(lambda a: returned if a else 0, {"a": (0, 1, 0.5)})
    assert swept.fault.sel(a=1).item().startswith(fault)
    assert swept.fault.sel(a=0).item() == ""
    assert np.isnan(swept.value.sel(a=1))


def test_a_fault_is_one_short_printable_line():
    def function(**_):
        raise ValueError("long\nand\x00odd \ud800 " + "x" * 1000)

    text = sweep(function, {"a": (1,)}, outputs={"value": ()}).fault.item()
    assert text.startswith("ValueError: long and?odd ? xxx")
    assert len(text) == 300


def test_a_first_point_that_fails_ends_the_sweep_unless_the_outputs_are_told():
    with pytest.raises(UnfinishedSweep, match=r"inverse\(a=0\) failed: ZeroDivisionError.* give them as outputs="):
        sweep(inverse, {"a": (0, 1)})
    swept = sweep(inverse, {"a": (0, 2)}, outputs={"value": ()})
    assert swept.fault.values.tolist()[1] == ""
    assert swept.value.values.tolist()[1] == 0.5


def inverse(a):
    return 1 / a


def test_a_sweep_stops_at_a_fault_when_it_is_told_to(threads):
    with pytest.raises(UnfinishedSweep, match=r"inverse\(a=0\) failed: ZeroDivisionError.*2 of 4 points") as caught:
        sweep(inverse, {"a": (1, 2, 0, 3)}, on_error="stop", chunk=1)
    result = caught.value.result
    assert result.fault.values.tolist() == ["", "", "not run", "not run"]
    assert result.value.values.tolist()[:2] == [1, 0.5]
    assert result.attrs["complete"] == 0
    for options in ({"executor": threads}, {"chunk": 4}):
        with pytest.raises(UnfinishedSweep, match=r"inverse\(a=0\) failed"):
            sweep(inverse, {"a": (1, 2, 0, 3)}, on_error="stop", **options)


class Counting(Executor):
    """An executor that knows how many of its futures are not finished."""

    def __init__(self):
        self.inner, self.flying, self.most = ThreadPoolExecutor(8), set(), 0

    def submit(self, fn, /, *args, **kwargs):
        future = self.inner.submit(fn, *args, **kwargs)
        self.flying = {one for one in self.flying if not one.done()} | {future}
        self.most = max(self.most, len(self.flying))
        return future


def test_no_more_chunks_are_in_flight_than_workers():
    pool = Counting()
    sweep(total, {"a": range(50), "b": (0,)}, executor=pool, workers=3, chunk=1)
    assert 1 <= pool.most <= 3


class Interrupted(Executor):
    """Finishes two chunks while the user presses Ctrl-C."""

    def __init__(self):
        self.waiting = []

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        self.waiting.append((future, fn(*args, **kwargs)))
        if len(self.waiting) == 4:
            for one, outcome in self.waiting[1:3]:
                one.set_result(outcome)
            raise KeyboardInterrupt
        if len(self.waiting) == 1:
            future.set_result(self.waiting[0][1])
        return future


def test_ctrl_c_keeps_every_chunk_that_is_finished():
    pool = Interrupted()
    swept = sweep(total, {"a": range(12), "b": (0,)}, executor=pool, workers=8, chunk=2)
    assert swept.fault.values.ravel().tolist() == [""] * 6 + ["not run"] * 6
    assert swept.value.values.ravel().tolist()[:6] == [0, 1, 2, 3, 4, 5]
    assert swept.attrs["complete"] == 0


def test_ctrl_c_in_the_first_chunk_returns_a_dataset_without_outputs():
    def function(**_):
        raise KeyboardInterrupt

    swept = sweep(function, {"a": (1, 2)})
    assert list(swept) == ["fault"]
    assert swept.fault.values.tolist() == ["not run", "not run"]


def stubborn(a):
    """Presses Ctrl-C at one point, and answers it itself."""
    try:
        if a == 3:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
    except KeyboardInterrupt:
        return -1
    return a


@pytest.fixture
def interruptible():
    """Ctrl-C works, even where tests run in the background of a shell that has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield (signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_that_a_function_answers_itself_ends_the_sweep_without_its_answer(interruptible):
    swept = sweep(stubborn, {"a": range(5)}, chunk=1)
    assert swept.fault.values.tolist() == ["", "", "", "not run", "not run"]
    with ProcessPoolExecutor(1, mp_context=CONTEXT, initializer=signal.signal, initargs=interruptible) as pool:
        swept = sweep(stubborn, {"a": range(5)}, chunk=1, executor=pool)
    assert swept.fault.values.tolist() == ["", "", "", "not run", "not run"]


def test_a_bar_shows_when_it_is_wanted_and_only_then(capsys, monkeypatch):
    sweep(total, GRID)
    assert capsys.readouterr() == ("", "")
    sweep(total, GRID, progress=True)
    assert "18/18" in capsys.readouterr().err
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)
    sweep(total, GRID)
    assert "18/18" in terminal.getvalue()


def test_thresholds_of_the_paper_over_synergy_and_friction():
    from ecolib.paper.evolution import Closure

    def threshold(s, c):
        return float(Closure(s=s, c=c, omega=1).thresholds.phi_c)

    swept = sweep(threshold, {"s": (1.2, 2.0), "c": (0.3, 0.5)})
    at_once = Closure(s=np.array([[1.2], [2.0]]), c=np.array([0.3, 0.5]), omega=1).thresholds.phi_c
    assert np.allclose(swept.value, at_once, rtol=1e-14)
