import numpy as np
import pytest
from draws import MODELS
from scipy.stats import binom

from ecolib import Values
from ecolib.basins import basin_stability, separatrix
from ecolib.basins.shares import _interval

TWO, THREE = MODELS[2], MODELS[3]
RIVALS = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))


def shares(found):
    return dict(zip(found.names, found.share, strict=True))


def inside(found, name, truth):
    place = found.names.index(name)
    return bool(found.low[place] <= truth <= found.high[place])


def test_equal_rivals_share_the_starts():
    found = basin_stability(TWO, RIVALS, rng=np.random.default_rng(1), count=300, box=(0, 2))
    assert inside(found, "unit 1", 0.5)
    assert inside(found, "unit 2", 0.5)
    assert found.share.sum() == pytest.approx(1)
    assert found.counts.sum() == 300


def test_a_taller_box_has_the_shares_of_its_triangle():
    """The diagonal cuts a box of one by two: below it lies a quarter."""
    found = basin_stability(TWO, RIVALS, rng=np.random.default_rng(2), count=400, box=((0, 0), (1, 2)))
    assert inside(found, "unit 1", 0.25)
    assert inside(found, "unit 2", 0.75)


def test_unlike_rivals_have_the_area_below_their_separatrix():
    values = Values(r=(1, 2), K=(10, 1), alpha=((0, -1.5), (-3, 0)))
    curves = [half / values.K[:, None] for half in separatrix(TWO, values, points=2000)]
    line = np.concatenate(curves, axis=1)
    line = line[:, np.argsort(line[0])]
    column = np.linspace(0, 1, 20001)
    area = np.minimum(np.interp(column, line[0], line[1], left=0), 1).mean()
    found = basin_stability(TWO, values, rng=np.random.default_rng(3), count=500, box=(0, 1))
    assert 0.1 < area < 0.9
    assert inside(found, "unit 1", area)


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
@pytest.mark.parametrize("share", [0.004, 0.05, 0.5, 0.97])
def test_intervals_hold_the_share_as_often_as_they_say(share, level):
    """Exact coverage over all counts that can come up: near the level, also for shares close to 0 and 1."""
    runs = 500
    held = [low <= share <= high for low, high in (_interval(k, runs, level) for k in range(runs + 1))]
    coverage = binom.pmf(np.arange(runs + 1), runs, share)[held].sum()
    assert level - 0.03 < coverage < level + 0.03 if share > 0.01 else coverage > level - 0.05


def test_repeated_estimates_hold_the_share_as_often_as_they_say():
    """Whole estimates, not formulas: 25 starts each, split by the diagonal."""
    rng = np.random.default_rng(4)
    held = sum(
        inside(basin_stability(TWO, RIVALS, rng=rng, count=25, box=(0, 1), level=0.8), "unit 1", 0.5) for _ in range(8)
    )
    assert 4 <= held <= 8


def test_a_share_that_was_never_seen_has_an_interval_from_zero():
    found = basin_stability(TWO, RIVALS, rng=np.random.default_rng(5), count=40, box=(0, 1))
    place = found.names.index("unbounded")
    assert (found.share[place], found.low[place]) == (0, 0)
    assert 0.05 < found.high[place] < 0.12


def test_growth_without_bound_and_edges_have_their_shares():
    values = Values(r=np.ones(3), K=np.ones(3), alpha=((0, 2, -5), (2, 0, -5), (-1, -1, 0)))
    found = basin_stability(THREE, values, rng=np.random.default_rng(6), count=60, box=(0, 2))
    assert shares(found)["unbounded"] + shares(found)["unit 3"] == pytest.approx(1)
    assert shares(found)["unbounded"] > 0.05
    edge = basin_stability(TWO, RIVALS, rng=np.random.default_rng(7), count=5, draw=lambda _, n: np.full((n, 2), 0.6))
    assert shares(edge)["undecided"] == 1


def test_the_same_seed_gives_the_same_shares():
    one, other = (
        basin_stability(TWO, RIVALS, rng=np.random.default_rng(8), count=30, box=(0, 1)).counts for _ in range(2)
    )
    assert np.array_equal(one, other)


def test_capacities_do_not_change_shares():
    large = Values(r=(1, 1), K=(1e6, 1e-3), alpha=RIVALS.alpha)
    one, other = (
        basin_stability(TWO, v, rng=np.random.default_rng(9), count=30, box=(0, 1)).counts for v in (RIVALS, large)
    )
    assert np.array_equal(one, other)


def test_after_an_interruption_shares_are_those_of_what_was_run(monkeypatch):
    from ecolib.basins import labels

    whole = labels.simulate_many

    def interrupted(*args, **options):
        paths = whole(*args, **options)
        paths.ended[10:] = "not run"
        return paths

    monkeypatch.setattr(labels, "simulate_many", interrupted)
    found = basin_stability(TWO, RIVALS, rng=np.random.default_rng(10), count=30, box=(0, 1))
    assert found.counts.sum() == 10
    assert found.share.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "give box or draw"),
        ({"box": (0, 1), "draw": lambda _, n: np.ones((n, 2))}, "one of box and draw, got both"),
        ({"box": (1, 0)}, "least before greatest"),
        ({"box": (0, np.inf)}, "must hold finite saturations"),
        ({"box": (-1, 1)}, "not negative"),
        ({"box": (0, 1, 2)}, r"box must have shape \(2,\) or \(2, 2\)"),
        ({"draw": lambda _, n: np.ones((n, 3))}, r"draw must return starts of shape \(10, 2\), got \(10, 3\)"),
        ({"draw": lambda _, n: -np.ones((n, 2))}, "x0 must be finite and not negative"),
        ({"box": (0, 1), "level": 1.0}, "level must be"),
        ({"box": (0, 1), "count": 0}, "count must be at least 1"),
    ],
)
def test_what_states_no_starts_is_refused(options, words):
    with pytest.raises(ValueError, match=words):
        basin_stability(TWO, RIVALS, **{"rng": np.random.default_rng(1), "count": 10, **options})


def test_a_bare_seed_is_refused():
    with pytest.raises(TypeError, match=r"rng must be a numpy.random.Generator"):
        basin_stability(TWO, RIVALS, rng=1, box=(0, 1))
