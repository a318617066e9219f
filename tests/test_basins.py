import numpy as np
import pytest
from draws import MODELS

from ecolib import Values, regime, simulate
from ecolib.basins import separatrix

TWO = MODELS[2]
RIVALS = [
    Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0))),
    Values(r=(1, 3), K=(1, 1000), alpha=((0, -1.2), (-5, 0))),
    Values(r=(2, 0.1), K=(1e6, 1e-3), alpha=((0, -3), (-1.5, 0))),
]


def test_equal_rivals_are_divided_by_the_diagonal():
    toward, away = separatrix(TWO, RIVALS[0])
    for curve in (toward, away):
        assert np.allclose(curve[0], curve[1], rtol=1e-6)
        assert np.allclose(curve[:, 0], 1 / 3)


def test_the_diagonal_stays_one_whatever_the_capacities():
    for curve in separatrix(TWO, Values(r=(1, 1), K=(1, 1e6), alpha=((0, -2), (-2, 0)))):
        assert np.allclose(1e6 * curve[0], curve[1], rtol=1e-6)


@pytest.mark.parametrize("values", RIVALS)
def test_one_curve_goes_to_the_origin_and_the_other_outwards(values):
    ends = sorted((curve[:, -1] / values.K).max() for curve in separatrix(TWO, values))
    assert ends[0] < 0.2
    assert 5 < ends[1] <= 10


@pytest.mark.parametrize("values", RIVALS)
@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("place", [5, 60, 150])
def test_starts_on_either_side_lead_to_different_attractors(values, side, place):
    start = separatrix(TWO, values)[side][:, place]
    ends = []
    for nudge in ((1.02, 1 / 1.02), (1 / 1.02, 1.02)):
        path = simulate(TWO, values, x0=start * nudge, t=(0, 500 / values.r.min()))
        ends.append(path.x[:, -1] / values.K)
    assert np.allclose(ends, [(1, 0), (0, 1)], atol=1e-6)


def test_a_curve_has_as_many_points_as_asked_for():
    assert [curve.shape for curve in separatrix(TWO, RIVALS[0], points=37)] == [(2, 37), (2, 37)]


def test_a_curve_ends_at_the_bound_of_escape():
    ends = [(curve[:, -1] / RIVALS[1].K).max() for curve in separatrix(TWO, RIVALS[1], escape=3.0)]
    assert 2 < max(ends) <= 3


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (-2, 0), (2, 2), (0, 0)])
def test_without_a_saddle_nothing_is_divided(a, b):
    values = Values(r=(1, 1), K=(1, 1), alpha=((0, a), (b, 0)))
    assert regime(TWO, values).name != "bistability"
    assert separatrix(TWO, values) == ()


def test_separatrices_are_for_one_set_of_two_units():
    three = Values(r=np.ones(3), K=np.ones(3), alpha=np.zeros((3, 3)))
    with pytest.raises(ValueError, match="separatrices are for one set of 2 units, got 3 units"):
        separatrix(MODELS[3], three)
    with pytest.raises(ValueError, match=r"got 2 units, batch \(4,\)"):
        separatrix(TWO, Values(r=(1, 1), K=(1, 1), alpha=np.zeros((4, 2, 2))))
