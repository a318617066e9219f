r"""Where all units of a network are present and stand still.

The state solves the linear system :math:`(I - A) u = 1`. Up to a thousand units it is factorised; more units are solved
by an iteration that only multiplies (GMRES), because the factors of a sparse random network are nearly full; where that
does not converge, up to three thousand are factorised all the same. Either way
the answer is judged by its residual and by an estimate of the condition number; a system that is singular, or does not
converge, yields no numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecolib.networks.iterations import SECONDS, deadline_after, timed
from ecolib.networks.network import Network, check_network
from ecolib.numeric import CONDITION_LIMIT
from ecolib.values import Array

__all__ = ["Coexistence", "coexistence"]

FACTORISED = 1000
"""The largest number of units for which the system is factorised."""

RESIDUAL = 1e-9
"""Largest residual of a solution, as a fraction of the terms that make up an equation."""

RETRIED = 3000
"""The largest number for which it is factorised after all, in a few seconds, where the iteration does not converge."""

Solver = Callable[..., Array]


@dataclass(frozen=True, eq=False)
class Coexistence:
    """The state in which all units of a network are present.

    Main attributes:
        saturation : shape ``(units,)``; NaN when no trustworthy solution was found
        feasible : whether all saturations are positive; False when there is no solution
        condition : estimated condition number of the linear system; infinite when it could not be solved
        message : a sentence on how the computation ended
    """

    saturation: Array
    feasible: bool
    condition: float
    message: str


def coexistence(network: Network, *, seconds: float = SECONDS) -> Coexistence:
    """Solve for the state in which all units are present.

    Args:
        network: the network.
        seconds: wall-clock time after which an iteration is given up, positive.

    Example:
        >>> pair = coexistence(Network(r=1, K=1, alpha=((0, 0.5), (0.5, 0))))
        >>> pair.saturation.round(6).tolist(), pair.feasible
        ([2.0, 2.0], True)
    """
    from scipy import sparse

    check_network(network)
    system = sparse.eye_array(network.units, format="csr") - network.alpha
    (scaled, rows, columns), deadline = _equilibrated(system), deadline_after(seconds)
    try:
        try:
            solve = _factors(scaled) if network.units <= FACTORISED else _iteration(scaled, deadline)
            u, condition = solve(1.0 / rows), _condition(scaled, solve)
        except ArithmeticError:
            if not FACTORISED < network.units <= RETRIED:
                raise
            solve = _factors(scaled)
            u, condition = solve(1.0 / rows), _condition(scaled, solve)
    except (ArithmeticError, TimeoutError) as stop:
        return _unsolved(network, np.inf, str(stop))
    with np.errstate(all="ignore"):  # a system that is all but singular may yield infinities: they are judged
        u = u / columns
        terms = 1.0 + np.abs(u) + abs(network.alpha) @ np.abs(u)
        residual = float(np.max(np.abs(1.0 - system @ u) / terms))
    if not residual < RESIDUAL or not condition < CONDITION_LIMIT:
        return _unsolved(network, condition, f"no trustworthy solution: residual {residual:.1g}, {condition=:.1g}")
    message = f"solved with residual {residual:.1g}, condition number about {condition:.2g}"
    return Coexistence(u, bool(np.all(u > 0)), condition, message)


def _unsolved(network: Network, condition: float, message: str) -> Coexistence:
    return Coexistence(np.full(network.units, np.nan), False, condition, message)


def _equilibrated(system: Any) -> tuple[Any, Array, Array]:
    """The system with rows and columns scaled to largest entries near 1, and the scales (powers of two)."""
    from scipy import sparse

    rows = np.exp2(np.ceil(np.log2(abs(system).max(axis=1).toarray())))
    scaled = sparse.diags_array(1.0 / rows) @ system
    columns = np.exp2(np.ceil(np.log2(abs(scaled).max(axis=0).toarray())))
    return (scaled @ sparse.diags_array(1.0 / columns)).tocsr(), rows, columns


def _factors(system: Any) -> Solver:
    """A function that solves the system, or its transpose, for a right-hand side by factors."""
    from scipy.sparse import linalg

    try:
        factors = linalg.splu(system.tocsc())
    except RuntimeError:
        raise ArithmeticError("the system is singular") from None
    return lambda b, _=0.0, transpose=False: np.asarray(factors.solve(b, trans="T" if transpose else "N"))


def _iteration(system: Any, deadline: float) -> Solver:
    """A function that solves the system, or its transpose, by iteration to a relative residual."""
    from scipy.sparse import linalg

    transposed = system.T.tocsr()

    def solve(b: Array, rtol: float = 1e-13, transpose: bool = False) -> Array:
        matrix = timed(transposed if transpose else system, deadline)
        x, info = linalg.gmres(matrix, b, rtol=rtol, atol=0.0, restart=50, maxiter=40)
        if info:
            raise ArithmeticError("no convergence: coefficients are strong or the system is nearly singular")
        return np.asarray(x)

    return solve


def _condition(system: Any, solve: Solver) -> float:
    """Estimated condition number in the 1-norm."""
    from scipy.sparse import linalg

    def multiply(b: Array) -> Array:
        return solve(b, 1e-4)

    def transposed(b: Array) -> Array:
        return solve(b, 1e-4, True)

    inverse = linalg.LinearOperator(system.shape, matvec=multiply, rmatvec=transposed, dtype=np.float64)
    with np.errstate(all="ignore"):
        return float(linalg.norm(system, 1) * linalg.onenormest(inverse, t=1))
