r"""Administrative barriers (行政壁垒): how far transfer reaches, and how much transfer each paradigm needs.

Links between the regions form by transfer and break on their own. Barriers act in one of two ways:

- they **block** a share :math:`h` of all pairs: :math:`\dot e = \tau (1 - h - e) - e`, at rest
  :math:`e = (1 - h)\,\tau / (1 + \tau)`;
- they **slow** the formation of every link: :math:`\dot e = (1 - h)\,\tau (1 - e) - e`.

Barriers that block leave a **critical barrier** :math:`1 - e^*` from which on no transfer attains a reach
:math:`e^*`. Barriers that slow can be made up for by more transfer, as long as :math:`h < 1`.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from ecolib.numeric import compiled
from ecolib.paper.behaviour import letters
from ecolib.paper.behaviour.ranges import checked
from ecolib.system import System
from ecolib.values import real_array

__all__ = ["Barriers", "critical_barrier", "is_precondition", "link_turnover", "reach", "transfer_needed"]

Barriers = Literal["block", "slow"]

_FORMULAS = {
    "block": (letters.reach_blocked, letters.transfer_blocked, letters.turnover_blocked),
    "slow": (letters.reach_slowed, letters.transfer_slowed, letters.turnover_slowed),
}


def reach(tau: npt.ArrayLike, h: npt.ArrayLike, *, barriers: Barriers = "block") -> Any:
    """Reach of the network at rest, dimensionless.

    Args:
        tau: intensity of transfer, number or array, not negative.
        h: height of barriers, from 0 to 1.
        barriers: whether they "block" pairs or "slow" links.

    Raises:
        TypeError: when a number is none.
        ValueError: when one is out of range, or ``barriers`` is unknown.

    Example:
        >>> float(reach(3.0, 0.2)), float(reach(3.0, 0.2, barriers="slow"))
        (0.6..., 0.705...)
    """
    formula, _, _ = _formulas(barriers)
    return compiled(formula, letters.tau, letters.h)(checked("tau", tau), checked("h", h))[()]


def transfer_needed(e: npt.ArrayLike, h: npt.ArrayLike, *, barriers: Barriers = "block") -> Any:
    """Intensity of transfer at which the reach is ``e``; infinite where no transfer attains it.

    Args:
        e: reach, for instance a threshold of :class:`~ecolib.paper.behaviour.Paradigms`; it may exceed 1.
        h: height of barriers, from 0 to 1.
        barriers: whether they "block" pairs or "slow" links.

    Example:
        >>> transfer_needed(0.25, (0.0, 0.5, 0.75)).round(3).tolist()
        [0.333, 1.0, inf]
    """
    _, formula, _ = _formulas(barriers)
    wanted, height = _threshold(e), checked("h", h)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = compiled(formula, letters.e, letters.h)(wanted, height)
    attained = height < critical_barrier(wanted, barriers=barriers)
    return np.where(wanted == 0, 0.0, np.where(attained, needed, np.inf))[()]


def critical_barrier(e: npt.ArrayLike, *, barriers: Barriers = "block") -> Any:
    """The barrier from which on no transfer attains the reach ``e``; 0 when it lies beyond full reach.

    Example:
        >>> float(critical_barrier(0.25)), float(critical_barrier(0.25, barriers="slow"))
        (0.75, 1.0)
    """
    _formulas(barriers)
    wanted = _threshold(e)
    blocked = compiled(letters.critical_barrier, letters.e)(np.minimum(wanted, 1.0))
    return (blocked if barriers == "block" else np.where(wanted < 1, 1.0, 0.0))[()]


def is_precondition(e: npt.ArrayLike, h: npt.ArrayLike, *, barriers: Barriers = "block") -> Any:
    """Whether a reach ``e`` asks for lower barriers than ``h``, and lower barriers with enough transfer attain it.

    Example:
        >>> is_precondition(0.25, (0.5, 0.8)).tolist(), bool(is_precondition(0.25, 0.8, barriers="slow"))
        ([False, True], False)
    """
    wanted = _threshold(e)
    return ((wanted < 1) & np.isinf(transfer_needed(wanted, h, barriers=barriers)))[()]


def link_turnover(*, barriers: Barriers = "block") -> System:
    """How the reach changes while links form and break: a system in the letter ``e`` for ``simulate``.

    Time is counted in mean lives of a link.

    Example:
        >>> link_turnover().field
        (-e + tau*(-e - h + 1),)
    """
    _, _, rate = _formulas(barriers)
    return System(x=(letters.e,), field=(rate,))


def _formulas(barriers: object) -> tuple[Any, ...]:
    if not isinstance(barriers, str) or barriers not in _FORMULAS:
        raise ValueError(f"barriers must be one of {', '.join(map(repr, get_args(Barriers)))}, got {barriers!r}")
    return _FORMULAS[barriers]


def _threshold(e: npt.ArrayLike) -> Any:
    """A reach, which may lie beyond 1 or be infinite, but is a number."""
    wanted = real_array("e", e)
    if not np.all(wanted >= 0):
        raise ValueError(f"e must be at least 0, got {wanted[~(wanted >= 0)].flat[0]}")
    return wanted
