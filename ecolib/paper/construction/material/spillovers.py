r"""Enclaves (飞地): who acts on whom, directly or through others, and what the others have of it.

A **link** from :math:`j` to :math:`i` is a coefficient :math:`\alpha_{ij} \ne 0`. The **ancestors** of a unit are those
from which a path of links leads to it. A network is **reducible** when some unit is no ancestor of another. It then
falls into **parts** (strongly connected components), within which all act on each other. A part from which no link
leads to units outside is an **enclave**; one to which none leads either is an **island** (孤岛).

The **spillover** (溢出) of units that have moved in is what the others gain by their presence. With the coefficients
:math:`A_{HH}` among the others, :math:`A_{HE}` from the newcomers to them, and the newcomers' saturations :math:`u_E`,

.. math:: u_H - u_H^{\text{before}} = (I - A_{HH})^{-1} A_{HE}\, u_E

The column sums of :math:`(I - A)^{-1}` are **multipliers**: what a unit's direct help comes to in the whole network.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.networks import Network, coexistence, graph_of
from ecolib.numeric import Array

__all__ = ["ancestors", "enclaves", "islands", "multipliers", "parts", "reducible", "spillover"]

Units = tuple[Hashable, ...]


def reducible(network: Network | npt.ArrayLike) -> bool:
    """Whether some unit acts on some other neither directly nor through others.

    Args:
        network: a :class:`~ecolib.networks.Network`, or its coefficients, shape ``(units, units)``.

    Raises:
        TypeError: when coefficients are not real numbers.
        ValueError: for coefficients of another shape, that are not finite, or with a diagonal that is not zero.

    Example:
        >>> reducible(((0, 0.5), (0, 0))), reducible(((0, 0.5), (0.5, 0)))
        (True, False)
    """
    from scipy.sparse.csgraph import connected_components

    return bool(connected_components(_network(network).alpha, connection="strong", return_labels=False) > 1)


def parts(network: Network | npt.ArrayLike) -> tuple[Units, ...]:
    """Names of the units of each part, such that every part comes before those it acts on.

    Raises:
        TypeError, ValueError: as :func:`reducible`.

    Example:
        >>> parts(((0, 0, 0), (0.5, 0, 0.5), (0, 0.5, 0)))
        ((0,), (1, 2))
    """
    return tuple(part for part, _, _ in _connected(_network(network)))


def enclaves(network: Network | npt.ArrayLike) -> tuple[Units, ...]:
    """Parts that act on no unit outside them; none when the network is one part.

    Raises:
        TypeError, ValueError: as :func:`reducible`.

    Example:
        >>> enclaves(((0, 0, 0), (0.5, 0, 0.5), (0, 0.5, 0)))
        ((1, 2),)
    """
    given = _network(network)
    return tuple(part for part, out, _ in _connected(given) if not out and len(part) < given.units)


def islands(network: Network | npt.ArrayLike) -> tuple[Units, ...]:
    """Enclaves on which no unit outside acts either.

    Raises:
        TypeError, ValueError: as :func:`reducible`.

    Example:
        >>> islands(((0, 0, 0), (0, 0, 0.5), (0, 0.5, 0)))
        ((0,), (1, 2))
    """
    given = _network(network)
    return tuple(part for part, out, into in _connected(given) if not (out or into) and len(part) < given.units)


def ancestors(network: Network | npt.ArrayLike, unit: Hashable) -> frozenset[Hashable]:
    """Names of the units that act on a unit, directly or through others; itself is left out.

    Raises:
        TypeError, ValueError: as :func:`reducible`.
        ValueError: for a unit that the network does not have.

    Example:
        >>> sorted(ancestors(((0, 0, 0), (0.5, 0, 0), (0, 0.5, 0)), 2))
        [0, 1]
    """
    import networkx as nx

    given = _network(network)
    _places(given, (unit,))
    return frozenset(nx.ancestors(graph_of(given), unit))


def spillover(network: Network, moved: Iterable[Hashable]) -> dict[Hashable, float]:
    """What each of the other units gains by the presence of those that have moved in, by name, dimensionless.

    Args:
        network: the whole network.
        moved: names of the units that have moved in; some, but not all.

    Raises:
        ValueError: for unknown names, none or all of them, or when the units cannot all live together, with or
            without the newcomers.

    Example:
        >>> network = Network(r=1, K=1, alpha=((0, 0.5, 0.2), (0.5, 0, 0), (0, 0, 0)))
        >>> {unit: round(gain, 3) for unit, gain in spillover(network, (2,)).items()}
        {0: 0.267, 1: 0.133}
    """
    given = _network(network)
    newcomers = _places(given, tuple(moved))
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
    given = _network(network)
    # Column sums of the inverse are the coexistence of the network with all links turned round.
    found = coexistence(Network(np.array(1.0), np.array(1.0), given.alpha.T))
    if not np.all(np.isfinite(found.saturation)):
        raise ValueError(f"multipliers need a matrix I - A that can be inverted: {found.message}")
    return found.saturation


def _network(given: Any) -> Network:
    return given if isinstance(given, Network) else Network(np.array(1.0), np.array(1.0), given)


def _places(network: Network, names: Units) -> npt.NDArray[np.int64]:
    """Indices of named units, each once."""
    place = {name: k for k, name in enumerate(network.names)}
    unknown = [name for name in names if name not in place]
    if unknown:
        raise ValueError(f"unknown unit {unknown[0]!r}: the network has {network.names!r:.80}")
    return np.unique(np.array([place[name] for name in names], dtype=np.int64))


def _living(network: Network, who: str) -> Array:
    found = coexistence(network)
    if not found.feasible:
        raise ValueError(f"{who} cannot live together: {found.message}")
    return found.saturation


def _connected(network: Network) -> list[tuple[Units, bool, bool]]:
    """Each part, with whether links lead out of it and into it; acting parts first."""
    import networkx as nx

    whole = nx.condensation(graph_of(network))
    place = {name: k for k, name in enumerate(network.names)}
    members = {part: tuple(sorted(whole.nodes[part]["members"], key=place.__getitem__)) for part in whole}
    first = nx.lexicographical_topological_sort(whole, key=lambda part: place[members[part][0]])
    return [(members[part], whole.out_degree(part) > 0, whole.in_degree(part) > 0) for part in first]
