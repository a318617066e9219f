"""Two regions and the links within and between them."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from ecolib.figures.theme import BACKGROUND, INK, QUIET, SMALL, current, unit_style
from ecolib.numeric import Array

__all__ = ["region_diagram"]

CENTRES = {"A": (-1.45, 0.0), "B": (1.45, 0.0)}
RING, CORE = 1.0, 0.42
"""Radii of the ring of a region's units, and of the ring of those that have moved in."""


def region_diagram(
    ax: Axes | None, graph: Any, *, moved: Collection[Hashable] = (), inside: Collection[Hashable] = ()
) -> Axes:
    """Draw two regions as two rings of units, with arrows from the units that act to those that are acted on.

    Units of A are circles, units of B squares, those that have moved triangles in the middle of their new region.
    Links between the two regions, and between movers and others, are dark.

    Args:
        ax: where to draw; None for the current axes.
        graph: a ``networkx.DiGraph`` whose nodes have an attribute ``region``, A or B.
        moved: nodes that have moved.
        inside: nodes to fill; the others are hollow.

    Raises:
        TypeError: for anything but axes and a directed graph of networkx.
        ValueError: when a node is in neither region, or ``moved`` or ``inside`` names one that is not there.

    Example:
        >>> import networkx as nx
        >>> from matplotlib.figure import Figure
        >>> graph = nx.DiGraph([(0, 1)])
        >>> nx.set_node_attributes(graph, {0: "A", 1: "B"}, "region")
        >>> [text.get_text() for text in region_diagram(Figure().subplots(), graph).texts]
        ['region A', 'region B']
    """
    import networkx as nx

    if not isinstance(graph, nx.DiGraph):
        raise TypeError(f"graph must be a networkx.DiGraph, got {type(graph).__name__}")
    lost = [node for node, region in graph.nodes(data="region") if region not in CENTRES]
    if lost:
        raise ValueError(f"every node must be in the region A or B, got {graph.nodes[lost[0]].get('region')!r}")
    if not (ax is None or isinstance(ax, Axes)):
        raise TypeError(f"ax must be axes of matplotlib or None, got {ax!r:.60}")
    for name, nodes in (("moved", moved), ("inside", inside)):
        _known(graph, name, nodes)
    ax, group = current(ax), {node: _group(graph, node, moved) for node in graph}
    places = _places(group)
    for k, shape in enumerate("os^"):
        for filled in (False, True):
            nodes = [node for node in graph if group[node][1] == k and (node in inside) == filled]
            colour = unit_style(k)["color"]
            nx.draw_networkx_nodes(graph, places, nodes, ax=ax, node_shape=shape, node_size=75, linewidths=1.8,
                                   node_color=colour if filled else BACKGROUND, edgecolors=colour)  # fmt: skip
    for between, colour, width in ((False, QUIET, 0.9), (True, INK, 1.7)):
        edges = [(j, i) for j, i in graph.edges if (group[j] != group[i]) == between]
        nx.draw_networkx_edges(graph, places, edges, ax=ax, edge_color=colour, width=width, arrowsize=9,
                               node_size=75, connectionstyle="arc3,rad=0.12")  # fmt: skip
    for region, (x, _) in CENTRES.items():
        ax.text(x, -RING - 0.3, f"region {region}", ha="center", va="top", color=INK, fontsize=SMALL)
    ax.set(aspect="equal", xlim=(-2.75, 2.75), ylim=(-RING - 0.75, RING + 0.25))
    ax.axis("off")
    return ax


def _known(graph: Any, name: str, nodes: Collection[Hashable]) -> None:
    if isinstance(nodes, str) or not isinstance(nodes, Collection):
        raise TypeError(f"{name} must be a collection of nodes, got {nodes!r:.60}")
    unknown = [node for node in nodes if node not in graph]
    if unknown:
        raise ValueError(f"{name} must name nodes of the graph, got {unknown[0]!r}")


def _group(graph: Any, node: Hashable, moved: Collection[Hashable]) -> tuple[str, int]:
    """The region of a node, and whether it belongs to A, to B, or has moved: 0, 1, 2."""
    region = graph.nodes[node]["region"]
    return region, 2 if node in moved else "AB".index(region)


def _places(group: dict[Hashable, tuple[str, int]]) -> dict[Hashable, Array]:
    places: dict[Hashable, Array] = {}
    for which in set(group.values()):
        nodes = [node for node in group if group[node] == which]
        angles = np.pi / 2 + 2 * np.pi * np.arange(len(nodes)) / len(nodes)
        ring = np.column_stack([np.cos(angles), np.sin(angles)]) * (CORE if which[1] == 2 else RING)
        places |= dict(zip(nodes, ring + CENTRES[which[0]], strict=True))
    return places
