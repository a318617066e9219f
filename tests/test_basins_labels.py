import numpy as np
import pytest
from draws import MODELS

from ecolib import Symbiosis, Values, simulate
from ecolib.basins import basins
from ecolib.extensions import obligate, pair_equilibria, saturating

TWO, THREE = MODELS[2], MODELS[3]
RIVALS = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))
HELPED = Values(r=np.ones(3), K=np.ones(3), alpha=((0, 2, -5), (2, 0, -5), (-1, -1, 0)))
"""The first two help each other without bound, unless the third is there first."""


def named(found):
    return [found.names[label] for label in found.labels.ravel()]


def test_equal_rivals_are_won_by_the_one_that_starts_ahead():
    rng = np.random.default_rng(1)
    starts = rng.uniform(0.01, 3, (40, 2))
    expected = ["unit 1" if one > other else "unit 2" for one, other in starts]
    assert named(basins(TWO, RIVALS, starts)) == expected


def test_a_start_exactly_on_the_edge_is_undecided():
    assert named(basins(TWO, RIVALS, [[0.7, 0.7], [0.1, 0.1]])) == ["undecided", "undecided"]


def test_a_start_at_rest_where_nothing_holds_it_is_undecided():
    """Both units at their saddle, and one unit at rest that the other could invade, were it there."""
    help_each_other = Values(r=(1, 1), K=(1, 1), alpha=((0, 0.5), (0.5, 0)))
    assert named(basins(TWO, RIVALS, [1 / 3, 1 / 3])) == ["undecided"]
    assert named(basins(TWO, help_each_other, [[1.0, 0.0], [1.0, 1e-9]])) == ["unit 1", "units 1, 2"]


def test_who_is_absent_at_the_start_stays_absent():
    found = basins(THREE, HELPED, [[0, 0, 0], [0.5, 0, 0], [0, 0.5, 0.1], [0.2, 0, 0.9], [0, 0, 3]])
    assert named(found) == ["nothing", "unit 1", "unit 3", "unit 3", "unit 3"]


def test_growth_without_bound_is_a_label_beside_an_attractor():
    assert named(basins(THREE, HELPED, [[1, 1, 0.01], [0.01, 0.01, 1]])) == ["unbounded", "unit 3"]


def test_who_keeps_going_round_is_undecided():
    """Three rivals in a ring that never come to rest: they pass by one unit alone after the other."""
    ring = -np.array([[0, 0.8, 1.6], [1.6, 0, 0.8], [0.8, 1.6, 0]])
    found = basins(THREE, Values(r=np.ones(3), K=np.ones(3), alpha=ring), [[0.5, 0.3, 0.2], [0.1, 0.2, 0.4]])
    assert named(found) == ["undecided", "undecided"]


def test_too_little_time_leaves_the_end_open():
    assert named(basins(TWO, RIVALS, [0.5, 0.4], duration=1.0)) == ["undecided"]


def test_labels_are_those_of_paths_followed_one_by_one():
    rng = np.random.default_rng(2)
    values = Values(r=(1, 0.5, 2), K=(10, 1, 100), alpha=-rng.uniform(1.2, 2, (3, 3)) * (1 - np.eye(3)))
    starts = rng.uniform(0, 1, (25, 3)) * values.K
    found = basins(THREE, values, starts)
    for start, label in zip(starts, found.labels, strict=True):
        end = simulate(THREE, values, x0=start, t=(0, 500)).x[:, -1]
        assert np.allclose(end / values.K, found.states[label] / values.K, atol=1e-3)


def test_labels_have_the_shape_of_the_starts_and_are_counted():
    u = np.linspace(0.05, 1.05, 6)
    found = basins(TWO, RIVALS, np.stack(np.meshgrid(u, u), axis=-1))
    assert found.labels.shape == (6, 6)
    assert np.array_equal(found.labels, np.where(np.eye(6), 4, np.where(np.arange(6) > np.arange(6)[:, None], 1, 2)))
    assert found.counts == {"nothing": 0, "unit 1": 15, "unit 2": 15, "units 1, 2": 0, "undecided": 6, "unbounded": 0}


def test_states_of_a_model_with_saturating_help_are_given():
    needy = obligate(saturating(Symbiosis.of(units=2), h=0.5), units=(0, 1))
    values = Values(r=(1, 1), K=(10, 1), alpha=((0, 3), (3, 0)))
    known = [point.u * values.K for point in pair_equilibria(needy, values) if np.isfinite(point.u).all()]
    found = basins(needy, values, [[5, 0.5], [30, 3]], known=known)
    ends = [found.states[label] for label in found.labels]
    assert np.allclose(ends, [[0, 0], max(known, key=np.sum)])
    with pytest.raises(ValueError, match="not linear"):
        basins(needy, values, [5, 0.5])


def test_an_interruption_keeps_the_labels_that_are_known(monkeypatch):
    from ecolib.basins import labels

    whole = labels.simulate_many

    def interrupted(*args, **options):
        paths = whole(*args, **options)
        paths.ended[1:] = ("interrupted", "not run")
        return paths

    monkeypatch.setattr(labels, "simulate_many", interrupted)
    found = basins(TWO, RIVALS, [[0.5, 0.4], [0.4, 0.5], [0.4, 0.5]])
    assert found.labels.tolist() == [1, -1, -1]
    assert sum(found.counts.values()) == 1


@pytest.mark.parametrize(
    ("starts", "options", "words"),
    [
        ([0.5, -0.1], {}, "x0 must be finite and not negative"),
        ([0.5, 0.1, 0.2], {}, r"x0 must have shape \(..., 2\)"),
        ([0.5, 0.1], {"settle": 0.1}, "settle must be positive and at most 0.001"),
        ([0.5, 0.1], {"duration": 0}, "duration must be positive"),
        ([0.5, 0.1], {"known": [1, 0]}, r"known must hold outputs, finite and not negative, \(states, 2\)"),
        ([0.5, 0.1], {"known": [[1, -1]]}, "known must hold outputs"),
    ],
)
def test_what_is_no_start_or_option_is_refused(starts, options, words):
    with pytest.raises(ValueError, match=words):
        basins(TWO, RIVALS, starts, **options)


def test_basins_are_those_of_one_parameter_set():
    many = Values(r=(1, 1), K=(1, 1), alpha=np.zeros((3, 2, 2)))
    with pytest.raises(ValueError, match=r"one parameter set, got a batch of shape \(3,\)"):
        basins(TWO, many, [0.5, 0.4])


def test_labels_do_not_depend_on_how_many_are_compared_at_a_time(monkeypatch):
    rng = np.random.default_rng(3)
    starts = rng.uniform(0.01, 2, (7, 2))
    whole = basins(TWO, RIVALS, starts).labels
    monkeypatch.setattr("ecolib.basins.known.PIECE", 20)
    assert np.array_equal(basins(TWO, RIVALS, starts).labels, whole)


def test_no_starts_have_no_labels():
    found = basins(TWO, RIVALS, np.zeros((0, 2)))
    assert found.labels.shape == (0,)
    assert set(found.counts.values()) == {0}


def test_times_whose_span_is_no_number_are_refused():
    with pytest.raises(ValueError, match="finite and increasing"):
        simulate(TWO, RIVALS, x0=(0.5, 0.4), t=(-1e308, 1.7e308))
