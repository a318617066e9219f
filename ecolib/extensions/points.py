r"""All equilibria of two units with saturating help, in numbers: from a quadratic, for whole batches at once.

Two units have at most five equilibria: nobody, either unit alone, and two coexistences
(:mod:`ecolib.extensions.pair`, also for the two knife edges with more, where neither of the two is given and the units
alone are undecided). Their kinds follow from conditions and not from simulation: nobody and the units alone
by growth per head when rare, the upper coexistence is stable and the threshold a saddle. At a fold, or where a unit
just can or cannot invade, an eigenvalue is zero and the kind is **undecided**.

Two units never cycle, whatever their effects (Dulac's test of chapter 6 asks only that a unit limits itself), so that
these equilibria, and growth without bound where neither effect saturates, are all that can happen in the long run.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.doors import check_kind
from ecolib.extensions.pair import Pair
from ecolib.fit import check_fit
from ecolib.model import Symbiosis
from ecolib.numeric import Array, compiled
from ecolib.stability import TURNING, ZERO, Stability
from ecolib.values import Values

__all__ = ["PairPoint", "pair_equilibria"]

FOLD = 1e-12
"""A discriminant smaller than this fraction of the terms it is made of counts as zero: the equilibria have merged."""

LARGEST = 1e50
"""Numbers of larger size would leave the range of floating point in products."""

Mask = npt.NDArray[np.bool_]

_E, _ALPHA, _H, _U = (sp.symbols(f"{name}_1:3", real=True) for name in ("e", "alpha", "h", "u"))
_GENERAL = Pair(_E, _ALPHA, _H)
_EFFECTS = tuple(alpha * u / (1 + h * u) for alpha, h, u in zip(_ALPHA, _H, _U[::-1], strict=True))
_SLOPES = tuple(effect.diff(u) for effect, u in zip(_EFFECTS, _U[::-1], strict=True))


@dataclass(frozen=True, eq=False)
class PairPoint:
    """One equilibrium of two units, for a batch of numbers.

    Main attributes:
        name : "nobody", "first alone", "second alone", "upper" or "threshold"
        u : saturations, shape ``(..., 2)``; NaN where the equilibrium is not feasible
        codes : kinds as positions in ``tuple(Stability)``, shape ``(...)``
    """

    name: str
    u: Array
    codes: npt.NDArray[np.int8]

    @property
    def kind(self) -> Stability | npt.NDArray[np.object_]:
        """The kinds themselves; a single one for a single set of numbers."""
        found: Stability | npt.NDArray[np.object_] = np.array(list(Stability), dtype=object)[self.codes]
        return found


def pair_equilibria(model: Symbiosis, values: Values) -> tuple[PairPoint, ...]:
    """All equilibria of two units: nobody, the first alone, the second alone, the threshold, the upper coexistence.

    Args:
        model: two units, linear or made by ``saturating`` and ``obligate``, with numbers for the handling.
        values: numbers for its letters; a batch gives batches.

    Raises:
        TypeError: when ``model`` is not a symbiosis or ``values`` are not :class:`~ecolib.values.Values`.
        ValueError: when the model has not two units or another growth per head, when handling is negative or a
            letter, when model and values do not fit, or a number is larger than :data:`LARGEST`.

    Example:
        >>> from ecolib.extensions.forms import obligate, saturating
        >>> needy = obligate(saturating(Symbiosis.of(units=2), h=0.5), units=(0, 1))
        >>> for point in pair_equilibria(needy, Values(r=(1, 1), K=(1, 1), alpha=((0, 3), (3, 0)))):
        ...     print(point.name, point.u.round(6), point.kind)
        nobody [0. 0.] Stability.STABLE_NODE
        first alone [nan nan] Stability.INFEASIBLE
        second alone [nan nan] Stability.INFEASIBLE
        threshold [1. 1.] Stability.SADDLE
        upper [2. 2.] Stability.STABLE_NODE
    """
    check_kind("model", model, Symbiosis)
    e, h = numbers(model)
    check_fit(model, values)
    if max(np.abs(values.alpha).max(initial=0), values.r.max(initial=0), *h) > LARGEST:
        raise ValueError(f"rates, coefficients and handling must be at most {LARGEST:g} in size")
    alpha = np.stack([values.alpha[..., 0, 1], values.alpha[..., 1, 0]], axis=-1)
    alone = (_alone(unit, e, alpha, h) for unit in (0, 1))
    return (_nobody(e, values.shape), *alone, *_together(values.r, e, alpha, h))


@lru_cache(maxsize=256)
def numbers(model: Symbiosis) -> tuple[tuple[int, int], tuple[float, float]]:
    """Who is facultative, and the handling, of a model that has numbers for it."""
    pair = Pair.of(model)
    for place, h in zip(("h_12", "h_21"), pair.h, strict=True):
        if not h.is_number or not h.is_finite or h.is_negative:
            raise ValueError(f"{place} must be a finite number that is not negative, got {h}; see Symbiosis.at")
    return (int(pair.e[0]), int(pair.e[1])), (float(pair.h[0]), float(pair.h[1]))


def _nobody(e: tuple[int, int], batch: tuple[int, ...]) -> PairPoint:
    kind = {2: Stability.UNSTABLE_NODE, 0: Stability.SADDLE, -2: Stability.STABLE_NODE}[sum(e)]
    return PairPoint("nobody", np.zeros((*batch, 2)), np.full(batch, code(kind), dtype=np.int8))


def _alone(unit: int, e: tuple[int, int], alpha: Array, h: tuple[float, float]) -> PairPoint:
    """One unit alone: judged by the growth per head of the other one when it is rare."""
    name, other, batch = ("first alone", "second alone")[unit], 1 - unit, alpha.shape[:-1]
    if e[unit] != 1:
        nowhere = np.full((*batch, 2), np.nan)
        return PairPoint(name, nowhere, np.full(batch, code(Stability.INFEASIBLE), dtype=np.int8))
    invasion = compiled(_GENERAL.invasion, _E, _ALPHA, _H)
    rate, effect = (invasion((number, number), alpha, h)[..., other] for number in (e[other], 0))
    zero = ZERO * (1 + np.abs(effect))
    kinds = [code(kind) for kind in (Stability.SADDLE, Stability.STABLE_NODE)]
    codes = np.select([rate > zero, rate < -zero], kinds, default=code(Stability.UNDECIDED))
    return PairPoint(name, np.broadcast_to(np.eye(2)[unit], (*batch, 2)).copy(), codes.astype(np.int8))


def _together(r: Array, e: tuple[int, int], alpha: Array, h: tuple[float, float]) -> tuple[PairPoint, PairPoint]:
    """The threshold and the upper coexistence."""
    formulas = (_GENERAL.quadratic, _GENERAL.turned.quadratic)
    coefficients = compiled(formulas, _E, _ALPHA, _H)
    quadratics, sizes = coefficients(e, alpha, h), np.abs(coefficients((1, 1), np.abs(alpha), h))
    sizes[..., 1] = compiled(_GENERAL.trace, _E, _ALPHA, _H)((1, 1), np.abs(alpha), h)[..., None]  # B and T: same terms
    (A, B, C), (of_A, of_B, of_C) = np.moveaxis(quadratics, -1, 0), np.moveaxis(sizes, -1, 0)
    discriminant = B**2 - 4 * A * C
    terms = np.abs(B) * of_B + 4 * (np.abs(A) * of_C + of_A * np.abs(C))
    merged = np.all(np.abs(discriminant) <= FOLD * terms, axis=-1)
    root = np.sqrt(np.where(merged[..., None], 0.0, np.where(discriminant < 0, np.nan, discriminant)))
    upper, threshold = _roots(quadratics, root)
    saddle = np.full(alpha.shape[:-1], code(Stability.SADDLE))
    return (
        _interior("threshold", threshold, saddle, alpha, h, merged),
        _interior("upper", upper, _node_or_focus(r, upper, alpha, h), alpha, h, merged),
    )


def _roots(quadratics: Array, root: Array) -> tuple[Array, Array]:
    """The roots ``(-B + root) / 2A`` and ``(-B - root) / 2A`` of ``(..., 2, 3)`` coefficients, without cancellation."""
    A, B, C = np.moveaxis(quadratics, -1, 0)
    large = -(B + np.where(B > 0, root, -root)) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        over, under = large / A, C / large
    return np.where(B > 0, under, over), np.where(B > 0, over, under)


def _interior(
    name: str, u: Array, codes: npt.NDArray[np.integer], alpha: Array, h: tuple[float, float], merged: Mask
) -> PairPoint:
    feasible = np.all(np.isfinite(u) & (u > 0), axis=-1)
    u = np.where(feasible[..., None], u, np.nan)
    effects = compiled(_EFFECTS, _U, _ALPHA, _H)(u, alpha, h)
    vanishing = np.any(u <= ZERO * (1 + np.abs(effects)), axis=-1)
    kinds = [code(Stability.INFEASIBLE), code(Stability.UNDECIDED)]
    return PairPoint(name, u, np.select([~feasible, merged | vanishing], kinds, default=codes).astype(np.int8))


def _node_or_focus(r: Array, u: Array, alpha: Array, h: tuple[float, float]) -> npt.NDArray[np.integer]:
    """Whether paths circle the upper coexistence: by the eigenvalues of ``diag(r u) [[-1, s_1], [s_2, -1]]``."""
    known = np.all(np.isfinite(u) & (u > 0), axis=-1, keepdims=True)
    speed = r * np.where(known, u, 1.0)
    jacobian = np.zeros((*u.shape, 2))
    jacobian[..., [0, 1], [1, 0]] = speed * compiled(_SLOPES, _U, _ALPHA, _H)(np.where(known, u, 1.0), alpha, h)
    jacobian[..., [0, 1], [0, 1]] = -speed
    spectrum = np.linalg.eigvals(jacobian)
    turning = np.any(np.abs(spectrum.imag) > TURNING * np.abs(spectrum), axis=-1)
    return np.where(turning, code(Stability.STABLE_FOCUS), code(Stability.STABLE_NODE))


def code(kind: Stability) -> int:
    """The position of a kind in ``tuple(Stability)``."""
    return list(Stability).index(kind)
