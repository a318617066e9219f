r"""What happens at a bifurcation: its kind, its criticality, and the branches that leave it.

With the null vector :math:`v` of the Jacobian :math:`J`, the left null vector :math:`w`, :math:`w \cdot v = 1`, and the
derivatives :math:`B, C` of second and third order of the field:

- **fold**: two equilibria meet and vanish; :math:`a = w \cdot B(v, v) / 2 \ne 0`.
- **transcritical**: two branches cross and exchange stability, :math:`a \ne 0`. Let :math:`v` point to where a letter
  that is zero there grows (the one that grows most), or, when none is zero, to where the largest entry of :math:`v`, in
  scaled unknowns, is positive. The point is *supercritical* when :math:`a < 0`: the branch on which that letter is not
  zero is the stable one where the letter is positive (if all other eigenvalues are negative), *subcritical* when
  :math:`a > 0`. Without a letter that is zero the two names are a matter of convention.
- **pitchfork**: :math:`a = 0`, and :math:`w \cdot C(v, v, v) - 3\, w \cdot B(v, J^{-1} B(v, v))` is negative
  (supercritical) or positive.
- **Hopf**: a pair of eigenvalues :math:`\pm i \omega`; a cycle leaves, stable near the point (supercritical) when the
  first Lyapunov coefficient is negative and all other eigenvalues are. Where the coefficient vanishes the criticality
  is empty. The cycle itself is not followed.

References: Dhooge2003MatCont.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import sympy as sp

from ecolib.numeric import Array, pointwise
from ecolib.system import Dynamics

__all__ = ["KINDS", "Bifurcation", "Derivatives"]

KINDS = ("fold", "transcritical", "pitchfork", "branch point", "Hopf", "cusp", "Bogdanov-Takens")
"""Names of bifurcations; a "branch point" is one whose branches are not two that cross plainly."""

VANISHES = 1e-6
"""A coefficient of a normal form smaller than this, beside the terms it is made of, counts as zero."""

AT_ZERO = 1e-9
"""A letter smaller than this, in scaled unknowns, is zero."""

NOISE = 1e-12
"""So does one that is smaller than this beside the derivative by state and parameter: rounding of the place."""


@dataclass(frozen=True, eq=False)
class Bifurcation:
    """A bifurcation on a branch or curve.

    Main attributes:
        kind : one of :data:`KINDS`
        parameter : values of the continued parameters there, shape ``(parameters,)``
        x : the state there, shape ``(letters,)``
        criticality : "supercritical" or "subcritical" where that makes sense, else empty

    Other attributes:
        coefficient : the coefficient of the normal form that decides, NaN where there is none
        frequency : imaginary part of the critical pair at a Hopf point, per unit of time, else 0
        after : index of the point of the branch before it
    """

    kind: str
    parameter: Array
    x: Array
    criticality: str
    coefficient: float
    frequency: float
    after: int

    def __repr__(self) -> str:
        place, state = (", ".join(f"{np.round(v, 12) + 0.0:.6g}" for v in row) for row in (self.parameter, self.x))
        return f"<{self.criticality + ' ' if self.criticality else ''}{self.kind} at {place}, x = ({state})>"


class Derivatives:
    """The field of a system and its derivatives in numbers, at states and one parameter (the last letter)."""

    def __init__(self, system: Dynamics, letters: tuple[sp.Symbol, ...], numbers: Mapping[sp.Symbol, float]) -> None:
        self.system, self.letters, self.numbers = system, letters, numbers
        self._jacobian = pointwise(_derivative(system.field, system.x), letters, numbers)

    def jacobian(self, point: Array) -> Array:
        """Derivative by the state, shape ``(letters, letters)``."""
        with np.errstate(all="ignore"):
            return self._jacobian(point)

    def second(self, point: Array) -> Array:
        """Second derivatives by state and parameter, shape ``(letters, unknowns, unknowns)``."""
        with np.errstate(all="ignore"):
            return self._second(point).reshape(-1, *(len(self.letters),) * 2)

    def third(self, point: Array) -> Array:
        """Third derivatives by the state, shape ``(letters, letters, letters, letters)``."""
        with np.errstate(all="ignore"):
            return self._third(point).reshape((len(self.system.x),) * 4)

    @cached_property
    def _second(self) -> Callable[[Array], Array]:
        return self._derivatives(self.letters, self.letters)

    @cached_property
    def _third(self) -> Callable[[Array], Array]:
        return self._derivatives(*(self.system.x,) * 3)

    def _derivatives(self, *by: tuple[sp.Symbol, ...]) -> Callable[[Array], Array]:
        field = self.system.field
        for letters in by:
            field = tuple(_derivative(field, letters))
        return pointwise(field, self.letters, self.numbers)


@lru_cache(maxsize=256)
def _derivative(expressions: tuple[sp.Expr, ...], letters: tuple[sp.Symbol, ...]) -> sp.ImmutableMatrix:
    """The Jacobian; of kinks, such as that of an absolute value, the two sides and not the point."""
    matrix = sp.ImmutableMatrix(expressions).jacobian(letters)
    return matrix.replace(sp.DiracDelta, lambda *_: sp.S.Zero) if matrix.has(sp.DiracDelta) else matrix


def null_vectors(matrix: Array) -> tuple[Array, Array]:
    """The right and the left null vector of a singular matrix, ``w . v = 1`` where that is possible."""
    left, _, right = np.linalg.svd(matrix)
    v, w = right[-1], left[:, -1]
    v = v * np.sign(v[np.argmax(np.abs(v))])
    product = float(w @ v)
    return v, w / product if abs(product) > 1e-12 else w


def steady(derivatives: Derivatives, point: Array, scale: Array) -> tuple[str, str, float]:
    """Kind, criticality and coefficient where an eigenvalue is zero and two branches meet, in scaled unknowns."""
    n = point.size - 1
    J, B = derivatives.jacobian(point) * scale[:n], derivatives.second(point) * np.multiply.outer(scale, scale)
    v, w = _null_vectors(J, point[:n] / scale[:n])
    bend = B[:, :n, :n] @ v @ v
    inner = np.linalg.solve(np.block([[J, w[:, None]], [v[None], np.zeros((1, 1))]]), np.append(bend, 0.0))[:n]
    third = derivatives.third(point) @ (scale[:n] * v) @ (scale[:n] * v) @ (scale[:n] * v)
    mixed = 3 * (B[:, :n, :n] @ v @ inner)
    a, c = float(w @ bend) / 2, float(w @ (third - mixed)) / 6
    cubic, rounding = (
        float(np.abs(w) @ (np.abs(third) + np.abs(mixed))),
        NOISE * float(np.abs(w @ B[:, :n, -1]) @ abs(v)),
    )
    if abs(a) > VANISHES * (float(np.abs(w) @ np.abs(bend)) + cubic) + rounding:
        return "transcritical", "supercritical" if a < 0 else "subcritical", a
    if abs(c) > VANISHES * cubic + rounding:
        return "pitchfork", "supercritical" if c < 0 else "subcritical", c
    return "branch point", "", np.nan


def _null_vectors(matrix: Array, state: Array) -> tuple[Array, Array]:
    """Null vectors, the right one turned to where a letter that is zero grows."""
    v, w = null_vectors(matrix)
    at_zero = np.where(np.abs(state) < AT_ZERO, v, 0.0)
    leading = at_zero[np.argmax(np.abs(at_zero))]
    return (-v, -w) if leading < -AT_ZERO else (v, w)


def fold_coefficient(derivatives: Derivatives, point: Array) -> float:
    """The coefficient ``a`` of a fold, with the null vector of length 1."""
    v, w = null_vectors(derivatives.jacobian(point))
    n = v.size
    return float(w @ (derivatives.second(point)[:, :n, :n] @ v @ v)) / 2


def lyapunov(derivatives: Derivatives, point: Array, omega: float) -> float:
    """The first Lyapunov coefficient of a Hopf point with the frequency ``omega``; 0 when rounding alone is left."""
    J = derivatives.jacobian(point)
    n = len(J)
    B, C = derivatives.second(point)[:, :n, :n], derivatives.third(point)
    values, vectors = np.linalg.eig(J)
    q = vectors[:, np.argmin(np.abs(values - 1j * omega))]
    values, vectors = np.linalg.eig(J.T)
    p = vectors[:, np.argmin(np.abs(values + 1j * omega))]
    p = p / np.conj(np.vdot(p, q))
    straight = np.linalg.solve(J.astype(complex), B @ q @ np.conj(q))
    double = np.linalg.solve(2j * omega * np.eye(n) - J, B @ q @ q)
    terms = np.array([C @ q @ q @ np.conj(q), -2 * (B @ q @ straight), B @ np.conj(q) @ double])
    real = float(np.vdot(p, terms.sum(axis=0)).real)
    return real / (2 * omega) if abs(real) > 1e-10 * float(np.abs(p) @ np.abs(terms).sum(axis=0)) else 0.0


def other_tangent(jacobian: Array, second: Array, basis: Array, tangent: Array) -> Array | None:
    """The tangent of the branch that crosses at a branch point; None when it is not one plain crossing.

    Args:
        jacobian: derivatives of the equations by all unknowns there, shape ``(letters, letters + 1)``.
        second: their second derivatives.
        basis: two orthonormal tangents that span both branches.
        tangent: the tangent of the branch that is known.
    """
    psi = np.linalg.svd(jacobian)[0][:, -1]
    form = basis @ np.einsum("i,ijk->jk", psi, second) @ basis.T
    roots = _directions(form)
    if roots is None:
        return None
    found = roots @ basis
    return np.asarray(found[np.argmin(np.abs(found @ tangent))])


def _directions(form: Array) -> Array | None:
    """The two directions in which a symmetric 2 x 2 form vanishes, shape ``(2, 2)``; None unless it is indefinite."""
    sizes, axes = np.linalg.eigh(form)
    if not sizes[0] < 0 < sizes[1] or min(-sizes[0], sizes[1]) < 1e-9 * max(-sizes[0], sizes[1]):
        return None
    slope = np.sqrt(np.array([sizes[1], -sizes[0]]) / (sizes[1] - sizes[0]))
    return np.asarray(np.array([slope, slope * (1, -1)]) @ axes.T)
