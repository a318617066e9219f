from functools import cache

import numpy as np
import pytest
from draws import MODELS

from ecolib import Stability, Values, equilibria, stable
from ecolib.basins import basins, separatrix, stable_manifold, track_edge
from ecolib.numeric import evaluate, steady_state

TWO, THREE = MODELS[2], MODELS[3]
RIVALS = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))
UNLIKE = Values(r=(1, 3), K=(1, 1000), alpha=((0, -1.2), (-5, 0)))
ALL_RIVALS = Values(r=np.ones(3), K=np.ones(3), alpha=-2 * (1 - np.eye(3)))
SHARED = Values(r=(1, 1, 0.7), K=(1, 10, 1), alpha=((0, -2, 0.3), (-2, 0, 0.3), (-0.2, -0.2, 0)))
"""Two rivals, either of which lives with the third."""


@cache
def edge_of(name):
    """Edges that several tests look at."""
    return {
        "rivals": lambda: track_edge(TWO, RIVALS, (1.9, 0.4), (0.2, 2.5)),
        "unlike": lambda: track_edge(TWO, UNLIKE, (2, 10), (0.01, 1500)),
        "shared": lambda: track_edge(THREE, SHARED, (0.9, 2, 0.1), (0.1, 8, 0.2)),
    }[name]()


def distance_from(curve, points):
    """Least distance of points, shape (2, points), from a curve of segments, shape (2, ends)."""
    begin, along = curve[:, :-1], np.diff(curve, axis=1)
    apart = points[:, :, None] - begin[:, None, :]
    part = np.clip((apart * along[:, None, :]).sum(0) / (along**2).sum(0), 0, 1)
    return np.linalg.norm(apart - part * along[:, None, :], axis=0).min(axis=1)


def test_equal_rivals_meet_on_the_diagonal():
    edge = edge_of("rivals")
    assert np.allclose(edge.x[0], edge.x[1], atol=edge.width)
    assert (edge.ended, edge.name, edge.sides) == ("at rest", "units 1, 2", ("unit 1", "unit 2"))
    assert np.allclose(edge.state, 1 / 3)
    assert edge.width < 1e-4


def test_two_units_stay_on_their_separatrix():
    edge = edge_of("unlike")
    halves = separatrix(TWO, UNLIKE, points=4000)
    apart = np.min([distance_from(h / UNLIKE.K[:, None], edge.x / UNLIKE.K[:, None]) for h in halves], axis=0)
    assert apart.max() < 1e-5
    assert np.allclose(edge.state, steady_state(equilibria(TWO)[-1], UNLIKE) * UNLIKE.K)


def test_the_edge_state_of_three_rivals_has_two_of_them():
    """The third dies out on the edge between the other two; where all three meet, two directions repel."""
    edge = track_edge(THREE, ALL_RIVALS, (0.9, 0.2, 0.1), (0.1, 0.8, 0.2))
    assert (edge.ended, edge.name) == ("at rest", "units 1, 2")
    assert np.allclose(edge.state, (1 / 3, 1 / 3, 0))
    assert np.allclose(edge.x[0], edge.x[1], atol=2e-5)  # equal rivals of the third are divided by a plane


def test_a_path_goes_on_where_more_than_one_direction_repels():
    """It passes by the state of all three rivals, from which two directions lead away, one of them along the edge."""
    edge = track_edge(THREE, ALL_RIVALS, (0.6, 0.4, 0.49999), (0.4, 0.6, 0.49999))
    assert np.abs(edge.x - 0.2).max(axis=0).min() < 1e-3
    assert edge.name == "units 1, 2"


def test_the_edge_state_of_rivals_with_a_common_partner_is_their_saddle():
    edge = edge_of("shared")
    both = equilibria(THREE)[-1]
    assert (edge.name, edge.sides) == ("units 1, 2, 3", ("units 1, 3", "units 2, 3"))
    assert stable(both, SHARED) is Stability.SADDLE
    rates = np.linalg.eigvals(evaluate(THREE.jacobian, THREE, SHARED, edge.state))
    assert (rates.real > 0).sum() == 1
    assert np.allclose(evaluate(THREE.field, THREE, SHARED, edge.state), 0, atol=1e-12)
    assert np.allclose(edge.x[0], edge.x[1] / 10, atol=2e-5)  # the exact plane between equal rivals


