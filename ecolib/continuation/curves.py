r"""Curves of folds and of Hopf points over two parameters, with the points where they change their nature.

- On a curve of folds, a **cusp** is where the coefficient of the fold vanishes and two folds meet; a
  **Bogdanov-Takens** point is where a second eigenvalue becomes zero, and a curve of Hopf points begins.
- A curve of Hopf points ends at a Bogdanov-Takens point, where its frequency is zero.

References: Dhooge2003MatCont.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp

from ecolib.continuation.bifurcations import Bifurcation, Derivatives
from ecolib.continuation.branches import Branch
from ecolib.continuation.defining import fold_equations, hopf_equations
from ecolib.continuation.equations import Equations, Point
from ecolib.continuation.following import ENDS, Limits, follow
from ecolib.continuation.inputs import Problem, check_letters
from ecolib.continuation.locating import Monitor, Route, Seen
from ecolib.continuation.ranges import Ranges, checked_range
from ecolib.doors import check_kind
from ecolib.numeric import Array

__all__ = ["Curve", "bifurcation_curve"]

CUSP = 0


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve of folds or Hopf points over two parameters.

    Main attributes:
        kind : "fold" or "Hopf"
        parameters : the two letters
        p : their values along the curve, shape ``(points, 2)``
        x : the states, shape ``(points, letters)``
        bifurcations : cusps and Bogdanov-Takens points, in order
        ended : why the curve ends at either end, two names of :data:`ecolib.continuation.ENDS`

    Other attributes:
        frequency : along a curve of Hopf points, per unit of time, shape ``(points,)``; zeros along folds
    """

    kind: str
    parameters: tuple[sp.Symbol, sp.Symbol]
    p: Array
    x: Array
    bifurcations: tuple[Bifurcation, ...]
    ended: tuple[str, str]
    frequency: Array

    @property
    def message(self) -> str:
        """A sentence for each end."""
        return "; ".join(f"{verb}: {ENDS[why]}" for verb, why in zip(("begins", "ends"), self.ended, strict=True))


def bifurcation_curve(
    branch: Branch,
    bifurcation: Bifurcation,
    other: sp.Symbol,
    *,
    within: tuple[float, float],
    first_within: tuple[float, float] | None = None,
    limits: Limits | None = None,
) -> Curve:
    """Follow a fold or a Hopf point of a branch over a second parameter, in both directions.

    Args:
        branch: a branch of equilibria.
        bifurcation: one of its folds or Hopf points.
        other: the second parameter; it starts at the number that the branch has for it.
        within: range of the second parameter.
        first_within: range of the branch's own parameter; by default the range of the branch.
        limits: lengths of steps, and how many steps and seconds may be spent.

    Raises:
        TypeError, ValueError: for a point that is neither a fold nor a Hopf point, a letter that is no other
            parameter, a range that does not hold the start, or a point from which no curve is found.

    Example:
        >>> from ecolib.system import System
        >>> from ecolib.continuation import equilibrium_branch
        >>> x, a, b = sp.symbols("x a b", real=True)
        >>> cusp = System((x,), (a + b * x - x**3,))
        >>> branch = equilibrium_branch(cusp, {b: 1}, a, x0=(-1.3,), start=-1, within=(-2, 2))
        >>> curve = bifurcation_curve(branch, branch.bifurcations[0], b, within=(-1, 1))
        >>> curve.bifurcations
        (<cusp at 0, 0, x = (0)>,)

    References: Dhooge2003MatCont.
    """
    check_kind("branch", branch, Branch)
    check_kind("bifurcation", bifurcation, Bifurcation)
    if bifurcation.kind not in ("fold", "Hopf"):
        raise ValueError(f"curves are followed from folds and Hopf points, got a {bifurcation.kind}")
    check_kind("limits", limits, Limits, type(None))
    letters = branch.parameter, other
    check_letters(branch.problem.system, letters)
    first = checked_range(letters[0], branch.problem.ranges.limits(-1) if first_within is None else first_within)
    ends = np.array([first, checked_range(other, within)])
    at = np.array([bifurcation.parameter[0], branch.problem.numbers[other]])
    for letter, value, (low, high) in zip(letters, at, ends, strict=True):
        if not low <= value <= high:
            raise ValueError(f"the curve starts at {letter} = {value:g}, which is not within {low:g} and {high:g}")
    setting = _setting(branch.problem, bifurcation, letters, at, ends)
    limits = limits or branch.problem.limits
    ahead = follow(setting.equations, setting.start, setting.monitor, limits)
    back = Point(setting.start.y, -setting.start.tangent, 1)
    behind = None if ahead.ended == "closed" else follow(setting.equations, back, setting.monitor, limits)
    return _curve(setting, ahead, behind)


