r"""Ties across two regions, and how fast they let the whole network align.

The algebraic connectivity :math:`\lambda_2` of a network of two regions is exact in two cases:

- regions complete within, :math:`N` units each, and :math:`c` disjoint cross ties of weight :math:`w`
  (one tie: a barbell)

  .. math:: \lambda^2 - (N + 2 w) \lambda + 2 w c = 0 \quad \text{(the smaller root)}

- any two regions, every pair across them linked with one weight :math:`v`

  .. math:: \lambda_2 = \min\{v (N_A + N_B),\ \lambda_2(A) + v N_B,\ \lambda_2(B) + v N_A\}

The first entry is the pace at which the **means** of the regions meet, the others are the paces at which each region
aligns within. In every network :math:`\lambda_2 \le W (1 / N_A + 1 / N_B)`, where :math:`W` is the weight of all cross
ties together: too few ties are too slow, whatever the regions are like inside. So as long as neither region is slower
than the means, **even ties are the best case**: no other way to spread the weight :math:`W` aligns the network faster.

References: Fiedler1973.
"""

from __future__ import annotations

from typing import Any

from ecolib.doors import check_word
from ecolib.numeric import compiled
from ecolib.paper.construction.institutions import letters
from ecolib.paper.construction.material.inputs import count, number
from ecolib.paper.evolution.alignment import connectivity

__all__ = ["aligns", "cut_bound", "even_connectivity", "limited_by_regions", "matched_connectivity", "ties_needed"]

ROUNDING = 1e-12
"""Paces that differ by such a share are equal."""

_root = compiled(letters.matched_root, letters.N, letters.ties, letters.w)


def matched_connectivity(units: int, ties: int, *, w: float = 1.0) -> float:
    """Algebraic connectivity of two complete regions joined by disjoint cross ties, per unit of time.

    Args:
        units: units of each region, at least 2; links within a region have weight 1.
        ties: cross ties, from 0 to ``units``, no two at one unit.
        w: weight of a cross tie, per unit of time, positive.

    Raises:
        TypeError: when ``units`` or ``ties`` is no integer, or ``w`` no real number.
        ValueError: for numbers out of range.

    Example:
        >>> import networkx as nx
        >>> bool(abs(matched_connectivity(5, 1) - connectivity(nx.barbell_graph(5, 0))) < 1e-12)
        True

    References: Fiedler1973.
    """
    size = count("units", units, least=2)
    crossing = count("ties", ties, most=size)
    return float(_root(float(size), float(crossing), number("w", w, positive=True)))


def even_connectivity(first: Any, second: Any, *, v: float) -> float:
    """Algebraic connectivity of two regions of which every cross pair is linked with one weight, per unit of time.

    Args:
        first: links within region A, an undirected ``networkx.Graph`` with at least two nodes.
        second: links within region B, as well.
        v: weight of each cross tie, per unit of time, at least 0.

    Raises:
        TypeError: for anything but undirected graphs, or a ``v`` that is no real number.
        ValueError: for graphs that :func:`~ecolib.paper.evolution.alignment.connectivity` refuses, or ``v < 0``.

    Example:
        >>> import networkx as nx
        >>> even_connectivity(nx.complete_graph(3), nx.complete_graph(3), v=0.5)
        3.0
    """
    return min(_paces(first, second, v))


def limited_by_regions(first: Any, second: Any, *, v: float) -> bool:
    """Whether alignment is limited by a region's own network: ``v N_A > lambda_2(A)`` or ``v N_B > lambda_2(B)``.

    Exactly there it is not: what rounding cannot tell counts as equal. Arguments and errors are those of
    :func:`even_connectivity`.

    Example:
        >>> import networkx as nx
        >>> [limited_by_regions(nx.cycle_graph(8), nx.complete_graph(8), v=v) for v in (0.05, 0.1)]
        [False, True]
    """
    across, *within = _paces(first, second, v)
    return min(within) < across * (1 - ROUNDING)


def cut_bound(graph: Any, *, region: str = "region") -> float:
    """What the algebraic connectivity of a network of two regions is at most: ``W (1 / N_A + 1 / N_B)``.

    Args:
        graph: an undirected ``networkx.Graph``; edges may carry a ``weight``, per unit of time.
        region: name of the attribute of nodes that says A or B.

    Raises:
        TypeError: for anything but an undirected graph.
        ValueError: when a node is in neither region, or a region is empty.

    Example:
        >>> import networkx as nx
        >>> graph = nx.barbell_graph(4, 0)
        >>> nx.set_node_attributes(graph, {i: "AB"[i > 3] for i in graph}, "region")
        >>> cut_bound(graph)
        0.5

    References: Fiedler1973.
    """
    region = check_word("region", region)
    connectivity(graph)  # refuses what is no network of units that adjust to each other
    where = dict(graph.nodes(data=region))
    lost = [node for node in graph if where[node] not in ("A", "B")]
    if lost:
        raise ValueError(f"every node must be in the region A or B, got {where[lost[0]]!r}")
    sizes = [sum(one == which for one in where.values()) for which in "AB"]
    if not all(sizes):
        raise ValueError(f"both regions need units, got {sizes[0]} in A and {sizes[1]} in B")
    crossing = sum(weight for i, j, weight in graph.edges(data="weight", default=1.0) if where[i] != where[j])
    return float(crossing * (1 / sizes[0] + 1 / sizes[1]))


def ties_needed(pace: float, units_A: int, units_B: int) -> float:
    """Weight of cross ties without which two regions cannot align at a pace, whatever they are like inside.

    Example:
        >>> ties_needed(0.5, 4, 4)
        1.0
    """
    first, second = count("units_A", units_A, least=1), count("units_B", units_B, least=1)
    return number("pace", pace) * first * second / (first + second)


def aligns(graph: Any) -> bool:
    """Whether differences that nothing sustains die out from every start: exactly if the network is connected.

    That one tie joins the regions is not enough: no unit and no part may be left without a chain of ties to the others.

    Raises:
        TypeError: for anything but an undirected graph.
        ValueError: for graphs that :func:`~ecolib.paper.evolution.alignment.connectivity` refuses.

    Example:
        >>> import networkx as nx
        >>> aligns(nx.barbell_graph(4, 0)), aligns(nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4)))
        (True, False)
    """
    import networkx as nx

    connectivity(graph)  # refuses what is no network of units that adjust to each other
    return bool(nx.is_connected(graph))


def _paces(first: Any, second: Any, v: float) -> tuple[float, float, float]:
    """Paces at which the means meet and at which each region aligns within."""
    own, weight = (connectivity(first), connectivity(second)), number("v", v)
    sizes = len(first), len(second)
    return weight * sum(sizes), own[0] + weight * sizes[1], own[1] + weight * sizes[0]
