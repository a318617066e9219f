r"""Numbers for the letters of a model.

:class:`Values` holds growth rates ``r`` (per unit of time), capacities ``K`` (units of output) and coefficients
``alpha`` (dimensionless, positive helps). Leading axes are a **batch**: a thousand parameter sets are one object.
Everything is checked once, when it is made, and cannot be changed afterwards.

Other papers write the same equations with other signs and scales. Three of their conventions have adapters in both
directions; a slipped sign is the likeliest mistake of all, so never translate by hand:

============================  =====================================================  ==========================
convention                    growth per head of unit i                              adapter
============================  =====================================================  ==========================
relative competition          ``r_i (1 - x_i/K_i - sum_j beta_ij x_j/K_j)``          ``from_relative_competition``
competition of counts         ``r_i (K_i - x_i - sum_j beta_ij x_j) / K_i``          ``from_count_competition``
generalised Lotka-Volterra    ``r_i + sum_j A_ij x_j``                               ``from_glv``
============================  =====================================================  ==========================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Values"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Values:
    """Numbers for one model or a batch of models, checked and read-only.

    Args:
        r: intrinsic growth rates, shape ``(..., units)``, per unit of time, positive.
        K: carrying capacities, shape ``(..., units)``, units of output, positive.
        alpha: symbiosis coefficients, shape ``(..., units, units)``, dimensionless; ``alpha[..., i, j]`` is the
            effect of unit j on unit i, positive helps; zero diagonal.

    Leading axes are broadcast against each other.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for wrong shapes, NaN or infinite entries, ``r <= 0``, ``K <= 0`` or a non-zero diagonal.
            All faults are reported at once.

    Example:
        >>> guest = Values(r=(0.5, 0.4), K=(100, 80), alpha=((0, 0.3), (-0.2, 0)))
        >>> guest.units, guest.shape
        (2, ())
    """

    r: Array
    K: Array
    alpha: Array

    def __post_init__(self) -> None:
        r, K, alpha = (real_array(name, getattr(self, name)) for name in ("r", "K", "alpha"))
        batch = _batch_shape(r, K, alpha)
        units = alpha.shape[-1]
        _check(r=r, K=K, alpha=alpha)
        for name, array, tail in (("r", r, (units,)), ("K", K, (units,)), ("alpha", alpha, (units, units))):
            whole = np.ascontiguousarray(np.broadcast_to(array, batch + tail))  # real_array has copied it
            whole.setflags(write=False)
            object.__setattr__(self, name, whole)

    @property
    def units(self) -> int:
        """How many units."""
        return int(self.alpha.shape[-1])

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the batch; ``()`` for a single set of parameters."""
        return self.alpha.shape[:-2]

    def __getitem__(self, index: Any) -> Values:
        """The members of the batch at an index of the leading axes."""
        if not self.shape:
            raise IndexError("these values are not a batch: there is nothing to index")
        full = index if isinstance(index, tuple) else (index,)
        tail = (*full, Ellipsis, slice(None))
        return Values(r=self.r[tail], K=self.K[tail], alpha=self.alpha[(*tail, slice(None))])

    @classmethod
    def from_relative_competition(cls, r: npt.ArrayLike, K: npt.ArrayLike, beta: npt.ArrayLike) -> Values:
        """Values from ``1 - x_i/K_i - sum_j beta_ij x_j/K_j``, where negative ``beta`` helps.

        Example:
            >>> Values.from_relative_competition((1, 1), (2, 4), ((0, 0.5), (-0.3, 0))).alpha.tolist()
            [[0.0, -0.5], [0.3, 0.0]]
        """
        rates, capacities, effects = real_array("r", r), real_array("K", K), real_array("beta", beta)
        _batch_shape(rates, capacities, effects, name="beta")
        _check(r=rates, K=capacities, beta=effects)
        return cls(r=rates, K=capacities, alpha=0.0 - effects)

    def to_relative_competition(self) -> tuple[Array, Array, Array]:
        """Return ``(r, K, beta)`` of the relative-competition convention."""
        return self.r, self.K, 0.0 - self.alpha

    @classmethod
    def from_count_competition(cls, r: npt.ArrayLike, K: npt.ArrayLike, beta: npt.ArrayLike) -> Values:
        """Values from ``(K_i - x_i - sum_j beta_ij x_j) / K_i``, where negative ``beta`` helps.

        Example:
            >>> Values.from_count_competition((1, 1), (2, 4), ((0, 0.5), (0.25, 0))).alpha.tolist()
            [[0.0, -1.0], [-0.125, 0.0]]
        """
        rates, capacities, counts = real_array("r", r), real_array("K", K), real_array("beta", beta)
        _batch_shape(rates, capacities, counts, name="beta")
        _check(r=rates, K=capacities, beta=counts)
        scale = capacities[..., None, :] / capacities[..., :, None]
        return cls(r=rates, K=capacities, alpha=0.0 - counts * scale)

    def to_count_competition(self) -> tuple[Array, Array, Array]:
        """Return ``(r, K, beta)`` of the competition-of-counts convention."""
        return self.r, self.K, 0.0 - self.alpha * self.K[..., :, None] / self.K[..., None, :]

    @classmethod
    def from_glv(cls, r: npt.ArrayLike, A: npt.ArrayLike) -> Values:
        """Values from the generalised Lotka-Volterra form ``r_i + sum_j A_ij x_j`` with negative diagonal.

        Example:
            >>> values = Values.from_glv((1, 2), ((-0.5, 0.1), (0, -1)))
            >>> values.K.tolist(), values.alpha.tolist()
            ([2.0, 2.0], [[0.0, 0.2], [0.0, 0.0]])
        """
        rates, matrix = real_array("r", r), real_array("A", A)
        _batch_shape(rates, rates, matrix, name="A")
        _check(r=rates, A=matrix)
        capacities = rates / -np.diagonal(matrix, axis1=-2, axis2=-1)
        scaled = matrix * capacities[..., None, :] / rates[..., :, None]
        return cls(r=rates, K=capacities, alpha=np.where(np.eye(matrix.shape[-1], dtype=bool), 0.0, scaled))

    def to_glv(self) -> tuple[Array, Array]:
        """Return ``(r, A)`` of the generalised Lotka-Volterra form."""
        return self.r, self.r[..., :, None] * (self.alpha - np.eye(self.units)) / self.K[..., None, :]


