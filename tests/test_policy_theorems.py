"""The propositions on the levers: proved, about something, in need of every hypothesis, and tied to the model."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp
from checks import checked

from ecolib.paper.policy import BaseCase, letters, needed, savings, thresholds
from ecolib.paper.policy.theorems import HELPS_EVERYBODY, POLICY
from ecolib.proofs import Proposition


@pytest.mark.parametrize("name", POLICY)
def test_every_proposition_is_proved_with_witness_and_counterexamples(name: str) -> None:
    check = checked(POLICY[name])
    assert check.passed, check.faults


def test_less_friction_does_not_help_everybody() -> None:
    proof = HELPS_EVERYBODY.prove()
    assert proof.outcome == "refuted"
    at = {str(letter): float(value) for letter, value in proof.counterexample.items()}
    case = BaseCase(s=at["s"], omega=at["omega"], c=np.array([at["c"], at["c"] - 1e-6]))
    before, after = case.at(letters.gain_1, phi=at["phi"])
    assert after < before


def test_without_little_reciprocity_equal_shares_can_cost_joint_activity() -> None:
    """The proposition for a fully open return flow is false for one that is closed."""
    part = POLICY["alliance_and_joint_activity"]
    closed = Proposition("closed", part.hypotheses, -part.claim.rhs > 0)
    assert closed.prove().outcome == "refuted"


def test_derivatives_in_the_propositions_are_those_of_the_model() -> None:
    """Signs of joint activity, gain and thresholds at random cases are what the propositions say."""
    rng = np.random.default_rng(3)
    low, high = (0.3, 0.02, 0.02, 0.0), (1.95, 0.98, 1.0, 0.95)
    s, c, omega, pull = rng.uniform(low, high, (400, 4)).T
    case, phi = BaseCase(s=s, c=c, omega=omega, pull=pull), rng.uniform(0.02, 0.98, 400)
    by_c, by_omega = (case.at(letters.joint.diff(letter), phi=phi) for letter in (letters.c, letters.omega))
    assert np.all(by_c < 0)
    assert np.all(by_omega > 0)
    lead, slope = case.at(letters.leader, letters.gain_1.diff(letters.omega), phi=phi)
    assert np.all(np.sign(slope) == np.sign(lead))
    assert np.all(case.at(letters.gain_1, phi=phi) > -0.5)


def test_more_friction_delays_all_three_stages_and_more_reciprocity_the_last_two_less() -> None:
    rng = np.random.default_rng(4)
    case = BaseCase(s=rng.uniform(0.5, 1.9, 100), c=rng.uniform(0.05, 0.9, 100), omega=rng.uniform(0.7, 0.98, 100))
    now, rough, open_ = (
        thresholds(given) for given in (case, replace(case, c=case.c * 1.05), replace(case, omega=case.omega + 0.01))
    )
    assert all(np.all((after > before) | (before == 1)) for before, after in zip(now, rough, strict=True))
    assert np.all(open_[0] == now[0])
    assert all(np.all((after < before) | (before == 1)) for before, after in zip(now[1:], open_[1:], strict=True))


def test_elasticities_on_the_threshold_move_as_the_proposition_says() -> None:
    rng = np.random.default_rng(5)
    c, pull = np.sort(rng.uniform(0.05, 0.9, 50)), np.sort(rng.uniform(0, 1, 50))
    by_friction = savings(BaseCase(c=c), "phi_c")["c"]
    by_pull = savings(BaseCase(pull=pull), "phi_c")["c"]
    assert np.all(np.diff(by_friction) < 0)
    assert np.all(np.diff(by_pull) > 0)


def test_diffusion_and_absorption_lower_the_intensity_needed() -> None:
    rng = np.random.default_rng(6)
    case, V = BaseCase(image=rng.uniform(0.05, 0.95, 100), pace=rng.uniform(0, 0.2, 100)), rng.uniform(0.05, 3, 100)
    for letter, factor in (("pace", 1.1), ("eta", 0.9)):
        after = replace(case, **{letter: getattr(case, letter) * factor})
        assert np.all(needed(after, V) < needed(case, V))


def test_a_mutated_claim_is_refuted() -> None:
    part = POLICY["alliance_delays_leader"]
    mutated = Proposition("mutated", part.hypotheses, sp.Not(part.claim), part.where)
    assert mutated.prove().outcome == "refuted"
