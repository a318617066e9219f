"""Propositions: what is proved, what is refuted, what is left open, and which hypotheses are needed."""

import dataclasses
import time
from fractions import Fraction

import pytest
import sympy as sp

from ecolib.proofs import Proposition, search
from ecolib.proofs.solvers import Answer
from ecolib.proofs.statements import obeys

pytest.importorskip("z3")
pytest.importorskip("cvc5")

a, b, c, q, s, x = sp.symbols("a b c q s x", real=True)
omega, phi, u_1, u_2, u_3 = sp.symbols("omega phi u_1 u_2 u_3", real=True)
EQUILIBRIUM = (sp.Eq(u_1, 1 + a * u_2), sp.Eq(u_2, 1 + b * u_1))
LEADER = s * phi * (2 - phi) / 2 - c * (1 - phi)
FOLLOWER = omega * s * phi**2 / 2 - c * (1 - phi)
RANGES = {
    "0 < c": c > 0,
    "c < 1": c < 1,
    "0 < s": s > 0,
    "s < 2": s < 2,
    "0 <= omega": omega >= 0,
    "omega <= 1": omega <= 1,
    "0 < phi": phi > 0,
    "phi <= 1": phi <= 1,
}
STABLE = Proposition("coexistence is stable along the path", RANGES, LEADER * FOLLOWER < 1)


def dominance():
    """Diagonal dominance of a three-unit Jacobian, scaled, and its third Routh-Hurwitz condition."""
    alpha = sp.Matrix(3, 3, lambda i, j: 0 if i == j else sp.Symbol(f"alpha_{i + 1}{j + 1}", real=True))
    rows = [[alpha[i, j] for j in range(3) if j != i] for i in range(3)]
    dominant = [sp.And(*(sign * one + side * other < 1 for sign in (1, -1) for side in (1, -1))) for one, other in rows]
    jacobian = sp.diag(1, u_2, u_3) * (alpha - sp.eye(3))
    _, k_1, k_2, k_3 = (sp.expand(k) for k in jacobian.charpoly().all_coeffs())
    labels = {f"row {i + 1} dominates": row for i, row in enumerate(dominant)}
    return Proposition("dominance stabilises", labels | {"u_2": u_2 > 0, "u_3": u_3 > 0}, k_1 * k_2 > k_3)


def test_coexistence_is_feasible_and_stable_exactly_when_three_polynomials_are_positive():
    stable = sp.And(u_1 > 0, u_2 > 0, u_1 * u_2 * (1 - a * b) > 0)
    claim = sp.Equivalent(stable, sp.And(1 - a * b > 0, 1 + a > 0, 1 + b > 0))
    check = Proposition("coexistence", {}, claim, EQUILIBRIUM).check()
    assert check.passed
    assert check.proof.solver == "z3"
    assert len(check.proof.parts) == 6


def test_the_sign_lemma_needs_stability_and_a_living_partner():
    lemma = sp.And(sp.Equivalent(u_1 > 1, a > 0), sp.Equivalent(sp.Eq(u_1, 1), sp.Eq(a, 0)))
    hypotheses = {"stable": 1 - a * b > 0, "unit 2 can live": 1 + b > 0}
    check = Proposition("sign lemma", hypotheses, lemma, EQUILIBRIUM).check()
    assert check
    assert set(check.necessity.points) == set(hypotheses)


def test_every_hypothesis_of_the_stable_path_has_an_exact_counterexample():
    check = STABLE.check()
    assert check.faults == ()
    for label, point in check.necessity.points.items():
        kept = [hypothesis for other, hypothesis in RANGES.items() if other != label]
        assert sp.And(*kept).subs(point) == sp.true
        assert not obeys(RANGES[label], point)
        assert (LEADER * FOLLOWER).subs(point) >= 1


@pytest.mark.parametrize(
    ("label", "weaker"),
    [("c < 1", c < 4), ("s < 2", s < 3), ("omega <= 1", omega <= 5), ("phi <= 1", phi <= 2), ("0 < c", c > -3)],
)
def test_a_weakened_hypothesis_is_refuted(label, weaker):
    proof = dataclasses.replace(STABLE, hypotheses=RANGES | {label: weaker}).prove()
    assert proof.outcome == "refuted"
    assert not proof
    assert (LEADER * FOLLOWER).subs(proof.counterexample) >= 1


def test_a_weakened_conclusion_is_refuted():
    claim = sp.Equivalent(sp.And(u_1 > 0, u_2 > 0), sp.And(1 - a * b > 0, 1 + a > 0))
    proof = Proposition("one condition forgotten", {}, claim, EQUILIBRIUM).prove()
    assert proof.outcome == "refuted"
    point = proof.counterexample
    assert all(definition.subs(point) == sp.true for definition in EQUILIBRIUM)
    assert bool(claim.subs(point)) is False


