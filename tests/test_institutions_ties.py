"""Ties across regions, relations that make relations, and standards that lock in."""

import networkx as nx
import numpy as np
import pytest
from scipy.linalg import expm

from ecolib import simulate
from ecolib.paper.construction.institutions import (
    Relations,
    Standards,
    aligns,
    closed_triads,
    cut_bound,
    even_connectivity,
    letters,
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
    assert (expm(9 * chain) @ start).var() > 3 * start.var()
    assert alignment_bound(nx.path_graph(20), start, [9.0])[0] < start.var()


def test_a_drift_keeps_units_apart_and_without_cross_ties_drives_them_ever_further():
    graph = two_regions(nx.complete_graph(3), nx.complete_graph(3), [(0, 0)])
    pull = (1, 1, 1, -1, -1, -1)
    assert 0 < resting_spread(graph, pull) < np.inf
    graph.remove_edge(0, 3)
    assert resting_spread(graph, pull) == np.inf


@pytest.mark.parametrize(
    "rates", [(0.02, 0.5, 0.1), (0.1, 0.0, 0.3), (0.0, 0.3, 0.3), (0.3, 0.2, 0.0), (0.0, 0.2, 0.5)]
)
def test_the_share_of_linked_pairs_is_the_path_of_the_engine(rates):
    relations, t = Relations(*rates), np.linspace(0, 30, 31)
    numbers = dict(zip((letters.iota, letters.gamma, letters.chi), rates, strict=True))
    path = simulate(letters.RELATIONS, numbers, x0=(0.05,), t=t)
    assert np.abs(path.x[0] - relations.share(t, start=0.05)).max() < 1e-7
    assert relations.share([1e6], start=0.05)[0] == pytest.approx(float(relations.rest), abs=1e-4)


def test_without_injection_nothing_is_generated_and_ties_stay_exactly_if_generated_faster_than_lost():
    assert Relations(0.0, 0.9).share([5e5]).item() == 0
    tiny = Relations(0.0, 0.9).share([30.0], start=1e-12).item()
    assert tiny == pytest.approx(1 / (1 + (1e12 - 1) * np.exp(-27)), rel=1e-12)
    assert Relations(0.0, 0.5, 0.2).self_sustaining
    assert Relations(0.0, 0.5, 0.2).rest == pytest.approx(0.6)
    assert not Relations(0.0, 0.2, 0.2).self_sustaining
    assert Relations(0.0, 0.2, 0.5).rest == 0


def test_the_variance_between_regions_is_that_of_diffusion_along_growing_ties():
    relations, sizes, w = Relations(0.05, 0.8, 0.1), (3, 4), 0.2
    t, p = np.linspace(0, 5, 401), np.array([1.0, 1, 1, 0, 0, 0, 0])
    middle = relations.share((t[1:] + t[:-1]) / 2)
    for z, step in zip(middle, np.diff(t), strict=True):
        across = np.kron([[0, 1], [1, 0]], np.ones((4, 4)))[np.ix_(*2 * [[0, 1, 2, 4, 5, 6, 7]])] * w * z
        p = expm(step * (across - np.diag(across.sum(axis=1)))) @ p
    start = np.array([1.0, 1, 1, 0, 0, 0, 0]).var()
    assert relations.spread_between([5.0], units=sizes, w=w)[0] == pytest.approx(p.var() / start, rel=1e-4)


def test_closed_triads_follow_the_equation_in_large_regions():
    shares = closed_triads(0.05, units=120, steps=60, gamma=0.1, rng=np.random.default_rng(1))
    theory = Relations(0.0, 0.1).share(np.arange(61.0), start=shares[0])
    assert np.abs(shares - theory).max() < 0.05
    assert (np.diff(shares) >= 0).all()


def test_different_standards_stay_exactly_below_the_limit():
    for v, locked in ((0.15, True), (0.199, True), (0.201, False), (0.4, False)):
        pair = Standards(theta=1.2, v=v)
        end = pair.path((0.95, 0.06), np.linspace(0, 4000, 21)).x[:, -1]
        assert pair.locks_in is locked
        assert end[0] - end[1] == pytest.approx(pair.distance, abs=1e-3)


def test_parameters_that_merely_diffuse_never_lock_in():
    pair = Standards(theta=0.0, v=0.1)
    assert not pair.locks_in
    assert np.abs(np.diff(pair.path((0.9, 0.1), (0.0, 200.0)).x[:, -1])) < 1e-9


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
        (lambda: Relations(-0.1, 0.0), ValueError, "iota must be at least 0"),
        (lambda: Relations(0.0, 0.0).rest, ValueError, "every share stays"),
        (lambda: Relations(0.1, 0.0).share([1.0], start=1.5), ValueError, "start must be at most 1"),
        (lambda: closed_triads(0.1, units=5, steps=1, gamma=0.1, rng=7), TypeError, "numpy.random.Generator"),
        (lambda: Standards(1.0, np.nan), ValueError, "v must be at least 0 and finite"),
        (lambda: Standards(1.0, 0.1).path((0.5, 1.0), (0.0, 1.0)), ValueError, "start must be below 1"),
    ],
)
def test_what_does_not_fit_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
