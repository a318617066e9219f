r"""Many innovation genes that are copied and miscopied: exact paths, the rest, the load, and who survives.

The replicator-mutator equation is the linear equation :math:`\dot y = W y` seen in shares
:math:`p = y / \sum_j y_j`, with :math:`W = \mathrm{diag}(f) + N`, where :math:`N_{ij} = \nu_{ij}` for :math:`i \ne j`
and columns of :math:`N` add up to 0. So paths are matrix exponentials, the rest is the eigenvector of the largest
eigenvalue of :math:`W`, and that eigenvalue is the **mean copying rate** at rest. What it lacks from the best copying
rate is the **mutation load**.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.numeric import Array
from ecolib.paper.construction.drive import letters
from ecolib.paper.construction.drive.inputs import rates, shares, times, whole
from ecolib.system import System

__all__ = ["GenePool"]

MOST_GENES = 300
"""Exponentials and eigenvalues are computed of full matrices."""

LONGEST = 1e9
"""Times a path may last, in units of the inverse of the largest rate: beyond it rounding would decide."""

TIED = 1e-9
"""Two groups of genes whose growth differs by less than this fraction of all rates grow equally fast."""

EQUALLY = f"grow equally fast, up to {TIED:g} of the largest rate"


@dataclass(frozen=True, eq=False)
class GenePool:
    """Innovation genes of one region: how fast each is copied, and what its copies turn into.

    Args:
        f: copying rates, shape ``(genes,)``, per unit of time, any sign.
        nu: rates of miscopying, shape ``(genes, genes)``, per unit of time, not negative: ``nu[i, j]`` is the rate at
            which copies of gene ``j`` turn into gene ``i``; zero diagonal. By default there is none.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for wrong shapes, more than 300 genes, entries that are not finite, negative rates of miscopying,
            or a diagonal that is not zero.

    Example:
        >>> pool = GenePool(f=(1, 0), nu=((0, 0), (0.25, 0)))
        >>> pool.rest.round(9).tolist(), round(pool.load, 9)
        ([0.75, 0.25], 0.25)

    References: HofbauerSigmund1998.
    """

    f: Array
    nu: Array | None = None

    def __post_init__(self) -> None:
        f = rates("f", self.f)
        if f.ndim != 1 or not 0 < f.size <= MOST_GENES:
            raise ValueError(f"f must have shape (genes,) with up to {MOST_GENES} genes, got {f.shape}")
        nu = np.zeros((f.size, f.size)) if self.nu is None else rates("nu", self.nu, least=0.0)
        if nu.shape != (f.size, f.size):
            raise ValueError(f"nu must have shape ({f.size}, {f.size}) to match f, got {nu.shape}")
        if np.diagonal(nu).any():
            raise ValueError("nu must be zero on the diagonal: a copy that turns into itself is no miscopy")
        for name, array in (("f", f), ("nu", nu)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    @cached_property
    def matrix(self) -> Array:
        """The matrix W of the linear equation, shape ``(genes, genes)``, per unit of time."""
        nu = np.asarray(self.nu)
        return np.asarray(np.diag(self.f - nu.sum(axis=0)) + nu)

    def path(self, p0: npt.ArrayLike, t: npt.ArrayLike) -> Array:
        """Shares over time from shares ``p0`` at time 0, exact, shape ``(genes, times)``.

        Raises:
            TypeError: when an entry is not a real number.
            ValueError: when ``p0`` are no shares of these genes, or a time is negative, not finite, or so long that
                rounding would decide.

        Example:
            >>> GenePool(f=(1, 0)).path((0.5, 0.5), [0, np.log(3)]).round(9).tolist()
            [[0.5, 0.75], [0.5, 0.25]]
        """
        from scipy.linalg import expm

        start, moments = shares("p0", p0, self.f.size), times(t)
        if moments.max() * np.abs(self.matrix).max() > LONGEST:
            raise ValueError(f"t must be at most {LONGEST:g} over the largest rate, got {moments.max():g}: see rest")
        seen = self._reached(start > 0)
        block = self.matrix[np.ix_(seen, seen)]
        shifted = block - np.linalg.eigvals(block).real.max() * np.eye(seen.sum())
        amounts = np.array([expm(shifted * moment) @ start[seen] for moment in moments]).T
        result = np.zeros((start.size, moments.size))
        result[seen] = np.maximum(amounts, 0.0) / np.maximum(amounts, 0.0).sum(axis=0)
        return result

    @cached_property
    def rest(self) -> Array:
        """Shares to which every path with all genes present tends, shape ``(genes,)``.

        Raises:
            ValueError: when groups of genes that do not turn into each other grow equally fast, or so nearly that
                rounding would decide: the rest then depends on the start.
        """
        if len(self._winners) > 1:
            raise ValueError(f"groups of genes {EQUALLY}: where shares rest depends on the start")
        seen = self._reached(self._winners[0])
        values, vectors = np.linalg.eig(self.matrix[np.ix_(seen, seen)])
        result = np.zeros(self.f.size)
        result[seen] = np.abs(vectors[:, values.real.argmax()].real)
        return np.asarray(result / result.sum())

    @cached_property
    def growth(self) -> float:
        """Mean copying rate at rest, per unit of time: the largest eigenvalue of the matrix."""
        return float(np.linalg.eigvals(self.matrix).real.max())

    @property
    def load(self) -> float:
        """Mutation load, per unit of time: the best copying rate less the mean at rest; between 0 and the best's loss.

        Where only one gene is best, the load is at most the rate at which copies of it turn into others.
        """
        return float(max(self.f.max() - self.growth, 0.0))

    def survives(self, gene: int) -> bool:
        """Whether a gene keeps a positive share at rest, decided by who turns into whom.

        Raises:
            TypeError: for a gene that is no integer.
            ValueError: for a gene that does not exist, or when the rest depends on the start.

        Example:
            >>> [GenePool(f=(1, 0), nu=((0, 0), (rate, 0))).survives(0) for rate in (0.9, 1.1)]
            [True, False]
        """
        place = whole("gene", gene, most=self.f.size - 1)
        answers = {bool(self._reached(group)[place]) for group in self._winners}
        if len(answers) > 1:
            raise ValueError(f"groups of genes {EQUALLY}: whether this one survives depends on the start")
        return answers.pop()

    def fitness_change(self, p: npt.ArrayLike) -> tuple[float, float]:
        """What selection and what miscopying add to the mean copying rate, per unit of time squared.

        The first is the variance of copying rates, never negative; the second may have any sign.

        Example:
            >>> GenePool(f=(1, 0), nu=((0, 0), (0.5, 0))).fitness_change((0.5, 0.5))
            (0.25, -0.25)
        """
        now = shares("p", p, self.f.size)
        mean = float(self.f @ now)
        return float(((self.f - mean) ** 2) @ now), float(self.f @ (self.matrix @ now - self.f * now))

    def stated(self) -> tuple[System, Mapping[sp.Symbol, float]]:
        """The same equations as a system in letters, with numbers for them: what ``simulate`` takes."""
        system, f, rates = letters.genes(self.f.size)
        numbers = dict(zip(f, self.f.tolist(), strict=True))
        nu = np.asarray(self.nu)
        numbers |= {rates[i, j]: float(nu[i, j]) for i, j in np.ndindex(nu.shape) if i != j}
        return system, numbers

    def _reached(self, some: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Genes that copies of some genes turn into sooner or later, these included."""
        reached, links = some.copy(), np.asarray(self.nu) > 0
        for _ in range(some.size):
            more = reached | links[:, reached].any(axis=1)
            if np.array_equal(more, reached):
                break
            reached = more
        return reached

    @cached_property
    def _winners(self) -> list[npt.NDArray[np.bool_]]:
        """Groups of genes, turning into each other, that grow fastest and turn into no other group as fast."""
        from scipy.sparse.csgraph import connected_components

        number, label = connected_components(np.asarray(self.nu) > 0, connection="strong")
        groups = [label == k for k in range(number)]
        rates = np.array([np.linalg.eigvals(self.matrix[np.ix_(one, one)]).real.max() for one in groups])
        near = rates >= rates.max() - TIED * np.abs(self.matrix).max()
        tied = [one for one, is_near in zip(groups, near, strict=True) if is_near]
        return [
            one for one in tied if not any((self._reached(one) & other).any() for other in tied if other is not one)
        ]
