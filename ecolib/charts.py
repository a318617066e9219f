"""Codes for many points: regimes and modes of a batch, in pieces that fit the cache, on all processors.

A point is judged by the signs of polynomials where these are clear (:mod:`ecolib.signs`), and by eigenvalues elsewhere:
near a place where regimes meet, and for more than three units. Both give the same answer; the second can say that
it cannot tell.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ecolib.equilibria import Equilibrium, equilibria
from ecolib.escape import escapes
from ecolib.model import Symbiosis
from ecolib.modes import Mode, mode_of
from ecolib.numerators import MOST_BY_SIGNS
from ecolib.numeric import Array, steady_state
from ecolib.signs import outcomes_by_signs
from ecolib.stability import Stability, stability_codes
from ecolib.threads import thread_count
from ecolib.values import Values

__all__ = ["REGIMES", "codes_of", "mode_codes", "regime_codes", "winners"]

REGIMES = ("coexistence", "exclusion", "bistability", "unbounded growth", "no point attractor", "undecided")
"""Names of the regimes, in the order of the codes of :func:`~ecolib.regimes.regime_map`."""

PIECE = 8192
"""Points worked off at a time: their arrays stay in the cache."""

TURN = 32
"""Pieces that a processor takes at a time; after an interruption no more are begun."""

EXTREME = 1e50
"""Rates outside of 1e-50 to 1e50, and larger effects, are refused: products of a few would overflow."""

OPEN = -1
"""The code of a point that is not judged yet."""

Codes: TypeAlias = npt.NDArray[np.int8]
Mask: TypeAlias = npt.NDArray[np.bool_]
Judge: TypeAlias = Callable[[Array, Array], Codes]


def regime_codes(values: Values) -> Codes:
    """Regimes of a batch as positions in :data:`REGIMES`, shape of the batch."""
    return _judged(values, _regimes_by_signs, _regimes_by_eigenvalues)


def mode_codes(values: Values, tol: float) -> Codes:
    """Modes of a batch as positions in ``tuple(Mode)``, shape of the batch; gains up to ``tol`` count as zero."""
    return _judged(values, lambda r, a: _modes_by_signs(r, a, tol), lambda r, a: _modes_by_eigenvalues(r, a, tol))


def winners(points: tuple[Equilibrium, ...], values: Values) -> tuple[Mask, Mask, Mask]:
    """Which equilibria attract, shape ``(2**units, ...)``; whether one is undecided; whether infinity attracts."""
    _check_sizes(values)
    kinds = np.stack([stability_codes(point, values) for point in points])
    stable_kinds = [i for i, kind in enumerate(Stability) if kind]
    undecided = np.any(kinds == list(Stability).index(Stability.UNDECIDED), axis=0)
    infinity = np.any(np.stack([escapes(point, values) for point in points[1:]]), axis=0)
    return np.isin(kinds, stable_kinds), undecided, infinity


def codes_of(attracting: Mask, undecided: Mask, unbounded: Mask) -> Codes:
    """Names of the regimes from such a table, as positions in :data:`REGIMES`."""
    codes = _names(attracting.sum(axis=0), attracting[-1], unbounded)
    return np.where(undecided, np.int8(REGIMES.index("undecided")), codes)


def _names(count: npt.NDArray[np.integer], together: Mask, unbounded: Mask) -> Codes:
    """Regimes from how many equilibria attract, whether the one with all units does, and whether infinity does."""
    outcomes = np.minimum(count, 2).astype(np.int8) + 3 * together.view(np.int8) + 6 * unbounded.view(np.int8)
    return np.asarray(_TABLE[outcomes])


def _table_of_names() -> Codes:
    several, both, one, none = "bistability", "coexistence", "exclusion", "no point attractor"
    bounded = [none, one, several, none, both, several]
    names = [*bounded, "unbounded growth", several, several, "unbounded growth", several, several]
    return np.array([REGIMES.index(name) for name in names], dtype=np.int8)


_TABLE = _table_of_names()


def _regimes_by_signs(r: Array, alpha: Array) -> Codes:
    found = outcomes_by_signs(r, alpha)
    return np.where(found.clear, _names(found.count, found.together, found.unbounded), np.int8(OPEN))


def _regimes_by_eigenvalues(r: Array, alpha: Array) -> Codes:
    points = equilibria(Symbiosis.of(units=r.shape[-1]))
    return codes_of(*winners(points, Values(r=r, K=np.ones_like(r), alpha=alpha)))


def _modes_by_signs(r: Array, alpha: Array, tol: float) -> Codes:
    found = outcomes_by_signs(r, alpha)
    regimes = _names(found.count, found.together, found.unbounded)
    more, less, clear = found.gains(tol)
    codes = _modes(regimes, more, less, r.shape[-1])
    return np.where(found.clear & (clear | (regimes != REGIMES.index("coexistence"))), codes, np.int8(OPEN))


def _modes_by_eigenvalues(r: Array, alpha: Array, tol: float) -> Codes:
    regimes, units = _regimes_by_eigenvalues(r, alpha), r.shape[-1]
    both = equilibria(Symbiosis.of(units=units))[-1]
    gains = steady_state(both, Values(r=r, K=np.ones_like(r), alpha=alpha)) - 1.0
    return _modes(regimes, (gains > tol).sum(axis=-1), (gains < -tol).sum(axis=-1), units)


def _modes(regimes: Codes, more: npt.NDArray[np.integer], less: npt.NDArray[np.integer], units: int) -> Codes:
    """Modes from regimes, and from how many units gain and how many lose where all live together."""
    together = regimes == REGIMES.index("coexistence")
    place = np.where(together, len(REGIMES) + (units + 1) * more.astype(np.int16) + less, regimes)
    return np.asarray(_mode_table(units)[place])


@lru_cache(maxsize=16)
def _mode_table(units: int) -> Codes:
    """A code for each regime, then one for each number of gainers and losers."""
    named = {"exclusion": Mode.EXCLUSION, "bistability": Mode.BISTABLE, "unbounded growth": Mode.RUNAWAY}
    modes = [named.get(name, Mode.UNDECIDED) for name in REGIMES]
    for more in range(units + 1):
        modes += [mode_of(more, less, units) if more + less <= units else Mode.UNDECIDED for less in range(units + 1)]
    return np.array([list(Mode).index(mode) for mode in modes], dtype=np.int8)


def _judged(values: Values, by_signs: Judge, by_eigenvalues: Judge) -> Codes:
    """Codes of all points: by signs where these are clear, then by eigenvalues what is left open."""
    _check_sizes(values)
    units = values.units
    r, alpha = values.r.reshape(-1, units), values.alpha.reshape(-1, units, units)
    codes = np.full(len(r), OPEN, dtype=np.int8)

    def clear(part: slice) -> None:
        codes[part] = by_signs(r[part], alpha[part])

    if 1 < units <= MOST_BY_SIGNS:
        _in_pieces(clear, len(r))
    left = np.flatnonzero(codes == OPEN)

    def rest(part: slice) -> None:
        codes[left[part]] = by_eigenvalues(r[left[part]], alpha[left[part]])

    _in_pieces(rest, left.size)
    return codes.reshape(values.shape)


def _in_pieces(work: Callable[[slice], None], points: int) -> None:
    """Work off a batch piece by piece, the pieces shared among the processors."""
    pieces = [slice(begin, begin + PIECE) for begin in range(0, points, PIECE)]
    if len(pieces) < 2:
        for piece in pieces:
            work(piece)
        return
    workers = thread_count()
    turn = max(1, min(TURN, len(pieces) // workers))

    def several(turns: list[slice]) -> None:
        for piece in turns:
            work(piece)

    with ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(several, [pieces[k : k + turn] for k in range(0, len(pieces), turn)]):
            pass


def _check_sizes(values: Values) -> None:
    """Raise when numbers are so large or small that conditions made of their products cannot be computed."""
    for name, size, least in (("r", values.r, 1 / EXTREME), ("alpha", np.abs(values.alpha), 0.0)):
        if size.size and not (size.min() >= least and size.max() <= EXTREME):
            bad = size[(size < least) | (size > EXTREME)][0]
            raise ValueError(f"{name} must be of size {least:g} to {EXTREME:g} for regimes to be told, got {bad:g}")
