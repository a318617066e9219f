r"""How much one per cent less of an obstacle saves: exact elasticities, by letter and by lever.

The **saving** of a letter on an outcome :math:`Y` that should fall is :math:`\partial \ln Y / \partial \ln o`, with
the obstacle :math:`o` behind the letter: by how many per cent :math:`Y` falls when the obstacle does by one. A lever
that cuts several obstacles by the same percentage saves their sum. Savings come from derivatives of formulas:

- of :math:`\phi_0, \phi_c` directly, of :math:`\phi_b` and of dates by implicit differentiation;
- of the **shortfall**, the intensity needed for a stage over the intensity there is, by the chain rule. Units that
  come from the unlike side reach a stage at :math:`V_k` if transfer exceeds the largest :math:`\tau(V)` with
  :math:`V \ge V_k`: that is the highest fold beyond :math:`V_k` where it is higher than
  :math:`\tau(V_k)`. At a fold the slope of :math:`\tau(V)` is zero, so that only direct effects count (envelope).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.numeric import Array
from ecolib.paper.policy import letters
from ecolib.paper.policy.case import BaseCase
from ecolib.paper.policy.doors import a_case, a_name, a_number
from ecolib.paper.policy.levers import LEVERS, OBSTACLES
from ecolib.paper.policy.rest import SLOPE, critical, hardest, needed
from ecolib.paper.policy.thresholds import date, thresholds

__all__ = ["OUTCOMES", "best_lever", "lever_savings", "outcome", "savings"]

OUTCOMES = ("phi_0", "phi_c", "phi_b", "shortfall_up", "shortfall_c", "shortfall_b", "t_c", "t_b")
"""Outcomes that should fall."""

_STAGES = {"0": 0, "c": 1, "b": 2}


def outcome(case: BaseCase, name: str) -> Array:
    """An outcome in numbers, of the shape of the case; NaN or infinite where it does not exist.

    Args:
        case: the case.
        name: one of :data:`OUTCOMES`: a threshold, a shortfall (at the fold, or of the stages c and b), a date.

    Raises:
        TypeError: when the case is none.
        ValueError: for an unknown outcome.

    Example:
        >>> [round(float(outcome(BaseCase(), name)), 3) for name in ("phi_c", "shortfall_up", "shortfall_b")]
        [0.556, 1.379, 1.415]
    """
    a_case(case)
    kind, _, stage = _parsed(name)
    if stage == "up":
        return np.asarray(critical(case)[0] / case.tau)
    phi = thresholds(case)[_STAGES[stage]]
    if kind == "phi":
        return phi
    if kind == "t":
        return np.where(phi > 0, date(case, np.where(phi > 0, phi, 0.5)), 0.0)
    V, _ = _hardest(case, phi)
    most = needed(case, np.where(np.isnan(V), 1.0, V)) / case.tau
    return np.where(phi >= 1, np.inf, np.where(phi <= 0, 0.0, np.where(np.isnan(V), np.nan, most)))


def _hardest(case: BaseCase, phi: Array) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Where on the way from the unlike side to a stage most transfer is needed, and whether that is at the fold.

    NaN without a stage between 0 and 1, and where benefit has run away before it.
    """
    inside = (phi > 0) & (phi < 1)
    V = -np.log(np.where(inside, phi, 0.5))
    tau, at = hardest(case, np.broadcast_to(V, case.shape))
    with np.errstate(invalid="ignore"):
        folded = inside & (tau > needed(case, V))
    lives = inside & (case.at(letters.room, phi=phi) > 0)
    return np.where(lives, np.where(folded, at, V), np.nan), folded


