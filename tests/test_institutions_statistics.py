"""Statistics of regions: exact on known graphs; two regions before and after transfer, and what holds over draws."""

import networkx as nx
import numpy as np
import pytest

from ecolib.paper.behaviour.control import degree_centralisation
from ecolib.paper.construction.institutions import (
    Transfer,
    changes,
    dominance_rises,
    drawn_regions,
    eigenvector_centrality,
    region_statistics,
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
        (nx.barbell_graph(3, 1), 5 / 30),  # two units of seven have 3 links, the other five 2
    ],
)
def test_statistics_are_those_of_networkx_and_of_graphs_with_known_answers(graph, centralisation):
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


def test_eigenvector_centrality_of_parts_that_are_alike_is_that_of_one_of_them():
    rng, twins = np.random.default_rng(3), nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4))
    for _ in range(5):
        names = dict(zip(range(8), rng.permutation(8).tolist(), strict=True))
        assert eigenvector_centrality(nx.relabel_nodes(twins, names)) == pytest.approx(0.5, abs=1e-12)
    # The best linked unit of all, 0, has 4 links in a star (eigenvalue 2); the complete part has eigenvalue 3.
    assert eigenvector_centrality(nx.disjoint_union(nx.star_graph(4), nx.complete_graph(4))) == 0
    assert eigenvector_centrality(nx.path_graph(2)) == pytest.approx(0.5**0.5)


def test_low_level_units_that_leave_make_the_core_denser_and_a_lead_unit_that_leaves_thins_out_its_region():
    for _ in range(10):
        graph = drawn_regions(np.random.default_rng(_))
        low = transferred(graph, Transfer(low=8, lead=0), rng=np.random.default_rng(_))
        lead = transferred(graph, Transfer(low=0, lead=2), rng=np.random.default_rng(_))
        gain, loss = (region_statistics(low, "A") - region_statistics(graph, "A"),
                      region_statistics(lead, "B") - region_statistics(graph, "B"))  # fmt: skip
        # Nearly built in: those with fewest links leave.
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


def test_spillover_links_only_pairs_with_a_partner_in_common_and_never_two_pieces():
    pieces = nx.disjoint_union(nx.cycle_graph(7), nx.path_graph(6))
    nx.set_node_attributes(pieces, "B", "region")
    for seed in range(5):
        after = transferred(pieces, Transfer(low=0, lead=0, spillover=12), rng=np.random.default_rng(seed))
        assert after.number_of_edges() == pieces.number_of_edges() + 12
        assert nx.number_connected_components(after) == 2
        one = transferred(pieces, Transfer(low=0, lead=0, spillover=1), rng=np.random.default_rng(seed))
        ((i, j),) = set(one.edges) - set(pieces.edges)
        assert list(nx.common_neighbors(pieces, i, j))


def test_spillover_draws_evenly_from_all_pairs_that_have_a_partner_in_common_by_then():
    path = nx.Graph([(0, 5), (5, 2), (2, 6), (6, 1), (1, 4), (4, 3)])
    nx.set_node_attributes(path, "B", "region")
    names, wanted, draw = list(path), path.copy(), np.random.default_rng(9)
    after = transferred(path, Transfer(low=0, lead=0, spillover=12), rng=np.random.default_rng(9))
    for _ in range(12):
        pairs = [(i, j) for i in range(7) for j in range(i + 1, 7) if not wanted.has_edge(names[i], names[j])]
        close = [7 * i + j for i, j in pairs if list(nx.common_neighbors(wanted, names[i], names[j]))]
        i, j = divmod(int(draw.choice(close)), 7)
        wanted.add_edge(names[i], names[j])
    assert nx.utils.graphs_equal(after, wanted)


def test_links_of_b_hang_less_on_few_units_after_the_transfer():
    found = changes(Transfer(growth=15), draws=60, rng=np.random.default_rng(1))
    assert (found["B"]["centralisation"] < 0).mean() > 0.9


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


def moved(graph, regions=""):
    nx.set_node_attributes(graph, dict(zip(graph, regions, strict=False)), "region")
    return transferred(graph, Transfer(), rng=np.random.default_rng(1))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: region_statistics(nx.DiGraph(), "A"), TypeError, "undirected"),
        (lambda: region_statistics(nx.complete_graph(4), "A"), ValueError, "at least three nodes, got 0"),
        (lambda: Transfer(low=-1), ValueError, "low must be from 0 to 20, got -1"),
        (lambda: Transfer(kept=1.1), ValueError, "kept must be at most 1"),
        (lambda: transferred(nx.Graph(), None, rng=None), TypeError, "must be a Transfer"),
        (lambda: moved(nx.complete_graph(60)), ValueError, "every node must be in the region A or B, got None"),
        (lambda: moved(nx.path_graph(5), "AAABB"), ValueError, "units of A must be from 14 to .*, got 3"),
        (lambda: moved(nx.path_graph(16), "A" * 14 + "BB"), ValueError, "units of B must be from 3 to .*, got 2"),
        (lambda: moved(nx.DiGraph()), TypeError, "undirected"),
        (lambda: moved(nx.Graph([("a", "b")])), TypeError, "node must be an integer, got 'a'"),
        (lambda: changes(Transfer(), draws=1001, rng=np.random.default_rng(1)), ValueError, "draws must be from 1"),
        (lambda: eigenvector_centrality(3), TypeError, "undirected networkx.Graph, got int"),
        (lambda: eigenvector_centrality(nx.DiGraph()), TypeError, "undirected"),
        (lambda: eigenvector_centrality(nx.empty_graph(2001)), ValueError, "at most 2000 nodes, got 2001"),
        (lambda: drawn_regions(3), TypeError, "numpy.random.Generator"),
        (lambda: changes(Transfer(), draws=0, rng=np.random.default_rng(1)), ValueError, "draws must be from 1"),
    ],
)
def test_what_does_not_fit_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
