"""Networks of regions: one relation is the closure, many add up, and the window of coexistence is exact."""

import networkx as nx
import numpy as np
import pytest
import sympy as sp
from checks import checked

from ecolib.networks import coexistence, help_radius, simulate_network, stability
from ecolib.numeric import compiled
from ecolib.paper.evolution import Closure, letters
from ecolib.paper.evolution.regional import REGIONS
from ecolib.paper.evolution.regions import d, industry, regional_network, relation_limit, transferring

BASE = Closure(s=1.2, c=0.3, omega=1, n=3)
PAIR = nx.DiGraph([("coast", "town")])


def regular(relations, regions=12, seed=3):
    """A graph of regions with so many relations each, in random directions."""
    edges = nx.random_regular_graph(relations, regions, seed=seed).edges
    turned = np.random.default_rng(seed).random(len(edges)) < 0.5
    return nx.DiGraph([edge[::-1] if turn else edge for edge, turn in zip(edges, turned, strict=True)])


def coefficients(closure, phi):
    alpha = closure.alpha(phi=phi)
    return alpha[0, 1], alpha[1, 0]


@pytest.mark.parametrize("name", REGIONS)
def test_every_proposition_is_proved_with_witness_and_counterexamples(name):
    check = checked(REGIONS[name])
    assert check.passed, check.faults


def test_one_relation_is_the_closure_for_three_units():
    network = regional_network(PAIR, BASE, phi=0.8)
    assert network.names == ("coast", "town", ("coast", "town"))
    leader_first = network.alpha.toarray()[np.ix_([2, 0, 1], [2, 0, 1])]
    assert np.allclose(leader_first, BASE.alpha(phi=0.8), rtol=1e-12)
    assert np.allclose(coexistence(network).saturation[[2, 0, 1]] - 1, BASE.gains(phi=0.8))


