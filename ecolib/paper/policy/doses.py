r"""How far one lever must be pulled: to rest at a heterogeneity, and to get beyond the fold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array
from ecolib.paper.policy.case import BaseCase, checked
from ecolib.paper.policy.conditions import carries_over, stuck
from ecolib.paper.policy.doors import a_name, a_number, one_case
from ecolib.paper.policy.levers import CUT, LEVERS
from ecolib.paper.policy.rest import critical, needed

__all__ = ["dose_needed", "tipping_dose"]

HALVINGS = 40


def dose_needed(case: BaseCase, lever: str, V: npt.ArrayLike, *, cut: float = CUT) -> Array:
    """The dose of a lever at which units rest at a heterogeneity, of the shape of ``V``; NaN where none does.

    Args:
        case: one case.
        lever: name of a lever that lowers the intensity needed over the intensity there is.
        V: heterogeneity, positive.
        cut: part of each obstacle that a full dose removes.

    Raises:
        ValueError: for a batch, an unknown lever, or a number out of range.

    Example:
        >>> dose_needed(BaseCase(), "circulation", (1.5, 0.5, 0.05)).round(3).tolist()
        [0.129, 0.25, 0.449]
    """
    name, level = _lever(case, lever), np.asarray(checked("V", V), dtype=np.float64)
    wide = replace(case, c=np.broadcast_to(case.c, level.shape))

    def lacks(dose: Array) -> npt.NDArray[np.bool_]:
        after = LEVERS[name](wide, dose, cut=cut)
        return np.asarray(needed(after, level) > after.tau, dtype=np.bool_)

    low, high = np.zeros(level.shape), np.ones(level.shape)
    exists = lacks(low) & ~lacks(high)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        short = lacks(middle)
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.where(exists, high, np.nan)


def tipping_dose(case: BaseCase, lever: str, *, cut: float = CUT) -> float:
    """The least dose of a lever that frees a case that is stuck; infinite when a full dose does not, 0 when it is free.

    NaN for a case without a fold. Found by bisection, which supposes that what a dose frees a larger one frees too.

    Example:
        >>> [round(tipping_dose(BaseCase(), lever), 3) for lever in ("circulation", "platform")]
        [0.266, inf]
    """
    name, cut = _lever(case, lever), a_number("cut", cut)
    if np.isnan(critical(case)[0]):
        return np.nan
    if not stuck(case):
        return 0.0
    if not carries_over(case, {name: 1.0}, cut=cut):
        return np.inf
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if carries_over(case, {name: middle}, cut=cut):
            high = middle
        else:
            low = middle
    return high


def _lever(case: BaseCase, lever: str) -> str:
    one_case(case)
    return a_name("a lever", lever, LEVERS)
