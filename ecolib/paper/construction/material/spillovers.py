r"""Spillover (溢出): what hosts have of units that have moved in among them.

The **spillover** (溢出) of units that have moved in is what the others gain by their presence. With the coefficients
:math:`A_{HH}` among the others, :math:`A_{HE}` from the newcomers to them, and the newcomers' saturations :math:`u_E`,

.. math:: u_H - u_H^{\text{before}} = (I - A_{HH})^{-1} A_{HE}\, u_E

The column sums of :math:`(I - A)^{-1}`, the Leontief inverse, are **multipliers**: what a
unit's direct help comes to in the whole network.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np
import numpy.typing as npt

from ecolib.networks import Network, coexistence
from ecolib.numeric import Array
from ecolib.paper.construction.material.inputs import collected
from ecolib.paper.construction.material.paths import as_network, places

__all__ = ["multipliers", "spillover"]


def spillover(network: Network, moved: Iterable[Hashable]) -> dict[Hashable, float]:
    """What each of the other units gains by the presence of those that have moved in, by name, dimensionless.

    Args:
        network: the whole network.
        moved: names of the units that have moved in; some, but not all.

    Raises:
        TypeError: when ``moved`` is no collection of names.
        ValueError: for unknown names, none or all of them, or when the units cannot all live together, with or
            without the newcomers.

    Example:
        >>> network = Network(r=1, K=1, alpha=((0, 0.5, 0.2), (0.5, 0, 0), (0, 0, 0)))
        >>> {unit: round(gain, 3) for unit, gain in spillover(network, (2,)).items()}
        {0: 0.267, 1: 0.133}
    """
    given = as_network(network)
    newcomers = places(given, collected("moved", moved))
    others = np.setdiff1d(np.arange(given.units), newcomers)
    if newcomers.size == 0 or others.size == 0:
        raise ValueError(f"some units must have moved, but not all, got {newcomers.size} of {given.units}")
    more = _living(given, "all units")[others] - _living(given.part(others), "the others alone")
    return dict(zip((given.names[i] for i in others), more.tolist(), strict=True))


def multipliers(network: Network | npt.ArrayLike) -> Array:
    """Total saturation that one unit of direct help to each unit adds, shape ``(units,)``: column sums of inv(I - A).

    Raises:
        TypeError, ValueError: as :func:`reducible`.
        ValueError: when ``I - A`` is singular or nearly so.

    Example:
        >>> multipliers(((0, 0.5), (0, 0))).tolist()
        [1.0, 1.5]
    """
    given = as_network(network)
    # Column sums of the inverse are the coexistence of the network with all links turned round.
    found = coexistence(Network(np.array(1.0), np.array(1.0), given.alpha.T))
    if not np.all(np.isfinite(found.saturation)):
        raise ValueError(f"multipliers need a matrix I - A that can be inverted: {found.message}")
    return found.saturation


def _living(network: Network, who: str) -> Array:
    found = coexistence(network)
    if not found.feasible:
        raise ValueError(f"{who} cannot live together: {found.message}")
    return found.saturation
