r"""Networks that grow around a core, and what becomes of the core's centrality.

The core's **degree** never falls when nodes join. The other measures are relative to the network: degree as a fraction
of the other nodes, **closeness** (the inverse of the mean distance to them) and the entry of the leading
**eigenvector**. A newcomer raises relative degree exactly if it links to a core that is not yet linked to everybody,
and closeness if it comes to stand nearer to the core than members do on average.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import count
from typing import Any

import numpy as np

from ecolib.doors import choice
from ecolib.paper.construction.drive.inputs import whole
from ecolib.values import generator

__all__ = ["GROWTH", "core_centrality", "core_rises", "grown"]

GROWTH = ("to the core", "at random", "among themselves")
"""Whom newcomers link to: the core only; two members drawn at random; all newcomers before, the first of whom links to
a member that is not the core."""

MEASURES = ("degree", "relative degree", "closeness", "eigenvector")


def core_centrality(graph: Any, core: Hashable) -> dict[str, float]:
    """Degree, relative degree, closeness and eigenvector centrality of one node, by networkx.

    Args:
        graph: an undirected connected ``networkx.Graph`` with at least two nodes.
        core: the node.

    Raises:
        TypeError: for anything but an undirected graph without parallel edges.
        ValueError: for fewer than two nodes, a graph that is not connected, a node linked to itself, or a core that
            is no node.

    Example:
        >>> import networkx as nx
        >>> core_centrality(nx.star_graph(4), 0)["closeness"]
        1.0
    """
    import networkx as nx

    _check(graph, core)
    eigenvector: Any = nx.eigenvector_centrality_numpy(graph) if len(graph) > 2 else dict.fromkeys(graph, np.sqrt(0.5))
    values = (
        graph.degree(core),
        graph.degree(core) / (len(graph) - 1),
        nx.closeness_centrality(graph, core),
        abs(eigenvector[core]),
    )
    return {name: float(value) for name, value in zip(MEASURES, values, strict=True)}


def core_rises(graph: Any, core: Hashable, partners: Iterable[Hashable]) -> dict[str, bool]:
    """Whether relative degree and closeness of the core rise when a newcomer links to some members.

    Decided from the graph before: relative degree rises if the core is among the partners and lacks a neighbour;
    closeness if the newcomer's distance from the core is below the core's mean distance. Short cuts that the newcomer
    opens can only add to closeness, so there "False" means that it does not rise by the newcomer's own place.

    Raises:
        TypeError: for anything but an undirected graph without parallel edges, or partners that are no set of nodes.
        ValueError: as :func:`core_centrality`, or for partners that are none or no members.

    Example:
        >>> import networkx as nx
        >>> core_rises(nx.path_graph(4), 1, [1]), core_rises(nx.path_graph(4), 1, [3])
        ({'relative degree': True, 'closeness': True}, {'relative degree': False, 'closeness': False})
    """
    import networkx as nx

    _check(graph, core)
    linked = _set_of(partners)
    if not linked or not linked <= set(graph):
        raise ValueError(f"partners must be members of the network, at least one, got {sorted(map(str, linked))}")
    distance = nx.single_source_shortest_path_length(graph, core)
    own, others = 1 + min(distance[node] for node in linked), len(graph) - 1
    return {
        "relative degree": core in linked and graph.degree(core) < others,
        "closeness": own * others < sum(distance.values()),
    }


def grown(graph: Any, core: Hashable, newcomers: Any, *, how: str, rng: np.random.Generator) -> Iterator[Any]:
    """The network before anybody joins, and after each newcomer, as copies.

    Args:
        graph: an undirected connected ``networkx.Graph`` with at least two nodes, left as it is.
        core: the node that newcomers may link to.
        newcomers: how many join, at least 0.
        how: whom they link to, one of :data:`GROWTH`.
        rng: for the members drawn at random.

    Raises:
        TypeError: for a graph of another kind, a number of newcomers that is no integer, or no generator.
        ValueError: as :func:`core_centrality`, or for an unknown way of growth or a negative number of newcomers.

    Example:
        >>> import networkx as nx
        >>> rng = np.random.default_rng(2026)
        >>> [len(one) for one in grown(nx.path_graph(3), 0, 2, how="to the core", rng=rng)]
        [3, 4, 5]
    """
    _check(graph, core)
    choice("how", how, GROWTH)
    return _grown(graph.copy(), core, whole("newcomers", newcomers), how, generator(rng))


def _grown(graph: Any, core: Hashable, newcomers: int, how: str, rng: np.random.Generator) -> Iterator[Any]:
    yield graph.copy()
    joined: list[Hashable] = []
    names = (name for name in (("newcomer", k) for k in count(1)) if name not in graph)
    for _ in range(newcomers):
        name, members = next(names), list(graph)
        if how == "to the core":
            partners: list[Hashable] = [core]
        elif how == "at random":
            partners = [members[k] for k in rng.choice(len(members), size=2, replace=False)]
        else:
            partners = joined or [next(node for node in members if node != core)]
        graph.add_edges_from((name, partner) for partner in partners)
        joined.append(name)
        yield graph.copy()


def _set_of(partners: Iterable[Hashable]) -> set[Hashable]:
    try:
        return set(partners)
    except TypeError:
        raise TypeError(f"partners must be nodes in a list or set, got {partners!r}") from None


def _check(graph: Any, core: Hashable) -> None:
    import networkx as nx

    if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
        raise TypeError(f"graph must be an undirected networkx.Graph, got {type(graph).__name__}")
    if len(graph) < 2 or not nx.is_connected(graph):
        raise ValueError(f"graph must be connected and have at least two nodes, got {len(graph)} nodes")
    if nx.number_of_selfloops(graph):
        raise ValueError(f"graph must link no node to itself, got {next(nx.nodes_with_selfloops(graph))!r}")
    if core not in graph:
        raise ValueError(f"the core must be a node of the graph, got {core!r}")
