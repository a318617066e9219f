r"""The symbiosis equations, as symbols.

A **symbiotic unit** :math:`i` has an output :math:`x_i`, an intrinsic growth rate :math:`r_i`, and a carrying
capacity :math:`K_i`: the output it would settle at alone. The **symbiosis coefficient** :math:`\alpha_{ij}` is the
effect of unit :math:`j` on unit :math:`i`, and *positive helps*:

.. math:: \dot x_i = r_i x_i \Bigl(1 - \frac{x_i}{K_i} + \sum_{j \ne i} \alpha_{ij} \frac{x_j}{K_j}\Bigr)

The **saturation** :math:`u_i = x_i / K_i` measures a unit against itself alone: :math:`u_i = 1` is "as if alone".

Letters, one line each (the notation page of the book is tested against these lines):

- ``x``: output of a unit, in units of output, ``x >= 0``
- ``r``: intrinsic growth rate, per unit of time, ``r > 0``
- ``K``: carrying capacity, in units of output, ``K > 0``
- ``u``: saturation ``x / K``, dimensionless, ``u >= 0``
- ``alpha``: symbiosis coefficient ``alpha[i, j]``, effect of unit j on unit i, dimensionless, positive helps
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from numbers import Integral
from typing import Any

import sympy as sp

from ecolib.doors import whole
from ecolib.system import parameters, replaced

__all__ = ["Symbiosis"]

MOST_UNITS = 200
"""A model of more units has more letters than anybody reads; a :class:`~ecolib.networks.Network` holds numbers only."""


@dataclass(frozen=True)
class Symbiosis:
    r"""A symbiosis model in letters: who grows how, and who acts on whom.

    Made by :meth:`of`. Units are numbered from 0 in code and from 1 in letters: ``model.alpha[0, 1]`` is the
    letter ``alpha_12``, the effect of the second unit on the first.

    Main attributes:
        x, r, K : tuples of symbols, shape ``(units,)``
        alpha : sympy matrix, shape ``(units, units)``, zero diagonal; positive entries help
        growth : tuple of expressions, shape ``(units,)``: growth per head :math:`\dot x_i / x_i`, per unit of time

    Example:
        >>> model = Symbiosis.of(units=2)
        >>> model.growth[0]
        r_1*(1 + alpha_12*x_2/K_2 - x_1/K_1)

    References: VandermeerBoucher1978, HofbauerSigmund1998.
    """

    x: tuple[sp.Symbol, ...]
    r: tuple[sp.Symbol, ...]
    K: tuple[sp.Symbol, ...]
    alpha: sp.ImmutableMatrix
    growth: tuple[sp.Expr, ...]

    @classmethod
    def of(cls, units: int | None = None, *, alpha: sp.MatrixBase | None = None) -> Symbiosis:
        """The linear model of so many units, or of a given matrix of coefficients.

        Args:
            units: how many units, from 1 to 200. Every coefficient off the diagonal is then a letter of its own.
            alpha: in place of ``units``, a square sympy matrix with zero diagonal, dimensionless. Entries may be
                letters, numbers or expressions (a zero says that one unit does not act on another).

        Raises:
            TypeError: when ``units`` is not an integer or ``alpha`` is not a sympy matrix.
            ValueError: when both or neither are given, ``units`` is out of range, ``alpha`` is not square, a
                diagonal entry is not zero, or ``alpha`` uses a letter that the model needs itself (``x_1``, ``r_1``,
                ``K_1``, ...).

        Example:
            >>> Symbiosis.of(units=3).alpha[2, 0]
            alpha_31
        """
        if (units is None) == (alpha is None):
            raise ValueError("give either units or alpha, got " + ("both" if units is not None else "neither"))
        matrix = _letters(units) if alpha is None else _checked(alpha)
        count = matrix.rows
        x = _symbols("x", count, nonnegative=True)
        r = _symbols("r", count, positive=True)
        K = _symbols("K", count, positive=True)
        _check_letters(matrix, (*x, *r, *K))
        return cls(x, r, K, matrix, _linear_growth(x, r, K, matrix))

    @property
    def units(self) -> int:
        """How many units the model has."""
        return len(self.x)

    @property
    def linear(self) -> bool:
        """Whether the growth per head is the linear form above (extensions of the model replace it)."""
        return self.growth == _linear_growth(self.x, self.r, self.K, self.alpha)

    @property
    def interaction(self) -> sp.ImmutableMatrix:
        """Coefficients with self-limitation, ``alpha - I``, shape ``(units, units)``, dimensionless."""
        return self.alpha - sp.ImmutableMatrix(sp.eye(self.units))

    @cached_property
    def field(self) -> tuple[sp.Expr, ...]:
        """Right-hand side of the equations, output per unit of time, shape ``(units,)``."""
        return tuple(x * growth for x, growth in zip(self.x, self.growth, strict=True))

    @cached_property
    def jacobian(self) -> sp.ImmutableMatrix:
        """Derivative of the field by the outputs, per unit of time, shape ``(units, units)``."""
        return sp.ImmutableMatrix(self.field).jacobian(self.x)

    def at(self, numbers: Mapping[sp.Symbol, Any]) -> Symbiosis:
        """The model with numbers or expressions in place of some coefficients or letters of an extension.

        Growth rates and capacities stay letters: their numbers are those of :class:`~ecolib.values.Values`.

        Raises:
            TypeError: when a replacement is text or no expression.
            ValueError: for a letter that the model does not have, or that must stay.

        Example:
            >>> model = Symbiosis.of(units=2)
            >>> model.at({model.alpha[0, 1]: 0}).growth[0]
            r_1*(1 - x_1/K_1)
        """
        known = set(parameters(self)) - {*self.r, *self.K}
        whole = replaced((*self.growth, *self.alpha), numbers, sorted(known, key=str))
        alpha = sp.ImmutableMatrix(self.units, self.units, whole[self.units :])
        return replace(self, growth=whole[: self.units], alpha=alpha)

    def unit(self, index: object) -> int:
        """Return the index of a unit if the model has it.

        Raises:
            ValueError: for an index the model does not have.
        """
        known = range(self.units)
        if isinstance(index, bool) or not isinstance(index, Integral) or index not in known:
            raise ValueError(f"unknown unit {index!r}: this model has the units {', '.join(map(str, known))}")
        return int(index)


def _linear_growth(
    x: Sequence[sp.Symbol], r: Sequence[sp.Symbol], K: Sequence[sp.Symbol], alpha: sp.ImmutableMatrix
) -> tuple[sp.Expr, ...]:
    units = range(len(x))
    # The sign convention of the whole project, in one line: a positive coefficient helps unit i.
    return tuple(r[i] * (1 - x[i] / K[i] + sum(alpha[i, j] * x[j] / K[j] for j in units)) for i in units)


def _symbols(letter: str, count: int, **assumptions: bool) -> tuple[sp.Symbol, ...]:
    return tuple(sp.Symbol(f"{letter}_{i + 1}", **assumptions) for i in range(count))


def _letters(units: object) -> sp.ImmutableMatrix:
    """A matrix of letters with zero diagonal."""
    count = whole("units", units, least=1, most=MOST_UNITS)
    between = "" if count < 10 else "_"

    def entry(i: int, j: int) -> sp.Expr:
        return sp.S.Zero if i == j else sp.Symbol(f"alpha_{i + 1}{between}{j + 1}", real=True)

    return sp.ImmutableMatrix(count, count, entry)


def _checked(alpha: sp.MatrixBase) -> sp.ImmutableMatrix:
    """The matrix, if it is square with a zero diagonal."""
    if not isinstance(alpha, sp.MatrixBase):
        raise TypeError(f"alpha must be a sympy matrix, got {type(alpha).__name__}; numbers go into Values")
    if alpha.rows != alpha.cols or alpha.rows == 0:
        raise ValueError(f"alpha must be square, got shape {alpha.shape}")
    nonzero: Sequence[int] = [i for i in range(alpha.rows) if alpha[i, i].is_zero is not True]
    if nonzero:
        i = nonzero[0]
        raise ValueError(f"the diagonal of alpha must be zero, got {alpha[i, i]} for unit {i + 1} (alpha[{i}, {i}])")
    return sp.ImmutableMatrix(alpha)


def _check_letters(alpha: sp.ImmutableMatrix, own: Sequence[sp.Symbol]) -> None:
    """Raise when a coefficient is written with a letter of the model itself."""
    taken = sorted({letter.name for letter in alpha.free_symbols} & {letter.name for letter in own})
    if taken:
        raise ValueError(f"alpha must not use {', '.join(taken)}: outputs, rates and capacities have these letters")
