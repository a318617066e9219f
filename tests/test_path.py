"""The path theorem: every part proved, none vacuous, no hypothesis idle, and the formulas tied to the closure."""

import numpy as np
import pytest
import sympy as sp
from checks import checked

from ecolib.numeric import compiled
from ecolib.paper.evolution import Closure, letters
from ecolib.paper.evolution.many import ANY_NUMBER
from ecolib.paper.evolution.path import FALSE_BOUND, PATH_THEOREM
from ecolib.paper.evolution.vocabulary import formula, named
from ecolib.proofs import Proposition

ALL = PATH_THEOREM | ANY_NUMBER


@pytest.mark.parametrize("name", ALL)
def test_every_part_is_proved_with_witness_and_counterexamples(name: str) -> None:
    check = checked(ALL[name])
    assert check.passed, check.faults


def test_the_tempting_bound_on_the_gain_ratio_is_refuted() -> None:
    proof = FALSE_BOUND.prove()
    assert proof.outcome == "refuted"
    point = {letter.name: value for letter, value in proof.counterexample.items()}
    closure = Closure(s=point["s"], c=point["c"], omega=point["omega"])
    leader, follower = closure.gains(phi=point["phi"])
    assert follower / leader == point["R"] > point["omega"]


@pytest.mark.parametrize("units", [2, 3, 7])
def test_formulas_of_the_propositions_are_those_of_the_closure(units: int) -> None:
    given = {letters.s: sp.Rational(6, 5), letters.c: sp.Rational(3, 10), letters.omega: sp.Rational(4, 5)}
    point = {sp.Symbol(k.name, real=True): v for k, v in given.items()} | {
        sp.Symbol("phi", real=True): sp.Rational(2, 3)
    }
    alpha = Closure(*given.values(), n=units).alpha(phi=sp.Rational(2, 3))
    whole = [
        formula(f, None).subs(point).subs(sp.Symbol("n", real=True), units) for f in (letters.leader, letters.follower)
    ]
    assert whole == [units * alpha[0, 1], units * alpha[1, 0]]


def test_a_named_threshold_is_defined_by_the_typed_formula() -> None:
    letter, defines = named("phi_c", letters.phi_c)
    numbers = {"s": sp.Rational(6, 5), "c": sp.Rational(3, 10), "omega": sp.Integer(1)}
    given = {sp.Symbol(name, real=True): value for name, value in numbers.items()}
    root = sp.Symbol("root_of_phi_c", real=True)
    solutions = sp.solve([d.subs(given) for d in defines if isinstance(d, sp.Eq)], (letter, root), dict=True)
    assert [point[letter] for point in solutions if point[root] >= 0] == [sp.Rational(1, 2)]


def test_dropping_the_order_of_coefficients_breaks_feasibility() -> None:
    example = ANY_NUMBER["any_number_feasible"].counterexamples()["a_1 >= a_i"]
    assert example.point[letters.a_1] < example.point[letters.a_i]


def test_a_mutated_claim_is_not_proved() -> None:
    part = PATH_THEOREM["order_of_thresholds"]
    phi_0, phi_c = sp.symbols("phi_0 phi_c", real=True)
    assert Proposition("mutated", part.hypotheses, phi_c < phi_0, part.where).prove().outcome == "refuted"


def test_balance_never_falls_along_random_closures() -> None:
    rng = np.random.default_rng(7)
    ratio = compiled(
        letters.gain_ratio.xreplace(letters.in_terms_of_phi),
        letters.phi,
        letters.s,
        letters.c,
        letters.omega,
        letters.n,
    )
    for s, c, omega in zip(
        rng.uniform(0.1, 1.9, 200), rng.uniform(0.01, 0.99, 200), rng.uniform(0.05, 1, 200), strict=True
    ):
        phi = np.linspace(Closure(s=s, c=c, omega=omega).thresholds.phi_c, 1, 50)[1:]
        assert np.all(np.diff(ratio(phi, s, c, omega, 2)) > 0)
