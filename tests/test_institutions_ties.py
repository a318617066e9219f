"""Ties across regions: how fast the whole network aligns, and what keeps it from aligning."""

import networkx as nx
import numpy as np
import pytest
from scipy.linalg import expm

from ecolib.paper.construction.institutions import (
    aligns,
    cut_bound,
    even_connectivity,
    limited_by_regions,
    matched_connectivity,
    ties_needed,
)
from ecolib.paper.evolution.alignment import aligned, alignment_bound, connectivity, resting_spread


def two_regions(first, second, ties, weight=1.0):
    """Two graphs side by side, with cross ties between numbered units."""
    graph = nx.disjoint_union(first, second)
    nx.set_node_attributes(graph, {i: "A" if i < len(first) else "B" for i in graph}, "region")
    graph.add_edges_from(((i, len(first) + j) for i, j in ties), weight=weight)
    return graph


@pytest.mark.parametrize(
    ("units", "ties", "w"), [(2, 1, 1.0), (5, 1, 1.0), (5, 3, 0.7), (6, 6, 2.0), (4, 4, 9.0), (7, 2, 5.0)]
)
def test_the_connectivity_of_two_complete_regions_with_disjoint_ties_is_exact(units, ties, w):
    graph = two_regions(nx.complete_graph(units), nx.complete_graph(units), [(i, i) for i in range(ties)], w)
    assert matched_connectivity(units, ties, w=w) == pytest.approx(connectivity(graph), abs=1e-12)


def test_one_tie_is_a_barbell_and_none_leaves_regions_apart():
    barbell = nx.algebraic_connectivity(nx.barbell_graph(6, 0), method="lanczos", seed=1)
    assert matched_connectivity(6, 1) == pytest.approx(barbell, abs=1e-6)
    assert matched_connectivity(6, 0) == 0
    assert not aligns(two_regions(nx.complete_graph(3), nx.complete_graph(3), []))


@pytest.mark.parametrize("v", [0.0, 0.02, 0.2, 1.5])
def test_the_connectivity_with_even_ties_is_the_smallest_of_three_paces(v):
    rng = np.random.default_rng(3)
    for first, second in (
        (nx.cycle_graph(7), nx.star_graph(4)),
        (nx.complete_graph(5), nx.gnp_random_graph(6, 0.5, 2)),
    ):
        pairs = [(i, j) for i in range(len(first)) for j in range(len(second))] if v else []
        graph = two_regions(first, second, pairs, v)
        assert even_connectivity(first, second, v=v) == pytest.approx(connectivity(graph), abs=1e-12)
        start = rng.normal(size=len(graph))
        assert np.all(aligned(graph, start, [0.3]).var(axis=1) <= alignment_bound(graph, start, [0.3]) + 1e-12)


def test_regions_limit_alignment_exactly_from_the_pace_of_the_slower_one():
    first, second = nx.cycle_graph(8), nx.complete_graph(8)
    limit = connectivity(first) / 8
    assert not limited_by_regions(first, second, v=0.999 * limit)
    assert limited_by_regions(first, second, v=1.001 * limit)
    assert not limited_by_regions(second, second, v=0.99)
    # At the limit itself rounding must not decide: a complete region of N units has the connectivity N.
    for size in range(3, 12):
        full = nx.complete_graph(size)
        assert [limited_by_regions(full, full, v=v) for v in (1.0, 1 + 1e-9)] == [False, True]


@pytest.mark.parametrize("weight", [1.0, 1e-17])
def test_units_align_exactly_if_the_network_is_connected(weight):
    for size in range(3, 13):
        joined = two_regions(nx.complete_graph(size), nx.complete_graph(size), [(0, 0)], weight)
        assert aligns(joined)
        assert connectivity(joined) >= 0
    joined.add_node("lonely", region="B")  # a tie joins the regions, but B is in two pieces
    assert not aligns(joined)


def test_even_ties_are_the_best_case_and_random_ties_are_slower():
    rng = np.random.default_rng(7)
    for _ in range(10):
        first, second = (nx.random_regular_graph(4, 12, seed=rng) for _ in "AB")
        ties = [(i, j) for i in range(12) for j in range(12) if rng.random() < 0.05]
        v = len(ties) / 144
        assert not limited_by_regions(first, second, v=v)
        assert connectivity(two_regions(first, second, ties)) < even_connectivity(first, second, v=v)


def test_cut_bound_and_ties_needed_weigh_regions_of_different_sizes():
    graph = two_regions(nx.complete_graph(4), nx.complete_graph(7), [(0, 0), (1, 5), (1, 6)], 2.0)
    assert cut_bound(graph) == pytest.approx(6 * (1 / 4 + 1 / 7))
    assert ties_needed(6 * (1 / 4 + 1 / 7), 4, 7) == pytest.approx(6)
    assert connectivity(graph) <= cut_bound(graph)


def test_no_network_aligns_faster_than_its_cut_allows():
    rng = np.random.default_rng(4)
    for _ in range(20):
        ties = rng.integers(0, 6, (int(rng.integers(1, 9)), 2)).tolist()
        graph = two_regions(nx.gnp_random_graph(6, 0.7, int(rng.integers(99))), nx.complete_graph(6), ties)
        assert connectivity(graph) <= cut_bound(graph) + 1e-12
        crossing = graph.number_of_edges() - sum(graph.subgraph(range(k, k + 6)).number_of_edges() for k in (0, 6))
        assert ties_needed(cut_bound(graph), 6, 6) == pytest.approx(crossing)


def test_one_way_links_can_raise_the_variance():
    chain = np.diag(np.ones(19), -1) - np.diag([0.0, *np.ones(19)])  # each unit listens to the one before
    start = np.eye(20)[0]
    spread = [(expm(t * chain) @ start).var() / start.var() for t in (0.0, 0.1, 9.0)]
    assert spread[1] < 1  # it falls at first
    assert 3 < spread[2] < 4
    assert alignment_bound(nx.path_graph(20), start, [9.0])[0] < start.var()


def test_balanced_one_way_links_never_raise_the_variance():
    rng = np.random.default_rng(8)
    ring = np.roll(np.eye(9), 1, axis=1) - np.eye(9)  # each listens to one, each is listened to by one
    for start in rng.normal(size=(5, 9)):
        assert (np.diff([(expm(t * ring) @ start).var() for t in np.linspace(0, 6, 25)]) < 0).all()


def test_a_drift_keeps_units_apart_and_without_cross_ties_drives_them_ever_further():
    graph = two_regions(nx.complete_graph(3), nx.complete_graph(3), [(0, 0)])
    pull = (1, 1, 1, -1, -1, -1)
    assert 0 < resting_spread(graph, pull) < np.inf
    graph.remove_edge(0, 3)
    assert resting_spread(graph, pull) == np.inf


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: matched_connectivity(3, 4), ValueError, "ties must be from 0 to 3, got 4"),
        (lambda: matched_connectivity(3, 1.0), TypeError, "ties must be an integer"),
        (lambda: even_connectivity(nx.DiGraph(), nx.complete_graph(3), v=1.0), TypeError, "undirected"),
        (
            lambda: even_connectivity(nx.complete_graph(3), nx.complete_graph(3), v=-1.0),
            ValueError,
            "v must be at least 0",
        ),
        (lambda: cut_bound(nx.complete_graph(3)), ValueError, "every node must be in the region A or B, got None"),
        (
            lambda: cut_bound(two_regions(nx.complete_graph(3), nx.empty_graph(0), [])),
            ValueError,
            "both regions need units",
        ),
    ],
)
def test_what_does_not_fit_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
