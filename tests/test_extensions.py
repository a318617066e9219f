"""Saturating help and obligate units: the models, and what is proved of them."""

import numpy as np
import pytest
import sympy as sp
from checks import checked
from draws import batch
from pairs import H_12, H_21, LINEAR, A, B, draw, model_of, point, values_of

from ecolib import Symbiosis, Values, simulate
from ecolib.extensions import handling, obligate, saturating
from ecolib.extensions.theorems import EXTENSIONS
from ecolib.fit import numbers_of


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


@pytest.mark.parametrize("name", EXTENSIONS)
def test_every_statement_is_proved_with_witness_and_counterexamples(name):
    check = checked(EXTENSIONS[name])
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
