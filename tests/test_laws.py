"""Laws that hold for every parameter set."""

import itertools
from functools import cache

import numpy as np
import pytest
import sympy as sp
from draws import MODELS, batch, law, tenths, values
from hypothesis import assume, given
from hypothesis import strategies as st

from ecolib import (
    REGIMES,
    Stability,
    Values,
    eigenvalues,
    equilibria,
    mode,
    regime,
    regime_map,
    simulate,
    stable,
)
from ecolib.numeric import evaluate, steady_state

WIDE = st.floats(-6, 6).map(lambda power: 10.0**power)


def rescaled(numbers, r=1.0, K=1.0):
    return Values(r=numbers.r * r, K=numbers.K * K, alpha=numbers.alpha)


def permuted(numbers, order):
    return Values(r=numbers.r[order], K=numbers.K[order], alpha=numbers.alpha[np.ix_(order, order)])


@pytest.mark.parametrize("units", [2, 3, 4])
@law
@given(data=st.data())
def test_the_field_is_zero_at_every_equilibrium(units, data):
    numbers = data.draw(values(units))
    for point in equilibria(MODELS[units]):
        u = steady_state(point, numbers)
        assume(not np.isnan(u).any())
        size = numbers.r * numbers.K * np.abs(u) * (1 + np.abs(u) + np.abs(numbers.alpha) @ np.abs(u))
        field = evaluate(MODELS[units].field, MODELS[units], numbers, u * numbers.K)
        assert np.all(np.abs(field) <= 1e-9 * size.max())


@law
@given(numbers=values(3), order=st.permutations(range(3)))
def test_permuting_units_permutes_their_equilibria(numbers, order):
    by_support = {point.support: point for point in equilibria(MODELS[3])}
    for support, point in by_support.items():
        moved = by_support[tuple(sorted(order.index(i) for i in support))]
        assert np.allclose(
            steady_state(moved, permuted(numbers, order)),
            steady_state(point, numbers)[order],
            rtol=1e-6,
            equal_nan=True,
        )


@law
@given(numbers=values(3), order=st.permutations(range(3)))
def test_permuting_units_permutes_the_attractors_and_keeps_regime_and_mode(numbers, order):
    before, after = regime(MODELS[3], numbers), regime(MODELS[3], permuted(numbers, order))
    assert (before.name, before.unbounded, mode(numbers)) == (
        after.name,
        after.unbounded,
        mode(permuted(numbers, order)),
    )
    expected = sorted(tuple(np.array(x)[order].round(9)) for x in before.attractors)
    assert np.allclose(sorted(tuple(np.round(x, 9)) for x in after.attractors), expected, rtol=1e-6)


@law
@given(numbers=values(2, alpha=tenths.map(lambda a: a / 4)), scale=st.tuples(WIDE, WIDE))
def test_rescaling_capacities_rescales_outputs_only(numbers, scale):
    scale, t = np.array(scale), (0, 1, 5)
    other = rescaled(numbers, K=scale)
    before, after = regime(MODELS[2], numbers), regime(MODELS[2], other)
    assert (before.name, before.supports, mode(numbers)) == (after.name, after.supports, mode(other))
    assert np.allclose(np.array(before.attractors) * scale, after.attractors, rtol=1e-12)
    paths = [simulate(MODELS[2], v, x0=v.K * (0.5, 1.5), t=t).x / v.K[:, None] for v in (numbers, other)]
    assert np.allclose(*paths, rtol=1e-6, equal_nan=True)


@law
@given(numbers=values(3), factor=WIDE)
def test_a_common_factor_of_the_rates_scales_eigenvalues_and_leaves_the_regime(numbers, factor):
    faster = rescaled(numbers, r=factor)
    for point in equilibria(MODELS[3]):
        assert np.allclose(
            eigenvalues(point, faster),
            factor * eigenvalues(point, numbers),
            rtol=1e-6,
            atol=1e-9 * factor,
            equal_nan=True,
        )
    before, after = regime(MODELS[3], numbers), regime(MODELS[3], faster)
    assert (before.name, before.attractors, before.unbounded) == (after.name, after.attractors, after.unbounded)


