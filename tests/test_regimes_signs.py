"""Maps by the signs of polynomials against maps by eigenvalues: the same code everywhere, ties included."""

import threading
import time

import numpy as np
import pytest
from draws import MODELS

from ecolib import REGIMES, Mode, Symbiosis, Values, equilibria, mode_map, regime, regime_map
from ecolib.charts import PIECE, codes_of, winners
from ecolib.modes import mode_of
from ecolib.numeric import steady_state
from ecolib.signs import outcomes_by_signs

SIZE = 2500


def scattered(kind, units, rng, size=SIZE):
    """Draws of a kind: coefficients and rates that are plain, far apart, on a grid of ties, or beside one."""
    off = 1 - np.eye(units)
    signs, shape = rng.choice([-1, 1], (size, units, units)), (size, units, units)
    halves = rng.integers(-5, 6, shape) / 2
    alpha = {
        "plain": rng.uniform(-2.5, 2.5, shape),
        "rivals": -rng.uniform(0, 2, shape),
        "far apart": signs * 10.0 ** rng.uniform(-6, 6, shape),
        "ties": halves,
        "near ties": halves + rng.choice([-1, 0, 1], shape) * 10.0 ** rng.uniform(-16, -3, shape),
        "rates apart": rng.uniform(-1.5, 1.2, shape),
    }[kind]
    wide = 10.0 ** rng.uniform(-8, 8, (size, units))
    r = wide if kind in ("far apart", "rates apart") else rng.integers(1, 5, (size, units)) / 2
    return Values(r=r, K=np.ones(units), alpha=alpha * off)


KINDS = ("plain", "rivals", "far apart", "ties", "near ties", "rates apart")


def by_eigenvalues(values):
    return codes_of(*winners(equilibria(MODELS[values.units]), values))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("units", [2, 3])
def test_regimes_by_signs_are_those_by_eigenvalues(units, kind):
    values = scattered(kind, units, np.random.default_rng(11 + units))
    assert np.array_equal(regime_map(MODELS[units], values), by_eigenvalues(values))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("units", [2, 3])
def test_what_signs_leave_open_is_a_part_and_nothing_undecided_is_clear(units, kind):
    values = scattered(kind, units, np.random.default_rng(31 + units))
    clear = outcomes_by_signs(values.r, values.alpha).clear
    undecided = by_eigenvalues(values) == REGIMES.index("undecided")
    assert not np.any(clear & undecided)
    assert clear.mean() > (0.99 if kind in ("plain", "rivals") else 0.5)


def near_turning(rng):
    """Three units in a ring whose coexistence turns from attracting to repelling, and hardly does."""
    a, nudge = rng.uniform(0.1, 1.9, SIZE), rng.choice([-1, 0, 1], SIZE) * 10.0 ** rng.uniform(-14, -4, SIZE)
    alpha = np.zeros((SIZE, 3, 3))
    for i in range(3):
        alpha[:, i, (i + 1) % 3], alpha[:, i, (i + 2) % 3] = -a, a - 2 + nudge
    return alpha


def faint(rng):
    """Two units, the first of which lives with the second at a trace of its capacity."""
    alpha = np.zeros((SIZE, 2, 2))
    alpha[:, 0, 1], alpha[:, 1, 0] = 10.0 ** rng.uniform(-7, -5, SIZE) - 1, 10.0 ** rng.uniform(3, 6, SIZE)
    return alpha


@pytest.mark.parametrize("draw", [near_turning, faint])
def test_what_hardly_turns_or_hardly_lives_is_undecided_as_eigenvalues_say(draw):
    alpha = draw(np.random.default_rng(8))
    values = Values(r=np.ones(alpha.shape[1]), K=np.ones(alpha.shape[1]), alpha=alpha)
    expected = by_eigenvalues(values)
    assert np.array_equal(regime_map(MODELS[values.units], values), expected)
    assert {"coexistence", "undecided"} <= {REGIMES[code] for code in expected}


