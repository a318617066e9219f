"""Polynomials of all supports: how many terms they have, and that python-flint and sympy make the same ones."""

import pickle
import subprocess
import sys
from math import factorial

import pytest
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from ecolib import Symbiosis, determinants, equilibria
from ecolib.determinants import MOST_TERMS, Determinants
from ecolib.equilibria import _equilibria, term_count

A, B = sp.symbols("a b", real=True)
MATRICES = {
    "letters": Symbiosis.of(units=5).alpha,
    "fractions": sp.ImmutableMatrix([[0, A / 3, B**2], [A * B - 1, 0, sp.Rational(2, 7)], [0, A + B, 0]]),
    "whole": sp.ImmutableMatrix([[0, A, B**2], [A * B - 1, 0, 2], [0, A + B, 0]]),
    "roots": sp.ImmutableMatrix([[0, sp.sqrt(2), 3], [1, 0, 1 + sp.sqrt(2)], [2, 1, 0]]),
    "quotients": sp.ImmutableMatrix([[0, 1 / A, B], [A, 0, 2], [B / (1 + A), 1, 0]]),
    "numbers": sp.ImmutableMatrix([[0, 2, 3], [sp.Rational(1, 2), 0, -1], [5, 0, 0]]),
}


def fresh(units):
    """Equilibria that no other test has asked for."""
    return _equilibria.__wrapped__(Symbiosis.of(units=units))


@pytest.fixture(params=[True, False], ids=["with flint", "without flint"])
def _both_engines(request, monkeypatch):
    if request.param:
        pytest.importorskip("flint")
    else:
        monkeypatch.setattr(determinants, "flint", lambda: None)


def by_a_general_method(alpha):
    """Numerators and determinant by the adjugate of the whole matrix, as sympy finds them."""
    system = DomainMatrix.from_Matrix(sp.eye(alpha.rows) - alpha, extension=True).to_field()
    adjugate, determinant = system.adj_det()
    return adjugate.to_Matrix() * sp.ones(alpha.rows, 1), system.domain.to_sympy(determinant)


@pytest.mark.usefixtures("_both_engines")
@pytest.mark.parametrize("name", MATRICES)
def test_any_entries_give_the_determinant_and_the_numerators_of_cramer(name):
    alpha = MATRICES[name]
    found, whole = Determinants(alpha), tuple(range(alpha.rows))
    numerators, determinant = by_a_general_method(alpha)
    assert sp.simplify(found.expression(whole) - determinant) == 0
    for i in whole:
        assert sp.simplify(found.expression(whole, i) - numerators[i]) == 0


@pytest.mark.parametrize("name", MATRICES)
def test_python_flint_and_sympy_write_the_same_polynomials(name, monkeypatch):
    pytest.importorskip("flint")
    fast = Determinants(MATRICES[name])
    monkeypatch.setattr(determinants, "flint", lambda: None)
    slow, whole = Determinants(MATRICES[name]), tuple(range(MATRICES[name].rows))
    assert (fast.ring is not None) == (name in ("letters", "fractions", "whole"))
    assert slow.ring is None
    assert fast.expression(whole) == slow.expression(whole)
    assert [fast.expression(whole, i) for i in whole] == [slow.expression(whole, i) for i in whole]


@pytest.mark.usefixtures("_both_engines")
@pytest.mark.parametrize("units", range(2, 8))
def test_the_number_of_terms_is_that_of_the_polynomials(units):
    points = fresh(units)
    made, total = points[0].polynomials, 0
    for point in points:
        S = point.support
        sizes = [len(made.element(S)) if S else 1, *(len(made.element(S, i)) for i in S)]
        assert set(sizes) == {factorial(len(S))}
        total += sum(sizes)
    assert total == term_count(units)


@pytest.mark.parametrize("units", [7, 8])
def test_the_equations_hold_for_seven_and_eight_units(units):
    pytest.importorskip("flint")
    model = Symbiosis.of(units=units)
    found, whole = Determinants(model.alpha), tuple(range(units))
    N, D = [found.element(whole, i) for i in whole], found.element(whole)
    for i in (0, units - 1):
        received = sum((found.entries[i][j] * N[j] for j in whole if j != i), start=D)
        assert N[i] == received
    assert len(D) == len(N[0]) == factorial(units)


def test_without_python_flint_everything_is_there():
    code = """
import sys
sys.modules["flint"] = None
from ecolib import Symbiosis, equilibria
point = equilibria(Symbiosis.of(units=3))[-1]
print(point.polynomials.ring, point.denominator, point.feasible, sep="\\n")
"""
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    point = equilibria(Symbiosis.of(units=3))[-1]
    assert run.stdout.splitlines() == ["None", str(point.denominator), str(point.feasible)]


def test_more_terms_than_memory_holds_are_refused_but_numbers_and_few_letters_are_not():
    point = equilibria(Symbiosis.of(units=9))[-1]
    with pytest.raises(ValueError, match=f"9 units may have 362880 terms, {MOST_TERMS} are the most"):
        _ = point.denominator
    alike = sp.ImmutableMatrix(9, 9, lambda i, j: sp.S.Zero if i == j else A)
    D = equilibria(Symbiosis.of(alpha=alike))[-1].denominator
    assert sp.expand(D - (1 - 8 * A) * (1 + A) ** 8) == 0


def test_a_star_of_twelve_units_has_few_terms():
    star = sp.ImmutableMatrix(12, 12, lambda i, j: sp.Symbol(f"s_{i}_{j}") if i != j and 0 in (i, j) else sp.S.Zero)
    *_, together = equilibria(Symbiosis.of(alpha=star))
    assert together.denominator == 1 - sum(star[0, j] * star[j, 0] for j in range(1, 12))


@pytest.mark.usefixtures("_both_engines")
def test_equilibria_travel_between_processes():
    *_, point = fresh(3)
    _ = point.polynomials.element((0, 1, 2))
    again = pickle.loads(pickle.dumps(point))
    assert (again.support, again.denominator, again.numerators) == (point.support, point.denominator, point.numerators)


def test_gains_of_many_units_are_not_factored_and_agree():
    *_, point = equilibria(Symbiosis.of(units=5))
    for i in range(5):
        assert sp.expand(point.gain_numerators[i] - point.numerators[i] + point.denominator) == 0


@pytest.mark.parametrize(("units", "error"), [(0, ValueError), (13, ValueError), (2.5, TypeError), ("3", TypeError)])
def test_terms_are_counted_for_models_that_can_be_solved(units, error):
    with pytest.raises(error, match="units"):
        term_count(units)
