"""Rewiring: the closed form is the path of the engine, the dip is where it says, and graphs do what the rates say."""

import networkx as nx
import numpy as np
import pytest
import sympy as sp
from checks import checked

from ecolib import simulate
from ecolib.paper.construction.material import (
    Rewiring,
    cohesion,
    letters,
    regional_efficiency,
    rewired,
    two_local_networks,
)
from ecolib.paper.construction.material.theorems import MATERIAL

RATES = (letters.b, letters.d, letters.h, letters.kappa, letters.f)


def plans(many, seed=1):
    """Random plans, every fifth with equal rates."""
    rng = np.random.default_rng(seed)
    for k in range(many):
        b, d, h, kappa = np.exp(rng.normal(size=4) * (1, 1, 1, 0.5))
        yield Rewiring(b=d + h if k % 5 == 0 else b, d=d, h=h, kappa=kappa, f=1 - 0.9 * rng.random())


@pytest.mark.parametrize("name", MATERIAL)
def test_every_proposition_is_proved_with_witness_and_counterexamples(name):
    check = checked(MATERIAL[name])
    assert check.passed, check.faults


def test_the_closed_form_solves_the_equations():
    inserted = {letters.g: letters.lag, letters.slower: letters.b}
    gap = letters.d + letters.h - letters.b
    ell, y = letters.local_links, letters.in_search.subs(inserted).subs(sp.Abs(gap), gap)
    q = letters.successes.subs({letters.ell: ell, letters.y: y})
    state = dict(zip(letters.REWIRING.x, (ell, y, q), strict=True))
    for path, rate in zip((ell, y, q), letters.REWIRING.field, strict=True):
        assert sp.simplify(sp.diff(path, letters.t) - rate.subs(state, simultaneous=True)) == 0


def test_the_engine_runs_the_same_paths():
    for plan in plans(10, seed=2):
        t = np.linspace(0.1, 5, 20)
        numbers = dict(zip(RATES[:3], (plan.b, plan.d, plan.h), strict=True))
        path = simulate(letters.REWIRING, numbers, x0=plan.links(0.1), t=t, rtol=1e-10)
        assert path.ended == "finished"
        assert np.allclose(path.x.T, plan.links(t), rtol=1e-7)


def test_the_dip_is_the_lowest_point_and_there_is_none_when_the_measure_falls_for_good():
    turned = 0
    for plan in plans(60, seed=3):
        t = np.linspace(0, 60 / min(plan.b, plan.d + plan.h), 20_001)
        measure = plan.measure(t)
        turned += plan.turns
        if plan.dip is None:
            assert np.all(np.diff(measure) <= 1e-15)
        else:
            assert plan.measure(plan.dip.time) == pytest.approx(1 - plan.dip.depth, abs=1e-12)
            assert measure.min() >= 1 - plan.dip.depth - 1e-12
    assert 20 < turned < 60


def test_the_network_is_upgraded_exactly_when_the_yield_exceeds_one():
    for plan in plans(60, seed=4):
        end = plan.measure(80 / min(plan.b, plan.d + plan.h))
        assert end == pytest.approx(plan.final, rel=1e-12)
        assert plan.final == pytest.approx(1 + plan.f * (plan.Y - 1), rel=1e-12)
        assert plan.upgraded == (end > 1) == (plan.Y > 1)
        assert plan.measure(1e-6 / plan.b) < 1
        assert plan.turns or not plan.upgraded


def test_replacement_faster_than_loss_of_links_is_neither_needed_nor_enough():
    slow = Rewiring(b=10, d=0.1, kappa=1.1)
    fast = Rewiring(b=0.1, d=10, h=1, kappa=1.05)
    assert slow.upgraded
    assert not fast.upgraded


def test_it_recovers_where_the_measure_is_back_at_one():
    for plan in plans(30, seed=5):
        if plan.upgraded:
            assert plan.dip.time < plan.recovery
            assert plan.measure(plan.recovery) == pytest.approx(1, abs=1e-10)
        else:
            assert plan.recovery == np.inf


