r"""What a further link or a further partner does to everybody: the direct network effect (直接网络效应).

Units that live together have the saturations :math:`u = (I - A)^{-1} \mathbf 1`, which is the **Katz centrality** of
each in the graph of links. The matrix :math:`R = (I - A)^{-1}` is the **response**: :math:`R_{ij}` is what all links
together make of one more unit of growth per head at :math:`j` for unit :math:`i`. All effects follow from it exactly:

- strengthening the link from :math:`j` to :math:`i` by :math:`\delta` changes :math:`u` by
  :math:`R_{\cdot i} \, \delta u_j / (1 - \delta R_{ji})`;
- a newcomer that has the effects :math:`b` on the others and receives :math:`c` from them changes :math:`u` by
  :math:`R b \, u_w` and itself reaches :math:`u_w = (1 + c \cdot u) / (1 - c \cdot R b)`.

Without friction no entry of the response is negative, so nobody loses by either.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array, solved
from ecolib.paper.construction.drive.inputs import coefficients, number, rates, whole

__all__ = ["Partners"]


@dataclass(frozen=True, eq=False)
class Partners:
    """Units that live together, and what links do to them.

    Args:
        alpha: symbiosis coefficients, shape ``(units, units)``, positive helps; zero diagonal.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for a wrong shape, entries that are not finite, a diagonal that is not zero, or when the units do
            not live together: the equations have no positive solution (help without end, or somebody is lost), or it
            does not attract at equal growth rates (the start decides who is lost).

    Example:
        >>> pair = Partners(((0, 0.5), (0.5, 0)))
        >>> pair.gain.tolist(), pair.helpful
        ([1.0, 1.0], True)

    References: Takeuchi1996.
    """

    alpha: Array

    def __post_init__(self) -> None:
        object.__setattr__(self, "alpha", coefficients("alpha", self.alpha))
        if not np.all(self.u > 0):
            raise ValueError("the units do not live together: no state with all of them present is positive")
        jacobian = self.u[:, None] * (self.alpha - np.eye(len(self.alpha)))
        if not (self.helpful or np.linalg.eigvals(jacobian).real.max() < 0):
            raise ValueError("the units do not live together: the state with all of them present does not attract")

    @cached_property
    def u(self) -> Array:
        """Saturations, shape ``(units,)``; Katz centralities with the coefficients as weights."""
        units = len(self.alpha)
        return solved(np.eye(units) - self.alpha, np.ones(units))

    @property
    def gain(self) -> Array:
        """Gains, shape ``(units,)``."""
        return np.asarray(self.u - 1)

    @cached_property
    def response(self) -> Array:
        """Response matrix, shape ``(units, units)``: entry i, j is what growth at j is worth to i."""
        return np.asarray(np.linalg.inv(np.eye(len(self.alpha)) - self.alpha))

    @property
    def radius(self) -> float:
        """Spectral radius of the coefficients."""
        return float(np.abs(np.linalg.eigvals(self.alpha)).max())

    @property
    def helpful(self) -> bool:
        """Whether no coefficient is negative: then a further helpful link harms nobody while the radius is below 1."""
        return bool(np.all(self.alpha >= 0))

    def strengthened(self, to: int, by: int, size: float) -> Array:
        """Change of all saturations, shape ``(units,)``, when the effect of unit ``by`` on unit ``to`` grows.

        Raises:
            TypeError: when a unit is no integer or ``size`` no real number.
            ValueError: for units that do not exist or are the same, a size that is not finite, or when the units no
                longer live together.

        Example:
            >>> Partners(((0, 0.0), (0.5, 0))).strengthened(to=0, by=1, size=0.5).round(9).tolist()
            [1.0, 0.5]
        """
        last = len(self.alpha) - 1
        to, by, more = whole("to", to, most=last), whole("by", by, most=last), number("size", size)
        if to == by:
            raise ValueError(f"to and by must be two different units, got {to} and {by}")
        stronger = np.array(self.alpha)
        stronger[to, by] += more
        _check_still(stronger, f"with {size} more")
        return np.asarray(self.response[:, to] * more * self.u[by] / (1 - more * self.response[by, to]))

    def joined(self, gives: npt.ArrayLike, receives: npt.ArrayLike) -> Array:
        """Change of the members' saturations, and the newcomer's own, when a unit joins, shape ``(units + 1,)``.

        Args:
            gives: effects of the newcomer on the members, shape ``(units,)``.
            receives: effects of the members on the newcomer, shape ``(units,)``.

        Raises:
            TypeError: when an entry is not a real number.
            ValueError: for wrong shapes, entries that are not finite, or when they do not live together.

        Example:
            >>> Partners(((0,),)).joined(gives=(0.5,), receives=(0.5,)).tolist()
            [1.0, 2.0]
        """
        b, c = self._newcomer(gives, receives)
        _check_still(np.block([[self.alpha, b[:, None]], [c, np.zeros(1)]]), "with the newcomer")
        reach = self.response @ b
        own = (1 + c @ self.u) / (1 - c @ reach)
        return np.append(reach * own, own)

    def welcome(self, gives: npt.ArrayLike) -> bool:
        """Whether no member loses by a newcomer with such effects, as long as it lives with them."""
        b, _ = self._newcomer(gives, np.zeros(len(self.alpha)))
        return bool(np.all(self.response @ b >= -1e-12 * (np.abs(self.response) @ np.abs(b))))

    def _newcomer(self, gives: npt.ArrayLike, receives: npt.ArrayLike) -> tuple[Array, Array]:
        b, c = rates("gives", gives), rates("receives", receives)
        for name, array in (("gives", b), ("receives", c)):
            if array.shape != (len(self.alpha),):
                raise ValueError(f"{name} must have shape ({len(self.alpha)},), got {array.shape}")
        return b, c


def _check_still(alpha: Array, when: str) -> None:
    """Raise unless units with these coefficients live together."""
    try:
        Partners(alpha)
    except ValueError as reason:
        raise ValueError(f"{when}: {reason}") from None