def _monitor(equations: Equations, ranges: Ranges, derivatives: Derivatives, kind: str) -> Monitor:
    """Test functions along a curve: cusp and Bogdanov-Takens."""
    n = ranges.letters

    def watch_hopf(point: Point, _: Seen | None) -> Seen:
        return Seen(np.array([1.0, point.y[2 * n]]), None)

    def watch_fold(point: Point, before: Seen | None) -> Seen:
        y = point.y * equations.scale
        state, v = np.concatenate([y[:n], y[-2:]]), y[n : 2 * n]
        w = np.linalg.svd(derivatives.jacobian(state))[0][:, -1]
        w = -w if before is not None and before.known @ w < 0 else w  # turned like that of its neighbour
        return Seen(np.array([w @ (derivatives.second(state)[:, :n, :n] @ v @ v), w @ v]), w)

    def margin(point: Point) -> tuple[float, str]:
        inside = ranges.margin(point.y * equations.scale)
        return inside if kind == "fold" else min(inside, (float(point.y[2 * n]), "last of its kind"))

    return Monitor(watch_fold if kind == "fold" else watch_hopf, margin)


@dataclass(frozen=True, eq=False)
class _Setting:
    """What a curve is followed with."""

    kind: str
    letters: tuple[sp.Symbol, sp.Symbol]
    equations: Equations
    ranges: Ranges
    monitor: Monitor
    start: Point


def _setting(
    problem: Problem, bifurcation: Bifurcation, letters: tuple[sp.Symbol, sp.Symbol], at: Array, ends: Array
) -> _Setting:
    """Equations and first point of a curve that starts at values ``at`` of two parameters, with ranges ``ends``."""
    system, n, state = problem.system, len(problem.system.x), problem.ranges
    extra, beside, residual, known = _defined(problem, bifurcation, at)
    known |= {letter: number for letter, number in problem.numbers.items() if letter != letters[1]}
    sizes = np.append(np.ones(n), np.maximum(beside[n:], 1e-6))
    scale = np.concatenate([state.scale[:-1], sizes, ends[:, 1] - ends[:, 0]])
    free = np.full(len(extra), np.inf)
    low, high = (
        np.concatenate([own[:-1], sign * free, ends[:, k]])
        for k, (own, sign) in enumerate(((state.low, -1), (state.high, 1)))
    )
    ranges = Ranges(low, high, scale, n, 2)
    equations = Equations((*system.x, *extra, *letters), residual, known, scale)
    guess = np.concatenate([bifurcation.x, beside, at]) / scale
    found = equations.corrected(guess, np.eye(guess.size)[-1], float(guess[-1]))
    tangents = np.empty((0, guess.size)) if found is None else _directions(equations, found[0])
    if found is None or len(tangents) != 1:
        raise ValueError(f"no curve of {bifurcation.kind} points was found at {bifurcation!r}")
    derivatives = Derivatives(system, (*system.x, *letters), known)
    monitor = _monitor(equations, ranges, derivatives, bifurcation.kind)
    return _Setting(bifurcation.kind, letters, equations, ranges, monitor, Point(found[0], tangents[0], found[1]))


def _directions(equations: Equations, y: Array) -> Array:
    """The tangent of a curve, with equations measured by their own slopes: they do not vanish at a regular point."""
    slopes = np.abs(equations.jacobian(y)).max(axis=1)
    return equations.directions(y, np.where(slopes > 0, slopes, 1.0))


def _defined(problem: Problem, bifurcation: Bifurcation, at: Array) -> tuple[Any, Array, Any, dict[sp.Symbol, float]]:
    """Additional unknowns, their values at the start, all equations, and numbers for the letters of these."""
    J = problem.derivatives.jacobian(np.append(bifurcation.x, at[0]))
    if bifurcation.kind == "fold":
        extra, residual = fold_equations(problem.system)
        return extra, np.linalg.svd(J)[2][-1], residual, {}
    more, reference, whole = hopf_equations(problem.system)
    first, across = _plane(J, bifurcation.frequency)
    return more, np.append(first, bifurcation.frequency**2), whole, dict(zip(reference, across.tolist(), strict=True))


def _plane(J: Array, omega: float) -> tuple[Array, Array]:
    """A unit vector of the critical plane, and one across it within the plane."""
    values, vectors = np.linalg.eig(J)
    q = vectors[:, np.argmin(np.abs(values - 1j * omega))]
    first, second = np.linalg.qr(np.column_stack([q.real, q.imag]))[0].T
    return first, second


def _curve(setting: _Setting, ahead: Route, behind: Route | None) -> Curve:
    points, shift, ended = list(ahead.points), 0, (ahead.ended, ahead.ended)
    places = [(event.after, event) for event in ahead.events]
    if behind is not None:
        shift, ended = len(behind.points) - 1, (behind.ended, ahead.ended)
        points = behind.points[:0:-1] + points
        turned = [(shift - 1 - event.after, event) for event in behind.events[::-1]]
        places = turned + [(shift + after, event) for after, event in places]
    n, scale = setting.ranges.letters, setting.equations.scale
    y = setting.ranges.clipped(np.array([point.y for point in points]) * scale)
    found = []
    for after, event in places:
        z = event.point.y * scale
        name = "cusp" if event.test == CUSP else "Bogdanov-Takens"
        found.append(Bifurcation(name, z[-2:], z[:n], "", np.nan, 0.0, after))
    frequency = np.sqrt(np.maximum(y[:, 2 * n], 0.0)) if setting.kind == "Hopf" else np.zeros(len(y))
    return Curve(setting.kind, setting.letters, y[:, -2:], y[:, :n], tuple(found), ended, frequency)
