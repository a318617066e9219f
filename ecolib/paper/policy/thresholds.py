r"""Where the stages change in a case, and when.

- **Thresholds** :math:`\phi_0, \phi_c, \phi_b`: compatibility from which the leader gains, the followers gain, and
  gains are balanced.
- **Dates** by the timetable, in which joint activity stays 1: when heterogeneity has fallen to a threshold; infinite
  when it never does.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array
from ecolib.paper.policy import letters
from ecolib.paper.policy.case import BaseCase, checked
from ecolib.paper.policy.doors import a_case
from ecolib.paper.policy.roots import root

__all__ = ["balance_phi", "date", "thresholds"]


def thresholds(case: BaseCase) -> tuple[Array, Array, Array]:
    """Compatibilities ``phi_0, phi_c, phi_b``, each of the shape of the case; 1 where the event never happens before.

    Example:
        >>> [round(float(phi), 3) for phi in thresholds(BaseCase())]
        [0.24, 0.556, 0.93]
    """
    phi_0, phi_c = a_case(case).at(letters.phi_0, letters.phi_c)
    phi_c = np.where(np.equal(case.omega, 0), 1.0, np.where(np.equal(case.c, 0), 0.0, phi_c))
    return phi_0, phi_c, balance_phi(case, phi_c)


def balance_phi(case: BaseCase, phi_c: Any) -> Array:
    """The compatibility from which gains are balanced, of the shape of the case; 1 where they never are before 1.

    For two units the gain ratio rises with compatibility once the follower gains, so that there is one root above
    ``phi_c``.
    """
    low = np.broadcast_to(np.maximum(phi_c, 1e-12), case.shape)
    reachable = case.at(letters.balance, phi=1.0) > 0
    already = case.at(letters.balance, phi=low) >= 0
    todo = reachable & ~already
    crossing = root(case, letters.balance, letters.phi, np.where(todo, low, np.nan), np.where(todo, 1.0, np.nan))
    return np.asarray(np.where(todo, crossing, np.where(reachable, low, 1.0)))


def date(case: BaseCase, phi: npt.ArrayLike) -> Array:
    """When heterogeneity has fallen to ``-ln(phi)`` by the timetable; 0 when it starts there, infinite when never.

    Args:
        case: the case.
        phi: compatibility, above 0 and at most 1, broadcasts with the case.

    Raises:
        TypeError: when the case is none, or ``phi`` is not made of real numbers.
        ValueError: when ``phi`` is out of range.

    Example:
        >>> base = BaseCase()
        >>> round(float(date(BaseCase(tau=3.0), thresholds(base)[1])), 2)
        7.58
    """
    a_case(case)
    V = -np.log(np.asarray(checked("phi", phi), dtype=np.float64))
    late = 700.0 / case.at(letters.rate)
    slope, turn = case.at(letters.timetable.diff(letters.t), letters.turn, t=0.0)
    late = np.where((slope < 0) & (turn > 0) & (turn < late), turn, late)  # it falls, turns once, and rises again
    start, end = (case.at(letters.timetable, t=t) - V for t in (0.0, late))
    falls = (start > 0) & (end < 0)
    t = root(case, letters.timetable, letters.t, np.where(falls, 0.0, np.nan), np.where(falls, late, np.nan), V)
    return np.asarray(np.where(falls, t, np.where(start > 0, np.inf, 0.0)))
