"""What a proposition refuses, and how it says so."""

import subprocess
import sys

import pytest
import sympy as sp

from ecolib.proofs import Proposition, as_reals

x, y = sp.symbols("x y", real=True)
x_positive = sp.Symbol("x", positive=True)
n = sp.Symbol("n", integer=True)


@pytest.mark.parametrize(
    ("claim", "error", "message"),
    [
        ("x > 0", TypeError, "got 'x > 0' of type str"),
        (x, TypeError, "got x of type Symbol"),
        (x + 1, TypeError, "must be a relation"),
        (sp.And(sp.Symbol("p"), x > 0), TypeError, "must be a relation"),
        (sp.Eq(x > 0, y > 0, evaluate=False), TypeError, "must be a relation"),
        (None, TypeError, "NoneType"),
        (x == y, ValueError, "False before .* use sympy's Eq"),
        (x_positive > 0, ValueError, "True before .* assumes"),
        (sp.Integer(2) > 1, ValueError, "True before"),
        (x > 0.5, ValueError, "float is not exact"),
        (1 / x > 0, ValueError, "multiply the denominator out"),
        (sp.sqrt(x) > y, ValueError, "name the root by a letter q"),
        (x**y > 0, ValueError, "exponent must be a whole number"),
        (x**65 > y, ValueError, "exponents end at 64"),
        (sp.sin(x) > y, ValueError, "name it by a letter"),
        (sp.Abs(x) > y, ValueError, "name it by a letter"),
        (sp.pi * x > y, ValueError, "numbers must be rational"),
        (x_positive > 1, ValueError, "it assumes positive=True.* as_reals"),
        (n > y, ValueError, "it assumes integer=True"),
        (sp.Eq(sp.Symbol("w", commutative=False), x), ValueError, "it assumes commutative=False"),
    ],
)
@pytest.mark.parametrize("place", ["claim", "hypothesis 'h'", r"where\[0\]"])
def test_what_solvers_cannot_read_is_refused_wherever_it_stands(claim, error, message, place):
    given = {"hypotheses": {}, "claim": x > y}
    given |= {"claim": claim} if place == "claim" else {"where": [claim]} if "where" in place else {}
    given |= {"hypotheses": {"h": claim}} if "hypothesis" in place else {}
    with pytest.raises(error, match=f"(?s){place}.*{message}"):
        Proposition("refused", **given)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"name": ""}, ValueError, "name must not be empty"),
        ({"name": 3}, TypeError, "name must be text, got 3"),
        ({"statement": None}, TypeError, "statement must be text"),
        ({"hypotheses": "x > 1"}, TypeError, "several statements"),
        ({"hypotheses": x > 1}, TypeError, "several statements"),
        ({"hypotheses": 7}, TypeError, "several statements"),
        ({"hypotheses": {1: x > 1}}, TypeError, "label of a hypothesis must be text"),
        ({"hypotheses": {" ": x > 1}}, ValueError, "label of a hypothesis must not be empty"),
        ({"hypotheses": [x > 1, x > 1]}, ValueError, "labels must differ, got 'x > 1'"),
        ({"where": sp.Eq(x, 1)}, TypeError, "where must be several statements"),
        ({"where": [sp.Symbol("y") > 1]}, ValueError, "two different symbols are named 'y'"),
        ({"known": [1]}, TypeError, "known must map labels to points"),
        ({"known": {"no": {}}}, ValueError, "no hypothesis is labelled 'no'; the labels are 'h'"),
        ({"known": {"h": 3}}, TypeError, "must map letters to numbers"),
        ({"known": {"h": {x: 1}}}, ValueError, "y is missing"),
        ({"known": {"h": {x: 1, y: 1, n: 1}}}, ValueError, "n is unknown"),
        ({"known": {"h": {x: 1, y: 0.5}}}, ValueError, "y = 0.5 is not"),
        ({"known": {"h": {x: 1, y: "2"}}}, ValueError, "y = '2' is not"),
        ({"known": {"h": {x: 1, y: sp.I}}}, ValueError, "y = I is not"),
        ({"known": {"h": {x: 1, y: sp.pi}}}, ValueError, "y = pi is not"),
    ],
)
def test_arguments_are_checked_at_the_door(given, error, message):
    with pytest.raises(error, match=message):
        Proposition(**{"name": "refused", "hypotheses": {"h": x > 1}, "claim": x > y} | given)


@pytest.mark.parametrize(
    ("timeout", "error"),
    [
        (0, ValueError),
        (-1, ValueError),
        (float("nan"), ValueError),
        (float("inf"), ValueError),
        ("3", TypeError),
        (True, TypeError),
    ],
)
@pytest.mark.parametrize("task", ["prove", "witness", "counterexamples", "check"])
def test_time_limits_are_positive_and_finite(task, timeout, error):
    with pytest.raises(error, match="timeout must be"):
        getattr(Proposition("limits", {}, x > y), task)(timeout=timeout)


def test_an_unknown_label_cannot_be_dropped():
    with pytest.raises(ValueError, match="'no'; the labels are none"):
        Proposition("without", {}, x > y).without("no")


def test_bare_hypotheses_are_their_own_labels():
    assert list(Proposition("labels", [x > 1, y > 2], x + y > 3).hypotheses) == ["x > 1", "y > 2"]


def test_letters_lose_their_assumptions_and_keep_their_names():
    assert as_reals(x_positive**2 - n) == x**2 - sp.Symbol("n", real=True)
    with pytest.raises(ValueError, match="two different symbols are named 'x'"):
        as_reals(x_positive - x)


def test_symbols_without_any_assumption_stand_for_real_numbers():
    free = sp.Symbol("z")
    assert Proposition("square", {}, free**2 >= 0).prove()


def test_making_a_proposition_loads_no_solver():
    code = "import sys, sympy, ecolib.proofs as p; x = sympy.Symbol('x'); p.Proposition('n', {}, x > 0).smtlib; "
    code += "sys.exit('z3' in sys.modules or 'cvc5' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
