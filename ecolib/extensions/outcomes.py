"""Which equilibria of two units win: regimes over whole planes of coefficients, from conditions."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ecolib.extensions.points import FOLD, code, numbers, pair_equilibria
from ecolib.model import Symbiosis
from ecolib.regimes import REGIMES
from ecolib.stability import Stability
from ecolib.values import Values

__all__ = ["pair_map"]

Mask: TypeAlias = npt.NDArray[np.bool_]


def pair_map(model: Symbiosis, values: Values) -> npt.NDArray[np.int8]:
    """Regimes of a batch of two units, from conditions and without simulating, as positions in ``REGIMES``.

    With obligate units "exclusion" also stands for the end of both.

    Arguments and errors are those of :func:`pair_equilibria`; for the linear model it agrees with ``regime_map``.

    Example:
        >>> from ecolib.extensions.forms import obligate, saturating
        >>> newcomer = obligate(saturating(Symbiosis.of(units=2), h=0.5), units=(1,))
        >>> batch = Values(r=(1, 1), K=(1, 1), alpha=[[[0, 3], [b, 0]] for b in (1, 1.45, 2)])
        >>> [REGIMES[code] for code in pair_map(newcomer, batch)]
        ['exclusion', 'bistability', 'coexistence']
    """
    points = pair_equilibria(model, values)
    codes = np.stack([point.codes for point in points])
    attracting = np.isin(codes, [code(kind) for kind in Stability if kind])
    infinity = _runs_away(model, values)
    undecided = np.any(codes == code(Stability.UNDECIDED), axis=0)
    count = attracting.sum(axis=0)
    conditions = [undecided, count + infinity > 1, attracting[-1], count == 1, infinity]
    names = ("undecided", "bistability", "coexistence", "exclusion", "unbounded growth")
    default = REGIMES.index("undecided")
    return np.select(conditions, [REGIMES.index(name) for name in names], default=default).astype(np.int8)


def _runs_away(model: Symbiosis, values: Values) -> Mask:
    """Where outputs can outgrow every bound: both effects help, neither saturates, and ``ab >= 1``."""
    e, h = numbers(model)
    a, b = values.alpha[..., 0, 1], values.alpha[..., 1, 0]
    both = (a > 0) & (b > 0) & (max(h) == 0)
    even = both & (np.abs(a * b - 1) <= FOLD)
    push = e[0] * b + e[1]  # at ab = 1 the weighted growth b u_1'/u_1 + u_2'/u_2
    return (both & (a * b > 1) & ~even) | (even & (push > 0))
