import numpy as np
import pytest
from draws import MODELS, batch

from ecolib import Values, equilibria, simulate
from ecolib.escape import escapes

TWO, THREE = MODELS[2], MODELS[3]


def values(alpha, r=None):
    n = len(alpha)
    return Values(r=np.ones(n) if r is None else r, K=np.ones(n), alpha=alpha)


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [(2, 2, True), (2, 0.6, True), (2, 0.4, False), (1, 1, True), (-2, -2, False), (3, -1, False), (0, 0, False)],
)
def test_two_units_escape_together_when_their_help_outweighs_their_limits(a, b, answer):
    _, first, second, both = equilibria(TWO)
    found = [bool(escapes(point, values(((0, a), (b, 0))))) for point in (first, second, both)]
    assert found == [False, False, answer]


@pytest.mark.parametrize("r", [(1, 1, 1), (1, 5, 0.1), (1e-3, 1, 1e3)])
def test_a_third_unit_that_is_harmed_is_left_behind(r):
    harmed = values(((0, 2, 0), (2, 0, 0), (-1, -1, 0)), r=r)
    found = {point.support: bool(escapes(point, harmed)) for point in equilibria(THREE)[1:]}
    assert [support for support, answer in found.items() if answer] == [(0, 1)]


@pytest.mark.parametrize("r", [(1, 1, 1), (1e-3, 1, 1e3)])
def test_a_third_unit_that_is_helped_enough_is_taken_along(r):
    helped = values(((0, 2, 0), (2, 0, 0), (1, 1, 0)), r=r)
    found = {point.support: bool(escapes(point, helped)) for point in equilibria(THREE)[1:]}
    assert [support for support, answer in found.items() if answer] == [(0, 1, 2)]


def test_a_slow_unit_that_is_helped_a_little_is_left_behind():
    """It grows without bound, but falls behind: the ray of the two others attracts, not one with all three."""
    pair, everyone = equilibria(THREE)[4], equilibria(THREE)[-1]
    slow = values(((0, 2, 0), (2, 0, 0), (0.1, 0.1, 0)), r=(1, 1, 0.1))
    assert [bool(escapes(pair, slow)), bool(escapes(everyone, slow))] == [True, False]


def test_a_fast_unit_that_is_helped_a_little_is_taken_along():
    fast = values(((0, 2, 0), (2, 0, 0), (0.2, 0.2, 0)), r=(1, 1, 10))
    assert [bool(escapes(equilibria(THREE)[k], fast)) for k in (4, 7)] == [False, True]


def test_one_of_two_rivals_is_taken_along():
    """Units 2 and 3 help the first and harm each other: the ray that holds both divides those that hold one."""
    rivals = values(((0, 3, 3), (3, 0, -5), (3, -5, 0)))
    found = {point.support: bool(escapes(point, rivals)) for point in equilibria(THREE)[1:]}
    assert [support for support, answer in found.items() if answer] == [(0, 1), (0, 2)]
    ray = np.linalg.solve(rivals.alpha - np.eye(3), np.ones(3))
    assert np.all(ray > 0)


@pytest.mark.parametrize("a", [0.125, 0.25, 0.5, 1, 2, 4, 8])
def test_help_that_just_balances_the_limits_escapes(a):
    assert escapes(equilibria(TWO)[-1], values(((0, a), (1 / a, 0))))
    assert not escapes(equilibria(TWO)[-1], values(((0, -a), (-1 / a, 0))))


def test_a_third_unit_may_hold_an_escape_back():
    """It is helped by those who escape, and harms them: no ray attracts."""
    held = values(((0, 1.2, -3), (1.2, 0, -3), (2, 2, 0)))
    assert not any(escapes(point, held) for point in equilibria(THREE)[1:])
    assert simulate(THREE, held, x0=(5, 6, 0.1), t=(0, 500)).ended == "finished"


def test_starts_along_an_attracting_ray_do_escape_and_others_do_not():
    draws = batch(np.random.default_rng(1), 300, 3, low=-2, high=2)
    everyone = equilibria(THREE)[-1]
    escaping = escapes(everyone, draws)
    assert 10 < escaping.sum() < 290
    for k in np.flatnonzero(escaping)[:10]:
        ray = np.linalg.solve(draws.alpha[k] - np.eye(3), 1 / draws.r[k])
        path = simulate(THREE, draws[k], x0=draws.K[k] * 100 * ray / ray.min(), t=(0, 100))
        assert path.ended == "escaped"


SINGULAR = ((0, -0.25, 0.625), (-0.5, 0, 0.75), (-2, 4, 0))
"""Direct effects that exactly balance self-limitation along (1, 1, 2)."""


@pytest.mark.parametrize(("r", "grows"), [((1, 1, 1), True), ((0.2, 2, 2), False)])
def test_a_singular_ray_attracts_only_where_it_grows(r, grows):
    """Along it outputs change exponentially, at the rate sum(p) / sum(p / r) with the left null vector p."""
    balanced = values(SINGULAR, r=r)
    p = np.linalg.svd(np.array(SINGULAR) - np.eye(3))[0][:, -1]
    assert bool(p.sum() / (p / r).sum() > 0) is grows
    assert bool(escapes(equilibria(THREE)[-1], balanced)) is grows
    path = simulate(THREE, balanced, x0=(100, 100, 200), t=(0, 5))
    assert bool(path.x[0, 1] > 100) is grows


def test_nothing_escapes_where_nobody_is():
    with pytest.raises(ValueError, match="nothing escapes where no unit is present"):
        escapes(equilibria(TWO)[0], values(((0, 2), (2, 0))))


def test_answers_have_the_shape_of_the_batch():
    grid = Values(r=(1, 1), K=(1, 1), alpha=[[[[0, a], [b, 0]] for a in (0.5, 1, 3)] for b in (0.5, 1)])
    assert escapes(equilibria(TWO)[-1], grid).tolist() == [[False, False, True], [False, True, True]]
