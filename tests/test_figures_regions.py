"""Figures of two regions: what is drawn is the graph that was given."""

import networkx as nx
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from ecolib.figures import unit_style
from ecolib.figures.regions import region_diagram


def graph():
    """Two units of A, two of B; 3 has moved to B, where it acts on 2."""
    found = nx.DiGraph([(0, 1), (1, 2), (3, 2)])
    nx.set_node_attributes(found, {0: "A", 1: "A", 2: "B", 3: "B"}, "region")
    return found


def test_every_unit_and_every_link_is_drawn_once():
    ax = region_diagram(Figure().subplots(), graph(), moved=[3])
    dots = [found for found in ax.collections if isinstance(found, PathCollection)]
    assert sum(len(found.get_offsets()) for found in dots) == 4
    arrows = [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]
    assert len(arrows) == 3
    assert [text.get_text() for text in ax.texts] == ["region A", "region B"]


def test_units_stand_in_their_regions_and_movers_in_the_middle():
    ax = region_diagram(Figure().subplots(), graph(), moved=[3])
    places = {to_hex(c.get_edgecolor()[0]): c.get_offsets() for c in ax.collections if len(c.get_offsets())}
    A, B, movers = (places[unit_style(k)["color"]] for k in range(3))
    assert (A[:, 0] < 0).all()
    assert (B[:, 0] > 0).all()
    assert abs(movers[0, 1]) < abs(B[0, 1])


def test_filled_units_are_those_inside():
    ax = region_diagram(Figure().subplots(), graph(), inside=[0, 2])
    faces = [to_hex(c.get_facecolor()[0]) for c in ax.collections for _ in c.get_offsets()]
    assert sorted(face == "#ffffff" for face in faces) == [False, False, True, True]


def test_filled_is_who_is_inside_and_hollow_who_is_not():
    ax = region_diagram(Figure().subplots(), graph(), inside=[0, 1, 2])
    filled = sum(len(c.get_offsets()) for c in ax.collections if to_hex(c.get_facecolor()[0]) != "#ffffff")
    assert filled == 3


def test_arrows_point_from_who_acts_to_who_is_acted_on():
    one = nx.DiGraph([(0, 1)])
    nx.set_node_attributes(one, {0: "A", 1: "B"}, "region")
    ax = region_diagram(Figure().subplots(), one)
    tail, head = ax.patches[0]._posA_posB
    assert tail[0] < 0 < head[0]


def test_links_between_regions_are_darker_than_those_within():
    ax = region_diagram(Figure().subplots(), graph(), moved=[3])
    widths = sorted(patch.get_linewidth() for patch in ax.patches)
    assert widths[0] < widths[1] == widths[2]


def test_graphs_without_regions_are_refused():
    with pytest.raises(TypeError, match=r"graph must be a networkx\.DiGraph, got Graph"):
        region_diagram(Figure().subplots(), nx.path_graph(2))
    with pytest.raises(ValueError, match="every node must be in the region A or B, got None"):
        region_diagram(Figure().subplots(), nx.DiGraph([(0, 1)]))


def test_axes_and_nodes_that_are_not_there_are_refused():
    with pytest.raises(TypeError, match="ax must be axes of matplotlib or None, got 'ax'"):
        region_diagram("ax", graph())
    with pytest.raises(ValueError, match="moved must name nodes of the graph, got 'zz'"):
        region_diagram(Figure().subplots(), graph(), moved=["zz"])
    with pytest.raises(TypeError, match="inside must be a collection of nodes, got 3"):
        region_diagram(Figure().subplots(), graph(), inside=3)
