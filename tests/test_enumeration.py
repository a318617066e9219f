"""All equilibria of polynomial systems, against constructions whose equilibria are known."""

import numpy as np
import pytest
import sympy as sp
from draws import batch

from ecolib import Symbiosis, equilibria, polynomials
from ecolib.enumeration import enumerate_equilibria
from ecolib.fit import numbers_of
from ecolib.numeric import steady_state
from ecolib.system import System

x, y, z, p = sp.symbols("x y z p", real=True)


@pytest.mark.parametrize("units", [1, 2, 3])
def test_equilibria_of_a_symbiosis_are_those_found_support_by_support(units):
    model, values = Symbiosis.of(units=units), batch(np.random.default_rng(5), 1, units, -0.9, 0.9)[0]
    found = enumerate_equilibria(model, numbers_of(model, values))
    expected = np.array([steady_state(point, values) * values.K for point in equilibria(model)])
    assert found.complete
    assert np.allclose(found.x, expected[np.lexsort(expected.T[::-1])], rtol=1e-8)


@pytest.mark.parametrize("seed", range(6))
def test_roots_that_were_put_in_come_out(seed):
    rng = np.random.default_rng(seed)
    roots = sorted({sp.Rational(int(k), 7) for k in rng.integers(-20, 21, 6)})
    line = sp.Rational(int(rng.integers(1, 9)), 3)
    product = sp.expand(sp.prod(x - root for root in roots) * (x**2 + x + 5))
    found = enumerate_equilibria(System((x, y), (product, y - line * x**2 + 1)), {})
    assert found.complete
    assert np.allclose(found.x, [[float(root), float(line * root**2 - 1)] for root in roots], atol=1e-9)


def test_solutions_that_are_not_real_are_not_counted():
    found = enumerate_equilibria(System((x, y), (x**2 + 1, y - x)), {})
    assert (len(found.x), found.complete) == (0, True)
    assert found.message == "0 equilibria were found; exact counting confirms that these are all"


def test_a_root_of_a_denominator_is_no_equilibrium():
    found = enumerate_equilibria(System((x, y), ((x - 1) * (x - 2) / (y + 1), (y + 1) * (y - x))), {})
    assert found.x.round(9).tolist() == [[1, 1], [2, 2]]


def test_three_letters_with_cross_terms_are_solved():
    found = enumerate_equilibria(System((x, y, z), (x * y - 2, y * z - 6, x * z - 3)), {})
    assert found.complete
    assert np.allclose(found.x, [[-1, -2, -3], [1, 2, 3]], atol=1e-10)


def test_a_double_root_is_found_once_or_said_to_be_uncertain():
    found = enumerate_equilibria(System((x,), ((x - p) ** 2 * (x + 3),)), {p: 1})
    assert np.allclose(found.x.ravel(), (-3, 1), atol=1e-6)
    assert found.complete


def test_roots_that_rounding_hides_are_found_with_many_digits():
    found = enumerate_equilibria(System((x,), (sp.expand(sp.prod(x - k for k in range(1, 21))) + p,)), {p: 0})
    assert found.complete
    assert np.allclose(found.x.ravel(), range(1, 21), atol=1e-3)


def test_an_enumeration_that_counting_does_not_confirm_says_so(monkeypatch):
    polished = polynomials._polished
    monkeypatch.setattr(polynomials, "_polished", lambda *given: polished(*given)[:1])
    found = enumerate_equilibria(System((x,), (x**2 - 2,)), {})
    assert not found.complete
    assert found.message == "1 equilibria were found; exact counting does not confirm that these are all"


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ((sp.exp(x) - p, y), "not rational in the state"),
        ((x * y, x * (p - x)), "not isolated points"),
        ((x - x, y), "vanishes everywhere"),
    ],
)
def test_what_cannot_be_enumerated_is_refused(field, says):
    system = System((x, y), field)
    numbers = {p: 2} if p in set().union(*(rate.free_symbols for rate in system.field)) else {}
    with pytest.raises(ValueError, match=says):
        enumerate_equilibria(system, numbers)


@pytest.mark.parametrize(("number", "says"), [(np.nan, "p must be finite"), (np.inf, "p must be finite")])
def test_numbers_are_checked(number, says):
    with pytest.raises(ValueError, match=says):
        enumerate_equilibria(System((x,), (x - p,)), {p: number})


def test_too_many_letters_are_refused():
    letters = sp.symbols("x_1:12", real=True)
    with pytest.raises(ValueError, match="up to 10 letters, got 11"):
        enumerate_equilibria(System(letters, letters), {})


@pytest.mark.parametrize("near", [1 + sp.Rational(1, 10**8), sp.Rational(1, 10**10)])
def test_solutions_too_close_to_be_kept_apart_are_not_said_to_be_all(near):
    found = enumerate_equilibria(System((x,), ((x - near) * (x - sp.floor(near)),)), {})
    assert not found.complete


def test_solutions_that_one_linear_form_takes_for_one_are_told_apart():
    found = enumerate_equilibria(System((x, y), (x - 2 * y, y**2 - 2)), {})  # x - 2y vanishes at both
    assert found.complete
    assert found.x.tolist() == [pytest.approx([-(8**0.5), -(2**0.5)]), pytest.approx([8**0.5, 2**0.5])]


def test_counting_confirms_nothing_where_no_form_tells_solutions_apart(monkeypatch):
    monkeypatch.setattr("ecolib.polynomials.FORMS", ((1, -2),))
    assert not enumerate_equilibria(System((x, y), (x - 2 * y, y * (y**2 - 2) + x - 2 * y)), {}).complete


def test_a_number_that_is_not_rational_is_refused():
    with pytest.raises(ValueError, match="not rational"):
        enumerate_equilibria(System((x,), (x**2 - sp.sqrt(2),)), {})
