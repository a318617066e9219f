r"""Paths of a network in time.

As in :mod:`ecolib.integration` the state is the logarithm of the saturations, units that are absent at the start are
left out and stay exactly absent, and a path that cannot be finished is a result that says how it ended.

Steps are those of an explicit method of order eight; each costs one multiplication by the links per stage. Where fast
units sit beside slow ones (a *stiff* network) its steps are held back by stability. Up to a thousand units an implicit
method then takes over, whose factors would not fit into memory for more; a larger network goes on with small steps
until its budget of steps or seconds ends it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.doors import real
from ecolib.integration import (
    ESCAPE,
    MAX_STEPS,
    PATIENCE,
    SECONDS,
    STIFF,
    Path,
    Step,
    check_options,
    collected,
    last_below,
)
from ecolib.networks.iterations import even_start
from ecolib.networks.network import Network, check_network
from ecolib.schedule import checked_times
from ecolib.values import Array, real_array

__all__ = ["simulate_network"]

IMPLICIT = 1000
"""The largest number of present units for which the implicit method takes over."""

HIGHEST = 200.0
"""Logarithms of saturations above this are cut in trial steps, so that nothing overflows."""


def simulate_network(
    network: Network,
    *,
    x0: npt.ArrayLike,
    t: npt.ArrayLike,
    rtol: float = 1e-6,
    escape: float = ESCAPE,
    steps: int = MAX_STEPS,
    seconds: float = SECONDS,
) -> Path:
    """Integrate one path of a network from ``x0`` over the times ``t``.

    Args:
        network: the network.
        x0: outputs at the first time, one number or shape ``(units,)``, not negative; zero means absent for good.
        t: increasing times, at least two, in the time unit of ``1 / r``. Outputs are kept at these times only.
        rtol: relative tolerance per step, for every single unit, between 1e-13 and 0.1. Times within a step are
            interpolated, with an error that may be some ten times as large.
        escape: a path has escaped when an output exceeds this multiple of its carrying capacity (of its start, if
            that is larger); at most 1e12.
        steps: number of steps after which the path is given up, at least 1.
        seconds: wall-clock time after which the path is given up, positive.

    Raises:
        ValueError: for starts that are negative, not finite or of the wrong shape, times that do not increase, or
            options out of range.

    Example:
        >>> guest = Network(r=(0.5, 0.4), K=(100, 80), alpha=((0, 0.3), (-0.2, 0)))
        >>> path = simulate_network(guest, x0=(10, 5), t=(0, 60))
        >>> path.ended, path.x[:, -1].round(1).tolist()
        ('finished', [122.6, 60.4])
    """
    check_network(network)
    start, times = _checked_start(x0, network.units), checked_times(t)
    check_options(rtol, escape, seconds)
    rtol, escape, seconds = float(rtol), float(escape), float(seconds)
    steps = int(real("steps", steps, least=1))
    there, budget = start > 0, (int(steps), time.monotonic() + seconds, f"{seconds:g} s")
    scale = network.K[there]
    first = np.log(start[there]) - np.log(scale)
    present = network.part(there) if there.any() else network
    return collected(_steps(present, first, times, rtol, escape, budget), start, scale, times)


def _steps(
    network: Network, first: Array, times: Array, rtol: float, escape: float, budget: tuple[int, float, str]
) -> Iterator[Step]:
    """The integrator after each step, the time it reached, and how the path ends if this is its last step."""
    from scipy.integrate import DOP853, Radau

    def rhs(_: float, y: Array) -> Array:
        return network.growth(np.exp(np.minimum(y, HIGHEST)))

    limit, (most, deadline, allowed) = np.log(escape) + np.maximum(first, 0.0), budget
    each = max(rtol / np.sqrt(first.size), 1e-13)  # the integrators look at the root mean square over all units
    solver: Any = DOP853(rhs, times[0], first, times[-1], rtol=each, atol=each)
    for count in range(1, most + 1):
        with np.errstate(over="ignore", invalid="ignore"):  # a trial step may leap to infinity: it is taken back
            failure = solver.step()
        now, how = float(solver.t), ("", "")
        if np.any(solver.y > limit):
            now = last_below(solver.dense_output(), limit)
            how = "escaped", f"an output exceeded {escape:g} carrying capacities at t = {now:g}"
        elif solver.status == "finished":
            how = "finished", "all times were reached"
        elif solver.status == "failed":
            how = "failed", f"the integrator stopped: {failure}"
        elif count == most or time.monotonic() > deadline:
            what = f"{most} steps" if count == most else allowed
            why = "; fast units beside slow ones hold its steps back" if _held_back(network, solver) else ""
            how = "failed", f"{what} did not suffice, they reached t = {now:g}{why}"
        yield solver, now, how
        if how[0]:
            return
        patient = count % PATIENCE == 0 and isinstance(solver, DOP853) and first.size <= IMPLICIT
        if patient and _held_back(network, solver):
            solver = Radau(rhs, solver.t, solver.y, times[-1], rtol=each, atol=each, jac=_Slopes(network))


class _Slopes:
    """Derivatives of the growth per head by the logarithms of the saturations: ``diag(r) (A - I) diag(u)``."""

    def __init__(self, network: Network) -> None:
        from scipy import sparse

        self.matrix = sparse.diags_array(network.r) @ (network.alpha - sparse.eye_array(network.units, format="csr"))

    def __call__(self, _: float, y: Array) -> Any:
        from scipy import sparse

        return (self.matrix @ sparse.diags_array(np.exp(np.minimum(y, HIGHEST)))).tocsc()


def _held_back(network: Network, solver: Any) -> bool:
    """Whether the explicit method could take longer steps if only accuracy mattered."""
    u = np.exp(np.minimum(solver.y, HIGHEST))
    v, before = even_start(network.units), 1.0
    for _ in range(12):  # the size of the largest eigenvalue, by powers
        before = float(np.linalg.norm(v)) or 1.0
        v = network.r * (network.alpha @ (u * v) - u * v) / before
    return bool(solver.step_size * np.linalg.norm(v) > STIFF)


def _checked_start(x0: npt.ArrayLike, units: int) -> Array:
    start = real_array("x0", x0)
    if start.shape not in ((), (units,)):
        raise ValueError(f"x0 must be one number or have shape ({units},), got {start.shape}")
    whole = np.broadcast_to(start, (units,)).copy()
    bad = ~(np.isfinite(whole) & (whole >= 0))
    if bad.any():
        raise ValueError(f"x0 must be finite and not negative, got {whole[bad][0]}")
    return whole
