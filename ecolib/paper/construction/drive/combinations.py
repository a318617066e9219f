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
from ecolib.paper.construction.drive.inputs import number, rates, shares
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
        f = rates("f", self.f)
        if f.shape != (4,):
            raise ValueError(f"f must have shape (4,), one rate for each of {', '.join(letters.PAIRS)}, got {f.shape}")
        object.__setattr__(self, "f", tuple(f.tolist()))
        object.__setattr__(self, "chi", number("chi", self.chi, least=0.0))

    @property
    def interaction(self) -> float:
        """What the good forms are worth together beyond what each is worth alone, per unit of time (epistasis)."""
        good, first, second, plain = self.f
        return good - first - second + plain

    @property
    def spreads(self) -> bool:
        """Whether firms AB become more where they are a few among firms ab.

        They do if their advantage exceeds recombination, and do not if it is below and neither good form alone is
        copied as fast as ab.

        Raises:
            ValueError: when the first order of few firms does not decide: the advantage equals recombination, or it
                is below and Ab or aB would hold its own or spread and make AB anew.
        """
        advantage = self.f[0] - self.f[3]
        if advantage > self.chi:
            return True
        if advantage < self.chi and max(self.f[1], self.f[2]) < self.f[3]:
            return False
        raise ValueError(
            f"undecided: the advantage of AB, {advantage:g}, is not above recombination, {self.chi:g}, "
            "and equals it or AB is made anew by Ab or aB, which do not dwindle"
        )

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
