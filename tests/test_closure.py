"""The closure of section 3.2: exact and numerical answers agree with each other, with the core and with simulation."""

import numpy as np
import pytest
import sympy as sp

from ecolib import REGIMES, Mode, Stage, Symbiosis, Values, mode_map, regime_map, simulate
from ecolib.paper.evolution import Closure, heterogeneity, letters, shared_alpha, stage_times

MODES = np.array(list(Mode), dtype=object)


def draws(number: int, n: int = 2, seed: int = 2026) -> Closure:
    rng = np.random.default_rng(seed)
    s, c, omega = (
        rng.uniform(0.1, n / (n - 1) - 0.05, number),
        rng.uniform(0.02, 0.95, number),
        rng.uniform(0.05, 1, number),
    )
    return Closure(s=s, c=c, omega=omega, n=n)


def member(closure: Closure, k: int) -> Closure:
    return Closure(s=float(closure.s[k]), c=float(closure.c[k]), omega=float(closure.omega[k]), n=closure.n)


def test_coefficients_of_the_base_case_are_exact() -> None:
    alpha = Closure(s=sp.Rational(6, 5), c=sp.Rational(3, 10), omega=1).alpha(phi=sp.Rational(1, 2))
    assert alpha == sp.ImmutableMatrix([[0, sp.Rational(3, 10)], [0, 0]])


def test_letters_give_the_printed_thresholds() -> None:
    s, c, omega = letters.s, letters.c, letters.omega
    at = Closure(s=s, c=c, omega=omega).thresholds
    assert sp.simplify(at.phi_0 - ((s + c) - sp.sqrt(s**2 + c**2)) / s) == 0
    assert sp.simplify(at.phi_c - (-c + sp.sqrt(c**2 + 2 * s * omega * c)) / (s * omega)) == 0
    assert at.phi_b is None
    assert at.V_b is None


@pytest.mark.parametrize("n", [2, 3, 5])
def test_thresholds_are_roots_of_the_coefficients(n: int) -> None:
    closure = draws(300, n)
    at = closure.thresholds
    assert np.allclose(closure.alpha(phi=at.phi_0)[:, 0, 1], 0, atol=1e-12)
    assert np.allclose(closure.alpha(phi=at.phi_c)[:, 1, 0], 0, atol=1e-12)
    gains = closure.gains(phi=at.phi_b)
    assert np.allclose((gains[:, 1] / gains[:, 0])[at.phi_b < 1], 1 - 0.2, atol=1e-9)


def test_exact_and_numerical_thresholds_agree() -> None:
    exact = Closure(
        s=sp.Rational(9, 5), c=sp.Rational(1, 2), omega=sp.Rational(9, 10), epsilon=sp.Rational(1, 4)
    ).thresholds
    number = Closure(s=1.8, c=0.5, omega=0.9, epsilon=0.25).thresholds
    for name in ("phi_0", "phi_c", "phi_b", "V_0", "V_c", "V_b"):
        assert float(getattr(exact, name)) == pytest.approx(float(getattr(number, name)), abs=1e-11)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_modes_from_the_closed_form_are_those_of_all_equilibria(n: int) -> None:
    rng = np.random.default_rng(n)
    closure = Closure(s=rng.uniform(0.1, 2.5, 400), c=rng.uniform(0, 0.99, 400), omega=rng.uniform(0, 1, 400), n=n)
    phi = rng.uniform(0.01, 1, 400)
    core = mode_map(Values(r=rng.uniform(0.2, 3, (400, n)), K=np.ones(n), alpha=closure.alpha(phi=phi)))
    assert np.all(MODES[core] == closure.mode(phi=phi))
    assert {Mode.INHIBITION, Mode.PARASITISM, Mode.MUTUALISM, Mode.RUNAWAY} == set(MODES[core])


def test_three_units_modes_from_eight_equilibria_and_from_the_closed_form_agree() -> None:
    phi, omega = np.meshgrid(np.linspace(0.05, 1, 24), np.linspace(0, 1, 23))
    closure = Closure(s=1.2, c=0.3, omega=omega, n=3)
    core = MODES[mode_map(Values(r=np.ones(3), K=np.ones(3), alpha=closure.alpha(phi=phi)))]
    at = closure.thresholds
    assert np.array_equal(core == Mode.MUTUALISM, phi > at.phi_c)
    assert np.array_equal(core == Mode.INHIBITION, phi < at.phi_0)


