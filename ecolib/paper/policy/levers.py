r"""The five levers: what each policy of the paper's section 4 moves, and by how much.

An **obstacle** is what stands in the way, written so that less is better: friction :math:`c`, the closed part of the
return flow :math:`1 - \omega`, the unequal part of sharing :math:`1 - \kappa`, firms without a partner
:math:`1 - \rho`, inflow :math:`\eta`, and slowness :math:`1/\tau, 1/\lambda, 1/k`. A **lever** at the dose
:math:`d` multiplies each of its obstacles by :math:`1 - h d`, with the cut :math:`h`. So equal doses are equal
*relative* changes of obstacles, dose 0 changes nothing, and levers commute.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import sympy as sp

from ecolib.fit import common_shape
from ecolib.paper.policy import letters
from ecolib.paper.policy.case import BaseCase
from ecolib.paper.policy.doors import a_case, a_name
from ecolib.values import real_array

__all__ = ["LEVERS", "OBSTACLES", "Lever", "alliance", "apply", "circulation", "digital", "open_border", "platform"]

CUT = 0.5
"""A full dose halves every obstacle, unless said otherwise."""

OBSTACLES: Mapping[str, sp.Expr] = MappingProxyType(
    {
        "pull": 1 - letters.pull,
        "c": letters.c,
        "omega": 1 - letters.omega,
        "linked": 1 - letters.linked,
        "eta": letters.eta,
        "V_p": letters.V_p,
        "tau": 1 / letters.tau,
        "learning": 1 / letters.learning,
        "pace": 1 / letters.pace,
    }
)
"""The obstacle behind each letter."""


@dataclass(frozen=True)
class Lever:
    """A policy as a change of letters.

    Main attributes:
        name : its name
        section : section of the source paper
        term : the paper's Chinese term
        level : "micro", "meso" or "macro", as the paper's section 4 places it in our reading
        obstacles : names of the letters whose obstacles it cuts
    """

    name: str
    section: str
    term: str
    level: str
    obstacles: tuple[str, ...]

    def __call__(self, case: BaseCase, dose: Any, *, cut: float = CUT) -> BaseCase:
        """The case after a dose.

        Args:
            case: the case before.
            dose: how far the lever is pulled, numbers from 0 (unchanged) to 1.
            cut: part of each obstacle that a full dose removes, above 0 and below 1.

        Raises:
            TypeError: when the case is none, or a number is not real.
            ValueError: when a number is out of range.

        Example:
            >>> after = digital(BaseCase(), 1)
        >>> float(after.c), float(after.learning)
            (0.25, 0.2)
        """
        a_case(case)
        part, given = _between("cut", cut, open_ends=True), _between("dose", dose)
        common_shape(case=np.empty(case.shape), cut=part, dose=given)
        left = 1.0 - part * given
        return replace(case, **{name: _moved(name, getattr(case, name), left) for name in self.obstacles})


def _moved(name: str, value: Any, left: Any) -> Any:
    """The letter when its obstacle is multiplied by what is left."""
    match OBSTACLES[name]:
        case sp.Symbol():
            return value * left
        case sp.Pow():
            return value / left
        case _:
            return value + (1.0 - value) * (1.0 - left)


def _between(name: str, value: Any, *, open_ends: bool = False) -> Any:
    numbers = real_array(name, value)[()]
    inside = (numbers > 0) & (numbers < 1) if open_ends else (numbers >= 0) & (numbers <= 1)
    if not np.all(inside):
        rule = "above 0 and below 1" if open_ends else "between 0 and 1"
        raise ValueError(f"{name} must be {rule}, got {np.asarray(numbers)[~np.asarray(inside)].flat[0]}")
    return numbers


alliance = Lever("alliance", "4.1", "企业创新战略联盟", "micro", ("pull", "c"))
"""An open view of performance, strategic alliances: shares are pulled towards equal, protected knowledge leaks less."""

platform = Lever("platform", "4.2", "产业链链长制", "meso", ("pace", "V_p"))
"""Chain leaders and linkage platforms: image parameters differ less at the start and align faster."""

open_border = Lever("open border", "4.3", "打破区域联结壁垒", "meso", ("omega", "linked"))
"""Barriers between regions fall: the return flow opens, and more firms have a partner across the border."""

circulation = Lever("circulation", "4.4", "国内大循环", "macro", ("tau", "linked", "eta"))
"""Domestic circulation is unblocked: transfer rises, cross links are added, newcomers are absorbed."""

digital = Lever("digital", "4.5", "数字化", "macro", ("learning", "c"))
"""Digitalisation: partners learn faster from each other, and friction falls."""

LEVERS: Mapping[str, Lever] = MappingProxyType(
    {lever.name: lever for lever in (alliance, platform, open_border, circulation, digital)}
)
"""The five levers by name, in the order of the paper."""


def apply(case: BaseCase, doses: Mapping[str, Any], *, cut: float = CUT) -> BaseCase:
    """The case after several levers, in any order.

    Args:
        case: the case before.
        doses: dose by name of a lever; levers that are not named stay at 0.
        cut: part of each obstacle that a full dose removes.

    Raises:
        TypeError: when the case is none, or doses are not given by name.
        ValueError: for an unknown lever, or a number out of range.

    Example:
        >>> both = apply(BaseCase(), {"alliance": 1, "digital": 1})
        >>> float(both.c), float(both.pull), float(both.learning)
        (0.125, 0.5, 0.2)
    """
    a_case(case)
    if not isinstance(doses, Mapping):
        raise TypeError(f"doses must be a mapping from names of levers to doses, got {doses!r}")
    for name, dose in doses.items():
        case = LEVERS[a_name("a lever", name, LEVERS)](case, dose, cut=cut)
    return case
