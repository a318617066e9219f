r"""Whether an equilibrium attracts.

In **letters**: the block of the Jacobian of the present units, :math:`\mathrm{diag}(r u)(A - I)_{SS}`, is judged by
the Routh-Hurwitz conditions of its characteristic polynomial (up to four present units), and every absent unit must
have a negative invasion rate. The saturations stay letters until the conditions stand; they are replaced last.

In **numbers**: eigenvalues, for any number of units. An eigenvalue whose real part is zero leaves the matter
**undecided**; it is never called stable.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.doors import check_kind
from ecolib.equilibria import Equilibrium, positive
from ecolib.numeric import Array, evaluate, steady_state
from ecolib.values import Values

__all__ = ["Stability", "eigenvalues", "stable"]

ZERO = 1e-9
"""Numbers smaller than this fraction of the terms they are made of count as zero."""

ROUNDING = 1e-14
"""What rounding leaves of an eigenvalue that is zero, as a fraction of the largest one."""

TURNING = 1e-7
"""Imaginary parts up to this fraction of an eigenvalue are rounding: a double eigenvalue splits by about 1e-8."""


class Stability(Enum):
    """How an equilibrium stands in numbers. Only the stable kinds are true in a condition."""

    STABLE_NODE = "stable node"
    STABLE_FOCUS = "stable focus"
    SADDLE = "saddle"
    UNSTABLE_NODE = "unstable node"
    UNSTABLE_FOCUS = "unstable focus"
    UNDECIDED = "undecided"
    INFEASIBLE = "infeasible"

    def __bool__(self) -> bool:
        """True for a stable node or focus; "undecided" is not a yes."""
        return self in (Stability.STABLE_NODE, Stability.STABLE_FOCUS)


@overload
def stable(equilibrium: Equilibrium) -> sp.Basic: ...
@overload
def stable(equilibrium: Equilibrium, values: Values) -> Any: ...


def stable(equilibrium: Equilibrium, values: Values | None = None) -> Any:
    r"""Whether a feasible equilibrium is locally stable: a condition in letters, or its kind in numbers.

    Args:
        equilibrium: the equilibrium in letters.
        values: numbers for its model; a batch gives an array of kinds of the batch's shape.

    Returns:
        Without values, polynomial inequalities which, *for a feasible equilibrium*, are equivalent to all
        eigenvalues having negative real parts. With values, a :class:`Stability` (or an object array of them);
        INFEASIBLE where the equilibrium has a present unit without positive output or does not exist.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: in letters for more than four present units; in numbers when model and values do not fit.

    Example:
        >>> from ecolib import Symbiosis, equilibria
        >>> *_, both = equilibria(Symbiosis.of(units=2))
        >>> stable(both)
        -alpha_12*alpha_21 + 1 > 0
        >>> stable(both, Values(r=(1, 1), K=(1, 1), alpha=((0, 0.5), (0.5, 0))))
        <Stability.STABLE_NODE: 'stable node'>

    References: HofbauerSigmund1998.
    """
    check_kind("equilibrium", equilibrium, Equilibrium)
    if values is None:
        return _in_letters(equilibrium)
    return _KINDS[stability_codes(equilibrium, values)]


def eigenvalues(equilibrium: Equilibrium, values: Values) -> npt.NDArray[np.complex128]:
    """Eigenvalues of the Jacobian at an equilibrium, per unit of time, shape ``(..., units)``.

    First those of the present units' block, then the invasion rates of the absent units. NaN where the
    equilibrium does not exist.

    Raises:
        TypeError: for something else than an equilibrium.
        ValueError: when values do not fit, or are so large that the Jacobian is not finite.

    Example:
        >>> from ecolib import Symbiosis, equilibria
        >>> nothing, *_ = equilibria(Symbiosis.of(units=2))
        >>> eigenvalues(nothing, Values(r=(0.5, 0.4), K=(1, 1), alpha=((0, 0), (0, 0)))).real.tolist()
        [0.5, 0.4]
    """
    check_kind("equilibrium", equilibrium, Equilibrium)
    model, present, absent = equilibrium.model, list(equilibrium.support), list(equilibrium.absent)
    u = steady_state(equilibrium, values)
    relative = Values(r=values.r, K=np.ones_like(values.K), alpha=values.alpha)
    with np.errstate(over="ignore", invalid="ignore"):
        jacobian = evaluate(model.jacobian, model, relative, np.where(np.isnan(u), 1.0, u))
    if not np.isfinite(jacobian).all():
        raise ValueError("r and alpha are too large: the Jacobian at an equilibrium is beyond 1e308")
    block = np.linalg.eigvals(jacobian[..., present, :][..., :, present])
    rates = jacobian[..., absent, absent]
    result = np.concatenate([block.astype(np.complex128), rates.astype(np.complex128)], axis=-1)
    return np.where(np.any(np.isnan(u), axis=-1, keepdims=True), np.nan, result)


def stability_codes(equilibrium: Equilibrium, values: Values) -> npt.NDArray[np.int8]:
    """The kinds as positions in ``tuple(Stability)``, shape of the batch."""
    present, absent = list(equilibrium.support), list(equilibrium.absent)
    u = steady_state(equilibrium, values)
    feasible = np.all(u[..., present] > 0, axis=-1)
    u = np.where(feasible[..., None], u, 1.0)
    terms = 1.0 + np.einsum("...ij,...j->...i", np.abs(values.alpha), u)  # growth per head is a sum of these
    marginal = np.any(u[..., present] <= ZERO * terms[..., present], axis=-1)
    spectrum = np.where(feasible[..., None], eigenvalues(equilibrium, values), -1.0)
    size = np.abs(spectrum)
    zero = _zero(size[..., : len(present)], (values.r * terms)[..., absent])
    grows, shrinks = spectrum.real > zero, (spectrum.real < -zero) & ~marginal[..., None]
    turning = (np.abs(spectrum.imag) > TURNING * size).any(axis=-1)
    kind = np.full(values.shape, _code(Stability.UNDECIDED), dtype=np.int8)
    kind[grows.any(axis=-1)] = _code(Stability.SADDLE)
    for direction, node in ((grows, Stability.UNSTABLE_NODE), (shrinks, Stability.STABLE_NODE)):
        whole = direction.all(axis=-1)
        kind[whole] = _code(node) + turning[whole]  # the focus of a kind follows its node
    kind[~feasible] = _code(Stability.INFEASIBLE)
    return kind


def _zero(block: Array, rates: Array) -> Array:
    """Up to which size real parts count as zero: for the eigenvalues of the block, then for the invasion rates.

    Each is measured by itself, so that slow units beside fast ones are judged as if they were alone.
    """
    largest = block.max(axis=-1, keepdims=True, initial=0.0)
    return np.concatenate([np.maximum(ZERO * block, ROUNDING * largest), ZERO * rates], axis=-1)


_KINDS: npt.NDArray[np.object_] = np.array(list(Stability), dtype=object)


def _code(kind: Stability) -> int:
    return list(Stability).index(kind)


def _in_letters(equilibrium: Equilibrium) -> sp.Basic:
    present, D = list(equilibrium.support), equilibrium.denominator
    if len(present) > 4:
        raise ValueError(f"{len(present)} units are present: conditions in letters are for up to 4, give values")
    invasions = (positive(-equilibrium.invasion_numerator(k) * D) for k in equilibrium.absent)
    return sp.And(*_routh_hurwitz(equilibrium, present), *invasions)


def _routh_hurwitz(equilibrium: Equilibrium, present: list[int]) -> list[sp.Basic]:
    """Routh-Hurwitz for ``-diag(r u)(I - A)_SS`` where ``u > 0``; ``c_k(u) = c_k(N) / D**k`` is replaced last."""
    D, size = equilibrium.denominator, len(present)
    if size < 2:
        return []
    conditions = [positive(D)]  # the last coefficient is D times positive factors
    if size == 2:
        return conditions
    letters, c = characteristic(equilibrium)
    replaced = dict(zip(letters, (equilibrium.numerators[i] for i in present), strict=True))
    if size == 3:
        return [*conditions, positive(((c[1] * c[2] - c[3]) * D).xreplace(replaced))]
    last = c[1] * c[2] * c[3] - c[3] ** 2 - c[1] ** 2 * c[4]
    # Of odd degree in u = N / D the sign of D matters, of even degree it does not.
    return [*conditions, positive((c[3] * D).xreplace(replaced)), positive(last.xreplace(replaced))]


def characteristic(equilibrium: Equilibrium) -> tuple[tuple[sp.Symbol, ...], list[sp.Expr]]:
    """Coefficients of the characteristic polynomial of the present units' block, the leading one first.

    Returns:
        Letters that stand for the saturations of the present units, and the coefficients in them: ``c_0 = 1`` to
        ``c_n`` of ``lambda**n + c_1 lambda**(n-1) + ...``, in the letters of the model besides.

    Example:
        >>> from ecolib import Symbiosis, equilibria
        >>> letters, c = characteristic(equilibria(Symbiosis.of(units=2))[-1])
        >>> c[1].subs(dict(zip(letters, sp.symbols("u v"))))
        r_1*u + r_2*v
    """
    model, present = equilibrium.model, list(equilibrium.support)
    letters = sp.symbols(f"u_:{len(present)}", positive=True, cls=sp.Dummy)
    scale = sp.diag(*(model.r[i] * letters[k] for k, i in enumerate(present)))
    matrix = scale * model.interaction.extract(present, present)
    return letters, [sp.sympify(value, strict=True) for value in matrix.charpoly().all_coeffs()]
