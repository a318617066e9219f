"""The feedback model: its equations, its numbers, and what becomes of paths that cannot go on."""

import numpy as np
import pytest
import sympy as sp

from ecolib import Symbiosis
from ecolib.numeric import evaluate
from ecolib.paper.evolution import Closure, letters
from ecolib.paper.evolution.feedback.model import Feedback, feedback_system
from ecolib.schedule import Schedule

STRONG = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)


@pytest.mark.parametrize("n", [2, 3, 5])
def test_outputs_move_as_the_symbiosis_of_the_closure_does(n: int) -> None:
    closure = Closure(s=1.1, c=0.4, omega=0.7, n=n)
    r, u, V = np.linspace(0.5, 1.5, n), np.linspace(0.8, 1.3, n), 0.6
    feedback = Feedback(closure, eta=0.1, learning=0.2, r=r)
    field = [float(rate.subs(feedback.numbers(tau=1.3)).subs(dict(zip(feedback.system.x, (*u, V), strict=True)))) for
             rate in feedback.system.field]  # fmt: skip
    wanted = evaluate(Symbiosis.of(n).field, Symbiosis.of(n), closure.values(phi=np.exp(-V), r=r), u)
    assert np.allclose(field[:-1], wanted, rtol=1e-13)
    pairs = [u[i] * u[j] for i in range(n) for j in range(i)]
    assert field[-1] == pytest.approx(0.1 - 0.2 * 1.3 * np.mean(pairs) * V, rel=1e-13)


def test_the_rival_compatibility_is_the_reciprocal_one() -> None:
    fast, slow = feedback_system(2, "exponential"), feedback_system(2, "reciprocal")
    at = {letters.s: 1, letters.c: 0, letters.omega: 1, **dict.fromkeys(Symbiosis.of(2).r, 1)}
    ratio = fast.field[1].subs(at).subs(letters.V, sp.log(2)) - slow.field[1].subs(at).subs(letters.V, 1)
    assert sp.simplify(ratio) == 0


def test_parameters_are_the_letters_of_the_notation_page() -> None:
    names = {letter.name for letter in STRONG.numbers(tau=1)}
    assert names == {"s", "c", "omega", "tau", "eta", "learning", "r_1", "r_2"}
    assert letters.tau not in STRONG.numbers()


def test_a_path_ends_where_the_reduced_curve_says() -> None:
    path = STRONG.path(tau=1, x0=(1, 1, 2), t=(0, 2000))
    V = path.x[-1, -1]
    assert path.ended == "finished"
    assert STRONG.curve(V) == pytest.approx(1.0, abs=1e-8)
    assert np.allclose(path.x[:-1, -1], STRONG.saturations(V), atol=1e-8)


def test_heterogeneity_grows_in_proportion_when_there_is_no_transfer() -> None:
    path = STRONG.path(tau=0, x0=(1, 1, 2), t=(0, 50))
    assert path.x[-1, -1] == pytest.approx(2 + 0.1 * 50, rel=1e-7)


def test_transfer_that_jumps_is_not_stepped_across() -> None:
    jump = Schedule(times=(10, 10), levels=(0, 3))
    whole = STRONG.path(tau=jump, x0=(1, 1, 2), t=(0, 10, 20))
    first = STRONG.path(tau=0, x0=(1, 1, 2), t=(0, 10))
    second = STRONG.path(tau=3, x0=first.x[:, -1], t=(0, 10))
    assert np.allclose(whole.x[:, 1:], np.stack([first.x[:, -1], second.x[:, -1]], axis=1), rtol=1e-7)


def test_other_letters_follow_schedules_too() -> None:
    flood = Schedule(times=(0, 100), levels=(0.1, 0.4))
    path = STRONG.path(tau=0, x0=(1, 1, 2), t=(0, 100), forcing={letters.eta: flood})
    assert path.x[-1, -1] == pytest.approx(2 + 0.25 * 100, rel=1e-7)


def test_learning_that_is_a_million_times_faster_than_growth_is_integrated() -> None:
    stiff = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=1e6, learning=1e6)
    path = stiff.path(tau=1, x0=(1, 1, 2), t=(0, 400), seconds=30)
    assert path.ended == "finished"
    assert stiff.curve(path.x[-1, -1]) == pytest.approx(1.0, abs=1e-6)


def test_outputs_that_run_away_are_a_result() -> None:
    path = Feedback(Closure(s=2.3, c=0.5, omega=1), eta=0.1, learning=0.1).path(tau=10, x0=(1, 1, 2), t=(0, 400))
    assert path.ended == "escaped"
    assert "exceeded" in path.message
    assert np.isnan(path.x[:, -1]).all()


def test_a_path_that_runs_out_of_seconds_says_so() -> None:
    path = STRONG.path(tau=1, x0=(1, 1, 2), t=(0, 1e6), seconds=1e-6)
    assert path.ended == "failed"
    assert "did not suffice" in path.message


def test_exact_numbers_become_floats() -> None:
    exact = Feedback(Closure(s=sp.Rational(9, 5), c=sp.Rational(1, 2), omega=1), eta=sp.Rational(1, 10), learning=0.1)
    assert exact.numbers(tau=1) == STRONG.numbers(tau=1)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"eta": -0.1}, r"eta must be at least 0, got -0\.1"),
        ({"eta": np.nan}, "eta must be finite, got nan"),
        ({"learning": 0}, "learning must be positive, got 0"),
        ({"learning": np.inf}, "learning must be finite, got inf"),
        ({"r": (1, 2, 3)}, r"r must be one number or have shape \(2,\), got \(3,\)"),
        ({"r": (1, 0)}, "r must be positive and finite"),
        ({"compatibility": "linear"}, "compatibility must be one of exponential, reciprocal, got 'linear'"),
        ({"closure": Closure(s=letters.s, c=0, omega=1)}, "numbers are needed for the letters s"),
    ],
)
def test_numbers_out_of_range_are_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Feedback(**({"closure": STRONG.closure, "eta": 0.1, "learning": 0.1} | given))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"eta": "1"}, "eta must be"),
        ({"eta": (0.1, 0.2)}, "eta must be one number"),
        ({"closure": 1.8}, "closure must be a Closure, got 1.8"),
        ({"closure": Closure(s=(1, 1.2), c=0, omega=1)}, "s must be one number"),
    ],
)
def test_numbers_of_the_wrong_kind_are_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Feedback(**({"closure": STRONG.closure, "eta": 0.1, "learning": 0.1} | given))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tau": -1}, "tau must be at least 0, got -1"),
        ({"tau": Schedule((0, 1), (1, -1))}, r"tau must be at least 0, got -1\.0"),
        ({"forcing": {letters.c: Schedule((0, 1), (0.5, 1.5))}}, r"c must be below 1, got 1\.5"),
        ({"x0": (1, 1, 0)}, "V must start above 0"),
        ({"x0": (1, np.nan, 1)}, "x0 must be finite"),
        ({"x0": (1, 1)}, r"x0 must have shape \(\.\.\., 3\)"),
    ],
)
def test_paths_check_what_they_are_given(options: dict[str, object], message: str) -> None:
    given = {"tau": 1.0, "x0": (1, 1, 1), "t": (0, 1)} | options
    with pytest.raises(ValueError, match=message):
        STRONG.path(**given)
