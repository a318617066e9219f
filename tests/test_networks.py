"""Networks against the core on small systems, against exact answers, and within their budgets on large ones."""

import time
import tracemalloc

import networkx as nx
import numpy as np
import pytest
from draws import MODELS, batch
from scipy import sparse

from ecolib import Stability, Values, eigenvalues, equilibria, simulate, stable
from ecolib.communities import Community, random_alpha, random_links
from ecolib.networks import (
    Network,
    coexistence,
    graph_of,
    help_radius,
    network_of,
    simulate_network,
    stability,
)
from ecolib.numeric import evaluate, steady_state

RUNAWAY = Network(r=1, K=1, alpha=((0, 2), (2, 0)))


def rng(seed=2026):
    return np.random.default_rng(seed)


def large(units, spread=0.06, **others):
    links = random_links(Community(units=units, spread=spread, connectance=8 / (units - 1)), rng=rng())
    return Network(**({"r": 1.0, "K": 1.0} | others), alpha=links)


def small(units, count=6, **limits):
    """Seeded sets of values, and the networks of them."""
    values = batch(rng(units), count, units, **limits)
    return [(values[k], Network.of_values(values[k])) for k in range(count)]


@pytest.mark.parametrize("units", [2, 4])
def test_growth_is_that_of_the_model(units):
    for values, network in small(units):
        u = rng().uniform(0, 2, units)
        expected = evaluate(MODELS[units].growth, MODELS[units], values, u * values.K)
        assert np.allclose(network.growth(u), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("units", [2, 3, 5])
def test_paths_are_those_of_the_dense_integrator(units):
    t = np.linspace(0, 20, 9)
    for values, network in small(units, low=-2.0, high=0.5):
        x0 = values.K * rng().uniform(0.05, 1.5, units)
        dense, path = (
            simulate(MODELS[units], values, x0=x0, t=t, rtol=1e-9),
            simulate_network(network, x0=x0, t=t, rtol=1e-9),
        )
        assert (path.ended, path.x.shape) == (dense.ended, dense.x.shape)
        assert np.allclose(path.x / values.K[:, None], dense.x / values.K[:, None], rtol=1e-6, atol=1e-9)


def test_a_path_that_runs_away_says_when_and_keeps_what_was_reached():
    """Both outputs are alike: u' = u (1 + u), so that u = 1 / (2 exp(-t) - 1) from 1, infinite at ln 2."""
    t = np.array([0, 0.2, 0.4, 2.0])
    path = simulate_network(RUNAWAY, x0=1, t=t, rtol=1e-10)
    assert path.ended == "escaped"
    assert path.reached == pytest.approx(np.log(2), abs=1e-5)
    assert np.allclose(path.x[:, :3], 1 / (2 * np.exp(-t[:3]) - 1), rtol=1e-7)
    assert np.isnan(path.x[:, 3]).all()
    assert "1e+06 carrying capacities" in path.message


def test_absent_units_stay_exactly_absent_and_change_nothing():
    network = large(300)
    x0 = np.where(np.arange(300) % 3 == 0, 0.0, 0.2)
    path = simulate_network(network, x0=x0, t=(0, 5, 30))
    assert np.all(path.x[::3] == 0.0)
    alone = simulate_network(network.part(x0 > 0), x0=0.2, t=(0, 5, 30))
    assert np.array_equal(path.x[x0 > 0], alone.x)
    nobody = simulate_network(network, x0=0, t=(0, 1))
    assert (nobody.ended, nobody.x.max()) == ("finished", 0.0)


def test_one_unit_among_many_is_as_accurate_as_alone():
    """The integrator averages errors over units; the tolerance holds for each."""
    r, x0 = np.where(np.arange(4000) == 7, 5.0, 0.001), np.where(np.arange(4000) == 7, 0.01, 1.0)
    crowd = Network(r=r, K=1, alpha=sparse.csr_array((4000, 4000)))
    t = np.linspace(0, 3, 7)
    found = simulate_network(crowd, x0=x0, t=t, rtol=1e-6).x[7]
    alone = simulate_network(Network(r=5, K=1, alpha=[[0]]), x0=0.01, t=t, rtol=1e-6).x[0]
    assert np.allclose(found, alone, rtol=1e-9)
    assert np.allclose(alone, 1 / (1 + 99 * np.exp(-5 * t)), rtol=1e-4)


def test_stiff_networks_of_moderate_size_finish():
    r = np.where(np.arange(40) < 20, 1.0, 1e5)
    network = Network(r=r, K=1, alpha=random_alpha(Community(units=40, spread=0.1, connectance=0.3), rng=rng()))
    path = simulate_network(network, x0=0.1, t=(0, 100), rtol=1e-7)
    assert path.ended == "finished"
    assert np.allclose(path.x[:, 1], coexistence(network).saturation, rtol=1e-6)


def test_large_stiff_networks_end_within_their_budget_and_say_why():
    network = large(1500, r=np.where(np.arange(1500) < 20, 1.0, 1e6))
    began = time.monotonic()
    path = simulate_network(network, x0=0.1, t=(0, 100), seconds=0.5)
    assert time.monotonic() - began < 3
    assert path.ended == "failed"
    assert "0.5 s did not suffice" in path.message
    assert "fast units beside slow ones" in path.message
    few = simulate_network(network, x0=0.1, t=(0, 100), steps=30)
    assert (few.ended, few.message[:25]) == ("failed", "30 steps did not suffice,")


def test_an_interruption_keeps_what_is_done(monkeypatch):
    growth, calls = Network.growth, iter(range(60))

    def counted(self, u):
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return growth(self, u)

    monkeypatch.setattr(Network, "growth", counted)
    path = simulate_network(large(50), x0=0.1, t=np.linspace(0, 400, 401))
    assert path.ended == "interrupted"
    assert 0 < path.reached < 400
    assert np.array_equal(np.isfinite(path.x[0]), path.t <= path.reached)


def peak(units):
    """Bytes that a simulation needs at most, network included."""
    tracemalloc.start()
    simulate_network(large(units), x0=0.1, t=(0, 2))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_memory_of_a_simulation_grows_with_units_and_links():
    few, many = peak(2_000), peak(32_000)
    assert many < 1.2 * 16 * few
    assert many < 32_000**2 / 4  # bytes; a full matrix has 32 times as many


@pytest.mark.parametrize("units", [1, 2, 4])
def test_coexistence_is_that_of_the_core(units):
    for values, network in small(units):
        expected = steady_state(equilibria(MODELS[units])[-1], values)
        found = coexistence(network)
        assert np.allclose(found.saturation, expected, rtol=1e-9)
        assert found.feasible == bool(np.all(expected > 0))


def test_the_iteration_for_many_units_agrees_with_elimination():
    network = large(1500, spread=0.2)
    expected = np.linalg.solve(np.eye(1500) - network.alpha.toarray(), np.ones(1500))
    found = coexistence(network)
    assert np.allclose(found.saturation, expected, rtol=1e-8, atol=1e-9)
    assert found.feasible is False
    exact = np.linalg.cond(np.eye(1500) - network.alpha.toarray(), 1)
    assert exact / 5 < found.condition <= 1.01 * exact


@pytest.mark.parametrize("a", [1.0, 1 - 1e-14])
def test_a_singular_system_yields_no_numbers(a):
    found = coexistence(Network(r=1, K=1, alpha=((0, a), (a, 0))))
    assert np.isnan(found.saturation).all()
    assert not found.feasible
    assert found.condition > 1e12


def test_an_iteration_that_does_not_converge_yields_no_numbers():
    ring = sparse.diags_array([np.full(1999, 1.0), np.array([1.0])], offsets=[1, -1999])
    found = coexistence(Network(r=1, K=1, alpha=ring.tocsr() * -1e6))
    assert found.feasible is False
    tired = coexistence(large(1500), seconds=1e-9)
    assert np.isnan(tired.saturation).all()
    assert tired.message == "the time allowed did not suffice"


def test_huge_differences_of_scale_are_no_reason_to_refuse():
    found = coexistence(Network(r=1, K=1, alpha=((0, 1e14), (0, 0))))
    assert found.saturation.tolist() == [1e14 + 1, 1.0]


@pytest.mark.parametrize("units", [2, 3, 4])
def test_stability_is_that_of_the_core_at_every_feasible_equilibrium(units):
    seen = set()
    for values, network in small(units, count=12):
        for point in equilibria(MODELS[units]):
            kind = stable(point, values)
            if kind in (Stability.INFEASIBLE, Stability.UNDECIDED):
                continue
            found = stability(network, steady_state(point, values))
            assert found.verdict == ("stable" if kind else "unstable")
            assert found.rightmost == pytest.approx(eigenvalues(point, values).real.max(), rel=1e-6, abs=1e-9)
            seen.add(found.verdict)
    assert seen == {"stable", "unstable"}


def test_a_transition_is_undecided():
    meeting = Network(r=1, K=1, alpha=((0, 0), (-1, 0)))
    assert stability(meeting, (1, 0)).verdict == "undecided"
    assert stability(meeting, (0, 0)).verdict == "unstable"


@pytest.mark.parametrize("spread", [0.06, 0.1])
def test_arnoldi_finds_the_rightmost_eigenvalue_of_all(spread):
    network = large(700, spread=spread, r=rng().uniform(0.5, 2, 700))
    u = coexistence(network).saturation
    whole = (network.r * u)[:, None] * (network.alpha.toarray() - np.eye(700))
    found = stability(network, u)
    assert found.rightmost == pytest.approx(np.linalg.eigvals(whole).real.max(), rel=1e-6)
    assert (found.verdict, found.certificate) == ("stable", "dissipation")


def test_a_large_unstable_network_is_called_so():
    """Two mutual competitors among 600 units that do not meet: u = 1/(1 + 3) for both, a growing direction."""
    alpha = sparse.coo_array(([-3.0, -3.0], ([0, 1], [1, 0])), shape=(600, 600))
    network = Network(r=1, K=1, alpha=alpha)
    found = stability(network, coexistence(network).saturation)
    assert (found.verdict, round(found.rightmost, 9)) == ("unstable", 0.5)


def test_what_neither_certificate_covers_is_stable_without_a_proof():
    """One unit helps another by 5 and is harmed by 0.16: the symmetric part has the eigenvalue 2.42."""
    alpha = sparse.coo_array(([5.0, -0.16], ([0, 1], [1, 0])), shape=(600, 600))
    network = Network(r=1, K=1, alpha=alpha)
    found = stability(network, coexistence(network).saturation)
    assert (found.verdict, found.certificate) == ("stable", "")
    assert "without a certificate" in found.message


def test_without_time_stability_is_undecided_unless_dominance_proves_it():
    network = large(700, spread=0.1)
    u = coexistence(network).saturation
    assert stability(network, u, seconds=1e-9).verdict == "undecided"
    quiet = large(700, spread=0.01)
    proved = stability(quiet, coexistence(quiet).saturation, seconds=1e-9)
    assert (proved.verdict, proved.certificate) == ("stable", "dominance")


def test_help_radius_is_a_spectral_radius():
    for _, network in small(5, low=-1.0, high=1.0):
        positive = np.maximum(network.alpha.toarray(), 0)
        assert help_radius(network) == pytest.approx(np.abs(np.linalg.eigvals(positive)).max(), abs=1e-9)
    network = large(900, spread=0.2)
    positive = np.maximum(network.alpha.toarray(), 0)
    assert help_radius(network) == pytest.approx(np.abs(np.linalg.eigvals(positive)).max(), rel=1e-6)


def test_help_that_runs_in_no_circle_has_radius_zero():
    chain = sparse.diags_array([np.full(999, 7.0)], offsets=[1])
    assert help_radius(Network(r=1, K=1, alpha=chain)) == 0.0
    assert coexistence(Network(r=1, K=1, alpha=chain.tocsr()[:5, :5])).saturation[-2:].tolist() == [8.0, 1.0]


@pytest.mark.parametrize(("factor", "ended"), [(0.97, "finished"), (1.03, "escaped")])
def test_one_is_the_threshold_of_help_without_harm(factor, ended):
    links = abs(random_links(Community(units=400, spread=0.1, connectance=0.02), rng=rng()))
    help_only = Network(r=1, K=1, alpha=links * (factor / help_radius(Network(r=1, K=1, alpha=links))))
    assert simulate_network(help_only, x0=0.1, t=(0, 3000)).ended == ended
    assert coexistence(help_only).feasible == (factor < 1)


def test_whatever_the_harm_no_path_escapes_where_the_help_radius_is_below_one():
    for seed in range(6):
        alpha = random_alpha(Community(units=30, spread=0.5, mean=-0.2, connectance=0.3), rng=rng(seed))
        network = Network(r=1, K=1, alpha=alpha)
        calm = Network(r=1, K=1, alpha=np.where(alpha > 0, alpha * 0.9 / help_radius(network), alpha))
        assert simulate_network(calm, x0=rng(seed).uniform(0, 50, 30), t=(0, 200)).ended == "finished"


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


PLAIN = {"r": 1, "K": 1, "alpha": ((0, 0.5), (0, 0))}


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


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"x0": -1}, "x0 must be finite and not negative, got -1.0"),
        ({"x0": (1, np.nan)}, "x0 must be finite and not negative, got nan"),
        ({"x0": (1, 1, 1)}, r"x0 must be one number or have shape \(2,\), got \(3,\)"),
        ({"t": (0, 0)}, "t must be finite and increasing"),
        ({"t": (1,)}, "t must hold at least two times"),
        ({"rtol": 0}, "rtol must be between 1e-13 and 0.1, got 0"),
        ({"escape": 1}, "escape must be larger than 1"),
        ({"steps": 0}, "steps must be at least 1, got 0"),
        ({"seconds": np.nan}, "seconds must be positive, got nan"),
    ],
    ids=range(9),
)
def test_paths_that_make_no_sense_are_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        simulate_network(Network(**PLAIN), **({"x0": 1, "t": (0, 1)} | wrong))


def test_states_that_are_no_equilibria_are_refused():
    network = Network(**PLAIN)
    for u, words in (
        ((1, 1), "must be an equilibrium"),
        ((1,), "shape"),
        ((-1, 1), "negative"),
        ((1, np.inf), "finite"),
    ):
        with pytest.raises(ValueError, match=words):
            stability(network, u)


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
