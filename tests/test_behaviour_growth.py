"""Networks that grow out of a star: expectations against enumeration and against draws."""

from fractions import Fraction

import networkx as nx
import numpy as np
import pytest

from ecolib.paper.behaviour import (
    attachment,
    brokerage,
    degree_centralisation,
    expected_brokerage,
    expected_links,
    lateral_growth,
    lock_in_probability,
)


def enumerated(units, start, power):
    """Expected links and brokerage of the master, over all trees with their exact probabilities."""
    states = [(Fraction(1), tuple((0, k) for k in range(1, start)))]
    for newcomer in range(start, units):
        following = []
        for chance, links in states:
            degrees = [sum(node in link for link in links) for node in range(newcomer)]
            whole = sum(degree**power for degree in degrees)
            following += [
                (chance * Fraction(degree**power, whole), (*links, (node, newcomer)))
                for node, degree in enumerate(degrees)
            ]
        states = following
    trees = [(float(chance), nx.Graph(links)) for chance, links in states]
    links = sum(chance * tree.degree(0) for chance, tree in trees)
    return links, sum(chance * nx.betweenness_centrality(tree)[0] for chance, tree in trees)


@pytest.mark.parametrize("power", [0, 1])
@pytest.mark.parametrize(("start", "units"), [(3, 3), (3, 6), (4, 7), (5, 7)])
def test_expectations_are_those_of_all_trees(power, start, units):
    links, between = enumerated(units, start, power)
    assert expected_links(units, start=start, power=power) == pytest.approx(links)
    assert expected_brokerage(units, start=start, power=power) == pytest.approx(between)


@pytest.mark.parametrize("power", [0, 1])
def test_drawn_trees_have_the_expected_links_and_brokerage(power):
    rng = np.random.default_rng(8)
    trees = [attachment(120, rng=rng, start=6, power=power) for _ in range(300)]
    for found, expected in (
        ([tree.degree(0) for tree in trees], expected_links(120, start=6, power=power)),
        ([brokerage(tree, 0) for tree in trees], expected_brokerage(120, start=6, power=power)),
    ):
        assert abs(np.mean(found) - expected) < 4 * np.std(found) / np.sqrt(len(found))


def test_preferential_links_grow_like_the_root_and_their_share_falls_like_it():
    ratio = expected_links(40_000) / expected_links(10_000)
    assert ratio == pytest.approx(2, rel=1e-3)


def test_brokerage_never_falls_below_its_limit_while_degree_does():
    assert all(expected_brokerage(n, start=12) > 1 - 1 / 12 for n in (12, 100, 10**6))
    assert expected_brokerage(10**9, start=12) == pytest.approx(1 - 1 / 12)
    assert expected_brokerage(10**9, start=12, power=0) == pytest.approx(1 - 23 / (12 * 13))
    assert expected_links(10**6) / (10**6 - 1) < 0.01


def test_with_strong_preference_the_network_stays_a_star_as_often_as_predicted():
    rng = np.random.default_rng(2)
    stars = [attachment(400, rng=rng, start=6, power=3.0).degree(0) == 399 for _ in range(300)]
    wanted = lock_in_probability(start=6, power=3.0)
    assert abs(np.mean(stars) - wanted) < 4 * np.sqrt(wanted * (1 - wanted) / 300)


def test_in_draws_control_lasts_already_at_powers_below_two_where_no_star_stays():
    rng = np.random.default_rng(1)
    held = [[degree_centralisation(attachment(3000, rng=rng, power=p)) for _ in range(4)] for p in (1.0, 1.3, 1.5)]
    assert max(held[0]) < 0.15
    assert min(held[1]) > 0.6
    assert min(held[2]) > 0.9
    assert 0 < lock_in_probability(power=2.1) < 0.001


def test_the_probability_of_lock_in_has_a_closed_form_at_power_three():
    first = np.prod([1 / (1 + d**-2.0) for d in range(1, 11)])
    assert lock_in_probability(start=12, power=3.0) == pytest.approx(np.pi / np.sinh(np.pi) / first, rel=1e-6)


def test_growth_is_that_of_the_definition():
    tree = attachment(200, rng=np.random.default_rng(1), start=5)
    assert nx.is_tree(tree)
    assert list(tree) == list(range(200))
    assert set(tree[0]) >= {1, 2, 3, 4}
    early, late = (attachment(200, rng=np.random.default_rng(1), start=5, power=p) for p in (0.0, 3.0))
    assert degree_centralisation(early) < 0.2 < 0.9 < degree_centralisation(late)


def test_lateral_growth_ends_complete_and_links_no_master():
    grown = list(lateral_growth(7, rng=np.random.default_rng(1), step=4))
    assert [graph.number_of_edges() for graph in grown] == [6, 10, 14, 18, 21]
    assert nx.is_isomorphic(grown[0], nx.star_graph(6))
    assert all(graph.degree(0) == 6 for graph in grown)
    assert nx.density(grown[-1]) == 1


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda rng: lateral_growth(2, rng=rng), ValueError, "units must be from 3 to 300, got 2"),
        (lambda rng: list(lateral_growth(5, rng=rng, step=0)), ValueError, "step must be at least 1, got 0"),
        (lambda rng: list(lateral_growth(5.0, rng=rng)), TypeError, r"units must be an integer, got 5\.0"),
        (lambda _: list(lateral_growth(5, rng=1)), TypeError, "rng must be a numpy.random.Generator, got int"),
        (lambda rng: attachment(5, rng=rng, start=6), ValueError, "units must be from 6 to 20000, got 5"),
        (lambda rng: attachment(50, rng=rng, power=-1), ValueError, r"power must be at least 0, got -1\.0"),
        (lambda _: expected_links(50, power=2), ValueError, "known for power 0 and 1, got 2"),
        (lambda _: expected_brokerage(5, start=6), ValueError, "units must be from 6 to 1000000000000000, got 5"),
        (lambda _: expected_links(50, power=True), ValueError, "known for power 0 and 1, got True"),
        (lambda _: expected_links(10**10), ValueError, "units must be from 12 to 10000000, got 10000000000"),
        (lambda _: expected_brokerage(10**16), ValueError, "units must be from 12 to 1000000000000000, got"),
        (lambda _: lock_in_probability(terms=10**11), ValueError, "terms must be from 1 to 10000000"),
        (lambda _: lock_in_probability(power=2.0001), ValueError, "power must be further above 2, got 2.0001"),
        (lambda rng: attachment(50, rng=rng, power=[1, 2]), ValueError, "power must be one number"),
        (lambda _: lock_in_probability(power=2.0), ValueError, r"power must be above 2, got 2\.0"),
    ],
)
def test_what_cannot_grow_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call(np.random.default_rng(1))
