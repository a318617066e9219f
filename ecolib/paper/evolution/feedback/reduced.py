r"""The reduced curve: what joint activity erodes, when outputs have settled, as a function of heterogeneity.

Under the closure joint activity at coexistence is a quotient of polynomials in compatibility, :math:`J = N / (n R^2)`,
where :math:`R` is the room for coexistence. The **reduced curve** :math:`F(V) = J V` decides everything about rest: the
feedback rests where :math:`F(V) = \eta / (\lambda \tau)`. Its derivatives come from those of the polynomials.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import sympy as sp
from numpy.polynomial import Polynomial

from ecolib.doors import real, whole
from ecolib.numeric import Array, compiled
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.closure import Closure
from ecolib.paper.evolution.ranges import checked

__all__ = ["COMPATIBILITIES", "Compatibility", "ReducedCurve"]

Compatibility = Literal["exponential", "reciprocal"]

COMPATIBILITIES: dict[str, sp.Expr] = {
    "exponential": letters.compatibility,
    "reciprocal": letters.reciprocal_compatibility,
}
"""phi as a function of V, by name."""

TINY = float(np.finfo(float).tiny)


@dataclass(frozen=True, eq=False)
class ReducedCurve:
    """The reduced curve of one closure.

    Args:
        closure: one closure in numbers.
        compatibility: "exponential" or "reciprocal".

    Example:
        >>> curve = ReducedCurve(Closure(s=1.8, c=0.5, omega=1))
        >>> curve(0.5).round(3).item(), curve(0.9768, derivative=1).round(3).item() + 0
        (1.038, 0.0)
    """

    closure: Closure
    compatibility: Compatibility = "exponential"

    @cached_property
    def polynomials(self) -> tuple[Polynomial, Polynomial]:
        """``N`` and ``R`` in compatibility."""
        closure = self.closure
        rows = _coefficients()(closure.s, closure.c, closure.omega, closure.n)
        return Polynomial(rows[0]), Polynomial(rows[1])

    @cached_property
    def _numerators(self) -> tuple[Polynomial, ...]:
        """Of the derivatives of joint activity by compatibility; the k-th has the denominator ``n R^(k + 2)``."""
        N, R = self.polynomials
        found = [N]
        for power in (2, 3, 4):
            found.append(found[-1].deriv() * R - power * found[-1] * R.deriv())
        return tuple(found)

    def phi(self, V: npt.ArrayLike, derivative: int = 0) -> Array:
        """Compatibility at a heterogeneity, or a derivative of it by heterogeneity (at most the third)."""
        derivative = whole("derivative", derivative, least=0, most=3)
        with np.errstate(over="ignore"):  # of a denominator: the derivative is zero there
            return np.asarray(_phi(self.compatibility, derivative)(checked("V", V)))

    def joint(self, V: npt.ArrayLike, derivative: int = 0) -> Array:
        """Joint activity, or a derivative of it by heterogeneity (at most the third); infinite without room."""
        derivative = whole("derivative", derivative, least=0, most=3)
        phi, *slopes = (self.phi(V, k) for k in range(derivative + 1))
        room, needed = self.polynomials[1](phi), self._numerators[: derivative + 1]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            by_phi = [N(phi) / (self.closure.n * room ** (k + 2)) for k, N in enumerate(needed)]
            return np.where(room > 0, _chain(by_phi, slopes), np.inf)

    def __call__(self, V: npt.ArrayLike, derivative: int = 0) -> Array:
        """The curve, or a derivative of it (at most the third); infinite where benefit runs away."""
        joint = self.joint(V, derivative)
        total = np.where(np.isinf(joint), 0.0, joint) * np.asarray(V, dtype=float)
        total = total + derivative * self.joint(V, derivative - 1) if derivative else total
        return np.asarray(np.where(np.isinf(joint), np.inf, total))

    @cached_property
    def least_V(self) -> float:
        """The heterogeneity down to which there is room; 0 when there always is."""
        phi = self.runs_away
        return 0.0 if phi == 1.0 else self.to_V(phi)

    @cached_property
    def runs_away(self) -> float:
        """The compatibility from which there is no room; 1 when there always is."""
        R = self.polynomials[1]
        ends = [*zeros(R), 1.0]
        return next((low for low, high in pairwise(ends) if R((low + high) / 2) <= 0), 1.0)

    def to_V(self, phi: float) -> float:
        """Heterogeneity at a compatibility, above 0 and at most 1."""
        at = checked("phi", real("phi", phi))
        with np.errstate(over="ignore"):
            V = float(compiled(_inverse(self.compatibility), letters.phi)(at))
        if not np.isfinite(V):
            raise ValueError(f"phi must be large enough for a finite heterogeneity, got {phi}")
        return V


def zeros(polynomial: Polynomial, top: float = 1.0) -> list[float]:
    """Real parts of all zeros, between 0 and the top; leading coefficients that are nothing but rounding are left out.

    No real zero is missing, and what is listed beyond them is a cut that does no harm.
    """
    real = polynomial.trim(1e-14 * np.abs(polynomial.coef).max()).roots().real
    return sorted({float(root) for root in real if 0.0 < root < top})


def _chain(outer: list[Array], inner: list[Array]) -> Array:
    """The last derivative of a composition, from those of the outer function (with its value) and of the inner one."""
    match inner:
        case []:
            return outer[0]
        case [one]:
            return outer[1] * one
        case [one, two]:
            return outer[2] * one**2 + outer[1] * two
        case [one, two, three]:
            return outer[3] * one**3 + 3 * outer[2] * one * two + outer[1] * three
    raise ValueError(f"at most the third derivative is known, got {len(inner)}")


@lru_cache(maxsize=8)
def _phi(compatibility: Compatibility, derivative: int) -> Any:
    """A derivative of compatibility by heterogeneity, compiled."""
    return compiled(COMPATIBILITIES[compatibility].diff(letters.V, derivative), letters.V)


@lru_cache(maxsize=1)
def _coefficients() -> Any:
    """Coefficients of both polynomials by rising power, compiled, shape ``(2, powers)``."""
    numerator = sp.cancel(sp.together(letters.joint * letters.n * letters.room**2))
    polynomials = [
        sp.Poly(sp.expand(f.xreplace(letters.in_terms_of_phi)), letters.phi).all_coeffs()[::-1]
        for f in (numerator, letters.room)
    ]
    powers = max(map(len, polynomials))
    rows = tuple((*row, *[sp.S.Zero] * (powers - len(row))) for row in polynomials)
    return compiled(rows, letters.s, letters.c, letters.omega, letters.n)


@lru_cache(maxsize=2)
def _inverse(compatibility: Compatibility) -> sp.Expr:
    (solution,) = sp.solve(sp.Eq(letters.phi, COMPATIBILITIES[compatibility]), letters.V)
    return sp.expand_log(solution, force=True)
