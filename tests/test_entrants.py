"""New entrants: small stories with known endings, and what size and variance do to long ones."""

from dataclasses import replace

import numpy as np
import pytest

from ecolib import Values, simulate
from ecolib.communities import Community, assemble, random_alpha
from ecolib.model import Symbiosis
from ecolib.networks import simulate_network


def alike(alpha):
    return Values(r=np.ones(len(alpha)), K=np.ones(len(alpha)), alpha=alpha)


def pool(units, spread, seed=2026, **others):
    return alike(random_alpha(Community(units=units, spread=spread, **others), rng=np.random.default_rng(seed)))


def test_a_strong_competitor_displaces_and_a_weak_one_cannot_enter():
    """Unit 2 displaces unit 1; unit 3 is harmed too much; unit 4 ignores everybody and helps unit 2 by a half."""
    alpha = [[0, -2, 0, 0], [-0.5, 0, 0, 0.5], [0, -1.5, 0, 0], [0, 0, 0, 0]]
    story = assemble(alike(alpha))
    assert story.ended == "finished"
    assert story.members.astype(int).tolist() == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0], [0, 1, 0, 1]]
    assert story.entered.tolist() == [True, True, False, True]
    assert story.lost == ((), (0,), (), ())
    assert story.saturation[-1].tolist() == [0, 1.5, 0, 1]


def test_one_newcomer_may_cost_several_members():
    story = assemble(alike([[0, 0.2, -2], [0.2, 0, -2], [0.1, 0.1, 0]]))
    assert story.lost == ((), (), (0, 1))
    assert story.members[-1].tolist() == [False, False, True]


def test_help_without_bound_ends_the_story_with_its_reason():
    story = assemble(alike([[0, 0.5, 1.2], [0.5, 0, 1.2], [1.2, 1.2, 0]]))
    assert (story.ended, story.message) == ("escaped", "escaped after unit 2 had arrived")
    assert story.members.tolist() == [[True, False, False], [True, True, False]]


def test_what_does_not_settle_ends_the_story_with_its_reason():
    """At -1 exactly the first unit fades as 1/(5 t): no eigenvalue decides whether it dies out."""
    story = assemble(alike([[0, -1], [4, 0]]))
    assert (story.ended, story.message) == ("unsettled", "unsettled after unit 1 had arrived")
    assert story.members.tolist() == [[True, False]]
    hurried = assemble(alike([[0, -1.1], [4, 0]]), seconds=1e-9)
    assert hurried.ended == "unsettled"
    assert assemble(alike([[0, -1.1], [4, 0]])).lost == ((), (0,))


@pytest.mark.parametrize("spread", [0.1, 0.3])
def test_every_settled_community_is_where_a_simulation_goes(spread):
    values = pool(9, spread)
    story = assemble(values)
    model = Symbiosis.of(units=9)
    for before, after, k in zip(story.saturation, story.saturation[1:], range(1, 9), strict=False):
        start = np.where((np.arange(9) == k) & (before == 0), 0.01, before)
        path = simulate(model, values, x0=start, t=(0, 3000))
        assert np.allclose(path.x[:, 1], after, atol=1e-4)


def test_capacities_and_a_common_factor_of_rates_change_nothing_but_units():
    values = pool(40, 0.15)
    other = Values(r=3 * values.r, K=np.linspace(1, 50, 40), alpha=values.alpha)
    one, two = assemble(values), assemble(other)
    assert np.array_equal(one.members, two.members)
    assert np.allclose(two.rightmost, 3 * one.rightmost)


def test_members_are_stable_and_those_who_are_gone_stay_gone():
    story = assemble(pool(60, 0.12))
    assert np.all(story.rightmost < 0)
    assert np.all(story.rightmost >= -1 - 1e-9)  # -1 is always an eigenvalue: u itself is its vector
    gone = np.cumsum(~story.members & np.tri(60, dtype=bool), axis=0) > 0
    assert not np.any(story.members & gone)


def test_more_entrants_bring_a_community_nearer_to_instability():
    """Without loss so far, the distance to instability falls with every tenth entrant, in the mean of ten draws."""
    stories = [assemble(pool(30, 0.03, seed)) for seed in range(10)]
    assert all(story.members[-1].all() for story in stories)
    distance = -np.mean([story.rightmost[[9, 19, 29]] for story in stories], axis=0)
    assert np.all(np.diff(distance) < 0)


def test_a_larger_variance_costs_members_and_shrinking_it_brings_room_for_them():
    """The same draws, all coefficients multiplied by a factor: nothing but the variance differs."""
    base = pool(60, 0.12)
    kept = []
    for factor in (1.0, 0.5, 0.2):
        story = assemble(alike(factor * base.alpha))
        assert story.ended == "finished"
        kept.append(int(story.members[-1].sum()))
    assert kept[0] < kept[1] < kept[2] == 60


def test_more_entrants_than_a_community_can_hold_are_lost_or_refused():
    story = assemble(pool(120, 0.15, seed=2))
    size = story.members.sum(axis=1)
    assert size[-1] < 45  # May's bound for this spread is 44
    assert abs(int(size[60]) - int(size[-1])) < 8  # it has stopped growing while another sixty arrived
    assert sum(map(len, story.lost)) + int((~story.entered).sum()) == 120 - size[-1]


def test_whoever_is_lost_could_not_return_at_once():
    for seed in range(6):
        values = pool(50, 0.12, seed)
        story = assemble(values)
        for k in range(1, len(story.members)):
            lost = list(story.lost[k])
            assert np.all(1 + values.alpha[lost] @ story.saturation[k] < 0)
        assert any(story.lost)


@pytest.mark.parametrize("raises", [True, False])
def test_an_interruption_keeps_the_arrivals_so_far(monkeypatch, raises):
    calls = iter(range(3))

    def stopped(*arguments, **options):
        path = simulate_network(*arguments, **options)
        if next(calls, None) is not None:
            return path
        if raises:
            raise KeyboardInterrupt
        return replace(path, ended="interrupted")

    monkeypatch.setattr("ecolib.communities.entrants.simulate_network", stopped)
    story = assemble(pool(120, 0.2, seed=2))
    assert story.ended == "interrupted"
    assert story.message == f"interrupted after {len(story.members)} arrivals"
    assert 3 <= len(story.members) < 120


def test_a_simulation_starts_at_the_settled_outputs_and_a_small_newcomer(monkeypatch):
    starts = []

    def watched(network, *, x0, **options):
        starts.append(x0)
        return simulate_network(network, x0=x0, **options)

    monkeypatch.setattr("ecolib.communities.entrants.simulate_network", watched)
    assemble(Values(r=(1, 1), K=(50, 8), alpha=[[0, -1.1], [4, 0]]), first=0.25)
    assert starts[0].tolist() == [50, 2]


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"values": 3}, TypeError, "values must be ecolib.Values, got int"),
        ({"values": Values(r=[[1]], K=[[1]], alpha=[[[0]]])}, ValueError, "got a batch of shape"),
        ({"first": 0}, ValueError, "first must be above 0 and at most 1, got 0"),
        ({"patience": np.inf}, ValueError, "patience must be positive and finite, got inf"),
        ({"seconds": -1}, ValueError, "seconds must be positive and finite, got -1"),
        ({"patience": "long"}, TypeError, "patience must be a number, got 'long'"),
    ],
    ids=range(6),
)
def test_what_makes_no_sense_is_refused(wrong, error, words):
    with pytest.raises(error, match=words):
        assemble(**({"values": alike([[0]])} | wrong))
