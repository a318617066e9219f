"""Which statistics rise, from counts: exact for any change, and for one unit more or less."""

import networkx as nx
import numpy as np
import pytest

from ecolib.paper.construction.institutions import (
    Counts,
    Transfer,
    density_rises,
    dominance_rises,
    drawn_regions,
    region_statistics,
    rises,
    strength_rises,
    transferred,
)


def of(graph):
    """A graph as the only region, and its statistics."""
    marked = graph.copy()
    nx.set_node_attributes(marked, "A", "region")
    return region_statistics(marked, "A")


def compared(before, after, which):
    """What the counts decide, and what the statistics say."""
    decided = rises(Counts.of(before, which), Counts.of(after, which))
    change = region_statistics(after, which) - region_statistics(before, which)
    return decided, {name: change[name] > 1e-12 for name in decided}


def test_counts_decide_what_rises_when_many_come_and_go_at_once():
    seen = set()
    for seed in range(25):
        rng = np.random.default_rng(seed)
        plan = Transfer(int(rng.integers(0, 9)), int(rng.integers(0, 4)), 0.5, int(rng.integers(0, 9)), growth=seed)
        before = drawn_regions(rng)
        after = transferred(before, plan, rng=rng)
        for graphs, which in (((before, after), "A"), ((before, after), "B"), ((after, before), "B")):
            decided, measured = compared(*graphs, which)
            assert decided == measured
            seen |= set(decided.items())
    assert len(seen) == 10


def test_counts_decide_when_another_unit_becomes_the_core():
    star, rival = nx.star_graph(4), nx.star_graph(4)
    rival.add_edges_from((5, i) for i in range(5))
    for graph in (star, rival):
        nx.set_node_attributes(graph, "A", "region")
    decided, measured = compared(star, rival, "A")
    assert decided == measured
    assert (Counts.of(rival, "A").core, decided["dominance"]) == (5, False)
    # Old core: 4 of 4 links before, 5 of 9 after.


def test_equal_counts_raise_nothing():
    one = Counts(units=6, links=7, core=4, cross=2)
    assert not any(rises(one, one).values())


def test_openness_falls_when_only_links_within_are_added():
    few, more = Counts(units=6, links=7, core=4, cross=2), Counts(units=6, links=8, core=4, cross=2)
    assert not rises(few, more)["openness"]
    assert rises(more, few)["openness"]


def test_newcomers_above_the_rule_do_not_save_density_while_lead_units_leave():
    # Two units with 5 links each leave, two with 3 come: each newcomer alone would raise density.
    assert density_rises(23, 20, 3, joins=True)
    assert not rises(Counts(25, 30, 6), Counts(25, 30 - 10 + 6, 6))["density"]


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


def test_exactly_at_the_rule_nothing_rises():
    # Four units with four links: mean 2, half the mean 1; a newcomer that keeps density would need 8/3.
    assert not strength_rises(4, 4, 1, joins=False)
    assert not strength_rises(4, 4, 1, joins=True)
    assert not density_rises(4, 4, 2, joins=False)
    assert not density_rises(4, 3, 2, joins=True)
    assert not dominance_rises(6, 3, 2, linked=True, joins=True)
    assert not dominance_rises(6, 3, 2, linked=True, joins=False)


def test_a_region_that_grows_can_thin_out_while_it_grows_stronger():
    ring = nx.cycle_graph(10)
    ring.add_edges_from(((10, 0), (10, 5)))
    before, after = of(nx.cycle_graph(10)), of(ring)
    assert after.size > before.size
    assert after.strength > before.strength
    assert after.density < before.density
    assert strength_rises(10, 10, 2, joins=True)
    assert not density_rises(10, 10, 2, joins=True)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: density_rises(2, 1, 1, joins=False), ValueError, "units must be from 3"),
        (lambda: density_rises(3, 3, 0, joins=False), ValueError, "own must be from 2 to 2, got 0"),
        (lambda: density_rises(5, 4, 1, joins="yes"), TypeError, "joins must be True or False, got 'yes'"),
        (lambda: strength_rises(5, 11, 1, joins=True), ValueError, "links must be from 0 to 10, got 11"),
        (lambda: dominance_rises(5, 6, 1, linked=False, joins=True), ValueError, "core must be from 0 to 5"),
        (lambda: dominance_rises(5, 2, 0, linked=True, joins=True), ValueError, "own must be from 1"),
        (lambda: dominance_rises(5, 4, 2, linked=False, joins=False), ValueError, "own must be from 0 to 1, got 2"),
        (lambda: dominance_rises(5, 4, 1, linked=1, joins=False), TypeError, "linked must be True or False"),
        (lambda: Counts(4, 7, 3), ValueError, "links must be from 1 to 6, got 7"),
        (lambda: Counts(5, 6, 2), ValueError, "core must be from 3 to 4, got 2"),
        (lambda: Counts(5, 6, 3, -1), ValueError, "cross must be from 0"),
        (lambda: Counts.of(nx.DiGraph(), "A"), TypeError, "undirected"),
        (lambda: rises(Counts(3, 3, 2), (3, 3, 2)), TypeError, "after must be Counts, got tuple"),
    ],
)
def test_what_no_network_has_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