def test_modes_follow_the_thresholds_on_random_closures() -> None:
    closure = draws(500)
    at = closure.thresholds
    middle = (at.phi_0 + at.phi_c) / 2
    assert np.all(closure.mode(phi=at.phi_0 * 0.99) == Mode.INHIBITION)
    assert np.all(closure.mode(phi=middle) == Mode.PARASITISM)
    assert np.all(closure.mode(phi=at.phi_c) == Mode.COMMENSALISM)
    assert np.all(closure.mode(phi=(at.phi_c + 1) / 2) == Mode.MUTUALISM)


def test_stages_never_return_as_heterogeneity_falls() -> None:
    order = [Stage.INHIBITION, Stage.SINGLE_BENEFIT, Stage.BIASED_BENEFIT, Stage.BALANCED_MUTUALISM]
    closure = draws(60)
    for reading in ("signs", "shares"):
        for k in range(60):
            path = [order.index(stage) for stage in member(closure, k).stage(V=np.linspace(4, 0, 400), reading=reading)]
            assert path == sorted(path)


def test_the_two_readings_differ_in_the_middle_stage_only() -> None:
    closure = Closure(s=1.2, c=0.3, omega=1)
    at = closure.thresholds
    assert closure.stage(phi=at.phi_c, reading="signs") is Stage.BIASED_BENEFIT
    assert closure.stage(phi=at.phi_c, reading="shares") is Stage.SINGLE_BENEFIT
    assert closure.stage(phi=0.6, reading="signs") is Stage.BALANCED_MUTUALISM
    assert closure.stage(phi=0.6, reading="shares") is Stage.BIASED_BENEFIT
    assert closure.stage(phi=0.9, reading="shares") is Stage.BALANCED_MUTUALISM


def test_simulated_gains_are_the_gains_of_the_closed_form() -> None:
    closure, rng = draws(12, 3), np.random.default_rng(5)
    for k, phi in enumerate(rng.uniform(0.1, 1, 12)):
        one = member(closure, k)
        path = simulate(Symbiosis.of(units=3), one.values(phi=phi), x0=rng.uniform(0.1, 1, 3), t=(0, 2000))
        assert np.allclose(path.x[:, -1] - 1, one.gains(phi=phi), atol=1e-6)


def test_too_much_synergy_runs_away() -> None:
    closure = Closure(s=2.2, c=0.1, omega=1)
    assert closure.mode(phi=1.0) is Mode.RUNAWAY
    assert np.all(np.isinf(closure.gains(phi=1.0)))
    assert REGIMES[int(regime_map(Symbiosis.of(units=2), closure.values(phi=1.0)))] == "unbounded growth"
    assert closure.stage(phi=1.0) is Stage.OUTSIDE


def test_one_way_transfer_never_reaches_the_follower() -> None:
    at = Closure(s=1.2, c=0.3, omega=0).thresholds
    assert (at.phi_c, at.V_c, at.phi_b, at.V_b) == (1, 0, 1, 0)
    assert stage_times(Closure(s=1.2, c=0.3, omega=0), V_start=2, mu=0.1).t_c == np.inf


def test_without_friction_everyone_gains_from_the_start() -> None:
    at = Closure(s=1.2, c=0, omega=1).thresholds
    assert (at.phi_0, at.phi_c) == (0, 0)
    assert at.V_c == np.inf


def test_stage_times_solve_the_decay_of_heterogeneity() -> None:
    closure = Closure(s=sp.Rational(6, 5), c=sp.Rational(3, 10), omega=1)
    times = stage_times(closure, V_start=2, mu=sp.Rational(1, 10))
    assert sp.simplify(2 * sp.exp(-times.t_c / 10) - sp.log(2)) == 0
    assert times.t_0 < times.t_c < times.t_b


