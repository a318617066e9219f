r"""The names: modes of symbiosis, and the stages of the source paper.

A **mode** names who gains and who loses where all units live together, by the signs of the gains
:math:`g_i = u_i - 1` at the attracting coexistence point:

==================  ==========================================================================
mode                gains
==================  ==========================================================================
INHIBITION          everyone loses
AMENSALISM          someone loses, nobody gains, the others are unaffected
INDEPENDENCE        nobody is affected
PARASITISM          exactly one gains, someone loses
COMMENSALISM        someone gains, nobody loses, someone is unaffected
MUTUALISM           everyone gains; **balanced** when the least gain is within a fraction
                    epsilon of the greatest, **biased** otherwise
MIXED               two or more gain, someone loses (three or more units)
EXCLUSION           no coexistence is stable: someone dies out
BISTABLE            several outcomes, the start decides
RUNAWAY             mutual benefit without bound
UNDECIDED           a boundary case, or no equilibrium attracts
==================  ==========================================================================

A **stage** is the paper's word for the phase of the evolution. Its words allow two **readings**: "signs" takes
biased benefit (偏利) as the dictionary does, one gains and the other is unaffected; "shares" asks, with the paper's
own sentence, who captures the surplus.
"""

from __future__ import annotations

from enum import Enum
from numbers import Integral
from typing import Literal, get_args

import sympy as sp

from ecolib.doors import check_kind, choice, whole
from ecolib.equilibria import Equilibrium, positive

__all__ = ["READINGS", "Mode", "Reading", "Stage", "mode_condition", "mode_of", "stage_of"]

Reading = Literal["signs", "shares"]
READINGS: tuple[Reading, ...] = get_args(Reading)


class Mode(Enum):
    """The mode of a symbiosis; the value is its name in running text."""

    INHIBITION = "inhibition"
    AMENSALISM = "amensalism"
    INDEPENDENCE = "independence"
    PARASITISM = "parasitism"
    COMMENSALISM = "commensalism"
    MUTUALISM = "mutualism"
    MIXED = "mixed"
    EXCLUSION = "exclusion"
    BISTABLE = "bistability"
    RUNAWAY = "runaway"
    UNDECIDED = "undecided"


class Stage(Enum):
    """A stage of the paper's path; OUTSIDE when the path does not pass there."""

    INHIBITION = "inhibition"
    SINGLE_BENEFIT = "single benefit"
    BIASED_BENEFIT = "biased benefit"
    BALANCED_MUTUALISM = "balanced mutualism"
    OUTSIDE = "outside the path"


def mode_of(gainers: int, losers: int, units: int) -> Mode:
    """The mode where all units live together, from how many gain and how many lose.

    Raises:
        TypeError: when a count is no integer.
        ValueError: when the counts are negative or exceed the number of units.

    Example:
        >>> mode_of(gainers=1, losers=0, units=2)
        <Mode.COMMENSALISM: 'commensalism'>
    """
    for name, count in (("gainers", gainers), ("losers", losers), ("units", units)):
        check_kind(name, count, Integral)
    if min(gainers, losers) < 0 or gainers + losers > units:
        raise ValueError(f"{gainers} gainers and {losers} losers are impossible among {units} units")
    if gainers == 0:
        return Mode.INDEPENDENCE if losers == 0 else Mode.INHIBITION if losers == units else Mode.AMENSALISM
    if losers == 0:
        return Mode.MUTUALISM if gainers == units else Mode.COMMENSALISM
    return Mode.PARASITISM if gainers == 1 else Mode.MIXED


def stage_of(mode: Mode, *, gainers: int, balanced: bool, reading: Reading = "shares") -> Stage:
    """The paper's stage for a mode, under one of the two readings.

    Args:
        mode: the mode of the coexistence point.
        gainers: how many units gain there.
        balanced: whether the least gain is within the tolerance of the greatest.
        reading: "signs" or "shares".

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: for an unknown reading.

    Example:
        >>> stage_of(Mode.MUTUALISM, gainers=2, balanced=False, reading="shares")
        <Stage.BIASED_BENEFIT: 'biased benefit'>
        >>> stage_of(Mode.MUTUALISM, gainers=2, balanced=False, reading="signs")
        <Stage.BALANCED_MUTUALISM: 'balanced mutualism'>
    """
    check_reading(reading)
    check_kind("mode", mode, Mode)
    gainers = whole("gainers", gainers, least=0)
    check_kind("balanced", balanced, bool)
    if mode in (Mode.INHIBITION, Mode.AMENSALISM):
        return Stage.INHIBITION
    if mode is Mode.PARASITISM:
        return Stage.SINGLE_BENEFIT
    if reading == "signs":
        return {Mode.COMMENSALISM: Stage.BIASED_BENEFIT, Mode.MUTUALISM: Stage.BALANCED_MUTUALISM}.get(
            mode, Stage.OUTSIDE
        )
    if mode in (Mode.COMMENSALISM, Mode.MUTUALISM, Mode.MIXED):
        if gainers == 1:
            return Stage.SINGLE_BENEFIT
        return Stage.BALANCED_MUTUALISM if mode is Mode.MUTUALISM and balanced else Stage.BIASED_BENEFIT
    return Stage.OUTSIDE


def check_reading(reading: str) -> None:
    """Raise unless the reading is known."""
    choice("reading", reading, READINGS)


def mode_condition(coexistence: Equilibrium, mode: Mode) -> sp.Basic:
    """The condition of a mode in letters, at a feasible coexistence point: polynomial relations of the gains.

    Feasibility and stability are conditions of their own (``coexistence.feasible``, ``stable(coexistence)``).

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when some unit is absent, or the mode is not one of shared life (EXCLUSION, BISTABLE, ...).

    Example:
        >>> from ecolib.equilibria import equilibria
        >>> from ecolib.model import Symbiosis
        >>> *_, both = equilibria(Symbiosis.of(units=2))
        >>> condition = mode_condition(both, Mode.MUTUALISM)
        >>> a, b = sp.symbols("alpha_12 alpha_21", real=True)
        >>> condition.subs({a: sp.Rational(1, 2), b: sp.Rational(1, 4)})
        True
    """
    check_kind("coexistence", coexistence, Equilibrium)
    check_kind("mode", mode, Mode)
    if coexistence.absent:
        raise ValueError(f"modes compare all units, but {coexistence.absent} are absent from this equilibrium")
    D = coexistence.denominator
    gains = [N * D for N in coexistence.gain_numerators]
    cases = [case for case in _sign_patterns(len(gains)) if mode_of(case.count(1), case.count(-1), len(case)) is mode]
    if not cases:
        raise ValueError(f"{mode} is not decided by the signs of {len(gains)} gains")
    return sp.Or(*(sp.And(*(_has_sign(g, s) for s, g in zip(case, gains, strict=True))) for case in cases))


def _has_sign(polynomial: sp.Expr, sign: int) -> sp.Basic:
    return positive(sign * polynomial) if sign else sp.Eq(polynomial, 0)


def _sign_patterns(units: int) -> list[tuple[int, ...]]:
    patterns: list[tuple[int, ...]] = [()]
    for _ in range(units):
        patterns = [(*pattern, sign) for pattern in patterns for sign in (1, 0, -1)]
    return patterns
