r"""Real solutions of polynomial equations with rational coefficients, and how many there are.

A Gröbner basis turns multiplication by a linear form into a matrix over the rationals. Its eigenvectors give the
solutions, which Newton's method refines. The real roots of its characteristic polynomial are counted *exactly* (Sturm),
and the rank of Hermite's form says whether the linear form tells all solutions apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from ecolib.numeric import Array, pointwise

__all__ = ["MOST_LETTERS", "distinct", "merged", "real_solutions"]

FORM = (1, -2, 3, 5, -7, 11, 13, -17, 19, 23)
"""Weights of the linear form that tells solutions apart."""

FORMS = (FORM, (29, 31, -37, 41, 43, -47, 53, 59, 61, -67), (-71, 73, 79, 83, 89, -97, 101, 103, -107, 109))
"""More of them: where two solutions have one value of the first form, another tells them apart."""

REAL = 1e-5
"""A solution whose imaginary part is smaller, beside its size, may be real: Newton's method decides."""

ROUGH = 1e-2
"""The same for the second attempt."""

DIGITS = 60
"""Digits of the second attempt, when rounding may have hidden a solution from the first."""

MOST_LETTERS = len(FORM)
"""So many letters a system may have."""


def real_solutions(choice: Sequence[sp.Poly], letters: tuple[sp.Symbol, ...]) -> tuple[list[Array], int]:
    """The real solutions of one choice of factors, and how many there are exactly."""
    basis = sp.groebner([poly.as_expr() for poly in choice], *letters, order="grevlex", domain="QQ")
    if basis.exprs == [1]:
        return [], 0
    if not basis.is_zero_dimensional:
        held = ", ".join(str(poly.as_expr()) for poly in choice)
        raise ValueError(f"the equilibria are not isolated points: {held} vanish along a curve")
    monomials = _standard(basis)
    by_letter = [_multiplication(basis, monomials, letter) for letter in letters]
    weights, form, squarefree = _separating(by_letter)
    numbers = [np.array(matrix.to_Matrix().tolist(), dtype=np.float64) for matrix in by_letter]
    counted = int(squarefree.count_roots())
    if squarefree.degree() < len(monomials) and squarefree.degree() < _different(monomials, by_letter):
        counted = -1  # no form tells all solutions apart: nothing is confirmed
    weighted = np.einsum("i,ijk->jk", weights[: len(numbers)], np.array(numbers))
    candidates = _read(weighted, numbers)
    points = _polished(choice, letters, candidates)
    if len(points) < counted:  # rounding has hidden some: once more, with many digits
        values = np.linalg.eigvals(weighted)
        rough = values.real[np.abs(values.imag) < ROUGH * (1 + np.abs(values))]
        candidates += _read_again(form, by_letter, rough.tolist())
        points = _polished(choice, letters, candidates)
    return list(points), counted


def _separating(by_letter: list[DomainMatrix]) -> tuple[tuple[int, ...], DomainMatrix, sp.Poly]:
    """The weights that tell most solutions apart, the form, and the polynomial whose roots are its values."""
    tried = []
    for weights in FORMS:
        form = sum((matrix * weight for weight, matrix in zip(weights, by_letter, strict=False)), by_letter[0] * 0)
        whole = sp.Poly(form.charpoly(), sp.Symbol("z"), domain="QQ")
        tried.append((weights, form, whole.quo(whole.gcd(whole.diff()))))
        if tried[-1][2].degree() == whole.degree():
            break
    return max(tried, key=lambda one: one[2].degree())


def _different(monomials: list[tuple[int, ...]], by_letter: list[DomainMatrix]) -> int:
    """How many different complex solutions there are: the rank of Hermite's form, the traces of products."""
    size = len(monomials)
    times = {powers: DomainMatrix.eye(size, sp.QQ).to_dense() for powers in monomials[:1]}
    for powers in sorted(monomials, key=sum)[1:]:
        k = next(k for k, power in enumerate(powers) if power)
        times[powers] = times[tuple(power - (j == k) for j, power in enumerate(powers))] * by_letter[k]
    products = [times[powers].to_Matrix() for powers in monomials]
    traces = sp.Matrix([matrix.trace() for matrix in products])
    return int(DomainMatrix.from_Matrix(sp.Matrix.hstack(*(matrix * traces for matrix in products))).rank())