def test_shares_of_the_closure_give_its_coefficients() -> None:
    closure, phi = Closure(s=1.2, c=0.3, omega=1, n=3), 0.7
    leader = 1 / 3 + (1 - phi) * 2 / 3
    alpha = shared_alpha((leader, (1 - leader) / 2, (1 - leader) / 2), s=1.2, c=0.3, phi=phi)
    assert np.allclose(alpha, closure.alpha(phi=phi), atol=1e-15)


def test_heterogeneity_weighs_the_two_variances() -> None:
    assert heterogeneity([0, 2], [1, 1], weight=1) == 1.0
    assert heterogeneity([[0, 2], [0, 4]], [1, 3], weight=0.25).tolist() == [1.0, 1.75]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"s": 0}, "s must be positive, got 0"),
        ({"s": [1, -2]}, r"s must be positive, got -2\.0"),
        ({"s": np.nan}, "s must be finite, got nan"),
        ({"s": np.inf}, "s must be finite, got inf"),
        ({"c": -0.1}, r"c must be at least 0, got -0\.1"),
        ({"c": 1}, "c must be below 1, got 1"),
        ({"omega": 1.1}, r"omega must be at most 1, got 1\.1"),
        ({"omega": -1}, "omega must be at least 0, got -1"),
        ({"epsilon": 0}, "epsilon must be above 0, got 0"),
        ({"epsilon": 1.0}, r"epsilon must be below 1, got 1\.0"),
        ({"n": 1}, "n must be at least 2, got 1"),
        ({"c": sp.Rational(3, 2)}, "c must be below 1, got 3/2"),
        ({"omega": sp.oo}, "omega must be real and finite, got oo"),
    ],
)
def test_parameters_out_of_range_are_refused_at_the_door(given: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Closure(**({"s": 1.2, "c": 0.3, "omega": 1} | given))


@pytest.mark.parametrize("given", [{"s": "1"}, {"c": True}, {"omega": 1j}, {"n": 2.5}, {"n": True}, {"s": None}])
def test_parameters_of_the_wrong_kind_are_refused_at_the_door(given: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="must be"):
        Closure(**({"s": 1.2, "c": 0.3, "omega": 1} | given))


def test_shapes_that_do_not_broadcast_are_refused() -> None:
    with pytest.raises(ValueError, match="broadcast"):
        Closure(s=[1, 1.1], c=[0.1, 0.2, 0.3], omega=1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda c: c.alpha(phi=0), "phi must be above 0, got 0"),
        (lambda c: c.gains(phi=1.2), r"phi must be at most 1, got 1\.2"),
        (lambda c: c.mode(), "give exactly one of phi and V"),
        (lambda c: c.mode(phi=0.5, V=1), "give exactly one of phi and V"),
        (lambda c: c.stage(V=-1), "V must be at least 0, got -1"),
        (lambda c: c.stage(V=np.nan), "V must be finite, got nan"),
        (lambda c: c.stage(V=1, reading="both"), "reading must be one of signs, shares, got 'both'"),
        (lambda c: stage_times(c, V_start=0, mu=1), "V_start must be positive, got 0"),
        (lambda c: stage_times(c, V_start=1, mu=-1), "mu must be positive, got -1"),
        (lambda _: shared_alpha((0.5, 0.6), s=1, c=0, phi=1), r"add up to 1, got \[0\.5, 0\.6\]"),
        (lambda _: shared_alpha((1.5, -0.5), s=1, c=0, phi=1), "must not be negative"),
        (lambda _: heterogeneity([1], [1]), "units >= 2"),
        (lambda _: heterogeneity([1, 2], [1, np.nan]), "must be finite"),
        (lambda _: heterogeneity([1, 2], [1, 2], weight=2), "weight must be at most 1, got 2"),
        (lambda _: Closure(s=letters.s, c=0, omega=1).mode(phi=0.5), "numbers are needed for the letters s"),
    ],
)
def test_arguments_out_of_range_are_refused(call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        call(Closure(s=1.2, c=0.3, omega=1))


def test_extreme_heterogeneity_is_inhibition_not_an_error() -> None:
    assert Closure(s=1.2, c=0.3, omega=1).mode(V=1e6) is Mode.INHIBITION
