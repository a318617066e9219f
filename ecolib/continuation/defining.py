r"""Equations that define a bifurcation, for its exact place and for the curve of such points over two parameters.

With unknown null vectors beside the state, a bifurcation becomes a regular point of larger equations:

- **fold**: :math:`f = 0,\; J v = 0,\; v \cdot v = 1`;
- **Hopf**: :math:`f = 0,\; J (J v) + \kappa v = 0,\; v \cdot v = 1,\; l \cdot v = 0` with :math:`\kappa = \omega^2`
  (for :math:`\kappa < 0` two real eigenvalues of opposite sign, at :math:`\kappa = 0` a Bogdanov-Takens point);
- **crossing of branches**: :math:`f + \beta w = 0,\; J^T w = 0,\; w \cdot f_p = 0,\; w \cdot w = 1` with
  :math:`\beta = 0`.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import sympy as sp

from ecolib.continuation.inputs import Problem
from ecolib.numeric import Array, pointwise
from ecolib.system import Dynamics

__all__ = ["crossing_equations", "fold_equations", "hopf_equations", "located_crossing"]

Letters = tuple[sp.Symbol, ...]
Expressions = tuple[sp.Expr, ...]


def _vector(name: str, system: Dynamics) -> Letters:
    return tuple(sp.Dummy(f"{name}_{i + 1}", real=True) for i in range(len(system.x)))


@lru_cache(maxsize=64)
def fold_equations(system: Dynamics) -> tuple[Letters, Expressions]:
    """The additional unknowns ``v`` and all equations of a fold."""
    v = sp.ImmutableMatrix(_vector("v", system))
    return tuple(v), (*system.field, *(system.jacobian * v), v.dot(v) - 1)


@lru_cache(maxsize=64)
def hopf_equations(system: Dynamics) -> tuple[Letters, Letters, Expressions]:
    """The additional unknowns ``v, kappa``, the letters ``l``, and all equations of a Hopf point."""
    v, reference = sp.ImmutableMatrix(_vector("v", system)), _vector("l", system)
    kappa = sp.Dummy("kappa", real=True)
    turned = system.jacobian * (system.jacobian * v) + kappa * v
    whole = (*system.field, *turned, v.dot(v) - 1, v.dot(sp.ImmutableMatrix(reference)))
    return (*v, kappa), reference, whole


@lru_cache(maxsize=64)
def crossing_equations(system: Dynamics, parameter: sp.Symbol) -> tuple[Letters, Expressions]:
    """The additional unknowns ``beta, w`` and all equations of a crossing of branches."""
    w, beta = sp.ImmutableMatrix(_vector("w", system)), sp.Dummy("beta", real=True)
    moved = tuple(rate + beta * entry for rate, entry in zip(system.field, w, strict=True))
    slope = sum(entry * rate.diff(parameter) for rate, entry in zip(system.field, w, strict=True))
    return (beta, *w), (*moved, *(system.jacobian.T * w), slope, w.dot(w) - 1)


def located_crossing(problem: Problem, guess: Array) -> Array | None:
    r"""The exact place of a crossing near scaled unknowns, from its defining equations; None when there is none.

    Where branches pass each other closely (an imperfect crossing) the equations have a solution with
    :math:`\beta \ne 0`, which is none of the system.
    """
    extra, residual = crossing_equations(problem.system, problem.parameter)
    letters, scale = (*problem.system.x, problem.parameter, *extra), problem.equations.scale
    function = pointwise(residual, letters, problem.numbers)
    slopes = pointwise(sp.ImmutableMatrix(residual).jacobian(letters), letters, problem.numbers)
    w = np.linalg.svd(problem.equations.jacobian(guess))[0][:, -1]
    z = np.concatenate([guess * scale, [0.0], w])
    for _ in range(20):
        matrix, fault = slopes(z), function(z)
        if not (np.all(np.isfinite(matrix)) and np.all(np.isfinite(fault))):
            return None
        change = np.linalg.lstsq(matrix, fault, rcond=1e-13)[0]
        z = z - change
        if np.all(np.abs(change) <= 1e-13 * (1 + np.abs(z))):
            y = z[: guess.size] / scale
            near = float(np.abs(y - guess).max()) < problem.limits.most
            return y if near and abs(z[guess.size]) <= _rounding(problem, y, z[guess.size + 1 :]) else None
    return None


def _rounding(problem: Problem, y: Array, w: Array) -> float:
    """What ``beta`` may be at a crossing: branches that pass at a distance of 1e-6 are held to cross."""
    scale = problem.equations.scale
    second = problem.derivatives.second(y * scale) * np.multiply.outer(scale, scale)
    slopes = np.abs(problem.equations.jacobian(y)).max(axis=1)
    return float(np.abs(w) @ (1e-12 * np.abs(second).max(axis=(1, 2)) + 1e-14 * slopes))
