r"""The Lotka-Volterra **twin** of a replicator equation: one unit fewer than paradigms, and the same orbits.

Divide by the share of a **reference** :math:`k`: the ratios :math:`y_i = z_i / z_k` obey, in the time
:math:`\mathrm d s = z_k\,\mathrm d t`,

.. math:: \frac{\mathrm d y_i}{\mathrm d s} = y_i \Bigl( r_i + \sum_{j \ne k} A_{ij} y_j \Bigr),
          \qquad r_i = P_{ik} - P_{kk}, \quad A_{ij} = P_{ij} - P_{kj} .

The twin is a :class:`~ecolib.Symbiosis` exactly if :math:`r_i > 0 > A_{ii}` for all others: each of them and the
reference invade each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.numeric import Array
from ecolib.paper.behaviour.imitation import square
from ecolib.paper.behaviour.ranges import counted
from ecolib.system import System
from ecolib.values import Values, real_array

__all__ = ["Twin", "twin"]


@dataclass(frozen=True, eq=False)
class Twin:
    """The Lotka-Volterra system with the orbits of a replicator equation. Made by :func:`twin`.

    Main attributes:
        payoffs : square sympy matrix, per unit of time
        reference : index of the paradigm by whose share the others are divided
        r : growth rates, shape ``(others,)``, per unit of time
        A : effects, sympy matrix of shape ``(others, others)``, per unit of time
    """

    payoffs: sp.ImmutableMatrix
    reference: int
    r: tuple[sp.Expr, ...]
    A: sp.ImmutableMatrix

    @property
    def others(self) -> tuple[int, ...]:
        """Indices of all paradigms but the reference, in order."""
        return tuple(i for i in range(self.payoffs.rows) if i != self.reference)

    @property
    def system(self) -> System:
        """The twin as a system in the ratios ``y``, numbered as the shares are."""
        y = sp.symbols([f"y_{i + 1}" for i in self.others], real=True)
        help_ = tuple(self.A @ sp.Matrix(y))
        return System(x=tuple(y), field=tuple(y[k] * (self.r[k] + help_[k]) for k in range(len(y))))

    def ratios(self, shares: npt.ArrayLike) -> Array:
        """Ratios ``y`` for shares of shape ``(paradigms, ...)``; shape ``(others, ...)``.

        Raises:
            ValueError: for another shape, shares that are negative or not finite, or an absent reference.
        """
        z = _amounts("shares", shares, self.payoffs.rows)
        if not np.all(z[self.reference] > 0):
            raise ValueError("shares of the reference must be positive: ratios to it are asked for")
        return np.asarray(z[list(self.others)] / z[self.reference])

    def shares(self, ratios: npt.ArrayLike) -> Array:
        """Shares ``z`` for ratios of shape ``(others, ...)``; shape ``(paradigms, ...)``.

        Raises:
            ValueError: for another shape, or ratios that are negative or not finite.

        Example:
            >>> twin(sp.Matrix([[0, 0], [1, 1]])).shares([3.0]).tolist()
            [0.25, 0.75]
        """
        y = _amounts("ratios", ratios, len(self.others))
        return np.asarray(np.insert(y, self.reference, 1.0, axis=0) / (1.0 + y.sum(axis=0)))

    def values(self) -> Values:
        """The twin's numbers for a :class:`~ecolib.Symbiosis`: capacities are the ratios at which pairs balance.

        Raises:
            ValueError: when a growth rate is not positive or a unit does not limit itself, or letters are left.
        """
        return Values.from_glv(np.array(self.r, dtype=float), np.array(self.A, dtype=float))


def twin(payoffs: sp.MatrixBase, *, reference: int = 0) -> Twin:
    """The Lotka-Volterra twin of the replicator equation of a matrix of payoffs.

    Raises:
        TypeError: when ``payoffs`` is not a sympy matrix or ``reference`` not an integer.
        ValueError: when it is not square with at least two rows, or has no paradigm of that index.

    Example:
        >>> pair = twin(sp.Matrix([[0, 2], [1, 0]]))
        >>> pair.r, pair.A, pair.values().K.tolist()
        ((1,), Matrix([[-2]]), [0.5])

    References: HofbauerSigmund1998.
    """
    matrix = square(payoffs)
    reference = counted("reference", reference, least=0, most=matrix.rows - 1)
    others = [i for i in range(matrix.rows) if i != reference]
    r = tuple(matrix[i, reference] - matrix[reference, reference] for i in others)
    A = sp.ImmutableMatrix(
        len(others), len(others), lambda k, j: matrix[others[k], others[j]] - matrix[reference, others[j]]
    )
    return Twin(sp.ImmutableMatrix(matrix), reference, r, A)


def _amounts(name: str, given: npt.ArrayLike, count: int) -> Array:
    """Numbers that are not negative, with so many in the first axis."""
    amounts = real_array(name, given)
    if amounts.ndim == 0 or amounts.shape[0] != count:
        raise ValueError(f"{name} must have shape ({count}, ...), got {amounts.shape}")
    if not np.all(np.isfinite(amounts) & (amounts >= 0)):
        raise ValueError(f"{name} must be finite and not negative, got {amounts.tolist()}")
    return amounts
