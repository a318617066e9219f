"""Saturating help and obligate units: against simulation, independent root finding and the linear model."""

import numpy as np
import pytest
import sympy as sp
from draws import batch

from ecolib import REGIMES, Stability, Symbiosis, Values, regime_map, simulate
from ecolib.enumeration import enumerate_equilibria
from ecolib.extensions import (
    Pair,
    alike,
    branch,
    handling,
    obligate,
    pair_equilibria,
    pair_map,
    pair_separatrix,
    saturating,
)
from ecolib.extensions.theorems import EXTENSIONS
from ecolib.fit import numbers_of
from ecolib.numeric import evaluate

LINEAR = Symbiosis.of(units=2)
A, B = LINEAR.alpha[0, 1], LINEAR.alpha[1, 0]
H_12, H_21 = handling(2)[0, 1], handling(2)[1, 0]
KINDS = {"facultative": (), "newcomer": (1,), "host": (0,), "obligate": (0, 1)}
HALF = sp.Rational(1, 2)


def model_of(units, h_12, h_21):
    """Two units, those named being obligate, with handling in numbers."""
    return obligate(saturating(LINEAR, h=sp.Matrix([[0, h_12], [h_21, 0]])), units=units)


def values_of(a, b, r=(1, 1), K=(1, 1)):
    return Values(r=r, K=K, alpha=((0, a), (b, 0)))


def draw(rng, units):
    """One random model and its numbers."""
    values = values_of(*rng.uniform(-4, 9, 2), r=rng.uniform(0.3, 3, 2), K=rng.uniform(0.5, 20, 2))
    return model_of(units, *10 ** rng.uniform(-1.5, 0.7, 2)), values


def point(model, values, name):
    return next(one for one in pair_equilibria(model, values) if one.name == name)


def last(model, values, x0, time=4000):
    path = simulate(model, values, x0=x0, t=(0, time))
    assert path.ended == "finished"
    return path.x[:, -1] / values.K


def regime_of(model, values):
    return REGIMES[int(pair_map(model, values))]


# ---------- the models


def test_growth_per_head_is_that_of_the_definition():
    x, r, K = LINEAR.x, LINEAR.r, LINEAR.K
    u = [level / capacity for level, capacity in zip(x, K, strict=True)]
    growth = obligate(saturating(LINEAR, h=handling(2)), units=(1,)).growth
    assert sp.simplify(growth[0] - r[0] * (1 - u[0] + A * u[1] / (1 + H_12 * u[1]))) == 0
    assert sp.simplify(growth[1] - r[1] * (-1 - u[1] + B * u[0] / (1 + H_21 * u[0]))) == 0


def test_the_two_extensions_can_be_made_in_either_order():
    one = obligate(saturating(Symbiosis.of(units=3), h=handling(3)), units=(0, 2))
    other = saturating(obligate(Symbiosis.of(units=3), units=(2, 0)), h=handling(3))
    assert one == other


def test_without_handling_help_is_linear():
    assert saturating(LINEAR, h=0) == LINEAR
    assert saturating(LINEAR, h=H_12).at({H_12: 0}).linear


def test_one_handling_serves_all_effects_and_a_matrix_each_its_own():
    h = sp.Symbol("h", nonnegative=True)
    even = saturating(LINEAR, h=handling(2)).at({H_12: h, H_21: h})
    assert saturating(LINEAR, h=h).growth == even.growth


def test_rates_of_other_papers_below_zero_become_obligate_units():
    rates, matrix = np.array([1.0, -2.0]), np.array([[-0.5, 0.3], [0.8, -0.25]])
    values = Values.from_glv(np.abs(rates), matrix)
    model, x = obligate(LINEAR, units=(1,)), np.array([3.0, 0.7])
    numbers = numbers_of(model, values) | dict(zip(model.x, x, strict=True))
    assert [float(growth.subs(numbers)) for growth in model.growth] == pytest.approx(rates + matrix @ x)


def test_an_obligate_unit_dies_alone_at_its_rate():
    model = obligate(LINEAR, units=(1,))
    path = simulate(model, values_of(0, 0, r=(1, 0.5)), x0=(0, 1e-6), t=(0, 8))
    assert path.x[1, -1] == pytest.approx(1e-6 * np.exp(-0.5 * 8), rel=1e-5)


