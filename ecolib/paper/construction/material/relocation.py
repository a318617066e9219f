"""An industry moves: it leaves the links of its old network behind, and finds some in its new one, or none."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np

from ecolib.doors import check_hashable
from ecolib.networks.graphs import check_graph
from ecolib.paper.construction.material.inputs import collected, count, number
from ecolib.values import generator

__all__ = ["relocated"]


def relocated(
    graph: Any,
    moved: Iterable[Hashable],
    *,
    region: Hashable,
    links: int,
    strength: float,
    rng: np.random.Generator,
    served: int = 0,
) -> Any:
    """The network after units have moved to another region, a ``networkx.DiGraph``; the one given stays as it is.

    Those who move keep their links to each other and lose all others. In their new region they act on as many pairs as
    ``links`` says, and are acted on by as many as ``served`` says, drawn at random.

    Args:
        graph: a ``networkx.DiGraph``; nodes have an attribute ``region``, edges a coefficient ``alpha``.
        moved: nodes that move.
        region: where they move to; some of the other nodes must be there.
        links: number of links from movers to units that are there, at least 0.
        strength: coefficient of each new link, dimensionless, at least 0.
        rng: generator of random numbers.
        served: number of links the other way, at least 0.

    Raises:
        TypeError: for anything but a directed graph, a collection of nodes, whole numbers and a generator.
        ValueError: for unknown nodes or none, a region where nobody is, or more links than there are pairs.

    Example:
        >>> import networkx as nx
        >>> graph = nx.DiGraph([(0, 1, {"alpha": 0.2}), (1, 0, {"alpha": 0.2})])
        >>> nx.set_node_attributes(graph, {0: "A", 1: "A"}, "region")
        >>> graph.add_node(2, region="B")
        >>> after = relocated(graph, [1], region="B", links=1, strength=0.1, rng=np.random.default_rng(1))
        >>> list(after.edges(data="alpha")), after.nodes[1]["region"]
        ([(1, 2, 0.1)], 'B')
    """
    check_graph(graph)
    check_hashable("region", region)
    movers = collected("moved", moved)
    unknown = [node for node in movers if node not in graph]
    if unknown or not movers:
        raise ValueError(f"moved must name nodes of the graph, got {unknown[0]!r}" if unknown else "nobody moves")
    hosts = [node for node, where in graph.nodes(data="region") if where == region and node not in set(movers)]
    if not hosts:
        raise ValueError(f"nobody is in the region {region!r}")
    pairs = len(movers) * len(hosts)
    wanted = [count(name, given, most=pairs) for name, given in (("links", links), ("served", served))]
    size, draw = number("strength", strength), generator(rng)
    after = graph.copy()
    inside = set(movers)
    after.remove_edges_from([(j, i) for j, i in graph.edges if (j in inside) != (i in inside)])
    for node in movers:
        after.nodes[node]["region"] = region
    for turned, many in zip((False, True), wanted, strict=True):
        for k in draw.choice(pairs, size=many, replace=False).tolist():
            ends = (movers[k // len(hosts)], hosts[k % len(hosts)])
            after.add_edge(*(ends[::-1] if turned else ends), alpha=size)
    return after
