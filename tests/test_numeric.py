import numpy as np
import pytest
import sympy as sp
from draws import MODELS, batch, law, letters, values
from hypothesis import given

from ecolib import Symbiosis, Values, equilibria
from ecolib.fit import numbers_of
from ecolib.numeric import compiled, evaluate, pointwise, solved, steady_state

A, B, C = sp.symbols("a b c", real=True)


@pytest.mark.parametrize(
    ("expressions", "shape"),
    [
        (A + B, ()),
        ((A, B, A * B), (3,)),
        (((A, 1), (0, B)), (2, 2)),
        (sp.ImmutableMatrix([[A, B, 1], [0, 0, 2]]), (2, 3)),
        ((), (0,)),
    ],
)
def test_the_result_has_the_shape_of_batch_and_expressions(expressions, shape):
    function = compiled(expressions, A, B)
    assert function(1.0, 2.0).shape == shape
    assert function(np.ones((4, 1)), np.ones(5)).shape == (4, 5, *shape)


def test_constant_rows_are_broadcast_over_the_batch():
    result = compiled(sp.ImmutableMatrix([[A, 0], [2, 3]]), A)(np.array([5.0, 7.0]))
    assert result.tolist() == [[[5, 0], [2, 3]], [[7, 0], [2, 3]]]


def test_letters_are_read_from_vectors_and_matrices():
    function = compiled(10 * A + B, (C, A), sp.ImmutableMatrix([[0, B], [C, 0]]))
    assert function([7.0, 3.0], [[9.0, 4.0], [7.0, 9.0]]) == 34


def test_the_same_formula_is_compiled_once():
    assert compiled((A, B), A, B) is compiled((A, B), A, B)


def test_letters_without_numbers_are_named():
    with pytest.raises(ValueError, match="no numbers are given for the letters a, c"):
        compiled((A + B, C), B)


def test_an_array_must_end_in_the_shape_of_its_letters():
    with pytest.raises(ValueError, match=r"an array of shape \(\.\.\., 2\) is needed, got \(3,\)"):
        compiled(A + B, (A, B))(np.ones(3))
    with pytest.raises(ValueError, match=r"an array of shape \(\.\.\., 2\) is needed, got \(\)"):
        compiled(A + B, (A, B))(1.0)


@law
@given(numbers=values(3))
def test_numbers_and_letters_agree_on_the_field_and_its_jacobian(numbers):
    model, x = MODELS[3], np.array([0.5, 2.0, 1.5])
    exact = letters(model, numbers) | dict(zip(model.x, x.tolist(), strict=True))
    field = [float(f.subs(exact)) for f in model.field]
    assert np.allclose(evaluate(model.field, model, numbers, x), field)
    jacobian = np.array(model.jacobian.subs(exact), dtype=float)
    assert np.allclose(evaluate(model.jacobian, model, numbers, x), jacobian)


def test_states_and_values_are_broadcast():
    many = batch(np.random.default_rng(1), 3, 2)
    x = np.ones((5, 1, 2))
    result = evaluate(MODELS[2].field, MODELS[2], many, x)
    assert result.shape == (5, 3, 2)
    assert result[4, 2].tolist() == evaluate(MODELS[2].field, MODELS[2], many[2], (1, 1)).tolist()


def test_one_state_at_a_time_gives_the_same_numbers():
    one, x = batch(np.random.default_rng(2), 1, 3)[0], np.array([0.3, 0.7, 2.0])
    for expressions in (MODELS[3].growth, MODELS[3].jacobian):
        assert np.allclose(
            pointwise(expressions, MODELS[3].x, numbers_of(MODELS[3], one))(x), evaluate(expressions, MODELS[3], one, x)
        )


@pytest.mark.parametrize(("x", "shape"), [((1, 1, 1), r"\(3,\)"), (1.0, r"\(\)"), ([[1], [1]], r"\(2, 1\)")])
def test_a_state_has_one_output_per_unit(x, shape):
    with pytest.raises(ValueError, match=rf"x must have shape \(\.\.\., 2\), got {shape}"):
        evaluate(MODELS[2].field, MODELS[2], batch(np.random.default_rng(3), 1, 2)[0], x)


def test_model_and_values_need_as_many_units():
    three = batch(np.random.default_rng(4), 1, 3)[0]
    with pytest.raises(ValueError, match="the model has 2 units, the values have 3"):
        evaluate(MODELS[2].field, MODELS[2], three, (1, 1, 1))


