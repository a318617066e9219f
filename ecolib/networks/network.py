r"""Networks: many units, few links.

The equations are those of :mod:`ecolib.model`, in saturations :math:`\dot u_i = r_i u_i (1 - u_i + \sum_j \alpha_{ij}
u_j)`, where most coefficients are zero. A **link** from unit :math:`j` to unit :math:`i` is a coefficient
:math:`\alpha_{ij} \ne 0`: it points from the unit that acts to the unit that is acted on. Only links are stored, so
memory grows with units and links, not with the square of the units.

:mod:`ecolib.networks.graphs` turns graphs of networkx into networks and back.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.doors import several
from ecolib.values import Array, Values, real_array

__all__ = ["Network", "check_network"]

DENSE_LIMIT = 5000
"""A network of more units is not written out as a full matrix."""


@dataclass(frozen=True, eq=False)
class Network:
    """Numbers for many units and their links, checked once and read-only.

    Args:
        r: intrinsic growth rates, one number or shape ``(units,)``, per unit of time, positive.
        K: carrying capacities, one number or shape ``(units,)``, units of output, positive.
        alpha: symbiosis coefficients, a scipy sparse array or a full array of shape ``(units, units)``, dimensionless,
            positive helps; zero diagonal. It is kept as a ``csr_array`` without stored zeros.
        names: what to call the units, all different; by default 0, 1, 2, ...

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for wrong shapes, NaN or infinite entries, ``r <= 0``, ``K <= 0``, a non-zero diagonal, or names
            that are not one for each unit.

    Example:
        >>> chain = Network(r=1, K=10, alpha=((0, 0.5, 0), (0, 0, 0.5), (0, 0, 0)))
        >>> chain.units, chain.links, chain.growth([1, 1, 1]).tolist()
        (3, 2, [0.5, 0.5, 0.0])
    """

    r: Array
    K: Array
    alpha: Any
    names: Sequence[Hashable] = ()

    def __post_init__(self) -> None:
        alpha = _links(self.alpha)
        units = alpha.shape[0]
        for letter in ("r", "K"):
            object.__setattr__(self, letter, _per_unit(letter, getattr(self, letter), units))
        for array in (alpha.data, alpha.indices, alpha.indptr):
            array.setflags(write=False)
        object.__setattr__(self, "alpha", alpha)
        object.__setattr__(self, "names", _names(self.names, units))

    @property
    def units(self) -> int:
        """How many units."""
        return int(self.alpha.shape[0])

    @property
    def links(self) -> int:
        """How many links: coefficients that are not zero."""
        return int(self.alpha.nnz)

    def growth(self, u: npt.ArrayLike) -> Array:
        """Growth per head of each unit at saturations ``u``, per unit of time; both of shape ``(units,)``.

        Raises:
            TypeError: when an entry is no real number.
            ValueError: when ``u`` has another shape, or an entry is not finite.
        """
        saturation = real_array("u", u)
        if saturation.shape != (self.units,):
            raise ValueError(f"u must have shape ({self.units},), got {saturation.shape}")
        if not np.all(np.isfinite(saturation)):
            raise ValueError(f"u must be finite, got {saturation[~np.isfinite(saturation)][0]}")
        # The equations of ecolib.model, for a matrix that only sparse storage can hold; tests tie the two together.
        rate: Array = self.r * (1.0 - saturation + self.alpha @ saturation)
        return rate

    def part(self, units: npt.ArrayLike) -> Network:
        """The network of some units only, given by their indices or by a mask.

        Raises:
            ValueError: when there is none, or one that the network does not have, or one twice.

        Example:
            >>> Network(r=1, K=1, alpha=((0, 0.5), (0, 0)), names=("coast", "town")).part([1]).names
            ('town',)
        """
        try:
            kept = np.arange(self.units)[np.asarray(units)]
        except (IndexError, TypeError, ValueError):
            kept = None
        if not isinstance(kept, np.ndarray | np.integer) or np.ndim(kept) > 1:
            raise ValueError(f"units must be indices below {self.units} or a mask, got {units!r:.80}")
        kept = np.atleast_1d(kept)
        names = tuple(self.names[i] for i in kept.tolist())
        return Network(self.r[kept], self.K[kept], self.alpha[kept][:, kept], names)

    @classmethod
    def of_values(cls, values: Values) -> Network:
        """The network of one set of values.

        Raises:
            TypeError: when ``values`` is of another kind.
            ValueError: when the values are a batch.
        """
        if not isinstance(values, Values):
            raise TypeError(f"values must be ecolib.Values, got {type(values).__name__}")
        if values.shape:
            raise ValueError(f"a network has one parameter set, got a batch of shape {values.shape}")
        return cls(values.r, values.K, values.alpha)

    def to_values(self) -> Values:
        """The same numbers with a full matrix.

        Raises:
            ValueError: for more units than a full matrix should have.
        """
        if self.units > DENSE_LIMIT:
            raise ValueError(f"a full matrix is for up to {DENSE_LIMIT} units, this network has {self.units}")
        return Values(r=self.r, K=self.K, alpha=self.alpha.toarray())


def check_network(network: object) -> None:
    """Raise unless it is a :class:`Network`."""
    if not isinstance(network, Network):
        raise TypeError(f"network must be a Network, got {type(network).__name__}")


def _links(given: Any) -> Any:
    """The coefficients as a sorted ``csr_array`` without stored zeros, if they are such."""
    from scipy import sparse

    if sparse.issparse(given):
        if given.dtype.kind not in "fiub":
            raise TypeError(f"alpha must hold real numbers, got {given.dtype}")
        matrix = given
    else:
        matrix = real_array("alpha", given)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or matrix.shape[0] == 0:
        raise ValueError(f"alpha must have shape (units, units), got {matrix.shape}")
    alpha = sparse.csr_array(matrix, dtype=np.float64, copy=True)
    alpha.sum_duplicates()
    if not np.all(np.isfinite(alpha.data)):
        place = int(np.flatnonzero(~np.isfinite(alpha.data))[0])
        i = int(np.searchsorted(alpha.indptr, place, side="right")) - 1
        raise ValueError(f"alpha must be finite, got {alpha.data[place]} for unit {i + 1}")
    alpha.eliminate_zeros()
    diagonal = alpha.diagonal()
    if diagonal.any():
        i = int(np.flatnonzero(diagonal)[0])
        raise ValueError(f"alpha must be zero on the diagonal, got {diagonal[i]} for unit {i + 1}")
    return alpha


def _per_unit(letter: str, given: npt.ArrayLike, units: int) -> Array:
    """One positive number per unit, read-only."""
    array = real_array(letter, given)
    if array.shape not in ((), (units,)):
        raise ValueError(f"{letter} must be one number or have shape ({units},), got {array.shape}")
    whole = np.broadcast_to(array, (units,)).copy()
    bad = np.flatnonzero(~(np.isfinite(whole) & (whole > 0)))
    if bad.size:
        raise ValueError(f"{letter} must be positive and finite, got {whole[bad[0]]} for unit {bad[0] + 1}")
    whole.setflags(write=False)
    return whole


def _names(given: Sequence[Hashable], units: int) -> tuple[Hashable, ...]:
    names = () if isinstance(given, str) else several("names", given) or tuple(range(units))
    if len(names) != units or not all(isinstance(name, Hashable) for name in names) or len(set(names)) != units:
        raise ValueError(f"names must be {units} different names, got {given!r:.80}")
    return names
