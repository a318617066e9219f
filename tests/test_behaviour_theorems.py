"""The propositions of innovation behaviour: proved, about something, in need of every hypothesis, and not too bold."""

import pytest
import sympy as sp
from checks import checked

from ecolib.paper.behaviour import letters
from ecolib.paper.behaviour.theorems import BEHAVIOUR
from ecolib.proofs import Proposition


@pytest.mark.parametrize("name", BEHAVIOUR)
def test_every_proposition_is_proved_with_witness_and_counterexamples(name: str) -> None:
    check = checked(BEHAVIOUR[name])
    assert check.passed, check.faults


def test_that_firms_always_pass_through_all_three_paradigms_is_refuted() -> None:
    whole = BEHAVIOUR["three_in_turn"]
    bold = whole.without("order > 0")
    proof = bold.prove()
    assert proof.outcome == "refuted"
    point = {letter.name: value for letter, value in proof.counterexample.items()}
    assert point["e_LO"] <= point["e_LI"]


def test_that_barriers_that_slow_block_is_refuted() -> None:
    threshold, slowed, _ = BEHAVIOUR["slow_barriers_yield"].where
    hypotheses = dict(BEHAVIOUR["barrier_blocks"].hypotheses) | {"h < 1": letters.h < 1}
    proof = Proposition("slow barriers block", hypotheses, letters.lead_I < 0, (threshold, slowed)).prove()
    assert proof.outcome == "refuted"
    point = {letter.name: value for letter, value in proof.counterexample.items()}
    assert point["tau"] >= point["e_LI"] / ((1 - point["h"]) * (1 - point["e_LI"]))


def test_the_order_for_any_exponent_is_that_of_the_propositions() -> None:
    k, m, b, d = letters.kappa_I, letters.kappa_O, letters.beta_I, letters.beta_O
    assert letters.order.subs(letters.q, 2) == m * b**2 - k**2 * d
    at_threshold = letters.lead_O.subs(letters.e, letters.e_LI)  # openness where integration begins to pay
    e_first = sp.simplify(at_threshold.subs(letters.q, 3) * b**3 + letters.order.subs(letters.q, 3))
    assert e_first == 0


def test_a_share_that_falls_while_the_gain_falls_too_is_not_what_is_proved_of_lateral_links() -> None:
    """The master's gain is u - 1: the claim also says that it rises."""
    part = BEHAVIOUR["lateral_links_cut_the_share"]
    named = {letter.name: letter for letter in part.claim.free_symbols}
    assert part.claim.subs({named["share_new"]: 1, named["share"]: 2, named["u_new"]: 1, named["u"]: 2}) == sp.false
    assert part.claim.subs({named["share_new"]: 1, named["share"]: 2, named["u_new"]: 2, named["u"]: 1}) == sp.true


def test_without_trying_shares_at_rest_say_nothing_of_payoffs() -> None:
    bold = BEHAVIOUR["trying_follows_payoffs"].without("nu > 0")
    assert bold.prove().outcome == "refuted"
