"""Two regions that exchange people: exact decay, rests, thresholds, and where exchange drives them apart."""

import numpy as np
import pytest
import sympy as sp

from ecolib.paper.construction.drive import (
    TwoRegions,
    exchange_needed,
    fixation_index,
    letters,
    minimum_distance,
    residual_distance,
)


def random_regions(number, alike=False):
    rng = np.random.default_rng(7)
    sigma_A, sigma_B = rng.normal(0, 1.5, (2, number))
    m, nu, beta = 10 ** rng.uniform(-3, 0.5, (3, number))
    return TwoRegions(sigma_A, sigma_A if alike else sigma_B, m, nu, beta)


def one_of(many, k):
    return TwoRegions(*(getattr(many, name)[k] for name in ("sigma_A", "sigma_B", "m", "nu", "beta")))


def genes(shares):
    return np.stack([shares, 1 - shares], axis=-1)


def test_without_selection_distances_decay_at_the_exact_rate():
    pair = TwoRegions(0.0, 0.0, m=0.15, nu=0.06, beta=0.04)
    path = pair.path((0.9, 0.2), np.linspace(0, 10, 21))
    apart = path.x[0] - path.x[1]
    assert np.allclose(apart, 0.7 * np.exp(-(2 * 0.15 + 0.1) * path.t), rtol=1e-6)
    assert np.allclose(path.x.var(axis=0), 0.7**2 / 4 * np.exp(-float(pair.erosion) * path.t), rtol=1e-6)


def test_without_selection_and_miscopying_the_relative_distance_decays_at_four_times_exchange():
    path = TwoRegions(0.0, 0.0, m=0.15, nu=0.0, beta=0.0).path((0.9, 0.2), np.linspace(0, 10, 21))
    index = fixation_index(genes(path.x[0]), genes(path.x[1]))
    assert np.allclose(index, index[0] * np.exp(-0.6 * path.t), rtol=1e-6)


def test_both_regions_stand_still_at_the_rest():
    many = random_regions(400)
    p, q = np.moveaxis(many.rest, -1, 0)
    numbers = {letters.p: p, letters.q: q}
    for field in letters.REGIONS.field:
        arguments = [*numbers, letters.sigma_A, letters.sigma_B, letters.m, letters.nu, letters.beta]
        values = [*numbers.values(), many.sigma_A, many.sigma_B, many.m, many.nu, many.beta]
        assert np.allclose(sp.lambdify(arguments, field)(*values), 0, atol=1e-9)


def test_paths_from_far_apart_end_at_the_same_rest():
    many = random_regions(6)
    for k in range(6):
        pair = one_of(many, k)
        for start in ((0.02, 0.97), (0.9, 0.05)):
            assert np.allclose(pair.path(start, (0.0, 3e3)).x[:, -1], pair.rest, atol=1e-5)


def test_the_rest_is_the_only_one_by_counting_all():
    from ecolib.enumeration import enumerate_equilibria

    for k in range(4):
        pair = one_of(random_regions(4), k)
        names = ("sigma_A", "sigma_B", "m", "nu", "beta")
        found = enumerate_equilibria(
            letters.REGIONS, {getattr(letters, n): round(float(getattr(pair, n)), 6) for n in names}
        )
        inside = [x for x in found.x if np.all((x >= 0) & (x <= 1))]
        assert found.complete
        assert len(inside) == 1
        assert np.allclose(inside[0], pair.rest, atol=1e-4)


@pytest.mark.parametrize("kept", [(1, 1), (1, 0), (0, 1), (0, 0)], ids=("both ways", "lost", "restored", "faithful"))
def test_at_rest_more_exchange_never_means_more_distance_and_less_where_it_says_so(kept):
    rng = np.random.default_rng(3)
    sigma_A, sigma_B = rng.normal(0, 2, (2, 300, 1))
    nu, beta = 10 ** rng.uniform(-3, 0, (2, 300, 1)) * np.reshape(kept, (2, 1, 1))
    pairs = TwoRegions(sigma_A, sigma_B, np.append(0, np.geomspace(1e-3, 30, 40)), nu, beta)
    distance, strict = np.abs(pairs.distance), pairs.shortens_at_rest
    assert np.diff(distance, axis=1).max() < 1e-13
    assert np.all(np.diff(distance, axis=1)[strict[:, :-1]] < 0)
    assert np.array_equal(strict, distance > 0)
    assert strict.all() == (kept == (1, 1))


