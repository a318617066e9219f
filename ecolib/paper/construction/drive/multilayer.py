"""A multiple network built by code: firms in industries in regions, and the layers of links among them."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array
from ecolib.paper.construction.drive.inputs import finite, number, rates, whole
from ecolib.paper.construction.drive.layers import Layers
from ecolib.values import generator

__all__ = ["firms_of", "three_layers"]

NAMES = ("firm", "industry", "region")


def firms_of(*, regions: Any, industries: Any, firms: Any) -> tuple[npt.NDArray[np.int_], npt.NDArray[np.int_]]:
    """Region and industry of every firm, shape ``(units,)`` each, when each industry has some firms in each region.

    Raises:
        TypeError: when a number is no integer.
        ValueError: when a number is below 1, or there are more than 2000 firms in all.

    Example:
        >>> region, industry = firms_of(regions=2, industries=2, firms=1)
        >>> region.tolist(), industry.tolist()
        ([0, 0, 1, 1], [0, 1, 0, 1])
    """
    given = {"regions": regions, "industries": industries, "firms": firms}
    shape = tuple(whole(name, count, least=1) for name, count in given.items())
    if prod(shape) > 2000:
        raise ValueError(f"at most 2000 firms, got {prod(shape)}")
    region, industry, _ = np.indices(shape).reshape(3, -1)
    return region, industry


def three_layers(
    region: npt.ArrayLike, industry: npt.ArrayLike, *, strength: npt.ArrayLike, links: float, rng: np.random.Generator
) -> Layers:
    """Layers "firm" (点), "industry" (线) and "region" (面) among firms of known region and industry.

    Firms have contracts with others at random, wherever these are; a firm is helped by all firms of its industry in
    other regions as well as its own, and by all firms of its region. Each layer is scaled so that a firm receives its
    strength in all, the firm layer on average.

    Args:
        region: the region of every firm, shape ``(units,)``.
        industry: the industry of every firm, shape ``(units,)``.
        strength: what a firm receives from each layer in all, shape ``(3,)``, any sign (negative is friction).
        links: mean number of firms that a firm has contracts with, from 0 to all others.
        rng: draws the contracts.

    Raises:
        TypeError: when an entry is not a real number, or ``rng`` is no generator.
        ValueError: for shapes that differ, fewer than two firms, or numbers out of range.

    Example:
        >>> region, industry = firms_of(regions=2, industries=2, firms=3)
        >>> rng = np.random.default_rng(2026)
        >>> layers = three_layers(region, industry, strength=(0.2, 0.2, 0.2), links=3, rng=rng)
        >>> layers.links["region"].sum(axis=1).round(9).tolist()[:3]
        [0.2, 0.2, 0.2]
    """
    places, trades = finite("region", region), finite("industry", industry)
    sizes = rates("strength", strength)
    if places.ndim != 1 or places.shape != trades.shape or places.size < 2:
        raise ValueError(f"region and industry must have one shape (units,), got {places.shape} and {trades.shape}")
    if sizes.shape != (3,):
        raise ValueError(f"strength must have shape (3,), one for each of {', '.join(NAMES)}, got {sizes.shape}")
    others = places.size - 1
    mean = number("links", links, least=0.0, most=others)
    drawn = np.triu(generator(rng).random((places.size, places.size)) < mean / others, 1)
    contracts = (drawn | drawn.T) / mean if mean else np.zeros((places.size, places.size))
    same = [_evenly(one[:, None] == one) for one in (trades, places)]
    return Layers(
        dict(zip(NAMES, (size * one for size, one in zip(sizes, (contracts, *same), strict=True)), strict=True))
    )


def _evenly(together: npt.NDArray[np.bool_]) -> Array:
    """Links within groups that add up to 1 for every member that is not alone."""
    links = together & ~np.eye(len(together), dtype=bool)
    return np.asarray(links / np.maximum(links.sum(axis=1, keepdims=True), 1))