@pytest.mark.parametrize(
    ("rates", "time", "depth"),
    [
        ((1e-17, 1), 39.14394658089878, 1e-17),  # b < eps d: from 400 digits
        ((1e-20, 0.3), 149.49243018518325, 1e-20 / 0.3),
        ((1e-16, 1, 1, 2), 18.767254334232341, 5e-17),
        ((1, 1, 0, 1e9), 1e-9, 4.999999998333333e-10),
        ((11360.68, 8.4987e-8, 0, 6.024e24), 1.953271159618469e-18, 1.1095244298827133e-14),
        ((1, 1, 0, 1e17), 1e-17, 5e-18),
    ],
)
def test_time_and_depth_of_the_dip_have_all_digits_where_terms_cancel(rates, time, depth):
    dip = Rewiring(*rates).dip
    assert dip == pytest.approx((time, depth), rel=1e-12)


def test_recovery_is_found_where_the_measure_hardly_moves():
    """For a worth without bound the path is M - 1 = -b t + kappa d b t t / 2, back at twice the time of the dip."""
    for rates in ((1, 1, 0, 1e12), (1, 1, 0, 1e17), (0.104, 7.9e-4, 58.9, 1.2e16)):
        plan = Rewiring(*rates)
        assert plan.recovery == pytest.approx(2 / (plan.kappa * plan.d), rel=1e-3)
    assert Rewiring(1e-12, 1, 0, 2).recovery == pytest.approx(1.5936242600400399, rel=1e-9)  # of exp(-t) = 1 - t / 2


def test_at_the_limits_nothing_is_upgraded_and_nothing_turns():
    assert not Rewiring(1, 1, 1, 2).upgraded
    assert not Rewiring(1, 1, 1, 4, theta=0.5).upgraded_at_home
    assert not Rewiring(1, 2, 1, 1).turns
    assert not Rewiring(1, 1, 0.5, 0.5).turns
    assert Rewiring(1, 1, 1, np.nextafter(2, 3)).upgraded


def test_the_local_network_is_one_in_which_a_success_brings_the_share_at_home():
    t, upgraded = np.linspace(0, 9, 50), 0
    for plan in plans(40, seed=11):
        for theta in (0.4, 0.9):
            whole = Rewiring(plan.b, plan.d, plan.h, 3 * plan.kappa, plan.f, theta)
            alone = Rewiring(plan.b, plan.d, plan.h, 3 * plan.kappa * theta, plan.f)
            assert np.allclose(whole.local_measure(t), alone.measure(t), rtol=1e-12)
            assert whole.local_final == pytest.approx(alone.final, rel=1e-12)
            assert whole.upgraded_at_home == (whole.local_final > 1)
            assert whole.upgraded or not whole.upgraded_at_home
            upgraded += whole.upgraded_at_home
    assert 10 < upgraded < 70


def test_without_successes_at_home_local_links_never_recover():
    for plan in plans(20, seed=12):
        assert not plan.upgraded_at_home
        assert plan.local_final == pytest.approx(1 - plan.f)
        assert np.all(np.diff(plan.local_measure(np.linspace(0, 5, 50))) < 0)


def test_the_extent_of_transfer_plays_no_part_in_the_sign():
    for plan in plans(20, seed=13):
        small = Rewiring(plan.b, plan.d, plan.h, plan.kappa, 1e-3, theta=0.7)
        large = Rewiring(plan.b, plan.d, plan.h, plan.kappa, 1.0, theta=0.7)
        assert (small.upgraded, small.upgraded_at_home) == (large.upgraded, large.upgraded_at_home)


def test_links_at_home_and_across_follow_their_measures_link_by_link():
    rng, t = np.random.default_rng(14), np.array([0, 1, 3, 10, 60])
    plan = Rewiring(1, 0.5, 0.1, 1.5, f=0.8, theta=0.6)
    graph = two_local_networks(300, links=6, rng=rng)
    after = rewired(graph, plan, t, rng=rng)
    home = [sum((i < 300) == (j < 300) for i, j in one.edges) / graph.number_of_edges() for one in after]
    assert home == pytest.approx(plan.local_measure(t), abs=0.04)
    assert [one.number_of_edges() / graph.number_of_edges() for one in after] == pytest.approx(
        plan.measure(t), abs=0.04
    )
    assert all(nx.number_of_selfloops(one) == 0 for one in after)


