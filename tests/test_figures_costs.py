"""What figures of costs show: the numbers given, in order, and the band in which two of them agree."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from ecolib.figures.costs import agreement_diagram, speed_diagram


@pytest.fixture
def ax():
    yield plt.figure().subplots()
    plt.close()


def test_dots_stand_at_their_speeds_the_fastest_on_top(ax):
    speed_diagram(ax, {"b": 30.0, "a": 2.0, "c": 1000.0}, label="speed")
    (dots,) = ax.lines
    assert dots.get_xdata().tolist() == [2, 30, 1000]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["a", "b", "c"]
    assert [text.get_text() for text in ax.texts] == ["2", "30", "1,000"]
    assert ax.get_xscale() == "log"
    assert ax.get_xlabel() == "speed"


def test_every_group_is_drawn_and_the_line_is_where_numbers_agree(ax):
    agreement_diagram(ax, {"x": ([1, 2], [3, 4]), "y": ([5], [6])}, unit="s", within=2)
    line, *groups = ax.lines
    assert np.array_equal(line.get_xdata(), line.get_ydata())
    assert [(one.get_label(), one.get_xydata().tolist()) for one in groups] == [
        ("x", [[1, 3], [2, 4]]),
        ("y", [[5, 6]]),
    ]
    corners = ax.collections[0].get_paths()[0].vertices
    ratios = corners[:, 1] / corners[:, 0]
    assert (ratios.min(), ratios.max()) == (0.5, 2)


@pytest.mark.parametrize(
    ("speeds", "said"),
    [({}, "at least one tool"), ({"a": 0.0}, "speeds 'a' must be positive"), ({"a": np.nan}, "speeds 'a' must be")],
)
def test_speeds_that_are_none_are_refused(ax, speeds, said):
    with pytest.raises(ValueError, match=said):
        speed_diagram(ax, speeds, label="speed")


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({}, "at least one number"),
        ({"x": ([1, 2], [1])}, r"\(2,\) measured and \(1,\) predicted"),
        ({"x": ([1], [-1])}, "positive finite"),
        ({"x": ([np.inf], [1])}, "positive finite"),
    ],
)
def test_groups_that_do_not_fit_are_refused(ax, groups, said):
    with pytest.raises(ValueError, match=said):
        agreement_diagram(ax, groups, unit="s")


def test_a_group_is_a_pair(ax):
    with pytest.raises(TypeError, match="must be a pair"):
        agreement_diagram(ax, {"x": [1, 2]}, unit="s")
