"""Portraits and maps of two units with saturating help."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from pairs import HALF, LINEAR, A, model_of, values_of

from ecolib import Values
from ecolib.extensions import Pair
from ecolib.figures.pairs import newcomer_map, pair_portrait


def test_a_portrait_marks_the_equilibria_that_exist():
    model, values = model_of((0, 1), HALF, HALF), values_of(3, 3, K=(100, 80))
    ax = pair_portrait(Figure().subplots(), model, values, limit=3, starts=[(0.5, 0.5)], duration=5)
    marked = {line.get_gid(): line.get_xydata()[0].tolist() for line in ax.lines if line.get_gid()}
    assert sorted(marked) == ["equilibrium: saddle", "equilibrium: stable"]
    assert marked["equilibrium: saddle"] == pytest.approx([1, 1])
    halves = [line.get_xydata() for line in ax.lines if line.get_label() == "separatrix"]
    assert [half[0].tolist() for half in halves] == [pytest.approx([1, 1])] * 2


def test_the_map_of_a_newcomer_draws_its_borders_where_the_formulas_say():
    model = model_of((1,), HALF, HALF)
    ax = newcomer_map(Figure().subplots(), model, np.linspace(0, 5, 60), np.linspace(0, 3, 60))
    lines = {line.get_gid(): line.get_xydata() for line in ax.lines}
    assert lines["invasion"][:, 1].tolist() == [1.5, 1.5]
    assert lines["meeting"][0].tolist() == [1.5, 1.5]
    assert lines["fold"][0] == pytest.approx([1.5, 1.5])
    a, b = lines["fold"][200]
    assert b == pytest.approx(float(Pair.of(model).fold.subs(A, a)))
    assert {text.get_text() for text in ax.texts} == {"both", "unit 1 alone"}


def test_figures_of_pairs_refuse_what_they_cannot_draw():
    with pytest.raises(ValueError, match="unit 2 obligate"):
        newcomer_map(Figure().subplots(), LINEAR, [0, 1], [0, 1])
    with pytest.raises(ValueError, match="limit must be positive"):
        pair_portrait(Figure().subplots(), LINEAR, values_of(0.1, 0.1), limit=0)
    many = Values(r=(1, 1), K=(1, 1), alpha=np.zeros((2, 2, 2)))
    with pytest.raises(ValueError, match="batch"):
        pair_portrait(Figure().subplots(), LINEAR, many, limit=1)
