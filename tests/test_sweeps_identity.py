"""A store tells a changed input from an unchanged one, or refuses."""

import functools
import sys
import threading
from fractions import Fraction
from functools import partial

import numpy as np
import pytest
import scipy.sparse as sps
import sympy as sp
import xarray as xr
from scipy.stats import norm

from ecolib.sweeps import identity as told_by
from ecolib.sweeps import load, sweep
from ecolib.sweeps.identity import described
from ecolib.values import Values

HERE = sys.modules[__name__]
GRID = {"a": range(3)}
K, T = 2.0, 3.0


class Plain:
    """State in an object and in its class."""

    scale = 1.0

    def __init__(self, k):
        self.k = k

    def __call__(self, a):
        return a * self.k

    def run(self, a):
        return a * self.k * T


THING, TIMES = Plain(1), np.multiply


def in_a_function(a):
    def inner():
        return K * a

    return inner()


def in_a_class_body(a):
    class Body:
        scale = K

    return a * Body.scale


def through_class(a):
    return a * Plain.scale


@functools.cache
def cached(a):
    return a * K


def bound_with(a, factor=1.0):
    return a * factor * K


BOUND = partial(bound_with, factor=4.0)

READERS = [
    (in_a_function, "K", 9.0),
    (in_a_class_body, "K", 9.0),
    (lambda a: sum(K for _ in range(1)) * a, "K", 9.0),
    (lambda a: [lambda: K * a][0](), "K", 9.0),
    (lambda a: a * THING.k, "THING", Plain(5)),
    (cached, "K", 9.0),
    (lambda a: TIMES(a, 2), "TIMES", np.add),
    (lambda a: BOUND(a), "BOUND", partial(bound_with, factor=5.0)),
    (lambda a: BOUND(a), "K", 9.0),
    (Plain(1).run, "T", 9.0),
]


@pytest.mark.parametrize(("function", "name", "value"), READERS)
def test_a_changed_variable_is_another_sweep_wherever_it_is_read(function, name, value, tmp_path, monkeypatch):
    sweep(function, GRID, store=tmp_path)
    assert described(function) == described(function)
    monkeypatch.setattr(HERE, name, value)
    with pytest.raises(ValueError, match=rf"holds another sweep: .*outside of '{name}' was"):
        sweep(function, GRID, store=tmp_path)


def test_a_changed_class_attribute_is_another_sweep(tmp_path, monkeypatch):
    sweep(through_class, GRID, store=tmp_path)
    monkeypatch.setattr(Plain, "scale", 9.0)
    with pytest.raises(ValueError, match="outside of 'Plain' was"):
        sweep(through_class, GRID, store=tmp_path)


@pytest.mark.parametrize("make", [Plain, lambda k: Plain(k).run])
def test_the_state_of_an_object_that_is_called_counts(make, tmp_path):
    sweep(make(1), GRID, store=tmp_path)
    assert sweep(make(1), GRID, store=tmp_path).attrs["complete"] == 1
    with pytest.raises(ValueError, match="outside of 'self' was"):
        sweep(make(5), GRID, store=tmp_path)


def scaled(factor):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(a):
            return factor * function(a)

        return wrapper

    return decorate


PAIRS = {
    "set": ({1, 2}, {1, 3}),
    "DataArray": (xr.DataArray([1.0, 2.0]), xr.DataArray([5.0, 6.0])),
    "Fraction": (Fraction(1, 2), Fraction(1, 3)),
    "sparse": (sps.csr_array(np.eye(3)), sps.csr_array(2 * np.eye(3))),
    "masked": (np.ma.masked_equal([1.0, 2.0], 1), np.ma.masked_equal([1.0, 2.0], 2)),
    "structured": (np.array([(1, 2.0)], dtype="i4,f8"), np.array([(1, 3.0)], dtype="i4,f8")),
    "symbol": (sp.Symbol("x"), sp.Symbol("x", positive=True)),
    "Values": (Values(r=(1, 1), K=(1, 2), alpha=np.zeros((2, 2))), Values(r=(1, 1), K=(1, 3), alpha=np.zeros((2, 2)))),
    "lambdified": (sp.lambdify("x", "x + 1"), sp.lambdify("x", "x + 2")),
    "decorated": (scaled(1)(abs), scaled(2)(abs)),
    "functions": ([abs, len], [abs, sum]),
}


@pytest.mark.parametrize(("one", "other"), PAIRS.values(), ids=PAIRS)
def test_values_of_many_kinds_are_told_apart(one, other):
    def text(held):
        return described(lambda a: (held, a), strict=True)

    assert text(one) == text(one)
    assert text(one)["outside"] != text(other)["outside"]


def test_what_cannot_be_told_is_refused_by_a_store_only(tmp_path):
    lock = threading.Lock()
    law = norm(0, 1)
    for function, name in ((lambda a: a * (not lock.locked()), "lock"), (lambda a: law.cdf(a), "law")):
        assert sweep(function, GRID).attrs["faults"] == 0
        with pytest.raises(TypeError, match=rf"cannot tell whether {name} \(.*functools.partial.* without a store"):
            sweep(function, GRID, store=tmp_path / name)
    assert sweep(lambda a: norm.cdf(a), GRID, store=tmp_path / "family").attrs["faults"] == 0


def test_a_generator_from_outside_is_refused_with_and_without_a_store(tmp_path):
    rng = np.random.default_rng(1)
    for function in (lambda a: a + rng.random(), partial(lambda a, rng: a + rng.random(), rng=rng)):
        for store in (None, tmp_path):
            with pytest.raises(TypeError, match=r"rng is a random number generator from outside: .* a seed"):
                sweep(function, GRID, store=store)


def test_a_variable_with_the_name_of_an_attribute_does_not_matter(tmp_path, monkeypatch):
    def function(a):
        return a * THING.k

    sweep(function, GRID, store=tmp_path)
    monkeypatch.setattr(HERE, "k", 5.0, raising=False)
    assert sweep(function, GRID, store=tmp_path).attrs["complete"] == 1


def test_an_edited_package_is_another_sweep(tmp_path, monkeypatch):
    (tmp_path / "ecolib" / "sweeps").mkdir(parents=True)
    module = tmp_path / "ecolib" / "model.py"
    monkeypatch.setattr(told_by, "__file__", str(tmp_path / "ecolib" / "sweeps" / "identity.py"))
    monkeypatch.setattr("ecolib.sweeps.keeping.package_digest", told_by.package_digest.__wrapped__)
    for text in ("one", "other"):
        module.write_text(text)
        if text == "other":
            with pytest.raises(ValueError, match="another sweep: ecolib_sha256 was"):
                sweep(in_a_function, GRID, store=tmp_path / "store")
        else:
            assert sweep(in_a_function, GRID, store=tmp_path / "store").attrs["ecolib_sha256"]


def test_versions_of_every_run_that_computed_are_named(tmp_path, monkeypatch):
    first = sweep(in_a_function, GRID, store=tmp_path, chunk=1).attrs["python"]
    monkeypatch.setattr("platform.python_version", lambda: "9.9")
    assert sweep(in_a_function, GRID, store=tmp_path, chunk=1).attrs["python"] == first
    sorted(tmp_path.glob("*.nc"))[0].unlink()
    assert sweep(in_a_function, GRID, store=tmp_path, chunk=1).attrs["python"] == f"{first}; 9.9"
    assert load(tmp_path).attrs["python"] == f"{first}; 9.9"
