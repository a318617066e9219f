r"""How much of a network one unit controls: the chain master (链主) and the members of its chain.

- **Degree centralisation** (Freeman) sums over all units how many links they have fewer than the best linked one, and
  divides by what a star would give: 1 for a star, 0 where all have as many links.
- **Brokerage** of a unit is the share of the pairs of other units that it stands between, on their shortest paths
  (its betweenness); **betweenness centralisation** compares the brokerage of all units in the same way.
- Its **share of gains** is taken at coexistence, where every link is mutual help by one coefficient :math:`a`.
- A link is **lateral** when it joins two members. It is **settled** that control weakens when a network gains nothing
  but lateral links between units that are all linked with the master.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecolib.networks import coexistence, network_of
from ecolib.paper.behaviour.ranges import single

__all__ = [
    "Control",
    "betweenness_centralisation",
    "brokerage",
    "control",
    "degree_centralisation",
    "share_of_gains",
    "surely_weakens",
]


@dataclass(frozen=True)
class Control:
    """What one unit controls of a network, each number from 0 to 1.

    Main attributes:
        degree : degree centralisation of the network
        betweenness : betweenness centralisation of the network
        brokerage : share of the pairs of others that the unit stands between
        links : share of the links that the unit takes part in
        gains : share of the gains of all; NaN when help runs away
    """

    degree: float
    betweenness: float
    brokerage: float
    links: float
    gains: float


def control(graph: Any, master: Hashable, *, a: float = 0.02) -> Control:
    """All measures of control of one unit.

    Args:
        graph: an undirected ``networkx.Graph`` with at least three nodes; weights of links are not looked at.
        master: the node whose control is asked for.
        a: coefficient of every link, dimensionless, positive.

    Raises:
        TypeError: for anything but an undirected graph without parallel edges.
        ValueError: for fewer than three nodes, links of a node with itself, an unknown node, or ``a <= 0``.

    Example:
        >>> import networkx as nx
        >>> star = control(nx.star_graph(4), 0, a=0.1)
        >>> star.degree, star.brokerage, round(star.gains, 3)
        (1.0, 1.0, 0.44)
    """
    own = brokerage(graph, master)
    links = graph.degree(master) / max(graph.number_of_edges(), 1)
    gains = share_of_gains(graph, master, a=a)
    return Control(degree_centralisation(graph), betweenness_centralisation(graph), own, float(links), gains)


def degree_centralisation(graph: Any) -> float:
    """Degree centralisation (Freeman), from 0 to 1.

    Example:
        >>> import networkx as nx
        >>> [degree_centralisation(graph) for graph in (nx.star_graph(5), nx.cycle_graph(6))]
        [1.0, 0.0]
    """
    _check_graph(graph)
    degrees = np.array([degree for _, degree in graph.degree])
    return float((degrees.max() - degrees).sum() / ((degrees.size - 1) * (degrees.size - 2)))


def betweenness_centralisation(graph: Any) -> float:
    """Betweenness centralisation (Freeman), from 0 to 1.

    Example:
        >>> import networkx as nx
        >>> [betweenness_centralisation(graph) for graph in (nx.star_graph(5), nx.complete_graph(6))]
        [1.0, 0.0]
    """
    import networkx as nx

    _check_graph(graph)
    between = np.array(list(nx.betweenness_centrality(graph).values()))
    return float((between.max() - between).sum() / (between.size - 1))


def brokerage(graph: Any, master: Hashable) -> float:
    """Share of the pairs of others that a unit stands between, on their shortest paths; 1 for the centre of a star.

    Example:
        >>> import networkx as nx
        >>> round(brokerage(nx.path_graph(5), 2), 3), brokerage(nx.complete_graph(5), 2)
        (0.667, 0.0)
    """
    import networkx as nx

    _check_graph(graph, master)
    if not nx.is_tree(graph):
        return float(nx.betweenness_centrality(graph)[master])
    # In a tree it stands between two others exactly when they are in different branches.
    branches = np.array([len(part) for part in nx.connected_components(nx.restricted_view(graph, [master], []))])
    others = len(graph) - 1
    return float(1.0 - (branches * (branches - 1)).sum() / (others * (others - 1)))


def share_of_gains(graph: Any, master: Hashable, *, a: float) -> float:
    """Share of the gains of all units that one unit has at coexistence; NaN when help runs away.

    Example:
        >>> import networkx as nx
        >>> round(share_of_gains(nx.complete_graph(5), 0, a=0.1), 3)
        0.2
    """
    import networkx as nx

    _check_graph(graph, master)
    if single("a", a) >= 1 and graph.number_of_edges():  # already two units that are linked run away
        return float("nan")
    directed = nx.DiGraph(graph.to_directed())
    nx.set_edge_attributes(directed, float(a), "alpha")
    network = network_of(directed)
    saturation = dict(zip(network.names, coexistence(network).saturation.tolist(), strict=True))
    gains = {unit: a * sum(saturation[other] for other in graph[unit]) for unit in graph}
    total = sum(gains.values())
    # Help bounds outputs exactly if all saturations are positive: the coefficients are not negative.
    if not all(output > 0 for output in saturation.values()) or not total > 0:
        return float("nan")
    return float(gains[master] / total)


def surely_weakens(before: Any, after: Any, master: Hashable) -> bool:
    """Whether it is settled that control weakens: the units are the same, and all that is new are lateral links.

    The master must have a link with every other unit. Then each new link cuts degree centralisation, brokerage,
    betweenness centralisation and, for every coefficient ``a`` with which help stays bounded, the share of gains.

    Example:
        >>> import networkx as nx
        >>> star, ring = nx.star_graph(4), nx.wheel_graph(5)
        >>> surely_weakens(star, ring, 0), surely_weakens(star, nx.star_graph(5), 0)
        (True, False)
    """
    for graph in (before, after):
        _check_graph(graph, master)
    same = set(before) == set(after) and all(after.has_edge(*link) for link in before.edges)
    hub = before.degree(master) == len(before) - 1
    return bool(same and hub and after.number_of_edges() > before.number_of_edges())


def _check_graph(graph: Any, *masters: Hashable) -> None:
    """Raise unless it is an undirected graph with three nodes, and the master, if given, one of them."""
    import networkx as nx

    if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
        raise TypeError(f"graph must be an undirected networkx.Graph, got {type(graph).__name__}")
    if len(graph) < 3:
        raise ValueError(f"graph must have at least three nodes, got {len(graph)}")
    if loops := nx.number_of_selfloops(graph):
        raise ValueError(f"no node may have a link with itself, got {loops}")
    for master in masters:
        if master not in graph:
            raise ValueError(f"the master must be a node of the graph, got {master!r}")