def test_an_effect_that_the_model_lacks_is_named():
    oneway = Symbiosis.of(alpha=sp.Matrix([[0, A], [0, 0]]))
    with pytest.raises(ValueError, match="the model has no effect of unit 1 on unit 2, the values have one"):
        evaluate(oneway.field, oneway, Values(r=(1, 1), K=(1, 1), alpha=((0, 1), (0.1, 0))), (1, 1))


def test_an_expression_has_no_number_of_its_own():
    model = Symbiosis.of(alpha=sp.Matrix([[0, A * B], [B, 0]]))
    with pytest.raises(ValueError, match=r"alpha\[0, 1\] is the expression a\*b; use Symbiosis.of"):
        evaluate(model.field, model, Values(r=(1, 1), K=(1, 1), alpha=((0, 1), (1, 0))), (1, 1))


def test_one_letter_at_two_places_has_one_number():
    model = Symbiosis.of(alpha=sp.Matrix([[0, A], [A, 0]]))
    alike = Values(r=(1, 1), K=(1, 1), alpha=((0, 0.5), (0.5, 0)))
    assert np.allclose(steady_state(equilibria(model)[-1], alike), 2)
    with pytest.raises(ValueError, match=r"alpha\[0, 1\] and alpha\[1, 0\] are one letter, a, but their values differ"):
        evaluate(model.field, model, Values(r=(1, 1), K=(1, 1), alpha=((0, 0.5), (0.4, 0))), (1, 1))


@pytest.mark.parametrize("units", [2, 3, 4])
def test_numbers_and_letters_agree_on_every_equilibrium(units):
    model, one = MODELS[units], batch(np.random.default_rng(units), 1, units)[0]
    exact = letters(model, one)
    for point in equilibria(model):
        saturation = [float(u.subs(exact)) for u in point.saturation]
        assert np.allclose(steady_state(point, one), saturation, rtol=1e-9)


def test_absent_units_are_exactly_zero():
    many = batch(np.random.default_rng(5), 50, 4)
    for point in equilibria(MODELS[4]):
        assert np.all(steady_state(point, many)[..., list(point.absent)] == 0)


def test_only_the_singular_members_of_a_batch_have_no_equilibrium():
    both = equilibria(MODELS[2])[-1]
    many = Values(r=(1, 1), K=(1, 1), alpha=[[[0, a], [1 / a, 0]] for a in (0.1, 3.0)] + [[[0, 0.5], [0.5, 0]]])
    u = steady_state(both, many)
    assert np.isnan(u[:2]).all()
    assert np.allclose(u[2], 2)


@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-9])
def test_nearly_singular_systems_are_solved(gap):
    near = Values(r=(1, 1), K=(1, 1), alpha=((0, 1 - gap), (1, 0)))
    assert np.allclose(steady_state(equilibria(MODELS[2])[-1], near), [(2 - gap) / gap, 2 / gap], rtol=1e-6)


@pytest.mark.parametrize("K", [(1e3, 1e3, 1e3, 1e3), (1e3, 1e4, 1e5, 1e6), (1e-12, 1, 1e6, 1e12)])
def test_large_capacities_do_not_make_four_units_singular(K):
    beta = 0.1 * (1 - np.eye(4))
    alike = Values.from_relative_competition(np.ones(4), K, beta)
    assert np.allclose(steady_state(equilibria(MODELS[4])[-1], alike), 1 / 1.3)


@pytest.mark.parametrize("span", [1e3, 1e6, 1e9])
def test_units_of_very_different_size_are_not_singular(span):
    """A large partner helps a small one that hardly harms it: well posed, yet the matrix has entries from 1 to span."""
    fed = Values.from_count_competition((1, 1), (1, span), ((0, -0.1), (0.5, 0)))
    x = steady_state(equilibria(MODELS[2])[-1], fed) * fed.K
    assert np.allclose(x, [(1 + 0.1 * span) / 1.05, (span - 0.5) / 1.05], rtol=1e-12)


def test_scaling_rows_and_columns_does_not_change_a_solution():
    rng = np.random.default_rng(6)
    matrix, target = rng.normal(size=(20, 4, 4)), rng.normal(size=(20, 4))
    rows, columns = 10.0 ** rng.uniform(-9, 9, (2, 20, 4))
    scaled = rows[..., None] * matrix * columns[..., None, :]
    assert np.allclose(solved(scaled, rows * target) * columns, solved(matrix, target), rtol=1e-9)


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_a_singular_system_stays_singular_when_scaled(scale):
    matrix = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    assert np.isnan(solved(matrix * [1, scale, 1], np.ones(3))).all()
