r"""Networks from graphs of networkx, and back.

An edge ``j -> i`` with the attribute ``alpha`` is the link from :math:`j` to :math:`i`: it points from the unit that
acts to the unit that is acted on. Nodes may carry ``r`` and ``K``. Everything that graphs can do (components,
centralities, drawing, files) is left to networkx.
"""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np

from ecolib.networks.network import Network, check_network
from ecolib.values import real_array

__all__ = ["check_graph", "graph_of", "network_of"]


def network_of(graph: Any, *, r: float = 1.0, K: float = 1.0) -> Network:
    """The network of a directed graph; units are named as the nodes are.

    Args:
        graph: a ``networkx.DiGraph`` whose every edge has a number ``alpha``: the effect of its source on its target,
            dimensionless, positive helps. Nodes may have numbers ``r`` and ``K``.
        r: growth rate of nodes that have none, per unit of time, positive.
        K: carrying capacity of nodes that have none, units of output, positive.

    Raises:
        TypeError: for anything but a directed graph without parallel edges, or numbers that are none.
        ValueError: when an edge has no ``alpha``, or a number is out of range.

    Example:
        >>> import networkx as nx
        >>> graph = nx.DiGraph([("coast", "town", {"alpha": 0.3})])
        >>> network_of(graph).alpha.toarray().tolist()
        [[0.0, 0.0], [0.3, 0.0]]
    """
    import networkx as nx

    check_graph(graph)
    for j, i, alpha in graph.edges(data="alpha"):
        if alpha is None:
            raise ValueError(f"every edge needs a number alpha, the edge {j!r} -> {i!r} has none")
        if not isinstance(alpha, Real):
            raise TypeError(f"alpha must be a real number, got {alpha!r} for the edge {j!r} -> {i!r}")
    rates = [given for _, given in graph.nodes(data="r", default=r)]
    capacities = [given for _, given in graph.nodes(data="K", default=K)]
    acting = nx.to_scipy_sparse_array(graph, weight="alpha", dtype=np.float64, format="csr")
    return Network(real_array("r", rates), real_array("K", capacities), acting.T, tuple(graph.nodes))


def graph_of(network: Network) -> Any:
    """The ``networkx.DiGraph`` of a network, with ``r`` and ``K`` on its nodes and ``alpha`` on its edges.

    Example:
        >>> graph = graph_of(Network(r=1, K=1, alpha=((0, 0.5), (0, 0)), names=("coast", "town")))
        >>> list(graph.edges(data="alpha"))
        [('town', 'coast', 0.5)]
    """
    import networkx as nx

    check_network(network)
    graph = nx.from_scipy_sparse_array(network.alpha.T, create_using=nx.DiGraph, edge_attribute="alpha")
    for letter, numbers in (("r", network.r), ("K", network.K)):
        nx.set_node_attributes(graph, dict(enumerate(numbers.tolist())), letter)
    return nx.relabel_nodes(graph, dict(enumerate(network.names)))


def check_graph(graph: Any) -> None:
    """Raise unless it is a directed graph of networkx with at least one node and without parallel edges."""
    import networkx as nx

    if not isinstance(graph, nx.Graph):
        raise TypeError(f"graph must be a networkx.DiGraph, got {type(graph).__name__}")
    if not graph.is_directed() or graph.is_multigraph():
        kind = "with parallel edges" if graph.is_directed() else "undirected"
        raise TypeError(f"graph must be directed and without parallel edges, got one {kind}")
    if len(graph) == 0:
        raise ValueError("graph must have at least one node, got none")