def savings(case: BaseCase, name: str) -> dict[str, Array]:
    """By how many per cent an outcome falls when the obstacle behind a letter falls by one, for every letter.

    Args:
        case: the case.
        name: one of :data:`OUTCOMES`.

    Returns:
        Savings by name of the letter, each of the shape of the case; NaN where the outcome does not exist.

    Example:
        >>> found = savings(BaseCase(), "phi_c")
        >>> {letter: round(float(value), 3) for letter, value in found.items() if value}
        {'pull': 0.246, 'c': 0.308, 'omega': 0.077}
    """
    a_case(case)
    kind, _, stage = _parsed(name)
    if stage == "up":
        V = critical(case)[1]
        return _signed(case, _at(case, "needed", np.isfinite(V), V=V))
    phi = thresholds(case)[_STAGES[stage]]
    moved = _at(case, stage, (phi > 0) & (phi < 1), phi=phi)
    if kind == "phi":
        return _signed(case, moved)
    if kind == "shortfall":
        V, folded = _hardest(case, phi)
        slope = np.where(folded, 0.0, case.at(SLOPE, V=np.where(np.isnan(V), 1.0, V)))
        return _signed(case, _at(case, "needed", np.isfinite(V), V=V) - slope[..., None] * moved)
    inside = (phi > 0) & (phi < 1)
    t = date(case, np.where(inside, phi, 0.5))
    exists = inside & np.isfinite(t) & (t > 0)
    by_letter = _at(case, "timetable", exists, t=t)
    falls = np.where(exists, case.at(letters.timetable.diff(letters.t), t=np.where(exists, t, 1.0)), np.nan)
    return _signed(case, -(by_letter + moved) / (falls * np.where(exists, t, np.nan))[..., None])


def lever_savings(case: BaseCase, name: str) -> dict[str, Array]:
    """By how many per cent an outcome falls when a lever cuts its obstacles by one each; NaN where it does not exist.

    Example:
        >>> {lever: round(float(value), 2) for lever, value in lever_savings(BaseCase(), "shortfall_up").items()}
        {'alliance': 0.84, 'platform': 0.05, 'open border': 0.27, 'circulation': 2.25, 'digital': 1.63}
    """
    by_letter = savings(case, name)
    return {lever.name: np.sum([by_letter[letter] for letter in lever.obstacles], axis=0) for lever in LEVERS.values()}


def best_lever(case: BaseCase, name: str, *, least: float = 1e-9) -> npt.NDArray[np.int64]:
    """Which lever saves most per unit of dose: its place among the levers; -1 where none saves or nothing exists.

    Args:
        case: the case.
        name: one of :data:`OUTCOMES`.
        least: what the best must save more than.

    Raises:
        TypeError: when the case is none, or ``least`` not a real number.
        ValueError: for an unknown outcome, or ``least`` not finite.

    Example:
        >>> list(LEVERS)[int(best_lever(BaseCase(), "phi_c"))]
        'alliance'
    """
    a_number("least", least)
    table = np.stack(list(lever_savings(case, name).values()), axis=-1)
    known = np.isfinite(table).all(axis=-1) & (table.max(axis=-1, initial=-np.inf) > least)
    return np.where(known, np.argmax(np.where(np.isnan(table), -np.inf, table), axis=-1), -1).astype(np.int64)


def _parsed(name: str) -> tuple[str, str, str]:
    return a_name("an outcome", name, OUTCOMES).partition("_")


@lru_cache(maxsize=8)
def _formulas(kind: str) -> tuple[sp.Expr, ...]:
    """Derivatives by every letter: of ln phi, of ln of the shortfall at fixed V, of the timetable at a fixed time."""
    by = [getattr(letters, name) for name in OBSTACLES]
    if kind == "b":
        slope = letters.balance.diff(letters.phi) * letters.phi
        return tuple(-letters.balance.diff(letter) / slope for letter in by)
    if kind == "timetable":
        return tuple(letters.timetable.diff(letter) for letter in by)
    explicit = {"0": letters.phi_0, "c": letters.phi_c, "needed": letters.needed / letters.tau}
    return tuple(explicit[kind].diff(letter) / explicit[kind] for letter in by)


def _at(case: BaseCase, kind: str, exists: npt.ArrayLike, **place: Any) -> Array:
    """The derivatives in numbers, letters along the last axis; NaN where the outcome does not exist."""
    there = {name: np.where(exists, value, 0.5) for name, value in place.items()}
    values = np.stack(np.broadcast_arrays(*case.at(*_formulas(kind), **there)), axis=-1)
    return np.where(np.asarray(exists)[..., None], values, np.nan)


def _signed(case: BaseCase, derivatives: Array) -> dict[str, Array]:
    """Savings from derivatives of ln Y by letters: the letter's step per one per cent less of its obstacle."""
    steps = case.at(*(o / o.diff(getattr(letters, name)) for name, o in OBSTACLES.items()))
    exists, found = np.isfinite(derivatives).any(axis=-1), {}
    with np.errstate(invalid="ignore"):
        for k, name in enumerate(OBSTACLES):  # an obstacle that is gone saves nothing more
            found[name] = np.where(exists & (steps[k] == 0), 0.0, derivatives[..., k] * steps[k])
    return found
