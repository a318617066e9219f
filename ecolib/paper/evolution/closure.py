r"""The closure in use: coefficients, gains, thresholds, modes and stages.

All come from the formulas of :mod:`ecolib.paper.evolution.letters`: give sympy letters or rationals and get exact
expressions, give numbers or arrays and get arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.fit import common_shape, per_unit
from ecolib.modes import Mode, Reading, Stage, check_reading, mode_of, stage_of
from ecolib.numeric import compiled
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.ranges import check_single, checked, numeric
from ecolib.paper.evolution.thresholds import Thresholds, balance_threshold, exact_balance_threshold
from ecolib.regimes import GAIN_TOLERANCE
from ecolib.values import Values

__all__ = ["Closure"]

_PARAMETERS = ("s", "c", "omega", "epsilon")


@dataclass(frozen=True, eq=False)
class Closure:
    r"""How synergy, friction and reciprocity turn compatibility into symbiosis coefficients.

    Args:
        s: synergy, dimensionless, positive. Below ``n / (n - 1)`` no closure runs away.
        c: friction, dimensionless, ``0 <= c < 1``.
        omega: reciprocity, dimensionless, from 0 (one-way transfer) to 1 (two-way).
        n: number of units, at least 2: one leader, ``n - 1`` followers.
        epsilon: gains within this fraction of the greatest count as balanced, ``0 < epsilon < 1``.

    ``s``, ``c``, ``omega`` and ``epsilon`` may be numbers, arrays that broadcast (a batch), or sympy expressions.

    Raises:
        TypeError: when an argument is neither real numbers nor a sympy expression, or ``n`` is not an integer.
        ValueError: when an argument is decidedly out of its range, NaN or infinite.

    Example:
        >>> closure = Closure(s=1.2, c=0.3, omega=1)
        >>> closure.alpha(phi=0.8).round(3).tolist()
        [[0.0, 0.516], [0.324, 0.0]]
        >>> closure.mode(phi=0.8), closure.stage(V=0.4, reading="shares")
        (<Mode.MUTUALISM: 'mutualism'>, <Stage.BIASED_BENEFIT: 'biased benefit'>)
    """

    s: Any
    c: Any
    omega: Any
    n: int = 2
    epsilon: Any = 0.2

    def __post_init__(self) -> None:
        object.__setattr__(self, "n", checked("n", self.n))
        for name in _PARAMETERS:
            object.__setattr__(self, name, checked(name, getattr(self, name)))
        if self.exact:
            check_single({name: getattr(self, name) for name in _PARAMETERS})
        if self.exact and not isinstance(self.epsilon, sp.Basic):
            object.__setattr__(self, "epsilon", sp.Rational(str(self.epsilon)))
        if not self.exact:
            common_shape(**{name: getattr(self, name) for name in _PARAMETERS})

    @property
    def exact(self) -> bool:
        """Whether ``s``, ``c`` or ``omega`` is a sympy expression; results are then exact instead of arrays."""
        return any(isinstance(value, sp.Basic) for value in (self.s, self.c, self.omega))

    def alpha(self, *, phi: Any) -> Any:
        """Coefficients at a compatibility: a sympy matrix, or an array of shape ``(..., n, n)``.

        The first row holds the leader's coefficient, the other rows the followers'; the diagonal is zero.
        """
        leader, follower = self._at(phi, letters.leader, letters.follower)
        rows = [leader] + [follower] * (self.n - 1)
        if isinstance(leader, sp.Basic):
            return sp.ImmutableMatrix(self.n, self.n, lambda i, j: 0 if i == j else rows[i])
        return np.where(np.eye(self.n, dtype=bool), 0.0, np.stack(rows, axis=-1)[..., :, None])

    def values(self, *, phi: Any, r: npt.ArrayLike = 1.0, K: npt.ArrayLike = 1.0) -> Values:
        """Numbers for the core's functions at a compatibility; ``r`` and ``K`` are one number or one per unit.

        Example:
            >>> Closure(s=1, c=0.5, omega=0).values(phi=0.5).alpha.tolist()
            [[0.0, 0.125], [-0.25, 0.0]]
        """
        alpha = self._numbers().alpha(phi=phi)
        rates, capacities = per_unit("r", r, self.n), per_unit("K", K, self.n)
        return Values(r=rates, K=capacities, alpha=alpha)

    def gains(self, *, phi: Any) -> Any:
        """Gains of the leader and each follower at coexistence, shape ``(..., n)``; infinite when benefit runs away.

        Example:
            >>> Closure(s=sp.Rational(1), c=sp.Rational(1, 2), omega=1).gains(phi=1)
            (1, 1)
        """
        leader, follower, room = self._at(phi, letters.gain_1, letters.gain_i, letters.room)
        gains = [leader] + [follower] * (self.n - 1)
        if isinstance(leader, sp.Basic):
            return tuple(gains)
        return np.where(np.asarray(room)[..., None] > 0, np.stack(gains, axis=-1), np.inf)

    @property
    def thresholds(self) -> Thresholds:
        """Where the stages change.

        Example:
            >>> exact = Closure(s=sp.Rational(6, 5), c=sp.Rational(3, 10), omega=1).thresholds
            >>> exact.phi_c, exact.V_c
            (1/2, log(2))
            >>> round(float(Closure(s=1.2, c=0.3, omega=1).thresholds.V_c), 4)
            0.6931
        """
        phi_0, phi_c = self._at(None, letters.phi_0, letters.phi_c)
        if self.exact:
            phi_c = sp.S.One if self.omega == 0 else sp.S.Zero if self.c == 0 else sp.radsimp(phi_c)
            return Thresholds(sp.radsimp(phi_0), phi_c, exact_balance_threshold(self, phi_c))
        phi_c = np.where(np.equal(self.omega, 0), 1.0, np.where(np.equal(self.c, 0), 0.0, phi_c))[()]
        return Thresholds(phi_0, phi_c, balance_threshold(self, phi_c))

    def mode(self, *, phi: Any = None, V: Any = None) -> Any:
        """The :class:`~ecolib.modes.Mode` at a compatibility or a heterogeneity; arrays give an array of modes.

        Raises:
            ValueError: when not exactly one of ``phi`` and ``V`` is given, or letters are left without numbers.
        """
        return self._named(lambda mode, *_: mode, phi, V)

    def stage(self, *, phi: Any = None, V: Any = None, reading: Reading = "shares") -> Any:
        """The paper's :class:`~ecolib.modes.Stage` there, under the reading "signs" or "shares".

        Raises:
            ValueError: as :meth:`mode`, and for an unknown reading.
        """
        check_reading(reading)

        def name(mode: Mode, gainers: int, balanced: bool) -> Stage:
            return stage_of(mode, gainers=gainers, balanced=balanced, reading=reading)

        return self._named(name, phi, V)

    def _named(self, name: Any, phi: Any, V: Any) -> Any:
        """Apply ``name(mode, gainers, balanced)`` at every point."""
        closure = self._numbers()
        gains = closure.gains(phi=_compatibility(phi, V))
        least, most = gains.min(axis=-1), gains.max(axis=-1)
        with np.errstate(invalid="ignore"):
            balanced = (least > 0) & (least >= (1 - closure.epsilon) * most)

        def named(gainers: int, losers: int, even: bool, runaway: bool) -> Any:
            mode = Mode.RUNAWAY if runaway else mode_of(gainers, losers, self.n)
            return name(mode, gainers, bool(even))

        signs = (gains > GAIN_TOLERANCE).sum(axis=-1), (gains < -GAIN_TOLERANCE).sum(axis=-1)
        return np.frompyfunc(named, 4, 1)(*signs, balanced, np.isinf(most))

    def _at(self, phi: Any, *formulas: sp.Expr) -> tuple[Any, ...]:
        """Formulas of the closure at its parameters, exact or in numbers."""
        formulas = tuple(formula.xreplace(letters.in_terms_of_phi) for formula in formulas)
        given = {letters.n: self.n} | {getattr(letters, name): getattr(self, name) for name in _PARAMETERS}
        if phi is not None:
            given[letters.phi] = checked("phi", phi)
        if any(isinstance(value, sp.Basic) for value in given.values()):
            check_single(given)
            return tuple(formula.subs(given, simultaneous=True) for formula in formulas)
        with np.errstate(divide="ignore", invalid="ignore"):
            result = compiled(formulas, *given)(*given.values())
        return tuple(result[..., k][()] for k in range(len(formulas)))

    def _numbers(self) -> Closure:
        """The same closure with numbers in place of exact values."""
        if not self.exact:
            return self
        return Closure(n=self.n, **{name: numeric(name, getattr(self, name)) for name in _PARAMETERS})


def _compatibility(phi: Any, V: Any) -> Any:
    if (phi is None) == (V is None):
        raise ValueError("give exactly one of phi and V")
    if V is None:
        return numeric("phi", phi)
    number = numeric("V", V)
    return np.maximum(compiled(letters.compatibility, letters.V)(checked("V", number)), np.finfo(float).tiny)
