"""Two regions before and after two-way transfer, drawn at random.

Region A has a complete **core** and a periphery; every unit of the periphery is linked with one unit of the core,
chosen with preference for the first, and with others of the periphery by chance. Region B is sparse, but its **lead
units** know many. In the transfer the units of A with fewest links move to B and lead units of B move to A. A mover
keeps each of its ties by chance and makes new links where it arrives. Ties kept with units that stay become cross ties;
a tie between two movers goes along if both keep it.

Leavers are chosen for having few links, and at first no tie crosses: that A's density and strength and B's openness
rise is nearly built in. The draws illustrate the rules of :mod:`.counts`; they are no evidence on real regions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ecolib.numeric import Array
from ecolib.paper.construction.institutions.statistics import RegionStatistics, region_statistics
from ecolib.paper.construction.material.inputs import count, number
from ecolib.values import generator

__all__ = ["Transfer", "changes", "drawn_regions", "transferred"]


@dataclass(frozen=True)
class Transfer:
    """How much of both regions moves, and what becomes of ties.

    Args:
        low: low-level units that leave A for B, from 0 to 20.
        lead: lead units that leave B for A, from 0 to 5.
        kept: chance that a mover keeps a tie, from 0 to 1.
        links_B: links within B that a mover from A makes there, from 0 to 20.
        links_A: links with the core of A that a mover from B makes there, from 0 to 6.
        growth: further units founded in B around those that came, each with ``links_B`` links, from 0 to 50.
        spillover: further links among units of B, long after, from 0 to 200.

    Raises:
        TypeError: for numbers of the wrong kind.
        ValueError: for numbers out of range.
    """

    low: int = 8
    lead: int = 2
    kept: float = 0.5
    links_B: int = 3
    links_A: int = 5
    growth: int = 0
    spillover: int = 0

    def __post_init__(self) -> None:
        most = {"low": 20, "lead": 5, "links_B": 20, "links_A": 6, "growth": 50, "spillover": 200}
        for name, bound in most.items():
            count(name, getattr(self, name), most=bound)
        number("kept", self.kept, most=1.0)


def drawn_regions(rng: np.random.Generator) -> Any:
    """Two regions before the transfer: A with 6 core and 24 other units, B with 5 lead and 20 other units.

    Raises:
        TypeError: for no generator.

    Example:
        >>> graph = drawn_regions(np.random.default_rng(1))
        >>> len(graph), sum(region == "A" for _, region in graph.nodes(data="region"))
        (55, 30)
    """
    import networkx as nx

    draw, graph = generator(rng), nx.complete_graph(6)
    weights = np.array([6, 2, 1, 1, 1, 1]) / 12
    for unit in range(6, 30):
        graph.add_edge(unit, int(draw.choice(6, p=weights)))
        graph.add_edges_from((unit, other) for other in range(6, unit) if draw.random() < 0.05)
    graph.add_edges_from((i, j) for i in range(30, 35) for j in range(35, 55) if draw.random() < 0.25)
    graph.add_edges_from((i, j) for i in range(35, 55) for j in range(35, i) if draw.random() < 0.04)
    graph.add_nodes_from(range(55))
    nx.set_node_attributes(graph, {i: "A" if i < 30 else "B" for i in graph}, "region")
    return graph


def transferred(graph: Any, transfer: Transfer, *, rng: np.random.Generator) -> Any:
    """The two regions after the transfer; the graph given stays as it is.

    Args:
        graph: two regions, as :func:`drawn_regions` makes them: nodes are integers with an attribute ``region``, A
            or B; where units move, A keeps at least six, and B one, of those it has.
        transfer: what moves.
        rng: generator of random numbers.

    Raises:
        TypeError: for no :class:`Transfer`, no undirected graph, a node that is no integer, or no generator.
        ValueError: for a node in neither region, links of a unit with itself, too few or more than 2000 units.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> after = transferred(drawn_regions(rng), Transfer(low=4, lead=1), rng=rng)
        >>> sum(region == "A" for _, region in after.nodes(data="region"))
        27
    """
    if not isinstance(transfer, Transfer):
        raise TypeError(f"transfer must be a Transfer, got {type(transfer).__name__}")
    _check_regions(graph, transfer)
    after, draw = graph.copy(), generator(rng)
    low = _ordered(graph, "A")[: transfer.low]
    lead = _ordered(graph, "B")[::-1][: transfer.lead]
    core = [i for i in _ordered(graph, "A")[::-1] if i not in low][:6]
    for movers, home in ((low, "B"), (lead, "A")):
        for unit in movers:
            after.remove_edges_from([(unit, i) for i in list(after[unit]) if draw.random() >= transfer.kept])
            after.nodes[unit]["region"] = home
    after.add_edges_from((unit, i) for unit in lead for i in draw.permutation(core)[: transfer.links_A].tolist())
    founded = range(max(graph) + 1, max(graph) + 1 + transfer.growth)
    for unit in (*low, *founded):
        residents = [i for i, region in after.nodes(data="region") if region == "B" and i != unit]
        after.add_node(unit, region="B")
        after.add_edges_from((unit, i) for i in draw.permutation(residents)[: transfer.links_B].tolist())
    _spill(after, transfer.spillover, draw)
    return after


def changes(transfer: Transfer, *, draws: int, rng: np.random.Generator) -> dict[str, dict[str, Array]]:
    """Changes of every statistic of both regions over many draws: region -> statistic -> shape ``(draws,)``.

    Raises:
        TypeError: as :func:`transferred`.
        ValueError: unless there are 1 to 1000 draws.

    Example:
        >>> found = changes(Transfer(), draws=5, rng=np.random.default_rng(1))
        >>> bool((found["B"]["openness"] > 0).all())
        True
    """
    found: dict[str, list[dict[str, float]]] = {"A": [], "B": []}
    for _ in range(count("draws", draws, least=1, most=1000)):
        before = drawn_regions(rng)
        after = transferred(before, transfer, rng=rng)
        for region, rows in found.items():
            rows.append(region_statistics(after, region) - region_statistics(before, region))
    names = RegionStatistics.__dataclass_fields__
    return {region: {name: np.array([row[name] for row in rows]) for name in names} for region, rows in found.items()}


def _ordered(graph: Any, which: str) -> list[int]:
    """Units of a region by their number of links, fewest first."""
    units = [i for i, region in graph.nodes(data="region") if region == which]
    return sorted(units, key=lambda i: (graph.degree(i), i))


def _check_regions(graph: Any, transfer: Transfer) -> None:
    import networkx as nx

    if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
        raise TypeError(f"graph must be an undirected networkx.Graph, got {type(graph).__name__}")
    for node, region in graph.nodes(data="region"):
        count("node", node, most=10**9)
        if region not in ("A", "B"):
            raise ValueError(f"every node must be in the region A or B, got {region!r}")
    if len(graph) > 2000 or nx.number_of_selfloops(graph):
        raise ValueError("graph must have at most 2000 nodes and no links of a node with itself")
    if transfer.low or transfer.lead:
        for which, need in (("A", transfer.low + 6), ("B", transfer.lead + 1)):
            count(f"units of {which}", len(_ordered(graph, which)), least=need)


def _spill(graph: Any, links: int, draw: np.random.Generator) -> None:
    """Link pairs of B that have a partner in common, as long as there are any."""
    import networkx as nx

    names = [i for i, region in graph.nodes(data="region") if region == "B"]
    if not (links and names):
        return
    matrix = nx.to_numpy_array(graph, weight=None)
    rows = np.flatnonzero([region == "B" for _, region in graph.nodes(data="region")])
    common = (matrix @ matrix)[np.ix_(rows, rows)]
    inside, upper = matrix[np.ix_(rows, rows)], np.triu(np.ones(2 * (len(rows),), dtype=bool), 1)
    for _ in range(links):
        close = np.flatnonzero(upper & (inside == 0) & (common > 0))
        if not close.size:
            return
        i, j = divmod(int(draw.choice(close)), len(names))
        # Partners of i now have a partner in common with j, and the other way round.
        for one, other in ((i, j), (j, i)):
            common[one] += inside[other]
            common[:, one] += inside[other]
        inside[i, j] = inside[j, i] = 1
        graph.add_edge(names[i], names[j])
