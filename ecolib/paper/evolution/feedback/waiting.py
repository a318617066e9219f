r"""How long noise takes to carry units from one stable state over to the other.

A path has **escaped** when its heterogeneity passes a level beyond the saddle: the geometric mean of the saddle's
heterogeneity and that of the state on the other side. Paths that have not escaped at the end are **censored**: that
they lasted so long is counted, and they are never dropped. If escapes come at a constant rate, the mean waiting time is
the time spent by all paths over the number of escapes.
"""

from __future__ import annotations

import time as clock
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ecolib.doors import check_kind, check_seconds, real, whole
from ecolib.numeric import Array
from ecolib.paper.evolution.feedback.model import Feedback
from ecolib.paper.evolution.feedback.noise import MAX_STEPS, checked_noise, drift, heun
from ecolib.paper.evolution.feedback.states import SteadyState, steady_states

__all__ = ["Escapes", "Start", "escapes"]

Start = Literal["unlike", "alike"]

MOST_PATHS = 1_000_000
"""More paths at a time would not fit into the memory of a laptop."""


@dataclass(frozen=True, eq=False)
class Escapes:
    """Waiting times until escape, in the time unit of ``1 / r``.

    Main attributes:
        times : when each path escaped, or how long it was watched if it did not, shape ``(paths,)``
        escaped : which paths escaped, shape ``(paths,)``
        ended : "finished", "interrupted", "out of seconds", or "step too long" when a path left the range of numbers
        level : the heterogeneity that had to be passed
    """

    times: Array
    escaped: npt.NDArray[np.bool_]
    ended: str
    level: float

    @property
    def censored(self) -> int:
        """How many paths did not escape while they were watched."""
        return int((~self.escaped).sum())

    @property
    def mean(self) -> float:
        """Mean waiting time, if escapes come at a constant rate; infinite when none was seen."""
        count = int(self.escaped.sum())
        return float(self.times.sum() / count) if count else np.inf

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Confidence interval of the mean waiting time; it has no upper end when no escape was seen.

        Raises:
            ValueError: when the level is not between 0 and 1.
        """
        from scipy.stats import chi2

        level = real("level", level, above=0)
        if level >= 1:
            raise ValueError(f"level must be between 0 and 1, got {level}")
        count, twice = int(self.escaped.sum()), 2 * float(self.times.sum())
        low = twice / float(chi2.ppf((1 + level) / 2, 2 * count + 2))
        return low, (twice / float(chi2.ppf((1 - level) / 2, 2 * count)) if count else np.inf)

    def survival(self) -> tuple[Array, Array]:
        """Times, and the fraction that has not escaped until then (Kaplan and Meier's estimate)."""
        from scipy.stats import CensoredData, ecdf

        data = CensoredData(uncensored=self.times[self.escaped], right=self.times[~self.escaped])
        found = ecdf(data).sf
        return np.asarray(found.quantiles), np.asarray(found.probabilities)


def escapes(
    feedback: Feedback,
    *,
    tau: float,
    sigma: npt.ArrayLike,
    start: Start,
    paths: int,
    horizon: float,
    step: float,
    rng: np.random.Generator,
    seconds: float = 60.0,
) -> Escapes:
    """Waiting times until noise carries units from one stable state over to the other.

    Args:
        feedback: the model; it must have two stable states at ``tau``.
        tau: intensity of transfer.
        sigma: strength of the noise, one number or shape ``(n + 1,)``, per square root of time; the last entry acts
            on heterogeneity.
        start: which stable state all paths start from: "unlike" (much heterogeneity) or "alike" (little).
        paths: how many paths, at least 1.
        horizon: how long they are watched, positive.
        step: time step, positive.
        rng: where random numbers come from.
        seconds: wall-clock time after which watching ends; what is done is kept, as after Ctrl-C.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when there are not two stable states at ``tau``, for an unknown start, or numbers out of range.

    Example:
        >>> from ecolib.paper.evolution import Closure
        >>> strong = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> given = {"tau": 1, "start": "unlike", "paths": 200, "horizon": 200, "step": 0.1}
        >>> calm, rough = (escapes(strong, sigma=s, rng=np.random.default_rng(2026), **given) for s in (0.05, 0.2))
        >>> calm.censored, rough.censored
        (200, 91)
    """
    check_kind("feedback", feedback, Feedback)
    check_seconds(seconds)
    before, saddle, after = ends_of(feedback, tau, start)
    strength = checked_noise(feedback, sigma, rng)
    step = real("step", step, above=0)
    limit = _steps(paths, real("horizon", horizon, above=0), step)
    watch = _Watch(drift(feedback, tau), strength, step, rng)
    level = float(np.sqrt(saddle.V * after.V))
    sign = -1.0 if start == "unlike" else 1.0
    return watch.run(np.full((paths, before.x.size), np.log(before.x)), level, sign, limit, seconds)


@dataclass(frozen=True, eq=False)
class _Watch:
    """What moves the paths."""

    rate: Any
    strength: Array
    step: float
    rng: np.random.Generator

    def run(self, y: Array, level: float, sign: float, limit: int, seconds: float) -> Escapes:
        """Watch all paths until they have passed the level or time is up."""
        paths, deadline, k = len(y), clock.monotonic() + seconds, 0
        active, times = np.arange(paths), np.zeros(paths)
        escaped, ended = np.zeros(paths, dtype=bool), "finished"
        try:
            while k < limit and active.size:
                if clock.monotonic() > deadline:
                    ended = "out of seconds"
                    break
                kick = self.strength * np.sqrt(self.step) * self.rng.standard_normal(y.shape)
                y, k = heun(self.rate, y, kick, self.step), k + 1
                if not np.isfinite(y).all():
                    ended = "step too long"
                    break
                over = sign * (y[:, -1] - np.log(level)) > 0
                times[active] = k * self.step
                if over.any():
                    escaped[active[over]] = True
                    active, y = active[~over], y[~over]
        except KeyboardInterrupt:
            ended = "interrupted"
        return Escapes(times, escaped, ended, level)


def ends_of(feedback: Feedback, tau: float, start: Start) -> tuple[SteadyState, SteadyState, SteadyState]:
    """The state that is left, the saddle, and the state on the other side."""
    if str(start) not in ("unlike", "alike"):
        raise ValueError(f"start must be unlike or alike, got {start!r}")
    states = steady_states(feedback, tau=tau)
    if len(states) != 3 or not (states[0].kind and states[2].kind):
        raise ValueError(f"there must be two stable states and a saddle at tau = {tau}, got {len(states)} equilibria")
    alike, saddle, unlike = states
    return (unlike, saddle, alike) if start == "unlike" else (alike, saddle, unlike)


def _steps(paths: object, horizon: float, step: float) -> int:
    whole("paths", paths, least=1, most=MOST_PATHS)
    if horizon / step > MAX_STEPS:
        raise ValueError(f"at most {MAX_STEPS} steps are taken, got {horizon / step:g}")
    return max(1, round(horizon / step))
