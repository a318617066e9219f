"""Every public function under sensible, corner and hostile arguments; `make fuzz` does the same for ten minutes."""

import time

import numpy as np
import pytest
import sympy as sp
from fuzz.answers import NAN
from fuzz.arguments import owners, sensible
from fuzz.calls import Call, calls
from fuzz.judge import Fault, Hang, verdict
from fuzz.odd import CODE
from fuzz.runs import Tally, fuzz, in_turn
from fuzz.targets import INNER, Target, imported, targets
from hypothesis import HealthCheck, given, settings

from ecolib import Path, simulate

TARGETS = targets()
SYMBOLIC = [
    (target, parameter.name)
    for target in TARGETS
    for parameter in target.parameters
    if "sp." in str(parameter.annotation) or "Expr2" in str(parameter.annotation)
]
PLAIN = {"raises": ("ValueError", "TypeError"), "nan": False, "seconds": 5.0}
once = settings(max_examples=1, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


def short(target):
    return target.name.removeprefix("ecolib.")


@pytest.mark.parametrize("target", TARGETS, ids=short)
def test_it_answers_without_nan_or_refuses_and_says_why(target):
    fuzz(target, Tally(), examples=3)


def test_somebody_has_said_what_good_arguments_of_every_public_name_are():
    for target in TARGETS:
        assert all(sensible(target, parameter) is not None for parameter in target.parameters)
        assert target.owner is None or owners(target) is not None


def test_nothing_that_the_book_imports_is_left_out():
    found = {target.name for target in TARGETS}
    assert {"ecolib.simulate", "ecolib.Values", "ecolib.paper.policy.BaseCase.alignment"} <= found
    assert not INNER.keys() & imported()
    assert len(found) > 450


@pytest.mark.parametrize(
    ("target", "name"), SYMBOLIC, ids=lambda given: given if isinstance(given, str) else short(given)
)
@pytest.mark.parametrize("text", [CODE, (CODE, CODE), [CODE], {CODE: CODE}], ids=["text", "tuple", "list", "dict"])
def test_text_is_refused_where_expressions_are_expected(target, name, text):
    @once
    @given(call=calls(target))
    def refused(call):
        given = {**call.given, name: text}
        assert not verdict(Call(target, call.owner, given), **PLAIN | {"nan": True})

    refused()


def test_where_nan_is_an_answer_the_docstring_says_so():
    words = {name: target.words for target in TARGETS for name in (short(target).rpartition(".")[2], short(target))}
    for name in NAN:
        assert (
            any("NaN" in said or "nan" in said for at, said in words.items() if at.endswith(name)) or name[0].isupper()
        )


def silent():
    return np.array([1.0, np.nan])


def inside():
    return np.ones(2) + np.ones(3)


def warned():
    return np.float64(1.0) / np.float64(0.0)


def read():
    return sp.sympify(CODE)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (silent, "NaN in the answer"),
        (inside, "comes from inside"),
        (warned, "RuntimeWarning is no refusal"),
        (read, "text was run"),
        (lambda: (_ for _ in ()).throw(KeyError("x")), "KeyError is no refusal"),
    ],
)
def test_what_is_wrong_is_called_a_fault(call, says):
    with pytest.raises(Fault, match=says):
        verdict(call, **PLAIN)


def test_a_refusal_of_ecolib_is_none_and_nan_may_be_an_answer_of_a_path():
    assert verdict(lambda: simulate("model", {}, x0=(), t=()), **PLAIN) is False
    assert verdict(lambda: Path(np.ones(1), np.full((1, 1), np.nan), "", 0.0, ""), **PLAIN) is True


def test_a_call_that_does_not_end_is_stopped():
    def forever():
        while True:
            pass

    began = time.process_time()
    with pytest.raises(Hang, match=r"no answer after 0\.2 seconds"):
        verdict(forever, **PLAIN | {"seconds": 0.2})
    assert time.process_time() - began < 2


def test_a_run_in_turn_keeps_the_fault_of_a_target_and_goes_on_with_the_others():
    kept, good, bad = {}, Target("good", abs_of), Target("bad", silent)
    found = in_turn((good, bad), seconds=0.5, seed=1, examples=2, report=str, keep=kept.__setitem__)
    assert found["good"].calls > 2
    assert not found["good"].faults
    assert "NaN in the answer" in kept["bad"]
    assert len(found["bad"].faults) == 1


def abs_of():
    return 1.0
