"""Two units, live: what the browser says is what `ecolib` says."""

import numpy as np
import pytest
from explorers import Engine
from scipy.integrate import solve_ivp

from ecolib import (
    REGIMES,
    Mode,
    Stability,
    Symbiosis,
    Values,
    eigenvalues,
    equilibria,
    explorer,
    mode_map,
    regime_map,
    stable,
)
from ecolib.figures.phase import EQUILIBRIUM_STYLES
from ecolib.numeric import evaluate, steady_state

MODEL = Symbiosis.of(units=2)
rng = np.random.default_rng(2026)
QUARTERS = [(i / 4, j / 4) for i in range(-10, 11) for j in range(-10, 11)]
"""Among them all boundaries: coefficients of -1 and 0, and products of 1."""
NEAR = [
    (a + da, b + db, 1, 1) for a in (-1, 0) for b in (-1, 0, 0.5) for da in (-1e-12, 1e-12) for db in (-1e-12, 1e-12)
]
"""As near to them as rounding leaves numbers."""


@pytest.fixture(scope="module")
def engine():
    return Engine(explorer.two_units())


def values(a1, a2, r1=1.0, r2=1.0):
    return Values(r=(r1, r2), K=(1, 1), alpha=((0, a1), (a2, 0)))


def word(kind):
    return EQUILIBRIUM_STYLES[kind][0] if kind in EQUILIBRIUM_STYLES else kind.value


def drawn(count):
    return np.column_stack([rng.uniform(-2.5, 2.5, (count, 2)), rng.uniform(0.05, 2, (count, 2))])


def classes(engine, rows):
    asked = [dict(zip(("a1", "a2", "r1", "r2"), map(float, row), strict=True)) for row in rows]
    return engine.eval(f"{asked}.map((v) => classify(v, f, table))".replace("'", ""))


def test_the_printed_field_is_that_of_the_model(engine):
    rows = np.column_stack(
        [rng.uniform(0, 3, (200, 2)), rng.uniform(0.05, 2, (200, 2)), rng.uniform(-2.5, 2.5, (200, 2))]
    )
    printed = engine.eval(f"{rows.tolist()}.map((row) => [f.field(...row), ...f.jacobian(...row)])")
    for row, found in zip(rows, printed, strict=True):
        given = values(*row[4:], *row[2:4])
        exact = np.vstack(
            [evaluate(MODEL.field, MODEL, given, row[:2]), evaluate(MODEL.jacobian, MODEL, given, row[:2])]
        )
        np.testing.assert_allclose(found, exact, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    "rows",
    [drawn(300), [(a, b, 1, 1) for a, b in QUARTERS], [(*pair, 0.3, 1.7) for pair in QUARTERS[::7]], NEAR],
    ids=["draws", "boundaries", "unequal rates", "near boundaries"],
)
def test_regimes_modes_and_kinds_are_those_of_ecolib(engine, rows):
    a1, a2, r1, r2 = np.array(rows).T
    alpha = np.zeros((len(rows), 2, 2))
    alpha[:, 0, 1], alpha[:, 1, 0] = a1, a2
    batch = Values(r=np.column_stack([r1, r2]), K=(1, 1), alpha=alpha)
    regimes, modes = regime_map(MODEL, batch), mode_map(batch)
    kinds = np.stack([stable(point, batch) for point in equilibria(MODEL)], axis=-1)
    for k, found in enumerate(classes(engine, rows)):
        assert found["regime"] == REGIMES[regimes[k]], rows[k]
        assert found["mode"].removeprefix("biased ").removeprefix("balanced ") == tuple(Mode)[modes[k]].value, rows[k]
        # A hair from the boundary coexistence is there, but it is one with the equilibrium that it meets.
        kinds[k][-1] = Stability.INFEASIBLE if rows is NEAR and kinds[k][-1] is Stability.UNDECIDED else kinds[k][-1]
        assert found["kinds"] == [word(kind) for kind in kinds[k]], rows[k]


def test_mutualism_is_balanced_when_the_least_gain_is_within_a_fifth_of_the_greatest(engine):
    rows = rng.uniform(0.01, 0.99, (200, 2))
    for row, found in zip(rows, classes(engine, [(*row, 1, 1) for row in rows]), strict=True):
        gains = steady_state(equilibria(MODEL)[-1], values(*row)) - 1
        kind = "balanced" if min(gains) >= 0.8 * max(gains) else "biased"
        assert found["mode"] == f"{kind} mutualism"
        assert found["shares"] == {"balanced": "balanced mutualism", "biased": "biased benefit"}[kind]


def test_equilibria_and_eigenvalues_are_those_of_ecolib(engine):
    for a1, a2, r1, r2 in drawn(60):
        given, asked = values(a1, a2, r1, r2), f"{{a1: {a1}, a2: {a2}, r1: {r1}, r2: {r2}}}"
        found = engine.eval(f"pointsOf({asked}, f, classify({asked}, f, table).kinds)")
        for point, one in zip(equilibria(MODEL), found, strict=True):
            if one["exists"]:
                assert one["u"] == pytest.approx(steady_state(point, given), rel=1e-9)
                ours = np.array(one["eigenvalues"]) @ (1, 1j)
                assert np.sort_complex(ours) == pytest.approx(np.sort_complex(eigenvalues(point, given)), abs=1e-9)


def test_paths_are_those_of_a_careful_integrator(engine):
    for a1, a2, r1, r2 in [(0.3, -0.2, 0.5, 0.4), (-1.6, -1.5, 1, 0.3), (0.9, 0.9, 2, 0.1), (0.3, -1.4, 0.05, 2)]:
        found = engine.eval(f"integrate((_, u) => f.field(...u, {r1}, {r2}, {a1}, {a2}), [0.2, 0.6], 0, 20)")
        given = values(a1, a2, r1, r2)
        exact = solve_ivp(
            lambda _, u, v=given: evaluate(MODEL.field, MODEL, v, u), (0, 20), (0.2, 0.6), rtol=1e-11, atol=1e-13
        )
        assert found["y"][-1] == pytest.approx(exact.y[:, -1], abs=1e-5)


def test_the_path_ends_where_the_start_leads(engine):
    low, high = engine.compute(a1=-1.6, a2=-1.6, u1=1, u2=0.2), engine.compute(a1=-1.6, a2=-1.6, u1=0.2, u2=1)
    assert [low["numbers"]["end1"], high["numbers"]["end2"]] == pytest.approx([1, 1], abs=1e-3)
    away = engine.compute(a1=1.2, a2=1)
    assert away["classes"]["ended"] == "escaped"
    assert "outgrows every bound" in engine.said(away)


def test_the_summary_answers_who_gains_and_what_attracts(engine):
    said = engine.said(engine.compute())
    assert "unit 1 gains 22.6 % and unit 2 loses 24.5 %" in said
    assert "Regime: coexistence; both together (1.23, 0.755) attracts" in said