def test_more_exchange_shortens_with_miscopying_one_way_or_none():
    assert TwoRegions(2.0, -1.0, (0.0, 0.1, 0.5), 0.1, 0.0).shortens_at_rest.all()
    assert TwoRegions(1.0, -2.0, (0.0, 1.9, 2.0, 3.0), 0.0, 0.0).shortens_at_rest.tolist() == [True, True, False, False]
    assert not TwoRegions(1.0, 1.0, 0.1, 0.1, 0.1).shortens_at_rest
    assert not TwoRegions(-1.0, -2.0, 0.0, 0.1, 0.0).shortens_at_rest
    assert TwoRegions(1.0, -2.0, 2.0, 0.0, 0.0).rest.tolist() == [0, 0]
    assert TwoRegions(2.0, -1.0, 2.0, 0.0, 0.0).rest.tolist() == [1, 1]


def test_exchange_that_is_stronger_one_way_shortens_at_the_rate_of_the_formula():
    from scipy.optimize import fsolve

    def rest(m, back=0.3, sigma=(1.2, -0.7), nu=0.1, beta=0.05):
        def change(x):
            own = np.array(sigma) * x * (1 - x) - nu * x + beta * (1 - x)
            return own + m * np.array([1, back]) * (x[::-1] - x)

        return fsolve(change, (0.8, 0.2), xtol=1e-13)

    p, q = rest(0.4)
    a, b = (-(sigma * (1 - 2 * x) - 0.15) for sigma, x in ((1.2, p), (-0.7, q)))
    slope = -(p - q) * (b + 0.3 * a) / (a * b + 0.4 * (b + 0.3 * a))
    assert slope < 0
    assert (np.subtract(*rest(0.401)) - np.subtract(*rest(0.399))) / 0.002 == pytest.approx(slope, rel=1e-4)


def test_the_relative_distance_at_rest_falls_as_well_in_all_draws():
    rng = np.random.default_rng(3)
    sigma_A, sigma_B = rng.normal(0, 2, (2, 100, 1))
    nu, beta = 10 ** rng.uniform(-3, 0, (2, 100, 1))
    p, q = np.moveaxis(TwoRegions(sigma_A, sigma_B, np.geomspace(1e-2, 30, 20), nu, beta).rest, -1, 0)
    assert np.diff(fixation_index(genes(p), genes(q)), axis=1).max() < 1e-12


def test_equal_and_opposite_selection_has_the_closed_form():
    m = np.array([0.0, 0.1, 0.375, 2.0])
    for nu in (0.0, 0.2):
        pairs = TwoRegions(1.0, -1.0, m, nu, nu)
        assert np.allclose(pairs.distance, residual_distance(sigma=1.0, m=m, nu=nu), atol=1e-12)
    z = 2 * (m + 0.2) / 1.0
    assert np.allclose(residual_distance(sigma=1.0, m=m, nu=0.2), np.sqrt(1 + z**2) - z)


def test_the_exchange_needed_for_a_level_reaches_it():
    for level in (0.1, 0.5, 0.9):
        m = exchange_needed(sigma=2.0, level=level, nu=0.01)
        assert residual_distance(sigma=2.0, m=m, nu=0.01) == pytest.approx(level)
    assert exchange_needed(sigma=1.0, level=0.9, nu=5.0) == 0.0


def test_the_inflow_of_variance_balances_its_erosion_at_rest():
    pair = TwoRegions(0.8, -0.5, 0.1, 0.02, 0.05)
    p, q = pair.rest
    selection = 0.8 * p * (1 - p) + 0.5 * q * (1 - q)
    assert pair.inflow == pytest.approx((p - q) * selection / 2)


