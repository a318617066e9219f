"""One network of two regions: the threshold, the shares of both regions, and random networks that obey them."""

import networkx as nx
import numpy as np
import pytest

from ecolib.networks import Network, coexistence, graph_of
from ecolib.paper.construction.material import RegionLinks, drawn, region_graph, spanning_shares, spanning_units

ONE = ((0.5, 1.0), (0.0, 0.5))
"""A region A that acts on B, and no link back."""


def random_links(seed, most=1.5):
    return np.random.default_rng(seed).uniform(0, most, (2, 2))


def test_the_threshold_is_the_spectral_radius_and_the_product_of_cross_links():
    for seed in range(50):
        links = RegionLinks(random_links(seed))
        assert np.isclose(links.R, np.abs(np.linalg.eigvals(links.means)).max(), rtol=1e-12)
        assert links.spans == (links.means[1, 0] > links.returns_needed)


def test_without_links_back_no_part_spans_both_however_many_lead_there():
    for many in (1, 10, 1000):
        links = RegionLinks(((0.5, many), (0, 0.5)))
        assert not links.spans
        assert links.shares.tolist() == [0, 0]
    assert not RegionLinks(((3, 1), (0, 3))).spans
    assert RegionLinks(((0.5, 0), (1, 0.5))).returns_needed == np.inf


def test_a_region_with_enough_links_needs_none_back():
    for AA, BB in ((2.0, 3.0), (1.0, 0.5), (1.5, 0.5)):
        links = RegionLinks(((AA, 1.0), (0.0, BB)))
        assert links.returns_needed == 0
        assert RegionLinks(((AA, 1.0), (1e-6, BB))).spans


def test_equal_regions_have_the_share_of_one_random_digraph():
    """Half of 2 c links stays at home: the share is the square of the root of 1 - x - exp(-2 c x)."""
    links = RegionLinks(((0.75, 0.75), (0.75, 0.75)))
    root = 0.5828116  # of 1 - x - exp(-1.5 x)
    assert links.going_on[0] == pytest.approx([root, root], abs=1e-6)
    assert links.shares == pytest.approx([root**2] * 2, abs=1e-6)


def test_social_links_alone_have_the_share_of_an_undirected_graph():
    links = RegionLinks(np.zeros((2, 2)), social=((0.75, 0.75), (0.75, 0.75)))
    assert links.shares == pytest.approx([0.5828116] * 2, abs=1e-6)


def test_chances_solve_their_equations_also_next_to_the_threshold():
    for excess in (1e-6, 1e-3, 0.1, 5):
        links = RegionLinks(((0.5, 0.5 + excess), (0.5 + excess, 0.5)))
        forth, back = links.going_on
        assert np.all(forth > 0)
        assert forth == pytest.approx(-np.expm1(-links.means @ forth), rel=1e-8)
        assert back == pytest.approx(-np.expm1(-links.means.T @ back), rel=1e-8)
    assert RegionLinks(((0.5, 0.5), (0.5, 0.5))).going_on[0].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("production", "social"),
    [
        (((0.6, 1.2), (0.6, 0.6)), ((0, 0), (0, 0))),
        (((1.5, 0.2), (0.5, 0.3)), ((0, 0), (0, 0))),
        (((0.5, 0.8), (0, 0.5)), ((0.1, 0.6), (0.6, 0.2))),
        (((0, 0), (0, 0)), ((1.0, 0.6), (0.6, 0.8))),
    ],
    ids=["subcritical regions", "unequal regions", "one-way production and social links", "social links"],
)
def test_large_random_networks_have_the_shares_of_the_formula(production, social):
    links = RegionLinks(production, social)
    rng = np.random.default_rng(4)
    found = [spanning_shares(drawn(links, 40_000, strength=0.01, rng=rng)) for _ in range(5)]
    assert np.mean(found, axis=0) == pytest.approx(links.shares, abs=0.01)


def test_one_way_production_with_mutual_social_links_makes_one_network():
    assert not RegionLinks(ONE).spans
    assert RegionLinks(ONE, social=((0, 0.3), (0.3, 0))).spans
    assert not RegionLinks(ONE, social=((0.2, 0), (0, 0.2))).spans


def test_below_the_threshold_parts_stay_small():
    links = RegionLinks(((0.5, 0.8), (0.2, 0.5)))
    assert not links.spans
    shares = [spanning_shares(drawn(links, n, strength=1, rng=np.random.default_rng(5))).max() for n in (10**3, 10**5)]
    assert shares[1] < shares[0] < 0.05
    assert shares[1] < 1e-3


def test_mean_numbers_of_links_are_those_asked_for():
    links = RegionLinks(((1, 0.5), (0.25, 2)), social=((0.4, 0.8), (0.8, 0)))
    blocks = drawn(links, 2000, strength=1, rng=np.random.default_rng(6)).alpha.T.toarray().reshape(2, 2000, 2, 2000)
    assert blocks.sum(axis=(1, 3)) / 2000 == pytest.approx(links.means, abs=0.1)


