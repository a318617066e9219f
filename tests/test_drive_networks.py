"""The direct network effect: exact effects of links and newcomers, hubs, centralities on graphs that are known."""

import networkx as nx
import numpy as np
import pytest

from ecolib.networks import coexistence, network_of
from ecolib.paper.construction.drive import GROWTH, Hub, Partners, core_centrality, core_rises, grown
from ecolib.paper.evolution import Closure

BASE = Closure(s=1.2, c=0.3, omega=1)


def random_partners(number, units=6, friction=False):
    rng = np.random.default_rng(4)
    for _ in range(number):
        alpha = rng.exponential(0.12, (units, units)) * (rng.random((units, units)) < 0.6) * (1 - np.eye(units))
        signs = np.where(rng.random((units, units)) < 0.35, -0.6, 1.0) if friction else 1.0
        yield Partners(alpha * signs), rng


def star(spokes, a_h, a_s):
    alpha = np.zeros((spokes + 1, spokes + 1))
    alpha[0, 1:], alpha[1:, 0] = a_h, a_s
    return alpha


@pytest.mark.parametrize(
    ("graph", "weight"),
    [
        (nx.star_graph(6), 0.2),
        (nx.complete_graph(5), 0.15),
        (nx.cycle_graph(7), 0.3),
        (nx.barbell_graph(4, 0), 0.2),
        (nx.barbell_graph(4, 2), 0.2),
    ],
)
def test_saturations_are_katz_centralities(graph, weight):
    katz = nx.katz_centrality_numpy(graph, alpha=weight, beta=1.0, normalized=False)
    u = Partners(weight * nx.to_numpy_array(graph)).u
    assert np.allclose(u, [katz[node] for node in graph], rtol=1e-10)


def test_saturations_on_known_graphs_are_exact():
    assert np.allclose(Partners(0.15 * nx.to_numpy_array(nx.complete_graph(5))).u, 1 / (1 - 4 * 0.15))
    assert np.allclose(Partners(0.3 * nx.to_numpy_array(nx.cycle_graph(7))).u, 1 / (1 - 2 * 0.3))


def test_saturations_are_those_of_the_network_solver():
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([(0, 1, 0.3), (1, 2, -0.2), (2, 0, 0.4), (3, 0, 0.1)], weight="alpha")
    network = network_of(graph)
    assert np.allclose(Partners(network.alpha.toarray()).u, coexistence(network).saturation)


def test_the_effect_of_a_stronger_link_is_exact():
    for friction in (False, True):
        for partners, _ in random_partners(15, friction=friction):
            alpha = np.array(partners.alpha)
            alpha[2, 4] += 0.05
            assert np.allclose(partners.strengthened(to=2, by=4, size=0.05), Partners(alpha).u - partners.u)


def test_the_effect_of_a_newcomer_is_exact():
    for partners, rng in random_partners(15, friction=True):
        gives, receives = rng.normal(0, 0.1, (2, 6))
        alpha = np.block([[partners.alpha, gives[:, None]], [receives[None], np.zeros((1, 1))]])
        change = Partners(alpha).u - np.append(partners.u, 0)
        assert np.allclose(partners.joined(gives, receives), change)
        assert partners.welcome(gives) == np.all(change[:6] >= 0)


def test_without_friction_helpful_links_and_newcomers_lower_nobody():
    for partners, rng in random_partners(40):
        to, by = rng.choice(6, 2, replace=False)
        gives = rng.exponential(0.05, 6) * (rng.random(6) < 0.5)
        assert partners.helpful
        assert partners.radius < 1
        assert partners.strengthened(to=to, by=by, size=0.02).min() >= -1e-12
        assert partners.joined(gives, rng.exponential(0.05, 6)).min() >= -1e-12


def test_a_stronger_link_raises_exactly_those_whom_the_helped_unit_reaches():
    for partners, _ in random_partners(30):
        sparse = Partners(np.where(partners.alpha > 0.15, partners.alpha, 0))
        graph = nx.DiGraph([(j, i) for i, j in zip(*np.nonzero(sparse.alpha), strict=True)])
        graph.add_nodes_from(range(6))
        raised = set(np.flatnonzero(sparse.strengthened(to=2, by=4, size=0.01) > 1e-12).tolist())
        assert raised == nx.descendants(graph, 2) | {2}


