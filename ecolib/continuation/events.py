r"""What is watched along a branch, and which bifurcation is behind a change of sign.

- **fold**: the parameter's part of the tangent is zero;
- **crossing** of branches: the determinant of the Jacobian bordered by the tangent is zero;
- **Hopf**: two eigenvalues add up to zero. When they are real and opposite (a neutral saddle) nothing happens.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ecolib.continuation.bifurcations import Bifurcation, fold_coefficient, lyapunov, steady
from ecolib.continuation.defining import located_crossing
from ecolib.continuation.equations import Point
from ecolib.continuation.inputs import Problem
from ecolib.continuation.locating import Event, Monitor, Seen
from ecolib.numeric import Array

__all__ = ["branch_monitor", "named", "unstable"]

FOLD, CROSSING, HOPF = range(3)

SAME = 1e-5
"""Two events closer than this, in scaled unknowns, are one point that two tests have met."""


def branch_monitor(problem: Problem) -> Monitor:
    """Test functions of a branch of equilibria: fold, crossing of branches, Hopf."""
    equations, ranges = problem.equations, problem.ranges

    def watch(point: Point, _: Seen | None) -> Seen:
        values = np.linalg.eigvals(problem.derivatives.jacobian(point.y * equations.scale)).astype(np.complex128)
        crossing = float(np.linalg.det(equations.weighed(equations.bordered(point.y, point.tangent))))
        return Seen(np.array([point.tangent[-1], crossing, _sums(values)]), values)

    def explained(before: Seen, after: Seen, changed: list[int]) -> bool:
        change = abs(unstable(after.known) - unstable(before.known))
        if changed != [HOPF]:
            return change == 0 if not changed else change in (0, 1)
        real = abs(_unstable_real(after.known) - _unstable_real(before.known))
        return change == 0 or (change == 2 and real == 0)  # two real ones are two crossings in one step

    def exact(test: int, guess: Array) -> Array | None:
        return located_crossing(problem, guess) if test == CROSSING else None

    return Monitor(watch, lambda point: ranges.margin(point.y * equations.scale), explained, exact)


def unstable(eigenvalues: npt.NDArray[np.complex128]) -> int:
    """How many eigenvalues have a positive real part."""
    return int(np.sum(eigenvalues.real > 0))


def _unstable_real(eigenvalues: npt.NDArray[np.complex128]) -> int:
    return unstable(eigenvalues[eigenvalues.imag == 0])


def _sums(eigenvalues: npt.NDArray[np.complex128]) -> float:
    """The product of all sums of two eigenvalues, each measured by the largest one: real, and zero at a Hopf point."""
    i, j = np.triu_indices(eigenvalues.size, 1)
    size = max(float(np.abs(eigenvalues).max()), 1e-300)
    return float(np.prod((eigenvalues[i] + eigenvalues[j]) / size).real)


def named(problem: Problem, events: list[Event]) -> tuple[Bifurcation, ...]:
    """The bifurcations behind events: located, told apart, and none twice."""
    found: list[Bifurcation] = []
    for event in events:
        y = event.point.y * problem.equations.scale
        one = _hopf(problem, y, event.after) if event.test == HOPF else None
        if event.test == CROSSING:
            kind, criticality, coefficient = steady(problem.derivatives, y, problem.equations.scale)
            one = _bifurcation(kind, y, event.after, criticality, coefficient)
        elif event.test == FOLD:
            one = _bifurcation("fold", y, event.after, "", fold_coefficient(problem.derivatives, y))
        if one is not None:
            found.append(one)
    return tuple(b for b in found if b.kind != "fold" or not any(_same(problem, b, o) for o in found if o is not b))


def _bifurcation(
    kind: str, y: Array, after: int, criticality: str, coefficient: float, frequency: float = 0.0
) -> Bifurcation:
    return Bifurcation(kind, y[-1:], y[:-1], criticality, coefficient, frequency, after)


def _hopf(problem: Problem, y: Array, after: int) -> Bifurcation | None:
    """A Hopf point; None when two real eigenvalues of opposite sign made the test vanish (a neutral saddle)."""
    values = np.linalg.eigvals(problem.derivatives.jacobian(y))
    i, j = np.triu_indices(values.size, 1)
    k = int(np.argmin(np.abs(values[i] + values[j])))
    omega = float(abs(values[i[k]].imag))
    if omega < 1e-6 * float(np.abs(values).max()):
        return None
    first = lyapunov(problem.derivatives, y, omega)
    criticality = "supercritical" if first < 0 else "subcritical" if first > 0 else ""
    return _bifurcation("Hopf", y, after, criticality, first, omega)


def _same(problem: Problem, one: Bifurcation, other: Bifurcation) -> bool:
    """Whether two bifurcations are one point, met by two tests."""
    apart = np.append(one.x - other.x, one.parameter - other.parameter) / problem.equations.scale
    return abs(one.after - other.after) <= 1 and float(np.linalg.norm(apart)) < SAME
