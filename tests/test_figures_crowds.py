"""Figures of many units: what is drawn is what was given, and it can be read."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse

from ecolib import figures
from ecolib.communities import Community
from ecolib.figures.crowds import line_diagram, spectrum_diagram

AXES = {"xlabel": "arrivals", "ylabel": "members"}


def test_the_ellipse_ends_where_the_bound_says_and_every_eigenvalue_is_drawn():
    community = Community(units=100, spread=0.08, agreement=1)
    values = np.array([-1, -0.5 + 0.25j, -0.5 - 0.25j])
    ax = spectrum_diagram(Figure().subplots(), values, community)
    (bulk,) = (patch for patch in ax.patches if isinstance(patch, Ellipse))
    rho = 2 / np.pi
    assert (bulk.width, bulk.height) == pytest.approx((1.6 * (1 + rho), 1.6 * (1 - rho)))
    assert bulk.center == (-1, 0)
    points = ax.lines[0]
    assert np.array_equal(points.get_xdata() + 1j * points.get_ydata(), np.sort_complex(values))


def test_lines_have_the_colours_of_units_and_their_names_at_their_ends():
    lines = {"few": ([1, 2, 3], [1, 2, 3]), "fewer": ([1, 2, 3], [1, 1, np.nan])}
    ax = line_diagram(Figure().subplots(), lines, **AXES)
    assert [line.get_color() for line in ax.lines] == [figures.unit_style(k)["color"] for k in range(2)]
    assert {text.get_text(): text.get_color() for text in ax.texts} == {
        name: figures.unit_style(k)["color"] for k, name in enumerate(lines)
    }
    below = line_diagram(Figure().subplots(), lines, named="below", **AXES)
    assert [text.get_text() for text in below.get_legend().get_texts()] == list(lines)


def test_logarithmic_axes_have_few_and_plain_numbers():
    ax = line_diagram(Figure().subplots(), {"size": ([0.02, 0.3], [200, 4])}, log="xy", **AXES)
    ax.figure.draw_without_rendering()
    for axis, expected in (
        (ax.xaxis, ["0.02", "0.05", "0.1", "0.2"]),
        (ax.yaxis, ["5", "10", "20", "50", "100", "200"]),
    ):
        low, high = axis.get_view_interval()
        shown = [tick.get_text() for tick in axis.get_ticklabels() if low <= float(tick.get_text()) <= high]
        assert shown == expected


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"log": "z"}, "log must be one of '', 'x', 'y', 'xy', got 'z'"),
        ({"named": "above"}, "named must be one of beside, below, got 'above'"),
        ({"lines": {"odd": ([1, 2], [1])}}, r"the line 'odd' needs two arrays of one shape, got \(2,\) and \(1,\)"),
    ],
)
def test_lines_that_make_no_sense_are_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        line_diagram(Figure().subplots(), **({"lines": {"one": ([1], [1])}} | AXES | wrong))


def test_eigenvalues_must_be_finite():
    with pytest.raises(ValueError, match="eigenvalues must be finite"):
        spectrum_diagram(Figure().subplots(), [np.nan], Community(units=1, spread=0))