def test_with_friction_a_helpful_link_harms_somebody():
    chain = Partners(((0, 0, 0), (-0.5, 0, 0), (0, 0, 0)))
    assert chain.strengthened(to=0, by=2, size=0.5).tolist() == [0.5, -0.25, 0.0]
    assert not chain.welcome((1, 0, 0))
    assert chain.welcome((0, 1, 0))


def test_a_hub_and_its_spokes_have_the_closed_form():
    for a_h, a_s in ((0.2, 0.3), (0.2, -0.4), (-0.1, -0.3)):
        u = Partners(star(5, a_h, a_s)).u
        assert np.allclose(Hub(a_h, a_s, 5).u, u[:2])
        assert np.allclose(u[1:], u[1])


def test_what_a_further_spoke_does_follows_the_signs_of_both_effects():
    phi = np.linspace(0.02, 1, 99)
    a_h, a_s = (BASE.alpha(phi=phi)[:, i, j] for i, j in ((0, 1), (1, 0)))
    before, after = (Hub(a_h, a_s, k).u for k in (1, 2))
    known = np.isfinite(before).all(axis=1) & np.isfinite(after).all(axis=1)
    up = (after > before)[known]
    assert np.array_equal(up[:, 0], (phi > BASE.thresholds.phi_0)[known])
    assert np.array_equal(up.all(axis=1), (phi > BASE.thresholds.phi_c)[known])
    assert np.array_equal(up.all(axis=1), Hub(a_h, a_s, 1).growth_helps_all[known])


def test_a_hub_runs_away_exactly_at_its_limit():
    limit = float(Hub(0.25, 0.5, 0).limit)
    assert limit == 8.0
    assert np.all(np.isfinite(Hub(0.25, 0.5, 7).u))
    assert np.all(np.isnan(Hub(0.25, 0.5, (8, 9)).u))
    assert Hub(0.25, 0.5, (6, 7)).growth_helps_all.tolist() == [True, False]
    assert Partners(star(7, 0.25, 0.5)).radius == pytest.approx(np.sqrt(7 / 8))


def test_hubs_that_hold_each_other_down_do_not_run_away_and_may_be_lost():
    assert Hub((-0.2, -0.2, 0.2), (-0.3, 0.3, -0.3), 3).limit.tolist() == [np.inf] * 3
    assert np.all(np.isnan(Hub(-0.5, 0.1, 4).u))
    assert np.all(np.isnan(Hub(0.1, -1.5, 4).u))


def test_the_limit_is_a_whole_number_and_says_what_the_outputs_say():
    rng = np.random.default_rng(6)
    a_h, a_s = np.append(rng.uniform(0.02, 0.6, (2, 300)), [[1 / 7, 0.1, 1 / 3], [1 / 7, 0.1, 1 / 3]], axis=1)
    limit = Hub(a_h, a_s, 0).limit
    assert np.all(limit == np.round(limit))
    below, at = Hub(a_h, a_s, limit - 1), Hub(a_h, a_s, limit)
    assert np.all(np.isfinite(below.u))
    assert np.all(np.isnan(at.u))
    assert not below.growth_helps_all.any()
    assert np.all(Hub(a_h, a_s, np.maximum(limit - 2, 0)).growth_helps_all[limit >= 2])


@pytest.mark.parametrize(
    ("graph", "core", "expected"),
    [
        (nx.star_graph(6), 0, (6, 1, 1, np.sqrt(0.5))),
        (nx.complete_graph(5), 0, (4, 1, 1, np.sqrt(1 / 5))),
        (nx.cycle_graph(6), 0, (2, 2 / 5, 5 / 9, np.sqrt(1 / 6))),
        (nx.barbell_graph(4, 0), 3, (4, 4 / 7, 7 / 10, None)),
        (nx.barbell_graph(3, 1), 3, (2, 2 / 6, 6 / 10, None)),
        (nx.path_graph(2), 0, (1, 1, 1, np.sqrt(0.5))),
    ],
)
def test_centralities_are_exact_where_they_are_known(graph, core, expected):
    found = core_centrality(graph, core)
    for value, exact in zip(found.values(), expected, strict=True):
        assert exact is None or value == pytest.approx(exact)


