"""Tipping, live: what the browser says is what the feedback says, on the way up and on the way down."""

import json
from itertools import product

import numpy as np
import pytest
from explorers import Engine

from ecolib import explorer
from ecolib.paper.evolution import Closure, Feedback, cusp, folds, hysteresis, steady_states

rng = np.random.default_rng(2026)
NAMES = ("s", "c", "omega", "eta", "learning", "tau")
RANGES = ((0.1, 2.4), (0, 0.95), (0, 1), (0.02, 0.2), (0.05, 0.3), (0.05, 4))


@pytest.fixture(scope="module")
def engine():
    return Engine(explorer.tipping())


def feedbacks(count):
    """Random numbers of the controls, and those at the ends of synergy, friction, reciprocity and transfer."""
    drawn = rng.uniform(*np.transpose(RANGES), (count, 6))
    ends = [(s, c, omega, 0.1, 0.1, tau) for s, c, omega, tau in product((0.1, 2, 2.4), (0, 0.95), (0, 1), (0.05, 4))]
    return [dict(zip(NAMES, map(float, row), strict=True)) for row in (*drawn, *ends)]


def model(given):
    closure = Closure(**{name: given[name] for name in ("s", "c", "omega")})
    return Feedback(closure, eta=given["eta"], learning=given["learning"])


def near(number):
    return None if number is None else pytest.approx(number, rel=1e-9, abs=1e-9)


def answers(engine, asked):
    shown = "({numbers: found.numbers, classes: found.classes, becomes: found.becomes, sentences: found.sentences})"
    at = f"((found) => {shown})(compute({{...{json.dumps(engine.explorer.defaults)}, ...v}}, f, table))"
    return engine.eval(f"{json.dumps(asked)}.map((v) => {at})")


def test_critical_intensities_and_landing_places_are_those_of_hysteresis(engine):
    asked = feedbacks(80)
    for given, found in zip(asked, answers(engine, asked), strict=True):
        loop, numbers = hysteresis(model(given)), found["numbers"]
        down = loop.down if loop else None
        assert numbers["tau_up"] == near(loop.tau_up if loop else None), given
        assert numbers["V_up"] == near(loop.up.V if loop else None), given
        assert numbers["tau_down"] == near(down.tau if down else None), given
        assert numbers["V_down"] == near(down.V if down else None), given
        assert numbers["risen"] == near(loop.risen.V if loop and loop.risen else None), given
        assert numbers["fallen"] == near(loop.fallen.V if loop and loop.fallen else None), given
        assert found["classes"]["outcome"] == ("smooth", "no return", "loop")[len(folds(model(given)))], given


def test_states_at_rest_and_their_kinds_are_those_of_the_feedback(engine):
    asked = feedbacks(80)
    for given, found in zip(asked, answers(engine, asked), strict=True):
        exact = steady_states(model(given), tau=given["tau"])
        np.testing.assert_allclose(found["numbers"]["states"], [one.V for one in exact], rtol=1e-9, err_msg=str(given))
        stable = [kind == "stable" for kind in found["classes"]["kinds"]]
        assert stable == [bool(one.kind) for one in exact], given
        here = next((one for one in exact if found["numbers"]["rest"] == near(one.V)), None)
        assert found["classes"]["stage"] == (here.stage().value if here else "runaway"), given
        assert [found["numbers"][u] for u in ("u1", "u2")] == ([near(u) for u in here.u] if here else [None] * 2)


def test_the_cusp_is_that_of_the_reduced_curve(engine):
    asked = [{"c": c, "omega": omega} for c, omega in [(0, 1), (0.5, 0), (0.95, 0.3), *rng.uniform(0, 0.95, (12, 2))]]
    for given, found in zip(asked, answers(engine, asked), strict=True):
        exact = float(cusp(**given).s)
        assert found["numbers"]["cusp"] == near(exact if np.isfinite(exact) else None), given


@pytest.mark.parametrize(("more", "outcome"), [(-1e-6, "smooth"), (1e-6, "loop")])
def test_near_the_cusp_two_folds_appear_and_the_loop_is_thin(engine, more, outcome):
    found = engine.compute(s=float(cusp(c=0.5, omega=1).s) + more)
    assert found["classes"]["outcome"] == outcome
    if outcome == "loop":
        assert 0 < found["numbers"]["tau_up"] - found["numbers"]["tau_down"] < 1e-6


