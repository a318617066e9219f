"""The drawing of a directed graph: every box, every arrow, one arrow for each pair of boxes."""

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from ecolib.figures import arrow_diagram, style
from ecolib.paper.construction.logic import ARROWS, NODES

BOXES = {node.name: (node.words, node.place) for node in NODES}
LINKS = [(*link, arrow.number) for arrow in ARROWS for link in arrow.links]


def drawn():
    """Figure 1 of the paper, and the figure it is in."""
    with style():
        figure = Figure(figsize=(5.8, 4.8))
        ax = arrow_diagram(figure.subplots(), BOXES, LINKS)
        figure.canvas.draw()
    return figure, ax


def test_every_box_and_every_number_is_shown():
    _, ax = drawn()
    shown = [text.get_text() for text in ax.texts if not isinstance(text, Annotation)]
    assert shown[: len(NODES)] == [node.words for node in NODES]
    numbers = {int(one) for text in shown[len(NODES) :] for one in text.split(", ")}
    assert numbers == {arrow.number for arrow in ARROWS}


def test_links_of_one_pair_of_boxes_share_one_arrow():
    _, ax = drawn()
    arrows = [text for text in ax.texts if isinstance(text, Annotation)]
    assert len(arrows) == len({(source, target) for source, target, _ in LINKS})
    assert {(*text.xyann, *text.xy) for text in arrows} == {(*BOXES[a][1], *BOXES[b][1]) for a, b, _ in LINKS}


def test_no_text_leaves_the_drawing_nor_covers_another():
    figure, ax = drawn()
    texts = [text for text in ax.texts if not isinstance(text, Annotation)]
    extents = [text.get_window_extent() for text in texts]
    assert all(figure.bbox.contains(*corner) for one in extents for corner in one.corners())
    pairs = [(a, b) for k, a in enumerate(extents) for b in extents[:k]]
    assert not any(a.overlaps(b) for a, b in pairs)


def test_an_arrow_to_nowhere_is_refused():
    with pytest.raises(ValueError, match=r"an arrow must join two of transfer, .*, got nowhere"):
        arrow_diagram(Figure().subplots(), BOXES, [("transfer", "nowhere", 1)])
