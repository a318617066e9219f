"""Enclaves: a unit depends on its ancestors only, and without a path from newcomers the host has nothing of them."""

import networkx as nx
import numpy as np
import pytest

from ecolib import Symbiosis, Values, simulate
from ecolib.networks import Network, coexistence, network_of
from ecolib.paper.construction.material import (
    ancestors,
    cut_off,
    enclaves,
    islands,
    multipliers,
    parts,
    reducible,
    relocated,
    spillover,
)
from ecolib.paper.evolution import Closure

HOSTS = 12


def directed(graph, alpha=0.1):
    """A graph of networkx as a network: links both ways for an undirected one."""
    whole = nx.DiGraph(graph)
    nx.set_edge_attributes(whole, alpha, "alpha")
    return network_of(whole)


def moved_in(links, served=0, seed=1):
    """Four units that moved from a complete region A of six into a random region B of twelve."""
    rng = np.random.default_rng(seed)
    A = nx.complete_graph(6, create_using=nx.DiGraph)
    B = nx.gnp_random_graph(HOSTS, 0.3, directed=True, seed=7)
    whole = nx.disjoint_union(A, B)
    nx.set_edge_attributes(whole, 0.06, "alpha")
    nx.set_node_attributes(whole, {k: "A" if k < 6 else "B" for k in whole}, "region")
    after = relocated(whole, range(4), region="B", links=links, served=served, strength=0.05, rng=rng)
    return whole, network_of(after)


def hosts_gain(network):
    """Spillover to the units that were in region B before."""
    return np.array([gain for unit, gain in spillover(network, range(4)).items() if unit >= 6])


@pytest.mark.parametrize(
    ("graph", "many"),
    [
        (nx.star_graph(4), 1),
        (nx.complete_graph(5), 1),
        (nx.cycle_graph(5, create_using=nx.DiGraph), 1),
        (nx.path_graph(5, create_using=nx.DiGraph), 5),
        (nx.barbell_graph(4, 2), 1),
        (nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(4)), 2),
    ],
    ids=["star", "complete", "cycle", "path", "barbell", "two cliques"],
)
def test_graphs_with_known_answers(graph, many):
    network = directed(graph)
    assert len(parts(network)) == many
    assert reducible(network) == (many > 1)


def test_two_cliques_with_a_one_way_bridge_are_a_source_and_an_enclave():
    cliques = nx.DiGraph(nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(3)))
    assert islands(directed(cliques)) == ((0, 1, 2), (3, 4, 5))
    cliques.add_edge(2, 3)
    network = directed(cliques)
    assert parts(network) == ((0, 1, 2), (3, 4, 5))
    assert enclaves(network) == ((3, 4, 5),)
    assert islands(network) == ()
    cliques.add_edge(5, 0)
    assert enclaves(directed(cliques)) == ()


def test_parts_and_ancestors_are_those_of_networkx():
    for seed in range(10):
        graph = nx.gnp_random_graph(30, 0.06, directed=True, seed=seed)
        network = directed(graph)
        assert set(map(frozenset, parts(network))) == set(map(frozenset, nx.strongly_connected_components(graph)))
        assert all(ancestors(network, k) == nx.ancestors(graph, k) for k in (0, 7, 29))
        place = {unit: k for k, part in enumerate(parts(network)) for unit in part}
        assert all(place[j] <= place[i] for j, i in graph.edges)


def test_a_gain_depends_on_the_coefficients_of_ancestors_only():
    rng = np.random.default_rng(3)
    for seed in range(10):
        network = directed(nx.gnp_random_graph(20, 0.08, directed=True, seed=seed))
        upstream = [*sorted(ancestors(network, 5)), 5]
        others = np.setdiff1d(np.arange(20), upstream)
        alpha = network.alpha.toarray()
        alpha[others] *= rng.uniform(0, 2, (others.size, 20))
        changed = Network(r=1, K=1, alpha=alpha)
        before, after = (coexistence(one).saturation for one in (network, changed))
        assert np.allclose(before[upstream], after[upstream], rtol=1e-12)


def test_without_ancestors_the_gain_is_zero():
    network = directed(nx.path_graph(4, create_using=nx.DiGraph))
    assert ancestors(network, 0) == frozenset()
    assert coexistence(network).saturation[0] == 1


def test_even_paths_in_time_depend_on_ancestors_only():
    """Not at rest only: what happens downstream never reaches a unit, also when a unit downstream dies."""
    alpha = np.array([[0, 0.4, 0], [0.3, 0, 0], [-2.0, 0.5, 0]])
    whole = simulate(Symbiosis.of(units=3), Values(r=(1, 2, 1), K=(1, 1, 1), alpha=alpha), x0=(0.1, 2, 1), t=range(20))
    upstream = simulate(
        Symbiosis.of(units=2), Values(r=(1, 2), K=(1, 1), alpha=alpha[:2, :2]), x0=(0.1, 2), t=range(20)
    )
    assert whole.x[2, -1] < 0.1
    assert np.allclose(whole.x[:2], upstream.x, rtol=1e-6)


