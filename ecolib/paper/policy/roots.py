"""Roots and grids for a whole batch of cases at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp

from ecolib.numeric import Array, compiled
from ecolib.paper.policy import letters
from ecolib.paper.policy.case import BaseCase

__all__ = ["GRID", "on_grid", "root"]

GRID = np.geomspace(1e-4, 60.0, 401)
"""Heterogeneities between which roots and maxima are bracketed before they are refined; they are 3.4 % apart."""


def root(case: BaseCase, formula: sp.Expr, letter: sp.Symbol, low: Array, high: Array, target: Any = 0.0) -> Array:
    """Where a formula takes a value between two ends, for every member of a batch; NaN where an end is NaN."""
    from scipy.optimize import elementwise

    symbols = {name: getattr(letters, name) for name in case.names}
    function = compiled(formula, letter, *symbols.values())
    numbers = (np.asarray(target), *(np.asarray(getattr(case, name)) for name in symbols))

    def value(x: Array, target: Array, *given: Array) -> Array:
        return np.asarray(function(x, *given) - target)

    shape = np.broadcast_shapes(np.shape(low), *(number.shape for number in numbers))
    whole = tuple(np.broadcast_to(number, shape).astype(np.float64) for number in numbers)
    ends = np.broadcast_to(low, shape), np.broadcast_to(high, shape)
    with np.errstate(all="ignore"):
        return np.asarray(elementwise.find_root(value, ends, args=whole).x)


def on_grid(case: BaseCase, *formulas: sp.Expr) -> tuple[Array, ...]:
    """Formulas at every heterogeneity of the grid, which becomes the last axis."""
    given = {name: np.asarray(getattr(case, name))[..., None] for name in case.names if name != "n"}
    values = BaseCase(n=case.n, **given).at(*formulas, V=GRID)
    several = values if isinstance(values, tuple) else (values,)
    return tuple(np.broadcast_to(value, (*case.shape, GRID.size)) for value in several)
