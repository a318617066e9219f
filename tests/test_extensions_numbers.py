"""Equilibria and regimes of two units: against enumeration, eigenvalues, simulation and the linear model."""

import numpy as np
import pytest
import sympy as sp
from draws import batch
from pairs import H_12, H_21, HALF, KINDS, LINEAR, A, draw, last, model_of, point, regime_of, values_of

from ecolib import REGIMES, Stability, Values, regime_map
from ecolib.continuation import bifurcation_diagram
from ecolib.enumeration import enumerate_equilibria
from ecolib.extensions import Pair, handling, obligate, pair_equilibria, pair_map, pair_separatrix, saturating
from ecolib.fit import numbers_of
from ecolib.numeric import evaluate


@pytest.mark.parametrize("units", KINDS.values(), ids=KINDS)
def test_all_equilibria_are_those_of_an_independent_enumeration(units):
    rng = np.random.default_rng(5)
    for _ in range(6):
        model, values = draw(rng, units)
        found = enumerate_equilibria(model, numbers_of(model, values))
        feasible = found.x[np.all(found.x > -1e-9, axis=1)] / values.K
        mine = [one.u for one in pair_equilibria(model, values) if one.kind is not Stability.INFEASIBLE]
        assert found.complete
        mine, feasible = (np.array(sorted(np.round(points, 8).tolist())) for points in (mine, feasible))
        assert mine == pytest.approx(feasible, rel=1e-7, abs=2e-8)


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
    for a, b in [*rng.uniform((0.2, 1.1), (6, 2), (8, 2)), *rng.uniform((4, 1.26), (6, 1.48), (4, 2))]:
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
    assert all((np.diff(half, axis=1).prod(axis=0) < 0).all() for half in halves)  # it falls: a partner makes up
    for x in np.hstack(halves)[:, ::80].T:
        assert last(model, values, 0.97 * x) == pytest.approx([1, 0], abs=1e-6)
        assert last(model, values, 1.03 * x) == pytest.approx(upper, rel=1e-5)


def test_there_is_no_separatrix_where_nothing_is_divided():
    assert pair_separatrix(model_of((), HALF, HALF), values_of(3, 3)) == ()
    with pytest.raises(ValueError, match="batch"):
        pair_separatrix(LINEAR, Values(r=(1, 1), K=(1, 1), alpha=np.zeros((2, 2, 2))))
    with pytest.raises(ValueError, match="points must be at least 2"):
        pair_separatrix(LINEAR, values_of(1, 1), points=1)


def test_on_a_fold_and_where_a_newcomer_just_fails_the_answer_is_undecided():
    model = model_of((0, 1), 1, 1)
    assert [one.kind for one in pair_equilibria(model, values_of(4, 4))][3:] == [Stability.UNDECIDED] * 2
    assert regime_of(model, values_of(4, 4)) == "undecided"
    assert regime_of(model_of((1,), HALF, HALF), values_of(1, 1.5)) == "undecided"
    for rounded in (1 + 0.1 + 0.2, 1.3 - 2e-16):
        assert point(model_of((1,), 0.3, 0.3), values_of(0.5, rounded), "first alone").kind is Stability.UNDECIDED
    just = point(model_of((1,), HALF, HALF), values_of(1, 1.5 + 1e-10), "upper")
    assert just.kind is Stability.UNDECIDED
    assert 0 < just.u[1] < 1e-9


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
    with pytest.raises(TypeError, match=r"model must be a Symbiosis"):
        pair_map("model", values_of(1, 1))
    with pytest.raises(TypeError, match=r"values must be ecolib\.Values"):
        pair_map(LINEAR, None)


def test_continuation_meets_the_fold_and_both_kinds_of_invasion_where_the_formulas_say():
    model, b = model_of((1,), HALF, HALF), LINEAR.alpha[1, 0]
    for a, wanted in ((3, ["fold", "subcritical"]), (sp.Rational(5, 4), ["supercritical"])):
        numbers = {letter: n for letter, n in numbers_of(model, values_of(float(a), 1)).items() if letter != b}
        diagram = bifurcation_diagram(model, numbers, b, within=(1.1, 1.9))
        assert [one.criticality or one.kind for one in diagram.bifurcations] == wanted
        assert diagram.bifurcations[-1].parameter[0] == pytest.approx(1.5, abs=1e-9)
        if a == 3:
            fold = float(Pair.of(model).fold.subs(A, a))
            assert diagram.bifurcations[0].parameter[0] == pytest.approx(fold, abs=1e-9)


@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-8])
def test_close_to_unbounded_growth_linear_outputs_are_those_of_the_formula(gap):
    values = Values(r=(1, 1), K=(1, 1), alpha=((0, 1), (1 - gap, 0)))
    upper = pair_equilibria(LINEAR, values)[-1]
    assert upper.u == pytest.approx(np.array([2 / gap, (2 - gap) / gap]), rel=1e-6)
    assert upper.kind is Stability.STABLE_NODE


@pytest.mark.parametrize("h", [1e-6, 1e-10, 1e-13, 1e-15])
def test_a_ceiling_that_is_very_high_is_found_where_it_is(h):
    values = Values(r=(1, 1), K=(1, 1), alpha=((0, 1), (1, 0)))  # h u^2 - h u - 1 = 0
    upper = pair_equilibria(saturating(LINEAR, h=h), values)[-1]
    assert upper.u == pytest.approx(np.full(2, 0.5 + (0.25 + 1 / h) ** 0.5), rel=1e-6)
    assert upper.kind is Stability.STABLE_NODE


@pytest.mark.parametrize(("units", "a", "h"), [((), -1.5, 0.5), ((), -1.0, 0.0), ((1,), 1.0, 0.0)])
def test_where_coexistences_fill_a_curve_the_regime_is_undecided(units, a, h):
    model = obligate(saturating(LINEAR, h=h), units=units)
    values = Values(r=(1, 1), K=(1, 1), alpha=((0, a), (a, 0)))
    e_1, e_2 = (-1 if i in units else 1 for i in range(2))
    on_curve = 0.3
    u_1 = e_1 + a * on_curve / (1 + h * on_curve)
    assert e_2 + a * u_1 / (1 + h * u_1) == pytest.approx(on_curve)  # any other value would do
    assert REGIMES[pair_map(model, values)] == "undecided"
