"""Image parameters on networks: exact spectra, the bound and what it does not promise, drift, parts without links."""

import networkx as nx
import numpy as np
import pytest
import sympy as sp

from ecolib.paper.evolution.alignment import aligned, alignment_bound, connectivity, mean_spread, resting_spread
from ecolib.paper.evolution.alignment_theorems import DENSER_IS_CALMER

PATH, RING = nx.path_graph(4), nx.cycle_graph(4)
TWO_CLIQUES = nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(5))
TIMES = np.linspace(0, 3, 31)


def random_graphs(number, nodes=9):
    rng = np.random.default_rng(11)
    for seed in range(number):
        graph = nx.gnp_random_graph(nodes, rng.uniform(0.2, 0.7), seed=seed)
        missing = list(nx.non_edges(graph))
        yield graph, missing[rng.integers(len(missing))], rng.normal(size=nodes)


@pytest.mark.parametrize("n", [3, 4, 7, 12])
def test_connectivity_is_exact_where_it_is_known(n):
    known = {
        "star": (nx.star_graph(n - 1), 1),
        "complete": (nx.complete_graph(n), n),
        "cycle": (nx.cycle_graph(n), 2 - 2 * np.cos(2 * np.pi / n)),
        "path": (nx.path_graph(n), 2 - 2 * np.cos(np.pi / n)),
    }
    for graph, exact in known.values():
        assert connectivity(graph) == pytest.approx(exact, abs=1e-12)


def test_a_further_link_never_lowers_connectivity_nor_raises_the_mean_spread():
    for graph, link, _ in random_graphs(60):
        denser = graph.copy()
        denser.add_edge(*link)
        assert connectivity(denser) >= connectivity(graph) - 1e-12
        assert np.all(mean_spread(denser, TIMES) <= mean_spread(graph, TIMES) + 1e-12)


def test_variance_never_exceeds_its_bound():
    for graph, _, start in random_graphs(40):
        variances = aligned(graph, start, TIMES).var(axis=1)
        assert np.all(variances <= alignment_bound(graph, start, TIMES) * (1 + 1e-9))


def test_the_bound_is_reached_by_the_slowest_pattern():
    _, patterns = np.linalg.eigh(nx.laplacian_matrix(PATH).toarray().astype(float))
    variances = aligned(PATH, patterns[:, 1], TIMES).var(axis=1)
    assert np.allclose(variances, alignment_bound(PATH, patterns[:, 1], TIMES), rtol=1e-9)


def test_diffusion_keeps_the_mean_and_is_the_matrix_exponential():
    graph = nx.Graph([(0, 1, {"weight": 2.0}), (1, 2)])
    exact = (-sp.Matrix([[2, -2, 0], [-2, 3, -1], [0, -1, 1]]) * sp.Rational(1, 2)).exp() * sp.Matrix([1, 0, -3])
    path = aligned(graph, (1, 0, -3), (0.5,))
    assert np.allclose(path[0], np.array(exact.evalf(), dtype=float)[:, 0], rtol=1e-12)
    assert path[0].mean() == pytest.approx(-2 / 3)


def test_mean_spread_is_the_mean_over_random_starts():
    basis = sum(aligned(PATH, start, (0.0, 0.3)).var(axis=1) for start in np.eye(4))  # entries of one variance
    assert basis[1] / basis[0] == pytest.approx(mean_spread(PATH, (0.3,))[0], rel=1e-9)


def test_one_start_may_have_more_variance_with_a_link_more_at_some_time():
    thin, dense = (aligned(graph, (1, 4, -2, 3), (0.5,)).var() for graph in (PATH, RING))
    assert dense > 1.1 * thin


def test_under_drift_a_further_link_may_raise_the_variance_at_rest():
    graph, drift = nx.Graph([(0, 2), (0, 3), (1, 3)]), dict(zip(range(4), (-7, 5, 5, -3), strict=True))
    order = list(graph.nodes)
    denser = graph.copy()
    denser.add_edge(2, 3)
    thin, dense = (resting_spread(g, [drift[node] for node in order]) for g in (graph, denser))
    assert (thin, dense) == pytest.approx((7.25, 8.1875))


def test_drift_ends_at_the_variance_at_rest():
    drift = (-7.0, 5.0, 5.0, -3.0)
    late = aligned(RING, (1, 2, 3, 4), (60.0,), drift=drift)
    assert late.var() == pytest.approx(resting_spread(RING, drift), rel=1e-9)


def test_a_drift_that_all_share_makes_no_difference():
    assert resting_spread(PATH, 3.0) == pytest.approx(0.0, abs=1e-20)


def test_parts_without_a_cross_link_never_agree_however_dense_they_are():
    start = [1.0] * 5 + [-1.0] * 5
    assert connectivity(TWO_CLIQUES) == 0.0
    assert np.allclose(aligned(TWO_CLIQUES, start, (1.0, 50.0)).var(axis=1), 1.0)
    assert resting_spread(TWO_CLIQUES, start) == np.inf
    assert resting_spread(TWO_CLIQUES, [1, -1, 0, 0, 0] * 2) == pytest.approx(2 / 25 / 5)


def test_a_denser_network_that_is_another_one_may_align_more_slowly():
    barbell = TWO_CLIQUES.copy()
    barbell.add_edge(0, 5)
    assert nx.density(barbell) > nx.density(nx.cycle_graph(10))
    assert connectivity(barbell) < connectivity(nx.cycle_graph(10))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: connectivity(nx.empty_graph(1)), "at least two nodes, got 1"),
        (lambda: connectivity(nx.Graph([(0, 1, {"weight": -1.0})])), r"weights of links must be positive and finite"),
        (lambda: connectivity(nx.path_graph(2001)), "at most 2000 nodes, got 2001"),
        (lambda: aligned(PATH, (1, 2), (0.0,)), r"p0 must have shape \(4,\), got \(2,\)"),
        (lambda: aligned(PATH, (1, 2, 3, np.nan), (0.0,)), "p0 must be finite"),
        (lambda: aligned(PATH, (1, 2, 3, 4), (-1.0,)), "t must hold finite times of at least 0"),
        (lambda: resting_spread(PATH, (1, 2)), r"drift must have shape \(4,\)"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("graph", [nx.DiGraph([(0, 1)]), nx.MultiGraph([(0, 1)]), [(0, 1)]])
def test_only_undirected_graphs_are_taken(graph):
    with pytest.raises(TypeError, match=r"graph must be an undirected networkx\.Graph"):
        connectivity(graph)


def test_many_nodes_are_followed_without_full_matrices():
    graph = nx.random_regular_graph(4, 20_000, seed=1)
    start = np.random.default_rng(13).normal(size=20_000)
    assert aligned(graph, start, (2.0,)).var() < 0.2 * start.var()


def test_that_a_link_calms_under_drift_is_refuted_by_numbers_that_the_graph_confirms():
    proof = DENSER_IS_CALMER.prove()
    assert proof.outcome == "refuted"
    point = {letter.name: float(value) for letter, value in proof.counterexample.items()}
    line = nx.Graph([(2, 0), (0, 3), (3, 1)])
    more, pull = nx.Graph([*line.edges, (2, 3)]), {k: point[f"d_{k}"] for k in range(4)}
    thin, dense = (resting_spread(graph, [pull[node] for node in graph]) for graph in (line, more))
    assert dense > thin
    assert dense == pytest.approx(np.mean([point[f"q_{k}"] ** 2 for k in range(4)]))
