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

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from ecolib.doors import check_kind
from ecolib.model import Symbiosis

__all__ = ["Equilibrium", "equilibria"]

MOST_UNITS = 12
"""There is an equilibrium for every set of units, and a model of more units has too many."""

Support = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """One equilibrium of a model, in letters.

    Polynomials are kept as elements of their ring (``elements``, ``common``) and become expressions when asked for.

    Main attributes:
        model : the :class:`~ecolib.model.Symbiosis` it belongs to
        support : indices of the present units, in order

    Other attributes:
        elements : ring elements, shape ``(units,)``: the numerator of a present unit's saturation, the numerator of
            an absent unit's invasion rate
        common : ring element, the common denominator ``D``
        domain : the ring

    Example:
        >>> *_, both = equilibria(Symbiosis.of(units=2))
        >>> both.saturation[0]
        (alpha_12 + 1)/(-alpha_12*alpha_21 + 1)
    """

    model: Symbiosis
    support: Support
    elements: tuple[Any, ...]
    common: Any
    domain: Any

    @property
    def absent(self) -> tuple[int, ...]:
        """Indices of the units that are not present."""
        return tuple(i for i in range(self.model.units) if i not in self.support)

    @cached_property
    def denominator(self) -> sp.Expr:
        """The polynomial ``D = det(I - A_SS)``; 1 when no unit is present."""
        return _expression(self.domain, self.common)

    @cached_property
    def numerators(self) -> tuple[sp.Expr, ...]:
        """The polynomials ``N_i``, shape ``(units,)``; zero for absent units."""
        whole = enumerate(self.elements)
        return tuple(_expression(self.domain, e) if i in self.support else sp.S.Zero for i, e in whole)

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
        D, whole = self.denominator, enumerate(self.numerators)
        return tuple(sp.factor(N - D) / D if i in self.support else sp.S.NegativeOne for i, N in whole)

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
        return _expression(self.domain, self.elements[unit])

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


@lru_cache(maxsize=64)
def _equilibria(model: Symbiosis) -> tuple[Equilibrium, ...]:
    if not model.linear:
        raise ValueError("the growth per head is not linear in x: its equilibria are not found support by support")
    system = _system(model)
    supports = [s for size in range(model.units + 1) for s in combinations(range(model.units), size)]
    solved = {support: _solve(system, support) for support in supports}
    return tuple(_assemble(model, system.domain, support, solved) for support in supports)


def _system(model: Symbiosis) -> DomainMatrix:
    """The matrix ``I - A`` over the smallest ring that holds its entries."""
    system = DomainMatrix.from_Matrix(-model.interaction)
    if system.domain.is_EX:  # roots such as sqrt(2) ask for an extension of the rationals
        system = DomainMatrix.from_Matrix(-model.interaction, extension=True)
    if system.domain.is_EX:
        raise ValueError(f"the entries of alpha must be numbers or polynomials in letters, got {model.alpha.tolist()}")
    return system.to_dense()


@lru_cache(maxsize=4096)
def _expression(domain: Any, element: Any) -> sp.Expr:
    """A ring element as an expression; the same polynomial serves several equilibria, the same term many of them."""
    if not domain.is_Poly:
        return domain.to_sympy(element)
    return sp.Add(*(_term(domain, monomial, coefficient) for monomial, coefficient in element.terms()))


@lru_cache(maxsize=65536)
def _term(domain: Any, monomial: tuple[int, ...], coefficient: Any) -> sp.Expr:
    powers = (letter**power for letter, power in zip(domain.symbols, monomial, strict=True) if power)
    return sp.Mul(domain.domain.to_sympy(coefficient), *powers)


def _solve(system: DomainMatrix, support: Support) -> tuple[dict[int, Any], Any]:
    """Numerators and common denominator of ``(I - A_SS) u_S = 1``, without fractions."""
    one = system.domain.one
    if not support:
        return {}, one
    rows = list(support)
    ones = DomainMatrix([[one]] * len(rows), (len(rows), 1), system.domain)
    solution, denominator = system.extract(rows, rows).solve_den_charpoly(ones, check=False)
    return {i: solution[k, 0].element for k, i in enumerate(rows)}, denominator


def _assemble(model: Symbiosis, domain: Any, support: Support, solved: dict[Support, Any]) -> Equilibrium:
    _, denominator = solved[support]
    joined = (tuple(sorted({*support, k})) for k in range(model.units))
    elements = tuple(solved[larger][0][k] for k, larger in enumerate(joined))
    return Equilibrium(model, support, elements, denominator, domain)