def test_spanning_units_are_the_largest_component_of_networkx_with_members_in_both_regions():
    for seed in range(20):
        network = drawn(RegionLinks(random_links(seed)), 40, strength=0.1, rng=np.random.default_rng(seed))
        region = np.arange(80) >= 40
        found = [c for c in nx.strongly_connected_components(graph_of(network)) if len({k < 40 for k in c}) == 2]
        members = np.flatnonzero(spanning_units(network, region))
        assert len(members) == max(map(len, found), default=0)
        assert not found or set(members.tolist()) in found


@pytest.mark.parametrize(
    ("graph", "many"),
    [
        (nx.complete_graph(6), 6),
        (nx.star_graph(5), 6),
        (nx.cycle_graph(6, create_using=nx.DiGraph), 6),
        (nx.path_graph(6, create_using=nx.DiGraph), 0),
        (nx.barbell_graph(3, 0), 6),
        (nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(3)), 0),
    ],
    ids=["complete", "star", "cycle", "path", "two cliques with a bridge", "two cliques"],
)
def test_graphs_with_known_answers(graph, many):
    network = Network(r=1, K=1, alpha=nx.to_scipy_sparse_array(graph, weight=None, dtype=float).T)
    assert spanning_units(network, np.arange(6) >= 3).sum() == many


def test_the_largest_of_several_spanning_parts_is_counted_over_both_regions():
    graph = nx.DiGraph(nx.Graph([(0, 6), (1, 7), (2, 7), (3, 8), (3, 9), (3, 10), (3, 11)]))
    graph.add_nodes_from(range(12))
    network = Network(r=1, K=1, alpha=nx.to_scipy_sparse_array(graph, range(12), weight=None, dtype=float).T)
    assert np.flatnonzero(spanning_units(network, np.arange(12) >= 6)).tolist() == [3, 8, 9, 10, 11]
    assert spanning_shares(network).tolist() == pytest.approx([1 / 6, 4 / 6])
    pair = Network(r=1, K=1, alpha=((0, 0, 1, 0), (0, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0)))
    assert spanning_shares(pair).tolist() == [0.5, 0.5]


def test_within_a_spanning_part_every_gain_rises_with_every_link_there():
    network = drawn(RegionLinks(((0.8, 0.8), (0.8, 0.8))), 40, strength=0.1, rng=np.random.default_rng(8))
    inside = np.flatnonzero(spanning_units(network, np.arange(80) >= 40))
    part = network.part(inside)
    before = coexistence(part).saturation
    alpha = part.alpha.toarray()
    for i, j in np.argwhere(alpha > 0):
        larger = alpha.copy()
        larger[i, j] *= 1.5
        assert np.all(coexistence(Network(r=1, K=1, alpha=larger)).saturation > before)


def test_a_drawn_network_becomes_a_graph_with_regions():
    graph = region_graph(drawn(RegionLinks(((1, 1), (1, 1))), 5, strength=0.1, rng=np.random.default_rng(1)))
    assert [region for _, region in graph.nodes(data="region")] == ["A"] * 5 + ["B"] * 5


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: RegionLinks(((1, -1), (0, 0))), ValueError, "production must be at least 0 and finite, got -1.0"),
        (lambda: RegionLinks((1, 1)), ValueError, r"production must have shape \(2, 2\), got \(2,\)"),
        (lambda: RegionLinks(ONE, ((0, 1), (2, 0))), ValueError, "social links serve both ways, got 1.0 and 2.0"),
        (lambda: RegionLinks("many"), TypeError, "production must be an array of real numbers"),
        (lambda: drawn(ONE, 5, strength=1, rng=np.random.default_rng(1)), TypeError, "links must be RegionLinks"),
        (lambda: drawn(RegionLinks(ONE), 1, strength=1, rng=np.random.default_rng(1)), ValueError, "units must be"),
        (lambda: drawn(RegionLinks(ONE), 2.5, strength=1, rng=np.random.default_rng(1)), TypeError, "an integer"),
        (lambda: drawn(RegionLinks(ONE), 5, strength=0, rng=np.random.default_rng(1)), ValueError, "strength must be"),
        (lambda: drawn(RegionLinks(ONE), 5, strength=1, rng=3), TypeError, "rng must be a"),
        (
            lambda: drawn(RegionLinks(np.full((2, 2), 1e9)), 5, strength=1, rng=np.random.default_rng(1)),
            ValueError,
            "at most 5e\\+06 links are drawn",
        ),
        (lambda: RegionLinks(np.full((2, 2), 1e200)), ValueError, "production must be from 1e-100 to 1e\\+100"),
        (lambda: spanning_shares(Network(r=1, K=1, alpha=np.zeros((3, 3)))), ValueError, "an even number of units"),
        (lambda: spanning_units(Network(r=1, K=1, alpha=np.zeros((2, 2))), (0, 1)), TypeError, "true or false"),
        (lambda: spanning_units(Network(r=1, K=1, alpha=np.zeros((2, 2))), (True,)), ValueError, "shape"),
        (lambda: spanning_units("net", (True,)), TypeError, "network must be a Network"),
    ],
)
def test_what_makes_no_sense_is_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()
