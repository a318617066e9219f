r"""Which letters decide the outcome when all of them are uncertain: Sobol indices over ranges.

The **first-order index** of a letter is the part of the variance of the outcome that its own uncertainty explains, the
**total index** the part that vanishes only if it becomes known; their difference is interaction. Both need an outcome
that is defined for *every* draw, so the outcomes here are bounded and have a value where nothing rests or nothing tips:

- ``"gain"``: :math:`g / (1 + |g|)` with the follower's gain at rest; 1 when benefit runs away;
- ``"speed"``: :math:`1 / t_c` by the timetable; 0 when followers never gain;
- ``"tips"``: 1 when unlike units end in a fold, else 0;
- the name of a class of :data:`~ecolib.paper.policy.rest.CLASSES`: 1 when rest is of that class, else 0.

Sampling and estimation are those of SALib (the extra ``sensitivity``), with scrambled Sobol sequences.

References:
    Saltelli2010
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ecolib.doors import words
from ecolib.numeric import Array
from ecolib.paper.policy.case import BaseCase
from ecolib.paper.policy.doors import one_case
from ecolib.paper.policy.ranges import RANGES, checked_ranges
from ecolib.paper.policy.rest import CLASSES, critical, rest
from ecolib.paper.policy.thresholds import date, thresholds
from ecolib.values import generator

__all__ = ["MEASURES", "Sensitivity", "indices", "measured", "sensitivity"]

MEASURES = ("gain", "speed", "tips", *CLASSES)
"""Outcomes that are defined for every draw."""

CHUNK = 2000
"""Draws that are computed at a time."""


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Sobol indices of several outcomes.

    Main attributes:
        letters : names of the uncertain letters
        measures : names of the outcomes
        first, total : indices, shape ``(measures, letters)``; NaN where an outcome does not vary
        first_error, total_error : half widths of their 95 % intervals, likewise
        counts : how many points of the two base samples fall into each class of rest, and how many "never balance"
            (whatever heterogeneity is) and how many "tip"
        draws : how many such points there are, twice the size of the sample; scrambled Sobol points are not independent
    """

    letters: tuple[str, ...]
    measures: tuple[str, ...]
    first: Array
    total: Array
    first_error: Array
    total_error: Array
    counts: dict[str, int]
    draws: int


def measured(case: BaseCase, measures: Sequence[str]) -> Array:
    """Outcomes of a batch of cases, shape ``(..., measures)``.

    Raises:
        ValueError: for an unknown outcome.

    Example:
        >>> measured(BaseCase(), ("inhibition", "tips", "speed")).tolist()
        [1.0, 1.0, 0.0]
    """
    if isinstance(measures, str) or not measures:
        raise ValueError(f"measures must be a sequence of at least one outcome, got {measures!r}")
    unknown = [name for name in measures if name not in MEASURES]
    if unknown:
        raise ValueError(f"an outcome is one of {', '.join(MEASURES)}, got {unknown[0]!r}")
    found, columns = rest(case), []
    for name in measures:
        if name in CLASSES:
            columns.append(found.kind == CLASSES.index(name))
        elif name == "gain":
            gain = np.where(np.isinf(found.follower), 0.0, found.follower)
            columns.append(np.where(np.isinf(found.follower), 1.0, gain / (1 + np.abs(gain))))
        elif name == "tips":
            columns.append(np.isfinite(critical(case)[0]))
        else:
            columns.append(1.0 / np.maximum(date(case, thresholds(case)[1]), 1e-3))
    return np.stack([np.broadcast_to(np.asarray(column, dtype=np.float64), case.shape) for column in columns], axis=-1)


def sensitivity(
    ranges: Mapping[str, tuple[float, float]] = RANGES,
    *,
    rng: np.random.Generator,
    size: int = 512,
    measures: Sequence[str] = ("gain", "balanced mutualism"),
    base: BaseCase | None = None,
) -> Sensitivity:
    """Sobol indices of outcomes over ranges of letters.

    Args:
        ranges: both ends by name of the letter; letters are uniform between them and independent.
        rng: the source of randomness.
        size: size of the sample, a power of two; the model is computed ``size * (letters + 2)`` times.
        measures: names of outcomes in :data:`MEASURES`.
        base: letters that are not in the ranges; by default those of ``BaseCase()``.

    Raises:
        ImportError: when SALib is not installed (extra ``sensitivity``).
        TypeError: when ``rng`` is no generator, or measures are no texts.
        ValueError: for a range, a size or an outcome that is not allowed.

    Example:
        >>> found = sensitivity(rng=np.random.default_rng(2026), size=64)
        >>> found.total.shape, found.draws, sum(found.counts[name] for name in CLASSES)
        ((2, 10), 128, 128)
    """
    from SALib.sample import sobol as sample

    generator(rng)
    if isinstance(size, bool) or not isinstance(size, int | np.integer):
        raise TypeError(f"size must be an integer, got {size!r}")
    if size < 2 or size & (size - 1):
        raise ValueError(f"size must be a power of two of at least 2, got {size}")
    measures, names = words("measures", measures), tuple(checked_ranges(ranges))
    problem = {"num_vars": len(names), "names": list(names), "bounds": [list(ranges[name]) for name in names]}
    draws = sample.sample(problem, size, calc_second_order=False, seed=rng)
    given = {} if base is None else {name: getattr(base, name) for name in one_case(base).names}
    parts = [
        BaseCase(**{**given, **dict(zip(names, draws[k : k + CHUNK].T, strict=True))})
        for k in range(0, len(draws), CHUNK)
    ]
    table = np.concatenate([measured(part, tuple(measures)) for part in parts])
    points = draws.reshape(size, len(names) + 2, -1)[:, [0, -1]].reshape(2 * size, -1)
    seen = _counted(BaseCase(**{**given, **dict(zip(names, points.T, strict=True))}))
    estimates = [indices(problem, column, rng=rng) for column in table.T]
    first, total, first_error, total_error = (np.array([estimate[k] for estimate in estimates]) for k in range(4))
    named = dict(zip((*CLASSES, "never balance", "tip"), map(int, seen), strict=True))
    return Sensitivity(names, tuple(measures), first, total, first_error, total_error, named, 2 * size)


def _counted(case: BaseCase) -> Array:
    """How many of a batch fall into each class, never balance, and tip."""
    never = np.count_nonzero(thresholds(case)[2] == 1.0)
    *classes, tip = measured(case, (*CLASSES, "tips")).sum(axis=0)
    return np.array([*classes, never, tip])


def indices(problem: Mapping[str, object], values: Array, *, rng: np.random.Generator) -> tuple[Array, ...]:
    """First and total indices of one outcome with half widths of their intervals, by SALib.

    Args:
        problem: a problem as SALib states it.
        values: outcome of every row of its sample, without second-order rows.
        rng: the source of randomness of the bootstrap.

    Returns:
        First, total, and the half widths of their 95 % intervals; NaN when the outcome does not vary.
    """
    from SALib.analyze import sobol as analyze

    count = int(str(problem["num_vars"]))
    if np.ptp(values.reshape(-1, count + 2)[:, [0, -1]]) <= np.finfo(float).eps:
        return (np.full(count, np.nan),) * 4
    seed = int(rng.integers(1, 2**31))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Constant values")  # in some resample of a small sample
        found = analyze.analyze(dict(problem), values, calc_second_order=False, num_resamples=200, seed=seed)
    return found["S1"], found["ST"], found["S1_conf"], found["ST_conf"]
