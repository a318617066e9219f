"""Bifurcation diagrams: lines by stability, a marker for each kind, joined at the points between."""

import numpy as np
import pytest
import sympy as sp
from matplotlib.figure import Figure

from ecolib.continuation import bifurcation_curve, bifurcation_diagram, equilibrium_branch
from ecolib.figures import bifurcation_curves
from ecolib.figures import bifurcation_diagram as draw
from ecolib.system import System

x, y, p, q = sp.symbols("x y p q", real=True)
PITCHFORK = bifurcation_diagram(System((x,), (p * x - x**3,)), {}, p, within=(-1, 1))
FOLD = equilibrium_branch(System((x, y), (p - x**2, x - y)), {}, p, x0=(1, 1), start=1, within=(-1, 1))


def lines(ax, label):
    return [line for line in ax.lines if line.get_label() == label]


def test_stable_pieces_are_solid_and_the_others_dashed():
    ax = draw(Figure().subplots(), PITCHFORK)
    assert all(line.get_linestyle() == "-" for line in lines(ax, "stable"))
    assert all(line.get_linestyle() == "--" for line in lines(ax, "unstable"))
    for line in lines(ax, "unstable"):
        assert np.abs(line.get_ydata()).max() < 1e-9
        assert line.get_xdata().min() >= -1e-9


def test_pieces_meet_at_the_bifurcation():
    ax = draw(Figure().subplots(), FOLD, letter=y)
    (stable,), (unstable,), (fold,) = lines(ax, "stable"), lines(ax, "unstable"), lines(ax, "fold")
    ends = [line.get_xydata()[[0, -1]] for line in (stable, unstable)]
    assert all(np.abs(end - fold.get_xydata()[0]).sum(axis=1).min() < 1e-9 for end in ends)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$p$", "$y$")


def test_a_legend_names_each_kind_once():
    ax = draw(Figure().subplots(), PITCHFORK)
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert sorted(names) == ["stable", "supercritical\npitchfork", "unstable"]
    assert draw(Figure().subplots(), FOLD, legend=False).get_legend() is None


def test_curves_over_two_parameters_have_their_cusp():
    cusp = System((x,), (p + q * x - x**3,))
    branch = equilibrium_branch(cusp, {q: 1}, p, x0=(-1.3,), start=-1, within=(-2, 2))
    ax = bifurcation_curves(Figure().subplots(), bifurcation_curve(branch, branch.bifurcations[0], q, within=(-1, 1)))
    (mark,) = lines(ax, "cusp")
    assert np.abs(mark.get_xydata()).max() < 1e-8
    assert lines(ax, "folds")


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="branches over one parameter are needed, got \\[\\]"):
        draw(Figure().subplots(), [])
    with pytest.raises(ValueError, match="q is not in the state, which has x, y"):
        draw(Figure().subplots(), FOLD, letter=q)
    with pytest.raises(ValueError, match="curves over the same two parameters"):
        bifurcation_curves(Figure().subplots(), [])
