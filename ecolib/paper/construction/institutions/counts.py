r"""Which statistics of a region rise, from counts alone: exactly, for any change, and for one unit more or less.

A region has :math:`N` units, :math:`M` links within, :math:`X` cross ties, and a core with :math:`d` links within.
However many units come and go at once, from these to :math:`N', M', X', d'`:

- density rises exactly if :math:`M' N (N - 1) > M N' (N' - 1)`,
- strength exactly if :math:`M' N > M N'`,
- openness exactly if :math:`X' M > X M'`,
- dominance exactly if :math:`d' M > d M'`, where :math:`d'` is that of whoever is the core then.

The rules for one unit follow from these; they say who pushes which way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ecolib.doors import check_hashable
from ecolib.paper.construction.material.inputs import count

__all__ = ["Counts", "density_rises", "dominance_rises", "rises", "strength_rises"]


@dataclass(frozen=True)
class Counts:
    """What decides a region's statistics.

    Args:
        units: units of the region, ``N``, at least 2.
        links: links within the region, ``M``, at least 1.
        core: links within the region of its best linked unit, ``d``.
        cross: ties with units of other regions, ``X``.

    Raises:
        TypeError: when a number is no integer.
        ValueError: for numbers that no network has.
    """

    units: int
    links: int
    core: int
    cross: int = 0

    def __post_init__(self) -> None:
        N = count("units", self.units, least=2)
        M = count("links", self.links, least=1, most=N * (N - 1) // 2)
        count("cross", self.cross)
        # The best linked unit has at least the mean, and at least what the links among the others leave for it.
        least = max(-(-2 * M // N), M - (N - 1) * (N - 2) // 2)
        count("core", self.core, least=least, most=min(N - 1, M))

    @classmethod
    def of(cls, graph: Any, which: str) -> Counts:
        """The counts of one region of a network whose nodes have an attribute ``region``.

        Raises:
            TypeError: for anything but an undirected graph without parallel edges.
            ValueError: for a region without a link.
        """
        import networkx as nx

        if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
            raise TypeError(f"graph must be an undirected networkx.Graph, got {type(graph).__name__}")
        check_hashable("which", which)
        inside = graph.subgraph([node for node, region in graph.nodes(data="region") if region == which])
        crossing = sum((i in inside) != (j in inside) for i, j in graph.edges)
        most = max((degree for _, degree in inside.degree), default=0)
        return cls(len(inside), inside.number_of_edges(), most, crossing)


def rises(before: Counts, after: Counts) -> dict[str, bool]:
    """Which of size, density, strength, openness and dominance rise between two states of a region, exactly.

    Raises:
        TypeError: unless both are :class:`Counts`.

    Example:
        >>> found = rises(Counts(units=25, links=30, core=6), Counts(units=27, links=35, core=7, cross=4))
        >>> [name for name, up in found.items() if up]
        ['size', 'strength', 'openness']
    """
    for name, one in (("before", before), ("after", after)):
        if not isinstance(one, Counts):
            raise TypeError(f"{name} must be Counts, got {type(one).__name__}")
    N, M, d, X = before.units, before.links, before.core, before.cross
    N_new, M_new, d_new, X_new = after.units, after.links, after.core, after.cross
    return {
        "size": N_new > N,
        "density": M_new * N * (N - 1) > M * N_new * (N_new - 1),
        "strength": M_new * N > M * N_new,
        "openness": X_new * M > X * M_new,
        "dominance": d_new * M > d * M_new,
    }


def density_rises(units: int, links: int, own: int, *, joins: bool) -> bool:
    """Whether density rises when one unit with ``own`` links within the region joins, or leaves.

    It rises when a newcomer brings more than ``2 M / (N - 1)`` links, which is density times ``N``; and when a unit
    leaves that had fewer than the mean, ``2 M / N``.

    Args:
        units: units before, ``N``, at least 2, at least 3 if one leaves.
        links: links among them, ``M``.
        own: links of the unit that joins or leaves.
        joins: whether it joins.

    Raises:
        TypeError: when a number is no integer, or ``joins`` no truth value.
        ValueError: for numbers that no network has.

    Example:
        >>> density_rises(10, 15, 3, joins=True), density_rises(10, 15, 4, joins=True)
        (False, True)
    """
    N, M, e = _checked(units, links, own, joins)
    return (N - 1) * e > 2 * M if joins else N * e < 2 * M


def strength_rises(units: int, links: int, own: int, *, joins: bool) -> bool:
    """Whether links per unit rise when one unit joins, or leaves: if it has more, or fewer, than ``M / N`` links.

    Arguments and errors are those of :func:`density_rises`.

    Example:
        >>> strength_rises(10, 15, 2, joins=True), strength_rises(10, 15, 1, joins=True)
        (True, False)
    """
    N, M, e = _checked(units, links, own, joins)
    return N * e > M if joins else N * e < M


def dominance_rises(links: int, core: int, own: int, *, linked: bool, joins: bool) -> bool:
    """Whether the core's share of a region's links rises when one unit joins, or leaves, and the core stays the core.

    With a link to the core, ``l = 1``, or without, ``l = 0``: a newcomer raises it if ``l M > e d``, a unit that leaves
    if ``e d > l M``. Where another unit becomes the best linked, :func:`rises` decides.

    Args:
        links: links within the region before, ``M``, at least 1.
        core: links of the core before, ``d``.
        own: links ``e`` of the unit that joins or leaves; fewer than ``links`` if it leaves.
        linked: whether one of them is with the core.
        joins: whether it joins.

    Raises:
        TypeError: when a number is no integer, or ``linked`` or ``joins`` no truth value.
        ValueError: for numbers that no network has.

    Example:
        >>> dominance_rises(20, 5, 3, linked=True, joins=True), dominance_rises(20, 5, 5, linked=True, joins=True)
        (True, False)
    """
    _truths(linked=linked, joins=joins)
    M = count("links", links, least=1)
    d = count("core", core, least=int(linked and not joins), most=M)
    # Links of a unit that leaves are among the M; only one of them can be the core's as well.
    e = count("own", own, least=int(linked), most=10**6 if joins else min(M - 1, M - d + linked))
    return linked * M > e * d if joins else e * d > linked * M


def _truths(**given: bool) -> None:
    for name, one in given.items():
        if not isinstance(one, bool):
            raise TypeError(f"{name} must be True or False, got {one!r}")


def _checked(units: int, links: int, own: int, joins: bool) -> tuple[int, int, int]:
    _truths(joins=joins)
    N = count("units", units, least=2 if joins else 3)
    M = count("links", links, most=N * (N - 1) // 2)
    # What stays when one leaves are links among N - 1 units.
    least = 0 if joins else max(0, M - (N - 1) * (N - 2) // 2)
    return N, M, count("own", own, least=least, most=N if joins else min(N - 1, M))
