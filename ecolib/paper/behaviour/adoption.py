r"""When open innovation needs company: critical mass, and courses that get stuck.

A part :math:`\theta` of the return to openness needs other open firms, so that at a share :math:`z_O` of open firms

.. math:: \pi_O = p_0 + \beta_O e^q (1 - \theta + \theta z_O) - \kappa_O .

A paradigm is an **attractor** if it resists the first few firms of any other kind. Between two attractors lies a
**separatrix**. Along an edge of the triangle of shares it is one point, the **critical mass** of open firms

.. math:: z^* = 1 - \frac{\beta_O e^q - \kappa_O - \max(\beta_I e - \kappa_I, 0)}{\theta \beta_O e^q} .
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.doors import check_kind
from ecolib.numeric import Array, compiled
from ecolib.paper.behaviour import letters
from ecolib.paper.behaviour.imitation import replicator
from ecolib.paper.behaviour.paradigms import Paradigm, Paradigms
from ecolib.paper.behaviour.ranges import checked, counted, single
from ecolib.simulation import simulate
from ecolib.system import System

__all__ = ["GAME", "PARADIGMS", "attractors", "critical_mass", "game", "separatrix"]

GAME = sp.ImmutableMatrix(
    [[letters.linear] * 3, [letters.integrated] * 3, [letters.lone, letters.lone, letters.opened]]
)
"""What each paradigm earns where all others are linear, integrated, open; in letters."""

PARADIGMS: System = replicator(GAME, names=("L", "I", "O"))
"""Firms that imitate what pays: shares of the three paradigms, with all letters free."""

OFF = 1e-6
"""Share of the worse other paradigm at which a separatrix begins; backwards in time all paths draw near to it."""

POINTS, SECONDS, LONGEST = 100_000, 20.0, 1000.0
"""A separatrix has at most so many points, and is followed for so many seconds, and so far beyond the other edge."""


def game(paradigms: Paradigms, e: float) -> sp.ImmutableMatrix:
    """The matrix of payoffs at a reach, in numbers: rows and columns are linear, integrated, open.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when the paradigms are a batch, or ``e`` is out of range.

    Example:
        >>> game(Paradigms(beta_I=1, kappa_I=0.25, beta_O=2, kappa_O=0.75, theta=0.5), 1.0).row(2).evalf(3)
        Matrix([[0.25, 0.25, 1.25]])
    """
    check_kind("paradigms", paradigms, Paradigms)
    rows = np.array([_one(paradigms).payoffs(single("e", e), z_O=z) for z in (0.0, 0.0, 1.0)]).T
    return sp.ImmutableMatrix(3, 3, [sp.Float(entry) if entry else 0 for entry in rows.ravel().tolist()])


def attractors(paradigms: Paradigms, e: float) -> tuple[Paradigm, ...]:
    """The paradigms that stay once all firms follow them: everything else earns strictly less when it is rare.

    Raises:
        TypeError: when an argument is of another kind.

    Example:
        >>> [one.value for one in attractors(Paradigms(beta_I=1, kappa_I=0.25, beta_O=2, kappa_O=0.75, theta=0.5), 1)]
        ['integrated', 'open']
    """
    check_kind("paradigms", paradigms, Paradigms)
    matrix = np.array(game(paradigms, e), dtype=float)
    rivals = np.where(np.eye(3, dtype=bool), -np.inf, matrix).max(axis=0)
    return tuple(one for one, own, rival in zip(Paradigm, matrix.diagonal(), rivals, strict=True) if own > rival)


def critical_mass(paradigms: Paradigms, e: npt.ArrayLike) -> Any:
    """Share of open firms above which openness earns more than the better of the two other paradigms.

    It is 0 where openness pays for the first firm already, and infinite where it does not pay even if all are open.
    From any start with a larger share the share of open firms rises to 1.

    Args:
        paradigms: one set, or a batch that broadcasts against ``e``.
        e: reach, number or array.

    Raises:
        TypeError: when an argument is of another kind.

    Example:
        >>> pool = Paradigms(beta_I=1, kappa_I=0.25, beta_O=2, kappa_O=0.75, theta=0.5)
        >>> critical_mass(pool, (0.7, 0.9, 1.0)).round(3).tolist()
        [inf, 0.728, 0.5]
    """
    check_kind("paradigms", paradigms, Paradigms)
    reach = checked("e", e)
    names = ("beta_I", "kappa_I", "beta_O", "kappa_O", "q", "theta")
    given = {getattr(letters, name): getattr(paradigms, name) for name in names} | {letters.e: reach}
    with np.errstate(divide="ignore", invalid="ignore"):
        mass = compiled(letters.critical_mass, *given)(*given.values())
    others = paradigms.payoffs(reach)[..., :2].max(axis=-1)
    alone, together = (paradigms.payoffs(reach, z_O=z)[..., 2] for z in (0.0, 1.0))
    return np.where(together <= others, np.inf, np.where(alone >= others, 0.0, mass))[()]


def separatrix(paradigms: Paradigms, e: float, *, points: int = 400) -> Array:
    """Shares that divide starts that end open from starts that do not, shape ``(3, points)``.

    The curve is the stable manifold of the saddle on the edge between openness and the better other paradigm, followed
    backwards at equal steps of time; where the two others earn alike it is the straight line of the critical mass.

    Args:
        paradigms: one set with two attractors at this reach.
        e: reach.
        points: how many points, from 2 to 100 000.

    Raises:
        TypeError: when ``points`` is not an integer.
        ValueError: when there is no critical mass strictly between 0 and 1, ``points`` is below 2 or above 100 000,
            or the curve cannot be followed within 20 seconds.

    Example:
        >>> pool = Paradigms(beta_I=1, kappa_I=0.25, beta_O=2, kappa_O=0.75, theta=0.5)
        >>> separatrix(pool, 1.0)[:, 0].round(3).tolist()
        [0.0, 0.5, 0.5]
    """
    check_kind("paradigms", paradigms, Paradigms)
    matrix, count = game(paradigms, e), counted("points", points, least=2, most=POINTS)
    mass = float(critical_mass(paradigms, e))
    if not 0 < mass < 1:
        raise ValueError(f"a separatrix needs a critical mass between 0 and 1, got {mass} at e = {e}")
    ahead = float(matrix[1, 0] - matrix[0, 0])  # by how much the integrated paradigm beats the linear one
    if ahead == 0:
        others = np.linspace(0.0, 1.0 - mass, count)
        return np.stack([others, others[::-1], np.full(count, mass)])
    company = float(matrix[2, 2] - matrix[2, 0])
    worse, better, opened = _backward(mass, abs(ahead), company, count)
    rest = np.clip(1.0 - opened, 0.0, 1.0) / (worse + better)
    rows = [rest * worse, rest * better, np.minimum(opened, 1.0)]
    return np.stack(rows if ahead > 0 else [rows[1], rows[0], rows[2]])


def _backward(mass: float, ahead: float, company: float, points: int) -> Array:
    """The stable manifold: shares of the worse and the better other among both, share of open firms.

    Time is counted in growth of the odds between the two others, so that nearly tied ones take no longer.
    """
    worse, better, opened = sp.symbols("worse better opened", real=True)
    need = opened - mass + ahead / company * worse  # openness earns company * need more than the mix of others
    pull = company / ahead
    field = (worse * better, -worse * better, -pull * opened * (1 - opened) * need)
    end = 30.0 + min(20.0 / (pull * mass * (1.0 - mass)), LONGEST)
    times = np.linspace(0.0, end, points)
    path = simulate(
        System((worse, better, opened), field), {}, x0=(OFF, 1 - OFF, mass), t=times, rtol=1e-10, seconds=SECONDS
    )
    if path.ended != "finished":
        raise ValueError(f"the separatrix could not be followed: {path.message}")
    return path.x


def _one(paradigms: Paradigms) -> Paradigms:
    if np.shape(paradigms.course_code()):
        raise ValueError(f"one set of paradigms is needed, got a batch of shape {np.shape(paradigms.course_code())}")
    return paradigms
