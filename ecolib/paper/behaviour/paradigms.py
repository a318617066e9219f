r"""Which paradigm pays best, and in which order paradigms have their turn as the network reaches further.

- A paradigm **has its turn** at a reach where it earns strictly more than the two others.
- The **course** of behaviour is the order of turns while the reach rises from 0 to its limit: *succession* (linear,
  integrated, open), *leapfrogging* (linear, open), a *stall* at the integrated or at the linear paradigm.

Two numbers decide: the returns per unit of cost at the limit, :math:`X = \beta_I e / \kappa_I` and
:math:`Y = \beta_O e^q / \kappa_O`. Integrated innovation comes first exactly if :math:`Y < X^q`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.fit import common_shape
from ecolib.numeric import Array, compiled
from ecolib.paper.behaviour import letters
from ecolib.paper.behaviour.courses import Course, Paradigm, Thresholds, named
from ecolib.paper.behaviour.overtaking import overtaking
from ecolib.paper.behaviour.ranges import checked

__all__ = ["Course", "Paradigm", "Paradigms", "Thresholds"]

TAME = 1e-250
"""Terms from here to its inverse are compared as they are, others by their logarithms."""

_PARAMETERS = ("beta_I", "kappa_I", "beta_O", "kappa_O", "q", "theta", "p_0")


@dataclass(frozen=True, eq=False)
class Paradigms:
    """Returns and costs of the three paradigms.

    Args:
        beta_I: return to integrated innovation at full reach, per unit of time, not negative.
        kappa_I: its cost, per unit of time, positive.
        beta_O: return to open innovation at full reach, where all firms are open, per unit of time, not negative.
        kappa_O: its cost, per unit of time, above ``kappa_I``.
        q: how many links open innovation combines, dimensionless, above 1.
        theta: part of its return that needs other open firms, dimensionless, from 0 to 1.
        p_0: payoff of linear innovation, per unit of time.

    All may be numbers or arrays that broadcast (a batch).

    Raises:
        TypeError: when an argument is not made of real numbers.
        ValueError: when it is out of range, NaN or infinite, or ``kappa_O <= kappa_I``.

    Example:
        >>> firm = Paradigms(beta_I=1.0, kappa_I=0.25, beta_O=2.0, kappa_O=0.75)
        >>> float(firm.thresholds.e_LI), round(float(firm.thresholds.e_IO), 3), firm.course().value
        (0.25, 0.809, 'succession')
    """

    beta_I: Any
    kappa_I: Any
    beta_O: Any
    kappa_O: Any
    q: Any = 2.0
    theta: Any = 0.0
    p_0: Any = 0.0

    def __post_init__(self) -> None:
        for name in _PARAMETERS:
            object.__setattr__(self, name, checked(name, getattr(self, name)))
        shapes = {name: np.shape(getattr(self, name)) for name in _PARAMETERS}
        try:
            np.broadcast_shapes(*shapes.values())
        except ValueError:
            raise ValueError(f"returns and costs must broadcast, got shapes {shapes}") from None
        if not np.all(np.asarray(self.kappa_O) > self.kappa_I):
            raise ValueError(f"kappa_O must be above kappa_I, got {self.kappa_O} and {self.kappa_I}")

    @property
    def thresholds(self) -> Thresholds:
        """Where two paradigms pay alike, if all open firms had company; infinite without returns."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            first, direct = self._at(letters.e_LI, letters.e_LO)
        last = np.vectorize(overtaking, otypes=[float])(
            self.beta_I, self.beta_O, np.subtract(self.kappa_O, self.kappa_I), self.q
        )
        return Thresholds(first, direct, last[()])

    @property
    def lone(self) -> Paradigms:
        """What a firm faces that is the first to be open: returns that need others are lost.

        Example:
            >>> Paradigms(beta_I=1.0, kappa_I=0.25, beta_O=2.0, kappa_O=0.75, theta=0.5).lone.course().value
            'stall at integrated'
        """
        return replace(self, beta_O=np.multiply(1.0 - np.asarray(self.theta), self.beta_O), theta=0.0)

    @property
    def averaged(self) -> Paradigms:
        """What paradigms have paid in the mean when the reach has risen evenly from 0 to where it is.

        Shares of firms that imitate, and nothing else, grow apart by what was earned so far; the ``course`` of the
        averages is that of the largest share during an even and slow rise of the reach, if no return needs company.

        Example:
            >>> rare = Paradigms(beta_I=1.0, kappa_I=0.4, beta_O=2.9, kappa_O=0.5)
            >>> rare.course().value, rare.averaged.course().value
            ('succession', 'leapfrogging')
        """
        return_I, return_O = self._at(letters.mean_I, letters.mean_O)
        return replace(self, beta_I=return_I, beta_O=return_O)

    @property
    def integrated_first(self) -> Any:
        """Whether the integrated paradigm has its turn before the open one, given that the reach rises so far."""
        with np.errstate(all="ignore"):
            order, by_logs = self._at(letters.order, letters.order_in_logs)
            terms = np.abs(np.stack(self._at(*letters.order.args)))
        tame = np.all((terms > TAME) & (terms < 1 / TAME), axis=0)
        return (np.where(tame, order, by_logs) > 0)[()]

    @property
    def numbers(self) -> dict[sp.Symbol, float]:
        """Numbers by letter, as ``simulate`` takes them.

        Raises:
            TypeError: when the paradigms are a batch.
        """
        return {getattr(letters, name): float(getattr(self, name)) for name in _PARAMETERS}

    def payoffs(self, e: npt.ArrayLike, *, z_O: npt.ArrayLike = 1.0) -> Array:
        """Payoffs of the three paradigms at a reach, shape ``(..., 3)``, per unit of time.

        Args:
            e: reach, one number or an array.
            z_O: share of firms that are open.
        """
        reach, company = checked("e", e), checked("z_O", z_O)
        alone, together = self._at(letters.lone, letters.opened, e=reach)
        rest = self._at(letters.linear, letters.integrated, e=reach)
        common_shape(payoffs=alone, z_O=company)
        return np.stack(np.broadcast_arrays(*rest, alone + company * (together - alone)), axis=-1)

    def best(self, e: npt.ArrayLike) -> Any:
        """The paradigm that pays best at a reach if firms move together; of equals the one that comes first.

        Example:
            >>> Paradigms(beta_I=1.0, kappa_I=0.25, beta_O=2.0, kappa_O=0.75).best(0.5)
            <Paradigm.INTEGRATED: 'integrated'>
        """
        return named(tuple(Paradigm), np.argmax(self.payoffs(e), axis=-1))

    def course(self, *, limit: npt.ArrayLike = 1.0) -> Any:
        """The :class:`Course` while the reach rises from 0 to a limit; arrays give an array of courses.

        At equality a paradigm does not have its turn: where three curves meet in one point, integration is skipped.
        """
        return named(tuple(Course), self.course_code(limit=limit))

    def course_code(self, *, limit: npt.ArrayLike = 1.0) -> Any:
        """The same as a position among the courses, for maps."""
        integrated, opened = self._at(letters.lead_I, letters.lead_O, e=checked("limit", limit))
        stuck = np.where((integrated <= 0) & (opened <= 0), 3, np.where(opened <= integrated, 2, 1))
        return np.where((stuck == 1) & self.integrated_first, 0, stuck)[()]

    def _at(self, *formulas: sp.Expr, e: Any = 0.0) -> tuple[Any, ...]:
        """Formulas of the paradigms in numbers."""
        given = {getattr(letters, name): getattr(self, name) for name in _PARAMETERS} | {letters.e: e}
        result = compiled(formulas, *given)(*given.values())
        return tuple(result[..., k][()] for k in range(len(formulas)))
