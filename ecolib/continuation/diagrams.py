r"""The whole diagram of a system over one parameter: every branch, none twice.

Branches are started from equilibria that are known: for polynomial systems *all* of them, enumerated at several values
of the parameter, and those that the user gives. From every crossing that is met the other branch is followed too. A
branch that lies between two of these values and meets no other branch is not found: give more values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.continuation.bifurcations import Bifurcation
from ecolib.continuation.branches import Branch, equilibrium_branch, switch
from ecolib.continuation.following import Limits
from ecolib.continuation.inputs import check_letters, checked_state
from ecolib.continuation.ranges import checked_range, limits_of
from ecolib.doors import check_mapping, real, several
from ecolib.enumeration import enumerate_equilibria
from ecolib.numeric import Array
from ecolib.system import Dynamics

__all__ = ["Diagram", "bifurcation_diagram"]

SHARES = (0.0131, 0.4137, 0.9869)
"""Where in the range equilibria are enumerated: nowhere near the round numbers at which bifurcations like to be."""

CLOSE = 1e-6
"""Two states closer than this in every letter, beside its size and its scale, are one."""


@dataclass(frozen=True, eq=False)
class Diagram:
    """Branches of equilibria over one parameter.

    Main attributes:
        letters : of the state
        branches : what was followed
        complete : whether exact counting confirmed all equilibria from which branches were started
        message : a sentence on where branches were started
    """

    letters: tuple[sp.Symbol, ...]
    branches: tuple[Branch, ...]
    complete: bool
    message: str

    @property
    def bifurcations(self) -> tuple[Bifurcation, ...]:
        """What was found on all branches, none twice, by the parameter."""
        kept: list[Bifurcation] = []
        pairs = [(b, branch.problem.ranges.scale) for branch in self.branches for b in branch.bifurcations]
        for one, scale in sorted(pairs, key=lambda pair: pair[0].parameter[0]):
            if not any(one.kind == other.kind and _near(_place(one), _place(other), scale) for other in kept):
                kept.append(one)
        return tuple(kept)

    def at(self, value: float) -> Array:
        """States of all branches at a value of the parameter, none twice, shape ``(states, letters)``.

        Raises:
            TypeError: when the value is no real number.
        """
        value = real("value", value)
        kept: list[Array] = []
        for x, scale in ((x, branch.problem.ranges.scale[:-1]) for branch in self.branches for x in branch.at(value)):
            if not any(_near(x, other, scale) for other in kept):
                kept.append(x)
        return np.array(sorted(kept, key=tuple)).reshape(-1, len(self.letters))


def bifurcation_diagram(
    system: Dynamics,
    numbers: Mapping[sp.Symbol, Any],
    parameter: sp.Symbol,
    *,
    within: tuple[float, float],
    at: Sequence[float] | None = None,
    starts: Iterable[tuple[npt.ArrayLike, float]] | None = None,
    box: Mapping[sp.Symbol, tuple[float, float]] | None = None,
    limits: Limits | None = None,
) -> Diagram:
    """Follow every branch that is found from the known equilibria.

    Args:
        system: as for ``equilibrium_branch``, like the next three.
        numbers: numbers for all other parameters, by letter.
        parameter: the letter to continue.
        within: range of the parameter.
        box: range of letters of the state, as for ``equilibrium_branch``.
        limits: lengths of steps, and how many steps and seconds each branch may take.
        at: values of the parameter at which all equilibria of a polynomial system are enumerated; by default three.
        starts: instead, pairs of a guess of the state and the value of the parameter that belongs to it. Needed when
            the field is not rational in the state.

    Raises:
        TypeError, ValueError: as ``equilibrium_branch`` and ``enumerate_equilibria``.

    Example:
        >>> from ecolib.system import System
        >>> x, p = sp.symbols("x p", real=True)
        >>> diagram = bifurcation_diagram(System((x,), (p * x - x**3,)), {}, p, within=(-1, 1))
        >>> diagram.bifurcations, diagram.at(0.25).tolist()
        ((<supercritical pitchfork at 0, x = (0)>,), [[-0.5], [0.0], [0.5]])

    References: Veltz2020BifurcationKit.
    """
    check_letters(system, (parameter,))
    check_mapping("numbers", numbers)
    low, high = checked_range(parameter, within)
    complete, message = False, "branches were started from the equilibria that were given"
    if starts is None:
        even = [low + share * (high - low) for share in SHARES]
        values = even if at is None else [real("at", value) for value in several("at", at)]
        starts, complete, message = _enumerated(system, numbers, parameter, values, box)
    branches: list[Branch] = []
    for x0, value in _checked_starts(system, starts):
        if not any(_on(branch, x0, value) for branch in branches):
            first = equilibrium_branch(
                system, numbers, parameter, x0=x0, start=value, within=within, box=box, limits=limits
            )
            _grow(branches, first)
    return Diagram(tuple(system.x), tuple(branches), complete, message)


def _checked_starts(system: Dynamics, starts: Any) -> list[tuple[Array, float]]:
    """Guesses of the state, with the value of the parameter for each."""
    pairs = [several("a start", pair) for pair in several("starts", starts)]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"starts must be pairs of a state and a value of the parameter, got {starts!r:.80}")
    return [(checked_state(system, x0), real("the value of a start", value)) for x0, value in pairs]


def _enumerated(
    system: Dynamics,
    numbers: Mapping[sp.Symbol, Any],
    parameter: sp.Symbol,
    values: Sequence[float],
    box: Mapping[sp.Symbol, tuple[float, float]] | None,
) -> tuple[list[tuple[Array, float]], bool, str]:
    """Equilibria within the box at each value, whether they are all, and a sentence."""
    low, high = limits_of(system.x, box)
    starts, complete = [], True
    for value in values:
        found = enumerate_equilibria(system, {**numbers, parameter: value})
        complete &= found.complete
        starts += [(x, value) for x in found.x if np.all((x >= low) & (x <= high))]
    places = ", ".join(f"{value:g}" for value in values)
    how = "all" if complete else "those found of the"
    return starts, complete, f"branches were started from {how} equilibria at {parameter} = {places}"


def _grow(branches: list[Branch], first: Branch) -> None:
    """Add a branch and, one after the other, those that cross it or what was added."""
    waiting = [first]
    while waiting:
        branch = waiting.pop()
        if any(_covers(other, branch) for other in branches):
            continue
        branches.append(branch)
        crossings = (b for b in branch.bifurcations if b.kind in ("transcritical", "pitchfork", "branch point"))
        waiting += [other for b in crossings if (other := switch(branch, b)) is not None]


def _covers(known: Branch, branch: Branch) -> bool:
    """Whether a branch has been followed already: most of five of its points lie on another."""
    picked = np.unique(np.linspace(0, branch.p.size - 1, 7).astype(int)[1:-1])
    return sum(_on(known, branch.x[k], branch.p[k]) for k in picked) > picked.size / 2


def _on(branch: Branch, x: Array, value: float) -> bool:
    return any(_near(x, other, branch.problem.ranges.scale[:-1]) for other in branch.at(value))


def _near(one: Array, other: Array, scale: Array) -> bool:
    return bool(np.all(np.abs(one - other) <= CLOSE * (scale + np.abs(one))))


def _place(bifurcation: Bifurcation) -> Array:
    return np.append(bifurcation.x, bifurcation.parameter)
