"""The propositions of section 2.3: proved, about something, and in need of every hypothesis; and what is false."""

import pytest
import sympy as sp
from checks import checked

from ecolib.paper.construction.drive.gene_theorems import GOOD_ALWAYS_WINS, MEAN_NEVER_FALLS
from ecolib.paper.construction.drive.network_theorems import EVERY_NODE_HELPS_ALL, WHOLE_EXCEEDS_SUM
from ecolib.paper.construction.drive.region_theorems import EXCHANGE_ALWAYS_SHORTENS
from ecolib.paper.construction.drive.theorems import DRIVE

TEMPTING = (MEAN_NEVER_FALLS, GOOD_ALWAYS_WINS, EXCHANGE_ALWAYS_SHORTENS, EVERY_NODE_HELPS_ALL, WHOLE_EXCEEDS_SUM)


@pytest.mark.parametrize("name", DRIVE)
def test_every_theorem_is_proved_with_witness_and_counterexamples(name: str) -> None:
    check = checked(DRIVE[name])
    assert check.passed, check.faults


@pytest.mark.parametrize("tempting", TEMPTING, ids=lambda one: one.name)
def test_what_the_paper_says_without_conditions_is_refuted(tempting) -> None:
    proof = tempting.prove()
    assert proof.outcome == "refuted"
    assert not tempting.claim.subs(proof.counterexample)


def test_synergy_of_two_layers_is_what_each_makes_of_the_other() -> None:
    names = [sp.Symbol(f"{layer}_{i}{j}") for layer in "AB" for i in (1, 2, 3) for j in (1, 2, 3) if i != j]
    numbers = iter(sp.Rational(k % 7 - 2, 11) for k in range(len(names)))
    first, second = (sp.Matrix(3, 3, lambda i, j: 0 if i == j else next(numbers)) for _ in range(2))
    one, unit = sp.ones(3, 1), sp.eye(3)
    gains = [(unit - layer).inv() * one - one for layer in (first, second, first + second)]
    identity = (unit - first - second).inv() * (first * gains[1] + second * gains[0])
    assert gains[2] - gains[0] - gains[1] == identity
