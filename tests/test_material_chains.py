"""Comparative advantage: the closed form is the linear programme, nobody loses, one-way relocation gains nothing."""

import numpy as np
import pytest
import sympy as sp

from ecolib.paper.construction.material import Chain, allocate
from ecolib.paper.construction.material.theorems import MATERIAL

EVEN = Chain(T=((1, 2), (2, 1)), L=(3, 3))
"""Each region is twice as good at one of two stages: 1 + 1 chains alone, 3 together."""


def chains(many, seed=1):
    """Random chains of one to seven stages, with regions of very different size."""
    rng = np.random.default_rng(seed)
    for _ in range(many):
        stages = int(rng.integers(1, 8))
        yield Chain(T=np.exp(rng.normal(size=(2, stages))), L=np.exp(2 * rng.normal(size=2)))


def test_the_textbook_case_is_exact():
    assert EVEN.alone.tolist() == [1, 1]
    assert EVEN.together == pytest.approx(3, rel=1e-12)
    assert np.allclose(EVEN.division, [1.5, 1.5])
    assert np.allclose(allocate(EVEN).amounts, [[3, 0], [0, 3]])


def test_the_closed_form_is_the_optimum_of_the_linear_programme():
    for chain in chains(150):
        best = allocate(chain)
        assert best.chains == pytest.approx(chain.together, rel=1e-9)
        assert np.allclose(best.shadow_prices, chain.shadow_prices, rtol=1e-7)
        assert best.stage_prices.sum() == pytest.approx(1)
        assert np.all(best.stage_prices <= (best.shadow_prices[:, None] * chain.T).min(axis=0) * (1 + 1e-9))


def test_at_most_one_stage_is_made_in_both_regions_and_stages_are_sorted_by_ratio():
    for chain in chains(100, seed=2):
        best = allocate(chain)
        assert best.shared <= 1
        made_in_A = best.amounts[0] > 1e-9 * best.chains
        order = np.argsort(chain.ratios)
        assert np.all(np.diff(made_in_A[order].astype(int)) <= 0)


def test_a_division_by_shadow_prices_leaves_nobody_worse_and_adds_up():
    for chain in chains(100, seed=3):
        assert np.all(chain.division >= chain.alone * (1 - 1e-12))
        assert chain.division.sum() == pytest.approx(chain.together)
        more = chain.division > chain.alone * (1 + 1e-9)
        assert more.tolist() == list(chain.gains)


def test_both_together_make_more_exactly_when_ratios_differ():
    for chain in chains(100, seed=4):
        assert (chain.together > chain.alone.sum() * (1 + 1e-10)) == (not chain.alike)
    alike = Chain(T=((1, 2, 3), (4, 8, 12)), L=(5, 7))
    assert alike.alike
    assert alike.together == pytest.approx(alike.alone.sum(), rel=1e-12)
    assert alike.gains == (False, False)


def test_with_two_stages_the_whole_gain_goes_to_the_region_that_gives_up_a_stage():
    assert Chain(T=EVEN.T, L=(3, 2)).gains == (False, True)
    assert Chain(T=EVEN.T, L=(2, 3)).gains == (True, False)
    assert Chain(T=((1, 2, 4), (4, 2, 1)), L=(3, 3)).gains == (True, True)


def test_shadow_prices_are_what_one_more_unit_of_resources_adds():
    chain = Chain(T=((1, 2, 4), (4, 2.5, 1)), L=(3, 3.1))
    for region in (0, 1):
        step = 1e-6 * np.eye(2)[region]
        slope = (Chain(chain.T, chain.L + step).together - Chain(chain.T, chain.L - step).together) / 2e-6
        assert slope == pytest.approx(chain.shadow_prices[region], rel=1e-6)


def test_one_way_relocation_is_the_programme_in_which_the_host_keeps_its_chains():
    rng = np.random.default_rng(5)
    for chain in chains(100, seed=5):
        idle = float(rng.choice([0, 0.3, 1]) * rng.random() * chain.L[1])
        assert chain.one_way(idle) == pytest.approx(allocate(chain, idle=idle).chains, rel=1e-8)
        assert chain.alone.sum() <= chain.one_way(idle) * (1 + 1e-12) <= chain.together * (1 + 1e-11)


def test_without_idle_resources_one_way_relocation_gains_nothing():
    for chain in chains(50, seed=6):
        assert chain.one_way(0.0) == pytest.approx(chain.alone.sum(), rel=1e-12)


