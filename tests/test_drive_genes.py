"""Innovation genes in one region: exact paths against the engine, rests, loads, thresholds, recombination."""

import mpmath as mp
import numpy as np
import pytest
import sympy as sp

from ecolib import simulate
from ecolib.paper.construction.drive import Combinations, GenePool, TwoGenes, association, letters

RNG_SEED = 20


def random_pools(number, genes=4):
    rng = np.random.default_rng(RNG_SEED)
    for _ in range(number):
        nu = rng.exponential(0.3, (genes, genes)) * (rng.random((genes, genes)) < 0.7)
        yield GenePool(f=rng.normal(size=genes), nu=nu * (1 - np.eye(genes))), rng.dirichlet(np.ones(genes))


def test_exact_paths_are_those_of_the_engine():
    for pool, start in random_pools(12):
        system, numbers = pool.stated()
        path = simulate(system, numbers, x0=start, t=np.linspace(0, 8, 17), rtol=1e-10)
        assert np.allclose(pool.path(start, path.t), path.x, atol=1e-7)


def test_two_genes_without_miscopying_follow_the_logistic_curve():
    t = np.linspace(0, 6, 13)
    assert np.allclose(GenePool(f=(0.7, 0)).path((0.1, 0.9), t)[0], 1 / (1 + 9 * np.exp(-0.7 * t)), rtol=1e-12)


def test_long_paths_end_at_the_rest_and_do_not_overflow():
    for pool, start in random_pools(12):
        assert np.allclose(pool.path(start, [400.0])[:, 0], pool.rest, atol=1e-6)
    assert GenePool(f=(500, 0)).path((0, 1), [1e3]).ravel().tolist() == [0, 1]
    assert GenePool(f=(500, 499)).path((0.5, 0.5), [1e3]).ravel().tolist() == [1, 0]


def test_the_mean_copying_rate_changes_by_variance_and_miscopying():
    for pool, start in random_pools(12):
        step = 1e-6
        ahead, behind = (pool.f @ pool.path(start, [1 + s])[:, 0] for s in (step, -step))
        assert sum(pool.fitness_change(pool.path(start, [1.0])[:, 0])) == pytest.approx(
            (ahead - behind) / (2 * step), abs=1e-7
        )


def test_without_miscopying_the_change_is_the_variance_for_any_number_of_genes():
    system, f, rates = letters.genes(5)
    plain = dict.fromkeys([rate for rate in rates if rate != 0], 0)
    rise = sum(a * b.subs(plain) for a, b in zip(f, system.field, strict=True))
    mean = sum(a * b for a, b in zip(f, system.x, strict=True))
    variance = sum(p * a**2 for a, p in zip(f, system.x, strict=True)) - mean**2
    assert sp.expand(rise - variance) == 0


def test_shares_stay_shares_in_letters():
    system, _, _ = letters.genes(4)
    total, mean = sum(system.x), sum(f * p for f, p in zip(letters.genes(4)[1], system.x, strict=True))
    assert sp.expand(sum(system.field) - mean * (1 - total)) == 0
    mixed, f, _ = letters.combinations()
    mean = sum(a * b for a, b in zip(f, mixed.x, strict=True))
    assert sp.expand(sum(mixed.field) - mean * (1 - sum(mixed.x))) == 0


def test_the_load_lies_between_nothing_and_the_loss_of_the_best():
    for pool, _ in random_pools(60):
        best = pool.f.argmax()
        assert -1e-12 <= pool.load <= pool.nu[:, best].sum() + 1e-12
        assert pool.growth == pytest.approx(pool.f @ pool.rest)


def test_the_best_of_many_genes_is_lost_exactly_at_its_threshold():
    nu = np.zeros((5, 5))
    nu[1:, 0] = 0.25
    below, above = (GenePool(f=(gain, 0, 0, 0, -1), nu=nu) for gain in (1.01, 0.99))
    assert below.survives(0)
    assert below.rest[0] == pytest.approx(1 / (1 + 3 * 0.25 / 0.01 + 0.25 / 1.01))
    assert not above.survives(0)
    assert above.growth == pytest.approx(0)
    with pytest.raises(ValueError, match="whether this one survives depends on the start"):
        above.survives(1)


def test_a_gene_that_the_winner_turns_into_survives_with_it():
    pool = GenePool(f=(1, 0, 0), nu=((0, 0, 0), (0.1, 0, 0), (0, 0, 0)))
    assert [pool.survives(gene) for gene in range(3)] == [True, True, False]


def test_groups_that_grow_equally_fast_are_tied_whatever_rounding_says():
    rng = np.random.default_rng(RNG_SEED)
    block, f = rng.exponential(size=(5, 5)) * (1 - np.eye(5)), rng.normal(size=5)
    order = rng.permutation(5)
    nu = np.zeros((10, 10))
    nu[:5, :5], nu[5:, 5:] = block, block[np.ix_(order, order)]
    pool = GenePool(f=np.append(f, f[order] + 1e-12), nu=nu)
    rates = [np.linalg.eigvals(pool.matrix[part, part]).real.max() for part in (slice(5), slice(5, 10))]
    assert rates[0] != rates[1]
    with pytest.raises(ValueError, match="grow equally fast, up to 1e-09 of the largest rate"):
        _ = pool.rest


