r"""Branches of equilibria: followed over one parameter, with bifurcations and stability on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.continuation.bifurcations import Bifurcation, other_tangent
from ecolib.continuation.equations import Point
from ecolib.continuation.events import branch_monitor, named, unstable
from ecolib.continuation.following import ENDS, Limits, follow
from ecolib.continuation.inputs import Problem
from ecolib.continuation.locating import Route
from ecolib.doors import check_kind, real
from ecolib.numeric import Array
from ecolib.system import Dynamics

__all__ = ["Branch", "equilibrium_branch", "switch"]


@dataclass(frozen=True, eq=False)
class Branch:
    """A branch of equilibria over one parameter.

    Main attributes:
        parameter : the letter that was continued
        p : its values along the branch, shape ``(points,)``
        x : the states, shape ``(points, letters)``
        unstable : how many eigenvalues have a positive real part, shape ``(points,)``
        bifurcations : what was found on the way, in order
        ended : why the branch ends at either end, two names of :data:`ecolib.continuation.ENDS`

    Other attributes:
        eigenvalues : of the Jacobian, shape ``(points, letters)``
        tangents : unit tangents in scaled unknowns, shape ``(points, letters + 1)``
        unresolved : values of the parameter where stability changed and no bifurcation was found that explains it
        problem : what was continued
    """

    parameter: sp.Symbol
    p: Array
    x: Array
    unstable: npt.NDArray[np.int64]
    bifurcations: tuple[Bifurcation, ...]
    ended: tuple[str, str]
    eigenvalues: npt.NDArray[np.complex128]
    tangents: Array
    unresolved: tuple[float, ...]
    problem: Problem

    @property
    def stable(self) -> npt.NDArray[np.bool_]:
        """Whether every eigenvalue has a negative real part, shape ``(points,)``."""
        return np.asarray((self.eigenvalues.real < 0).all(axis=1))

    @property
    def message(self) -> str:
        """A sentence for each end."""
        ends = zip(("begins", "ends"), (0, -1), self.ended, strict=True)
        return "; ".join(f"{verb} at {self.parameter} = {self.p[k]:.6g}: {ENDS[why]}" for verb, k, why in ends)

    def at(self, value: float) -> Array:
        """States of the branch at a value of the parameter, shape ``(states, letters)``; none where it does not reach.

        On a bifurcation itself Newton's method may fail and leave a state out: it stands in ``bifurcations``.

        Raises:
            TypeError: when the value is no real number.

        Example:
            >>> x, p = sp.symbols("x p", real=True)
            >>> from ecolib.system import System
            >>> branch = equilibrium_branch(System((x,), (p - x**2,)), {}, p, x0=(1.0,), start=1.0, within=(-1, 1))
            >>> sorted(branch.at(0.25).ravel().round(6).tolist())
            [-0.5, 0.5]
        """
        value = real("value", value)
        after = np.flatnonzero(np.sign(self.p[:-1] - value) * np.sign(self.p[1:] - value) < 0)
        share = (value - self.p[after]) / (self.p[after + 1] - self.p[after])
        between = self.x[after] + share[:, None] * (self.x[after + 1] - self.x[after])
        guesses = np.vstack([between, self.x[self.p == value]])
        found = [self.problem.settled(guess, value) for guess in guesses]
        return np.array([x for x in found if x is not None]).reshape(-1, self.x.shape[1])

    def __repr__(self) -> str:
        return f"<Branch over {self.parameter}, {self.p.size} points, {list(self.bifurcations)}, {self.message}>"


def equilibrium_branch(
    system: Dynamics,
    numbers: Mapping[sp.Symbol, Any],
    parameter: sp.Symbol,
    *,
    x0: npt.ArrayLike,
    start: float,
    within: tuple[float, float],
    box: Mapping[sp.Symbol, tuple[float, float]] | None = None,
    limits: Limits | None = None,
) -> Branch:
    """Follow the equilibrium near ``x0`` over a parameter, in both directions, until it leaves the range.

    Args:
        system: states its field and state in sympy: a :class:`~ecolib.system.System`, a
            :class:`~ecolib.model.Symbiosis`, the feedback model of the paper.
        numbers: numbers for all other parameters, by letter (for a symbiosis see ``ecolib.fit.numbers_of``).
        parameter: the letter to continue.
        x0: a guess of the equilibrium at ``start``, shape ``(letters,)``; it is corrected by Newton's method.
        start: value of the parameter at which the guess is made, within the range.
        within: range of the parameter, lower and upper end.
        box: for some letters of the state the range in which the branch is followed. By default a letter that is
            declared nonnegative or positive is followed from 0 up, the others without bound.
        limits: lengths of steps, and how many steps and seconds may be spent.

    Raises:
        TypeError: when an argument is not of its kind.
        ValueError: for a letter that is no parameter, numbers that are missing or not finite, a start outside the
            range, a guess from which no equilibrium is found, or a start on a branch point (begin beside it).

    Example:
        >>> from ecolib.system import System
        >>> x, r, K, h = sp.symbols("x r K h", positive=True)
        >>> harvest = System(x=(x,), field=(r * x * (1 - x / K) - h,))
        >>> equilibrium_branch(harvest, {r: 1, K: 1}, h, x0=(1,), start=0, within=(0, 1)).bifurcations
        (<fold at 0.25, x = (0.5)>,)

    References: Dhooge2003MatCont.
    """
    problem = Problem.checked(system, numbers, parameter, within, x0, box, limits)
    y = problem.equilibrium(x0, start)
    tangents = problem.equations.directions(y, problem.units(y))
    if len(tangents) != 1:
        raise ValueError(
            f"{parameter} = {start:g} is a branch point, where the branch has no one direction: begin beside it"
        )
    tangent = tangents[0] * (1.0 if tangents[0][-1] >= 0 else -1.0)
    return traced(problem, _beside_fold(problem, Point(y, tangent, 1)))


def switch(branch: Branch, bifurcation: Bifurcation) -> Branch | None:
    """Follow the branch that crosses a branch at one of its transcritical, pitchfork or branch points.

    Returns:
        The other branch, through the point and in both directions; None when no plain crossing is found there.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when no branch crosses there (a fold or a Hopf point).

    Example:
        >>> from ecolib.system import System
        >>> x, p = sp.symbols("x p", real=True)
        >>> trivial = equilibrium_branch(System((x,), (p * x - x**2,)), {}, p, x0=(0,), start=-1, within=(-1, 1))
        >>> trivial.bifurcations
        (<supercritical transcritical at 0, x = (0)>,)
        >>> switch(trivial, trivial.bifurcations[0]).at(0.5).round(9).tolist()
        [[0.5]]
    """
    check_kind("branch", branch, Branch)
    check_kind("bifurcation", bifurcation, Bifurcation)
    if bifurcation.kind not in ("transcritical", "pitchfork", "branch point"):
        raise ValueError(f"no branch crosses at a {bifurcation.kind}")
    problem, equations = branch.problem, branch.problem.equations
    y = np.append(bifurcation.x, bifurcation.parameter) / equations.scale
    second = problem.derivatives.second(y * equations.scale) * np.multiply.outer(equations.scale, equations.scale)
    basis = np.linalg.svd(equations.jacobian(y))[2][-2:]
    known = branch.tangents[bifurcation.after]
    tangent = other_tangent(equations.jacobian(y), second, basis, known)
    if tangent is None:
        return None
    for length in problem.limits.first * np.array([1.0, 3.0, 0.3, 0.1]):
        found = equations.corrected(y + length * tangent, tangent, float(tangent @ y) + length)
        along = None if found is None else equations.tangent(found[0], tangent)
        if found is not None and along is not None and along @ tangent > 0.9:
            return traced(problem, Point(found[0], along, found[1]))
    return None


def _beside_fold(problem: Problem, start: Point) -> Point:
    """A start on a fold moved on by the first step, so that the fold lies within the branch and is met."""
    first = problem.limits.first
    if abs(start.tangent[-1]) > first:
        return start
    for length in (first, -first):
        beside = problem.equations.step(start, length)
        if beside is not None and problem.ranges.margin(beside.y * problem.equations.scale)[0] >= 0:
            return beside
    return start


def traced(problem: Problem, start: Point) -> Branch:
    """Follow a branch from a point in both directions and join the halves."""
    back = Point(start.y, -start.tangent, start.iterations)
    there = follow(problem.equations, start, branch_monitor(problem), problem.limits)
    whole = there.ended == "closed"
    halves = [] if whole else [follow(problem.equations, back, branch_monitor(problem), problem.limits)]
    return _joined(problem, there, halves[0] if halves else None)


def _joined(problem: Problem, ahead: Route, behind: Route | None) -> Branch:
    """One branch from a route ahead and a route behind."""
    points, seen = list(ahead.points), list(ahead.seen)
    events, unresolved, ends = ahead.events, ahead.unresolved, (ahead.ended, ahead.ended)
    if behind is not None:
        shift = len(behind.points) - 1
        points = [Point(q.y, -q.tangent, q.iterations) for q in behind.points[:0:-1]] + points
        seen = behind.seen[:0:-1] + seen
        turned = [replace(event, after=shift - 1 - event.after) for event in behind.events[::-1]]
        events = turned + [replace(event, after=shift + event.after) for event in events]
        unresolved = [shift - 1 - k for k in behind.unresolved] + [shift + k for k in unresolved]
        ends = behind.ended, ahead.ended
    y = problem.ranges.clipped(np.array([point.y for point in points]) * problem.equations.scale)
    bifurcations = named(problem, events)
    counts = np.array([unstable(one.known) for one in seen])
    return Branch(
        parameter=problem.parameter,
        p=y[:, -1],
        x=y[:, :-1],
        unstable=counts,
        bifurcations=bifurcations,
        ended=ends,
        eigenvalues=np.array([one.known for one in seen]),
        tangents=np.array([point.tangent for point in points]),
        unresolved=tuple(float(y[k, -1]) for k in unresolved if not _explained(bifurcations, counts, k)),
        problem=problem,
    )


def _explained(bifurcations: tuple[Bifurcation, ...], counts: npt.NDArray[np.int64], k: int) -> bool:
    """Whether what was found next to step ``k`` accounts for the change of stability in it."""
    near = {2 if one.kind == "Hopf" else 1 for one in bifurcations if abs(one.after - k) <= 1}
    before, after = counts[max(k - 1, 0)], counts[min(k + 2, counts.size - 1)]
    return bool(near) and abs(int(after - before)) in {0, sum(near)}
