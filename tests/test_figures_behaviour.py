"""Figures of innovation behaviour: what is drawn is what was given, in the right corner, with marks that are named."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from ecolib import figures
from ecolib.figures.ternary import CORNERS

REACH = np.linspace(0, 1, 5)
PAYOFFS = np.stack([0 * REACH, REACH - 0.25, 2 * REACH**2 - 0.75], axis=-1)
PATH = np.array([[0.5, 0.3, 0.1], [0.3, 0.3, 0.2], [0.2, 0.4, 0.7]])


def test_payoffs_have_the_colours_of_units_and_their_names_at_their_ends():
    ax = figures.payoff_diagram(Figure().subplots(), REACH, PAYOFFS)
    assert [line.get_color() for line in ax.lines] == [figures.unit_style(k)["color"] for k in range(3)]
    assert np.array_equal([line.get_ydata() for line in ax.lines], PAYOFFS.T)
    assert [text.get_text() for text in ax.texts] == [fill.label for fill in figures.PARADIGM_FILLS]


def test_marks_stand_where_they_were_put_and_those_beyond_are_left_out():
    ax = figures.payoff_diagram(Figure().subplots(), REACH, PAYOFFS, marks={"late": 0.8, "never": 1.5, "early": 0.25})
    assert [text.get_text() for text in ax.texts[:2]] == ["early", "late"]
    assert [line.get_xdata()[0] for line in ax.lines[3:]] == [0.25, 0.8]
    heights = [text.xyann[1] for text in ax.texts[:2]]
    assert heights[0] != heights[1]  # neighbours do not cover each other


def test_each_corner_of_the_triangle_is_the_paradigm_that_has_everything():
    for k, place in ((0, CORNERS[1]), (1, CORNERS[2]), (2, CORNERS[0])):
        whole = np.repeat(np.eye(3)[:, [k]], 2, axis=1)
        ax = figures.share_triangle(Figure().subplots(), [whole])
        assert np.allclose(ax.lines[0].get_xydata(), place)
        named = {text.get_text(): text.xy for text in ax.texts if text.get_text()}
        assert np.allclose(named[figures.PARADIGM_FILLS[k].label], place)


def test_a_path_has_one_dot_at_its_start_and_one_head():
    ax = figures.share_triangle(Figure().subplots(), [PATH], curve=PATH)
    line, dot = ax.lines[:2]
    assert np.allclose(dot.get_xydata()[0], line.get_xydata()[0])
    assert np.allclose(line.get_xydata(), (CORNERS.T @ PATH[[2, 0, 1]]).T)
    assert sum(text.arrow_patch is not None for text in ax.texts) == 1
    assert ax.lines[-1].get_label() == "separatrix"


def test_ratios_are_drawn_on_logarithmic_axes_between_their_limits():
    ratios = PATH[1:] / PATH[0]
    ax = figures.ratio_plane(Figure().subplots(), [ratios], curve=ratios, limits=(0.1, 10))
    assert np.allclose(ax.lines[0].get_xydata(), ratios.T)
    assert (ax.get_xscale(), ax.get_yscale(), ax.get_xlim()) == ("log", "log", (0.1, 10))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda ax: figures.payoff_diagram(ax, REACH, PAYOFFS.T), r"payoffs must have shape \(points, 3\)"),
        (lambda ax: figures.share_triangle(ax, [PATH * 2]), r"three shares that add up to 1, got shape \(3, 3\)"),
        (lambda ax: figures.share_triangle(ax, [PATH[:2]]), r"three shares that add up to 1, got shape \(2, 3\)"),
        (lambda ax: figures.ratio_plane(ax, [PATH]), r"two positive ratios, got shape \(3, 3\)"),
        (lambda ax: figures.ratio_plane(ax, [-PATH[1:]]), "two positive ratios"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call(Figure().subplots())