def test_starts_on_either_side_of_a_path_lead_to_either_side():
    edge = edge_of("shared")
    some = edge.x[:, :: max(1, edge.t.size // 6)].T
    nudge = np.array([1e-3, -1e-2, 0])
    for sign, side in ((1, edge.sides[0]), (-1, edge.sides[1])):
        found = basins(THREE, SHARED, some + sign * nudge)
        assert {found.names[label] for label in found.labels} == {side}


def test_a_path_on_the_edge_obeys_the_equations():
    edge = edge_of("unlike")
    middle, slope = (edge.x[:, 1:] + edge.x[:, :-1]) / 2, np.diff(edge.x, axis=1) / np.diff(edge.t)
    short = (np.diff(edge.t) < 0.05) & (np.diff(edge.t) > 0.003)
    field = evaluate(TWO.field, TWO, UNLIKE, middle.T).T
    assert short.sum() > 10
    assert np.allclose(slope[:, short] / 1000, field[:, short] / 1000, atol=2e-3)


def test_growth_without_bound_may_lie_on_one_side():
    values = Values(r=np.ones(3), K=np.ones(3), alpha=((0, 2, -5), (2, 0, -5), (-1, -1, 0)))
    edge = track_edge(THREE, values, (1, 1, 0.01), (0.01, 0.01, 1))
    assert edge.sides == ("unbounded", "unit 3")
    assert edge.ended == "at rest"
    place = np.round(evaluate(THREE.field, THREE, values, edge.state), 12)
    assert not place.any()


def test_a_narrower_bracket_keeps_the_path_closer_to_the_edge():
    rough = track_edge(TWO, UNLIKE, (2, 10), (0.01, 1500), narrow=1e-4, wide=1e-3)
    assert edge_of("unlike").width < 1e-5 < rough.width <= 1e-3
    assert rough.name == "units 1, 2"


def test_a_budget_of_steps_ends_the_path_where_it_is():
    edge = track_edge(THREE, SHARED, (0.9, 2, 0.1), (0.1, 8, 0.2), wide=1e-7, steps=1)
    assert (edge.ended, edge.name) == ("out of steps", "")
    assert np.allclose(edge.state, edge.x[:, -1])
    assert edge.last.shape == (2, 3)


def test_an_interruption_keeps_the_path_so_far(monkeypatch):
    from ecolib.basins import brackets

    whole, calls = brackets.simulate, []

    def interrupted(*args, **options):
        calls.append(1)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return whole(*args, **options)

    monkeypatch.setattr(brackets, "simulate", interrupted)
    edge = track_edge(THREE, SHARED, (0.9, 2, 0.1), (0.1, 8, 0.2), wide=1e-7)
    assert edge.ended == "interrupted"
    assert edge.x.shape[1] == edge.t.size > 2


@pytest.mark.parametrize(
    ("one", "other", "options", "words"),
    [
        ((0.9, 0.1), (0.8, 0.1), {}, r"both starts lead to the same attractor \(unit 1\)"),
        ((0.9, 0.1), (0.5, 0.5), {}, "the start 'other' leads to no known attractor"),
        ((0.9, -0.1), (0.1, 0.5), {}, r"one must be outputs, finite and not negative, of shape \(2,\)"),
        ((0.9, 0.1), (0.1, 0.5, 1), {}, r"other must be outputs, finite and not negative, of shape \(2,\)"),
        ((0.9, 0.1), (0.1, 0.5), {"narrow": 1e-12}, "narrow must be at least 1e-10"),
        ((0.9, 0.1), (0.1, 0.5), {"wide": 1e-8}, "wide must be at least 1e-07"),
        ((0.9, 0.1), (0.1, 0.5), {"steps": 0}, "steps must be at least 1"),
    ],
)
def test_starts_without_an_edge_and_odd_options_are_refused(one, other, options, words):
    with pytest.raises(ValueError, match=words):
        track_edge(TWO, RIVALS, one, other, **options)


def test_the_separatrix_agrees_with_a_manifold_followed_backwards_from_the_edge_state():
    edge = edge_of("rivals")
    for half in stable_manifold(TWO, RIVALS, edge.state):
        assert np.allclose(half[0], half[1], rtol=1e-6)