def test_a_local_gene_is_lost_exactly_from_its_limit_on():
    limit = float(TwoRegions(1.0, -2.0, 0.0, 0.0, 0.0).exchange_limit)
    assert limit == 2.0
    below, above = TwoRegions(1.0, -2.0, (limit - 0.05, limit + 0.05), 0.0, 0.0).rest
    assert below[0] > 0.01
    assert above.tolist() == [0, 0]
    assert TwoRegions((1.0, -1.0, 0.0), (3.0, -3.0, 1.0), 0.0, 0.0, 0.0).exchange_limit.tolist() == [0, 0, 0]
    small = TwoRegions(1e-50, -2e-50, 0.0, 0.0, 0.0).exchange_limit
    assert small == pytest.approx(2e-50, rel=1e-12, abs=0)
    assert TwoRegions(2.0, -1.0, limit + 0.05, 0.0, 0.0).rest == pytest.approx([1, 1])


def test_under_equal_selection_more_exchange_is_less_distance_at_every_time():
    rng, t = np.random.default_rng(5), np.linspace(0, 12, 49)
    for k in range(8):
        many, start = random_regions(8, alike=True), rng.uniform(0.02, 0.98, 2)
        pair = one_of(many, k)
        assert pair.shortens_always
        more = TwoRegions(pair.sigma_A, pair.sigma_B, pair.m + 0.1, pair.nu, pair.beta)
        less_apart, apart = (np.abs(np.diff(one.path(start, t).x, axis=0)[0]) for one in (more, pair))
        assert np.all(less_apart <= apart + 1e-6)


def test_exchange_brings_a_gene_that_a_region_lacked_and_drives_apart_for_good():
    t = np.linspace(0, 400, 161)
    alone, together = (TwoRegions(1.0, -0.2, m, 0.0, 0.0) for m in (0.0, 0.02))
    p, q = alone.path((0, 0.05), t).x
    assert np.all(p == 0)
    assert np.allclose(q, 1 / (1 + 19 * np.exp(0.2 * t)), rtol=1e-9, atol=0)
    assert np.abs(q - p)[-1] < 1e-30
    arrived = together.path((1e-12, 0.05), t).x
    assert arrived[:, -1] == pytest.approx(together.rest, abs=1e-6)
    assert together.distance > 0.8
    assert not together.shortens_always


def test_the_first_arrivals_make_no_difference():
    pair, t = TwoRegions(1.0, -0.2, 0.02, 0.0, 0.0), np.linspace(0, 30, 61)
    fewer, more = (pair.path((first, 0.05), t).x for first in (1e-14, 1e-9))
    assert np.allclose(fewer, more, atol=1e-5)


def test_where_the_gene_is_merely_rare_exchange_shortens_in_the_end():
    t = np.array([0.0, 15.0, 300.0])
    apart = [np.ptp(TwoRegions(1.0, -0.2, m, 0.0, 0.0).path((1e-12, 0.05), t).x, axis=0) for m in (0.0, 0.02)]
    assert apart[1][1] > 0.5 > 0.01 > apart[0][1]
    assert apart[1][2] < apart[0][2] - 0.1


def test_without_exchange_the_path_is_that_of_the_engine():
    pair, t = TwoRegions(1.0, -0.4, 0.0, 0.2, 0.05), np.linspace(3, 20, 18)
    engine = TwoRegions(1.0, -0.4, 1e-30, 0.2, 0.05)
    assert np.allclose(pair.path((0.3, 0.9), t).x, engine.path((0.3, 0.9), t).x, atol=1e-6)


def test_even_selection_of_one_sign_lets_exchange_drive_apart_if_it_differs():
    start, t = (1e-12, 0.05), np.linspace(0, 12, 25)
    apart = [np.abs(np.diff(TwoRegions(1.5, 0.1, m, 0.0, 0.0).path(start, t).x, axis=0)[0]) for m in (0.0, 0.02)]
    assert apart[1].max() > 4 * apart[0].max()
    assert not TwoRegions(1.5, 0.1, 0.02, 0.0, 0.0).shortens_always