def test_two_cliques_with_a_bridge_have_the_eigenvector_of_their_symmetry():
    ratio = (np.sqrt(13) - 1) / 2  # lambda o = 2 o + b and lambda b = 3 o + b for bridge b and others o
    expected = ratio / np.sqrt(2 * (3 + ratio**2))
    assert core_centrality(nx.barbell_graph(4, 0), 3)["eigenvector"] == pytest.approx(expected)


def test_whether_units_live_together_is_decided_at_their_saturations():
    alpha = np.array(((0, 1.83, -1.54), (-2.21, 0, -0.49), (-1.55, -0.9, 0)))
    u = np.linalg.solve(np.eye(3) - alpha, np.ones(3))
    assert u.min() > 0
    attracts = [np.linalg.eigvals(rows * (alpha - np.eye(3))).real.max() < 0 for rows in (u[:, None], 1.0)]
    assert attracts[0] != attracts[1]
    if attracts[0]:
        assert np.allclose(Partners(alpha).u, u)
    else:
        with pytest.raises(ValueError, match="does not attract"):
            Partners(alpha)


def test_a_newcomer_who_changes_nothing_for_some_is_welcome_and_one_who_costs_a_little_is_not():
    for partners, rng in random_partners(40, friction=True):
        touched = rng.random(6) * (rng.random(6) < 0.5)
        reach = np.eye(6) - partners.alpha
        assert partners.welcome(reach @ touched)
        assert not partners.welcome(reach @ (touched - 1e-6 * np.eye(6)[0] - np.eye(6)[0] * touched[0]))


def test_the_nearest_of_several_partners_places_the_newcomer():
    ring = nx.cycle_graph(8)
    assert core_rises(ring, 0, [0, 4]) == core_rises(ring, 0, [4, 0]) == {"relative degree": True, "closeness": True}
    assert core_rises(nx.path_graph(6), 0, [1, 5])["closeness"]
    assert not core_rises(nx.path_graph(4), 1, [3])["closeness"]


def test_a_short_cut_can_only_add_to_closeness():
    rng, more_than_said = np.random.default_rng(5), 0
    for seed in range(60):
        graph = nx.connected_watts_strogatz_graph(10, 2, 0.3, seed=seed)
        partners = [int(k) for k in rng.choice(10, 2, replace=False)]
        more = graph.copy()
        more.add_edges_from(("newcomer", partner) for partner in partners)
        rises = core_centrality(more, 0)["closeness"] > core_centrality(graph, 0)["closeness"] + 1e-12
        assert rises >= core_rises(graph, 0, partners)["closeness"]
        more_than_said += rises > core_rises(graph, 0, partners)["closeness"]
    assert more_than_said > 0


def test_newcomers_have_names_of_their_own_and_the_links_of_their_kind():
    rng, start = np.random.default_rng(1), nx.path_graph(3)
    for how, links in zip(GROWTH, (2, 4, 2), strict=True):
        first = list(grown(start, 0, 2, how=how, rng=rng))[-1]
        again = list(grown(first, 0, np.int64(3), how=how, rng=rng))
        assert [len(one) for one in again] == [5, 6, 7, 8]
        assert first.number_of_edges() == 2 + links


def test_newcomers_raise_relative_centralities_exactly_if_the_rule_says_so():
    rng, checked = np.random.default_rng(9), {True: 0, False: 0}
    for seed in range(120):
        graph = nx.gnp_random_graph(8, 0.35, seed=seed)
        if not nx.is_connected(graph):
            continue
        partner = int(rng.integers(8))  # one partner opens no short cut
        more = graph.copy()
        more.add_edge("newcomer", partner)
        before, after, said = core_centrality(graph, 0), core_centrality(more, 0), core_rises(graph, 0, [partner])
        for measure, rises in said.items():
            assert rises == (after[measure] > before[measure] + 1e-12)
            checked[rises] += 1
    assert min(checked.values()) > 20


def test_a_core_that_everybody_is_linked_to_cannot_rise():
    assert core_rises(nx.star_graph(4), 0, [0]) == {"relative degree": False, "closeness": False}


def test_the_degree_of_the_core_never_falls_and_its_relative_measures_may():
    start, rng = nx.star_graph(4), np.random.default_rng(1)
    for how in GROWTH:
        measures = [core_centrality(graph, 0) for graph in grown(start, 0, 12, how=how, rng=rng)]
        degrees = [one["degree"] for one in measures]
        assert degrees == sorted(degrees)
        assert (measures[-1]["relative degree"] < 1) == (how != "to the core")
    assert measures[-1]["eigenvector"] < 0.2 * measures[0]["eigenvector"]
    assert start.number_of_nodes() == 5


