"""Who makes which stage: the linear programme of :mod:`ecolib.paper.construction.material.chains`, solved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecolib.numeric import Array
from ecolib.paper.construction.material.chains import Chain
from ecolib.paper.construction.material.inputs import number

__all__ = ["Allocation", "allocate"]


@dataclass(frozen=True, eq=False)
class Allocation:
    """A best division of labour between two regions.

    Main attributes:
        amounts : units of each stage that A and B make, shape ``(2, stages)``
        chains : complete chains
        shadow_prices : what a unit of A's and of B's resources is worth in chains, an optimal solution of the dual
            programme, shape ``(2,)``; of several it is an extreme one (see :class:`Chain`)
        stage_prices : what a unit of each stage is worth in complete chains, shape ``(stages,)``; they add up to 1
    """

    amounts: Array
    chains: float
    shadow_prices: Array
    stage_prices: Array

    @property
    def shared(self) -> int:
        """How many stages both regions make."""
        return int((self.amounts > 1e-9 * max(self.chains, 1e-300)).all(axis=0).sum())


def allocate(chain: Chain, *, idle: float | None = None) -> Allocation:
    """A best allocation, by linear programming (the solver HiGHS of scipy).

    Args:
        chain: requirements and resources of both regions.
        idle: None for two-way relocation. A number for one-way relocation from A to B: so much of B's resources is
            idle, and B goes on making every stage of the chains it makes with the rest.

    Raises:
        TypeError: when ``chain`` is no :class:`Chain`.
        ValueError: when ``idle`` is negative or more than B has.
        ArithmeticError: when the solver finds no best allocation.

    Example:
        >>> best = allocate(Chain(T=((1, 2), (6, 3)), L=(6, 18)))
        >>> best.amounts.round(9).tolist(), round(best.chains, 9)
        ([[6.0, 0.0], [0.0, 6.0]], 6.0)
    """
    from scipy.optimize import linprog

    if not isinstance(chain, Chain):
        raise TypeError(f"chain must be a Chain, got {type(chain).__name__}")
    stages = chain.T.shape[1]
    unit, total = chain.alone.sum(), chain.T * chain.alone.sum() / chain.L[:, None]  # numbers near 1
    floor = 0.0 if idle is None else _kept(chain, idle) / unit
    least = np.zeros(2 * stages + 1)
    least[stages : 2 * stages] = floor
    # Unknowns: what A makes of each stage, what B makes, complete chains; each in multiples of all chains made alone.
    resources = np.block([[total[0], np.zeros(stages + 1)], [np.zeros(stages), total[1], 0.0]])
    every = np.hstack([-np.eye(stages), -np.eye(stages), np.ones((stages, 1))])
    found = linprog(-np.eye(2 * stages + 1)[-1], A_ub=np.vstack([resources, every]),
                    b_ub=np.concatenate([np.ones(2), np.zeros(stages)]), bounds=[(x, None) for x in least],
                    method="highs")  # fmt: skip
    if found.status != 0:
        raise ArithmeticError(f"no best allocation was found: {found.message}")
    marginals = -np.asarray(found.ineqlin.marginals)
    amounts = np.maximum(found.x[:-1], 0.0).reshape(2, stages) * unit + 0.0  # no negative zeros
    return Allocation(amounts, float(found.x[-1] * unit), marginals[:2] * unit / chain.L, marginals[2:])


def _kept(chain: Chain, idle: float) -> float:
    """Chains that B makes with what is not idle."""
    spare = number("idle", idle, most=float(chain.L[1]))
    return float((chain.L[1] - spare) / chain.T[1].sum()) * (1 - 1e-12)  # room for rounding when nothing is idle
