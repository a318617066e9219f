r"""Firms that imitate what pays: the replicator equation.

Shares :math:`z_i` of firms change with what their paradigm earns above the mean,

.. math:: \dot z_i = z_i \Bigl( (P z)_i - z^\top P z \Bigr) ,

where :math:`P_{ij}` is what paradigm :math:`i` earns where all others follow paradigm :math:`j`. Firms may also **try**
a paradigm picked at random, at the rate :math:`\nu`, which adds :math:`\nu (1 / k - z_i)` for :math:`k` paradigms.
At rest a paradigm that earns more then has the larger share, so behaviour follows what pays best.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from ecolib.doors import expression, several
from ecolib.system import System

__all__ = ["replicator", "square"]


def replicator(payoffs: sp.MatrixBase, *, names: Sequence[str] = (), trying: sp.Expr | float = 0) -> System:
    """The replicator equation of a matrix of payoffs: a system in the shares ``z_1``, ``z_2``, ...

    Args:
        payoffs: square sympy matrix, per unit of time; entries may be numbers, letters or expressions.
        names: in place of 1, 2, ..., what the letters end in.
        trying: rate at which firms try a paradigm picked at random, per unit of time, not negative; number or letter.

    Raises:
        TypeError: when ``payoffs`` is not a sympy matrix.
        ValueError: when it is not square with at least two rows, is not real, or uses a letter of the shares; or
            ``trying`` is negative.

    Example:
        >>> replicator(sp.Matrix([[0, 0], [1, 1]])).field[1]
        z_2*(-z_2*(z_1 + z_2) + (z_1 + z_2)**2)
    """
    matrix = square(payoffs)
    z = _shares(matrix, names)
    earned = tuple(matrix @ sp.Matrix(z))
    mean = sum(share * pay for share, pay in zip(z, earned, strict=True))
    # The sum of the shares is 1; written out, it keeps rounding errors of that sum from growing.
    imitating = (share * (sum(z) * pay - mean) for share, pay in zip(z, earned, strict=True))
    rate = _rate(trying)
    return System(
        x=z, field=tuple(move + rate * (sum(z) / len(z) - share) for move, share in zip(imitating, z, strict=True))
    )


def _rate(trying: sp.Expr | float) -> sp.Expr:
    """The rate of trying, if it may be one."""
    rate = expression("trying", trying)
    if rate.is_extended_real is False or rate.is_negative:
        raise ValueError(f"trying must be a rate of at least 0, got {trying!r}")
    return rate


def _shares(matrix: sp.MatrixBase, names: Sequence[str]) -> tuple[sp.Symbol, ...]:
    """Letters of the shares, which the payoffs must not use."""
    ends = range(1, matrix.rows + 1) if isinstance(names, tuple) and not names else several("names", names)
    if len(ends) != matrix.rows:
        raise ValueError(f"names must hold one name for each of {matrix.rows} paradigms, got {names!r}")
    z = tuple(sp.Symbol(f"z_{end}", real=True) for end in ends)
    taken = sorted({letter.name for letter in matrix.free_symbols} & {letter.name for letter in z})
    if taken:
        raise ValueError(f"payoffs must not use {', '.join(taken)}: shares have these letters")
    return z


def square(payoffs: sp.MatrixBase) -> sp.ImmutableMatrix:
    """The matrix of payoffs, if it is square with at least two rows."""
    if not isinstance(payoffs, sp.MatrixBase):
        raise TypeError(f"payoffs must be a sympy matrix, got {type(payoffs).__name__}")
    if payoffs.rows != payoffs.cols or payoffs.rows < 2:
        raise ValueError(f"payoffs must be square with at least two rows, got shape {payoffs.shape}")
    unreal = [entry for entry in payoffs if entry is sp.nan or entry.is_real is False]
    if unreal:
        raise ValueError(f"payoffs must be real numbers or letters, got {unreal[0]}")
    return sp.ImmutableMatrix(payoffs)
