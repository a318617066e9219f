"""Five levers, live: what the browser says is what the policy package says, before and after doses."""

import numpy as np
import pytest
from explorers import Engine

from ecolib import explorer
from ecolib.paper.policy import (
    CLASSES,
    LEVERS,
    OBSTACLES,
    BaseCase,
    apply,
    critical,
    letters,
    needed,
    rest,
    thresholds,
    time_to_balance,
)

rng = np.random.default_rng(2026)
SIDES = ("_before", "")


@pytest.fixture(scope="module")
def engine():
    return Engine(explorer.policy())


def drawn(engine, count):
    """Random numbers of the controls, a quarter of them at an end."""
    controls, found = engine.explorer.controls, []
    for _ in range(count):
        free = {one.name: float(rng.uniform(one.least, one.most)) for one in controls}
        ends = {one.name: float(rng.choice((one.least, one.most))) for one in controls if rng.random() < 0.25}
        found.append(free | ends)
    return found


def cases(given):
    before = BaseCase(tau=given["tau"], c=given["c"], omega=given["omega"])
    return before, apply(before, {lever: given[lever.split()[-1]] for lever in LEVERS}, cut=given["cut"])


def near(number):
    return None if np.isnan(number) else pytest.approx(float(number), rel=1e-9, abs=1e-9)


@pytest.fixture(scope="module")
def compared(engine):
    """Numbers of the browser and cases of the package, before and after."""
    rows = []
    for given in drawn(engine, 60):
        found = engine.compute(**given)
        rows += [(given, found, side, case) for side, case in zip(SIDES, cases(given), strict=True)]
    return rows


def test_thresholds_and_transfer_are_those_of_the_case(compared):
    for given, found, side, case in compared:
        exact = [*thresholds(case), case.tau]
        assert [found["numbers"][name + side] for name in ("phi0", "phic", "phib", "tau")] == list(map(near, exact)), (
            given
        )


def test_the_critical_transfer_is_that_of_the_case(compared):
    for given, found, side, case in compared:
        assert [found["numbers"][name + side] for name in ("tauup", "Vup")] == list(map(near, critical(case))), given
    assert len({found["numbers"]["tauup"] is None for _, found, _, _ in compared}) == 2, "with and without a fold"


def test_rest_gains_and_stage_are_those_of_the_case(compared):
    for given, found, side, case in compared:
        exact = rest(case)
        gains = map(near, (exact.V, exact.leader, exact.follower))
        assert [found["numbers"][name + side] for name in ("V", "leader", "follower")] == list(gains), given
        assert found["classes"]["stage" + side] == CLASSES[int(exact.kind)], given


def test_the_time_to_balance_is_the_simulated_one(compared):
    for given, found, side, case in compared[::4]:
        years = time_to_balance(case).t
        assert found["numbers"]["years" + side] == (pytest.approx(years, rel=1e-5) if np.isfinite(years) else None), (
            given
        )
        assert (found["classes"]["time" + side] == "balanced") == np.isfinite(years), given


def test_nothing_runs_away_at_any_end_of_the_controls(engine):
    """The script has no words for benefit without bound: at this synergy there is none."""
    for given in drawn(engine, 400):
        assert all(float(case.at(letters.room, phi=1.0)) > 0 for case in cases(given)), given


def test_doses_move_the_letters_as_levers_do(engine):
    given = drawn(engine, 1)[0]
    before, after = cases(given)
    doses = [given[name] for name in engine.explorer.table["doses"]]
    moved = engine.f("moved", *[float(getattr(before, name)) for name in OBSTACLES], *doses, given["cut"])
    assert moved == [pytest.approx(float(getattr(after, name)), rel=1e-12) for name in OBSTACLES]


def test_without_doses_nothing_changes(engine):
    found = engine.compute(circulation=0)
    for name, number in found["numbers"].items():
        assert number == found["numbers"][name.removesuffix("_before")]
    assert "as before" in found["sentences"][0]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "they are stuck, since transfer is 0.914 and takes τ_up = 0.933"),
        ({"digital": 0.25}, "beyond the critical τ_up = 0.755; the levers free them"),
        ({"digital": 0.25}, "Gains balanced: after 104 years (before: not within 1000 years)"),
        ({"omega": 0}, "nothing tips here"),
        ({"omega": 0.1}, "never, however alike units are"),
        ({"tau": 0.5, "circulation": 0, "border": 0.5}, "The follower had more before"),
    ],
)
def test_the_summary_says_who_is_freed_when_and_who_pays(engine, asked, says):
    assert says in engine.said(engine.compute(**asked))


def test_the_line_of_rest_is_the_transfer_needed(engine):
    lines = {line["label"]: line["points"] for line in engine.compute(digital=0.5)["panels"][0]["lines"]}
    before, after = cases(engine.explorer.defaults | {"digital": 0.5})
    for name, case in (("before", before), ("with these doses", after)):
        for kind, sign in (("rest", -1), ("unstable", 1)):
            tau, y = np.array([point for point in lines[f"{kind}, {name}"] if point[0] is not None]).T
            np.testing.assert_allclose(tau, needed(case, 10**y), rtol=1e-9)
            assert np.all(np.sign(needed(case, 10**y * 1.0001) - tau) == sign)


def test_thresholds_move_in_the_figure_as_in_the_numbers(engine):
    found = engine.compute(alliance=1)
    rows = [line["points"] for line in found["panels"][1]["lines"]]
    names = ("phi0", "phic", "phib")
    assert rows == [
        [[found["numbers"][f"{name}_before"], 3 - k], [found["numbers"][name], 3 - k]] for k, name in enumerate(names)
    ]
    assert all(after < before for (before, _), (after, _) in rows)


@pytest.mark.parametrize(("text", "value"), [("2", 1), ("-1", 0), ("much", 0.25), ("", 0.25), ("NaN", 0.25)])
def test_a_dose_that_is_none_is_refused_in_words(engine, text, value):
    found = engine.eval(f"accept(controls.find((one) => one.name === 'circulation'), {text!r}, 0.25)")
    assert found["value"] == value
    assert "Dose of circulation" in found["said"]
