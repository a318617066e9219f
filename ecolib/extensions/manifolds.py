"""The separatrix of two units: which starts lead to which state.

It is the stable manifold of the threshold, the coexistence that is a saddle, and is followed backwards in time. On its
two sides lie the starts that end at the two attractors: the upper coexistence (or growth without bound) and what is
left without it, or, where facultative units exclude each other, either unit alone.
"""

from __future__ import annotations

from ecolib.basins import check_curve, stable_manifold
from ecolib.doors import check_kind
from ecolib.extensions.points import pair_equilibria
from ecolib.model import Symbiosis
from ecolib.numeric import Array
from ecolib.stability import Stability
from ecolib.values import Values

__all__ = ["pair_separatrix"]


def pair_separatrix(model: Symbiosis, values: Values, *, escape: float = 10.0, points: int = 200) -> tuple[Array, ...]:
    """The two halves of the curve through the threshold that divides starts by where they end.

    Args:
        model: two units, linear or made by ``saturating`` and ``obligate``, with numbers for the handling.
        values: one set of numbers for it.
        escape: how far it is followed, in capacities, above 0 and at most 1e6.
        points: points of each half, at least 2.

    Returns:
        Two curves of shape ``(2, points)`` from the threshold outwards, in units of output; empty where no threshold
        is feasible.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when the values are a batch or do not fit, or the model is none of two such units.

    Example:
        >>> from ecolib.extensions.forms import obligate, saturating
        >>> needy = obligate(saturating(Symbiosis.of(units=2), h=0.5), units=(0, 1))
        >>> values = Values(r=(1, 1), K=(1, 1), alpha=((0, 3), (3, 0)))
        >>> [half[:, 0].tolist() for half in pair_separatrix(needy, values)]
        [[1.0, 1.0], [1.0, 1.0]]
    """
    check_kind("values", values, Values)
    check_curve(escape, points)
    if values.shape:
        raise ValueError(f"a separatrix is for one parameter set, got a batch of shape {values.shape}")
    threshold = next(point for point in pair_equilibria(model, values) if point.name == "threshold")
    if threshold.kind is not Stability.SADDLE:
        return ()
    return stable_manifold(model, values, threshold.u, escape=escape, points=points)
