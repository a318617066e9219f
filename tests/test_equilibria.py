import subprocess
import sys
from pathlib import Path

import pytest
import sympy as sp
from draws import MODELS

from ecolib import Symbiosis, equilibria

A, B = sp.symbols("a b", real=True)
AB, BA = sp.symbols("alpha_12 alpha_21", real=True)
POINTS = {n: equilibria(MODELS[n]) for n in range(1, 5)}


def same(left, right):
    return sp.cancel(left - right) == 0


def block(point):
    """``I - A_SS``."""
    return -point.model.interaction.extract(list(point.support), list(point.support))


def test_two_units_have_the_equilibria_of_the_textbook():
    *_, both = POINTS[2]
    D = 1 - AB * BA
    assert same(both.saturation[0], (1 + AB) / D)
    assert same(both.saturation[1], (1 + BA) / D)
    assert same(both.gain[0], AB * (1 + BA) / D)
    assert same(both.state[0], MODELS[2].K[0] * (1 + AB) / D)


def test_there_is_one_equilibrium_for_every_set_of_units_in_order():
    supports = [point.support for point in POINTS[3]]
    assert supports == [(), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)]
    assert [point.absent for point in POINTS[2]] == [(0, 1), (1,), (0,), ()]


@pytest.mark.parametrize("units", [1, 2, 3, 4])
def test_the_denominator_is_the_determinant(units):
    for point in POINTS[units]:
        assert sp.expand(point.denominator - block(point).det(method="berkowitz")) == 0


@pytest.mark.parametrize("units", [1, 2, 3, 4])
def test_numerators_are_those_of_cramer(units):
    for point in POINTS[units]:
        for k, i in enumerate(point.support):
            replaced = block(point).as_mutable()
            replaced[:, k] = sp.ones(len(point.support), 1)
            assert sp.expand(point.numerators[i] - replaced.det(method="berkowitz")) == 0


@pytest.mark.parametrize("units", [1, 2, 3, 4])
def test_growth_vanishes_for_every_present_unit(units):
    for point in POINTS[units]:
        for i in point.support:
            growth = point.denominator + (point.model.interaction[i, :] * sp.Matrix(point.numerators))[0]
            assert sp.expand(growth) == 0


@pytest.mark.parametrize("units", [2, 3, 4])
def test_the_invasion_rate_is_the_growth_per_head_of_a_rare_unit(units):
    for point in POINTS[units]:
        for k in point.absent:
            growth = point.denominator + (point.model.alpha[k, :] * sp.Matrix(point.numerators))[0]
            assert sp.expand(point.invasion_numerator(k) - growth) == 0
            assert same(point.invasion_rate(k), point.model.r[k] * growth / point.denominator)


@pytest.mark.parametrize("units", [2, 3, 4])
def test_the_invasion_numerator_is_the_numerator_of_the_joined_equilibrium(units):
    by_support = {point.support: point for point in POINTS[units]}
    for point in POINTS[units]:
        for k in point.absent:
            joined = by_support[tuple(sorted((*point.support, k)))]
            assert point.invasion_numerator(k) == joined.numerators[k]


def test_the_field_vanishes_at_every_equilibrium_in_letters():
    for point in POINTS[3]:
        at = dict(zip(point.model.x, point.state, strict=True))
        assert all(same(f.subs(at, simultaneous=True), 0) for f in point.model.field)


def test_an_absent_unit_has_neither_output_nor_company():
    for point in POINTS[3]:
        for i in point.absent:
            assert (point.numerators[i], point.saturation[i], point.state[i], point.gain[i]) == (0, 0, 0, -1)


def test_gains_are_saturations_minus_one():
    for point in POINTS[3]:
        assert all(same(g, u - 1) for g, u in zip(point.gain, point.saturation, strict=True))


def test_a_unit_alone_is_as_if_alone():
    nothing, alone = POINTS[1]
    assert (nothing.saturation, alone.saturation, alone.gain) == ((0,), (1,), (0,))
    assert nothing.invasion_rate(0) == MODELS[1].r[0]


