"""Random networks of two regions, and the parts that span both of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.networks import Network, graph_of
from ecolib.networks.network import check_network
from ecolib.numeric import Array
from ecolib.paper.construction.material.crosslinks import RegionLinks
from ecolib.paper.construction.material.inputs import count, number
from ecolib.values import generator

MOST_LINKS = 5e6
"""More are not drawn: a small machine would take long, and much of its memory."""

__all__ = ["drawn", "region_graph", "spanning_shares", "spanning_units"]


def drawn(links: RegionLinks, units: int, *, strength: float, rng: np.random.Generator) -> Network:
    """A random network of two regions with the mean numbers of links given.

    Args:
        links: mean numbers of links per unit.
        units: units in each region, from 2 to 500 000; those of A come first.
        strength: coefficient of every link, dimensionless, positive; a social link is two of them. Two links from
            one unit to one other count as one.
        rng: generator of random numbers.

    Raises:
        TypeError: for links that are no :class:`RegionLinks`, or no whole number or generator.
        ValueError: for numbers out of range, or more than five million links.

    Example:
        >>> network = drawn(RegionLinks(((1, 1), (1, 1))), 500, strength=0.1, rng=np.random.default_rng(1))
        >>> network.units, 1800 < network.links < 2200
        (1000, True)
    """
    from scipy.sparse import coo_array

    if not isinstance(links, RegionLinks):
        raise TypeError(f"links must be RegionLinks, got {type(links).__name__}")
    size = count("units", units, least=2, most=500_000)
    effect, draw = number("strength", strength, positive=True), generator(rng)
    if size * float(links.means.sum()) > MOST_LINKS:
        raise ValueError(
            f"at most {MOST_LINKS:g} links are drawn, got {size * float(links.means.sum()):.3g} on average"
        )
    pairs = [_pairs(links.production[i, j] * size, (i, j), size, draw) for i in (0, 1) for j in (0, 1)]
    for i, j in ((0, 0), (0, 1), (1, 1)):
        mutual = _pairs(links.social[i, j] * size / (2 if i == j else 1), (i, j), size, draw)
        pairs += [mutual, mutual[::-1]]
    source, target = np.hstack(pairs)
    source, target = np.divmod(np.unique(source * (2 * size) + target), 2 * size)
    source, target = source[source != target], target[source != target]
    acting = coo_array((np.full(source.size, effect), (target, source)), shape=(2 * size, 2 * size))
    return Network(np.array(1.0), np.array(1.0), acting.tocsr())


def spanning_units(network: Network, region: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Which units belong to the largest part that has members in both regions, shape ``(units,)``; maybe none.

    Args:
        network: any network.
        region: whether each unit is in region B, shape ``(units,)``, true or false.

    Raises:
        TypeError: when ``network`` is no :class:`~ecolib.networks.Network`, or ``region`` is not true or false.
        ValueError: for another shape.

    Example:
        >>> spanning_units(Network(r=1, K=1, alpha=((0, 1, 0), (1, 0, 1), (0, 0, 0))), (False, True, True)).tolist()
        [True, True, False]
    """
    from scipy.sparse.csgraph import connected_components

    check_network(network)
    in_B = np.asarray(region)
    if in_B.dtype != np.bool_:
        raise TypeError(f"region must be true or false for each unit, got {in_B.dtype}")
    if in_B.shape != (network.units,):
        raise ValueError(f"region must have shape ({network.units},), got {in_B.shape}")
    number_of, part = connected_components(network.alpha, connection="strong")
    members = [np.bincount(part[side], minlength=number_of) for side in (~in_B, in_B)]
    both = np.where((members[0] > 0) & (members[1] > 0), members[0] + members[1], 0)
    return np.asarray((part == both.argmax()) & (both.max() > 0))


def spanning_shares(network: Network) -> Array:
    """Share of A's and of B's units in the largest part that spans both regions, shape ``(2,)``, for :func:`drawn`.

    Raises:
        TypeError: when ``network`` is no :class:`~ecolib.networks.Network`.
        ValueError: when the number of units is odd, so that the regions cannot be equally large.
    """
    check_network(network)
    half = network.units // 2
    if 2 * half != network.units:
        raise ValueError(f"two regions of one size have an even number of units, got {network.units}")
    return np.asarray(spanning_units(network, np.arange(2 * half) >= half).reshape(2, half).mean(axis=1))


def region_graph(network: Network) -> Any:
    """The ``networkx.DiGraph`` of a network from :func:`drawn`, whose nodes have an attribute ``region``, A or B.

    Raises:
        TypeError: when ``network`` is no :class:`~ecolib.networks.Network`.

    Example:
        >>> graph = region_graph(Network(r=1, K=1, alpha=((0, 0), (0.5, 0))))
        >>> list(graph.nodes(data="region")), list(graph.edges)
        ([(0, 'A'), (1, 'B')], [(0, 1)])
    """
    graph = graph_of(network)
    for place, node in enumerate(network.names):
        graph.nodes[node]["region"] = "A" if place < network.units // 2 else "B"
    return graph


def _pairs(mean: float, regions: tuple[int, int], size: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Sources and targets of a random number of links with a mean, from a region to a region, shape ``(2, links)``."""
    many = int(rng.poisson(mean))
    return np.asarray(rng.integers(size, size=(2, many)) + size * np.array(regions)[:, None])
