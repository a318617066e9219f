import numpy as np
import pytest
from draws import MODELS
from matplotlib.figure import Figure

from ecolib import Values, figures
from ecolib.basins import Basins, basins
from ecolib.figures.basins import _fills, basin_map

NAMES = ("nothing", "unit 1", "unit 2", "units 1, 2", "undecided", "unbounded")
STATES = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
X = np.linspace(0, 1, 40)


def drawn(labels):
    found = Basins(np.asarray(labels), NAMES, STATES, np.zeros((*np.shape(labels), 2)))
    with figures.style():
        return basin_map(Figure(figsize=(5, 4)).subplots(), X, X, found, xlabel="start of unit 1", ylabel="of unit 2")


def test_basins_are_named_in_place():
    rivals = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))
    u = np.linspace(0.05, 1.05, 7)
    ax = basin_map(Figure().subplots(), u, u, basins(MODELS[2], rivals, np.stack(np.meshgrid(u, u), axis=-1)))
    places = {text.get_text(): text.get_position() for text in ax.texts}
    assert set(places) == {"unit 1", "unit 2"}  # the undecided diagonal is a line
    assert places["unit 1"][0] > places["unit 1"][1]
    assert places["unit 2"][0] < places["unit 2"][1]


def test_what_is_no_known_state_is_hatched_and_named():
    labels = np.where(X < 0.5, 4, 5) * np.ones((40, 1), dtype=int)
    ax = drawn(labels)
    assert {text.get_text() for text in ax.texts} == {"undecided", "unbounded"}
    fills = _fills(Basins(labels, NAMES, STATES, np.zeros((40, 40, 2))))
    assert all(fill.hatch for fill in fills[4:])
    assert fills[4].hatch != fills[5].hatch


def test_every_state_has_a_look_of_its_own():
    fills = _fills(Basins(np.zeros(1, dtype=int), NAMES, STATES, np.zeros((1, 2))))
    assert [fill.label for fill in fills] == list(NAMES)
    assert len({(fill.colour, fill.hatch) for fill in fills}) == len(NAMES)


def test_starts_that_were_not_run_are_blank():
    labels = np.where(X < 0.5, -1, 1) * np.ones((40, 1), dtype=int)
    ax = drawn(labels)
    assert [text.get_text() for text in ax.texts] == ["unit 1"]
    assert np.ma.getmaskarray(ax.collections[0].get_array()).mean() == 0.5


def test_starts_that_are_no_plane_are_refused():
    with pytest.raises(ValueError, match=r"codes must have shape \(rows, columns\) = \(40, 40\)"):
        drawn(np.zeros(40, dtype=int))
