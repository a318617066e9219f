r"""Levers in time: the feedback with two parts of heterogeneity, run by the one engine of the package.

.. math::

    \dot u_i = r_i u_i \Bigl( 1 - u_i + \sum_{j \ne i} \alpha_{ij} u_j \Bigr), \qquad
    \dot V_q = (1 - \iota) \eta - \lambda \tau J V_q, \qquad
    \dot V_p = \iota \eta - (\lambda \tau J + \delta) V_p

with joint activity :math:`J` and coefficients at the compatibility :math:`e^{-(V_q + V_p)}`. Without diffusion,
:math:`\delta = 0`, the sum :math:`V_q + V_p` obeys the feedback of section 3.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.doors import check_mapping, whole
from ecolib.model import MOST_UNITS, Symbiosis
from ecolib.numeric import Array
from ecolib.paper.evolution import letters as closure
from ecolib.paper.policy import letters
from ecolib.paper.policy.case import BaseCase
from ecolib.paper.policy.doors import one_case
from ecolib.paper.policy.levers import CUT, apply
from ecolib.schedule import Schedule, checked_times
from ecolib.simulation import Path, simulate
from ecolib.system import System

__all__ = ["path", "policy_system"]

KNOTS = 161
"""Schedules of letters join their values at so many times by straight lines."""

LEAST = 1e-12
"""Heterogeneity below which a part does not start: the engine runs in logarithms."""

_MOVED = ("c", "omega", "pull", "tau", "eta", "learning")


def policy_system(n: int = 2) -> System:
    """The equations in letters: state ``u_1, ..., u_n, V_q, V_p``, growth rates 1.

    Raises:
        TypeError: when ``n`` is not an integer.
        ValueError: when it is below 2 or above 200.

    Example:
        >>> policy_system(2).field[2]
        -V_q*learning*tau*u_1*u_2 + eta*(1 - image)
    """
    return _system(whole("n", n, least=2, most=MOST_UNITS))


@lru_cache(maxsize=16)
def _system(n: int) -> System:
    rows = [letters.leader, *[letters.follower] * (n - 1)]
    unlike = {closure.phi: sp.exp(-letters.V_q - letters.V_p), closure.n: n}
    alpha = sp.ImmutableMatrix(n, n, lambda i, j: 0 if i == j else rows[i].subs(unlike))
    units = Symbiosis.of(alpha=alpha)
    u = sp.symbols(f"u_1:{n + 1}", positive=True)
    relative = dict(zip(units.x, u, strict=True)) | dict.fromkeys((*units.K, *units.r), sp.S.One)
    pairs = list(combinations(u, 2))
    joint = sum((one * other for one, other in pairs), sp.S.Zero) / len(pairs)
    eroded, inflow = letters.learning * letters.tau * joint, letters.eta
    quality = (1 - letters.image) * inflow - eroded * letters.V_q
    image = letters.image * inflow - (eroded + letters.delta) * letters.V_p
    return System((*u, letters.V_q, letters.V_p), (*(rate.xreplace(relative) for rate in units.field), quality, image))


def path(
    case: BaseCase,
    *,
    t: npt.ArrayLike,
    doses: Mapping[str, Schedule] | None = None,
    x0: npt.ArrayLike | None = None,
    cut: float = CUT,
    **options: Any,
) -> Path:
    """A path of one case while levers are moved.

    Args:
        case: one case, not a batch.
        t: increasing times, at least two, in the time unit of ``1 / r``.
        doses: dose over time by name of a lever; levers that are not named stay at 0.
        x0: outputs and both parts of heterogeneity at the start, shape ``(n + 2,)``; by default heterogeneity is that
            of the case (a part that is 0 starts at 1e-12), and outputs have settled to it.
        cut: part of each obstacle that a full dose removes.
        options: those of :func:`~ecolib.simulation.simulate`.

    Raises:
        ValueError: for a batch, an unknown lever, a dose out of range, or as ``simulate``.

    Example:
        >>> rise = {"circulation": Schedule(times=(0, 50), levels=(0, 1))}
        >>> later = path(BaseCase(), t=(0, 400), doses=rise)
        >>> later.ended, round(float(later.x[-2:, -1].sum()), 3)
        ('finished', 0.014)
    """
    one_case(case)
    check_mapping("doses", {} if doses is None else doses)
    times = checked_times(t)
    levels, moments = _levels(doses or {}, times)
    moved = apply(case, levels, cut=cut)
    given = {letters.delta: moved.alignment} | {getattr(letters, name): getattr(moved, name) for name in _MOVED}
    numbers = {letter: float(np.ravel(value)[0]) for letter, value in given.items()}
    numbers |= {letters.s: float(case.s), letters.image: float(case.image)}
    forcing = {letter: Schedule(moments, value) for letter, value in given.items() if np.ndim(value)}
    fixed = {letter: number for letter, number in numbers.items() if letter not in forcing}
    start = _settled(case) if x0 is None else x0
    return simulate(policy_system(case.n), fixed, x0=start, t=times, forcing=forcing, **options)


def _levels(doses: Mapping[str, Schedule], times: Array) -> tuple[dict[str, Array], Array]:
    """Doses at the moments that schedules join, both sides of every jump included."""
    for name, plan in doses.items():
        if not isinstance(plan, Schedule):
            raise TypeError(f"the dose of {name} must be an ecolib.schedule.Schedule, got {plan!r}")
    knots = np.concatenate([np.linspace(times[0], times[-1], KNOTS), *(plan.times for plan in doses.values())])
    knots = np.unique(knots[(knots >= times[0]) & (knots <= times[-1])])
    moments = np.repeat(knots, 2)[1:-1]
    return {name: _both_sides(plan, knots) for name, plan in doses.items()}, moments


def _both_sides(plan: Schedule, knots: Array) -> Array:
    """Levels after each knot but the last and before the next one, in turn."""
    return np.array([plan.ends(begin, end) for begin, end in pairwise(knots)]).ravel()


def _settled(case: BaseCase) -> Array:
    lead, follow = case.at(letters.gain_1, letters.gain_i, phi=np.exp(-float(case.V_start)))
    parts = np.maximum((case.V_q, case.V_p), LEAST)
    return np.array([1 + lead, *[1 + follow] * (case.n - 1), *parts], dtype=np.float64)