def swept(engine, taus, past, **given):
    """Where units rest as transfer is moved, each state the past of the next."""
    found = []
    for tau in taus:
        found.append(engine.compute(**given, tau=float(tau), V=past))
        past = found[-1]["becomes"]["V"]
    return found


def test_transfer_that_is_raised_and_lowered_runs_through_the_loop(engine):
    loop, taus = hysteresis(Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)), np.linspace(0.3, 1.6, 66)
    up = swept(engine, taus, 10.0)
    down = swept(engine, taus[::-1], up[-1]["becomes"]["V"])
    unlike = [one["numbers"]["rest"] > loop.up.V for one in up]
    alike = [one["numbers"]["rest"] < loop.down.V for one in down]
    assert unlike == [bool(tau < loop.tau_up) for tau in taus]
    assert alike == [bool(tau > loop.tau_down) for tau in taus[::-1]]


def test_without_folds_the_way_back_is_the_way_up(engine):
    taus = np.linspace(0.2, 3, 15)
    up = [one["numbers"]["rest"] for one in swept(engine, taus, 10.0, s=1.2)]
    down = [one["numbers"]["rest"] for one in swept(engine, taus[::-1], up[-1], s=1.2)]
    assert up == pytest.approx(down[::-1], rel=1e-12)
    assert up == sorted(up, reverse=True)


def test_a_state_whose_address_is_shared_stays_where_it_was(engine):
    asked = [given | {"V": float(np.exp(rng.uniform(np.log(0.001), np.log(10))))} for given in feedbacks(120)]
    before = answers(engine, asked)
    after = answers(engine, [given | found["becomes"] for given, found in zip(asked, before, strict=True)])
    for given, first, second in zip(asked, before, after, strict=True):
        assert 0.001 <= first["becomes"]["V"] <= 10
        assert second["numbers"]["rest"] == near(first["numbers"]["rest"]), given
        assert second["classes"] == first["classes"]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "Transfer that rises past τ_up = 1.1 tips units from single benefit"),
        ({}, "only below τ_down = 0.551"),
        ({}, "Balanced mutualism at V = 0.0208 is stable too: the past decides"),
        ({"s": 1.2}, "there is no critical value and no loop"),
        ({"s": 2.2, "V": 0.001}, "mutual benefit runs away"),
        ({"s": 2.2}, "there is no way back"),
        ({"c": 0.19, "omega": 0}, "no synergy makes a loop before mutual benefit runs away"),
        ({"omega": 0}, "takes a synergy above s* = 16.63 (the cusp)"),
    ],
)
def test_the_summary_answers_where_it_tips_and_whether_there_is_a_loop(engine, asked, says):
    assert says in engine.said(engine.compute(**asked))


def test_folds_and_the_present_state_are_marked_in_the_figure(engine):
    found = engine.compute(tau=1.0, V=0.01)
    (panel,) = found["panels"]
    assert [mark["x"] for mark in panel["marks"]] == [found["numbers"]["tau_up"], found["numbers"]["tau_down"]]
    assert [(p["x"], p["y"]) for p in panel["points"] if p["label"] == "fold"] == [
        (pytest.approx(found["numbers"][f"tau_{way}"]), pytest.approx(np.log10(found["numbers"][f"V_{way}"])))
        for way in ("down", "up")
    ]
    (now,) = [p for p in panel["points"] if p["label"] == "units now"]
    assert (now["x"], 10 ** now["y"]) == (1.0, pytest.approx(found["numbers"]["rest"]))


def test_lines_of_rest_lie_where_the_feedback_rests_and_are_solid_where_it_is_stable(engine):
    feedback = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
    for line in engine.compute()["panels"][0]["lines"]:
        if line["label"].startswith("rest"):
            tau, y = line["points"][60]
            state = min(steady_states(feedback, tau=tau), key=lambda one: abs(one.V - 10**y))
            assert pytest.approx(10**y, rel=1e-9) == state.V
            assert bool(state.kind) == (line["label"] == "rest, stable")
