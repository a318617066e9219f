r"""Where the equations stand still.

An **equilibrium** belongs to a set of present units, its **support** :math:`S`. Dividing the growth per head by
:math:`r_i` leaves a *linear* system for the saturations,

.. math:: (I - A_{SS})\, u_S = 1,

so the :math:`2^n` equilibria are found support by support and never by a general polynomial solver. By Cramer's
rule :math:`u_i = N_i / D` with polynomials :math:`N_i` and one common :math:`D = \det(I - A_{SS})`.

- An equilibrium is **feasible** when every present unit has :math:`u_i > 0`.
- The **invasion rate** of an absent unit is its growth per head when it is rare. Cramer's rule makes it
  :math:`r_k N_k / D` with the numerator :math:`N_k` of the equilibrium that unit :math:`k` has joined.
- The **gain** of a unit is :math:`g_i = u_i - 1`: what symbiosis adds to going it alone.

Conditions are *polynomial* inequalities (numerator times denominator), because a ratio divides by zero exactly where
one regime turns into another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import combinations
from math import comb, factorial

import sympy as sp

from ecolib.determinants import Determinants
from ecolib.doors import check_kind, whole
from ecolib.model import Symbiosis

__all__ = ["Equilibrium", "equilibria", "term_count"]

MOST_UNITS = 12
"""There is an equilibrium for every set of units, and a model of more units has too many."""

MOST_FACTORED = 100
"""Polynomials with more terms are not factored: it takes seconds for five units in letters and hours for seven."""

Support = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """One equilibrium of a model, in letters.

    Its polynomials are made when they are asked for, and shared with the other equilibria of the model.

    Main attributes:
        model : the :class:`~ecolib.model.Symbiosis` it belongs to
        support : indices of the present units, in order

    Other attributes:
        polynomials : the determinants and numerators of all supports

    Raises:
        ValueError: by whatever asks for a polynomial that may have more than 100,000 terms.

    Example:
        >>> *_, both = equilibria(Symbiosis.of(units=2))
        >>> both.saturation[0]
        (alpha_12 + 1)/(-alpha_12*alpha_21 + 1)
    """

    model: Symbiosis
    support: Support
    polynomials: Determinants = field(repr=False)

    @property
    def absent(self) -> tuple[int, ...]:
        """Indices of the units that are not present."""
        return tuple(i for i in range(self.model.units) if i not in self.support)

    @cached_property
    def denominator(self) -> sp.Expr:
        """The polynomial ``D = det(I - A_SS)``; 1 when no unit is present."""
        return self.polynomials.expression(self.support)

    @cached_property
    def numerators(self) -> tuple[sp.Expr, ...]:
        """The polynomials ``N_i``, shape ``(units,)``; zero for absent units."""
        return tuple(self._numerator(i) if i in self.support else sp.S.Zero for i in range(self.model.units))

    @property
    def saturation(self) -> tuple[sp.Expr, ...]:
        """Saturations ``u_i = N_i / D``, dimensionless, shape ``(units,)``."""
        return tuple(numerator / self.denominator for numerator in self.numerators)

    @property
    def state(self) -> tuple[sp.Expr, ...]:
        """Outputs ``x_i = K_i u_i``, in units of output, shape ``(units,)``."""
        return tuple(K * u for K, u in zip(self.model.K, self.saturation, strict=True))

    @property
    def gain(self) -> tuple[sp.Expr, ...]:
        """Gains ``u_i - 1`` over going it alone, dimensionless, shape ``(units,)``; -1 for absent units."""
        D, whole = self.denominator, enumerate(self.gain_numerators)
        return tuple(N / D if i in self.support else sp.S.NegativeOne for i, N in whole)

    @cached_property
    def gain_numerators(self) -> tuple[sp.Expr, ...]:
        r"""The polynomials ``N_i - D``, shape ``(units,)``, factored when they are short; ``-D`` for absent units.

        Longer ones stay as :math:`\sum_j \alpha_{ij} N_j`, which is the same because :math:`(I - A_{SS})\, u_S = 1`.

        Example:
            >>> *_, both = equilibria(Symbiosis.of(units=2))
            >>> both.gain_numerators
            (alpha_12*(alpha_21 + 1), alpha_21*(alpha_12 + 1))
        """
        D, N, alpha = self.denominator, self.numerators, self.model.alpha

        def surplus(i: int) -> sp.Expr:
            received = sp.Add(*(alpha[i, j] * N[j] for j in self.support))
            return sp.factor(received) if _length(N[i]) + _length(D) <= MOST_FACTORED else received

        return tuple(surplus(i) if i in self.support else -D for i in range(self.model.units))

    @property
    def feasible(self) -> sp.Basic:
        """The condition that every present unit has positive output: polynomial inequalities joined by *and*."""
        return sp.And(*(positive(self.numerators[i] * self.denominator) for i in self.support))

    def invasion_numerator(self, unit: int) -> sp.Expr:
        """The polynomial whose ratio to ``D``, times ``r_k``, is the invasion rate of an absent unit.

        Raises:
            ValueError: for an unknown unit or a unit that is already present.
        """
        unit = self.model.unit(unit)
        if unit in self.support:
            raise ValueError(f"unit {unit} is present in this equilibrium: only absent units can invade")
        return self._numerator(unit)

    def invasion_rate(self, unit: int) -> sp.Expr:
        """Growth per head of an absent unit when rare, per unit of time.

        Raises:
            ValueError: for an unknown unit or a unit that is already present.

        Example:
            >>> nothing, first, second, both = equilibria(Symbiosis.of(units=2))
            >>> first.invasion_rate(1)
            r_2*(alpha_21 + 1)
        """
        numerator = self.invasion_numerator(unit)
        return self.model.r[unit] * numerator / self.denominator

    def _numerator(self, unit: int) -> sp.Expr:
        """The numerator of a unit where it lives with those present."""
        return self.polynomials.expression(tuple(sorted({*self.support, unit})), unit)


def _length(polynomial: sp.Expr) -> int:
    return len(polynomial.args) if polynomial.is_Add else 1


def positive(polynomial: sp.Expr) -> sp.Basic:
    """The condition ``polynomial > 0``, without sympy's costly guesses at the sign of an expression in letters."""
    return sp.Gt(polynomial, 0, evaluate=bool(polynomial.is_number))