def test_an_enclave_has_no_spillover_even_when_the_host_serves_it():
    for served in (0, 5):
        _, network = moved_in(links=0, served=served)
        assert np.allclose(hosts_gain(network), 0, atol=1e-14)
        assert (0, 1, 2, 3) in enclaves(network)
        assert ((0, 1, 2, 3) in islands(network)) == (served == 0)


def test_an_industry_that_moved_loses_what_its_old_network_gave_it():
    before, after = moved_in(links=0)
    old, new = coexistence(network_of(before)).saturation, coexistence(after).saturation
    assert np.all(new[:6] < old[:6])
    assert np.all(new[:4] > 1)


def test_spillover_rises_with_every_link_and_is_the_sum_over_links_of_help_times_multiplier():
    totals = [hosts_gain(moved_in(links)[1]).sum() for links in range(0, 13, 3)]
    assert totals[0] == pytest.approx(0, abs=1e-13)
    assert np.all(np.diff(totals) > 0)
    network = moved_in(9)[1]
    u, factor = coexistence(network).saturation, multipliers(network.part(np.arange(6, 18)))
    alpha = network.alpha.toarray()
    assert totals[3] == pytest.approx(float(factor @ alpha[6:, :4] @ u[:4]), rel=1e-12)


def test_one_link_into_a_strongly_connected_host_raises_everybody_there():
    ring = nx.cycle_graph(6, create_using=nx.DiGraph)
    ring.add_edge("new", 2)
    assert min(spillover(directed(ring), ["new"]).values()) > 0
    line = nx.path_graph(6, create_using=nx.DiGraph)
    line.add_edge("new", 2)
    gains = spillover(directed(line), ["new"])
    assert [gains[k] > 0 for k in range(6)] == [False, False, True, True, True, True]


def test_with_friction_a_link_may_do_harm():
    rivals = Network(r=1, K=1, alpha=((0, -0.5, 0.2), (-0.5, 0, 0), (0, 0, 0)))
    gains = spillover(rivals, [2])
    assert gains[0] > 0 > gains[1]


def test_without_a_return_flow_the_closure_gives_the_host_no_spillover():
    for phi in (0.2, 0.6, 1.0):
        alpha = Closure(s=1.2, c=0.3, omega=0).alpha(phi=phi)
        gain = spillover(Network(r=1, K=1, alpha=alpha), [0])[1]
        assert gain == pytest.approx(0, abs=1e-15) if phi == 1 else gain < 0


@pytest.mark.parametrize(
    ("alpha", "moved", "hosts", "apart"),
    [
        (((0, 0.2, 0), (0.2, 0, 0.2), (0, 0, 0)), [1], [2], True),  # coast, factory, town: no part is an enclave
        (((0, 0, 0), (0.2, 0, 0), (0.2, 0, 0)), [0, 1], [2], False),  # unit 1 is an enclave, unit 0 is not
        (((0, 0, 0), (0.2, 0, 0), (0, 0.2, 0)), [0], [2], False),  # through another one
        (((0, 0, 0), (0.2, 0, 0), (0, 0.2, 0)), [2], [0, 1], True),
    ],
    ids=["nothing but the old network", "half of them reach the town", "by way of a third", "downstream"],
)
def test_hosts_have_nothing_exactly_if_newcomers_are_cut_off_from_them(alpha, moved, hosts, apart):
    network = Network(r=1, K=1, alpha=alpha)
    gains = spillover(network, moved)
    assert cut_off(network, moved, hosts) == apart == all(abs(gains[host]) < 1e-12 for host in hosts)
    assert cut_off(alpha, moved, hosts) == all(ancestors(network, host).isdisjoint(moved) for host in hosts)


def test_enclaves_of_a_network_do_not_decide_about_a_spillover():
    old_links, half = np.array([[0, 0.2, 0], [0.2, 0, 0.2], [0, 0, 0]]), np.array([[0, 0, 0], [0.2, 0, 0], [0.2, 0, 0]])
    assert (1,) not in enclaves(old_links)
    assert cut_off(old_links, [1], [2])
    assert (1,) in enclaves(half)
    assert spillover(Network(r=1, K=1, alpha=half), [0, 1])[2] == pytest.approx(0.2)


