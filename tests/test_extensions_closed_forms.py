"""Two units in closed form, in exact arithmetic."""

import numpy as np
import pytest
import sympy as sp
from pairs import H_12, H_21, HALF, KINDS, LINEAR, A, B, model_of

from ecolib import Symbiosis
from ecolib.extensions import Pair, alike, branch, handling, obligate, saturating


def test_the_pair_is_read_off_the_model_whatever_its_numbers():
    model = obligate(saturating(LINEAR, h=handling(2)), units=(0,))
    assert Pair.of(model) == Pair((-1, 1), (A, B), (H_12, H_21))
    numbers = {A: 0.7, H_12: 0.1, H_21: sp.Rational(1, 3)}
    assert Pair.of(model.at(numbers)).h == (sp.Float(0.1), sp.Rational(1, 3))
    assert Pair.of(LINEAR).h == (0, 0)
    for number in np.random.default_rng(4).uniform(0, 3, (40, 2)):
        read = Pair.of(model.at(dict(zip((A, H_12), number.tolist(), strict=True)))).h[0]
        assert float(read) == number[1]


def test_growth_of_another_form_has_no_closed_form():
    curved = saturating(LINEAR, h=H_12).at({H_12: LINEAR.K[0]})
    for model in (curved, Symbiosis.of(units=3)):
        with pytest.raises(ValueError, match=r"does not grow by a constant|for 2 units"):
            Pair.of(model)
    with pytest.raises(ValueError, match="neither effect saturates"):
        _ = Pair.of(LINEAR).upper


@pytest.mark.parametrize("units", KINDS.values(), ids=KINDS)
def test_both_coexistences_are_equilibria_of_the_model(units):
    model = model_of(units, HALF, 2)
    pair = Pair.of(model)
    for state in (pair.upper, pair.threshold):
        at = dict(zip(model.x, state, strict=True)) | dict.fromkeys(model.K, 1)
        residues = [growth.subs(at).subs({A: sp.Rational(7, 2), B: sp.Rational(9, 2)}) for growth in model.growth]
        assert [sp.nsimplify(sp.simplify(residue)) for residue in residues] == [0, 0]


@pytest.mark.parametrize("e", [1, -1])
def test_two_units_that_are_alike_have_the_closed_form_of_the_design(e):
    numbers = {A: 5, B: 5, H_12: HALF, H_21: HALF}
    general = Pair((e, e), (A, B), (H_12, H_21))
    for found, state in zip(alike(e, 5, HALF), (general.upper, general.threshold), strict=True):
        assert [sp.simplify(u.subs(numbers) - found) for u in state] == [0, 0]


def test_the_facultative_pair_has_the_published_root():
    a, h = sp.symbols("a h", positive=True)
    wanted = (a + h - 1 + sp.sqrt((a + h - 1) ** 2 + 4 * h)) / (2 * h)
    assert sp.simplify(alike(1, a, h)[0] - wanted) == 0
    assert sp.limit(alike(1, sp.Rational(2, 5), h)[0], h, 0, "+") == 1 / (1 - sp.Rational(2, 5))
    with pytest.raises(ValueError, match="h must not be zero"):
        alike(1, a, 0)


def test_the_obligate_pair_folds_at_one_plus_the_root_of_h_squared():
    h = sp.Symbol("h", positive=True)
    fold = (1 + sp.sqrt(h)) ** 2
    upper, threshold = (sp.simplify(u) for u in alike(-1, fold, h))
    assert upper == threshold == 1 / sp.sqrt(h)
    pair = Pair((-1, -1), (fold, B), (h, h))
    assert sp.simplify(pair.fold.subs(h, 2) - fold.subs(h, 2)) == 0


def test_the_fold_of_a_newcomer_is_where_the_discriminant_vanishes_and_meets_the_invasion():
    pair = Pair((1, -1), (A, B), (H_12, H_21))
    for a, h_12, h_21 in ((3, HALF, HALF), (2, 0, sp.Rational(1, 4)), (6, 2, 3)):
        at = {A: a, H_12: h_12, H_21: h_21}
        assert sp.simplify(pair.discriminant.subs(B, pair.fold).subs(at)) == 0
    meeting = {A: 1 + H_21}
    assert abs(float((pair.fold - 1 - H_21).subs(meeting).subs({H_12: 0.7, H_21: 0.3}))) < 1e-14
    assert sp.simplify(pair.fold.subs({H_12: 0, H_21: 0}) - 1 / A) == 0
    with pytest.raises(ValueError, match="obligate unit 2"):
        _ = Pair((1, 1), (A, B), (H_12, H_21)).fold


def test_the_invasion_changes_its_criticality_at_one_plus_handling():
    u = sp.Symbol("u")
    first, needed = branch(Pair((1, -1), (A, B), (H_12, H_21)), u)
    assert (first.subs(u, 0), sp.simplify(needed.subs(u, 0))) == (1, 1 + H_21)
    assert sp.expand(needed.diff(u).subs(u, 0)) == 1 + H_21 - A


def test_a_branch_passes_the_fold():
    u = sp.Symbol("u", positive=True)
    _, needed = branch(Pair((1, -1), (3, B), (HALF, HALF)), u)
    lowest = min(sp.Poly(sp.numer(sp.together(needed.diff(u))), u).nroots(), key=lambda root: abs(root - 0.2))
    assert float(needed.subs(u, lowest)) == pytest.approx(float(Pair((1, -1), (3, B), (HALF, HALF)).fold), rel=1e-12)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("1", 1), r"e\[0\] must be a finite sympy expression or a number"),
        ((1,), "e must hold two"),
        (1, "e must hold several entries"),
        ((None, 1), r"e\[0\] must be a finite sympy expression or a number"),
    ],
)
def test_a_pair_needs_two_of_each(given, reason):
    with pytest.raises((TypeError, ValueError), match=reason):
        Pair(given, (A, B), (H_12, H_21))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ((1, sp.nan, 1), "a must be a finite sympy expression"),
        ((1, 2, -1), "h must be above zero"),
        ((1, sp.oo, 1), "a must be a finite sympy expression"),
        ((1, 2, 0), "h must"),
    ],
)
def test_units_that_are_alike_need_finite_numbers_and_handling(given, reason):
    with pytest.raises((TypeError, ValueError), match=reason):
        alike(*given)


def test_units_that_harm_each_other_strongly_rest_alike_on_a_saddle():
    u = float(alike(1, -3, 1)[0])
    assert u == pytest.approx(1 - 3 * u / (1 + u))
    assert (1 + u) ** 4 < 9  # the round trip is above 1


def test_a_unit_is_facultative_or_obligate_and_a_branch_is_of_a_pair():
    with pytest.raises(ValueError, match="must be 1"):
        Pair((3, 1), (1, 1), (1, 1))
    with pytest.raises(TypeError, match="must be an ecolib"):
        branch(((1, 1), (1, 1)), sp.Symbol("u"))
