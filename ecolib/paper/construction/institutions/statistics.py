"""Statistics of a region's network: scale, openness, strength, density, and the standing of its core.

The **core** of a region is its unit with most links within. **Density** is the share of a region's pairs that are
linked, **strength** the mean number of links within the region per unit, **openness** the share of cross ties among
all links of the region's units, the core's **contacts** the share of the other units that it is linked with, and its
**dominance** the share of the links within that it takes part in. Adding and removing a unit changes density and
strength by rules in its number of links alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from ecolib.paper.behaviour.control import degree_centralisation
from ecolib.paper.construction.material.inputs import count

__all__ = [
    "RegionStatistics",
    "density_rises",
    "dominance_rises",
    "eigenvector_centrality",
    "region_statistics",
    "strength_rises",
]


@dataclass(frozen=True)
class RegionStatistics:
    """What a region's network is like.

    Main attributes:
        size : number of units
        strength : links within the region per unit, mean degree
        density : share of the region's pairs that are linked
        openness : share of cross ties among all links of the region's units
        contacts : share of the region's other units that its core is linked with
        dominance : share of the region's links that its core takes part in
        eigenvector : eigenvector centrality of the core, relative to the length of the vector
        centralisation : degree centralisation (Freeman), from 0 to 1
    """

    size: int
    strength: float
    density: float
    openness: float
    contacts: float
    dominance: float
    eigenvector: float
    centralisation: float

    def __sub__(self, other: RegionStatistics) -> dict[str, float]:
        """Differences by name."""
        before = asdict(other)
        return {name: value - before[name] for name, value in asdict(self).items()}


def region_statistics(graph: Any, which: str) -> RegionStatistics:
    """The statistics of one region of a network.

    Args:
        graph: an undirected ``networkx.Graph`` whose nodes have an attribute ``region``.
        which: the region, such as A or B; at least three units must be in it.

    Raises:
        TypeError: for anything but an undirected graph without parallel edges.
        ValueError: for fewer than three units in the region, or links of a unit with itself.

    Example:
        >>> import networkx as nx
        >>> star = nx.star_graph(4)
        >>> nx.set_node_attributes(star, "A", "region")
        >>> found = region_statistics(star, "A")
        >>> found.density, found.dominance, found.centralisation
        (0.4, 1.0, 1.0)

    References: Freeman1979.
    """
    import networkx as nx

    if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
        raise TypeError(f"graph must be an undirected networkx.Graph, got {type(graph).__name__}")
    inside = graph.subgraph([node for node, region in graph.nodes(data="region") if region == which]).copy()
    centralisation = degree_centralisation(inside)
    links = inside.number_of_edges()
    crossing = sum((i in inside) != (j in inside) for i, j in graph.edges)
    most = max(degree for _, degree in inside.degree)
    return RegionStatistics(
        size=len(inside),
        strength=2 * links / len(inside),
        density=nx.density(inside),
        openness=crossing / max(links + crossing, 1),
        contacts=most / (len(inside) - 1),
        dominance=most / max(links, 1),
        eigenvector=eigenvector_centrality(inside),
        centralisation=centralisation,
    )


def eigenvector_centrality(graph: Any) -> float:
    """Eigenvector centrality of the best linked node: its entry in the leading eigenvector of length 1.

    Where the network falls apart, the part with the largest eigenvalue counts. 0 when there is no link.

    Example:
        >>> import networkx as nx
        >>> round(eigenvector_centrality(nx.star_graph(4)), 6)
        0.707107
    """
    import networkx as nx
    from scipy.sparse.linalg import eigsh

    if graph.number_of_edges() == 0:
        return 0.0
    matrix = nx.to_numpy_array(graph, weight=None)
    degrees = matrix.sum(axis=1)
    if len(degrees) < 3:
        return float(np.sqrt(0.5))
    vector = np.abs(eigsh(matrix, k=1, which="LA", v0=1.0 + degrees)[1][:, 0])
    return float(vector[degrees == degrees.max()].max())


def density_rises(units: int, links: int, own: int, *, joins: bool) -> bool:
    """Whether density rises when one unit with ``own`` links within the region joins, or leaves.

    It rises when a newcomer brings more than ``2 M / (N - 1)`` links, which is density times ``N``; and when a unit
    leaves that had fewer than the mean, ``2 M / N``.

    Args:
        units: units before, ``N``, at least 2, at least 3 if one leaves.
        links: links among them, ``M``.
        own: links of the unit that joins or leaves.
        joins: whether it joins.

    Raises:
        TypeError: when a number is no integer.
        ValueError: for numbers out of range.

    Example:
        >>> density_rises(10, 15, 3, joins=True), density_rises(10, 15, 4, joins=True)
        (False, True)
    """
    N, M, e = _checked(units, links, own, joins)
    return (N - 1) * e > 2 * M if joins else N * e < 2 * M


def strength_rises(units: int, links: int, own: int, *, joins: bool) -> bool:
    """Whether links per unit rise when one unit joins, or leaves: if it has more, or fewer, than ``M / N`` links.

    Arguments and errors are those of :func:`density_rises`.

    Example:
        >>> strength_rises(10, 15, 2, joins=True), strength_rises(10, 15, 1, joins=True)
        (True, False)
    """
    N, M, e = _checked(units, links, own, joins)
    return N * e > M if joins else N * e < M


def dominance_rises(links: int, core: int, own: int, *, linked: bool, joins: bool) -> bool:
    """Whether the core's share of a region's links rises when one unit with ``own`` links joins, or leaves.

    With a link to the core, ``l = 1``, or without, ``l = 0``: a newcomer raises it if ``l M > e d``, a unit that leaves
    if ``e d > l M``, where ``d`` is the number of links of the core.

    Args:
        links: links within the region before, ``M``, at least 1.
        core: links of the core before, ``d``.
        own: links of the unit that joins or leaves; fewer than ``links`` if it leaves.
        linked: whether one of them is with the core.
        joins: whether it joins.

    Raises:
        TypeError: when a number is no integer.
        ValueError: for numbers out of range.

    Example:
        >>> dominance_rises(20, 5, 3, linked=True, joins=True), dominance_rises(20, 5, 5, linked=True, joins=True)
        (True, False)
    """
    M = count("links", links, least=1)
    d = count("core", core, least=int(linked and not joins), most=M)
    e = count("own", own, least=int(linked), most=10**6 if joins else M - 1)
    return linked * M > e * d if joins else e * d > linked * M


def _checked(units: int, links: int, own: int, joins: bool) -> tuple[int, int, int]:
    N = count("units", units, least=2 if joins else 3)
    M = count("links", links, most=N * (N - 1) // 2)
    return N, M, count("own", own, most=N if joins else min(N - 1, M))
