r"""Which equilibria win, and where that changes.

The **regime** of a parameter set names its **attractors**, the stable equilibria among the :math:`2^n`:

- ``coexistence``: one attractor, all units present;
- ``exclusion``: one attractor, someone absent;
- ``bistability``: several attractors (or one, while other starts grow without bound): the start decides;
- ``unbounded growth``: no attractor, and an open set of starts that outgrow every bound;
- ``no point attractor``: none of the above; orbits keep moving (cycles, heteroclinic orbits, chaos);
- ``undecided``: some feasible equilibrium has an eigenvalue with zero real part.

Growth without bound takes its place beside the equilibria as an attractor at infinity (:mod:`ecolib.escape`).

Regimes are statements about equilibria: a point attractor does not rule out a cycle elsewhere when n > 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.charts import REGIMES, codes_of, mode_codes, regime_codes, winners
from ecolib.doors import check_kind, real
from ecolib.equilibria import equilibria
from ecolib.fit import check_fit
from ecolib.model import Symbiosis
from ecolib.modes import Mode
from ecolib.numeric import steady_state
from ecolib.values import Values

__all__ = ["REGIMES", "Regime", "Transition", "mode", "mode_map", "regime", "regime_map", "transitions"]

GAIN_TOLERANCE = 1e-9
"""A gain smaller than this fraction of going it alone counts as neither gain nor loss."""


@dataclass(frozen=True)
class Regime:
    """The regime of one parameter set.

    Main attributes:
        name : one of :data:`REGIMES`
        attractors : outputs ``x`` at the stable equilibria, shape ``(attractors, units)``, as tuples
        supports : the present units of each attractor
        unbounded : whether an escaping ray attracts: an open set of starts outgrows every bound
    """

    name: str
    attractors: tuple[tuple[float, ...], ...]
    supports: tuple[tuple[int, ...], ...]
    unbounded: bool


@dataclass(frozen=True)
class Transition:
    """A place in parameter space where the set of winning equilibria changes.

    Main attributes:
        kind : "transcritical" (two equilibria meet and exchange stability) or "escape to infinity"
        where : the equation of the place, in letters
        between : supports of the equilibria that meet; a single one when it escapes
    """

    kind: str
    where: sp.Basic
    between: tuple[tuple[int, ...], ...]

    def __repr__(self) -> str:
        return f"{self.kind} at {self.where.lhs} = {self.where.rhs}"


def transitions(model: Symbiosis) -> tuple[Transition, ...]:
    """Every place where equilibria of a linear model can meet or escape, in letters.

    A necessary condition: whether stability is exchanged there also asks that the equilibria be feasible.

    Example:
        >>> for place in transitions(Symbiosis.of(units=2)): print(place)
        transcritical at alpha_21 + 1 = 0
        transcritical at alpha_12 + 1 = 0
        escape to infinity at -alpha_12*alpha_21 + 1 = 0
    """
    found: list[Transition] = []
    for point in equilibria(model):
        for k in point.absent:
            meeting = point.invasion_numerator(k)
            if not meeting.is_number:
                joined = tuple(sorted((*point.support, k)))
                found.append(Transition("transcritical", sp.Eq(meeting, 0), (point.support, joined)))
        if not point.denominator.is_number:
            found.append(Transition("escape to infinity", sp.Eq(point.denominator, 0), (point.support,)))
    return tuple(found)


def regime(model: Symbiosis, values: Values) -> Regime:
    """The regime of one parameter set.

    Raises:
        ValueError: when model and values do not fit, or the values are a batch (see :func:`regime_map`).

    Example:
        >>> guest = Values(r=(0.5, 0.4), K=(100, 80), alpha=((0, 0.3), (-0.2, 0)))
        >>> outcome = regime(Symbiosis.of(units=2), guest)
        >>> outcome.name, [round(x, 1) for x in outcome.attractors[0]]
        ('coexistence', [122.6, 60.4])

    References: HofbauerSigmund1998, Takeuchi1996.
    """
    check_fit(model, values)
    if values.shape:
        raise ValueError(f"regime takes one parameter set, got a batch of shape {values.shape}: use regime_map")
    points = equilibria(model)
    table = attracting, _, unbounded = winners(points, values)
    found = [point for point, wins in zip(points, attracting, strict=True) if wins]
    outputs = (steady_state(point, values) * values.K for point in found)
    return Regime(
        name=REGIMES[int(codes_of(*table))],
        attractors=tuple(tuple(float(x) for x in output) for output in outputs),
        supports=tuple(point.support for point in found),
        unbounded=bool(unbounded),
    )


def regime_map(model: Symbiosis, values: Values) -> npt.NDArray[np.int8]:
    """Regimes of a batch, from conditions and without simulating, as positions in :data:`REGIMES`.

    Two and three units are judged by the signs of polynomials where these are clear, by eigenvalues elsewhere; more
    units by eigenvalues. The batch is worked off in pieces, on all processors of this process, at
    most ``OMP_NUM_THREADS`` of them.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when model and values do not fit, the model is not linear, or a rate is outside of 1e-50 to 1e50
            or an effect larger than that.

    Example:
        >>> batch = Values(r=(1, 1), K=(1, 1), alpha=[[[0, a], [a, 0]] for a in (-2, 0.5, 2)])
        >>> [REGIMES[code] for code in regime_map(Symbiosis.of(units=2), batch)]
        ['bistability', 'coexistence', 'unbounded growth']
    """
    check_fit(model, values)
    equilibria(model)  # refuses a model that is not linear
    return regime_codes(values)


def mode(values: Values) -> Mode:
    """The mode of one parameter set of the linear model.

    Raises:
        ValueError: when the values are a batch (see :func:`mode_map`).

    Example:
        >>> mode(Values(r=(0.5, 0.4), K=(100, 80), alpha=((0, 0.3), (-0.2, 0))))
        <Mode.PARASITISM: 'parasitism'>
    """
    check_kind("values", values, Values)
    if values.shape:
        raise ValueError(f"mode takes one parameter set, got a batch of shape {values.shape}: use mode_map")
    return list(Mode)[int(mode_map(values))]


def mode_map(values: Values, *, tol: float = GAIN_TOLERANCE) -> npt.NDArray[np.int8]:
    """Modes of a batch, as positions in ``tuple(Mode)``; gains up to ``tol`` in size count as zero.

    Raises:
        TypeError: when ``values`` is of another kind, or ``tol`` no number.
        ValueError: when ``tol`` is negative or not finite, or numbers are too large or small as of :func:`regime_map`.
    """
    check_kind("values", values, Values)
    return mode_codes(values, real("tol", tol, least=0))
