"""Known counterexamples, variants of a proposition, and how its records read."""

import dataclasses
import pickle

import pytest
import sympy as sp

from ecolib.proofs import Proposition

pytest.importorskip("z3")
pytest.importorskip("cvc5")

x, y = sp.symbols("x y", real=True)
PRODUCT = Proposition("product", {"x > 1": x > 1, "y > 2": y > 2}, x * y > 2, statement="Large factors, large product.")


def test_a_known_counterexample_is_verified_and_not_searched_for():
    needed = dataclasses.replace(PRODUCT, known={"x > 1": {x: sp.Rational(1, 3), y: 4}}).counterexamples()
    assert (needed["x > 1"].solver, needed["x > 1"].point) == ("author", {x: sp.Rational(1, 3), y: 4})
    assert needed["y > 2"].solver == "z3"


def test_a_known_counterexample_may_be_irrational():
    needed = dataclasses.replace(PRODUCT, known={"x > 1": {x: 1 / sp.sqrt(5), y: sp.sqrt(5)}}).counterexamples()
    assert needed["x > 1"]


@pytest.mark.parametrize(
    ("point", "fails"),
    [({x: 0, y: 1}, "hypothesis y > 2"), ({x: 1, y: 3}, "claim, denied"), ({x: 2, y: 3}, "hypothesis x > 1, denied")],
)
def test_a_known_counterexample_that_is_none_is_refused(point, fails):
    with pytest.raises(ValueError, match=f"the point known for 'x > 1' is no counterexample; there fails: {fails}"):
        dataclasses.replace(PRODUCT, known={"x > 1": point}).counterexamples()


def test_dropping_a_hypothesis_gives_a_bolder_proposition():
    bolder = PRODUCT.without("y > 2")
    assert list(bolder.hypotheses) == ["x > 1"]
    assert bolder.prove().outcome == "refuted"


def test_a_proposition_survives_pickling_and_cannot_be_changed():
    copy = pickle.loads(pickle.dumps(dataclasses.replace(PRODUCT, known={"x > 1": {x: 0, y: 3}})))
    assert (copy.hypotheses, copy.claim, copy.known) == (PRODUCT.hypotheses, PRODUCT.claim, {"x > 1": {x: 0, y: 3}})
    with pytest.raises(dataclasses.FrozenInstanceError):
        PRODUCT.claim = x > 0
    with pytest.raises(TypeError):
        PRODUCT.hypotheses["more"] = x > 0


def test_records_read_well_as_text():
    check = PRODUCT.check()
    assert repr(PRODUCT) == "<product: if x > 1; y > 2 then x*y > 2>"
    assert repr(check.proof) == "<product: proved, by z3>"
    assert repr(check.proof.parts) == "(<proved: x*y > 2>,)"
    assert repr(check) == "<product: proved, not vacuous, every hypothesis needed>"
    assert repr(check.necessity).startswith("<without x > 1: <found: x = ")


def test_records_read_well_as_markdown():
    redundant = Proposition("squares", {"x > 1": x > 1, "any |x|": x > -1}, x**2 > x, statement="Squares grow.")
    refuted = Proposition("false", {}, sp.Ne(2 * x, 1)).prove()
    assert "- if $x > -1$ (any |x|)\n- then $x^{2} > x$" in redundant._repr_markdown_()
    assert "| any &#124;x&#124; | no point (proved) |" in redundant.check()._repr_markdown_()
    assert refuted._repr_markdown_() == r"**Refuted** at $x = \frac{1}{2}$, by z3."
    assert repr(redundant.check()) == "<squares: hypothesis 'any |x|' is redundant>"


def test_the_text_for_other_solvers_tells_what_it_asks():
    lines = PRODUCT.smtlib.splitlines()
    assert lines[0] == "; product: does part 1 of 1 of the claim fail anywhere?"
    assert {"; Large factors, large product.", "; hypothesis x > 1", "; claim, denied", "(check-sat)"} <= set(lines)