@law
@given(numbers=values(2, alpha=tenths.map(lambda a: a / 4)), factor=WIDE)
def test_a_common_factor_of_the_rates_only_changes_the_time(numbers, factor):
    t = np.array((0, 1, 5))
    slow = simulate(MODELS[2], numbers, x0=numbers.K * (0.5, 1.5), t=t)
    fast = simulate(MODELS[2], rescaled(numbers, r=factor), x0=numbers.K * (0.5, 1.5), t=t / factor)
    assert slow.ended == fast.ended
    assert np.allclose(slow.x, fast.x, rtol=1e-6, equal_nan=True)


def verdict(kind):
    return kind if kind in (Stability.UNDECIDED, Stability.INFEASIBLE) else bool(kind)


@law
@given(numbers=values(2), rates=st.tuples(WIDE, WIDE))
def test_stability_of_two_units_does_not_depend_on_their_rates(numbers, rates):
    other = Values(r=rates, K=numbers.K, alpha=numbers.alpha)
    for point in equilibria(MODELS[2]):
        assert verdict(stable(point, numbers)) == verdict(stable(point, other))
    assert regime(MODELS[2], numbers).name == regime(MODELS[2], other).name


@law
@given(numbers=values(3), unit=st.integers(0, 2))
def test_the_invasion_rate_is_zero_where_exclusion_meets_coexistence(numbers, unit):
    rest = tuple(i for i in range(3) if i != unit)
    by_support = {point.support: point for point in equilibria(MODELS[3])}
    u = steady_state(by_support[rest], numbers)
    assume(np.all(u[list(rest)] > 0.05))
    alpha = numbers.alpha.copy()
    alpha[unit, rest[0]] = -(1 + alpha[unit, rest[1]] * u[rest[1]]) / u[rest[0]]
    meeting = Values(r=numbers.r, K=numbers.K, alpha=alpha)
    together = steady_state(by_support[0, 1, 2], meeting)
    assume(not np.isnan(together).any())
    assert abs(eigenvalues(by_support[rest], meeting)[-1]) < 1e-9 * (1 + np.abs(alpha[unit]) @ u) * numbers.r[unit]
    assert np.allclose(together, u, atol=1e-6 * (1 + np.abs(alpha).max()) ** 3)
    assert not stable(by_support[rest], meeting)


@law
@given(numbers=values(2))
def test_with_two_units_the_gain_has_the_sign_of_the_coefficient(numbers):
    assume(stable(equilibria(MODELS[2])[-1], numbers))
    gains = steady_state(equilibria(MODELS[2])[-1], numbers) - 1
    assert np.sign(np.where(np.abs(gains) < 1e-12, 0, gains)).tolist() == [
        np.sign(numbers.alpha[0, 1]),
        np.sign(numbers.alpha[1, 0]),
    ]


def test_with_three_units_a_unit_may_lose_by_direct_effects_that_help():
    """Exact: the direct effects on the first unit sum to +13/64, and its gain is -1/2."""
    A = sp.Matrix([[0, sp.Rational(-47, 64), sp.Rational(15, 16)], [0, 0, 0], [0, sp.Rational(-3, 4), 0]])
    *_, together = equilibria(MODELS[3])
    numbers = {letter: A[i, j] for i, j in itertools.permutations(range(3), 2) for letter in [MODELS[3].alpha[i, j]]}
    numbers |= dict.fromkeys(MODELS[3].r, 1)
    assert [u.subs(numbers) for u in together.saturation] == [sp.Rational(1, 2), 1, sp.Rational(1, 4)]
    assert (sum(A[0, :]), together.gain[0].subs(numbers)) == (sp.Rational(13, 64), sp.Rational(-1, 2))
    assert (stable(together) & together.feasible).subs(numbers) == sp.true