def test_two_way_relocation_is_better_exactly_while_idle_resources_are_too_few():
    seen = 0
    for chain in chains(200, seed=7):
        needed = chain.idle_needed
        if not chain.alike:
            seen += needed < chain.L[1]
            assert chain.one_way(min(1.001 * needed, chain.L[1])) == pytest.approx(chain.together, rel=1e-10)
            assert chain.one_way(0.99 * needed) < chain.together * (1 - 1e-9)
    assert seen > 20


def test_at_a_kink_every_shadow_price_between_the_one_sided_values_serves():
    kink = Chain(T=((1, 2), (6, 3)), L=(6, 18))
    right, left = ([(Chain(kink.T, kink.L + step * e).together - kink.together) / step for e in np.eye(2)]
                   for step in (1e-6, -1e-6))  # fmt: skip
    assert np.dot(right, kink.L) < kink.together * 0.9
    for prices in (kink.shadow_prices, allocate(kink).shadow_prices):
        assert np.all(prices >= np.array(right) - 1e-6)
        assert np.all(prices <= np.array(left) + 1e-6)
        assert prices @ kink.L == pytest.approx(kink.together)
    low, high = kink.price_ratios
    assert (low, high) == pytest.approx((1 / 6, 2 / 3))
    assert kink.shadow_prices[1] / kink.shadow_prices[0] == pytest.approx(1 / 3)
    assert min(abs(np.divide(*allocate(kink).shadow_prices[::-1]) - np.array([low, high]))) < 1e-9


def test_small_amounts_of_a_shared_stage_count_and_nearly_equal_ratios_are_equal():
    shared = allocate(Chain(T=((1, 2), (2, 1)), L=(3, 3.01)))
    assert shared.shared == 1
    assert 0 < shared.amounts.min(axis=0).max() < 0.1 * shared.chains
    assert not Chain(T=((1, 1), (1, 1 + 1e-9)), L=(1, 1)).alike
    rounded = Chain(T=((0.1, 0.3), (0.1 * 3, 0.3 * 3)), L=(1, 1))
    assert np.ptp(rounded.ratios) > 0
    assert rounded.alike
    assert rounded.idle_needed == 0


def test_the_price_ratios_of_a_kink_are_found_in_spite_of_rounding():
    for A, B, all_of_it in np.random.default_rng(1).uniform(0.1, 10, (50, 3)):
        kink = Chain(T=np.array(((1, 2), (6, 3))) * ((A,), (B,)), L=(6 * A * all_of_it, 18 * B * all_of_it))
        assert kink.price_ratios == pytest.approx((A / B / 6, A / B * 2 / 3))
        assert kink.gains == (True, True)


def test_the_least_that_shadow_prices_leave_a_region_is_attained():
    """No smaller bound than what it makes alone is meant."""
    claim = MATERIAL["chain_no_loss"].claim
    L_A, w_A, A_1, A_2 = (
        next(s for s in claim.free_symbols if s.name == name) for name in ("L_A", "w_A", "A_1", "A_2")
    )
    assert sp.simplify((claim.lhs - claim.rhs).subs(w_A, 1 / (A_1 + A_2))) == 0
    assert L_A in claim.free_symbols


@pytest.mark.parametrize(
    ("T", "L", "words"),
    [
        (((1, 2), (0, 1)), (1, 1), "T must be positive and finite, got 0.0"),
        (((1, 2), (np.nan, 1)), (1, 1), "T must be positive and finite, got nan"),
        (((1, 2),), (1, 1), r"T must have shape \(2, any\), got \(1, 2\)"),
        (((1, 2), (1, 1)), (1, np.inf), "L must be positive and finite, got inf"),
        (((1, 2), (1, 1)), 1, r"L must have shape \(2\), got \(\)"),
    ],
)
def test_chains_that_make_no_sense_are_refused(T, L, words):
    with pytest.raises(ValueError, match=words):
        Chain(T=T, L=L)


def test_idle_resources_are_part_of_those_of_the_host():
    for call in (EVEN.one_way, lambda idle: allocate(EVEN, idle=idle)):
        with pytest.raises(ValueError, match=r"idle must be at most 3, got 4\.0"):
            call(4)
        with pytest.raises(ValueError, match=r"idle must be at least 0 and finite, got -1\.0"):
            call(-1)
    with pytest.raises(TypeError, match="chain must be a Chain, got tuple"):
        allocate(((1, 2), (2, 1)))
    with pytest.raises(TypeError, match="T must be an array of real numbers"):
        Chain(T="high", L=(1, 1))
