r"""New entrants: a community that units join one by one.

Unit after unit **arrives** at a community that has settled, with a small output. It **enters** if its invasion rate is
positive. Then the community settles anew at a **saturated** equilibrium: its members have positive outputs, and those
who were there but are absent from it could not return. Where the symmetric part of :math:`A - I` is negative definite
there is exactly one, every path ends there, and linear algebra finds it. Otherwise the path is simulated until it has
come close to a saturated equilibrium that is stable. Members that die out are **lost** for good.

An arrival may also end the story: outputs grow without bound, or no equilibrium is reached within the time allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real

import numpy as np
import numpy.typing as npt

from ecolib.networks import Network, simulate_network, stability
from ecolib.numeric import solved
from ecolib.values import Array, Values

__all__ = ["Assembly", "assemble"]

SETTLED = 1e-3
"""Largest distance, in saturations, from a stable saturated equilibrium at which a path counts as settled."""

DOUBLINGS = 8
"""How many times the time allowed for settling may be doubled."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Assembly:
    """What became of a community as units arrived.

    Main attributes:
        members : who is present after each arrival, shape ``(arrivals, units)``, truth values
        saturation : saturations after each arrival, shape ``(arrivals, units)``; zero for absent units
        rightmost : largest real part of an eigenvalue among the members after each arrival, per unit of time, shape
            ``(arrivals,)``; its size is the distance to instability
        entered : whether the unit that arrived could enter, shape ``(arrivals,)``, truth values
        lost : members lost through each arrival, by index, one tuple per arrival
        ended : "finished", "escaped", "unsettled" or "interrupted"

    Other attributes:
        message : a sentence on how it ended

    When it did not finish, rows after the last settled community are missing.
    """

    members: Mask
    saturation: Array
    rightmost: Array
    entered: Mask
    lost: tuple[tuple[int, ...], ...]
    ended: str
    message: str


def assemble(values: Values, *, first: float = 0.01, patience: float = 100.0, seconds: float = 60.0) -> Assembly:
    """Let the units of one set of values arrive in their order, each at a settled community.

    Args:
        values: rates, capacities and coefficients of all units that will arrive, one set.
        first: saturation with which a unit arrives, above 0 and at most 1.
        patience: time allowed for settling at first, in units of ``1 / min(r)``, positive; it is doubled as needed.
        seconds: wall-clock time allowed for each simulation, positive.

    Raises:
        TypeError: when ``values`` or an option is of another kind.
        ValueError: when the values are a batch, or an option is out of range.

    Example:
        >>> alpha = ((0, -0.5, -2), (-0.5, 0, -2), (0.1, 0.1, 0))
        >>> story = assemble(Values(r=(1, 1, 1), K=(1, 1, 1), alpha=alpha))
        >>> story.members.sum(axis=1).tolist(), story.lost
        ([1, 2, 1], ((), (), (0, 1)))

    References: Bunin2017.
    """
    _check(values, first, patience, seconds)
    u, ended, message = np.zeros(values.units), "finished", "all units have arrived"
    rows: list[tuple[Array, float, bool, tuple[int, ...]]] = []
    try:
        for k in range(values.units):
            before = u > 0
            entered = bool(1.0 + values.alpha[k] @ u > 0)
            if entered:
                u, outcome = _settle(values, u, k, first, patience, seconds)
                if outcome:
                    ended, message = outcome, f"{outcome} after unit {k} had arrived"
                    break
            lost = tuple(np.flatnonzero(before & (u == 0)).tolist())
            rows.append((u, _rightmost(values, u), entered, lost))
    except KeyboardInterrupt:
        ended, message = "interrupted", f"interrupted after {len(rows)} arrivals"
    states = np.array([row[0] for row in rows]).reshape(len(rows), values.units)
    rightmost, entries = np.array([row[1] for row in rows]), np.array([row[2] for row in rows], dtype=bool)
    return Assembly(states > 0, states, rightmost, entries, tuple(row[3] for row in rows), ended, message)


def _settle(
    values: Values, u: Array, newcomer: int, first: float, patience: float, seconds: float
) -> tuple[Array, str]:
    """Where the community settles after a unit has entered, and how the story ends if it does not."""
    start = np.where(np.arange(u.size) == newcomer, first, u)
    among = start > 0
    state = _saturated(values, among, among)
    if state is not None and _dissipative(values, among):
        return state, ""
    network, length = Network.of_values(values), patience / float(values.r.min())
    for _ in range(DOUBLINGS):
        path = simulate_network(network, x0=start * values.K, t=(0.0, length), seconds=seconds)
        if path.ended == "interrupted":
            raise KeyboardInterrupt
        if path.ended != "finished":
            return u, "escaped" if path.ended == "escaped" else "unsettled"
        reached = path.x[:, 1] / values.K
        state = _saturated(values, reached > SETTLED, among)
        if state is not None and np.abs(state - reached).max() < SETTLED and _stays(values, state, among):
            return state, ""
        start, length = np.where(among, np.maximum(reached, np.finfo(float).tiny), 0.0), 2 * length
    return u, "unsettled"


def _saturated(values: Values, guess: Mask, among: Mask) -> Array | None:
    """A saturated equilibrium among some units: who is short leaves, who could return joins; None if that goes on."""
    there = guess.copy()
    for _ in range(2 * there.size):
        u, members = np.zeros(there.size), int(there.sum())
        if members == 0:
            return None
        u[there] = solved(np.eye(members) - values.alpha[np.ix_(there, there)], np.ones(members))
        if np.isnan(u).any():
            return None
        short, back = there & (u <= 0), among & ~there & (1.0 + values.alpha @ u > 0)
        if not (short.any() or back.any()):
            return u
        there = (there & ~short) | back
    return None


def _dissipative(values: Values, there: Mask) -> bool:
    """Whether every path on which these units are present must end at one and the same state."""
    alpha = values.alpha[np.ix_(there, there)]
    return bool(np.linalg.eigvalsh((alpha + alpha.T) / 2)[-1] < 1 - 1e-9)


def _stays(values: Values, u: Array, among: Mask) -> bool:
    """Whether an equilibrium is stable against small amounts of all units that were there."""
    return stability(Network.of_values(values).part(among), u[among]).verdict == "stable"


def _rightmost(values: Values, u: Array) -> float:
    there = u > 0
    return stability(Network.of_values(values).part(there), u[there]).rightmost


def _check(values: Values, first: float, patience: float, seconds: float) -> None:
    if not isinstance(values, Values):
        raise TypeError(f"values must be ecolib.Values, got {type(values).__name__}")
    if values.shape:
        raise ValueError(f"assemble takes one parameter set, got a batch of shape {values.shape}")
    options: dict[str, object] = {"first": first, "patience": patience, "seconds": seconds}
    for name, given in options.items():
        if isinstance(given, bool) or not isinstance(given, Real):
            raise TypeError(f"{name} must be a number, got {given!r}")
    if not 0 < first <= 1:
        raise ValueError(f"first must be above 0 and at most 1, got {first}")
    for name, number in (("patience", patience), ("seconds", seconds)):
        if not 0 < number < np.inf:
            raise ValueError(f"{name} must be positive and finite, got {number}")
