"""Control of a chain master: graphs with known answers, and what each lateral link does to it."""

import itertools

import networkx as nx
import numpy as np
import pytest

from ecolib.paper.behaviour import (
    betweenness_centralisation,
    brokerage,
    control,
    degree_centralisation,
    lateral_growth,
    letters,
    share_of_gains,
    surely_weakens,
)
from ecolib.paper.evolution import Closure

BRIDGED = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4))
BRIDGED.add_edge(3, 4)
KNOWN = {  # degree centralisation, betweenness centralisation; by hand
    "star": (nx.star_graph(6), 1, 1),
    "complete": (nx.complete_graph(7), 0, 0),
    "cycle": (nx.cycle_graph(7), 0, 0),
    # Two triangles and a path of two nodes between them: degrees 2,2,3,2,2,3,2,2; betweenness of the four nodes on the
    # way is 10, 12, 12, 10 of 21 pairs.
    "barbell": (nx.barbell_graph(3, 2), 6 / 42, (8 * 12 - 44) / (7 * 21)),
    # Both ends of the bridge have degree 4 of 3 for the rest, and stand between 3 * 4 = 12 pairs of 21.
    "bridge": (BRIDGED, 6 / 42, 6 * 12 / (7 * 21)),
}


@pytest.mark.parametrize("name", KNOWN)
def test_centralisation_of_graphs_with_known_answers(name):
    graph, degree, between = KNOWN[name]
    assert degree_centralisation(graph) == pytest.approx(degree)
    assert betweenness_centralisation(graph) == pytest.approx(between)


def test_centralisation_follows_from_the_centralities_of_networkx():
    for seed in range(20):
        graph = nx.gnp_random_graph(9, 0.4, seed=seed)
        for found, centrality, star in (
            (degree_centralisation(graph), nx.degree_centrality(graph), 9 - 2),
            (betweenness_centralisation(graph), nx.betweenness_centrality(graph), 9 - 1),
        ):
            most = max(centrality.values())
            assert found == pytest.approx(sum(most - value for value in centrality.values()) / star)


def test_brokerage_in_trees_is_betweenness():
    for seed in range(20):
        tree = nx.random_labeled_tree(12, seed=seed)
        between = nx.betweenness_centrality(tree)
        assert all(brokerage(tree, node) == pytest.approx(between[node]) for node in tree)


@pytest.mark.parametrize("seed", range(5))
def test_each_lateral_link_cuts_every_measure_of_control(seed):
    grown = list(lateral_growth(9, rng=np.random.default_rng(seed)))
    measured = [control(graph, 0, a=0.05) for graph in grown]
    for name in ("degree", "betweenness", "brokerage", "links", "gains"):
        assert np.all(np.diff([getattr(one, name) for one in measured]) < 0), name
    assert all(surely_weakens(one, other, 0) for one, other in itertools.pairwise(grown))
    assert (measured[-1].degree, measured[-1].brokerage) == (0, 0)
    assert (measured[0].links, measured[-1].links) == (1, pytest.approx(8 / 36))
    assert measured[-1].gains == pytest.approx(1 / 9)


def test_degree_centralisation_is_one_minus_the_density_of_lateral_links():
    for ell, graph in enumerate(lateral_growth(8, rng=np.random.default_rng(4))):
        exact = letters.lateral_centralisation.subs({letters.n: 8, letters.ell: ell})
        assert degree_centralisation(graph) == pytest.approx(float(exact), abs=1e-12)


def test_the_masters_gain_rises_while_its_share_falls():
    """Gain and share from the linear system, and by the formula in the sum of saturations."""
    gains = []
    for graph in lateral_growth(9, rng=np.random.default_rng(6)):
        u = np.linalg.solve(np.eye(9) - 0.05 * nx.to_numpy_array(graph, nodelist=range(9)), np.ones(9))
        numbers = {letters.a: 0.05, letters.U: u.sum(), letters.n: 9}
        assert float(letters.master_gain.subs(numbers)) == pytest.approx(u[0] - 1)
        assert share_of_gains(graph, 0, a=0.05) == pytest.approx(float(letters.master_share.subs(numbers)))
        gains.append(u[0])
    assert np.all(np.diff(gains) > 0)


