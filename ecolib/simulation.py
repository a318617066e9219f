r"""Paths in time.

A path that cannot be finished is a result, not a crash: it says how it **ended** and keeps what was computed.

- ``finished``: all times were reached;
- ``escaped``: some output outgrew its bound, a multiple of the carrying capacity (or of the start, if that is larger);
- ``interrupted``: the user stopped it (Ctrl-C);
- ``failed``: the integrator could not go on, or ran out of steps or of seconds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.doors import check_kind, check_mapping, real
from ecolib.fit import check_fit, checked_numbers, numbers_of
from ecolib.integration import ESCAPE, SECONDS, Motion, Path, check_options, integrate
from ecolib.model import Symbiosis
from ecolib.numeric import Array
from ecolib.schedule import Schedule, checked_times
from ecolib.system import Dynamics, check_dynamics, parameters
from ecolib.values import Values, real_array

__all__ = ["Path", "Paths", "simulate", "simulate_many"]


@dataclass(frozen=True, eq=False)
class Paths:
    """A batch of paths.

    Main attributes:
        t : times, shape ``(times,)``
        x : outputs, shape ``(..., units, times)``; NaN at times that were not reached
        ended : how each path ended, text, shape ``(...)``; "not run" after an interruption. With ``settle``:
            "settled", "excluded" (settled, but a unit that was present is gone), "escaped", "out of time"
        reached : the time each path reached, shape ``(...)``; NaN when it was not run
    """

    t: Array
    x: Array
    ended: npt.NDArray[np.str_]
    reached: Array


def simulate(
    model: Dynamics,
    values: Values | Mapping[sp.Symbol, float],
    *,
    x0: npt.ArrayLike,
    t: npt.ArrayLike,
    forcing: Mapping[sp.Symbol, Schedule] | None = None,
    rtol: float = 1e-8,
    escape: float = ESCAPE,
    seconds: float = SECONDS,
) -> Path:
    """Integrate one path from ``x0`` over the times ``t``.

    Args:
        model: a :class:`~ecolib.model.Symbiosis`, or any :class:`~ecolib.system.System` whose state stays positive.
        values: for a symbiosis :class:`~ecolib.values.Values`, one set; for a system numbers by letter.
        x0: outputs at the first time, shape ``(units,)``, not negative; zero means absent for good.
        t: increasing times, at least two, in the time unit of ``1 / r``.
        forcing: schedules for parameters that change with time; for a symbiosis, in place of the number in ``values``.
        rtol: relative tolerance per step, between 1e-13 and 0.1.
        escape: a path has escaped when an output exceeds this multiple of its carrying capacity (of its start, if
            that is larger); at most 1e12. A system has no capacities: it is measured by 1.
        seconds: wall-clock time after which the path is given up, positive.

    Raises:
        TypeError: for values of the wrong kind, or a forcing that is no :class:`~ecolib.schedule.Schedule`.
        ValueError: for starts that are negative, not finite or of the wrong shape, a zero start of a letter that
            does not stay at zero, times that do not increase, values that are a batch or do not fit the model,
            a schedule for a letter that the model does not have, options out of range.

    Example:
        >>> guest = Values(r=(0.5, 0.4), K=(100, 80), alpha=((0, 0.3), (-0.2, 0)))
        >>> path = simulate(Symbiosis.of(units=2), guest, x0=(10, 5), t=range(61))
        >>> path.x.shape, path.ended, path.x[:, -1].round(1).tolist()
        ((2, 61), 'finished', [122.6, 60.4])
    """
    check_dynamics(model)
    schedules = _checked_forcing(model, {} if forcing is None else forcing)
    motion = _motion(model, values, schedules)
    start, times = _checked_start(x0, len(model.x)), checked_times(t)
    if start.ndim > 1:
        raise ValueError(f"x0 must have shape ({len(model.x)},), got {start.shape}: use simulate_many")
    _check_absent(model, start)
    check_options(rtol, escape, seconds)
    return integrate(motion, start, times, rtol, escape, seconds)


def _motion(
    model: Dynamics, values: Values | Mapping[sp.Symbol, float], forcing: Mapping[sp.Symbol, Schedule]
) -> Motion:
    """Numbers for the letters of either kind of model, those of a schedule left out."""
    if isinstance(model, Symbiosis):
        check_fit(model, values)
        given = cast(Values, values)
        if given.shape:
            raise ValueError(f"simulate takes one parameter set, got a batch of shape {given.shape}: use simulate_many")
        numbers = {letter: n for letter, n in numbers_of(model, given).items() if letter not in forcing}
        return Motion(model, numbers, given.K, forcing)
    if isinstance(values, Values):
        raise TypeError("a system takes numbers by letter, got ecolib.Values")
    return Motion(model, checked_numbers(model, values, free=forcing), np.ones(len(model.x)), forcing)


def _checked_forcing(model: Dynamics, forcing: Mapping[sp.Symbol, Schedule]) -> Mapping[sp.Symbol, Schedule]:
    check_mapping("forcing", forcing)
    for letter, schedule in forcing.items():
        if letter not in parameters(model):
            known = ", ".join(map(str, parameters(model))) or "none"
            raise ValueError(f"a schedule is given for {letter!r}; the parameters are {known}")
        if not isinstance(schedule, Schedule):
            raise TypeError(f"the forcing of {letter} must be an ecolib.schedule.Schedule, got {schedule!r}")
    return forcing


def _check_absent(model: Dynamics, start: Array) -> None:
    """Raise when a letter starts at zero but does not stay there."""
    for letter, rate, first in zip(model.x, model.field, start, strict=True):
        if first == 0 and not isinstance(model, Symbiosis) and rate.subs(letter, 0) != 0:
            raise ValueError(f"{letter} must start above 0: at 0 it changes at the rate {rate.subs(letter, 0)}")


def simulate_many(
    model: Symbiosis,
    values: Values,
    *,
    x0: npt.ArrayLike,
    t: npt.ArrayLike,
    rtol: float = 1e-8,
    escape: float = ESCAPE,
    settle: float | None = None,
    engine: str | None = None,
    progress: bool | None = None,
) -> Paths:
    """Integrate a batch of paths; leading axes of ``values`` and ``x0`` are broadcast against each other.

    Args:
        model: a :class:`~ecolib.model.Symbiosis`, linear or not.
        values: one set of numbers, or a batch of them.
        x0: outputs at the first time, shape ``(..., units)``, not negative; zero means absent for good.
        t: increasing times, at least two, in the time unit of ``1 / r``.
        rtol: relative tolerance per step, between 1e-13 and 0.1.
        escape: a path has escaped when an output exceeds this multiple of its carrying capacity (of its start, if
            that is larger); at most 1e12.
        settle: in place of outputs at given times, find the steady state each path comes to: "settled" when the growth
            per head of every unit is within this fraction of its ``r``, "excluded" when the others are and a unit
            that was present fades away, "escaped", or "out of time" (:mod:`ecolib.ensembles.settling` says exactly
            when). ``t`` is then the first and the last time, ``x[..., -1]`` the state where the path was left (NaN if
            it escaped) and ``reached`` when that was. At least 1e-12 and at most 0.01; ``rtol`` is then at most a
            thousandth of it.
        engine: "scipy", "heyoka" (extra ``speed``), or None for the fastest that is installed, can follow the model
            and is worth its start: "scipy" for fewer than 100 paths. Steps of both keep the tolerance, so they
            agree as far as the path itself does not magnify errors. heyoka takes all processors, or as many as
            :func:`~ecolib.threads.limited_threads` allows.
        progress: a progress bar shows in a terminal; True forces it, False forbids it.

    Ctrl-C ends the batch and returns what is done.

    Raises:
        TypeError: for arguments of the wrong kind.
        ValueError: as :func:`simulate`, and for an unknown engine, one that is not installed or cannot follow the
            model, ``settle`` out of range or with more than two times.

    Example:
        >>> guest = Values(r=(0.5, 0.4), K=(100, 80), alpha=((0, 0.3), (-0.2, 0)))
        >>> many = simulate_many(Symbiosis.of(units=2), guest, x0=[[10, 5], [90, 0]], t=(0, 60))
        >>> many.x.shape, many.x[1, 1].tolist()
        ((2, 2, 2), [0.0, 0.0])
        >>> steady = simulate_many(Symbiosis.of(units=2), guest, x0=(10, 5), t=(0, 1e4), settle=1e-9)
        >>> str(steady.ended), steady.x[:, -1].round(2).tolist(), float(steady.reached)
        ('settled', [122.64, 60.38], 80.0)
    """
    from ecolib.ensembles.batches import Batch, run
    from ecolib.ensembles.engines import engine_for

    check_fit(model, values)
    starts, times = _checked_start(x0, model.units), checked_times(t)
    check_options(rtol, escape, SECONDS)
    if settle is not None:
        real("settle", settle, least=1e-12, most=0.01)
        if times.size != 2:
            raise ValueError(f"with settle, t must hold the first and the last time, got {times.size} times")
        rtol = min(rtol, max(settle / 1000, 1e-13))  # or the noise of the steps would look like motion
    if progress is not None:
        check_kind("progress", progress, bool)
    batch = Batch(model, values, starts, times, float(rtol), float(escape), settle)
    shape = batch.shape
    x, ended, reached = run(batch, engine_for(model, engine, math.prod(shape), times.size), progress)
    return Paths(times, x.reshape(*shape, *x.shape[1:]), ended.reshape(shape), reached.reshape(shape))


def _checked_start(x0: npt.ArrayLike, units: int) -> Array:
    start = real_array("x0", x0)
    if start.ndim < 1 or start.shape[-1] != units:
        raise ValueError(f"x0 must have shape (..., {units}), got {start.shape}")
    if not np.all(np.isfinite(start) & (start >= 0)):
        bad = start[~(np.isfinite(start) & (start >= 0))][0]
        raise ValueError(f"x0 must be finite and not negative, got {bad}")
    return start
