"""The replicator equation and its Lotka-Volterra twin: the same orbits by one engine, exact cases."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from ecolib import Schedule, Symbiosis, Values, simulate
from ecolib.paper.behaviour import PARADIGMS, letters, orbits, replicator, same_orbits, twin

TIMES = np.linspace(0, 6, 40)
CROWDED = sp.Matrix([[0, 1, 2], [1, -2, 1], [1, 2, -1]])


def random_games(number, size=3):
    rng = np.random.default_rng(3)
    for _ in range(number):
        start = rng.dirichlet(np.ones(size))
        yield sp.Matrix(rng.integers(-9, 10, (size, size)).tolist()) / 8, start, int(rng.integers(size))


@pytest.mark.parametrize("size", [2, 3, 4])
def test_a_replicator_and_its_twin_have_the_same_orbits(size):
    for payoffs, start, reference in random_games(12, size):
        both = same_orbits(payoffs, z0=start, t=TIMES, reference=reference, least=1e-4)
        assert both.error < 1e-7, (payoffs, start, reference)
        assert both.t.size > 2


def test_the_clock_of_the_twin_runs_at_the_speed_of_the_reference():
    both = same_orbits(CROWDED, z0=(0.5, 0.3, 0.2), t=np.linspace(0, 4, 400))
    speed = np.gradient(both.clock, both.t)
    assert speed[1:-1] == pytest.approx(both.shares[0, 1:-1], rel=1e-3)


def test_shares_keep_adding_up_to_one_where_rounding_would_grow():
    steep = sp.Matrix([[-50, -50], [-51, -51]])
    shares = simulate(replicator(steep), {}, x0=[0.3, 0.7], t=np.linspace(0, 20, 50)).x
    assert np.abs(shares.sum(axis=0) - 1).max() < 1e-7


def test_constant_payoffs_solve_in_closed_form_also_while_the_reach_changes():
    """Shares are proportional to their start times the exponential of what was earned so far."""
    numbers = {letters.beta_I: 1, letters.kappa_I: 0.25, letters.beta_O: 2, letters.kappa_O: 0.75,
               letters.p_0: 0.3, letters.q: 2, letters.theta: 0}  # fmt: skip
    ramp, t = Schedule(times=(0, 20), levels=(0, 1)), np.linspace(0, 30, 31)
    path = simulate(PARADIGMS, numbers, x0=[0.9, 0.06, 0.04], t=t, forcing={letters.e: ramp}, rtol=1e-11)
    along, beyond = np.minimum(t, 20), np.maximum(t - 20, 0)
    earned = [0 * t, along**2 / 40 - 0.25 * along + 0.75 * beyond, 2 * along**3 / 1200 - 0.75 * along + 1.25 * beyond]
    weight = np.array([0.9, 0.06, 0.04])[:, None] * np.exp(earned)
    assert path.x == pytest.approx(weight / weight.sum(axis=0), rel=1e-6)


def test_the_twin_of_constant_payoffs_against_the_first_is_exponential_in_its_logarithm():
    flat = twin(sp.Matrix([[0, 0, 0], [1, 1, 1], [3, 3, 3]]))
    assert flat.r == (1, 3)
    assert flat.A.tolist() == [[1, 1], [3, 3]]


def test_a_twin_whose_pairs_invade_each_other_is_a_symbiosis_run_by_the_same_engine():
    other, start, t = twin(CROWDED), (0.5, 0.3, 0.2), np.linspace(0, 12, 30)
    values = other.values()
    assert isinstance(values, Values)
    assert (values.r.tolist(), values.K.tolist()) == ([1, 1], [1 / 3, 1 / 3])
    assert values.alpha.tolist() == [[0, -1 / 3], [1 / 3, 0]]
    path = simulate(Symbiosis.of(units=2), values, x0=other.ratios(start), t=t, rtol=1e-11)
    direct = simulate(other.system, {}, x0=other.ratios(start), t=t, rtol=1e-11)
    assert path.x == pytest.approx(direct.x, rel=1e-8)


def test_coordination_has_no_symbiosis_with_any_reference():
    for reference in range(3):
        with pytest.raises(ValueError, match=r"negative on the diagonal|r must be positive"):
            twin(sp.Matrix([[0, 0, 0], [1, 1, 1], [-1, -1, 2]]), reference=reference).values()


def test_ratios_and_shares_are_inverse():
    other, z = twin(CROWDED, reference=1), np.array([[0.2, 0.5], [0.3, 0.4], [0.5, 0.1]])
    assert other.shares(other.ratios(z)) == pytest.approx(z)
    assert other.others == (0, 2)


def test_a_twin_that_escapes_is_followed_until_its_reference_vanishes():
    both = same_orbits(sp.Matrix([[0, 0], [1, 1]]), z0=(0.9, 0.1), t=np.linspace(0, 50, 200), least=1e-3)
    assert both.t[-1] < 50
    assert both.clock[-1] < np.log(10)  # the twin y' = y (1 + y) from 1/9 escapes at this time


def test_the_share_that_ends_the_comparison_is_that_of_the_reference():
    steps = np.linspace(0, 50, 200)
    first = same_orbits(sp.Matrix([[0, 0], [1, 1]]), z0=(0.9, 0.1), t=steps, reference=1)
    assert first.t[-1] == 50  # the first paradigm dies out, the reference does not
    assert np.all(first.shares[1] >= 0.1 - 1e-9)


def test_down_to_small_shares_of_the_reference_the_orbits_agree():
    both = same_orbits(sp.Matrix([[0, 0], [1, 1]]), z0=(0.9, 0.1), t=np.linspace(0, 50, 200), least=1e-7)
    assert 1e-7 <= both.shares[0, -1] < 2e-7
    assert both.error < 1e-6


def test_the_error_is_the_greatest_over_all_times(monkeypatch):
    def pushed(*args, **options):
        path = simulate(*args, **options)
        return replace(path, x=path.x * np.linspace(1, 1.5, path.x.shape[1])) if len(path.x) == 2 else path

    monkeypatch.setattr(orbits, "simulate", pushed)
    wrong = same_orbits(CROWDED, z0=(0.5, 0.3, 0.2), t=TIMES)
    assert np.argmax(np.abs(wrong.shares - wrong.twin_shares).max(axis=0)) > 0
    assert wrong.error == np.abs(wrong.shares - wrong.twin_shares).max() > 0.05


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: replicator([[0, 1], [1, 0]]), TypeError, "payoffs must be a sympy matrix, got list"),
        (lambda: replicator(sp.zeros(2, 3)), ValueError, r"payoffs must be square .* got shape \(2, 3\)"),
        (lambda: replicator(sp.Matrix([[sp.Symbol("z_1"), 0], [0, 0]])), ValueError, "payoffs must not use z_1"),
        (lambda: replicator(CROWDED, names=("L", "I")), ValueError, "names must hold one name for each of 3"),
        (lambda: replicator(CROWDED, names=[]), ValueError, r"names must hold one name for each of 3 .* got \[\]"),
        (
            lambda: replicator(sp.Matrix([[0, sp.I], [1, 0]])),
            ValueError,
            "payoffs must be real numbers or letters, got I",
        ),
        (lambda: replicator(CROWDED, trying=-0.1), ValueError, "trying must be a rate of at least 0, got -0.1"),
        (
            lambda: replicator(CROWDED, trying=True),
            TypeError,
            "trying must be a finite sympy expression or a number, got True",
        ),
        (lambda: twin(CROWDED, reference=True), TypeError, "reference must be an integer, got True"),
        (lambda: twin(CROWDED, reference=1.0), TypeError, r"reference must be an integer, got 1\.0"),
        (lambda: twin(CROWDED).ratios((0.5, 0.5)), ValueError, r"shares must have shape \(3, \.\.\.\), got \(2,\)"),
        (lambda: twin(CROWDED).ratios((0.5, np.nan, 0.5)), ValueError, "shares must be finite and not negative"),
        (lambda: twin(CROWDED).ratios((0.0, 0.5, 0.5)), ValueError, "shares of the reference must be positive"),
        (lambda: twin(CROWDED).shares((-1.0, 0.5)), ValueError, "ratios must be finite and not negative"),
        (lambda: twin(CROWDED).shares(3.0), ValueError, r"ratios must have shape \(2, \.\.\.\), got \(\)"),
        (
            lambda: same_orbits(CROWDED, z0=(0.5, 0.3, 0.2), t=TIMES, least=1e-12),
            ValueError,
            "least must be",
        ),
        (lambda: twin(CROWDED, reference=3), ValueError, "reference must be from 0 to 2, got 3"),
        (lambda: same_orbits(CROWDED, z0=(0.5, 0.5, 0.1), t=TIMES), ValueError, "3 positive shares that add up to 1"),
        (lambda: same_orbits(CROWDED, z0=(0.5, 0.3, 0.2), t=TIMES, least=0), ValueError, "least must be"),
        (lambda: same_orbits(CROWDED, z0=(0.5, 0.3, 0.2), t=TIMES, least=0.9), ValueError, "fewer than two of the"),
    ],
)
def test_what_does_not_fit_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