def test_a_ring_of_lateral_links_has_the_share_that_the_formula_gives():
    """With d lateral links each the share is (1 + a) / (2 + a + d + a k) for k members, by symmetry."""
    k, a = 8, 0.03
    for d, ring in ((0, nx.empty_graph(k)), (2, nx.cycle_graph(k)), (7, nx.complete_graph(k))):
        wheel = ring.copy()
        wheel.add_edges_from(("hub", node) for node in range(k))
        assert share_of_gains(wheel, "hub", a=a) == pytest.approx((1 + a) / (2 + a + d + a * k))


def test_newcomers_that_come_with_few_lateral_links_each_restore_centralisation():
    """A wheel has one lateral link a member: the larger, the more centralised."""
    found = [degree_centralisation(nx.wheel_graph(n)) for n in (5, 10, 50, 500)]
    assert found == pytest.approx([1 - 2 / (n - 2) for n in (5, 10, 50, 500)])
    assert not surely_weakens(nx.wheel_graph(5), nx.wheel_graph(6), 0)


def test_links_with_the_master_or_lost_links_are_not_lateral():
    partial = nx.star_graph(4)
    partial.remove_edge(0, 4)
    assert not surely_weakens(partial, nx.star_graph(4), 0)
    assert not surely_weakens(nx.wheel_graph(5), nx.star_graph(4), 0)
    assert not surely_weakens(nx.star_graph(4), nx.star_graph(4), 0)


def test_the_leaders_share_of_gains_falls_along_the_path_down_to_what_reciprocity_allows():
    for n, omega in ((2, 1.0), (5, 0.6), (12, 0.9)):
        closure = Closure(s=0.9, c=0.3, omega=omega, n=n)
        gains = closure.gains(phi=np.linspace(closure.thresholds.phi_c, 1, 60))
        share = gains[:, 0] / gains.sum(axis=1)
        assert share[0] == pytest.approx(1)
        assert np.all(np.diff(share) < 0)
        ratio = omega * (n + 0.9) / (n + omega * 0.9)
        assert share[-1] == pytest.approx(1 / (1 + (n - 1) * ratio))


def test_shares_of_gains_that_run_away_are_no_numbers():
    assert np.isnan(share_of_gains(nx.star_graph(4), 0, a=0.5))
    assert share_of_gains(nx.star_graph(4), 0, a=0.499) > 0
    assert np.isnan(share_of_gains(nx.complete_graph(5), 0, a=0.3))


@pytest.mark.parametrize("a", [1e-300, 1e-17, 1e-12])
def test_of_gains_that_all_but_vanish_the_centre_of_a_star_has_half(a):
    assert share_of_gains(nx.star_graph(4), 0, a=a) == pytest.approx(0.5)


def test_huge_coefficients_run_away_without_a_word():
    assert np.isnan(share_of_gains(nx.star_graph(4), 0, a=1e308))


def test_in_larger_wheels_degree_centralisation_rises_while_the_share_of_gains_falls():
    wheels = [control(nx.wheel_graph(n), 0, a=0.02) for n in (6, 50, 1000)]
    assert wheels[0].degree < wheels[1].degree < wheels[2].degree
    assert wheels[0].gains > wheels[1].gains > wheels[2].gains


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: degree_centralisation(nx.DiGraph([(0, 1)])), TypeError, "undirected networkx.Graph, got DiGraph"),
        (lambda: control([(0, 1)], 0), TypeError, "undirected networkx.Graph, got list"),
        (lambda: brokerage(nx.path_graph(2), 0), ValueError, "at least three nodes, got 2"),
        (lambda: brokerage(nx.path_graph(3), 7), ValueError, "the master must be a node of the graph, got 7"),
        (lambda: degree_centralisation(nx.Graph([(0, 1), (1, 2), (2, 2)])), ValueError, "link with itself, got 1"),
        (lambda: brokerage(nx.star_graph(4), None), ValueError, "the master must be a node of the graph, got None"),
        (lambda: share_of_gains(nx.path_graph(3), 0, a=[0.1, 0.2]), ValueError, "a must be one number"),
        (lambda: share_of_gains(nx.path_graph(3), 0, a=0.0), ValueError, r"a must be positive, got 0\.0"),
    ],
)
def test_what_is_no_network_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
