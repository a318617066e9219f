"""The door to the solvers: one text for all, limits that hold, numbers that are exact."""

import importlib.util
import os
import signal
import sys
import threading
import time
from fractions import Fraction

import pytest
import sympy as sp

from ecolib.proofs import Proposition, solvers
from ecolib.proofs.smtlib import Query, names_of
from ecolib.proofs.solvers import METHODS, Root, ask, require_solvers

pytest.importorskip("z3")
pytest.importorskip("cvc5")

a, b, u, v, x, y = sp.symbols("a b u v x y", real=True)
SIX = sp.symbols("x_1:7", real=True)
HARD = Query(SIX, (("the means the wrong way round", sum(z**6 for z in SIX) < 6 * sp.prod(SIX)),)).text()
PAIR = (("", sp.Eq(u, 1 + a * v)), ("", sp.Eq(v, 1 + b * u)))
SMALL = {
    "gain without a coefficient": ("unsat", (*PAIR, ("", v > 0), ("", a <= 0), ("", u > 1))),
    "life without stability": ("unsat", (*PAIR, ("", u > 0), ("", v > 0), ("", a * b > 1), ("", a > 0))),
    "gain": ("sat", (*PAIR, ("", v > 0), ("", u > 1))),
    "a fraction": ("sat", (("", sp.Eq(3 * x, -1)), ("", y < sp.Rational(-2, 3)))),
    "all connectives": ("sat", (("", sp.Equivalent(x > 0, sp.Or(y > 0, sp.Not(sp.And(x > 1, sp.Ne(y, 0)))))),)),
    "a high power": ("unsat", (("", x**7 > 1), ("", x < 1))),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("case", SMALL)
def test_all_methods_agree_on_the_same_text(case, method):
    verdict, statements = SMALL[case]
    query = Query((a, b, u, v, x, y), statements)
    answer = ask(query.text(), method=method, seconds=20)
    assert answer.verdict == verdict
    if verdict == "sat":
        exact = {x: sp.Rational(str(answer.model[name])) for x, name in query.names.items() if name in answer.model}
        assert query.obeyed_by({letter: sp.Integer(0) for letter in query.letters} | exact)


@pytest.mark.parametrize("method", METHODS)
def test_the_text_for_readers_is_proved_by_every_method_part_by_part(method):
    text = Proposition("sign", {"v lives": v > 0}, sp.Equivalent(u > 1, a > 0), [s for _, s in PAIR]).smtlib
    parts = text.split("(reset)")
    assert [ask(part, method=method, seconds=20).verdict for part in parts] == ["unsat", "unsat"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ["lambda", "pi", "let", "e", "|", "x'", "φ", "", "2", "a b", "(check-sat)", "a;b"])
def test_no_name_is_misread(name, method):
    letter, other = sp.Symbol(name, real=True), sp.Symbol("letter_1", real=True)
    query = Query((letter, other), (("", sp.Eq(letter, 7)), ("a remark\n(assert false)", sp.Eq(other, 8))), "new\nline")
    answer = ask(query.text(), method=method, seconds=20)
    assert answer.verdict == "sat"
    assert {x: answer.model[name] for x, name in query.names.items()} == {letter: 7, other: 8}


def test_the_text_is_strict_smtlib():
    text = Query((x, y), (("", sp.Eq(-2 * x**3, sp.Rational(-2, 3) + y)), ("", sp.Ne(x, -5)))).text()
    assert "(assert (= (* (- 2) (* x x x)) (+ (- (/ 2 3)) y)))" in text
    assert "(assert (not (= x (- 5))))" in text


def test_plain_names_stay_and_replaced_names_are_new():
    letters = sp.symbols("alpha_12 lambda letter_1 pi", real=True)
    assert list(names_of(letters).values()) == ["alpha_12", "letter_2", "letter_1", "letter_3"]


def test_irrational_numbers_of_z3_are_exact_and_those_of_cvc5_are_left_out():
    text = Query((x,), (("", sp.Eq(x**2, 2)), ("", x > 0))).text()
    assert ask(text, method="z3", seconds=20).model == {"x": Root((1, 0, -2), 1)}
    assert ask(text, method="cvc5 cover", seconds=20).model is None


def test_fractions_are_exact():
    text = Query((x,), (("", sp.Eq(x, sp.Rational(-(10**30), 7))),)).text()
    models = [ask(text, method=method, seconds=20).model for method in METHODS]
    assert models == [{"x": Fraction(-(10**30), 7)}] * 3


@pytest.mark.parametrize("method", METHODS)
def test_time_limits_hold(method):
    ask(Query((x,), (("", x > 0),)).text(), method=method, seconds=20)
    start = time.monotonic()
    answer = ask(HARD, method=method, seconds=1)
    assert (answer.verdict, answer.model, answer.reason) == ("unknown", None, "timeout")
    assert time.monotonic() - start < 4


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize("method", METHODS)
def test_ctrl_c_stops_a_solver(method):
    ask(Query((x,), (("", x > 0),)).text(), method=method, seconds=20)
    start = time.monotonic()
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        ask(HARD, method=method, seconds=60)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("broken", ["(set-logic QF_NRA) (assert (> unknown_name 0)) (check-sat)", "(", "(exit)"])
def test_a_solver_that_fails_never_proves(broken):
    assert ask(broken, method="cvc5 linear", seconds=20).verdict == "unknown"


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="method must be one of z3, cvc5 linear, cvc5 cover, got 'oracle'"):
        ask("", method="oracle", seconds=1)


@pytest.mark.parametrize("missing", ["z3", "cvc5"])
def test_a_missing_solver_is_named_with_the_extra_that_brings_it(missing, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(solvers, "find_spec", lambda name: None if name == missing else find(name))
    with pytest.raises(ImportError, match=rf"proofs need {missing}: pip install 'ecolib\[proofs\]'"):
        Proposition("n", {}, x**2 >= y).prove()


def test_a_solver_blocked_by_hand_counts_as_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "z3", None)
    with pytest.raises(ImportError, match="proofs need z3"):
        require_solvers()
