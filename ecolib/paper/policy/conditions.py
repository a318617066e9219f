r"""The conditions on which the verdicts on the five policies depend, decided for a case in numbers.

A case is **stuck** when its transfer is below the critical intensity :math:`\tau_{up}`, so that unlike units rest on a
branch that ends in a fold. Levers **carry it over** when after them it is not stuck, and units that start unlike rest
beyond where the fold was. A pair's **passage** says which of its levers do so alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array
from ecolib.paper.policy import letters
from ecolib.paper.policy.case import BaseCase, checked
from ecolib.paper.policy.doors import a_case, a_name
from ecolib.paper.policy.levers import CUT, LEVERS, apply
from ecolib.paper.policy.rest import critical, needed, rest

__all__ = [
    "PASSAGES",
    "aligns",
    "carries_over",
    "coexists",
    "inflow_borne",
    "only_together",
    "passage",
    "sharing_pays",
    "stuck",
]

PASSAGES = ("not even together", "only together", "one alone", "each alone", "no need")
"""Which of two levers carry a case over; there is no need where the case is not stuck."""

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
    return np.asarray(case.at(letters.joint.diff(letters.pull), phi=phi) > 0) & coexists(case, V)


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
    one, other = a_name("a lever", one, LEVERS), a_name("a lever", other, LEVERS)
    alone = carries_over(case, {one: dose}, cut=cut) | carries_over(case, {other: dose}, cut=cut)
    return carries_over(case, {one: dose, other: dose}, cut=cut) & ~alone


def coexists(case: BaseCase, V: npt.ArrayLike) -> Truth:
    """Whether there is room for coexistence at a heterogeneity: benefit does not run away.

    Args:
        case: the case.
        V: heterogeneity, at least 0, broadcasts with the case.

    Example:
        >>> [bool(coexists(BaseCase(s=s), 0.01)) for s in (1.8, 2.6)]
        [True, False]
    """
    return np.asarray(a_case(case).at(letters.room, phi=_phi(V)) > 0)


def inflow_borne(case: BaseCase, doses: Mapping[str, Any], V: npt.ArrayLike, *, cut: float = CUT) -> Array:
    """By what factor levers may raise inflow until the transfer missing at a heterogeneity is what it was before.

    They help there exactly if they raise inflow by less; NaN where there is no room for coexistence.

    Args:
        case: the case before.
        doses: dose by name of a lever.
        V: heterogeneity, positive, broadcasts with the case.
        cut: part of each obstacle that a full dose removes.

    Example:
        >>> round(float(inflow_borne(BaseCase(), {"open border": 1}, 1.99)), 2)
        1.18
    """
    after, level = apply(case, doses, cut=cut), np.asarray(checked("V", V), dtype=np.float64)
    joint, now = after.at(letters.joint, phi=_phi(V)), needed(case, V) / case.tau
    with np.errstate(divide="ignore", invalid="ignore"):
        z = now * after.tau * after.learning * joint
        inflow = level / ((1 - after.image) / z + after.image / (z + after.alignment))
    return np.asarray(np.where(coexists(case, V) & coexists(after, V), inflow / after.eta, np.nan))


def passage(case: BaseCase, one: str, other: str, *, dose: Any, cut: float = CUT) -> npt.NDArray[np.int64]:
    """Which of two levers carry a case over: positions in :data:`PASSAGES`.

    Example:
        >>> [PASSAGES[int(passage(BaseCase(), "circulation", "digital", dose=dose))] for dose in (0.1, 0.2, 0.3, 1)]
        ['not even together', 'only together', 'one alone', 'each alone']
    """
    one, other = a_name("a lever", one, LEVERS), a_name("a lever", other, LEVERS)
    alone = [carries_over(case, {name: dose}, cut=cut) for name in (one, other)]
    together = carries_over(case, {one: dose, other: dose}, cut=cut)
    kinds = (~stuck(case), alone[0] & alone[1], alone[0] | alone[1], together)
    return np.select(np.broadcast_arrays(*kinds), (4, 3, 2, 1), 0).astype(np.int64)


def _phi(V: npt.ArrayLike) -> Array:
    return np.exp(-np.asarray(checked("V", V), dtype=np.float64))
