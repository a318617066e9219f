"""What may not be asked of a sweep."""

import builtins
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np
import pytest
from sweep_functions import GRID, noise, nothing, total

from ecolib.sweeps import UnfinishedSweep, sweep


@pytest.mark.parametrize(
    ("grid", "error", "message"),
    [
        ([1, 2], TypeError, "grid must be a mapping, such as a dict, got list"),
        ({}, ValueError, "at least one parameter"),
        ({"a": ()}, ValueError, r"the values of a must be a row of at least one, got shape \(0,\)"),
        ({"a": [[1, 2]]}, ValueError, r"got shape \(1, 2\)"),
        ({"a": [[1], [2, 3]]}, ValueError, "rows of different lengths"),
        ({"a": 1.5}, TypeError, r"a must be a sequence, got 1.5: write \(1.5,\)"),
        ({"a": "word"}, TypeError, r"write \('word',\)"),
        ({"a": np.array(1.0)}, ValueError, r"got shape \(\)"),
        ({"a": (1, np.nan)}, ValueError, "must be finite, got nan"),
        ({"a": (1, np.inf)}, ValueError, "must be finite, got inf"),
        ({"a": (1, 2, 1.0)}, ValueError, "must be distinct, got 1.0 more than once"),
        ({"a": ("x", "x")}, ValueError, "must be distinct, got 'x'"),
        ({"a": (0.0, -0.0)}, ValueError, "must be distinct"),
        ({"a": (1, "x")}, TypeError, "real numbers, truth values or text"),
        ({"a": (1j,)}, TypeError, "real numbers, truth values or text"),
        ({"a": (None,)}, TypeError, "real numbers, truth values or text"),
        ({"a": (10**30,)}, TypeError, "real numbers, truth values or text"),
        ({"a b": (1,)}, ValueError, "ASCII letters, digits and underscores, got 'a b'"),
        ({"φ": (1,)}, ValueError, "ASCII"),
        ({3: (1,)}, ValueError, "ASCII"),
        ({"fault": (1,)}, ValueError, "'fault' in grid is one that sweeps use themselves"),
        ({"rng": (1,)}, ValueError, "'rng' in grid"),
        (
            {"a": range(10**4), "b": range(10**5)},
            ValueError,
            r"1,000,000,000 points \(10000 x 100000\); at most 100,000,000",
        ),
    ],
)
def test_a_grid_is_checked(grid, error, message):
    with pytest.raises(error, match=message):
        sweep(nothing, grid)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"units": ["a"]}, TypeError, "units must map names to text"),
        ({"units": {"a": 1}}, TypeError, "units must map names to text"),
        ({"units": {"tau": "1"}}, ValueError, "units are given for 'tau'; the names are a, b, value"),
        ({"outputs": ("x",)}, TypeError, "outputs must be a mapping"),
        ({"outputs": {}}, ValueError, "at least one"),
        (
            {"outputs": {"x": 2}},
            TypeError,
            r"the shape of x must be a tuple of positive whole numbers, \(\) for one, got 2",
        ),
        ({"outputs": {"x": (0,)}}, TypeError, "positive whole numbers"),
        ({"outputs": {"a": ()}}, ValueError, "'a' is given both to a parameter and to an output"),
        ({"outputs": {"x y": ()}}, ValueError, "in the outputs must be made of ASCII"),
        ({"outputs": {"x": (10**9,)}}, ValueError, "18,000,000,000 numbers, at most 1,000,000,000"),
        ({"seed": -1}, ValueError, "seed must be at least 0, got -1"),
        ({"seed": 1.5}, TypeError, "seed must be an integer, got 1.5"),
        ({"seed": np.random.default_rng(1)}, TypeError, "seed must be an integer"),
        ({"chunk": 0}, ValueError, "chunk must be at least 1, got 0"),
        ({"chunk": True}, TypeError, "chunk must be an integer, got True"),
        ({"retry": 1}, TypeError, "retry must be"),
        ({"workers": 0}, ValueError, "workers must be at least 1"),
        ({"on_error": "ignore"}, ValueError, "on_error must be one of keep, stop, got 'ignore'"),
        ({"executor": 4}, TypeError, "executor must be a concurrent.futures.Executor, or a Dask client, got int"),
    ],
)
def test_options_are_checked(options, error, message):
    with pytest.raises(error, match=message):
        sweep(total, GRID, **options)


def test_a_function_must_take_the_names_of_the_grid():
    with pytest.raises(TypeError, match="function must be callable, got 3"):
        sweep(3, GRID)
    with pytest.raises(TypeError, match=r"cannot be called with a: missing a required argument: 'b'"):
        sweep(total, {"a": (1,)})
    with pytest.raises(TypeError, match=r"cannot be called with a, b, rng: got an unexpected keyword argument 'rng'"):
        sweep(total, GRID, seed=1)
    with pytest.raises(TypeError, match="give a seed to a function that takes rng"):
        sweep(noise, GRID)


def test_outputs_that_take_the_name_of_a_parameter_are_refused():
    with pytest.raises(ValueError, match="'b' is given both"):
        sweep(lambda a, b: {"b": a + b}, GRID)
    with pytest.raises(ValueError, match=r"the output 'x' holds no number: its shape is \(2, 0\)"):
        sweep(lambda a, b: {"x": [[]] * 2 if a + b else 0}, GRID)
    with pytest.raises(ValueError, match="'x_0' is given both"):
        sweep(lambda x_0: {"x": [x_0]}, {"x_0": (1,)})


def test_a_function_that_other_processes_cannot_find_is_refused_before_any_point():
    def inner(a, b):
        return a + b

    with ProcessPoolExecutor(1) as pool:
        for function in (inner, lambda a, b: a + b, partial(inner, b=1)):
            with pytest.raises(TypeError, match=r"cannot be sent to other processes .* top level of a module"):
                sweep(function, GRID, executor=pool)


def test_a_submit_of_another_kind_is_refused():
    class Client:
        def submit(self, fn, *args):
            return fn(*args)

    with pytest.raises(TypeError, match=r"must return a concurrent.futures.Future, got ecolib.sweeps.chunks.Outcome"):
        sweep(total, GRID, executor=Client())


def test_without_xarray_it_says_what_to_install(monkeypatch):
    whole = builtins.__import__

    def bare(name, *args):
        if name == "xarray":
            raise ModuleNotFoundError(name)
        return whole(name, *args)

    monkeypatch.setattr(builtins, "__import__", bare)
    with pytest.raises(ImportError, match="its extra 'sweeps'"):
        sweep(total, GRID)


def test_a_first_answer_that_is_no_number_gets_no_hint_about_names_and_shapes():
    with pytest.raises(
        UnfinishedSweep, match=r"failed: TypeError: value must be .*got array\('text'.*\)\. 0 of"
    ) as caught:
        sweep(lambda a: "text" if a else 0, {"a": (1, 0)})
    assert "outputs=" not in str(caught.value)
