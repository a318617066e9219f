"""Basin stability: the share of random starts that end at each attractor, with intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.basins.known import known_states
from ecolib.basins.labels import Basins, basins
from ecolib.doors import check_kind, real, whole
from ecolib.integration import ESCAPE
from ecolib.model import Symbiosis
from ecolib.numeric import Array
from ecolib.values import Values, generator, real_array

__all__ = ["Shares", "basin_stability"]

MOST_STARTS = 10_000_000


@dataclass(frozen=True, eq=False)
class Shares:
    """Shares of random starts, one for each label; they add up to one.

    Main attributes:
        names : the known states, then "undecided" and "unbounded"
        share : shares of the starts that were run, shape ``(labels,)``
        low, high : bounds of the interval of each share, shape ``(labels,)``

    Other attributes:
        counts : how many starts have each label, shape ``(labels,)``
        level : confidence that an interval holds its share, each by itself
        basins : the starts and their labels
    """

    names: tuple[str, ...]
    share: Array
    low: Array
    high: Array
    counts: npt.NDArray[np.int64]
    level: float
    basins: Basins


def basin_stability(
    model: Symbiosis,
    values: Values,
    *,
    rng: np.random.Generator,
    count: int = 1000,
    box: npt.ArrayLike | None = None,
    draw: Callable[[np.random.Generator, int], npt.ArrayLike] | None = None,
    level: float = 0.95,
    known: npt.ArrayLike | None = None,
    duration: float | None = None,
    rtol: float = 1e-8,
    escape: float = ESCAPE,
    settle: float = 1e-6,
    engine: str | None = None,
    progress: bool | None = None,
) -> Shares:
    r"""Share of random starts that end at each known equilibrium, with Wilson's intervals.

    The share of ``count`` independent starts estimates the probability :math:`p` that a random start lies in a basin;
    its standard error is :math:`\sqrt{p (1 - p) / \mathrm{count}}` whatever the number of units. Shares depend on the
    starts that count as possible: these are the user's choice.

    Args:
        model: a symbiosis of any number of units.
        values: one set of numbers for it.
        rng: where random numbers come from.
        count: how many starts, at least 1.
        box: least and greatest saturations of uniform starts, shape ``(2,)`` or ``(2, units)``, not negative; in this
            or ``draw`` the starts are stated.
        draw: a function of ``rng`` and ``count`` that returns starts, outputs of shape ``(count, units)``.
        level: confidence of the intervals, above 0 and below 1.
        known: outputs at the states that are known, as of :func:`basins`.
        duration: how long a path may take, as of :func:`basins`.
        rtol: relative tolerance per step.
        escape: bound in capacities beyond which a path is "unbounded".
        settle: what counts as settled, as of :func:`basins`.
        engine: what follows the paths.
        progress: whether to show a progress bar.

    Returns:
        Shares of all labels, "undecided" and "unbounded" among them. After an interruption (Ctrl-C) they are those of
        the starts that were run; NaN, with the interval from 0 to 1, when there are none.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when not exactly one of ``box`` and ``draw`` is given, the box is empty, draws are no starts, an
            option is out of range, or as of :func:`basins`.

    Example:
        >>> rivals = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))
        >>> rng = np.random.default_rng(2026)
        >>> found = basin_stability(Symbiosis.of(units=2), rivals, rng=rng, count=400, box=(0, 1))
        >>> one = found.names.index("unit 1")
        >>> bool(found.low[one] < 0.5 < found.high[one])
        True

    References: Menck2013.
    """
    known_states(model, values, known)  # refuses before anything is drawn
    number = whole("count", count, least=1, most=MOST_STARTS)
    confidence = real("level", level, above=0, most=1 - 1e-9)
    starts = _starts(values, generator(rng), number, box, draw)
    options: dict[str, Any] = {"known": known, "duration": duration, "rtol": rtol, "escape": escape, "settle": settle}
    found = basins(model, values, starts, **options, engine=engine, progress=progress)
    counts = np.array(list(found.counts.values()), dtype=np.int64)
    run = int(counts.sum())
    if not run:
        nothing = np.full(len(counts), np.nan)
        return Shares(found.names, nothing, np.zeros(len(counts)), np.ones(len(counts)), counts, confidence, found)
    low, high = np.array([_interval(int(k), run, confidence) for k in counts]).T
    return Shares(found.names, counts / run, low, high, counts, confidence, found)


def _interval(count: int, run: int, level: float) -> tuple[float, float]:
    from scipy.stats import binomtest

    interval = binomtest(count, run).proportion_ci(level, method="wilson")
    return float(interval.low), float(interval.high)


def _starts(
    values: Values,
    rng: np.random.Generator,
    count: int,
    box: npt.ArrayLike | None,
    draw: Callable[[np.random.Generator, int], npt.ArrayLike] | None,
) -> Array:
    """Starts from a box or from a function, checked."""
    if (box is None) == (draw is None):
        raise ValueError(
            "starts are stated by one of box and draw, got both" if box is not None else "give box or draw"
        )
    if draw is not None:
        check_kind("draw", draw, Callable)  # type: ignore[arg-type]
        starts = real_array("what draw returns", draw(rng, count))
        if starts.shape != (count, values.units):
            raise ValueError(f"draw must return starts of shape ({count}, {values.units}), got {starts.shape}")
        return starts
    given = real_array("box", box)  # type: ignore[arg-type]
    if given.shape not in ((2,), (2, values.units)):
        raise ValueError(f"box must have shape (2,) or (2, {values.units}), least and greatest, got {given.shape}")
    low, high = np.broadcast_to(given[0], values.units), np.broadcast_to(given[1], values.units)
    if not np.all(np.isfinite(high) & (low >= 0) & (high >= low)):
        raise ValueError(f"box must hold finite saturations, least before greatest, not negative, got {given.tolist()}")
    return np.asarray(values.K * rng.uniform(low, high, (count, values.units)))
