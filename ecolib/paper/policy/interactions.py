r"""Whether levers help or hinder each other: the joint effect less the sum of the single ones.

With the **benefit** :math:`B` of an outcome, the **interaction** of two levers at a dose is

.. math:: I = B(\text{both}) - B(\text{one}) - B(\text{other}) + B(\text{none}).

Levers are **complements** where :math:`I > 0`, **substitutes** where :math:`I < 0`, **independent** where it vanishes.
The answer belongs to the benefit and to the scale on which it is added up, which is why four are offered:

- ``"threshold"``: :math:`V_c = -\ln \phi_c`, how unlike units may be for followers to gain;
- ``"shortfall"``: minus the logarithm of the shortfall of followers: transfer over what it takes for them to gain;
- ``"years"``: :math:`-t_c`, years saved until followers gain, by the timetable;
- ``"gain"``: the follower's gain where units that start unlike come to rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Any

import numpy as np

from ecolib.numeric import Array
from ecolib.paper.policy.case import BaseCase
from ecolib.paper.policy.doors import a_case, a_name, a_number, one_case
from ecolib.paper.policy.elasticities import outcome
from ecolib.paper.policy.levers import CUT, LEVERS, apply
from ecolib.paper.policy.rest import rest

__all__ = ["BENEFITS", "interaction", "interactions", "relation"]

ZERO = 1e-9
"""An interaction is none when it is smaller than this part of the benefits that it compares."""


def _saved(outcome: Array) -> Array:
    """Minus the logarithm, infinite for an outcome that is 0."""
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(outcome))


BENEFITS: Mapping[str, Callable[[BaseCase], Array]] = MappingProxyType(
    {
        "threshold": lambda case: _saved(outcome(case, "phi_c")),
        "shortfall": lambda case: _saved(outcome(case, "shortfall_c")),
        "years": lambda case: -outcome(case, "t_c"),
        "gain": lambda case: rest(case).follower,
    }
)
"""Benefits by name: functions of a case."""


def interaction(case: BaseCase, one: str, other: str, *, benefit: str, dose: Any = 1.0, cut: float = CUT) -> Array:
    """Joint effect of two levers less the sum of their single effects, of the shape of the case and the dose.

    Args:
        case: the case before.
        one: name of a lever.
        other: name of another lever.
        benefit: a name in :data:`BENEFITS`.
        dose: the dose of both.
        cut: part of each obstacle that a full dose removes.

    Returns:
        Above 0 for complements, below 0 for substitutes; NaN where a benefit is infinite.

    Raises:
        TypeError: when the case is none, or the dose not made of real numbers.
        ValueError: for an unknown name, the same lever twice, or a number out of range.

    Example:
        >>> base = BaseCase()
        >>> round(float(interaction(base, "alliance", "open border", benefit="threshold")), 3)
        0.031
        >>> float(interaction(base, "platform", "digital", benefit="threshold"))
        0.0
    """
    return _judged(case, one, other, benefit, dose, cut)[0]


def relation(case: BaseCase, one: str, other: str, *, benefit: str, dose: float = 1.0, cut: float = CUT) -> str:
    """Whether two levers are "complements", "substitutes" or "independent"; "undefined" where a benefit is infinite.

    Arguments and errors are those of :func:`interaction`, for one case.

    Example:
        >>> late = BaseCase(tau=3.0)
        >>> [relation(late, "alliance", "circulation", benefit=name) for name in ("threshold", "years")]
        ['independent', 'substitutes']
    """
    one_case(case), a_number("dose", dose)
    value, size = (float(number) for number in _judged(case, one, other, benefit, dose, cut))
    if not np.isfinite(value):
        return "undefined"
    return "independent" if abs(value) <= ZERO * size else "complements" if value > 0 else "substitutes"


def interactions(case: BaseCase, *, benefit: str, dose: float = 1.0, cut: float = CUT) -> Array:
    """Interactions of all pairs, shape ``(..., levers, levers)``, symmetric; NaN on the diagonal.

    Rounding is cleared: what is no interaction is exactly 0.

    Example:
        >>> interactions(BaseCase(), benefit="threshold").shape
        (5, 5)
    """
    a_case(case), a_number("dose", dose), a_number("cut", cut)
    table = np.full((*case.shape, len(LEVERS), len(LEVERS)), np.nan)
    for (i, one), (j, other) in combinations(enumerate(LEVERS), 2):
        value, size = _judged(case, one, other, benefit, dose, cut)
        table[..., i, j] = table[..., j, i] = np.where(np.abs(value) <= ZERO * size, 0.0, value)
    return table


def _judged(case: BaseCase, one: str, other: str, benefit: str, dose: Any, cut: float) -> tuple[Array, Array]:
    """The interaction, and the size of what it compares."""
    a_name("a benefit", benefit, BENEFITS)
    if a_name("a lever", one, LEVERS) == a_name("a lever", other, LEVERS):
        raise ValueError(f"two different levers are needed, got {one!r} twice")
    doses: tuple[dict[str, Any], ...] = ({one: dose, other: dose}, {one: dose}, {other: dose}, {})
    both, first, second, none = (BENEFITS[benefit](apply(case, given, cut=cut)) for given in doses)
    with np.errstate(invalid="ignore"):
        value = np.asarray(both - first - second + none)
    size = np.max(np.abs(np.stack(np.broadcast_arrays(both, first, second, none))), axis=0)
    return np.where(np.isfinite(value), value, np.nan), size
