r"""Many regions: the three units of one transfer relation, embedded in a network of regions.

Regions are the nodes of a directed graph; an edge from an **origin** to a **destination** is a **relation** of transfer
between them. Every region has one unit, its *industry*. Every relation brings a unit of its own, the *transferring*
unit, and acts as the closure for three units says: the transferring unit leads, with the coefficient :math:`a_1`
towards both industries; the industries follow, with :math:`a_i` towards the transferring unit and towards each other.
One relation alone is the closure itself.

That the coefficients of all relations of a region **add up** is a modelling choice: each relation yields its own
surplus and inflicts its own friction, and no region is too busy for another one.

Where every region has the same number :math:`d` of relations, in or out, and all have the same compatibility, all
industries have one saturation :math:`u_I` and all transferring units another, :math:`u_T`:

.. math:: u_I = \frac{1 + d a_i}{1 - d a_i (1 + 2 a_1)}, \qquad u_T = 1 + 2 a_1 u_I .

They live together, and every path ends there, if and only if :math:`1 + d a_i > 0` (otherwise somebody dies out) and
:math:`d a_i (1 + 2 a_1) < 1` (otherwise outputs grow without bound). In any graph without isolated regions, as long as
all live together, industries gain if and only if :math:`a_i > 0`, transferring units if and only if :math:`a_1 > 0`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.networks import Network
from ecolib.networks.graphs import check_graph
from ecolib.numeric import compiled
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.closure import Closure
from ecolib.values import Array, real_array

__all__ = ["d", "divisor", "industry", "regional_network", "relation_limit", "transferring"]

d = sp.Symbol("d", real=True)
"""Relations of a region, in or out."""

divisor = 1 - d * letters.a_i * (1 + 2 * letters.a_1)
"""Positive where help does not outgrow self-limitation; at 0 all outputs run away."""

industry = (1 + d * letters.a_i) / divisor
"""Saturation of the industry of every region, where all have d relations."""

transferring = 1 + 2 * letters.a_1 * industry
"""Saturation of the transferring unit of every relation there."""

_LIMITS = (-1 / letters.a_i, sp.solve(divisor, d)[0])


def regional_network(
    graph: Any, closure: Closure, *, phi: float | str, r: npt.ArrayLike = 1.0, K: npt.ArrayLike = 1.0
) -> Network:
    """The network of all industries and transferring units of a graph of regions.

    Args:
        graph: a ``networkx.DiGraph`` whose nodes are regions and whose edges, from origin to destination, are
            relations. Two regions may have a relation in each direction.
        closure: synergy, friction and reciprocity of every relation, in numbers, for three units.
        phi: compatibility, above 0 and at most 1: one number, or the name of an attribute that every edge has.
        r: growth rates, one number or one per unit, per unit of time, positive.
        K: carrying capacities, one number or one per unit, units of output, positive.

    Returns:
        A network whose first units are the industries, named as the nodes are, followed by the transferring units,
        named by their edges as pairs ``(origin, destination)``.

    Raises:
        TypeError: when ``graph`` or ``closure`` is of another kind.
        ValueError: when a region has a relation with itself, the closure is not for three units, is a batch or in
            letters, an edge lacks its compatibility, or a number is out of range.

    Example:
        >>> import networkx as nx
        >>> coast_to_town = nx.DiGraph([("coast", "town")])
        >>> regional_network(coast_to_town, Closure(s=1.2, c=0.3, omega=1, n=3), phi=0.8).names
        ('coast', 'town', ('coast', 'town'))
    """
    check_graph(graph)
    nodes, edges = list(graph.nodes), list(graph.edges)
    itself = next((origin for origin, destination in edges if origin == destination), None)
    if itself is not None:
        raise ValueError(f"a relation needs two regions, the region {itself!r} has one with itself")
    coefficients = _coefficients(closure, _compatibilities(graph, phi))
    place = {node: k for k, node in enumerate(nodes)}
    ends = np.array([(place[origin], place[destination]) for origin, destination in edges], dtype=np.int64)
    triples = np.column_stack([len(nodes) + np.arange(len(edges)), ends.reshape(-1, 2)])
    return Network(r, K, _summed(triples, coefficients, len(nodes) + len(edges)), (*nodes, *edges))  # type: ignore[arg-type]


def relation_limit(closure: Closure, *, phi: npt.ArrayLike) -> Array:
    """How many relations every region may have so that all live together, of the shape of ``phi``.

    With ``a_i < 0`` it is ``-1 / a_i``: with more relations somebody dies out. With ``a_i > 0`` it is
    ``1 / (a_i (1 + 2 a_1))``: with more, outputs grow without bound. Infinite at ``a_i = 0``.

    Raises:
        TypeError: when ``closure`` is of another kind.
        ValueError: when the closure is not for three units, is a batch or in letters, or ``phi`` is out of range.

    Example:
        >>> relation_limit(Closure(s=1.2, c=0.3, omega=1, n=3), phi=[0.1, 0.6, 1.0]).round(1).tolist()
        [3.8, 25.7, 1.4]
    """
    coefficients = _coefficients(closure, real_array("phi", phi))
    lead, follow = coefficients[..., 0, 1], coefficients[..., 1, 0]
    with np.errstate(divide="ignore"):
        limits = compiled(_LIMITS, letters.a_1, letters.a_i)(lead, follow)
    return np.where(follow == 0, np.inf, np.where(follow < 0, limits[..., 0], limits[..., 1]))


def _coefficients(closure: Closure, phi: Array) -> Array:
    """Coefficients of a relation, shape ``(..., 3, 3)``: transferring unit, origin, destination."""
    if not isinstance(closure, Closure):
        raise TypeError(f"closure must be a Closure, got {type(closure).__name__}")
    if closure.n != 3:
        raise ValueError(f"a relation has three units, the closure is for {closure.n}")
    if closure.exact or any(np.ndim(value) for value in (closure.s, closure.c, closure.omega)):
        raise ValueError("one closure in numbers is needed, got a batch or letters")
    return np.asarray(closure.alpha(phi=phi), dtype=np.float64)


def _compatibilities(graph: Any, phi: float | str) -> Array:
    """The compatibility of every edge, in order."""
    if not isinstance(phi, str):
        number = real_array("phi", phi)
        if number.ndim:
            raise ValueError(f"phi must be one number or the name of an attribute, got shape {number.shape}")
        return np.full(graph.number_of_edges(), number)
    given = {(origin, destination): value for origin, destination, value in graph.edges(data=phi)}
    missing = next((edge for edge, value in given.items() if value is None), None)
    if missing is not None:
        raise ValueError(f"every edge needs its compatibility, {missing[0]!r} -> {missing[1]!r} has no {phi!r}")
    return real_array("phi", list(given.values()))


def _summed(triples: npt.NDArray[np.int64], coefficients: Array, units: int) -> Any:
    """The coefficients of all relations, added up where two units meet in several."""
    from scipy.sparse import coo_array

    row, column = np.nonzero(~np.eye(3, dtype=bool))
    places = triples[:, row].ravel(), triples[:, column].ravel()
    return coo_array((coefficients[:, row, column].ravel(), places), shape=(units, units)).tocsr()
