r"""Links of several layers at once: firm, industry and region (点, 线, 面) in one multiple network (多重网络).

A **layer** is a matrix of coefficients between the same units; the **whole** has the sum of all layers. The **synergy**
is what the whole gains beyond the sum of what each layer gains alone. With the gains :math:`g_l` of the layers it is

.. math:: \Bigl(I - \sum_l A_l\Bigr)^{-1} \sum_l \sum_{k \ne l} A_k \, g_l

so it is what layers make of gains that other layers made. The **dividend** of a set of layers is what these gain
together beyond all dividends of smaller sets; without friction it adds up the walks that use exactly these layers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from ecolib.doors import choice
from ecolib.numeric import Array
from ecolib.paper.construction.drive.effects import Partners
from ecolib.paper.construction.drive.inputs import coefficients

__all__ = ["Layers"]

MOST_LAYERS = 10
"""Dividends are computed for every set of layers."""


@dataclass(frozen=True, eq=False)
class Layers:
    """Layers of links between the same units.

    Args:
        links: for each name of a layer its coefficients, shape ``(units, units)``, positive helps; zero diagonal.

    Raises:
        TypeError: for anything but a mapping, or entries that are not real numbers.
        ValueError: for no layer or more than ten, shapes that differ, or a matrix that is none of coefficients.

    Example:
        >>> pair = Layers({"firm": ((0, 0.5), (0, 0)), "region": ((0, 0), (0.5, 0))})
        >>> pair.synergy.round(3).tolist(), pair.superadditive, pair.mixed.tolist()
        ([0.5, 0.5], True, [True, True])

    References: Takeuchi1996.
    """

    links: Mapping[str, Array]

    def __post_init__(self) -> None:
        if not isinstance(self.links, Mapping):
            raise TypeError(f"links must map names of layers to coefficients, got {type(self.links).__name__}")
        if not 0 < len(self.links) <= MOST_LAYERS:
            raise ValueError(f"there must be between 1 and {MOST_LAYERS} layers, got {len(self.links)}")
        checked = {name: coefficients(str(name), array) for name, array in self.links.items()}
        if len({array.shape for array in checked.values()}) > 1:
            shapes = ", ".join(f"{name} {array.shape}" for name, array in checked.items())
            raise ValueError(f"all layers must link the same units, got {shapes}")
        object.__setattr__(self, "links", MappingProxyType(checked))

    @property
    def whole(self) -> Array:
        """Coefficients of all layers together, shape ``(units, units)``."""
        return np.asarray(sum(self.links.values()))

    def gain(self, *names: str) -> Array:
        """Gains of all units when only the named layers exist, shape ``(units,)``; no name is no link and no gain.

        Raises:
            ValueError: for an unknown layer, one named twice, or when the units do not live together.
        """
        for name in names:
            choice("a layer", name, self.links)
        if len(set(names)) < len(names):
            raise ValueError(f"each layer may be named once, got {', '.join(map(repr, names))}")
        return Partners(sum((self.links[name] for name in names), np.zeros_like(self.whole))).gain

    @property
    def synergy(self) -> Array:
        """What the whole gains beyond the sum of what the layers gain alone, shape ``(units,)``.

        Raises:
            ValueError: when the units do not live together under all layers or under one.
        """
        return np.asarray(self.gain(*self.links) - sum(self.gain(name) for name in self.links))

    @property
    def radius(self) -> float:
        """Spectral radius of the whole."""
        return float(np.abs(np.linalg.eigvals(self.whole)).max())

    @property
    def superadditive(self) -> bool:
        """Whether the theorem applies: no coefficient is negative, and the whole stays bounded."""
        return bool(all(np.all(array >= 0) for array in self.links.values()) and self.radius < 1)

    @property
    def mixed(self) -> npt.NDArray[np.bool_]:
        """For each unit whether some walk that ends at it uses two layers, shape ``(units,)``.

        Where the theorem applies, these are exactly the units whose synergy is positive.
        """
        present = {name: (array != 0).astype(int) for name, array in self.links.items()}
        union = sum(present.values()) > 0
        turns = sum(present[last] @ present[first] for last in present for first in present if last != first)
        ends = np.asarray(turns).any(axis=1) if len(present) > 1 else np.zeros(len(union), dtype=bool)
        for _ in range(len(union)):
            ends = ends | (union & ends).any(axis=1)
        return np.asarray(ends)

    @cached_property
    def dividends(self) -> dict[tuple[str, ...], Array]:
        """For each set of layers what it adds to the gains, shape ``(units,)``; all of them add up to the whole's gain.

        Raises:
            ValueError: when the units do not live together under some set of layers.

        Example:
            >>> pair = Layers({"firm": ((0, 0.5), (0, 0)), "region": ((0, 0), (0.5, 0))})
            >>> {"+".join(names): gain.round(3).tolist() for names, gain in pair.dividends.items()}
            {'firm': [0.5, 0.0], 'region': [0.0, 0.5], 'firm+region': [0.5, 0.5]}
        """
        found: dict[tuple[str, ...], Array] = {}
        for size in range(1, len(self.links) + 1):
            for names in combinations(self.links, size):
                smaller = [gain for some, gain in found.items() if set(some) < set(names)]
                found[names] = np.asarray(self.gain(*names) - sum(smaller, np.zeros(len(self.whole))))
        return found

    @property
    def shapley(self) -> dict[str, Array]:
        """Each layer's share of the whole's gains, shape ``(units,)``: every dividend split evenly among its layers."""
        nothing = np.zeros(len(self.whole))
        return {
            name: np.asarray(sum((gain / len(some) for some, gain in self.dividends.items() if name in some), nothing))
            for name in self.links
        }
