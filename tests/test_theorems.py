"""The propositions of the core and of the path theorem: proved, about something, and in need of every hypothesis."""

import pytest
import sympy as sp
from checks import checked

from ecolib import Symbiosis
from ecolib.proofs import Proposition, as_reals
from ecolib.theorems import DIRECT_IS_NOT_NET, SYMBIOSIS, coexistence_of


@pytest.mark.parametrize("name", SYMBIOSIS)
def test_every_theorem_is_proved_with_witness_and_counterexamples(name: str) -> None:
    check = checked(SYMBIOSIS[name])
    assert check.passed, check.faults


def test_direct_effects_are_not_net_effects_among_three_units() -> None:
    proof = DIRECT_IS_NOT_NET.prove()
    assert proof.outcome == "refuted"
    point = {letter.name: value for letter, value in proof.counterexample.items()}
    assert point["alpha_12"] + point["alpha_13"] > 0
    assert point["u_1"] < 1


def test_the_design_example_of_a_loser_with_helpful_coefficients_is_exact() -> None:
    letters, equations = coexistence_of(Symbiosis.of(units=3))
    alpha = as_reals(Symbiosis.of(units=3).alpha)
    numbers = {alpha[0, 1]: -sp.Rational(47, 64), alpha[0, 2]: sp.Rational(15, 16), alpha[2, 1]: -sp.Rational(3, 4)}
    numbers |= dict.fromkeys((alpha[1, 0], alpha[1, 2], alpha[2, 0]), 0)
    solution = sp.solve([equation.subs(numbers) for equation in equations], letters)
    assert [solution[u] for u in letters] == [sp.Rational(1, 2), 1, sp.Rational(1, 4)]


def test_a_weakened_runaway_is_refuted() -> None:
    whole = SYMBIOSIS["runaway"]
    weaker = Proposition("weaker", dict(list(whole.hypotheses.items())[1:]), whole.claim, whole.where)
    assert weaker.prove().outcome == "refuted"