def test_that_gains_are_shared_no_better_than_flows_is_false():
    where = (sp.Eq(phi, 1), *(e.subs({a: LEADER, b: FOLLOWER}) for e in EQUILIBRIUM))
    hypotheses = {label: RANGES[label] for label in ("0 < s", "s < 2", "0 <= omega", "omega <= 1")}
    proof = Proposition("gain ratio", hypotheses, u_2 - 1 <= omega * (u_1 - 1), where).prove()
    point = proof.counterexample
    assert proof.outcome == "refuted"
    assert point[u_2] - 1 > point[omega] * (point[u_1] - 1)
    assert all(value.is_Rational for value in point.values())


def test_redundant_hypotheses_are_reported():
    check = Proposition("reciprocity bounds balance", RANGES, omega * LEADER >= FOLLOWER).check()
    assert check.proof.proved
    assert not check
    assert check.necessity.redundant == ("c < 1", "s < 2")
    assert check.faults == ("hypothesis 'c < 1' is redundant", "hypothesis 's < 2' is redundant")


def test_three_units_need_the_second_solver():
    proof = dominance().prove()
    assert proof.proved
    assert proof.solver == "cvc5"
    assert 0 < proof.seconds < 25


def test_what_no_solver_decides_in_time_is_no_pass():
    letters = sp.symbols("x_1:7", real=True)
    means = sum(letter**6 for letter in letters) >= 6 * sp.prod(letters)
    start = time.monotonic()
    proof = Proposition("mean inequality, true and hard", {}, means).prove(timeout=2)
    assert time.monotonic() - start < 8
    assert (proof.outcome, proof.solver, proof.counterexample) == ("undecided", "", None)
    assert not proof
    assert not proof.proved
    assert repr(proof) == "<mean inequality, true and hard: undecided, 1 of 1 parts open>"


def test_an_undecided_witness_and_counterexample_are_no_pass(monkeypatch):
    monkeypatch.setattr(search, "ask", lambda *_, **__: Answer("unknown"))
    check = Proposition("obvious", {"x > 1": x > 1}, x > 0).check(timeout=1)
    assert not check
    assert check.faults == (
        "the claim is undecided",
        "no witness was found in time",
        "hypothesis 'x > 1': need undecided",
    )


def test_a_point_that_a_solver_invents_is_not_believed(monkeypatch):
    monkeypatch.setattr(search, "ask", lambda *_, **__: Answer("sat", {"x": Fraction(0)}))
    assert Proposition("true", {"x > 1": x > 1}, x > 0).prove(timeout=1).outcome == "undecided"


def test_no_short_point_is_no_proof_that_there_is_none(monkeypatch):
    def ask(text, **_):
        return Answer("unsat" if "(or (=" in text else "unknown")

    monkeypatch.setattr(search, "ask", ask)
    assert Proposition("false", {"x > 1": x > 1}, x < 100).prove(timeout=1).outcome == "undecided"


def test_the_same_question_gets_the_same_point():
    first, second = (STABLE.counterexamples().points for _ in range(2))
    assert first == second


def test_contradictory_hypotheses_prove_anything_and_fail_the_check():
    vacuous = Proposition("vacuous", {"above": x > 1, "below": x < 0}, sp.Eq(x, 7))
    assert vacuous.prove().proved
    assert vacuous.witness().outcome == "none"
    assert "the hypotheses contradict each other" in vacuous.check().faults


def test_each_part_of_the_claim_is_asked_by_itself():
    proof = Proposition("parts", {"x > 1": x > 1}, sp.And(x > 0, x**2 > x, x > 2)).prove()
    assert sorted(part.outcome for part in proof.parts) == ["proved", "proved", "refuted"]
    assert proof.outcome == "refuted"


@pytest.mark.parametrize("false", [(x > 0, x > 1), (x < 0, x < 1), (x > 0, x**3 > 0, x > 1), (x > 0, x**3 > 0, x > -1)])
def test_an_equivalence_is_proved_in_every_direction(false):
    assert Proposition("one direction fails", {}, sp.Equivalent(*false)).prove().outcome == "refuted"
    cubes = Proposition("cubes", {}, sp.Equivalent(x > 0, x**3 > 0, x**5 > 0)).prove()
    assert [part.outcome for part in cubes.parts] == ["proved"] * 3


def test_irrational_points_are_exact_roots():
    root = Proposition("root", {"positive": q > 0}, q < 2, where=[sp.Eq(q**2, 2)])
    assert root.witness().point == {q: sp.sqrt(2)}
    fifth = Proposition("quintic", {"root": sp.Eq(x**5 - x - 1, 0)}, x > 1).witness().point[x]
    assert (fifth**5 - fifth - 1).evalf(40, chop=True) == 0


def test_points_have_short_numbers_where_such_points_exist():
    where = [q >= 0, sp.Eq(q**2, s**2 + c**2)]
    point = Proposition("Pythagoras", {"s": s > 0, "c": c > s}, q > c, where).witness().point
    assert max(max(value.p, value.q) for value in point.values()) <= 10
