"""The reduced curve and its folds against exact algebra and an independent root finder."""

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from reduced_by_hand import independent_fold, model, plain

from ecolib.paper.evolution import Closure, letters
from ecolib.paper.evolution.feedback.reduced import ReducedCurve
from ecolib.paper.evolution.feedback.turning import folds, turning

STRONG = model(1.8, 0.5, 1)


def test_the_curve_is_the_product_of_the_gains_of_the_closure() -> None:
    rng = np.random.default_rng(1)
    for n in (2, 3, 6):
        closure = Closure(s=0.9, c=rng.uniform(0, 1), omega=rng.uniform(0, 1), n=n)
        V = rng.uniform(0.01, 3, 40)
        u = 1 + closure.gains(phi=np.exp(-V))
        pairs = np.mean([u[:, i] * u[:, j] for i in range(n) for j in range(i)], axis=0)
        assert np.allclose(ReducedCurve(closure)(V), pairs * V, rtol=1e-12)


@pytest.mark.parametrize("compatibility", ["exponential", "reciprocal"])
def test_derivatives_of_the_curve_are_those_of_the_plain_one(compatibility: str) -> None:
    curve = ReducedCurve(STRONG.closure, compatibility)
    with mp.workdps(30):
        for V in (0.05, 0.4, 2.0):
            wanted = mp.taylor(lambda x: plain(x, 1.8, 0.5, 1, compatibility == "reciprocal"), V, 3)
            for order, factor in enumerate((1, 1, 2, 6)):
                assert float(curve(V, order)) == pytest.approx(float(wanted[order]) * factor, rel=1e-9)


def test_the_printed_folds_are_found() -> None:
    lower, upper = folds(STRONG)
    assert (round(lower.V, 3), round(lower.F, 3), lower.least) == (0.075, 1.815, False)
    assert (round(upper.V, 3), round(upper.F, 3), upper.least) == (0.977, 0.906, True)


def test_folds_and_critical_transfer_agree_with_an_independent_root_finder() -> None:
    rng, checked = np.random.default_rng(2), 0
    while checked < 25:
        given = (rng.uniform(1.3, 1.99), rng.uniform(0, 0.97), rng.uniform(0.6, 1))
        for fold in folds(model(*given)):
            V, F = independent_fold(fold.V, given)
            assert np.allclose([fold.V, fold.F, fold.tau], [V, F, 1 / F], rtol=0, atol=1e-8)
            checked += 1


@pytest.mark.parametrize("compatibility", ["exponential", "reciprocal"])
def test_no_fold_is_missed(compatibility: str) -> None:
    rng, V = np.random.default_rng(3), np.geomspace(1e-5, 50, 10_001)
    for _ in range(120):
        n = int(rng.integers(2, 7))
        given = (rng.uniform(0.05, n / (n - 1)), rng.uniform(0, 0.99), rng.uniform(0, 1), n)
        feedback = model(*given, compatibility=compatibility)
        signs = np.sign(feedback.curve(V, 1))
        assert len(folds(feedback)) == np.count_nonzero(np.diff(signs))


def test_every_zero_of_the_polynomial_is_a_cut() -> None:
    s, c, omega = sp.Rational(17, 10), sp.Rational(2, 5), sp.Rational(4, 5)
    phi, at = letters.phi, {letters.s: s, letters.c: c, letters.omega: omega, letters.n: 2}
    N, R = ((1 + letters.a_1) * (1 + letters.a_i), letters.room)
    N, R = (sp.expand(f.xreplace(letters.in_terms_of_phi).subs(at)) for f in (N, R))
    P, Q = N * R, phi * (N.diff(phi) * R - 2 * N * R.diff(phi))
    K = sp.Poly(sp.expand(-(Q**2) - phi * (P.diff(phi) * Q - P * Q.diff(phi))), phi)
    exact = [float(root) for root in K.real_roots() if 0 < root < 1]
    cuts = turning(ReducedCurve(Closure(s=1.7, c=0.4, omega=0.8))).cuts
    assert exact
    assert all(np.abs(cuts - root).min() < 1e-9 for root in exact)


def test_a_heterogeneity_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="V must be at least 0, got -1"):
        STRONG.curve(-1)