@pytest.mark.parametrize("h", [-1, -0.1, float("nan"), float("inf"), sp.I, sp.oo, sp.Symbol("n", negative=True)])
def test_handling_that_is_negative_or_not_finite_is_refused(h):
    with pytest.raises(ValueError, match="h must be finite and not negative"):
        saturating(LINEAR, h=h)


@pytest.mark.parametrize("h", ["0.1", True, None, [1, 2], np.ones((2, 2))])
def test_handling_of_the_wrong_kind_is_refused(h):
    with pytest.raises(TypeError, match="h must be a real number, a sympy expression or a sympy matrix"):
        saturating(LINEAR, h=h)


def test_handling_must_fit_the_model():
    with pytest.raises(ValueError, match=r"shape \(2, 2\), got \(3, 3\)"):
        saturating(LINEAR, h=sp.zeros(3))
    with pytest.raises(ValueError, match="diagonal"):
        saturating(LINEAR, h=sp.eye(2))
    with pytest.raises(ValueError, match="h must not use alpha_12, r_1"):
        saturating(LINEAR, h=A * sp.Symbol("r_1"))


def test_help_does_not_saturate_twice_and_nobody_is_obligate_twice():
    with pytest.raises(ValueError, match="effects on unit 0 are not linear"):
        saturating(saturating(LINEAR, h=1), h=1)
    with pytest.raises(ValueError, match="unit 1 is obligate already"):
        obligate(obligate(LINEAR, units=(1,)), units=(0, 1))


@pytest.mark.parametrize(
    ("units", "error"), [((2,), ValueError), ((0, 0), ValueError), ("1", TypeError), (1, TypeError)]
)
def test_units_that_the_model_does_not_have_are_refused(units, error):
    with pytest.raises(error, match="unit"):
        obligate(LINEAR, units=units)


# ---------- closed forms


def test_the_pair_is_read_off_the_model_whatever_its_numbers():
    model = obligate(saturating(LINEAR, h=handling(2)), units=(0,))
    assert Pair.of(model) == Pair((-1, 1), (A, B), (H_12, H_21))
    numbers = {A: 0.7, H_12: 0.1, H_21: sp.Rational(1, 3)}
    assert Pair.of(model.at(numbers)).h == (sp.Float(0.1), sp.Rational(1, 3))
    assert Pair.of(LINEAR).h == (0, 0)


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


@pytest.mark.parametrize("given", [("1", 1), (1,), 1, (None, 1)])
def test_a_pair_needs_two_of_each(given):
    with pytest.raises((TypeError, ValueError), match="e must hold two"):
        Pair(given, (A, B), (H_12, H_21))


# ---------- numbers