def equilibria(model: Symbiosis) -> tuple[Equilibrium, ...]:
    """All equilibria of a linear model, one per support: fewer present units first, then in order of the units.

    Raises:
        TypeError: when ``model`` is no symbiosis.
        ValueError: when it has more than 12 units, its growth per head is not linear in the outputs, or a coefficient
            is neither a number nor a polynomial or quotient of polynomials.

    Example:
        >>> [point.support for point in equilibria(Symbiosis.of(units=2))]
        [(), (0,), (1,), (0, 1)]

    References: HofbauerSigmund1998, Takeuchi1996.
    """
    check_kind("model", model, Symbiosis)
    if model.units > MOST_UNITS:
        raise ValueError(f"{2**MOST_UNITS} supports are the most, the model has {model.units} units")
    return _equilibria(model)


@lru_cache(maxsize=16)
def _equilibria(model: Symbiosis) -> tuple[Equilibrium, ...]:
    if not model.linear:
        raise ValueError("the growth per head is not linear in x: its equilibria are not found support by support")
    polynomials = Determinants(model.alpha)
    supports = (s for size in range(model.units + 1) for s in combinations(range(model.units), size))
    return tuple(Equilibrium(model, support, polynomials) for support in supports)


def term_count(units: int) -> int:
    r"""How many terms the polynomials of all equilibria have when every coefficient is a letter of its own.

    Expanding a determinant with ones on its diagonal gives a term for each permutation, and no two are alike; the
    same is true of Cramer's numerators. A support of :math:`s` units has :math:`s!` terms in its denominator and in
    each of its :math:`s` numerators, together

    .. math:: \sum_{s=0}^{n} \binom{n}{s} (s + 1)\, s! \;\approx\; e\, n\, n!

    Args:
        units: how many units, from 1 to 12.

    Raises:
        TypeError: when it is no integer.
        ValueError: when it is out of range.

    Example:
        >>> [term_count(units) for units in range(1, 9)]
        [3, 11, 49, 261, 1631, 11743, 95901, 876809]
    """
    n = whole("units", units, least=1, most=MOST_UNITS)
    return sum(comb(n, s) * factorial(s + 1) for s in range(n + 1))
