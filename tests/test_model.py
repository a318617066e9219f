import numpy as np
import pytest
import sympy as sp
from draws import MODELS

from ecolib import Symbiosis

A, B = sp.symbols("a b", real=True)


def test_growth_per_head_is_the_formula_of_the_book():
    model = Symbiosis.of(units=2)
    (x1, x2), (r1, _), (K1, K2) = model.x, model.r, model.K
    alpha_12 = sp.Symbol("alpha_12", real=True)
    assert sp.expand(model.growth[0] - r1 * (1 - x1 / K1 + alpha_12 * x2 / K2)) == 0


def test_a_positive_coefficient_helps():
    model = Symbiosis.of(units=3)
    for i, j in np.ndindex(3, 3):
        slope = model.growth[i].diff(model.x[j]) * model.K[j] / model.r[i]
        assert sp.expand(slope - (model.alpha[i, j] if i != j else -1)) == 0


def test_a_unit_alone_grows_by_the_logistic_law():
    model = Symbiosis.of(units=1)
    (x,), (r,), (K,) = model.x, model.r, model.K
    assert sp.expand(model.field[0] - r * x * (1 - x / K)) == 0


def test_letters_carry_one_index_per_unit_from_one_on():
    model = Symbiosis.of(units=3)
    assert [str(x) for x in model.x] == ["x_1", "x_2", "x_3"]
    assert [[str(entry) for entry in model.alpha.row(i)] for i in range(2)] == [
        ["0", "alpha_12", "alpha_13"],
        ["alpha_21", "0", "alpha_23"],
    ]


def test_letters_of_more_than_nine_units_are_told_apart():
    model = Symbiosis.of(units=12)
    names = [str(entry) for entry in model.alpha if entry != 0]
    assert len(set(names)) == 12 * 11
    assert {"alpha_1_12", "alpha_11_2"} <= set(names)


def test_the_field_is_output_times_growth_per_head():
    model = MODELS[3]
    assert all(sp.expand(f - x * g) == 0 for f, x, g in zip(model.field, model.x, model.growth, strict=True))


def test_the_jacobian_is_the_derivative_of_the_field():
    model = MODELS[3]
    for i, j in np.ndindex(3, 3):
        assert sp.expand(model.jacobian[i, j] - sp.diff(model.field[i], model.x[j])) == 0


def test_the_interaction_is_alpha_minus_self_limitation():
    model = MODELS[3]
    assert model.interaction - model.alpha == -sp.ImmutableMatrix(sp.eye(3))


def test_models_of_the_same_letters_are_equal():
    assert Symbiosis.of(units=2) == Symbiosis.of(units=2)
    assert hash(Symbiosis.of(units=2)) == hash(Symbiosis.of(units=2))
    assert Symbiosis.of(units=2) != Symbiosis.of(alpha=sp.Matrix([[0, A], [B, 0]]))


def test_coefficients_may_be_letters_numbers_and_expressions():
    model = Symbiosis.of(alpha=sp.Matrix([[0, A * B], [sp.Rational(1, 2), 0]]))
    assert model.alpha == sp.ImmutableMatrix([[0, A * B], [sp.Rational(1, 2), 0]])
    assert model.linear
    assert A in model.growth[0].free_symbols


def test_a_model_with_another_growth_is_not_linear():
    model = Symbiosis.of(units=1)
    (x,), (r,), (K,) = model.x, model.r, model.K
    saturating = Symbiosis(model.x, model.r, model.K, model.alpha, (r * (1 - x / K) + x**2 / (1 + x),))
    assert model.linear
    assert not saturating.linear


def test_numbers_of_numpy_count_units():
    assert Symbiosis.of(units=np.int64(2)) == Symbiosis.of(units=2)


@pytest.mark.parametrize("units", [2.0, "2", True, (2,)])
def test_the_number_of_units_must_be_an_integer(units):
    with pytest.raises(TypeError, match="units must be an integer, got"):
        Symbiosis.of(units=units)


@pytest.mark.parametrize("units", [0, -1])
def test_there_is_at_least_one_unit(units):
    with pytest.raises(ValueError, match=f"units must be at least 1, got {units}"):
        Symbiosis.of(units=units)


def test_either_units_or_coefficients_are_given():
    with pytest.raises(ValueError, match="give either units or alpha, got neither"):
        Symbiosis.of()
    with pytest.raises(ValueError, match="give either units or alpha, got both"):
        Symbiosis.of(units=2, alpha=sp.zeros(2, 2))


@pytest.mark.parametrize("given", [[[0, 1], [1, 0]], np.zeros((2, 2))])
def test_coefficients_of_a_model_are_a_sympy_matrix(given):
    with pytest.raises(TypeError, match=r"alpha must be a sympy matrix, got .*; numbers go into Values"):
        Symbiosis.of(alpha=given)


@pytest.mark.parametrize("shape", [(2, 3), (0, 0)])
def test_the_matrix_of_a_model_is_square(shape):
    with pytest.raises(ValueError, match=rf"alpha must be square, got shape \({shape[0]}, {shape[1]}\)"):
        Symbiosis.of(alpha=sp.zeros(*shape))


def test_the_diagonal_of_a_model_is_zero():
    with pytest.raises(ValueError, match=r"the diagonal of alpha must be zero, got a for unit 2 \(alpha\[1, 1\]\)"):
        Symbiosis.of(alpha=sp.Matrix([[0, A], [B, A]]))


def test_coefficients_leave_the_letters_of_the_model_alone():
    with pytest.raises(ValueError, match="alpha must not use K_2, x_1: outputs, rates and capacities"):
        Symbiosis.of(alpha=sp.Matrix([[0, sp.Symbol("x_1")], [sp.Symbol("K_2"), 0]]))


@pytest.mark.parametrize("index", [2, -1, "0", None, True, 0.5])
def test_an_unknown_unit_is_named_with_those_that_are_known(index):
    with pytest.raises(ValueError, match=r"unknown unit .*: this model has the units 0, 1"):
        Symbiosis.of(units=2).unit(index)


def test_a_known_unit_is_its_index():
    assert [Symbiosis.of(units=2).unit(index) for index in (0, np.int64(1))] == [0, 1]
