"""Intervals are drawn where the draws say, in the colours of units."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from ecolib import figures
from ecolib.figures.institutions import interval_diagram


def test_every_row_has_the_median_and_the_interval_of_each_group():
    draws = {"A": {"one": np.arange(101.0), "two": [-2.0, -2.0]}, "B": {"one": [1.0], "two": [5.0, 7.0]}}
    ax = interval_diagram(Figure().subplots(), draws, xlabel="change")
    first, second = ax.containers
    assert first.lines[0].get_xdata().tolist() == [50, -2]
    assert [segment[:, 0].tolist() for segment in first.lines[2][0].get_segments()] == [[5, 95], [-2, -2]]
    assert second.lines[0].get_xdata().tolist() == [1, 6]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["one", "two"]


def test_groups_have_the_colour_and_marker_of_units_and_stand_apart():
    draws = {"A": {"one": [1.0]}, "B": {"one": [2.0]}}
    ax = interval_diagram(Figure().subplots(), draws, xlabel="change")
    marks = [container.lines[0] for container in ax.containers]
    for k, mark in enumerate(marks):
        style = figures.unit_style(k)
        assert (mark.get_color(), mark.get_marker()) == (style["color"], style["marker"])
    assert marks[0].get_ydata()[0] < marks[1].get_ydata()[0]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["A", "B"]


@pytest.mark.parametrize(
    ("draws", "options", "message"),
    [
        ({}, {}, "every group needs the same names"),
        ({"A": {"one": [1.0]}, "B": {"two": [1.0]}}, {}, "every group needs the same names"),
        ({"A": {"one": [np.nan]}}, {}, "one must hold finite numbers"),
        ({"A": {"one": [1.0]}}, {"covered": 0.0}, "covered must be positive and at most 1, got 0"),
    ],
)
def test_what_does_not_fit_is_refused(draws, options, message):
    with pytest.raises(ValueError, match=message):
        interval_diagram(Figure().subplots(), draws, xlabel="change", **options)