def real_array(name: str, given: npt.ArrayLike) -> Array:
    """Copy what was given into an array of floats.

    Raises:
        TypeError: when it is not made of real numbers (letters, text, complex numbers, ragged rows).
    """
    try:
        array = np.asarray(given)
        if array.dtype.kind not in "iuf":
            raise TypeError
        return array.astype(np.float64)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be an array of real numbers, got {given!r}") from None


def generator(rng: Any) -> np.random.Generator:
    """Return the generator of random numbers; anything else, such as a bare seed, is a TypeError."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator, got {type(rng).__name__}")
    return rng


def _batch_shape(r: Array, K: Array, alpha: Array, name: str = "alpha") -> tuple[int, ...]:
    if alpha.ndim < 2 or alpha.shape[-1] != alpha.shape[-2] or alpha.shape[-1] == 0:
        raise ValueError(f"{name} must have shape (..., units, units), got {alpha.shape}")
    units = alpha.shape[-1]
    for letter, array in (("r", r), ("K", K)):
        if array.ndim < 1 or array.shape[-1] != units:
            raise ValueError(f"{letter} must have shape (..., {units}) to match {name}, got {array.shape}")
    try:
        return np.broadcast_shapes(r.shape[:-1], K.shape[:-1], alpha.shape[:-2])
    except ValueError:
        shapes = f"r {r.shape}, K {K.shape}, {name} {alpha.shape}"
        raise ValueError(f"the leading (batch) axes do not broadcast: {shapes}") from None


def _check(**arrays: Array) -> None:
    """Raise when entries are not finite, rates or capacities not positive, or a diagonal is not what it must be."""
    faults: list[str] = []
    for name, array in arrays.items():
        rules = {"finite": np.isfinite(array)}
        if name in ("r", "K"):
            rules["positive"] = ~(array <= 0)
        else:
            diagonal = np.eye(array.shape[-1], dtype=bool)
            rule = "negative on the diagonal (self-limitation)" if name == "A" else "zero on the diagonal"
            kept = array < 0 if name == "A" else array == 0
            rules[rule] = ~diagonal | kept | np.isnan(array)
        faults += [_sentence(name, rule, array, ~kept) for rule, kept in rules.items() if not kept.all()]
    if faults:
        raise ValueError("; ".join(faults))


def _sentence(name: str, rule: str, array: Array, bad: npt.NDArray[np.bool_]) -> str:
    """What is wrong with the first bad entry."""
    where = tuple(int(i) for i in np.argwhere(bad)[0])
    unit = where[-1] if name in ("r", "K") else where[-2]
    place = ", ".join(str(i) for i in where)
    return f"{name} must be {rule}, got {array[where]} for unit {unit + 1} ({name}[{place}])"
