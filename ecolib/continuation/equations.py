r"""A curve as the solution of equations, and steps along it.

:math:`m` equations in :math:`m + 1` unknowns :math:`y` define a curve where their Jacobian has full rank. A **step** of
length :math:`h` from a point with unit tangent :math:`t` predicts :math:`y + h t` and corrects within the plane across
the tangent, :math:`t \cdot (z - y - h t) = 0` (*pseudo-arclength*), by Newton's method with exact derivatives. So the
curve is followed round folds, where no unknown can serve as its parameter.

Lengths are measured in unknowns divided by their **scale**.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import sympy as sp

from ecolib.numeric import Array, pointwise

__all__ = ["Equations", "Point"]

ITERATIONS = 12
"""Newton steps that a correction may take."""

TOLERANCE = 1e-12
"""A correction has converged when its last step is smaller than this, relative to the unknowns."""

SINGULAR = 1e13
"""A bordered matrix whose condition number is larger says nothing: the step is taken again with another length."""


@dataclass(frozen=True, eq=False)
class Point:
    """A point of a curve: scaled unknowns, unit tangent, and the Newton steps that its correction took."""

    y: Array
    tangent: Array
    iterations: int


def evaluated(function: Callable[[Array], Array], y: Array, shape: tuple[int, ...]) -> Array:
    """Values of a function, NaN where it is not defined or too large for numbers."""
    try:
        return function(y)
    except ArithmeticError:
        return np.full(shape, np.nan)


class Equations:
    """Equations in letters with numbers for all letters but the unknowns.

    Args:
        unknowns: one letter more than there are equations; the last one is the parameter.
        residual: expressions that vanish on the curve.
        numbers: for all other letters.
        scale: what each unknown is measured by, shape ``(unknowns,)``, positive.
    """

    def __init__(
        self,
        unknowns: Sequence[sp.Symbol],
        residual: Sequence[sp.Expr],
        numbers: Mapping[sp.Symbol, float],
        scale: Array,
    ) -> None:
        self.unknowns, self.scale = tuple(unknowns), scale
        self._sizes: Array | None = None
        self._residual = pointwise(tuple(residual), self.unknowns, numbers)
        self._jacobian = pointwise(sp.ImmutableMatrix(residual).jacobian(self.unknowns), self.unknowns, numbers)

    def residual(self, y: Array) -> Array:
        """Values of the equations at scaled unknowns."""
        with np.errstate(all="ignore"):
            return evaluated(self._residual, y * self.scale, (y.size - 1,))

    def jacobian(self, y: Array) -> Array:
        """Their derivatives by the scaled unknowns, shape ``(equations, unknowns)``."""
        with np.errstate(all="ignore"):
            return evaluated(self._jacobian, y * self.scale, (y.size - 1, y.size)) * self.scale

    def bordered(self, y: Array, border: Array) -> Array:
        """The Jacobian with one more row."""
        return np.vstack([self.jacobian(y), border])

    def weighed(self, matrix: Array) -> Array:
        """A bordered matrix whose rows were of one size where it was first asked for: equations differ in units."""
        if self._sizes is None:
            sizes = np.abs(matrix).max(axis=1, keepdims=True)
            self._sizes = np.where(sizes > 0, sizes, 1.0)
        return np.asarray(matrix / self._sizes)

    def tangent(self, y: Array, along: Array) -> Array | None:
        """The unit tangent that points along a direction; None where it is not defined."""
        matrix = self.bordered(y, along)
        if not np.all(np.isfinite(matrix)) or np.linalg.cond(self.weighed(matrix)) > SINGULAR:
            return None
        across = np.zeros(y.size)
        across[-1] = 1.0
        direction = np.linalg.solve(matrix, across)
        return np.asarray(direction / np.linalg.norm(direction))

    def directions(self, y: Array, units: Array | None = None) -> Array:
        """All tangents at a point: an orthonormal basis of the null space, shape ``(tangents, unknowns)``.

        ``units`` are what the equations are measured by, where they differ in size.
        """
        _, sizes, rows = np.linalg.svd(self.jacobian(y) / (1.0 if units is None else units[:, None]))
        rank = int(np.sum(sizes > (1e-12 + 1e-9 * float(sizes[0]) if units is None else 1e-11)))
        return np.asarray(rows[rank:])

    def corrected(self, guess: Array, normal: Array, offset: float) -> tuple[Array, int] | None:
        """The point of the curve near a guess in the plane ``normal . y = offset``; None when Newton fails."""
        y = guess.copy()
        for count in range(1, ITERATIONS + 1):
            matrix = self.bordered(y, normal)
            fault = np.append(self.residual(y), normal @ y - offset)
            if not (np.all(np.isfinite(matrix)) and np.all(np.isfinite(fault))):
                return None
            rows = np.abs(matrix).max(axis=1)
            if np.any(rows == 0):
                return None
            try:
                change = np.linalg.solve(matrix / rows[:, None], fault / rows)
            except np.linalg.LinAlgError:
                return None
            y = y - change
            if np.all(np.abs(change) <= TOLERANCE * (1.0 + np.abs(y))):
                return y, count
        return None

    def step(self, point: Point, length: float) -> Point | None:
        """The point reached by a step along the tangent; None when the correction fails."""
        found = self.corrected(point.y + length * point.tangent, point.tangent, float(point.tangent @ point.y) + length)
        if found is None:
            return None
        tangent = self.tangent(found[0], point.tangent)
        return None if tangent is None else Point(found[0], tangent, found[1])
