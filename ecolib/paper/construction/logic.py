"""Figure 1 of the paper, the logic of construction (构建逻辑), as a directed graph in data.

A **node** is a thing that the figure names, but for its list of what a network is made of (actors, structure,
relations). An **arrow** is one of its labels, drawn for each region where both have it; the first arrow stands for the
transfer itself. It says which chapter of the book realises it, by which statement or equation, and on which letter it
depends. Words are ours, terms the paper's. The figure prints the labels; where an arrow begins and ends follows the
text of section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["ARROWS", "NODES", "Arrow", "Node", "graph"]


@dataclass(frozen=True)
class Node:
    """A thing that the figure names.

    Attributes:
        name: short name, unique.
        words: its name in our words, with line breaks for a drawing.
        term: the paper's term.
        place: where it is drawn, in columns from the left and rows from below.
    """

    name: str
    words: str
    term: str
    place: tuple[float, float]


@dataclass(frozen=True)
class Arrow:
    """A label of the figure and what realises it.

    Attributes:
        number: its number in the redrawn figure, from 1.
        links: pairs of names of nodes, from and to.
        words: the label in our words.
        term: the paper's term.
        chapter: the page of the book that realises it, without ``.md``.
        label: label of the statement or equation there.
        letter: name in code of a letter on which it depends there.
    """

    number: int
    links: tuple[tuple[str, str], ...]
    words: str
    term: str
    chapter: str
    label: str
    letter: str


NODES = (
    Node("transfer", "Two-way\ntransfer", "产业双向转移", (0, 1)),
    Node("old_A", "Industrial\nnetwork\nof A", "产业网络", (0, 2)),
    Node("old_B", "Industrial\nnetwork\nof B", "产业网络", (0, 0)),
    Node("new_A", "New\nnetwork\nof A", "新产业网络", (1, 2)),
    Node("new_B", "New\nnetwork\nof B", "新产业网络", (1, 0)),
    Node("network", "Cross-regional\nsymbiotic\nnetwork", "跨区域共生网络", (1, 1)),
    Node("ecosystem", "Open\ninnovation\necosystem", "开放创新生态", (2, 1)),
)
"""The things, by column."""

_MOVE = (("transfer", "old_A"), ("transfer", "old_B"))
_UPGRADE = (("old_A", "new_A"), ("old_B", "new_B"))
_JOIN = (("old_A", "network"), ("old_B", "network"))
_GROW = (("new_A", "network"), ("new_B", "network"))
_LAYERS = (("new_A", "ecosystem"), ("new_B", "ecosystem"))

_MATERIAL, _RELATIONS, _DRIVE = "02_material_foundation", "03_institutional_guarantee", "04_driving_mechanism"

ARROWS = (
    Arrow(1, _MOVE, "firms and stages move", "产业双向转移", _MATERIAL, "eq-rewiring", "f"),
    Arrow(2, _UPGRADE, "the network is upgraded", "网络升级", _MATERIAL, "prop-rewiring", "Y"),
    Arrow(3, _JOIN, "actors and factors flow in", "要素注入", _MATERIAL, "def-links", "k_AB"),
    Arrow(4, _JOIN, "innovation genes are inherited", "创新基因遗传", _DRIVE, "eq-regions-genes", "m"),
    Arrow(5, _GROW, "structure arises", "结构生成", _MATERIAL, "thm-spanning", "R"),
    Arrow(6, _GROW, "relations arise", "关系生成", _RELATIONS, "eq-relations", "gamma"),
    Arrow(7, _GROW, "production links", "生产网络连接", _MATERIAL, "eq-spanning", "k_BA"),
    Arrow(8, _GROW, "social links", "社会网络连接", _RELATIONS, "thm-ties", "w"),
    Arrow(9, (("network", "ecosystem"),), "direct network effect", "直接网络效应", _DRIVE, "prop-hub", "a_h"),
    Arrow(10, _LAYERS, "synergy of several layers", "多重创新生态系统协同", _DRIVE, "thm-layers", "alpha"),
)
"""The labels, from left to right."""


def graph() -> Any:
    """The figure as a ``networkx.MultiDiGraph``: names of nodes, and an edge with its number for each link.

    Example:
        >>> figure = graph()
        >>> figure.number_of_nodes(), figure.number_of_edges()
        (7, 19)
        >>> sorted(figure.successors("transfer"))
        ['old_A', 'old_B']
    """
    import networkx as nx

    drawn = nx.MultiDiGraph()
    drawn.add_nodes_from(node.name for node in NODES)
    drawn.add_edges_from((*link, {"number": arrow.number}) for arrow in ARROWS for link in arrow.links)
    return drawn
