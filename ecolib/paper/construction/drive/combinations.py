r"""Genes that recombine: what a firm's mix of two genes does over time.

Two genes that each come in a good and an ordinary form make four kinds of firm, AB, Ab, aB and ab. At the rate
:math:`\chi` a firm takes one of its two genes from another firm. Recombination leaves the shares of single genes alone
and wears off their **association** :math:`p_{AB} p_{ab} - p_{Ab} p_{aB}`; without selection that decays as
:math:`e^{-\chi t}`. It makes combinations that nobody had, and it breaks up those that somebody has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array, compiled
from ecolib.paper.construction.drive import letters
from ecolib.paper.construction.drive.inputs import finite, shares
from ecolib.simulation import Path, simulate

__all__ = ["Combinations", "association"]

_SYSTEM, _F, _ASSOCIATION = letters.combinations()
_association = compiled(_ASSOCIATION, _SYSTEM.x)


@dataclass(frozen=True, eq=False)
class Combinations:
    """Four kinds of firm with two genes that recombine.

    Args:
        f: copying rates of AB, Ab, aB and ab, shape ``(4,)``, per unit of time, any sign.
        chi: recombination, per unit of time, at least 0.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for a wrong shape or numbers out of range.

    Example:
        >>> Combinations(f=(1, 0, 0, 0.25), chi=0.5).spreads, Combinations(f=(1, 0, 0, 0.25), chi=0.8).spreads
        (True, False)

    References: HofbauerSigmund1998.
    """

    f: Sequence[float]
    chi: float

    def __post_init__(self) -> None:
        f = finite("f", self.f)
        if f.shape != (4,):
            raise ValueError(f"f must have shape (4,), one rate for each of {', '.join(letters.PAIRS)}, got {f.shape}")
        chi = finite("chi", self.chi, least=0.0)
        if chi.shape != ():
            raise ValueError(f"chi must be one number, got shape {chi.shape}")
        object.__setattr__(self, "f", tuple(f.tolist()))
        object.__setattr__(self, "chi", float(chi))

    @property
    def interaction(self) -> float:
        """What the good forms are worth together beyond what each is worth alone, per unit of time (epistasis)."""
        good, first, second, plain = self.f
        return good - first - second + plain

    @property
    def spreads(self) -> bool:
        """Whether a few firms AB grow among firms ab: their advantage exceeds recombination."""
        return self.f[0] - self.f[3] > self.chi

    def fitness_change(self, p: npt.ArrayLike) -> tuple[float, float]:
        """What selection and recombination add to the mean copying rate, per unit of time squared.

        The first is the variance of copying rates; the second is minus recombination times interaction times
        association.

        Example:
            >>> change = Combinations(f=(1, 0, 0, 1), chi=0.25).fitness_change((0.5, 0, 0, 0.5))
            >>> change
            (0.0, -0.125)
        """
        now, f = shares("p", p, 4), np.array(self.f)
        mean = float(f @ now)
        return float(((f - mean) ** 2) @ now), float(-self.chi * self.interaction * association(now))

    def path(self, p0: npt.ArrayLike, t: npt.ArrayLike) -> Path:
        """Shares of AB, Ab, aB and ab over time by the engine.

        Raises:
            TypeError: when an entry is not a real number.
            ValueError: when ``p0`` are no shares of four kinds, a share is 0 that does not stay there, or times do not
                increase.
        """
        numbers = dict(zip(_F, self.f, strict=True)) | {letters.chi: self.chi}
        return simulate(_SYSTEM, numbers, x0=shares("p0", p0, 4), t=t)


def association(p: npt.ArrayLike) -> Array:
    """Association (linkage disequilibrium) of the two genes, shape ``(...)``, between -1/4 and 1/4.

    Example:
        >>> float(association((0.5, 0, 0, 0.5)))
        0.25
    """
    return _association(shares("p", p))