@law
@given(numbers=values(3, alpha=st.floats(0, 0.6)))
def test_help_without_bound_is_the_spectral_radius_of_help(numbers):
    """Non-negative coefficients: coexistence attracts when their spectral radius is below one, else all grow."""
    radius = np.abs(np.linalg.eigvals(numbers.alpha)).max()
    assume(abs(radius - 1) > 0.01)
    assert regime(MODELS[3], numbers).name == ("coexistence" if radius < 1 else "unbounded growth")


@law
@given(numbers=values(3, alpha=st.floats(-0.45, 0.45)))
def test_weak_interaction_leaves_everybody_alive(numbers):
    """Row sums below one make the interaction diagonally dominant; below a half no start is lost."""
    assume(np.abs(numbers.alpha).sum(axis=1).max() < 0.5)
    assert regime(MODELS[3], numbers).name == "coexistence"


MARGIN = 0.05


@cache
def draws_far_from_transitions(units):
    """Seeded draws whose regime stays the same when every coefficient moves by up to the margin, in 12 random ways."""
    rng = np.random.default_rng(units)
    draws = batch(rng, 2500, units, low=-3, high=2.5)
    codes = regime_map(MODELS[units], draws)
    same = np.ones(codes.shape, dtype=bool)
    for _ in range(12):
        shift = rng.uniform(-MARGIN, MARGIN, draws.alpha.shape) * (1 - np.eye(units))
        same &= regime_map(MODELS[units], Values(r=draws.r, K=draws.K, alpha=draws.alpha + shift)) == codes
    return draws, np.where(same, codes, -1)


def drawn(units, name, count=5):
    """The first so many draws of a regime."""
    draws, codes = draws_far_from_transitions(units)
    found = [draws[k] for k in np.flatnonzero(codes == REGIMES.index(name))[:count]]
    assert len(found) == count
    return found


CASES = [(2, name) for name in REGIMES[:4]] + [(3, name) for name in REGIMES[:5]]


@pytest.mark.parametrize(("units", "name"), CASES)
def test_the_predicted_regime_is_the_simulated_one(units, name):
    rng = np.random.default_rng(7)
    for numbers in drawn(units, name):
        found = regime(MODELS[units], numbers)
        t = np.array((0, 1000, 1010, 1020, 1030, 1040, 1050)) / numbers.r.min()
        for _ in range(2):
            x0 = numbers.K * rng.uniform(0.05, 1.5, units)
            path = simulate(MODELS[units], numbers, x0=x0, t=t, rtol=1e-7)
            assert outcome(units, numbers, path) in possible(found, numbers)


def possible(found, numbers):
    ends = {tuple(np.round(np.array(x) / numbers.K, 3)) for x in found.attractors}
    return ends | ({"escaped"} if found.unbounded else set()) or {"moving"}


def outcome(units, numbers, path):
    """Where a path ends: at a state, at infinity, or not at all (some unit still grows per head, now and then)."""
    if path.ended != "finished":
        return path.ended
    growth = evaluate(MODELS[units].growth, MODELS[units], numbers, path.x.T[1:])
    return "moving" if growth.max() > 1e-3 * numbers.r.min() else tuple(np.round(path.x[:, -1] / numbers.K, 3) + 0.0)


@pytest.mark.parametrize("units", [2, 3])
def test_every_attractor_of_a_bistable_set_is_reached_from_nearby(units):
    for numbers in drawn(units, "bistability"):
        found = regime(MODELS[units], numbers)
        for x in np.array(found.attractors):
            x0 = np.where(x > 0, x, 1e-6 * numbers.K)
            path = simulate(MODELS[units], numbers, x0=x0, t=(0, 1000 / numbers.r.min()), rtol=1e-7)
            assert np.allclose(path.x[:, -1], x, atol=1e-3 * numbers.K.max())


def test_a_unit_that_starts_at_its_share_stays_there():
    numbers = Values(r=(0.7, 2.0), K=(3, 5), alpha=((0, 0.5), (-0.5, 0)))
    (x,) = regime(MODELS[2], numbers).attractors
    path = simulate(MODELS[2], numbers, x0=x, t=(0, 100))
    assert np.allclose(path.x[:, 1], x, rtol=1e-9)