def test_either_end_of_a_broken_link_may_search_and_every_success_is_a_new_link():
    rng = np.random.default_rng(15)
    star = nx.disjoint_union(nx.star_graph(200), nx.empty_graph(400))
    nx.set_node_attributes(star, {k: "A" if k <= 200 else "B" for k in star}, "region")
    (after,) = rewired(star, Rewiring(b=1, d=1), (100,), rng=rng)
    assert after.number_of_edges() == 200
    assert 70 < after.degree(0) < 130


def test_a_rich_replacement_makes_up_for_the_detour():
    rng = np.random.default_rng(16)
    graph = two_local_networks(100, links=6, rng=rng)
    poor, rich = (rewired(graph, Rewiring(1, 1, 0, kappa), (100,), rng=rng)[0] for kappa in (1.2, 3))
    assert regional_efficiency(poor) < regional_efficiency(graph) < regional_efficiency(rich)


def test_dense_local_networks_are_drawn_by_what_they_lack():
    for links in (290, 298):
        graph = two_local_networks(300, links=links, rng=np.random.default_rng(17))
        assert set(dict(graph.degree).values()) == {links}
    assert two_local_networks(4, links=3, rng=np.random.default_rng(17)).number_of_edges() == 12


def test_slower_relocation_makes_the_dip_shallow_and_the_end_the_same():
    depths = [Rewiring(b=b, d=0.5, h=0.1, kappa=1.5).dip.depth for b in (0.001, 0.1, 1, 10, 1000)]
    assert np.all(np.diff(depths) > 0)
    assert depths[0] < 0.01
    assert depths[-1] > 0.95
    assert len({Rewiring(b=b, d=0.5, h=0.1, kappa=1.5).final for b in (0.001, 1000)}) == 1


def test_the_dip_with_equal_rates_is_known_in_closed_form():
    """With d + h = b and kappa = 1: bottom at 1 / d."""
    dip = Rewiring(b=2, d=2, kappa=1.0).dip
    assert dip.time == pytest.approx(0.5)
    assert dip.depth == pytest.approx(np.exp(-1))


def test_links_of_random_graphs_follow_the_measure():
    rng = np.random.default_rng(6)
    for plan in (Rewiring(1, 0.5, 0.1, 1.5), Rewiring(1, 0.5, 0.5, 1.5), Rewiring(1, 0.2, 0, 0.7, f=0.6)):
        graph, t = two_local_networks(600, links=6, rng=rng), np.array([0, 1, 3, 10, 60])
        many = [one.number_of_edges() / graph.number_of_edges() for one in rewired(graph, plan, t, rng=rng)]
        assert many == pytest.approx(plan.measure(t), abs=0.04)


def test_rewiring_removes_local_links_and_adds_cross_links_only():
    rng = np.random.default_rng(7)
    graph = two_local_networks(50, links=4, rng=rng)
    before = {frozenset(edge) for edge in graph.edges}
    (after,) = rewired(graph, Rewiring(b=1, d=1, kappa=2, f=0.5), (3,), rng=rng)
    new = {frozenset(edge) for edge in after.edges} - before
    assert all(len({k < 50 for k in edge}) == 2 for edge in new)
    assert before == {frozenset(edge) for edge in graph.edges}


def test_more_links_that_all_lead_across_leave_a_region_less_efficient_by_itself():
    """What fails: an upgrade by the number of links need not be one for the pairs of units of one region."""
    rng, plan = np.random.default_rng(8), Rewiring(b=1, d=1, kappa=1.2)
    graph = two_local_networks(100, links=6, rng=rng)
    (after,) = rewired(graph, plan, (100,), rng=rng)
    assert plan.upgraded
    assert after.number_of_edges() > graph.number_of_edges()
    assert regional_efficiency(after) < regional_efficiency(graph)
    assert nx.global_efficiency(after) > nx.global_efficiency(graph)


