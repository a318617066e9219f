r"""Noise: fortunes that change from year to year, and heterogeneity that does.

Environmental noise acts on rates per head. With :math:`y = \ln x` for the state :math:`x = (u_1, \dots, u_n, V)`

.. math:: \mathrm{d} y_k = \frac{\dot x_k}{x_k}\, \mathrm{d} t + \sigma_k\, \mathrm{d} W_k

so that the long-run growth of a small unit stays what it was (in outputs this is the Stratonovich reading). In
logarithms the noise is additive. Heun's method, which averages the drift over a step, then has strong order 1 and weak
order 2; :func:`step_error` measures what a step costs.
"""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecolib.doors import check_kind, check_seconds, real
from ecolib.numeric import Array, compiled
from ecolib.paper.evolution.feedback.model import Feedback
from ecolib.values import real_array

__all__ = ["NoisyPaths", "noisy_paths", "step_error"]

MAX_STEPS = 10_000_000
"""More steps than this are refused at the door."""


MOST_LOG = 709.0
"""Logarithms above this are those of no floating-point number."""


@dataclass(frozen=True, eq=False)
class NoisyPaths:
    """Paths of the feedback under noise.

    Main attributes:
        t : times, shape ``(times,)``
        x : states, shape ``(paths, n + 1, times)``; NaN at times that were not reached
        ended : "finished", "interrupted", "out of seconds", or "step too long" when a path left the range of numbers
        reached : the time that was reached
    """

    t: Array
    x: Array
    ended: str
    reached: float


def noisy_paths(
    feedback: Feedback,
    *,
    tau: float,
    sigma: npt.ArrayLike,
    x0: npt.ArrayLike,
    t: npt.ArrayLike,
    step: float,
    rng: np.random.Generator,
    seconds: float = 60.0,
) -> NoisyPaths:
    """Paths under environmental noise, many at once.

    Args:
        feedback: the model.
        tau: intensity of transfer, at least 0.
        sigma: strength of the noise, one number or shape ``(n + 1,)``, per square root of time, at least 0; the last
            entry acts on heterogeneity.
        x0: states at the first time, shape ``(paths, n + 1)``, positive.
        t: increasing times at which states are kept; each is rounded to a whole number of steps.
        step: time step, positive; the fastest rate times the step should stay well below 1.
        rng: where random numbers come from.
        seconds: wall-clock time after which the paths are given up; what is done is kept, as after Ctrl-C.

    Raises:
        TypeError: when ``rng`` is no numpy generator.
        ValueError: for shapes that do not fit, numbers out of range, or more than ten million steps.

    Example:
        >>> from ecolib.paper.evolution import Closure
        >>> strong = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> rng = np.random.default_rng(2026)
        >>> start = np.full((500, 3), (0.95, 0.65, 1.6))
        >>> paths = noisy_paths(strong, tau=1, sigma=0.02, x0=start, t=(0, 20), step=0.1, rng=rng)
        >>> paths.x.shape, paths.ended, paths.x[:, 2, -1].std().round(2).item()
        ((500, 3, 2), 'finished', 0.11)
    """
    check_kind("feedback", feedback, Feedback)
    step = real("step", step, above=0)
    times, count = _times(t, step)
    y = np.log(_starts(feedback, x0))
    strength = checked_noise(feedback, sigma, rng)
    kept = np.full((*y.shape, count.size), np.nan)
    kept[..., 0], filled, ended = y, 1, "out of seconds"
    deadline = clock.monotonic() + check_seconds(seconds)
    try:
        for k, now in enumerate(_walk(drift(feedback, tau), y, strength, step, rng), start=1):
            if not (np.isfinite(now).all() and now.max() < MOST_LOG):
                ended = "step too long"
                break
            while filled < count.size and count[filled] == k:
                kept[..., filled], filled = now, filled + 1
            if filled == count.size or clock.monotonic() > deadline:
                ended = "finished" if filled == count.size else ended
                break
    except KeyboardInterrupt:
        ended = "interrupted"
    return NoisyPaths(times, np.exp(kept), ended, float(times[filled - 1]))


