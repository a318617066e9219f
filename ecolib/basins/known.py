"""States where a path may end, and whether they attract the paths that came there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ecolib.equilibria import equilibria
from ecolib.fit import check_fit
from ecolib.model import Symbiosis
from ecolib.numeric import Array, evaluate, steady_state
from ecolib.values import Values, real_array

__all__ = ["Known", "known_states"]

NEAR = 1e-3
"""A path has come to a known state when its saturations are within this fraction of it (of 1, if that is larger)."""

ROUNDING = 1e-12
"""Real parts of eigenvalues up to this fraction of the largest one count as zero."""

PIECE = 4_000_000
"""Numbers compared at a time, so that memory stays bounded."""


@dataclass(frozen=True, eq=False)
class Known:
    """Known equilibria of one set of values.

    Main attributes:
        u : their saturations, shape ``(states, units)``
        names : what they are called
    """

    model: Symbiosis
    values: Values
    u: Array
    names: tuple[str, ...]

    @cached_property
    def jacobian(self) -> Array:
        """Derivatives of the field in saturations at each state, shape ``(states, units, units)``."""
        relative = Values(r=self.values.r, K=np.ones(self.values.units), alpha=self.values.alpha)
        return evaluate(self.model.jacobian, self.model, relative, self.u)

    def attracts(self, present: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Which states attract the paths of the units that are present, shape ``(states,)``."""
        within = self.jacobian[:, present][:, :, present]
        if not present.any():
            return np.asarray((self.u == 0).all(axis=1))
        rates = np.linalg.eigvals(within)
        possible = (self.u[:, ~present] == 0).all(axis=1)
        return np.asarray(possible & (rates.real.max(axis=1) < -ROUNDING * np.abs(rates).max(axis=1)))

    def unstable(self, present: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
        """In how many directions each state repels the paths of the units that are present, shape ``(states,)``."""
        within = self.jacobian[:, present][:, :, present]
        return np.asarray((np.linalg.eigvals(within).real > 0).sum(axis=1))

    def nearest(self, u: Array) -> npt.NDArray[np.intp]:
        """The state each of the saturations, shape ``(..., units)``, has come to; -1 for none."""
        flat = u.reshape(-1, u.shape[-1])
        found = np.full(len(flat), -1)
        piece = max(1, PIECE // max(1, self.u.size))
        for begin in range(0, len(flat) if len(self.u) else 0, piece):
            part = slice(begin, begin + piece)
            apart = (np.abs(flat[part, None, :] - self.u) / np.maximum(1.0, self.u)).max(axis=-1)
            distance = np.nan_to_num(apart, nan=np.inf)
            found[part] = np.where(distance.min(axis=-1) <= NEAR, distance.argmin(axis=-1), -1)
        return found.reshape(u.shape[:-1])

    def duration(self) -> float:
        """A time that lets a path settle: set by the slowest unit and the slowest return to a state that attracts."""
        slowest = float(self.values.r.min())
        for state, rates in zip(self.u, np.linalg.eigvals(self.jacobian).real, strict=True):
            if state.any() and rates.max() < 0:
                slowest = min(slowest, -float(rates.max()))
        return float(100.0 / max(slowest, 1e-4 * float(self.values.r.min())))


def known_states(model: Symbiosis, values: Values, known: npt.ArrayLike | None) -> Known:
    """The states that are given, or all feasible equilibria of a linear model, named by the units present.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when the values are a batch or do not fit, the states are no outputs of the units, or none are given
            for a model that is not linear.

    Example:
        >>> rivals = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))
        >>> known_states(Symbiosis.of(units=2), rivals, None).names
        ('nothing', 'unit 1', 'unit 2', 'units 1, 2')
    """
    check_fit(model, values)
    if values.shape:
        raise ValueError(f"basins are those of one parameter set, got a batch of shape {values.shape}")
    if known is not None:
        given = real_array("known", known)
        if given.ndim != 2 or given.shape[1] != model.units or not np.all(np.isfinite(given) & (given >= 0)):
            raise ValueError(f"known must hold outputs, finite and not negative, (states, {model.units}), got {known}")
        return Known(model, values, given / values.K, tuple(f"state {k + 1}" for k in range(len(given))))
    points = [(point.support, steady_state(point, values)) for point in equilibria(model)]
    feasible = [(support, u) for support, u in points if np.all(u[list(support)] > 0)]
    return Known(model, values, np.array([u for _, u in feasible]), tuple(_name(support) for support, _ in feasible))


def _name(support: tuple[int, ...]) -> str:
    numbers = ", ".join(str(i + 1) for i in support)
    return f"unit{'s' if len(support) > 1 else ''} {numbers}" if support else "nothing"