@pytest.mark.parametrize(
    ("error", "call", "message"),
    [
        (ValueError, lambda: Partners(((0, 1), (1, 0))), "the units do not live together"),
        (ValueError, lambda: Partners(((0, 2), (2, 0))), "the units do not live together"),
        (ValueError, lambda: Partners(((0, -2), (-2, 0))), "the state with all of them present does not attract"),
        (ValueError, lambda: Partners(((1, 0), (0, 0))), "alpha must be zero on the diagonal"),
        (ValueError, lambda: Partners(((0, np.inf), (0, 0))), "alpha must be finite"),
        (ValueError, lambda: Partners((0, 1)), r"alpha must have shape \(units, units\)"),
        (
            ValueError,
            lambda: Partners(((0, 0.5), (0.5, 0))).strengthened(to=0, by=1, size=2.0),
            r"with 2\.0 more: the units do not live",
        ),
        (ValueError, lambda: Partners(((0, 0.5), (0.5, 0))).strengthened(to=0, by=0, size=1.0), "two different units"),
        (ValueError, lambda: Partners(((0, 0.5), (0.5, 0))).strengthened(-1, 0, 0.1), "to must be at least 0, got -1"),
        (TypeError, lambda: Partners(((0, 0.5), (0.5, 0))).strengthened(0.0, 1.0, 0.1), "to must be an integer"),
        (ValueError, lambda: Partners(((0, 0.5), (0.5, 0))).strengthened(0, 1, (1, 2)), "size must be one number"),
        (ValueError, lambda: Partners(((0, 1e200), (0, 0))), "alpha must be 0 or of a size between"),
        (ValueError, lambda: Hub(0.1, 0.1, 1.5), r"k must be a whole number of spokes, got 1\.5"),
        (ValueError, lambda: Hub(1e-200, 0.1, 1), "a_h must be 0 or of a size between"),
        (ValueError, lambda: Hub((0.1, 0.2), (0.1, 0.2, 0.3), 1), "shapes must fit each other, got a_h"),
        (
            ValueError,
            lambda: core_centrality(nx.Graph([(0, 0), (0, 1)]), 0),
            "graph must link no node to itself, got 0",
        ),
        (TypeError, lambda: core_rises(nx.path_graph(3), 0, 1), "partners must be nodes in a list or set, got 1"),
        (TypeError, lambda: grown(nx.path_graph(3), 0, True, how=GROWTH[0], rng=None), "newcomers must be an integer"),
        (TypeError, lambda: grown(nx.path_graph(3), 0, 1, how=GROWTH[1], rng=None), "rng must be a numpy.random.Gen"),
        (ValueError, lambda: Partners(((0,),)).joined((1,), (1,)), "with the newcomer: the units do not live"),
        (ValueError, lambda: Partners(((0,),)).joined((1, 2), (1,)), r"gives must have shape \(1,\)"),
        (ValueError, lambda: Hub(0.1, 0.1, -1), "k must be at least 0"),
        (ValueError, lambda: core_centrality(nx.empty_graph(3), 0), "graph must be connected"),
        (ValueError, lambda: core_centrality(nx.path_graph(3), 9), "the core must be a node"),
        (ValueError, lambda: core_rises(nx.path_graph(3), 0, []), "partners must be members"),
        (ValueError, lambda: grown(nx.path_graph(3), 0, 1, how="fast", rng=None), "how must be one of"),
        (ValueError, lambda: grown(nx.path_graph(3), 0, -1, how=GROWTH[0], rng=None), "newcomers must be at least 0"),
        (TypeError, lambda: grown(nx.path_graph(3), 0, 1.5, how=GROWTH[0], rng=None), "newcomers must be an integer"),
        (TypeError, lambda: core_centrality(nx.DiGraph([(0, 1)]), 0), "graph must be an undirected"),
        (TypeError, lambda: Partners("abc"), "alpha must be an array of real numbers"),
    ],
)
def test_what_does_not_fit_is_refused(error, call, message):
    with pytest.raises(error, match=message):
        call()