@pytest.mark.parametrize("tol", [0.0, 1e-9, 0.3])
@pytest.mark.parametrize("kind", ["plain", "ties", "near ties"])
@pytest.mark.parametrize("units", [2, 3])
def test_modes_by_signs_are_those_of_gains_in_numbers(units, kind, tol):
    values = scattered(kind, units, np.random.default_rng(51 + units), 2000)
    codes, regimes = mode_map(values, tol=tol), by_eigenvalues(values)
    gains = steady_state(equilibria(MODELS[units])[-1], values) - 1
    named = {"exclusion": Mode.EXCLUSION, "bistability": Mode.BISTABLE, "unbounded growth": Mode.RUNAWAY}
    for code, number, gain in zip(codes, regimes, gains, strict=True):
        expected = named.get(REGIMES[number], Mode.UNDECIDED)
        if REGIMES[number] == "coexistence":
            expected = mode_of(int((gain > tol).sum()), int((gain < -tol).sum()), units)
        assert tuple(Mode)[code] is expected


@pytest.mark.parametrize("units", [1, 2, 3, 4])
def test_a_batch_of_many_pieces_is_that_of_its_parts(units):
    values = scattered("plain", units, np.random.default_rng(3), 3 * PIECE + 7 if units < 4 else PIECE + 7)
    codes = regime_map(MODELS[units], values)
    some = slice(PIECE - 50, PIECE + 50)
    assert np.array_equal(codes[some], by_eigenvalues(values[some]))
    assert np.array_equal(codes[-7:], by_eigenvalues(values[-7:]))


def test_an_empty_batch_has_no_codes():
    nobody = Values(r=np.ones((0, 2)), K=np.ones(2), alpha=np.zeros((0, 2, 2)))
    assert regime_map(MODELS[2], nobody).shape == mode_map(nobody).shape == (0,)


def test_a_map_keeps_the_shape_of_its_plane():
    plane = scattered("plain", 2, np.random.default_rng(4), 30 * 500)
    folded = Values(
        r=plane.r.reshape(30, 500, 2), K=plane.K.reshape(30, 500, 2), alpha=plane.alpha.reshape(30, 500, 2, 2)
    )
    assert np.array_equal(regime_map(MODELS[2], folded).ravel(), regime_map(MODELS[2], plane))


def test_a_fault_in_one_piece_is_raised_and_ends_the_map(monkeypatch):
    seen = []

    def broken(*_):
        seen.append(threading.get_ident())
        raise KeyboardInterrupt

    monkeypatch.setattr("ecolib.charts.outcomes_by_signs", broken)
    with pytest.raises(KeyboardInterrupt):
        regime_map(MODELS[2], Values(r=(1, 1), K=(1, 1), alpha=np.zeros((200 * PIECE, 2, 2))))
    assert len(seen) < 200  # the other pieces are not begun


def test_signs_are_many_times_as_fast_as_eigenvalues():
    values = scattered("plain", 2, np.random.default_rng(6), 2 * PIECE)

    def seconds(judge):
        begin = time.perf_counter()
        judge(values)
        return time.perf_counter() - begin

    regime_map(MODELS[2], values)
    ratios = [seconds(by_eigenvalues) / seconds(lambda given: regime_map(MODELS[2], given)) for _ in range(3)]
    assert np.median(ratios) > 20


@pytest.mark.parametrize("units", [2, 3, 4])
@pytest.mark.parametrize(("rate", "effect"), [(1e200, 0.1), (1e-200, 0.1), (1, 1e200), (1, -1e200)])
def test_numbers_whose_products_overflow_are_refused(units, rate, effect):
    r, alpha = np.array([rate, *[1.0] * (units - 1)]), effect * (1 - np.eye(units))
    extreme, model = Values(r=r, K=np.ones(units), alpha=alpha), Symbiosis.of(units=units)
    for ask in (lambda: regime(model, extreme), lambda: regime_map(model, extreme), lambda: mode_map(extreme)):
        with pytest.raises(ValueError, match="for regimes to be told"):
            ask()


@pytest.mark.parametrize("units", [2, 3, 4])
def test_numbers_far_apart_but_allowed_have_a_regime(units):
    rng = np.random.default_rng(7)
    alpha = rng.choice([-1, 1], (20, units, units)) * 10 ** rng.uniform(-50, 50, (20, units, units))
    alpha[:, range(units), range(units)] = 0
    values = Values(r=10 ** rng.uniform(-50, 50, (20, units)), K=np.ones(units), alpha=alpha)
    assert set(regime_map(Symbiosis.of(units=units), values).tolist()) <= set(range(6))
