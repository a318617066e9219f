r"""Determinants and numerators of all supports, each polynomial made once and only when it is asked for.

With :math:`D_S = \det(I - A_{SS})` and Cramer's numerators :math:`N_{i,S}` of :math:`(I - A_{SS})\,u = b`, a unit
that joins the others :math:`T = S \setminus i` brings

.. math:: N_{i,S} = b_i D_T + \sum_{j \in T} \alpha_{ij} N_{j,T}, \qquad
          D_S = D_T - \sum_{j \in T} \alpha_{ij} W_{j,T},

where :math:`W` are the numerators for the **side** :math:`b_j = \alpha_{ji}`, what the others get from unit
:math:`i` (for the numerators of equilibria all :math:`b_j = 1`). Every product is an entry times a polynomial of a
smaller support; when the entries are different letters, no two terms are alike and none cancel: the work is the size
of the answer.

The polynomials are those of python-flint when it is installed and all numbers are rational, otherwise sympy's.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from ecolib.doors import check_kind

__all__ = ["MOST_TERMS", "Determinants", "largest"]

MOST_TERMS = 100_000
"""A polynomial that may have more terms is refused: eight units in letters have 40,320, nine would have 362,880."""

Support = tuple[int, ...]
Key = tuple[Support, int | None, int | None]


class Determinants:
    """Determinants and numerators of a matrix of coefficients ``alpha``, support by support.

    Args:
        alpha: square sympy matrix with zero diagonal, entries numbers, polynomials or quotients of polynomials.

    Raises:
        TypeError: when ``alpha`` is no sympy matrix.
        ValueError: when it is not square, or an entry is neither a number nor a polynomial or quotient of polynomials.

    Example:
        >>> a, b = sp.symbols("a b")
        >>> found = Determinants(sp.ImmutableMatrix([[0, a], [b, 0]]))
        >>> found.expression((0, 1)), found.expression((0, 1), 0)
        (-a*b + 1, a + 1)
    """

    def __init__(self, alpha: sp.ImmutableMatrix) -> None:
        check_kind("alpha", alpha, sp.MatrixBase)
        if alpha.rows != alpha.cols or alpha.rows == 0:
            raise ValueError(f"alpha must be square, got shape {alpha.shape}")
        self.alpha = sp.ImmutableMatrix(alpha)
        self.domain, elements = _elements(alpha)
        self.counts = [[_terms(self.domain, element) for element in row] for row in elements]
        self.degree = max(_degree(self.domain, element) for row in elements for element in row)
        self.ring = _ring(self.domain)
        self.one: Any = self.domain.one if self.ring is None else self.ring.constant(1)
        self.entries = elements if self.ring is None else [[_fast(self.ring, e) for e in row] for row in elements]
        self._made: dict[Key, Any] = {}
        self._written: dict[Key, sp.Expr] = {}
        self._sizes: dict[Key, int] = {}

    def __reduce__(self) -> tuple[type[Determinants], tuple[sp.ImmutableMatrix]]:
        return Determinants, (self.alpha,)  # polynomials of flint stay in their process

    def element(self, support: Support, unit: int | None = None) -> Any:
        """``D`` of a support (1 when it is empty), or ``N_i`` of one of its units, as an element of the ring."""
        self._check(support)
        return self._determinant(support) if unit is None else self._numerator(support, unit, None)

    def expression(self, support: Support, unit: int | None = None) -> sp.Expr:
        """The same as an expression."""
        key = support, unit, None
        if key not in self._written:
            self._written[key] = self._expression(self.element(support, unit))
        return self._written[key]

    def _expression(self, element: Any) -> sp.Expr:
        if not self.domain.is_Poly:
            return self.domain.to_sympy(element)
        number = self.domain.domain.to_sympy if self.ring is None else _number
        return sp.Add(*(_term(self.domain.symbols, powers, number(c)) for powers, c in element.terms()))

    def _determinant(self, support: Support) -> Any:
        if not support:
            return self.one
        key = support, None, None
        if key not in self._made:
            first, others = support[0], support[1:]
            total = self._determinant(others)
            for j in others:
                if self.counts[first][j]:
                    total = total - self.entries[first][j] * self._numerator(others, j, first)
            self._made[key] = total
        return self._made[key]

    def _numerator(self, support: Support, unit: int, side: int | None) -> Any:
        key = support, unit, side
        if key not in self._made:
            others = tuple(j for j in support if j != unit)
            total = self._determinant(others)
            if side is not None:
                total = self.entries[unit][side] * total
            for j in others:
                if self.counts[unit][j]:
                    total = total + self.entries[unit][j] * self._numerator(others, j, side)
            self._made[key] = total
        return self._made[key]

    def _check(self, support: Support) -> None:
        """Raise when a polynomial of this support may be too large to be made."""
        if not self.domain.is_Poly:
            return
        letters, degree = len(self.domain.symbols), self.degree * len(support)
        most = min(largest(self.counts, support, self._sizes), comb(letters + degree, letters))
        if most > MOST_TERMS:
            raise ValueError(f"a polynomial of {len(support)} units may have {most} terms, {MOST_TERMS} are the most")


def largest(counts: list[list[int]], support: Support, known: dict[Key, int]) -> int:
    """Terms of the largest polynomial of a support, when no two are alike, from the terms of the entries.

    Example:
        >>> largest([[0, 1, 1], [1, 0, 1], [1, 1, 0]], (0, 1, 2), {})
        6
    """

    def size(support: Support, unit: int | None, side: int | None) -> int:
        key = support, unit, side
        if support and key not in known:
            i = support[0] if unit is None else unit
            others, first = tuple(j for j in support if j != i), i if unit is None else side
            own = 1 if unit is None or side is None else counts[i][side]
            known[key] = own * size(others, None, None)
            known[key] += sum(counts[i][j] * size(others, j, first) for j in others if counts[i][j])
        return known.get(key, 1)

    return max([size(support, None, None), *(size(support, unit, None) for unit in support)])


def _elements(alpha: sp.ImmutableMatrix) -> tuple[Any, list[list[Any]]]:
    """The entries in the smallest ring that holds them."""
    matrix = DomainMatrix.from_Matrix(alpha)
    if matrix.domain.is_EX:  # roots such as sqrt(2) ask for an extension of the rationals
        matrix = DomainMatrix.from_Matrix(alpha, extension=True)
    if matrix.domain.is_EX:
        raise ValueError(f"the entries of alpha must be numbers or polynomials in letters, got {alpha.tolist()}")
    return matrix.domain, matrix.to_dense().to_list()


def _terms(domain: Any, element: Any) -> int:
    return len(element) if domain.is_Poly else int(bool(element))


def _degree(domain: Any, element: Any) -> int:
    return max(map(sum, element.monoms()), default=0) if domain.is_Poly else 0


def flint() -> Any:
    """The module of python-flint; None when it is not installed or too old for these polynomials."""
    try:
        import flint as found
    except ImportError:
        return None
    return found if hasattr(getattr(found, "fmpq_mpoly_ctx", None), "get") else None


def _ring(domain: Any) -> Any:
    """A ring of python-flint for the entries; None when it has none."""
    fast = flint()
    if fast is None or not domain.is_Poly or not (domain.domain.is_ZZ or domain.domain.is_QQ):
        return None
    kind = fast.fmpz_mpoly_ctx if domain.domain.is_ZZ else fast.fmpq_mpoly_ctx
    return kind.get([f"z{k}" for k in range(len(domain.symbols))], "deglex")


def _fast(ring: Any, element: Any) -> Any:
    """An element of a ring of sympy in a ring of python-flint."""
    number = flint().fmpq
    return ring.from_dict(
        {m: int(c) if c.denominator == 1 else number(int(c.numerator), int(c.denominator)) for m, c in element.terms()}
    )


def _number(coefficient: Any) -> sp.Rational:
    return sp.Rational(int(coefficient.numerator), int(coefficient.denominator))


@lru_cache(maxsize=65536)
def _term(letters: tuple[sp.Expr, ...], monomial: tuple[int, ...], number: sp.Expr) -> sp.Expr:
    return sp.Mul(number, *(letter**power for letter, power in zip(letters, monomial, strict=True) if power))
