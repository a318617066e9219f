"""A replicator equation and its Lotka-Volterra twin, followed by one engine and compared point by point.

The clock of the twin runs at the speed of the reference's share, so it is integrated along with the shares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.doors import real
from ecolib.integration import Path
from ecolib.numeric import Array
from ecolib.paper.behaviour.imitation import replicator
from ecolib.paper.behaviour.twins import twin
from ecolib.simulation import simulate
from ecolib.system import System
from ecolib.values import real_array

__all__ = ["Orbits", "same_orbits"]

LEAST = 1e-8
"""Below this share of the reference, times of the twin lie too close together to be told apart."""

_CLOCK = sp.Symbol("clock", real=True)


@dataclass(frozen=True, eq=False)
class Orbits:
    """One path of a replicator equation and of its twin, at matching times.

    Main attributes:
        t : times of the replicator equation, shape ``(times,)``
        clock : times of the twin, shape ``(times,)``
        shares : shape ``(paradigms, times)``
        twin_shares : the same by the twin, its ratios turned back into shares
        error : greatest difference of the two

    Other attributes:
        path : what ``simulate`` returned for the twin
    """

    t: Array
    clock: Array
    shares: Array
    twin_shares: Array
    error: float
    path: Path


def same_orbits(
    payoffs: sp.MatrixBase, *, z0: npt.ArrayLike, t: npt.ArrayLike, reference: int = 0, least: float = 1e-3,
    rtol: float = 1e-11,
) -> Orbits:  # fmt: skip
    """Follow a replicator equation and its twin from one start, with one engine, and compare them.

    Args:
        payoffs: square sympy matrix of numbers, per unit of time.
        z0: shares at the first time, shape ``(paradigms,)``, positive, adding up to 1.
        t: increasing times, at least two.
        reference: index of the reference paradigm.
        least: the comparison ends where the reference has a smaller share, from 1e-8 to below 1: ratios grow without
            bound and the clock of the twin stops when it vanishes.
        rtol: relative tolerance per step.

    Raises:
        TypeError: when ``payoffs`` is not a sympy matrix.
        ValueError: when the arguments do not fit, letters are left without numbers, fewer than two times remain,
            or the twin cannot be followed over them.

    Example:
        >>> both = same_orbits(sp.Matrix([[0, 2], [1, 0]]), z0=(0.9, 0.1), t=(0, 1, 2))
        >>> both.shares[1].round(3).tolist(), both.error < 1e-8
        ([0.1, 0.1..., 0.2...], True)
    """
    other, equation = twin(payoffs, reference=reference), replicator(payoffs)
    start = _start(z0, other.payoffs.rows)
    if real("least", least, least=LEAST) >= 1:
        raise ValueError(f"least must be from {LEAST} to below 1, got {least}")
    timed = System(x=(*equation.x, _CLOCK), field=(*equation.field, equation.x[reference]))
    whole = simulate(timed, {}, x0=[*start, 1.0], t=t, rtol=rtol).x
    gone = np.flatnonzero(~(whole[reference] >= least))
    kept = whole[:, : gone[0] if gone.size else None]
    if kept.shape[1] < 2:
        raise ValueError(f"the reference has a share of at least {least} at fewer than two of the times")
    clock = kept[-1] - 1.0
    path = simulate(other.system, {}, x0=other.ratios(start), t=clock, rtol=rtol, escape=10.0 / least)
    if path.ended != "finished":
        raise ValueError(f"the twin could not be followed as far as the shares: {path.message}")
    shares, again = kept[:-1], other.shares(path.x)
    times = np.asarray(t, dtype=np.float64)[: clock.size]
    return Orbits(times, clock, shares, again, float(np.abs(shares - again).max()), path)


def _start(z0: npt.ArrayLike, count: int) -> Array:
    start = real_array("z0", z0)
    if start.shape != (count,) or not np.all(start > 0) or abs(start.sum() - 1.0) > 1e-9:
        raise ValueError(f"z0 must hold {count} positive shares that add up to 1, got {start.tolist()}")
    return start
