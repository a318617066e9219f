"""The equations of a model as a Taylor integrator of heyoka, compiled once.

The state of a lane is the logarithm of the saturations; numbers for the letters are runtime parameters, so that one
compiled integrator serves every path of the model. A **watched** integrator stops a lane where an output passes its
bound; it is slower, and is used for the few paths that come near the bound.
"""

from __future__ import annotations

import copy
import threading
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from ecolib.model import Symbiosis
from ecolib.numeric import Array
from ecolib.system import parameters

__all__ = ["Kit", "kit", "why_not"]

UNROLLED = 8
"""For more units than this, the code is a loop and not unrolled: it would take too long to compile."""

EXTRA = 1e-2
"""Tolerance of a Taylor step as a fraction of what is asked for: accuracy comes nearly free."""

FINEST = 1e-15
"""Smallest tolerance of a Taylor step."""

_COMPILING = threading.Lock()


class Kit:
    """Compiled integrators of one model, handed out one to each thread at a time.

    Main attributes:
        letters : the parameters in the order of the integrator's
        lanes : how many paths an integrator follows at a time
        order : terms of the series, beside the state itself
        some_absent : whether it knows of units that are absent, by ones and zeros after the letters
        watched : whether lanes stop at a bound, whose logarithms come last
    """

    def __init__(self, model: Symbiosis, tolerance: float, *, some_absent: bool, watched: bool) -> None:
        self.units, self.some_absent, self.watched = model.units, some_absent, watched
        self.letters, self.lanes, self._first = _integrator(model, tolerance, some_absent, watched)
        self.order = int(self._first.order)
        self._idle: list[Any] = [self._first]
        self._lock = threading.Lock()

    def take(self) -> Any:
        """An integrator that nobody else has."""
        with self._lock:
            return self._idle.pop() if len(self._idle) > 1 else copy.deepcopy(self._first)

    def give(self, integrator: Any) -> None:
        """Give it back."""
        with self._lock:
            self._idle.append(integrator)

    def parameters(self, numbers: dict[sp.Symbol, Array], present: npt.NDArray[np.bool_], limit: Array) -> Array:
        """Rows of parameters for paths, shape ``(parameters, paths)``."""
        rows: list[npt.NDArray[Any]] = [numbers[letter][None] for letter in self.letters]
        rows += [present] * self.some_absent + [limit] * self.watched
        return np.concatenate(rows, dtype=np.float64) if rows else np.zeros((0, present.shape[1]))


def kit(model: Symbiosis, rtol: float, *, some_absent: bool, watched: bool) -> Kit:
    """The integrators of a model for a tolerance; compiled when they are first asked for."""
    decade = 10.0 ** np.floor(np.log10(rtol * EXTRA) + 1e-9)
    with _COMPILING:  # one thread compiles, the others wait for it
        return _kit(model, max(float(decade), FINEST), some_absent, watched)


@lru_cache(maxsize=32)
def _kit(model: Symbiosis, tolerance: float, some_absent: bool, watched: bool) -> Kit:
    return Kit(model, tolerance, some_absent=some_absent, watched=watched)


@lru_cache(maxsize=64)
def why_not(model: Symbiosis) -> str:
    """Why the equations of a model cannot be compiled; empty when they can."""
    try:
        _equations(model, some_absent=False)
    except (TypeError, ValueError, RuntimeError) as fault:
        return f"{fault!s:.120}".splitlines()[0] or type(fault).__name__
    return ""


def _equations(model: Symbiosis, *, some_absent: bool) -> tuple[tuple[sp.Symbol, ...], list[Any], list[Any]]:
    """Letters, variables of the state, and their rates of change."""
    import heyoka as hy

    saturations = tuple(sp.Symbol(f"{letter.name} saturation", positive=True) for letter in model.x)
    full = {x: K * u for x, K, u in zip(model.x, model.K, saturations, strict=True)}
    growth = [rate.xreplace(full) for rate in model.growth]  # K / K goes by itself
    used = set().union(*(rate.free_symbols for rate in growth))
    letters = tuple(letter for letter in parameters(model) if letter in used)
    y = hy.make_vars(*(f"y{i}" for i in range(model.units)))
    y = [y] if model.units == 1 else list(y)
    known: dict[Any, Any] = {letter: hy.par[k] for k, letter in enumerate(letters)}
    flags = [hy.par[len(letters) + i] for i in range(model.units)] if some_absent else [1.0] * model.units
    known |= {u: flag * hy.exp(one) for u, flag, one in zip(saturations, flags, y, strict=True)}
    own = [{letter: known[letter] for letter in rate.free_symbols} for rate in growth]  # all would take long
    rates = [flag * hy.from_sympy(rate, k) for flag, rate, k in zip(flags, growth, own, strict=True)]
    return letters, y, rates


def _integrator(
    model: Symbiosis, tolerance: float, some_absent: bool, watched: bool
) -> tuple[tuple[sp.Symbol, ...], int, Any]:
    import heyoka as hy

    letters, y, rates = _equations(model, some_absent=some_absent)
    lanes, bounds = hy.recommended_simd_size(), len(letters) + model.units * some_absent
    events = [
        hy.t_event_batch(one - hy.par[bounds + i], direction=hy.event_direction.positive)
        for i, one in enumerate(y if watched else [])
    ]
    integrator = hy.taylor_adaptive_batch(
        list(zip(y, rates, strict=True)),
        np.zeros((model.units, lanes)),
        tol=tolerance,
        t_events=events,
        compact_mode=model.units > UNROLLED,
    )
    return letters, lanes, integrator
