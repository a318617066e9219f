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


def test_links_between_regions_are_darker_than_those_within():
    ax = region_diagram(Figure().subplots(), graph(), moved=[3])
    widths = sorted(patch.get_linewidth() for patch in ax.patches)
    assert widths[0] < widths[1] == widths[2]


def test_graphs_without_regions_are_refused():
    with pytest.raises(TypeError, match=r"graph must be a networkx\.DiGraph, got Graph"):
        region_diagram(Figure().subplots(), nx.path_graph(2))
    with pytest.raises(ValueError, match="every node must be in the region A or B, got None"):
        region_diagram(Figure().subplots(), nx.DiGraph([(0, 1)]))
