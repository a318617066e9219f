"""Figures of layers: every link and every part is drawn as it was given."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from ecolib import figures
from ecolib.figures.layers import links_diagram, stack_diagram

LABELS = {"xlabel": "layers", "ylabel": "gain"}


def test_every_linked_pair_is_one_line_between_its_places():
    links, places = np.zeros((3, 3)), np.array([[0, 0], [1, 0], [0, 1]])
    links[0, 1] = links[1, 0] = links[2, 1] = 0.5
    ax = links_diagram(Figure().subplots(), links, places, groups=(0, 1, 1))
    segments = [np.asarray(one).tolist() for one in ax.collections[0].get_segments()]
    assert segments == [[[0, 0], [1, 0]], [[1, 0], [0, 1]]]


def test_groups_have_the_colour_and_marker_of_units():
    ax = links_diagram(Figure().subplots(), np.zeros((3, 3)), np.eye(3, 2), groups=(0, 1, 1))
    assert [(line.get_color(), line.get_marker(), len(line.get_xdata())) for line in ax.lines] == [
        (figures.unit_style(k)["color"], figures.unit_style(k)["marker"], k + 1) for k in (0, 1)
    ]


def test_bars_are_stacked_and_negative_parts_hang_below():
    parts = {"one": (1, 2), "two": (0.5, -0.5), "three": (0.25, -0.25)}
    ax = stack_diagram(Figure().subplots(), parts, ("a", "b"), **LABELS)
    assert [(bar.get_y(), bar.get_height()) for bar in ax.patches] == [
        (0, 1), (0, 2), (1, 0.5), (0, -0.5), (1.5, 0.25), (-0.5, -0.25),
    ]  # fmt: skip
    assert ax.lines[-1].get_ydata().tolist() == [1.75, 1.25]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["all together", *parts]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: links_diagram(None, np.zeros((2, 2)), np.zeros((3, 2)), groups=(0, 0, 0)), "must fit 3 units"),
        (lambda: links_diagram(None, ((0, np.nan), (0, 0)), np.eye(2), groups=(0, 1)), "must be finite"),
        (lambda: links_diagram(None, np.zeros((2, 2)), ((0, np.nan), (0, 0)), groups=(0, 1)), "must be finite"),
        (lambda: links_diagram(None, np.zeros((2, 2)), np.eye(2), groups=(-1, 1)), "groups must be at least 0, got -1"),
        (lambda: stack_diagram(None, {}, ("a",), **LABELS), "between 1 and 5 parts, got 0"),
        (lambda: stack_diagram(None, {"one": (1, 2)}, ("a",), **LABELS), "the part 'one' needs 1 finite sizes"),
        (lambda: stack_diagram(None, {"one": (np.nan,)}, ("a",), **LABELS), "the part 'one' needs 1 finite sizes"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: links_diagram(None, np.zeros((2, 2)), np.eye(2), groups=((0, 1), (0, 1))),
            "groups must be an integer",
        ),
        (lambda: links_diagram(None, np.zeros((2, 2)), np.eye(2), groups=(0.7, 1.9)), "groups must be an integer"),
        (
            lambda: stack_diagram(None, [("one", (1,))], ("a",), **LABELS),
            "parts must be a mapping, such as a dict, got list",
        ),
    ],
)
def test_what_is_of_another_kind_is_refused(call, message):
    with pytest.raises(TypeError, match=message):
        call()