def test_at_the_threshold_itself_the_good_gene_is_lost():
    pool = GenePool(f=(1, 0), nu=((0, 0), (1, 0)))
    assert not pool.survives(0)
    assert pool.rest.tolist() == [0, 1]
    assert TwoGenes(1.0, 1.0, 0.0).lost


def test_two_genes_rest_where_the_quadratic_says():
    rng = np.random.default_rng(RNG_SEED)
    sigma, nu, beta = rng.exponential(size=(3, 200))
    pair = TwoGenes(sigma, nu, beta)
    assert np.allclose(sigma * pair.rest * (1 - pair.rest) - nu * pair.rest + beta * (1 - pair.rest), 0, atol=1e-12)
    for k in range(5):
        pool = GenePool(f=(sigma[k], 0), nu=((0, beta[k]), (nu[k], 0)))
        assert (pair.rest[k], pair.load[k]) == pytest.approx((pool.rest[0], pool.load))


def test_the_formula_of_the_rest_solves_its_equation_in_letters():
    numbers = {letters.sigma: sp.Rational(3, 2), letters.nu: sp.Rational(2, 3), letters.beta: sp.Rational(1, 5)}
    excess = letters.sigma - letters.nu - letters.beta
    good, rare, other = (
        form.subs(letters.excess, excess).subs(numbers)
        for form in (letters.rest_share, letters.rest_share_of_rare, letters.other_share)
    )
    assert sp.simplify(letters.change.subs(numbers).subs(letters.p, good)) == 0
    assert sp.simplify(good - rare) == sp.simplify(good + other - 1) == 0


def test_the_rest_of_two_genes_loses_no_digits():
    rng = np.random.default_rng(RNG_SEED)
    sigma, nu, beta = 10 ** rng.uniform(-6, 6, (3, 300))
    close = sigma[:100] * (1 - 10 ** rng.uniform(-14, 0, 100)), 10 ** rng.uniform(-30, 0, 100)
    nu[:100], beta[:100] = close
    pair = TwoGenes(sigma, nu, beta)
    with mp.workdps(80):
        for k in range(300):
            s, n, b = (mp.mpf(float(one[k])) for one in (sigma, nu, beta))
            good = (s - n - b + mp.sqrt((s - n - b) ** 2 + 4 * s * b)) / (2 * s)
            assert abs(pair.rest[k] / good - 1) < 1e-12
            assert abs(pair.load[k] / (s * (1 - good)) - 1) < 1e-12


def test_no_share_is_negative_where_the_good_gene_is_lost():
    rng = np.random.default_rng(RNG_SEED)
    sigma = rng.exponential(size=5000)
    pair = TwoGenes(sigma, sigma * (1 + 10 ** rng.uniform(-16, 0, 5000)), 0.0)
    assert np.all(pair.rest == 0)
    assert np.all(pair.lost)
    assert not TwoGenes(1.0, 2.0, 0.1).lost


def test_limits_of_the_two_genes_are_exact():
    assert TwoGenes(2.0, 0.5, 0.0).rest == 0.75
    assert TwoGenes(0.0, 0.3, 0.1).rest == pytest.approx(0.25)
    assert TwoGenes(1.0, (1.0, 2.0), 0.0).rest.tolist() == [0, 0]
    assert TwoGenes(1.0, 1e-12, 0.0).load == pytest.approx(1e-12, rel=1e-3)


def test_survival_beyond_a_level_is_decided_by_the_limit_of_miscopying():
    rng = np.random.default_rng(RNG_SEED)
    sigma, nu, beta, level = rng.exponential(size=(4, 500))
    level = level / (1 + level)
    pair = TwoGenes(sigma, nu, beta)
    assert np.array_equal(pair.survives(level), pair.rest > level)
    assert 50 < pair.survives(level).sum() < 450


def test_miscopying_can_lower_the_mean_copying_rate_all_the_way():
    pool = GenePool(f=(1, 0), nu=((0, 0.05), (0.3, 0)))
    means = pool.f @ pool.path((0.999, 0.001), np.linspace(0, 40, 81))
    assert np.all(np.diff(means) < 1e-15)
    assert means[-1] < 0.8


def test_without_selection_association_decays_at_the_rate_of_recombination():
    mix = Combinations(f=(0, 0, 0, 0), chi=0.4)
    path = mix.path((0.4, 0.2, 0.1, 0.3), np.linspace(0, 5, 11))
    assert np.allclose(association(path.x.T), 0.1 * np.exp(-0.4 * path.t), rtol=1e-6)
    assert np.allclose(path.x[0] + path.x[1], 0.6, atol=1e-7)


def test_recombination_makes_what_nobody_had():
    start, t = (1e-12, 0.5 - 1e-12, 0.5 - 1e-12, 1e-12), np.linspace(0, 30, 61)
    without, with_it = (Combinations(f=(2, 1, 1, 0), chi=chi).path(start, t).x[0] for chi in (0.0, 0.5))
    assert without[20] < 1e-7
    assert with_it[20] > 0.9