def _standard(basis: sp.GroebnerBasis) -> list[tuple[int, ...]]:
    """Exponents of the monomials that no leading monomial of the basis divides."""
    leading = [sp.Poly(g, *basis.gens).monoms(order=sp.grevlex)[0] for g in basis.exprs]
    ends = [min(lead[k] for lead in leading if sum(lead) == lead[k] > 0) for k in range(len(basis.gens))]
    return [
        powers
        for powers in product(*map(range, ends))
        if not any(all(p >= q for p, q in zip(powers, lead, strict=True)) for lead in leading)
    ]


def _multiplication(basis: sp.GroebnerBasis, monomials: list[tuple[int, ...]], letter: sp.Symbol) -> DomainMatrix:
    """The matrix of multiplication by a letter, modulo the equations: row k says what it makes of monomial k."""
    rows = []
    for powers in monomials:
        product_ = letter * sp.prod(x**power for x, power in zip(basis.gens, powers, strict=True))
        rest = dict(sp.Poly(basis.reduce(product_)[1], *basis.gens, domain="QQ").terms())
        rows.append([rest.get(other, sp.S.Zero) for other in monomials])
    return DomainMatrix.from_Matrix(sp.Matrix(rows)).convert_to(sp.QQ).to_dense()


def _read(form: Array, by_letter: list[Array]) -> list[Array]:
    """Real parts of the solutions that may be real: an eigenvector holds the monomials at one of them."""
    values, vectors = np.linalg.eig(form)
    found = []
    for k in range(values.size):
        v = vectors[:, k]
        x = np.array([np.vdot(v, matrix @ v) / np.vdot(v, v) for matrix in by_letter])
        if np.abs(x.imag).max() < REAL * (1 + np.abs(x).max()):
            found.append(x.real)
    return found


def _read_again(form: DomainMatrix, by_letter: list[DomainMatrix], guesses: Sequence[float]) -> list[Array]:
    """The same with :data:`DIGITS` digits, by Rayleigh's iteration from rough eigenvalues."""
    from mpmath import mp

    found = []
    with mp.workdps(DIGITS):
        exact = [mp.matrix(matrix.to_Matrix().evalf(DIGITS).tolist()) for matrix in (form, *by_letter)]
        whole = exact[0]
        for guess in guesses:
            value, v = mp.mpf(guess), mp.matrix([mp.mpf(k % 7 + 1) for k in range(whole.rows)])
            try:
                for _ in range(12):
                    v = mp.lu_solve(whole - mp.eye(whole.rows) * value, v)
                    v = v / mp.norm(v)
                    value = (v.T * (whole * v))[0]
            except ZeroDivisionError:  # the eigenvalue itself was met: v is as good as it gets
                pass
            found.append(np.array([float((v.T * (matrix * v))[0]) for matrix in exact[1:]]))
    return found


def _polished(choice: Sequence[sp.Poly], letters: tuple[sp.Symbol, ...], candidates: Sequence[Array]) -> Array:
    """The different solutions near candidates."""
    refined = (_refined(choice, letters, candidate) for candidate in candidates)
    return distinct([x for x in refined if x is not None], len(letters))


def _refined(choice: Sequence[sp.Poly], letters: tuple[sp.Symbol, ...], guess: Array) -> Array | None:
    """The solution near a guess, by Newton's method; None when there is no real one."""
    expressions = tuple(poly.as_expr() for poly in choice)
    f = pointwise(expressions, letters, {})
    df = pointwise(sp.ImmutableMatrix(expressions).jacobian(letters), letters, {})
    x = guess.copy()
    for _ in range(50):
        change = np.linalg.lstsq(df(x), f(x), rcond=1e-14)[0]
        x = x - change
        if np.all(np.abs(change) <= 1e-15 * (1 + np.abs(x))):
            break
    near = np.abs(x - guess).max() <= 1e-2 * (1 + np.abs(guess).max())
    return x if near and np.abs(f(x)).max() <= 1e-9 * (1 + np.abs(df(x)).max()) else None


def distinct(points: Sequence[Array], letters: int) -> Array:
    """The points in increasing order, none twice, shape ``(points, letters)``."""
    kept: list[Array] = []
    for x in sorted(points, key=lambda x: np.round(x, 9).tolist()):
        if all(np.abs(x - other).max() > 1e-7 * (1 + np.abs(x).max()) for other in kept):
            kept.append(x + 0.0)
    return np.array(kept).reshape(-1, letters)


def merged(states: Array, found: Sequence[Array]) -> bool:
    """Whether solutions of different factors were taken for one though rounding alone does not part them."""
    apart = [np.abs(states - x).max(axis=1) for x in found if states.size]
    sizes = [np.abs(x).max() for x in found if states.size]
    return any(1e-12 * size < gap.min() < 1e-6 * (1 + size) for gap, size in zip(apart, sizes, strict=True))