def test_the_bound_on_spillover_needs_the_saturation_of_the_newcomers():
    network = Network(r=1, K=1, alpha=((0, 0.1, 0), (0, 0, 10), (0, 0, 0)))
    total = sum(spillover(network, [1, 2]).values())
    assert total > 1 * 0.1 * multipliers(network.part(np.array([0]))).max()
    assert total == pytest.approx(1 * 0.1 * 1 * coexistence(network).saturation[1:].max())


def test_cut_off_needs_newcomers_and_other_units():
    network = directed(nx.path_graph(3, create_using=nx.DiGraph))
    for moved, hosts in (([], [1]), ([1], []), ([1], [1, 2])):
        with pytest.raises(ValueError, match="none of them both"):
            cut_off(network, moved, hosts)
    with pytest.raises(ValueError, match="unknown unit 'x'"):
        cut_off(network, ["x"], [1])


@pytest.mark.parametrize("moved", [5, None, "ab", [[1]]])
def test_who_has_moved_is_a_collection_of_names(moved):
    graph = nx.DiGraph([(0, 1, {"alpha": 0.1})])
    nx.set_node_attributes(graph, {0: "A", 1: "B"}, "region")
    with pytest.raises(TypeError, match="moved must"):
        spillover(network_of(graph), moved)
    with pytest.raises(TypeError, match="moved must"):
        relocated(graph, moved, region="B", links=1, strength=0.1, rng=np.random.default_rng(1))


def test_movers_belong_to_their_new_region_and_are_no_hosts_of_each_other():
    graph = nx.complete_graph(4, create_using=nx.DiGraph)
    nx.set_edge_attributes(graph, 0.1, "alpha")
    nx.set_node_attributes(graph, {0: "A", 1: "B", 2: "B", 3: "A"}, "region")
    after = relocated(graph, [0, 1], region="B", links=2, strength=0.1, rng=np.random.default_rng(1))
    assert dict(after.nodes(data="region")) == {0: "B", 1: "B", 2: "B", 3: "A"}
    assert {(j, i) for j, i in after.edges if j in (0, 1)} == {(0, 1), (1, 0), (0, 2), (1, 2)}


def test_multipliers_are_column_sums_of_the_inverse():
    alpha = np.random.default_rng(2).uniform(-0.2, 0.2, (7, 7)) * (1 - np.eye(7))
    assert np.allclose(multipliers(alpha), np.linalg.inv(np.eye(7) - alpha).sum(axis=0))
    with pytest.raises(ValueError, match="can be inverted"):
        multipliers(((0, 1), (1, 0)))


def test_relocation_takes_away_old_links_and_adds_so_many_new_ones():
    before, after = moved_in(links=7, served=3)
    edges = [(j, i) for i, j in zip(*after.alpha.nonzero(), strict=True)]
    assert sum(j < 4 <= i for j, i in edges) == 7
    assert sum(i < 4 <= j for j, i in edges) == 3
    assert sum(i < 4 and j < 4 for j, i in edges) == 12
    assert before.number_of_edges() > after.links
    assert all(j >= 6 for j, i in edges if i < 4 <= j)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"moved": ["x"]}, "moved must name nodes of the graph, got 'x'"),
        ({"moved": []}, "nobody moves"),
        ({"region": "C"}, "nobody is in the region 'C'"),
        ({"links": 3}, "links must be from 0 to 2, got 3"),
        ({"strength": -1}, "strength must be at least 0 and finite, got -1.0"),
    ],
)
def test_relocations_that_make_no_sense_are_refused(wrong, words):
    graph = nx.DiGraph([(0, 1, {"alpha": 0.1})])
    graph.add_nodes_from([2, 3])
    nx.set_node_attributes(graph, {0: "A", 1: "A", 2: "B", 3: "B"}, "region")
    given = {"moved": [0], "region": "B", "links": 1, "strength": 0.1, "rng": np.random.default_rng(1)}
    with pytest.raises(ValueError, match=words):
        relocated(graph, **(given | wrong))
    with pytest.raises(TypeError, match="rng must be a"):
        relocated(graph, **(given | {"rng": 1}))


def test_spillover_needs_newcomers_hosts_and_a_state_in_which_all_live():
    network = directed(nx.complete_graph(3))
    for moved in ([], [0, 1, 2]):
        with pytest.raises(ValueError, match="some units must have moved, but not all"):
            spillover(network, moved)
    with pytest.raises(ValueError, match="unknown unit 9"):
        ancestors(network, 9)
    with pytest.raises(ValueError, match="the others alone cannot live together"):
        spillover(Network(r=1, K=1, alpha=((0, -2, 1.5), (0, 0, 0), (0, 0, 0))), [2])
    with pytest.raises(ValueError, match="all units cannot live together"):
        spillover(Network(r=1, K=1, alpha=((0, -2), (0, 0))), [1])