@pytest.mark.parametrize(("chi", "spreads"), [(0.7, True), (0.8, False)])
def test_a_good_combination_spreads_exactly_if_its_advantage_exceeds_recombination(chi, spreads):
    mix = Combinations(f=(1, 0, 0, 0.25), chi=chi)
    rare = mix.path((1e-5, 1e-9, 1e-9, 1 - 1e-5 - 2e-9), (0.0, 40.0)).x[0]
    assert mix.spreads == spreads == (rare[-1] > rare[0])


@pytest.mark.parametrize(
    ("f", "chi"),
    [((2, 1, 1, 0), 2.5), ((1, -1, 0, 0), 1.5), ((1, 0, -1, 0), 1.5), ((1, -1, -1, 0), 1.0), ((1, 0.5, 0.5, 0), 1.0)],
)
def test_where_few_firms_do_not_decide_no_answer_is_given(f, chi):
    with pytest.raises(ValueError, match="undecided: the advantage of AB"):
        _ = Combinations(f=f, chi=chi).spreads


def test_good_forms_that_add_up_spread_against_strong_recombination():
    path = Combinations(f=(2, 1, 1, 0), chi=2.5).path((1e-5, 1e-9, 1e-9, 1 - 1e-5 - 2e-9), (0.0, 40.0))
    assert path.x[0, -1] > 0.9


def test_recombination_lowers_the_mean_where_it_breaks_up_what_fits():
    mix, start = Combinations(f=(1, 0, 0, 1), chi=0.5), (0.5 - 1e-9, 1e-9, 1e-9, 0.5 - 1e-9)
    path = mix.path(start, (0.0, 1e-3))
    gained, broken = mix.fitness_change(start)
    assert broken == pytest.approx(-0.25)
    assert np.diff(np.array(mix.f) @ path.x)[0] / 1e-3 == pytest.approx(gained + broken, rel=1e-2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: GenePool(f=()), r"f must have shape \(genes,\)"),
        (lambda: GenePool(f=(1, np.nan)), "f must be finite, got nan"),
        (lambda: GenePool(f=(1, 0), nu=((0, -1), (0, 0))), r"nu must be at least 0, got -1\.0"),
        (lambda: GenePool(f=(1, 0), nu=((1, 0), (0, 0))), "nu must be zero on the diagonal"),
        (lambda: GenePool(f=(1, 0), nu=(0, 1)), r"nu must have shape \(2, 2\)"),
        (lambda: GenePool(f=(1, 0)).path((0.5, 0.6), [0]), r"p0 must add up to 1, got 1\.1"),
        (lambda: GenePool(f=(1, 0)).path((0.5, 0.5), [-1]), "t must be at least 0"),
        (lambda: GenePool(f=(1, 1)).rest, "where shares rest depends on the start"),
        (lambda: GenePool(f=(1, 0)).survives(2), "gene must be at most 1, got 2"),
        (lambda: GenePool(f=(1, 0)).survives(-1), "gene must be at least 0, got -1"),
        (lambda: GenePool(f=(2e-10, 0, -1)).rest, "up to 1e-09 of the largest rate"),
        (lambda: GenePool(f=(1, 0)).path((0.5, 0.5), [1e300]), r"t must be at most 1e\+09 over the largest rate"),
        (lambda: GenePool(f=(1e300, 0)), "f must be 0 or of a size between 1e-60 and 1e"),
        (lambda: TwoGenes(1e200, 1.0, 1.0), "sigma must be 0 or of a size between"),
        (lambda: TwoGenes(1.0, 1e-320, 0.0), "nu must be 0 or of a size between"),
        (lambda: TwoGenes((1, 2), (1, 2, 3), 0), r"shapes must fit each other, got sigma \(2,\), nu \(3,\)"),
        (lambda: TwoGenes((1, 2), 1, 1).survives((0.1, 0.2, 0.3)), "shapes must fit each other"),
        (lambda: Combinations(f=(1, 0, 0, 0), chi=(1, 2)), r"chi must be one number, got shape \(2,\)"),
        (lambda: TwoGenes(0.0, 0.0, 0.0), "must not all be 0"),
        (lambda: TwoGenes(-1.0, 0.0, 0.0), r"sigma must be at least 0, got -1\.0"),
        (lambda: TwoGenes(1.0, 0.0, 0.0).survives(1.0), "level must be above 0 and below 1"),
        (lambda: Combinations(f=(1, 2), chi=0), r"f must have shape \(4,\)"),
        (lambda: Combinations(f=(1, 0, 0, 0), chi=-0.1), "chi must be at least 0"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_text_is_refused():
    with pytest.raises(TypeError, match="sigma must be an array of real numbers"):
        TwoGenes("much", 0.0, 0.0)


@pytest.mark.parametrize("gene", [True, 0.0, "a", None])
def test_a_gene_is_named_by_an_integer(gene):
    with pytest.raises(TypeError, match="gene must be an integer"):
        GenePool(f=(1, 0)).survives(gene)
