"""The path, live: what the browser says is what the closure says."""

import json

import numpy as np
import pytest
from explorers import Engine

from ecolib import Mode, explorer
from ecolib.paper.evolution import Closure, stage_times

rng = np.random.default_rng(2026)
LOW, HIGH = (0.1, 0.0, 0.0, 0.05), (2.5, 0.95, 1.0, 0.5)
NAMES = ("s", "c", "omega", "epsilon")


@pytest.fixture(scope="module")
def engine():
    return Engine(explorer.path())


def closures(count):
    """Random closures of two units, and those at the ends of the controls."""
    corners = [[low, high] for low, high in zip(LOW, HIGH, strict=True)]
    ends = np.stack(np.meshgrid(*corners), axis=-1).reshape(-1, 4)
    rows = np.vstack([rng.uniform(LOW, HIGH, (count, 4)), ends])
    return [dict(zip(NAMES, map(float, row), strict=True)) for row in rows]


def at(engine, what, asked):
    return engine.eval(f"{json.dumps(asked)}.map((v) => {what})")


def test_thresholds_are_those_of_the_closure(engine):
    asked = closures(200)
    for given, found in zip(asked, at(engine, "thresholdsOf(v, f)", asked), strict=True):
        exact = Closure(**given).thresholds
        for ours, theirs in (("phi0", "phi_0"), ("phic", "phi_c"), ("phib", "phi_b")):
            assert found[ours] == pytest.approx(getattr(exact, theirs), abs=1e-9), given
        for ours, theirs in (("V0", "V_0"), ("Vc", "V_c"), ("Vb", "V_b")):
            level = float(getattr(exact, theirs))
            assert found[ours] is None if np.isinf(level) else found[ours] == pytest.approx(level, abs=1e-9), given


def test_coefficients_and_gains_are_those_of_the_closure(engine):
    asked = [given | {"phi": float(rng.uniform(0.05, 1))} for given in closures(200)]
    what = "({alpha: f.alpha(v.phi, v.s, v.c, v.omega), gains: stateAt(v.phi, v, f, table).gains})"
    for given, found in zip(asked, at(engine, what, asked), strict=True):
        closure = Closure(**{name: given[name] for name in NAMES})
        alpha, gains = closure.alpha(phi=given["phi"]), closure.gains(phi=given["phi"])
        np.testing.assert_allclose(found["alpha"], [alpha[0, 1], alpha[1, 0]], rtol=1e-12, atol=1e-15)
        if np.isinf(gains).any():
            assert found["gains"] == [None, None]
        else:
            np.testing.assert_allclose(found["gains"], gains, rtol=1e-10, atol=1e-12)


def test_modes_and_stages_are_those_of_the_closure(engine):
    asked = [given | {"V": float(V)} for given in closures(400) for V in (rng.uniform(0.01, 3), 0.01)]
    for given, found in zip(asked, at(engine, "stateAt(f.compatibility(v.V), v, f, table)", asked), strict=True):
        closure, V = Closure(**{name: given[name] for name in NAMES}), given["V"]
        assert found["mode"].split()[-1] == closure.mode(V=V).value, given
        for reading in ("shares", "signs"):
            assert found[reading] == closure.stage(V=V, reading=reading).value, given


def test_at_the_threshold_itself_the_follower_is_unaffected(engine):
    found = engine.eval("stateAt(0.5, {s: 1.2, c: 0.3, omega: 1, epsilon: 0.2}, f, table)")
    assert found["mode"] == Mode.COMMENSALISM.value
    assert (found["signs"], found["shares"]) == ("biased benefit", "single benefit")


def test_dates_are_those_of_the_closure(engine):
    for given in closures(40):
        V, mu = rng.uniform(0.1, 3), rng.uniform(0.01, 0.5)
        found, exact = engine.compute(**given, V=V, mu=mu)["numbers"], stage_times(Closure(**given), V_start=V, mu=mu)
        for ours, theirs in (("t0", "t_0"), ("tc", "t_c"), ("tb", "t_b")):
            date = float(getattr(exact, theirs))
            assert found[ours] is None if np.isinf(date) else found[ours] == pytest.approx(date, rel=1e-8, abs=1e-7)


def test_bands_change_where_the_stages_do_and_follow_the_path(engine):
    for given in closures(40):
        closure = Closure(**given)
        for panel, fall in zip(
            engine.compute(**given, V=2)["panels"], (lambda V: V, lambda t: 2 * np.exp(-0.1 * t)), strict=True
        ):
            for band in panel["bands"]:
                inside = 0.3 * band["from"] + 0.7 * band["to"]
                assert band["label"] == closure.stage(V=fall(inside)).value, given


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "follower begins to gain where heterogeneity falls below V_c = 0.693"),
        ({"omega": 0}, "follower never gains"),
        ({"c": 0}, "gains at every heterogeneity"),
        ({"omega": 0.6}, "never balanced"),
        ({"s": 2.4, "V": 0.05}, "runaway"),
        ({"V": 0.5}, "has gained for"),
    ],
)
def test_the_summary_answers_when_the_follower_gains(engine, asked, says):
    assert says in engine.said(engine.compute(**asked))


def test_the_follower_s_threshold_is_marked_in_the_figure(engine):
    marks = [mark for panel in engine.compute()["panels"] for mark in panel["marks"]]
    found = {mark["label"]: mark["x"] for mark in marks if mark["label"].startswith("follower")}
    assert found == {
        "follower gains: V_c = 0.693": pytest.approx(np.log(2)),
        "follower gains: t_c = 10.6": pytest.approx(10 * np.log(2 / np.log(2))),
    }