def step_error(
    feedback: Feedback, *, tau: float, sigma: npt.ArrayLike, x0: npt.ArrayLike, time: float, step: float,
    rng: np.random.Generator,
) -> float:  # fmt: skip
    """What a step costs: root mean square of the change in ``ln x`` at a time when every step is halved.

    Both runs see the same noise. Arguments and errors are those of :func:`noisy_paths`.

    Raises:
        TypeError: when an argument is of another kind.

    Example:
        >>> from ecolib.paper.evolution import Closure
        >>> strong = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> given = {"tau": 1, "sigma": 0.1, "x0": np.full((200, 3), (0.95, 0.65, 1.6)), "time": 20}
        >>> step_error(strong, step=0.1, rng=np.random.default_rng(2026), **given) < 2e-3
        True
    """
    check_kind("feedback", feedback, Feedback)
    step = real("step", step, above=0)
    _, count = _times((0.0, time), step)
    coarse = fine = np.log(_starts(feedback, x0))
    strength, rate = checked_noise(feedback, sigma, rng), drift(feedback, tau)
    for _ in range(count[-1]):
        halves = rng.standard_normal((2, *coarse.shape)) * np.sqrt(step / 2)
        coarse = heun(rate, coarse, strength * halves.sum(axis=0), step)
        for half in halves:
            fine = heun(rate, fine, strength * half, step / 2)
    return float(np.sqrt(np.mean((coarse - fine) ** 2)))


def drift(feedback: Feedback, tau: float) -> Callable[[Array], Array]:
    """Rates per head as a function of the logarithms of states, shape ``(..., n + 1)``."""
    system = feedback.system.at(feedback.numbers(tau=tau))
    rates = compiled(system.growth, system.x)

    def function(y: Array) -> Array:
        with np.errstate(all="ignore"):  # with a step that is too long a path leaves the range of numbers
            return rates(np.exp(y))

    return function


def heun(rate: Callable[[Array], Array], y: Array, kick: Array, step: float) -> Array:
    """One step: the drift is the mean of those at both ends of an Euler step with the same noise."""
    first = rate(y)
    with np.errstate(invalid="ignore"):
        return np.asarray(y + 0.5 * step * (first + rate(y + step * first + kick)) + kick)


def _walk(
    rate: Callable[[Array], Array], y: Array, strength: Array, step: float, rng: np.random.Generator
) -> Iterator[Array]:
    while True:
        y = heun(rate, y, strength * np.sqrt(step) * rng.standard_normal(y.shape), step)
        yield y


def checked_noise(feedback: Feedback, sigma: npt.ArrayLike, rng: np.random.Generator) -> Array:
    """Strengths of the noise, one for each letter of the state."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator, got {rng!r}")
    strength, letters = real_array("sigma", sigma), feedback.closure.n + 1
    if strength.shape not in ((), (letters,)):
        raise ValueError(f"sigma must be one number or have shape ({letters},), got {strength.shape}")
    if not np.all(np.isfinite(strength) & (strength >= 0)):
        raise ValueError(f"sigma must be finite and at least 0, got {strength.tolist()}")
    return np.broadcast_to(strength, (letters,))


def _starts(feedback: Feedback, x0: npt.ArrayLike) -> Array:
    start, letters = real_array("x0", x0), feedback.closure.n + 1
    if start.ndim != 2 or start.shape[1] != letters or not start.size:
        raise ValueError(f"x0 must have shape (paths, {letters}), got {start.shape}")
    if not np.all(np.isfinite(start) & (start > 0)):
        raise ValueError("x0 must be positive and finite")
    return start


def _times(t: npt.ArrayLike, step: float) -> tuple[Array, npt.NDArray[np.int64]]:
    """Times as whole numbers of steps after the first."""
    times = real_array("t", t)
    if times.ndim != 1 or times.size < 2 or not np.all(np.isfinite(times)) or not np.all(np.diff(times) > 0):
        raise ValueError(f"t must hold at least two increasing finite times, got {times.tolist()}")
    whole = (times - times[0]) / step
    if whole[-1] > MAX_STEPS:
        raise ValueError(f"at most {MAX_STEPS} steps are taken, got {whole[-1]:g}")
    count = np.maximum(np.rint(whole), np.arange(times.size) > 0).astype(np.int64)
    return times[0] + step * count, count
