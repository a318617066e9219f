r"""Whether a network stays where it stands, and whether it can grow without bound.

**Stability** is the sign of the rightmost eigenvalue of :math:`\mathrm{diag}(r u)(A - I)` among the present units, and
of the invasion rates of the absent ones. Up to 500 units all eigenvalues are computed, of larger networks the rightmost
one by Arnoldi iteration. Where that does not converge, or the sign is within rounding, the verdict is "undecided".

Two **certificates** prove stability of the present units by one sign each:

- *dominance*: :math:`u_i > \sum_j |\alpha_{ij}| u_j` for all units (weighted diagonal dominance);
- *dissipation*: the largest eigenvalue of :math:`(A + A^\top) / 2` lies below 1. It proves more: every path on which
  these units are present from the start ends at this state, whatever the growth rates (a Lyapunov function).

The **help radius** is the spectral radius of the positive coefficients alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ecolib.networks.iterations import SECONDS, deadline_after, even_start, timed
from ecolib.networks.network import Network, check_network
from ecolib.values import Array, real_array

__all__ = ["NetworkStability", "help_radius", "stability"]

ALL_EIGENVALUES = 500
"""The largest number of units for which all eigenvalues are computed."""

ROUNDING = 1e-11
"""Up to this fraction of the terms it is made of a number counts as zero."""


@dataclass(frozen=True)
class NetworkStability:
    """Whether a network stays at an equilibrium.

    Main attributes:
        verdict : "stable", "unstable" or "undecided"
        rightmost : largest real part of an eigenvalue, per unit of time; NaN when it could not be computed
        certificate : what proves stability: "dominance", "dissipation", "all eigenvalues", or "" for none
        message : a sentence on how the verdict was reached
    """

    verdict: Literal["stable", "unstable", "undecided"]
    rightmost: float
    certificate: str
    message: str


def stability(network: Network, u: npt.ArrayLike, *, seconds: float = SECONDS) -> NetworkStability:
    """Judge whether a network stays at an equilibrium, and how far it is from leaving it.

    Args:
        network: the network.
        u: saturations at the equilibrium, shape ``(units,)``, not negative; zero means absent.
        seconds: wall-clock time after which the iteration is given up, positive.

    Raises:
        ValueError: when ``u`` has the wrong shape, is negative or not finite, or is not an equilibrium.

    Example:
        >>> pair = Network(r=1, K=1, alpha=((0, 0.5), (0.5, 0)))
        >>> judged = stability(pair, (2, 2))
        >>> judged.verdict, round(judged.rightmost, 6)
        ('stable', -1.0)
    """
    check_network(network)
    state, deadline = _checked_state(network, u), deadline_after(seconds)
    there = state > 0
    if not there.any():
        return NetworkStability("unstable", float(network.r.max()), "", "every absent unit would return")
    block, kept = network.part(there), state[there]
    proof = _certificate(block, kept, deadline)
    rightmost, zero, exact = _rightmost(block, kept, deadline)
    rates, slack = (network.growth(state) / network.r)[~there], ROUNDING * (1.0 + abs(network.alpha) @ state)[~there]
    whole = float(np.max([rightmost, *(network.r[~there] * rates)]))
    if np.any(rates > slack):
        return NetworkStability("unstable", whole, "", "an absent unit would return")
    if rightmost > zero:
        return NetworkStability("unstable", whole, "", "an eigenvalue has a positive real part")
    if np.any(rates >= -slack) or not (rightmost < -zero or proof):
        return NetworkStability("undecided", whole, "", "an eigenvalue is zero within rounding, or was not found")
    proof = proof or ("all eigenvalues" if exact else "")
    how = f"proved by {proof}" if proof else "by Arnoldi iteration, without a certificate"
    return NetworkStability("stable", whole, proof, how)


def _certificate(network: Network, u: Array, deadline: float) -> str:
    """What proves that an equilibrium with all units present is stable: "dominance", "dissipation" or ""."""
    from scipy.sparse import linalg

    if np.all(u > abs(network.alpha) @ u):
        return "dominance"
    symmetric = (network.alpha + network.alpha.T) / 2
    if network.units <= ALL_EIGENVALUES:
        return "dissipation" if np.linalg.eigvalsh(symmetric.toarray())[-1] < 1 - ROUNDING else ""
    try:
        found = linalg.eigsh(timed(symmetric, deadline), k=1, which="LA", tol=1e-6, v0=even_start(network.units))
    except (linalg.ArpackError, TimeoutError):
        return ""
    return "dissipation" if found[0][0] < 1 - 1e-5 else ""


def _rightmost(network: Network, u: Array, deadline: float) -> tuple[float, float, bool]:
    """Largest real part, the size up to which it counts as zero, and whether all eigenvalues were computed."""
    from scipy import sparse
    from scipy.sparse import linalg

    jacobian = sparse.diags_array(network.r * u) @ (network.alpha - sparse.eye_array(network.units, format="csr"))
    zero = ROUNDING * float(abs(jacobian).sum(axis=1).max())
    if network.units <= ALL_EIGENVALUES:
        return float(np.linalg.eigvals(jacobian.toarray()).real.max()), zero, True
    try:
        values, vectors = linalg.eigs(timed(jacobian, deadline), k=1, which="LR", ncv=60, v0=even_start(network.units))
    except (linalg.ArpackError, TimeoutError):
        return np.nan, zero, False
    miss = np.linalg.norm(jacobian @ vectors[:, 0] - values[0] * vectors[:, 0])
    return float(values[0].real), max(zero, 10 * float(miss)), False


def help_radius(network: Network, *, seconds: float = SECONDS) -> float:
    """Spectral radius of the positive coefficients; NaN when the iteration does not converge.

    Below 1, no path escapes (growth is at most what help alone would allow). When no coefficient is negative, 1 is the
    exact threshold: below it the units live together from every start, from it on all outputs in some strongly
    connected part grow without bound.

    Example:
        >>> round(help_radius(Network(r=1, K=1, alpha=((0, 0.5, -3), (0.5, 0, 0), (1, 0, 0)))), 6)
        0.5

    References: HofbauerSigmund1998, Takeuchi1996.
    """
    from scipy.sparse.csgraph import connected_components

    check_network(network)
    help_only, deadline = network.alpha.maximum(0), deadline_after(seconds)
    _, labels = connected_components(help_only, connection="strong")
    order, sizes = np.argsort(labels, kind="stable"), np.bincount(labels)
    groups = np.split(order, np.cumsum(sizes)[:-1])
    radii = [_radius(help_only[group][:, group], deadline) for group in groups if group.size > 1]
    return float(max(radii, default=0.0)) if not np.any(np.isnan(radii)) else np.nan


def _radius(matrix: Any, deadline: float) -> float:
    """Spectral radius of a non-negative matrix whose graph is strongly connected: its largest real eigenvalue."""
    from scipy.sparse import linalg

    if matrix.shape[0] <= ALL_EIGENVALUES:
        return float(np.linalg.eigvals(matrix.toarray()).real.max())
    try:
        start = np.ones(matrix.shape[0])
        return float(linalg.eigs(timed(matrix, deadline), k=1, which="LR", v0=start, return_eigenvectors=False)[0].real)
    except (linalg.ArpackError, TimeoutError):
        return np.nan


def _checked_state(network: Network, u: npt.ArrayLike) -> Array:
    state = real_array("u", u)
    if state.shape != (network.units,):
        raise ValueError(f"u must have shape ({network.units},), got {state.shape}")
    bad = ~(np.isfinite(state) & (state >= 0))
    if bad.any():
        raise ValueError(f"u must be finite and not negative, got {state[bad][0]}")
    rest = np.abs(network.growth(state) / network.r) / (1.0 + state + abs(network.alpha) @ state)
    if np.any(rest[state > 0] > 1e-6):
        raise ValueError("u must be an equilibrium, but some present unit grows or shrinks there")
    return state