def test_without_any_unit_there_is_nothing_to_ask():
    nothing = POINTS[3][0]
    assert (nothing.denominator, nothing.feasible, nothing.support) == (1, True, ())


@pytest.mark.parametrize("units", [2, 3, 4])
def test_feasibility_is_a_set_of_polynomial_inequalities(units):
    for point in POINTS[units]:
        relations = point.feasible.atoms(sp.core.relational.Relational)
        assert all(isinstance(relation, sp.StrictGreaterThan) for relation in relations)
        assert all(relation.lhs.is_polynomial() and relation.rhs == 0 for relation in relations)


@pytest.mark.parametrize(("a", "b", "answer"), [(0.5, 0.5, True), (-2, -2, True), (-2, -0.5, False), (2, 2, False)])
def test_feasibility_in_letters_answers_for_numbers(a, b, answer):
    assert bool(POINTS[2][-1].feasible.subs({AB: a, BA: b})) is answer


def test_feasibility_does_not_divide_by_zero_on_a_transition():
    assert POINTS[2][-1].feasible.subs({AB: 2, BA: sp.Rational(1, 2)}) == sp.false


@pytest.mark.parametrize("unit", [3, -1, "second"])
def test_an_unknown_unit_cannot_invade(unit):
    with pytest.raises(ValueError, match=r"unknown unit .*: this model has the units 0, 1, 2"):
        POINTS[3][1].invasion_rate(unit)


def test_a_present_unit_cannot_invade():
    with pytest.raises(ValueError, match="unit 0 is present in this equilibrium: only absent units can invade"):
        POINTS[3][1].invasion_rate(0)


@pytest.mark.parametrize(
    ("coefficients", "saturation"),
    [
        ((sp.Rational(1, 2), 1), (3, 4)),
        ((A, A), (1 / (1 - A), 1 / (1 - A))),
        ((A * B, 0), (1 + A * B, 1)),
        ((1 / A, 0), (1 + 1 / A, 1)),
        ((sp.sqrt(2), 1), ((1 + sp.sqrt(2)) / (1 - sp.sqrt(2)), 2 / (1 - sp.sqrt(2)))),
        ((sp.exp(-A), 0), (1 + sp.exp(-A), 1)),
        ((0, 0), (1, 1)),
    ],
)
def test_coefficients_may_be_numbers_and_expressions(coefficients, saturation):
    *_, both = equilibria(Symbiosis.of(alpha=sp.Matrix([[0, coefficients[0]], [coefficients[1], 0]])))
    assert all(sp.simplify(u - v) == 0 for u, v in zip(both.saturation, saturation, strict=True))


def test_coefficients_that_are_no_polynomials_are_refused():
    model = Symbiosis.of(alpha=sp.Matrix([[0, A + sp.sqrt(A)], [1 / B, 0]]))
    with pytest.raises(ValueError, match="the entries of alpha must be numbers or polynomials in letters, got"):
        equilibria(model)


def test_other_growth_is_refused():
    model = MODELS[1]
    saturating = Symbiosis(model.x, model.r, model.K, model.alpha, (model.r[0] * (1 - model.x[0] ** 2),))
    with pytest.raises(ValueError, match="the growth per head is not linear in x"):
        equilibria(saturating)


def test_the_benchmark_measures_both_sides():
    script = Path(__file__).parents[1] / "benchmarks" / "symbolic_equilibria.py"
    options = ("--units", "3", "--limit", "3", "--repeats", "1")
    run = subprocess.run([sys.executable, script, *options], capture_output=True, text=True, check=True)
    lines = run.stdout.splitlines()
    assert [line[:10] for line in lines if "| ecolib |" in line] == ["| 2 units,", "| 3 units,"]
    assert [line for line in lines if "49 terms" in line and "| ecolib with sympy |" in line]
    assert [line for line in lines if "3 units" in line and "| sympy.solve |" in line and "not finished in 3 s" in line]
