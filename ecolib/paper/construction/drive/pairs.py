r"""A good innovation gene and another one in one region: where shares rest, the load, and what "survives" means.

The good gene is copied faster by :math:`\sigma` and lost by miscopying at the rate :math:`\nu`, which restores it at
the rate :math:`\beta`. At rest it holds more than a share :math:`\ell` exactly if
:math:`\nu < (1 - \ell)(\sigma + \beta / \ell)`. Without restoring it is lost from the **error threshold**
:math:`\nu = \sigma` on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array, compiled
from ecolib.paper.construction.drive import letters
from ecolib.paper.construction.drive.inputs import broadcast, fitting, fraction, rates

__all__ = ["TwoGenes", "rest_shares"]

_letters = (letters.excess, letters.sigma, letters.nu, letters.beta)
_frequent, _rare = compiled(letters.rest_share, *_letters), compiled(letters.rest_share_of_rare, *_letters)
_other = compiled(letters.other_share, *_letters)
_limit = compiled(letters.mutation_limit, letters.sigma, letters.beta, letters.level)


def rest_shares(sigma: Array, nu: Array, beta: Array) -> tuple[Array, Array]:
    """Shares at rest of the good gene and of the other, each without loss of digits; rates at least 0, not all 0."""
    excess = (sigma - nu) - beta
    rare = excess < 0
    good = np.where(
        rare,
        _rare(np.where(rare, excess, -1.0), sigma, nu, beta),
        _frequent(np.maximum(excess, 0.0), np.where(rare, 1.0, sigma), nu, beta),
    )
    return np.minimum(good, 1.0), np.minimum(_other(excess, sigma, nu, beta), 1.0)


@dataclass(frozen=True, eq=False)
class TwoGenes:
    """A good gene and another one in one region; arrays are broadcast against each other.

    Args:
        sigma: advantage of the good gene, per unit of time, at least 0.
        nu: rate at which the good gene is lost by miscopying, per unit of time, at least 0.
        beta: rate at which miscopying restores it, per unit of time, at least 0.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for numbers out of range, or when all three are 0: then nothing moves the shares.

    Example:
        >>> pair = TwoGenes(sigma=1.0, nu=(0.2, 1.5), beta=0.0)
        >>> pair.rest.round(9).tolist(), pair.load.round(9).tolist(), pair.lost.tolist()
        ([0.8, 0.0], [0.2, 1.0], [False, True])
    """

    sigma: Array
    nu: Array
    beta: Array

    def __post_init__(self) -> None:
        broadcast(self, {name: rates(name, getattr(self, name), least=0.0) for name in ("sigma", "nu", "beta")})
        if np.any((self.sigma == 0) & (self.nu == 0) & (self.beta == 0)):
            raise ValueError("sigma, nu and beta must not all be 0: every share would be at rest")

    @property
    def rest(self) -> Array:
        """Share of the good gene at rest, to which every path with both genes present tends."""
        return rest_shares(self.sigma, self.nu, self.beta)[0]

    @property
    def load(self) -> Array:
        """Mutation load, per unit of time: what the mean copying rate lacks from that of the good gene; at most nu."""
        return np.asarray(self.sigma * rest_shares(self.sigma, self.nu, self.beta)[1])

    @property
    def lost(self) -> npt.NDArray[np.bool_]:
        """Whether the good gene is lost: miscopying outweighs its advantage and never restores it."""
        return np.asarray((self.beta == 0) & (self.nu >= self.sigma))

    def mutation_limit(self, level: npt.ArrayLike) -> Array:
        """The rate nu below which the good gene holds more than a share ``level`` at rest, per unit of time.

        Raises:
            TypeError: when a level is not a real number.
            ValueError: when it is not above 0 and below 1, or its shape does not fit.
        """
        share = fraction("level", level)
        fitting({"sigma": self.sigma, "level": share})
        return _limit(self.sigma, self.beta, share)

    def survives(self, level: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Whether the good gene holds more than a share ``level`` at rest.

        Example:
            >>> TwoGenes(sigma=1.0, nu=(0.4, 0.6), beta=0.0).survives(0.5).tolist()
            [True, False]
        """
        return np.asarray(self.nu < self.mutation_limit(level))
