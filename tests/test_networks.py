"""Networks: the equations of the core, numbers checked once, graphs and values as other forms of them."""

import networkx as nx
import numpy as np
import pytest
from crowds import PLAIN, rng, small
from draws import MODELS, batch
from scipy import sparse

from ecolib import Values
from ecolib.networks import Network, coexistence, graph_of, help_radius, network_of
from ecolib.numeric import evaluate


@pytest.mark.parametrize("units", [2, 4])
def test_growth_is_that_of_the_model(units):
    for values, network in small(units):
        u = rng().uniform(0, 2, units)
        expected = evaluate(MODELS[units].growth, MODELS[units], values, u * values.K)
        assert np.allclose(network.growth(u), expected, rtol=1e-12, atol=1e-12)


def test_graphs_become_networks_and_back():
    graph = nx.gnp_random_graph(12, 0.3, seed=1, directed=True)
    graph = nx.relabel_nodes(graph, {k: f"firm {k}" for k in graph})
    for j, i in graph.edges:
        graph.edges[j, i]["alpha"] = rng(len(j + i)).uniform(-1, 1)
    nx.set_node_attributes(graph, {"firm 3": 7.0}, "K")
    network = network_of(graph, r=0.5)
    for j, i, alpha in graph.edges(data="alpha"):
        assert network.alpha[network.names.index(i), network.names.index(j)] == alpha
    assert (network.K[3], network.K[4], set(network.r)) == (7.0, 1.0, {0.5})
    back = graph_of(network)
    assert {(j, i): a for j, i, a in back.edges(data="alpha")} == {(j, i): a for j, i, a in graph.edges(data="alpha")}
    assert back.nodes["firm 3"] == {"r": 0.5, "K": 7.0}


def test_names_that_are_numbers_in_another_order_survive_the_way_to_a_graph():
    network = Network(r=(1, 2), K=1, alpha=((0, 0.5), (0, 0)), names=(1, 0))
    graph = graph_of(network)
    assert list(graph.edges(data="alpha")) == [(0, 1, 0.5)]
    assert (graph.nodes[1]["r"], graph.nodes[0]["r"]) == (1.0, 2.0)


@pytest.mark.parametrize(
    ("graph", "error", "words"),
    [
        (nx.Graph([(0, 1)]), TypeError, "without parallel edges, got one undirected"),
        (nx.MultiDiGraph([(0, 1)]), TypeError, "got one with parallel edges"),
        (nx.DiGraph(), ValueError, "at least one node"),
        ([(0, 1)], TypeError, r"networkx\.DiGraph, got list"),
        (nx.DiGraph([(0, 1)]), ValueError, "every edge needs a number alpha, the edge 0 -> 1 has none"),
        (nx.DiGraph([(0, 1, {"alpha": "much"})]), TypeError, "got 'much' for the edge 0 -> 1"),
        (nx.DiGraph([(0, 1, {"alpha": np.nan})]), ValueError, "alpha must be finite, got nan for unit 2"),
        (nx.DiGraph([(0, 0, {"alpha": 1.0})]), ValueError, "zero on the diagonal, got 1.0 for unit 1"),
    ],
    ids=range(8),
)
def test_graphs_that_are_no_networks_are_refused(graph, error, words):
    with pytest.raises(error, match=words):
        network_of(graph)


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"r": (1, -2)}, ValueError, "r must be positive and finite, got -2.0 for unit 2"),
        ({"K": np.nan}, ValueError, "K must be positive and finite, got nan for unit 1"),
        ({"r": (1, 2, 3)}, ValueError, r"r must be one number or have shape \(2,\), got \(3,\)"),
        ({"r": "fast"}, TypeError, "r must be"),
        ({"alpha": ((0, 1),)}, ValueError, r"alpha must have shape \(units, units\), got \(1, 2\)"),
        ({"alpha": ((0, np.inf), (0, 0))}, ValueError, "alpha must be finite, got inf for unit 1"),
        ({"alpha": ((0, 1), (0, 2))}, ValueError, "zero on the diagonal, got 2.0 for unit 2"),
        (
            {"alpha": sparse.csr_array(np.array([[0, 1j], [0, 0]]))},
            TypeError,
            "alpha must hold real numbers, got complex128",
        ),
        ({"names": ("a", "a")}, ValueError, "names must be 2 different names"),
        ({"names": "ab"}, ValueError, "names must be 2 different names"),
    ],
    ids=range(10),
)
def test_numbers_that_are_no_network_are_refused(wrong, error, words):
    with pytest.raises(error, match=words):
        Network(**(PLAIN | wrong))


@pytest.mark.parametrize("function", [coexistence, help_radius, graph_of])
def test_values_are_no_network(function):
    with pytest.raises(TypeError, match="network must be a Network, got Values"):
        function(Values(**{k: (np.ones(2) if k != "alpha" else np.zeros((2, 2))) for k in PLAIN}))


def test_a_network_is_checked_once_and_cannot_be_changed():
    given = np.array([[0, 0.5], [0, 0]])
    network = Network(r=1, K=1, alpha=given)
    given[0, 1] = 9
    assert network.alpha[0, 1] == 0.5
    for array in (network.r, network.K, network.alpha.data):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 2.0


def test_sparse_forms_are_cleaned():
    messy = sparse.coo_array(([0.2, 0.3, 0.0], ([0, 0, 1], [1, 1, 0])), shape=(2, 2))
    network = Network(r=1, K=1, alpha=messy)
    assert (network.links, network.alpha[0, 1]) == (1, 0.5)


def test_values_and_networks_are_one_form_of_each_other():
    ((values, network),) = small(3, count=1)
    back = network.to_values()
    assert np.array_equal(back.alpha, values.alpha)
    assert np.array_equal(back.K, values.K)
    with pytest.raises(ValueError, match="a full matrix is for up to 5000 units"):
        Network(r=1, K=1, alpha=sparse.csr_array((6000, 6000))).to_values()
    with pytest.raises(ValueError, match="got a batch of shape"):
        Network.of_values(batch(rng(), 2, 3))
    with pytest.raises(TypeError, match=r"values must be ecolib\.Values, got int"):
        Network.of_values(3)


def test_parts_and_states_that_a_network_does_not_have_are_refused():
    network = Network(r=1, K=1, alpha=[[0, 0.5], [0.5, 0]])
    for wrong in ([5], [0.5], [], [True, False, True]):
        with pytest.raises(ValueError, match="units must be indices below 2 or a mask"):
            network.part(wrong)
    for wrong in (1, [1, 2, 3]):
        with pytest.raises(ValueError, match=r"u must have shape \(2,\)"):
            network.growth(wrong)
