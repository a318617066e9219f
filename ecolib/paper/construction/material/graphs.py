"""The same rewiring, link by link: random times at which links of a graph break and searches end."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array
from ecolib.paper.construction.material.inputs import count, numbers
from ecolib.paper.construction.material.rewiring import Rewiring
from ecolib.values import generator

MOST_STEPS, MOST_KEPT, MOST_NODES = 2e7, 1e6, 5000
"""Larger graphs would take minutes, or more memory than a small machine has."""

__all__ = ["cohesion", "regional_efficiency", "rewired", "two_local_networks"]


def two_local_networks(units: int, *, links: int, rng: np.random.Generator) -> Any:
    """Two regions without links between them, each a random graph in which every unit has equally many links.

    Args:
        units: units of each region, from 3 to 2000; their product with ``links`` is even.
        links: links of each unit, from 1 to ``units - 1``.
        rng: generator of random numbers.

    Returns:
        A ``networkx.Graph`` whose nodes are numbered from 0 on, A first, and have an attribute ``region``, A or B.

    Raises:
        TypeError: when a number is not whole or ``rng`` is no generator.
        ValueError: when a number is out of range or the product is odd.

    Example:
        >>> graph = two_local_networks(10, links=4, rng=np.random.default_rng(1))
        >>> len(graph), graph.number_of_edges(), graph.nodes[10]["region"]
        (20, 40, 'B')
    """
    import networkx as nx

    size = count("units", units, least=3, most=2000)
    each = count("links", links, least=1, most=size - 1)
    if size * each % 2:
        raise ValueError(f"units times links must be even, got {size} times {each}")
    draw = generator(rng)
    fewer = min(each, size - 1 - each)  # of many links, draw those that are missing
    drawn = [nx.random_regular_graph(fewer, size, seed=int(draw.integers(2**31))) for _ in "AB"]
    whole = nx.disjoint_union(*(drawn if fewer == each else map(nx.complement, drawn)))
    nx.set_node_attributes(whole, {node: "A" if node < size else "B" for node in whole}, "region")
    return whole


def rewired(graph: Any, plan: Rewiring, times: npt.ArrayLike, *, rng: np.random.Generator) -> tuple[Any, ...]:
    """The graph at given times while its local links break and are replaced by cross links, or not.

    Each local link is exposed with probability ``f``. One of its two ends, drawn at random, then searches; a success
    brings it ``kappa`` links on average, with probability ``theta`` to units of its own region, otherwise to units of
    the other one, drawn at random among those that it has had no link with.

    Args:
        graph: a ``networkx.Graph`` whose nodes have one of two values of the attribute ``region``.
        plan: the rates.
        times: shape ``(times,)``, in units of time, at least 0.
        rng: generator of random numbers.

    Returns:
        As many graphs as times; the one given stays as it is.

    Raises:
        TypeError: for anything but an undirected graph, a :class:`Rewiring` and a generator.
        ValueError: when there are not two regions, a time is negative or not finite, or the task is too large: nodes
            times local links must not exceed twenty million, and links times ``times`` one million.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> graph = two_local_networks(20, links=4, rng=rng)
        >>> first, last = rewired(graph, Rewiring(b=1, d=1), (0, 99), rng=rng)
        >>> first.number_of_edges(), sum((i < 20) != (j < 20) for i, j in last.edges) == last.number_of_edges()
        (80, True)
    """
    sides, draw = _sides(graph), generator(rng)
    if not isinstance(plan, Rewiring):
        raise TypeError(f"plan must be a Rewiring, got {type(plan).__name__}")
    clock = numbers("times", times, (None,))
    local = [edge for side in sides for edge in graph.subgraph(side).edges]
    if len(graph) * len(local) > MOST_STEPS:
        raise ValueError(f"nodes times local links must be at most {MOST_STEPS:g}, got {len(graph)} x {len(local)}")
    if clock.size * graph.size() > MOST_KEPT:
        raise ValueError(f"times must be at most {int(MOST_KEPT / graph.size())} for this graph, got {clock.size}")
    exposed = [edge for edge in local if draw.random() < plan.f]
    ends = draw.exponential(1 / plan.b, len(exposed))
    found = ends + draw.exponential(1 / (plan.d + plan.h), len(exposed))
    found[draw.random(len(exposed)) >= plan.d / (plan.d + plan.h)] = np.inf
    after, gained = graph.copy(), []
    for edge, when in zip(exposed, found.tolist(), strict=True):
        gained.append(_gained(after, edge, sides, plan, draw) if when < np.inf else [])
        after.add_edges_from(gained[-1])
    return tuple(_at(graph, float(time), exposed, ends, found, gained) for time in clock)


def regional_efficiency(graph: Any) -> float:
    """Mean, over pairs of units of one region, of 1 over their distance by any links; 0 for pairs out of reach.

    Raises:
        TypeError: for anything but an undirected graph.
        ValueError: when there are not two regions, or more than 5000 nodes.

    Example:
        >>> import networkx as nx
        >>> graph = nx.path_graph(4)
        >>> nx.set_node_attributes(graph, {0: "A", 1: "A", 2: "A", 3: "B"}, "region")
        >>> round(regional_efficiency(graph), 6)
        0.833333

    References: LatoraMarchiori2001.
    """
    import networkx as nx
    from scipy.sparse.csgraph import shortest_path

    sides = _sides(graph)
    if len(graph) > MOST_NODES:
        raise ValueError(f"distances are computed for at most {MOST_NODES} nodes, got {len(graph)}")
    place = {node: k for k, node in enumerate(graph)}
    distance = shortest_path(nx.to_scipy_sparse_array(graph, weight=None), unweighted=True)
    np.fill_diagonal(distance, np.inf)
    blocks = [distance[np.ix_(rows, rows)] for rows in ([place[node] for node in side] for side in sides)]
    pairs = sum(len(side) * (len(side) - 1) for side in sides)
    return float(sum((1 / block).sum() for block in blocks) / pairs) if pairs else 0.0


def cohesion(graph: Any) -> float:
    """Share of all units in the largest connected piece, links across regions included.

    Raises:
        TypeError, ValueError: as :func:`regional_efficiency`.
    """
    import networkx as nx

    _sides(graph)
    return max(map(len, nx.connected_components(graph))) / len(graph)


def _sides(graph: Any) -> tuple[list[Any], list[Any]]:
    """The nodes of the two regions."""
    import networkx as nx

    if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
        raise TypeError(f"graph must be an undirected networkx.Graph without parallel edges, got {graph!r:.60}")
    where = dict(graph.nodes(data="region"))
    regions = list(dict.fromkeys(where.values()))
    if len(regions) != 2:
        raise ValueError(f"nodes must have one of two regions, got {regions!r:.60}")
    first, second = ([node for node in graph if where[node] == region] for region in regions)
    return first, second


def _gained(
    graph: Any, edge: Any, sides: tuple[list[Any], list[Any]], plan: Rewiring, rng: np.random.Generator
) -> list[Any]:
    """The links that a successful search of one end of an edge brings to a graph."""
    searcher = edge[int(rng.integers(2))]
    across = (searcher in sides[0]) != (rng.random() < plan.theta)
    others = [node for node in sides[across] if node != searcher and not graph.has_edge(searcher, node)]
    whole = int(plan.kappa)
    many = min(whole + int(rng.random() < plan.kappa - whole), len(others))
    return [(searcher, others[k]) for k in rng.permutation(len(others))[:many].tolist()]


def _at(graph: Any, time: float, exposed: list[Any], ends: Array, found: Array, gained: list[Any]) -> Any:
    now = graph.copy()
    now.remove_edges_from([edge for edge, end in zip(exposed, ends.tolist(), strict=True) if end <= time])
    now.add_edges_from(link for links, at in zip(gained, found.tolist(), strict=True) if at <= time for link in links)
    return now
