r"""Comparative advantage (相对比较优势): two regions make the stages of one chain.

A **complete chain** takes one unit of each of :math:`m` **stages**. Region :math:`r` has resources :math:`L_r` and
needs :math:`T_{rk}` of them for a unit of stage :math:`k`. **Alone** it completes :math:`L_r / \sum_k T_{rk}` chains;
together, by linear programming,

.. math:: Q^* = \max Q \quad\text{with}\quad \sum_k T_{rk} x_{rk} \le L_r, \quad x_{Ak} + x_{Bk} \ge Q

The dual of this programme values resources at **shadow prices** and has one unknown, their ratio; it is least at one of
the **relative requirements** :math:`\rho_k = T_{Ak} / T_{Bk}`, so that

.. math:: Q^* = \min_j \frac{L_A + \rho_j L_B}{\sum_k \min(T_{Ak}, \rho_j T_{Bk})}

Where :math:`Q^*` is smooth in :math:`L`, a shadow price is what one more unit of resources adds. At a kink several
solutions are optimal, each price between what one more unit adds and what one unit less takes away; every one serves.

A **division** by shadow prices, which are prices of competitive markets, gives region :math:`r` the chains
:math:`w_r L_r`. Relocation is **one-way** when the host must go on making every stage of the chains it makes alone, and
can take stages over with **idle** resources only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array
from ecolib.paper.construction.material.inputs import number, numbers

__all__ = ["Chain"]

SAME = 1e-12
"""Relative difference below which two numbers of a chain count as equal."""


@dataclass(frozen=True, eq=False)
class Chain:
    """What two regions need for the stages of a chain, and what they have.

    Args:
        T: requirements, shape ``(2, stages)``, resources per unit of a stage, positive; region A first.
        L: resources, shape ``(2,)``, positive.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for a wrong shape, or an entry that is not positive and finite.

    Example:
        >>> chain = Chain(T=((1, 2), (6, 3)), L=(6, 18))
        >>> chain.alone.tolist(), round(chain.together, 9), chain.division.round(9).tolist()
        ([2.0, 2.0], 6.0, [3.0, 3.0])

    References: DornbuschFischerSamuelson1977.
    """

    T: Array
    L: Array

    def __post_init__(self) -> None:
        object.__setattr__(self, "T", numbers("T", self.T, (2, None), positive=True))
        object.__setattr__(self, "L", numbers("L", self.L, (2,), positive=True))

    @property
    def ratios(self) -> Array:
        """Relative requirements ``T_A / T_B``, shape ``(stages,)``: A has its advantage where they are low."""
        return np.asarray(self.T[0] / self.T[1])

    @property
    def alike(self) -> bool:
        """Whether all relative requirements are equal, so that nobody has a comparative advantage."""
        return bool(np.ptp(self.ratios) <= SAME * self.ratios.max())

    @property
    def alone(self) -> Array:
        """Complete chains of each region by itself, shape ``(2,)``."""
        return np.asarray(self.L / self.T.sum(axis=1))

    @property
    def together(self) -> float:
        """The most complete chains that both regions can make together."""
        return float(_values(self.T, self.L).min())

    @property
    def price_ratios(self) -> tuple[float, float]:
        """The least and the greatest ratio ``w_B / w_A`` of shadow prices; nearly always they are equal."""
        values = _values(self.T, self.L)
        best = self.ratios[values <= values.min() * (1 + SAME)]
        return float(best.min()), float(best.max())

    @property
    def shadow_prices(self) -> Array:
        """What a unit of A's and of B's resources is worth in chains: an optimal solution of the dual, shape ``(2,)``.

        Where ``price_ratios`` are equal, it is what one more unit adds. Where they differ, every ratio between them is
        optimal; this one is their geometric mean, while :func:`allocate` reports an extreme one.
        """
        ratio = self._ratio
        return np.asarray(np.array([1.0, ratio]) / np.minimum(self.T[0], ratio * self.T[1]).sum())

    @property
    def _ratio(self) -> float:
        low, high = self.price_ratios
        return float(np.sqrt(low) * np.sqrt(high)) if low < high else low

    @property
    def division(self) -> Array:
        """Chains of each region when shadow prices divide the joint result, shape ``(2,)``; they add up to all."""
        return np.asarray(self.shadow_prices * self.L)

    @property
    def gains(self) -> tuple[bool, bool]:
        """Whether A and whether B has more by ``division`` than alone.

        A has not when B is so small that A must still make some of the stage in which it is worst.

        Example:
            >>> Chain(T=((1, 2), (6, 3)), L=(6, 18)).gains, Chain(T=((1, 2), (6, 3)), L=(6, 1)).gains
            ((True, True), (False, True))
        """
        ratio, ratios = self._ratio, self.ratios
        return bool(ratio < ratios.max() * (1 - SAME)), bool(ratio > ratios.min() * (1 + SAME))

    def one_way(self, idle: float) -> float:
        """The most chains when only A gives up stages, and so much of B's resources is idle at first.

        Args:
            idle: resources of B, at least 0 and at most ``L[1]``.

        Raises:
            ValueError: when ``idle`` is out of range.

        Example:
            >>> chain = Chain(T=((1, 2), (6, 3)), L=(6, 18))
            >>> [round(chain.one_way(idle), 6) for idle in (0, 4.5, 18)]
            [4.0, 4.5, 6.0]
        """
        spare = number("idle", idle, most=float(self.L[1]))
        kept = (self.L[1] - spare) / self.T[1].sum()
        return float(kept + _values(self.T, np.array([self.L[0], spare])).min())

    @property
    def idle_needed(self) -> float:
        """Idle resources of B from which one-way relocation achieves as much as two-way; ``L[1]`` when it takes all.

        With less, two-way relocation makes strictly more; with relative requirements all equal none are needed.

        Example:
            >>> Chain(T=((1, 2), (6, 3)), L=(6, 18)).idle_needed
            18.0
        """
        if self.alike:
            return 0.0
        best = self.ratios <= self.ratios.min() * (1 + SAME)
        return float(min(self.L[1], self.L[0] * self.T[1][~best].sum() / self.T[0][best].sum()))


def _values(T: Array, L: Array) -> Array:
    """The objective of the dual programme at every relative requirement, shape ``(stages,)``; its least is ``Q*``."""
    rho = (T[0] / T[1])[:, None]
    value: npt.NDArray[np.float64] = (L[0] + rho[:, 0] * L[1]) / np.minimum(T[0], rho * T[1]).sum(axis=1)
    return value
