"""Statistics of a region's network: scale, openness, strength, density, and the standing of its core.

The **core** of a region is its unit with most links within. **Density** is the share of a region's pairs that are
linked, **strength** the mean number of links within the region per unit, **openness** the share of cross ties among
all links of the region's units, the core's **contacts** the share of the other units that it is linked with, and its
**dominance** the share of the links within that it takes part in. The more **inclusive** (包容度) a region is, the
less its links hang on few units: its centralisation is smaller. Which of these rise follows from counts, see
:mod:`.counts`.

References: Freeman1979.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from ecolib.doors import check_hashable
from ecolib.paper.behaviour.control import degree_centralisation

__all__ = ["RegionStatistics", "eigenvector_centrality", "region_statistics"]

MOST = 2000
"""Eigenvectors are computed for networks with at most so many nodes."""


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
    check_hashable("which", which)
    import networkx as nx

    _check_graph(graph)
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

    Where the network falls apart, each part has an eigenvector of its own, and the parts with the largest eigenvalue
    count; of several best linked nodes the largest entry. 0 when there is no link, or the best linked node is in none
    of those parts.

    Raises:
        TypeError: for anything but an undirected graph without parallel edges.
        ValueError: for more than 2000 nodes, or links of a node with itself.

    Example:
        >>> import networkx as nx
        >>> round(eigenvector_centrality(nx.star_graph(4)), 6)
        0.707107
    """
    import networkx as nx

    _check_graph(graph)
    if len(graph) > MOST:
        raise ValueError(f"graph must have at most {MOST} nodes, got {len(graph)}")
    if nx.number_of_selfloops(graph):
        raise ValueError("graph must have no links of a node with itself")
    if graph.number_of_edges() == 0:
        return 0.0
    most = max(degree for _, degree in graph.degree)
    parts = [_leading(graph.subgraph(part), most) for part in nx.connected_components(graph)]
    largest = max(root for root, _ in parts)
    return max(entry for root, entry in parts if root > largest * (1 - 1e-9))


def _leading(part: Any, most: int) -> tuple[float, float]:
    """Leading eigenvalue of a connected part, and the entry there of its best node with ``most`` links, or 0."""
    import networkx as nx
    from scipy.linalg import eigh

    if len(part) < 2:
        return 0.0, 0.0
    matrix, last = nx.to_numpy_array(part, weight=None), len(part) - 1
    root, vector = eigh(matrix, subset_by_index=(last, last))
    best = matrix.sum(axis=1) == most
    return float(root[0]), float(np.abs(vector[best, 0]).max(initial=0.0))


def _check_graph(graph: Any) -> None:
    import networkx as nx

    if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
        raise TypeError(f"graph must be an undirected networkx.Graph, got {type(graph).__name__}")
