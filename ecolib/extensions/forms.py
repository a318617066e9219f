r"""Models that replace the growth per head of the linear one: help that saturates, units that cannot live alone.

The linear model has help without a ceiling, and every unit lives alone. Each of the two functions here takes a
:class:`~ecolib.model.Symbiosis` and returns one that differs in one respect; they can be applied in either order.

- **Saturating help**: the effect of unit :math:`j` on unit :math:`i` levels off,

  .. math:: \alpha_{ij} u_j \quad\text{becomes}\quad \frac{\alpha_{ij} u_j}{1 + h_{ij} u_j} .

  **Handling** :math:`h_{ij} \ge 0` says how soon: the effect is half of its limit :math:`\alpha_{ij} / h_{ij}` at
  :math:`u_j = 1 / h_{ij}`, and :math:`h_{ij} = 0` is the linear model. Harm (a negative coefficient) levels off by the
  same formula; give it the handling 0 to leave it linear.
- **Obligate unit**: a unit that shrinks when it is alone and rare, at the rate :math:`r_i`. The 1 in its growth per
  head becomes :math:`-1`:

  .. math:: r_i (-1 - u_i + \dots) .

  Units that live alone are **facultative**. Rates stay positive, so that :class:`~ecolib.values.Values` serves both
  kinds. Where others write :math:`\rho_i x_i - s_i x_i^2` with an intrinsic rate :math:`\rho_i < 0`, ours are the speed
  :math:`r_i = |\rho_i|` and the scale :math:`K_i = |\rho_i| / s_i`, the output whose self-limitation costs as much as
  the decline. It is no capacity: alone, an obligate unit settles at zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from numbers import Number
from typing import Any

import sympy as sp

from ecolib.doors import check_kind, several
from ecolib.model import Symbiosis
from ecolib.system import parameters

__all__ = ["alone", "handling", "obligate", "saturating"]


def handling(units: int) -> sp.ImmutableMatrix:
    """A letter of handling for every effect, shape ``(units, units)``, dimensionless, zero diagonal.

    Raises:
        TypeError: when ``units`` is not an integer.
        ValueError: when ``units < 1``.

    Example:
        >>> handling(2)
        Matrix([
        [   0, h_12],
        [h_21,    0]])
    """
    named = Symbiosis.of(units=units).alpha
    letters = {letter: _letter(letter.name.replace("alpha", "h")) for letter in named.free_symbols}
    return sp.ImmutableMatrix(named.xreplace(letters))


def saturating(model: Symbiosis, *, h: Any) -> Symbiosis:
    """The model with effects that level off.

    Args:
        model: a model whose effects are linear; its units may be obligate.
        h: handling, dimensionless, not negative: one number or sympy expression for all effects, or a sympy matrix
            of shape ``(units, units)`` with zero diagonal (see :func:`handling`). Numbers for letters: ``model.at``.

    Raises:
        TypeError: when handling is text or anything else but real numbers and sympy expressions.
        ValueError: when it is negative, infinite or of the wrong shape, when it uses a letter of the model, or when
            the effects of the model are not linear.

    Example:
        >>> saturating(Symbiosis.of(units=2), h=sp.Rational(1, 2)).growth[0]
        r_1*(1 + alpha_12*x_2/(K_2*(1 + x_2/(2*K_2))) - x_1/K_1)

    References: Wright1989, GravesPeckhamPastor2006, HaleValdovinos2021.
    """
    check_kind("model", model, Symbiosis)
    levels, units = _checked_handling(model, h), range(model.units)
    u = [x / K for x, K in zip(model.x, model.K, strict=True)]
    growth = []
    for i in units:
        effects = sum(model.alpha[i, j] * u[j] for j in units)
        if sp.expand(model.growth[i] / model.r[i] - (alone(model, i) - u[i] + effects)) != 0:
            raise ValueError(f"the effects on unit {i} are not linear: they cannot be made to saturate (again)")
        levelled = sum(model.alpha[i, j] * u[j] / (1 + levels[i, j] * u[j]) for j in units)
        growth.append(model.r[i] * (alone(model, i) - u[i] + levelled))
    return replace(model, growth=tuple(growth))


def obligate(model: Symbiosis, *, units: Iterable[int]) -> Symbiosis:
    """The model with some units that cannot live alone.

    Args:
        model: a linear model or one with saturating effects.
        units: indices of the units that become obligate.

    Raises:
        TypeError: when ``units`` is not an iterable of indices.
        ValueError: for an index that the model does not have or that is given twice, or a unit that is obligate
            already.

    Example:
        >>> obligate(Symbiosis.of(units=2), units=(1,)).growth[1]
        r_2*(-1 - x_2/K_2 + alpha_21*x_1/K_1)

    References: VandermeerBoucher1978.
    """
    check_kind("model", model, Symbiosis)
    growth = list(model.growth)
    for i in _chosen(model, units):
        if alone(model, i) != 1:
            raise ValueError(f"unit {i} is obligate already")
        growth[i] = model.r[i] * (model.growth[i] / model.r[i] - 2)
    return replace(model, growth=tuple(growth))


def alone(model: Symbiosis, unit: int) -> sp.Expr:
    """Growth per head of a unit that is alone and rare, as a multiple of its rate: 1 facultative, -1 obligate.

    Example:
        >>> model = obligate(Symbiosis.of(units=2), units=(1,))
        >>> alone(model, 0), alone(model, 1)
        (1, -1)
    """
    return (model.growth[unit] / model.r[unit]).subs(dict.fromkeys(model.x, 0))


def _chosen(model: Symbiosis, units: Any) -> list[int]:
    chosen = [model.unit(index) for index in several("units", units)]
    if len(set(chosen)) < len(chosen):
        raise ValueError(f"units must differ, got {chosen}")
    return chosen


def _checked_handling(model: Symbiosis, h: Any) -> sp.ImmutableMatrix:
    """Handling as a matrix, if every entry can be one."""
    n = model.units
    if isinstance(h, sp.MatrixBase):
        if h.shape != (n, n):
            raise ValueError(f"h must have shape ({n}, {n}), got {h.shape}")
        if any(h[i, i] != 0 for i in range(n)):
            raise ValueError("the diagonal of h must be zero: a unit has no effect on itself that could level off")
        matrix = sp.ImmutableMatrix(h)
    else:
        one = _entry(h)
        matrix = sp.ImmutableMatrix(n, n, lambda i, j: 0 if i == j else one)
    matrix = matrix.applyfunc(_entry)
    own = {letter.name for letter in (*model.x, *parameters(model))}
    taken = sorted({letter.name for letter in matrix.free_symbols} & own)
    if taken:
        raise ValueError(f"h must not use {', '.join(taken)}: the model has these letters")
    return matrix


def _entry(given: Any) -> sp.Expr:
    """One handling; refused when it is decidedly not a finite number that is not negative."""
    plain = isinstance(given, sp.Basic | Number) and not isinstance(given, bool)
    entry = sp.sympify(given, strict=True) if plain else None
    if not isinstance(entry, sp.Expr):  # a truth value is none either
        raise TypeError(f"h must be a real number, a sympy expression or a sympy matrix of them, got {given!r}")
    if entry.has(sp.nan, sp.oo, sp.zoo) or entry.is_extended_real is False or entry.is_negative:
        raise ValueError(f"h must be finite and not negative, got {given}")
    return entry


def _letter(name: str) -> sp.Symbol:
    return sp.Symbol(name, nonnegative=True)