def test_coefficients_of_several_relations_add_up():
    both_ways = regional_network(nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c")]), BASE, phi=0.8)
    lead, follow = coefficients(BASE, 0.8)
    effect = {(to, by): both_ways.alpha[both_ways.names.index(to), both_ways.names.index(by)] for to, by in EFFECTS}
    expected = dict(zip(EFFECTS, (2 * follow, follow, follow, lead, lead, 0, 0), strict=True))
    assert effect == pytest.approx(expected)
    assert (both_ways.units, both_ways.links) == (6, 2 * 2 + 3 * 4)


EFFECTS = [
    ("a", "b"),
    ("b", "c"),
    ("a", ("b", "a")),
    (("b", "a"), "a"),
    (("b", "a"), "b"),
    ("c", "a"),
    (("b", "c"), ("a", "b")),
]


def test_relations_may_differ_in_compatibility():
    graph = nx.DiGraph([("a", "b", {"fit": 0.9}), ("b", "c", {"fit": 0.3})])
    network = regional_network(graph, BASE, phi="fit")
    for edge, phi in ((("a", "b"), 0.9), (("b", "c"), 0.3)):
        row = network.alpha[[network.names.index(edge)]].data
        assert row == pytest.approx([coefficients(BASE, phi)[0]] * 2)


def test_regions_without_relations_are_alone():
    network = regional_network(nx.empty_graph(3, create_using=nx.DiGraph), BASE, phi=0.5)
    assert (network.units, network.links) == (3, 0)
    assert coexistence(network).saturation.tolist() == [1, 1, 1]


@pytest.mark.parametrize("relations", [1, 2, 3, 5])
@pytest.mark.parametrize("closure", [BASE, Closure(s=1.2, c=0.9, omega=1, n=3), Closure(s=1.2, c=0.3, omega=0, n=3)])
def test_the_window_of_coexistence_is_exact(relations, closure):
    """Linear algebra on a random graph of twelve regions, against the two inequalities."""
    for phi in np.linspace(0.02, 1, 25):
        network = regional_network(regular(relations), closure, phi=phi)
        found = coexistence(network)
        lives = found.feasible and stability(network, found.saturation).verdict == "stable"
        assert lives == (relations < relation_limit(closure, phi=phi)), phi
        if lives:
            values = (*coefficients(closure, phi), relations)
            v, w = compiled((industry, transferring), letters.a_1, letters.a_i, d)(*values)
            assert np.allclose(found.saturation, [v] * 12 + [w] * (network.units - 12))


def test_beyond_the_limit_paths_end_as_the_theorem_says():
    """At 0.1 harm excludes somebody, at 1 help has no bound; both limits lie between one relation and five."""
    few, many = regular(1), regular(5)
    for phi, ended in ((0.1, "finished"), (1.0, "escaped")):
        calm, wild = (simulate_network(regional_network(g, BASE, phi=phi), x0=0.5, t=(0, 400)) for g in (few, many))
        assert (calm.ended, wild.ended) == ("finished", ended)
        assert calm.x[:, -1].min() > 0.05
    uneven = np.random.default_rng(2026).uniform(0.1, 1, regional_network(many, BASE, phi=0.1).units)
    excluded = simulate_network(regional_network(many, BASE, phi=0.1), x0=uneven, t=(0, 400))
    assert excluded.x[:, -1].min() < 1e-6


def test_the_window_closes_on_the_threshold_of_one_relation():
    phi_c = float(BASE.thresholds.phi_c)
    assert relation_limit(BASE, phi=phi_c) > 1e12
    for phi in (phi_c - 0.01, phi_c + 0.01):
        assert 20 < relation_limit(BASE, phi=phi) < 500


def test_help_runs_away_between_the_mean_and_the_largest_number_of_relations():
    """In any graph: for certain when the mean passes the limit, never while the largest is below it."""
    limit, seen = relation_limit(BASE, phi=0.8), set()
    for seed in range(20):
        graph = nx.gnp_random_graph(15, 0.04 + 0.01 * seed, seed=seed, directed=True)
        degrees = np.array([degree for _, degree in graph.degree])
        radius = help_radius(regional_network(graph, BASE, phi=0.8))
        assert radius >= 1 or degrees.mean() < limit
        assert radius < 1 or degrees.max() >= limit
        seen.add(bool(radius >= 1))
    assert seen == {True, False}


def test_the_exact_threshold_of_any_graph_is_a_spectral_radius_of_regions_alone():
    """Eliminating the transferring units: a_i times the radius of (1 + a_1) M + a_1 D is on the same side of 1."""
    for phi in (0.6, 0.7, 0.8, 1.0):
        lead, follow = coefficients(BASE, phi)
        for seed in range(8):
            graph = nx.gnp_random_graph(9, 0.15, seed=seed, directed=True)
            meetings = nx.to_numpy_array(graph) + nx.to_numpy_array(graph).T
            regions = follow * ((1 + lead) * meetings + lead * np.diag(meetings.sum(axis=1)))
            inside = np.abs(np.linalg.eigvals(regions)).max() < 1
            assert inside == (help_radius(regional_network(graph, BASE, phi=phi)) < 1)


@pytest.mark.parametrize("phi", [0.3, 0.45, 0.6])
def test_signs_of_gains_are_those_of_one_relation_in_any_graph(phi):
    (lead, follow), seen = coefficients(BASE, phi), 0
    for seed in range(12):
        graph = nx.gnp_random_graph(10, 0.12, seed=seed, directed=True)
        graph.remove_nodes_from(list(nx.isolates(graph)))
        found, regions = coexistence(regional_network(graph, BASE, phi=phi)), len(graph)
        if found.feasible:
            seen += 1
            assert np.all(np.sign(found.saturation[:regions] - 1) == np.sign(follow))
            assert np.all(np.sign(found.saturation[regions:] - 1) == np.sign(lead))
    assert seen >= 4


def test_the_hub_of_a_star_gains_most_and_its_exact_gains_are_those_of_the_equations():
    star = nx.DiGraph([("hub", k) for k in range(3)])
    network = regional_network(star, BASE, phi=0.6)
    u = dict(zip(network.names, coexistence(network).saturation, strict=True))
    a, b = (sp.Rational(312, 1000), sp.Rational(24, 1000))
    hub, leaf, move = sp.symbols("hub leaf move")
    equations = (hub - 1 - 3 * b * (move + leaf), leaf - 1 - b * (move + hub), move - 1 - a * (hub + leaf))
    exact = sp.solve(equations, (hub, leaf, move))
    assert [u["hub"], u[0], u["hub", 2]] == pytest.approx([float(exact[k]) for k in (hub, leaf, move)])
    assert u["hub"] > u[0] > 1


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"graph": nx.Graph([(0, 1)])}, TypeError, "got one undirected"),
        ({"graph": nx.DiGraph([("a", "a")])}, ValueError, "the region 'a' has one with itself"),
        ({"closure": 3}, TypeError, "closure must be a Closure, got int"),
        ({"closure": Closure(s=1.2, c=0.3, omega=1)}, ValueError, "three units, the closure is for 2"),
        ({"closure": Closure(s=[1, 1.2], c=0.3, omega=1, n=3)}, ValueError, "got a batch or letters"),
        ({"closure": Closure(s=sp.Integer(1), c=0, omega=1, n=3)}, ValueError, "got a batch or letters"),
        ({"phi": 0}, ValueError, "phi must be above 0, got 0"),
        ({"phi": np.nan}, ValueError, "phi must be finite"),
        ({"phi": [0.5, 0.6]}, ValueError, "phi must be one number or the name of an attribute"),
        ({"phi": "fit"}, ValueError, "'coast' -> 'town' has no 'fit'"),
        ({"r": -1}, ValueError, "r must be positive"),
    ],
    ids=range(11),
)
def test_what_is_no_network_of_regions_is_refused(wrong, error, words):
    with pytest.raises(error, match=words):
        regional_network(**({"graph": PAIR, "closure": BASE, "phi": 0.8} | wrong))
