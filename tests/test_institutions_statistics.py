"""Statistics of regions: exact on known graphs, rules for one unit decide, and what holds over many draws."""

import networkx as nx
import numpy as np
import pytest

from ecolib.paper.behaviour.control import degree_centralisation
from ecolib.paper.construction.institutions import (
    Transfer,
    changes,
    density_rises,
    dominance_rises,
    drawn_regions,
    eigenvector_centrality,
    region_statistics,
    strength_rises,
    transferred,
)

BRIDGED = nx.barbell_graph(4, 0)


def of(graph):
    marked = graph.copy()
    nx.set_node_attributes(marked, "A", "region")
    return region_statistics(marked, "A")


@pytest.mark.parametrize(
    ("graph", "centralisation"),
    [
        (nx.star_graph(5), 1.0),
        (nx.complete_graph(6), 0.0),
        (nx.cycle_graph(6), 0.0),
        (BRIDGED, 6 / 42),  # two units have 4 links, six have 3; a star of eight gives 7 * 6
        (nx.barbell_graph(3, 1), 4 / 30),  # two units of seven have 3 links, the rest 2 or fewer
    ],
)
def test_statistics_are_those_of_networkx_and_of_graphs_with_known_answers(graph, centralisation):
    if graph.number_of_nodes() == 7:
        degrees = np.array([d for _, d in graph.degree])
        centralisation = (degrees.max() - degrees).sum() / 30
    found = of(graph)
    core = max(graph, key=graph.degree)
    assert found.centralisation == degree_centralisation(graph) == pytest.approx(centralisation)
    assert found.density == pytest.approx(nx.density(graph))
    assert found.contacts == pytest.approx(nx.degree_centrality(graph)[core])
    assert found.strength == pytest.approx(np.mean([d for _, d in graph.degree]))
    assert found.eigenvector == pytest.approx(max(nx.eigenvector_centrality_numpy(graph).values()), abs=1e-9)
    assert found.openness == 0


def test_a_bridge_between_two_regions_is_their_openness():
    graph = BRIDGED.copy()
    nx.set_node_attributes(graph, {i: "AB"[i > 3] for i in graph}, "region")
    for which in "AB":
        found = region_statistics(graph, which)
        assert (found.size, found.density, found.openness, found.dominance) == (4, 1.0, 1 / 7, 0.5)


def test_a_network_without_links_has_no_centre():
    assert eigenvector_centrality(nx.empty_graph(4)) == 0
    assert of(nx.empty_graph(4)).dominance == 0


def test_rules_for_one_unit_decide_what_happens_to_density_strength_and_dominance():
    rng, seen = np.random.default_rng(6), set()
    for _ in range(150):
        graph = nx.gnm_random_graph(8, int(rng.integers(9, 22)), int(rng.integers(10**6)))
        before, core = of(graph), max(graph, key=graph.degree)
        N, M, d = 8, graph.number_of_edges(), graph.degree(core)
        for joins in (True, False):
            after, unit = graph.copy(), 8 if joins else int(rng.choice([i for i in graph if i != core]))
            if joins:
                after.add_node(unit)
                after.add_edges_from((unit, int(i)) for i in rng.permutation(8)[: rng.integers(0, 9)])
            e, linked = (after if joins else graph).degree(unit), (after if joins else graph).has_edge(unit, core)
            if not joins:
                after.remove_node(unit)
            now = of(after)
            assert density_rises(N, M, e, joins=joins) == (now.density > before.density + 1e-12)
            assert strength_rises(N, M, e, joins=joins) == (now.strength > before.strength + 1e-12)
            share = after.degree(core) / after.number_of_edges()
            assert dominance_rises(M, d, e, linked=linked, joins=joins) == (share > d / M + 1e-12)
            seen.add((joins, now.density > before.density, now.strength > before.strength, share > d / M))
    assert len(seen) > 8


def test_a_region_that_grows_can_thin_out_while_it_grows_stronger():
    ring = nx.cycle_graph(10)
    ring.add_edges_from(((10, 0), (10, 5)))
    before, after = of(nx.cycle_graph(10)), of(ring)
    assert after.size > before.size
    assert after.strength > before.strength
    assert after.density < before.density
    assert strength_rises(10, 10, 2, joins=True)
    assert not density_rises(10, 10, 2, joins=True)