def test_a_network_that_breaks_faster_than_it_searches_falls_apart_for_a_while():
    rng, plan = np.random.default_rng(9), Rewiring(b=1, d=0.02, kappa=1.5)
    graph = two_local_networks(100, links=6, rng=rng)
    broken, late = rewired(graph, plan, (plan.dip.time, 300), rng=rng)
    assert plan.upgraded
    assert cohesion(broken) < 0.3
    assert cohesion(late) == 1


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (nx.complete_graph(6), 1),
        (nx.star_graph(5), (2.5 + 1.5) / 6),  # pairs of the hub and two leaves, pairs of three leaves
        (nx.cycle_graph(6), (2.5 + 2.5) / 6),
        (nx.barbell_graph(3, 0), 1),
        (nx.disjoint_union(nx.complete_graph(3), nx.empty_graph(3)), 0.5),
    ],
    ids=["complete", "star", "cycle", "two cliques with a bridge", "a clique and nothing"],
)
def test_efficiency_within_regions_of_graphs_with_known_answers(graph, expected):
    nx.set_node_attributes(graph, {k: "A" if k < 3 else "B" for k in graph}, "region")
    assert regional_efficiency(graph) == pytest.approx(expected)


def test_efficiency_of_local_networks_is_that_of_networkx():
    graph = two_local_networks(30, links=4, rng=np.random.default_rng(10))
    own = [nx.global_efficiency(graph.subgraph(range(k, k + 30))) for k in (0, 30)]
    assert regional_efficiency(graph) == pytest.approx(np.mean(own))
    assert cohesion(graph) == 0.5


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"b": 0}, ValueError, "b must be positive and finite, got 0.0"),
        ({"d": np.nan}, ValueError, "d must be positive and finite, got nan"),
        ({"h": -1}, ValueError, "h must be at least 0 and finite, got -1.0"),
        ({"f": 1.5}, ValueError, "f must be at most 1, got 1.5"),
        ({"theta": 1.1}, ValueError, "theta must be at most 1, got 1.1"),
        ({"kappa": "much"}, TypeError, "kappa must be an array of real numbers"),
        ({"b": (1, 2)}, ValueError, r"b must have shape \(\), got \(2,\)"),
    ],
)
def test_rates_that_make_no_sense_are_refused(wrong, error, words):
    with pytest.raises(error, match=words):
        Rewiring(**({"b": 1, "d": 1} | wrong))


def test_extreme_rates_end_in_numbers_and_not_in_a_hang():
    for b, d, h, kappa in (
        (1e90, 1, 0, 2),
        (1e-90, 1, 0, 2),
        (1, 1e-90, 0, 2),
        (1, 1, 1, 2 + 1e-15),
        (1, 1, 0, 1 + 1e-16),
    ):
        plan = Rewiring(b, d, h, kappa)
        assert plan.recovery > 0
        assert plan.dip is None or 0 <= plan.dip.depth <= 1 + 1e-12
        assert np.all(np.isfinite(plan.measure((0, 1, 1e50))))


def test_graphs_that_are_too_large_are_refused_before_they_cost_anything():
    graph = nx.disjoint_union(nx.empty_graph(3000), nx.star_graph(6000))
    nx.set_node_attributes(graph, {k: "A" if k < 3000 else "B" for k in graph}, "region")
    with pytest.raises(ValueError, match="at most 5000 nodes, got 9001"):
        regional_efficiency(graph)
    with pytest.raises(ValueError, match=r"must be at most 2e\+07, got 9001 x 6000"):
        rewired(graph, Rewiring(1, 1), (1,), rng=np.random.default_rng(1))


def test_too_many_times_are_refused_before_they_cost_anything():
    graph = two_local_networks(300, links=6, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="times must be at most 555 for this graph, got 556"):
        rewired(graph, Rewiring(1, 1), np.zeros(556), rng=np.random.default_rng(1))


def test_graphs_and_times_that_make_no_sense_are_refused():
    rng, plan = np.random.default_rng(1), Rewiring(1, 1)
    graph = two_local_networks(6, links=2, rng=rng)
    with pytest.raises(ValueError, match="t must be at least 0"):
        plan.measure(-1)
    with pytest.raises(ValueError, match="times must be at least 0"):
        rewired(graph, plan, (-1,), rng=rng)
    with pytest.raises(TypeError, match="plan must be a Rewiring"):
        rewired(graph, 1, (1,), rng=rng)
    with pytest.raises(TypeError, match="undirected"):
        cohesion(nx.DiGraph(graph))
    with pytest.raises(ValueError, match="one of two regions"):
        regional_efficiency(nx.path_graph(3))
    with pytest.raises(ValueError, match="units times links must be even, got 5 times 3"):
        two_local_networks(5, links=3, rng=rng)