@pytest.mark.parametrize("units", KINDS.values(), ids=KINDS)
def test_all_equilibria_are_those_of_an_independent_enumeration(units):
    rng = np.random.default_rng(5)
    for _ in range(6):
        model, values = draw(rng, units)
        found = enumerate_equilibria(model, numbers_of(model, values))
        feasible = found.x[np.all(found.x > -1e-9, axis=1)] / values.K
        mine = [one.u for one in pair_equilibria(model, values) if one.kind is not Stability.INFEASIBLE]
        assert found.complete
        assert np.sort(mine, axis=0) == pytest.approx(np.sort(feasible, axis=0), rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("units", KINDS.values(), ids=KINDS)
def test_kinds_are_those_of_the_eigenvalues(units):
    rng = np.random.default_rng(6)
    model, _ = draw(rng, units)
    values = batch(rng, 400, 2, low=-4, high=9)
    for one in pair_equilibria(model, values):
        there = np.isfinite(one.u[:, 0])
        x = np.where(there[:, None], one.u, 1) * values.K
        spectrum = np.linalg.eigvals(evaluate(model.jacobian, model, values, x))[there]
        kinds = [kind.value for kind in one.kind[there]]
        wanted = np.array(["unstable", "saddle", "stable"])[(spectrum.real < 0).sum(axis=1)]
        assert [kind.split()[0] for kind in kinds] == wanted.tolist()
        assert ["focus" in kind for kind in kinds] == (np.abs(spectrum.imag).max(axis=1) > 1e-9).tolist()


@pytest.mark.parametrize("units", KINDS.values(), ids=KINDS)
def test_what_conditions_say_is_what_simulation_finds(units):
    rng = np.random.default_rng(7)
    for _ in range(6):
        model, values = draw(rng, units)
        winners = [one.u for one in pair_equilibria(model, values) if one.kind]
        for start in rng.uniform(0.01, 6, (2, 2)):
            end = last(model, values, start * values.K)
            assert min(np.abs(end - u).max() for u in winners) < 1e-4


def test_the_map_of_a_newcomer_is_what_simulation_finds_point_by_point():
    model, rng = model_of((1,), HALF, HALF), np.random.default_rng(8)
    seen = set()
    for a, b in [*rng.uniform((0.2, 1.1), (6, 2), (12, 2)), *rng.uniform((4, 1.26), (6, 1.48), (8, 2))]:
        values = values_of(a, b)
        ends = [last(model, values, start)[1] > 1e-3 for start in ((1, 1e-3), (8, 8))]
        seen.add(regime_of(model, values))
        assert {(False, False): "exclusion", (False, True): "bistability", (True, True): "coexistence"}[
            tuple(ends)
        ] == regime_of(model, values)
    assert seen == {"exclusion", "bistability", "coexistence"}


def test_the_borders_of_the_map_are_the_invasion_and_the_fold():
    model, a = model_of((1,), HALF, HALF), np.linspace(1.51, 9, 60)
    fold = np.array([float(Pair.of(model).fold.subs(A, one)) for one in a])
    alpha = np.zeros((60, 4, 2, 2))
    alpha[..., 0, 1] = a[:, None]
    alpha[..., 1, 0] = np.stack(
        [fold - 1e-4, fold + 1e-4 * (1.5 - fold), 1.5 - 1e-6 + 0 * a, 1.5 + 1e-6 + 0 * a], axis=1
    )
    codes = pair_map(model, Values(r=(1, 1), K=(1, 1), alpha=alpha))
    wanted = [REGIMES.index(name) for name in ("exclusion", "bistability", "bistability", "coexistence")]
    assert (codes == wanted).all()


def test_without_handling_the_map_is_that_of_the_linear_model():
    values = batch(np.random.default_rng(9), 4000, 2)
    assert (pair_map(LINEAR, values) == regime_map(LINEAR, values)).all()
    grid = np.arange(-30, 31) / 10  # transitions are met exactly
    alpha = np.zeros((61, 61, 2, 2))
    alpha[..., 0, 1], alpha[..., 1, 0] = np.meshgrid(grid, grid)
    values = Values(r=(1, 1), K=(1, 1), alpha=alpha)
    assert (pair_map(LINEAR, values) == regime_map(LINEAR, values)).all()


def test_with_little_handling_equilibria_tend_to_those_of_the_linear_model():
    for h, error in ((1e-4, 1e-3), (1e-7, 1e-6)):
        found = point(model_of((), h, h), values_of(0.5, -0.4), "upper").u
        assert found == pytest.approx([1.5 / 1.2, 0.6 / 1.2], rel=error)
    needy = point(model_of((0, 1), 1e-9, 1e-9), values_of(2, 3), "threshold").u
    assert needy == pytest.approx([3 / 5, 4 / 5], rel=1e-7)


@pytest.mark.parametrize(
    ("units", "a", "b", "wanted"),
    [
        ((), 2, 1, "unbounded growth"),
        ((), 0.5, 2, "unbounded growth"),  # on the border ab = 1
        ((0, 1), 2, 2, "bistability"),
        ((0, 1), 0.5, 2, "exclusion"),
        ((1,), 2, 0.9, "bistability"),
        ((1,), 2, 1.1, "unbounded growth"),
        ((1,), 2, 0.5, "exclusion"),  # ab = 1, and what pushes is below zero
        ((1,), 1, 1, "undecided"),
    ],
)
def test_without_handling_outputs_run_away(units, a, b, wanted):
    assert regime_of(obligate(LINEAR, units=units), values_of(a, b)) == wanted


def test_one_ceiling_is_enough_for_two_units():
    model, values = model_of((), 0, 0.01), values_of(3, 4)
    assert regime_of(model, values) == "coexistence"
    assert last(model, values, (1, 1)) == pytest.approx(point(model, values, "upper").u, rel=1e-4)


def test_an_obligate_pair_needs_a_start_beyond_its_threshold():
    model, values = model_of((0, 1), HALF, HALF), values_of(3, 3)
    assert last(model, values, (0.99, 0.99)) == pytest.approx([0, 0], abs=1e-9)
    assert last(model, values, (1.01, 1.01)) == pytest.approx([2, 2], rel=1e-6)


def test_starts_on_either_side_of_the_separatrix_end_differently():
    model, values = model_of((1,), HALF, HALF), values_of(3, 1.45, r=(1, 0.3), K=(2, 5))
    upper, halves = point(model, values, "upper").u, pair_separatrix(model, values)
    assert [half.shape for half in halves] == [(2, 200)] * 2
    for x in np.hstack(halves)[:, ::80].T:
        assert last(model, values, 0.97 * x) == pytest.approx([1, 0], abs=1e-6)
        assert last(model, values, 1.03 * x) == pytest.approx(upper, rel=1e-5)


def test_there_is_no_separatrix_where_nothing_is_divided():
    assert pair_separatrix(model_of((), HALF, HALF), values_of(3, 3)) == ()
    with pytest.raises(ValueError, match="batch"):
        pair_separatrix(LINEAR, Values(r=(1, 1), K=(1, 1), alpha=np.zeros((2, 2, 2))))
    with pytest.raises(ValueError, match="points at least 2"):
        pair_separatrix(LINEAR, values_of(1, 1), points=1)


def test_on_a_fold_and_where_a_newcomer_just_fails_the_answer_is_undecided():
    model = model_of((0, 1), 1, 1)
    assert [one.kind for one in pair_equilibria(model, values_of(4, 4))][3:] == [Stability.UNDECIDED] * 2
    assert regime_of(model, values_of(4, 4)) == "undecided"
    assert regime_of(model_of((1,), HALF, HALF), values_of(1, 1.5)) == "undecided"


def test_scales_of_the_units_do_not_matter():
    model, small = model_of((1,), 0.3, 0.2), values_of(3, 1.1)
    large = values_of(3, 1.1, r=(1e6, 1e-6), K=(1e-9, 1e9))
    for one, other in zip(pair_equilibria(model, small), pair_equilibria(model, large), strict=True):
        assert one.kind is other.kind
        np.testing.assert_array_equal(one.u, other.u)


def test_turning_the_units_round_turns_the_answers_round():
    values = batch(np.random.default_rng(11), 500, 2, low=-4, high=8)
    turned = Values(r=values.r[:, ::-1], K=values.K[:, ::-1], alpha=values.alpha.swapaxes(-1, -2))
    one, other = model_of((1,), 0.3, 0.7), model_of((0,), 0.7, 0.3)
    assert (pair_map(one, values) == pair_map(other, turned)).all()


def test_letters_and_numbers_must_fit():
    letters = saturating(LINEAR, h=handling(2))
    with pytest.raises(ValueError, match="h_12 must be a finite number that is not negative, got h_12"):
        pair_equilibria(letters, values_of(1, 1))
    with pytest.raises(ValueError, match="h_21 must be a finite number that is not negative, got -1"):
        pair_map(letters.at({H_12: 1, H_21: -1}), values_of(1, 1))
    with pytest.raises(TypeError, match=r"model must be an ecolib\.Symbiosis"):
        pair_map("model", values_of(1, 1))
    with pytest.raises(TypeError, match=r"values must be ecolib\.Values"):
        pair_map(LINEAR, None)


# ---------- theorems


@pytest.mark.parametrize("name", EXTENSIONS)
def test_every_statement_is_proved_with_witness_and_counterexamples(name):
    check = EXTENSIONS[name].check()
    assert check.passed, check.faults


def test_gains_of_facultative_units_keep_the_signs_of_their_coefficients():
    rng = np.random.default_rng(12)
    values = batch(rng, 300, 2, low=-1, high=6)
    for _ in range(4):
        model, _ = draw(rng, ())
        gains = point(model, values, "upper").u - 1
        assert (np.sign(gains) == np.sign(values.alpha[:, [0, 1], [1, 0]])).all()


def test_unequal_handling_can_turn_the_order_of_gains_round():
    first, second = point(model_of((), 5, 0), values_of(1, 0.9), "upper").u
    assert first < second
