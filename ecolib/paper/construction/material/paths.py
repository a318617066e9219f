r"""Enclaves (飞地): who acts on whom, directly or through others, and what the others have of it.

A **link** from :math:`j` to :math:`i` is a coefficient :math:`\alpha_{ij} \ne 0`. The **ancestors** of a unit are those
from which a path of links leads to it. A network is **reducible** when some unit is no ancestor of another. It then
falls into **parts** (strongly connected components), within which all act on each other. Units that have moved in are
an **enclave** to hosts from which they are **cut off**: no path of links leads to these, so they are no ancestors of
any of them. A part on which no link leads out is an enclave to everybody outside; if none leads in either, it is an
**island** (孤岛). Units may be an enclave to one host and not to another, and a network may have enclaves although
newcomers reach their hosts: what decides about a spillover is :func:`cut_off`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.networks import Network, graph_of
from ecolib.paper.construction.material.inputs import collected

__all__ = ["ancestors", "as_network", "cut_off", "enclaves", "islands", "parts", "places", "reducible"]

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

    return bool(connected_components(as_network(network).alpha, connection="strong", return_labels=False) > 1)


def parts(network: Network | npt.ArrayLike) -> tuple[Units, ...]:
    """Names of the units of each part, such that every part comes before those it acts on.

    Raises:
        TypeError, ValueError: as :func:`reducible`.

    Example:
        >>> parts(((0, 0, 0), (0.5, 0, 0.5), (0, 0.5, 0)))
        ((0,), (1, 2))
    """
    return tuple(part for part, _, _ in _connected(as_network(network)))


def enclaves(network: Network | npt.ArrayLike) -> tuple[Units, ...]:
    """Parts that act on no unit outside them, enclaves to everybody there; none when the network is one part.

    Raises:
        TypeError, ValueError: as :func:`reducible`.

    Example:
        >>> enclaves(((0, 0, 0), (0.5, 0, 0.5), (0, 0.5, 0)))
        ((1, 2),)
    """
    given = as_network(network)
    return tuple(part for part, out, _ in _connected(given) if not out and len(part) < given.units)


def islands(network: Network | npt.ArrayLike) -> tuple[Units, ...]:
    """Enclaves on which no unit outside acts either.

    Raises:
        TypeError, ValueError: as :func:`reducible`.

    Example:
        >>> islands(((0, 0, 0), (0, 0, 0.5), (0, 0.5, 0)))
        ((0,), (1, 2))
    """
    given = as_network(network)
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

    given = as_network(network)
    places(given, collected("unit", [unit]))
    return frozenset(nx.ancestors(graph_of(given), unit))


def cut_off(network: Network | npt.ArrayLike, moved: Iterable[Hashable], hosts: Iterable[Hashable]) -> bool:
    """Whether no path of links leads from units that have moved in to hosts: none is an ancestor of any of these.

    Then the hosts have no spillover, at rest and at all times.

    Args:
        network: the whole network.
        moved: names of the units that have moved in, at least one.
        hosts: names of other units, at least one.

    Raises:
        TypeError, ValueError: as :func:`reducible`.
        TypeError: when ``moved`` or ``hosts`` is no collection of names.
        ValueError: for unknown names, none, or a unit that is named in both.

    Example:
        >>> coast, factory, town = 0, 1, 2
        >>> alpha = ((0, 0.2, 0), (0.2, 0, 0.2), (0, 0, 0))
        >>> cut_off(alpha, [factory], [town]), cut_off(alpha, [factory], [coast])
        (True, False)
    """
    import networkx as nx

    given = as_network(network)
    movers, others = (collected(name, who) for name, who in (("moved", moved), ("hosts", hosts)))
    places(given, (*movers, *others))
    if not movers or not others or set(movers) & set(others):
        raise ValueError(f"moved and hosts must name units, none of them both, got {movers!r:.40} and {others!r:.40}")
    reached = {unit for layer in nx.bfs_layers(graph_of(given), movers) for unit in layer}
    return reached.isdisjoint(others)


def as_network(given: Any) -> Network:
    """A network as it is, or that of coefficients, with units that all grow alike."""
    return given if isinstance(given, Network) else Network(np.array(1.0), np.array(1.0), given)


def places(network: Network, names: Units) -> npt.NDArray[np.int64]:
    """Indices of named units, each once."""
    place = {name: k for k, name in enumerate(network.names)}
    unknown = [name for name in names if name not in place]
    if unknown:
        raise ValueError(f"unknown unit {unknown[0]!r}: the network has {network.names!r:.80}")
    return np.unique(np.array([place[name] for name in names], dtype=np.int64))


def _connected(network: Network) -> list[tuple[Units, bool, bool]]:
    """Each part, with whether links lead out of it and into it; acting parts first."""
    import networkx as nx

    whole = nx.condensation(graph_of(network))
    place = {name: k for k, name in enumerate(network.names)}
    members = {part: tuple(sorted(whole.nodes[part]["members"], key=place.__getitem__)) for part in whole}
    first = nx.lexicographical_topological_sort(whole, key=lambda part: place[members[part][0]])
    return [(members[part], whole.out_degree(part) > 0, whole.in_degree(part) > 0) for part in first]
