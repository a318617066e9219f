"""The propositions of the feedback: proved, about something, in need of every hypothesis, and tied to the model."""

import numpy as np
import pytest
import sympy as sp
from checks import checked
from reduced_by_hand import model

from ecolib.numeric import compiled
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.feedback.smooth import SMOOTH
from ecolib.paper.evolution.feedback.states import steady_states
from ecolib.paper.evolution.feedback.theorems import FEEDBACK, LOGARITHMIC
from ecolib.paper.evolution.feedback.turning import folds
from ecolib.proofs import Proposition


@pytest.mark.parametrize("name", FEEDBACK)
def test_every_proposition_is_proved_with_witness_and_counterexamples(name: str) -> None:
    check = checked(FEEDBACK[name])
    assert check.passed, check.faults


def test_the_matrix_in_logarithms_is_the_jacobian_of_the_model() -> None:
    rng = np.random.default_rng(9)
    slopes = compiled(
        tuple(a.subs(letters.phi, letters.compatibility).diff(letters.V).subs(letters.n, 2) for a in
              (letters.leader, letters.follower)), letters.V, letters.s, letters.c, letters.omega,
    )  # fmt: skip
    for s, c, omega in zip(rng.uniform(0.3, 1.9, 20), rng.uniform(0, 0.9, 20), rng.uniform(0, 1, 20), strict=True):
        feedback = model(s, c, omega, r=rng.uniform(0.5, 2, 2))
        state = steady_states(feedback, tau=1.1)[-1]
        (u, v), V = state.u, state.V
        a_V, b_V = slopes(V, s, c, omega)
        p, q = np.asarray(feedback.r) * state.u
        at = {"p": p, "q": q, "m": 0.1 * 1.1 * u * v, "A": 1 - 1 / u, "B": 1 - 1 / v}
        at |= {"e_1": -a_V * V * v / u, "e_2": -b_V * V * u / v}
        matrix = np.array(LOGARITHMIC.subs({sp.Symbol(k, real=True): x for k, x in at.items()}), dtype=float)
        assert np.allclose(np.sort(np.linalg.eigvals(matrix)), np.sort(state.eigenvalues), rtol=1e-9)


def test_weak_synergy_with_little_friction_has_no_folds() -> None:
    rng = np.random.default_rng(10)
    draws = (rng.uniform(0.01, 0.8, 200), rng.uniform(0, 0.5, 200), rng.uniform(0, 1, 200))
    assert all(folds(model(*given)) == () for given in zip(*draws, strict=True))


def test_the_letter_W_has_the_bounds_that_calculus_gives_it() -> None:
    phi = np.linspace(0, 1, 100_001)[1:]
    W = -phi * np.log(phi)
    assert W.max() < 3 / 8
    assert np.all(1 - phi**2 - 2 * W > -1e-15)


def test_units_may_overreact_where_friction_is_strong() -> None:
    whole = FEEDBACK["follower_calm"]
    proof = whole.without("2 c <= 1").prove()
    assert proof.outcome == "refuted"
    assert proof.counterexample[letters.c] > sp.Rational(1, 2)


def test_with_more_synergy_the_estimate_behind_smoothness_fails() -> None:
    part = SMOOTH["smooth_at_ends"]
    at_most, phi, c = part.claim.args, sp.Symbol("phi", real=True), sp.Symbol("c", real=True)
    assert len(at_most) == 3
    assert all(float(claim.lhs.subs({phi: 0.5, c: 0.25})) > 0 for claim in at_most)
    assert SMOOTH["smooth_between"].without("5 s <= 4").prove().outcome == "refuted"


def test_a_mutated_claim_is_refuted() -> None:
    part = FEEDBACK["slope_decides"]
    det, slope = (relation.lhs for relation in part.claim.args[0].args)
    mutated = Proposition("mutated", part.hypotheses, sp.Equivalent(det < 0, slope < 0), part.where)
    assert mutated.prove().outcome == "refuted"
