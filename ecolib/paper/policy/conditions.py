r"""The conditions on which the verdicts on the five policies depend, decided for a case in numbers.

A case is **stuck** when its transfer is below the critical intensity :math:`\tau_{up}`, so that unlike units rest on a
branch that ends in a fold. Levers **carry it over** when after them it is not stuck, and units that start unlike rest
beyond where the fold was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array
from ecolib.paper.policy import letters
from ecolib.paper.policy.case import BaseCase, checked
from ecolib.paper.policy.doors import a_case
from ecolib.paper.policy.levers import CUT, apply
from ecolib.paper.policy.rest import critical, rest

__all__ = ["aligns", "carries_over", "only_together", "sharing_pays", "stuck"]

Truth = npt.NDArray[np.bool_]


def sharing_pays(case: BaseCase, V: npt.ArrayLike) -> Truth:
    """Whether pulling shares towards equal parts raises joint activity at a heterogeneity.

    With a return flow that leaks, what the leader gives up does not all arrive: below some reciprocity it does not pay.

    Args:
        case: the case.
        V: heterogeneity, at least 0, broadcasts with the case.

    Example:
        >>> [bool(sharing_pays(BaseCase(omega=omega), 0.7)) for omega in (0.1, 0.8)]
        [False, True]
    """
    a_case(case)
    phi = _phi(V)
    return np.asarray(case.at(letters.joint.diff(letters.pull), phi=phi) > 0) & _lives(case, phi)


def aligns(case: BaseCase) -> Truth:
    """Whether platforms have something to act on: newcomers differ in image parameters, and links cross the border.

    Example:
        >>> bool(aligns(BaseCase())), bool(aligns(BaseCase(linked=0))), bool(aligns(BaseCase(image=0)))
        (True, False, False)
    """
    a_case(case)
    return np.asarray((np.asarray(case.image) > 0) & (case.alignment > 0))


def stuck(case: BaseCase) -> Truth:
    """Whether transfer is below the critical intensity, so that unlike units stay on a branch that ends in a fold.

    Example:
        >>> bool(stuck(BaseCase())), bool(stuck(BaseCase(tau=1.2))), bool(stuck(BaseCase(s=1.2)))
        (True, False, False)
    """
    with np.errstate(invalid="ignore"):
        return np.asarray(np.asarray(a_case(case).tau) < critical(case)[0])


def carries_over(case: BaseCase, doses: Mapping[str, Any], *, cut: float = CUT) -> Truth:
    """Whether levers free a case that is stuck, and units now rest beyond where the fold was.

    Args:
        case: the case before.
        doses: dose by name of a lever.
        cut: part of each obstacle that a full dose removes.

    Example:
        >>> [bool(carries_over(BaseCase(), {"circulation": dose})) for dose in (0.2, 0.3)]
        [False, True]
    """
    after = apply(case, doses, cut=cut)
    V = rest(after).V
    with np.errstate(invalid="ignore"):
        beyond = np.isnan(V) | (critical(case)[1] > V)
    return np.asarray(stuck(case) & ~stuck(after) & beyond)


def only_together(case: BaseCase, one: str, other: str, *, dose: Any, cut: float = CUT) -> Truth:
    """Whether two levers carry a case over that neither carries over alone.

    Example:
        >>> [bool(only_together(BaseCase(), "circulation", "digital", dose=dose)) for dose in (0.05, 0.2, 0.6)]
        [False, True, False]
    """
    alone = carries_over(case, {one: dose}, cut=cut) | carries_over(case, {other: dose}, cut=cut)
    return carries_over(case, {one: dose, other: dose}, cut=cut) & ~alone


def _phi(V: npt.ArrayLike) -> Array:
    return np.exp(-np.asarray(checked("V", V), dtype=np.float64))


def _lives(case: BaseCase, phi: Array) -> Truth:
    """Whether there is room for coexistence."""
    return np.asarray(case.at(letters.room, phi=phi) > 0)