def test_many_genes_without_selection_come_together_by_exchange_alone():
    from ecolib.paper.construction.drive import GenePool

    nu = np.array([[0, 0.1, 0.2], [0.3, 0, 0.1], [0.1, 0.2, 0]])
    pool, m, t = GenePool(f=(0, 0, 0), nu=nu), 0.2, np.array([0.0, 1.0, 3.0])
    x, y = np.array([0.7, 0.2, 0.1]), np.array([0.1, 0.3, 0.6])
    both = np.block([[pool.matrix - m * np.eye(3), m * np.eye(3)], [m * np.eye(3), pool.matrix - m * np.eye(3)]])
    from scipy.linalg import expm

    whole = np.array([expm(both * s) @ np.concatenate([x, y]) for s in t]).T
    assert np.allclose(whole[:3] - whole[3:], np.exp(-2 * m * t) * (pool.path(x, t) - pool.path(y, t)))


def test_distances_of_known_pools():
    assert minimum_distance((0.5, 0.5, 0), (0.5, 0, 0.5)) == pytest.approx(0.25)
    assert fixation_index((1, 0), (1, 0)) == 0
    assert fixation_index((0.5, 0.5, 0, 0), (0, 0, 0.5, 0.5)) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: TwoRegions(0.0, 0.0, 1.0, 0.0, 0.0).rest, "where shares rest depends on the start"),
        (lambda: TwoRegions(1.0, 0.0, 0.0, 0.0, 0.0).rest, "where shares rest depends on the start"),
        (lambda: TwoRegions(1.0, 1.0, -0.1, 0.0, 0.0), r"m must be at least 0, got -0\.1"),
        (lambda: TwoRegions(np.inf, 1.0, 0.1, 0.0, 0.0), "sigma_A must be finite"),
        (lambda: TwoRegions(1.0, 1.0, (0.1, 0.2), 0.0, 0.0).path((0.5, 0.5), (0, 1)), "a path has one set"),
        (lambda: TwoRegions(1.0, 1.0, 0.1, 0.0, 0.0).path((0.5, 1.5), (0, 1)), r"p0 must be at most 1, got 1\.5"),
        (lambda: TwoRegions(1.0, 1.0, 0.1, 0.0, 0.0).path((0.5, 0.5, 0.5), (0, 1)), r"p0 must have shape \(2,\)"),
        (lambda: TwoRegions(1.0, -1.0, 0.1, 0.0, 0.0).path((0, 0.5), (0, 1)), "p must start above 0"),
        (lambda: TwoRegions(1e200, 1.0, 0.1, 0.0, 0.0), "sigma_A must be 0 or of a size between"),
        (lambda: TwoRegions(1e-200, -2e-200, 0.0, 0.0, 0.0), "sigma_A must be 0 or of a size between"),
        (lambda: TwoRegions((1, 2), (1, 2, 3), 0, 0, 0), r"shapes must fit each other, got sigma_A \(2,\)"),
        (lambda: TwoRegions(0.0, 0.0, 0.0, 0.0, 0.0).shortens_at_rest, "where shares rest depends on the start"),
        (lambda: residual_distance(sigma=0.0, m=1.0), "sigma must be positive"),
        (lambda: residual_distance(sigma=1.0, m=1e200), "m must be 0 or of a size between"),
        (lambda: residual_distance(sigma=(1, 2), m=(1, 2, 3)), r"shapes must fit each other, got sigma \(2,\), m"),
        (lambda: exchange_needed(sigma=(1, 2), level=(0.1, 0.2, 0.3)), "shapes must fit each other"),
        (lambda: exchange_needed(sigma=1e308, level=0.5), "sigma must be 0 or of a size between"),
        (lambda: minimum_distance(np.full((2, 2), 0.5), np.full((3, 2), 0.5)), "shapes must fit each other, got x"),
        (lambda: exchange_needed(sigma=1.0, level=0.0), "level must be above 0 and below 1"),
        (lambda: minimum_distance((1, 0), (1, 0, 0)), "shares of the same genes, got 2 and 3"),
        (lambda: fixation_index((0.5, 0.4), (1, 0)), "x must add up to 1"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