def test_low_level_units_that_leave_make_the_core_denser_and_a_lead_unit_that_leaves_thins_out_its_region():
    for _ in range(10):
        graph = drawn_regions(np.random.default_rng(_))
        low = transferred(graph, Transfer(low=8, lead=0), rng=np.random.default_rng(_))
        lead = transferred(graph, Transfer(low=0, lead=2), rng=np.random.default_rng(_))
        gain, loss = (region_statistics(low, "A") - region_statistics(graph, "A"),
                      region_statistics(lead, "B") - region_statistics(graph, "B"))  # fmt: skip
        assert min(gain["density"], gain["strength"]) > 0
        assert max(loss["density"], loss["strength"], loss["size"]) < 0


def test_over_many_draws_the_sentence_holds_for_openness_scale_strength_and_density():
    found = changes(Transfer(growth=15, links_B=6), draws=60, rng=np.random.default_rng(1))
    for name in ("size", "openness", "strength", "density"):
        assert (found["B"][name] > 0).mean() == 1
    for name in ("openness", "strength", "density"):
        assert (found["A"][name] > 0).mean() == 1


def test_density_of_b_falls_when_newcomers_bring_few_links_and_spillover_restores_it():
    few, later = (changes(Transfer(growth=15, links_B=3, spillover=extra), draws=40, rng=np.random.default_rng(1))
                  for extra in (0, 60))  # fmt: skip
    assert (few["B"]["density"] < 0).mean() > 0.8
    assert (few["B"]["strength"] > 0).all()
    assert (later["B"]["density"] > 0).all()


def test_the_core_of_a_loses_dominance_when_its_dependants_leave_and_when_its_equals_come():
    for transfer in (Transfer(lead=0), Transfer(low=0), Transfer()):
        found = changes(transfer, draws=60, rng=np.random.default_rng(1))["A"]
        assert (found["dominance"] < 0).mean() > 0.6
    assert not dominance_rises(54, 15, 1, linked=True, joins=False)
    assert dominance_rises(54, 15, 1, linked=False, joins=False)


def test_spillover_closes_triads_until_every_connected_part_is_complete():
    graph = nx.Graph([(4, 1), (1, 3), (3, 0), (0, 2), (5, 6)])
    nx.set_node_attributes(graph, "B", "region")
    after = transferred(graph, Transfer(low=0, lead=0, spillover=200), rng=np.random.default_rng(1))
    assert nx.is_isomorphic(after, nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(2)))
    once = transferred(graph, Transfer(low=0, lead=0, spillover=1), rng=np.random.default_rng(1))
    ((i, j),) = set(once.edges) - set(graph.edges)
    assert list(nx.common_neighbors(graph, i, j))


def test_movers_that_keep_no_ties_open_nothing():
    found = changes(Transfer(growth=15, links_B=6, kept=0.0), draws=20, rng=np.random.default_rng(1))
    assert not found["A"]["openness"].any()
    assert not found["B"]["openness"].any()
    assert (found["B"]["density"] > 0).all()


def test_the_graph_given_stays_and_movers_become_members_of_the_other_region():
    graph = drawn_regions(np.random.default_rng(2))
    before = (set(graph.edges), dict(graph.nodes(data="region")))
    after = transferred(graph, Transfer(low=3, lead=2, growth=4), rng=np.random.default_rng(3))
    assert (set(graph.edges), dict(graph.nodes(data="region"))) == before
    moved = [i for i in graph if graph.nodes[i]["region"] != after.nodes[i]["region"]]
    assert sorted(graph.nodes[i]["region"] for i in moved) == list("AAABB")
    assert len(after) == len(graph) + 4


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: region_statistics(nx.DiGraph(), "A"), TypeError, "undirected"),
        (lambda: region_statistics(nx.complete_graph(4), "A"), ValueError, "at least three nodes, got 0"),
        (lambda: density_rises(2, 1, 1, joins=False), ValueError, "units must be from 3"),
        (lambda: strength_rises(5, 11, 1, joins=True), ValueError, "links must be from 0 to 10, got 11"),
        (lambda: dominance_rises(5, 6, 1, linked=False, joins=True), ValueError, "core must be from 0 to 5"),
        (lambda: dominance_rises(5, 2, 0, linked=True, joins=True), ValueError, "own must be from 1"),
        (lambda: Transfer(low=-1), ValueError, "low must be from 0 to 20, got -1"),
        (lambda: Transfer(kept=1.1), ValueError, "kept must be at most 1"),
        (lambda: transferred(nx.Graph(), None, rng=None), TypeError, "must be a Transfer"),
        (lambda: drawn_regions(3), TypeError, "numpy.random.Generator"),
        (lambda: changes(Transfer(), draws=0, rng=np.random.default_rng(1)), ValueError, "draws must be from 1"),
    ],
)
def test_what_does_not_fit_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
